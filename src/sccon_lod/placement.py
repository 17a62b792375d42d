"""The place of a release among the others: whether it is a new one, its serial, and what describes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sccon_lod import checksums
from sccon_lod.digests import Digest
from sccon_lod.errors import IdentityError, Origin, not_writable
from sccon_lod.identity import FILE, Identities, Release
from sccon_lod.language import Text
from sccon_lod.publish import release

# Writes what describes a release into its folder.
Describe = Callable[[Path, Release], None]


@dataclass(frozen=True)
class Placement:
    """A release that is about to be made: `time` is its time, `kept` how many there are with it.

    `statements` is how many it has, `records` how many of each source; `is_moved` says that some document is not as it
    was.
    """

    public: Path
    identities: Identities
    time: str
    kept: int
    statements: int
    records: Mapping[str, int]
    is_moved: bool

    def put(self, folder: Path, written: Mapping[Path, Digest], describe: Describe) -> bool:
        """Make the staged folder the current release; return whether readers see another one than before.

        `written` are its files that stay as they are, whatever describes them.
        """
        release.name_well_known(self.public, "void", "void.ttl")
        return self._put(folder, written, describe)

    def _put(self, folder: Path, written: Mapping[Path, Digest], describe: Describe) -> bool:
        """Find the place of a release.

        Where nothing has changed, it is the last one: known by its checksum, even where its folder is gone. The ledger
        is written before the release is put in place, so that the next build takes up one that is killed in between.
        """
        last = self.identities.last
        if last and not self.is_moved:
            sums = _described(folder, written, last, describe)
            if checksums.digest(sums) == last.digest and self._is_last(folder, last.serial, sums):
                return self._restore(folder, last.serial)
        serial = release.following(last.serial if last else "", self.public)
        sums = _described(folder, written, Release(serial, self.time, ""), describe)
        former = release.current(self.public)
        made = Release(serial, self.time, checksums.digest(sums))
        self._remember(made)
        release.put_in_place(folder, self.public, serial)
        release.prune(self.public, self.kept, former)
        return True

    def _remember(self, made: Release) -> None:
        path = self.identities.path
        try:
            release.replace(path, self.identities.lines(made, self.statements, self.records))
        except OSError as error:
            raise not_writable(path, error) from error

    def _is_last(self, folder: Path, serial: str, sums: Mapping[str, str]) -> bool:
        """Whether the staged folder can stand for the last release: that one is gone, or has the same files."""
        there = self.public / release.RELEASES / serial
        return not there.exists() or checksums.are_of(sums, there, folder)

    def _restore(self, folder: Path, serial: str) -> bool:
        if not (self.public / release.RELEASES / serial).exists():
            release.put_in_place(folder, self.public, serial)
            return True
        if release.current(self.public) == serial:
            return False
        release.switch(self.public, serial)
        return True


def _described(folder: Path, written: Mapping[Path, Digest], edition: Release, describe: Describe) -> Mapping[str, str]:
    """Describe a staged release; return the checksums of all its files."""
    describe(folder, edition)
    sums = checksums.of_folder(folder, written)
    release.write(folder / checksums.FILE, checksums.lines(sums))
    return sums


def check(identities: Identities, public: Path) -> None:
    """Refuse a ledger that does not know a release that there is: it is an old one, or was cut off.

    The ledger is always written first. Raises IdentityError, and ReleaseError for a folder that is no link.
    """
    release.current(public)
    known = identities.releases()
    for serial in release.serials(public):
        folder = public / release.RELEASES / serial
        if (folder / checksums.FILE).is_file() and serial not in known:
            raise IdentityError(Origin(FILE), _behind(serial))


def _behind(serial: str) -> Text:
    return Text(
        f"Die Datei weiß nichts von Ausgabe {serial}, die es gibt; bitte aus der letzten Sicherung oder Version "
        "zurückholen. Ist sie verloren, dann public/ wegräumen; alle Adressen gelten danach als neu.",
        f"The file knows nothing of release {serial}, which there is; please restore it from the last backup or "
        "version. If it is lost, move public/ away; all addresses count as new then.",
    )
