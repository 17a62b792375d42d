"""Which parts of shapes are looked for while rows are looked at, and which subjects have to be validated for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from collections.abc import Sequence as Several
from dataclasses import dataclass, replace
from functools import cached_property

from sccon_lod import patterns
from sccon_lod.lexicon import Told
from sccon_lod.mapping import Call, Link
from sccon_lod.mapping import Term as RdfTerm
from sccon_lod.plan import Group, Plan
from sccon_lod.shacl.shape import Path, Sequence, Shape, Step, Term
from sccon_lod.sql.rows import Lists
from sccon_lod.sql.screening import Screen, Test, all_of
from sccon_lod.terms import SUBCLASS, TYPE

# Constraints that values of several rows may break together.
_TOGETHER = frozenset(
    (
        "maxCount",
        "uniqueLang",
        "disjoint",
        "lessThan",
        "lessThanOrEquals",
        "qualifiedValueShape",
        "not",
        "xone",
        "property",
    )
)
# A part of a shape: the shape, and the property shape of it; the empty text for all that is not one.
Part = tuple[str, str]


@dataclass(frozen=True)
class Demands:
    """What shapes demand of the classes that rows make.

    `shapes` are all shapes by name, `told` what the vocabulary says of classes, `plan` what rows say.
    """

    shapes: Mapping[str, Shape]
    plan: Plan
    told: Several[Told] = ()

    def of_group(self, group: Group, lists: Lists) -> Iterator[tuple[Part, Test]]:
        """Yield the parts of shapes that concern the subjects of a group, with the test that a row may break them."""
        screen = Screen(group, lists, self.shapes, self._sure(group))
        for shape in self.of(group):
            is_asked = self._is_asked(screen, shape)
            for part, demanded in parts(shape, self.shapes).items():
                yield (shape.name, part), all_of([is_asked, screen.verdict(demanded).broken])

    def of(self, group: Group) -> Iterator[Shape]:
        """Yield the shapes whose targets may be subjects of a group."""
        return iter(self._concerned[group.index])

    @cached_property
    def _concerned(self) -> Mapping[int, tuple[Shape, ...]]:
        """The shapes whose targets may be subjects of a group, by its number."""
        screens = {group.index: Screen(group, {}, self.shapes) for group in self.plan.groups}
        return {
            index: tuple(shape for shape in self.screened if self._is_asked(screen, shape) is not False)
            for index, screen in screens.items()
        }

    def _sure(self, group: Group) -> Mapping[Call | RdfTerm | Link, Set[str]]:
        """Return the classes that the rows of a group say of subjects without condition, with those above them."""
        found: dict[Call | RdfTerm | Link, set[str]] = defaultdict(set)
        for each in self.plan.of(group.source):
            for statement in each.statements:
                term = statement.rule.object
                if statement.rule.predicate != TYPE or not isinstance(term, RdfTerm) or statement.tests:
                    continue
                constant = [part for part in term.template if isinstance(part, str)]
                if term.is_iri and len(constant) == len(term.template):
                    found[each.subject] |= self._above("".join(constant))
        return found

    def reached(self, path: Path) -> frozenset[str] | None:
        """Return the predicates that may be said of the nodes at the end of a path; None for all."""
        if isinstance(path, Sequence):
            return self.reached(path.parts[-1])
        if not isinstance(path, Step) or path.is_inverse:
            return None
        ends = [each.rule.object for each in self.plan.statements if each.rule.predicate == path.predicate]
        if any(isinstance(each, Link) for each in ends):
            return None
        met = [
            group
            for group in self.plan.groups
            if any(patterns.may_meet(group.subject, each) for each in ends if not isinstance(each, Link))
        ]
        return frozenset(each.rule.predicate for group in met for each in group.statements)

    def _is_asked(self, screen: Screen, shape: Shape) -> Test:
        """Return the test that the subject of a row is a target of a shape, all of whose targets are classes."""
        if SUBCLASS in self.plan.predicates:  # rows say what classes there are
            return True
        return screen.says(TYPE, [Term(each) for each in self.targets(shape)])

    def targets(self, shape: Shape) -> list[str]:
        """Return the classes whose instances a shape is asked about, with all subclasses that the vocabulary tells."""
        return [each for _, term in shape.targets for each in self._below(term.object)]

    def is_proved(self, name: str, parameter: str) -> bool:
        """Whether the mapping alone makes sure that a constraint of a named shape holds, whatever the rows say.

        `parameter` is its local name. What several rows together may break is never sure.
        """
        owners = self._owners(name)
        if parameter in _TOGETHER or not owners or any(each not in self.screened for each in owners):
            return False
        shape = self.shapes[name]
        piece = replace(
            shape,
            targets=(),
            parameters=tuple(each for each in shape.parameters if each.name == parameter),
            references=tuple(each for each in shape.references if each.name == parameter),
            has_queries=False,
        )
        if not piece.parameters and not piece.references:  # a query
            return False
        told = {each.object for each in self.told if each.predicate == TYPE}
        if any(told & self._below(term.object) for each in owners for _, term in each.targets):
            return False
        groups = [group for group in self.plan.groups for each in self.of(group) if each in owners]
        screens = [Screen(group, {}, self.shapes, self._sure(group)) for group in groups]
        return bool(screens) and all(each.verdict(piece).broken is False for each in screens)

    def _owners(self, name: str) -> list[Shape]:
        """Return the shapes with targets for whose focus nodes a shape is asked; none if others ask it, too."""
        asking = [(each, one) for each in self.shapes.values() for one in each.references if name in one.shapes]
        own = [self.shapes[name]] if self.shapes[name].targets else []
        owners = [each for each, one in asking if one.name == "property" and each.path is None]
        return [*own, *owners] if len(owners) == len(asking) else []

    @cached_property
    def screened(self) -> tuple[Shape, ...]:
        """The shapes that are asked about the instances of classes only."""
        return tuple(
            shape
            for shape in self.shapes.values()
            if shape.targets and not shape.is_deactivated and all(name == "targetClass" for name, _ in shape.targets)
        )

    def _above(self, name: str) -> set[str]:
        """Return a class with all that it is a subclass of."""
        return _reached({name}, self._subclasses)

    def _below(self, name: str) -> set[str]:
        """Return a class with all its subclasses."""
        return _reached({name}, [(above, below) for below, above in self._subclasses])

    @cached_property
    def _subclasses(self) -> Several[tuple[str, str]]:
        """Each class with one that it is a subclass of, as the vocabulary tells."""
        return [(each.subject, each.object) for each in self.told if each.predicate == SUBCLASS]


def _reached(start: Iterable[str], steps: Several[tuple[str, str]]) -> set[str]:
    """Return all that can be reached in any number of steps."""
    found: set[str] = set()
    waiting = set(start)
    while waiting:
        found |= waiting
        waiting = {after for before, after in steps if before in waiting} - found
    return found


def parts(shape: Shape, shapes: Mapping[str, Shape]) -> Mapping[str, Shape]:
    """Return the parts of a shape with targets by the name of their property shape, each a shape of its own.

    SPARQL constraints are no part: they are answered elsewhere, or keep the whole shape from being compiled.
    """
    inner = [name for each in shape.references if each.name == "property" for name in each.shapes]
    if shape.path is not None:
        return {"": replace(shape, targets=(), has_queries=False)}
    own = tuple(each for each in shape.references if each.name != "property")
    found = {name: shapes[name] for name in inner}
    if own or shape.parameters:
        found[""] = replace(shape, targets=(), references=own, has_queries=False)
    return found


def screened(shape: Shape, tests: Iterable[Mapping[Part, Test]]) -> frozenset[str]:
    """Return the parts of a shape that rows can be screened for; `tests` are those of each group that it concerns."""
    found: set[str] | None = None
    for each in tests:
        own = {part for (name, part), test in each.items() if name == shape.name and test is not True}
        found = own if found is None else found & own
    return frozenset(found or ())


def split(shape: Shape, screened: Iterable[str]) -> tuple[Shape, Shape]:
    """Return a shape with targets as two: with its screened parts, and with all others, which may be none."""
    names = set(screened)
    own = "" in names

    def with_parts(is_screened: bool) -> Shape:
        kept = [
            each
            for each in shape.references
            if (bool(set(each.shapes) & names) if each.name == "property" and shape.path is None else own)
            == is_screened
        ]
        parameters = shape.parameters if own == is_screened else ()
        suffix = " screened" if is_screened else " asked"
        return replace(shape, name=shape.name + suffix, parameters=parameters, references=tuple(kept))

    return with_parts(is_screened=True), with_parts(is_screened=False)
