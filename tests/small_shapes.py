"""Hypothesis strategies: small graphs, and shapes of all that SHACL Core can say about them."""

import pyoxigraph
from hypothesis import strategies as st
from rdflib import Graph

from sccon_lod import graphs as files

PREFIXES = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""

_NODES = ("ex:a", "ex:b", "ex:c", "ex:d")
_CLASSES = ("ex:C", "ex:D", "ex:E")
_NUMBERS = ("1", "2", "10", "1.0", "2.5", '"01"^^xsd:integer', '"1e1"^^xsd:double', '"7"^^xsd:int')
_DAYS = ('"2022-10-18"^^xsd:date', '"2022-10-20"^^xsd:date', '"2024-02-29"^^xsd:date')
_MOMENTS = (
    '"2022-10-18T10:00:00Z"^^xsd:dateTime',
    '"2022-10-18T11:00:00+02:00"^^xsd:dateTime',
    '"2022-10-18T10:00:00"^^xsd:dateTime',
)
_TEXTS = ('"a"', '"b"', '"abc"', '""', '"a"@de', '"a"@en', '"b"@de', '"ab"@de-AT', '"Ä b"@EN', '"true"^^xsd:boolean')
_ILL = ('"x"^^xsd:integer', '"2022-02-30"^^xsd:date', '"ja"^^xsd:boolean', '"1.5"^^xsd:integer')
# Predicates with what they lead to; two of a kind can be compared.
_OBJECTS = {
    "ex:link": _NODES,
    "ex:other": (*_NODES, *_TEXTS[:3], "1"),
    "ex:number": _NUMBERS,
    "ex:more": _NUMBERS,
    "ex:day": _DAYS,
    "ex:until": _DAYS,
    "ex:text": _TEXTS,
    "ex:any": (*_NODES, *_NUMBERS, *_DAYS, *_MOMENTS, *_TEXTS, *_ILL),
}
_COMPARED = {"ex:number": "ex:more", "ex:more": "ex:number", "ex:day": "ex:until", "ex:until": "ex:day"}
_VALUES = tuple(dict.fromkeys(value for values in _OBJECTS.values() for value in values))
_PREDICATES = tuple(_OBJECTS)


def parsed(turtle: str) -> Graph:
    """Return the graph that a text in Turtle says, literals as they are written."""
    graph = Graph(bind_namespaces="none")
    for quad in pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        graph.add(files.triple(quad))
    return graph


@st.composite
def graphs(draw: st.DrawFn) -> str:
    """Return a graph in Turtle: a few nodes, typed and linked, with values of many kinds."""
    lines = {f"{draw(st.sampled_from(_NODES))} a {draw(st.sampled_from(_CLASSES))} ." for _ in range(3)}
    for _ in range(draw(st.integers(1, 12))):
        predicate = draw(st.sampled_from(_PREDICATES))
        lines.add(f"{draw(st.sampled_from(_NODES))} {predicate} {draw(st.sampled_from(_OBJECTS[predicate]))} .")
    if draw(st.booleans()):
        lines.add("ex:D rdfs:subClassOf ex:C .")
    if draw(st.booleans()):
        lines.add("ex:E rdfs:subClassOf ex:D .")
    return PREFIXES + "\n".join(sorted(lines))


@st.composite
def shapes(draw: st.DrawFn) -> str:
    """Return shapes in Turtle, with targets of each kind, and shapes within shapes."""
    found: list[str] = []
    for number in range(draw(st.integers(1, 2))):
        demands = [
            *draw(st.lists(_targets, min_size=1, max_size=2)),
            *draw(st.lists(_demands(2), max_size=2, unique_by=_parameter)),
        ]
        properties = draw(st.lists(_property(2), max_size=2))
        closed = draw(
            st.sampled_from(["", "", "", "sh:closed true", "sh:closed true ; sh:ignoredProperties (rdf:type)"])
        )
        demands += [closed] if closed else []
        names = [f"ex:Shape{number}p{place}" for place in range(len(properties))]
        demands += [f"sh:property {name}" for name in names]
        found.append(f"ex:Shape{number} a sh:NodeShape ; {' ; '.join(demands)} .")
        found += [f"{name} {each} ." for name, each in zip(names, properties, strict=True)]
    return PREFIXES + "\n".join(found)


_targets = st.one_of(
    st.sampled_from(_CLASSES).map("sh:targetClass {}".format),
    st.sampled_from(_NODES).map("sh:targetNode {}".format),
    st.sampled_from(_PREDICATES).map("sh:targetSubjectsOf {}".format),
    st.sampled_from(_PREDICATES).map("sh:targetObjectsOf {}".format),
)


_one_of = st.sampled_from
_steps = _one_of(_PREDICATES)
_links = _one_of(("ex:link", "ex:other"))
_paths = st.one_of(
    *4 * [_steps],
    _steps.map("[ sh:inversePath {} ]".format),
    _steps.map("( ex:link {} )".format),
    st.tuples(_links, _steps).map(lambda each: "( [ sh:inversePath {} ] {} )".format(*each)),
    st.tuples(_links, _steps).map(lambda each: "[ sh:alternativePath ( {} {} ) ]".format(*each)),
    st.just("[ sh:zeroOrMorePath ex:link ]"),
    _steps.map("( [ sh:oneOrMorePath [ sh:alternativePath ( ex:link ex:other ) ] ] {} )".format),
    _links.map("[ sh:zeroOrOnePath {} ]".format),
    # pySHACL 0.40 does not turn around the order of a sequence within sh:inversePath.
)
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_simple = st.one_of(
    _one_of(_CLASSES).map("sh:class {}".format),
    _one_of(("xsd:integer", "xsd:date", "xsd:string", "rdf:langString", "xsd:boolean")).map("sh:datatype {}".format),
    _one_of(("IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrIRI")).map("sh:nodeKind sh:{}".format),
    st.tuples(_one_of(_BOUNDS), _one_of(_NUMBERS)).map(lambda each: "sh:{} {}".format(*each)),
    st.tuples(_one_of(("minLength", "maxLength")), st.integers(0, 4)).map(lambda each: "sh:{} {}".format(*each)),
    _one_of(('"^a"', '"b$"', '"^[a-c]+$"', '"^https:.*/a$"', '"A" ; sh:flags "i"', '"^\\\\d+$"')).map(
        "sh:pattern {}".format
    ),
    _one_of(('"de"', '"en"', '"de-AT" "en"', '"*"', '"DE"')).map("sh:languageIn ( {} )".format),
    st.lists(_one_of(_VALUES), max_size=4).map(lambda each: f"sh:in ( {' '.join(each)} )"),
    _one_of(_VALUES).map("sh:hasValue {}".format),
    _steps.map("sh:equals {}".format),
    _steps.map("sh:disjoint {}".format),
)


def _demands(depth: int) -> st.SearchStrategy[str]:
    """Return constraints that every shape may have; `depth` is how many shapes may stand in one another."""
    if not depth:
        return _simple
    lists = st.lists(_shape(depth - 1), min_size=1, max_size=2).map(" ".join)
    return st.one_of(
        _simple,
        _shape(depth - 1).map("sh:not {}".format),
        _node_shape(depth - 1).map("sh:node {}".format),
        *(lists.map(f"sh:{name} ( {{}} )".format) for name in ("and", "or", "or", "xone")),
    )


@st.composite
def _property(draw: st.DrawFn, depth: int) -> str:
    """Return a property shape without its brackets."""
    path = draw(_paths)
    demands = draw(st.lists(st.one_of(_demands(depth), _counts(depth)), min_size=1, max_size=2, unique_by=_parameter))
    if path in _COMPARED and draw(st.booleans()):
        other = _COMPARED[path]
        demands.append(f"sh:{draw(st.sampled_from(['lessThan', 'lessThanOrEquals']))} {other}")
    return f"a sh:PropertyShape ; sh:path {path} ; {' ; '.join(demands)}"


@st.composite
def _counts(draw: st.DrawFn, depth: int) -> str:
    number = draw(st.integers(0, 2))
    if draw(st.integers(0, 3)) or not depth:
        return draw(st.sampled_from([f"sh:minCount {number}", f"sh:maxCount {number}", "sh:uniqueLang true"]))
    bound = draw(st.sampled_from(["sh:qualifiedMinCount", "sh:qualifiedMaxCount"]))
    disjoint = draw(st.sampled_from(["", "", " ; sh:qualifiedValueShapesDisjoint true"]))
    return f"sh:qualifiedValueShape {draw(_shape(depth - 1))} ; {bound} {number}{disjoint}"


def _shape(depth: int) -> st.SearchStrategy[str]:
    return st.one_of(_property(depth).map("[ {} ]".format), _node_shape(depth))


@st.composite
def _node_shape(draw: st.DrawFn, depth: int) -> str:
    demands = draw(st.lists(_demands(depth), min_size=1, max_size=2, unique_by=_parameter))
    if depth and draw(st.booleans()):
        demands.append(f"sh:property [ {draw(_property(depth - 1))} ]")
    return f"[ a sh:NodeShape ; {' ; '.join(demands)} ]"


def _parameter(demand: str) -> str:
    return demand.split()[0]
