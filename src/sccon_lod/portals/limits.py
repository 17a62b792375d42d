"""What portals do with a catalogue as a file, and with the names that they make from its titles."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from rdflib import DCAT, DCTERMS, RDF
from rdflib.term import Literal, Node, URIRef

from sccon_lod.findings import Finding
from sccon_lod.portals import rules
from sccon_lod.portals.catalogs import Catalog

CKAN_LARGEST = 50 << 20  # bytes: ckanext.dcat.max_file_size
UDATA_LARGEST = 15_000_000  # bytes: HARVEST_MAX_CATALOG_SIZE_IN_MONGO
LONGEST_NAME = 95  # letters: PACKAGE_NAME_MAX_LENGTH less five for a number
# Letters that CKAN writes with others. Of the rest of Latin-1 it leaves out what stands above or below them.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o"})
_LAST = "ÿ"  # of Latin-1; letters beyond it are left out


def findings(catalog: Catalog) -> Iterator[Finding]:
    """Yield what portals cannot take of a catalogue, or would take otherwise than it is meant."""
    known = rules.read("limits.ttl").named
    for name in _of_file(catalog):
        yield rules.broken(known[name], catalog, None, "", "")
    for focus, written in catalog.relative():
        yield rules.broken(known["Catalog-relative"], catalog, focus, "", written or "<>")
    for name, dataset, title in _of_titles(catalog):
        yield rules.broken(known[name], catalog, dataset, str(DCTERMS.title), title)
    for name, dataset, identifier in _of_identifiers(catalog):
        yield rules.broken(known[name], catalog, dataset, str(DCTERMS.identifier), identifier)


def _of_file(catalog: Catalog) -> Iterator[str]:
    """Yield the names of the rules that the file as a whole breaks."""
    if catalog.has_mark:
        yield "Catalog-bom"
    if catalog.size > CKAN_LARGEST:
        yield "Catalog-too-large"
    elif catalog.size > UDATA_LARGEST:
        yield "Catalog-large"
    if not catalog.datasets or (None, RDF.type, DCAT.Catalog) not in catalog.graph:
        yield "Catalog-empty"


def _of_titles(catalog: Catalog) -> Iterator[tuple[str, Node, str]]:
    """Yield rules that titles break, with the dataset and its title; a portal takes those of one language."""
    taken: dict[tuple[str, str], Node] = {}
    for dataset in catalog.datasets:
        for title in sorted(catalog.graph.objects(dataset, DCTERMS.title), key=str):
            if not isinstance(title, Literal):
                continue
            name = address(title)
            if len(name) > LONGEST_NAME:
                yield "Dataset-name-long", dataset, title
            if taken.setdefault((title.language or "", name), dataset) != dataset:
                yield "Dataset-name-taken", dataset, title


def _of_identifiers(catalog: Catalog) -> Iterator[tuple[str, Node, str]]:
    """Yield rules that identifiers break, with the dataset and its identifier."""
    named = [(each, said) for each in catalog.datasets for said in catalog.values(each, DCTERMS.identifier)]
    counts = Counter(identifier for _, identifier in named)
    for dataset, identifier in named:
        if counts[identifier] > 1:
            yield "Dataset-identifier-shared", dataset, identifier
        if isinstance(dataset, URIRef) and identifier != str(dataset):
            yield "Dataset-identifier-differs", dataset, identifier


def address(title: str) -> str:
    """Return the name that CKAN makes from a title for the address of its page, before it is cut.

    >>> address("Förderung: Straßen & Wege 2026")
    'forderung-strassen-wege-2026'
    """
    latin = "".join(letter for letter in title.translate(_LETTERS) if letter <= _LAST)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub("-+", "-", re.sub(r"[^a-z0-9_-]", "", re.sub("[ .:/]", "-", plain.lower()))).strip("-")
