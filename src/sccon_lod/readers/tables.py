"""What every table has: names of columns, hints, empty rows, and cells with characters that nobody sees."""

import re
from collections.abc import Iterator, Sequence

from sccon_lod.errors import Origin, SourceError
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.rows import Report

HINT = "#"
UNSEEN = bytes([*range(9), 11, 12, *range(14, 32), 127])
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NUL = "\x00"
# The engine keeps the place of a row under these names, and the name of its file.
_RESERVED = ("#record", "#in", "#line", "#path", "#file", "#stem")


def names(cells: Sequence[str], place: Origin, report: Report) -> tuple[str, ...]:
    """Return the names of columns that a header gives, without blanks around them.

    Blanks stay where they alone tell two names apart.
    """
    bare = [cell.strip() for cell in cells]
    folded = [each.casefold() for each in bare]
    columns = tuple(
        short if not short or folded.count(short.casefold()) == 1 else cell
        for cell, short in zip(cells, bare, strict=True)
    )
    check(columns, place)
    for cell, column in zip(cells, columns, strict=True):
        if column and column != cell:
            report(Finding(_at(place, column), Severity.INFO, "column-trimmed", _TRIMMED, cell))
    return columns


def check(columns: Sequence[str], place: Origin) -> None:
    """Refuse names of columns that stand twice or that the program needs itself."""
    seen: set[str] = set()
    for column in columns:
        folded = column.casefold()
        if folded in _RESERVED:
            raise SourceError(
                _at(place, column),
                Text(
                    f"Der Spaltenname „{column}“ ist dem Programm vorbehalten; bitte umbenennen.",
                    f"The name “{column}” of a column is reserved for the program; please rename it.",
                ),
            )
        # The engine does not tell upper from lower case in names of columns.
        if column and folded in seen:
            raise SourceError(
                _at(place, column),
                Text(
                    f"Die Spalte „{column}“ steht zweimal in der Kopfzeile; bitte eine umbenennen.",
                    f"The column “{column}” stands twice in the header; please rename one.",
                ),
            )
        seen.add(folded)


def is_blank(cells: Sequence[str]) -> bool:
    """Return whether no cell holds more than blanks."""
    return not any(cell.strip() for cell in cells)


def unseen(cells: Sequence[str], columns: Sequence[str], place: Origin) -> Iterator[Finding]:
    """Yield a violation for each cell with a control character."""
    for column, cell in zip(columns, cells, strict=True):
        if found := CONTROL.search(cell):
            text = invisible(found.group())
            yield Finding(_at(place, column), Severity.VIOLATION, "cell-control-character", text, cell)


def empty(place: Origin) -> Finding:
    """Return the note that a table has no records."""
    return Finding(place, Severity.INFO, "table-empty", _EMPTY)


def passed_over(header: int, place: Origin) -> Finding:
    """Return the note that rows stand above the header."""
    return Finding(place, Severity.INFO, "header-below", _below(header))


def no_header(place: Origin, number: int) -> SourceError:
    """Return the error that the row with this number, which is to name the columns, is empty or missing."""
    if number == 1:
        return SourceError(place, _NO_HEADER)
    return SourceError(
        place,
        Text(
            f"Zeile {number} soll die Spaltennamen enthalten (header: {number}), ist aber leer oder fehlt; "
            "bitte die Zahl bei der Quelle in der Zuordnung berichtigen.",
            f"Row {number} is to hold the names of the columns (header: {number}), but is empty or missing; "
            "please mend the number with the source in the mapping.",
        ),
    )


def _at(place: Origin, column: str) -> Origin:
    return Origin(place.file, place.line, column, place.path)


def invisible(letter: str) -> Text:
    """Return what is said of a cell that holds a control character."""
    code = f"U+{ord(letter):04X}"
    return Text(
        f"Die Zelle enthält das unsichtbare Steuerzeichen {code}; bitte löschen.",
        f"The cell holds the invisible control character {code}; please delete it.",
    )


def _below(header: int) -> Text:
    return Text(
        f"Die Kopfzeile ist Zeile {header}, wie die Zuordnung sagt; was darüber steht, wird nicht gelesen.",
        f"The header is row {header}, as the mapping says; what stands above it is not read.",
    )


_NO_HEADER = Text(
    "Die Datei hat keine Kopfzeile; in der ersten Zeile müssen die Spaltennamen stehen. "
    "Stehen sie weiter unten, etwa in Zeile 3, gehört zur Quelle in der Zuordnung: header: 3.",
    "The file has no header; its first line must hold the names of the columns. "
    "If they stand further down, as in row 3, the source in the mapping needs: header: 3.",
)
_TRIMMED = Text(
    "Um den Spaltennamen stehen Leerzeichen; er wird ohne sie gelesen.",
    "There are blanks around the name of the column; it is read without them.",
)
_EMPTY = Text(
    "Die Datei enthält noch keine Datensätze; sie beginnen in der Zeile unter der Kopfzeile.",
    "The file holds no records yet; they begin in the line below the header.",
)
