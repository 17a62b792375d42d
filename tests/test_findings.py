"""Findings: one line each, in a stable order, and harmless for a terminal."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sccon_lod import records
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Result, Severity, grouped, in_order, visible
from sccon_lod.language import Text
from sccon_lod.rows import Layout
from strategies import odd_texts

PLACE = Origin("data/event.csv", 3, "starts_at")
WORDS = Text("Die Veranstaltung hat keinen Beginn.", "The event has no start.")


def finding(
    place: Origin = PLACE,
    severity: Severity = Severity.VIOLATION,
    rule: str = "Event-start",
    value: str = "",
) -> Finding:
    return Finding(place, severity, rule, WORDS, value)


# --- one line


def test_a_finding_is_a_line_with_place_severity_and_sentence() -> None:
    assert finding().line("en") == "data/event.csv:3, starts_at: violation: The event has no start."


def test_a_finding_speaks_german() -> None:
    assert finding().line("de") == "data/event.csv:3, starts_at: violation: Die Veranstaltung hat keinen Beginn."


def test_a_language_that_is_not_spoken_is_german() -> None:
    assert finding().line("fr") == finding().line("de")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (PLACE, "data/event.csv:3, starts_at: warning: The event has no start."),
        (Origin("data/event.csv", 3), "data/event.csv:3: warning: The event has no start."),
        (Origin("sccon.toml", 0, "base"), "sccon.toml, base: warning: The event has no start."),
        (Origin("data/event.csv"), "data/event.csv: warning: The event has no start."),
    ],
)
def test_a_place_says_as_much_as_is_known(place: Origin, expected: str) -> None:
    assert finding(place, Severity.WARNING).line("en") == expected


@pytest.mark.parametrize(("severity", "word"), [(0, "violation"), (1, "warning"), (2, "info")])
def test_a_severity_has_one_word_in_all_languages(severity: int, word: str) -> None:
    each = finding(severity=Severity(severity))

    assert f": {word}: " in each.line("de")
    assert f": {word}: " in each.line("en")


def test_a_finding_shows_the_cell() -> None:
    assert finding(value="gestern").line("en").endswith("The event has no start. [gestern]")


def test_a_long_cell_is_cut() -> None:
    assert finding(value="x" * 121).line("en").endswith(" [" + "x" * 120 + " …]")


def test_a_cell_of_full_length_is_shown_whole() -> None:
    assert finding(value="x" * 120).line("en").endswith(" [" + "x" * 120 + "]")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[31mrot\x1b[0m", r"\x1b[31mrot\x1b[0m"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\x00\x08\x7f", r"\x00\x08\x7f"),
        ("abc\u202edef", r"abc\u202edef"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("a\u200bb\u00adc", r"a\u200bb\xadc"),
        ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
        ("\ufeff", r"\ufeff"),
        ("\udcfc", r"\udcfc"),
        ("Größe „漢字“ 😀", "Größe „漢字“ 😀"),
    ],
)
def test_characters_that_steer_a_terminal_are_written_out(cell: str, shown: str) -> None:
    assert visible(cell) == shown


@given(cell=st.one_of(odd_texts, st.text(st.characters(exclude_categories=()))))
def test_no_cell_can_steer_a_terminal_or_break_a_line(cell: str) -> None:
    shown = visible(cell)

    assert len(shown.splitlines()) <= 1
    assert not {unicodedata.category(letter) for letter in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_a_cell_of_a_file_cannot_steer_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "event.csv").write_text("id,name\na,\x1b[2J\x1b[1;1Hclear\n", encoding="utf-8")
    findings: list[Finding] = []

    list(records.read(tmp_path, "event.csv", Layout(), findings.append).rows)

    assert [each.line("en").isprintable() for each in findings] == [True]


@pytest.mark.parametrize(
    "found",
    [
        Finding(PLACE, Severity.VIOLATION, "id-repeated", Text("\x1b[2J vergeben", "\x1b[2J is taken")),
        Finding(Origin("data/event.csv", 1, "na\nme"), Severity.INFO, "column-unused", WORDS),
    ],
    ids=["sentence", "column"],
)
def test_no_part_of_a_finding_can_steer_a_terminal(found: Finding) -> None:
    assert found.line("en").isprintable()


# --- the order


def test_the_more_serious_come_first() -> None:
    found = [finding(severity=severity) for severity in (Severity.INFO, Severity.VIOLATION, Severity.WARNING)]

    ordered = [each.severity for each in in_order(found)]

    assert ordered == [Severity.VIOLATION, Severity.WARNING, Severity.INFO]


def test_findings_of_one_severity_are_in_the_order_of_rule_file_line_and_column() -> None:
    ordered = [
        finding(Origin("data/b.csv", 1), rule="a"),
        finding(Origin("data/a.csv", 2, "x"), rule="b"),
        finding(Origin("data/a.csv", 10, "x"), rule="b"),
        finding(Origin("data/a.csv", 10, "y"), rule="b"),
        finding(Origin("data/b.csv", 1, "x"), rule="b"),
    ]

    assert in_order(reversed(ordered)) == ordered


def test_a_finding_is_said_once() -> None:
    assert in_order([finding(), finding()]) == [finding()]


def test_results_at_one_cell_are_one_finding() -> None:
    results = [Result("shape", "MinCount", focus) for focus in ("a", "b")]
    found = [Finding(Origin("data/event.csv", 3), Severity.INFO, "rule", WORDS, result=each) for each in results]

    assert len(in_order(found)) == 1


findings = st.builds(
    finding,
    st.builds(
        Origin, st.sampled_from(["data/a.csv", "data/b.csv"]), st.integers(0, 3), st.sampled_from(["", "x", "y"])
    ),
    st.sampled_from(Severity),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "1"]),
)


@given(found=st.lists(findings), data=st.data())
def test_the_order_does_not_depend_on_the_order_of_arrival(found: list[Finding], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(found))

    assert in_order(shuffled) == in_order(found)


@given(found=st.lists(findings))
def test_groups_hold_all_findings_of_a_rule_in_order(found: list[Finding]) -> None:
    groups = grouped(found)

    assert [each for _, _, members in groups for each in members] == in_order(found)
    assert [(severity, rule) for severity, rule, _ in groups] == sorted({(each.severity, each.rule) for each in found})
