"""Tables in workbooks, XLSX and ODS: each cell as the text that says its value."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from sccon_lod.errors import Origin, SourceError
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.readers import options, tables, workbooks
from sccon_lod.readers.quantities import Value, text
from sccon_lod.readers.workbooks import Sheet
from sccon_lod.rows import Layout, Readable, Report, Row, Table

OPTIONS = ("sheet", "header")
MOST_CELLS = 50_000_000  # of one sheet, which is held in memory as a whole
_LARGEST = 4 << 30  # bytes of a workbook when it is no longer compressed


def read(file: Readable, layout: Layout, report: Report) -> Table:
    """Read a sheet of a workbook with a header; `report` gets the findings while rows are read.

    Raises SourceError for a file that cannot be understood as a whole.
    """
    options.check(file, layout, OPTIONS)
    header = options.header(file, layout)
    with file.open() as stream:
        content = stream.read()
    every = _sheets(file, content)
    sheet = _chosen(file, layout, every, report)
    rows = _values(file, content, sheet)
    place = Origin(file.name, header or 1, "", sheet.name if len(every) > 1 else "")
    above, below = rows[: max(header, 1) - 1], rows[header:]
    if any(map(any, above)):
        report(tables.passed_over(header, Origin(file.name, 1, "", place.path)))
    names = rows[header - 1] if header <= len(rows) else []
    columns = _columns(names, header, place, report) if header else _numbers(rows)
    table = Table(columns, iter(()), skipped=len(above), files=[file.name])
    table.rows = _Reading(sheet, table, place, report).rows(below, header)
    return table


# --- which sheet


def _sheets(file: Readable, content: bytes) -> list[Sheet]:
    try:
        if workbooks.is_locked(content):
            raise SourceError(Origin(file.name), _LOCKED)
        if workbooks.size(content) > _LARGEST:
            raise SourceError(Origin(file.name), _HUGE)
        return workbooks.sheets(content, file.suffix, MOST_CELLS)
    except workbooks.BROKEN as error:
        raise SourceError(Origin(file.name), _BROKEN) from error


def _chosen(file: Readable, layout: Layout, every: Sequence[Sheet], report: Report) -> Sheet:
    wanted = layout.options.get("sheet", "")
    filled = [each for each in every if each.extent and not each.is_hidden]
    if wanted:
        named = [each for each in every if each.name == wanted]
        numbered = every[int(wanted) - 1 : int(wanted)] if re.fullmatch("[1-9][0-9]{0,3}", wanted) else []
        if not named and not numbered:
            raise SourceError(Origin(file.name), _no_sheet(wanted, [each.name for each in every]))
        return [*named, *numbered][0]
    if not filled:
        raise SourceError(Origin(file.name), _EMPTY)
    if len(filled) > 1:
        others = [each.name for each in filled[1:]]
        report(Finding(Origin(file.name), Severity.INFO, "sheet-chosen", _first(filled[0].name, others)))
    return filled[0]


def _values(file: Readable, content: bytes, sheet: Sheet) -> list[list[Value]]:
    """Return the values of a sheet from its first row and column on."""
    if sheet.extent > MOST_CELLS:
        raise SourceError(Origin(file.name, 0, "", sheet.name), _SPREAD)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            rows = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise SourceError(Origin(file.name), _BROKEN) from error
    for row, column in sheet.errors:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = ""
    return rows


# --- header and rows


def _columns(header: Sequence[Value], number: int, place: Origin, report: Report) -> tuple[str, ...]:
    written = [text(each) for each in header]
    while written and not written[-1].strip():
        written.pop()
    if not written:
        raise tables.no_header(place, number)
    if any(tables.CONTROL.search(each) for each in written):
        raise SourceError(place, _HEADER)
    return tables.names(written, place, report)


def _numbers(rows: Sequence[Sequence[Value]]) -> tuple[str, ...]:
    widths = [place for row in rows for place, value in enumerate(row, start=1) if value != ""]
    return tuple(map(str, range(1, max(widths, default=0) + 1)))


class _Reading:
    """The rows of a sheet that is being read, and what is wrong with them."""

    def __init__(self, sheet: Sheet, table: Table, place: Origin, report: Report) -> None:
        self._sheet, self._table, self._place, self._report = sheet, table, place, report
        self._width = len(table.columns)
        self._nameless: set[int] = set()

    def rows(self, found: Sequence[Sequence[Value]], above: int) -> Iterator[Row]:
        """Yield the records, which begin below so many rows; first it is said what holds for the sheet as a whole."""
        for finding in self._remarks(above):
            self._report(finding)
        number = 0
        for line, row in enumerate(found, start=above + 1):
            every = tuple(map(text, row))
            written = every[: self._width]
            self._look_beyond(line, every)
            is_hint = not number and bool(written) and written[0].startswith(tables.HINT)
            if is_hint or tables.is_blank(written):
                self._table.skipped += 1
                continue
            number += 1
            if self._holds(line, written):
                self._table.read += 1
                yield Row(number, self._place.file, line, self._place.path, written)
            else:
                self._table.unread += 1
        if not number:
            self._report(tables.empty(self._place))

    def _look_beyond(self, line: int, every: Sequence[str]) -> None:
        for column, cell in enumerate(every[self._width :], start=self._width):
            if cell.strip() and column not in self._nameless:
                self._nameless.add(column)
                self._report(Finding(self._at(line - 1, column), Severity.WARNING, "cell-nameless", _NAMELESS, cell))

    def _holds(self, line: int, written: Sequence[str]) -> bool:
        """Return whether a row can be read, and report what is wrong with it."""
        for finding in tables.unseen(written, self._table.columns, self._at(line - 1, None)):
            self._report(finding)
        return not any(tables.NUL in cell for cell in written)

    def _remarks(self, above: int) -> Iterator[Finding]:
        for (row, column), value in self._sheet.errors.items():
            if row >= above:
                yield Finding(self._at(row, column), Severity.VIOLATION, "cell-error", _ERROR, value)
        for row, column in self._sheet.uncalculated:
            if row >= above:
                yield Finding(self._at(row, column), Severity.VIOLATION, "cell-uncalculated", _UNCALCULATED)
        for first, last in self._sheet.merged:
            span = f"{_spot(first)}:{_spot(last)}"
            yield Finding(self._at(first[0], None), Severity.INFO, "cells-merged", _merged(_spot(first)), span)

    def _at(self, row: int, column: int | None) -> Origin:
        """Return a place; a column without a name is called by its letters."""
        name = ""
        if column is not None:
            names = self._table.columns
            name = (names[column] if column < len(names) else "") or workbooks.letters(column)
        return Origin(self._place.file, row + 1, name, self._place.path)


def _spot(place: workbooks.Place) -> str:
    return f"{workbooks.letters(place[1])}{place[0] + 1}"


# --- what is said


def _no_sheet(wanted: str, names: Sequence[str]) -> Text:
    listed = ", ".join(names)
    return Text(
        f"Das Blatt „{wanted}“ gibt es nicht; vorhanden sind: {listed}.",
        f"There is no sheet “{wanted}”; there are: {listed}.",
    )


def _first(name: str, others: Sequence[str]) -> Text:
    listed = ", ".join(others)
    return Text(
        f"Gelesen wird nur das Blatt „{name}“, nicht: {listed}. Ein anderes nennt die Quelle in der Zuordnung, "
        f'etwa sheet: "{others[0]}".',
        f"Only the sheet “{name}” is read, not: {listed}. The source in the mapping can name another one, "
        f'as in sheet: "{others[0]}".',
    )


def _merged(first: str) -> Text:
    return Text(
        f"Diese Zellen sind verbunden; ihr Wert gilt nur für die erste, {first}, die anderen sind leer.",
        f"These cells are merged; their value counts for the first one, {first}, only, the others are empty.",
    )


_NAMELESS = Text(
    "Über dieser Zelle steht kein Spaltenname; was in dieser Spalte steht, wird nicht veröffentlicht.",
    "There is no name of a column above this cell; what stands in this column is not published.",
)
_ERROR = Text(
    "Die Zelle enthält einen Fehler des Tabellenprogramms und gilt als leer; bitte die Formel berichtigen.",
    "The cell holds an error of the spreadsheet program and counts as empty; please mend its formula.",
)
_UNCALCULATED = Text(
    "Die Formel dieser Zelle hat keinen gespeicherten Wert; bitte die Datei im Tabellenprogramm öffnen und speichern.",
    "The formula of this cell has no stored value; please open and save the file in a spreadsheet program.",
)
_LOCKED = Text(
    "Die Datei ist durch ein Passwort geschützt oder eine sehr alte Excel-Datei; "
    "bitte ohne Passwort als .xlsx oder .ods speichern.",
    "The file is protected by a password, or a very old Excel file; "
    "please save it without a password as .xlsx or .ods.",
)
_BROKEN = Text(
    "Die Datei ist keine Arbeitsmappe oder beschädigt; bitte neu als .xlsx oder .ods speichern.",
    "The file is no workbook, or damaged; please save it again as .xlsx or .ods.",
)
_HUGE = Text(
    f"Die Arbeitsmappe wird beim Entpacken größer als {_LARGEST >> 30} GiB; bitte aufteilen oder als CSV speichern.",
    f"The workbook grows beyond {_LARGEST >> 30} GiB when it is unpacked; please split it, or save it as CSV.",
)
_SPREAD = Text(
    f"Das Blatt reicht über mehr als {MOST_CELLS} Zellen; steht weit rechts oder unten noch etwas? Bitte dort löschen.",
    f"The sheet spreads over more than {MOST_CELLS} cells; is there something far to the right or below? "
    "Please delete it there.",
)
_EMPTY = Text(
    "In der Arbeitsmappe ist jedes Blatt leer oder ausgeblendet; ein ausgeblendetes nennt man mit sheet: Name.",
    "Every sheet of the workbook is empty or hidden; a hidden one is read by naming it, sheet: name.",
)
_HEADER = Text(
    "Ein Spaltenname enthält ein unsichtbares Steuerzeichen; bitte neu tippen.",
    "The name of a column holds an invisible control character; please type it again.",
)
