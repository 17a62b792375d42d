"""What a release is made with besides rows, in one checksum: the program, and the files of the publication."""

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from sccon_lod import project, successions, suppressions, waivers

_LIBRARIES = ("sccon-lod", "duckdb", "isal", "pyoxigraph")
_FOLDERS = ("mapping", "ontology", "shapes")


def checksum(root: Path) -> str:
    """Return a checksum of all that decides what rows of the publication in a folder become."""
    found = hashlib.sha256(repr((platform.python_version(), [version(each) for each in _LIBRARIES])).encode())
    for path in _program():
        known = path.stat()
        found.update(f"{path.name} {known.st_size} {known.st_mtime_ns}\n".encode())
    for path in _files(root):
        content = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode("utf-8", "surrogateescape"))
        found.update(content)
    return found.hexdigest()


def _program() -> Iterator[Path]:
    return iter(sorted(each for each in Path(__file__).parent.rglob("*") if each.suffix in (".py", ".ttl", ".json")))


def _files(root: Path) -> Iterator[Path]:
    named = [root / each for each in (project.FILE, waivers.FILE, successions.FILE, suppressions.FILE)]
    below = [each for folder in _FOLDERS for each in sorted((root / folder).rglob("*"))]
    return (each for each in (*named, *below) if each.is_file())
