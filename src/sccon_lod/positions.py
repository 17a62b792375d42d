"""Where subjects stand in a dump of any format: their blocks are in one order, and are found without reading it all."""

import mmap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.names import Names

# What stands before and behind the subject of a block, and what only the border of two blocks has: a letter of the
# one, and the beginning of the other. N-Triples have a block for each line.
_AROUND = {NTRIPLES: (b"<", b">"), TURTLE: (b"\n", b"\n"), JSONLD: (b'"id": "', b'"')}
_BORDERS = {NTRIPLES: b"\n", TURTLE: b"\n\n", JSONLD: b"\n,{\n"}
_MANY = 256  # places that are looked for in a file, until what was read of it is let go
Content = mmap.mmap | bytes


@dataclass(frozen=True)
class Reading:
    """How the subjects of blocks are read in a format; `prefixes` are the short names that they may have."""

    form: Format
    prefixes: Mapping[str, str]

    @classmethod
    def of(cls, form: Format, names: Names) -> "Reading":
        """Return how subjects are read in a format with some names."""
        return cls(form, {NTRIPLES: {}, TURTLE: names.prefixes, JSONLD: names.linked}[form])

    def subject(self, block: bytes) -> str:
        """Return the subject that a block speaks of."""
        return self.subject_at(block, 0)

    def subject_at(self, content: Content, start: int) -> str:
        """Return the subject of the block that begins at a place."""
        before, behind = _AROUND[self.form]
        begin = content.find(before, start) + len(before)
        written = content[begin : content.find(behind, begin)].decode()
        if written.startswith("<"):
            return written[1:-1]
        prefix, _, local = written.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes else written


def key(subject: str) -> bytes:
    """Return what blocks are put in order by."""
    return f"{subject}>".encode()


@dataclass(frozen=True)
class Positions:
    """The blocks of a dump, from `start` to `end` of what it holds."""

    content: Content
    reading: Reading
    start: int
    end: int

    def before(self, key: bytes) -> int:
        """Return where the first block begins that does not come before a key; the end where there is none."""
        low, high = self.start, self.end
        while low < high:
            begin = self._begin((low + high) // 2)
            if f"{self.reading.subject_at(self.content, begin)}>".encode() < key:
                low = self._after(begin)
            else:
                high = begin
        return low

    def of(self, key: bytes) -> tuple[int, int]:
        """Return where what is said of a subject begins and ends; the same place twice where there is nothing."""
        return self.before(key), self.before(key + b"\0")

    def cuts(self, keys: Iterable[bytes]) -> list[int]:
        """Return where a dump is cut, before the blocks of some keys, in order; neither at its start nor its end."""
        found: set[int] = set()
        for number, each in enumerate(keys, 1):
            found.add(self.before(each))
            if number % _MANY == 0:
                let_go(self.content)
        return sorted(found - {self.start, self.end})

    def _begin(self, place: int) -> int:
        border = _BORDERS[self.reading.form]
        found = self.content.rfind(border, max(0, self.start - 1), place - 1 + len(border))
        return max(self.start, found + 1)

    def _after(self, begin: int) -> int:
        found = self.content.find(_BORDERS[self.reading.form], begin, self.end)
        return self.end if found < 0 else found + 1


def let_go(content: Content) -> None:
    """Keep nothing in memory of what was read of a file."""
    if isinstance(content, mmap.mmap):
        content.madvise(mmap.MADV_DONTNEED)


@contextmanager
def opened(path: Path) -> Iterator[Content]:
    """Give what a file holds, without reading it."""
    if path.stat().st_size == 0:
        yield b""
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield content
