"""Records that are held back: what they say is taken out of a run, and what points to them as well."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sccon_lod import assembly, patterns
from sccon_lod.assembly import Assembly, Woven
from sccon_lod.checks import Examined
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Record, Severity
from sccon_lod.language import Text
from sccon_lod.mapping import Link, Source, Term
from sccon_lod.plan import Group, Plan, Statement
from sccon_lod.sql import checks, holding, sources, statements
from sccon_lod.terms import IDENTIFIER
from sccon_lod.trail import Trail

DANGLING = "reference-held-back"


class Dropped(NamedTuple):
    """A statement that is left out: its rule, record and subject, and the record that is held back.

    `is_link` says that it points to what that record describes; else it speaks of that.
    """

    rule: int
    record: int
    subject: str
    target: Record
    is_link: bool


@dataclass(frozen=True)
class Holding:
    """The records of a run that are held back; `examined` are its sources, in the order of the plan."""

    engine: Engine
    plan: Plan
    examined: Sequence[Examined]

    @classmethod
    def begin(cls, engine: Engine, plan: Plan, examined: Sequence[Examined]) -> "Holding":
        """Hold nothing back yet."""
        found = cls(engine, plan, examined)
        for statement in holding.TABLES:
            engine.run(statement)
        engine.insert("hold.maker", [(each.index, found.places[each.map.source.key]) for each in plan.statements])
        return found

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The number of each source by its key."""
        return {each.source.key: each.index for each in self.examined}

    def named(self, source: Source) -> Group | None:
        """Return the group whose subjects name the records of a source: an identified one, else the first."""
        keyed = self._keyed(source)
        identified = [one for one in keyed if any(each.rule.predicate == IDENTIFIER for each in one.statements)]
        return next(iter([*identified, *keyed]), None)

    def _keyed(self, source: Source) -> list[Group]:
        return [each for each in self.plan.of(source) if checks.is_keyed(each, self.engine.lists)]

    def hold(self, assembled: Assembly, records: Collection[Record]) -> tuple[Assembly, list[Dropped]]:
        """Take records out of a run; return how the rest is written, and which statements of others are left out.

        A statement that points to something that no record describes any more is left out, as is what other records
        say of it, and so on: what was said in such statements only is gone, too.
        """
        engine, places = self.engine, self.places
        engine.insert("hold.fresh", [(places[each.source], each.number) for each in sorted(records)])
        engine.run(holding.LOSE_NOTED)
        touched = sorted({places[each.source] for each in records})
        for each in assembled.woven:
            place = places[each.rows.group.source.key]
            if place in touched:
                engine.run(holding.lose(place, each.rows.group))
            # Validation has noted what some of its rows say.
            engine.run(holding.forget(each.rows.group.statements, each.rows.without))
        engine.run(holding.FORGET_NOTED)
        for place in touched:
            self._take_out(place)
        engine.run(holding.FORGET_FRESH)
        for renewal in {each.renewal for each in assembled.woven if each.renewal}:
            engine.run(renewal)
        return self._settle(assembled)

    def _take_out(self, place: int) -> None:
        source = self.examined[place].source
        self.engine.run(holding.note(place, self.named(source)))
        keyed = self._keyed(source)
        if keyed:
            self.engine.run(checks.silence(place, keyed, holding.fresh(place)))
        self.engine.run(sources.create_view(source, holding.held(place)))

    def _settle(self, assembled: Assembly) -> tuple[Assembly, list[Dropped]]:
        """Leave out what points to what is gone, until nothing does."""
        engine, dropped = self.engine, []
        keys = [each.source.key for each in self.examined]
        while True:
            engine.run(holding.FIND_GONE)
            for each in assembled.woven:
                engine.run(holding.keep(self.places[each.rows.group.source.key], each.rows.group))
            if engine.one(holding.COUNT_GONE) == (0,):
                break
            assembled = self._note_pointing(assembled)
            found = [tuple(map(str, row)) for row in engine.ask(holding.POINTING)]
            if not found:
                break
            for rule, record, subject, source, number, is_link in found:
                target = Record(keys[int(source)], int(number))
                dropped.append(Dropped(int(rule), int(record), subject, target, is_link == "1"))
            engine.run(holding.LOSE_POINTING)
            engine.run(holding.FORGET_POINTING)
        engine.run(statements.FACTS)
        return replace(assembled, has_facts=engine.one(statements.COUNT_FACTS) != (0,)), dropped

    def _note_pointing(self, assembled: Assembly) -> Assembly:
        """Note what is said of the subjects that are written row by row and point to what is gone."""
        woven = list(assembled.woven)
        for family in sorted({each.rows.group.family for each in woven}):
            members = [each for each in woven if each.rows.group.family == family]
            if self._moves(members):
                without = statements.shared_table(family)
                self.engine.run(statements.create_unshared(family))
                for each in members:
                    for statement in each.rows.group.statements:
                        self.engine.state(statement, among=holding.MOVED)
                self.engine.run(holding.move(without))
                moved = {each.rows.group.index for each in members}
                woven = [
                    replace(each, rows=replace(each.rows, without=without)) if each.rows.group.index in moved else each
                    for each in woven
                ]
        return replace(assembled, woven=tuple(woven))

    def _moves(self, members: Iterable[Woven]) -> bool:
        """Keep the subjects that point to what is gone; return whether there are any."""
        tables: list[str] = []
        queries: list[str] = []
        for each in members:
            group = each.rows.group
            queries.append(holding.speaking(self.places[group.source.key], group, each.rows.without))
            rules = [one for one in group.statements if self._may_point(one)]
            if rules:
                table = assembly.pick(self.engine, replace(group, statements=tuple(rules)), sources.table(group.source))
                tables.append(table)
                queries.append(holding.pointing(rules, self.engine.lists, table, each.rows.without))
        self.engine.run(holding.create_moved(queries))
        for table in tables:
            self.engine.run(statements.drop(table))
        return self.engine.one(holding.COUNT_MOVED) != (0,)

    def _may_point(self, statement: Statement) -> bool:
        """Whether a rule may say the IRI of some subject."""
        term = statement.rule.object
        if isinstance(term, Link) or (isinstance(term, Term) and not term.is_iri):
            return False
        return any(patterns.may_meet(each.subject, term) for each in self.plan.groups)

    def resources(self, records: Collection[Record]) -> Mapping[Record, Sequence[str]]:
        """Return what records speak of."""
        found: dict[Record, list[str]] = defaultdict(list)
        self.engine.insert("hold.fresh", [(self.places[each.source], each.number) for each in sorted(records)])
        for key in sorted({each.source for each in records}):
            place = self.places[key]
            for group in self._keyed(self.examined[place].source):
                for subject, number in self.engine.ask(checks.subjects_of(place, group, holding.fresh(place))):
                    found[Record(key, int(str(number)))].append(str(subject))
        self.engine.run(holding.FORGET_FRESH)
        return found

    def learn(self, records: Collection[Record], trail: Trail) -> None:
        """Read records at once, which is much faster than one by one."""
        for each in self.examined:
            trail.learn(each.source, (one.number for one in records if one.source == each.source.key))

    def place(self, record: Record, trail: Trail) -> Origin:
        """Return the place of a record."""
        source = self.examined[self.places[record.source]].source
        return trail.cells(source, record.number, ()).origin

    def findings(self, dropped: Sequence[Dropped], trail: Trail) -> Iterator[Finding]:
        """Yield a finding for each statement that is left out, at its cell."""
        rules = self.plan.statements
        self.learn([Record(rules[each.rule].map.source.key, each.record) for each in dropped], trail)
        self.learn([each.target for each in dropped], trail)
        for each in dropped:
            statement = rules[each.rule]
            cell = trail.cells(statement.map.source, each.record, statement.columns)
            target = self.place(each.target, trail)
            text = _dangling(target) if each.is_link else _foreign(target)
            yield Finding(cell.origin, Severity.WARNING, DANGLING, text, cell.value, record=cell.record)


def _foreign(target: Origin) -> Text:
    return Text(
        f"Das gehört zu einem Datensatz, der zurückgehalten wird: {target}; es wird nicht veröffentlicht.",
        f"This is about a record that is held back: {target}; it is not published.",
    )


def _dangling(target: Origin) -> Text:
    return Text(
        f"Das verweist auf einen Datensatz, der zurückgehalten wird: {target}; der Verweis wird nicht veröffentlicht.",
        f"This points to a record that is held back: {target}; the reference is not published.",
    )
