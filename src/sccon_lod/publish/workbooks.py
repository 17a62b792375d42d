"""Tables as a workbook (Office Open XML), for colleagues who filter and sort."""

import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import _WorkbookChild

_ROWS, _LETTERS = 1 << 20, 32_767  # what a sheet and a cell can hold
_WIDEST = 60


class Sheet(NamedTuple):
    """A table: its name, and its rows, first the headings."""

    name: str
    rows: Iterable[Sequence[object]]


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Return a workbook with a sheet for each table; no cell is a formula, whatever it begins with."""
    book = Workbook(write_only=True)
    for each in sheets:
        rows = [list(row) for row in islice(each.rows, _ROWS)]
        sheet = book.create_sheet(each.name)
        sheet.freeze_panes = "A2"
        width = len(rows[0])
        sheet.auto_filter.ref = f"A1:{get_column_letter(width)}{len(rows)}"
        for place in range(width):
            longest = max(len(str(row[place])) for row in rows[:1000])
            sheet.column_dimensions[get_column_letter(place + 1)].width = min(_WIDEST, longest + 3)
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, value, is_heading=number == 0) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: _WorkbookChild, value: object, is_heading: bool) -> Cell:
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))[:_LETTERS])
    cell.data_type = "s"  # what begins with = would be a formula
    if is_heading:
        cell.font = Font(bold=True)
    return cell
