"""The report as a page: what it holds, and how it behaves in a browser."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Record, Result, Severity, Waiver
from sccon_lod.language import Text
from sccon_lod.publish import webpages
from sccon_lod.publish.webpages import Page, Row
from sccon_lod.shapes import Rule

FILE = "data/event.csv"
COLUMNS = ("id", "name", "seats")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def finding(
    number: int, rule: str = "cell-datatype", severity: Severity = Severity.VIOLATION, value: str = "many"
) -> Finding:
    text = Text(f"Falsch an {rule}.", f"Wrong with {rule}.")
    return Finding(Origin(FILE, number + 1, "seats"), severity, rule, text, value, None, Record(FILE, number))


def page(findings: Sequence[Finding], title: str = "Title") -> Page:
    records = {each.record for each in findings if each.record}
    rows = {each: Row(COLUMNS, (f"e{each.number}", "<b>x</b>", "many")) for each in records}
    said, named, reason = Text("d", "e"), Text("Name", "Name!"), Text("Warum", "Why")
    place, limits = Origin("shapes/event.ttl", 3), ("minCount",)
    rule = Rule("Event-name", "E1", Severity.VIOLATION, said, named, reason, "right", "wrong", "1.0.0", place, limits)
    rules = {rule.name: rule}
    headings = (Text("Datei", "file"), Text("Zeilen", "rows"))
    verdict = Text("Ergebnis", "Verdict")
    return Page(Text("Titel", title), verdict, headings, [(FILE, 12)], findings, rows, rules, "all.findings.csv")


def data(written: str) -> dict[str, object]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', written, re.DOTALL)
    told: dict[str, object] = json.loads(found)
    return told


def numbers(told: dict[str, object], key: str) -> list[Any]:
    value = told[key]
    assert isinstance(value, list)
    return value


def test_the_page_is_one_file_that_loads_nothing() -> None:
    written = webpages.report(page([finding(1)]), "de")

    assert not re.search(r"(src|href)=[\"']?(https?:)?//", written)
    assert "@import" not in written
    assert "url(" not in written
    assert '<html lang="de">' in written
    assert "{{" not in written


def test_a_finding_stands_in_the_page_with_its_row() -> None:
    told = data(webpages.report(page([finding(3)]), "en"))

    assert numbers(told, "findings") == [[0, 0, 4, "", "seats", "many", 0, 0, -1]]
    assert numbers(told, "rows") == [[0, ["e3", "<b>x</b>", "many"]]]
    assert numbers(told, "texts") == [["Falsch an cell-datatype.", "Wrong with cell-datatype."]]


def test_what_is_said_often_stands_there_once() -> None:
    told = data(webpages.report(page([finding(number) for number in range(50)]), "en"))

    assert (len(numbers(told, "findings")), len(numbers(told, "texts")), len(numbers(told, "files"))) == (50, 1, 1)


def test_no_cell_ends_the_script() -> None:
    hostile = finding(1, value="</script><script>alert(1)</script>")

    written = webpages.report(page([hostile], "</title><script>x</script>"), "en")

    assert "<script>alert" not in written
    assert "<script>x" not in written
    assert numbers(data(written), "findings")[0][5] == "</script><script>alert(1)</script>"


def test_the_words_of_a_rule_stand_with_it() -> None:
    (rule,) = numbers(data(webpages.report(page([finding(1, "Event-name")]), "en")), "rules")

    assert rule == {
        "anchor": "rule-Event-name",
        "name": "Event-name",
        "number": "E1",
        "severity": "violation",
        "title": ["Name", "Name!"],
        "why": ["Warum", "Why"],
        "example": "right",
        "wrong": "wrong",
        "count": 1,
        "shown": 1,
    }


@pytest.mark.parametrize("severity", Severity)
def test_the_address_of_a_rule_stays_the_same_whatever_its_severity(severity: Severity) -> None:
    told = data(webpages.report(page([finding(1, "Event-name", severity)]), "en"))

    assert [each["anchor"] for each in numbers(told, "rules")] == ["rule-Event-name"]


def test_two_severities_of_one_rule_have_two_places() -> None:
    told = data(webpages.report(page([finding(1, "a"), finding(1, "a", Severity.INFO)]), "en"))

    assert [each["anchor"] for each in numbers(told, "rules")] == ["rule-a", "rule-a-info"]


def test_a_waiver_is_told() -> None:
    waived = Finding(
        Origin(FILE, 2), Severity.VIOLATION, "a", Text("d", "e"), waiver=Waiver("Office", "why", "2027-01-01")
    )

    told = data(webpages.report(page([waived]), "en"))

    assert numbers(told, "texts")[1] == [waived.waiver.said.de, waived.waiver.said.en] if waived.waiver else False


def test_a_hundred_thousand_findings_make_a_page_of_less_than_ten_megabytes() -> None:
    many = [finding(number, f"rule-{number % 7}", value="x" * 300) for number in range(100_000)]
    rare = [finding(number, "rare") for number in range(10)]

    whole = page([*many, *rare])
    written = webpages.report(whole, "en")

    assert len(written.encode()) < 10_000_000
    assert not whole.is_whole
    told = data(written)
    rules = {each["name"]: each for each in numbers(told, "rules")}
    assert (rules["rare"]["count"], rules["rare"]["shown"]) == (10, 10)
    assert rules["rule-0"]["count"] == 14_286
    assert told["total"] == 100_010
    assert len(numbers(told, "findings")) <= webpages.MOST


def test_long_cells_are_cut() -> None:
    told = data(webpages.report(page([finding(1, value="y" * 5000)]), "en"))

    assert numbers(told, "findings")[0][5] == "y" * 200 + " …"


def test_rows_of_the_first_findings_of_each_rule_are_wanted() -> None:
    many = [finding(number, rule) for rule in ("a", "b") for number in range(200)]

    assert len(webpages.wanted(many)) == webpages.ROWS
    assert webpages.wanted([Finding(Origin(FILE), Severity.INFO, "a", Text("d", "e"))]) == []


# --- in a browser


def browsed(folder: Path, written: str, script: str = "", anchor: str = "") -> str:
    """Return the page as a browser has it after a script has run in it."""
    if BROWSER is None:
        pytest.skip("no Chromium is at hand")
    path = folder / "report.html"
    path.write_text(written.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
    command += [
        "--disable-background-networking",
        "--disable-component-update",
        f"--user-data-dir={folder / 'profile'}",
    ]
    command += ["--virtual-time-budget=4000", "--dump-dom", f"{path.as_uri()}{anchor}"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def articles(dom: str) -> list[str]:
    return re.findall(r"<article.*?</article>", dom, re.DOTALL)


MIXED = [
    *(finding(number, "cell-datatype") for number in range(30)),
    *(finding(number, "Event-name", Severity.WARNING, value=f"name x{number}") for number in range(3)),
    Finding(
        Origin("data/other.json", 0, "place", "$.a[3]"), Severity.INFO, "column-unused", Text("Ungelesen.", "Unread.")
    ),
]


def test_rules_are_shown_with_their_first_findings(tmp_path: Path) -> None:
    found = articles(browsed(tmp_path, webpages.report(page(MIXED), "en")))

    assert len(found) == 3
    assert found[0].count("<li>") == 10
    assert "20 show more (20)" in found[0]
    assert "30 findings" in found[0]
    assert "data/event.csv:1, seats" in found[0]
    assert "data/other.json, $.a[3], place" in found[2]


def test_the_cell_of_a_finding_is_marked_in_its_row(tmp_path: Path) -> None:
    found = articles(browsed(tmp_path, webpages.report(page(MIXED), "en")))

    assert '<td>e0</td><td>&lt;b&gt;x&lt;/b&gt;</td><td class="marked">many</td>' in found[0]


def test_more_is_shown_when_asked_for(tmp_path: Path) -> None:
    found = articles(
        browsed(tmp_path, webpages.report(page(MIXED), "en"), "document.querySelector('.more button').click()")
    )

    assert found[0].count("<li>") == 30


def test_a_search_leaves_what_fits(tmp_path: Path) -> None:
    script = (
        "const q = document.getElementById('query'); q.value = 'NAME x2 event'; q.dispatchEvent(new Event('input'));"
    )

    dom = browsed(tmp_path, webpages.report(page(MIXED), "en"), script)

    (found,) = articles(dom)
    assert found.count("<li>") == 1
    assert "name x2" in found
    assert ">1 finding<" in dom


@pytest.mark.parametrize(("grouping", "groups"), [("source", 2), ("record", 20)])
def test_findings_are_grouped_as_asked_for(grouping: str, groups: int, tmp_path: Path) -> None:
    script = f"document.querySelector('[value={grouping}]').click()"

    dom = browsed(tmp_path, webpages.report(page(MIXED), "en"), script)

    assert len(articles(dom)) == groups
    assert ("Page 1 of 2" in dom) == (grouping == "record")


def test_a_severity_can_be_left_out(tmp_path: Path) -> None:
    dom = browsed(tmp_path, webpages.report(page(MIXED), "en"), "document.querySelector('[value=violation]').click()")

    assert len(articles(dom)) == 2


def test_the_page_speaks_the_other_language(tmp_path: Path) -> None:
    written = webpages.report(page(MIXED), "en")

    english, german = (
        browsed(tmp_path, written),
        browsed(tmp_path, written, "document.querySelector('[data-language=de]').click()"),
    )

    assert "Wrong with cell-datatype." in english
    assert "Falsch an cell-datatype." in german
    assert '<html lang="de">' in german
    assert "<h1>Titel</h1>" in german


def test_an_address_leads_to_its_rule(tmp_path: Path) -> None:
    many = [finding(1, f"rule-{number:03}") for number in range(50)]

    dom = browsed(tmp_path, webpages.report(page(many), "en"), anchor="#rule-rule-045")

    assert "Page 3 of 3" in dom
    assert 'id="rule-rule-045"' in dom


def test_without_findings_the_page_says_so(tmp_path: Path) -> None:
    assert "No findings." in browsed(tmp_path, webpages.report(page([]), "en"))


def test_a_result_needs_no_row() -> None:
    result = Result("https://example.net/shape", "MinCountConstraintComponent", "https://example.net/a")
    alone = Finding(Origin("https://example.net/a"), Severity.VIOLATION, "a", Text("d", "e"), "", result)

    assert numbers(data(webpages.report(page([alone]), "en")), "findings") == [[0, 0, 0, "", "", "", 0, -1, -1]]
