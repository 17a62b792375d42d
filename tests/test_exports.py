"""The report for spreadsheets and continuous integration."""

import csv
import io
import json

import openpyxl
import pytest
from lxml import etree

from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.publish import exports, workbooks
from sccon_lod.publish.workbooks import Sheet
from test_reports import FINDINGS, START

PATH = Finding(
    Origin("data/städte 1.json", 0, "name", "$.events[3]"),
    Severity.WARNING,
    "Event-name",
    Text("Der Name fehlt.", "The name is missing."),
    'a <b> & "c"\x07',
)


def table(text: str, delimiter: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def test_a_spreadsheet_gets_a_row_for_each_finding() -> None:
    heading, *rows = table(exports.as_csv(FINDINGS, "en"), ",")

    assert heading[:7] == ["severity", "rule", "file", "line", "path", "column", "value"]
    assert heading[7:] == ["message", "resource", "waiver"]
    assert len(rows) == len(FINDINGS)
    first = ["violation", "Event-start", "data/event.csv", "3", "", "starts", "", "The start is missing."]
    assert rows[0] == [*first, "https://example.net/id/event/a", ""]
    assert rows[2][6] == "zwei\nZeilen"


def test_a_german_spreadsheet_has_semicolons() -> None:
    heading, *_ = table(exports.as_csv(FINDINGS, "de"), ";")

    assert heading[:4] == ["Schwere", "Regel", "Datei", "Zeile"]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://a")'])
def test_no_cell_is_a_formula(value: str) -> None:
    finding = Finding(Origin(value), Severity.INFO, "column-unused", Text("x", "x"), value)

    (_, row) = table(exports.as_csv([finding], "en"), ",")

    assert row[2] == f"'{value}"
    assert row[6] == f"'{value}"


def test_sarif_has_a_result_at_file_and_line() -> None:
    log = json.loads(exports.as_sarif([*FINDINGS, PATH], "1.2.3", "en"))

    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["version"] == "1.2.3"
    rules = [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert rules == ["Event-start", "Event-name", "column-unused"]
    assert {each["level"] for each in run["results"]} == {"error", "warning", "note"}
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    assert run["results"][0]["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "data/event.csv"}, "region": {"startLine": 3}},
            "logicalLocations": [{"name": "starts"}],
        }
    ]


def test_sarif_names_a_record_of_a_tree_by_its_path() -> None:
    (result,) = json.loads(exports.as_sarif([PATH], "1", "de"))["runs"][0]["results"]

    (place,) = result["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "data/st%C3%A4dte%201.json"}}
    assert place["logicalLocations"] == [{"name": "$.events[3] name"}]
    assert result["message"]["text"].startswith("Der Name fehlt. [")


def test_junit_has_a_test_for_each_rule_that_fails_where_it_is_violated() -> None:
    suite = etree.fromstring(exports.as_junit([*FINDINGS, PATH], ["Event-end", "Event-start"], "en").encode())

    assert (suite.get("tests"), suite.get("failures")) == ("4", "1")
    tests = {each.get("name"): each for each in suite}
    assert list(tests) == ["Event-end", "Event-name", "Event-start", "column-unused"]
    assert not list(tests["Event-end"])
    failure = tests["Event-start"].find("failure")
    assert failure is not None
    assert failure.get("message") == "1 × violation"
    assert failure.text == START.line("en")
    said = tests["Event-name"].findtext("system-out")
    assert said is not None
    assert "\\x07" in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_nothing_found_is_a_report_too(language: str) -> None:
    assert len(exports.as_csv([], language).splitlines()) == 1
    assert json.loads(exports.as_sarif([], "1", language))["runs"][0]["results"] == []
    assert etree.fromstring(exports.as_junit([], ["Event-start"], language).encode()).get("failures") == "0"


# --- a workbook


def test_a_workbook_has_findings_and_account_without_formulas() -> None:
    findings = [Finding(Origin("data/event.csv", 3, "=a"), Severity.VIOLATION, "rule", PATH.text, "=1+1\x07")]
    rows = exports.rows(findings, "en")

    written = workbooks.as_xlsx([Sheet("findings", rows), Sheet("records", [["file", "rows"], ["a", 3]])])

    book = openpyxl.load_workbook(io.BytesIO(written))
    assert book.sheetnames == ["findings", "records"]
    first = book["findings"]
    assert [cell.value for cell in first[2]][:7] == ["violation", "rule", "data/event.csv", 3, None, "=a", "=1+1\ufffd"]
    assert {cell.data_type for row in first.iter_rows() for cell in row if isinstance(cell.value, str)} <= {
        "s",
        "inlineStr",
    }
    assert first.freeze_panes == "A2"
    assert first.auto_filter.ref == "A1:J2"
    assert [cell.value for cell in book["records"][2]] == ["a", 3]


def test_a_cell_of_a_workbook_is_cut_to_what_one_can_hold() -> None:
    written = workbooks.as_xlsx([Sheet("a", [["x"], ["y" * 40_000]])])

    assert len(openpyxl.load_workbook(io.BytesIO(written))["a"]["A2"].value) == 32_767
