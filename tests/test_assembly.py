"""Which subjects are written row by row, and which from facts: the dumps are the same, and in order."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small
from conftest import load
from sccon_lod import assembly
from sccon_lod.formats import FORMATS, NTRIPLES, TURTLE
from sccon_lod.sql import statements

FILE, MAPPING = "data/event.csv", "mapping/event.yaml"
PARTS = """\
  part:
    sources: event
    s: id:part/$(name_de)
    po:
      - [a, schema:Event]
      - [ex:note, $(seats)]
"""
Rows = Sequence[dict[str, str]]


def laid_out(folder: Path, rows: Rows, mapping: str = small.FILES[MAPPING]) -> Path:
    return small.publication(folder, {FILE: small.table(rows), MAPPING: mapping})


def noted(folder: Path, few: int) -> tuple[frozenset[str], set[str]]:
    """Return what is written row by row, and the subjects of rows that statements were noted of."""
    with small.settled(load(folder), few) as (engine, assembled):
        subjects = {str(subject) for (subject,) in engine.ask("SELECT DISTINCT subject FROM statement")}
        return frozenset(each.source.key for each in assembled.by_row), {
            each.removeprefix(f"{small.BASE}/") for each in subjects
        }


def test_subjects_of_many_rows_are_written_row_by_row(tmp_path: Path) -> None:
    laid_out(tmp_path, [{"id": "a"}, {"id": "b"}])

    assert noted(tmp_path, few=2) == (frozenset({FILE}), set())


def test_subjects_of_few_rows_become_facts(tmp_path: Path) -> None:
    laid_out(tmp_path, [{"id": "a"}, {"id": "b"}])

    assert noted(tmp_path, few=3) == (frozenset(), {"event/a", "event/b"})


def test_a_subject_that_rows_share_becomes_facts(tmp_path: Path) -> None:
    laid_out(tmp_path, [{"id": "a", "name_de": "x"}, {"id": "b"}, {"id": "a", "name_de": "y"}])

    assert noted(tmp_path, few=0) == (frozenset({FILE}), {"event/a"})


def test_a_subject_that_a_vocabulary_speaks_of_becomes_facts(tmp_path: Path) -> None:
    mapping = small.mapping(["[ex:note, $(name_de)]"], subject="topic:$(id)")
    laid_out(tmp_path, [{"id": "water", "name_de": "x"}, {"id": "air"}], mapping)

    with small.settled(load(tmp_path), few=0) as (engine, _):
        assert [*engine.ask("SELECT DISTINCT subject FROM statement")] == [(f"{small.TOPIC}water",)]


def test_a_subject_in_a_list_becomes_facts(tmp_path: Path) -> None:
    laid_out(tmp_path, [{"topics": "x | y"}], small.mapping(["[ex:note, $(topics)]"], subject="id:part/$(topics)"))

    assert noted(tmp_path, few=0) == (frozenset(), {"part/x", "part/y"})


def test_a_trail_is_complete_when_asked_for(tmp_path: Path) -> None:
    laid_out(tmp_path, [{"id": "a", "name_de": "x"}, {"id": "b"}, {"id": "a", "name_de": "y"}])
    counted = "SELECT count(*) FROM statement"

    with small.settled(load(tmp_path), few=0) as (engine, assembled), small.settled(load(tmp_path)) as (facts, _):
        assembly.state(engine, assembled)

        assert engine.one(counted) == facts.one(counted)


def test_lines_are_sorted_by_their_bytes(tmp_path: Path) -> None:
    rows = [{"id": key, "name_de": "ü" + key} for key in ("b", "a", "a-", "a.b", "a b", "A", "ä", "aa", "")]

    lines = small.written(load(laid_out(tmp_path, rows, small.FILES[MAPPING] + PARTS)))[NTRIPLES].splitlines()

    assert lines == sorted(set(lines), key=str.encode)


KEPT = """
mappings:
  event:
    sources: [[data/event.csv~csv]]
    s: id:$(id)
    po:
      - [ex:note, $(id)]
  place:
    sources: [[data/event.csv~csv]]
    s: id:place/$(Ort "a")
    po:
      - [a, schema:Event]
      - [ex:note, $(kept id)]
      - [ex:note, $(key id)]
"""


@pytest.mark.parametrize("note", ["x", "y"])
def test_rows_of_a_scanned_file_that_repeat_a_subject_are_kept(note: str, tmp_path: Path) -> None:
    columns = ("id", 'Ort "a"', "kept id", "key id")
    cells = [("a", "P", "x", ""), ("b", "P", note, ""), ("c", "Q", "", "z"), ("d", "", "x", "z"), ("e", "Q", "", "z")]
    table = small.table([dict(zip(columns, each, strict=True)) for each in cells], columns)
    small.publication(tmp_path, {"ontology/concepts/topic.ttl": "", FILE: table, MAPPING: KEPT})

    with small.settled(load(tmp_path), few=0, large=0) as (engine, assembled), small.settled(load(tmp_path)) as other:
        scanned = list(assembly.lines(engine, assembled))

        assert scanned == list(assembly.lines(*other))
        kept = [name for (name,) in engine.ask("SELECT column_name FROM duckdb_columns() WHERE table_name = 'row_0'")]
    assert [each for each in kept if str(each).startswith("kept")] == ['kept ^ort "a"', "kept kept id", "kept key id"]
    assert len(scanned) == 5 + 2 + 2 + (note == "y")


def test_there_may_be_no_facts(tmp_path: Path) -> None:
    files = {"ontology/concepts/topic.ttl": "", FILE: small.table([{"id": "b"}, {"id": "a"}])}
    small.publication(tmp_path, {**files, MAPPING: small.mapping(["[dct:identifier, $(id)]"])})

    with small.settled(load(tmp_path), few=0) as (engine, assembled):
        assert engine.one(statements.COUNT_FACTS) == (0,)
        assert len(list(assembly.lines(engine, assembled))) == 4


def test_there_may_be_nothing_at_all(tmp_path: Path) -> None:
    small.publication(tmp_path, {"ontology/concepts/topic.ttl": "", FILE: small.table([])})

    with small.settled(load(tmp_path), few=0) as (engine, assembled):
        assert [list(assembly.texts(engine, assembled, form)) for form in FORMATS] == [[], [], []]


RULES = [
    "[dct:identifier, $(id)]",
    "[schema:name, $(name_de), de~lang]",
    "[schema:name, $(name_en), en~lang]",
    "[ex:note, $(name_de)]",
    "[ex:note, $(name_en)]",
    "[ex:note, $(topics)]",
    "[ex:note, always]",
    "[schema:about, topic:$(topics)~iri]",
    "[ex:seats, $(seats), xsd:integer]",
    "[foaf:homepage, $(url)~iri]",
    "{p: schema:startDate, o: {function: fn:start, parameters: [[fn:text, $(starts)]]}}",
]
_texts = st.sampled_from(["", "a", "b", "ä", 'x"y', "a\nb", "7", "http://a.de/", "18.10.2022", "a | b", "always"])
_rows = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("aabc "), **dict.fromkeys(small.COLUMNS[1:], _texts)}),
    max_size=5,
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_rows)
def test_any_rows_give_the_same_dumps_in_both_ways(tmp_path: Path, rows: Rows) -> None:
    laid_out(tmp_path, rows, small.mapping(RULES) + PARTS)

    # What is written compares both ways.
    assert small.written(load(tmp_path))[TURTLE]


@pytest.mark.parametrize("few", [0, small.MANY])
def test_a_row_that_says_the_same_again_changes_nothing(few: int, tmp_path: Path) -> None:
    once = [{"id": "a", "name_de": "x"}, {"id": "b", "name_de": "y"}]
    dumps = []
    for folder, rows in (("one", once), ("two", [*once, *once])):
        with small.settled(load(laid_out(tmp_path / folder, rows)), few) as (engine, assembled):
            dumps.append([[*chain(*assembly.texts(engine, assembled, form))] for form in FORMATS])

    assert dumps[0] == dumps[1]


def test_the_number_of_statements_is_that_of_the_lines(tmp_path: Path) -> None:
    mapping = small.mapping(
        [*small.RULES, "[ex:note, $(topics)]", "[ex:note, $(name_de)]", "[schema:about, topic:water~iri]"]
    )
    rows = [
        {"id": "a", "name_de": "x", "name_en": "y", "topics": "water | x | water", "seats": "5", "part_of": "b"},
        {"id": "b", "name_de": "x", "topics": "traffic", "seats": "five", "url": "no address"},
        {"id": "c"},
        {"id": "a", "name_de": "z", "topics": "x"},
        {"name_de": "nothing"},
    ]
    loaded = load(laid_out(tmp_path, rows, mapping))

    with small.settled(loaded, few=0) as (engine, assembled):
        assert assembled.woven
        assert assembly.count(engine, assembled) == len(list(assembly.lines(engine, assembled)))
