"""JSON, JSON Lines and GeoJSON: which records there are, what their cells hold, what is wrong where."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import shared
from reading import Reading, read, refused_by
from sccon_lod.errors import SourceError
from sccon_lod.findings import Severity
from sccon_lod.readers import objects
from sccon_lod.rows import Cell, Layout, Readable, Reader
from strategies import odd_texts

READERS: dict[str, Reader] = {".json": objects.json, ".jsonl": objects.json_lines, ".geojson": objects.geojson}


def layout(*references: str, iterator: str = "") -> Layout:
    return Layout("jsonpath", iterator, {}, references)


def written(folder: Path, content: bytes | str, name: str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def of(folder: Path, content: bytes | str, *references: str, iterator: str = "", name: str = "x.json") -> Reading:
    path = written(folder, content, name)
    return read(READERS[path.suffix], path, layout(*references, iterator=iterator))


def refused(folder: Path, content: bytes | str, *references: str, iterator: str = "", name: str = "x.json") -> str:
    path = written(folder, content, name)
    return refused_by(READERS[path.suffix], path, layout(*references, iterator=iterator))


# --- records and cells


def test_the_members_of_a_list_are_the_records(tmp_path: Path) -> None:
    reading = of(tmp_path, '[{"id": "a"}, {"id": "b"}]', "id")

    assert reading.cells == [("a",), ("b",)]
    assert reading.places == [(1, 0, "$[0]"), (2, 0, "$[1]")]
    assert reading.counts == (2, 0, 0)


def test_an_object_is_one_record_without_a_path(tmp_path: Path) -> None:
    assert of(tmp_path, '\ufeff{"id": "a"}', "id").rows == [(1, "x.json", 0, "", ("a",))]


def test_the_iterator_leads_to_the_records(tmp_path: Path) -> None:
    reading = of(tmp_path, '{"e": {"x y": [{"id": 1}], "z": [{"id": 2}]}}', "id", "../#", iterator="$.e[*][*]")

    assert reading.cells == [("1", "x y"), ("2", "z")]
    assert [path for _, _, path in reading.places] == ["$.e['x y'][0]", "$.e.z[0]"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('" a "', " a "),
        ('""', ""),
        ("null", ""),
        ("true", "true"),
        ("false", "false"),
        ("12", "12"),
        ("1.50", "1.5"),
        ("[]", ""),
        ('["a"]', "a"),
        ('["a", "", null, 1, true]', ("a", "1", "true")),
        ('[["a", ["b"]], [], "c"]', ("a", "b", "c")),
        ("[" * 200 + "1" + "]" * 200, "1"),
    ],
)
def test_a_value_becomes_its_text_and_a_list_its_texts(tmp_path: Path, value: str, cell: Cell) -> None:
    reading = of(tmp_path, f'[{{"v": {value}}}, {{}}]', "v")

    assert reading.cells == [(cell,), ("",)]
    assert not reading.findings


def test_scalars_in_a_list_are_records_of_their_own(tmp_path: Path) -> None:
    reading = of(tmp_path, '{"tags": ["a", 2]}', "@", "#", iterator="$.tags[*]")

    assert reading.cells == [("a", "0"), ("2", "1")]


def test_a_key_with_a_dot_is_written_in_brackets(tmp_path: Path) -> None:
    assert of(tmp_path, '{"a.b": "1", "a": {"b": "2"}}', "['a.b']", "a.b").cells == [("1", "2")]


@settings(deadline=None)  # writes a file
@given(st.lists(st.dictionaries(st.sampled_from(["a", "b c", "ü"]), odd_texts, max_size=3), max_size=4), st.booleans())
def test_texts_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, str]], ascii_only: bool
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    expected = [tuple(record.get(key, "") for key in ("a", "b c", "ü")) for record in records]
    lines = "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records)
    references = ("a", "['b c']", "ü")

    assert of(folder, json.dumps(records, ensure_ascii=ascii_only), *references).cells == expected
    assert of(folder, lines, *references, name="x.jsonl").cells == expected


# --- what is wrong with a record


def test_an_object_where_a_value_is_expected_is_reported_with_its_keys(tmp_path: Path) -> None:
    records = '[{"a": {"odd key": 1}, "b": [{"x": 1, "y": 2}], "c": ["t", {"z": 1}], "d": {}, "e": "good"}]'
    reading = of(tmp_path, records, "a", "b", "c[*]", "d", "e")

    assert reading.lines() == [
        "x.json, $[0], a: violation: There is an object here, no value; it has: odd key. Name a key in the path, for "
        "example a['odd key']",
        "x.json, $[0], b: violation: There is an object here, no value; it has: x, y. Name a key in the path, for "
        "example b[*].x",
        "x.json, $[0], c[*]: violation: There is an object here, no value; it has: z. Name a key in the path, for "
        "example c[*].z",
        "x.json, $[0], d: violation: There is an empty object here, no value; right is for example null.",
    ]
    assert {each.rule for each in reading.findings} == {"cell-structure"}
    assert reading.cells == [("", "", "", "", "good")]


def test_the_record_itself_may_be_no_value(tmp_path: Path) -> None:
    assert of(tmp_path, '[{"a": 1}]', "@").lines() == [
        "x.json, $[0], @: violation: There is an object here, no value; it has: a. Name a key in the path, for "
        "example a"
    ]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_costs_the_record(tmp_path: Path, number: str) -> None:
    reading = of(tmp_path, f'[{{"n": {number}}}, {{"n": 1}}]', "n")

    assert reading.lines() == [
        "x.json, $[0], n: violation: NaN and Infinity are no numbers in JSON; right is for example 12.5, or null where "
        "nothing is known."
    ]
    assert (reading.cells, reading.counts) == ([("1",)], (1, 1, 0))
    assert reading.rows[0].number == 2


def test_a_record_that_is_no_object_is_reported_if_keys_are_read(tmp_path: Path) -> None:
    reading = of(tmp_path, '["a", null, [1], {"id": "b"}]', "id")

    assert reading.lines() == [
        "x.json, $[0]: violation: The record is no object, yet the mapping reads keys; right is for example "
        '{"name": "Fest"}. The value itself is named $(@). [a]',
        "x.json, $[2]: violation: The record is no object, yet the mapping reads keys; right is for example "
        '{"name": "Fest"}. The value itself is named $(@).',
    ]
    assert (reading.cells, reading.counts) == ([("b",)], (1, 2, 1))


def test_a_key_that_stands_twice_is_reported_where_it_stands(tmp_path: Path) -> None:
    content = '{"e": [{"a": 1, "a": 2}, {"b": {"c": 1, "c": 2}}], "year": 1, "year": 2}'
    reading = of(tmp_path, content, "a", "b.c", iterator="$.e[*]")

    assert reading.lines() == [
        "x.json, $.e[0], a: violation: The key “a” stands twice in this object; please delete one value or put both "
        "in a list.",
        "x.json, $.e[1], b.c: violation: The key “c” stands twice in this object; please delete one value or put both "
        "in a list.",
        "x.json, year: violation: The key “year” stands twice in this object; please delete one value or put both in a "
        "list.",
    ]
    assert reading.cells == [("2", ""), ("", "2")]


def test_control_characters_and_halves_of_characters_are_found_in_their_cells(tmp_path: Path) -> None:
    content = '[{"a": "x\\u0007", "b": ["y", "\\u0000"]}, {"a": "\\ud83d"}, {"b": "\\u001f"}, {"a": "\\ud83d\\ude00"}]'
    reading = of(tmp_path, content, "a", "b")

    assert [(each.rule, str(each.origin)) for each in reading.findings] == [
        ("cell-control-character", "x.json, $[0], a"),
        ("cell-control-character", "x.json, $[0], b"),
        ("cell-encoding", "x.json, $[1], a"),
        ("cell-control-character", "x.json, $[2], b"),
    ]
    assert reading.lines()[2] == (
        "x.json, $[1], a: violation: The value holds half of a character (\\ud83d without its counterpart); right is "
        "for example \\ud83d\\ude00. [\ufffd]"
    )
    assert (reading.cells, reading.counts) == ([("", "\x1f"), ("😀", "")], (2, 2, 0))


def test_a_line_that_is_no_json_costs_one_row(tmp_path: Path) -> None:
    content = b'\xef\xbb\xbf{"a": 1}\r\n\r\n{"a": 1} {"a": 2}\n{"a": "\xfc"}\n{"a"\n[{"a": "x"}]\n{"a": 3}'
    reading = of(tmp_path, content, "a", name="x.jsonl")

    assert reading.places == [(1, 1, ""), (6, 7, "")]
    assert reading.cells == [("1",), ("3",)]
    assert reading.counts == (2, 4, 1)
    assert [(each.rule, each.origin.line) for each in reading.findings] == [
        *(("row-json", 3), ("cell-encoding", 4), ("row-json", 5), ("row-structure", 6))
    ]
    assert reading.lines()[1] == (
        "x.jsonl:4, a: violation: The value is not saved in UTF-8 (umlauts?); please save the file in UTF-8. [\ufffd]"
    )


def test_a_line_may_hold_several_records(tmp_path: Path) -> None:
    content = '{"year": 1, "e": [{"a": 1}, {"a": 2}]}\n{"year": 2}\n{"year": 3, "e": [{"a": 3}]}\n'
    reading = of(tmp_path, content, "a", "../../year", iterator="$.e[*]", name="x.jsonl")

    assert reading.places == [(1, 1, "$.e[0]"), (2, 1, "$.e[1]"), (3, 3, "$.e[0]")]
    assert reading.cells == [("1", "1"), ("2", "1"), ("3", "3")]
    assert not reading.findings


# --- files without records


@pytest.mark.parametrize("content", ["[]", '{"e": []}', '{"e": [[]]}'])
def test_an_empty_list_is_a_note(tmp_path: Path, content: str) -> None:
    reading = of(tmp_path, content, "a", iterator={"[]": "", '{"e": []}': "$.e[*]"}.get(content, "$.e[0][*]"))

    assert reading.lines() == ["x.json: info: The file holds no records yet."]


@pytest.mark.parametrize(
    ("content", "rest"),
    [
        ('{"event": [1], "year": 1}', "is: event, year."),
        ('[{"events": [1]}]', "is a list. [*] leads to the parts of a list."),
        ('"text"', "is a value. [*] leads to the parts of a list."),
    ],
)
def test_an_iterator_that_leads_to_nothing_is_a_warning(tmp_path: Path, content: str, rest: str) -> None:
    reading = of(tmp_path, content, "a", iterator="$.events[*]")

    assert reading.lines() == [
        f"x.json: warning: The iterator $.events[*] leads to nothing; where it ends there {rest}"
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "x.jsonl: info: The file holds no records yet."),
        ("\n\n", "x.jsonl: info: The file holds no records yet."),
        ('{"f": 1}\n', "x.jsonl: warning: The iterator $.e[*] leads to nothing; where it ends there is: f."),
    ],
)
def test_lines_without_records_are_reported_once(tmp_path: Path, content: str, line: str) -> None:
    assert of(tmp_path, content, "a", iterator="$.e[*]", name="x.jsonl").lines() == [line]


# --- files that cannot be understood


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '{"a": 1,\n"b"}',
            "x.json:2: This is no JSON from character 4 of the line on, where “}” stands; are quotation marks, commas "
            'and brackets right? Right is for example {"name": "Fest", "tags": ["a", "b"]}.',
        ),
        ("", 'x.json:1: There is nothing here; right is for example {"name": "Fest"}.'),
        ("[" * 100_000, "x.json:1: The JSON is nested too deeply; please supply flatter records."),
        ('{"a": 1}'.encode("utf-16"), "x.json:1: The file is saved in UTF-16 or UTF-32; please save it in UTF-8."),
        ('{"a": 1}'.encode("utf-16-le"), "x.json:1: The file is saved in UTF-16 or UTF-32; please save it in UTF-8."),
        ('{"a": 1}'.encode("utf-32"), "x.json:1: The file is saved in UTF-16 or UTF-32; please save it in UTF-8."),
    ],
)
def test_a_file_that_is_no_json_is_refused_with_its_line(tmp_path: Path, content: bytes | str, message: str) -> None:
    assert refused(tmp_path, content, "a") == message


def test_lines_in_utf_16_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, '{"a": 1}\n'.encode("utf-16"), "a", name="x.jsonl") == (
        "x.jsonl:1: The file is saved in UTF-16 or UTF-32; please save it in UTF-8."
    )


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.geojson"])
def test_paths_are_looked_at_before_the_file_is_read(tmp_path: Path, name: str) -> None:
    suffix = Path(name).suffix
    absent = Readable(name, suffix, (tmp_path / "absent").open)  # type: ignore[arg-type]

    with pytest.raises(SourceError) as caught:
        READERS[suffix](absent, layout("a", "../../b", iterator="$[*]"), lambda finding: None)

    assert str(caught.value) == (
        f"{name}, ../../b: The path “../../b” leads beyond the root; around the record there are as many levels as "
        "the iterator has steps, that is 1."
    )


def test_an_iterator_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "[]", "a", iterator="events") == (
        "x.json: The iterator “events” does not begin at the root; right is for example $.events[*] or $[*]."
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for reader in READERS.values():
        assert refused_by(reader, tmp_path / "absent.x", layout("a")) == (
            "absent.x: The file cannot be read (No such file or directory). Is it at this place?"
        )


def test_an_option_that_json_does_not_have_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "[]", "x.json")

    assert refused_by(objects.json, path, Layout("jsonpath", "", {"delimiter": ";"}, ("a",))) == (
        "x.json: There is no “delimiter” for .json; please delete it from the source in the mapping."
    )


# --- GeoJSON


def test_the_features_of_a_collection_are_the_records(tmp_path: Path) -> None:
    content = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": 7, "properties": {"title": "Fest"}, '
        '"geometry": {"type": "Point", "coordinates": [12.40, 51.3]}}, {"properties": null, "geometry": null}]}'
    )
    reading = of(tmp_path, content, "id", "properties.title", "geometry.coordinates[1]", name="x.geojson")

    assert reading.cells == [("7", "Fest", "51.3"), ("", "", "")]
    assert [path for _, _, path in reading.places] == ["$.features[0]", "$.features[1]"]


def test_a_single_feature_is_one_record(tmp_path: Path) -> None:
    assert of(tmp_path, '{"type": "Feature", "id": "a"}', "id", name="x.geojson").cells == [("a",)]


@pytest.mark.parametrize("content", ["[]", '{"features": []}', '{"type": "Point"}', '{"type": ["Feature"]}'])
def test_other_json_is_no_geojson(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content, "id", name="x.geojson") == (
        "x.geojson: The file is no GeoJSON: its root is neither a FeatureCollection nor a Feature. Right is for "
        'example {"type": "FeatureCollection", "features": []}; other JSON has the ending .json.'
    )


# --- nothing ends in a traceback


def test_a_file_that_was_damaged_is_a_finding_or_an_error(tmp_path: Path) -> None:
    whole = json.dumps([{"a": "ü", "b": [1, None, {"c": True}]}] * 3, ensure_ascii=False).encode()
    chance = random.Random(7)  # noqa: S311
    for number in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = written(tmp_path, bytes(damaged), f"x{number}.jsonl" if number % 2 else f"x{number}.json")
        try:
            read(READERS[path.suffix], path, layout("a", "b[*].c", "b[0]", iterator="$[*]"))
        except SourceError as error:
            assert error.text.en


# --- real files


def test_open_data_day_is_read() -> None:
    folder = shared("records/opendataday/json")
    columns = layout("event_name", "country", "latitude", iterator="$.events[*]")
    readings = [read(objects.json, path, columns) for path in sorted(folder.glob("*.json"))]

    assert sum(len(reading.rows) for reading in readings) == 1911
    assert [line for reading in readings for line in reading.lines()] == [
        "events-2021.json, $.events[150], event_name: violation: The cell holds the invisible control character "
        "U+0003; please delete it. [Hack the Data Gap: Making institutions\\x03for disabled people visible]"
    ]


def test_projects_and_their_organisations_are_read() -> None:
    folder = shared("records/digital-public-goods/nominees")
    names = layout("name", "../../name", iterator="$.organizations[*]")
    readings = [read(objects.json, path, names) for path in sorted(folder.glob("*.json"))]

    assert sum(len(reading.rows) for reading in readings) == 267
    assert all(project for reading in readings for _, project in reading.cells)
    assert {each.severity for reading in readings for each in reading.findings} <= {Severity.INFO, Severity.WARNING}


def test_links_written_out_as_files_are_refused_one_by_one() -> None:
    folder = shared("records/digital-public-goods/digitalpublicgoods")
    broken = []
    for path in sorted(folder.glob("*.json")):
        try:
            read(objects.json, path, layout("name"))
        except SourceError as error:
            broken.append(str(error).partition(":1: ")[0])

    assert broken == [
        *("commcare-android.json", "commcare-cloud.json", "mifos-android.json", "mifos-mobile.json"),
        "mifos-web-app.json",
    ]


def test_the_organisations_of_a_district_are_read() -> None:
    path = shared("records/leipziger-ecken/akteure.geojson")
    reading = read(objects.geojson, path, layout("id", "properties.title", "geometry.coordinates"))

    assert (len(reading.rows), reading.findings) == (91, [])
    assert all(isinstance(coordinates, tuple) for _, _, coordinates in reading.cells)


def test_empty_harvests_are_notes() -> None:
    folder = shared("records/leipziger-ecken/events")
    readings = [read(objects.geojson, path, layout("properties.title")) for path in sorted(folder.glob("*.geojson"))]

    assert sum(len(reading.rows) for reading in readings) == 596
    assert [each.rule for reading in readings for each in reading.findings] == ["table-empty"] * 6


@pytest.mark.parametrize(("name", "count"), [("camp2019-frab.json", 79), ("rc3-2020-pretalx.json", 48)])
def test_talks_know_their_room_and_their_day(name: str, count: int) -> None:
    path = shared(f"records/frab-schedules/{name}")
    iterator = "$.schedule.conference.days[*].rooms[*][*]"
    reading = read(objects.json, path, layout("room", "../#", "date", "../../../date", iterator=iterator))

    assert len(reading.rows) == count
    assert all(room == around for room, around, _, _ in reading.cells)
    assert all(isinstance(start, str) and start[:10] >= str(day) for _, _, start, day in reading.cells)
