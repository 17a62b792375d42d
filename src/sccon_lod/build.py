"""The whole run, from the files of a publication to a release."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from sccon_lod import (
    accounting,
    assembly,
    checks,
    describing,
    digests,
    examples,
    identity,
    increments,
    ingredients,
    kinds,
    ledger,
    memory,
    naming,
    notations,
    pages,
    placement,
    plan,
    purging,
    reading,
    rewriting,
    shapes,
    successions,
    suppressions,
    vocabulary,
    waivers,
)
from sccon_lod.assembly import Assembly
from sccon_lod.census import Census
from sccon_lod.continuity import Continuity, Tombstones
from sccon_lod.describing import Described
from sccon_lod.digests import Digest
from sccon_lod.editions import Edition
from sccon_lod.engine import Engine
from sccon_lod.findings import Account, Finding, Record, State
from sccon_lod.formats import NTRIPLES
from sccon_lod.holding import Holding
from sccon_lod.identity import Identities, Release
from sccon_lod.increments import Increment
from sccon_lod.judgement import Judge, Verdict
from sccon_lod.kinds import Kind
from sccon_lod.language import Text
from sccon_lod.ledger import Entry, Ledger
from sccon_lod.lexicon import Told, Vocabulary
from sccon_lod.names import Names
from sccon_lod.placement import Placement
from sccon_lod.plan import Plan
from sccon_lod.project import Project
from sccon_lod.publish import dumps, exports, feed, release, reports, webpages
from sccon_lod.publish.feed import Feed
from sccon_lod.publish.webpages import Row
from sccon_lod.quarantine import Kept, Quarantine
from sccon_lod.reading import Origins, Read, Tell
from sccon_lod.rewriting import Wanted
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.sql import statements
from sccon_lod.successions import Succession
from sccon_lod.suppressions import Suppression
from sccon_lod.trail import Trail
from sccon_lod.validation import Validator
from sccon_lod.waivers import Entry as WaiverEntry
from sccon_lod.waivers import Waivers


@dataclass(frozen=True)
class Publication:
    """A publication as its files say it, compiled; `made_with` is the checksum of these files and of the program."""

    project: Project
    vocabulary: Vocabulary
    shapes: Shapes
    plan: Plan
    waivers: tuple[WaiverEntry, ...] = ()
    successions: tuple[Succession, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    made_with: str = ""

    @cached_property
    def demands(self) -> Demands:
        """What the shapes demand of rows."""
        return Demands(self.shapes.whole, self.plan, self.vocabulary.told)

    @property
    def current(self) -> Path:
        """The folder of the last release, which may not be there."""
        return self.project.public / release.CURRENT


@dataclass(frozen=True)
class Outcome:
    """What a run found: findings in order, what became of each record, and how many statements are published.

    `entries` are the rows that are not simply published; `refusal` says why nothing is published, None where
    something is. `rows` are the records that a page about the findings shows. `folder` is the release that was
    written, None where none was; `changed` says whether it is a new one, `is_patched` whether its dumps were made from
    those of the one before. `quarantined` are the files that rows which are held back were written to.
    """

    findings: tuple[Finding, ...]
    accounts: tuple[Account, ...]
    statements: int
    entries: tuple[Entry, ...] = ()
    refusal: Text | None = None
    folder: Path | None = None
    changed: bool = False
    is_patched: bool = False
    quarantined: tuple[Path, ...] = ()
    rows: Mapping[Record, Row] = field(default_factory=dict)

    @property
    def is_publishable(self) -> bool:
        """Whether something is published, or would be."""
        return self.refusal is None

    @property
    def held_back(self) -> int:
        """The number of rows that are held back."""
        return sum(each.states.get(State.HELD_BACK, 0) for each in self.accounts)


def load(settings: Project) -> Publication:
    """Read and compile the files of a publication.

    Raises PublicationError for a mapping, shapes or code lists that cannot be used.
    """
    # Before they are read, so that it is not that of a file which changes in between.
    made_with = ingredients.checksum(settings)
    words = vocabulary.read(settings.root, settings.base)
    rules = shapes.read(settings.root)
    mapping = notations.read(settings.root, words.prefixes, settings.external)
    compiled = plan.compile_plan(mapping, words, rules)
    return Publication(
        settings,
        words,
        rules,
        compiled,
        waivers.read(settings.root, settings.base, rules.private),
        successions.read(settings.root, settings.base),
        suppressions.read(settings.root),
        made_with,
    )


def check(publication: Publication, tell: Tell = reading.quiet, validator: Validator = Validator.COMPILED) -> Outcome:
    """Read, map and validate the records; write nothing."""
    with Engine([publication.project.root]) as engine:
        return _gather(publication, engine, tell, validator).outcome


def build(
    publication: Publication,
    tell: Tell = reading.quiet,
    validator: Validator = Validator.COMPILED,
    accepted: Collection[str] = (),
) -> Outcome:
    """Read, map and validate the records, and publish those that are not held back.

    What is held back is written to the quarantine. The sources and kinds named in `accepted` may lose any number of
    records. Raises DisagreementError if pySHACL finds anything else than the compiled shapes, ReleaseError where a
    folder cannot be written, BusyError where another build writes there.
    """
    public = publication.project.public
    with release.locked(public), Engine([publication.project.root, public]) as engine:
        gathered = _gather(publication, engine, tell, validator, accepted, publication.made_with)
        outcome = gathered.outcome
        outcome = replace(outcome, quarantined=tuple(_put_aside(publication, engine, gathered)))
        if not outcome.is_publishable:
            return outcome
        with release.staged(public) as folder:
            changed, is_patched = _publish(publication, engine, gathered, folder, tell)
    return replace(outcome, folder=publication.current, changed=changed, is_patched=is_patched)


def rehearse(
    publication: Publication,
    folder: Path,
    tell: Tell = reading.quiet,
    validator: Validator = Validator.COMPILED,
    accepted: Collection[str] = (),
) -> Outcome:
    """Do what `build` does, but write no more than a dump in N-Triples and its names, to a folder of one's own.

    Nothing is written to it where nothing would be published.
    """
    with Engine([publication.project.root]) as engine:
        gathered = _gather(publication, engine, tell, validator, accepted)
        if gathered.outcome.is_publishable:
            assembled = _with_told(publication, engine, gathered.verdict.assembled, gathered.tombstones.told)
            dumps.write(engine, assembled, NTRIPLES, folder / publication.project.dump)
            _write_context(assembled, folder)
        return gathered.outcome


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


@dataclass(frozen=True)
class _Gathered:
    """What a run found, what it was judged to be, how each row ends, and what is left of what is gone.

    `time` is that of the release that it may become; `increment` is what has changed since the last one, None where all
    has to be written anew.
    """

    outcome: Outcome
    verdict: Verdict
    ledger: Ledger
    identities: Identities
    time: str
    tombstones: Tombstones
    suppressed: frozenset[Record]
    kinds: tuple[Kind, ...]
    increment: Increment | None = None


def _gather(
    publication: Publication,
    engine: Engine,
    tell: Tell,
    validator: Validator,
    accepted: Collection[str] = (),
    made_with: str = "",
) -> _Gathered:
    """Gather all that is published; `made_with` is the checksum of all but rows, empty where nothing is remembered."""
    compiled, settings = publication.plan, publication.project
    found = list(checks.settings(settings))
    read = _read(publication, engine, tell)
    assembled = _settle(publication, engine, read)
    trail = Trail(engine, compiled)
    found += [*read.findings, *checks.findings(compiled, read.examined, assembled.by_row, trail)]
    found += checks.unread(compiled, settings.root, read.opened)
    tell(Text("Prüfen", "Validating"))
    holding = Holding.begin(engine, compiled, read.examined)
    identities = Identities.read(engine, settings.root, settings.base)
    placement.check(identities, settings.public)
    continuity = Continuity(identities, holding, publication.successions, publication.suppressions)
    found += continuity.findings(assembled, trail)
    suppressed = list(continuity.suppressed(trail))
    found += suppressed
    records = frozenset(each.record for each in suppressed if each.record)
    spoken = continuity.documents(records)
    excused = Waivers.of(publication.waivers, waivers.today())
    increment = None
    if made_with:
        increments.note(holding, assembled)
        if validator is Validator.COMPILED:
            place = _place(publication, identities)
            increment = increments.find(holding, assembled, identities, place, settings.name)
    demands = publication.demands
    judge = Judge(publication.shapes, demands, settings.policy, excused, validator, read, holding, increment)
    verdict = judge.judge(assembled, found, trail, records)
    verdict = replace(verdict, findings=tuple(suppressions.redacted(verdict.findings, publication.suppressions)))
    former = publication.current / settings.dump
    continuity.settle(
        verdict.assembled, read.unread, former, publication.shapes.label_predicate, publication.shapes.private_classes
    )
    hindrance = continuity.suppress(spoken)
    kept = ledger.keep(holding, verdict, read.unread, trail, records)
    accounts = accounting.ended(
        accounting.accounts(compiled, read.opened, verdict.findings), verdict.held, verdict.waived, kept.withdrawn
    )
    rows = _shown(compiled, verdict.findings, trail)
    refusal = verdict.refusal or hindrance
    refusal = refusal or continuity.shrunk(accounting.published(accounts), settings.releases.shrink, accepted)
    time = identity.moment(identities.last, settings.settings["modified"])
    left = continuity.tombstones(time, publication.shapes.label_predicate)
    count = verdict.statements + len(left.told)
    outcome = Outcome(verdict.findings, accounts, count, kept.entries, refusal, rows=rows)
    increment = None if verdict.held else increment
    return _Gathered(outcome, verdict, kept, identities, time, left, records, _kinds(publication, holding), increment)


def _place(publication: Publication, identities: Identities) -> memory.Place:
    return memory.Place(publication.project.public, publication.made_with, identities.path)


def _kinds(publication: Publication, holding: Holding) -> tuple[Kind, ...]:
    """Return the kinds of records: what names the records of each source, where they are about things of that name."""
    base = publication.project.base
    named = (holding.named(each) for each in publication.plan.sources if not each.is_settings)
    heads = {group.head for group in publication.plan.groups}
    found = kinds.of(filter(None, named), base)
    return tuple(kind for kind in found if any(head.startswith(f"{base}/{kind.name}/") for head in heads))


def _shown(compiled: Plan, findings: Sequence[Finding], trail: Trail) -> Mapping[Record, Row]:
    """Return the rows that a page shows: only the cells that the mapping reads, as others may be private."""
    found: dict[Record, Row] = {}
    wanted = webpages.wanted(findings)
    for source in compiled.sources:
        columns = compiled.references(source)
        own = [each for each in wanted if each.source == source.key]
        trail.learn(source, (each.number for each in own))
        for each in own:
            cells = trail.record(source, each.number).cells
            found[each] = Row(columns, tuple(cells.get(column, "") for column in columns))
    return found


def _read(publication: Publication, engine: Engine, tell: Tell) -> Read:
    origins = Origins(publication.project.root, publication.project.settings)
    return reading.read(engine, publication.plan, publication.vocabulary.labels, origins, tell, publication.demands)


def _settle(publication: Publication, engine: Engine, read: Read) -> Assembly:
    engine.tell(publication.vocabulary.told)
    short = naming.names(publication.plan, publication.vocabulary, publication.shapes.properties())
    return assembly.settle(engine, publication.plan, short, checks.proven(engine, read.examined))


# --- write


def _publish(
    publication: Publication, engine: Engine, gathered: _Gathered, folder: Path, tell: Tell
) -> tuple[bool, bool]:
    """Write a release to the staged folder and put it in place.

    Return whether readers see another one than before, and whether its dumps were made from those of the last one.
    """
    identities, claim, left = gathered.identities, gathered.verdict.claim, gathered.tombstones
    settings, outcome, increment = publication.project, gathered.outcome, gathered.increment
    assembled = _with_told(publication, engine, gathered.verdict.assembled, left.told)
    tell(Text("Ausgaben schreiben", "Writing dumps"))
    temporal = publication.shapes.temporal()
    wanted = Wanted(engine, assembled, left.told, gathered.kinds, settings.base, temporal, settings.name)
    dumped = rewriting.write(wanted, folder, identities.watch, increment)
    _write_context(assembled, folder)
    dump = wanted.paths(folder)[NTRIPLES]
    if claim:
        tell(Text("Gegenprüfen", "Validating once more"))
        claim.confirm(dump, left.documents, increment.changed if increment and dumped.is_patched else None)
    purging.check(dump, [each.iri for each in publication.suppressions])
    _write_reports(publication, outcome, gathered.ledger, folder)
    counted = dumped.counted
    examples.write(examples.of(settings.root, counted.whole.classes, counted.whole.properties), folder)
    files = (path for path in folder.iterdir() if path.is_file() and path not in dumped.digests)
    written = {**dumped.digests, **digests.of(files)}
    made = None
    if pages.are_made(settings, counted.whole.subjects):
        tell(Text("Seiten schreiben", "Writing pages"))
        shown = _to_be_shown(publication, gathered, counted, assembled.names)
        made = pages.write(shown, wanted.paths(folder), written, folder)
        written |= made.digests
    is_moved = identities.settle(left.documents)
    records = accounting.published(outcome.accounts)
    place = Placement(
        settings.public, identities, gathered.time, settings.releases.kept, outcome.statements, records, is_moved
    )
    described = _described(publication, counted, assembled)
    describe = partial(_describe, publication, engine, gathered, described, written)
    changed = place.put(folder, written, describe)
    if made:
        pages.remember(settings, made)
    rewriting.keep(wanted, dumped, None if gathered.verdict.held else claim, _place(publication, identities))
    return changed, dumped.is_patched


def _to_be_shown(publication: Publication, gathered: _Gathered, counted: Census, names: Names) -> pages.Plan:
    titles = {each.name: _title(publication, each) for each in counted.kinds}
    outcome, gone = gathered.outcome, sorted(gathered.tombstones.documents)
    return pages.Plan(publication.project, publication.shapes, names, titles, outcome.findings, outcome.accounts, gone)


def _with_told(publication: Publication, engine: Engine, assembled: Assembly, told: Sequence[Told]) -> Assembly:
    """Add statements to what is written."""
    if not told:
        return assembled
    words = replace(publication.vocabulary, told=(*publication.vocabulary.told, *told))
    short = naming.names(publication.plan, words, publication.shapes.properties())
    return assembly.tell(engine, assembled, told, short)


def _write_context(assembled: Assembly, folder: Path) -> None:
    context = json.dumps({"@context": assembled.names.context()}, ensure_ascii=False, indent=2)
    release.write(folder / "context.jsonld", iter([context, "\n"]))


def _described(publication: Publication, counted: Census, assembled: Assembly) -> Described:
    titles = {each: _title(publication, each) for each in rewriting.several(counted)}
    profiles, lists = publication.shapes.profiles(), publication.vocabulary.lists
    return Described(publication.project, counted, titles, assembled.names, profiles, lists)


def _describe(
    publication: Publication,
    engine: Engine,
    gathered: _Gathered,
    described: Described,
    written: Mapping[Path, Digest],
    folder: Path,
    edition: Release,
) -> None:
    """Write what describes a release, as that release: the change feed, the catalogue, and VoID."""
    settings, identities = publication.project, gathered.identities
    former = gathered.increment.folder / feed.FOLDER if gathered.increment else None
    feed.write(engine, Feed.of(settings, release.CURRENT), folder / feed.FOLDER, edition.time, former)
    times = {kind.name: identities.modified(kind.spaces) for kind in described.titles}
    parts = describing.parts(described, folder, written, {"": identities.modified((f"{settings.base}/",)), **times})
    describing.write(described, Edition(edition.serial, identities.before(edition.serial), parts), folder)


def _title(publication: Publication, kind: Kind) -> Text:
    """Return what the shapes call the records of a kind."""
    shown = (publication.shapes.label(each) for each in kinds.classes(kind, publication.plan.groups))
    return publication.shapes.title(kind.name) or next(filter(None, shown), Text(kind.name, kind.name))


def _put_aside(publication: Publication, engine: Engine, gathered: _Gathered) -> list[Path]:
    sources = {each.key: each for each in publication.plan.sources}
    language = publication.project.languages[0]
    findings = gathered.outcome.findings
    written = Quarantine(
        publication.project.root, engine, findings, language, partial(exports.as_csv, language=language)
    )
    held = (each for each in gathered.ledger.entries if each.state is State.HELD_BACK)
    return written.write(
        Kept(sources[each.source], each.number, each.origin)
        for each in held
        if not sources[each.source].is_settings and not _is_suppressed(each, gathered.suppressed)
    )


def _is_suppressed(entry: Entry, suppressed: Collection[Record]) -> bool:
    return entry.number is not None and Record(entry.source, entry.number) in suppressed


def _write_reports(publication: Publication, outcome: Outcome, kept: Ledger, folder: Path) -> None:
    findings, accounts = outcome.findings, outcome.accounts
    language = publication.project.languages[0]
    release.write(folder / "report.txt", reports.text(findings, accounts, language))
    release.write(folder / "report.json", iter([reports.as_json(findings, accounts)]))
    release.write(folder / "report.ttl", reports.graph(findings, publication.project.base))
    release.write(folder / "ledger.json", iter([ledger.as_json(kept.entries, accounts)]))
    release.write_bytes(folder / ledger.FILE, kept.lines())
