"""The report: text in two languages, JSON, and a SHACL report graph."""

import json

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from sccon_lod.errors import Origin
from sccon_lod.findings import Account, Finding, Result, Severity
from sccon_lod.language import Text
from sccon_lod.publish import reports

BASE = "https://example.net/id"
SHAPE = "https://example.net/shapes#Event-start"
EVENT = f"{BASE}/event/a"

START = Finding(
    Origin("data/event.csv", 3, "starts"),
    Severity.VIOLATION,
    "Event-start",
    Text("Der Beginn fehlt.", "The start is missing."),
    "",
    Result(SHAPE, "MinCountConstraintComponent", EVENT, "http://schema.org/startDate"),
)
NAMES = [
    Finding(
        Origin("data/event.csv", line, "name"),
        Severity.WARNING,
        "Event-name",
        Text("Der Name ist „zu“ lang.", 'The name is "too" long.'),
        value,
        Result("https://example.net/shapes#Event-name", "MaxCountConstraintComponent", EVENT, "http://schema.org/name"),
    )
    for line, value in ((12, "zwei\nZeilen"), (4, "x" * 130))
]
UNUSED = Finding(
    Origin("data/event.csv", 1, "notes"),
    Severity.INFO,
    "column-unused",
    Text("Niemand liest die Spalte.", "Nobody reads the column."),
)
FINDINGS = [UNUSED, *NAMES, START]
ACCOUNTS = [Account("data/event.csv", 12, 1, 0, 2), Account("data/a.csv", 1000, 0, 3, 0)]

GERMAN = f"""Regel Event-start (1)
data/event.csv:3, starts: violation: Der Beginn fehlt.

Regel Event-name (2)
data/event.csv:4, name: warning: Der Name ist „zu“ lang. [{"x" * 120} …]
data/event.csv:12, name: warning: Der Name ist „zu“ lang. [zwei\\nZeilen]

Regel column-unused (1)
data/event.csv:1, notes: info: Niemand liest die Spalte.

Datensätze
Datei           gelesen  fehlerhaft  unlesbar  übergangen
data/event.csv       12           1         0           2
data/a.csv         1000           0         3           0
gelesen = Datensätze; fehlerhaft = davon mit Verstoß; unlesbar = Zeilen, die kein Datensatz werden; \
übergangen = leere Zeilen und Hinweise
"""
ENGLISH = f"""Rule Event-start (1)
data/event.csv:3, starts: violation: The start is missing.

Rule Event-name (2)
data/event.csv:4, name: warning: The name is "too" long. [{"x" * 120} …]
data/event.csv:12, name: warning: The name is "too" long. [zwei\\nZeilen]

Rule column-unused (1)
data/event.csv:1, notes: info: Nobody reads the column.

Records
file            read  faulty  unread  skipped
data/event.csv    12       1       0        2
data/a.csv      1000       0       3        0
read = records; faulty = of these with a violation; unread = rows that are no record; \
skipped = empty rows and hints
"""


@pytest.mark.parametrize(("language", "expected"), [("de", GERMAN), ("en", ENGLISH)])
def test_the_report_reads_like_this(language: str, expected: str) -> None:
    assert "".join(reports.text(FINDINGS, ACCOUNTS, language)) == expected


@pytest.mark.parametrize(("language", "expected"), [("de", "Keine Befunde.\n"), ("en", "No findings.\n")])
def test_a_report_without_findings_says_so(language: str, expected: str) -> None:
    assert next(reports.text([], ACCOUNTS, language)) == f"{expected}\n"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "\n1 Verstoß, 2 Warnungen, 1 Hinweis; 7 Aussagen.\n"),
        ("en", "\n1 violation, 2 warnings, 1 note; 7 statements.\n"),
    ],
)
def test_the_last_line_counts(language: str, expected: str) -> None:
    assert "".join(reports.verdict(FINDINGS, 7, language)) == expected


def test_nothing_is_counted_in_the_plural() -> None:
    assert reports.count([], "en") == "0 violations, 0 warnings, 0 notes"


def test_json_says_each_finding_in_every_language() -> None:
    document = json.loads(reports.as_json(FINDINGS, ACCOUNTS))

    assert document["findings"][0] == {
        "file": "data/event.csv",
        "line": 3,
        "column": "starts",
        "severity": "violation",
        "rule": "Event-start",
        "message": {"de": "Der Beginn fehlt.", "en": "The start is missing."},
        "value": None,
        "focus": EVENT,
        "shape": SHAPE,
    }


def test_json_keeps_the_whole_value() -> None:
    document = json.loads(reports.as_json(FINDINGS, ACCOUNTS))

    assert [each["value"] for each in document["findings"]] == [None, "x" * 130, "zwei\nZeilen", None]


def test_json_accounts_for_every_record() -> None:
    document = json.loads(reports.as_json(FINDINGS, ACCOUNTS))

    assert document["records"][1] == {"file": "data/a.csv", "records": 1000, "faulty": 0, "unread": 3, "skipped": 0}


def graph(findings: list[Finding]) -> Graph:
    return Graph().parse(data="".join(reports.graph(findings, BASE)), format="turtle")


def test_the_report_graph_has_no_blank_nodes() -> None:
    assert not any(isinstance(term, BNode) for triple in graph(FINDINGS) for term in triple)


def test_the_report_graph_has_one_result_for_each_result_of_validation() -> None:
    made = graph(FINDINGS)

    results = set(made.objects(URIRef(f"{BASE}/report"), SH.result))

    assert results == set(made.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == 2


def test_a_result_names_all_its_cells() -> None:
    made = graph(FINDINGS)
    (result,) = made.subjects(SH.resultSeverity, SH.Warning)

    cells = set(made.objects(result, URIRef("http://purl.org/dc/terms/source")))

    assert cells == {Literal("data/event.csv:4, name"), Literal("data/event.csv:12, name")}


def test_a_result_says_what_validation_said() -> None:
    made = graph([START])
    (result,) = made.subjects(RDF.type, SH.ValidationResult)

    assert made.value(result, SH.focusNode) == URIRef(EVENT)
    assert made.value(result, SH.resultPath) == URIRef("http://schema.org/startDate")
    assert made.value(result, SH.sourceShape) == URIRef(SHAPE)
    assert made.value(result, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent
    assert set(made.objects(result, SH.resultMessage)) == {
        Literal("Der Beginn fehlt.", lang="de"),
        Literal("The start is missing.", lang="en"),
    }


@pytest.mark.parametrize(
    ("findings", "expected"),
    [([], True), ([UNUSED], True), ([NAMES[0]], False), ([START], False), (FINDINGS, False)],
)
def test_the_report_graph_conforms_when_there_is_no_result(findings: list[Finding], expected: bool) -> None:
    conforms = graph(findings).value(URIRef(f"{BASE}/report"), SH.conforms)

    assert isinstance(conforms, Literal)
    assert conforms.toPython() is expected


def test_the_same_result_has_the_same_name_in_every_report() -> None:
    both, one = graph(FINDINGS), graph([START])

    (result,) = one.subjects(RDF.type, SH.ValidationResult)

    assert (result, SH.sourceShape, URIRef(SHAPE)) in both


ODD = ['"', "\\", "\n", "\t", "\x01", "\x7f", "ä 😀 \u202e", "'''", '"""', "\\u0041"]


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_column_does_not_break_the_report_graph(odd: str) -> None:
    finding = Finding(Origin("data/event.csv", 3, odd), START.severity, START.rule, Text(odd, odd), odd, START.result)

    made = graph([finding])

    cells = set(made.objects(None, URIRef("http://purl.org/dc/terms/source")))
    assert {str(cell) for cell in cells} == {f"data/event.csv:3, {odd}"}
