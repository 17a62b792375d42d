"""`sccon-lod diff`: what differs between two releases."""

from pathlib import Path

import click

from sccon_lod import comparison, project
from sccon_lod.commands import comparing, terminal
from sccon_lod.publish import patches


@click.command("diff")
@click.argument("old", metavar="[A]", required=False)
@click.argument("new", metavar="[B]", required=False)
@click.option(
    "--report",
    "reports_to",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File for a report: .html, .json, .rdfp (RDF Patch) or .txt; several times if needed.",
)
@click.option("--all", "shows_all", is_flag=True, help="Show all that differs, not only the first records.")
@terminal.options
@terminal.with_voice
@click.pass_context
def command(
    context: click.Context,
    voice: terminal.Voice,
    old: str | None,
    new: str | None,
    reports_to: tuple[Path, ...],
    shows_all: bool,
    lang: str | None,
    folder: Path,
) -> None:
    """Show what differs between two releases: records and statements that are new, changed or gone.

    A and B are serials (2), folders of releases (./elsewhere) or the word current. Without B it is the current release
    that A is compared with; without both, the current one is compared with the one before it.

    Exit code: 0 nothing differs, 1 something does, 2 a release is missing or cannot be read.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    comparing.check(reports_to, settings.root)
    compared = comparison.of_words(settings, old, new)
    summary = comparing.summed(compared)
    comparing.write(reports_to, compared, summary, voice.language)
    show = patches.text if shows_all else patches.first
    terminal.show(show(compared, summary, voice.language))
    context.exit(0 if summary.is_equal else 1)
