"""`sccon-lod explain`: what mapping and shapes became."""

from pathlib import Path

import click

from sccon_lod import build, explanation, project
from sccon_lod.commands import terminal


@click.command("explain")
@click.argument("kind", required=False)
@terminal.options
@terminal.with_voice
def command(voice: terminal.Voice, kind: str | None, lang: str | None, folder: Path) -> None:
    """Show what mapping and shapes became: statements per rule, where constraints are checked, the SQL.

    KIND is the stem of a file in mapping/ and shapes/, for example event.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    with terminal.progress(voice) as tell:
        publication = build.load(settings)
        counts = build.counts(publication, tell)
    terminal.show(explanation.text(publication.demands, publication.shapes, counts, kind, voice.language))
