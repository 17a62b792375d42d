"""`sccon-lod releases`: the releases that are kept, and what the ledger tells of all others."""

from collections.abc import Iterator
from pathlib import Path

import click

from sccon_lod import history, project
from sccon_lod.commands import terminal
from sccon_lod.history import Told
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.publish import release

_HEADINGS = (
    Text("Ausgabe", "release"),
    Text("Zeit", "time"),
    Text("Aussagen", "statements"),
    Text("neu", "new"),
    Text("geändert", "changed"),
    Text("weg", "gone"),
    Text("Zustand", "state"),
)
_CURRENT, _KEPT, _GONE = Text("aktuell", "current"), Text("vorhanden", "kept"), Text("gelöscht", "deleted")
_NONE = Text("Es gibt noch keine Ausgabe; build macht die erste.", "There is no release yet; build makes the first.")


@click.command("releases")
@terminal.options
@terminal.with_voice
def command(voice: terminal.Voice, lang: str | None, folder: Path) -> None:
    """List the releases: when they were made, what changed with them, and which of them are kept."""
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    rows = list(_rows(settings, voice.language))
    if rows:
        headings = tuple(each.in_language(voice.language) for each in _HEADINGS)
        terminal.show(terminal.table([headings, *rows]))
    else:
        terminal.show([f"{_NONE.in_language(voice.language)}\n"])


def _rows(settings: Project, language: str) -> Iterator[tuple[str, ...]]:
    public = settings.public
    told, kept, now = history.releases(settings.root), release.serials(public), release.current(public)
    for serial in sorted({*told, *kept}, key=int):
        each = told.get(serial) or Told(serial, "")
        state = _CURRENT if serial == now else _KEPT if serial in kept else _GONE
        changes = each.changes
        numbers = (each.statements, changes["create"], changes["update"], each.gone)
        yield serial, each.time, *map(str, numbers), state.in_language(language)
