"""`sccon-lod check`: what would be published, and what is wrong."""

from pathlib import Path

import click

from sccon_lod import build, project
from sccon_lod.commands import terminal
from sccon_lod.publish import reports


@click.command("check")
@terminal.options
@terminal.with_voice
@click.pass_context
def command(context: click.Context, voice: terminal.Voice, lang: str | None, folder: Path) -> None:
    """Read, map and validate the records; write nothing.

    Exit code: 0 everything can be published, 1 something is violated, 2 the publication itself is broken.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    with terminal.progress(voice) as tell:
        outcome = build.check(build.load(settings), tell)
    terminal.show(reports.text(outcome.findings, outcome.accounts, voice.language))
    terminal.show(reports.verdict(outcome.findings, outcome.statements, voice.language))
    context.exit(0 if outcome.is_publishable else 1)
