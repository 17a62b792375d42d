"""The catalogue of a release as a graph, with the lines that its resources stand on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from rdflib import DCAT, RDF, Graph
from rdflib.term import Node, URIRef

from sccon_lod import graphs
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.language import Text

FILE = "catalog.ttl"
# What a relative IRI is resolved against, so that it can be told from others (RFC 2606: the name is never given).
_NOWHERE = "https://nowhere.invalid/"
_BOM = "\ufeff"


@dataclass(frozen=True)
class Catalog:
    """A catalogue: its file, what that is called in messages, its text and its statements."""

    path: Path
    name: str
    text: str
    graph: Graph
    lines: graphs.Lines

    @property
    def folder(self) -> Path:
        """The folder of the release."""
        return self.path.parent

    @property
    def size(self) -> int:
        """The bytes of the file."""
        return self.path.stat().st_size

    @property
    def has_mark(self) -> bool:
        """Whether the file begins with a byte order mark."""
        return self.text.startswith(_BOM)

    @property
    def datasets(self) -> list[Node]:
        """The datasets, in order."""
        return sorted(self.graph.subjects(RDF.type, DCAT.Dataset), key=str)

    def values(self, subject: Node, predicate: URIRef) -> list[str]:
        """Return the values of a property, in order."""
        return sorted(str(each) for each in self.graph.objects(subject, predicate))

    def relative(self) -> Iterator[tuple[Node, str]]:
        """Yield the relative IRIs as they are written, each with a resource that names it."""
        for subject, _, value in sorted(self.graph, key=str):
            for term in (subject, value):
                if isinstance(term, URIRef) and term.startswith(_NOWHERE):
                    yield subject, term.removeprefix(_NOWHERE)

    def short(self, iri: str) -> str:
        """Return an IRI as the file writes it, with a prefix where it has one for it."""
        if iri.startswith("^"):
            return f"^{self.short(iri[1:])}"
        spaces = sorted(((str(space), name) for name, space in self.graph.namespaces()), reverse=True)
        return next((f"{name}:{iri.removeprefix(space)}" for space, name in spaces if iri.startswith(space)), iri)


def read(public: Path) -> Catalog:
    """Read the catalogue of the current release in the folder `public`. Raises ReleaseError."""
    path = public / "current" / FILE
    name = f"{public.name}/current/{FILE}"
    if not path.is_file():
        raise ReleaseError(Origin(name), _MISSING)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(Origin(name), _unreadable(error)) from error
    graph = _parse(text.removeprefix(_BOM), name)
    return Catalog(path, name, text, graph, graphs.Lines(graph, path))


def _parse(text: str, name: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    try:
        parser = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=_NOWHERE)
        for quad in parser:
            graph.add(graphs.triple(quad))
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (?:at|between) [^:]*: ", "", error.msg).rstrip(".")
        raise ReleaseError(Origin(name, error.lineno or 0), _broken(reason)) from error
    for prefix, space in parser.prefixes.items():
        graph.bind(prefix, space)
    return graph


_MISSING = Text(
    "Es gibt noch keine Ausgabe mit einem Katalog; bitte zuerst veröffentlichen mit: sccon-lod build.",
    "There is no release with a catalogue yet; please publish first with: sccon-lod build.",
)


def _unreadable(error: Exception) -> Text:
    return Text(
        f"Der Katalog ist nicht lesbar ({error}); CKAN bricht die Ernte ab. Er muss in UTF-8 gespeichert sein.",
        f"The catalogue cannot be read ({error}); CKAN stops the harvest. It must be saved in UTF-8.",
    )


def _broken(reason: str) -> Text:
    return Text(
        f"Das ist kein gültiges Turtle: {reason}. Kein Portal kann den Katalog lesen; bitte neu veröffentlichen.",
        f"This is not valid Turtle: {reason}. No portal can read the catalogue; please publish anew.",
    )
