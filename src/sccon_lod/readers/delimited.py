"""Text tables, CSV and TSV, read as they were written."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from sccon_lod.errors import Origin, SourceError
from sccon_lod.findings import Finding, Severity
from sccon_lod.readers import encodings, lines, options, tables, wording
from sccon_lod.readers.lines import Batch, Raw
from sccon_lod.readers.options import Decimals, Dialect
from sccon_lod.rows import Layout, Readable, Report, Row, Table

OPTIONS = ("delimiter", "quote", "encoding", "header", "decimal", "decimal_columns")
_OTHERS = (";", "\t", "|")
_QUOTED = re.compile('"(?:[^"]|"")*(?:"|$)')
_UNDECODED = re.compile("[\udc80-\udcff]")


def read(file: Readable, layout: Layout, report: Report) -> Table:
    """Read delimited text (RFC 4180) with a header; `report` gets the findings while rows are read.

    Raises SourceError for a file that cannot be understood as a whole.
    """
    options.check(file, layout, OPTIONS)
    dialect = options.dialect(file, layout)
    encoding = options.encoding(file, layout)
    number = options.header(file, layout)
    chunks = encodings.chunks(file, encoding)
    first = next(chunks)
    batches = lines.batches(chain((first,), chunks), dialect)
    above, header, below = _parted(batches, number) if number else _headless(batches)
    if above:
        report(tables.passed_over(number, Origin(file.name, 1)))
    if header and "delimiter" not in layout.options:
        _check_delimiter(first, Origin(file.name, header[0]), dialect.delimiter)
    columns = _columns(file, header, number, report) if number else _numbers(header)
    table = Table(columns, iter(()), skipped=len(above), files=[file.name])
    reading = _Reading(file.name, table, options.decimals(file, layout, columns), report, dialect, encoding)
    table.rows = reading.rows(below)
    return table


def _parted(batches: Iterator[Batch], number: int) -> tuple[list[Raw], Raw | None, Iterator[Batch]]:
    """Return what stands above the header, the header, and what stands below it."""
    above: list[Raw] = []
    for batch in batches:
        wanted = number - 1 - len(above)
        above += batch.raws[:wanted]
        if len(batch.raws) > wanted:
            below = Batch(batch.raws[wanted + 1 :], batch.is_clean)
            return above, batch.raws[wanted], chain((below,), batches)
    return above, None, iter(())


def _headless(batches: Iterator[Batch]) -> tuple[list[Raw], Raw | None, Iterator[Batch]]:
    """Return no header, but the first row that can be split, by which columns are counted, and all rows."""
    passed: list[Batch] = []
    for batch in batches:
        passed.append(batch)
        for raw in batch.raws:
            if not raw[2] and not tables.is_blank(raw[1]) and not raw[1][0].startswith(tables.HINT):
                return [], raw, chain(passed, batches)
    return [], None, iter(passed)


def _numbers(first: Raw | None) -> tuple[str, ...]:
    return tuple(str(number) for number, _ in enumerate(first[1] if first else (), start=1))


def _columns(file: Readable, header: Raw | None, number: int, report: Report) -> tuple[str, ...]:
    line, names, broken = header or (1, [], "")
    place = Origin(file.name, line)
    if not broken and tables.is_blank(names):
        raise tables.no_header(place, number)
    if broken or any(tables.CONTROL.search(name) or _UNDECODED.search(name) for name in names):
        raise SourceError(place, wording.HEADER)
    return tables.names(names, place, report)


def _check_delimiter(text: bytes, place: Origin, delimiter: str) -> None:
    """Refuse a line in which another delimiter separates more than the one that nobody declared."""
    written = text.split(b"\n", place.line)[place.line - 1 : place.line]
    # A delimiter in quotation marks separates nothing, whichever one is meant.
    bare = _QUOTED.sub("", b"".join(written).decode(errors="replace"))
    for other in _OTHERS:
        if other != delimiter and bare.count(other) >= max(1, bare.count(delimiter)):
            raise SourceError(place, wording.other_delimiter(delimiter, other))
    if delimiter == "\t" and delimiter not in bare and "," in bare:
        raise SourceError(place, wording.other_delimiter(delimiter, ","))


class _Reading:
    """The rows of a file that is being read, and what is wrong with them."""

    def __init__(
        self, name: str, table: Table, decimals: Decimals, report: Report, dialect: Dialect, encoding: str
    ) -> None:
        self._name, self._table, self._decimals, self._report = name, table, decimals, report
        self._dialect, self._encoding = dialect, encoding
        self._number = 0

    def rows(self, batches: Iterable[Batch]) -> Iterator[Row]:
        """Yield the records; of a clean batch, only rows that begin with a blank cell need a second look."""
        table, name, width = self._table, self._name, len(self._table.columns)
        for batch in batches:
            is_clean = batch.is_clean and not self._decimals.places
            for line, found, broken in batch.raws:
                if is_clean and self._number and len(found) == width and found[0] and not found[0].isspace():
                    self._number += 1
                    table.read += 1
                    yield Row(self._number, name, line, "", tuple(found))
                elif self._is_record(found, broken):
                    self._number += 1
                    if self._holds(line, found, broken):
                        table.read += 1
                        yield Row(self._number, name, line, "", self._plain(found))
                    else:
                        table.unread += 1
                else:
                    table.skipped += 1
        if not self._number:
            self._report(tables.empty(Origin(name, 1)))

    def _is_record(self, found: list[str], broken: str) -> bool:
        is_hint = not self._number and bool(found) and found[0].startswith(tables.HINT)
        return bool(broken) or not (is_hint or tables.is_blank(found))

    def _plain(self, found: list[str]) -> tuple[str, ...]:
        for place in self._decimals.places:
            found[place] = self._decimals.plain(found[place])
        return tuple(found)

    def _holds(self, line: int, found: list[str], broken: str) -> bool:
        """Return whether a row can be read, and report what is wrong with it."""
        place, columns = Origin(self._name, line), self._table.columns
        if broken:
            self._report(Finding(place, Severity.VIOLATION, "row-quotes", wording.broken(broken)))
            return False
        if len(found) != len(columns):
            text = wording.length(len(found), len(columns), self._dialect)
            self._report(Finding(place, Severity.VIOLATION, "row-length", text))
            return False
        for column, cell in zip(columns, found, strict=True):
            if _UNDECODED.search(cell):
                shown = cell.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
                at, text = Origin(self._name, line, column), wording.encoding(self._encoding)
                self._report(Finding(at, Severity.VIOLATION, "cell-encoding", text, shown))
        for finding in tables.unseen(found, columns, place):
            self._report(finding)
        return not any(_UNDECODED.search(cell) or tables.NUL in cell for cell in found)
