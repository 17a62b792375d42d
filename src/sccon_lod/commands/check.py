"""`sccon-lod check`: what would be published, and what is wrong."""

from dataclasses import replace
from pathlib import Path

import click

from sccon_lod import build, news, project
from sccon_lod.commands import reporting, terminal
from sccon_lod.validation import Validator


@click.command("check")
@click.option("--new", "only_new", is_flag=True, help="Only what the last release did not have counts and is shown.")
@reporting.options
@terminal.options
@terminal.with_voice
@click.pass_context
def command(
    context: click.Context,
    voice: terminal.Voice,
    validator: str,
    shows_all: bool,
    reports_to: tuple[Path, ...],
    only_new: bool,
    lang: str | None,
    folder: Path,
) -> None:
    """Read, map and validate the records; write nothing.

    Exit code: 0 everything can be published, 1 something is violated, 2 the publication itself is broken.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    reporting.check(reports_to, settings.root)
    with terminal.progress(voice) as tell:
        publication = build.load(settings)
        outcome = build.check(publication, tell, Validator(validator))
    if only_new:
        outcome = replace(outcome, findings=news.fresh(outcome.findings, publication.current))
    reporting.write(reports_to, publication, outcome, voice.language)
    terminal.show(reporting.shown(outcome, shows_all, voice.language))
    fails = any(not each.waiver and each.severity <= settings.policy.fails for each in outcome.findings)
    refused = outcome.refusal is not None and not only_new
    context.exit(1 if fails or refused else 0)
