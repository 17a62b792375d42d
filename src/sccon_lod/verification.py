"""Whether a release is what it was when it was made: its files by their checksums, its statements by the ledger."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sccon_lod import checksums, history, purging, suppressions
from sccon_lod.errors import Origin
from sccon_lod.identity import Watched
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.publish import release

_BLOCK = 1 << 20
_NAMED = 3  # documents that a fault names


class Fault(NamedTuple):
    """Something in a release that is not as it was made."""

    origin: Origin
    text: Text

    def line(self, language: str) -> str:
        """Return the fault as one line of text."""
        return f"{self.origin}: {self.text.in_language(language)}"


def faults(project: Project, public: Path, serial: str) -> Iterator[Fault]:
    """Yield what is wrong with a release. Raises ReleaseError where it has no checksums."""
    folder = public / release.RELEASES / serial
    place = f"{public.name}/{release.RELEASES}/{serial}"
    listed, found = checksums.read(folder), checksums.of_folder(folder)
    for name in sorted({*listed, *found}):
        origin = Origin(f"{place}/{name}")
        if name not in found:
            yield Fault(origin, _MISSING)
        elif name not in listed:
            yield Fault(origin, _UNLISTED)
        elif listed[name] != found[name]:
            yield Fault(origin, _CHANGED)
        elif name.endswith(".gz") and listed.get(name.removesuffix(".gz")) != _unpacked(folder / name):
            yield Fault(origin, _OTHER)
    suppressed = [each.iri for each in suppressions.read(project.root)]
    if suppressed and purging.is_in(folder, suppressed):
        yield Fault(Origin(place), _SUPPRESSED)
    told = history.releases(project.root).get(serial)
    if told is None:
        yield Fault(Origin(place), _UNKNOWN)
    elif told.digest != checksums.digest(listed):
        yield Fault(Origin(f"{place}/{checksums.FILE}"), _OTHER_SUMS)
    else:
        origin = Origin(f"{place}/{project.dump}")
        yield from _other_documents(project, folder / project.dump, origin, serial, told.statements)


def _unpacked(path: Path) -> str:
    """Return the checksum of what is in a compressed file; the empty text for a damaged one."""
    found = hashlib.sha256()
    try:
        with gzip.open(path) as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except (OSError, EOFError, zlib.error):
        return ""
    return found.hexdigest()


def _other_documents(project: Project, dump: Path, origin: Origin, serial: str, statements: int) -> Iterator[Fault]:
    """Compare the documents of a dump with those that the ledger says the release has."""
    known, gone = history.documents(project.root, serial)
    if not dump.is_file():
        return
    watched = Watched(project.base)
    with dump.open("rb") as file:
        count = sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
        if count != statements:
            yield Fault(origin, _count(count, statements))
        file.seek(0)
        found = {each.iri: each for each in watched.note(file)}
        found.update({each.iri: each for each in watched.rest()})
    extra = [iri for iri in found if iri not in known and iri not in gone]
    for text, iris in (
        (_LOST, [iri for iri in known if iri not in found]),
        (_EXTRA, extra),
        (_DIFFERENT, [iri for iri in known if iri in found and found[iri] != known[iri]]),
    ):
        if iris:
            yield Fault(origin, _with(text, len(iris), ", ".join(sorted(iris)[:_NAMED])))


def _with(text: Mapping[str, str], count: int, named: str) -> Text:
    return Text(text["de"].format(count=count, named=named), text["en"].format(count=count, named=named))


def _count(found: int, told: int) -> Text:
    return Text(
        f"Hier stehen {found} Aussagen, veröffentlicht sind laut identity.csv {told}.",
        f"There are {found} statements here, and {told} are published according to identity.csv.",
    )


_MISSING = Text("Die Datei fehlt.", "The file is missing.")
_UNLISTED = Text("Diese Datei gehört nicht zur Ausgabe.", "This file does not belong to the release.")
_CHANGED = Text("Die Datei wurde geändert.", "The file was changed.")
_OTHER = Text("Gepackt ist etwas anderes als die Datei ohne .gz.", "What is compressed is not the file without .gz.")
_SUPPRESSED = Text(
    "Hier steht etwas, das unterdrückt ist (suppressed.csv); bitte build ausführen oder noch einmal suppress.",
    "Something that is suppressed is in here (suppressed.csv); please run build, or suppress once more.",
)
_UNKNOWN = Text(
    "Von dieser Ausgabe steht nichts in identity.csv; liegt die richtige Datei dort?",
    "identity.csv says nothing of this release; is the right file there?",
)
_OTHER_SUMS = Text(
    "Das sind nicht die Prüfsummen, mit denen die Ausgabe entstanden ist (identity.csv).",
    "These are not the checksums that the release was made with (identity.csv).",
)
_LOST = {
    "de": "Veröffentlichtes fehlt in dieser Datei ({count}): {named}.",
    "en": "What is published is missing in this file ({count}): {named}.",
}
_EXTRA = {
    "de": "Hier steht, was laut identity.csv nicht veröffentlicht ist ({count}): {named}.",
    "en": "Here is what is not published according to identity.csv ({count}): {named}.",
}
_DIFFERENT = {
    "de": "Hier steht anderes, als laut identity.csv veröffentlicht ist ({count}): {named}.",
    "en": "What is here is other than what is published according to identity.csv ({count}): {named}.",
}
