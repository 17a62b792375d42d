"""What is remembered of the last release, so that the next one need not be made from nothing.

Nothing depends on it: what is damaged, cut off, or of another release is not used. Only the user who builds can read
it, as it tells more than what is published.
"""

import hashlib
import json
import shutil
import stat
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import NamedTuple

from sccon_lod import checksums, packing
from sccon_lod.census import Census, Count
from sccon_lod.digests import Digest
from sccon_lod.findings import Result
from sccon_lod.kinds import Kind
from sccon_lod.packing import Sums
from sccon_lod.positions import opened
from sccon_lod.publish import release
from sccon_lod.results import Found
from sccon_lod.shacl.shape import Term

FOLDER = ".memory"
_FILE, _SUBJECTS = "memory.json", "subjects.parquet"


class File(NamedTuple):
    """A file of a release: its size, when it was written, its SHA-256, and its CRC-32."""

    size: int
    time: int
    sha256: str
    crc: int

    @property
    def sums(self) -> Sums:
        """The checksums of the file."""
        return Sums(Digest(self.size, self.sha256), self.crc)


@dataclass(frozen=True)
class Place:
    """Where releases are, and what decides besides rows how one is made.

    `made_with` is a checksum of the program and the files of the publication, `identities` the identity ledger.
    """

    public: Path
    made_with: str
    identities: Path


@dataclass(frozen=True)
class Memory:
    """A release: its serial, what it was made with, and what was found and written.

    `made_with` is one checksum of all but rows that decides what is published, `framed` one of names, kinds and
    tombstones, `identities` one of the identity ledger that the release ends. `results` are those of the shapes,
    `is_mixed` says that there are literals that cannot be compared. `parts` are where packed files are cut: in the
    dump, and packed.
    """

    serial: str
    made_with: str
    framed: str
    identities: str
    statements: int
    is_mixed: bool
    results: frozenset[Found]
    counted: Census
    files: Mapping[str, File]
    parts: Mapping[str, tuple[Sequence[int], Sequence[int]]]


def folder(public: Path, serial: str) -> Path:
    """Return the folder of a release."""
    return public / release.RELEASES / serial


def subjects(public: Path) -> Path:
    """Return the file with a number for all that the release says of each subject."""
    return public / FOLDER / _SUBJECTS


def begin(public: Path) -> Path:
    """Forget what is remembered; return the file to write the numbers of subjects to."""
    forget(public)
    (public / FOLDER).mkdir(mode=0o700)
    return subjects(public)


def forget(public: Path) -> None:
    """Remove what is remembered: first the file without which the rest is nothing. Raises OSError where it stays."""
    folder = public / FOLDER
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        (folder / _FILE).unlink(missing_ok=True)
        shutil.rmtree(folder)


def keep(public: Path, memory: Memory) -> None:
    """Remember a release, whose numbers of subjects are written."""
    written = json.dumps(
        {
            "serial": memory.serial,
            "made_with": memory.made_with,
            "framed": memory.framed,
            "identities": memory.identities,
            "statements": memory.statements,
            "is_mixed": memory.is_mixed,
            "results": [[astuple(each.result), each.value] for each in sorted(memory.results, key=repr)],
            "whole": _cells(memory.counted.whole),
            "kinds": [[each.name, each.spaces, _cells(count)] for each, count in memory.counted.kinds.items()],
            "links": [[*named, number] for named, number in memory.counted.links.items()],
            "files": memory.files,
            "parts": memory.parts,
            "sums": digest(_sums(public, memory.serial)),
            "subjects": digest(subjects(public)),
        }
    ).encode()
    head = hashlib.sha256(written).hexdigest().encode()
    release.replace(public / FOLDER / _FILE, iter([head, b"\n", written]))


def read(place: Place) -> Memory | None:
    """Return what is remembered of the release that readers see, if it was made with the same.

    None where there is nothing, or what cannot be relied on.
    """
    public = place.public
    try:
        head, _, written = (public / FOLDER / _FILE).read_bytes().partition(b"\n")
        if head.decode() != hashlib.sha256(written).hexdigest():
            return None
        told = json.loads(written)
        if told["made_with"] != place.made_with or release.current(public) != told["serial"]:
            return None
        paths = {"subjects": subjects(public), "sums": _sums(public, told["serial"]), "identities": place.identities}
        is_whole = all(told[name] == digest(path) for name, path in paths.items())
        return _told(written) if is_whole else None
    except (OSError, ValueError):
        return None


def file(path: Path, sums: Sums) -> File:
    """Return what is known of a file."""
    return File(sums.digest.size, path.stat().st_mtime_ns, sums.digest.sha256, sums.crc)


def are_untouched(files: Mapping[Path, File]) -> bool:
    """Whether files are as they were left: of their size and time, and with what they held."""
    try:
        if not all(_looks_like(path, known) for path, known in files.items()):
            return False
        with ThreadPoolExecutor(max_workers=2) as workers:
            return all(workers.map(_holds, files.keys(), files.values()))
    except OSError:
        return False


def _looks_like(path: Path, known: File) -> bool:
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and (found.st_size, found.st_mtime_ns) == (known.size, known.time)


def _holds(path: Path, known: File) -> bool:
    with opened(path) as content:
        return packing.checksum(content) == known.crc


def _sums(public: Path, serial: str) -> Path:
    return public / release.RELEASES / serial / checksums.FILE


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


# --- as JSON


def _cells(count: Count) -> list[object]:
    """Return a count as `_count` takes it."""
    named = [list(each.items()) for each in (count.classes, count.properties)]
    return [count.subjects, count.own, count.example, *named, sorted(count.days)]


def _count(
    subjects: int,
    own: int,
    example: str,
    classes: Iterable[tuple[str, int]],
    properties: Iterable[tuple[str, int]],
    days: Iterable[str],
) -> Count:
    return Count(subjects, own, example, Counter(dict(classes)), Counter(dict(properties)), set(days))


def _told(written: bytes) -> Memory:
    told = json.loads(written)
    kinds = {Kind(name, tuple(spaces)): _count(*count) for name, spaces, count in told["kinds"]}
    links = {(predicate, space): int(number) for predicate, space, number in told["links"]}
    return Memory(
        told["serial"],
        told["made_with"],
        told["framed"],
        told["identities"],
        told["statements"],
        told["is_mixed"],
        frozenset(Found(Result(*result), Term(*value) if value else None) for result, value in told["results"]),
        Census(_count(*told["whole"]), kinds, links),
        {name: File(*known) for name, known in told["files"].items()},
        {name: (plain, packed) for name, (plain, packed) in told["parts"].items()},
    )
