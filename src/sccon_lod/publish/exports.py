"""The report as other programs read it: CSV for spreadsheets, SARIF and JUnit for continuous integration."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from sccon_lod.findings import Finding, Severity, grouped, harmless, in_order
from sccon_lod.language import Text

# SARIF 2.1.0, section 3.27.10.
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BOM = "\ufeff"
_COLUMNS = (
    Text("Schwere", "severity"),
    Text("Regel", "rule"),
    Text("Datei", "file"),
    Text("Zeile", "line"),
    Text("Pfad", "path"),
    Text("Spalte", "column"),
    Text("Wert", "value"),
    Text("Meldung", "message"),
    Text("Ressource", "resource"),
    Text("Ausnahme", "waiver"),
)


def as_csv(findings: Iterable[Finding], language: str) -> str:
    """Return a table that a spreadsheet opens by itself: with a byte order mark, in German with semicolons."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows(findings, language))
    return _BOM + text.getvalue()


def rows(findings: Iterable[Finding], language: str) -> Iterator[Sequence[object]]:
    """Yield findings as rows of a table, first its headings."""
    yield [heading.in_language(language) for heading in _COLUMNS]
    for each in in_order(findings):
        origin = each.origin
        place = (origin.file, origin.line or "", origin.path, origin.column)
        waived = each.waiver.said.in_language(language) if each.waiver else ""
        said = (each.value, each.text.in_language(language), each.result.focus if each.result else "", waived)
        yield each.severity.word, each.rule, *place, *said


def as_sarif(findings: Iterable[Finding], version: str, language: str) -> str:
    """Return a SARIF 2.1.0 log of this version of the program, with a result for each finding, at file and line."""
    ordered = in_order(findings)
    rules = list(dict.fromkeys(each.rule for each in ordered))
    run = {
        "tool": {"driver": {"name": "sccon-lod", "version": version, "rules": [{"id": rule} for rule in rules]}},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, rules.index(each.rule), language) for each in ordered],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding, index: int, language: str) -> Mapping[str, object]:
    origin = finding.origin
    place: dict[str, object] = {"artifactLocation": {"uri": quote(origin.file)}}
    if origin.line:
        place["region"] = {"startLine": origin.line}
    location: dict[str, object] = {"physicalLocation": place}
    named = " ".join(filter(None, (origin.path, origin.column)))
    if named:
        location["logicalLocations"] = [{"name": named}]
    shown = f" [{finding.value}]" if finding.value else ""
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.text.in_language(language) + shown},
        "locations": [location],
    }
    if finding.waiver:  # SARIF section 3.35
        said = finding.waiver.said.in_language(language)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": said}]
    return result


def as_junit(findings: Iterable[Finding], rules: Iterable[str], language: str) -> str:
    """Return a test suite with a test for each rule: it fails if the rule is violated, and tells other findings."""
    found = {(rule, severity): members for severity, rule, members in grouped(findings)}
    tests = sorted({*rules, *(rule for rule, _ in found)})
    failed = sum(_is_failed(found.get((rule, Severity.VIOLATION), ())) for rule in tests)
    suite = ET.Element("testsuite", name="sccon-lod", tests=str(len(tests)), failures=str(failed), errors="0")
    for rule in tests:
        test = ET.SubElement(suite, "testcase", classname="sccon-lod", name=rule)
        for severity in Severity:
            members = found.get((rule, severity), [])
            lines = "\n".join(each.line(language) for each in members)
            if _is_failed(members):
                ET.SubElement(test, "failure", message=f"{len(members)} × {severity.word}").text = lines
            elif members:
                ET.SubElement(test, "system-out").text = lines
    ET.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def _is_failed(members: Iterable[Finding]) -> bool:
    return any(each.is_violation for each in members)
