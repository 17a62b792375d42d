"""What the engine itself finds wrong, before any shape is looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sccon_lod import records, sql
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.lexical import FORMS
from sccon_lod.mapping import Source, columns
from sccon_lod.plan import Invocation, Plan, Statement, unused_columns
from sccon_lod.project import EXAMPLE_BASE, FILE, Project
from sccon_lod.trail import Trail

CONVERSION, DATATYPE, IRI, REPEATED = "cell-conversion", "cell-datatype", "cell-iri", "id-repeated"
# Components whose results say that there is more than one of something.
_CONFLICTS = {f"{name}ConstraintComponent" for name in ("MaxCount", "QualifiedMaxCount", "UniqueLang")}


def findings(plan: Plan, engine: Engine) -> Iterator[Finding]:
    """Yield what rows cannot say: values that do not convert, bad IRIs, missing and repeated identities."""
    trail = Trail(engine, plan)
    for invocation in plan.invocations:
        yield from _unconverted(invocation, trail)
    for statement in plan.statements:
        yield from _unusable(statement, trail)
    for statement in plan.identities():
        yield from _nameless(statement, trail)
        yield from _repeated(statement, trail)
    named = {statement.map.source.file for statement in plan.identities()}
    for source in plan.sources:
        if source.file not in named:
            yield from _silent(source, trail)


def without_consequences(found: Iterable[Finding], earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings that are not just what follows from an earlier one.

    A cell that could not be used is reported once, and not as missing again. Rows that share an identifier are
    not reported for having two of everything.
    """
    unusable = {each.origin for each in earlier if each.rule in (CONVERSION, DATATYPE, IRI, REPEATED)}
    shared = {(each.origin.file, each.origin.line) for each in earlier if each.rule == REPEATED}
    for each in found:
        conflict = each.result is not None and each.result.component in _CONFLICTS
        if each.origin not in unusable and not (conflict and (each.origin.file, each.origin.line) in shared):
            yield each


def unread(plan: Plan, root: Path, headers: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield what nobody reads: columns without a rule, and files in data/ without a mapping."""
    for file, header in headers.items():
        if Path(file).suffix.lower() in records.READERS:
            for column in unused_columns(plan, file, header):
                yield Finding(Origin(file, 1, column), Severity.INFO, "column-unused", _UNUSED)
            for number, column in enumerate(header, start=1):
                if not column:
                    yield Finding(Origin(file, 1), Severity.WARNING, "column-nameless", _nameless_column(number))
    for path in sorted((root / "data").glob("*")):
        # A name that is not UTF-8 can be shown, but not be written to a report.
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if path.suffix.lower() in records.READERS and name not in headers:
            yield Finding(
                Origin(name),
                Severity.WARNING,
                "file-unused",
                Text(
                    "Keine Zuordnung liest diese Datei; ihr Inhalt wird nicht veröffentlicht.",
                    "No mapping reads this file; what it holds is not published.",
                ),
            )


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
    return Finding(cell.origin, Severity.VIOLATION, rule, text, cell.value)


def _unconverted(invocation: Invocation, trail: Trail) -> Iterator[Finding]:
    read = columns(invocation.call) or columns(*invocation.conditions)
    for record, german, english in trail.engine.ask(sql.problems(invocation)):
        text = Text(str(german), str(english))
        yield _violation(trail, invocation.source, int(str(record)), read, CONVERSION, text)


def _unusable(statement: Statement, trail: Trail) -> Iterator[Finding]:
    for term, query in sql.unusable(statement):
        read = columns(term) or statement.columns
        rule, text = (IRI, _NO_ADDRESS) if term.is_iri else (DATATYPE, _not_of(term.datatype))
        for (record,) in trail.engine.ask(query):
            yield _violation(trail, statement.map.source, int(str(record)), read, rule, text)


_NO_ADDRESS = Text(
    "Das ist keine Web-Adresse, die veröffentlicht werden kann; "
    "richtig ist zum Beispiel https://www.bmwsb.bund.de/ (keine Leerzeichen).",
    "This is no web address that can be published; right is for example https://www.bmwsb.bund.de/ (no blanks).",
)


def _not_of(datatype: str) -> Text:
    example, name = FORMS[datatype].example, datatype.rpartition("#")[2]
    return Text(
        f"Das ist kein Wert der Art {name}; richtig ist zum Beispiel {example}.",
        f"This is no value of the type {name}; right is for example {example}.",
    )


def _nameless(statement: Statement, trail: Trail) -> Iterator[Finding]:
    for (record,) in trail.engine.ask(sql.subjects(statement)):
        read = columns(statement.map.subject)
        cells = [trail.cells(statement.map.source, int(str(record)), [column]) for column in read]
        yield Finding(
            next(cell.origin for cell in cells if not cell.value),
            Severity.VIOLATION,
            "id-missing",
            Text(
                "Die Kennung fehlt; der Datensatz braucht eine eigene, zum Beispiel sccon-2022.",
                "The identifier is missing; the record needs one of its own, for example sccon-2022.",
            ),
        )


def _repeated(statement: Statement, trail: Trail) -> Iterator[Finding]:
    source, read = statement.map.source, columns(statement.map.subject)[::-1]
    for record, other in trail.engine.ask(sql.duplicates(statement)):
        there = trail.cells(source, int(str(other)), read)
        yield _violation(
            trail,
            source,
            int(str(record)),
            read,
            REPEATED,
            Text(
                f"Die Kennung steht noch einmal: {there.origin} [{there.value}]; jeder Datensatz braucht eine eigene.",
                f"The identifier stands once more: {there.origin} [{there.value}]; each record needs its own.",
            ),
        )


def _silent(source: Source, trail: Trail) -> Iterator[Finding]:
    for (record,) in trail.engine.ask(sql.silent(source.file, trail.plan)):
        yield Finding(
            trail.cells(source, int(str(record)), ()).origin,
            Severity.WARNING,
            "row-silent",
            Text(
                "Aus dieser Zeile entsteht keine Aussage; ist sie vollständig?",
                "No statement is made from this row; is it complete?",
            ),
        )
