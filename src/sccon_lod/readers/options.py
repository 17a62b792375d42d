"""What a mapping declares about the layout of tables, understood and checked."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.rows import Layout, Readable

NONE = "none"
_USUAL = {".tsv": "\t"}
_TAB = ("tab", "\\t", "\t")
# Declared names of encodings of text; Python knows others that turn text into text or run programs of their own.
_ENCODING = re.compile(
    r"utf-8|utf-16([lb]e)?|(us-)?ascii|windows-(125\d|874)|iso-8859-\d{1,2}|latin-?1|cp(437|850|852|855|858|866|125\d)"
    r"|macintosh|mac-?roman|koi8-[ru]|shift-jis|euc-(jp|kr)|big5|gb18030|gbk"
)


class Records(Protocol):
    """Records as lists of cells, and how many lines they took so far."""

    @property
    def line_num(self) -> int:
        """The number of lines."""

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Dialect:
    """How a line of text becomes cells: what stands between them, and around cells that hold such a character.

    Without a quotation mark every delimiter separates.
    """

    delimiter: str
    quote: str

    def reader(self, lines: Iterable[str]) -> Records:
        """Return the records of lines as lists of cells; a record that breaks the rules raises csv.Error."""
        if not self.quote:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True)
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, strict=True)


def check(file: Readable, layout: Layout, known: Iterable[str]) -> None:
    """Refuse options that files of this kind do not have."""
    for name in sorted(set(layout.options) - set(known)):
        listed = ", ".join(sorted(known)) or "–"
        raise SourceError(
            Origin(file.name),
            Text(
                f"Die Angabe „{name}“ der Quelle passt nicht zu dieser Datei; möglich sind: {listed}.",
                f"The option “{name}” of the source does not suit this file; there are: {listed}.",
            ),
        )


def dialect(file: Readable, layout: Layout) -> Dialect:
    """Return how the lines of a file are split: as it is declared, else as its ending says."""
    written = layout.options.get("delimiter", _USUAL.get(file.suffix, ","))
    delimiter = "\t" if written.lower() in _TAB else written
    if len(delimiter) != 1 or delimiter in '\r\n"\x00':
        raise _refused(file, "delimiter", written, '";", tab, "|"')
    marked = layout.options.get("quote", '"')
    quote = "" if marked.lower() == NONE else marked
    if len(quote) > 1 or not marked or quote in (delimiter, "\r", "\n", "\x00"):
        raise _refused(file, "quote", marked, '"\'", none')
    return Dialect(delimiter, quote)


def encoding(file: Readable, layout: Layout) -> str:
    """Return the name of the declared encoding in lower case, or the empty text."""
    written = layout.options.get("encoding", "")
    name = re.sub(r"^utf-?(\d+)-?", r"utf-\1", written.strip().lower().replace("_", "-"))
    if not name or (_ENCODING.fullmatch(name) and _is_known(name)):
        return name
    raise _refused(file, "encoding", written, "utf-8, utf-16, windows-1252, iso-8859-15")


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def header(file: Readable, layout: Layout) -> int:
    """Return the number of the row that holds the names of the columns, from 1; 0 if there is none."""
    written = layout.options.get("header", "1").strip().lower()
    if written == NONE:
        return 0
    if not re.fullmatch(r"[1-9][0-9]{0,6}", written):
        raise _refused(file, "header", layout.options["header"], "1, 3, none")
    return int(written)


@dataclass(frozen=True)
class Decimals:
    """Numbers of a country, which become numbers with a decimal point: the columns that hold them.

    >>> Decimals(",", ()).plain("1.234,50")
    '1234.50'
    >>> Decimals(",", ()).plain("rund 12")
    'rund 12'
    """

    mark: str
    places: tuple[int, ...]

    def plain(self, cell: str) -> str:
        """Return the number in a cell with a decimal point and without groups; what is no number stays as it is."""
        found = _NUMBERS[self.mark].fullmatch(cell.strip())
        return f"{_GROUPING.sub('', found[1])}{found[2].replace(',', '.')}" if found else cell


# Groups of three digits are set apart by a full stop or comma, an apostrophe (Switzerland) or a blank.
_GROUPING = re.compile("[.,'’ \u00a0\u202f]")
_NUMBERS = {
    mark: re.compile(rf"([+-]?(?:\d{{1,3}}(?:[{other}'’ \u00a0\u202f]\d{{3}})+|\d+))((?:[{mark}]\d+)?)", re.ASCII)
    for mark, other in ((",", "."), (".", ","))
}


def decimals(file: Readable, layout: Layout, columns: tuple[str, ...]) -> Decimals:
    """Return the columns whose numbers are written as a country does; none where nothing is declared."""
    mark = layout.options.get("decimal", "")
    named = layout.options.get("decimal_columns", "").split()
    if mark and mark not in _NUMBERS:
        raise _refused(file, "decimal", mark, '",", "."')
    if bool(mark) != bool(named):
        raise SourceError(
            Origin(file.name),
            Text(
                'Die Angaben decimal und decimal_columns gehören zusammen, etwa decimal: ",", decimal_columns: price.',
                'The options decimal and decimal_columns belong together, as in decimal: ",", decimal_columns: price.',
            ),
        )
    return Decimals(mark, tuple(_places(file, columns, named)))


def _places(file: Readable, columns: tuple[str, ...], named: list[str]) -> Iterator[int]:
    for name in named:
        if name not in columns:
            listed = ", ".join(filter(None, columns))
            raise SourceError(
                Origin(file.name),
                Text(
                    f"Die Spalte „{name}“ der Angabe decimal_columns fehlt; die Datei hat: {listed}.",
                    f"The column “{name}” of the option decimal_columns is missing; the file has: {listed}.",
                ),
            )
        yield columns.index(name)


def _refused(file: Readable, name: str, written: str, right: str) -> SourceError:
    return SourceError(
        Origin(file.name),
        Text(
            f"Die Angabe {name} der Quelle ist „{written}“; richtig ist zum Beispiel: {right}.",
            f"The option {name} of the source is “{written}”; right is for example: {right}.",
        ),
    )
