"""A dump in sorted N-Triples that is read block by block, with room for one block only."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from operator import lt
from pathlib import Path
from types import TracebackType
from typing import Self

from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.language import Text

_BLOCK = 1 << 16  # bytes; where something differs in one, it is compared line by line
_PROBE = 1 << 12  # bytes that are read for one line
_IRI = rb'<[^\x00-\x20<>"{}|^`\\]++>'
_LITERAL = rb'"(?:[^"\\\r\n]++|\\[^\r\n])*+"(?:\^\^' + _IRI + rb"|@[A-Za-z0-9-]++)?+"
_LINES = re.compile(rb"(?:" + _IRI + rb" " + _IRI + rb" (?:" + _IRI + rb"|" + _LITERAL + rb") \.\n)*+")


class SortedDump:
    """A file of sorted N-Triples that is read from its start, and asked about lines at any place of it.

    What is read is checked: ReleaseError says where a line is none, or not in its place.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise ReleaseError(Origin(str(path)), _not_readable(error)) from error
        self._size = self._file.seek(0, 2)
        self._place = self._passed = 0
        self._last = b""
        # What was read last: the line before it, its lines, and whether none follows.
        self._floor, self._lines, self._is_end = b"", list[bytes](), False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def block(self) -> bytes:
        """Return whole lines from the present place on, about a block; none at the end."""
        wanted = _BLOCK
        while True:
            block = self._read(self._place, wanted)
            end = block.rfind(b"\n") + 1
            if end or not block:
                return block[:end]
            if self._place + len(block) >= self._size:
                raise self._error(0, _NO_LINE)
            wanted *= 2

    def lines(self, block: bytes) -> list[bytes]:
        """Return the lines of the present block."""
        self._check(block)
        lines = block.split(b"\n")[:-1]
        if not all(map(lt, lines, islice(lines, 1, None))):
            index = next(place for place in range(1, len(lines)) if lines[place - 1] >= lines[place])
            raise self._error(index, _NOT_SORTED)
        if lines and lines[0] <= self._last:
            raise self._error(0, _NOT_SORTED)
        self._floor, self._lines = self._last, lines
        self._is_end = self._place + len(block) >= self._size
        return lines

    def _check(self, block: bytes) -> None:
        found = _LINES.match(block)
        end = found.end() if found else 0
        try:
            block.decode()
        except UnicodeDecodeError as error:
            end = min(end, error.start)
        if end < len(block):
            raise self._error(block.count(b"\n", 0, end), _NO_LINE)

    def take(self, limit: bytes) -> list[bytes]:
        """Go behind the lines of the present block that are not greater than `limit`, and return them."""
        taken = self._lines[: bisect_right(self._lines, limit)]
        if taken:
            self._go(sum(map(len, taken)) + len(taken), len(taken), taken[-1])
        return taken

    def skip(self, block: bytes, last: bytes) -> None:
        """Go behind the present block, which was checked here or in the other dump; `last` is its last line."""
        # That it is in its place there says that it is here, since both dumps were read up to the same line.
        self._go(len(block), block.count(b"\n"), last)

    def _go(self, length: int, lines: int, last: bytes) -> None:
        self._place += length
        self._passed += lines
        self._last = last

    def holds(self, document: bytes) -> bool:
        """Whether there is a line about a document, or about a part of it."""
        return any(self._first(prefix).startswith(prefix) for prefix in (b"<%b#" % document, b"<%b>" % document))

    def _first(self, key: bytes) -> bytes:
        """Return the first line that is not less than a key; empty where there is none."""
        # Mostly it is one of the lines that were read last, so that the file need not be searched.
        if self._floor < key and self._lines and key <= self._lines[-1]:
            return self._lines[bisect_left(self._lines, key)]
        if self._floor < key and self._is_end:
            return b""
        return next(self._from(key), b"")

    def beginning(self, prefix: bytes) -> Iterator[bytes]:
        """Yield the lines that begin with a prefix."""
        for line in self._from(prefix):
            if not line.startswith(prefix):
                return
            yield line

    def _from(self, key: bytes) -> Iterator[bytes]:
        """Yield the lines that are not less than a key."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            start, line = self._line(middle)
            if line and line < key:
                low = start + len(line) + 1
            else:
                high = middle
        start, line = self._line(low)
        while line:
            yield line
            start, line = self._line(start + len(line) + 1)

    def _line(self, place: int) -> tuple[int, bytes]:
        """Return the first line that starts at a place or behind it, and where that is."""
        start = 0
        if place:
            before = self._until_feed(place - 1)
            start = place + len(before)
        return start, self._until_feed(start)

    def _until_feed(self, place: int) -> bytes:
        parts: list[bytes] = []
        while True:
            part = self._read(place, _PROBE)
            end = part.find(b"\n")
            parts.append(part if end < 0 else part[:end])
            if end >= 0 or not part:
                return b"".join(parts)
            place += len(part)

    def _read(self, place: int, wanted: int) -> bytes:
        try:
            self._file.seek(place)
            return self._file.read(wanted) or b""
        except OSError as error:
            raise ReleaseError(Origin(str(self._path)), _not_readable(error)) from error

    def _error(self, index: int, text: Text) -> ReleaseError:
        return ReleaseError(Origin(str(self._path), self._passed + index + 1), text)


def _not_readable(error: OSError) -> Text:
    return Text(
        f"Diese Datei einer Ausgabe kann nicht gelesen werden ({error.strerror}). Ist die Ausgabe vollständig?",
        f"This file of a release cannot be read ({error.strerror}). Is the release complete?",
    )


_NO_LINE = Text(
    "Das ist keine Zeile N-Triples, also nicht die Datei, die geschrieben wurde; bitte mit build eine neue Ausgabe "
    "machen.",
    "This is no line of N-Triples, so not the file that was written; please make a new release with build.",
)
_NOT_SORTED = Text(
    "Diese Zeile steht nicht in der Reihenfolge der Bytes oder zweimal; richtig sortiert: LC_ALL=C sort -u.",
    "This line is not in the order of bytes, or stands twice; what sorts it: LC_ALL=C sort -u.",
)
