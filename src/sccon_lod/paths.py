"""Paths to records in a tree of JSON, and from a record to its values: a part of JSONPath (RFC 9535).

An iterator leads from the root `$` to the records. A reference leads from a record to a value, and outwards
with `..` to what is around it: one level for each step of the iterator.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from sccon_lod.language import Text


class Wildcard(Enum):
    """The step to every member of an array or an object: `[*]`."""

    EVERY = "[*]"


Step = str | int | slice | Wildcard


@dataclass(frozen=True)
class Reference:
    """The way from a record: so many levels outwards, then the steps inwards or the key that it stands under."""

    levels: int
    steps: tuple[Step, ...]
    wants_key: bool = False


class PathProblem(ValueError):
    """A path that is not understood: `text` says what is wrong with it and shows a right one."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


_STEP = re.compile(
    r"""(?P<dot>\.?)(?:
        (?P<name>[\w-]+)
        | (?P<star>\*)
        | \[\s*(?:
            (?P<every>\*)
            | (?P<slice>(?P<start>-?\d+)?\s*:\s*(?P<stop>-?\d+)?(?:\s*:\s*(?P<step>-?\d+)?)?)
            | (?P<index>-?\d+)
            | '(?P<single>(?:[^'\\]|\\.)*)'
            | "(?P<double>(?:[^"\\]|\\.)*)"
        )\s*\]
    )""",
    re.VERBOSE,
)
_OUTWARDS = re.compile(r"\.\.(?:/(?=.)|$)")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@cache
def iterator(path: str) -> tuple[Step, ...]:
    """Return the steps from the root of a document to its records (RFC 9535 section 2.1).

    >>> iterator("$.days[*]['odd key'][0]")
    ('days', <Wildcard.EVERY: '[*]'>, 'odd key', 0)
    """
    if not path.startswith("$"):
        raise PathProblem(
            Text(
                f"Der Iterator „{path}“ beginnt nicht an der Wurzel; richtig ist zum Beispiel $.events[*] oder $[*].",
                f"The iterator “{path}” does not begin at the root; right is for example $.events[*] or $[*].",
            )
        )
    return _steps(path, 1)


@cache
def reference(path: str) -> Reference:
    """Return the way from a record to what the reference names.

    >>> reference("address.city")
    Reference(levels=0, steps=('address', 'city'), wants_key=False)
    >>> reference("../../#")
    Reference(levels=2, steps=(), wants_key=True)
    """
    levels, position = 0, 0
    while found := _OUTWARDS.match(path, position):
        levels, position = levels + 1, found.end()
    if path[position:] == "#":
        return Reference(levels, (), wants_key=True)
    if path[position : position + 1] in ("$", "@"):
        return Reference(levels, _steps(path, position + 1))
    if not path or path.startswith(".", position):
        raise _not_understood(path, position)
    return Reference(levels, _steps(path, position, is_relative=True))


def _steps(path: str, position: int, *, is_relative: bool = False) -> tuple[Step, ...]:
    steps: list[Step] = []
    start = position
    while position < len(path):
        found = _STEP.match(path, position)
        # Only the first step of a relative path is written without a dot before its name.
        is_first = is_relative and position == start
        if found is None or (not found["dot"] and not is_first and (found["name"] or found["star"])):
            raise _not_understood(path, position)
        steps.append(_step(found, path))
        position = found.end()
    return tuple(steps)


def _step(found: re.Match[str], path: str) -> Step:
    if found["name"] is not None:
        return found["name"]
    if found["star"] or found["every"]:
        return Wildcard.EVERY
    if found["slice"] is not None:
        start, stop, step = (None if each is None else int(each) for each in found.group("start", "stop", "step"))
        if step == 0:
            raise _not_understood(path, found.start())
        return slice(start, stop, step)
    if found["index"] is not None:
        return int(found["index"])
    return _unquoted(found["single"] if found["single"] is not None else found["double"])


def _unquoted(name: str) -> str:
    def letter(found: re.Match[str]) -> str:
        return chr(int(found[1], 16)) if found[1] else _LETTERS.get(found[2], found[2])

    plain = _ESCAPE.sub(letter, name)
    # A letter beyond U+FFFF is escaped as two halves (RFC 9535 section 2.3.1.2).
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _not_understood(path: str, position: int) -> PathProblem:
    rest = path[position:]
    for sign, text in _UNSUPPORTED.items():
        if rest.startswith(sign) and not rest.startswith("../"):
            return PathProblem(Text(text.de.format(path=path), text.en.format(path=path)))
    return PathProblem(
        Text(
            f"Der Pfad „{path}“ ist ab „{rest}“ nicht lesbar; richtig ist zum Beispiel address.city, tags[*] oder "
            "../name, und bei einem Namen mit anderen Zeichen ['Event name'].",
            f"The path “{path}” cannot be read from “{rest}” on; right is for example address.city, tags[*] or "
            "../name, and for a name with other signs ['Event name'].",
        )
    )


_UNSUPPORTED = {
    "..": Text(
        "Der Pfad „{path}“ sucht mit „..“ in jeder Tiefe, was nicht unterstützt wird; bitte jeden Schritt nennen, zum "
        "Beispiel $.days[*].rooms[*].",
        "The path “{path}” searches at every depth with “..”, which is not supported; please name every step, for "
        "example $.days[*].rooms[*].",
    ),
    "[?": Text(
        "Der Pfad „{path}“ hat einen Filter, was nicht unterstützt wird; bitte [*] schreiben und mit einer Bedingung "
        "(condition) der Abbildung auswählen.",
        "The path “{path}” has a filter, which is not supported; please write [*] and select with a condition of the "
        "mapping.",
    ),
}
