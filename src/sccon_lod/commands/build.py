"""`sccon-lod build`: publish the records."""

import tempfile
from pathlib import Path

import click

from sccon_lod import build, comparison, project
from sccon_lod.build import Outcome, Publication
from sccon_lod.commands import comparing, reporting, terminal
from sccon_lod.language import Text
from sccon_lod.publish import patches
from sccon_lod.reading import Tell
from sccon_lod.validation import Validator

_WRITTEN = Text("Veröffentlicht in", "Published in")
_UNCHANGED = Text("Nichts hat sich geändert seit der Ausgabe in", "Nothing has changed since the release in")
_NOTHING = Text(
    "Nichts veröffentlicht; eine frühere Ausgabe bleibt, wie sie ist.",
    "Nothing published; a former release stays as it is.",
)
_REHEARSED = Text("Nichts geschrieben: ein Versuch.", "Nothing written: this was a rehearsal.")
_ASIDE = Text("Zurückgehalten, zum Berichtigen in", "Held back, to be mended in")


@click.command("build")
@click.option(
    "--accept-shrink",
    "accepted",
    multiple=True,
    metavar="KIND",
    help="Source or kind that may lose more records than usual, such as event; several times if needed.",
)
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="Write nothing; show what would change.")
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
    is_rehearsal: bool,
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
        if is_rehearsal:
            outcome, changes = _rehearse(publication, tell, Validator(validator), accepted, voice.language)
        else:
            outcome, changes = build.build(publication, tell, Validator(validator), accepted), []
    reporting.write(reports_to, publication, outcome, voice.language)
    spoken = voice.language
    terminal.show(reporting.shown(outcome, shows_all, spoken))
    terminal.show(changes)
    terminal.show(f"{_ASIDE.in_language(spoken)} {path}\n" for path in outcome.quarantined)
    if not outcome.is_publishable:
        terminal.show([f"{_NOTHING.in_language(spoken)}\n"])
        context.exit(2)
    if is_rehearsal:
        terminal.show([f"{_REHEARSED.in_language(spoken)}\n"])
    else:
        written = _WRITTEN if outcome.changed else _UNCHANGED
        terminal.show([f"{written.in_language(spoken)} {outcome.folder}\n"])
    context.exit(1 if outcome.held_back else 0)


def _rehearse(
    publication: Publication,
    tell: Tell,
    validator: Validator,
    accepted: tuple[str, ...],
    language: str,
) -> tuple[Outcome, list[str]]:
    """Return what a build would come to, and what would change, as lines."""
    with tempfile.TemporaryDirectory(prefix="sccon-lod-") as folder:
        outcome = build.rehearse(publication, Path(folder), tell, validator, accepted)
        if not outcome.is_publishable:
            return outcome, []
        compared = comparison.of_rehearsal(publication.project, Path(folder))
        return outcome, ["\n", *patches.first(compared, comparing.summed(compared), language), "\n"]
