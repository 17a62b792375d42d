"""Dumps put together: which subjects are written row by row, which from facts, and all of them in order."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sccon_lod.engine import Engine
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.lexicon import Told
from sccon_lod.names import Names
from sccon_lod.plan import Group, Plan
from sccon_lod.sql import blocks, checks, dumps, facts, sources, statements, words
from sccon_lod.sql.blocks import Block, Proven, Rows
from sccon_lod.sql.dumps import Stream

_PLANNED = 1_000  # rows from which on it pays to plan well what a rule says of them


@dataclass(frozen=True)
class Woven:
    """A group that is written row by row, and whether its rows come in the order of their subjects.

    `renewal` is the statement that makes its table anew from the rows that are left; empty where it is a view.
    """

    rows: Rows
    is_ordered: bool
    renewal: str = ""


@dataclass(frozen=True)
class Assembly:
    """What has to be done to write the dumps of a run; `facts` is the table of the facts that are written."""

    names: Names
    woven: tuple[Woven, ...]
    has_facts: bool
    facts: str = "fact"

    @property
    def by_row(self) -> tuple[Group, ...]:
        """The groups that are written row by row."""
        return tuple(each.rows.group for each in self.woven)


def settle(engine: Engine, plan: Plan, names: Names, proven: Proven, few: int | None = None) -> Assembly:
    """Find out which subjects one row alone speaks of, and collect the facts about the others.

    Sources with as many rows as `few`, by default `blocks.FEW`, are written row by row where that is possible.
    """
    least = blocks.FEW if few is None else few
    for macro in facts.name_macros(names):
        engine.run(macro)
    families: dict[int, list[Group]] = defaultdict(list)
    for group in plan.groups:
        families[group.family].append(group)
    tables = _Tables(engine, {source.key: index for index, source in enumerate(plan.sources)}, proven, plan.groups)
    woven = [each for groups in families.values() for each in _weave(tables, groups, names, least)]
    engine.run(statements.FACTS)
    return Assembly(names, tuple(woven), engine.one(statements.COUNT_FACTS) != (0,))


@dataclass(frozen=True)
class _Tables:
    """The engine, the number of each source by its key, and the tests that all their rows have passed."""

    engine: Engine
    indexes: Mapping[str, int]
    proven: Proven
    groups: Sequence[Group]
    _repeated: dict[tuple[str, str], bool] = field(default_factory=dict)
    _distinct: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    _columns: dict[int, frozenset[str]] = field(default_factory=dict)

    def index(self, group: Group) -> int:
        return self.indexes[group.source.key]

    def rows(self, group: Group) -> int:
        return self.engine.one(checks.count(self.index(group)))[0]

    def order(self, group: Group) -> tuple[bool, bool]:
        """Tell whether the subjects of a group differ, and whether they rise from row to row."""
        index, key = self.index(group), (group.source.key, checks.stored(group))
        if self._is_kept(index, blocks.read_by(group)):
            return False, False
        if key not in self._repeated:
            count, rising = self.engine.one(checks.profile(index, group))
            if rising:
                return True, True
            self._repeated[key] = self.engine.one(checks.distinct(index, group))[0] < count
        return not self._repeated[key], False

    def distinct(self, group: Group) -> tuple[str, str]:
        """Return a table of the different rows of a group, and the statement that makes it.

        Groups whose subjects differ by the same cell share it.
        """
        key = (group.source.key, checks.stored(group))
        if key not in self._distinct:
            like = [each for each in self.groups if (each.source.key, checks.stored(each)) == key]
            made = self._create_distinct(group, blocks.read_by(*like))
            self.engine.run(made)
            self._distinct[key] = statements.distinct_table(group.index), made
        return self._distinct[key]

    def _is_kept(self, index: int, columns: Sequence[str]) -> bool:
        """Whether the table of rows keeps these columns, which it does where rows repeat subjects."""
        if index not in self._columns:
            found = self.engine.ask(checks.columns_of_rows(index))
            self._columns[index] = frozenset(words.name(str(name)) for (name,) in found)
        return bool(columns) and all(checks.kept_column(each) in self._columns[index] for each in columns)

    def _create_distinct(self, group: Group, columns: Sequence[str]) -> str:
        index = self.index(group)
        if self._is_kept(index, columns):
            kept = {each: checks.kept_column(each) for each in columns}
            return statements.create_distinct(group.index, checks.with_subject(index, group), kept)
        read = {each: words.column(each) for each in columns}
        return statements.create_distinct(group.index, sources.table(group.source), read)

    def woven(self, profile: "_Profile", without: str | None) -> Woven:
        rows = Rows(profile.group, profile.table, without, self.engine.lists, self.proven)
        return Woven(rows, profile.is_ordered, profile.renewal)


def _weave(tables: _Tables, groups: Sequence[Group], names: Names, few: int) -> list[Woven]:
    """Return how those groups of a family are written that are written by row; all else becomes statements."""
    engine = tables.engine
    many = [each for each in groups if tables.rows(each) >= few]
    by_row = [each for each in many if blocks.is_written_by_row(each, engine.lists, names)]
    others = [each for each in groups if each not in by_row]
    for group in others:
        _note(tables, group)
    profiles = [_profile(tables, group) for group in by_row]
    is_alone = len(groups) == 1 and engine.one(statements.COUNT_TOLD) == (0,)
    if not by_row or (is_alone and profiles[0].is_unique):
        return [tables.woven(each, None) for each in profiles]
    # A subject of other groups is never written by row: it counts twice.
    keys = [each.subjects for each in profiles] + 2 * [blocks.subjects(each, engine.lists) for each in others]
    without = _shared(engine, groups[0].family, by_row, keys)
    return [tables.woven(each, without) for each in profiles]


def _note(tables: _Tables, group: Group) -> None:
    if tables.rows(group) < _PLANNED:
        tables.engine.state_all(group.statements)
        return
    for statement in group.statements:
        tables.engine.state(statement)


@dataclass(frozen=True)
class _Profile:
    """The rows of a group: their table, the query for their subjects, whether these differ, and are in order."""

    group: Group
    table: str
    subjects: str
    is_unique: bool
    is_ordered: bool
    renewal: str = ""


def _profile(tables: _Tables, group: Group) -> _Profile:
    """Look at the subjects of a group; where rows repeat them, only different rows are kept."""
    index = tables.index(group)
    is_unique, rising = tables.order(group)
    if is_unique:
        is_ordered = bool(rising) and not blocks.calls(group)
        return _Profile(group, sources.table(group.source), checks.subjects(index, group), True, is_ordered)
    table, renewal = tables.distinct(group)
    return _Profile(group, table, blocks.subjects(group, tables.engine.lists, table), False, False, renewal)


def _shared(engine: Engine, family: int, by_row: Sequence[Group], keys: Sequence[str]) -> str | None:
    """Note what is said of subjects that more than one row speaks of; return the table of these."""
    engine.run(statements.create_shared(family, keys))
    table = statements.shared_table(family)
    if engine.one(statements.count_shared(family)) == (0,):
        return None
    for group in by_row:
        for statement in group.statements:
            engine.state(statement, among=table)
    return table


def state(
    engine: Engine,
    assembly: Assembly,
    picked: Mapping[int, str] | None = None,
    is_wanted: Callable[[str], bool] = lambda _: True,
) -> None:
    """Note what rows say of subjects that are written row by row, so that it can be validated and traced.

    `picked` are queries for the numbers of rows, by group, by default all; `is_wanted` tells of predicates.
    """
    for each in assembly.woven:
        group = each.rows.group
        rules = tuple(one for one in group.statements if is_wanted(one.rule.predicate))
        records = "" if picked is None else picked.get(group.index)
        if not rules or records is None or (records and engine.one(statements.count_of(records)) == (0,)):
            continue
        table = pick(engine, replace(group, statements=rules), sources.table(group.source), records)
        for one in rules:
            engine.run(statements.state(one, engine.lists, table=table, without=each.rows.without))
        engine.run(statements.drop(table))


def pick(engine: Engine, group: Group, source: str, records: str = "") -> str:
    """Keep what a group reads of some rows, by default of all, so that a file is read once; return the table."""
    table = statements.picked_table(group.index)
    is_numbered = source == sources.table(group.source)
    engine.run(statements.create_picked(table, source, blocks.read_by(group), records, is_numbered))
    return table


@contextmanager
def said(engine: Engine, assembly: Assembly, predicates: Set[str]) -> Iterator[list[str]]:
    """Give queries for what all rows say, with some predicates, of subjects that are written row by row.

    Each says nothing twice.
    """
    tables: list[str] = []
    queries: list[str] = []
    for each in assembly.woven:
        wanted = tuple(one for one in each.rows.group.statements if one.rule.predicate in predicates)
        if wanted:
            group = replace(each.rows.group, statements=wanted)
            table = pick(engine, group, each.rows.table)
            tables.append(table)
            rules = blocks.rules_of(group).values()
            queries += [statements.said(own, engine.lists, table, each.rows.without) for own in rules]
    yield queries
    for table in tables:
        engine.run(statements.drop(table))


def tell(engine: Engine, assembly: Assembly, told: Sequence[Told], names: Names) -> Assembly:
    """Add statements about subjects that no row speaks of; `names` are the short names with those of theirs."""
    engine.tell(told)
    engine.run(statements.ADD_FACTS)
    for macro in facts.name_macros(names):
        engine.run(macro)
    return replace(assembly, names=names, has_facts=True)


def count(engine: Engine, assembly: Assembly) -> int:
    """Return the number of statements."""
    queries = [statements.COUNT_FACTS, *(blocks.count(each.rows) for each in assembly.woven)]
    return sum(engine.one(query)[0] for query in queries)


# --- writing


def _block(form: Format, rows: Rows, names: Names) -> Block:
    if form is NTRIPLES:
        return blocks.ntriples(rows)
    if form is TURTLE:
        return blocks.turtle(rows, names)
    return blocks.jsonld(rows, names)


_OF_FACTS = {NTRIPLES: lambda _, table: facts.ntriples(table), TURTLE: facts.turtle, JSONLD: facts.jsonld}


def _queries(engine: Engine, assembly: Assembly, form: Format) -> list[str]:
    """Return the queries for the texts of a dump in order; facts are made ready for them."""
    streams = [
        Stream(each.rows.group, _block(form, each.rows, assembly.names), each.is_ordered) for each in assembly.woven
    ]
    if assembly.has_facts:
        engine.run(dumps.create_facts(_OF_FACTS[form](assembly.names, assembly.facts)))
    return dumps.dump(streams, assembly.has_facts)


def texts(engine: Engine, assembly: Assembly, form: Format) -> Iterator[list[bytes]]:
    """Yield the texts of a dump in UTF-8, some at once, in the order of their subjects; each ends its line."""
    for query in _queries(engine, assembly, form):
        yield from engine.stream(dumps.encoded(query))


def lines(engine: Engine, assembly: Assembly) -> Iterator[str]:
    """Yield the statements as lines of canonical N-Triples, sorted."""
    for some in texts(engine, assembly, NTRIPLES):
        for text in some:
            yield from text.decode().split("\n")[:-1]
