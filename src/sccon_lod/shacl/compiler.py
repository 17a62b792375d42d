"""Which shapes are compiled, and in which order their nodes are asked and answered."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property

from sccon_lod.shacl import expressions
from sccon_lod.shacl.shape import ORDERS, Path, Repeated, Shape, Step
from sccon_lod.terms import SUBCLASS, TYPE

# What is asked about classes.
_CLASSES = frozenset({TYPE, SUBCLASS})
_PAIRS = ("equals", "disjoint", *ORDERS)


@dataclass(frozen=True)
class Program:
    """Shapes that are compiled, by level: those of one level ask only such of later ones.

    `left` are the names of the shapes with targets that are not: they, or a shape they ask, demand what only a
    validator that walks the graph can say. `screened` are the shapes that are asked about suspects only.
    """

    levels: tuple[tuple[Shape, ...], ...]
    left: frozenset[str]
    screened: frozenset[str] = frozenset()

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """All shapes that are compiled; the place of a shape is its number."""
        return tuple(shape for level in self.levels for shape in level)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each shape by its name."""
        return {shape.name: number for number, shape in enumerate(self.shapes)}

    def predicates(self, reached: Callable[[Path], frozenset[str] | None]) -> frozenset[str] | None:
        """Return the predicates that have to be known of all nodes; None where all have.

        Of suspects everything is known; what shapes ask of others, or of the values of suspects, is not. `reached`
        tells what may be said of the nodes at the end of a path, None for anything.
        """
        if self.left:
            return None
        found: set[str] = set()
        seen: set[tuple[str, bool, Path | None]] = set()
        waiting: list[tuple[Shape, bool, Path | None]]
        waiting = [(shape, shape.name in self.screened, None) for shape in self.shapes if shape.targets]
        while waiting:
            shape, is_known, before = waiting.pop()
            if (shape.name, is_known, before) in seen:
                continue
            seen.add((shape.name, is_known, before))
            path = shape.path or before
            found |= _predicates(shape, is_known)
            if _is_closed(shape) and not (is_known and shape.path is None):
                closed = reached(path) if path else None
                if closed is None:
                    return None
                found |= closed
            inner = is_known and shape.path is None
            waiting += [(self.shapes[self.numbers[name]], inner, path) for name in asked_by(shape)]
        return frozenset(found)


def _is_closed(shape: Shape) -> bool:
    return any(each.name == "closed" for each in shape.parameters)


def _predicates(shape: Shape, is_known: bool) -> set[str]:
    """Return the predicates that a shape needs where everything is known of its focus nodes, or nothing is."""
    names = {each.name for each in shape.parameters}
    found = set(_CLASSES) if "class" in names else set()
    if not is_known:
        for kind, term in shape.targets:
            found |= _CLASSES if kind == "targetClass" else set() if kind == "targetNode" else {term.object}
        found |= {term.object for each in shape.parameters if each.name in _PAIRS for term in each.terms}
    if shape.path is not None and not (is_known and isinstance(shape.path, Step) and not shape.path.is_inverse):
        found |= set(_steps(shape.path))
    return found


def _steps(path: Path) -> Iterator[str]:
    if isinstance(path, Step):
        yield path.predicate
    else:
        for part in (path.part,) if isinstance(path, Repeated) else path.parts:
            yield from _steps(part)


def compile_shapes(
    shapes: Mapping[str, Shape], answered: Set[str], screened: Mapping[str, tuple[Shape, Shape]] | None = None
) -> Program:
    """Return what is compiled of the shapes; `answered` are those whose SPARQL constraints are answered elsewhere.

    `screened` are shapes with targets as two: one that is asked about suspects, one that is asked about all.
    """
    asking = _Asking(shapes, answered)
    targeted = [shape for shape in shapes.values() if shape.targets and not shape.is_deactivated]
    compiled = [shape for shape in targeted if asking.can_compile(shape.name)]
    left = frozenset(shape.name for shape in targeted) - {shape.name for shape in compiled}
    known, first, suspected = dict(shapes), [], []
    for shape in compiled:
        pieces = (screened or {}).get(shape.name)
        if pieces is None:
            first.append(shape)
            continue
        known[shape.name] = replace(shape, targets=())
        suspected.append(pieces[0])
        first += [each for each in pieces if each.parameters or each.references]
    known |= {shape.name: shape for shape in first}
    return Program(tuple(_levels(known, first)), left, frozenset(each.name for each in suspected))


def asked_by(shape: Shape) -> Iterator[str]:
    """Yield the names of the shapes that a shape asks; one that is switched off asks none."""
    if not shape.is_deactivated:
        for reference in shape.references:
            yield from reference.shapes
            yield from reference.siblings


class _Asking:
    """Finds out whether a shape and all that it asks can be compiled; each is looked at once."""

    def __init__(self, shapes: Mapping[str, Shape], answered: Set[str]) -> None:
        self._shapes = shapes
        self._answered = answered
        self._known: dict[str, bool] = {}

    def can_compile(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = False  # what a shape finds while it is looked at: it asks itself
            shape = self._shapes[name]
            self._known[name] = self._is_plain(shape) and all(self.can_compile(each) for each in asked_by(shape))
        return self._known[name]

    def _is_plain(self, shape: Shape) -> bool:
        has_unanswered = shape.has_queries and shape.name not in self._answered
        says_nothing = any(not reference.shapes for reference in shape.references)
        return shape.is_deactivated or not (
            has_unanswered or says_nothing or not all(map(_is_matched, _patterns(shape)))
        )


def _patterns(shape: Shape) -> Iterator[tuple[str, str]]:
    for parameter in shape.parameters:
        if parameter.name == "pattern":
            yield parameter.terms[0].object, parameter.flags


def _is_matched(pattern: tuple[str, str]) -> bool:
    try:
        expressions.translated(*pattern)
    except expressions.UnsupportedError:
        return False
    return True


def _levels(shapes: Mapping[str, Shape], first: Iterable[Shape]) -> Iterator[tuple[Shape, ...]]:
    """Yield the shapes and all that they ask, each after the last one that asks it."""
    levels: dict[str, int] = {}
    below = {shape.name for shape in first}
    number = 0
    while below:
        levels.update(dict.fromkeys(below, number))
        below = {name for each in below for name in asked_by(shapes[each])}
        number += 1
    for level in range(number):
        yield tuple(shapes[name] for name in sorted(levels) if levels[name] == level)
