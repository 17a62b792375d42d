"""`sccon-lod serve`: the releases over HTTP."""

from pathlib import Path

import click

from sccon_lod import project
from sccon_lod.commands import terminal
from sccon_lod.serving import running
from sccon_lod.serving.application import Options
from sccon_lod.serving.live import Plan
from sccon_lod.serving.running import Listening
from sccon_lod.sparql.admission import Bounds
from sccon_lod.sparql.processes import Means

_MEBIBYTE = 1 << 20
_WAITING, _EACH = 100, 8  # queries at a time: of all clients, and of one


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen at.")
@click.option("--prefix", default="", help="Path below which a proxy sends everything, such as /data.")
@click.option("--allow-host", "hosts", multiple=True, help="Further name of this server; * for any.")
@click.option("--trust-proxy", "trusted", multiple=True, help="Address of a proxy that says who asks.")
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="How many answer queries.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    help="How long a query may take.",
)
@click.option("--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB that a query may need.")
@terminal.options
@terminal.with_voice
def command(
    voice: terminal.Voice,
    host: str,
    port: int,
    prefix: str,
    hosts: tuple[str, ...],
    trusted: tuple[str, ...],
    processes: int,
    seconds: float,
    memory: int,
    lang: str | None,
    folder: Path,
) -> None:
    """Serve the releases: files, documents about each address, and a SPARQL endpoint.

    Exit code: 0 when it is told to end, 2 when it cannot begin.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    plan = Plan(processes, Means(seconds, memory * _MEBIBYTE), _WAITING)
    path = f"/{prefix.strip('/')}" if prefix.strip("/") else ""
    options = Options(path, hosts, _EACH, Bounds(), plan)
    running.serve(settings, options, Listening(host, port, trusted), lambda line: terminal.tell([line]))
