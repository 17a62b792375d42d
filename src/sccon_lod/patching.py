"""A dump written from the former one: what has changed is put in place, and all else is taken over."""

import hashlib
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sccon_lod import packing
from sccon_lod.digests import Digest
from sccon_lod.formats import JSONLD
from sccon_lod.positions import Content, Positions, opened
from sccon_lod.publish.dumps import Frame

_BLOCK = 1 << 20


class Kept(NamedTuple):
    """Bytes that are taken over from the former dump."""

    start: int
    end: int


Piece = Kept | bytes


class Patched(NamedTuple):
    """A dump that was written: its digest, what it is made of, and the places before which it is cut."""

    digest: Digest
    pieces: Sequence[Piece]
    cuts: Sequence[int]


@dataclass(frozen=True)
class Patch:
    """What a dump has in place of what the former one has: the text of each subject that has changed, by its key.

    It is empty for one of which nothing is said any more. `cuts` are the keys before which packed files are cut.
    """

    frame: Frame
    texts: Mapping[bytes, bytes]
    cuts: Sequence[bytes]

    def write(self, former: Path, path: Path) -> Patched | None:
        """Write a dump; None where the former one has another frame, or what has changed is not found in its place."""
        with opened(former) as content:
            if not self.frame.is_around(content):
                return None
            pieces = self._pieces(self.frame.positions(content))
            digest = _write(path, content, pieces)
        return Patched(digest, pieces, self.cuts_of(path)) if self._is_in(path) else None

    def _is_in(self, path: Path) -> bool:
        """Whether all that has changed is found in a dump, and as it is now; the first node of JSON-LD has a blank."""
        with opened(path) as content:
            positions = self.frame.positions(content)
            found = ((content[slice(*positions.of(key))], text) for key, text in self.texts.items())
            return all(len(written) == len(text) and written[1:] == text[1:] for written, text in found)

    def cuts_of(self, path: Path) -> list[int]:
        """Return the places before which a dump is cut."""
        with opened(path) as content:
            return self.frame.positions(content).cuts(self.cuts)

    def changes(self, former: Path) -> bool:
        """Whether a dump has anything in it, or will have, that has changed."""
        with opened(former) as content:
            positions = self.frame.positions(content)
            return any(text or len(set(positions.of(key))) > 1 for key, text in self.texts.items())

    def _pieces(self, positions: Positions) -> list[Piece]:
        """Yield what a dump is made of."""
        body: list[Piece] = []
        place = positions.start
        for key, text in sorted(self.texts.items()):
            start, end = positions.of(key)
            body += [Kept(place, start)] if place < start else []
            body += [text] if text else []
            place = end
        body += [Kept(place, positions.end)] if place < positions.end else []
        return _joined(
            [Kept(0, positions.start), *_begun(body, positions), Kept(positions.end, len(positions.content))]
        )


def _begun(body: Sequence[Piece], positions: Positions) -> Iterator[Piece]:
    """Yield the pieces between the frame; in JSON-LD a blank stands in place of the comma before the first node."""
    for number, piece in enumerate(body):
        is_first = isinstance(piece, Kept) and piece.start == positions.start
        if positions.reading.form is not JSONLD or is_first == (number == 0):
            yield piece
        else:
            yield b"," if is_first else b" "
            yield piece[1:] if isinstance(piece, bytes) else Kept(piece.start + 1, piece.end)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces, those as one that stand side by side in the former dump."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else b""
        if isinstance(piece, Kept) and isinstance(last, Kept) and last.end == piece.start:
            joined[-1] = Kept(last.start, piece.end)
        else:
            joined.append(piece)
    return joined


def _write(path: Path, content: Content, pieces: Sequence[Piece]) -> Digest:
    found, size = hashlib.sha256(), 0
    with path.open("wb", buffering=0) as file:
        for piece in pieces:
            given, start, end = (piece, 0, len(piece)) if isinstance(piece, bytes) else (content, *piece)
            for place in range(start, end, _BLOCK):
                # Nothing is copied; what is looked at has to be let go, or the file could not be closed.
                with memoryview(given) as whole, whole[place : min(end, place + _BLOCK)] as block:
                    _put(file, block)
                    found.update(block)
                    size += len(block)
        # The disk is busy while other things are done.
        os.fsync(file.fileno())
    return Digest(size, found.hexdigest())


def _put(file: FileIO, block: memoryview) -> None:
    """Write a block; the system may take only some of it at once, as on a disk that is nearly full."""
    done = 0
    while done < len(block):
        with block[done:] as rest:
            done += file.write(rest)


def known(patched: Patched, former: Path, parts: tuple[Sequence[int], Sequence[int]]) -> packing.Known:
    """Return the packed parts of the former dump that have the same bytes between two cuts of the patched one.

    `former` is the former packed dump, `parts` says where its parts begin, in the dump and packed.
    """
    ends, packed = dict(pairwise(parts[0])), dict(pairwise(parts[1]))
    packed_at = dict(zip(parts[0], parts[1], strict=True))
    found: dict[tuple[int, int], bytes] = {}
    with former.open("rb") as file:
        for start, end, before in _kept(patched):
            if start < end and ends.get(before) == before + end - start:
                file.seek(packed_at[before])
                found[start, end] = file.read(packed[packed_at[before]] - packed_at[before])
    return found


def _kept(patched: Patched) -> Iterator[tuple[int, int, int]]:
    """Yield those parts that are taken over as they are: where they begin and end, and where they began before."""
    cuts = [0, *patched.cuts, patched.digest.size]
    place = 0
    for piece in patched.pieces:
        after = place + (len(piece) if isinstance(piece, bytes) else piece.end - piece.start)
        if isinstance(piece, Kept):
            inside = cuts[bisect_left(cuts, place) : bisect_right(cuts, after)]
            yield from ((start, end, start - place + piece.start) for start, end in pairwise(inside))
        place = after
