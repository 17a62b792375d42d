"""What rows say otherwise than in the release that is remembered, and what follows from it."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sccon_lod import affected, assembly, memory, validation
from sccon_lod.assembly import Assembly, Woven
from sccon_lod.engine import Engine
from sccon_lod.formats import NTRIPLES, Format
from sccon_lod.holding import Holding
from sccon_lod.identity import Identities
from sccon_lod.memory import Memory, Place
from sccon_lod.positions import Reading, key
from sccon_lod.results import Found
from sccon_lod.sampling import Dump
from sccon_lod.sql import blocks, sources, statements
from sccon_lod.sql import memory as sql
from sccon_lod.suspects import Suspects

SHARE = 0.02  # of all subjects may have changed; with more it is not worth the trouble
_FEW = 20  # … and so many always
EVERY = 1_024  # a dump is cut before one of so many subjects


def note(holding: Holding, assembled: Assembly) -> None:
    """Keep one number for all that rows say of each subject."""
    woven = [
        (holding.places[each.rows.group.source.key], each.rows.group, each.rows.without) for each in assembled.woven
    ]
    for statement in sql.create_now(woven):
        holding.engine.run(statement)


def cuts(engine: Engine) -> list[bytes]:
    """Return the keys before which packed dumps are cut, in order."""
    return sorted(key(str(subject)) for (subject,) in engine.ask(sql.cuts(EVERY)))


def find(holding: Holding, assembled: Assembly, identities: Identities, place: Place, name: str) -> "Increment | None":
    """Return what has changed since the last release, whose files begin with a name.

    None where nothing is remembered of it that can be relied on, or too much has changed.
    """
    known = memory.read(place)
    if known is None or identities.last is None or identities.last.serial != known.serial:
        return None
    engine = holding.engine
    try:
        engine.exchange(sql.create_changed(memory.subjects(place.public)))
    except OSError:
        return None
    (there, different), (count,) = engine.one(sql.COUNT_NOW), engine.one(sql.COUNT_CHANGED)
    folder = memory.folder(place.public, known.serial)
    is_little = count <= max(_FEW, SHARE * there) and there == different
    if not is_little or not memory.are_untouched({folder / each: file for each, file in known.files.items()}):
        return None
    found = {str(subject): now for subject, now in engine.ask(sql.CHANGES)}
    part = _part(holding, assembled, {int(str(each)) for each in found.values() if each is not None})
    return Increment(engine, known, folder, name, part, frozenset(found), identities.graves())


def _part(holding: Holding, assembled: Assembly, groups: Set[int]) -> Assembly:
    """Return how what has changed is written."""
    engine = holding.engine
    woven = tuple(_picked(holding, each) for each in assembled.woven if each.rows.group.index in groups)
    engine.run(sql.CREATE_FACT)
    return replace(assembled, woven=woven, has_facts=engine.one(sql.COUNT_FACT) != (0,), facts=sql.FACT)


def _picked(holding: Holding, woven: Woven) -> Woven:
    rows, engine = woven.rows, holding.engine
    group, table = rows.group, sql.picked_table(rows.group)
    if rows.table == sources.table(group.source):
        records = sql.among_rows(holding.places[group.source.key], group)
        read = blocks.read_by(group)
        engine.run(statements.create_picked(table, rows.table, read, records, is_numbered=True))
    else:
        engine.run(sql.pick_distinct(group, rows.table, rows.lists))
    return Woven(replace(rows, table=table), is_ordered=False)


@dataclass(frozen=True)
class Increment:
    """The subjects that have changed, how they are written, and the release that is remembered.

    `folder` is that of the release, `name` what its files begin with; `graves` are the documents that were withdrawn.
    """

    engine: Engine
    memory: Memory
    folder: Path
    name: str
    part: Assembly
    changed: frozenset[str]
    graves: frozenset[str]

    @property
    def former(self) -> Path:
        """The dump of the release that is remembered, in N-Triples."""
        return self.folder / f"{self.name}{NTRIPLES.suffix}"

    def texts(self, assembled: Assembly, form: Format) -> Mapping[bytes, bytes]:
        """Return the texts of the subjects that have changed by their keys; empty where nothing is said of one."""
        part, read = replace(self.part, names=assembled.names), Reading.of(form, assembled.names).subject
        found = {key(each): b"" for each in self.changed}
        if self.changed:
            for texts in assembly.texts(self.engine, part, form):
                found |= {key(read(each)): each for each in texts}
        return found

    @cached_property
    def now(self) -> Mapping[str, list[str]]:
        """What is said of the subjects that have changed, as lines of N-Triples without their ends."""
        texts = self.texts(self.part, NTRIPLES)
        return {each: texts[key(each)].decode().split("\n")[:-1] for each in self.changed}

    @cached_property
    def before(self) -> Mapping[str, list[str]]:
        """What the last release says of them; of what was withdrawn nothing."""
        with Dump(self.former, self.graves) as dump:
            return {each: list(dump.about(each)) for each in self.changed}

    @property
    def statements(self) -> int:
        """The number of statements that there are now."""
        counts = (sum(map(len, each.values())) for each in (self.before, self.now))
        before, now = counts
        return self.memory.statements - before + now

    def results(self, suspects: Suspects) -> tuple[set[Found], bool] | None:
        """Return the results of the shapes, and whether there are literals that cannot be compared.

        Those of what has not changed are remembered; None where they may have changed all the same.
        """
        deciding = affected.predicates(suspects.demands)
        if deciding is None or not deciding.isdisjoint(self.predicates):
            return None
        with Dump(self.former, self.graves) as dump:
            found = affected.find(_Said(self.now, dump), self.changed, suspects.demands)
        if found is None:
            return None
        results, is_mixed = found
        whole = {*results, *(each for each in self.memory.results if each.result.focus not in self.changed)}
        is_known = not whole or validation.note_named(self.engine, suspects, whole, sql.unknown)
        return (whole, is_mixed or self.memory.is_mixed) if is_known else None

    @cached_property
    def predicates(self) -> Set[str]:
        """The predicates of the statements that are new or gone."""
        moved = {line for each in self.changed for line in {*self.before[each]} ^ {*self.now[each]}}
        return {line.split(" ", 2)[1][1:-1] for line in moved}


@dataclass(frozen=True)
class _Said:
    """What is said of a subject now."""

    now: Mapping[str, list[str]]
    dump: Dump

    def about(self, subject: str) -> Iterator[str]:
        return iter(self.now[subject]) if subject in self.now else self.dump.about(subject)
