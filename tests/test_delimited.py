"""Delimited text: read verbatim, with number and line, and nothing lost without a word."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import reading
from conftest import shared
from reading import Reading
from sccon_lod.errors import SourceError
from sccon_lod.findings import Severity
from sccon_lod.language import Text
from sccon_lod.readers import lines
from sccon_lod.readers.options import Dialect
from sccon_lod.rows import Layout, Row
from strategies import CONTROLS, cells, headers

NAME = "data/event.csv"


def read(folder: Path, content: bytes | str, name: str = NAME, **options: str) -> Reading:
    return reading.of(folder, reading.put(folder, name, content), Layout(options=options))


def refusal(folder: Path, content: bytes | str, name: str = NAME, **options: str) -> SourceError:
    return reading.refusal(folder, reading.put(folder, name, content), Layout(options=options))


def row(number: int, line: int, cells: tuple[str, ...]) -> Row:
    return Row(number, NAME, line, "", cells)


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
    for written_row in rows:
        line = lines_of(written.getvalue()) + 1
        writer.writerow(written_row)
        if not any(cell.strip() for cell in written_row) or (not expected and written_row[0].startswith("#")):
            skipped += 1
        else:
            expected.append(row(len(expected) + 1, line, tuple(written_row)))

    found = read(folder, written.getvalue().encode("utf-8-sig" if marked else "utf-8"))

    assert found.columns == tuple(columns)
    assert found.rows == expected
    assert found.counts == (len(expected), 0, skipped)
    assert {each.rule for each in found.findings} == (set() if expected else {"table-empty"})


@settings(deadline=None)  # writes a file
@given(content=st.lists(st.sampled_from(['"', ",", "\n", "a", "#", "\r", "ü", "\x00"]), max_size=24).map("".join))
@example(content='a,"\n\n"')
@example(content='#\n"')
def test_whatever_a_file_holds_each_row_is_read_reported_or_skipped(folder: Path, content: str) -> None:
    found = read(folder, f"id,name\n{content}")

    unread = {each.origin.line for each in found.findings if each.severity is Severity.VIOLATION}
    unread -= {row.line for row in found.rows}
    assert len(found.rows) == found.counts[0]
    assert len(unread) == found.counts[1]


@settings(deadline=None)  # writes a file
@given(
    content=st.binary(max_size=40),
    encoding=st.sampled_from(["", "utf-16", "windows-1252", "shift-jis", "gb18030", "ascii", "cp850"]),
    header=st.sampled_from(["1", "2", "none"]),
    quote=st.sampled_from(['"', "'", "none"]),
)
def test_no_bytes_make_a_traceback(folder: Path, content: bytes, encoding: str, header: str, quote: str) -> None:
    try:
        found = read(folder, content, encoding=encoding, header=header, quote=quote)
    except SourceError as error:
        assert error.text.de
    else:
        assert found.counts[0] == len(found.rows)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    found = read(tmp_path, b"\xef\xbb\xbfid,name\na,b\n")

    assert found.columns == ("id", "name")


def test_a_quoted_first_column_after_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, b'\xef\xbb\xbf"id",name\na,b\n')

    assert found.columns == ("id", "name")


def test_a_cell_over_several_lines_moves_the_lines_below(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,text\na,"one\r\ntwo\r\n\r\nfour"\r\nb,next\r\n')

    assert found.rows == [row(1, 2, ("a", "one\r\ntwo\r\n\r\nfour")), row(2, 6, ("b", "next"))]


def test_the_last_row_needs_no_line_end(tmp_path: Path) -> None:
    found = read(tmp_path, "id\na\nb")

    assert [row.cells for row in found.rows] == [("a",), ("b",)]


def test_the_type_of_a_file_may_be_written_in_capitals(tmp_path: Path) -> None:
    found = read(tmp_path, "id\na\n", "data/EVENT.CSV")

    assert found.counts == (1, 0, 0)


def test_a_header_over_two_lines_moves_the_lines_below(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,"na\nme"\na,b\n')

    assert [row.line for row in found.rows] == [3]


# --- hints and empty rows


def test_hints_below_the_header_are_skipped(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n# Kennung,Name\n#\n\n# noch einer\na,b\n")

    assert found.rows == [row(1, 6, ("a", "b"))]
    assert found.counts == (1, 0, 4)


def test_a_record_below_the_first_may_begin_with_a_number_sign(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\na,b\n#1,c\n")

    assert found.rows == [row(1, 2, ("a", "b")), row(2, 3, ("#1", "c"))]


def test_after_a_row_that_cannot_be_read_there_are_no_hints(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\na\n#1,c\n")

    assert [row.cells for row in found.rows] == [("#1", "c")]


def test_empty_rows_are_skipped_and_take_no_record_number(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\na,b\n\n,\n,,,\nc,d\n")

    assert found.rows == [row(1, 2, ("a", "b")), row(2, 6, ("c", "d"))]
    assert found.counts == (2, 0, 3)


def test_a_row_of_blanks_is_an_empty_row(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\n , \n")

    assert found.counts == (0, 0, 1)


# --- rows that cannot be read


@pytest.mark.parametrize("row", ["b", "b,c,d", "b,Berlin, Mitte"])
def test_a_row_with_other_cells_than_the_header_is_not_read(tmp_path: Path, row: str) -> None:
    found = read(tmp_path, f"id,name\na,b\n{row}\nc,d\n")

    assert [each.line for each in found.rows] == [2, 4]
    assert found.faults == [("row-length", f"{NAME}:3")]
    assert found.counts == (2, 1, 0)


def test_a_quotation_mark_that_is_not_closed_costs_one_row(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\na,"open\nb,second\n\nc,third\n')

    assert found.rows == [row(2, 3, ("b", "second")), row(3, 5, ("c", "third"))]
    assert found.faults == [("row-quotes", f"{NAME}:2")]
    assert found.counts == (2, 1, 1)


def test_a_quotation_mark_that_is_not_closed_before_other_quoted_cells_costs_one_row(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\na,"open\nb,"two\nlines"\nc,third\n')

    assert found.rows == [row(2, 3, ("b", "two\nlines")), row(3, 5, ("c", "third"))]
    assert found.faults == [("row-quotes", f"{NAME}:2")]


def test_each_of_many_open_quotation_marks_is_found(tmp_path: Path) -> None:
    rows = "".join(f'{number},"open\n' for number in range(2, 52))

    found = read(tmp_path, f"id,name\n{rows}last,row\n")

    assert found.faults == [("row-quotes", f"{NAME}:{line}") for line in range(2, 52)]
    assert found.rows == [row(51, 52, ("last", "row"))]


def test_text_after_a_closing_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\na,"Fest" heute\nb,second\n')

    assert found.rows == [row(2, 3, ("b", "second"))]
    assert found.faults == [("row-quotes", f"{NAME}:2")]


def test_a_quotation_mark_within_a_cell_without_quotation_marks_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, 'id,name\na,Das "Fest"\n')

    assert found.rows == [row(1, 2, ("a", 'Das "Fest"'))]


def test_a_row_with_nul_is_not_read(tmp_path: Path) -> None:
    found = read(tmp_path, b"id,name\na,b\x00c\nb,d\n")

    assert found.rows == [row(2, 3, ("b", "d"))]
    assert found.faults == [("cell-control-character", f"{NAME}:2, name")]
    assert found.counts == (1, 1, 0)


@pytest.mark.parametrize("control", CONTROLS, ids=lambda each: f"{ord(each):#04x}")
def test_a_control_character_is_a_violation_at_its_cell(tmp_path: Path, control: str) -> None:
    found = read(tmp_path, f"id,name\na,b{control}c\n")

    assert found.faults == [("cell-control-character", f"{NAME}:2, name")]
    assert f"U+{ord(control):04X}" in found.findings[0].text.en


def test_a_tab_in_a_cell_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\na,b\tc\n")

    assert found.rows == [row(1, 2, ("a", "b\tc"))]
    assert found.findings == []


def test_latin_1_points_at_the_cells_while_other_rows_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name,place\na,Müller,Köln\nb,Meier,Jena\n".encode("latin-1"))

    assert found.faults == [("cell-encoding", f"{NAME}:2, name"), ("cell-encoding", f"{NAME}:2, place")]
    assert [each.value for each in found.findings] == ["M\ufffdller", "K\ufffdln"]
    assert found.rows == [row(2, 3, ("b", "Meier", "Jena"))]


def test_half_of_a_surrogate_pair_is_no_utf_8(tmp_path: Path) -> None:
    found = read(tmp_path, b"id\n\xed\xa0\xbd\n")

    assert found.faults == [("cell-encoding", f"{NAME}:2, id")]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_very_long_cell_is_a_finding_and_what_follows_is_read(tmp_path: Path, quote: str) -> None:
    found = read(tmp_path, f"id,name\na,{quote}{'x' * 131_073}{quote}\nb,c\n")

    assert found.faults == [("row-quotes", f"{NAME}:2")]
    assert found.rows == [row(2, 3, ("b", "c"))]


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, f"id,name\na,{'x' * 131_072}\n")

    assert len(found.rows[0].cells[1]) == 131_072


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
    "Die Zelle ist nicht in UTF-8 gespeichert (Umlaute?); bitte die Datei als „CSV UTF-8“ speichern "
    "oder zur Quelle in der Zuordnung schreiben, was gilt, etwa encoding: windows-1252.",
    "The cell is not saved in UTF-8 (umlauts?); please save the file as “CSV UTF-8”, "
    "or say with the source in the mapping what it is, as in encoding: windows-1252.",
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
    found = read(tmp_path, content)

    assert [each.line("de") for each in found.findings] == [f"{place}: {text.de}"]
    assert [each.line("en") for each in found.findings] == [f"{place}: {text.en}"]


@pytest.mark.parametrize(
    ("content", "text", "shown"),
    [(b"id,name\na,M\xfcller\n", ENCODING, "M\ufffdller"), (b"id,name\na,\x1b[31mrot\n", CONTROL, r"\x1b[31mrot")],
)
def test_a_finding_about_a_cell_shows_it(tmp_path: Path, content: bytes, text: Text, shown: str) -> None:
    found = read(tmp_path, content)

    assert [each.line("de") for each in found.findings] == [f"{NAME}:2, name: violation: {text.de} [{shown}]"]
    assert [each.line("en") for each in found.findings] == [f"{NAME}:2, name: violation: {text.en} [{shown}]"]


# --- files that cannot be understood

NO_HEADER = Text(
    "Die Datei hat keine Kopfzeile; in der ersten Zeile müssen die Spaltennamen stehen. "
    "Stehen sie weiter unten, etwa in Zeile 3, gehört zur Quelle in der Zuordnung: header: 3.",
    "The file has no header; its first line must hold the names of the columns. "
    "If they stand further down, as in row 3, the source in the mapping needs: header: 3.",
)
BAD_HEADER = Text(
    "Die Kopfzeile ist nicht lesbar; bitte die Datei als „CSV UTF-8“ mit Spaltennamen speichern "
    "oder zur Quelle in der Zuordnung schreiben, was gilt, etwa encoding: windows-1252.",
    "The header cannot be read; please save the file as “CSV UTF-8” with names of columns, "
    "or say with the source in the mapping what it is, as in encoding: windows-1252.",
)


def separated_by(de: str, en: str, declared: str) -> Text:
    return Text(
        f"Die Spalten sind offenbar durch {de} getrennt, nicht durch Kommas; "
        f'dann gehört zur Quelle in der Zuordnung: {declared}. Sind es doch Kommas, dann: delimiter: ",".',
        f"The columns seem to be separated by {en}, not by commas; "
        f'the source in the mapping then needs: {declared}. If they are commas after all: delimiter: ",".',
    )


SEMICOLONS = separated_by("Semikolons", "semicolons", 'delimiter: ";"')
TABS = separated_by("Tabulatoren", "tabs", "delimiter: tab")
BARS = separated_by("senkrechte Striche", "vertical bars", 'delimiter: "|"')


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
        (b" ,,\na,b,c\n", f"{NAME}:1", NO_HEADER),
        ("id,name\n".encode("utf-16-le"), f"{NAME}:1", BAD_HEADER),
        ("id,größe\n".encode("latin-1"), f"{NAME}:1", BAD_HEADER),
        (b'id,"name\na,b\n', f"{NAME}:1", BAD_HEADER),
        (b"id,name\ra,b\r", f"{NAME}:1", BAD_HEADER),
        (b"PK\x03\x04\x14", f"{NAME}:1", BAD_HEADER),
        (b"id;name\na;b\n", f"{NAME}:1", SEMICOLONS),
        (b'id;"name, first";place\na;b;c\n', f"{NAME}:1", SEMICOLONS),
        (b"id;name, first;place\na;b;c\n", f"{NAME}:1", SEMICOLONS),
        (b"id;name, first\na;b\n", f"{NAME}:1", SEMICOLONS),
        (b"id\tname\na\tb\n", f"{NAME}:1", TABS),
        (b'id;"na\nme"\na;b\n', f"{NAME}:1", SEMICOLONS),
        (b"id|name\na|b\n", f"{NAME}:1", BARS),
        (b"sep=;\nid;name\n", f"{NAME}:1", SEMICOLONS),
        (b"id,name,id\n", f"{NAME}:1, id", twice("id")),
        (b"id,name,Name\n", f"{NAME}:1, Name", twice("Name")),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(tmp_path: Path, content: bytes, place: str, text: Text) -> None:
    error = refusal(tmp_path, content)

    assert (str(error.origin), error.text) == (place, text)


def test_columns_without_a_name_may_stand_twice(tmp_path: Path) -> None:
    found = read(tmp_path, "id,,\na,b,c\n")

    assert found.rows == [row(1, 2, ("a", "b", "c"))]


@pytest.mark.parametrize("column", ["#line", "#Record"])
def test_a_column_with_a_name_of_the_engine_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, f"id,{column}\na,b\n")

    assert str(caught.value) == (
        f"data/event.csv:1, {column}: The name “{column}” of a column is reserved for the program; please rename it."
    )


# --- files that are read in pieces


@given(
    content=st.lists(st.sampled_from(['"', ",", "\n", "a", "b\n", '"x\ny",', "ü", "\r"]), max_size=40).map("".join),
    size=st.integers(1, 9),
)
@example(content='a,"b\nc\nd",e\nf,"g\n', size=3)
@example(content='a,"open\nb,c\nd,e', size=2)
def test_it_does_not_matter_in_which_pieces_a_file_comes(content: str, size: int) -> None:
    written = content.encode()
    pieces = [written[place : place + size] for place in range(0, len(written), size)]
    dialect = Dialect(",", '"')

    parted = [raw for batch in lines.batches(pieces, dialect) for raw in batch.raws]

    assert parted == [raw for batch in lines.batches([written], dialect) for raw in batch.raws]


def test_rows_of_a_large_file_keep_their_lines(tmp_path: Path) -> None:
    rows = [(f"event-{number}", "two\nlines" if number % 3 else "one") for number in range(40_000)]
    text = "".join(f'{name},"{text}"\n' for name, text in rows)

    found = read(tmp_path, f"id,name\n{text}last,row\n")

    assert found.cells == [*rows, ("last", "row")]
    assert found.rows[-1] == row(40_001, 2 + text.count("\n"), ("last", "row"))


def test_an_open_quotation_mark_in_a_large_file_costs_one_row(tmp_path: Path) -> None:
    text = "".join(f"event-{number},name\n" for number in range(40_000))

    found = read(tmp_path, f'id,name\na,"open\n{text}')

    assert found.faults == [("row-quotes", f"{NAME}:2")]
    assert found.counts == (40_000, 1, 0)


def test_a_control_character_is_found_in_a_large_file(tmp_path: Path) -> None:
    text = "".join(f"event-{number},name\n" for number in range(40_000))

    found = read(tmp_path, f"id,name\n{text}b,x\x1by\n{text}")

    assert found.faults == [("cell-control-character", f"{NAME}:40002, name")]


# --- delimiters and quotation marks


@pytest.mark.parametrize(("delimiter", "sign"), [(";", ";"), ("|", "|"), ("tab", "\t"), (r"\t", "\t"), ("~", "~")])
def test_a_declared_delimiter_separates(tmp_path: Path, delimiter: str, sign: str) -> None:
    found = read(tmp_path, f'id{sign}name\na{sign}"b{sign}c, d"\n', delimiter=delimiter)

    assert (found.columns, found.cells) == (("id", "name"), [("a", f"b{sign}c, d")])


def test_cells_of_a_tsv_file_are_separated_by_tabs(tmp_path: Path) -> None:
    found = read(tmp_path, "id\tname, first\na\tb\n", "data/event.tsv")

    assert (found.columns, found.cells) == (("id", "name, first"), [("a", "b")])


def test_a_tsv_file_with_commas_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "id,name\na,b\n", "data/event.tsv")

    assert error.text == Text(
        "Die Spalten sind offenbar durch Kommas getrennt, nicht durch Tabulatoren; "
        'dann gehört zur Quelle in der Zuordnung: delimiter: ",". Sind es doch Tabulatoren, dann: delimiter: tab.',
        "The columns seem to be separated by commas, not by tabs; "
        'the source in the mapping then needs: delimiter: ",". If they are tabs after all: delimiter: tab.',
    )


@pytest.mark.parametrize("header", ['id,"a;b;c"', "id,name;first,place", '"id;number","name"'])
def test_a_semicolon_in_the_name_of_a_column_is_text(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, f"{header}\n")

    assert any(";" in column for column in found.columns)


def test_what_is_declared_is_not_doubted(tmp_path: Path) -> None:
    found = read(tmp_path, "id;name\na;b\n", delimiter=",")

    assert found.columns == ("id;name",)


def test_another_quotation_mark_may_be_declared(tmp_path: Path) -> None:
    found = read(tmp_path, "id,name\na,'b, \"c\" and ''d'''\n", quote="'")

    assert found.cells == [("a", "b, \"c\" and 'd'")]


def test_without_quotation_marks_each_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, 'id;name\na;"b\nc;d"\n', delimiter=";", quote="none")

    assert found.cells == [("a", '"b'), ("c", 'd"')]


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (
            {"delimiter": ";"},
            Text(
                'steht ein Semikolon in einer Zelle, gehört die Zelle in Anführungszeichen ("…").',
                'a cell with a semicolon in it must stand in quotation marks ("…").',
            ),
        ),
        (
            {"delimiter": "~", "quote": "'"},
            Text(
                "steht „~“ in einer Zelle, gehört die Zelle in Anführungszeichen ('…').",
                "a cell with “~” in it must stand in quotation marks ('…').",
            ),
        ),
        (
            {"delimiter": "tab", "quote": "none"},
            Text(
                "ohne Anführungszeichen (quote: none) darf ein Tabulator in keiner Zelle stehen.",
                "without quotation marks (quote: none) no cell may hold a tab.",
            ),
        ),
    ],
)
def test_a_row_with_other_cells_is_explained_by_what_separates(
    tmp_path: Path, options: dict[str, str], remedy: Text
) -> None:
    sign = {"tab": "\t"}.get(options["delimiter"], options["delimiter"])

    found = read(tmp_path, f"id{sign}name\na\n", **options)

    assert found.lines("de") == [f"{NAME}:2: violation: Die Zeile hat 1 Zellen, die Kopfzeile 2; {remedy.de}"]
    assert found.lines("en") == [f"{NAME}:2: violation: The row has 1 cells, the header 2; {remedy.en}"]


# --- encodings


@pytest.mark.parametrize(
    "encoding",
    ["windows-1252", "ISO-8859-15", "iso_8859_1", "utf-8", "UTF8", "utf-16le", "UTF-16BE", "cp850", "mac-roman"],
)
def test_a_file_is_read_in_the_declared_encoding(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "id,größe\na,Müller\n".encode(encoding), encoding=encoding)

    assert (found.columns, found.cells) == (("id", "größe"), [("a", "Müller")])


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_is_known_by_its_byte_order_mark(tmp_path: Path, mark: bytes, encoding: str) -> None:
    found = read(tmp_path, mark + 'id,größe\r\na,"zwei\r\n😀"\r\nb,c\r\n'.encode(encoding))

    assert (found.columns, found.rows) == (("id", "größe"), [row(1, 2, ("a", "zwei\r\n😀")), row(2, 4, ("b", "c"))])


@pytest.mark.parametrize("content", ["id\na\n".encode("utf-16"), "id\na\n".encode("utf-16-le")])
def test_utf_16_may_be_declared_with_and_without_a_byte_order_mark(tmp_path: Path, content: bytes) -> None:
    found = read(tmp_path, content, encoding="utf-16")

    assert (found.columns, found.cells) == (("id",), [("a",)])


def test_a_byte_that_the_declared_encoding_lacks_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    found = read(tmp_path, b"id,name\na,\x81b\nb,M\xfcller\n", encoding="windows-1252")

    assert found.cells == [("b", "Müller")]
    assert found.lines("de") == [
        f"{NAME}:2, name: violation: Die Zelle ist nicht in windows-1252 gespeichert, wie die Zuordnung sagt; "
        "bitte die Datei als „CSV UTF-8“ speichern und die Angabe encoding löschen. [\ufffdb]"
    ]
    assert found.lines("en") == [
        f"{NAME}:2, name: violation: The cell is not saved in windows-1252, as the mapping says; "
        "please save the file as “CSV UTF-8” and delete the option encoding. [\ufffdb]"
    ]


def test_half_of_a_surrogate_pair_in_utf_16_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    found = read(tmp_path, b"\xff\xfe" + "id\n\ud83d\nb\n".encode("utf-16-le", "surrogatepass"))

    assert found.faults == [("cell-encoding", f"{NAME}:2, id")]
    assert found.cells == [("b",)]


def test_a_file_that_ends_within_a_letter_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, b"\xff\xfei\x00d\x00\n\x00a")

    assert str(error.origin) == NAME
    assert error.text == Text(
        "Die Datei ist nicht in utf-16le gespeichert; bitte bei der Quelle in der Zuordnung die richtige Angabe "
        "machen, etwa encoding: windows-1252.",
        "The file is not saved in utf-16le; please give the right option with the source in the mapping, "
        "as in encoding: windows-1252.",
    )


def test_a_declared_encoding_that_the_byte_order_mark_denies_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "id\na\n".encode("utf-8-sig"), encoding="windows-1252")

    assert str(error.origin) == f"{NAME}:1"
    assert error.text == Text(
        "Die Datei beginnt mit der Kennung von utf-8, die Zuordnung sagt encoding: windows-1252; "
        "bitte diese Angabe löschen.",
        "The file begins with the mark of utf-8, the mapping says encoding: windows-1252; please delete that option.",
    )


# --- headers further down, or none


def test_the_header_may_stand_further_down(tmp_path: Path) -> None:
    found = read(tmp_path, 'Veranstaltungen,,\n"Stand:\n2022",,\n\nid,name\n# Kennung,Name\na,b\n', header="4")

    assert found.rows == [row(1, 7, ("a", "b"))]
    assert found.counts == (1, 0, 4)
    assert found.lines("de") == [
        f"{NAME}:1: info: Die Kopfzeile ist Zeile 4, wie die Zuordnung sagt; was darüber steht, wird nicht gelesen."
    ]
    assert found.lines("en") == [
        f"{NAME}:1: info: The header is row 4, as the mapping says; what stands above it is not read."
    ]


def test_without_a_header_columns_are_called_by_their_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, "# Kennung,Name\n\na,b\nc,d\n", header="none")

    assert found.columns == ("1", "2")
    assert found.rows == [row(1, 3, ("a", "b")), row(2, 4, ("c", "d"))]
    assert found.counts == (2, 0, 2)


def test_a_file_without_header_and_rows_has_no_columns(tmp_path: Path) -> None:
    found = read(tmp_path, "", header="none")

    assert (found.columns, found.faults) == ((), [("table-empty", f"{NAME}:1")])


@pytest.mark.parametrize("content", ["a,b\n", "a,b\n\n\n"])
def test_a_header_that_is_not_where_it_is_said_to_be_is_refused(tmp_path: Path, content: str) -> None:
    error = refusal(tmp_path, content, header="3")

    assert error.text == Text(
        "Zeile 3 soll die Spaltennamen enthalten (header: 3), ist aber leer oder fehlt; "
        "bitte die Zahl bei der Quelle in der Zuordnung berichtigen.",
        "Row 3 is to hold the names of the columns (header: 3), but is empty or missing; "
        "please mend the number with the source in the mapping.",
    )


def test_blanks_around_the_name_of_a_column_do_not_count(tmp_path: Path) -> None:
    found = read(tmp_path, "id,Organizers        \na,b\n")

    assert found.columns == ("id", "Organizers")
    assert found.lines("de") == [
        f"{NAME}:1, Organizers: info: Um den Spaltennamen stehen Leerzeichen; er wird ohne sie gelesen. "
        "[Organizers        ]"
    ]
    assert found.lines("en") == [
        f"{NAME}:1, Organizers: info: There are blanks around the name of the column; it is read without them. "
        "[Organizers        ]"
    ]


def test_blanks_that_alone_tell_two_names_apart_stay(tmp_path: Path) -> None:
    found = read(tmp_path, "name,name ,  \na,b,c\n")

    assert (found.columns, found.findings) == (("name", "name ", ""), [])


# --- numbers of a country


@pytest.mark.parametrize(
    ("mark", "cell", "plain"),
    [
        (",", "12,5", "12.5"),
        (",", "1.234,5", "1234.5"),
        (",", " -1.234.567,00 ", "-1234567.00"),
        (",", "+7", "+7"),
        (",", "1.234", "1234"),
        (",", "1'234,5", "1234.5"),
        (",", "12\u202f345,5", "12345.5"),
        (".", "1,234.5", "1234.5"),
        (".", "12.5", "12.5"),
    ],
)
def test_a_number_of_a_country_becomes_a_plain_one(tmp_path: Path, mark: str, cell: str, plain: str) -> None:
    found = read(tmp_path, f'id,price\n"{cell}","{cell}"\n', decimal=mark, decimal_columns="price")

    assert found.cells == [(cell, plain)]


@pytest.mark.parametrize("cell", ["", "12.5", "1.23,4", "rund 12", "12,5 EUR", "1,2,3", ",5", "5,", "1.2345", "٣,٥"])
def test_a_cell_that_is_no_number_of_the_country_stays_as_it_is(tmp_path: Path, cell: str) -> None:
    found = read(tmp_path, f'id,price\na,"{cell}"\n', decimal=",", decimal_columns="price")

    assert found.cells == [("a", cell)]


# --- declarations that cannot be followed


@pytest.mark.parametrize(
    ("name", "written", "right"),
    [
        ("delimiter", ";;", '";", tab, "|"'),
        ("delimiter", "", '";", tab, "|"'),
        ("delimiter", "\n", '";", tab, "|"'),
        ("quote", "''", '"\'", none'),
        ("quote", ",", '"\'", none'),
        ("quote", "", '"\'", none'),
        ("encoding", "ansi", "utf-8, utf-16, windows-1252, iso-8859-15"),
        ("encoding", "rot13", "utf-8, utf-16, windows-1252, iso-8859-15"),
        ("encoding", "iso-8859-12", "utf-8, utf-16, windows-1252, iso-8859-15"),
        ("header", "0", "1, 3, none"),
        ("header", "yes", "1, 3, none"),
        ("decimal", "comma", '",", "."'),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused(tmp_path: Path, name: str, written: str, right: str) -> None:
    error = refusal(tmp_path, "id,name\na,b\n", **{name: written})

    assert str(error.origin) == NAME
    assert error.text == Text(
        f"Die Angabe {name} der Quelle ist „{written}“; richtig ist zum Beispiel: {right}.",
        f"The option {name} of the source is “{written}”; right is for example: {right}.",
    )


def test_an_option_of_other_files_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "id,name\na,b\n", sheet="2")

    known = "decimal, decimal_columns, delimiter, encoding, header, quote"
    assert error.text == Text(
        f"Die Angabe „sheet“ der Quelle passt nicht zu dieser Datei; möglich sind: {known}.",
        f"The option “sheet” of the source does not suit this file; there are: {known}.",
    )


@pytest.mark.parametrize("options", [{"decimal": ","}, {"decimal_columns": "name"}])
def test_a_decimal_mark_and_its_columns_belong_together(tmp_path: Path, options: dict[str, str]) -> None:
    error = refusal(tmp_path, "id,name\na,b\n", **options)

    assert error.text == Text(
        'Die Angaben decimal und decimal_columns gehören zusammen, etwa decimal: ",", decimal_columns: price.',
        'The options decimal and decimal_columns belong together, as in decimal: ",", decimal_columns: price.',
    )


def test_a_column_of_numbers_that_is_missing_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "id,name\na,b\n", decimal=",", decimal_columns="name price")

    assert error.text == Text(
        "Die Spalte „price“ der Angabe decimal_columns fehlt; die Datei hat: id, name.",
        "The column “price” of the option decimal_columns is missing; the file has: id, name.",
    )


# --- files of others


@pytest.mark.parametrize(("country", "records"), [("de", 1003), ("ch", 2785), ("eu", 129), ("gr", 950)])
def test_every_public_body_is_read(country: str, records: int) -> None:
    path = shared(f"records/publicbodies/{country}.csv")

    found = reading.of(path.parent, path.name)

    assert found.counts == (records, 0, 0)
    assert found.findings == []


def test_every_row_of_the_open_data_days_is_read_as_the_standard_library_reads_it() -> None:
    folder = shared("records/opendataday/csv")
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = csv.reader(file)

        found = reading.of(folder, path.name)

        assert found.columns == tuple(name.strip() for name in header)
        assert found.cells == [tuple(each) for each in rows if any(cell.strip() for cell in each)]
