"""The validation report: as text for people, as JSON and as a SHACL report graph for programs."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sccon_lod.findings import Account, Finding, Result, Severity, State, grouped, in_order
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.terms import DCT, PROV, RDFS, SHACL

_COUNTED = {
    Severity.VIOLATION: (Text("Verstoß", "violation"), Text("Verstöße", "violations")),
    Severity.WARNING: (Text("Warnung", "warning"), Text("Warnungen", "warnings")),
    Severity.INFO: (Text("Hinweis", "note"), Text("Hinweise", "notes")),
}
_WAIVED = Text("{waived} mit Ausnahme", "{waived} waived")
_RULES = Text("Regel", "Rule")
_LEFT = Text("… und {left} weitere; alle mit --all", "… and {left} more; all with --all")
_NONE = Text("Keine Befunde.", "No findings.")
_ACCOUNT = Text("Datensätze", "Records")
_FILE, _UNREAD, _SKIPPED = Text("Datei", "file"), Text("unlesbar", "unread"), Text("übergangen", "skipped")
_MAPPED = (_FILE, Text("gelesen", "read"), Text("fehlerhaft", "faulty"), _UNREAD, _SKIPPED)
_STATES = {
    State.PUBLISHED: Text("veröffentlicht", "published"),
    State.WAIVED: Text("mit Ausnahme", "waived"),
    State.HELD_BACK: Text("zurückgehalten", "held back"),
    State.WITHDRAWN: Text("zurückgezogen", "withdrawn"),
}
_ENDED = (_FILE, Text("Zeilen", "rows"), *_STATES.values(), _UNREAD, _SKIPPED)
_MAPPED_LEGEND = Text(
    "gelesen = Datensätze; fehlerhaft = davon mit Verstoß; unlesbar = Zeilen, die kein Datensatz werden; "
    "übergangen = leere Zeilen und Hinweise",
    "read = records; faulty = of these with a violation; unread = rows that are no record; "
    "skipped = empty rows and hints",
)
_ENDED_LEGEND = Text(
    "Zeilen = veröffentlicht + mit Ausnahme + zurückgehalten; zurückgezogen = früher veröffentlicht, jetzt in keiner "
    "Datei; unlesbar = zurückgehalten, weil kein Datensatz daraus wird; übergangen = leere Zeilen und Hinweise",
    "rows = published + waived + held back; withdrawn = published before, now in no file; unread = held back because "
    "they are no record; skipped = empty rows and hints",
)


def count(findings: Iterable[Finding], language: str) -> str:
    """Return how many findings there are of each severity, in words."""
    listed = list(findings)
    severities = [each.severity for each in listed if not each.waiver]
    words = []
    for severity, (one, many) in _COUNTED.items():
        number = severities.count(severity)
        words.append(f"{number} {(one if number == 1 else many).in_language(language)}")
    waived = len(listed) - len(severities)
    if waived:
        words.append(_WAIVED.in_language(language).format(waived=waived))
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


def account(accounts: Sequence[Account]) -> tuple[Sequence[Text], Sequence[Sequence[object]]]:
    """Return the account as a table: its headings, and a row for each source."""
    headings = _ENDED if any(each.states for each in accounts) else _MAPPED
    return headings, [(each.file, *_numbers(each)) for each in accounts]


def _account(accounts: Sequence[Account], language: str) -> Iterator[str]:
    headings, counts = account(accounts)
    legend = _ENDED_LEGEND if headings is _ENDED else _MAPPED_LEGEND
    rows = [[heading.in_language(language) for heading in headings]]
    rows += [[str(cell) for cell in row] for row in counts]
    widths = [max(len(row[column]) for row in rows) for column in range(len(headings))]
    yield f"{_ACCOUNT.in_language(language)}\n"
    for row in rows:
        first, *numbers = (
            cell.ljust(width) if position == 0 else cell.rjust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join([first, *numbers]).rstrip() + "\n"
    yield f"{legend.in_language(language)}\n"


def _numbers(account: Account) -> Sequence[int]:
    if not account.states:
        return account.records, account.faulty, account.unread, account.skipped
    return account.rows, *(account.states[state] for state in _STATES), account.unread, account.skipped


def verdict(findings: Sequence[Finding], statements: int, language: str) -> Iterator[str]:
    """Yield the last line of a run: how many findings, and how many statements are published."""
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
                **{state.value: count for state, count in each.states.items()},
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
    if finding.waiver:
        said["waiver"] = finding.waiver.as_json()
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
    names = {f"<{base}/report#result-{_digest(_said(result))}>": result for result in cells}
    prefixes = {"dct": DCT, "prov": PROV, "rdfs": RDFS, "sh": SHACL}
    yield "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes.items()) + "\n"
    yield f"<{base}/report>\n    a sh:ValidationReport ;\n    sh:conforms {'false' if names else 'true'}"
    yield "".join(f" ;\n    sh:result {name}" for name in sorted(names)) + " .\n"
    sources = {each: _cell(each, base) for found in cells.values() for each in found}
    for name in sorted(names):
        yield from _result(name, names[name], cells[names[name]], sources)
    values = {sources[each]: each for each in sources}
    for name in sorted(values):
        yield from _source(name, values[name])


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _said(result: Result) -> Sequence[str]:
    return result.shape, result.component, result.focus, result.path, result.value


def _cell(finding: Finding, base: str) -> str:
    return f"<{base}/report#cell-{_digest((str(finding.origin), finding.value))}>"


def _source(name: str, finding: Finding) -> Iterator[str]:
    """Yield what is said of a cell: its place, and what stands in it."""
    yield f"\n{name}\n    a prov:Entity ;\n    rdfs:label {_quoted(str(finding.origin))}"
    yield f" ;\n    prov:value {_quoted(finding.value)} .\n" if finding.value else " .\n"


def _result(name: str, result: Result, found: Sequence[Finding], sources: Mapping[Finding, str]) -> Iterator[str]:
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
    # The cells the result came from, as links and as a person reads them.
    yield f"    prov:wasDerivedFrom {', '.join(dict.fromkeys(sources[each] for each in found))} ;\n"
    yield f"    dct:source {', '.join(_quoted(str(each.origin)) for each in found)} .\n"


def _quoted(text: str) -> str:
    """Return a Turtle string: what JSON escapes is escaped the same way there (Turtle section 6.4)."""
    return json.dumps(text, ensure_ascii=False)
