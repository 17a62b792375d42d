"""`sccon-lod docs`: the rules as pages."""

from pathlib import Path

import click

from sccon_lod import project, shapes
from sccon_lod.commands import terminal
from sccon_lod.errors import Origin, ReleaseError, not_writable
from sccon_lod.language import Text
from sccon_lod.publish import rulebook

_WRITTEN = Text("Regeln beschrieben in {folder}: {count}", "Rules described in {folder}: {count}")


@click.command("docs")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("rules"),
    show_default=True,
    help="Folder for the pages; it holds nothing else.",
)
@terminal.options
@terminal.with_voice
def command(voice: terminal.Voice, output: Path, lang: str | None, folder: Path) -> None:
    """Write a page for each rule of the shapes, and a list of all."""
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    rules = shapes.read(folder).rules()
    _check(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        for former in output.glob("*.html"):
            former.unlink()
        for name, text in rulebook.pages(rules):
            (output / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise not_writable(output, error) from error
    said = _WRITTEN.in_language(voice.language)
    terminal.show([said.format(folder=output / rulebook.INDEX, count=len(rules)) + "\n"])


def _check(output: Path) -> None:
    """Refuse a folder that holds something else than such pages."""
    try:
        found = {each.name for each in output.iterdir()} if output.is_dir() else set()
    except OSError as error:
        raise not_writable(output, error) from error
    is_ours = not found or rulebook.INDEX in found
    if not is_ours or any(not name.endswith(".html") for name in found):
        raise ReleaseError(
            Origin(str(output)),
            Text(
                "In diesem Ordner liegt schon etwas anderes; bitte einen neuen nennen, zum Beispiel: -o rules.",
                "This folder holds something else already; please name a new one, for example: -o rules.",
            ),
        )
