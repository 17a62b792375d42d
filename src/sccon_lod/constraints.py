"""The SPARQL constraints of shapes (SHACL section 5), answered by Oxigraph."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from sccon_lod import graphs
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.language import Text

_NOWHERE = Origin("shapes")
_THIS = pyoxigraph.Variable("this")
# Where names, texts and comments of a query end is decided by the one that begins first.
_WORDS = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*"""
    r"""|[?$]?[\w.-]*:[\w.-]*|[?$]?\w+""",
    re.DOTALL,
)
_FORBIDDEN = ("MINUS", "SERVICE", "VALUES")
# What only pySHACL binds or understands: the path and the names of a shape, and a query that says it failed.
_BOUND = frozenset(f"{sign}{name}" for sign in "?$" for name in ("PATH", "shapesGraph", "currentShape", "failure"))
# The focus nodes of each kind of target (SHACL section 2.1).
_FOCUS = {
    SH.targetClass: f"?this <{RDF.type}>/<{RDFS.subClassOf}>* <{{}}>",
    SH.targetSubjectsOf: "?this <{}> ?object",
    SH.targetObjectsOf: "?subject <{}> ?this",
}
TARGETS = (*_FOCUS, SH.targetNode)


@dataclass(frozen=True)
class Query:
    """A SPARQL constraint that is answered here: its shape, its own node, and what is asked of a focus node."""

    shape: str
    node: Node
    text: str


class Answer(NamedTuple):
    """One solution of a query: the shape and focus node it was asked for, and what it names as path and value."""

    shape: str
    focus: Node
    path: Node | None
    value: Node


# --- which constraints are answered here


def check(shapes: Graph, origins: Mapping[str, Origin]) -> None:
    """Refuse queries that cannot be parsed, and those that SHACL does not allow (appendix A).

    Raises ShapeError with file and line.
    """
    owners = dict(sorted(((node, shape) for shape, node in shapes.subject_objects(SH.sparql)), key=str))
    for node, query in sorted(shapes.subject_objects(SH.select), key=str):
        origin = origins.get(str(node)) or origins.get(str(owners.get(node)), _NOWHERE)
        forbidden = sorted({word.upper() for word in _words(str(query))} & set(_FORBIDDEN))
        if forbidden:
            raise ShapeError(
                origin,
                Text(
                    f"{forbidden[0]} ist in Regeln nicht erlaubt; richtig ist zum Beispiel FILTER NOT EXISTS {{ … }}.",
                    f"{forbidden[0]} is not allowed in shapes; right is for example FILTER NOT EXISTS {{ … }}.",
                ),
            )
        try:
            pyoxigraph.Store().query(_prefixes(shapes, node) + str(query))
        except (SyntaxError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ShapeError(
                origin, Text(f"Das ist keine gültige Abfrage: {reason}", f"This is not a valid query: {reason}")
            ) from error


def queries(shapes: Graph) -> tuple[Query, ...]:
    """Return the constraints that are answered here: those of node shapes that only their targets lead to.

    All others are pySHACL's: what it finds for them depends on the shape that asks.
    """
    asked = set(shapes.objects())
    found = (
        Query(str(shape), node, _prefixes(shapes, node) + str(shapes.value(node, SH.select)))
        for shape, node in shapes.subject_objects(SH.sparql)
        if isinstance(shape, URIRef) and shape not in asked and _is_targeted(shapes, shape) and _is_plain(shapes, node)
    )
    return tuple(sorted(found, key=lambda each: (each.shape, each.text)))


def answered(shapes: Graph, asked: Iterable[Query]) -> frozenset[str]:
    """Return the shapes of which every SPARQL constraint is among those asked."""
    known = {(each.shape, each.node) for each in asked}
    others = {str(shape) for shape, node in shapes.subject_objects(SH.sparql) if (str(shape), node) not in known}
    return frozenset(shape for shape, _ in known) - others


def _is_targeted(shapes: Graph, shape: URIRef) -> bool:
    """Whether a shape is an active node shape, and all its targets are written down."""
    kinds = set(shapes.objects(shape, RDF.type))
    stated = set(shapes.predicates(shape))
    return (
        SH.NodeShape in kinds
        and not kinds & {RDFS.Class, SH.PropertyShape}
        and not stated & {SH.path, SH.deactivated}
        and bool(stated & set(TARGETS))
        and all(isinstance(each, URIRef) for target in TARGETS for each in shapes.objects(shape, target))
    )


def _is_plain(shapes: Graph, node: Node) -> bool:
    selected = list(shapes.objects(node, SH.select))
    if len(selected) != 1 or (node, SH.deactivated, None) in shapes or _BOUND & set(_words(str(selected[0]))):
        return False
    answers = pyoxigraph.Store().query(_prefixes(shapes, node) + str(selected[0]))
    return isinstance(answers, pyoxigraph.QuerySolutions) and _THIS in answers.variables


def _words(query: str) -> Iterator[str]:
    """Yield the words of a query that are no IRIs, short names, texts or comments; variables keep their sign."""
    return (word for word in _WORDS.findall(query) if word[0] not in "<\"'#" and ":" not in word)


def _prefixes(shapes: Graph, node: Node) -> str:
    """Return the prefixes of a query (SHACL section 5.2.1)."""
    declared = [each for named in shapes.objects(node, SH.prefixes) for each in shapes.objects(named, SH.declare)]
    pairs = sorted((str(shapes.value(each, SH.prefix)), str(shapes.value(each, SH.namespace))) for each in declared)
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in pairs)


# --- answers


def store(statements: Sequence[pyoxigraph.Quad]) -> pyoxigraph.Store | None:
    """Return the statements as Oxigraph can ask them; None where it would change one.

    Its store keeps the value of `"01"^^xsd:integer` and forgets the form.
    """
    held = pyoxigraph.Store()
    held.extend(statements)
    kept = {quad.object for quad in held}
    return held if all(quad.object in kept for quad in statements) else None


def answers(asked: Sequence[Query], facts: pyoxigraph.Store, shapes: Graph) -> Iterator[Answer]:
    """Yield what the queries find, each asked for every focus node of its shape."""
    for query in asked:
        for focus in _focus_nodes(query, facts, shapes):
            found = facts.query(query.text, substitutions={_THIS: focus})
            assert isinstance(found, pyoxigraph.QuerySolutions), "sh:select holds a SELECT query"
            names = {variable.value for variable in found.variables}
            for solution in found:
                path = solution["path"] if "path" in names else None
                value = solution["value"] if "value" in names else None
                yield Answer(
                    query.shape,
                    graphs.node(focus),
                    graphs.node(path) if path else None,
                    graphs.node(value) if value else graphs.node(focus),
                )


Focus = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal


def _focus_nodes(query: Query, facts: pyoxigraph.Store, shapes: Graph) -> list[Focus]:
    shape = URIRef(query.shape)
    found = {pyoxigraph.NamedNode(str(each)) for each in shapes.objects(shape, SH.targetNode)}
    nodes: set[Focus] = set(found)
    for target, pattern in _FOCUS.items():
        for each in shapes.objects(shape, target):
            solutions = facts.query(f"SELECT DISTINCT ?this WHERE {{ {pattern.format(each)} }}")
            assert isinstance(solutions, pyoxigraph.QuerySolutions), "this is a SELECT query"
            nodes |= {solution["this"] for solution in solutions}
    return sorted(nodes, key=str)
