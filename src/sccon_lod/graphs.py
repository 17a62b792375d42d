"""Turtle files as rdflib graphs, with the lines their nodes stand on."""

import re
from pathlib import Path

import pyoxigraph
from rdflib import Graph
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import BNode, Literal, Node, URIRef

from sccon_lod.errors import Origin, ShapeError
from sccon_lod.language import Text
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import STRING


def text(path: Path, name: str) -> str:
    """Return the text of a file; `name` is what errors call it. Raises ShapeError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ShapeError(
            Origin(name), Text("Die Datei fehlt; bitte anlegen.", "The file is missing; please make it.")
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ShapeError(
            Origin(name),
            Text(
                f"Die Datei ist nicht lesbar ({error}); sie muss in UTF-8 gespeichert sein.",
                f"The file cannot be read ({error}); it must be saved in UTF-8.",
            ),
        ) from error


def parse(path: Path, name: str) -> Graph:
    """Return the graph of a Turtle file, literals as they are written. Raises ShapeError with the line.

    pyoxigraph reads it: it is stricter than rdflib's parser, and does not rewrite `"01"^^xsd:integer`.
    """
    graph = empty()
    try:
        parser = pyoxigraph.parse(text(path, name).encode(), format=pyoxigraph.RdfFormat.TURTLE)
        for quad in parser:
            if isinstance(quad.object, pyoxigraph.Triple):
                raise SyntaxError("statements about statements (RDF 1.2) are not read", (name, 0, 0, ""))
            graph.add(triple(quad))
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (?:at|between) [^:]*: ", "", error.msg)
        raise ShapeError(
            Origin(name, error.lineno or 0),
            Text(f"Das ist kein gültiges Turtle: {reason}", f"This is not valid Turtle: {reason}"),
        ) from error
    for prefix, space in parser.prefixes.items():
        graph.bind(prefix, space)
    return graph


def empty() -> Graph:
    """Return a graph without statements, in the simplest store: it knows no graphs within it, and is faster."""
    return Graph(store=SimpleMemory(), bind_namespaces="none")


def triple(quad: pyoxigraph.Quad | pyoxigraph.Triple) -> tuple[Node, Node, Node]:
    """Return a statement of pyoxigraph as rdflib has it, literals as they are written."""
    return node(quad.subject), node(quad.predicate), node(quad.object)


def node(term: object) -> Node:
    """Return a term of pyoxigraph as rdflib has it, a literal as it is written."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    assert isinstance(term, pyoxigraph.Literal), "Turtle has no other terms"
    if term.language:
        return Literal(term.value, lang=term.language)
    return literal(term.value, term.datatype.value)


def literal(lexical: str, datatype: str) -> Literal:
    """Return a literal without language, as rdflib compares it: a text has no datatype there."""
    if datatype == STRING:
        return Literal(lexical)
    return Literal(lexical, datatype=URIRef(datatype), normalize=False)


def kind(value: URIRef | Literal) -> tuple[str, str]:
    """Return datatype and language of a term; both are empty for an IRI."""
    if isinstance(value, URIRef):
        return "", ""
    if value.language:
        return LANG_STRING, value.language
    return str(value.datatype or STRING), ""


class Lines:
    """The lines on which the subjects of a Turtle file begin."""

    def __init__(self, graph: Graph, path: Path) -> None:
        self._spaces = [(str(name), str(space)) for name, space in graph.namespaces()]
        self._begins: dict[str, int] = {}
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
            if line and not line[0].isspace():
                self._begins.setdefault(line.split(maxsplit=1)[0], number)

    def of(self, subject: Node) -> int:
        """Return the line on which the statements of a subject begin; 0 where it is not found."""
        names = [f"<{subject}>", *self._short(str(subject))]
        return min((self._begins[each] for each in names if each in self._begins), default=0)

    def _short(self, iri: str) -> list[str]:
        return [f"{name}:{iri.removeprefix(space)}" for name, space in self._spaces if iri.startswith(space)]
