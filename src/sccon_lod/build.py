"""The whole run, from the files of a publication to a release."""

import importlib.metadata
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sccon_lod import checks, naming, plan, project, records, shapes, validation, vocabulary, yarrrml
from sccon_lod.engine import Engine
from sccon_lod.findings import Account, Finding, Severity, in_order
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE
from sccon_lod.language import Text
from sccon_lod.mapping import Source
from sccon_lod.plan import Plan
from sccon_lod.project import Project
from sccon_lod.publish import dumps, release, reports
from sccon_lod.records import Row, Table
from sccon_lod.shapes import Shapes
from sccon_lod.trail import Trail
from sccon_lod.vocabulary import Vocabulary

PUBLIC = "public"
Tell = Callable[[Text], None]

_WRITERS = {NTRIPLES: dumps.ntriples, TURTLE: dumps.turtle, JSONLD: dumps.jsonld}


@dataclass(frozen=True)
class Publication:
    """A publication as its files say it, compiled."""

    project: Project
    vocabulary: Vocabulary
    shapes: Shapes
    plan: Plan


@dataclass(frozen=True)
class Outcome:
    """What a run found: findings in order, what became of each record, and how many statements there are.

    `folder` is the release that was written, None where none was; `changed` says whether it is a new one.
    """

    findings: tuple[Finding, ...]
    accounts: tuple[Account, ...]
    statements: int
    folder: Path | None = None
    changed: bool = False

    @property
    def is_publishable(self) -> bool:
        """Whether nothing is violated."""
        return all(each.severity is not Severity.VIOLATION for each in self.findings)


def load(settings: Project) -> Publication:
    """Read and compile the files of a publication.

    Raises PublicationError for a mapping, shapes or code lists that cannot be used.
    """
    words = vocabulary.read(settings.root, settings.base)
    rules = shapes.read(settings.root)
    compiled = plan.compile_plan(yarrrml.read(settings.root, words.prefixes), words, rules)
    return Publication(settings, words, rules, compiled)


def check(publication: Publication, tell: Tell) -> Outcome:
    """Read, map and validate the records; write nothing."""
    with Engine() as engine:
        return _gather(publication, engine, tell)


def build(publication: Publication, tell: Tell) -> Outcome:
    """Read, map and validate the records, and publish them if nothing is violated."""
    with Engine() as engine:
        outcome = _gather(publication, engine, tell)
        if not outcome.is_publishable:
            return outcome
        public = publication.project.root / PUBLIC
        with release.staged(public) as folder:
            tell(Text("Ausgaben schreiben", "Writing dumps"))
            _write_dumps(publication, engine, folder)
            _write_reports(publication, outcome, folder)
            changed = release.put_in_place(folder, public)
    return replace(outcome, folder=public / "current", changed=changed)


def counts(publication: Publication, tell: Tell) -> dict[int, int]:
    """Return how many statements each rule of the plan makes from the records."""
    with Engine() as engine:
        _map(publication, engine, [], tell)
        return engine.counts(publication.plan)


# --- gather


def _gather(publication: Publication, engine: Engine, tell: Tell) -> Outcome:
    found = list(checks.settings(publication.project))
    tables = _map(publication, engine, found, tell)
    found += checks.findings(publication.plan, engine)
    headers = {file: table.columns for file, table in tables.items()}
    found += checks.unread(publication.plan, publication.project.root, headers)
    tell(Text("Prüfen", "Validating"))
    facts = validation.graph(engine)
    violated = validation.validate(facts, publication.shapes, Trail(engine, publication.plan))
    found += list(checks.without_consequences(violated, found))
    accounts = tuple(_account(file, table, found) for file, table in tables.items())
    return Outcome(tuple(in_order(found)), accounts, len(facts))


def _map(publication: Publication, engine: Engine, found: list[Finding], tell: Tell) -> dict[str, Table]:
    tables = {each.file: _open(publication, each, found.append) for each in publication.plan.sources}
    plan.check_columns(publication.plan, {file: table.columns for file, table in tables.items()})
    for file, table in tables.items():
        tell(Text(f"{file} lesen", f"Reading {file}"))
        engine.load(file, table.columns, table.rows)
    tell(Text("Zuordnen", "Mapping"))
    _state(publication, engine)
    return tables


def _open(publication: Publication, source: Source, report: records.Report) -> Table:
    if source.file == project.FILE:
        return _settings_table(publication.project)
    return records.read(publication.project.root / source.file, source.file, report)


def _settings_table(settings: Project) -> Table:
    """Return the settings as a table with one record, and the program that ran."""
    program = f"sccon-lod {importlib.metadata.version('sccon-lod')}"
    cells = (*settings.settings.values(), program)
    return Table((*settings.settings, "program"), iter([Row(1, 0, cells)]), read=1)


def _state(publication: Publication, engine: Engine) -> None:
    for invocation in publication.plan.invocations:
        engine.convert(invocation, publication.vocabulary.labels)
    for statement in publication.plan.statements:
        engine.state(statement)
    engine.tell(publication.vocabulary.told)
    engine.settle()


def _account(file: str, table: Table, found: list[Finding]) -> Account:
    violated = {each.origin.line for each in found if each.origin.file == file and each.severity is Severity.VIOLATION}
    # Each row that could not be read has a violation on a line of its own.
    return Account(file, table.read, len(violated) - table.unread, table.unread, table.skipped)


# --- write


def _write_dumps(publication: Publication, engine: Engine, folder: Path) -> None:
    short = naming.names(publication.plan, publication.vocabulary, publication.shapes)
    engine.name(short)
    for form, writer in _WRITERS.items():
        path = folder / f"{publication.project.name}{form.suffix}"
        release.write(path, writer(engine, short))
        release.write_gzipped(path)
    context = json.dumps({"@context": short.context()}, ensure_ascii=False, indent=2)
    release.write(folder / "context.jsonld", iter([context, "\n"]))


def _write_reports(publication: Publication, outcome: Outcome, folder: Path) -> None:
    findings, accounts = outcome.findings, outcome.accounts
    language = publication.project.languages[0]
    release.write(folder / "report.txt", reports.text(findings, accounts, language))
    release.write(folder / "report.json", iter([reports.as_json(findings, accounts)]))
    release.write(folder / "report.ttl", reports.graph(findings, publication.project.base))
