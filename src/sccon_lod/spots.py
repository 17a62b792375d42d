"""Values in a tree of JSON: how paths are followed to records, and from a record to its values."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from sccon_lod import paths
from sccon_lod.language import Text
from sccon_lod.paths import PathProblem, Step, Wildcard

# A number is the text that is published; a float can only be one that JSON does not know (NaN, Infinity).
Value = str | bool | float | None | list["Value"] | dict[str, "Value"]


class Spot(NamedTuple):
    """A value in a tree: under which key or position it stands, and in what."""

    key: str | int
    value: Value
    around: "Spot | None" = None


Getter = Callable[[Spot], Value]


def along(root: Value, steps: Iterable[Step]) -> Iterator[Spot]:
    """Yield the values that the steps lead to from the root, in the order of the document.

    >>> [spot.value for spot in along({"a": ["x", "y"]}, paths.iterator("$.a[*]"))]
    ['x', 'y']
    """
    found: Iterator[Spot] = iter((Spot("$", root),))
    for step in steps:
        found = _onwards(found, step)
    return found


def _onwards(found: Iterator[Spot], step: Step) -> Iterator[Spot]:
    for spot in found:
        for key, value in _members(spot.value, step):
            yield Spot(key, value, spot)


def _members(value: Value, step: Step) -> Iterable[tuple[str | int, Value]]:
    """Return what a step selects, with the keys (RFC 9535 section 2.3)."""
    if isinstance(value, dict):
        if isinstance(step, str):
            return ((step, value[step]),) if step in value else ()
        return value.items() if step is Wildcard.EVERY else ()
    if not isinstance(value, list):
        return ()
    if step is Wildcard.EVERY:
        return enumerate(value)
    if isinstance(step, int):
        position = step + len(value) if step < 0 else step
        return ((position, value[position]),) if 0 <= position < len(value) else ()
    if isinstance(step, slice):
        return [(position, value[position]) for position in range(*step.indices(len(value)))]
    return ()


def getter(path: str, depth: int) -> Getter:
    """Return the function that follows a reference from a record; several values come as a list, none as None.

    The records are `depth` steps away from the root. Raises PathProblem for a path that leads beyond it.
    """
    way = paths.reference(path)
    if way.levels + way.wants_key > depth:
        raise PathProblem(
            Text(
                f"Der Pfad „{path}“ führt über die Wurzel hinaus; um den Datensatz liegen so viele Ebenen, wie der "
                f"Iterator Schritte hat, nämlich {depth}.",
                f"The path “{path}” leads beyond the root; around the record there are as many levels as the iterator "
                f"has steps, that is {depth}.",
            )
        )
    if way.wants_key:
        return lambda spot: str(_outwards(spot, way.levels).key)
    steps = way.steps
    if any(isinstance(step, Wildcard | slice) for step in steps):
        return lambda spot: _every(_outwards(spot, way.levels).value, steps)
    if way.levels == 0 and len(steps) == 1 and isinstance(name := steps[0], str):
        return lambda spot: spot.value.get(name) if isinstance(spot.value, dict) else None
    return lambda spot: _single(_outwards(spot, way.levels).value, steps)


def key(path: str) -> str | None:
    """Return the key if the reference is nothing but a key of the record.

    >>> key("name"), key("$['@type']"), key("address.city")
    ('name', '@type', None)
    """
    way = paths.reference(path)
    only = way.steps[0] if not way.levels and len(way.steps) == 1 else None
    return only if isinstance(only, str) else None


def need_object(references: Iterable[str]) -> bool:
    """Tell whether one of the references names a key of the record."""
    ways = map(paths.reference, references)
    return any(not way.levels and way.steps and isinstance(way.steps[0], str) for way in ways)


def _outwards(spot: Spot, levels: int) -> Spot:
    for _ in range(levels):
        assert spot.around is not None
        spot = spot.around
    return spot


def _single(value: Value, steps: tuple[Step, ...]) -> Value:
    for step in steps:
        value = next((each for _, each in _members(value, step)), None)
    return value


def _every(value: Value, steps: tuple[Step, ...]) -> Value:
    found = [value]
    for step in steps:
        found = [each for value in found for _, each in _members(value, step)]
    return found


_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_UNSAFE = re.compile(r"['\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def written(spot: Spot) -> str:
    r"""Return the path to a value as a finding shows it: normalised (RFC 9535 section 2.7), plain names with a dot.

    >>> [written(spot) for spot in along({"a": [{"odd key": 1}]}, ("a", 0, "odd key"))]
    ["$.a[0]['odd key']"]
    """
    return "$" if spot.around is None else written(spot.around) + name(spot.key)


def name(key: str | int) -> str:
    """Return a key as a step of a path.

    >>> name("city"), name("post code"), name(3)
    ('.city', "['post code']", '[3]')
    """
    if isinstance(key, int):
        return f"[{key}]"
    if _PLAIN_NAME.fullmatch(key):
        return f".{key}"
    return "['" + _UNSAFE.sub(_escaped, key) + "']"


def _escaped(found: re.Match[str]) -> str:
    letter = found.group()
    return f"\\{letter}" if letter in "'\\" else f"\\u{ord(letter):04x}"
