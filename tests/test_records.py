"""Rows of files: read verbatim, with number and line, and nothing lost without a word."""

import csv
import io
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sccon_lod import records
from sccon_lod.errors import SourceError
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.records import Row
from strategies import CONTROLS, cells, headers

NAME = "data/event.csv"


class Reading(NamedTuple):
    """All that came of a file."""

    columns: tuple[str, ...]
    rows: list[Row]
    findings: list[Finding]
    counts: tuple[int, int, int]


def read(folder: Path, content: bytes | str, name: str = "event.csv") -> Reading:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    findings: list[Finding] = []
    table = records.read(path, NAME, findings.append)
    rows = list(table.rows)
    return Reading(table.columns, rows, findings, (table.read, table.unread, table.skipped))


def refusal(folder: Path, content: bytes | str, name: str = "event.csv") -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(folder, content, name)
    return caught.value


def places(reading: Reading) -> list[tuple[str, str]]:
    return [(each.rule, str(each.origin)) for each in reading.findings]


def lines_of(text: str) -> int:
    return text.count("\n")


# --- rows as they were written


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records")


tables = headers().flatmap(
    lambda columns: st.tuples(
        st.just(columns), st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=6)
    )
)


@settings(deadline=None)  # writes a file
@given(table=tables, end=st.sampled_from(["\n", "\r\n"]), marked=st.booleans())
@example(table=(["id", "text"], [["a", 'two\r\n"lines"'], ["b", "😀"]]), end="\r\n", marked=True)
@example(table=(["id"], [["#"], [""], ["# hint"], ["a"], ["#b"], [""]]), end="\n", marked=False)
def test_every_row_comes_back_as_it_was_written(
    folder: Path, table: tuple[list[str], list[list[str]]], end: str, marked: bool
) -> None:
    columns, rows = table
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(columns)
    expected: list[Row] = []
    skipped = 0
    for row in rows:
        line = lines_of(written.getvalue()) + 1
        writer.writerow(row)
        if not any(cell.strip() for cell in row) or (not expected and row[0].startswith("#")):
            skipped += 1
        else:
            expected.append(Row(len(expected) + 1, line, tuple(row)))

    reading = read(folder, written.getvalue().encode("utf-8-sig" if marked else "utf-8"))

    assert reading.columns == tuple(columns)
    assert reading.rows == expected
    assert reading.counts == (len(expected), 0, skipped)
    assert {each.rule for each in reading.findings} == (set() if expected else {"table-empty"})


@settings(deadline=None)  # writes a file
@given(content=st.lists(st.sampled_from(['"', ",", "\n", "a", "#", "\r", "ü", "\x00"]), max_size=24).map("".join))
@example(content='a,"\n\n"')
@example(content='#\n"')
def test_whatever_a_file_holds_each_row_is_read_reported_or_skipped(folder: Path, content: str) -> None:
    reading = read(folder, f"id,name\n{content}")

    unread = {each.origin.line for each in reading.findings if each.severity is Severity.VIOLATION}
    unread -= {row.line for row in reading.rows}
    assert len(reading.rows) == reading.counts[0]
    assert len(unread) == reading.counts[1]


@settings(deadline=None)  # writes a file
@given(content=st.binary(max_size=40))
def test_no_bytes_make_a_traceback(folder: Path, content: bytes) -> None:
    try:
        reading = read(folder, content)
    except SourceError as error:
        assert error.text.de
    else:
        assert reading.counts[0] == len(reading.rows)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    reading = read(tmp_path, b"\xef\xbb\xbfid,name\na,b\n")

    assert reading.columns == ("id", "name")


def test_a_quoted_first_column_after_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, b'\xef\xbb\xbf"id",name\na,b\n')

    assert reading.columns == ("id", "name")


def test_a_cell_over_several_lines_moves_the_lines_below(tmp_path: Path) -> None:
    reading = read(tmp_path, 'id,text\na,"one\r\ntwo\r\n\r\nfour"\r\nb,next\r\n')

    assert reading.rows == [Row(1, 2, ("a", "one\r\ntwo\r\n\r\nfour")), Row(2, 6, ("b", "next"))]


def test_the_last_row_needs_no_line_end(tmp_path: Path) -> None:
    reading = read(tmp_path, "id\na\nb")

    assert [row.cells for row in reading.rows] == [("a",), ("b",)]


def test_the_type_of_a_file_may_be_written_in_capitals(tmp_path: Path) -> None:
    reading = read(tmp_path, "id\na\n", "EVENT.CSV")

    assert reading.counts == (1, 0, 0)


def test_a_header_over_two_lines_moves_the_lines_below(tmp_path: Path) -> None:
    reading = read(tmp_path, 'id,"na\nme"\na,b\n')

    assert [row.line for row in reading.rows] == [3]


# --- hints and empty rows


def test_hints_below_the_header_are_skipped(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name\n# Kennung,Name\n#\n\n# noch einer\na,b\n")

    assert reading.rows == [Row(1, 6, ("a", "b"))]
    assert reading.counts == (1, 0, 4)


def test_a_record_below_the_first_may_begin_with_a_number_sign(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name\na,b\n#1,c\n")

    assert reading.rows == [Row(1, 2, ("a", "b")), Row(2, 3, ("#1", "c"))]


def test_after_a_row_that_cannot_be_read_there_are_no_hints(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name\na\n#1,c\n")

    assert [row.cells for row in reading.rows] == [("#1", "c")]


def test_empty_rows_are_skipped_and_take_no_record_number(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name\na,b\n\n,\n,,,\nc,d\n")

    assert reading.rows == [Row(1, 2, ("a", "b")), Row(2, 6, ("c", "d"))]
    assert reading.counts == (2, 0, 3)


def test_a_row_of_blanks_is_an_empty_row(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name\n , \n")

    assert reading.counts == (0, 0, 1)


# --- rows that cannot be read


@pytest.mark.parametrize("row", ["b", "b,c,d", "b,Berlin, Mitte"])
def test_a_row_with_other_cells_than_the_header_is_not_read(tmp_path: Path, row: str) -> None:
    reading = read(tmp_path, f"id,name\na,b\n{row}\nc,d\n")

    assert [each.line for each in reading.rows] == [2, 4]
    assert places(reading) == [("row-length", f"{NAME}:3")]
    assert reading.counts == (2, 1, 0)


def test_a_quotation_mark_that_is_not_closed_costs_one_row(tmp_path: Path) -> None:
    reading = read(tmp_path, 'id,name\na,"open\nb,second\n\nc,third\n')

    assert reading.rows == [Row(2, 3, ("b", "second")), Row(3, 5, ("c", "third"))]
    assert places(reading) == [("row-quotes", f"{NAME}:2")]
    assert reading.counts == (2, 1, 1)


def test_a_quotation_mark_that_is_not_closed_before_other_quoted_cells_costs_one_row(tmp_path: Path) -> None:
    reading = read(tmp_path, 'id,name\na,"open\nb,"two\nlines"\nc,third\n')

    assert reading.rows == [Row(2, 3, ("b", "two\nlines")), Row(3, 5, ("c", "third"))]
    assert places(reading) == [("row-quotes", f"{NAME}:2")]


def test_each_of_many_open_quotation_marks_is_found(tmp_path: Path) -> None:
    rows = "".join(f'{number},"open\n' for number in range(2, 52))

    reading = read(tmp_path, f"id,name\n{rows}last,row\n")

    assert places(reading) == [("row-quotes", f"{NAME}:{line}") for line in range(2, 52)]
    assert reading.rows == [Row(51, 52, ("last", "row"))]


def test_text_after_a_closing_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    reading = read(tmp_path, 'id,name\na,"Fest" heute\nb,second\n')

    assert reading.rows == [Row(2, 3, ("b", "second"))]
    assert places(reading) == [("row-quotes", f"{NAME}:2")]


def test_a_quotation_mark_within_a_cell_without_quotation_marks_is_text(tmp_path: Path) -> None:
    reading = read(tmp_path, 'id,name\na,Das "Fest"\n')

    assert reading.rows == [Row(1, 2, ("a", 'Das "Fest"'))]


def test_a_row_with_nul_is_not_read(tmp_path: Path) -> None:
    reading = read(tmp_path, b"id,name\na,b\x00c\nb,d\n")

    assert reading.rows == [Row(2, 3, ("b", "d"))]
    assert places(reading) == [("cell-control-character", f"{NAME}:2, name")]
    assert reading.counts == (1, 1, 0)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda each: f"{ord(each):#04x}")
def test_a_control_character_is_a_violation_at_its_cell(tmp_path: Path, control: str) -> None:
    reading = read(tmp_path, f"id,name\na,b{control}c\n")

    assert places(reading) == [("cell-control-character", f"{NAME}:2, name")]
    assert f"U+{ord(control):04X}" in reading.findings[0].text.en


def test_a_tab_in_a_cell_is_text(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name\na,b\tc\n")

    assert reading.rows == [Row(1, 2, ("a", "b\tc"))]
    assert reading.findings == []


def test_latin_1_points_at_the_cells_while_other_rows_are_read(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,name,place\na,Müller,Köln\nb,Meier,Jena\n".encode("latin-1"))

    assert places(reading) == [("cell-encoding", f"{NAME}:2, name"), ("cell-encoding", f"{NAME}:2, place")]
    assert [each.value for each in reading.findings] == ["M\ufffdller", "K\ufffdln"]
    assert reading.rows == [Row(2, 3, ("b", "Meier", "Jena"))]


def test_half_of_a_surrogate_pair_is_no_utf_8(tmp_path: Path) -> None:
    reading = read(tmp_path, b"id\n\xed\xa0\xbd\n")

    assert places(reading) == [("cell-encoding", f"{NAME}:2, id")]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_very_long_cell_is_a_finding_and_what_follows_is_read(tmp_path: Path, quote: str) -> None:
    reading = read(tmp_path, f"id,name\na,{quote}{'x' * 131_073}{quote}\nb,c\n")

    assert places(reading) == [("row-quotes", f"{NAME}:2")]
    assert reading.rows == [Row(2, 3, ("b", "c"))]


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, f"id,name\na,{'x' * 131_072}\n")

    assert len(reading.rows[0].cells[1]) == 131_072


# --- the words of findings

RAGGED = Text(
    "Die Zeile hat 1 Zellen, die Kopfzeile 2; "
    'steht ein Komma in einer Zelle, gehört die Zelle in Anführungszeichen ("…").',
    'The row has 1 cells, the header 2; a cell with a comma in it must stand in quotation marks ("…").',
)
OPEN = Text(
    "Ein Anführungszeichen wird geöffnet und nicht geschlossen; "
    'ein Anführungszeichen im Text wird doppelt geschrieben (""), die Zelle in "…" gesetzt.',
    "A quotation mark is opened and not closed; "
    'a quotation mark within the text is written twice (""), the cell put in "…".',
)
AFTER = Text(
    "Nach einem schließenden Anführungszeichen steht weiterer Text; "
    'ein Anführungszeichen im Text wird doppelt geschrieben ("").',
    'There is text after a closing quotation mark; a quotation mark within the text is written twice ("").',
)
LONG = Text(
    "Eine Zelle ist länger als 131072 Zeichen; fehlt ein schließendes Anführungszeichen?",
    "A cell is longer than 131072 characters; is a closing quotation mark missing?",
)
SINGLE_CR = Text(
    "Die Zeilenenden sind nicht lesbar (einzelnes CR); bitte die Datei neu als „CSV UTF-8“ speichern.",
    "The line ends cannot be read (single CR); please save the file again as “CSV UTF-8”.",
)
ENCODING = Text(
    "Die Zelle ist nicht in UTF-8 gespeichert (Umlaute?); bitte die Datei als „CSV UTF-8“ speichern.",
    "The cell is not saved in UTF-8 (umlauts?); please save the file as “CSV UTF-8”.",
)
CONTROL = Text(
    "Die Zelle enthält das unsichtbare Steuerzeichen U+001B; bitte löschen.",
    "The cell holds the invisible control character U+001B; please delete it.",
)
EMPTY = Text(
    "Die Datei enthält noch keine Datensätze; sie beginnen in der Zeile unter der Kopfzeile.",
    "The file holds no records yet; they begin in the line below the header.",
)


@pytest.mark.parametrize(
    ("content", "place", "text"),
    [
        (b"id,name\na\n", f"{NAME}:2: violation", RAGGED),
        (b'id,name\na,"open\n', f"{NAME}:2: violation", OPEN),
        (b'id,name\na,"b"c\n', f"{NAME}:2: violation", AFTER),
        (b"id,name\na," + b"x" * 131_073, f"{NAME}:2: violation", LONG),
        (b"id,name\na,b\rc,d\r", f"{NAME}:2: violation", SINGLE_CR),
        (b"id,name\n", f"{NAME}:1: info", EMPTY),
        (b"id,name", f"{NAME}:1: info", EMPTY),
        (b"id,name\n# Kennung,Name\n", f"{NAME}:1: info", EMPTY),
    ],
)
def test_a_finding_about_a_row_says_what_to_do(tmp_path: Path, content: bytes, place: str, text: Text) -> None:
    reading = read(tmp_path, content)

    assert [each.line("de") for each in reading.findings] == [f"{place}: {text.de}"]
    assert [each.line("en") for each in reading.findings] == [f"{place}: {text.en}"]


@pytest.mark.parametrize(
    ("content", "text", "shown"),
    [(b"id,name\na,M\xfcller\n", ENCODING, "M\ufffdller"), (b"id,name\na,\x1b[31mrot\n", CONTROL, r"\x1b[31mrot")],
)
def test_a_finding_about_a_cell_shows_it(tmp_path: Path, content: bytes, text: Text, shown: str) -> None:
    reading = read(tmp_path, content)

    assert [each.line("de") for each in reading.findings] == [f"{NAME}:2, name: violation: {text.de} [{shown}]"]
    assert [each.line("en") for each in reading.findings] == [f"{NAME}:2, name: violation: {text.en} [{shown}]"]


# --- files that cannot be understood

NO_HEADER = Text(
    "Die Datei hat keine Kopfzeile; in der ersten Zeile müssen die Spaltennamen stehen.",
    "The file has no header; its first line must hold the names of the columns.",
)
BAD_HEADER = Text(
    "Die Kopfzeile ist nicht lesbar; bitte die Datei als „CSV UTF-8“ mit Spaltennamen speichern.",
    "The header cannot be read; please save the file as “CSV UTF-8” with names of columns.",
)
UTF_16 = Text(
    "Die Datei ist in UTF-16 gespeichert; bitte als „CSV UTF-8“ speichern.",
    "The file is saved in UTF-16; please save it as “CSV UTF-8”.",
)
NO_COMMAS = Text(
    "Die Spalten sind nicht durch Kommas getrennt; bitte die Datei mit Komma als Trennzeichen speichern.",
    "The columns are not separated by commas; please save the file with commas between the cells.",
)


def twice(column: str) -> Text:
    return Text(
        f"Die Spalte „{column}“ steht zweimal in der Kopfzeile; bitte eine umbenennen.",
        f"The column “{column}” stands twice in the header; please rename one.",
    )


@pytest.mark.parametrize(
    ("content", "place", "text"),
    [
        (b"", f"{NAME}:1", NO_HEADER),
        (b"\xef\xbb\xbf", f"{NAME}:1", NO_HEADER),
        (b"\nid,name\n", f"{NAME}:1", NO_HEADER),
        ("id,name\na,b\n".encode("utf-16"), f"{NAME}:1", UTF_16),
        (b"\xfe\xff" + "id,name\n".encode("utf-16-be"), f"{NAME}:1", UTF_16),
        ("id,name\n".encode("utf-16-le"), f"{NAME}:1", BAD_HEADER),
        ("id,größe\n".encode("latin-1"), f"{NAME}:1", BAD_HEADER),
        (b'id,"name\na,b\n', f"{NAME}:1", BAD_HEADER),
        (b"id,name\ra,b\r", f"{NAME}:1", BAD_HEADER),
        (b"PK\x03\x04\x14", f"{NAME}:1", BAD_HEADER),
        (b"id;name\na;b\n", f"{NAME}:1", NO_COMMAS),
        (b"id\tname\na\tb\n", f"{NAME}:1", NO_COMMAS),
        (b"sep=;\nid;name\n", f"{NAME}:1", NO_COMMAS),
        (b"id,name,id\n", f"{NAME}:1, id", twice("id")),
        (b"id,name,Name\n", f"{NAME}:1, Name", twice("Name")),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(tmp_path: Path, content: bytes, place: str, text: Text) -> None:
    error = refusal(tmp_path, content)

    assert (str(error.origin), error.text) == (place, text)


def test_a_file_of_an_unknown_type_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "", "event.xlsx")

    assert str(error.origin) == NAME
    assert error.text == Text(
        "Dateien dieser Art werden nicht gelesen; lesbar sind: .csv.",
        "Files of this type are not read; these are: .csv.",
    )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        records.read(tmp_path / "event.csv", NAME, print)

    assert str(caught.value.origin) == NAME
    assert caught.value.text == Text(
        "Die Datei kann nicht gelesen werden (No such file or directory). Liegt sie an diesem Ort?",
        "The file cannot be read (No such file or directory). Is it at this place?",
    )


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "event.csv").mkdir()

    with pytest.raises(SourceError, match=r"^data/event\.csv: The file cannot be read \(Is a directory\)"):
        records.read(tmp_path / "event.csv", NAME, print)


def test_columns_without_a_name_may_stand_twice(tmp_path: Path) -> None:
    reading = read(tmp_path, "id,,\na,b,c\n")

    assert reading.rows == [Row(1, 2, ("a", "b", "c"))]


@pytest.mark.parametrize("column", ["#line", "#Record"])
def test_a_column_with_a_name_of_the_engine_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, f"id,{column}\na,b\n")

    assert str(caught.value) == (
        f"data/event.csv:1, {column}: The name “{column}” of a column is reserved for the program; please rename it."
    )
