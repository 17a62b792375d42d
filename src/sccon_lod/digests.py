"""The size and the SHA-256 of files."""

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple


class Digest(NamedTuple):
    """The number of bytes of a file, and its SHA-256 in lower-case hexadecimal digits."""

    size: int
    sha256: str


def of(paths: Iterable[Path]) -> Mapping[Path, Digest]:
    """Return the digests of files, which are read at the same time."""
    found = list(paths)
    with ThreadPoolExecutor() as workers:
        return dict(zip(found, workers.map(_digest, found), strict=True))


def _digest(path: Path) -> Digest:
    with path.open("rb", buffering=0) as file:
        return Digest(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
