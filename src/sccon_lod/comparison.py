"""Two releases that are compared: which folders are meant, and how their records are called."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sccon_lod import differences, short_lines
from sccon_lod.differences import Change, Kind, Summary
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.language import Text
from sccon_lod.names import Names
from sccon_lod.project import Project
from sccon_lod.publish import release
from sccon_lod.sorted_dumps import SortedDump

_NOTHING, _REHEARSAL = "000000", "build"
_CONTEXT = "context.jsonld"
_LABELS = ("name", "prefLabel", "title", "headline", "label")  # JSON keys of what is called so, the best first


@dataclass(frozen=True)
class Edition:
    """A release or another folder with dumps, as a reader calls it, and its dump in N-Triples."""

    name: str
    dump: Path


@dataclass(frozen=True)
class Comparison:
    """An old and a new edition of the publication `title`, with short names and the predicates that are labels."""

    title: Text
    old: Edition
    new: Edition
    names: Names
    labels: tuple[str, ...]

    def changes(self) -> Iterator[Change]:
        """Yield what happened to each record, read anew. Raises ReleaseError for a dump that is none."""
        return differences.between(self.old.dump, self.new.dump)

    def all_of(self, summary: Summary) -> Iterable[Change]:
        """Give all changes of which this is the summary; the dumps are read again only where it does not hold all."""
        return summary.first if summary.is_whole else self.changes()

    def label(self, change: Change, language: str) -> str:
        """Return how a record is called now, or was called where it is gone; empty where it has no name."""
        is_elsewhere = change.kind is Kind.CHANGED or (change.removed and change.added)
        if not is_elsewhere:
            return short_lines.label(change.removed + change.added, change.document, self.labels, language)
        with SortedDump(self.new.dump) as dump:
            starts = [f"<{change.document}> <{each}> ".encode() for each in self.labels]
            lines = [line.decode() for start in starts for line in dump.beginning(start)]
        return short_lines.label(lines, change.document, self.labels, language)


def of_words(settings: Project, old: str | None, new: str | None) -> Comparison:
    """Compare what a user means: serials ("2"), `current` or folders.

    Without `new` that is the current release, without both also the one before it. Raises ReleaseError where one is
    missing, with those that there are.
    """
    target = _folder(settings, new or release.CURRENT)
    return of_folders(settings, _folder(settings, old or release.before(settings.public)), target)


def of_rehearsal(settings: Project, folder: Path) -> Comparison:
    """Compare the current release, or nothing where there is none yet, with what a build would publish."""
    current = settings.public / release.CURRENT
    if not current.is_dir():
        current = folder / _NOTHING
        current.mkdir()
        (current / settings.dump).touch()
    found = of_folders(settings, current, folder)
    return replace(found, old=replace(found.old, name=current.resolve().name), new=replace(found.new, name=_REHEARSAL))


def of_folders(settings: Project, old: Path, new: Path) -> Comparison:
    """Compare two folders with dumps of a publication. Raises ReleaseError for a context that cannot be read."""
    title = Text(settings.settings["title.de"], settings.settings["title.en"] or settings.settings["title.de"])
    context = {**_context(old), **_context(new)}
    prefixes = {**_prefixes(context), "id": settings.base + "/"}
    # The longest namespace that fits says most.
    by_length = dict(sorted(prefixes.items(), key=lambda each: -len(each[1])))
    labels = tuple(_full(context[key], prefixes) for key in _LABELS if key in context)
    return Comparison(title, _edition(settings, old), _edition(settings, new), Names(by_length, ()), labels)


# --- which folders


def _folder(settings: Project, word: str) -> Path:
    public = settings.public
    if word == release.CURRENT:
        return _there(public / release.CURRENT, settings)
    if word.isdecimal():
        return public / release.RELEASES / release.find(public, word)
    return _there(Path(word), settings)


def _there(folder: Path, settings: Project) -> Path:
    if not folder.is_dir():
        raise ReleaseError(Origin(str(folder)), _missing(", ".join(release.serials(settings.public))))
    return folder


def _missing(known: str) -> Text:
    if not known:
        return Text(
            "Das gibt es nicht, und noch gar keine Ausgabe; die erste entsteht mit build.",
            "There is no such folder, and no release at all yet; build makes the first.",
        )
    return Text(f"Das gibt es nicht; vorhanden sind: {known}.", f"There is no such folder; releases are: {known}.")


def _edition(settings: Project, folder: Path) -> Edition:
    """Return an edition that is called by its serial; one that lies elsewhere, by its path."""
    real, releases = folder.resolve(), (settings.public / release.RELEASES).resolve()
    name = real.name if real.parent == releases else str(folder)
    return Edition(name, folder / settings.dump)


# --- which names


def _context(folder: Path) -> Mapping[str, object]:
    """Return the JSON-LD context that a release comes with; it is its own list of short names."""
    path = folder / _CONTEXT
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ReleaseError(
            Origin(str(path)),
            Text(
                "Diese Datei einer Ausgabe kann nicht gelesen werden; bitte mit build eine neue Ausgabe machen.",
                "This file of a release cannot be read; please make a new release with build.",
            ),
        ) from error
    found = document.get("@context") if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _prefixes(context: Mapping[str, object]) -> dict[str, str]:
    prefixes: dict[str, str] = {}
    for key, value in context.items():
        if isinstance(value, str) and not value.startswith("@"):
            prefixes[key] = value
        elif isinstance(value, dict) and value.get("@prefix") is True:
            prefixes[key] = str(value["@id"])
    return prefixes


def _full(term: object, prefixes: Mapping[str, str]) -> str:
    """Return the IRI of a term of a context."""
    said = str(term.get("@id", "")) if isinstance(term, dict) else str(term)
    prefix, _, rest = said.partition(":")
    return prefixes[prefix] + rest if prefix in prefixes else said
