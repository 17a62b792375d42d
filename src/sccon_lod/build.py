"""The whole run, from the files of a publication to a release."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from sccon_lod import accounting, assembly, checks, naming, notations, plan, reading, shapes, validation, vocabulary
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.findings import Account, Finding, Severity, in_order
from sccon_lod.formats import FORMATS
from sccon_lod.language import Text
from sccon_lod.lexicon import Vocabulary
from sccon_lod.plan import Plan
from sccon_lod.project import Project
from sccon_lod.publish import dumps, release, reports
from sccon_lod.reading import Origins, Read, Tell
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.sql import statements
from sccon_lod.suspects import Suspects
from sccon_lod.trail import Trail
from sccon_lod.validation import Validator

PUBLIC = "public"


@dataclass(frozen=True)
class Publication:
    """A publication as its files say it, compiled."""

    project: Project
    vocabulary: Vocabulary
    shapes: Shapes
    plan: Plan

    @cached_property
    def demands(self) -> Demands:
        """What the shapes demand of rows."""
        return Demands(self.shapes.whole, self.plan, self.vocabulary.told)


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
    mapping = notations.read(settings.root, words.prefixes, settings.external)
    compiled = plan.compile_plan(mapping, words, rules)
    return Publication(settings, words, rules, compiled)


def check(publication: Publication, tell: Tell = reading.quiet, validator: Validator = Validator.COMPILED) -> Outcome:
    """Read, map and validate the records; write nothing."""
    with Engine([publication.project.root]) as engine:
        return _gather(publication, engine, tell, validator)[0]


def build(publication: Publication, tell: Tell = reading.quiet, validator: Validator = Validator.COMPILED) -> Outcome:
    """Read, map and validate the records, and publish them if nothing is violated.

    Raises DisagreementError if pySHACL finds anything else than the compiled shapes.
    """
    public = publication.project.root / PUBLIC
    with Engine([publication.project.root]) as engine:
        outcome, assembled, confirm = _gather(publication, engine, tell, validator)
        if not outcome.is_publishable:
            return outcome
        tell(Text("Gegenprüfen", "Validating once more"))
        confirm()
        with release.staged(public) as folder:
            tell(Text("Ausgaben schreiben", "Writing dumps"))
            _write_dumps(publication, engine, assembled, folder)
            _write_reports(publication, outcome, folder)
            changed = release.put_in_place(folder, public)
    return replace(outcome, folder=public / "current", changed=changed)


def statements_of(publication: Publication, tell: Tell = reading.quiet) -> Iterator[str]:
    """Yield all statements as lines of canonical N-Triples, sorted, also those of records that are held back."""
    with Engine([publication.project.root]) as engine:
        read = _read(publication, engine, tell)
        yield from assembly.lines(engine, _settle(publication, engine, read))


def counts(publication: Publication, tell: Tell = reading.quiet) -> dict[int, int]:
    """Return how many statements each rule of the plan makes from the records."""
    with Engine([publication.project.root]) as engine:
        _read(publication, engine, tell)
        return {each.index: engine.one(statements.count(each, engine.lists))[0] for each in publication.plan.statements}


# --- gather


def _gather(
    publication: Publication, engine: Engine, tell: Tell, validator: Validator
) -> tuple[Outcome, Assembly, Callable[[], None]]:
    """Return what a run found, what has to be done to write it, and what lets another validator confirm it."""
    found = list(checks.settings(publication.project))
    read = _read(publication, engine, tell)
    assembled = _settle(publication, engine, read)
    trail = Trail(engine, publication.plan)
    found += [*read.findings, *checks.findings(publication.plan, read.examined, assembled.by_row, trail)]
    found += checks.unread(publication.plan, publication.project.root, read.opened)
    tell(Text("Prüfen", "Validating"))
    suspects = Suspects(read.examined, assembled, publication.demands)
    results = validation.results_of(engine, suspects, publication.shapes, validator)
    violated = validation.findings(results, publication.shapes, trail)
    found += list(checks.without_consequences(violated, found))
    accounts = accounting.accounts(publication.plan, read.opened, found)
    outcome = Outcome(tuple(in_order(found)), accounts, assembly.count(engine, assembled))
    confirm = partial(validation.confirm, engine, suspects, publication.shapes, results, outcome.statements)
    return outcome, assembled, confirm if validator is Validator.COMPILED else lambda: None


def _read(publication: Publication, engine: Engine, tell: Tell) -> Read:
    origins = Origins(publication.project.root, publication.project.settings)
    return reading.read(engine, publication.plan, publication.vocabulary.labels, origins, tell, publication.demands)


def _settle(publication: Publication, engine: Engine, read: Read) -> Assembly:
    engine.tell(publication.vocabulary.told)
    short = naming.names(publication.plan, publication.vocabulary, publication.shapes.properties())
    return assembly.settle(engine, publication.plan, short, checks.proven(engine, read.examined))


# --- write


def _write_dumps(publication: Publication, engine: Engine, assembled: Assembly, folder: Path) -> None:
    paths = {form: folder / f"{publication.project.name}{form.suffix}" for form in FORMATS}
    dumps.write_all(engine, assembled, paths, FORMATS)
    release.sync(paths.values())
    context = json.dumps({"@context": assembled.names.context()}, ensure_ascii=False, indent=2)
    release.write(folder / "context.jsonld", iter([context, "\n"]))


def _write_reports(publication: Publication, outcome: Outcome, folder: Path) -> None:
    findings, accounts = outcome.findings, outcome.accounts
    language = publication.project.languages[0]
    release.write(folder / "report.txt", reports.text(findings, accounts, language))
    release.write(folder / "report.json", iter([reports.as_json(findings, accounts)]))
    release.write(folder / "report.ttl", reports.graph(findings, publication.project.base))
