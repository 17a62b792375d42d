"""The published graph against the vocabularies of others: SEMIC shapes and schema.org."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, Graph, URIRef
from rdflib.term import Literal, Node

from conftest import shared

SCHEMA = "http://schema.org/"
SEMIC = ("cpev-shacl.ttl", "cpov-shacl.ttl", "cpv-shacl.ttl", "clv-shacl.ttl")
DATATYPES = {
    "Text": {"string", "langString"},
    "Date": {"date"},
    "DateTime": {"dateTime"},
    "Number": {"integer", "decimal"},
    "Integer": {"integer"},
    "URL": {"anyURI"},
}


@pytest.fixture(scope="module")
def graph(released: Path) -> Graph:
    return Graph(bind_namespaces="none").parse(released / "sccon.nt")


@pytest.mark.parametrize("name", SEMIC)
def test_the_official_shapes_conform(name: str, graph: Graph) -> None:
    official = Graph().parse(shared(f"vocabularies/{name}"))

    conforms, _, text = pyshacl.validate(graph, shacl_graph=official)

    assert conforms, text


@pytest.mark.parametrize("name", SEMIC)
def test_the_official_shapes_look_at_our_graph(name: str, graph: Graph) -> None:
    """A shape without a target would conform to anything."""
    official = Graph().parse(shared(f"vocabularies/{name}"))
    targets = set(official.objects(None, rdflib.SH.targetClass))

    assert targets & set(graph.objects(None, RDF.type))


def test_a_broken_graph_does_not_conform_to_the_official_shapes(graph: Graph) -> None:
    broken = Graph() + graph
    event = next(broken.subjects(RDF.type, URIRef("http://data.europa.eu/m8g/PublicEvent")))
    broken.add((event, URIRef("http://purl.org/dc/terms/title"), Literal("ohne Sprache")))

    conforms, _, _ = pyshacl.validate(broken, shacl_graph=Graph().parse(shared("vocabularies/cpev-shacl.ttl")))

    assert not conforms


@cache
def schema() -> Graph:
    text = shared("vocabularies/schemaorg-30.0.ttl").read_text(encoding="utf-8")
    # The file writes https; both forms name the same terms, and the context of schema.org says http.
    return Graph().parse(data=text.replace("https://schema.org/", SCHEMA), format="turtle")


def above(term: Node) -> set[Node]:
    """Return a class with all above it."""
    return {each for each in schema().transitive_objects(term, RDFS.subClassOf) if each is not None}


def misfits(graph: Graph) -> Iterator[str]:
    """Yield each statement with a schema.org predicate that domain or range does not fit."""
    for subject, predicate, value in graph:
        if not str(predicate).startswith(SCHEMA):
            continue
        domains = set(schema().objects(predicate, URIRef(SCHEMA + "domainIncludes")))
        ranges = set(schema().objects(predicate, URIRef(SCHEMA + "rangeIncludes")))
        if not ranges:
            yield f"{predicate} is no property of schema.org"
        classes = {each for kind in graph.objects(subject, RDF.type) for each in above(kind)}
        if not classes & domains:
            yield f"domain: {subject} {predicate}"
        if not fits(graph, value, ranges):
            yield f"range: {subject} {predicate} {value}"


def fits(graph: Graph, value: Node, ranges: set[Node]) -> bool:
    if isinstance(value, Literal):
        kind = "langString" if value.language else str(value.datatype or "string").rpartition("#")[2]
        return any(kind in DATATYPES.get(str(each).removeprefix(SCHEMA), ()) for each in ranges)
    # Everything is a schema:Thing; a URL is the address of anything.
    if ranges & {URIRef(SCHEMA + "URL"), URIRef(SCHEMA + "Thing")}:
        return True
    members = {each for kind in schema().objects(value, RDF.type) for each in above(kind)}
    classes = {each for kind in graph.objects(value, RDF.type) for each in above(kind)}
    return bool((classes | members) & ranges)


def test_every_statement_fits_domain_and_range_of_schema_org(graph: Graph) -> None:
    assert sorted(misfits(graph)) == []


def test_every_schema_org_class_exists(graph: Graph) -> None:
    used = {kind for kind in graph.objects(None, RDF.type) if str(kind).startswith(SCHEMA)}

    assert used
    assert all((kind, RDF.type, RDFS.Class) in schema() for kind in used)


def test_a_misfit_is_found(graph: Graph) -> None:
    broken = Graph() + graph
    person = next(broken.subjects(RDF.type, URIRef(SCHEMA + "Person")))
    broken.add((person, URIRef(SCHEMA + "startDate"), Literal("2022-10-18", datatype=rdflib.XSD.date)))
    broken.add((person, URIRef(SCHEMA + "familyName"), person))

    assert len(list(misfits(broken))) == 2
