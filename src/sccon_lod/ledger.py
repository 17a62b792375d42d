"""The ledger of a run: how each row of each source ends, and what was published before and is gone."""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from sccon_lod.errors import Origin
from sccon_lod.findings import Account, Finding, Record, Severity, State, Waiver
from sccon_lod.holding import Holding
from sccon_lod.judgement import Verdict
from sccon_lod.sql import ledger as sql
from sccon_lod.sql.dumps import encoded
from sccon_lod.trail import Trail

FILE = "ledger.csv"


@dataclass(frozen=True)
class Entry:
    """A row that is not simply published: where it is, what it speaks of, and the rules that it violates.

    `number` is that of its record, None where it is none; `resource` is empty where nothing names it; `was_published`
    says that the last release, or one before, has it.
    """

    source: str
    state: State
    number: int | None = None
    origin: Origin = field(default_factory=lambda: Origin(""))
    resource: str = ""
    was_published: bool = False
    rules: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """The rows of a run that are not simply published, by source and record; `holding` knows all others."""

    holding: Holding
    entries: tuple[Entry, ...]

    @property
    def withdrawn(self) -> Mapping[str, int]:
        """How many resources of each source are withdrawn."""
        return Counter(each.source for each in self.entries if each.state is State.WITHDRAWN)

    def lines(self) -> Iterator[bytes]:
        """Yield ledger.csv: a line for each row, by source and record, and then what is withdrawn."""
        yield (",".join(sql.COLUMNS) + "\n").encode()
        engine, places = self.holding.engine, self.holding.places
        numbered = [(place, each) for place, each in enumerate(self.entries) if each.source in places]
        engine.insert(
            "ledger.line",
            [(places[each.source], each.number, place, _line(each)) for place, each in numbered],
        )
        for source in (each.source for each in self.holding.examined):
            query = sql.lines(places[source.key], source, self.holding.named(source), engine.is_scanned(source))
            for some in engine.stream(encoded(query)):
                yield b"".join(some)
        # A source that the mapping does not read any more.
        yield "".join(_line(each) + "\n" for each in self.entries if each.source not in places).encode()


def keep(
    holding: Holding,
    verdict: Verdict,
    unread: Iterable[tuple[str, Origin]],
    trail: Trail,
    unnamed: Set[Record] = frozenset(),
) -> Ledger:
    """Return the ledger of a run, once it is known what became of what was published.

    `unread` are the rows that are no record: the key of the source, and the place. Of the records `unnamed` it is not
    said what they speak of.
    """
    engine = holding.engine
    holding.learn(verdict.held | verdict.waived, trail)
    for statement in sql.TABLES:
        engine.run(statement)
    found: dict[Record, list[Finding]] = defaultdict(list)
    for each in verdict.findings:
        if each.record and each.severity is Severity.VIOLATION:
            found[each.record].append(each)
    resources = _resources(holding, verdict)
    asked = sorted({_document(each) for each in resources.values()})
    known = {str(document) for (document,) in engine.ask(sql.KNOWN, documents=asked)}
    entries: list[Entry] = []
    for state, records in ((State.HELD_BACK, verdict.held), (State.WAIVED, verdict.waived)):
        for record in sorted(records):
            resource = "" if record in unnamed else resources.get(record, "")
            entries.append(
                Entry(
                    record.source,
                    state,
                    record.number,
                    holding.place(record, trail),
                    resource,
                    state is State.WAIVED or _document(resource) in known,
                    tuple(sorted({each.rule for each in found[record]})),
                    tuple(dict.fromkeys(each.waiver for each in found[record] if each.waiver)),
                )
            )
    entries += _unread(verdict, unread)
    named = [(each.source.key, group.head) for each in holding.examined if (group := holding.named(each.source))]
    heads = [(source, head) for source, head in named if head]
    for source, gone in engine.ask(sql.withdrawn(heads)) if heads else ():
        entries.append(Entry(str(source), State.WITHDRAWN, resource=str(gone), was_published=True))
    order = {each.source.key: each.index for each in holding.examined}
    last = len(order)
    entries.sort(key=lambda each: (order.get(each.source, last), each.source, each.number is None, each.number or 0))
    return Ledger(holding, tuple(entries))


def _document(resource: str) -> str:
    return resource.partition("#")[0]


def _resources(holding: Holding, verdict: Verdict) -> Mapping[Record, str]:
    """Return what the records speak of that are held back or waived."""
    engine, keys = holding.engine, [each.source.key for each in holding.examined]
    found = {
        Record(keys[int(str(source))], int(str(number))): str(subject)
        for source, number, subject in engine.ask(sql.HELD)
        if subject is not None
    }
    for examined in holding.examined:
        numbers = [each.number for each in verdict.held | verdict.waived if each.source == examined.source.key]
        group = holding.named(examined.source)
        if group and numbers:
            for number, subject in engine.ask(sql.resources(examined.index, group, numbers)):
                found.setdefault(Record(examined.source.key, int(str(number))), str(subject))
    return found


def _unread(verdict: Verdict, unread: Iterable[tuple[str, Origin]]) -> Iterator[Entry]:
    """Yield an entry for each row that is no record."""
    rules: dict[Origin, set[str]] = defaultdict(set)
    for each in verdict.findings:
        if each.severity is Severity.VIOLATION and each.record is None:
            rules[each.origin.of_row].add(each.rule)
    for source, origin in unread:
        yield Entry(source, State.HELD_BACK, None, origin, rules=tuple(sorted(rules[origin])))


def _line(entry: Entry) -> str:
    text = io.StringIO(newline="")
    origin = entry.origin
    cells: Sequence[object] = (
        *(entry.source, entry.number or "", origin.file, origin.line or "", origin.path, entry.resource),
        *(entry.state.value, "yes" if entry.was_published else "no", " ".join(entry.rules)),
    )
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def as_json(entries: Iterable[Entry], accounts: Iterable[Account]) -> str:
    """Return the ledger as a JSON document: the account of each source, and all rows that are not simply published."""
    document = {
        "sources": [
            {
                "source": each.file,
                "rows": each.rows,
                **{state.value: count for state, count in each.states.items()},
                "unread": each.unread,
                "skipped": each.skipped,
            }
            for each in accounts
        ],
        "rows": [_row(each) for each in entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _row(entry: Entry) -> Mapping[str, object]:
    origin = entry.origin
    row: dict[str, object] = {
        "source": entry.source,
        "record": entry.number,
        "file": origin.file or None,
        "line": origin.line or None,
        "path": origin.path or None,
        "resource": entry.resource or None,
        "state": entry.state.value,
        "was_published": entry.was_published,
        "rules": list(entry.rules),
    }
    if entry.waivers:
        row["waivers"] = [each.as_json() for each in entry.waivers]
    return row
