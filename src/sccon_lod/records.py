"""Rows of files as they were written, each cell as text, each row with its number and line."""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sccon_lod.errors import Origin, SourceError
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNDECODED = re.compile("[\udc80-\udcff]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HINT = "#"
_RESERVED = ("#record", "#line")  # the engine keeps the place of a row under these names


@dataclass(frozen=True)
class Row:
    """One record: its number among the records of the file, the line it begins on, its cells as text."""

    number: int
    line: int
    cells: tuple[str, ...]


@dataclass
class Table:
    """A file of records that is read while `rows` is consumed, and the count of rows by what became of them."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    read: int = 0
    unread: int = 0
    skipped: int = 0


Report = Callable[[Finding], None]


def read(path: Path, name: str, report: Report) -> Table:
    """Open a file of records; `name` is what findings call it, and `report` gets them while rows are read.

    Raises SourceError for a file that cannot be understood as a whole.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise SourceError(
            Origin(name),
            Text(
                f"Dateien dieser Art werden nicht gelesen; lesbar sind: {known}.",
                f"Files of this type are not read; these are: {known}.",
            ),
        )
    return reader(path, name, report)


def _csv(path: Path, name: str, report: Report) -> Table:
    """Read RFC 4180 text in UTF-8 with a header row; a byte order mark is passed over."""
    raws = _Lines(path, name).records()
    header = next(raws, None)
    if header is None or not (header.cells or header.broken):
        raise SourceError(
            Origin(name, 1),
            Text(
                "Die Datei hat keine Kopfzeile; in der ersten Zeile müssen die Spaltennamen stehen.",
                "The file has no header; its first line must hold the names of the columns.",
            ),
        )
    _check_header(header, name)
    table = Table(tuple(header.cells), iter(()))
    table.rows = _rows(raws, table, name, report)
    return table


READERS: dict[str, Callable[[Path, str, Report], Table]] = {".csv": _csv}


@dataclass(frozen=True)
class _Raw:
    """A record as it was split, or the reason why it could not be; `cells` is then empty."""

    line: int
    cells: list[str]
    broken: str = ""


class _Lines:
    """The records of a CSV file; after a broken one, reading goes on with the line that follows its first.

    So one forgotten quotation mark costs one record and not the rest of the file.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._waiting: deque[tuple[int, str]] = deque()
        self._taken: list[tuple[int, str]] = []
        self._physical = self._decoded()

    def records(self) -> Iterator[_Raw]:
        while True:
            reader = csv.reader(self._feed(), strict=True)
            try:
                for cells in reader:
                    yield _Raw(self._taken[0][0], cells)
                    self._taken.clear()
                return
            except csv.Error as error:
                first, *rest = self._taken
                self._waiting.extendleft(reversed(rest))
                self._taken.clear()
                yield _Raw(first[0], [], str(error))

    def _feed(self) -> Iterator[str]:
        while True:
            numbered = self._waiting.popleft() if self._waiting else next(self._physical, None)
            if numbered is None:
                return
            self._taken.append(numbered)
            yield numbered[1]

    def _decoded(self) -> Iterator[tuple[int, str]]:
        try:
            with self._path.open("rb") as file:
                for number, line in enumerate(file, start=1):
                    yield number, self._decode(number, line)
        except OSError as error:
            raise SourceError(
                Origin(self._name),
                Text(
                    f"Die Datei kann nicht gelesen werden ({error.strerror}). Liegt sie an diesem Ort?",
                    f"The file cannot be read ({error.strerror}). Is it at this place?",
                ),
            ) from error

    def _decode(self, number: int, line: bytes) -> str:
        if number == 1:
            if line.startswith(_UTF16):
                raise SourceError(
                    Origin(self._name, 1),
                    Text(
                        "Die Datei ist in UTF-16 gespeichert; bitte als „CSV UTF-8“ speichern.",
                        "The file is saved in UTF-16; please save it as “CSV UTF-8”.",
                    ),
                )
            line = line.removeprefix(b"\xef\xbb\xbf")
        # A byte that does not decode becomes a lone surrogate, by which its cell is found below.
        return line.decode("utf-8", errors="surrogateescape")


def _check_header(header: _Raw, name: str) -> None:
    if header.broken or any(_CONTROL.search(cell) or _UNDECODED.search(cell) for cell in header.cells):
        raise SourceError(
            Origin(name, 1),
            Text(
                "Die Kopfzeile ist nicht lesbar; bitte die Datei als „CSV UTF-8“ mit Spaltennamen speichern.",
                "The header cannot be read; please save the file as “CSV UTF-8” with names of columns.",
            ),
        )
    if len(header.cells) == 1 and (";" in header.cells[0] or "\t" in header.cells[0]):
        raise SourceError(
            Origin(name, 1),
            Text(
                "Die Spalten sind nicht durch Kommas getrennt; bitte die Datei mit Komma als Trennzeichen speichern.",
                "The columns are not separated by commas; please save the file with commas between the cells.",
            ),
        )
    for column in header.cells:
        if column.casefold() in _RESERVED:
            raise SourceError(
                Origin(name, 1, column),
                Text(
                    f"Der Spaltenname „{column}“ ist dem Programm vorbehalten; bitte umbenennen.",
                    f"The name “{column}” of a column is reserved for the program; please rename it.",
                ),
            )
    seen: set[str] = set()
    for column in header.cells:
        # The engine does not tell upper from lower case in names of columns.
        if column and column.casefold() in seen:
            raise SourceError(
                Origin(name, 1, column),
                Text(
                    f"Die Spalte „{column}“ steht zweimal in der Kopfzeile; bitte eine umbenennen.",
                    f"The column “{column}” stands twice in the header; please rename one.",
                ),
            )
        seen.add(column.casefold())


def _rows(raws: Iterator[_Raw], table: Table, name: str, report: Report) -> Iterator[Row]:
    number = 0
    may_be_hint = True
    for raw in raws:
        if (not raw.broken and not any(cell.strip() for cell in raw.cells)) or (
            may_be_hint and raw.cells and raw.cells[0].startswith(_HINT)
        ):
            table.skipped += 1
        else:
            may_be_hint = False
            number += 1
            findings = _faults(raw, table.columns, name)
            for finding in findings:
                report(finding)
            if _is_readable(raw, table.columns):
                table.read += 1
                yield Row(number, raw.line, tuple(raw.cells))
            else:
                table.unread += 1
    if number == 0:
        report(
            Finding(
                Origin(name, 1),
                Severity.INFO,
                "table-empty",
                Text(
                    "Die Datei enthält noch keine Datensätze; sie beginnen in der Zeile unter der Kopfzeile.",
                    "The file holds no records yet; they begin in the line below the header.",
                ),
            )
        )


def _is_readable(raw: _Raw, columns: tuple[str, ...]) -> bool:
    whole = not raw.broken and len(raw.cells) == len(columns)
    return whole and not any(_UNDECODED.search(cell) or "\x00" in cell for cell in raw.cells)


def _faults(raw: _Raw, columns: tuple[str, ...], name: str) -> Iterator[Finding]:
    def violation(rule: str, text: Text, column: str = "", value: str = "") -> Finding:
        return Finding(Origin(name, raw.line, column), Severity.VIOLATION, rule, text, value)

    if raw.broken:
        yield violation("row-quotes", _broken(raw.broken))
        return
    if len(raw.cells) != len(columns):
        yield violation("row-length", _length(len(raw.cells), len(columns)))
        return
    for column, cell in zip(columns, raw.cells, strict=True):
        if _UNDECODED.search(cell):
            shown = cell.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
            yield violation("cell-encoding", _ENCODING, column, shown)
        control = _CONTROL.search(cell)
        if control:
            code = f"U+{ord(control.group()):04X}"
            yield violation(
                "cell-control-character",
                Text(
                    f"Die Zelle enthält das unsichtbare Steuerzeichen {code}; bitte löschen.",
                    f"The cell holds the invisible control character {code}; please delete it.",
                ),
                column,
                cell,
            )


def _broken(reason: str) -> Text:
    if "field larger" in reason:
        longest = csv.field_size_limit()
        return Text(
            f"Eine Zelle ist länger als {longest} Zeichen; fehlt ein schließendes Anführungszeichen?",
            f"A cell is longer than {longest} characters; is a closing quotation mark missing?",
        )
    if "unexpected end" in reason:
        return Text(
            "Ein Anführungszeichen wird geöffnet und nicht geschlossen; "
            'ein Anführungszeichen im Text wird doppelt geschrieben (""), die Zelle in "…" gesetzt.',
            "A quotation mark is opened and not closed; "
            'a quotation mark within the text is written twice (""), the cell put in "…".',
        )
    if "new-line character" in reason:
        return Text(
            "Die Zeilenenden sind nicht lesbar (einzelnes CR); bitte die Datei neu als „CSV UTF-8“ speichern.",
            "The line ends cannot be read (single CR); please save the file again as “CSV UTF-8”.",
        )
    return Text(
        "Nach einem schließenden Anführungszeichen steht weiterer Text; "
        'ein Anführungszeichen im Text wird doppelt geschrieben ("").',
        'There is text after a closing quotation mark; a quotation mark within the text is written twice ("").',
    )


def _length(cells: int, columns: int) -> Text:
    return Text(
        f"Die Zeile hat {cells} Zellen, die Kopfzeile {columns}; "
        'steht ein Komma in einer Zelle, gehört die Zelle in Anführungszeichen ("…").',
        f"The row has {cells} cells, the header {columns}; "
        'a cell with a comma in it must stand in quotation marks ("…").',
    )


_ENCODING = Text(
    "Die Zelle ist nicht in UTF-8 gespeichert (Umlaute?); bitte die Datei als „CSV UTF-8“ speichern.",
    "The cell is not saved in UTF-8 (umlauts?); please save the file as “CSV UTF-8”.",
)
