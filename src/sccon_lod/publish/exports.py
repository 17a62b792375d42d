"""The report as other programs read it: CSV for spreadsheets, SARIF and JUnit for continuous integration."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from sccon_lod.findings import Finding, Severity, grouped, in_order
from sccon_lod.language import Text

# SARIF 2.1.0, section 3.27.10.
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
)


def as_csv(findings: Iterable[Finding], language: str) -> str:
    """Return a table that a spreadsheet opens by itself: with a byte order mark, in German with semicolons."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if language == "de" else ",", lineterminator="\r\n")
    writer.writerow([heading.in_language(language) for heading in _COLUMNS])
    for each in in_order(findings):
        origin = each.origin
        place = (origin.file, origin.line or "", origin.path, origin.column)
        said = (each.value, each.text.in_language(language), each.result.focus if each.result else "")
        writer.writerow([_harmless(str(cell)) for cell in (each.severity.word, each.rule, *place, *said)])
    return _BOM + text.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> _harmless("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


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
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.text.in_language(language) + shown},
        "locations": [location],
    }


def as_junit(findings: Iterable[Finding], rules: Iterable[str], language: str) -> str:
    """Return a test suite with a test for each rule: it fails if the rule is violated, and tells other findings."""
    found = {(rule, severity): members for severity, rule, members in grouped(findings)}
    tests = sorted({*rules, *(rule for rule, _ in found)})
    failed = sum((rule, Severity.VIOLATION) in found for rule in tests)
    suite = ET.Element("testsuite", name="sccon-lod", tests=str(len(tests)), failures=str(failed), errors="0")
    for rule in tests:
        test = ET.SubElement(suite, "testcase", classname="sccon-lod", name=rule)
        for severity in Severity:
            members = found.get((rule, severity), [])
            lines = "\n".join(each.line(language) for each in members)
            if members and severity is Severity.VIOLATION:
                ET.SubElement(test, "failure", message=f"{len(members)} × {severity.word}").text = lines
            elif members:
                ET.SubElement(test, "system-out").text = lines
    ET.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"
