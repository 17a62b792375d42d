"""Sources in the engine: scanned or read row by row, with the same outcome."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small
from sccon_lod import checks, notations, plan, reading
from sccon_lod.engine import Engine
from sccon_lod.errors import MappingError, SourceError
from sccon_lod.plan import Plan
from sccon_lod.reading import Origins
from sccon_lod.trail import Trail

NEVER = 1 << 40  # bytes; no file is as large
WORDS = {"id": f"{small.BASE}/", "ex": small.DEF, "schema": small.SCHEMA, "xsd": small.XSD}
CSV = """\
mappings:
  event:
    sources: [[data/event.csv~csv]]
    s: id:$(id)
    po:
      - [dct:identifier, $(id)]
      - [schema:name, $(name)]
      - [schema:url, $(url)~iri]
      - [ex:seats, $(seats), xsd:integer]
"""
JSONL = """\
sources:
  event: {access: data/event.jsonl, referenceFormulation: jsonpath, iterator: "$"}
mappings:
  event:
    sources: event
    s: id:$(id)
    po:
      - [dct:identifier, $(id)]
      - [schema:name, $(name)]
      - [ex:tag, $(tags)]
"""
TABLE = "id,name,url,seats\na,Fest,http://a.de/,7\nb,Teil,,many\na,Fest,no address,\n"
LINES = (
    '{"id": "a", "name": "Fest", "tags": ["x", "y"]}\n{"id": "b", "tags": []}\n{"id": 3, "name": "", "tags": ["z"]}\n'
)


class Came(NamedTuple):
    """What came of a mapping: facts, findings, rows by what became of them, and whether the engine read by itself."""

    facts: Sequence[Sequence[object]]
    findings: list[str]
    counts: tuple[int, int, int]
    scanned: bool


def compiled(folder: Path, mapping: str) -> Plan:
    path = folder / "event.yaml"
    path.write_text(mapping, encoding="utf-8")
    return plan.compile_maps(notations.read_files(folder, [path], WORDS, {}))


def put(folder: Path, file: str, content: str) -> Path:
    path = folder / "data" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="")
    return folder


def came(folder: Path, mapping: str, large: int) -> Came:
    made = compiled(folder, mapping)
    with Engine([folder]) as engine:
        read = reading.read(engine, made, {}, Origins(folder, {}, large), reading.quiet)
        for statement in made.statements:
            engine.state(statement)
        facts = list(engine.ask("SELECT DISTINCT * EXCLUDE (rule, record) FROM statement ORDER BY ALL"))
        found = [*read.findings, *checks.findings(made, read.examined, (), Trail(engine, made))]
        (opened,) = read.opened.values()
        counts = (opened.read, opened.unread, opened.skipped)
        return Came(facts, sorted(each.line("en") for each in found), counts, engine.is_scanned(made.sources[0]))


def both(folder: Path, mapping: str) -> tuple[Came, Came]:
    return came(folder, mapping, 0), came(folder, mapping, NEVER)


@pytest.mark.parametrize(("file", "mapping", "content"), [("event.csv", CSV, TABLE), ("event.jsonl", JSONL, LINES)])
def test_a_scanned_file_says_what_a_reader_says(file: str, mapping: str, content: str, tmp_path: Path) -> None:
    scanned, read = both(put(tmp_path, file, content), mapping)

    assert (scanned.scanned, read.scanned) == (True, False)
    assert scanned._replace(scanned=False) == read
    assert read.facts


def test_findings_of_a_scanned_file_name_the_physical_line(tmp_path: Path) -> None:
    put(tmp_path, "event.csv", 'id,name,url,seats\na,"Fest\nund mehr",,7\nb,Teil,,many\n')

    found = came(tmp_path, CSV, 0)

    assert found.scanned
    (line,) = found.findings
    assert line.startswith("data/event.csv:4, seats: violation: This is no value of the type integer")


# The first lines look plain; what comes later is not.
FILLER = "".join(f"f{number},x,,\n" for number in range(3000))
LATE = "".join(f'{{"id": "f{number}", "name": "x"}}\n' for number in range(1500))


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("a,x\n", "data/event.csv:3002"),
        ("a,x,,,surplus\n", "data/event.csv:3002"),
        ('a,"x"y,,\n', "data/event.csv:3002"),
        (",,,\n", ""),
        ('" ",,"\n",\u2003\n', ""),
    ],
)
def test_a_table_that_turns_out_odd_is_read_again_by_a_reader(row: str, place: str, tmp_path: Path) -> None:
    put(tmp_path, "event.csv", f"id,name,url,seats\n{FILLER}{row}z,last,,\n")

    scanned, read = both(tmp_path, CSV)

    assert scanned == read
    assert not scanned.scanned
    assert [each.startswith(place) for each in read.findings] == [True] * bool(place)


@pytest.mark.parametrize(
    "row",
    [
        '{"id": "a", "name": {"x": 1}}\n',
        '{"id": "a", "name": ["x", "y"]}\n',
        '{"id": "a", "name": "x"\n',
        "[1]\n",
        '{"id": "a", "id": "b"}\n',
        *(f'{{"id": "a", "name": {number}}}\n' for number in ("NaN", "-Infinity", "1e5", "1.10", "9" * 30)),
        '{"id": "a", "name": "[x"}\n',
    ],
)
def test_lines_that_turn_out_odd_are_read_again_by_a_reader(row: str, tmp_path: Path) -> None:
    put(tmp_path, "event.jsonl", f'{LATE}{row}{{"id": "z", "name": "last"}}\n')

    scanned, read = both(tmp_path, JSONL)

    assert scanned._replace(scanned=False) == read


BLOCK = "x" * (1 << 20)  # as much as is looked at before the engine begins


@pytest.mark.parametrize("letter", ["\x1b", "\x7f"])
def test_a_control_character_late_in_a_table_is_found(letter: str, tmp_path: Path) -> None:
    rows = "".join(f"f{number},{BLOCK[:9000]},,\n" for number in range(150))
    put(tmp_path, "event.csv", f"id,name,url,seats\n{rows}z,a{letter}b,,\n")

    scanned, read = both(tmp_path, CSV)

    assert scanned == read
    assert not scanned.scanned
    (line,) = read.findings
    assert line.startswith("data/event.csv:152, name: violation: The cell holds the invisible control character")


@pytest.mark.parametrize("distance", range(-7, 7))
def test_an_escape_that_two_blocks_share_is_found(distance: int, tmp_path: Path) -> None:
    begins = '{"id": "a", "name": "'
    filler = BLOCK[: len(BLOCK) - len(begins) + distance]
    put(tmp_path, "event.jsonl", f'{begins}{filler}\\u001b"}}\n{{"id": "z", "name": "last"}}\n')

    assert not came(tmp_path, JSONL, 0).scanned


def test_a_file_that_turns_out_odd_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    put(tmp_path, "event.csv", f"id,name,url,seats\n{FILLER}")
    put(tmp_path, "other.csv", f"id,name,url,seats\n{FILLER},,,\nz,last,,\n")
    other = CSV.partition("mappings:\n")[2].replace("event", "other")
    made = compiled(tmp_path, CSV + other)

    with Engine([tmp_path]) as engine:
        reading.read(engine, made, {}, Origins(tmp_path, {}, 0), reading.quiet)

        scanned = {each.file: engine.is_scanned(each) for each in made.sources}
    assert scanned == {"data/event.csv": True, "data/other.csv": False}


def test_a_blank_line_is_no_record_in_both_ways(tmp_path: Path) -> None:
    put(tmp_path, "event.jsonl", f'{LATE}\n{{"id": "z", "name": "many"}}\n')

    scanned, read = both(tmp_path, JSONL)

    assert (scanned.facts, scanned.findings, scanned.counts[:2]) == (read.facts, read.findings, read.counts[:2])


cells = st.text(st.sampled_from("ab1 .,\"'#;\t\nä\\[{"), max_size=5)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells, cells, cells), max_size=5))
def test_any_table_says_the_same_in_both_ways(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> None:
    columns = ("id", "name", "url", "seats")
    table = small.table([dict(zip(columns, row, strict=True)) for row in rows], columns)

    scanned, read = both(put(tmp_path, "event.csv", table), CSV)

    assert scanned._replace(scanned=False) == read


def test_a_list_that_is_always_empty_leads_to_nothing_in_both_ways(tmp_path: Path) -> None:
    put(tmp_path, "event.jsonl", '{"id": "a", "name": "x", "tags": []}\n')

    scanned, read = both(tmp_path, JSONL)

    assert scanned._replace(scanned=False) == read
    assert [line.partition(":")[0] for line in read.findings] == ["data/event.jsonl, tags"]


values = st.one_of(cells, st.integers(-3, 3), st.floats(-3, 3), st.booleans(), st.none())


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({"id": values}, optional={"name": values, "tags": st.lists(values, max_size=3)})))
def test_any_lines_say_the_same_in_both_ways(tmp_path: Path, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)

    scanned, read = both(put(tmp_path, "event.jsonl", text), JSONL)

    assert scanned._replace(scanned=False) == read


@pytest.mark.parametrize("large", [0, NEVER])
def test_a_column_that_is_not_there_is_an_error(large: int, tmp_path: Path) -> None:
    put(tmp_path, "event.csv", TABLE.replace("name", "title"))

    with pytest.raises(MappingError, match="has no column “name”"):
        came(tmp_path, CSV, large)


@pytest.mark.parametrize("large", [0, NEVER])
def test_a_file_that_is_not_there_is_an_error(large: int, tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        came(tmp_path, CSV, large)


def test_the_settings_are_a_source_with_one_record(tmp_path: Path) -> None:
    made = compiled(tmp_path, CSV.replace("data/event.csv~csv", "sccon.toml~toml").replace("$(seats)", "$(program)"))
    (source,) = made.sources
    settings_of = {"id": "small", "name": "Klein", "url": ""}

    with Engine([tmp_path]) as engine:
        reading.read(engine, made, {}, Origins(tmp_path, settings_of), reading.quiet)
        (record,) = engine.records(source, [1])

    assert record.cells["name"] == "Klein"
    assert record.cells["program"].startswith("sccon-lod ")
