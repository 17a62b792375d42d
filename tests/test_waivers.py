"""Waivers: what they let be published, until when, and what is wrong with them."""

import datetime
from pathlib import Path

import pytest

import small
from conftest import load
from sccon_lod import build, waivers
from sccon_lod.build import Outcome
from sccon_lod.errors import ProjectError
from sccon_lod.findings import Severity, State
from sccon_lod.publish import exports, reports

DAY = datetime.date(2026, 11, 27)
ROWS = [{"id": f"e{number}", "name_de": "x", "seats": "many" if number == 3 else "1"} for number in range(8)]
SHAPES = small.shapes(name='sh:pattern "^[a-z]+$"')


def waiver(rule: str = "cell-datatype", record: str = "event/e3", until: str = "2026-12-31") -> str:
    return f"""[[waiver]]
rule = "{rule}"
record = "{record}"
owner = "Office 7"
reason = "seats follow"
until = {until}
"""


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = datetime.datetime(DAY.year, DAY.month, DAY.day, tzinfo=datetime.UTC).timestamp()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(seconds)))


def built(folder: Path, *entries: str, rows: list[dict[str, str]] = ROWS) -> Outcome:
    files = {"waivers.toml": "\n".join(entries), "data/event.csv": small.table(rows), "shapes/event.ttl": SHAPES}
    return build.build(load(small.publication(folder, files)))


def states(outcome: Outcome) -> dict[str, int]:
    (account,) = outcome.accounts
    return {state.value: count for state, count in account.states.items() if count}


def lines(outcome: Outcome) -> list[str]:
    return [each.line("en") for each in outcome.findings]


def test_a_waived_record_is_published_and_says_who_answers_for_it(tmp_path: Path) -> None:
    outcome = built(tmp_path, waiver())

    assert states(outcome) == {"published": 7, "waived": 1}
    assert lines(outcome) == [
        "data/event.csv:5, seats: violation (waived until 2026-12-31 by Office 7: seats follow): This is no value of "
        "the type integer; right is for example 12000. [many]"
    ]
    assert "/event/e3>" in (tmp_path / "public/current/small.nt").read_text(encoding="utf-8")


def test_a_result_of_a_shape_is_waived_by_its_focus(tmp_path: Path) -> None:
    rows = [{"id": f"e{number}", "name_de": "X" if number == 2 else "x"} for number in range(8)]

    outcome = built(tmp_path, waiver("Event-name", f"{small.BASE}/event/e*"), rows=rows)

    assert states(outcome) == {"published": 7, "waived": 1}


def test_a_waiver_of_one_rule_does_not_excuse_another(tmp_path: Path) -> None:
    rows = [{**each, "name_de": "X"} if each["id"] == "e3" else each for each in ROWS]

    assert states(built(tmp_path, waiver(), rows=rows)) == {"published": 7, "held-back": 1}


def test_a_waiver_holds_on_its_last_day(tmp_path: Path) -> None:
    assert states(built(tmp_path, waiver(until="2026-11-27"))) == {"published": 7, "waived": 1}


def test_an_expired_waiver_is_a_finding_and_holds_no_more(tmp_path: Path) -> None:
    outcome = built(tmp_path, "# known", waiver(until="2026-11-26"))

    assert states(outcome) == {"published": 7, "held-back": 1}
    assert lines(outcome)[1].startswith("waivers.toml:2: warning: This waiver has expired")


@pytest.mark.parametrize(
    "entry", [waiver("Event-nme"), waiver(record="event/e4"), waiver(record="event/e"), waiver(record="*/e3/*")]
)
def test_an_unused_waiver_is_a_finding(entry: str, tmp_path: Path) -> None:
    outcome = built(tmp_path, waiver(), entry)

    assert states(outcome) == {"published": 7, "waived": 1}
    assert next(line for line in lines(outcome) if "concerns nothing" in line).startswith("waivers.toml:8: warning: ")


def test_without_the_file_nothing_is_waived(tmp_path: Path) -> None:
    assert waivers.read(tmp_path, small.BASE) == ()


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("[[waiver]\n", 1, "no valid TOML"),
        ("[waiver]\nrule = 'x'\n", 0, "Only waivers"),
        ("rule = 'x'\n", 0, "Only waivers"),
        ("waiver = [{}]\n", 0, "Only waivers"),
        (waiver() + "because = 'x'\n", 1, "There is no “because”"),
        (waiver().replace('owner = "Office 7"\n', ""), 1, "“owner” is missing"),
        (waiver().replace('"Office 7"', '"  "'), 1, "“owner” is missing"),
        (waiver().replace('"Office 7"', "7"), 1, "“owner” is missing"),
        ("\n" + waiver(until='"2026-12-31"'), 2, "The date “until”"),
        (waiver(until="2026-12-31T10:00:00"), 1, "The date “until”"),
    ],
)
def test_a_waiver_that_cannot_be_understood_is_an_error(text: str, line: int, expected: str, tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text(text, encoding="utf-8")

    with pytest.raises(ProjectError, match=r"waivers\.toml") as caught:
        waivers.read(tmp_path, small.BASE)

    assert caught.value.origin.line == line
    assert expected.replace("no valid", "not valid") in caught.value.text.en


def test_reports_say_what_is_waived(tmp_path: Path) -> None:
    outcome = built(tmp_path, waiver())

    assert reports.count(outcome.findings, "en") == "0 violations, 0 warnings, 0 notes, 1 waived"
    assert '"owner": "Office 7"' in reports.as_json(outcome.findings, outcome.accounts)
    assert '"justification": "waived until 2026-12-31 by Office 7' in exports.as_sarif(outcome.findings, "1", "en")
    assert "<failure" not in exports.as_junit(outcome.findings, [], "en")
    assert "waived until" in exports.as_csv(outcome.findings, "en")
    assert '"waivers": [' in (tmp_path / "public/current/ledger.json").read_text(encoding="utf-8")


def test_the_day_is_that_of_the_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    assert waivers.today() == DAY

    monkeypatch.delenv("SOURCE_DATE_EPOCH")

    assert waivers.today() >= DAY


def test_a_waived_violation_is_one_still(tmp_path: Path) -> None:
    (found,) = built(tmp_path, waiver()).findings

    assert (found.severity, found.is_violation) == (Severity.VIOLATION, False)
    assert State.WAIVED.value == "waived"
