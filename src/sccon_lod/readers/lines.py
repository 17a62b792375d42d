"""Text split into records; one broken record costs one record and not the rest of the file."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sccon_lod.readers.options import Dialect
from sccon_lod.readers.tables import UNSEEN

# The line a record begins on, its cells, and the reason why it could not be split: it then has no cells.
Raw = tuple[int, list[str], str]


@dataclass(frozen=True)
class Batch:
    """Some records; clean ones hold no control character and no byte that is not UTF-8."""

    raws: list[Raw]
    is_clean: bool


def batches(chunks: Iterable[bytes], dialect: Dialect) -> Iterator[Batch]:
    """Yield the records of a file in batches; a record that cannot be split ends with its first line.

    A byte that is not UTF-8 is a lone surrogate in its cell.
    """
    line, text, is_clean = 1, "", True
    for block, is_last in _whole_lines(chunks):
        added, was_clean = _decoded(block)
        text, is_clean = text + added, is_clean and was_clean
        splitting = _Splitting(text, line, dialect)
        yield Batch(splitting.raws(is_last), is_clean)
        line += splitting.done
        text = splitting.rest()
        is_clean = is_clean or not text


def _whole_lines(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    waiting: list[bytes] = []
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if end:
            yield b"".join((*waiting, chunk[:end])), False
            waiting = []
        waiting.append(chunk[end:])
    yield b"".join(waiting), True


def _decoded(block: bytes) -> tuple[str, bool]:
    try:
        return block.decode(), len(block.translate(None, UNSEEN)) == len(block)
    except UnicodeDecodeError:
        return block.decode(errors="surrogateescape"), False


class _Splitting:
    """A text that is being split; `done` of its lines are."""

    def __init__(self, text: str, line: int, dialect: Dialect) -> None:
        self.done = 0
        self._text, self._line, self._dialect = text, line, dialect
        self._lines: list[str] = []

    def raws(self, is_last: bool) -> list[Raw]:
        """Return the records; if more text follows, not the one that seems to go on in it."""
        found: list[Raw] = []
        lines: Iterable[str] = io.StringIO(self._text, newline="\n")
        while True:
            reader, begin = self._dialect.reader(lines), self.done
            try:
                for cells in reader:
                    found.append((self._line + self.done, cells, ""))
                    self.done = begin + reader.line_num
                return found
            except csv.Error as error:
                self._lines = self._lines or io.StringIO(self._text, newline="\n").readlines()
                if not is_last and "unexpected end" in str(error):
                    return found
                found.append((self._line + self.done, [], str(error)))
                self.done += 1
                lines = self._behind(self.done)

    def rest(self) -> str:
        """Return the text of the lines that were not split."""
        return "".join(self._lines[self.done :])

    def _behind(self, number: int) -> Iterator[str]:
        for place in range(number, len(self._lines)):
            yield self._lines[place]
