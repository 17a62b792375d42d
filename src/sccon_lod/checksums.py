"""The checksums of a release: what each of its files was when it was written."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sccon_lod import digests
from sccon_lod.digests import Digest
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.language import Text

FILE = "checksums.sha256"
# What quotes cells or counts rows may differ where the published statements are the same.
_APART = re.compile(r"(pages/)?(report|ledger)(\.[a-z]+)+")
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


def files(folder: Path) -> list[str]:
    """Return the names of all files below a folder, in order, but for the checksums themselves."""
    found = (each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir())
    return sorted(each for each in found if each != FILE)


def of_folder(folder: Path, known: Mapping[Path, Digest] | None = None) -> Mapping[str, str]:
    """Return the checksums of all files below a folder by their names, in order; those that are known are not read."""
    told = known or {}
    paths = {name: folder / name for name in files(folder)}
    found = {**told, **digests.of(path for path in paths.values() if path not in told)}
    return {name: found[path].sha256 for name, path in paths.items()}


def lines(sums: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the file, which `sha256sum --check` reads."""
    return (f"{digest}  {name}\n" for name, digest in sums.items())


def read(folder: Path) -> Mapping[str, str]:
    """Return the checksums that a release says itself. Raises ReleaseError where it says none."""
    path = folder / FILE
    place = f"{folder.parent.name}/{folder.name}/{FILE}"
    try:
        said = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(Origin(place), _MISSING) from error
    found: dict[str, str] = {}
    for number, line in enumerate(said, 1):
        written = _LINE.fullmatch(line)
        if written is None or written[2] in found:
            raise ReleaseError(Origin(place, number), _NO_CHECKSUM)
        found[written[2]] = written[1]
    return found


def are_of(sums: Mapping[str, str], folder: Path, like: Path) -> bool:
    """Whether a release says that its files have these checksums, and they do.

    Files that are the same as in the folder `like`, which has these checksums, are not read.
    """
    if not _says(folder, sums) or files(folder) != list(sums):
        return False
    others = {folder / each: digest for each, digest in sums.items() if not (folder / each).samefile(like / each)}
    return {path: each.sha256 for path, each in digests.of(others).items()} == others


def _says(folder: Path, sums: Mapping[str, str]) -> bool:
    with suppress(ReleaseError):
        return dict(read(folder)) == dict(sums)
    return False


def digest(sums: Mapping[str, str]) -> str:
    """Return one checksum of all published statements and what describes them, without report and ledger."""
    kept = {name: each for name, each in sums.items() if not _APART.fullmatch(name)}
    return hashlib.sha256("".join(lines(kept)).encode()).hexdigest()


_MISSING = Text(
    "Die Ausgabe hat keine lesbaren Prüfsummen; bitte mit build eine neue machen.",
    "The release has no checksums that can be read; please make a new one with build.",
)
_NO_CHECKSUM = Text(
    "Hier steht keine Prüfsumme; die Datei wurde geändert. Bitte mit build eine neue Ausgabe machen.",
    "There is no checksum here; the file was changed. Please make a new release with build.",
)
