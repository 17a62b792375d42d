"""What differs between two dumps: documents that are new, changed or gone, with the statements that differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from sccon_lod.language import Text
from sccon_lod.sorted_dumps import SortedDump
from sccon_lod.terms import OWL

_DEPRECATED = (OWL + "deprecated").encode()


class Kind(Enum):
    """What happened to a document."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"

    @property
    def word(self) -> Text:
        """What it is called."""
        return _WORDS[self]


_WORDS = {
    Kind.ADDED: Text("neu", "added"),
    Kind.CHANGED: Text("geändert", "changed"),
    Kind.REMOVED: Text("entfernt", "removed"),
}


@dataclass(frozen=True)
class Change:
    """What happened to a document (all subjects with the same IRI before `#`), as lines of N-Triples in their order."""

    document: str
    kind: Kind
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """How many documents and statements differ, and the first changes."""

    documents: Mapping[Kind, int]
    removed: int
    added: int
    first: tuple[Change, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing differs."""
        return not self.removed and not self.added

    @property
    def is_whole(self) -> bool:
        """Whether the first changes are all of them."""
        return len(self.first) == sum(self.documents.values())


def between(old: Path, new: Path) -> Iterator[Change]:
    """Yield what happened to each document from one dump of sorted N-Triples to another, in the order of their IRIs.

    Memory is needed for a block of each file and for what differs in a document. Raises ReleaseError with file and
    line for anything else than sorted N-Triples.
    """
    with SortedDump(old) as before, SortedDump(new) as after:
        yield from _by_document(_differing(before, after), before, after)


def summed(changes: Iterable[Change], most: int) -> Summary:
    """Count changes; the first are kept, until they have `most` statements."""
    documents: Counter[Kind] = Counter()
    removed = added = 0
    first: list[Change] = []
    for each in changes:
        if removed + added < most:
            first.append(each)
        documents[each.kind] += 1
        removed += len(each.removed)
        added += len(each.added)
    return Summary({kind: documents[kind] for kind in Kind}, removed, added, tuple(first))


# --- lines that differ


def _differing(old: SortedDump, new: SortedDump) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines that only one dump has, in their order, and whether it is the new one."""
    while True:
        left, right = old.block(), new.block()
        if left == right:
            if not left:
                return
            last = old.lines(left)[-1]
            old.skip(left, last)
            new.skip(right, last)
            continue
        removed, added = _apart(old, new, left, right)
        yield from sorted([*((line, False) for line in removed), *((line, True) for line in added)])


def _apart(old: SortedDump, new: SortedDump, left: bytes, right: bytes) -> tuple[list[bytes], list[bytes]]:
    """Go on in both dumps to the last line that is known of both; return the lines that only one of them has."""
    # Of a dump that has ended, all lines are known.
    limit = min(each[-1] for each in (old.lines(left), new.lines(right)) if each)
    gone, come = old.take(limit), new.take(limit)
    was, are = set(gone), set(come)
    return [line for line in gone if line not in are], [line for line in come if line not in was]


# --- documents


@dataclass
class _Open:
    """A document of which more lines may come."""

    name: bytes
    removed: list[bytes] = field(default_factory=list)
    added: list[bytes] = field(default_factory=list)

    def is_passed(self, line: bytes) -> bool:
        """Whether a line stands behind all lines of the document."""
        # <D#part> stands before <D-other>, which stands before <D>.
        end = b"<%b>" % self.name
        return line > end and not line.startswith(end)

    def _is_left(self, lines: Iterable[bytes]) -> bool:
        """Whether lines say that this is what is left of a document that was withdrawn."""
        return any(line.startswith(b"<%b> <%b>" % (self.name, _DEPRECATED)) for line in lines)

    def closed(self, old: SortedDump, new: SortedDump) -> Change:
        """Return what happened to the document."""
        kind = Kind.CHANGED
        if self._is_left(self.removed) or (not self.removed and not old.holds(self.name)):
            kind = Kind.ADDED
        elif self._is_left(self.added) or (not self.added and not new.holds(self.name)):
            kind = Kind.REMOVED
        removed, added = (tuple(line.decode() for line in lines) for lines in (self.removed, self.added))
        return Change(self.name.decode(), kind, removed, added)


def _by_document(lines: Iterable[tuple[bytes, bool]], old: SortedDump, new: SortedDump) -> Iterator[Change]:
    # Whatever stands between the lines of a document begins with its name, so that the last one opened ends first.
    opened: list[_Open] = []
    for line, is_new in lines:
        while opened and opened[-1].is_passed(line):
            yield opened.pop().closed(old, new)
        name = line[1 : line.index(b">")].partition(b"#")[0]
        if not opened or opened[-1].name != name:
            opened.append(_Open(name))
        (opened[-1].added if is_new else opened[-1].removed).append(line)
    while opened:
        yield opened.pop().closed(old, new)
