"""What the engine itself finds wrong, before any shape is looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sccon_lod import records
from sccon_lod.engine import Engine, ScanError
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.lexical import FORMS
from sccon_lod.mapping import Source, columns
from sccon_lod.plan import Group, Invocation, Plan, unused_columns
from sccon_lod.project import EXAMPLE_BASE, FILE, Project
from sccon_lod.screening import Demands, Part
from sccon_lod.sql import blocks, rows, shared, sources
from sccon_lod.sql import checks as sql
from sccon_lod.sql.blocks import Proven
from sccon_lod.sql.checks import Check
from sccon_lod.sql.screening import Test
from sccon_lod.terms import IDENTIFIER
from sccon_lod.trail import CONFLICTS, Trail

CONVERSION, REPEATED, SHARED, EMPTY = "cell-conversion", "id-repeated", "iri-shared", "reference-empty"
DATATYPE, IRI = sql.DATATYPE, sql.IRI


@dataclass(frozen=True)
class Opened:
    """What is known of a source once it was read: its columns and files, and the rows by what became of them."""

    columns: tuple[str, ...]
    files: tuple[str, ...]
    read: int
    unread: int = 0
    skipped: int = 0


@dataclass(frozen=True)
class Examined:
    """A source whose rows were looked at: the number of its table, and what was looked for.

    `screened` are the parts of shapes that were looked for, by the number of the group and the part.
    """

    index: int
    source: Source
    checks: tuple[Check, ...]
    screened: Mapping[tuple[int, Part], Test] = field(default_factory=dict)


def examine(engine: Engine, plan: Plan, index: int, scanned: Sequence[str], demands: Demands | None = None) -> Examined:
    """Look at every row of a source once; `scanned` are the columns of a file that no reader reads.

    What shapes demand is looked for, too, where there are many rows. Raises ScanError for a file that the engine
    cannot read by itself.
    """
    source = plan.sources[index]
    looked_for = sql.checks(plan, source, engine.lists, scanned)
    screened: dict[tuple[int, Part], Test] = {}
    if demands and (scanned or engine.one(sources.count(source)) >= (blocks.FEW,)):
        for group in plan.of(source):
            if sql.is_keyed(group, engine.lists):
                tests = dict(demands.of_group(group, engine.lists))
                screened |= {(group.index, part): test for part, test in tests.items()}
                looked_for += sql.screening((test for test in tests.values() if isinstance(test, str)), group)
    kept = _repeated_columns(engine, plan, source) if scanned else ()
    engine.run(sql.create_rows(index, plan.of(source), looked_for, engine.lists, source, kept))
    if any(engine.one(query) != (0,) for query in sql.odd(index, looked_for)):
        raise ScanError(str(source.file))
    return Examined(index, source, looked_for, screened)


def _repeated_columns(engine: Engine, plan: Plan, source: Source) -> Sequence[str]:
    """Return the columns of the subjects that rows repeat: from their different rows blocks will be written."""
    groups = [each for each in plan.of(source) if sql.is_keyed(each, engine.lists) and not blocks.calls(each)]
    told = engine.one(sql.repeats(groups, engine.lists, source)) if groups else ()
    repeated = [each for each, repeats in zip(groups, told, strict=True) if repeats]
    return blocks.read_by(*repeated)


def proven(engine: Engine, examined: Sequence[Examined]) -> Proven:
    """Return the tests, by source, that every row has passed."""
    found: dict[bool, set[tuple[str, str]]] = {False: set(), True: set()}
    for each in examined:
        for check, is_failed in _answers(engine, sql.failed(each.index, each.checks)):
            found[is_failed].add((each.source.key, check.passed))
    # Rules with conditions have checks of their own rows only.
    return frozenset(found[False] - found[True])


def _answers(engine: Engine, asked: Iterable[tuple[Sequence[Check], str]]) -> Iterator[tuple[Check, bool]]:
    """Yield checks with their bit in the number that a query gives for some of them."""
    for looked_for, query in asked:
        (bits,) = engine.one(query)
        for place, check in enumerate(looked_for):
            yield check, bool(bits >> place & 1)


def rows_of(engine: Engine, examined: Examined) -> int:
    """Return the number of records that were looked at."""
    return engine.one(sql.count(examined.index))[0]


def findings(plan: Plan, examined: Sequence[Examined], by_row: Sequence[Group], trail: Trail) -> Iterator[Finding]:
    """Yield what rows cannot say: values that do not convert, bad IRIs, missing and repeated identities.

    `by_row` are the groups whose statements are not noted one by one.
    """
    for invocation in plan.invocations:
        if trail.engine.one(rows.failed(invocation)) != (0,):
            yield from _unconverted(invocation, trail)
    places = {each.source.key: each.index for each in examined}
    for each in examined:
        yield from _failing(each, trail)
    for group in plan.groups:
        if any(each.rule.predicate == IDENTIFIER for each in group.statements) and sql.is_keyed(
            group, trail.engine.lists
        ):
            yield from _repeated(places[group.source.key], group, trail)
    for family in sorted({group.family for group in plan.groups}):
        yield from _shared([group for group in plan.groups if group.family == family], trail)
    for each in examined:
        yield from _empty(each, trail)
    named = {statement.map.source.key for statement in plan.identities()}
    for each in examined:
        if each.source.key not in named:
            yield from _silent(each, [group for group in by_row if group.source.key == each.source.key], trail)


def without_consequences(found: Iterable[Finding], earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that are not just what follows from an earlier one.

    A cell that could not be used is reported once, and not as missing again. Rows that share an identifier are
    not reported for having two of everything.
    """
    unusable = {each.origin for each in earlier if each.rule in (CONVERSION, DATATYPE, IRI, REPEATED, SHARED)}
    same = {
        (each.origin.file, each.origin.line, each.origin.path) for each in earlier if each.rule in (REPEATED, SHARED)
    }
    for each in found:
        conflict = each.result is not None and each.result.component in CONFLICTS
        if each.origin not in unusable and not (
            conflict and (each.origin.file, each.origin.line, each.origin.path) in same
        ):
            yield each


def unread(plan: Plan, root: Path, read: Mapping[str, Opened]) -> Iterator[Finding]:
    """Yield what nobody reads: columns without a rule, and files in data/ without a mapping; `read` is by source."""
    for source in plan.sources:
        opened = read[source.key]
        if source.formulation == "csv":
            yield from _unread_columns(plan, source, opened)
    known = {file for opened in read.values() for file in opened.files}
    for path in sorted(each for each in (root / "data").rglob("*") if each.is_file()):
        # A name that is not UTF-8 can be shown, but not be written to a report.
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if path.suffix.lower() in records.READERS and name not in known:
            yield Finding(
                Origin(name),
                Severity.WARNING,
                "file-unused",
                Text(
                    "Keine Zuordnung liest diese Datei; ihr Inhalt wird nicht veröffentlicht.",
                    "No mapping reads this file; what it holds is not published.",
                ),
            )


def _unread_columns(plan: Plan, source: Source, opened: Opened) -> Iterator[Finding]:
    file = opened.files[0] if opened.files else source.file
    for column in unused_columns(plan, source, opened.columns):
        yield Finding(Origin(file, 1, column), Severity.INFO, "column-unused", _UNUSED)
    for number, column in enumerate(opened.columns, start=1):
        if not column:
            yield Finding(Origin(file, 1), Severity.WARNING, "column-nameless", _nameless_column(number))


_UNUSED = Text(
    "Keine Regel der Zuordnung liest diese Spalte; ihr Inhalt wird nicht veröffentlicht.",
    "No rule of the mapping reads this column; what it holds is not published.",
)


def _nameless_column(number: int) -> Text:
    return Text(
        f"Spalte {number} hat in der Kopfzeile keinen Namen; ihr Inhalt wird nicht veröffentlicht.",
        f"Column {number} has no name in the header; what it holds is not published.",
    )


def settings(project: Project) -> Iterator[Finding]:
    """Yield what sccon.toml still says as an example."""
    if project.base == EXAMPLE_BASE:
        yield Finding(
            Origin(FILE, 0, "base"),
            Severity.WARNING,
            "base-example",
            Text(
                "Die Basis-IRI ist noch das Beispiel; bitte vor der ersten Veröffentlichung die eigene eintragen.",
                "The base IRI is still the example; please enter your own before the first release.",
            ),
            project.base,
        )


def _violation(trail: Trail, source: Source, record: int, read: Sequence[str], rule: str, text: Text) -> Finding:
    cell = trail.cells(source, record, read)
    return Finding(cell.origin, Severity.VIOLATION, rule, text, cell.value, record=cell.record)


def _unconverted(invocation: Invocation, trail: Trail) -> Iterator[Finding]:
    read = columns(invocation.call) or columns(*(each.condition for each in invocation.conditions))
    failed = list(trail.engine.ask(rows.problems(invocation, trail.engine.lists)))
    trail.learn(invocation.source, (int(str(record)) for record, *_ in failed))
    for record, german, english in failed:
        text = Text(str(german), str(english))
        yield _violation(trail, invocation.source, int(str(record)), read, CONVERSION, text)


def _failing(each: Examined, trail: Trail) -> Iterator[Finding]:
    for looked_for, query in sql.failing(each.index, each.checks):
        failed = [(int(str(record)), int(str(bits))) for record, bits in trail.engine.ask(query)]
        trail.learn(each.source, (record for record, _ in failed))
        for record, bits in failed:
            for place, check in enumerate(looked_for):
                if bits >> place & 1:
                    yield _failure(each.source, record, check, trail)


def _failure(source: Source, record: int, check: Check, trail: Trail) -> Finding:
    text = _not_of(check.datatype) if check.rule == DATATYPE else _SENTENCES[check.rule]
    if check.rule == sql.MISSING:
        cell = trail.cells(source, record, check.columns)
        return Finding(cell.origin, Severity.VIOLATION, check.rule, text, record=cell.record)
    return _violation(trail, source, record, check.columns, check.rule, text)


_SENTENCES = {
    IRI: Text(
        "Das ist keine Web-Adresse, die veröffentlicht werden kann; "
        "richtig ist zum Beispiel https://www.bmwsb.bund.de/ (keine Leerzeichen).",
        "This is no web address that can be published; right is for example https://www.bmwsb.bund.de/ (no blanks).",
    ),
    sql.LANGUAGE: Text(
        "Das ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
        "This is no language tag; right is for example de or en-GB.",
    ),
    sql.MISSING: Text(
        "Die Kennung fehlt; der Datensatz braucht eine eigene, zum Beispiel sccon-2022.",
        "The identifier is missing; the record needs one of its own, for example sccon-2022.",
    ),
}


def _not_of(datatype: str) -> Text:
    example, name = FORMS[datatype].example, datatype.rpartition("#")[2]
    return Text(
        f"Das ist kein Wert der Art {name}; richtig ist zum Beispiel {example}.",
        f"This is no value of the type {name}; right is for example {example}.",
    )


def _repeated(index: int, group: Group, trail: Trail) -> Iterator[Finding]:
    count, rising = trail.engine.one(sql.profile(index, group))
    if rising or trail.engine.one(sql.distinct(index, group)) == (count,):
        return
    source, read = group.source, columns(group.subject)[::-1]
    pairs = [(int(str(record)), int(str(other))) for record, other in trail.engine.ask(sql.repeated(index, group))]
    trail.learn(source, (record for record, _ in pairs))
    for record, other in pairs:
        here, there = trail.cells(source, record, read), trail.cells(source, other, read)
        if here.value != there.value:
            continue  # then it is the address that they share
        yield _violation(
            trail,
            source,
            record,
            read,
            REPEATED,
            Text(
                f"Die Kennung steht noch einmal: {there.origin} [{there.value}]; jeder Datensatz braucht eine eigene.",
                f"The identifier stands once more: {there.origin} [{there.value}]; each record needs its own.",
            ),
        )


def _shared(family: Sequence[Group], trail: Trail) -> Iterator[Finding]:
    """Yield what different names or identifiers give one IRI; of subjects that nothing names, many rows may speak."""
    groups = shared.naming(family)
    if not groups or not shared.may_share(groups):
        return
    found = [
        tuple(int(str(each)) for each in row) for row in trail.engine.ask(shared.shared(groups, trail.engine.lists))
    ]
    for place, each in enumerate(groups):
        named = [record for index, record, *_ in found if index == place]
        named += [other for *_, index, other in found if index == place]
        trail.learn(each.source, named)
    for group, record, other_group, other in found:
        here, there = groups[group], groups[other_group]
        cell = trail.cells(there.source, other, columns(there.subject)[::-1])
        text = Text(
            f"Dieselbe Web-Adresse entsteht aus {cell.origin} [{cell.value}]; ist es etwas anderes, bitte anders "
            "benennen oder kennzeichnen, ist es dasselbe, bitte gleich schreiben.",
            f"The same web address comes of {cell.origin} [{cell.value}]; if it is another thing, please give it "
            "another name or identifier, if it is the same, write both alike.",
        )
        yield _violation(trail, here.source, record, columns(here.subject)[::-1], SHARED, text)


def _empty(each: Examined, trail: Trail) -> Iterator[Finding]:
    """Yield the paths of a tree that lead to nothing; that a table lacks a column is known before."""
    source, engine = each.source, trail.engine
    if source.formulation in ("csv", "toml") or rows_of(engine, each) == 0:
        return
    asked = sql.never_filled(each.index, each.checks)
    told = {check.columns[0]: is_empty for check, is_empty in _answers(engine, asked)}
    for reference in trail.plan.references(source):
        if told[reference] if reference in told else not any(engine.ask(sources.filled(source, reference))):
            yield Finding(Origin(source.file, 0, reference), Severity.WARNING, EMPTY, _EMPTY)


_EMPTY = Text(
    "Dieser Pfad führt in keinem Datensatz zu etwas; ist er richtig geschrieben? Er gilt als leer.",
    "This path leads to nothing in any record; is it spelled right? It counts as empty.",
)


def _silent(each: Examined, by_row: Sequence[Group], trail: Trail) -> Iterator[Finding]:
    query = sql.silent(each.index, trail.plan.of(each.source), by_row)
    silent = [int(str(record)) for (record,) in trail.engine.ask(query)]
    trail.learn(each.source, silent)
    for record in silent:
        cell = trail.cells(each.source, record, ())
        yield Finding(cell.origin, Severity.WARNING, "row-silent", _SILENT, record=cell.record)


_SILENT = Text(
    "Aus dieser Zeile entsteht keine Aussage; ist sie vollständig?",
    "No statement is made from this row; is it complete?",
)
