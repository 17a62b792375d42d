"""What shapes demand, without their words and in the form that pySHACL checks fastest."""

from collections.abc import Iterable, Iterator, Mapping, Set

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.namespace import NamespaceManager
from rdflib.term import BNode, Literal, Node

from sccon_lod import graphs
from sccon_lod.constraints import TARGETS, Query
from sccon_lod.terms import SHACL

# What a shape says to people (SHACL section 2.3.2). Each is compared with every constraint, for every value.
_WORDS = frozenset(
    URIRef(SHACL + name)
    for name in ("name", "description", "order", "group", "defaultValue", "codeIdentifier", "message", "severity")
)
# What only the literal `true` switches on; pySHACL takes "1" for it, too.
_SWITCHES = (SH.closed, SH.deactivated, SH.qualifiedValueShapesDisjoint, SH.uniqueLang)
_LISTS = (SH["and"], SH["or"], SH.xone)
_NAMING = (SH["not"], SH.node, SH.property, SH.qualifiedValueShape)
# A shape that says one of these decides itself when its properties are looked at.
_DECIDING = (SH.closed, SH.path, SH.deactivated)


class Plain(NamespaceManager):
    """Writes IRIs out: pySHACL describes each result of a nested shape in words that nobody reads."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, bind_namespaces="none")

    def normalizeUri(self, rdfTerm: str) -> str:  # noqa: N802, N803 (names of rdflib)
        """Return an IRI in angle brackets."""
        return f"<{rdfTerm}>"


def shapes(whole: Graph, answered: Iterable[Query], only: Set[str] | None = None) -> Graph:
    """Return a graph that demands what `whole` demands, but for the constraints that are answered elsewhere.

    Of shapes with targets those named in `only` are asked, if it is given; others where these lead to them.

    Nested shapes without a name get one, which no result shows. A property is asked for the targets of its node
    shape itself, so that pySHACL looks at all focus nodes at once.
    """
    graph = graphs.empty()
    graph.namespace_manager = Plain(graph)
    names = _names(whole)
    for subject, predicate, value in _demands(whole, {(URIRef(each.shape), each.node) for each in answered}, only):
        graph.add((names.get(subject, subject), predicate, names.get(value, value)))
    # A message spares pySHACL making one of the whole constraint.
    for shape in _asked(graph) | set(names.values()):
        graph.add((shape, SH.message, Literal("")))
    return graph


def _demands(
    whole: Graph, answered: set[tuple[Node, Node]], only: Set[str] | None
) -> Iterator[tuple[Node, Node, Node]]:
    asked = set(whole.objects())
    for subject, predicate, value in whole:
        if only is not None and str(subject) not in only and (predicate in TARGETS or value == RDFS.Class):
            continue
        if predicate in _WORDS or (predicate == SH.sparql and (subject, value) in answered):
            continue
        if not (str(predicate).startswith(SHACL) or predicate in (RDF.type, RDF.first, RDF.rest)):
            continue
        is_asked = only is None or str(subject) in only
        if predicate == SH.property and is_asked and subject not in asked and _is_plain(whole, subject):
            yield from _targets(whole, subject, value)
        elif predicate == SH.prefixes:
            # pySHACL does not look for what these import (SHACL section 5.2.1).
            yield from ((subject, predicate, each) for each in whole.transitive_objects(value, OWL.imports) if each)
        elif not (predicate in _SWITCHES and str(value) != "true"):
            yield subject, predicate, value


def _is_plain(whole: Graph, shape: Node) -> bool:
    kinds = set(whole.objects(shape, RDF.type))
    if kinds != {SH.NodeShape} or any((shape, each, None) in whole for each in _DECIDING):
        return False
    # Shapes whose values must differ from those of their siblings are asked for as siblings.
    return not any((each, SH.qualifiedValueShapesDisjoint, None) in whole for each in whole.objects(shape, SH.property))


def _targets(whole: Graph, shape: Node, prop: Node) -> Iterator[tuple[Node, Node, Node]]:
    yield prop, RDF.type, SH.PropertyShape
    for target in TARGETS:
        for each in whole.objects(shape, target):
            yield prop, target, each


def _asked(graph: Graph) -> set[Node]:
    return {each for kind in (SH.NodeShape, SH.PropertyShape) for each in graph.subjects(RDF.type, kind)}


def _names(whole: Graph) -> Mapping[Node, URIRef]:
    """Return names for the nested shapes without one: pySHACL would write each out in its descriptions."""
    nested = {each for predicate in _NAMING for each in whole.objects(None, predicate)}
    for predicate in _LISTS:
        for members in whole.objects(None, predicate):
            nested |= set(whole.items(members))
    return {each: URIRef(f"urn:shape:{each}") for each in nested if isinstance(each, BNode)}
