"""Gzip files of parts that are compressed each by itself, so that a part that is known need not be compressed again.

All parts are one member (RFC 1952, section 2.2): some readers take no more than the first. A part ends as a full flush
of zlib does, on a byte, and none looks back into another. What the same bytes become is always the same.
"""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from isal import isal_zlib

from sccon_lod.digests import Digest
from sccon_lod.positions import Content, let_go, opened

# zlib, and not ISA-L, which is twice as fast: now and then that one misses a match that it found before.
_LEVEL = 1  # of 1 to 9; the higher ones cost a quarter as much again and save a fortieth
_BLOCK = 1 << 20
# Neither the time nor the name of a file, so that bytes repeat; made fast (4), by any system (255).
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"
_LAST = b"\x03\x00"  # a last block that is empty (RFC 1951, section 3.2.6)
_RAW = -15  # deflate without a frame of its own


class Sums(NamedTuple):
    """The digest of a file, and its CRC-32."""

    digest: Digest
    crc: int


class Packed(NamedTuple):
    """A file that is packed as `path`: where its parts begin, where they begin packed, and the checksums of both files.

    Both lists hold the ends of the last part, too.
    """

    path: Path
    plain: Sequence[int]
    packed: Sequence[int]
    sums: Sums
    packed_sums: Sums


class Known(NamedTuple):
    """Packed parts of another file: where they stand in it, by where a part begins and ends that is not packed."""

    path: Path
    places: Mapping[tuple[int, int], tuple[int, int]]


class _Summing:
    """Takes the checksums of what is given block by block."""

    def __init__(self) -> None:
        self.size = self.crc = 0
        self._hash = hashlib.sha256()

    def add(self, block: bytes | memoryview) -> None:
        self._hash.update(block)
        self.crc = isal_zlib.crc32(block, self.crc)
        self.size += len(block)

    @property
    def sums(self) -> Sums:
        return Sums(Digest(self.size, self._hash.hexdigest()), self.crc)


def beside(path: Path) -> Path:
    """Return the name of a compressed file."""
    return path.with_name(f"{path.name}.gz")


def pack(path: Path, target: Path, cuts: Sequence[int] = (), known: Known | None = None) -> Packed:
    """Compress a file that is cut at some places; parts that are `known` are taken over."""
    size = path.stat().st_size
    ends, places = [0, *(each for each in cuts if 0 < each < size), size], [len(_HEADER)]
    plain, packed = _Summing(), _Summing()
    with ExitStack() as files:
        content, file = files.enter_context(opened(path)), files.enter_context(target.open("wb"))
        other = files.enter_context(known.path.open("rb")) if known else None

        def put(block: bytes) -> None:
            file.write(block)
            packed.add(block)

        put(_HEADER)
        for start, end in pairwise(ends):
            place = known.places.get((start, end)) if known else None
            packer = None if place else zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
            for begin in range(start, end, _BLOCK):
                with memoryview(content) as whole, whole[begin : min(begin + _BLOCK, end)] as block:
                    plain.add(block)
                    if packer:
                        put(packer.compress(block))
                let_go(content)
            if packer:
                put(packer.flush(zlib.Z_FULL_FLUSH))
            elif other and place:
                other.seek(place[0])
                put(other.read(place[1] - place[0]))
            places.append(packed.size)
        put(_LAST + plain.crc.to_bytes(4, "little") + (size % (1 << 32)).to_bytes(4, "little"))
    return Packed(target, ends, places, plain.sums, packed.sums)


def checksum(content: Content) -> int:
    """Return the CRC-32 of what a file holds."""
    with memoryview(content) as view:
        return isal_zlib.crc32(view)
