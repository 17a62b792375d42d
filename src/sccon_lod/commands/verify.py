"""`sccon-lod verify`: whether a release is what it was when it was made."""

from pathlib import Path

import click

from sccon_lod import project, verification
from sccon_lod.commands import terminal
from sccon_lod.language import Text
from sccon_lod.publish import release

_WHOLE = Text("Ausgabe {serial} ist unverändert.", "Release {serial} is unchanged.")
_FAULTY = Text(
    "Ausgabe {serial} ist nicht mehr die, die gemacht wurde. Mit rollback zu einer anderen, oder mit build neu machen.",
    "Release {serial} is not the one that was made any more. Go to another with rollback, or make one with build.",
)


@click.command("verify")
@click.argument("serial", required=False)
@terminal.options
@terminal.with_voice
@click.pass_context
def command(context: click.Context, voice: terminal.Voice, serial: str | None, lang: str | None, folder: Path) -> None:
    """Compare a release with its checksums and with the identity ledger: SERIAL, by default the current one.

    Exit code: 0 it is unchanged, 1 a file was changed, is missing or does not belong there, 2 there is no such release.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    wanted = release.find(settings.public, serial or release.current(settings.public))
    found = list(verification.faults(settings, settings.public, wanted))
    terminal.show(f"{each.line(voice.language)}\n" for each in found)
    said = _FAULTY if found else _WHOLE
    terminal.show([said.in_language(voice.language).format(serial=wanted) + "\n"])
    context.exit(1 if found else 0)
