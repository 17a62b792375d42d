"""Which files can be read as records, and all files of a source as one table."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sccon_lod import files
from sccon_lod.errors import Origin, SourceError
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.rows import Layout, Readable, Reader, Report, Row, Table

UNREADABLE = "file-unreadable"  # one of several files
_HEADED = "csv"  # such files name their columns; of all others the mapping says what to read


def _reader(module: str, function: str) -> Reader:
    """Return a reader that is imported when it is called, so that a run loads only the libraries it needs."""

    def read(file: Readable, layout: Layout, report: Report) -> Table:
        reader: Reader = getattr(importlib.import_module(f"sccon_lod.readers.{module}"), function)
        return reader(file, layout, report)

    return read


# Which formulations refer to records, and the readers of the files that each fits.
FORMULATIONS: dict[str, dict[str, Reader]] = {
    _HEADED: {
        ".csv": _reader("delimited", "read"),
        ".tsv": _reader("delimited", "read"),
        ".xlsx": _reader("sheets", "read"),
        ".ods": _reader("sheets", "read"),
        ".parquet": _reader("parquet", "read"),
    },
    "jsonpath": {
        ".json": _reader("objects", "json"),
        ".jsonl": _reader("objects", "json_lines"),
        ".ndjson": _reader("objects", "json_lines"),
        ".geojson": _reader("objects", "geojson"),
        ".html": _reader("pages", "page"),
        ".htm": _reader("pages", "page"),
    },
    "xpath": {".xml": _reader("markup", "xml")},
    "ical": {".ics": _reader("calendars", "calendar")},
}
# What a mapping may read of every source: what its file is called.
CALLED: Mapping[str, Callable[[str], str]] = {"#file": str, "#stem": files.stem}
READERS: dict[str, Reader] = {suffix: reader for readers in FORMULATIONS.values() for suffix, reader in readers.items()}


def read(root: Path, file: str, layout: Layout, report: Report) -> Table:
    """Open the records of a file, or of all files that a pattern or a folder means, below `root`.

    `report` gets the findings while rows are read. Raises SourceError for what cannot be understood as a whole.
    """
    readers = FORMULATIONS.get(layout.formulation)
    if readers is None:
        known = ", ".join(FORMULATIONS)
        raise SourceError(
            Origin(file),
            Text(
                f"Die Angabe referenceFormulation ist „{layout.formulation}“; möglich sind: {known}.",
                f"The referenceFormulation is “{layout.formulation}”; there are: {known}.",
            ),
        )
    found = list(files.members(root, file, readers))
    for each in found:
        _check(each, layout.formulation)
    called = any(each in CALLED for each in layout.references)
    is_one = len(found) == 1 and not called
    table = readers[found[0].suffix](found[0], layout, report) if is_one else _joined(found, layout, report)
    table.files = [each.name for each in found]
    return table


def _check(file: Readable, formulation: str) -> None:
    if file.suffix not in READERS:
        known = ", ".join(READERS)
        raise SourceError(
            Origin(file.name),
            Text(
                f"Dateien dieser Art werden nicht gelesen; lesbar sind: {known}.",
                f"Files of this type are not read; these are: {known}.",
            ),
        )
    if file.suffix not in FORMULATIONS[formulation]:
        right = next(name for name, readers in FORMULATIONS.items() if file.suffix in readers)
        raise SourceError(
            Origin(file.name),
            Text(
                f"referenceFormulation: {formulation} passt nicht zu Dateien dieser Art; richtig ist: {right}.",
                f"referenceFormulation: {formulation} does not suit files of this type; right is: {right}.",
            ),
        )


# --- several files as one table


def _joined(found: Sequence[Readable], layout: Layout, report: Report) -> Table:
    called = tuple(each for each in layout.references if each in CALLED)
    own = replace(layout, references=tuple(each for each in layout.references if each not in CALLED))
    columns = _union(found, own) if layout.formulation == _HEADED else own.references
    table = Table((*columns, *called), iter(()))
    table.rows = _rows(found, own, table, report)
    return table


def _union(found: Sequence[Readable], layout: Layout) -> tuple[str, ...]:
    """Return the columns of all files in the order of their first appearance, those that differ in case once.

    They are spelled as the mapping spells them, else as the first file does.
    """
    spelled = {column.casefold(): column for column in layout.references}
    columns: dict[str, str] = {}
    broken: list[SourceError] = []
    for file in found:
        # Each file is opened only for its header and again when its turn comes: a thousand files at once
        # would be more than a system opens. What is wrong is reported then.
        try:
            own = READERS[file.suffix](file, layout, _unheard).columns
        except SourceError as error:
            broken.append(error)
            continue
        for column in own:
            folded = column.casefold()
            columns.setdefault(folded, spelled.get(folded, column))
    _refuse_all(broken, found)
    return tuple(columns.values())


def _refuse_all(broken: Sequence[SourceError], found: Sequence[Readable]) -> None:
    if len(broken) == len(found):
        raise broken[0]


def _unheard(_: Finding) -> None:
    """Hear a finding that will be reported again."""


def _rows(found: Sequence[Readable], layout: Layout, table: Table, report: Report) -> Iterator[Row]:
    """Yield the rows of all files; one that cannot be understood is reported, and the others are read."""
    broken: list[SourceError] = []
    for file in found:
        try:
            yield from _of_file(file, layout, table, report)
        except SourceError as error:
            broken.append(error)
            table.unread += 1
            report(Finding(replace(error.origin, file=file.name), Severity.VIOLATION, UNREADABLE, _only(error.text)))
    _refuse_all(broken, found)


def _of_file(file: Readable, layout: Layout, table: Table, report: Report) -> Iterator[Row]:
    before = table.read + table.unread
    columns = [each for each in table.columns if each not in CALLED]
    names = tuple(CALLED[each](file.name) for each in table.columns[len(columns) :])
    part = READERS[file.suffix](file, layout, report)
    places = _places(file, part, columns, layout, report)
    is_same = [*part.columns] == columns
    try:
        for row in part.rows:
            table.read += 1
            cells = row.cells if is_same else tuple("" if place is None else row.cells[place] for place in places)
            yield Row(before + row.number, row.file, row.line, row.path, cells + names)
    finally:
        table.unread += part.unread
        table.skipped += part.skipped


def _only(text: Text) -> Text:
    return Text(
        f"{text.de} Die anderen Dateien der Quelle werden gelesen.",
        f"{text.en} The other files of the source are read.",
    )


def _places(file: Readable, part: Table, columns: Sequence[str], layout: Layout, report: Report) -> list[int | None]:
    """Return where each column stands in one of the files; report where it does not, or under another name."""
    own = {column.casefold(): place for place, column in enumerate(part.columns)}
    for column in columns:
        place = own.get(column.casefold())
        if place is None and column in layout.references:
            report(Finding(Origin(file.name, 0, column), Severity.WARNING, "column-missing", _MISSING))
        elif place is not None and part.columns[place] != column:
            text = _spelling(column)
            report(Finding(Origin(file.name, 0, part.columns[place]), Severity.INFO, "column-spelling", text))
    return [own.get(column.casefold()) for column in columns]


def _spelling(column: str) -> Text:
    return Text(
        f"Die Spalte heißt in der Zuordnung oder in anderen Dateien dieser Quelle „{column}“ "
        "und wird als diese gelesen.",
        f"The column is called “{column}” in the mapping or in other files of this source and is read as that one.",
    )


_MISSING = Text(
    "Dieser Datei fehlt die Spalte, die andere Dateien der Quelle haben; ihre Zellen gelten als leer.",
    "This file lacks the column, which other files of the source have; its cells count as empty.",
)
