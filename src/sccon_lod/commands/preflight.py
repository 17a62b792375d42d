"""`sccon-lod preflight`: what portals will do with the current release."""

from pathlib import Path

import click

from sccon_lod import preflight, project, summaries
from sccon_lod.commands import places, terminal
from sccon_lod.errors import not_writable

_ENDINGS = (".json", ".txt")


@click.command("preflight")
@click.option(
    "--report",
    "reports_to",
    multiple=True,
    type=click.Path(path_type=Path),
    help="File for a report: .json or .txt; several times if needed.",
)
@click.option("--all", "shows_all", is_flag=True, help="Show all findings of a rule, not only the first ones.")
@terminal.options
@terminal.with_voice
@click.pass_context
def command(
    context: click.Context,
    voice: terminal.Voice,
    shows_all: bool,
    reports_to: tuple[Path, ...],
    lang: str | None,
    folder: Path,
) -> None:
    """Say what portals will do with the current release: CKAN, udata, GovData, data.europa.eu. Needs no network.

    Exit code: 0 nothing is refused, 1 portals would refuse something, 2 there is no release or no catalogue.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    places.check(reports_to, settings.root, _ENDINGS)
    with terminal.progress(voice) as tell:
        found = preflight.check(settings.root, tell)
    for path in reports_to:
        _write(path, found, voice.language)
    terminal.show(summaries.text(found, voice.language, shows_all))
    context.exit(1 if found.is_refused else 0)


def _write(path: Path, found: preflight.Preflight, language: str) -> None:
    shown = summaries.as_json(found) if path.suffix == ".json" else "".join(summaries.text(found, language, True))
    try:
        path.write_text(shown, encoding="utf-8")
    except OSError as error:
        raise not_writable(path, error) from error
