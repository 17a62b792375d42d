"""The records of one file as they come in: numbered, their cells checked, counted by what became of them."""

import re
from collections.abc import Iterator

from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.readers import tables
from sccon_lod.rows import Cell, Report, Row, Table

_SUSPECT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_UNDECODED = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("[\udc80-\udcff]")


class Intake:
    """Turns cells into the rows of a table; `file` is what findings call the file."""

    def __init__(self, file: str, columns: tuple[str, ...], report: Report) -> None:
        self.table = Table(columns, iter(()), files=[file])
        self.file = file
        self.number = 0
        self._report = report

    def row(self, line: int, path: str, cells: tuple[Cell, ...]) -> Row:
        """Return the next row, whose cells are known to be clean."""
        self.number += 1
        self.table.read += 1
        return Row(self.number, self.file, line, path, cells)

    def checked(self, line: int, path: str, cells: tuple[Cell, ...]) -> Iterator[Row]:
        """Yield the next row if it can be read; what is wrong with its cells is reported."""
        texts = "".join([cell if isinstance(cell, str) else "".join(cell) for cell in cells])
        if not _SUSPECT.search(texts):
            yield self.row(line, path, cells)
            return
        for column, cell in zip(self.table.columns, cells, strict=True):
            for rule, text, value in _faults(cell):
                self.violation(rule, text, line, path, column, value)
        if _UNDECODED.search(texts) or "\x00" in texts:
            self.unread()
        else:
            yield self.row(line, path, cells)

    def unread(self) -> None:
        """Count a record that cannot be read."""
        self.number += 1
        self.table.unread += 1

    def violation(
        self, rule: str, text: Text, line: int = 0, path: str = "", column: str = "", value: str = ""
    ) -> None:
        """Report what is wrong with a record."""
        self._report(Finding(Origin(self.file, line, column, path), Severity.VIOLATION, rule, text, printable(value)))

    def warning(self, rule: str, text: Text) -> None:
        """Report what may be wrong with the file."""
        self._report(Finding(Origin(self.file), Severity.WARNING, rule, text))

    def note(self, rule: str, text: Text) -> None:
        """Report what is worth knowing about the file."""
        self._report(Finding(Origin(self.file), Severity.INFO, rule, text))


def printable(text: str) -> str:
    r"""Return text as it can be written to a file: what is no character is shown as one.

    >>> printable("F\udcfcst")
    'F�st'
    """
    return _UNDECODED.sub("\ufffd", text)


def _faults(cell: Cell) -> Iterator[tuple[str, Text, str]]:
    for text in [cell] if isinstance(cell, str) else cell:
        if undecoded := _UNDECODED.search(text):
            yield "cell-encoding", _BYTES if _ESCAPED.match(undecoded.group()) else _HALF, text
        if control := tables.CONTROL.search(text):
            yield "cell-control-character", tables.invisible(control.group()), text


_BYTES = Text(
    "Der Wert ist nicht in UTF-8 gespeichert (Umlaute?); bitte die Datei in UTF-8 speichern.",
    "The value is not saved in UTF-8 (umlauts?); please save the file in UTF-8.",
)
_HALF = Text(
    "Der Wert enthält ein halbes Zeichen (\\ud83d ohne sein Gegenstück); richtig ist zum Beispiel \\ud83d\\ude00.",
    "The value holds half of a character (\\ud83d without its counterpart); right is for example \\ud83d\\ude00.",
)
