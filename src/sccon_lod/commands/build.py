"""`sccon-lod build`: publish the records."""

from pathlib import Path

import click

from sccon_lod import build, project
from sccon_lod.commands import reporting, terminal
from sccon_lod.language import Text
from sccon_lod.validation import Validator

_WRITTEN = Text("Veröffentlicht in", "Published in")
_UNCHANGED = Text("Nichts hat sich geändert seit der Ausgabe in", "Nothing has changed since the release in")
_NOTHING = Text(
    "Nichts veröffentlicht; eine frühere Ausgabe bleibt, wie sie ist.",
    "Nothing published; a former release stays as it is.",
)
_ASIDE = Text("Zurückgehalten, zum Berichtigen in", "Held back, to be mended in")


@click.command("build")
@click.option(
    "--accept-shrink",
    "accepted",
    multiple=True,
    metavar="KIND",
    help="Source or kind that may lose more records than usual, such as event; several times if needed.",
)
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
    accepted: tuple[str, ...],
    lang: str | None,
    folder: Path,
) -> None:
    """Read, map and validate the records, and write a release to public/current.

    Exit code: 0 all is published, 1 published, but something is held back, 2 nothing was published,
    75 another run of the program is writing.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    reporting.check(reports_to, settings.root)
    with terminal.progress(voice) as tell:
        publication = build.load(settings)
        outcome = build.build(publication, tell, Validator(validator), accepted)
    reporting.write(reports_to, publication, outcome, voice.language)
    spoken = voice.language
    terminal.show(reporting.shown(outcome, shows_all, spoken))
    terminal.show(f"{_ASIDE.in_language(spoken)} {path}\n" for path in outcome.quarantined)
    if outcome.folder is None:
        terminal.show([f"{_NOTHING.in_language(spoken)}\n"])
        context.exit(2)
    written = _WRITTEN if outcome.changed else _UNCHANGED
    terminal.show([f"{written.in_language(spoken)} {outcome.folder}\n"])
    context.exit(1 if outcome.held_back else 0)
