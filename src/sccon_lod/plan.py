"""The compiler: mapping, vocabulary and shapes become a plan, and what does not fit together an error."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sccon_lod.errors import MappingError, Origin
from sccon_lod.functions import FUNCTIONS
from sccon_lod.language import Text
from sccon_lod.mapping import Call, Condition, RecordMap, Rule, Source, Term, columns
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.shapes import Shapes
from sccon_lod.terms import IDENTIFIER, TYPE
from sccon_lod.vocabulary import Vocabulary


@dataclass(frozen=True)
class Invocation:
    """A value function applied to the rows of a source that pass the conditions."""

    index: int
    source: Source
    call: Call
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Statement:
    """One rule of one map: a statement for each row that has all cells it needs.

    `subject` and `object` are the invocations of value functions, where the terms are made by one.
    """

    index: int
    map: RecordMap
    rule: Rule
    subject: Invocation | None
    object: Invocation | None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions a row must pass."""
        return self.map.conditions + self.rule.conditions

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a person looks at when the statement is wrong, the most telling one first.

        First what only the object reads, then the conditions, then what names the subject.
        """
        named = columns(self.map.subject)
        made = [column for column in columns(self.rule.object) if column not in named]
        return tuple(dict.fromkeys([*made, *columns(*self.conditions), *columns(self.rule.object), *named]))


@dataclass(frozen=True)
class Plan:
    """What is read, computed and stated; `predicates` are in the order of the mapping."""

    sources: tuple[Source, ...]
    maps: tuple[RecordMap, ...]
    invocations: tuple[Invocation, ...]
    statements: tuple[Statement, ...]
    predicates: tuple[str, ...]

    def identities(self) -> tuple[Statement, ...]:
        """Return the statements that give each row its identity: those with `dct:identifier`."""
        return tuple(each for each in self.statements if each.rule.predicate == IDENTIFIER)


def compile_plan(mapping: RecordMaps, vocabulary: Vocabulary, shapes: Shapes) -> Plan:
    """Compile the mapping. Raises MappingError where mapping, code lists and shapes do not fit together."""
    invocations: dict[tuple[str, Call, tuple[Condition, ...]], Invocation] = {}
    statements: list[Statement] = []

    def invoke(each: RecordMap, term: Term | Call, conditions: tuple[Condition, ...]) -> Invocation | None:
        if isinstance(term, Term):
            return None
        key = (each.source.file, term, conditions)
        fresh = Invocation(len(invocations), each.source, term, conditions)
        return invocations.setdefault(key, fresh)

    for each in mapping.maps:
        _check_subject(each)
        subject = invoke(each, each.subject, each.conditions)
        for rule in each.rules:
            _check_lists(each, rule)
            made = invoke(each, rule.object, each.conditions + rule.conditions)
            statements.append(Statement(len(statements), each, rule, subject, made))
    plan = Plan(
        tuple(_sources(mapping.maps)),
        mapping.maps,
        tuple(invocations.values()),
        tuple(statements),
        tuple(dict.fromkeys(each.rule.predicate for each in statements)),
    )
    _check_concepts(plan, vocabulary)
    _check_drift(plan, shapes)
    return plan


def check_columns(plan: Plan, found: Mapping[str, Sequence[str]]) -> None:
    """Check that every column the mapping reads is in its file. Raises MappingError."""
    for statement in plan.statements:
        _check_column(statement.rule.origin, statement.map.source, statement.columns, found)
    for each in plan.maps:
        read = columns(each.subject, *each.conditions)
        _check_column(each.origin, each.source, read, found)
        _check_column(each.source.origin, each.source, tuple(each.source.split), found)


def unused_columns(plan: Plan, file: str, found: Sequence[str]) -> list[str]:
    """Return the columns of a file that no rule reads, in their order."""
    read = {column for each in plan.statements if each.map.source.file == file for column in each.columns}
    return [column for column in found if column and column not in read]


def _sources(maps: Iterable[RecordMap]) -> Iterator[Source]:
    known: dict[str, Source] = {}
    for each in maps:
        first = known.setdefault(each.source.file, each.source)
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
        if column not in found[source.file]:
            near = difflib.get_close_matches(column, found[source.file], n=1, cutoff=0.6)
            shown = near[0] if near else ", ".join(found[source.file])
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
    if isinstance(each.subject, Call) and "" not in FUNCTIONS[each.subject.function].datatypes:
        raise MappingError(
            each.origin,
            Text(
                "Diese Funktion gibt keine IRI; ein Subjekt braucht eine, zum Beispiel fn:slug_iri.",
                "This function gives no IRI; a subject needs one, for example fn:slug_iri.",
            ),
        )


def _check_lists(each: RecordMap, rule: Rule) -> None:
    read = columns(each.subject, rule.object, *each.conditions, *rule.conditions)
    lists = [column for column in read if column in each.source.split]
    if len(lists) > 1:
        raise MappingError(
            rule.origin,
            Text(
                f"Eine Regel kann nur eine Listen-Spalte lesen, nicht {' und '.join(lists)}.",
                f"A rule can read only one list column, not {' and '.join(lists)}.",
            ),
        )


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


def _check_drift(plan: Plan, shapes: Shapes) -> None:
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


def _check_class(statement: Statement, shapes: Shapes) -> None:
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
