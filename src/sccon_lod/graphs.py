"""Turtle files as rdflib graphs, with the lines their nodes stand on."""

import re
from pathlib import Path

import rdflib
from rdflib import Graph
from rdflib.term import Literal, Node, URIRef

from sccon_lod.errors import Origin, ShapeError
from sccon_lod.language import Text
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import STRING

# rdflib would rewrite "01"^^xsd:integer to "1"; a validator must see what was written.
rdflib.NORMALIZE_LITERALS = False


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
    """Return the graph of a Turtle file. Raises ShapeError with the line of the first error."""
    graph = Graph(bind_namespaces="none")
    try:
        graph.parse(data=text(path, name), format="turtle", publicID="file:///")
        return _plain(graph)
    except SyntaxError as error:  # rdflib's BadSyntax, which knows the line
        line = int(getattr(error, "lines", -1)) + 1
        reason = str(getattr(error, "_why", error))
    except ValueError as error:
        line, reason = 0, str(error)
    raise ShapeError(
        Origin(name, line),
        Text(f"Das ist kein gültiges Turtle: {reason}", f"This is not valid Turtle: {reason}"),
    )


def _plain(graph: Graph) -> Graph:
    """Write `"a"^^xsd:string` as `"a"`: the same term in RDF 1.1, and two in rdflib."""
    typed = [each for each in graph if isinstance(each[2], Literal) and str(each[2].datatype) == STRING]
    for subject, predicate, value in typed:
        graph.remove((subject, predicate, value))
        graph.add((subject, predicate, literal(str(value), STRING)))
    return graph


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
        self._graph = graph
        self._lines = path.read_text(encoding="utf-8-sig").splitlines()

    def of(self, subject: Node) -> int:
        """Return the line on which the statements of a subject begin; 0 where it is not found."""
        names = [f"<{subject}>", *self._short(str(subject))]
        begins = re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?=\s|$)")
        numbered = enumerate(self._lines, start=1)
        return next((number for number, line in numbered if begins.match(line)), 0)

    def _short(self, iri: str) -> list[str]:
        spaces = ((str(name), str(space)) for name, space in self._graph.namespaces())
        return [f"{name}:{iri.removeprefix(space)}" for name, space in spaces if iri.startswith(space)]
