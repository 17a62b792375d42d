"""Suppression at once: what is named is gone from all releases, whether or not the records can be published."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sccon_lod import identity, memory, placement, purging, quarantine, suppressions
from sccon_lod.engine import Engine
from sccon_lod.errors import IdentityError, Origin, not_writable
from sccon_lod.identity import Identities
from sccon_lod.language import Text
from sccon_lod.placement import Placement
from sccon_lod.project import Project
from sccon_lod.publish import feed, release
from sccon_lod.publish.feed import Feed
from sccon_lod.suppressions import Suppression


@dataclass(frozen=True)
class Suppressed:
    """What was done: the serial of the new current release, empty where none was needed, and what was deleted.

    `releases` are the serials of releases, `files` those of the quarantine.
    """

    serial: str
    releases: tuple[str, ...]
    files: tuple[Path, ...]


def suppress(project: Project, iri: str, reason: str) -> Suppressed:
    """Note that a document must not be published any more, and take it from the releases and the quarantine.

    Where the current release has it, a copy without it takes its place; all others that have it are deleted. Raises
    IdentityError for an IRI that cannot be one of the publication, BusyError and ReleaseError as a build does.
    """
    document = _document(project, iri)
    with release.locked(project.public), Engine([project.root]) as engine:
        _clean(project.public)
        identities = Identities.read(engine, project.root, project.base)
        placement.check(identities, project.public)
        time = identity.moment(identities.last, "")
        _note(project.root, Suppression(document, time[:10], " ".join(reason.split()), Origin("")))
        known = [each.iri for each in suppressions.read(project.root)]
        serial = _replace(project, engine, identities, known, time)
        try:
            gone = tuple(_forget(project, known))
            return Suppressed(serial, gone, tuple(_clear(project.root, document)))
        except OSError as error:
            raise not_writable(project.public, error) from error


def _clean(public: Path) -> None:
    """Remove what a build left behind, and what it remembered."""
    try:
        release.clear(public)
        memory.forget(public)
    except OSError as error:
        raise not_writable(public, error) from error


def _document(project: Project, iri: str) -> str:
    """Return the IRI of the document that is meant; the base may be left out."""
    whole = iri if iri.startswith(f"{project.base}/") else f"{project.base}/{iri}"
    rest = whole.removeprefix(f"{project.base}/")
    if (":" in iri and whole != iri) or not re.fullmatch("[^/#]+(/[^/#]+)+(#.*)?", rest) or rest.startswith("dataset/"):
        raise IdentityError(Origin(iri), _foreign(project.base))
    return whole.partition("#")[0]


def _note(root: Path, suppression: Suppression) -> None:
    known = suppressions.read(root)
    if suppression.iri not in {each.iri for each in known}:
        try:
            release.replace(root / suppressions.FILE, suppressions.lines([*known, suppression]))
        except OSError as error:
            raise not_writable(root / suppressions.FILE, error) from error


def _replace(project: Project, engine: Engine, identities: Identities, iris: Sequence[str], time: str) -> str:
    """Put a copy of the current release without documents in its place; return its serial, empty for no copy."""
    serial = release.current(project.public)
    if not serial or not purging.is_in(project.public / release.RELEASES / serial, iris):
        return ""
    following = release.following(identities.last.serial if identities.last else "", project.public)
    with release.staged(project.public) as folder:
        written = purging.copy(
            project.public / release.RELEASES / serial, folder, iris, project.dataset, (serial, following), time
        )
        count = _watch(identities, folder / project.dump)
        identities.suppress(iris)
        gone = [each.document for each in identities.tombstones()]
        identities.settle(gone)
        kept = project.releases.kept
        placement = Placement(project.public, identities, time, kept, count, identities.former, is_moved=True)
        told = Feed.of(project, release.CURRENT)
        placement.put(
            folder, written, lambda place, edition: feed.write(engine, told, place / feed.FOLDER, edition.time)
        )
    return following


def _watch(identities: Identities, dump: Path) -> int:
    """Take note of a dump; return the number of its statements."""
    with dump.open("rb") as file:
        identities.watch(file)
    identities.keep_what_is_watched()
    with dump.open("rb") as file:
        return sum(1 for _ in file)


def _forget(project: Project, iris: Sequence[str]) -> Iterator[str]:
    """Delete the releases that have one of some documents; yield their serials."""
    for serial in release.serials(project.public):
        if purging.is_in(project.public / release.RELEASES / serial, iris):
            release.remove(project.public, serial)
            yield serial


def _clear(root: Path, document: str) -> Iterator[Path]:
    """Delete the files of the quarantine that name a document; the next build writes them without it."""
    name = re.compile(rb"(?<![\w-])" + re.escape(document.rpartition("/")[2].encode()) + rb"(?![\w-])")
    folder = root / quarantine.FOLDER
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix != ".json" and name.search(path.read_bytes()):
            path.unlink()
            yield path


def _foreign(base: str) -> Text:
    return Text(
        f"Das ist keine Adresse dieser Veröffentlichung; richtig ist eine unter {base}/, zum Beispiel event/messe.",
        f"This is no address of this publication; right is one below {base}/, for example event/fair.",
    )
