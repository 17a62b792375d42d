"""Sources: which files can be read, and several files as one table."""

import gzip
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import reading
from conftest import shared
from reading import put
from sccon_lod import records
from sccon_lod.language import Text
from sccon_lod.rows import Layout, Row


def test_a_file_of_an_unknown_type_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "data/event.doc", "")

    error = reading.refusal(tmp_path, "data/event.doc")

    known = ", ".join(records.READERS)
    assert str(error.origin) == "data/event.doc"
    assert error.text == Text(
        f"Dateien dieser Art werden nicht gelesen; lesbar sind: {known}.",
        f"Files of this type are not read; these are: {known}.",
    )


def test_a_formulation_that_there_is_not_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "event.csv", "id\n")

    error = reading.refusal(tmp_path, "event.csv", Layout("sql"))

    known = ", ".join(records.FORMULATIONS)
    assert error.text == Text(
        f"Die Angabe referenceFormulation ist „sql“; möglich sind: {known}.",
        f"The referenceFormulation is “sql”; there are: {known}.",
    )


def test_every_type_of_file_fits_one_formulation() -> None:
    listed = [suffix for readers in records.FORMULATIONS.values() for suffix in readers]

    assert sorted(listed) == sorted(set(listed)) == sorted(records.READERS)


@pytest.mark.parametrize("formulation", [each for each in records.FORMULATIONS if each != "csv"])
def test_a_formulation_that_does_not_fit_the_file_is_refused(tmp_path: Path, formulation: str) -> None:
    put(tmp_path, "event.csv", "id\n")

    error = reading.refusal(tmp_path, "event.csv", Layout(formulation))

    assert error.text == Text(
        f"referenceFormulation: {formulation} passt nicht zu Dateien dieser Art; richtig ist: csv.",
        f"referenceFormulation: {formulation} does not suit files of this type; right is: csv.",
    )


def test_one_file_keeps_its_own_header(tmp_path: Path) -> None:
    put(tmp_path, "event.csv", "id,,\na,b,c\n")

    found = reading.of(tmp_path, "event.csv")

    assert (found.columns, found.files) == (("id", "", ""), ["event.csv"])


def test_several_files_are_one_table_with_all_columns(tmp_path: Path) -> None:
    put(tmp_path, "data/2024.csv", "id,name\na,A\nb\n")
    put(tmp_path, "data/2025.csv", "# no,place,id\n,Köln,c\n\n")

    found = reading.of(tmp_path, "data/*.csv", Layout(references=("id", "name")))

    assert found.columns == ("id", "name", "# no", "place")
    assert found.rows == [
        Row(1, "data/2024.csv", 2, "", ("a", "A", "", "")),
        Row(3, "data/2025.csv", 2, "", ("c", "", "", "Köln")),
    ]
    assert found.counts == (2, 1, 1)
    assert found.files == ["data/2024.csv", "data/2025.csv"]


def test_numbers_of_records_run_on_through_the_files(tmp_path: Path) -> None:
    for name in "abc":
        put(tmp_path, f"data/{name}.csv", f"id\n# hint\n{name}1\n{name}2\n")

    found = reading.of(tmp_path, "data")

    assert [(each.number, each.cells[0]) for each in found.rows] == [
        *((1, "a1"), (2, "a2"), (3, "b1"), (4, "b2"), (5, "c1"), (6, "c2"))
    ]
    assert found.counts == (6, 0, 3)


def test_a_column_that_one_of_the_files_lacks_is_a_warning(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id,name\na,A\n")
    put(tmp_path, "data/b.csv", "id\nb\n")

    found = reading.of(tmp_path, "data", Layout(references=("id", "name", "nowhere")))

    assert found.cells == [("a", "A"), ("b", "")]
    assert found.lines("de") == [
        "data/b.csv, name: warning: Dieser Datei fehlt die Spalte, die andere Dateien der Quelle haben; "
        "ihre Zellen gelten als leer."
    ]
    assert found.lines("en") == [
        "data/b.csv, name: warning: This file lacks the column, which other files of the source have; "
        "its cells count as empty."
    ]


def test_a_missing_column_that_no_rule_reads_is_not_reported(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id,name\na,A\n")
    put(tmp_path, "data/b.csv", "id\nb\n")

    assert reading.of(tmp_path, "data", Layout(references=("id",))).findings == []


def test_names_of_columns_that_differ_in_case_are_one_column(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id,Name\na,A\n")
    put(tmp_path, "data/b.csv", "NAME,id\nB,b\n")

    found = reading.of(tmp_path, "data")

    assert (found.columns, found.cells) == (("id", "Name"), [("a", "A"), ("b", "B")])
    assert found.lines("de") == [
        "data/b.csv, NAME: info: Die Spalte heißt in der Zuordnung oder in anderen Dateien dieser Quelle „Name“ "
        "und wird als diese gelesen."
    ]
    assert found.lines("en") == [
        "data/b.csv, NAME: info: The column is called “Name” in the mapping or in other files of this source "
        "and is read as that one."
    ]


def test_columns_of_several_files_are_spelled_as_the_mapping_spells_them(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id,Name\na,A\n")
    put(tmp_path, "data/b.csv", "id,name\nb,B\n")

    found = reading.of(tmp_path, "data", Layout(references=("name",)))

    assert (found.columns, found.faults) == (("id", "name"), [("column-spelling", "data/a.csv, Name")])


def test_what_is_wrong_in_one_of_several_files_is_said_once(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id ,name\na,\x01\n")
    put(tmp_path, "data/b.csv", "id,name\n")

    found = reading.of(tmp_path, "data")

    assert sorted(found.faults) == [
        ("cell-control-character", "data/a.csv:2, name"),
        ("column-trimmed", "data/a.csv:1, id"),
        ("table-empty", "data/b.csv:1"),
    ]


def test_files_of_different_types_can_be_one_table(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id,name\na,A\n")
    put(tmp_path, "data/b.tsv", "name\tid\nB\tb\n")
    put(tmp_path, "data/c.csv.gz", gzip.compress(b"id,name\nc,C\n"))
    with zipfile.ZipFile(tmp_path / "data" / "d.zip", "w") as archive:
        archive.writestr("inner/d.csv", "id,name\nd,D\n")

    found = reading.of(tmp_path, "data")

    assert found.cells == [("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]
    assert [each.file for each in found.rows] == ["data/a.csv", "data/b.tsv", "data/c.csv.gz", "data/d.zip/inner/d.csv"]


def test_a_file_of_another_type_among_those_of_a_pattern_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id\na\n")
    put(tmp_path, "data/notes.txt", "")

    error = reading.refusal(tmp_path, "data/*")

    assert str(error.origin) == "data/notes.txt"


def test_more_files_are_one_table_than_can_be_open_at_once(tmp_path: Path) -> None:
    for number in range(1500):
        put(tmp_path, f"data/{number:04}.csv", f"id\n{number}\n")

    found = reading.of(tmp_path, "data/*.csv")

    assert found.counts == (1500, 0, 0)


def test_the_open_data_days_of_all_years_are_one_table() -> None:
    folder = shared("records/opendataday/csv")

    found = reading.of(folder, "*.csv", Layout(references=("place", "organisers")))

    assert len(found.files) == 13
    assert found.counts == (3371, 0, 1)
    assert {"place", "organisers", "Organizers"} <= set(found.columns)
    assert ("column-missing", "Events 2015.csv, organisers") in found.faults


# --- a broken file among others


def test_a_broken_file_among_others_is_a_finding_and_the_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, "data/a.json", '[{"id": "a"}]')
    put(tmp_path, "data/b.json", "../c.json")
    put(tmp_path, "data/c.json", '[{"id": "c"}]')

    found = reading.of(tmp_path, "data/*.json", Layout("jsonpath", references=("id",)))

    assert found.cells == [("a",), ("c",)]
    assert found.counts == (2, 1, 0)
    assert found.faults == [("file-unreadable", "data/b.json:1")]
    assert found.lines("en")[0].endswith(" The other files of the source are read.")
    assert found.lines("de")[0].endswith(" Die anderen Dateien der Quelle werden gelesen.")


def test_a_broken_table_among_others_does_not_change_the_columns(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id,id\n1,2\n")
    put(tmp_path, "data/b.csv", "id,name\nb,B\n")

    found = reading.of(tmp_path, "data", Layout(references=("id",)))

    assert found.columns == ("id", "name")
    assert found.cells == [("b", "B")]
    assert found.faults == [("file-unreadable", "data/a.csv:1, id")]


def test_a_broken_file_alone_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "data/b.json", "../c.json")

    assert str(reading.refusal(tmp_path, "data/*.json", Layout("jsonpath")).origin) == "data/b.json:1"


@pytest.mark.parametrize(("name", "layout"), [("csv", Layout()), ("json", Layout("jsonpath"))])
def test_a_source_all_of_whose_files_are_broken_is_an_error(tmp_path: Path, name: str, layout: Layout) -> None:
    for each in ("a", "b"):
        put(tmp_path, f"data/{each}.{name}", "id,id\n{")

    assert reading.refusal(tmp_path, "data", layout).origin.file == f"data/a.{name}"


def test_a_damaged_or_locked_archive_among_others_is_a_finding(tmp_path: Path) -> None:
    put(tmp_path, "data/a.csv", "id\na\n")
    put(tmp_path, "data/b.zip", "PK no archive")
    put(tmp_path, "data/c.csv.gz", gzip.compress(b"id\nc\n")[:-6])

    found = reading.of(tmp_path, "data")

    assert found.cells[0] == ("a",)
    assert [each for each in found.faults if each[0] == "file-unreadable"] == [
        ("file-unreadable", "data/b.zip"),
        ("file-unreadable", "data/c.csv.gz"),
    ]


# --- what a file is called


@pytest.mark.parametrize(
    ("file", "content", "layout"),
    [
        ("data/2025/fest.v1.csv", "id\na\n", Layout()),
        ("data/2025/fest.v1.csv.gz", gzip.compress(b"id\na\n", mtime=0), Layout()),
        ("data/2025/fest.v1.json", '{"id": "a"}', Layout("jsonpath")),
        ("data/2025/fest.v1.jsonl", '{"id": "a"}', Layout("jsonpath")),
        ("data/2025/fest.v1.xml", "<e><id>a</id></e>", Layout("xpath", "/e")),
    ],
)
def test_every_row_knows_what_its_file_is_called(
    tmp_path: Path, file: str, content: str | bytes, layout: Layout
) -> None:
    put(tmp_path, file, content)

    found = reading.of(tmp_path, file, replace(layout, references=("#stem", "id", "#file")))

    assert found.columns == ("id", "#stem", "#file")
    assert found.cells == [("a", "fest.v1", file)]


def test_rows_of_several_files_know_their_own(tmp_path: Path) -> None:
    put(tmp_path, "data/2024.csv", "id\na\n")
    put(tmp_path, "data/2025.csv", "id\nb\n")

    found = reading.of(tmp_path, "data/*.csv", Layout(references=("id", "#stem")))

    assert found.cells == [("a", "2024"), ("b", "2025")]
    assert not found.findings
