"""The SPARQL constraints of shapes (SHACL section 5), answered by Oxigraph."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pyoxigraph
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from sccon_lod import graphs
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.language import Text
from sccon_lod.shacl import sparql, syntax
from sccon_lod.terms import SUBCLASS, TYPE

COMPONENT = "SPARQLConstraintComponent"
_THIS = pyoxigraph.Variable("this")
# The words of a query, brackets, and * for all columns. Where names, texts and comments end is decided by the one that
# begins first.
_WORDS = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*"""
    r"""|[?$]?[\w.-]*:(?:[\w.:%-]|\\.)*|[?$]?\w+|[{}()*]""",
    re.DOTALL,
)
_FORBIDDEN = ("MINUS", "SERVICE", "VALUES")
_NAMES_OF_THIS = frozenset(("$this", "?this"))
# What only pySHACL binds or understands: the path and the names of a shape, and a query that says it failed.
_BOUND = frozenset(f"{sign}{name}" for sign in "?$" for name in ("PATH", "shapesGraph", "currentShape", "failure"))
# The focus nodes of each kind of target (SHACL section 2.1).
_FOCUS = {
    SH.targetClass: f"?this <{RDF.type}>/<{RDFS.subClassOf}>* <{{}}>",
    SH.targetSubjectsOf: "?this <{}> ?object",
    SH.targetObjectsOf: "?subject <{}> ?this",
}
TARGETS = (*_FOCUS, SH.targetNode)
MANY = 100  # focus nodes from which on it pays to find out whether a query can be asked for all of them at once …
_STATEMENTS_EACH = 50  # … unless there are more statements for each: that many take as long as to ask for one node

Focus = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal


@dataclass(frozen=True)
class Query:
    """A SPARQL constraint that is answered here: its shape, its own node, and what is asked of a focus node."""

    shape: str
    node: Node
    text: str

    def bound(self, node: Focus) -> str:
        """Return the query with `$this` bound in every group (SHACL, section 5.3.1), whatever is said of it there."""
        return f"{{ VALUES ?this {{ {node} }} ".join(self._around_groups)

    @cached_property
    def _around_groups(self) -> Sequence[str]:
        """The text before, between and after the brackets that open a group; a query within a group is no group."""
        words = [*_words(self.text), ("", 0)]
        ends = [
            end for (word, end), (after, _) in itertools.pairwise(words) if word == "{" and after.upper() != "SELECT"
        ]
        return [self.text[start:end] for start, end in zip([0, *ends], [*(e - 1 for e in ends), None], strict=True)]


class Answer(NamedTuple):
    """One solution of a query: the shape and focus node it was asked for, and what it names as path and value."""

    shape: str
    focus: Node
    path: Node | None
    value: Node


# --- which constraints are answered here


def check(shapes: Graph, origins: Mapping[str, Origin]) -> None:
    """Refuse queries that cannot be parsed, and those that SHACL does not allow (section 5.2.1, appendix A).

    Raises ShapeError with file and line.
    """
    for node, query in sorted(shapes.subject_objects(SH.select), key=str):
        origin = syntax.place(shapes, origins, node)
        ill_formed = _ill_formed([word for word, _ in _words(str(query))])
        if ill_formed:
            raise ShapeError(origin, ill_formed)
        try:
            solutions = pyoxigraph.Store().query(_prefixes(shapes, node) + str(query))
        except (SyntaxError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise ShapeError(
                origin, Text(f"Das ist keine gültige Abfrage: {reason}", f"This is not a valid query: {reason}")
            ) from error
        if not isinstance(solutions, pyoxigraph.QuerySolutions) or _THIS not in solutions.variables:
            raise ShapeError(
                origin,
                Text(
                    "In den Spalten der Abfrage fehlt $this; richtig ist zum Beispiel SELECT $this ?value WHERE { … }.",
                    "The query does not name $this as a column; right is for example SELECT $this ?value WHERE { … }.",
                ),
            )


def _ill_formed(words: Sequence[str]) -> Text | None:
    """Return what SHACL does not allow in a query, in words; None where there is nothing."""
    plain = [word if word[0] in "?$" else word.upper() for word in words]
    forbidden = sorted(set(plain) & set(_FORBIDDEN))
    if forbidden:
        return Text(
            f"{forbidden[0]} ist in Regeln nicht erlaubt; richtig ist zum Beispiel FILTER NOT EXISTS {{ … }}.",
            f"{forbidden[0]} is not allowed in shapes; right is for example FILTER NOT EXISTS {{ … }}.",
        )
    if any(one == "AS" and other in _NAMES_OF_THIS for one, other in itertools.pairwise(plain)):
        return Text(
            "$this steht schon fest; AS braucht einen anderen Namen, zum Beispiel ?value.",
            "$this is given; AS needs another name, for example ?value.",
        )
    for place in [index for index, word in enumerate(plain) if word == "SELECT"][1:]:
        if not _columns(plain[place + 1 :]) & {*_NAMES_OF_THIS, "*"}:
            return Text(
                "Eine Abfrage in einer Abfrage muss $this nennen; richtig ist zum Beispiel SELECT $this ?value.",
                "A query within a query has to name $this; right is for example SELECT $this ?value.",
            )
    return None


def _columns(words: Iterable[str]) -> set[str]:
    """Return the columns of a SELECT that are variables, or * for all; what is worked out stands in brackets."""
    found: set[str] = set()
    depth = 0
    for word in words:
        depth += {"(": 1, ")": -1}.get(word, 0)
        if not depth and word in ("WHERE", "{"):
            break
        if not depth:
            found.add(word)
    return found


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
    if len(selected) != 1 or (node, SH.deactivated, None) in shapes:
        return False
    return not _BOUND & {word for word, _ in _words(str(selected[0]))}


def _words(query: str) -> Iterator[tuple[str, int]]:
    """Yield the words of a query and where they end, but for IRIs, short names, texts and comments.

    Variables keep their sign; of other signs it yields brackets and *.
    """
    for match in _WORDS.finditer(query):
        word = match.group()
        if word[0] not in "<\"'#" and ":" not in word:
            yield word, match.end()


def _prefixes(shapes: Graph, node: Node) -> str:
    """Return the prefixes of a query (SHACL section 5.2.1)."""
    named = {
        each for first in shapes.objects(node, SH.prefixes) for each in shapes.transitive_objects(first, OWL.imports)
    }
    declared = [each for one in named for each in shapes.objects(one, SH.declare)]
    pairs = sorted((str(shapes.value(each, SH.prefix)), str(shapes.value(each, SH.namespace))) for each in declared)
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in pairs)


def looked_at(asked: Iterable[Query], shapes: Graph) -> frozenset[str] | None:
    """Return the predicates of all statements that queries and their targets can look at; None where it may be any."""
    found: set[str] = set()
    for query in asked:
        looked: frozenset[str] | None = sparql.algebra().predicates(query.text)
        if looked is None:
            return None
        found |= looked
        for target in TARGETS:
            named = set(map(str, shapes.objects(URIRef(query.shape), target)))
            if target == SH.targetClass:
                found |= {TYPE, SUBCLASS} if named else set()
            elif target != SH.targetNode:
                found |= named
    return frozenset(found)


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
    """Yield what the queries find for the focus nodes of their shapes.

    A query is asked for each of them, or for all at once where that is known to be the same.
    """
    for query in asked:
        nodes = _focus_nodes(query, facts, shapes)
        for node, found in _solutions(query, nodes, facts):
            names = {variable.value for variable in found.variables}
            for solution in found:
                focus = node or solution["this"]
                if focus in nodes:
                    path = solution["path"] if "path" in names else None
                    value = solution["value"] if "value" in names else None
                    yield Answer(
                        query.shape,
                        graphs.node(focus),
                        graphs.node(path) if path else None,
                        graphs.node(value) if value else graphs.node(focus),
                    )


def _solutions(
    query: Query, nodes: Set[Focus], facts: pyoxigraph.Store
) -> Iterator[tuple[Focus | None, pyoxigraph.QuerySolutions]]:
    """Yield each node with the solutions for it; None with those for all nodes, which name them."""
    is_for_all = len(nodes) >= max(MANY, len(facts) / _STATEMENTS_EACH) and can_ask_at_once(query)
    for node in (None,) if is_for_all else nodes:
        found = facts.query(query.bound(node) if node else query.text)
        assert isinstance(found, pyoxigraph.QuerySolutions), "sh:select holds a SELECT query"
        yield node, found


def can_ask_at_once(query: Query) -> bool:
    """Whether a query gives the same for all focus nodes together as for each by itself."""
    can: bool = sparql.algebra().can_ask_at_once(query.text)
    return can


def compares(query: Query) -> bool:
    """Whether a query asks which of two values comes first."""
    does: bool = sparql.algebra().compares(query.text)
    return does


def _focus_nodes(query: Query, facts: pyoxigraph.Store, shapes: Graph) -> set[Focus]:
    shape = URIRef(query.shape)
    nodes: set[Focus] = {pyoxigraph.NamedNode(str(each)) for each in shapes.objects(shape, SH.targetNode)}
    for target, pattern in _FOCUS.items():
        for each in shapes.objects(shape, target):
            solutions = facts.query(f"SELECT DISTINCT ?this WHERE {{ {pattern.format(each)} }}")
            assert isinstance(solutions, pyoxigraph.QuerySolutions), "this is a SELECT query"
            nodes |= {solution["this"] for solution in solutions}
    return nodes
