"""What a publication holds in numbers: of statements, subjects, classes, properties and links, by kind of record."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from sccon_lod import patterns
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.functions import FUNCTIONS
from sccon_lod.kinds import Kind, Order
from sccon_lod.mapping import Call, Link, Term
from sccon_lod.plan import Statement
from sccon_lod.sql import blocks, census
from sccon_lod.sql.blocks import Rows
from sccon_lod.terms import TYPE
from sccon_lod.values.value import DATE, DATE_TIME

# A value that says a time, as N-Triples have it.
_TIME = re.compile(rf'"(\d{{4}}-\d\d-\d\d)[^"]*"\^\^<(?:{re.escape(DATE)}|{re.escape(DATE_TIME)})>')


@dataclass
class Count:
    """What some subjects are and say: `own` are those below the base, `example` is one of a kind, `days` are times."""

    subjects: int = 0
    own: int = 0
    example: str = ""
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)

    @property
    def triples(self) -> int:
        """The number of statements."""
        return self.properties.total()

    @property
    def period(self) -> tuple[str, str] | None:
        """The first and the last day; None where no time is named."""
        return (min(self.days), max(self.days)) if self.days else None

    def add(self, other: "Count") -> None:
        """Count others as well."""
        self.subjects += other.subjects
        self.own += other.own
        self.example = min(filter(None, (self.example, other.example)), default="")
        self.classes += other.classes
        self.properties += other.properties
        self.days |= other.days


@dataclass(frozen=True)
class Census:
    """The count of all, that of each kind which has subjects, and the links to elsewhere by predicate and namespace."""

    whole: Count
    kinds: Mapping[Kind, Count]
    links: Mapping[tuple[str, str], int]


def take(engine: Engine, assembled: Assembly, kinds: Sequence[Kind], base: str, temporal: Sequence[str] = ()) -> Census:
    """Count what is published, without writing it; `temporal` are the predicates whose values are times."""
    taker = _Taker(engine, Order(tuple(kinds)), f"{base}/", temporal)
    if assembled.has_facts:
        taker.count_facts()
    for woven in assembled.woven:
        taker.count_rows(woven.rows)
    whole = Count()
    for each in taker.counts.values():
        whole.add(each)
    counted = {each: taker.counts[each.name] for each in kinds if each.name in taker.counts}
    return Census(whole, counted, dict(sorted(taker.links.items())))


@dataclass(frozen=True)
class _Taker:
    engine: Engine
    order: Order
    base: str
    temporal: Sequence[str]
    counts: dict[str, Count] = field(default_factory=dict)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)

    def _of(self, kind: object) -> Count:
        return self.counts.setdefault(str(kind), Count())

    def _ask(self, query: str) -> Iterator[tuple[str, ...]]:
        for row in self.engine.ask(query):
            yield tuple("" if each is None else str(each) for each in row)

    # --- facts

    def count_facts(self) -> None:
        spaces = self.order.spaces
        for kind, subjects, own, example in self._ask(census.subjects(spaces, self.base)):
            self._of(kind).add(Count(int(subjects), int(own), example))
        for kind, predicate, number in self._ask(census.properties(spaces)):
            self._of(kind).properties[predicate] += int(number)
        for kind, name, number in self._ask(census.classes(spaces)):
            self._of(kind).classes[name] += int(number)
        for kind, *days in self._ask(census.times(spaces, self.temporal)) if self.temporal else ():
            self._of(kind).days.update(days)
        for predicate, space, number in self._ask(census.links(self.base)):
            self.links[predicate, space] += int(number)

    # --- rows

    def count_rows(self, rows: Rows) -> None:
        rules = blocks.rules_of(rows.group)
        spanned = [each for each in rules if each in self.temporal]
        classes = blocks.constants(rules.get(TYPE, ()))
        numbers: Counter[str] = Counter()
        asked = blocks.tally(rows, self._kind(rows), self.base, spanned)
        for kind, subjects, own, example, *found in self._ask(asked):
            count = Count(int(subjects), int(own), self._example(kind, example.removesuffix(">")))
            count.properties.update(dict(zip(rules, map(int, found), strict=False)))
            count.classes.update(dict.fromkeys(classes, int(subjects)))
            count.days.update(day[1] for day in map(_TIME.match, found[len(rules) :]) if day)
            self._of(kind).add(count)
            numbers.update(count.properties)
        objects = {each: rules[each] for each in self._leading_out(rules, numbers)}
        varying = [each for each in rules.get(TYPE, ()) if each not in classes.values()]
        if varying:
            objects[TYPE] = varying
        if objects:
            self._count_objects(rows, objects, classes)

    def _example(self, kind: str, subject: str) -> str:
        return subject if subject.startswith(f"{self.base}{kind}/") else ""

    def _kind(self, rows: Rows) -> Callable[[str], str]:
        """Return what gives the expression for the kind of a subject: a constant, where all are of one."""
        head = rows.group.head
        within = {space: kind for space, kind in self.order.spaces.items() if space.startswith(head) and space != head}
        around = {space: kind for space, kind in self.order.spaces.items() if head.startswith(space)}
        innermost = max(around, key=len, default="")
        return partial(census.kind, spaces=within | ({"": around[innermost]} if innermost else {}))

    def _leading_out(self, rules: Mapping[str, Sequence[Statement]], numbers: Mapping[str, int]) -> Iterator[str]:
        """Yield the predicates whose values may be links to elsewhere; what is known without rows is counted."""
        for predicate, statements in rules.items():
            spaces = {_space(each, self.base) for each in statements}
            outside = spaces - {None, self.base} if predicate != TYPE else set()
            if len(spaces) == 1 and outside - {""}:
                self.links[predicate, str(outside.pop())] += numbers[predicate]
            elif outside:
                yield predicate

    def _count_objects(self, rows: Rows, rules: Mapping[str, Sequence[Statement]], known: Iterable[str]) -> None:
        predicates = list(rules)
        objects = blocks.objects(rows, self._kind(rows), list(rules.values()))
        classes = predicates.index(TYPE) if TYPE in rules else -1
        for kind, number, what, found in self._ask(census.kept(objects, classes, known, self.base)):
            if int(number) == classes:
                self._of(kind).classes[what] += int(found)
            else:
                self.links[predicates[int(number)], what] += int(found)


def _space(statement: Statement, base: str) -> str | None:
    """Return the namespace of the IRIs that a rule says; empty where rows decide, None where it says literals."""
    value = statement.rule.object
    assert not isinstance(value, Link), "a link is not written by row"
    if not _may_be_iri(value):
        return None
    head = patterns.head(value)
    if head.startswith(base):
        return base
    whole = re.match("(.*[/#])[^/#]*$", head)
    return whole[1] if whole and isinstance(value, Term) and len(value.template) <= _PLAIN else ""


_PLAIN = 2  # parts of a template that is a constant and a cell


def _may_be_iri(value: Term | Call) -> bool:
    if isinstance(value, Term):
        return value.is_iri
    if value.language:
        return False
    return "" in FUNCTIONS[value.function].datatypes if value.datatype is None else value.datatype == ""
