"""The way back from a statement to its cell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import small
from sccon_lod.findings import Result
from sccon_lod.trail import Cell, Object, Trail

A, B = f"{small.BASE}/event/a", f"{small.BASE}/event/b"
NAME, START, PART = f"{small.SCHEMA}name", f"{small.SCHEMA}startDate", f"{small.SCHEMA}superEvent"
GERMAN: Object = ("Fest", f"{small.RDF}langString", "de")

TABLE = small.table(
    [
        {"id": "a", "name_de": "Fest", "name_en": "Party", "topics": "water | traffic"},
        {"id": "b", "name_en": "Part", "part_of": "a"},
        {"id": "a", "name_de": "Fest", "starts": "18.10.2022"},
    ]
)


@pytest.fixture
def trail(tmp_path: Path) -> Iterator[Trail]:
    small.publication(tmp_path, {"data/event.csv": TABLE})
    with small.stated(tmp_path) as (loaded, engine):
        yield Trail(engine, loaded.plan)


def shown(cells: list[Cell]) -> list[str]:
    return [f"{cell.origin} [{cell.value}]" for cell in cells]


def result(focus: str, path: str, component: str = "PatternConstraintComponent") -> Result:
    return Result("shape", component, focus, path)


def test_a_statement_leads_to_its_cell(trail: Trail) -> None:
    found = trail.find(result(A, NAME), [], ("Party", f"{small.RDF}langString", "en"))

    assert shown(found) == ["data/event.csv:2, name_en [Party]"]


def test_a_statement_that_two_rows_make_leads_to_both(trail: Trail) -> None:
    found = trail.find(result(A, NAME), [], GERMAN)

    assert shown(found) == ["data/event.csv:2, name_de [Fest]", "data/event.csv:4, name_de [Fest]"]


def test_a_language_tag_may_come_back_in_other_letters(trail: Trail) -> None:
    found = trail.find(result(A, NAME), [], ("Fest", f"{small.RDF}langString", "DE"))

    assert shown(found) == ["data/event.csv:2, name_de [Fest]", "data/event.csv:4, name_de [Fest]"]


def test_a_value_that_was_rewritten_leads_to_all_of_its_predicate(trail: Trail) -> None:
    found = trail.find(result(A, START), [], ("2022-10-18Z", f"{small.XSD}date", ""))

    assert shown(found) == ["data/event.csv:4, starts [18.10.2022]"]


def test_an_item_leads_to_the_cell_of_its_list(trail: Trail) -> None:
    found = trail.find(result(A, f"{small.SCHEMA}about"), [], (f"{small.TOPIC}traffic", "", ""))

    assert shown(found) == ["data/event.csv:2, topics [water | traffic]"]


def test_what_is_missing_leads_to_the_empty_cell(trail: Trail) -> None:
    found = trail.find(result(B, START, "MinCountConstraintComponent"), [], None)

    assert shown(found) == ["data/event.csv:3, starts []"]


def test_what_is_missing_leads_to_the_first_predicate_that_could_say_it(trail: Trail) -> None:
    found = trail.find(result(B, "", "OrConstraintComponent"), [START, NAME], None)

    assert shown(found) == ["data/event.csv:3, starts []"]


def test_what_no_rule_says_leads_to_the_name_of_the_record(trail: Trail) -> None:
    found = trail.find(result(B, f"{small.DEF}unknown"), [], None)

    assert shown(found) == ["data/event.csv:3, id [b]"]


def test_a_subject_that_nobody_names_leads_nowhere(trail: Trail) -> None:
    assert trail.find(result(f"{small.BASE}/nothing", NAME), [], None) == []


def test_a_concept_leads_to_its_line(trail: Trail) -> None:
    found = trail.find(result(f"{small.TOPIC}traffic", f"{small.SKOS}definition"), [], None)

    assert shown(found) == ["ontology/concepts/topic.ttl:14 []"]


def test_a_fault_leads_to_the_statement_of_the_resource(trail: Trail) -> None:
    assert shown(trail.fault(B, PART)) == ["data/event.csv:3, part_of [a]"]


def test_a_fault_of_what_does_not_exist_leads_to_what_points_there(trail: Trail) -> None:
    found = trail.fault(f"{small.TOPIC}traffic", f"{small.SCHEMA}about")

    assert shown(found) == ["data/event.csv:2, topics [water | traffic]"]


def test_a_fault_without_predicate_leads_to_whatever_points_there(trail: Trail) -> None:
    assert shown(trail.fault(A, "")) == ["data/event.csv:3, part_of [a]"]


def test_a_fault_that_nothing_points_to_leads_to_the_empty_cell(trail: Trail) -> None:
    assert shown(trail.fault(B, START)) == ["data/event.csv:3, starts []"]


def test_a_cell_is_the_first_that_is_filled(trail: Trail) -> None:
    source = trail.plan.sources[0]

    assert trail.cells(source, 2, ["name_de", "name_en"]).origin.column == "name_en"
    assert trail.cells(source, 2, ["starts", "ends"]).origin.column == "starts"
