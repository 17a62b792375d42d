"""`sccon-lod suppress`: what must not be published any more."""

from pathlib import Path

import click

from sccon_lod import project, suppressing
from sccon_lod.commands import terminal
from sccon_lod.language import Text

_NOTED = Text(
    "Vermerkt in suppressed.csv; bitte auch die Zeilen löschen und dann build ausführen.",
    "Noted in suppressed.csv; please delete the rows as well, and then run build.",
)
_REPLACED = Text(
    "Aktuell ist jetzt Ausgabe {serial}, ohne es.", "Release {serial}, without it, is the current one now."
)
_DELETED = Text("Gelöscht, weil es darin stand: {names}", "Deleted, because it was in there: {names}")


@click.command("suppress")
@click.argument("iri")
@click.option("--reason", required=True, help="Why it must not be published; noted in suppressed.csv.")
@terminal.options
@terminal.with_voice
def command(voice: terminal.Voice, iri: str, reason: str, lang: str | None, folder: Path) -> None:
    """Take IRI out of everything that is published, for good: it may leave out the base, as in person/jane-doe.

    Exit code: 0 done, 2 it is no address of this publication, or a folder cannot be written, 75 another run is writing.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    done = suppressing.suppress(settings, iri, reason)
    spoken = voice.language
    if done.serial:
        terminal.show([_REPLACED.in_language(spoken).format(serial=done.serial) + "\n"])
    names = [*done.releases, *map(str, done.files)]
    if names:
        terminal.show([_DELETED.in_language(spoken).format(names=", ".join(names)) + "\n"])
    terminal.show([f"{_NOTED.in_language(spoken)}\n"])
