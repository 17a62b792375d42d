"""Rows out of JSON documents: which values are records, and what their cells hold."""

from collections.abc import Iterator, Sequence

from sccon_lod import paths, spots
from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.paths import PathProblem, Step, Wildcard
from sccon_lod.readers import notation
from sccon_lod.readers.intake import Intake
from sccon_lod.readers.leaves import NUMBER, Unfit, cell
from sccon_lod.readers.notation import Document
from sccon_lod.rows import Cell, Readable, Row
from sccon_lod.spots import Getter, Spot, Value


def iterator(file: Readable, path: str) -> tuple[Step, ...]:
    """Return the steps to the records; raises SourceError for a path that is not understood."""
    try:
        return paths.iterator(path)
    except PathProblem as problem:
        raise SourceError(Origin(file.name), problem.text) from problem


def getters(file: Readable, references: Sequence[str], depth: int) -> tuple[Getter, ...]:
    """Return what follows each reference from records at a depth; raises SourceError for what is not understood."""
    found = []
    for path in references:
        try:
            found.append(spots.getter(path, depth))
        except PathProblem as problem:
            raise SourceError(Origin(file.name, column=path), problem.text) from problem
    return tuple(found)


class Harvest:
    """Gathers rows for an intake: `ways` lead from a record to the cells of its columns."""

    def __init__(self, intake: Intake, ways: tuple[Getter, ...]) -> None:
        self._intake = intake
        self._columns = intake.table.columns
        self._ways = ways
        keys = [spots.key(each) for each in self._columns]
        self._keys = [each or "" for each in keys]
        self._others = [(number, ways[number]) for number, each in enumerate(keys) if each is None]
        self._needs_object = spots.need_object(self._columns)
        self._around: Spot | None = None
        self._prefix = ""

    def rows(self, document: Document, records: Iterator[Spot]) -> Iterator[Row]:
        """Yield a row for each record of the document."""
        if not document.is_clean:
            records = self._without_doubled(document, list(records))
        for spot in records:
            path = self._path(spot)
            if self._needs_object and not isinstance(spot.value, dict):
                self._no_object(spot.value, document.line, path)
                continue
            try:
                cells = self._cells(spot)
            except Unfit:
                cells, is_number = self._carefully(spot, document.line, path)
                if not is_number:
                    self._intake.unread()
                    continue
            if document.is_clean:
                yield self._intake.row(document.line, path, cells)
            else:
                yield from self._intake.checked(document.line, path, cells)

    def _cells(self, spot: Spot) -> tuple[Cell, ...]:
        if not isinstance(spot.value, dict):
            return tuple([cell(way(spot)) for way in self._ways])
        # Most references are keys: their values are taken at once, and those of the others put in their places.
        values = [*map(spot.value.get, self._keys)]
        for number, way in self._others:
            values[number] = way(spot)
        return tuple([value if type(value) is str else cell(value) for value in values])

    def _path(self, spot: Spot) -> str:
        if spot.around is None:
            return ""
        if spot.around is not self._around:
            self._around, self._prefix = spot.around, spots.written(spot.around)
        return f"{self._prefix}[{spot.key}]" if isinstance(spot.key, int) else self._prefix + spots.name(spot.key)

    def _no_object(self, value: Value, line: int, path: str) -> None:
        if value is None:
            self._intake.table.skipped += 1
        else:
            self._intake.violation(
                "row-structure", _NO_OBJECT, line, path, value=value if isinstance(value, str) else ""
            )
            self._intake.unread()

    def _carefully(self, spot: Spot, line: int, path: str) -> tuple[tuple[Cell, ...], bool]:
        """Return the cells of a record that has unfit ones, which are reported, and whether all numbers are."""
        cells: list[Cell] = []
        are_numbers = True
        for column, way in zip(self._columns, self._ways, strict=True):
            try:
                cells.append(cell(way(spot)))
            except Unfit as unfit:
                cells.append("")
                are_numbers &= unfit.rule != NUMBER
                self._intake.violation(unfit.rule, unfit.text(column), line, path, column)
        return tuple(cells), are_numbers

    def _without_doubled(self, document: Document, records: list[Spot]) -> Iterator[Spot]:
        """Report the keys that stand twice, each at its record if it is in one; return the records."""
        inside = set()
        for spot in records:
            for steps, key in notation.doubled(spot.value):
                column = _column((*steps, key))
                inside.add((*_steps(spot), *steps, key))
                self._intake.violation("key-twice", _twice(key), document.line, self._path(spot), column)
        for steps, key in notation.doubled(document.value):
            if (*steps, key) not in inside:
                path = "$" + "".join(map(spots.name, steps)) if steps else ""
                self._intake.violation("key-twice", _twice(key), document.line, path, _column((key,)))
        return iter(records)


def _steps(spot: Spot) -> tuple[str | int, ...]:
    return () if spot.around is None else (*_steps(spot.around), spot.key)


def _column(steps: tuple[str | int, ...]) -> str:
    return "".join(map(spots.name, steps)).removeprefix(".")


def _twice(key: str) -> Text:
    key = notation.listed([key])
    return Text(
        f"Der Schlüssel „{key}“ steht zweimal in diesem Objekt; bitte einen Wert streichen oder beide in eine Liste "
        "setzen.",
        f"The key “{key}” stands twice in this object; please delete one value or put both in a list.",
    )


def report_none(intake: Intake, path: str, steps: tuple[Step, ...], value: Value) -> None:
    """Report that a document has no records, and what is where the iterator ends."""
    for count in range(1, len(steps) + 1):
        if next(spots.along(value, steps[:count]), None) is None:
            stopped = next(spots.along(value, steps[: count - 1])).value
            if isinstance(stopped, list | dict) and (not stopped or _is_position(stopped, steps[count - 1])):
                break
            intake.warning("iterator-missing", _missing(path, stopped))
            return
    intake.note("table-empty", _EMPTY)


def _is_position(value: Value, step: Step) -> bool:
    return isinstance(value, list) and not isinstance(step, str | Wildcard)


def _missing(path: str, value: Value) -> Text:
    if isinstance(value, dict):
        known = notation.listed(value)
        return Text(
            f"Der Iterator {path} führt zu nichts; dort, wo er endet, gibt es: {known}.",
            f"The iterator {path} leads to nothing; where it ends there is: {known}.",
        )
    kind = Text("eine Liste", "a list") if isinstance(value, list) else Text("ein Wert", "a value")
    return Text(
        f"Der Iterator {path} führt zu nichts; dort, wo er endet, steht {kind.de}. Zu den Teilen einer Liste führt "
        "[*].",
        f"The iterator {path} leads to nothing; where it ends there is {kind.en}. [*] leads to the parts of a list.",
    )


_NO_OBJECT = Text(
    'Der Datensatz ist kein Objekt, die Abbildung liest aber Schlüssel; richtig ist zum Beispiel {"name": "Fest"}. Den '
    "Wert selbst nennt $(@).",
    'The record is no object, yet the mapping reads keys; right is for example {"name": "Fest"}. The value itself is '
    "named $(@).",
)
_EMPTY = Text(
    "Die Datei enthält noch keine Datensätze.",
    "The file holds no records yet.",
)
