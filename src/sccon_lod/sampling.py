"""Parts of a dump: what is needed to validate some of its subjects."""

import mmap
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sccon_lod.shacl.shape import Path as ShaclPath
from sccon_lod.shacl.shape import Repeated, Sequence, Shape, Step

_END = b"> "  # what stands behind a subject


class Dump:
    """A file of sorted canonical N-Triples, in which subjects are found without reading all of it.

    The subjects `without` are taken for not being there.
    """

    def __init__(self, path: Path, without: Set[str] = frozenset()) -> None:
        self._path = path
        self._without = without

    def __enter__(self) -> Self:
        self._file = self._path.open("rb")
        is_empty = self._path.stat().st_size == 0
        self._bytes = b"" if is_empty else mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._bytes, mmap.mmap):
            self._bytes.close()
        self._file.close()

    def lines(self) -> Iterator[str]:
        """Yield all statements."""
        lines = self._from(0)
        return (each for each in lines if _subject(each) not in self._without) if self._without else lines

    def _from(self, place: int) -> Iterator[str]:
        while place < len(self._bytes):
            after = self._after(place)
            yield self._bytes[place : after - 1].decode()
            place = after

    def _after(self, place: int) -> int:
        """Return where the line ends that begins at a place."""
        return self._bytes.find(b"\n", place) + 1

    def _start(self, place: int) -> int:
        """Return where the line begins that a place is in."""
        return self._bytes.rfind(b"\n", 0, place) + 1

    def _subject(self, start: int) -> bytes:
        return bytes(self._bytes[start : self._bytes.find(_END, start) + 1])

    def about(self, subject: str) -> Iterator[str]:
        """Yield the statements about a subject."""
        if subject in self._without:
            return
        wanted = f"<{subject}>".encode()
        low, high = 0, len(self._bytes)
        while low < high:
            start = self._start((low + high) // 2)
            if self._subject(start) < wanted:
                low = self._after(start)
            else:
                high = start
        for line in self._from(low):
            if not line.startswith(f"<{subject}> "):
                return
            yield line

    def sample(self, count: int) -> list[str]:
        """Return some subjects, evenly from the whole file: the same for the same bytes."""
        size = len(self._bytes)
        starts = (self._start(size * (2 * place + 1) // (2 * count)) for place in range(count if size else 0))
        found = dict.fromkeys(self._subject(start)[1:-1].decode() for start in starts)
        return [each for each in found if each not in self._without]


class Said(Protocol):
    """Where to find what is said of a subject."""

    def about(self, subject: str) -> Iterator[str]:
        """Yield the statements about a subject, as lines of N-Triples without their ends."""


def around(dump: Said, nodes: Iterable[str], steps: int) -> list[str]:
    """Return the statements about nodes, and about all that so many steps lead to from them, less one."""
    found: dict[str, list[str]] = {}
    waiting = list(dict.fromkeys(nodes))
    for _ in range(max(1, steps)):
        for node in waiting:
            found[node] = list(dump.about(node))
        ends = (_object(line) for node in waiting for line in found[node])
        waiting = [each for each in dict.fromkeys(ends) if each and each not in found]
    return [line for lines in found.values() for line in lines]


def _subject(line: str) -> str:
    return line[1 : line.index(">")]


def _object(line: str) -> str:
    """Return the IRI that a statement ends with, the empty text for a literal."""
    written = line.split(" ", 2)[2]
    return written[1:-3] if written.startswith("<") else ""


def reach(name: str, shapes: Mapping[str, Shape], asking: tuple[str, ...] = ()) -> int | None:
    """Return how many steps from a focus node a shape looks; None where it looks back, or as far as it can."""
    shape = shapes[name]
    length = _length(shape.path)
    if name in asking or shape.has_queries or length is None:
        return None
    below = [1 for each in shape.parameters if each.name == "class"]
    for reference in shape.references:
        for each in (*reference.shapes, *reference.siblings):
            inner = reach(each, shapes, (*asking, name))
            if inner is None:
                return None
            below.append(inner)
    return length + max(below, default=0)


def _length(path: ShaclPath | None) -> int | None:
    if path is None:
        return 0
    if isinstance(path, Step):
        return None if path.is_inverse else 1
    if isinstance(path, Repeated):
        return None if path.is_many else _length(path.part)
    lengths = [_length(each) for each in path.parts]
    known = [each for each in lengths if each is not None]
    if len(known) < len(lengths):
        return None
    return sum(known) if isinstance(path, Sequence) else max(known)
