"""Regular expressions of XPath in the words of the engine."""

import duckdb
import pytest

from sccon_lod.shacl.expressions import UnsupportedError, translated

# A pattern with flags, what it matches, what it does not (XPath and XQuery Functions 3.1, section 5.6; XSD part 2, F).
MATCHES: dict[str, tuple[tuple[str, str], list[str], list[str]]] = {
    "anywhere in the text": (("b", ""), ["abc"], ["ac"]),
    "the end is the end, not the last line": (("a$", ""), ["ba"], ["a\n"]),
    "a dot is no line break": (("^a.c$", ""), ["abc", "aüc", "a😀c"], ["a\nc", "a\rc"]),
    "with s a dot is everything": (("^a.c$", "s"), ["a\nc", "a\rc"], ["ac"]),
    "with m lines begin and end": (("^b$", "m"), ["a\nb\nc"], ["ab"]),
    "without m they do not": (("^b$", ""), ["b"], ["a\nb\nc"]),
    "with i capital letters count for nothing": (("^ÄB$", "i"), ["äb", "ÄB"], ["ab"]),
    "with x blanks count for nothing": (("^ a b [ ]c $", "x"), ["ab c"], ["abc", "a b c"]),
    "with q signs stand for themselves": (("a.(b", "q"), ["xa.(b"], ["aX(b"]),
    "digits of every script": ((r"^\d+$", ""), ["12", "١٢"], ["a", "½"]),
    "blanks": ((r"^\s$", ""), [" ", "\t", "\n", "\r"], ["\u00a0", "\u000b"]),
    "no blanks": ((r"^\S$", ""), ["\u00a0", "a"], [" ", "\n"]),
    "word letters are no punctuation": ((r"^\w+$", ""), ["aä1", "+"], ["a_b", "a-b", "a b"]),
    "all others": ((r"^\W$", ""), ["_", " ", "-"], ["a", "+"]),
    "names": ((r"^\i\c*$", ""), ["a-b.c", "_a", "ä:b"], ["-a", "1a"]),
    "categories": ((r"^\p{Lu}\p{Ll}+\P{L}$", ""), ["Äbc1"], ["äbc1", "Abcd"]),
    "a category in a class": ((r"^[\p{L}0-9 -]+$", ""), ["Straße 5-7"], ["a_b"]),
    "escapes in a class": ((r"^[\d\-\]\[\\^]+$", ""), ["1-]", "[^\\"], ["a"]),
    "a class of all others": ((r"^[^a-c]$", ""), ["d", "\n"], ["a"]),
    "a hyphen at the end of a class": (("^[a-c-]+$", ""), ["a-c"], ["d"]),
    "a caret within a class": (("^[a^]+$", ""), ["a^"], ["b"]),
    "quantities": (("^a{2,3}b{0,}c{1}$", ""), ["aac", "aaabbc"], ["ac", "aaaac", "aacc"]),
    "as few as may be": (("^a+?b??$", ""), ["a", "aab"], ["b"]),
    "groups": (("^(ab|(?:c)d)+$", ""), ["abcdab"], ["abc"]),
    "one of nothing": (("^(a|)$", ""), ["a", ""], ["b"]),
    "letters of RE2 that XPath lacks": (("^[[]a$", "q"), ["^[[]a$"], ["[a"]),
}


@pytest.mark.parametrize("name", MATCHES)
def test_a_translated_pattern_matches_what_xpath_matches(name: str) -> None:
    pattern, matching, others = MATCHES[name]

    written = translated(*pattern)

    found = [duckdb.execute("SELECT regexp_matches(?, ?)", [each, written]).fetchone() for each in matching + others]
    assert found == [(True,)] * len(matching) + [(False,)] * len(others)


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            r"(a)\1",
            "[a-z-[aeiou]]",
            r"\p{IsBasicLatin}",
            r"\p{Cn}",
            r"\b",
            r"\A",
            r"\x41",
            "(?i)a",
            "(?=a)",
            "(?P<a>b)",
        ),
        *(
            "(a",
            "a)",
            "[a",
            "[]",
            "a{2",
            "a}",
            "a]",
            "{2}",
            "*a",
            "a**",
            "+",
            "(*a)",
            "a{3,2}",
            "a{1001}",
            "\\",
            "[^\\S]",
        ),
    ],
)
def test_what_the_engine_cannot_say_is_refused(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        translated(pattern)


def test_flags_that_sparql_does_not_have_are_refused() -> None:
    with pytest.raises(UnsupportedError):
        translated("a", "g")
