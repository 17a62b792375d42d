"""Gzip files of parts: one member that all readers take, and the same bytes whatever is known already."""

import gzip
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sccon_lod import digests, packing
from sccon_lod.packing import Packed

WORDS = b"".join(b'<https://example.net/id/event/e%04d> <name> "Fest" .\n' % number for number in range(400))


def packed(folder: Path, content: bytes, cuts: list[int], known: packing.Known | None = None) -> tuple[Packed, bytes]:
    path, target = folder / "dump", folder / "dump.gz"
    path.write_bytes(content)
    made = packing.pack(path, target, cuts, known)
    return made, target.read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packed")


@settings(deadline=None)
@given(st.binary(max_size=200), st.lists(st.integers(0, 220), max_size=5).map(sorted))
def test_what_is_packed_is_one_member_with_the_same_content(folder: Path, content: bytes, cuts: list[int]) -> None:
    _, written = packed(folder, content, cuts)
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)

    assert gzip.decompress(written) == content
    assert (reader.decompress(written), reader.unused_data, reader.eof) == (content, b"", True)


def test_each_part_can_be_unpacked_by_itself(folder: Path) -> None:
    made, written = packed(folder, WORDS, [100, 7000, 7001])
    ends = list(zip(pairwise(made.plain), pairwise(made.packed), strict=True))

    assert list(made.plain) == [0, 100, 7000, 7001, len(WORDS)]
    for (start, end), (begin, finish) in ends:
        assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(written[begin:finish]) == WORDS[start:end]


def test_a_part_that_is_known_is_taken_over(folder: Path) -> None:
    made, written = packed(folder, WORDS, [7000])
    begin, finish = made.packed[1:3]
    # Known are the same bytes packed worse, so that it shows.
    stored = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
    worse = stored.compress(WORDS[7000:]) + stored.flush(zlib.Z_FULL_FLUSH)
    (folder / "other.gz").write_bytes(b"before" + worse + b"behind")
    known = packing.Known(folder / "other.gz", {(7000, len(WORDS)): (6, 6 + len(worse)), (0, 6999): (0, 6)})
    _, other = packed(folder, WORDS, [7000], known)

    assert other == written[:begin] + worse + written[finish:]
    assert gzip.decompress(other) == WORDS


def test_checksums_are_those_of_both_files(folder: Path) -> None:
    made, written = packed(folder, WORDS, [100])

    assert (made.sums.crc, made.packed_sums.crc) == (zlib.crc32(WORDS), zlib.crc32(written))
    assert packing.checksum(written) == made.packed_sums.crc
    assert digests.of([folder / "dump", folder / "dump.gz"]) == {
        folder / "dump": made.sums.digest,
        folder / "dump.gz": made.packed_sums.digest,
    }


def test_the_same_bytes_become_the_same_whatever_was_packed_before(folder: Path) -> None:
    _, first = packed(folder, WORDS[-424:], [])
    for size in (30, 5_000, 1 << 21):
        packed(folder, (WORDS * 100)[:size], [])

        assert packed(folder, WORDS[-424:], [])[1] == first
