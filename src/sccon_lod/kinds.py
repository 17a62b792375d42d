"""The kinds of records of a publication, and where their subjects lie among all others."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sccon_lod.mapping import Term
from sccon_lod.plan import Group
from sccon_lod.terms import TYPE

# A kind becomes part of the names of files and of addresses.
_NAME = re.compile("[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Kind:
    """A kind of record: its name, and what the IRIs of its subjects begin with."""

    name: str
    spaces: tuple[str, ...]


def of(groups: Iterable[Group], base: str) -> tuple[Kind, ...]:
    """Return the kinds of the groups that name the records of sources, by name.

    The last segment of the constant that all their subjects begin with is the kind; where there is none, they are of
    no kind.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        space, name = _named(group.head)
        if _NAME.fullmatch(name) and space != f"{base}/":
            found[name] |= {f"{base}/{name}/", space}
    return tuple(Kind(name, tuple(sorted(spaces))) for name, spaces in sorted(found.items()))


def classes(kind: Kind, groups: Iterable[Group]) -> Iterator[str]:
    """Yield the classes of the subjects of a kind that are the same for all, in the order of the mapping."""
    for group in groups:
        if group.head in kind.spaces:
            for each in group.statements:
                value = each.rule.object
                if each.rule.predicate == TYPE and isinstance(value, Term) and isinstance(value.template[0], str):
                    yield value.template[0]


def _named(head: str) -> tuple[str, str]:
    """Return the namespace that a constant ends in, and its last segment.

    >>> _named("https://example.org/id/event/e-")
    ('https://example.org/id/event/', 'event')
    """
    matched = re.match(r"(https?://[^/]+/(?:.*/)?([^/#]+)[/#])[^/#]*$", head)
    return (matched[1], matched[2]) if matched else ("", "")


@dataclass(frozen=True)
class Order:
    """Kinds in the order of subjects, where each stands side by side."""

    kinds: tuple[Kind, ...]

    @cached_property
    def spaces(self) -> Mapping[str, str]:
        """The kind of the subjects that begin with some text."""
        return {space: kind.name for kind in self.kinds for space in kind.spaces}

    @cached_property
    def _edges(self) -> list[str]:
        """The subjects at which some kind begins or ends."""
        return sorted({edge for space in self.spaces for edge in (space, after(space))})

    @cached_property
    def _names(self) -> list[str]:
        """The kind before the first edge, and that after each; empty where there is none."""
        return ["", *map(self.of, self._edges)]

    def of(self, subject: str) -> str:
        """Return the kind of a subject; where spaces lie within each other, it is that of the innermost."""
        around = [space for space in self.spaces if subject.startswith(space)]
        return self.spaces[max(around, key=len)] if around else ""

    def spans(self, kind: Kind, before: Callable[[bytes], int], end: int) -> Iterator[tuple[int, int]]:
        """Yield where what is said of a kind begins and ends in a dump; some of these may be empty.

        `before` gives the place of the first block whose subject, with what follows it, does not come before a text;
        `end` is the place behind the last block.
        """
        # Dumps are in the order of subjects with what follows them, so that `a` comes after `a/b`.
        places = [*(before(each.encode()) for each in self._edges), end]
        for name, span in zip(self._names[1:], pairwise(places), strict=True):
            if name == kind.name:
                yield span


def after(space: str) -> str:
    """Return the least text that comes after all that begin with `space`."""
    return space[:-1] + chr(ord(space[-1]) + 1)
