"""The compiler: mapping, vocabulary and shapes become a plan, and what does not fit together an error."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sccon_lod import patterns
from sccon_lod.errors import MappingError, Origin
from sccon_lod.functions import FUNCTIONS
from sccon_lod.language import Text
from sccon_lod.lexicon import Vocabulary
from sccon_lod.mapping import Call, Condition, Expression, Link, RecordMap, Reference, Rule, Source, Term, columns
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.terms import IDENTIFIER, TYPE

if TYPE_CHECKING:  # what reads shapes loads much that a run without shapes does not need
    from sccon_lod.shapes import Shapes


@dataclass(frozen=True)
class Invocation:
    """A value function applied to the rows of a source that pass the conditions.

    `inner` are the invocations whose values are its arguments, by position; None where a template is one.
    """

    index: int
    source: Source
    call: Call
    conditions: tuple["Test", ...]
    inner: tuple["Invocation | None", ...]


@dataclass(frozen=True)
class Test:
    """A condition with the invocations that make its arguments, by position."""

    condition: Condition
    inner: tuple[Invocation | None, ...]


@dataclass(frozen=True)
class Joined:
    """The subjects of the maps `parents` by what they have in common with the rows of a source."""

    index: int
    link: Link
    parents: tuple[RecordMap, ...]
    subjects: tuple[Invocation | None, ...]
    tests: tuple[tuple[Test, ...], ...]


@dataclass(frozen=True)
class Statement:
    """One rule of one map: a statement for each row that has all cells it needs.

    `subject` and `object` are the invocations of value functions, where the terms are made by one; `joined`
    is where the objects of a link come from. `tests` are all conditions that a row must pass.
    """

    index: int
    map: RecordMap
    rule: Rule
    subject: Invocation | None
    object: Invocation | None
    joined: Joined | None
    tests: tuple[Test, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a person looks at when the statement is wrong, the most telling one first.

        First what only the object reads, then the conditions, then what names the subject.
        """
        named = columns(self.map.subject)
        conditions = [each.condition for each in self.tests]
        made = [column for column in columns(self.rule.object) if column not in named]
        return tuple(dict.fromkeys([*made, *columns(*conditions), *columns(self.rule.object), *named]))


@dataclass(frozen=True)
class Group:
    """The rules that speak of one subject of a row: what a row says of it can be written at once.

    `family` is the number of the groups whose subjects may be the same; those of others never are.
    """

    index: int
    source: Source
    subject: Term | Call
    named: Invocation | None
    statements: tuple[Statement, ...]
    family: int

    @property
    def called(self) -> tuple[Invocation, ...]:
        """The invocations whose values objects and conditions are."""
        inner = [each for one in self.statements for own in one.tests for each in own.inner]
        return tuple(filter(None, [*(each.object for each in self.statements), *inner]))

    @property
    def head(self) -> str:
        """The constant that all subjects begin with; empty where there is none."""
        return patterns.head(self.subject)


@dataclass(frozen=True)
class Plan:
    """What is read, computed and stated; `predicates` are in the order of the mapping."""

    sources: tuple[Source, ...]
    maps: tuple[RecordMap, ...]
    invocations: tuple[Invocation, ...]
    joined: tuple[Joined, ...]
    statements: tuple[Statement, ...]
    groups: tuple[Group, ...]
    predicates: tuple[str, ...]

    def identities(self) -> tuple[Statement, ...]:
        """Return the statements that give each row its identity: those with `dct:identifier`."""
        return tuple(each for each in self.statements if each.rule.predicate == IDENTIFIER)

    def of(self, source: Source) -> tuple[Group, ...]:
        """Return the groups that read a source."""
        return tuple(each for each in self.groups if each.source.key == source.key)

    def references(self, source: Source) -> tuple[str, ...]:
        """Return the columns or paths that are read from a source, in the order of the mapping."""
        found = [column for each in self.statements if each.map.source.key == source.key for column in each.columns]
        found += [column for each in self.maps if each.source.key == source.key for column in _of_map(each)]
        for each in self.joined:
            if any(parent.source.key == source.key for parent in each.parents):
                found += [
                    part.column for _, common in each.link.pairs for part in common if isinstance(part, Reference)
                ]
        return tuple(dict.fromkeys([*found, *source.split]))


def _of_map(each: RecordMap) -> tuple[str, ...]:
    return columns(each.subject, *each.conditions)


class _Compiler:
    """Numbers what a mapping computes, each thing once."""

    def __init__(self, mapping: RecordMaps) -> None:
        self._maps: dict[str, list[RecordMap]] = defaultdict(list)
        for each in mapping.maps:
            self._maps[each.name].append(each)
        self.invocations: dict[tuple[str, Call, tuple[Condition, ...]], Invocation] = {}
        self.joined: dict[tuple[str, Link], Joined] = {}
        self.statements: list[Statement] = []

    def state(self, each: RecordMap) -> None:
        tests = self._tests(each.source, each.conditions)
        subject = self._invoke(each.source, each.subject, tests)
        for rule in each.rules:
            whole = (*tests, *self._tests(each.source, rule.conditions))
            made = self._invoke(each.source, rule.object, whole)
            joined = self._join(each, rule, rule.object) if isinstance(rule.object, Link) else None
            self.statements.append(Statement(len(self.statements), each, rule, subject, made, joined, whole))

    def _tests(self, source: Source, conditions: Sequence[Condition]) -> tuple[Test, ...]:
        return tuple(Test(each, self._inner(source, each.arguments, ())) for each in conditions)

    def _inner(
        self, source: Source, arguments: Sequence[Expression], tests: tuple[Test, ...]
    ) -> tuple[Invocation | None, ...]:
        return tuple(self._invoke(source, each, tests) for each in arguments)

    def _invoke(self, source: Source, part: object, tests: tuple[Test, ...]) -> Invocation | None:
        if not isinstance(part, Call):
            return None
        # How the value is written is no matter of the function: one invocation serves all.
        call = Call(part.function, part.arguments)
        key = (source.key, call, tuple(each.condition for each in tests))
        if key not in self.invocations:
            inner = self._inner(source, call.arguments, tests)
            self.invocations[key] = Invocation(len(self.invocations), source, call, tests, inner)
        return self.invocations[key]

    def _join(self, each: RecordMap, rule: Rule, link: Link) -> Joined:
        parents = self._maps[link.map]
        if not parents:
            raise MappingError(
                rule.origin,
                Text(f"Es gibt keine Zuordnung „{link.map}“.", f"There is no map “{link.map}”."),
            )
        if not link.pairs:
            parents = [parent for parent in parents if parent.source.key == each.source.key]
            if not parents:
                raise MappingError(
                    rule.origin,
                    Text(
                        f"Ohne Bedingung verweist eine Regel nur auf eine Zuordnung derselben Quelle; "
                        f"für „{link.map}“ fehlt eine Bedingung equal.",
                        f"Without a condition a rule can only refer to a map of the same source; "
                        f"“{link.map}” needs a condition equal.",
                    ),
                )
        if (each.source.key, link) not in self.joined:
            tests = tuple(self._tests(parent.source, parent.conditions) for parent in parents)
            subjects = tuple(
                self._invoke(parent.source, parent.subject, own) for parent, own in zip(parents, tests, strict=True)
            )
            self.joined[each.source.key, link] = Joined(len(self.joined), link, tuple(parents), subjects, tests)
        return self.joined[each.source.key, link]


def compile_maps(mapping: RecordMaps) -> Plan:
    """Compile a mapping on its own. Raises MappingError where it is at odds with itself."""
    compiler = _Compiler(mapping)
    for each in mapping.maps:
        _check_subject(each)
        compiler.state(each)
    statements = tuple(compiler.statements)
    return Plan(
        tuple(_sources(mapping.maps)),
        mapping.maps,
        tuple(sorted(compiler.invocations.values(), key=lambda each: each.index)),
        tuple(compiler.joined.values()),
        statements,
        tuple(_groups(statements)),
        tuple(dict.fromkeys(each.rule.predicate for each in statements)),
    )


def compile_plan(mapping: RecordMaps, vocabulary: Vocabulary, shapes: "Shapes") -> Plan:
    """Compile the mapping of a publication. Raises MappingError where it, code lists and shapes do not fit together."""
    plan = compile_maps(mapping)
    _check_concepts(plan, vocabulary)
    _check_drift(plan, shapes)
    return plan


def _groups(statements: Iterable[Statement]) -> Iterator[Group]:
    members: dict[tuple[str, Term | Call, int | None], list[Statement]] = defaultdict(list)
    for each in statements:
        called = each.subject.index if each.subject else None
        members[each.map.source.key, each.map.subject, called].append(each)
    families: list[int] = []
    subjects = [subject for _, subject, _ in members]
    for index, subject in enumerate(subjects):
        met = {families[other] for other in range(index) if patterns.may_meet(subject, subjects[other])}
        family = min(met, default=index)
        families = [family if each in met else each for each in families] + [family]
    for index, ((_, subject, _), rules) in enumerate(members.items()):
        yield Group(index, rules[0].map.source, subject, rules[0].subject, tuple(rules), families[index])


def check_columns(plan: Plan, found: Mapping[str, Sequence[str]]) -> None:
    """Check that every column the mapping reads is in its source, by key. Raises MappingError."""
    for statement in plan.statements:
        _check_column(statement.rule.origin, statement.map.source, statement.columns, found)
    for each in plan.maps:
        _check_column(each.origin, each.source, _of_map(each), found)
        _check_column(each.source.origin, each.source, tuple(each.source.split), found)
    for joined in plan.joined:
        for parent in joined.parents:
            common = [part.column for _, pair in joined.link.pairs for part in pair if isinstance(part, Reference)]
            _check_column(parent.origin, parent.source, common, found)


def unused_columns(plan: Plan, source: Source, found: Sequence[str]) -> list[str]:
    """Return the columns of a source that no rule reads, in their order."""
    read = set(plan.references(source))
    return [column for column in found if column and column not in read]


def _sources(maps: Iterable[RecordMap]) -> Iterator[Source]:
    known: dict[str, Source] = {}
    for each in maps:
        first = known.setdefault(each.source.key, each.source)
        if dict(first.split) != dict(each.source.split):
            raise MappingError(
                each.source.origin,
                Text(
                    f"{each.source.file} ist bei {first.origin} mit anderen Listen-Spalten angegeben.",
                    f"{each.source.file} is declared with other list columns at {first.origin}.",
                ),
            )
    yield from known.values()


def _check_column(origin: Origin, source: Source, read: Iterable[str], found: Mapping[str, Sequence[str]]) -> None:
    for column in read:
        if column not in found[source.key]:
            near = difflib.get_close_matches(column, found[source.key], n=1, cutoff=0.6)
            shown = near[0] if near else ", ".join(found[source.key])
            raise MappingError(
                origin,
                Text(
                    f"{source.file} hat keine Spalte „{column}“. "
                    + (f"Ist „{shown}“ gemeint?" if near else f"Es gibt: {shown}."),
                    f"{source.file} has no column “{column}”. "
                    + (f"Is “{shown}” meant?" if near else f"It has: {shown}."),
                ),
            )


def _check_subject(each: RecordMap) -> None:
    if isinstance(each.subject, Call) and each.subject.datatype != "" and not _gives_iri(each.subject):
        raise MappingError(
            each.origin,
            Text(
                "Diese Funktion gibt keine IRI; ein Subjekt braucht eine, zum Beispiel fn:slug_iri.",
                "This function gives no IRI; a subject needs one, for example fn:slug_iri.",
            ),
        )


def _gives_iri(call: Call) -> bool:
    return "" in FUNCTIONS[call.function].datatypes


def _check_concepts(plan: Plan, vocabulary: Vocabulary) -> None:
    for statement in plan.statements:
        term = statement.rule.object
        if not isinstance(term, Term) or not term.is_iri or len(term.template) != 1:
            continue
        iri = term.template[0]
        if not isinstance(iri, str) or iri in vocabulary.concepts:
            continue
        for space in vocabulary.lists:
            if iri.startswith(space):
                codes = sorted(each.removeprefix(space) for each in vocabulary.concepts if each.startswith(space))
                raise MappingError(
                    statement.rule.origin,
                    Text(
                        f"„{iri.removeprefix(space)}“ steht nicht in der Codeliste {space}; "
                        f"es gibt: {', '.join(codes)}.",
                        f"“{iri.removeprefix(space)}” is not in the code list {space}; there is: {', '.join(codes)}.",
                    ),
                )


def _check_drift(plan: Plan, shapes: "Shapes") -> None:
    """Refuse what the shapes do not know: a class, a predicate; and a required predicate that no rule makes."""
    described = shapes.described()
    for statement in plan.statements:
        if statement.rule.predicate == TYPE:
            _check_class(statement, shapes)
        elif statement.rule.predicate not in described:
            raise MappingError(
                statement.rule.origin,
                Text(
                    f"Keine Regel in shapes/ beschreibt das Prädikat <{statement.rule.predicate}>.",
                    f"No shape in shapes/ describes the predicate <{statement.rule.predicate}>.",
                ),
            )
    made = {statement.rule.predicate for statement in plan.statements}
    classes = {term for statement in plan.statements for term in _classes(statement)}
    for target, predicate, shape in shapes.required():
        if target in classes and predicate not in made:
            raise MappingError(
                Origin("mapping"),
                Text(
                    f"Die Regel {shape} verlangt <{predicate}>, aber keine Regel der Zuordnung erzeugt es.",
                    f"The shape {shape} demands <{predicate}>, but no rule of the mapping makes it.",
                ),
            )


def _classes(statement: Statement) -> list[str]:
    term = statement.rule.object
    if statement.rule.predicate != TYPE or not isinstance(term, Term):
        return []
    return [part for part in term.template if isinstance(part, str) and len(term.template) == 1]


def _check_class(statement: Statement, shapes: "Shapes") -> None:
    """Refuse a subject without a class that some shape targets; its other classes come along."""
    same = [rule for rule in statement.map.rules if rule.predicate == TYPE]
    stated = {
        part for rule in same if isinstance(rule.object, Term) for part in rule.object.template if isinstance(part, str)
    }
    if not stated & shapes.targets():
        raise MappingError(
            statement.rule.origin,
            Text(
                f"Keine Regel in shapes/ gilt für {' oder '.join(f'<{each}>' for each in sorted(stated))}.",
                f"No shape in shapes/ targets {' or '.join(f'<{each}>' for each in sorted(stated))}.",
            ),
        )
