"""What a steward types: the only place that prints and exits."""

import importlib
import logging
import signal
import sys

import click

from sccon_lod.commands.terminal import Voice
from sccon_lod.errors import PublicationError
from sccon_lod.findings import visible

# Each command is imported when it is called, so that the others need not load what it needs.
COMMANDS = {
    "build": "Publish the records.",
    "check": "Show what would be published, and what is wrong.",
    "diff": "Show what differs between two releases.",
    "docs": "Describe the rules on pages.",
    "explain": "Show what mapping and shapes became.",
    "map": "Run a mapping on its own.",
    "new": "Make an empty publication.",
    "preflight": "Say what portals will do with the release.",
    "query": "Ask the release something in SPARQL.",
    "releases": "List the releases.",
    "rollback": "Go back to a former release.",
    "serve": "Serve the releases over HTTP, with a SPARQL endpoint.",
    "suppress": "Take something out of all that is published.",
    "verify": "Compare a release with its checksums.",
}


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"sccon_lod.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sccon-lod", message="%(prog)s %(version)s")
def program() -> None:
    """Publish records of events, projects and organisations as linked open data."""


def main() -> None:
    """Run the program; whatever goes wrong is one line with a remedy, never a traceback."""
    _quieten()
    voice = Voice()
    try:
        sys.exit(program(standalone_mode=False, obj=voice))
    except click.Abort:
        click.echo("Abgebrochen. / Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except PublicationError as error:
        click.echo(visible(f"{error.origin}: error: {error.text.in_language(voice.language)}"), err=True)
        sys.exit(error.exit_code)
    except Exception as error:
        click.echo(
            f"sccon-lod: internal error: {type(error).__name__}: {visible(str(error))}\n"
            "Das ist ein Fehler des Programms, bitte melden. / This is a fault of the program, please report it.",
            err=True,
        )
        sys.exit(70)


def _quieten() -> None:
    """Let libraries write nothing, and stop without a word when whoever reads our output has gone."""
    # rdflib logs tracebacks for literals that are not of their datatype, pySHACL every error that it raises.
    logging.disable(logging.CRITICAL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
