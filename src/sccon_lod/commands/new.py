"""`sccon-lod new`: an empty publication."""

from pathlib import Path

import click

from sccon_lod import scaffold
from sccon_lod.commands import terminal
from sccon_lod.language import LANGUAGES, Text

_MADE = Text(
    "{folder} ist angelegt. Als Nächstes: sccon.toml ausfüllen, Tabellen in data/ füllen, dann: "
    "sccon-lod check -C {folder}",
    "{folder} is made. Next: fill in sccon.toml and the tables in data/, then: sccon-lod check -C {folder}",
)


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of messages; by default German.")
@terminal.with_voice
def command(voice: terminal.Voice, folder: Path, lang: str | None) -> None:
    """Make an empty publication in FOLDER: settings, vocabulary, shapes, mapping, a table for each kind."""
    voice.speak(lang)
    scaffold.make(folder)
    terminal.show([_MADE.in_language(voice.language).format(folder=folder) + "\n"])
