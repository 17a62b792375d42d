"""Trimmed texts, slugs and the sentences about refused cells."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sccon_lod.values import texts
from sccon_lod.values.value import ValueProblem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Laßmann", "lassmann"),
        ("Räuchle", "raeuchle"),
        ("Ra\u0308uchle", "raeuchle"),
        ("André Göbel", "andre-goebel"),
        ("Frankfurt (Oder)", "frankfurt-oder"),
        ("ÄÖÜ äöü ẞ", "aeoeue-aeoeue-ss"),
        ("Côte d’Azur", "cote-d-azur"),
        ("Smart Country Convention 2022", "smart-country-convention-2022"),
        ("  --Jena!  ", "jena"),
        ("ﬁnal №１", "final-no1"),
        ("Ελλάδα 2022", "2022"),
        ("Jena 🎉", "jena"),
    ],
)
def test_a_name_becomes_a_slug(text: str, expected: str) -> None:
    proposed = texts.slug(text)

    assert proposed == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 80),
        ("a" * 80 + " b", "a" * 80),
        ("a" * 79 + " b", "a" * 79),
        ("a" * 78 + " b", "a" * 78 + "-b"),
        ("ab " * 40, "-".join(["ab"] * 27)),
    ],
)
def test_a_long_slug_is_cut_at_a_hyphen(text: str, expected: str) -> None:
    proposed = texts.slug(text)

    assert proposed == expected


@pytest.mark.parametrize("text", ["", " ", "---", "🎉", "Ελλάδα", "٢٠٢٢", "\u0308"])
def test_a_text_that_leaves_no_slug_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        texts.slug(text)


def test_the_sentence_about_a_missing_slug_shows_a_right_one() -> None:
    with pytest.raises(ValueProblem) as caught:
        texts.slug("Ελλάδα")

    assert caught.value.text == (
        ("In „Ελλάδα“ ist kein lateinischer Buchstabe und keine Ziffer; richtig ist zum Beispiel frankfurt-oder."),
        "There is no Latin letter and no digit in “Ελλάδα”; a right value is, for example, frankfurt-oder.",
    )


def test_a_name_of_more_than_a_thousand_characters_is_refused() -> None:
    with pytest.raises(ValueProblem) as caught:
        texts.slug("a" * 1001)

    assert caught.value.text.de == (
        f"„{'a' * 59}…“ ist zu lang (mehr als 1000 Zeichen); richtig ist zum Beispiel frankfurt-oder."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\u00a0 Smart \n\t Country\u202f", "Smart Country"),
        ("Smart Country", "Smart Country"),
        (" \u00a0", ""),
        ("a " * 5000, ("a " * 5000).strip()),
    ],
)
def test_white_space_is_trimmed_and_collapsed(text: str, expected: str) -> None:
    tidy = texts.trimmed(text)

    assert tidy == expected


def test_a_quoted_cell_cannot_break_the_line_or_the_sentence() -> None:
    problem = texts.problem("a\n{0}\x1b[31m\u202e", "{} ist falsch", "{} is wrong", "b")

    assert problem.text.de == "„a {0}�[31m�“ ist falsch; richtig ist zum Beispiel b."


@given(st.text())
def test_trimming_twice_changes_nothing(text: str) -> None:
    once = texts.trimmed(text)

    assert texts.trimmed(once) == once


@given(st.text() | st.text(alphabet="aäÄß é-\u0308\u0301🎉1", max_size=300))
def test_a_slug_is_short_safe_and_stable(text: str) -> None:
    proposed = texts.slug("a" + text)

    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", proposed)
    assert len(proposed) <= 80
    assert texts.slug(proposed) == proposed


@given(st.text(max_size=100))
def test_the_slug_does_not_depend_on_how_letters_are_composed(text: str) -> None:
    composed, decomposed = (
        unicodedata.normalize("NFC", "a" + text),
        unicodedata.normalize("NFD", "a" + text),
    )

    assert texts.slug(composed) == texts.slug(decomposed) == texts.slug("a" + text)


@given(st.text())
def test_no_text_does_anything_but_give_a_slug_or_be_refused(text: str) -> None:
    try:
        proposed = texts.slug(text)
    except ValueProblem as problem:
        proposed = problem.text.de

    assert proposed
