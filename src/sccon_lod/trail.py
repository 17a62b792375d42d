"""The way back from a statement to the cell it was made from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sccon_lod.engine import Engine, Record, Said, Stated
from sccon_lod.errors import Origin
from sccon_lod.findings import Record as RecordId
from sccon_lod.findings import Result
from sccon_lod.mapping import RecordMap, Source, columns
from sccon_lod.plan import Plan
from sccon_lod.sql import statements
from sccon_lod.terms import TYPE

# The object of a statement: lexical form or IRI, datatype, language.
Object = tuple[str, str, str]

_TWICE_IN_ONE_LANGUAGE = "UniqueLangConstraintComponent"
# Constraint components (SHACL section 4) whose results say that something is not there.
_ABSENCE = {f"{name}ConstraintComponent" for name in ("MinCount", "QualifiedMinCount", "HasValue", "Or", "Xone", "And")}

# Components whose results say that there is more than one of something.
CONFLICTS = {f"{name}ConstraintComponent" for name in ("MaxCount", "QualifiedMaxCount", "UniqueLang")}


@dataclass(frozen=True)
class Cell:
    """A cell: its place, what stands in it, and the record that it is of; None where it is of none."""

    origin: Origin
    value: str
    record: RecordId | None = None


@dataclass(frozen=True)
class Trail:
    """Finds cells in what the engine knows; `plan` tells which columns a rule reads.

    What was asked once is remembered. `prepare` asks about many subjects at once, which is a hundred times faster.
    """

    engine: Engine
    plan: Plan
    _known: dict[str, list[Stated]] = field(default_factory=dict)
    _read: dict[tuple[str, int], Record] = field(default_factory=dict)

    def forget(self) -> None:
        """Forget what was said of subjects; records stay as they were read."""
        self._known.clear()

    def prepare(self, subjects: Iterable[str]) -> None:
        """Learn what is said of the subjects, and the records that say it."""
        fresh = sorted(set(subjects) - set(self._known))
        self._known.update({subject: [] for subject in fresh})
        records: dict[str, set[int]] = defaultdict(set)
        named = {source.key: source for source in self.plan.sources}
        for subject, stated in self.engine.stated(fresh):
            self._known[subject].append(stated)
            if stated.said.rule is not None and stated.said.record is not None:
                records[self.plan.statements[stated.said.rule].map.source.key].add(stated.said.record)
        for key, numbers in records.items():
            self.learn(named[key], numbers)

    def learn(self, source: Source, numbers: Iterable[int]) -> None:
        """Read some records of a source, so that their cells are at hand."""
        fresh = sorted({each for each in numbers if (source.key, each) not in self._read})
        for record in self.engine.records(source, fresh) if fresh else ():
            self._read[source.key, record.number] = record

    def record(self, source: Source, number: int) -> Record:
        """Return a record as it was read."""
        self.learn(source, [number])
        return self._read[source.key, number]

    def cells(self, source: Source, record: int, read: Sequence[str]) -> Cell:
        """Return the first of the columns that a record fills; the first one where all are empty.

        Without columns it is the record as a whole.
        """
        found = self.record(source, record)
        column = next((each for each in read if found.cells[each]), read[0] if read else "")
        origin = Origin(found.file, found.line, column, found.path)
        return Cell(origin, found.cells.get(column, ""), RecordId(source.key, record))

    def find(self, result: Result, predicates: Iterable[str], value: Object | None) -> list[Cell]:
        """Return the cells behind a validation result.

        `predicates` are what the shape looks at, the one to mend first. Tried in turn: the cell of exactly
        this statement; where something is missing, the empty cell it would come from; the other values of
        the predicate; what gives the subject its name.
        """
        looked_at = list(dict.fromkeys([*([result.path] if result.path else []), *predicates]))
        if result.component == _TWICE_IN_ONE_LANGUAGE:
            return [cell for predicate in looked_at for cell in self._repeated(result.focus, predicate)]
        exact = self._exact if value is not None else self._nothing
        ways = [exact, self._missing, self._any] if result.component in _ABSENCE else [exact, self._any, self._missing]
        for way in ways:
            for predicate in looked_at:
                found = way(result.focus, predicate, value)
                if found:
                    return found
        return self._identity(result.focus)

    def answer(self, result: Result, value: Object | None) -> list[Cell]:
        """Return the cells behind what a query found about a record.

        Tried in turn: the statement of the path and value that it names, or with that value alone; the path; what gives
        the subject its name.
        """
        stated = (each for each in self._stated(result.focus) if result.path in ("", each.predicate))
        exact = self._cells(each.said for each in stated if _same(each, value))
        return exact or self.find(result, (), None)

    def is_of_record(self, resource: str) -> bool:
        """Whether a record speaks of a resource; of the dataset as a whole only the settings do, or nothing does."""
        rules = [each.said.rule for each in self._stated(resource)]
        return any(rule is not None and not self.plan.statements[rule].map.source.is_settings for rule in rules)

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

    def _exact(self, subject: str, predicate: str, value: Object | None) -> list[Cell]:
        """Return the cells of a statement; on an inverse path, the value says it of the subject."""
        found = self._said(subject, predicate, value)
        if not found and value is not None and not value[1]:
            found = self._said(value[0], predicate, (subject, "", ""))
        return found

    def _pointing(self, iri: str, predicate: str | None) -> list[Cell]:
        return self._cells(self.engine.said(statements.POINTING, object=iri, predicate=predicate))

    def _stated(self, subject: str) -> list[Stated]:
        if subject not in self._known:
            self.prepare([subject])
        return self._known[subject]

    def _nothing(self, _subject: str, _predicate: str, _value: Object | None = None) -> list[Cell]:
        return []

    def _any(self, subject: str, predicate: str, _value: Object | None = None) -> list[Cell]:
        return self._cells(each.said for each in self._stated(subject) if each.predicate == predicate)

    def _said(self, subject: str, predicate: str, value: Object | None) -> list[Cell]:
        return self._cells(
            each.said for each in self._stated(subject) if each.predicate == predicate and _same(each, value)
        )

    def _repeated(self, subject: str, predicate: str) -> list[Cell]:
        """Return the cells of the values that share their language with another."""
        values = {
            (each.language.casefold(), each.object) for each in self._stated(subject) if each.predicate == predicate
        }
        languages = [language for language, _ in values]
        return self._cells(
            each.said
            for each in self._stated(subject)
            if each.predicate == predicate and languages.count(each.language.casefold()) > 1
        )

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
                        cells.setdefault((named.source.key, record), cell)
        return list(cells.values())

    def _records(self, subject: str) -> Iterator[tuple[RecordMap, int]]:
        """Yield the maps and records that say what the subject is; others only add to it."""
        for each in self._stated(subject):
            if each.predicate == TYPE and each.said.rule is not None and each.said.record is not None:
                yield self.plan.statements[each.said.rule].map, each.said.record

    def _identity(self, subject: str) -> list[Cell]:
        for named, record in self._records(subject):
            # The last column names the record itself; those before it name what it belongs to.
            read = columns(named.subject)[::-1]
            return [self.cells(named.source, record, read)] if read else []
        # Nothing says what it is: then what names it in the rows that speak of it.
        for each in self._stated(subject):
            if each.said.rule is not None and each.said.record is not None:
                other = self.plan.statements[each.said.rule].map
                return [self.cells(other.source, each.said.record, columns(other.subject))]
        return self._cells(each.said for each in self._stated(subject))[:1] or self._pointing(subject, None)

    def _cells(self, said: Iterable[Said]) -> list[Cell]:
        return _once(cell for each in said for cell in self._cell(each))

    def _cell(self, said: Said) -> Iterator[Cell]:
        if said.file is not None:
            yield Cell(Origin(said.file, said.line or 0), "")
        elif said.rule is not None and said.record is not None:
            statement = self.plan.statements[said.rule]
            yield self.cells(statement.map.source, said.record, statement.columns)


def _same(stated: Stated, value: Object | None) -> bool:
    """Whether a statement has the value; a validator may write a language tag in other letters."""
    if value is None:
        return False
    lexical, datatype, language = value
    return (
        stated.object == lexical and stated.datatype == datatype and stated.language.casefold() == language.casefold()
    )


def _once(cells: Iterable[Cell]) -> list[Cell]:
    return list(dict.fromkeys(cells))
