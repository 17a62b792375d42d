"""Words to and from a terminal: options that commands share, the language spoken, progress."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from sccon_lod.language import LANGUAGES, Text

P = ParamSpec("P")
R = TypeVar("R")

_PATIENCE = 1.0  # seconds until progress is shown


@dataclass
class Voice:
    """The language that is spoken: what was asked for, else what the publication says, else German."""

    language: str = LANGUAGES[0]
    _is_chosen: bool = False

    def speak(self, language: str | None) -> None:
        """Speak a language from now on, unless one was chosen before."""
        if language and not self._is_chosen:
            self.language, self._is_chosen = language, True


# Hands the voice of this run to a command.
with_voice = click.make_pass_decorator(Voice, ensure=True)


def options(function: Callable[P, R]) -> Callable[P, R]:
    """Add the options that every command on a publication has."""
    for option in (
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            help="Language of messages; by default the first of `languages` in sccon.toml.",
        ),
        click.option(
            "-C",
            "--folder",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            default=Path(),
            help="Folder of the publication; by default the one you are in.",
        ),
    ):
        function = option(function)
    return function


def show(lines: Iterable[str]) -> None:
    """Write lines to standard output."""
    for line in lines:
        click.echo(line, nl=False)


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard error, where they do not mix with what a command gives."""
    for line in lines:
        click.echo(line, nl=False, err=True)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with their cells below each other; what is a number in the last row stands on the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numbers = [each.isdecimal() for each in rows[-1]]
    for row in rows:
        cells = (
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, numbers, strict=True)
        )
        yield "  ".join(cells).rstrip() + "\n"


@contextmanager
def progress(voice: Voice) -> Iterator[Callable[[Text], None]]:
    """Give a function that says what is being done; a person at a terminal sees it after a second."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda _: None
        return
    begun, step = time.monotonic(), [""]
    stop = threading.Event()
    shown = threading.Thread(target=_show_progress, args=(step, begun, stop), daemon=True)
    shown.start()
    try:
        yield lambda text: step.__setitem__(0, text.in_language(voice.language))
    finally:
        stop.set()
        shown.join()


def _show_progress(step: list[str], begun: float, stop: threading.Event) -> None:
    if stop.wait(_PATIENCE):
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        while not stop.wait(0.1):
            status.update(f"{step[0]} … {time.monotonic() - begun:.0f} s")
