"""What a release is made with besides rows, in one checksum: the program, and the files of the publication."""

import hashlib
import platform
import re
import zlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from sccon_lod import project, successions, suppressions, waivers
from sccon_lod.project import Project

_PROGRAM = "sccon-lod"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_FOLDERS = ("mapping", "ontology", "shapes")


def checksum(settings: Project) -> str:
    """Return a checksum of all that decides what rows of a publication become."""
    # The settings were read before, and may be others than those that their file has now.
    told = sorted(settings.settings.items()), sorted(settings.lists.items()), sorted(settings.external.items())
    found = hashlib.sha256(repr((platform.python_version(), zlib.ZLIB_RUNTIME_VERSION, _libraries(), told)).encode())
    for path in _program():
        known = path.stat()
        found.update(f"{path} {known.st_size} {known.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    for path in _files(settings.root):
        content = path.read_bytes()
        found.update(
            f"{path.relative_to(settings.root).as_posix()} {len(content)}\n".encode("utf-8", "surrogateescape")
        )
        found.update(content)
    return found.hexdigest()


def _libraries() -> list[tuple[str, str]]:
    """Return the program and the libraries that it names, with their versions."""
    named = [_PROGRAM, *(each for each in requires(_PROGRAM) or () if "extra ==" not in each)]
    return [(matched[0], _version(matched[0])) for matched in map(_NAME.match, named) if matched]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # some are for certain systems only
        return ""


def _program() -> Iterator[Path]:
    return iter(sorted(each for each in Path(__file__).parent.rglob("*") if each.suffix in (".py", ".ttl", ".json")))


def _files(root: Path) -> Iterator[Path]:
    named = [root / each for each in (project.FILE, waivers.FILE, successions.FILE, suppressions.FILE)]
    below = [each for folder in _FOLDERS for each in sorted((root / folder).rglob("*"))]
    return (each for each in (*named, *below) if each.is_file())
