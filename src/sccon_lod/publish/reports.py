"""The validation report: as text for people, as JSON and as a SHACL report graph for programs."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sccon_lod.findings import Account, Finding, Result, Severity, grouped, in_order
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.terms import DCT, SHACL

_COUNTED = {
    Severity.VIOLATION: (Text("Verstoß", "violation"), Text("Verstöße", "violations")),
    Severity.WARNING: (Text("Warnung", "warning"), Text("Warnungen", "warnings")),
    Severity.INFO: (Text("Hinweis", "note"), Text("Hinweise", "notes")),
}
_RULES = Text("Regel", "Rule")
_LEFT = Text("… und {left} weitere; alle mit --all", "… and {left} more; all with --all")
_NONE = Text("Keine Befunde.", "No findings.")
_ACCOUNT = Text("Datensätze", "Records")
_HEADINGS = (
    Text("Datei", "file"),
    Text("gelesen", "read"),
    Text("fehlerhaft", "faulty"),
    Text("unlesbar", "unread"),
    Text("übergangen", "skipped"),
)
_LEGEND = Text(
    "gelesen = Datensätze; fehlerhaft = davon mit Verstoß; unlesbar = Zeilen, die kein Datensatz werden; "
    "übergangen = leere Zeilen und Hinweise",
    "read = records; faulty = of these with a violation; unread = rows that are no record; "
    "skipped = empty rows and hints",
)


def count(findings: Iterable[Finding], language: str) -> str:
    """Return how many findings there are of each severity, in words."""
    severities = [each.severity for each in findings]
    words = []
    for severity, (one, many) in _COUNTED.items():
        number = severities.count(severity)
        words.append(f"{number} {(one if number == 1 else many).in_language(language)}")
    return ", ".join(words)


def text(
    findings: Sequence[Finding], accounts: Sequence[Account], language: str, first: int | None = None
) -> Iterator[str]:
    """Yield the report as lines of text: findings by rule, then what became of the records of each file.

    Of each rule the `first` findings are shown, by default all.
    """
    for _, rule, members in grouped(findings):
        yield f"{_RULES.in_language(language)} {rule} ({len(members)})\n"
        for finding in members[:first]:
            yield f"{finding.line(language)}\n"
        left = len(members[first:]) if first is not None else 0
        if left:
            yield f"{_LEFT.in_language(language).format(left=left)}\n"
        yield "\n"
    if not findings:
        yield f"{_NONE.in_language(language)}\n\n"
    yield from _account(accounts, language)


def _account(accounts: Sequence[Account], language: str) -> Iterator[str]:
    rows = [[heading.in_language(language) for heading in _HEADINGS]]
    rows += [[each.file, *map(str, (each.records, each.faulty, each.unread, each.skipped))] for each in accounts]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    yield f"{_ACCOUNT.in_language(language)}\n"
    for row in rows:
        first, *numbers = (
            cell.ljust(width) if position == 0 else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *numbers]).rstrip() + "\n"
    yield f"{_LEGEND.in_language(language)}\n"


def verdict(findings: Sequence[Finding], statements: int, language: str) -> Iterator[str]:
    """Yield the last line of a run: how many findings, and how many statements the records make."""
    words = Text(f"{statements} Aussagen", f"{statements} statements").in_language(language)
    yield f"\n{count(findings, language)}; {words}.\n"


def as_json(findings: Iterable[Finding], accounts: Iterable[Account]) -> str:
    """Return the report as a JSON document; messages stand in every language."""
    document = {
        "findings": [_finding(each) for each in in_order(findings)],
        "records": [
            {
                "file": each.file,
                "records": each.records,
                "faulty": each.faulty,
                "unread": each.unread,
                "skipped": each.skipped,
            }
            for each in accounts
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    said: dict[str, object] = {
        "file": finding.origin.file,
        "line": finding.origin.line or None,
        "column": finding.origin.column or None,
        "severity": finding.severity.word,
        "rule": finding.rule,
        "message": {language: finding.text.in_language(language) for language in LANGUAGES},
        "value": finding.value or None,
    }
    if finding.result:
        said["focus"] = finding.result.focus
        said["shape"] = finding.result.shape
    return said


def graph(findings: Iterable[Finding], base: str) -> Iterator[str]:
    """Yield the SHACL validation report (SHACL section 3.6) in Turtle, without blank nodes.

    Each result has an IRI made from its content, so that it stays the same from one release to the next.
    `sh:resultPath` is left out where the path is not a plain predicate; the shape has it.
    """
    cells: dict[Result, list[Finding]] = defaultdict(list)
    for each in in_order(findings):
        if each.result:
            cells[each.result].append(each)
    names = {f"<{base}/report#{_digest(result)}>": result for result in cells}
    yield f"@prefix dct: <{DCT}> .\n@prefix sh: <{SHACL}> .\n\n"
    yield f"<{base}/report>\n    a sh:ValidationReport ;\n    sh:conforms {'false' if names else 'true'}"
    yield "".join(f" ;\n    sh:result {name}" for name in sorted(names)) + " .\n"
    for name in sorted(names):
        yield from _result(name, names[name], cells[names[name]])


def _digest(result: Result) -> str:
    said = "\n".join([result.shape, result.component, result.focus, result.path, result.value])
    return "result-" + hashlib.sha256(said.encode()).hexdigest()[:16]


def _result(name: str, result: Result, found: Sequence[Finding]) -> Iterator[str]:
    yield f"\n{name}\n    a sh:ValidationResult ;\n"
    yield f"    sh:focusNode <{result.focus}> ;\n"
    if result.path:
        yield f"    sh:resultPath <{result.path}> ;\n"
    if result.value:
        yield f"    sh:value {result.value} ;\n"
    yield f"    sh:resultSeverity sh:{found[0].severity.word.capitalize()} ;\n"
    yield f"    sh:sourceShape <{result.shape}> ;\n"
    yield f"    sh:sourceConstraintComponent sh:{result.component} ;\n"
    for language in LANGUAGES:
        yield f"    sh:resultMessage {_quoted(found[0].text.in_language(language))}@{language} ;\n"
    # The cells the result came from, as a person reads them.
    yield f"    dct:source {', '.join(_quoted(str(each.origin)) for each in found)} .\n"


def _quoted(text: str) -> str:
    """Return a Turtle string: what JSON escapes is escaped the same way there (Turtle section 6.4)."""
    return json.dumps(text, ensure_ascii=False)
