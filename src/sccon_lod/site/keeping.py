"""Pages that are as they were: taken from the release before."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from sccon_lod import checksums, digests
from sccon_lod.digests import Digest

BASIS = ".basis"  # in the folder of pages: a checksum of all that they were made from


def basis(files: Iterable[Path], texts: Iterable[str]) -> str:
    """Return one checksum of files, which have names and contents, and of texts."""
    found = hashlib.sha256()
    parts = [part for path in files for part in (path.name.encode(), path.read_bytes())]
    for part in (*parts, *(each.encode() for each in texts)):
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def take(former: Path, folder: Path, name: str, wanted: str) -> Mapping[Path, Digest]:
    """Take the pages of a former release that were made from the same, whose basis is `wanted`.

    They stand in the folder `name` of each release. Returns the digests of all files; none where there are no such
    pages, or where one of them is not what the checksums of that release say.
    """
    made = former / name / BASIS
    if not made.is_file() or made.read_text(encoding="utf-8") != f"{wanted}\n":
        return {}
    shutil.copytree(former / name, folder / name, copy_function=_take)
    listed = {path: each for path, each in checksums.read(former).items() if path.startswith(f"{name}/")}
    found = digests.of(each for each in (folder / name).rglob("*") if each.is_file())
    if {path.relative_to(folder).as_posix(): each.sha256 for path, each in found.items()} == listed:
        return found
    shutil.rmtree(folder / name)
    return {}


def _take(source: str, target: str) -> None:
    """Give a file of a release, which nobody changes, a second name; where that is not possible, copy it."""
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copyfile(source, target)
