"""Parquet files: values as text, lists as several values."""

import zipfile
from pathlib import Path

import duckdb
import pytest

import reading
from reading import Reading
from sccon_lod.errors import SourceError
from sccon_lod.language import Text
from sccon_lod.rows import Cell, Layout, Row

NAME = "data/event.parquet"


def write(root: Path, query: str, name: str = NAME) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.sql(query).write_parquet(str(root / name))


def read(root: Path, query: str, *references: str) -> Reading:
    write(root, query)
    return reading.of(root, NAME, Layout(references=references))


def refusal(root: Path, query: str, *references: str) -> SourceError:
    write(root, query)
    return reading.refusal(root, NAME, Layout(references=references))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("'Straße'", "Straße"),
        ("12::TINYINT", "12"),
        ("170141183460469231731687303715884105727::HUGEINT", "1.7014118346046923e+38"),
        ("1.50::DECIMAL(10,2)", "1.50"),
        ("0.1::DOUBLE", "0.1"),
        ("true", "true"),
        ("DATE '2022-10-18'", "2022-10-18"),
        ("TIME '10:00:00'", "10:00:00"),
        ("TIMESTAMP '2022-10-18 10:00:00'", "2022-10-18T10:00:00"),
        ("TIMESTAMP '2022-10-18 10:00:00.25'", "2022-10-18T10:00:00.25"),
        ("TIMESTAMP_NS '2022-10-18 10:00:00.000000001'", "2022-10-18T10:00:00.000000001"),
        ("TIMESTAMPTZ '2022-10-18 10:00:00+02'", "2022-10-18T08:00:00Z"),
        ("'ab'::ENUM ('ab', 'cd')", "ab"),
        ("UUID '4102b114-f692-4781-9332-d2c5b7f07839'", "4102b114-f692-4781-9332-d2c5b7f07839"),
        ("NULL::VARCHAR", ""),
        ("NULL::TIMESTAMP", ""),
        ("NULL::TIMESTAMPTZ", ""),
        ("['a', 'b']", ("a", "b")),
        ("[2, 1]", ("2", "1")),
        ("['a', NULL, '']", "a"),
        ("[]::VARCHAR[]", ""),
        ("NULL::VARCHAR[]", ""),
        (
            "[TIMESTAMP '2022-10-18 10:00:00', NULL, TIMESTAMP '2022-10-19']",
            ("2022-10-18T10:00:00", "2022-10-19T00:00:00"),
        ),
    ],
)
def test_a_value_is_read_as_text(tmp_path: Path, value: str, text: Cell) -> None:
    found = read(tmp_path, f"SELECT 'a' AS id, {value} AS \"a value\"")

    assert found.columns == ("id", "a value")
    assert found.rows == [Row(1, NAME, 0, "#1", ("a", text))]
    assert found.findings == []


def test_records_come_in_their_order_with_their_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "SELECT range AS id FROM range(5000)")

    assert [(each.number, each.path, each.cells) for each in found.rows] == [
        (number, f"#{number}", (str(number - 1),)) for number in range(1, 5001)
    ]
    assert found.counts == (5000, 0, 0)


def test_a_control_character_is_a_violation_at_its_record(tmp_path: Path) -> None:
    found = read(tmp_path, "SELECT 'a' AS id, chr(27) || 'x' AS name UNION ALL SELECT 'b', 'y' || chr(0)")

    assert found.cells == [("a", "\x1bx")]
    assert found.faults == [
        ("cell-control-character", f"{NAME}, #1, name"),
        ("cell-control-character", f"{NAME}, #2, name"),
    ]
    assert found.counts == (1, 1, 0)


def test_a_table_without_records_is_noted(tmp_path: Path) -> None:
    found = read(tmp_path, "SELECT 'a' AS id WHERE false")

    assert (found.columns, found.faults) == (("id",), [("table-empty", NAME)])


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("'ab'::BLOB", "BLOB"),
        ("{'x': 1}", "STRUCT(x INTEGER)"),
        ("MAP {'a': 1}", "MAP(VARCHAR, INTEGER)"),
        ("[[1], [2]]", "INTEGER[][]"),
        ("INTERVAL 1 DAY", "INTERVAL"),
    ],
)
def test_a_column_that_is_no_text_is_refused_by_name(tmp_path: Path, value: str, kind: str) -> None:
    error = refusal(tmp_path, f"SELECT 'a' AS id, {value} AS shape", "id", "shape")

    assert str(error.origin) == f"{NAME}, shape"
    assert error.text == Text(
        f"Die Spalte „shape“ hat den Typ {kind} und ist kein Text; "
        "bitte als Text, Zahl, Datum oder Liste davon speichern.",
        f"The column “shape” has the type {kind} and is no text; "
        "please store it as a text, a number, a date, or a list of these.",
    )


def test_a_column_that_is_no_text_does_no_harm_if_no_rule_reads_it(tmp_path: Path) -> None:
    found = read(tmp_path, "SELECT 'a' AS id, 'ab'::BLOB AS shape", "id")

    assert (found.columns, found.cells) == (("id",), [("a",)])


@pytest.mark.parametrize("content", [b"", b"id,name\n", b"PAR1 and more PAR1"])
def test_what_is_no_parquet_file_is_refused(tmp_path: Path, content: bytes) -> None:
    reading.put(tmp_path, NAME, content)

    error = reading.refusal(tmp_path, NAME)

    assert str(error.origin) == NAME
    assert error.text == Text(
        "Die Datei ist keine Parquet-Datei oder beschädigt; bitte neu schreiben.",
        "The file is no Parquet file, or damaged; please write it again.",
    )


def test_a_file_that_is_damaged_in_the_middle_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "SELECT md5(range::VARCHAR) AS id FROM range(5000)")
    content = (tmp_path / NAME).read_bytes()
    reading.put(tmp_path, NAME, content[:4] + bytes(4000) + content[4004:])

    assert reading.refusal(tmp_path, NAME).text.en.startswith("The file is no Parquet file, or damaged")


def test_a_file_whose_name_looks_like_a_pattern_is_read(tmp_path: Path) -> None:
    write(tmp_path, "SELECT 'a' AS id")
    (tmp_path / NAME).rename(tmp_path / "data" / "a[1]*?.parquet")

    assert reading.of(tmp_path, "data/a[1]*?.parquet").cells == [("a",)]


def test_a_file_in_an_archive_is_read(tmp_path: Path) -> None:
    write(tmp_path, "SELECT 'a' AS id")
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tmp_path / NAME, "event.parquet")

    found = reading.of(tmp_path, "x.zip")

    assert found.rows == [Row(1, "x.zip/event.parquet", 0, "#1", ("a",))]


def test_an_option_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "SELECT 'a' AS id")

    error = reading.refusal(tmp_path, NAME, Layout(options={"header": "2"}))

    assert error.text == Text(
        "Die Angabe „header“ der Quelle passt nicht zu dieser Datei; möglich sind: –.",
        "The option “header” of the source does not suit this file; there are: –.",
    )


def test_a_column_with_a_name_of_the_engine_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "SELECT 'a' AS \"#Line\"")

    assert str(error.origin) == f"{NAME}, #Line"
