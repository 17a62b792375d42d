"""Files of records below a folder: single ones, folders, patterns, and what is compressed in them."""

import gzip
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.rows import Readable

LARGEST = 4 << 30  # bytes of one file when it is no longer compressed
DENSEST = 200  # times that a file may grow when it is no longer compressed …
_UNSUSPECTED = 64 << 20  # … beyond this many bytes
_BUFFER = 1 << 16
_PATTERN = re.compile(r"[*?\[]")
_GZIP, _ZIP = ".gz", ".zip"
_UNSAFE = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f\x7f]")
_LOCAL_HEADER = struct.Struct("<26xHH")  # the lengths of name and extra field, which stand behind it
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


def members(root: Path, file: str, suffixes: Collection[str]) -> Iterator[Readable]:
    """Yield the files that a path, a pattern or a folder below `root` means, sorted by name.

    Of a folder and of an archive, those that end in one of `suffixes`. A member of an archive is written behind
    its name: `data/x.zip/inner.csv`. Raises SourceError where there is none, or where one lies outside `root`.
    """
    paths = _paths(root, file, suffixes)
    opened = _opened if len(paths) == 1 else _among_others
    found = [each for path in paths for each in opened(root, path, suffixes)]
    inner = _archive_of(root, file)
    if inner:
        found = [each for each in _members(root, inner) if each.name == file]
    if not found:
        raise SourceError(Origin(file), _nothing(suffixes) if _is_several(root, file) else _MISSING)
    yield from found


def _paths(root: Path, file: str, suffixes: Collection[str]) -> list[Path]:
    path = root / file
    try:
        if path.is_dir():
            return sorted(each for each in path.iterdir() if _is_wanted(each, (*suffixes, _ZIP)))
        if path.is_file() or not _PATTERN.search(file):
            return [path] if path.is_file() else []
        return sorted(each for each in root.glob(file) if each.is_file() and not _is_hidden(each.name))
    except OSError as error:
        raise SourceError(Origin(file), unreadable(error)) from error
    except (ValueError, NotImplementedError) as error:
        raise SourceError(Origin(file), _NO_PATTERN) from error


def _is_several(root: Path, file: str) -> bool:
    return (root / file).is_dir() or file.endswith(_ZIP) or bool(_PATTERN.search(file))


def _is_wanted(path: Path, suffixes: Collection[str]) -> bool:
    return path.is_file() and not _is_hidden(path.name) and suffix(path.name) in suffixes


def _is_hidden(name: str) -> bool:
    # Office programs keep such files beside those that are open.
    return name.startswith((".", "~$"))


def suffix(name: str) -> str:
    """Return the ending of a file in lower case; of a compressed one, that of what is compressed.

    >>> suffix("data/Event.CSV.gz")
    '.csv'
    """
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix == _GZIP else path.suffix


def stem(name: str) -> str:
    """Return the name of a file without its folder and its ending.

    >>> stem("data/2025/event.v1.csv.gz")
    'event.v1'
    """
    path = PurePosixPath(name)
    return PurePosixPath(path.stem).stem if path.suffix.lower() == _GZIP else path.stem


def _opened(root: Path, path: Path, suffixes: Collection[str]) -> Iterator[Readable]:
    name = _name(root, path)
    if path.suffix.lower() == _ZIP:
        yield from (each for each in _members(root, name) if each.suffix in suffixes)
    elif path.suffix.lower() == _GZIP:
        yield Readable(name, suffix(name), _guarded(name, path.stat().st_size, partial(gzip.GzipFile, path)))
    else:
        yield Readable(name, suffix(name), partial(_plain, path, name))


def _among_others(root: Path, path: Path, suffixes: Collection[str]) -> list[Readable]:
    """Return what is in a file; a damaged archive is one that cannot be opened, so that the others are read."""
    try:
        return list(_opened(root, path, suffixes))
    except SourceError as error:
        if path.suffix.lower() != _ZIP:
            raise
        return [Readable(_name(root, path), next(iter(suffixes)), _refusing(error))]


def _refusing(error: SourceError) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        raise error

    return opened


def _name(root: Path, path: Path) -> str:
    """Return the name of a file below a folder; a link must not lead out of it."""
    below = path.relative_to(root) if path.is_relative_to(root) else path
    # A name that is not UTF-8 can be shown, but not be written to a report.
    shown = below.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if not path.resolve().is_relative_to(root.resolve()):
        raise SourceError(
            Origin(shown),
            Text(
                "Die Datei liegt außerhalb des Ordners der Veröffentlichung; bitte hineinkopieren, etwa nach data/.",
                "The file lies outside the folder of the publication; please copy it there, for example to data/.",
            ),
        )
    return shown


def _plain(path: Path, name: str) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise SourceError(Origin(name), unreadable(error)) from error


# --- compressed


def _archive_of(root: Path, file: str) -> str:
    """Return the archive in whose place a path has a folder, or the empty text."""
    above = (each.as_posix() for each in PurePosixPath(file).parents if each.suffix.lower() == _ZIP)
    return next((each for each in above if (root / each).is_file()), "")


def _members(root: Path, name: str) -> Iterator[Readable]:
    path = root / name
    shown = _name(root, path)
    try:
        with zipfile.ZipFile(path) as archive:
            kept = [each for each in archive.infolist() if _is_file(each)]
    except _BROKEN as error:
        raise SourceError(Origin(shown), _DAMAGED) from error
    if sum(each.file_size for each in kept) > LARGEST:
        raise SourceError(Origin(shown), _HUGE)
    seen: set[str] = set()
    for each in sorted(kept, key=lambda each: each.filename):
        inner = f"{shown}/{each.filename}"
        if _UNSAFE.search(each.filename) or each.filename in seen:
            raise SourceError(Origin(shown), _unsafe(each.filename))
        seen.add(each.filename)
        if each.flag_bits & 1:
            locked = _refusing(SourceError(Origin(inner), _LOCKED))
            yield Readable(inner, PurePosixPath(each.filename).suffix.lower(), locked)
        else:
            yield Readable(
                inner,
                PurePosixPath(each.filename).suffix.lower(),
                _guarded(inner, each.compress_size, partial(_member, path, each)),
            )


def _member(path: Path, member: zipfile.ZipInfo) -> io.BufferedIOBase:
    """Open a member without reading the directory of its archive again (APPNOTE.TXT, section 4.3.7)."""
    file = path.open("rb")
    try:
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise zipfile.BadZipFile
        file.seek(sum(_LOCAL_HEADER.unpack(header)), io.SEEK_CUR)
        return zipfile.ZipExtFile(file, "r", member, close_fileobj=True)
    except _BROKEN:
        file.close()
        raise


def _is_file(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    parts = PurePosixPath(member.filename).parts
    is_hidden = any(part != ".." and _is_hidden(part) for part in parts) or "__MACOSX" in parts
    return not (member.is_dir() or is_hidden or kind == stat.S_IFLNK)


def _guarded(name: str, packed: int, start: Callable[[], io.BufferedIOBase]) -> Callable[[], BinaryIO]:
    """Return how to open what is compressed so that it neither grows without end nor breaks without a word."""

    def opened() -> BinaryIO:
        try:
            return io.BufferedReader(_Unpacked(start(), name, packed), _BUFFER)
        except _BROKEN as error:
            raise SourceError(Origin(name), _DAMAGED) from error

    return opened


class _Unpacked(io.RawIOBase):
    """Bytes that are no longer compressed, counted while they are read."""

    def __init__(self, stream: io.BufferedIOBase, name: str, packed: int) -> None:
        self._stream, self._name = stream, name
        self._left = min(LARGEST, max(DENSEST * packed, _UNSUSPECTED))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            read = self._stream.read(len(buffer))
        except _BROKEN as error:
            raise SourceError(Origin(self._name), _DAMAGED) from error
        self._left -= len(read)
        if self._left < 0:
            raise SourceError(Origin(self._name), _HUGE)
        buffer[: len(read)] = read
        return len(read)

    def close(self) -> None:
        self._stream.close()
        super().close()


# --- what is said


def unreadable(error: OSError) -> Text:
    """Return what is said of a file that the system does not let us read."""
    return Text(
        f"Die Datei kann nicht gelesen werden ({error.strerror or ''}). Liegt sie an diesem Ort?",
        f"The file cannot be read ({error.strerror or ''}). Is it at this place?",
    )


def _nothing(suffixes: Collection[str]) -> Text:
    known = ", ".join(suffixes)
    return Text(
        f"Hier ist keine Datei, die gelesen werden kann; lesbar sind: {known}.",
        f"There is no file here that can be read; these can: {known}.",
    )


def _unsafe(name: str) -> Text:
    return Text(
        f"Der Name „{name}“ im Archiv führt aus ihm hinaus oder steht zweimal darin; bitte neu packen.",
        f"The name “{name}” in the archive leads out of it or stands in it twice; please pack it again.",
    )


_MISSING = Text("Die Datei gibt es nicht. Liegt sie an diesem Ort?", "There is no such file. Is it at this place?")
_NO_PATTERN = Text(
    "So kann ein Muster für Dateien nicht lauten; richtig ist zum Beispiel data/2025/*.csv oder data/**/*.csv.",
    "A pattern for files cannot be like this; right is for example data/2025/*.csv or data/**/*.csv.",
)
_DAMAGED = Text(
    "Die gepackte Datei ist beschädigt oder auf eine Weise gepackt, die nicht gelesen wird; bitte neu packen.",
    "The compressed file is damaged, or compressed in a way that is not read; please pack it again.",
)
_LOCKED = Text(
    "Die gepackte Datei ist durch ein Passwort geschützt; bitte ohne Passwort packen.",
    "The compressed file is protected by a password; please pack it without one.",
)
_HUGE = Text(
    f"Die gepackte Datei wird beim Entpacken größer als {LARGEST >> 30} GiB oder als das {DENSEST}-fache; "
    "bitte aufteilen oder ungepackt ablegen.",
    f"The compressed file grows beyond {LARGEST >> 30} GiB or {DENSEST} times its size when it is unpacked; "
    "please split it, or put it there uncompressed.",
)
