"""Reports of a run as files: the ending of a name says which."""

import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from sccon_lod.build import Outcome, Publication
from sccon_lod.errors import Origin, ReleaseError, not_writable
from sccon_lod.language import Text
from sccon_lod.publish import exports, reports
from sccon_lod.validation import Validator

_FIRST = 10  # findings of a rule that are shown at first
P = ParamSpec("P")
R = TypeVar("R")

_FORMS: Mapping[str, Callable[[Publication, Outcome, str], str]] = {
    ".csv": lambda _, outcome, language: exports.as_csv(outcome.findings, language),
    ".json": lambda _, outcome, __: reports.as_json(outcome.findings, outcome.accounts),
    ".sarif": lambda _, outcome, language: exports.as_sarif(
        outcome.findings, importlib.metadata.version("sccon-lod"), language
    ),
    ".ttl": lambda publication, outcome, _: "".join(reports.graph(outcome.findings, publication.project.base)),
    ".txt": lambda _, outcome, language: "".join(reports.text(outcome.findings, outcome.accounts, language)),
    ".xml": lambda publication, outcome, language: exports.as_junit(
        outcome.findings, (each.name for each in publication.shapes.constraints()), language
    ),
}


def options(function: Callable[P, R]) -> Callable[P, R]:
    """Add the options that say who validates and how it is reported."""
    for option in (
        click.option(
            "--report",
            "reports_to",
            multiple=True,
            type=click.Path(path_type=Path),
            help="File for a report: .csv, .json, .sarif, .ttl (SHACL), .txt or .xml (JUnit); several times if needed.",
        ),
        click.option("--all", "shows_all", is_flag=True, help="Show all findings of a rule, not only the first ones."),
        click.option(
            "--engine",
            "validator",
            type=click.Choice([each.value for each in Validator]),
            default=Validator.COMPILED.value,
            help="Who validates: the compiled shapes, or pySHACL alone, which takes much longer.",
        ),
    ):
        function = option(function)
    return function


def shown(outcome: Outcome, shows_all: bool, language: str) -> Iterator[str]:
    """Yield what a command prints of a run."""
    first = None if shows_all else _FIRST
    yield from reports.text(outcome.findings, outcome.accounts, language, first)
    yield from reports.verdict(outcome.findings, outcome.statements, language)


def check(paths: Iterable[Path]) -> None:
    """Refuse files whose ending says nothing, before anything is read. Raises ReleaseError."""
    for path in paths:
        if path.suffix not in _FORMS:
            known = ", ".join(_FORMS)
            raise ReleaseError(
                Origin(str(path)),
                Text(
                    f"Die Endung des Berichts sagt, was geschrieben wird; möglich sind {known}.",
                    f"The ending of the report says what is written; possible are {known}.",
                ),
            )


def write(paths: Iterable[Path], publication: Publication, outcome: Outcome, language: str) -> None:
    """Write reports. Raises ReleaseError where that is not possible."""
    for path in paths:
        made = _FORMS[path.suffix](publication, outcome, language)
        try:
            path.write_text(made, encoding="utf-8", newline="")
        except OSError as error:
            raise not_writable(path, error) from error
