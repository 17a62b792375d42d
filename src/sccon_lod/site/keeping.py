"""Pages that are as they were: taken from the release before."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from sccon_lod import checksums, digests
from sccon_lod.digests import Digest
from sccon_lod.errors import ReleaseError

FILE = ".pages"  # beside all releases, as it says nothing to readers


def basis(files: Iterable[Path], texts: Iterable[str]) -> str:
    """Return one checksum of files, which have names and contents, and of texts."""
    found = hashlib.sha256()
    parts = [part for path in files for part in (path.name.encode(), path.read_bytes())]
    for part in (*parts, *(each.encode() for each in texts)):
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def remember(public: Path, serial: str, made_from: str) -> None:
    """Note what the pages of a release were made from; where that is not possible, they are made again next time."""
    with suppress(OSError):
        (public / FILE).write_text(f"{serial} {made_from}\n", encoding="ascii")


def take(former: Path, folder: Path, name: str, wanted: str) -> Mapping[Path, Digest]:
    """Take the pages of a former release that were made from the same, whose basis is `wanted`.

    They stand in the folder `name` of each release. Returns the digests of all files; none where there are no such
    pages, or where one of them is not what the checksums of that release say.
    """
    if not (former / name).is_dir() or _remembered(former.parents[1]) != f"{former.name} {wanted}\n":
        return {}
    try:
        listed = {path: each for path, each in checksums.read(former).items() if path.startswith(f"{name}/")}
    except ReleaseError:
        return {}
    shutil.copytree(former / name, folder / name, copy_function=_take)
    found = digests.of(each for each in (folder / name).rglob("*") if each.is_file())
    if {path.relative_to(folder).as_posix(): each.sha256 for path, each in found.items()} == listed:
        return found
    shutil.rmtree(folder / name)
    return {}


def _remembered(public: Path) -> str:
    try:
        return (public / FILE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _take(source: str, target: str) -> None:
    """Give a file of a release, which nobody changes, a second name; where that is not possible, copy it."""
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copyfile(source, target)
