"""Files that the engine may read by itself: which they are, and where their records stand."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sccon_lod import scans
from sccon_lod.errors import Origin
from sccon_lod.mapping import Source
from sccon_lod.sql.sources import Scan

TABLE = "id,name\na,Fest\nb,Teil\n"
LINES = '{"id": "a", "tags": ["x"]}\n{"id": "b"}\n'


def source(file: str, iterator: str = "", **options: str) -> Source:
    formulation = "csv" if file.endswith(("sv", "sv.gz")) else "jsonpath"
    return Source(file, {}, Origin("mapping/event.yaml"), formulation, iterator, options)


def found(folder: Path, of: Source, content: str | bytes, *references: str) -> Scan | None:
    (folder / of.file).write_bytes(content.encode() if isinstance(content, str) else content)
    return scans.find(folder, of, references or ("id",), large=0)


def test_a_plain_table_is_scanned(tmp_path: Path) -> None:
    made = found(tmp_path, source("event.csv"), TABLE)

    assert made == Scan(tmp_path / "event.csv", "event.csv", "read_csv", ("id", "name"))


@pytest.mark.parametrize(
    ("file", "options", "content", "delimiter", "quote"),
    [
        ("event.tsv", {}, "id\tname\na\tb\n", "\t", '"'),
        ("event.csv", {"delimiter": ";"}, "id;name\na;b\n", ";", '"'),
        ("event.csv", {"delimiter": "tab"}, "id\tname\na\tb\n", "\t", '"'),
        ("event.csv", {"quote": "'"}, "id,name\na,'b,c'\n", ",", "'"),
    ],
)
def test_delimiter_and_quote_may_be_declared(
    file: str, options: Mapping[str, str], content: str, delimiter: str, quote: str, tmp_path: Path
) -> None:
    made = found(tmp_path, source(file, **options), content)

    assert made is not None
    assert (made.delimiter, made.quote) == (delimiter, quote)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "id,name\n",
        "\ufeffid,name\na,b\n",
        "id,name\r\na,b\r\n",
        "id,name\na,b\x00\n",
        "id,name\na,b\x7f\n",
        "id,ID\na,b\n",
        "id,\na,b\n",
        "id, name\na,b\n",
        "id\na\n",
        "#id,name\na,b\n",
        "id,name\n#hint,b\n",
        b"id,name\na,\xff\n",
    ],
)
def test_a_table_that_can_be_read_in_two_ways_is_left_to_a_reader(content: str | bytes, tmp_path: Path) -> None:
    assert found(tmp_path, source("event.csv"), content) is None


@pytest.mark.parametrize(
    ("file", "options"),
    [("event.csv", {"encoding": "cp1252"}), ("event.csv", {"header": "2"}), ("event.csv.gz", {}), ("*.csv", {})],
)
def test_a_table_that_is_declared_otherwise_is_left_to_a_reader(
    file: str, options: Mapping[str, str], tmp_path: Path
) -> None:
    assert found(tmp_path, source(file, **options), TABLE) is None


def test_lines_of_json_are_scanned_for_what_is_read(tmp_path: Path) -> None:
    made = found(tmp_path, source("event.jsonl"), LINES, "id", "tags")

    assert made == Scan(tmp_path / "event.jsonl", "event.jsonl", "read_json", ("id", "tags"), frozenset({"tags"}))


@pytest.mark.parametrize(
    "content",
    [
        "[1]\n",
        '{"id": {"x": 1}}\n',
        '{"id": "a"\n',
        '{"id": "a\\u0001"}\n',
        '{"id": "a\\b"}\n',
        '{"id": "\x7f"}\n',
    ],
)
def test_lines_that_can_be_read_in_two_ways_are_left_to_a_reader(content: str, tmp_path: Path) -> None:
    assert found(tmp_path, source("event.jsonl"), content) is None


@pytest.mark.parametrize("reference", ["a.b", "tags[*]", "../id", "@", "#", "$.id", "x y"])
def test_a_path_is_left_to_a_reader(reference: str, tmp_path: Path) -> None:
    assert found(tmp_path, source("event.jsonl"), LINES, reference) is None


def test_lines_with_an_iterator_are_left_to_a_reader(tmp_path: Path) -> None:
    assert found(tmp_path, source("event.jsonl", "$.tags[*]"), LINES) is None


def test_a_small_file_is_left_to_a_reader(tmp_path: Path) -> None:
    (tmp_path / "event.csv").write_text(TABLE, encoding="utf-8")

    size = len(TABLE)
    assert scans.find(tmp_path, source("event.csv"), ["id"], size + 1) is None
    assert scans.find(tmp_path, source("event.csv"), ["id"], size) is not None


def test_a_record_begins_on_its_physical_line(tmp_path: Path) -> None:
    table = found(tmp_path, source("event.csv"), 'id,name\na,"two\nlines"\nb,x\nc,y\n')
    lines = found(tmp_path, source("event.jsonl"), '{"id": 1}\n\n{"id": 2}\n')

    assert table is not None
    assert scans.lines(table, [1, 3]) == {1: 2, 3: 5}
    assert lines is not None
    assert scans.lines(lines, [1, 2]) == {1: 1, 2: 3}
    assert scans.lines(lines, []) == {}


def test_a_link_that_leads_out_of_the_folder_is_left_to_a_reader(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "event.csv"
    inside.mkdir()
    outside.write_text(TABLE)
    (inside / "event.csv").symlink_to(outside)

    assert scans.find(tmp_path, source("event.csv"), ["id"], 0) is not None
    assert scans.find(inside, source("event.csv"), ["id"], 0) is None
