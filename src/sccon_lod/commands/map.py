"""`sccon-lod map`: a mapping run on its own."""

from pathlib import Path

import click

from sccon_lod import notations, standalone
from sccon_lod.commands import terminal
from sccon_lod.findings import Severity
from sccon_lod.publish import reports


@click.command("map")
@click.argument("mappings", nargs=-1, required=True, metavar="MAPPING...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="File to write; .nt, .ttl or .jsonld, also with .gz. May be given several times.",
)
@terminal.options
@terminal.with_voice
@click.pass_context
def command(
    context: click.Context,
    voice: terminal.Voice,
    mappings: tuple[Path, ...],
    outputs: tuple[Path, ...],
    lang: str | None,
    folder: Path,
) -> None:
    """Map records to dumps with mapping files (YARRRML or RML), without a publication around them.

    Sources are looked for in FOLDER. Exit code: 0 all is mapped, 1 something could not be mapped and is left
    out, 2 nothing was written.
    """
    voice.speak(lang)
    with terminal.progress(voice) as tell:
        mapping = notations.read_files(folder, mappings, {}, {})
        mapped = standalone.run(mapping, folder, outputs, tell)
    violated = any(each.severity is Severity.VIOLATION for each in mapped.findings)
    terminal.tell(reports.text(mapped.findings, mapped.accounts, voice.language))
    context.exit(1 if violated else 0)
