"""The files of releases as they may be served: those that the checksums name, and no others."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from sccon_lod import checksums
from sccon_lod.errors import ReleaseError
from sccon_lod.publish import release

_KEPT = 8  # releases whose checksums are remembered


@dataclass(frozen=True)
class Release:
    """A release: its serial, its folder, and the checksums of its files by their names."""

    serial: str
    folder: Path
    sums: Mapping[str, str]


@dataclass(frozen=True)
class Opened:
    """A file that stays readable while releases come and go: its size, its time, and what its bytes are known by."""

    file: BinaryIO
    size: int
    modified: float
    tag: str


class Published:
    """What lies in the folder `public/` of a publication."""

    def __init__(self, public: Path) -> None:
        self._public = public
        self._read = lru_cache(_KEPT)(self._of_serial)

    def current(self) -> Release | None:
        """Return the release that readers see; None where there is none."""
        try:
            serial = release.current(self._public)
            return self._read(serial) if serial else None
        except (ReleaseError, OSError):
            return None

    def at(self, serial: str) -> Release | None:
        """Return a release that is kept, None where it is not (any more)."""
        try:
            return self._read(serial) if serial in release.serials(self._public) else None
        except (ReleaseError, OSError):
            return None

    def _of_serial(self, serial: str) -> Release:
        folder = (self._public / release.RELEASES / serial).resolve()
        return Release(serial, folder, checksums.read(folder))

    def well_known(self, name: str) -> str:
        """Return the file of the current release that an address below `.well-known/` leads to; empty for none."""
        link = self._public / ".well-known" / name
        if "/" in name or not link.is_symlink():
            return ""
        led = link.readlink().parts
        return "/".join(led[2:]) if led[:2] == ("..", release.CURRENT) else ""


def open_file(of: Release, name: str) -> Opened | None:
    """Return a file of a release for reading, None where it has none of this name; whoever calls this closes it."""
    if name not in of.sums and name != checksums.FILE:
        return None
    path = of.folder / name
    try:
        # Nobody who can write there leads us elsewhere.
        if path.resolve() != path:
            return None
        file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
    except OSError:
        return None
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        file.close()
        return None
    return Opened(file, status.st_size, status.st_mtime, of.sums.get(name) or f"{of.serial}-{status.st_size}")
