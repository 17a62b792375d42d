"""Gzip files of parts that are compressed each by itself, so that a part that is known need not be compressed again.

All parts are one member (RFC 1952, section 2.2): some readers take no more than the first. A part ends as a full flush
of zlib does, on a byte, and none looks back into another. What the same bytes become is always the same.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple

from isal import isal_zlib

from sccon_lod.positions import Content

# zlib, and not ISA-L, which is twice as fast: now and then that one misses a match that it found before.
_LEVEL = 1  # of 1 to 9; the higher ones cost a quarter as much again and save a fortieth
_BLOCK = 1 << 20
# Neither the time nor the name of a file, so that bytes repeat; made fast (4), by any system (255).
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"
_LAST = b"\x03\x00"  # a last block that is empty (RFC 1951, section 3.2.6)
_RAW = -15  # deflate without a frame of its own


class Packed(NamedTuple):
    """Where the parts of a file begin, where they begin packed, and the CRC-32 of both files.

    Both lists hold the ends of the last part, too.
    """

    plain: Sequence[int]
    packed: Sequence[int]
    crc: int
    packed_crc: int


# Packed parts by where they begin and end in a file that is not packed.
Known = Mapping[tuple[int, int], bytes]


def pack(path: Path, target: Path, cuts: Sequence[int] = (), known: Known | None = None) -> Packed:
    """Compress a file that is cut at some places; parts that are `known` are taken over."""
    size = path.stat().st_size
    ends, places = [0, *(each for each in cuts if 0 < each < size), size], [len(_HEADER)]
    crc, checked = 0, isal_zlib.crc32(_HEADER)
    with path.open("rb") as source, target.open("wb") as file:
        file.write(_HEADER)
        for start, end in pairwise(ends):
            place = places[-1]
            for block, written in _part(source, end - start, (known or {}).get((start, end))):
                file.write(written)
                crc, checked = isal_zlib.crc32(block, crc), isal_zlib.crc32(written, checked)
                place += len(written)
            places.append(place)
        last = _LAST + crc.to_bytes(4, "little") + (size % (1 << 32)).to_bytes(4, "little")
        file.write(last)
        return Packed(ends, places, crc, isal_zlib.crc32(last, checked))


def _part(source: BinaryIO, size: int, known: bytes | None) -> Iterator[tuple[bytes, bytes]]:
    """Yield what a part holds, block by block, and what that becomes packed: all at its end where that is known."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    for place in range(0, size, _BLOCK):
        block = source.read(min(_BLOCK, size - place))
        yield block, packer.compress(block) if known is None else b""
    yield b"", packer.flush(zlib.Z_FULL_FLUSH) if known is None else known


def checksum(content: Content) -> int:
    """Return the CRC-32 of what a file holds."""
    with memoryview(content) as view:
        return isal_zlib.crc32(view)
