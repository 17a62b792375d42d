"""The description of a release in numbers: it counts what the dumps hold."""

from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import BNode, Node

import small
from conftest import load, quiet
from sccon_lod import build
from sccon_lod.publish import void

BASE = "https://w3id.org/sccon-lod/id"
DATASET = URIRef(f"{BASE}/dataset/sccon")
VOID = Namespace(void.VOID)


@pytest.fixture(scope="module")
def graph(released: Path) -> Graph:
    return Graph().parse(released / "void.ttl")


@pytest.fixture(scope="module")
def dump(released: Path) -> Graph:
    return Graph().parse(released / "sccon.nt", format="nt")


def number(graph: Graph, subject: Node, predicate: URIRef) -> int:
    (value,) = graph.objects(subject, predicate)
    assert isinstance(value, Literal)
    return int(value)


def test_every_node_has_a_name(graph: Graph) -> None:
    assert not [node for node in graph.all_nodes() if isinstance(node, BNode)]


def test_the_whole_is_counted(graph: Graph, dump: Graph) -> None:
    subjects = set(dump.subjects())
    counted = {
        VOID.triples: len(dump),
        VOID.distinctSubjects: len(subjects),
        VOID.entities: len([each for each in subjects if str(each).startswith(f"{BASE}/")]),
        VOID.classes: len(set(dump.objects(None, RDF.type))),
        VOID.properties: len(set(dump.predicates())),
    }

    assert {predicate: number(graph, DATASET, predicate) for predicate in counted} == counted


def test_each_class_and_property_is_counted(graph: Graph, dump: Graph) -> None:
    classes = {
        graph.value(each, VOID["class"]): number(graph, each, VOID.entities)
        for each in graph.objects(DATASET, VOID.classPartition)
    }
    properties = {
        graph.value(each, VOID.property): number(graph, each, VOID.triples)
        for each in graph.objects(DATASET, VOID.propertyPartition)
    }

    assert classes == Counter(dump.objects(None, RDF.type))
    assert properties == Counter(dump.predicates())


def test_each_kind_is_a_subset_with_its_numbers(graph: Graph, released: Path) -> None:
    for path in released.glob("sccon-*.nt"):
        own = Graph().parse(path, format="nt")
        subset = URIRef(f"{DATASET}/{path.stem.removeprefix('sccon-')}")
        assert subset in graph.objects(DATASET, VOID.subset)
        assert number(graph, subset, VOID.triples) == len(own)
        assert number(graph, subset, VOID.distinctSubjects) == len(set(own.subjects()))


def test_links_lead_out_of_the_publication(graph: Graph, dump: Graph) -> None:
    links = {
        (
            graph.value(each, VOID.linkPredicate),
            str(graph.value(graph.value(each, VOID.objectsTarget), VOID.uriSpace)),
        ): (number(graph, each, VOID.triples))
        for each in graph.subjects(RDF.type, VOID.Linkset)
    }

    same = URIRef("http://schema.org/sameAs")
    entity = "http://www.wikidata.org/entity/"
    assert links[same, entity] == len([each for each in dump.objects(None, same) if str(each).startswith(entity)])
    assert not any(space.startswith("https://w3id.org/sccon-lod/") for _, space in links)
    assert all(each in graph.objects(DATASET, VOID.subset) for each in graph.subjects(RDF.type, VOID.Linkset))


def test_examples_are_in_the_dump(graph: Graph, dump: Graph) -> None:
    examples = set(graph.objects(DATASET, VOID.exampleResource))

    assert URIRef(f"{BASE}/event/") in {URIRef(str(each).rpartition("/")[0] + "/") for each in examples}
    assert examples <= set(dump.subjects())


def test_the_packed_dumps_are_those_of_the_release(graph: Graph, released: Path) -> None:
    for dataset in (DATASET, URIRef(f"{DATASET}/event")):
        names = {str(each).rpartition("/")[2] for each in graph.objects(dataset, VOID.dataDump)}
        assert len(names) == 3
        assert all((released / name).is_file() and name.endswith(".gz") for name in names)


def test_the_vocabularies_are_those_in_use(graph: Graph, dump: Graph) -> None:
    spaces = {str(each) for each in graph.objects(DATASET, VOID.vocabulary)}

    assert {"http://schema.org/", "http://www.w3.org/2004/02/skos/core#"} <= spaces
    assert all(str(each).startswith(tuple(spaces)) for each in dump.predicates())


def test_the_description_in_numbers_is_where_programs_look_for_it(tmp_path: Path) -> None:
    build.build(load(small.publication(tmp_path)), quiet)

    assert (tmp_path / "public/.well-known/void").read_bytes() == (tmp_path / "public/current/void.ttl").read_bytes()
