"""The folder of a release: written aside, and put in place by one rename."""

import filecmp
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.language import Text

_KEPT = 2  # releases, the current one among them
_STAGING = ".staging-"
_STALE = 3600  # seconds after which nobody writes to a staged folder any more


@contextmanager
def staged(public: Path) -> Iterator[Path]:
    """Give an empty folder inside `public` to write a release to; it is removed unless it was put in place.

    Raises ReleaseError where the folder cannot be written.
    """
    try:
        (public / "releases").mkdir(parents=True, exist_ok=True)
        _clear(public)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=public))
        folder.chmod(0o755)
    except OSError as error:
        raise _not_writable(public, error) from error
    try:
        yield folder
    except OSError as error:
        raise _not_writable(public, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _clear(public: Path) -> None:
    """Remove what a build left behind that was killed; one that is running now is younger."""
    for left in public.glob(f"{_STAGING}*/"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _STALE:
            shutil.rmtree(left, ignore_errors=True)


def _not_writable(public: Path, error: OSError) -> ReleaseError:
    return ReleaseError(
        Origin(public.name),
        Text(
            f"Hier kann nicht geschrieben werden ({error.strerror}); die bisherige Ausgabe bleibt, wie sie ist.",
            f"It is not possible to write here ({error.strerror}); the former release stays as it is.",
        ),
    )


def put_in_place(folder: Path, public: Path) -> bool:
    """Make the staged folder the current release; return whether it differs from the one before.

    `current` is a symbolic link that is replaced by one rename, so a reader sees the old release or the new.
    """
    current = public / "current"
    if current.exists() and not current.is_symlink():
        raise ReleaseError(
            Origin(f"{public.name}/current"),
            Text(
                "Das ist ein Ordner und keine Verknüpfung (kopiert?); bitte löschen, die Ausgabe entsteht neu.",
                "This is a folder and no link (copied?); please delete it, the release is made anew.",
            ),
        )
    if current.is_dir() and same(folder, current):
        return False
    serial = max(_serials(public), default=0) + 1
    target = public / "releases" / f"{serial:06d}"
    folder.rename(target)
    link = public / f"{_STAGING}link"
    with suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(Path("releases") / target.name, target_is_directory=True)
    link.replace(current)
    for old in sorted(_serials(public))[:-_KEPT]:
        shutil.rmtree(public / "releases" / f"{old:06d}", ignore_errors=True)
    return True


def _serials(public: Path) -> list[int]:
    return [int(each.name) for each in (public / "releases").iterdir() if each.name.isdecimal()]


def same(left: Path, right: Path) -> bool:
    """Whether two releases hold the same files with the same bytes."""
    names = sorted(each.name for each in left.iterdir())
    if names != sorted(each.name for each in right.iterdir()):
        return False
    return all(filecmp.cmp(left / name, right / name, shallow=False) for name in names)


def write(path: Path, parts: Iterator[str]) -> None:
    """Write a text file in UTF-8."""
    write_bytes(path, (part.encode() for part in parts))


def write_bytes(path: Path, parts: Iterator[bytes]) -> None:
    """Write a file."""
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def sync(paths: Iterable[Path]) -> None:
    """Make sure that files are on the disk."""
    for path in paths:
        with path.open("rb") as file:
            os.fsync(file.fileno())
