"""Dumps that are written from another one: its bytes, and what stands in place of some or between them."""

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sccon_lod.formats import JSONLD
from sccon_lod.packing import Known, Packed
from sccon_lod.positions import Positions, let_go, opened

_BLOCK = 1 << 24


class Kept(NamedTuple):
    """Bytes that are taken over."""

    start: int
    end: int


Piece = Kept | bytes


def framed(body: Sequence[Piece], positions: Positions) -> list[Piece]:
    """Return what a dump is made of that has these blocks, and around them what the other dump has around its own."""
    first, last = Kept(0, positions.start), Kept(positions.end, len(positions.content))
    return _joined([first, *_begun(body, positions), last])


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
    """Return pieces, those as one that stand side by side in the other dump."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else b""
        if isinstance(piece, Kept) and isinstance(last, Kept) and last.end == piece.start:
            joined[-1] = Kept(last.start, piece.end)
        else:
            joined.append(piece)
    return joined


def write(path: Path, other: Path, pieces: Iterable[Piece]) -> None:
    """Write a dump from another one."""
    with opened(other) as content, path.open("wb", buffering=0) as file:
        for piece in pieces:
            if isinstance(piece, bytes):
                put(file, piece)
                continue
            for start in range(piece.start, piece.end, _BLOCK):
                # Nothing is copied; what is looked at has to be let go, or the other one could not be closed.
                with memoryview(content) as whole, whole[start : min(start + _BLOCK, piece.end)] as block:
                    put(file, block)
                let_go(content)
        # The disk is busy while other things are done.
        os.fsync(file.fileno())


def put(file: FileIO, block: bytes | memoryview) -> None:
    """Write a block; the system may take only some of it at once, as on a disk that is nearly full."""
    done = 0
    with memoryview(block) as whole:
        while done < len(whole):
            with whole[done:] as rest:
                done += file.write(rest)


def known(pieces: Iterable[Piece], cuts: Sequence[int], size: int, packed: Packed) -> Known:
    """Return the packed parts of another dump that have the bytes of a part of this one.

    This one is made of `pieces`, has a size, and is cut before some places.
    """
    ends, packed_ends = dict(pairwise(packed.plain)), dict(pairwise(packed.packed))
    begins = dict(zip(packed.plain, packed.packed, strict=True))
    places = {
        (start, end): (begins[before], packed_ends[begins[before]])
        for start, end, before in _kept(pieces, [0, *cuts, size])
        if start < end and ends.get(before) == before + end - start
    }
    return Known(packed.path, places)


def _kept(pieces: Iterable[Piece], cuts: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield those parts that are taken over as they are: where they begin and end, and where they began before."""
    place = 0
    for piece in pieces:
        after = place + (len(piece) if isinstance(piece, bytes) else piece.end - piece.start)
        if isinstance(piece, Kept):
            inside = cuts[bisect_left(cuts, place) : bisect_right(cuts, after)]
            yield from ((start, end, start - place + piece.start) for start, end in pairwise(inside))
        place = after
