"""Results of pySHACL, each at the cell it came from."""

from pathlib import Path

import pytest

import small
from conftest import check, load
from sccon_lod import assembly
from sccon_lod.errors import PublicationError, ShapeError
from sccon_lod.facts import Facts
from sccon_lod.findings import Finding

MAPPING = small.mapping()
Rows = list[dict[str, str]]

A = {"id": "a", "name_de": "Fest", "starts": "18.10.2022", "ends": "20.10.2022", "url": "https://example.net/a"}
B = {"id": "b", "name_de": "Teil", "part_of": "a", "seats": "5"}


def findings(folder: Path, shapes: str, rows: Rows, mapping: str = MAPPING) -> list[Finding]:
    files = {"shapes/event.ttl": shapes, "data/event.csv": small.table(rows), "mapping/event.yaml": mapping}
    return list(check(small.publication(folder, files)).findings)


def places(found: list[Finding]) -> list[str]:
    return [f"{each.rule} {each.origin}" + (f" [{each.value}]" if each.value else "") for each in found]


DEMANDS: dict[str, tuple[dict[str, str], Rows, list[str]]] = {
    "minCount": ({"start": "sh:minCount 1"}, [A, B], ["Event-start data/event.csv:3, starts"]),
    "maxCount": (
        {"name": "sh:maxCount 1"},
        [{**A, "name_en": "Party"}, B],
        ["Event-name data/event.csv:2, name_de [Fest]", "Event-name data/event.csv:2, name_en [Party]"],
    ),
    "maxCount of a list": (
        {"about": "sh:maxCount 1"},
        [{**A, "topics": "water | traffic"}],
        ["Event-about data/event.csv:2, topics [water | traffic]"],
    ),
    "datatype": ({"seats": "sh:datatype xsd:decimal"}, [A, B], ["Event-seats data/event.csv:3, seats [5]"]),
    "datatype of a bad form": (
        {"seats": "sh:datatype xsd:integer"},
        [A, {**B, "seats": "five"}],
        ["cell-datatype data/event.csv:3, seats [five]"],
    ),
    "pattern": (
        {"identifier": 'sh:pattern "^[a-z]+$"'},
        [A, {"id": "B 1"}],
        ["Event-identifier data/event.csv:3, id [B 1]"],
    ),
    "pattern of one language": (
        {"name": 'sh:pattern "^[A-Z]"'},
        [{**A, "name_en": "party"}],
        ["Event-name data/event.csv:2, name_en [party]"],
    ),
    "minInclusive": ({"seats": "sh:minInclusive 10"}, [A, B], ["Event-seats data/event.csv:3, seats [5]"]),
    "maxLength": ({"name": "sh:maxLength 3"}, [A], ["Event-name data/event.csv:2, name_de [Fest]"]),
    "in": (
        {"about": "sh:in (topic:water)"},
        [{**A, "topics": "water | traffic"}],
        ["Event-about data/event.csv:2, topics [water | traffic]"],
    ),
    "class": ({"part": "sh:class schema:Event"}, [B], ["Event-part data/event.csv:2, part_of [a]"]),
    "class of a list": (
        {"about": "sh:class skos:Concept"},
        [{**A, "topics": "water | air"}],
        ["Event-about data/event.csv:2, topics [water | air]"],
    ),
    "nodeKind": ({"homepage": "sh:nodeKind sh:Literal"}, [A], [f"Event-homepage data/event.csv:2, url [{A['url']}]"]),
    "lessThanOrEquals": (
        {"start": "sh:lessThanOrEquals schema:endDate"},
        [{**A, "ends": "17.10.2022"}],
        ["Event-start data/event.csv:2, starts [18.10.2022]"],
    ),
    "hasValue": (
        {"about": "sh:hasValue topic:water"},
        [{**A, "topics": "traffic"}, {"id": "b"}],
        ["Event-about data/event.csv:2, topics [traffic]", "Event-about data/event.csv:3, topics"],
    ),
    "qualified": (
        {"about": "sh:qualifiedValueShape [ sh:hasValue topic:water ] ; sh:qualifiedMinCount 1"},
        [{**A, "topics": "traffic"}, {"id": "b"}],
        ["Event-about data/event.csv:2, topics [traffic]", "Event-about data/event.csv:3, topics"],
    ),
    "sequence path": (
        {"host-name": "sh:path (schema:superEvent schema:name) ; sh:maxCount 0"},
        [A, B],
        ["Event-host-name data/event.csv:3, part_of [a]"],
    ),
}

# Shapes that are no property of the events, each with the rows and the place of what is wrong.
WHOLE: dict[str, tuple[str, Rows, list[str]]] = {
    "or": (
        "shapes:Contact a sh:NodeShape ; sh:targetClass schema:Event ; sh:codeIdentifier 'homepage' ;\n"
        "  sh:or ([ sh:path foaf:homepage ; sh:minCount 1 ] [ sh:path schema:startDate ; sh:minCount 1 ]) .",
        [A, B],
        ["Contact data/event.csv:3, url"],
    ),
    "closed by not": (
        "shapes:NoSeats a sh:NodeShape ; sh:targetClass schema:Event ; sh:codeIdentifier 'seats' ;\n"
        "  sh:not [ sh:path ex:seats ; sh:minCount 1 ] .",
        [A, B],
        ["NoSeats data/event.csv:3, seats [5]"],
    ),
    "a node shape without key": (
        "shapes:NoSeats a sh:NodeShape ; sh:targetClass schema:Event ;\n"
        "  sh:not [ sh:path ex:seats ; sh:minCount 1 ] .",
        [A, B],
        ["NoSeats data/event.csv:3, id [b]"],
    ),
    "node": (
        "shapes:Host a sh:PropertyShape ; sh:targetClass schema:Event ; sh:path schema:superEvent ;\n"
        "  sh:node shapes:Named .\n"
        "shapes:Named a sh:NodeShape ; sh:property shapes:Named-name .\n"
        "shapes:Named-name sh:path schema:name ; sh:minCount 1 .",
        [{"id": "a"}, B],
        ["Host data/event.csv:3, part_of [a]"],
    ),
    "a concept": (
        "shapes:Concept a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property shapes:Concept-definition .\n"
        "shapes:Concept-definition sh:path skos:definition ; sh:minCount 1 .",
        [A],
        ["Concept-definition ontology/concepts/topic.ttl:14", "Concept-definition ontology/concepts/topic.ttl:8"],
    ),
    "a label of a concept": (
        "shapes:Concept a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property shapes:Concept-label .\n"
        "shapes:Concept-label sh:path skos:notation ; sh:pattern '^w' .",
        [A],
        ["Concept-label ontology/concepts/topic.ttl:14 [traffic]"],
    ),
    "a resource that does not exist": (
        "shapes:Hosts a sh:NodeShape ; sh:targetNode <https://example.net/id/dataset> ; sh:sparql [ sh:select '''\n"
        "  SELECT $this ?value ?path WHERE {\n"
        "    ?event <http://schema.org/superEvent> ?value .\n"
        "    FILTER NOT EXISTS { ?value a <http://schema.org/Event> }\n"
        "    BIND(<http://schema.org/superEvent> AS ?path) }''' ] .",
        [A, B, {**B, "id": "c", "part_of": "nowhere"}],
        ["Hosts data/event.csv:4, part_of [nowhere]"],
    ),
    "a resource at fault": (
        "shapes:Names a sh:NodeShape ; sh:targetNode <https://example.net/id/dataset> ; sh:sparql [ sh:select '''\n"
        "  SELECT $this ?value ?path WHERE {\n"
        "    ?value <http://schema.org/name> ?name . ?other <http://schema.org/name> ?name .\n"
        "    FILTER(?value != ?other)\n"
        "    BIND(<http://schema.org/name> AS ?path) }''' ] .",
        [A, {**B, "name_de": "Fest"}],
        ["Names data/event.csv:2, name_de [Fest]", "Names data/event.csv:3, name_de [Fest]"],
    ),
    "a resource without path": (
        "shapes:Lonely a sh:NodeShape ; sh:targetNode <https://example.net/id/dataset> ; sh:sparql [ sh:select '''\n"
        "  SELECT $this ?value WHERE { ?value a <http://schema.org/Event> .\n"
        "    FILTER NOT EXISTS { ?part <http://schema.org/superEvent> ?value } }''' ] .",
        [A, B],
        ["Lonely data/event.csv:3, id [b]"],
    ),
    "a value that a resource lacks": (
        "shapes:Starts a sh:NodeShape ; sh:targetNode <https://example.net/id/dataset> ; sh:sparql [ sh:select '''\n"
        "  SELECT $this ?value ?path WHERE { ?value a <http://schema.org/Event> .\n"
        "    FILTER NOT EXISTS { ?value <http://schema.org/startDate> ?start }\n"
        "    BIND(<http://schema.org/startDate> AS ?path) }''' ] .",
        [A, {"id": "b"}],
        ["Starts data/event.csv:3, starts"],
    ),
}


@pytest.mark.parametrize("name", DEMANDS)
def test_a_result_is_at_the_cell_to_mend(name: str, tmp_path: Path) -> None:
    demands, rows, expected = DEMANDS[name]

    assert sorted(places(findings(tmp_path, small.shapes(**demands), rows))) == expected


@pytest.mark.parametrize("name", WHOLE)
def test_a_result_of_a_whole_shape_is_at_the_cell_to_mend(name: str, tmp_path: Path) -> None:
    shapes, rows, expected = WHOLE[name]

    assert sorted(places(findings(tmp_path, f"{small.shapes()}\n{shapes}\n", rows))) == expected


def test_a_value_of_an_inverse_path_is_at_the_cell_that_points(tmp_path: Path) -> None:
    shapes = (
        "shapes:Parts a sh:PropertyShape ; sh:targetClass schema:Event ;\n"
        "  sh:path [ sh:inversePath schema:superEvent ] ; sh:class skos:Concept ."
    )

    found = findings(tmp_path, f"{small.shapes()}\n{shapes}\n", [A, B])

    assert places(found) == ["Parts data/event.csv:3, part_of [a]"]


def test_two_texts_of_one_language_are_found_at_both_cells(tmp_path: Path) -> None:
    mapping = small.mapping(["[schema:name, $(name_de), de~lang]", "[schema:name, $(name_en), de~lang]"])

    found = findings(tmp_path, small.shapes(name="sh:uniqueLang true"), [{**A, "name_en": "Feier"}], mapping)

    assert places([each for each in found if each.rule == "Event-name"]) == [
        "Event-name data/event.csv:2, name_de [Fest]",
        "Event-name data/event.csv:2, name_en [Feier]",
    ]


def test_a_finding_speaks_with_the_words_of_its_shape(tmp_path: Path) -> None:
    start = 'sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Kein Beginn."@de , "No start."@en'

    (found,) = findings(tmp_path, small.shapes(start=start), [B])

    assert found.line("de") == "data/event.csv:2, starts: warning: Kein Beginn."
    assert found.line("en") == "data/event.csv:2, starts: warning: No start."


def test_a_shape_without_words_is_named(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, small.shapes(start="sh:minCount 1"), [B])

    assert found.line("en") == "data/event.csv:2, starts: violation: The rule Event-start is broken."


def test_a_finding_keeps_what_validation_said(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, small.shapes(seats="sh:minInclusive 10"), [B])

    assert found.result is not None
    assert found.result.shape == f"{small.SHAPES}Event-seats"
    assert found.result.component == "MinInclusiveConstraintComponent"
    assert found.result.focus == f"{small.BASE}/event/b"
    assert found.result.path == f"{small.DEF}seats"
    assert found.result.value == f'"5"^^<{small.XSD}integer>'


def test_a_deactivated_shape_finds_nothing(tmp_path: Path) -> None:
    assert not findings(tmp_path, small.shapes(start="sh:minCount 1 ; sh:deactivated true"), [B])


def test_a_validator_sees_the_form_that_was_written(tmp_path: Path) -> None:
    small.publication(tmp_path, {"data/event.csv": small.table([{"id": "a", "seats": "007"}])})

    with small.settled(load(tmp_path)) as (engine, assembled):
        facts = Facts(lambda: assembly.lines(engine, assembled)).graph

    assert f'"007"^^<{small.XSD}integer>' in {value.n3() for value in facts.objects()}


def test_shapes_that_cannot_be_used_are_an_error(tmp_path: Path) -> None:
    small.publication(tmp_path, {"shapes/event.ttl": small.shapes(start="sh:nodeKind sh:IRI, sh:Literal")})

    with pytest.raises(ShapeError, match="sh:nodeKind stands in one shape several times"):
        load(tmp_path)


def test_findings_come_in_the_same_order_every_time(tmp_path: Path) -> None:
    shapes = small.shapes(start="sh:minCount 1", name="sh:maxLength 1", seats="sh:minInclusive 10")
    first = findings(tmp_path, shapes, [B, {**B, "id": "c"}])

    assert first == list(check(tmp_path).findings)
    assert load(tmp_path).shapes.constraints() == load(tmp_path).shapes.constraints()


@pytest.mark.parametrize(
    "demand",
    [
        "sh:nodeKind sh:IRI, sh:Literal",
        "sh:maxCount 1.5",
        "sh:or ex:nothing",
        'sh:minCount "many"',
        'sh:pattern "("',
        "sh:property ex:nothing",
        'sh:sparql [ sh:select "SELECT" ]',
        "sh:property [ sh:path ex:note ; sh:minCount 1 ]",
    ],
)
def test_a_shape_that_cannot_be_checked_is_an_error(demand: str, tmp_path: Path) -> None:
    with pytest.raises(PublicationError, match="shapes"):
        findings(tmp_path, small.shapes(name=demand), [A])


def test_of_several_results_at_a_cell_the_same_is_kept_every_time(tmp_path: Path) -> None:
    shapes = small.shapes(name='sh:not [ sh:pattern "Fest" ]')
    twice = MAPPING.replace("$(name_en), en~lang", "$(name_de), en~lang")
    assert twice != MAPPING

    kept = {str([each.result for each in findings(tmp_path / str(turn), shapes, [A], twice)]) for turn in range(8)}

    assert len(kept) == 1
