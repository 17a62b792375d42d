"""`sccon-lod rollback`: back to a former release."""

from pathlib import Path

import click

from sccon_lod import project, verification
from sccon_lod.commands import terminal
from sccon_lod.errors import ReleaseError
from sccon_lod.language import Text
from sccon_lod.publish import release

_DONE = Text(
    "Aktuell ist jetzt Ausgabe {serial}. Der nächste build veröffentlicht wieder, was in den Dateien steht.",
    "Release {serial} is the current one now. The next build publishes again what the files say.",
)


@click.command("rollback")
@click.argument("serial", required=False)
@terminal.options
@terminal.with_voice
def command(voice: terminal.Voice, serial: str | None, lang: str | None, folder: Path) -> None:
    """Make a former release the current one again: SERIAL, by default the one before the current.

    Exit code: 0 done, 2 there is no such release, or it is damaged, 75 another run of the program is writing.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    public = settings.public
    with release.locked(public):
        wanted = release.find(public, serial) if serial else release.before(public)
        found = list(verification.faults(settings, public, wanted))
        if found:
            raise ReleaseError(found[0].origin, _damaged(found[0].text))
        release.switch(public, wanted)
    terminal.show([_DONE.in_language(voice.language).format(serial=wanted) + "\n"])


def _damaged(text: Text) -> Text:
    return Text(
        f"{text.de} Zu einer beschädigten Ausgabe führt kein Weg zurück; sccon-lod verify nennt alles.",
        f"{text.en} There is no way back to a damaged release; sccon-lod verify names everything.",
    )
