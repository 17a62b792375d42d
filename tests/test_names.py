"""Short names: the JSON-LD context, the keys of predicates, prefixes."""

import json
from pathlib import Path

import pyoxigraph
import pytest
from pyld import jsonld

import small
from conftest import load
from sccon_lod import names
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE
from sccon_lod.names import Key, Names

EX, XSD = small.DEF, small.XSD
LANG_STRING = f"{small.RDF}langString"
TYPE = f"{small.RDF}type"
PREFIXES = {"ex": EX, "xsd": XSD}


def key(predicate: str, coercion: str, single: bool = False) -> Key:
    return Key(f"{EX}{predicate}", predicate, 1, coercion, single)


def term(made: Key) -> names.JSON:
    context = Names(PREFIXES, (made,)).context()
    assert isinstance(context, dict)
    return context[made.key]


# --- prefixes


def test_an_iri_is_shortened_by_its_prefix() -> None:
    assert Names(PREFIXES, ()).short(f"{EX}seats") == "ex:seats"


@pytest.mark.parametrize("iri", [EX, "https://example.org/", "urn:x"])
def test_an_iri_without_prefix_or_rest_stays_as_it_is(iri: str) -> None:
    assert Names(PREFIXES, ()).short(iri) == iri


def test_the_longest_namespace_wins_in_a_dump(tmp_path: Path) -> None:
    prefixes = (
        small.PREFIXES + "@prefix aa: <https://example.net/> .\n@prefix zz: <https://example.net/topic/water> .\n"
    )
    small.publication(tmp_path, {"ontology/prefixes.ttl": prefixes})

    turtle = small.written(load(tmp_path))[TURTLE]

    assert "\ntopic:traffic\n" in turtle
    assert "\naa:topic\n" in turtle


def test_a_prefix_that_nothing_needs_is_left_out(tmp_path: Path) -> None:
    naming = small.names_of(load(small.publication(tmp_path)))

    assert "sh" not in naming.prefixes
    assert "fn" not in naming.prefixes
    assert "id" not in naming.prefixes


# --- keys


def test_a_key_is_the_one_the_shapes_give(tmp_path: Path) -> None:
    naming = small.names_of(load(small.publication(tmp_path)))

    assert {each.predicate: each.key for each in naming.keys}[f"{small.SCHEMA}startDate"] == "start"


def test_a_predicate_without_key_is_named_with_its_prefix(tmp_path: Path) -> None:
    naming = small.names_of(load(small.publication(tmp_path)))

    assert {each.predicate: each.key for each in naming.keys}[f"{small.SKOS}notation"] == "skos:notation"


def test_types_come_first_and_then_the_order_of_the_mapping() -> None:
    order = [f"{EX}b", TYPE, f"{EX}a"]
    kinds = {predicate: [("", "")] for predicate in [*order, f"{EX}z", f"{EX}y"]}

    made = names.keys(order, {}, kinds, {predicate: predicate for predicate in kinds})

    assert [each.predicate for each in made] == [TYPE, f"{EX}b", f"{EX}a", f"{EX}y", f"{EX}z"]


@pytest.mark.parametrize(
    ("kinds", "coercion"),
    [
        ([("", "")], "@id"),
        ([(f"{XSD}string", "")], ""),
        ([(f"{XSD}date", ""), (f"{XSD}dateTime", "")], f"{XSD}date"),
        ([(LANG_STRING, "de"), (LANG_STRING, "en")], LANG_STRING),
        ([(LANG_STRING, "de"), (f"{XSD}string", "")], ""),
        ([("", ""), (f"{XSD}string", "")], "@id"),
    ],
)
def test_values_are_coerced_to_what_is_usual(kinds: list[tuple[str, str]], coercion: str) -> None:
    made = names.keys([f"{EX}a"], {}, {f"{EX}a": kinds}, {f"{EX}a": "ex:a"})

    assert [each.coercion for each in made] == [coercion]


# --- the context


def test_the_context_is_json_ld_1_1_in_plain_words() -> None:
    context = Names(PREFIXES, ()).context()

    assert isinstance(context, dict)
    assert context["@version"] == 1.1
    assert context["id"] == "@id"
    assert context["type"] == {"@id": "@type", "@container": "@set"}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (key("a", "@id", single=True), {"@id": "ex:a", "@type": "@id"}),
        (key("a", "@id"), {"@id": "ex:a", "@type": "@id", "@container": "@set"}),
        (key("a", f"{XSD}date", single=True), {"@id": "ex:a", "@type": "xsd:date"}),
        (key("a", "", single=True), {"@id": "ex:a"}),
        (key("a", ""), {"@id": "ex:a", "@container": "@set"}),
        (key("a", LANG_STRING), {"@id": "ex:a", "@container": "@language"}),
        (key("a", LANG_STRING, single=True), {"@id": "ex:a", "@container": "@language"}),
    ],
)
def test_a_key_says_the_form_of_its_values(made: Key, expected: names.JSON) -> None:
    assert term(made) == expected


def read_back(folder: Path) -> tuple[list[str], list[str]]:
    """Return the lines of N-Triples, and those that PyLD makes from the JSON-LD."""
    written = small.written(load(folder))
    lines = written[NTRIPLES].splitlines()
    document = json.loads(written[JSONLD])
    turtle = written[TURTLE]
    assert len(set(pyoxigraph.parse(turtle.encode(), pyoxigraph.RdfFormat.TURTLE))) == len(lines)
    quads = str(jsonld.to_rdf(document, {"format": "application/n-quads"}))
    return lines, sorted(quads.splitlines())


def test_a_namespace_may_end_in_a_letter(tmp_path: Path) -> None:
    prefixes = small.PREFIXES + "@prefix wd: <http://www.wikidata.org/entity/Q> .\n"
    mapping = small.mapping(["[foaf:homepage, wd:$(seats)~iri]"])
    small.publication(tmp_path, {"ontology/prefixes.ttl": prefixes, "mapping/event.yaml": mapping})

    lines, read = read_back(tmp_path)

    assert read == lines


def test_a_key_may_have_the_name_of_a_prefix(tmp_path: Path) -> None:
    shapes = small.shapes().replace('sh:codeIdentifier "about"', 'sh:codeIdentifier "topic"')
    small.publication(tmp_path, {"shapes/event.ttl": shapes})

    lines, read = read_back(tmp_path)

    assert read == lines


def test_a_prefix_may_be_called_type(tmp_path: Path) -> None:
    prefixes = small.PREFIXES + "@prefix type: <https://example.net/type/> .\n"
    mapping = small.mapping(["[schema:about, type:$(seats)~iri]"])
    small.publication(tmp_path, {"ontology/prefixes.ttl": prefixes, "mapping/event.yaml": mapping})

    lines, read = read_back(tmp_path)

    assert read == lines


def test_a_prefix_may_be_empty(tmp_path: Path) -> None:
    prefixes = small.PREFIXES.replace("@prefix topic:", "@prefix :")
    mapping = small.mapping(["[ex:note, $(name_de)]"])
    small.publication(tmp_path, {"ontology/prefixes.ttl": prefixes, "mapping/event.yaml": mapping})

    lines, read = read_back(tmp_path)

    assert read == lines


def test_a_key_may_be_called_like_a_scheme(tmp_path: Path) -> None:
    shapes = small.shapes().replace('sh:codeIdentifier "homepage"', 'sh:codeIdentifier "geo"')
    table = small.table([{"id": "a", "url": "geo:52.5,13.4"}])
    small.publication(tmp_path, {"shapes/event.ttl": shapes, "data/event.csv": table})

    lines, read = read_back(tmp_path)

    assert read == lines


def test_a_predicate_whose_prefix_is_a_key_is_named_in_full(tmp_path: Path) -> None:
    prefixes = small.PREFIXES + f"@prefix name: <{small.SKOS}> .\n"
    small.publication(tmp_path, {"ontology/prefixes.ttl": prefixes.replace(f"@prefix skos: <{small.SKOS}> .\n", "")})

    lines, read = read_back(tmp_path)

    assert read == lines


@pytest.mark.parametrize("scheme", ["geo", "urn", "tel", "mailto", "info"])
def test_a_prefix_may_be_called_like_a_scheme(scheme: str, tmp_path: Path) -> None:
    prefixes = small.PREFIXES + f"@prefix {scheme}: <https://example.net/type/> .\n"
    mapping = small.mapping([f"[schema:about, {scheme}:$(seats)~iri]", "[foaf:homepage, $(url)~iri]"])
    table = small.table([{"id": "a", "seats": "1", "url": f"{scheme}:1"}])
    files = {"ontology/prefixes.ttl": prefixes, "mapping/event.yaml": mapping, "data/event.csv": table}
    small.publication(tmp_path, files)

    lines, read = read_back(tmp_path)

    assert read == lines
