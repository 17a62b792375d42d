"""Reports of a run as files: the ending of a name says which."""

import importlib
import importlib.metadata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from sccon_lod.build import Outcome, Publication
from sccon_lod.commands import places
from sccon_lod.errors import not_writable
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.publish import exports, reports, webpages
from sccon_lod.publish.webpages import Page
from sccon_lod.validation import Validator

_FINDINGS, _ACCOUNT = Text("Befunde", "findings"), Text("Datensätze", "records")
_FIRST = 10  # findings of a rule that are shown at first
P = ParamSpec("P")
R = TypeVar("R")

_Form = Callable[[Publication, Outcome, Path, str], str | bytes]


def _page(publication: Publication, outcome: Outcome, path: Path, language: str) -> str:
    """Return the page for people; where it cannot hold all findings, they are written beside it."""
    spoken = {each: "".join(_closing(outcome, each)).strip() for each in LANGUAGES}
    headings, counts = reports.account(outcome.accounts)
    settings = publication.project.settings
    title = Text(settings["title.de"], settings["title.en"] or settings["title.de"])
    rules = {each.name: each for each in publication.shapes.rules()}
    full = path.with_name(f"{path.stem}.findings.csv")
    verdict = Text(spoken["de"], spoken["en"])
    page = Page(title, verdict, headings, counts, outcome.findings, outcome.rows, rules, full.name)
    if not page.is_whole:
        full.write_text(exports.as_csv(outcome.findings, language), encoding="utf-8", newline="")
    return webpages.report(page, language)


def _workbook(_: Publication, outcome: Outcome, __: Path, language: str) -> bytes:
    # Only this report needs openpyxl.
    workbooks = importlib.import_module("sccon_lod.publish.workbooks")
    headings, counts = reports.account(outcome.accounts)
    account = [[each.in_language(language) for each in headings], *counts]
    sheets = [
        (_FINDINGS.in_language(language), exports.rows(outcome.findings, language)),
        (_ACCOUNT.in_language(language), account),
    ]
    made: bytes = workbooks.as_xlsx(workbooks.Sheet(*each) for each in sheets)
    return made


_FORMS: Mapping[str, _Form] = {
    ".html": _page,
    ".csv": lambda _, outcome, __, language: exports.as_csv(outcome.findings, language),
    ".json": lambda _, outcome, __, ___: reports.as_json(outcome.findings, outcome.accounts),
    ".sarif": lambda _, outcome, __, language: exports.as_sarif(
        outcome.findings, importlib.metadata.version("sccon-lod"), language
    ),
    ".ttl": lambda publication, outcome, _, __: "".join(reports.graph(outcome.findings, publication.project.base)),
    ".txt": lambda _, outcome, __, language: "".join(reports.text(outcome.findings, outcome.accounts, language)),
    ".xlsx": _workbook,
    ".xml": lambda publication, outcome, _, language: exports.as_junit(
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
            help="File for a report: .html, .csv, .xlsx, .json, .sarif, .ttl (SHACL), .txt or .xml (JUnit); several "
            "times if needed.",
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
    yield from _closing(outcome, language)


def _closing(outcome: Outcome, language: str) -> Iterator[str]:
    yield from reports.verdict(outcome.findings, outcome.statements, language)
    if outcome.refusal:
        yield f"{outcome.refusal.in_language(language)}\n"


def check(paths: Iterable[Path], root: Path) -> None:
    """Refuse files that no report is written to. Raises ReleaseError, before anything is read."""
    places.check(paths, root, _FORMS)


def write(paths: Iterable[Path], publication: Publication, outcome: Outcome, language: str) -> None:
    """Write reports. Raises ReleaseError where that is not possible."""
    for path in paths:
        try:
            made = _FORMS[path.suffix](publication, outcome, path, language)
            path.write_bytes(made if isinstance(made, bytes) else made.encode())
        except OSError as error:
            raise not_writable(path, error) from error
