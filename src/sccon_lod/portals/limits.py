"""What portals do with a catalogue as a file, and with the names that they make from its titles."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rdflib import DCAT, DCTERMS, RDF, XSD
from rdflib.term import Literal, Node, URIRef

from sccon_lod.findings import Finding
from sccon_lod.lexical import FORMS
from sccon_lod.portals import rules
from sccon_lod.portals.catalogs import Catalog

CKAN_LARGEST = 50 << 20  # bytes: ckanext.dcat.max_file_size
UDATA_LARGEST = 15_000_000  # bytes: HARVEST_MAX_CATALOG_SIZE_IN_MONGO
_DAY = len("2026-11-24")
_DATES = (DCTERMS.issued, DCTERMS.modified, DCAT.startDate, DCAT.endDate)
_KINDS = tuple(str(XSD[name]) for name in ("date", "dateTime", "gYear", "gYearMonth"))
LONGEST_NAME = 95  # letters: PACKAGE_NAME_MAX_LENGTH less five for a number
# Letters that CKAN writes with others. Of the rest of Latin-1 it leaves out what stands above or below them.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o"})
_LAST = "ÿ"  # of Latin-1; letters beyond it are left out


class Broken(NamedTuple):
    """A rule that a resource breaks: by which property, with which value, and what it has to do with."""

    rule: str
    focus: Node | None = None
    path: str = ""
    value: str = ""
    near: str = ""


def findings(catalog: Catalog) -> Iterator[Finding]:
    """Yield what portals cannot take of a catalogue, or would take otherwise than it is meant."""
    known = rules.read("limits.ttl").named
    for check in (_of_file, _of_addresses, _of_titles, _of_identifiers, _of_dates):
        for each in check(catalog):
            yield rules.broken(known[each.rule], catalog, each.focus, each.path, each.value, each.near)


def _of_file(catalog: Catalog) -> Iterator[Broken]:
    if catalog.has_mark:
        yield Broken("Catalog-bom")
    if catalog.size > CKAN_LARGEST:
        yield Broken("Catalog-too-large")
    elif catalog.size > UDATA_LARGEST:
        yield Broken("Catalog-large")
    if not catalog.datasets or (None, RDF.type, DCAT.Catalog) not in catalog.graph:
        yield Broken("Catalog-empty")


def _of_addresses(catalog: Catalog) -> Iterator[Broken]:
    for focus, written in catalog.relative():
        yield Broken("Catalog-relative", focus, "", written or "<>")


def _of_titles(catalog: Catalog) -> Iterator[Broken]:
    """Yield what titles break; a portal takes those of one language."""
    taken: dict[tuple[str, str], Node] = {}
    for dataset in catalog.datasets:
        for title in sorted(catalog.graph.objects(dataset, DCTERMS.title), key=str):
            if not isinstance(title, Literal):
                continue
            name = address(title)
            if len(name) > LONGEST_NAME:
                yield Broken("Dataset-name-long", dataset, str(DCTERMS.title), title)
            other = taken.setdefault((title.language or "", name), dataset)
            if other != dataset:
                yield Broken("Dataset-name-taken", dataset, str(DCTERMS.title), title, str(other))


def _of_identifiers(catalog: Catalog) -> Iterator[Broken]:
    named = [(each, said) for each in catalog.datasets for said in catalog.values(each, DCTERMS.identifier)]
    counts = Counter(identifier for _, identifier in named)
    for dataset, identifier in named:
        if counts[identifier] > 1:
            yield Broken("Dataset-identifier-shared", dataset, str(DCTERMS.identifier), identifier)
        if isinstance(dataset, URIRef) and identifier != str(dataset):
            yield Broken("Dataset-identifier-differs", dataset, str(DCTERMS.identifier), identifier)


def _of_dates(catalog: Catalog) -> Iterator[Broken]:
    """Yield what dates break; days are compared, as one may be a day and the other a time."""
    for path in _DATES:
        for resource, value in sorted(catalog.graph.subject_objects(path), key=str):
            if not _is_date(value):
                yield Broken("Catalog-date", resource, str(path), str(value))
    for resource, issued in sorted(catalog.graph.subject_objects(DCTERMS.issued), key=str):
        later = [
            each for each in catalog.graph.objects(resource, DCTERMS.modified) if str(each)[:_DAY] < str(issued)[:_DAY]
        ]
        if later and all(map(_is_date, (issued, *later))):
            yield Broken("Dataset-issued-later", resource, str(DCTERMS.issued), str(issued))


def _is_date(value: Node) -> bool:
    kind = str(value.datatype) if isinstance(value, Literal) else ""
    return kind in _KINDS and re.fullmatch(FORMS[kind].pattern, str(value)) is not None


def address(title: str) -> str:
    """Return the name that CKAN makes from a title for the address of its page, before it is cut.

    >>> address("Förderung: Straßen & Wege 2026")
    'forderung-strassen-wege-2026'
    """
    latin = "".join(letter for letter in title.translate(_LETTERS) if letter <= _LAST)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub("-+", "-", re.sub(r"[^a-z0-9_-]", "", re.sub("[ .:/]", "-", plain.lower()))).strip("-")
