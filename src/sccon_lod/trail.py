"""The way back from a statement to the cell it was made from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sccon_lod import sql
from sccon_lod.engine import Engine, Said
from sccon_lod.errors import Origin
from sccon_lod.findings import Result
from sccon_lod.mapping import RecordMap, Source, columns
from sccon_lod.plan import Plan
from sccon_lod.terms import TYPE

# The object of a statement: lexical form or IRI, datatype, language.
Object = tuple[str, str, str]

# Constraint components (SHACL section 4) whose results say that something is not there.
_ABSENCE = {f"{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "HasValue", "Or", "Xone", "And")}


@dataclass(frozen=True)
class Cell:
    """A cell: its place, what stands in it, and the record it belongs to (0 in a file without records)."""

    origin: Origin
    value: str
    record: int = 0


@dataclass(frozen=True)
class Trail:
    """Finds cells in what the engine knows; `plan` tells which columns a rule reads."""

    engine: Engine
    plan: Plan

    def cells(self, source: Source, record: int, read: Sequence[str]) -> Cell:
        """Return the first of the columns that a record fills; the first one where all are empty."""
        line, values = self.engine.cells(source, record, read)
        column, value = next((pair for pair in zip(read, values, strict=True) if pair[1]), (read[0], values[0]))
        return Cell(Origin(source.file, line, column), value, record)

    def find(self, result: Result, predicates: Iterable[str], value: Object | None) -> list[Cell]:
        """Return the cells behind a validation result.

        `predicates` are what the shape looks at, the one to mend first. Tried in turn: the cell of exactly
        this statement; where something is missing, the empty cell it would come from; the other values of
        the predicate; what gives the subject its name.
        """
        looked_at = list(dict.fromkeys([*([result.path] if result.path else []), *predicates]))
        exact = self._said if value is not None else self._nothing
        ways = [exact, self._missing, self._any] if result.component in _ABSENCE else [exact, self._any, self._missing]
        for way in ways:
            for predicate in looked_at:
                found = way(result.focus, predicate, value)
                if found:
                    return found
        return self._identity(result.focus)

    def fault(self, resource: str, predicate: str) -> list[Cell]:
        """Return the cells of a statement that a rule about the whole dataset names.

        The resource is the subject of the statement; where it does not exist, it is what is pointed to.
        """
        return (
            (self._any(resource, predicate) if predicate else [])
            or self._pointing(resource, predicate or None)
            or (self._missing(resource, predicate) if predicate else [])
            or self._identity(resource)
        )

    def _pointing(self, iri: str, predicate: str | None) -> list[Cell]:
        return self._cells(self.engine.said(sql.POINTING, object=iri, predicate=predicate))

    def _nothing(self, _subject: str, _predicate: str, _value: Object | None = None) -> list[Cell]:
        return []

    def _any(self, subject: str, predicate: str | None, _value: Object | None = None) -> list[Cell]:
        return self._said(subject, predicate, None)

    def _said(self, subject: str, predicate: str | None, value: Object | None) -> list[Cell]:
        lexical, datatype, language = value or (None, None, None)
        said = self.engine.said(
            sql.SAID,
            subject=subject,
            predicate=predicate,
            object=lexical,
            datatype=datatype,
            language=language,
        )
        return self._cells(said)

    def _missing(self, subject: str, predicate: str, _value: Object | None = None) -> list[Cell]:
        """Return the cell of each record of the subject from which the predicate would be said.

        It is empty, or what stands in it could not be used.
        """
        cells: dict[tuple[str, int], Cell] = {}
        unsaid = not self._any(subject, predicate)
        for named, record in self._records(subject):
            for each in self.plan.statements:
                if each.map is named and each.rule.predicate == predicate and each.columns:
                    cell = self.cells(named.source, record, each.columns[:1])
                    if unsaid or not cell.value:
                        cells.setdefault((named.source.file, record), cell)
        return list(cells.values())

    def _records(self, subject: str) -> Iterator[tuple[RecordMap, int]]:
        """Yield the maps and records that say what the subject is; others only add to it."""
        said = self.engine.said(sql.SAID, subject=subject, predicate=TYPE, object=None, datatype=None, language=None)
        for each in said:
            if each.rule is not None and each.record is not None:
                yield self.plan.statements[each.rule].map, each.record

    def _identity(self, subject: str) -> list[Cell]:
        for named, record in self._records(subject):
            read = columns(named.subject)
            return [self.cells(named.source, record, read)] if read else []
        return self._any(subject, None)[:1]

    def _cells(self, said: Iterable[Said]) -> list[Cell]:
        return _once(cell for each in said for cell in self._cell(each))

    def _cell(self, said: Said) -> Iterator[Cell]:
        if said.file is not None:
            yield Cell(Origin(said.file, said.line or 0), "")
        elif said.rule is not None and said.record is not None:
            statement = self.plan.statements[said.rule]
            yield self.cells(statement.map.source, said.record, statement.columns)


def _once(cells: Iterable[Cell]) -> list[Cell]:
    return list(dict.fromkeys(cells))
