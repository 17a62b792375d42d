"""What a release says of one address, and how it is written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pyoxigraph

from sccon_lod.formats import NTRIPLES, TURTLE, Format
from sccon_lod.serving.published import Release
from sccon_lod.sorted_dumps import SortedDump
from sccon_lod.terms import DCT, OWL, RDFS

DEPRECATED = f"{OWL}deprecated"
REPLACED = f"{DCT}isReplacedBy"
# What things are called, the best word first.
_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    f"{RDFS}label",
    f"{DCT}title",
    "http://xmlns.com/foaf/0.1/name",
)
_CONTEXT = "context.jsonld"
_MOST = 50_000  # statements in a document: more are no description of a thing


@dataclass(frozen=True)
class Document:
    """The statements about an address and its fragments, as lines of N-Triples in order."""

    iri: str
    lines: tuple[bytes, ...]

    @cached_property
    def statements(self) -> Sequence[pyoxigraph.Quad]:
        """The statements in terms of pyoxigraph."""
        return tuple(pyoxigraph.parse(self._text, format=pyoxigraph.RdfFormat.N_TRIPLES))

    @property
    def _text(self) -> bytes:
        return b"".join(b"%b\n" % each for each in self.lines)

    @property
    def is_gone(self) -> bool:
        """Whether all that is left of it is a tombstone."""
        return any(each.startswith(f"<{self.iri}> <{DEPRECATED}> ".encode()) for each in self.lines)

    @property
    def successor(self) -> str:
        """The address of what is in its place; empty where nothing is."""
        start = f"<{self.iri}> <{REPLACED}> <".encode()
        found = (each[len(start) :].decode().partition(">")[0] for each in self.lines if each.startswith(start))
        return next(found, "")

    def written(self, form: Format, prefixes: Mapping[str, str]) -> bytes:
        """Return it in a format."""
        if form is NTRIPLES:
            return self._text
        triples = [each.triple for each in self.statements]
        used = {name: space for name, space in prefixes.items() if f"<{space}".encode() in self._text}
        return serialized(triples, form.media_type, used)


def serialized(triples: Iterable[pyoxigraph.Triple], media_type: str, names: Mapping[str, str]) -> bytes:
    """Return statements in the format that a media type means, with short names where that is Turtle."""
    form = pyoxigraph.RdfFormat.from_media_type(media_type)
    assert form is not None, "it is one of the formats that are published"
    short = dict(names) if form == pyoxigraph.RdfFormat.TURTLE else None
    written = pyoxigraph.serialize(triples, format=form, prefixes=short)
    assert written is not None, "it is written to nowhere else"
    return written


def find(dump: Path, iris: Iterable[str]) -> Document | None:
    """Return the document about the first of some addresses that a sorted dump tells of; None where it tells of none.

    Raises ReleaseError where the dump cannot be read.
    """
    with SortedDump(dump) as sorted_dump:
        for iri in iris:
            lines: list[bytes] = []
            for start in (f"<{iri}#", f"<{iri}> "):
                for line in sorted_dump.beginning(start.encode()):
                    lines.append(line)
                    if len(lines) > _MOST:
                        return None
            if lines:
                return Document(iri, tuple(lines))
    return None


def labels(dump: Path, iris: Iterable[str], language: str) -> Mapping[str, str]:
    """Return what some things are called, in a language where there is one; what has no name is left out."""
    found: dict[str, str] = {}
    with SortedDump(dump) as sorted_dump:
        for iri in iris:
            lines = list(sorted_dump.beginning(f"<{iri}> ".encode()))
            label = Document(iri, tuple(lines)) if lines else None
            if label and (text := name(label, language)):
                found[iri] = text
    return found


def name(document: Document, language: str) -> str:
    """Return what the thing is called that a document is about; empty where it has no name."""
    best: dict[tuple[int, int], str] = {}
    for each in document.statements:
        predicate, value = each.predicate.value, each.object
        if predicate in _LABELS and isinstance(value, pyoxigraph.Literal) and each.subject.value == document.iri:  # type: ignore[union-attr]
            best.setdefault((_LABELS.index(predicate), int(value.language != language)), value.value)
    return best[min(best)] if best else ""


@lru_cache(4)
def _prefixes(context: Path) -> Mapping[str, str]:
    said = json.loads(context.read_text(encoding="utf-8"))["@context"]
    return {name: space for name, space in said.items() if isinstance(space, str) and space.endswith(("/", "#", ":"))}


def prefixes(of: Release) -> Mapping[str, str]:
    """Return the short names of a release."""
    try:
        return _prefixes(of.folder / _CONTEXT)
    except (OSError, ValueError, KeyError):
        return {}


@lru_cache(4)
def _described(catalog: Path) -> frozenset[str]:
    parsed = pyoxigraph.parse(path=catalog, format=pyoxigraph.RdfFormat.TURTLE)
    return frozenset(str(each.subject)[1:-1].partition("#")[0] for each in parsed)


def is_in_catalog(of: Release, iri: str) -> bool:
    """Whether the catalogue of a release describes an address."""
    try:
        return iri in _described(of.folder / f"catalog{TURTLE.suffix}")
    except (OSError, SyntaxError):
        return False
