"""Workbooks: values as text, and all that a spreadsheet program does to a table."""

import io
import random
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

import opendocument
import reading
from opendocument import cell, row
from reading import Reading
from sccon_lod.errors import SourceError
from sccon_lod.language import Text
from sccon_lod.readers.quantities import Value
from sccon_lod.rows import Layout, Row

XLSX, ODS = "data/event.xlsx", "data/event.ods"
Written = Value | None


def book(root: Path, rows: list[list[Written]], *more: str) -> Workbook:
    """Return a workbook with a sheet of rows, and others with one record; `save` writes it."""
    made = Workbook()
    for place, name in enumerate(("Tabelle1", *more)):
        sheet = made.create_sheet(name)
        for each in [["id"], [name]] if place else rows:
            sheet.append(each)
    del made["Sheet"]
    (root / "data").mkdir()
    return made


def save(root: Path, made: Workbook) -> None:
    made.save(root / XLSX)


def sheet(made: Workbook) -> Worksheet:
    return made["Tabelle1"]


def read(root: Path, file: str = XLSX, **options: str) -> Reading:
    return reading.of(root, file, Layout(options=options))


def refusal(root: Path, file: str = XLSX, **options: str) -> SourceError:
    return reading.refusal(root, file, Layout(options=options))


def xlsx(root: Path, rows: list[list[Written]], **options: str) -> Reading:
    save(root, book(root, rows))
    return read(root, **options)


def ods(root: Path, *rows: str, **options: str) -> Reading:
    (root / "data").mkdir()
    opendocument.write(root / ODS, {"Tabelle1": list(rows)})
    return read(root, ODS, **options)


# --- values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Straße", "Straße"),
        (" outer ", " outer "),
        ("two\nlines", "two\nlines"),
        ("007", "007"),
        (12, "12"),
        (-3, "-3"),
        (0, "0"),
        (12.5, "12.5"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (1e22, "1e+22"),
        (9007199254740992, "9007199254740992"),
        (True, "true"),
        (False, "false"),
        (date(2022, 10, 18), "2022-10-18"),
        (datetime(2022, 10, 18, 10, 0), "2022-10-18T10:00:00"),  # noqa: DTZ001 - a cell has no zone
        (datetime(2022, 10, 18, 10, 0, 0, 500_000), "2022-10-18T10:00:00.5"),  # noqa: DTZ001
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30, minutes=5), "PT30H5M"),
        (timedelta(hours=25, seconds=1.5), "PT25H1.5S"),
    ],
)
def test_a_value_of_an_xlsx_file_is_read_as_text(tmp_path: Path, value: Value, text: str) -> None:
    found = xlsx(tmp_path, [["id", "value"], ["a", value]])

    assert found.rows == [Row(1, XLSX, 2, "", ("a", text))]
    assert found.findings == []


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell("Straße"), "Straße"),
        (cell("two\nlines"), "two\nlines"),
        (cell("12", office__value_type="float", office__value="12"), "12"),
        (cell("12,5", office__value_type="float", office__value="12.5"), "12.5"),
        (cell("12,50 €", office__value_type="currency", office__value="12.5", office__currency="EUR"), "12.5"),
        (cell("12 %", office__value_type="percentage", office__value="0.12"), "0.12"),
        (cell("WAHR", office__value_type="boolean", office__boolean_value="true"), "true"),
        (cell("18.10.22", office__value_type="date", office__date_value="2022-10-18"), "2022-10-18"),
        (cell("10 Uhr", office__value_type="date", office__date_value="2022-10-18T10:00:00"), "2022-10-18T10:00:00"),
        (cell("9:30", office__value_type="time", office__time_value="PT09H30M00S"), "09:30:00"),
    ],
)
def test_a_value_of_an_ods_file_is_read_as_text(tmp_path: Path, written: str, text: str) -> None:
    found = ods(tmp_path, row("id", "value"), row("a", written))

    assert found.rows == [Row(1, ODS, 2, "", ("a", text))]
    assert found.findings == []


def test_a_formula_gives_the_value_that_is_stored_with_it(tmp_path: Path) -> None:
    formula = cell("3", office__value_type="float", office__value="3", table__formula="of:=1+2")

    assert ods(tmp_path, row("id", "sum"), row("a", formula)).cells == [("a", "3")]


# --- rows and columns


def test_empty_rows_are_skipped_and_lines_are_rows_of_the_sheet(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["id", "name"], ["# Kennung", "Name"], [], ["a", "A"], [None, "  "], ["#b", None], []])

    assert found.rows == [Row(1, XLSX, 4, "", ("a", "A")), Row(2, XLSX, 6, "", ("#b", ""))]
    assert found.counts == (2, 0, 3)


def test_rows_of_an_ods_file_may_be_repeated(tmp_path: Path) -> None:
    empty = cell(table__number_columns_repeated="1024")

    found = ods(tmp_path, row("id"), row(empty, times=2), row("a", times=2), row(empty, times=1_048_571))

    assert found.rows == [Row(1, ODS, 4, "", ("a",)), Row(2, ODS, 5, "", ("a",))]


def test_empty_columns_at_the_end_are_dropped(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["id", "", "name", " ", None], ["a", None, "A", None, " "]])

    assert (found.columns, found.cells) == (("id", "", "name"), [("a", "", "A")])
    assert found.findings == []


def test_a_table_may_begin_further_right(tmp_path: Path) -> None:
    made = book(tmp_path, [])
    for place, value in (("C1", "id"), ("D1", "name"), ("C2", "a"), ("D3", "B")):
        sheet(made)[place] = value
    save(tmp_path, made)

    found = read(tmp_path)

    assert found.columns == ("", "", "id", "name")
    assert found.rows == [Row(1, XLSX, 2, "", ("", "", "a", "")), Row(2, XLSX, 3, "", ("", "", "", "B"))]


def test_a_cell_without_a_column_is_reported_once_for_its_column(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["id"], ["a", "note"], [None, "more"], ["b", None, "other"]])

    assert found.cells == [("a",), ("b",)]
    assert found.lines("de") == [
        f"{XLSX}:2, B: warning: Über dieser Zelle steht kein Spaltenname; was in dieser Spalte steht, "
        "wird nicht veröffentlicht. [note]",
        f"{XLSX}:4, C: warning: Über dieser Zelle steht kein Spaltenname; was in dieser Spalte steht, "
        "wird nicht veröffentlicht. [other]",
    ]
    assert found.lines("en")[0] == (
        f"{XLSX}:2, B: warning: There is no name of a column above this cell; what stands in this column "
        "is not published. [note]"
    )


def test_a_sheet_with_a_header_only_has_no_records_yet(tmp_path: Path) -> None:
    assert xlsx(tmp_path, [["id"], ["# hint"]]).faults == [("table-empty", f"{XLSX}:1")]


def test_blanks_around_the_name_of_a_column_do_not_count(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["id ", 2022], ["a", "b"]])

    assert found.columns == ("id", "2022")
    assert found.faults == [("column-trimmed", f"{XLSX}:1, id")]


# --- header


def test_the_header_may_stand_further_down(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["Veranstaltungen", None], [], ["id", "name"], ["# hint"], ["a", "A"]], header="3")

    assert found.rows == [Row(1, XLSX, 5, "", ("a", "A"))]
    assert found.faults == [("header-below", f"{XLSX}:1")]
    assert found.counts == (1, 0, 3)


def test_empty_rows_above_the_header_are_not_worth_a_note(tmp_path: Path) -> None:
    assert xlsx(tmp_path, [[], [], ["id"], ["a"]], header="3").findings == []


def test_without_a_header_columns_are_called_by_their_numbers(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["a", "A", " "], ["b", "B"]], header="none")

    assert found.columns == ("1", "2", "3")
    assert found.rows == [Row(1, XLSX, 1, "", ("a", "A", " ")), Row(2, XLSX, 2, "", ("b", "B", ""))]


@pytest.mark.parametrize("header", ["2", "9"])
def test_a_header_that_is_not_where_it_is_said_to_be_is_refused(tmp_path: Path, header: str) -> None:
    save(tmp_path, book(tmp_path, [["id"], [], ["a"]]))

    error = refusal(tmp_path, header=header)

    assert str(error.origin) == f"{XLSX}:{header}"
    assert error.text.en == (
        f"Row {header} is to hold the names of the columns (header: {header}), but is empty or missing; "
        "please mend the number with the source in the mapping."
    )


def test_an_empty_first_row_is_refused_with_a_hint(tmp_path: Path) -> None:
    save(tmp_path, book(tmp_path, [[], ["id"], ["a"]]))

    assert refusal(tmp_path).text == Text(
        "Die Datei hat keine Kopfzeile; in der ersten Zeile müssen die Spaltennamen stehen. "
        "Stehen sie weiter unten, etwa in Zeile 3, gehört zur Quelle in der Zuordnung: header: 3.",
        "The file has no header; its first line must hold the names of the columns. "
        "If they stand further down, as in row 3, the source in the mapping needs: header: 3.",
    )


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    save(tmp_path, book(tmp_path, [["id", "ID"], ["a", "b"]], "Andere"))

    assert str(refusal(tmp_path).origin) == f"{XLSX}:1, Tabelle1, ID"


def test_a_name_of_a_column_with_a_control_character_is_refused(tmp_path: Path) -> None:
    save(tmp_path, book(tmp_path, [["i_x0001_d"], ["a"]]))

    assert refusal(tmp_path).text == Text(
        "Ein Spaltenname enthält ein unsichtbares Steuerzeichen; bitte neu tippen.",
        "The name of a column holds an invisible control character; please type it again.",
    )


# --- sheets


def test_of_several_sheets_the_first_that_is_filled_is_read_and_named(tmp_path: Path) -> None:
    made = book(tmp_path, [["id"], ["a"]], "Orte", "Personen")
    made.create_sheet("leer", 0)
    save(tmp_path, made)

    found = read(tmp_path)

    assert found.rows == [Row(1, XLSX, 2, "Tabelle1", ("a",))]
    assert found.lines("de") == [
        f"{XLSX}: info: Gelesen wird nur das Blatt „Tabelle1“, nicht: Orte, Personen. "
        'Ein anderes nennt die Quelle in der Zuordnung, etwa sheet: "Orte".'
    ]
    assert found.lines("en") == [
        f"{XLSX}: info: Only the sheet “Tabelle1” is read, not: Orte, Personen. "
        'The source in the mapping can name another one, as in sheet: "Orte".'
    ]


@pytest.mark.parametrize("wanted", ["Orte", "2"])
def test_a_sheet_is_named_or_counted(tmp_path: Path, wanted: str) -> None:
    save(tmp_path, book(tmp_path, [["id"], ["a"]], "Orte"))

    found = read(tmp_path, sheet=wanted)

    assert (found.rows, found.findings) == ([Row(1, XLSX, 2, "Orte", ("Orte",))], [])


def test_a_sheet_whose_name_is_a_number_is_meant_by_it(tmp_path: Path) -> None:
    save(tmp_path, book(tmp_path, [["id"], ["a"]], "1"))

    assert read(tmp_path, sheet="1").cells == [("1",)]


def test_a_sheet_of_an_ods_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    rows = {name: [row("id"), row(name)] for name in ("Orte", "Personen & Ämter")}
    opendocument.write(tmp_path / ODS, rows)

    found = read(tmp_path, ODS, sheet="Personen & Ämter")

    assert found.rows == [Row(1, ODS, 2, "Personen & Ämter", ("Personen & Ämter",))]


@pytest.mark.parametrize("wanted", ["Ort", "3", "0"])
def test_a_sheet_that_there_is_not_is_refused(tmp_path: Path, wanted: str) -> None:
    save(tmp_path, book(tmp_path, [["id"], ["a"]], "Orte"))

    error = refusal(tmp_path, sheet=wanted)

    assert str(error.origin) == XLSX
    assert error.text == Text(
        f"Das Blatt „{wanted}“ gibt es nicht; vorhanden sind: Tabelle1, Orte.",
        f"There is no sheet “{wanted}”; there are: Tabelle1, Orte.",
    )


def test_a_hidden_sheet_is_read_only_if_it_is_named(tmp_path: Path) -> None:
    made = book(tmp_path, [["id"], ["a"]], "Orte")
    sheet(made).sheet_state = "hidden"
    save(tmp_path, made)

    assert read(tmp_path).rows == [Row(1, XLSX, 2, "Orte", ("Orte",))]
    assert read(tmp_path, sheet="Tabelle1").cells == [("a",)]


def test_a_workbook_without_records_is_refused(tmp_path: Path) -> None:
    save(tmp_path, book(tmp_path, []))

    assert refusal(tmp_path).text == Text(
        "In der Arbeitsmappe ist jedes Blatt leer oder ausgeblendet; ein ausgeblendetes nennt man mit sheet: Name.",
        "Every sheet of the workbook is empty or hidden; a hidden one is read by naming it, sheet: name.",
    )


def test_a_sheet_with_a_chart_is_passed_over(tmp_path: Path) -> None:
    made = book(tmp_path, [["id"], ["a"]])
    made.create_chartsheet("Bild", 0)
    save(tmp_path, made)

    assert read(tmp_path).rows == [Row(1, XLSX, 2, "Tabelle1", ("a",))]


# --- what spreadsheet programs do


ERROR = Text(
    "Die Zelle enthält einen Fehler des Tabellenprogramms und gilt als leer; bitte die Formel berichtigen.",
    "The cell holds an error of the spreadsheet program and counts as empty; please mend its formula.",
)


def test_an_error_in_an_xlsx_file_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["#NAME?", "name"], ["a", "#DIV/0!"], ["b", "B", "#REF!"]], header="1")

    assert found.cells == [("a", ""), ("b", "B")]
    assert found.lines("de") == [
        f"{XLSX}:2, name: violation: {ERROR.de} [#DIV/0!]",
        f"{XLSX}:3, C: violation: {ERROR.de} [#REF!]",
    ]
    assert found.lines("en")[0] == f"{XLSX}:2, name: violation: {ERROR.en} [#DIV/0!]"


def test_an_error_in_an_ods_file_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    wrong = cell("Err:502", office__value_type="string", calcext__value_type="error", table__formula="of:=A")

    found = ods(tmp_path, row("id", "name"), row("a", wrong, times=2))

    assert found.cells == [("a", ""), ("a", "")]
    assert [each.line("en") for each in found.findings] == [
        f"{ODS}:{line}, name: violation: {ERROR.en} [Err:502]" for line in (2, 3)
    ]


def test_a_formula_without_a_value_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["id", "sum"], ["a", "=1+2"]])

    assert found.cells == [("a", "")]
    assert found.lines("de") == [
        f"{XLSX}:2, sum: violation: Die Formel dieser Zelle hat keinen gespeicherten Wert; "
        "bitte die Datei im Tabellenprogramm öffnen und speichern."
    ]
    assert found.lines("en") == [
        f"{XLSX}:2, sum: violation: The formula of this cell has no stored value; "
        "please open and save the file in a spreadsheet program."
    ]


def test_a_formula_without_a_value_in_an_ods_file_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    found = ods(tmp_path, row("id", "sum"), row("a", cell(table__formula="of:=1+2")))

    assert found.faults == [("cell-uncalculated", f"{ODS}:2, sum")]


def test_merged_cells_are_named_and_only_the_first_has_the_value(tmp_path: Path) -> None:
    made = book(tmp_path, [["id", "name"], ["a", "A"], ["b", None]])
    sheet(made).merge_cells("B2:B3")
    save(tmp_path, made)

    found = read(tmp_path)

    assert found.cells == [("a", "A"), ("b", "")]
    assert found.lines("de") == [
        f"{XLSX}:2: info: Diese Zellen sind verbunden; ihr Wert gilt nur für die erste, B2, die anderen sind leer. "
        "[B2:B3]"
    ]
    assert found.lines("en") == [
        f"{XLSX}:2: info: These cells are merged; their value counts for the first one, B2, only, "
        "the others are empty. [B2:B3]"
    ]


def test_merged_cells_of_an_ods_file_are_named(tmp_path: Path) -> None:
    title = cell("Titel", office__value_type="string", table__number_columns_spanned="2")

    found = ods(tmp_path, row(title, "<table:covered-table-cell/>"), row("id", "name"), row("a", "A"), header="2")

    assert found.cells == [("a", "A")]
    assert [(each.rule, each.value) for each in found.findings] == [("header-below", ""), ("cells-merged", "A1:B1")]


def test_a_control_character_is_a_violation_at_its_cell(tmp_path: Path) -> None:
    found = xlsx(tmp_path, [["id", "name"], ["a", "x_x000B_y"]])

    assert found.cells == [("a", "x\x0by")]
    assert found.faults == [("cell-control-character", f"{XLSX}:2, name")]


# --- files that cannot be understood


BROKEN = Text(
    "Die Datei ist keine Arbeitsmappe oder beschädigt; bitte neu als .xlsx oder .ods speichern.",
    "The file is no workbook, or damaged; please save it again as .xlsx or .ods.",
)


@pytest.mark.parametrize("file", [XLSX, ODS])
@pytest.mark.parametrize("content", [b"", b"id,name\na,b\n", b"PK\x03\x04 and more"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, file: str, content: bytes) -> None:
    reading.put(tmp_path, file, content)

    error = refusal(tmp_path, file)

    assert (str(error.origin), error.text) == (file, BROKEN)


@pytest.mark.parametrize("file", [XLSX, ODS])
def test_another_archive_is_refused(tmp_path: Path, file: str) -> None:
    (tmp_path / "data").mkdir()
    with zipfile.ZipFile(tmp_path / file, "w") as archive:
        archive.writestr("a.csv", "id")

    assert refusal(tmp_path, file).text == BROKEN


LOCKED = Text(
    "Die Datei ist durch ein Passwort geschützt oder eine sehr alte Excel-Datei; "
    "bitte ohne Passwort als .xlsx oder .ods speichern.",
    "The file is protected by a password, or a very old Excel file; "
    "please save it without a password as .xlsx or .ods.",
)


def test_an_xlsx_file_with_a_password_is_refused(tmp_path: Path) -> None:
    reading.put(tmp_path, XLSX, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999))

    assert refusal(tmp_path).text == LOCKED


def test_an_ods_file_with_a_password_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    opendocument.write(tmp_path / ODS, {"Tabelle1": [row("id")]}, "<manifest:encryption-data/>")

    assert refusal(tmp_path, ODS).text == LOCKED


SPREAD = Text(
    "Das Blatt reicht über mehr als 50000000 Zellen; steht weit rechts oder unten noch etwas? Bitte dort löschen.",
    "The sheet spreads over more than 50000000 cells; is there something far to the right or below? "
    "Please delete it there.",
)


def test_a_sheet_that_spreads_too_far_is_refused(tmp_path: Path) -> None:
    made = book(tmp_path, [["id"], ["a"]])
    sheet(made)["XFD1048576"] = "x"
    save(tmp_path, made)

    error = refusal(tmp_path)

    assert (str(error.origin), error.text) == (f"{XLSX}, Tabelle1", SPREAD)


def test_a_format_without_a_value_does_not_make_a_sheet_larger(tmp_path: Path) -> None:
    made = book(tmp_path, [["id"], ["a"]])
    sheet(made)["XFD1048576"].number_format = "0.00"
    save(tmp_path, made)

    assert read(tmp_path).cells == [("a",)]


def test_an_ods_file_that_repeats_cells_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    many = cell("x", office__value_type="string", table__number_columns_repeated="16384")
    opendocument.write(tmp_path / ODS, {"Tabelle1": [row("id"), row(many, times=1_048_575)]})

    assert refusal(tmp_path, ODS).text == SPREAD


def test_entities_of_a_workbook_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    opendocument.write(tmp_path / ODS, {"Tabelle1": [row("id"), row("a")]})
    with zipfile.ZipFile(tmp_path / ODS) as archive:
        members = {each.filename: archive.read(each) for each in archive.infolist()}
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 9))
    declared = f'<!DOCTYPE a [<!ENTITY e0 "x">{bomb}]><office:document-content'.encode()
    content = members["content.xml"].replace(b"<office:document-content", declared, 1)
    members["content.xml"] = content.replace(b"<text:p>a<", b"<text:p>a&e8;<")
    with zipfile.ZipFile(tmp_path / ODS, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)

    try:
        found = read(tmp_path, ODS)
    except SourceError as error:
        assert error.text == BROKEN
    else:
        assert all(len(written) < 99 for (written,) in found.cells)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_workbook_makes_no_traceback(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - repeatable damage, no secret
    made = book(tmp_path, [["id", "sum"], ["a", "=1/0"], ["b", date(2022, 10, 18)]], "Orte")
    sheet(made).merge_cells("A2:A3")
    save(tmp_path, made)
    with zipfile.ZipFile(tmp_path / XLSX) as archive:
        members = {each.filename: bytearray(archive.read(each)) for each in archive.infolist()}
    damaged = members[draw.choice(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])]
    for _ in range(3):
        damaged[draw.randrange(len(damaged))] = draw.choice(b'<>"= 0A/\xff')
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, bytes(member))
    reading.put(tmp_path, XLSX, content.getvalue())

    try:
        found = read(tmp_path)
    except SourceError as error:
        assert error.text.de
    else:
        assert found.columns
