"""The folder of releases: one is written aside, and put in place by one rename."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sccon_lod.errors import BusyError, Origin, ReleaseError
from sccon_lod.language import Text

CURRENT = "current"
_PREVIOUS = ".previous"
RELEASES = "releases"
_LOCK = ".lock"
_STAGING = ".staging"  # whatever begins like this is left over where nobody holds the lock
_DIGITS = 6
_MANY = 200  # files


@contextmanager
def locked(public: Path) -> Iterator[None]:
    """Keep all others from writing to `public`; the system forgets a lock when its process ends.

    Raises BusyError where another process writes there, ReleaseError where nobody can.
    """
    try:
        public.mkdir(parents=True, exist_ok=True)
        file = (public / _LOCK).open("ab")
    except OSError as error:
        raise not_writable(public, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(Origin(public.name), _BUSY) from error
        except OSError as error:
            raise not_writable(public, error) from error
        yield


@contextmanager
def staged(public: Path) -> Iterator[Path]:
    """Give an empty folder inside `public` to write a release to; it is removed unless it was put in place.

    Whoever calls this holds the lock, so that what others left behind can be removed. Raises ReleaseError where the
    folder cannot be written.
    """
    folder = public / _STAGING
    try:
        clear(public)
        (public / RELEASES).mkdir(exist_ok=True)
        folder.mkdir()
        folder.chmod(0o755)
    except OSError as error:
        raise not_writable(public, error) from error
    try:
        yield folder
    except OSError as error:
        raise not_writable(public, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear(public: Path) -> None:
    """Remove what a build left behind that was killed."""
    for left in public.glob(f"{_STAGING}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def serials(public: Path) -> list[str]:
    """Return the serials of the releases that are kept, in order."""
    folder = public / RELEASES
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted((each.name for each in found if each.name.isdecimal() and each.is_dir()), key=int)


def current(public: Path) -> str:
    """Return the serial of the release that readers see; the empty text where there is none.

    Raises ReleaseError where a folder stands in the place of the link.
    """
    link = public / CURRENT
    if link.exists() and not link.is_symlink():
        raise ReleaseError(Origin(f"{public.name}/{CURRENT}"), _NO_LINK)
    return link.readlink().name if link.is_dir() else ""


def find(public: Path, serial: str) -> str:
    """Return the serial of a release that is kept, however many zeros were written before it. Raises ReleaseError."""
    there = serials(public)
    for each in there:
        if serial.isdecimal() and int(each) == int(serial):
            return each
    raise ReleaseError(Origin(f"{public.name}/{RELEASES}"), _unknown(serial, there))


def before(public: Path) -> str:
    """Return the serial of the release that was live before the current one. Raises ReleaseError for none."""
    there, now, previous = serials(public), current(public), _previous(public)
    if previous in there and previous != now:
        return previous
    former = [each for each in there if not now or int(each) < int(now)]
    if not former:
        raise ReleaseError(Origin(f"{public.name}/{RELEASES}"), _unknown("", there))
    return former[-1]


def following(known: str, public: Path) -> str:
    """Return the serial after `known` and after those of all releases that are kept."""
    return f"{max(int(each) for each in (known or '0', *serials(public))) + 1:0{_DIGITS}d}"


def put_in_place(folder: Path, public: Path, serial: str) -> None:
    """Make the staged folder the current release, which nobody changes from then on.

    What it holds is on the disk before it has its name, and it has its name before the link leads to it: whenever the
    machine stops, a reader sees the old release or the new.
    """
    _sync_tree(folder)
    folder.rename(public / RELEASES / serial)
    _sync(public / RELEASES)
    switch(public, serial)


def switch(public: Path, serial: str) -> None:
    """Make a release that is kept the current one, by one rename. Raises ReleaseError where that is not possible."""
    try:
        former = current(public)
        if former not in ("", serial):
            _link(public, former, _PREVIOUS)
        _link(public, serial, CURRENT)
        _sync(public)
    except OSError as error:
        raise not_writable(public, error) from error


def _link(public: Path, serial: str, name: str) -> None:
    """Let a link lead to a release, by one rename."""
    link = public / f"{_STAGING}-link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(RELEASES) / serial, target_is_directory=True)
    link.replace(public / name)


def _previous(public: Path) -> str:
    link = public / _PREVIOUS
    return link.readlink().name if link.is_symlink() and link.is_dir() else ""


def name_well_known(public: Path, name: str, file: str) -> None:
    """Let `.well-known/NAME` lead to a file of the current release (RFC 8615)."""
    link = public / ".well-known" / name
    if not link.is_symlink() and not link.exists():
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(Path("..") / CURRENT / file)


def prune(public: Path, kept: int, former: str = "") -> None:
    """Remove the oldest releases, so that `kept` are left; the current one and the `former` one always are."""
    there, spared = serials(public), {current(public), former, _previous(public)}
    for serial in there[: max(0, len(there) - kept)]:
        if serial not in spared:
            with suppress(OSError):  # the next build tries it again
                remove(public, serial)


def remove(public: Path, serial: str) -> None:
    """Remove a release: it has no name any more before its files go."""
    leaving = public / f"{_STAGING}-{serial}"
    (public / RELEASES / serial).rename(leaving)
    shutil.rmtree(leaving)


def _sync_tree(folder: Path) -> None:
    paths = sorted(folder.rglob("*"))
    if len(paths) > _MANY:
        # All at once is much faster than one by one; afterwards each is asked only whether that went well.
        os.sync()
    for each in paths:
        if not each.is_symlink():
            _sync(each)
    _sync(folder)


def _sync(path: Path) -> None:
    """Make sure that a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write(path: Path, parts: Iterator[str]) -> None:
    """Write a text file in UTF-8."""
    write_bytes(path, (part.encode() for part in parts))


def write_bytes(path: Path, parts: Iterator[bytes]) -> None:
    """Write a file."""
    with path.open("wb") as file:
        for part in parts:
            file.write(part)


def replace(path: Path, parts: Iterator[bytes]) -> None:
    """Write a file anew, so that a reader sees the old one or the new, whenever the machine stops."""
    aside = path.with_name(f".{path.name}.new")
    write_bytes(aside, parts)
    _sync(aside)
    aside.replace(path)
    _sync(path.parent)


def not_writable(public: Path, error: OSError) -> ReleaseError:
    """Return the error about a folder of releases that cannot be written."""
    return ReleaseError(
        Origin(public.name),
        Text(
            f"Hier kann nicht geschrieben werden ({error.strerror}); die bisherige Ausgabe bleibt, wie sie ist.",
            f"It is not possible to write here ({error.strerror}); the former release stays as it is.",
        ),
    )


def _unknown(serial: str, there: Sequence[str]) -> Text:
    kept = ", ".join(there)
    if not there:
        return Text(
            "Es gibt noch keine Ausgabe; build macht die erste.", "There is no release yet; build makes the first."
        )
    if not serial:
        return Text(
            f"Eine frühere Ausgabe gibt es nicht; vorhanden sind: {kept}.",
            f"There is no former release; those that are kept: {kept}.",
        )
    return Text(
        f"Die Ausgabe {serial} gibt es nicht (mehr); vorhanden sind: {kept}.",
        f"There is no release {serial} (any more); those that are kept: {kept}.",
    )


_BUSY = Text(
    "Hier schreibt gerade ein anderer Lauf des Programms; bitte warten, bis er fertig ist, dann noch einmal versuchen.",
    "Another run of the program is writing here; please wait until it has finished, and try again.",
)
_NO_LINK = Text(
    "Das ist ein Ordner und keine Verknüpfung (kopiert?); bitte löschen, die Ausgabe entsteht neu.",
    "This is a folder and no link (copied?); please delete it, the release is made anew.",
)
