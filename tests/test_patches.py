"""What differs between two releases, as text, as JSON and as RDF Patch."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Dataset, Graph

import strategies
from sccon_lod import differences
from sccon_lod.comparison import Comparison, Edition
from sccon_lod.differences import Summary
from sccon_lod.language import Text
from sccon_lod.names import Names
from sccon_lod.publish import patches

BASE = "https://example.net/id/"
EX = "https://example.net/def#"
NAMES = Names({"id": BASE, "ex": EX}, ())


def line(record: str, value: str, predicate: str = "name") -> str:
    return f'<{BASE}{record}> <{EX}{predicate}> "{value}"@de .'


def compare(folder: Path, old: Iterable[str], new: Iterable[str]) -> Comparison:
    was, is_now = edition(folder / "000001.nt", old), edition(folder / "000002.nt", new)
    return Comparison(Text("Titel", "Title"), was, is_now, NAMES, (f"{EX}name",))


def edition(path: Path, lines: Iterable[str]) -> Edition:
    path.write_bytes(b"".join(sorted(f"{each}\n".encode() for each in lines)))
    return Edition(path.stem, path)


def summed(comparison: Comparison) -> Summary:
    return differences.summed(comparison.changes(), 20_000)


def patch(comparison: Comparison) -> str:
    return "".join(patches.as_patch(comparison, summed(comparison)))


OLD = [line("a", "Fest"), line("a", "Ort", "place"), line("b", "Teil"), line("c", "weg"), line("c#x", "auch")]
NEW = [line("a", "Feier"), line("a", "Ort", "place"), line("b", "Teil"), line("d", "da\\u001B")]


# --- text


def test_the_text_says_how_much_differs_and_what(tmp_path: Path) -> None:
    compared = compare(tmp_path, OLD, NEW)

    assert "".join(patches.first(compared, summed(compared), "en")) == (
        "000001 → 000002\n"
        "Records: 1 added, 1 changed, 1 removed. Statements: 2 added, 3 removed.\n"
        "\n"
        "changed: id:a (Feier)\n"
        '  - ex:name "Fest"@de\n'
        '  + ex:name "Feier"@de\n'
        "\n"
        "removed: id:c (weg)\n"
        '  - ex:name "weg"@de\n'
        '  - #x ex:name "auch"@de\n'
        "\n"
        "added: id:d (da\\x1b)\n"
        '  + ex:name "da\\u001B"@de\n'
    )


def test_the_text_speaks_german_too(tmp_path: Path) -> None:
    compared = compare(tmp_path, OLD, NEW)

    said = "".join(patches.first(compared, summed(compared), "de"))

    assert "Datensätze: 1 neu, 1 geändert, 1 entfernt. Aussagen: 2 neu, 3 entfernt.\n" in said
    assert "geändert: id:a (Feier)\n" in said


@pytest.mark.parametrize(("language", "said"), [("de", "Kein Unterschied."), ("en", "Nothing differs.")])
def test_where_nothing_differs_the_text_says_so(language: str, said: str, tmp_path: Path) -> None:
    compared = compare(tmp_path, OLD, OLD)

    assert "".join(patches.first(compared, summed(compared), language)) == f"000001 → 000002\n{said}\n"


def test_the_first_records_and_statements_are_shown_or_all(tmp_path: Path) -> None:
    new = [line(f"e{number:02d}", f"w{value:02d}") for number in range(25) for value in range(23)]
    compared = compare(tmp_path, [], new)
    summary = summed(compared)

    few, everything = ("".join(show(compared, summary, "en")) for show in (patches.first, patches.text))

    assert (few.count("\nadded: "), few.count("  + ")) == (20, 400)
    assert few.count("  … and 3 more; all with --all\n") == 20
    assert few.endswith("\n… and 5 more; all with --all\n")
    assert (everything.count("\nadded: "), everything.count("  + ")) == (25, 575)
    assert "more" not in everything


def test_no_letter_of_a_record_steers_the_terminal(tmp_path: Path) -> None:
    compared = compare(tmp_path, [], [line("a", "x\x1b[31m\u202ey")])

    said = "".join(patches.first(compared, summed(compared), "en"))

    assert "\x1b" not in said
    assert "\u202e" not in said


# --- JSON


def test_the_json_has_all_that_differs(tmp_path: Path) -> None:
    compared = compare(tmp_path, OLD, NEW)

    told = json.loads("".join(patches.as_json(compared, summed(compared), "en")))

    assert told == {
        "old": "000001",
        "new": "000002",
        "counts": {
            "records": {"added": 1, "changed": 1, "removed": 1},
            "statements": {"added": 2, "removed": 3},
        },
        "changes": [
            {
                "record": f"{BASE}a",
                "kind": "changed",
                "label": "Feier",
                "removed": [line("a", "Fest")],
                "added": [line("a", "Feier")],
            },
            {
                "record": f"{BASE}c",
                "kind": "removed",
                "label": "weg",
                "removed": [line("c#x", "auch"), line("c", "weg")],
                "added": [],
            },
            {
                "record": f"{BASE}d",
                "kind": "added",
                "label": "da\x1b",
                "removed": [],
                "added": [line("d", "da\\u001B")],
            },
        ],
    }


def test_the_json_of_no_difference_has_an_empty_list(tmp_path: Path) -> None:
    compared = compare(tmp_path, OLD, OLD)

    assert json.loads("".join(patches.as_json(compared, summed(compared), "en")))["changes"] == []


# --- RDF Patch


def test_a_patch_removes_and_adds_within_a_transaction(tmp_path: Path) -> None:
    head, prev, *rest = patch(compare(tmp_path, OLD, NEW)).splitlines()

    assert head.startswith("H id <uuid:")
    assert prev.startswith("H prev <uuid:")
    assert rest == [
        "TX .",
        f"D {line('a', 'Fest')}",
        f"A {line('a', 'Feier')}",
        f"D {line('c#x', 'auch')}",
        f"D {line('c', 'weg')}",
        f"A {line('d', 'da' + chr(92) + 'u001B')}",
        "TC .",
    ]


def test_patches_of_releases_in_a_row_make_a_log(tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    one, two = patch(compare(tmp_path, OLD, NEW)), patch(compare(tmp_path / "next", NEW, []))

    identifier = one.splitlines()[0].removeprefix("H id ")

    assert two.splitlines()[1] == f"H prev {identifier}"
    assert two.splitlines()[0] != f"H id {identifier}"


def test_a_patch_is_the_same_for_the_same_dumps(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()

    assert patch(compare(tmp_path, OLD, NEW)) == patch(compare(tmp_path / "other", OLD, NEW))


def escaped(text: str) -> str:
    """Return a text as canonical N-Triples has it."""
    for letter, name in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(letter, name)
    return text


_LINES = st.sets(
    st.builds(
        line,
        st.sampled_from(["a", "a#b", "a-b", "a/b", "a0", "b"]),
        strategies.odd_texts.map(escaped) | st.sampled_from(["x", "y"]),
    )
)


@pytest.mark.filterwarnings(
    "ignore:Dataset.default_context:DeprecationWarning"
)  # rdflib's own reader of patches asks it
@given(common=_LINES, old=_LINES, new=_LINES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_a_store_that_knows_rdf_patch_makes_the_old_release_the_new_one(
    common: set[str], old: set[str], new: set[str], tmp_path: Path
) -> None:
    compared = compare(tmp_path, common | old, common | new)
    store = Dataset()
    store.default_graph.parse(data="\n".join(common | old), format="nt")

    store.parse(data=patch(compared), format="patch")

    assert set(store.default_graph) == set(Graph().parse(data="\n".join(common | new), format="nt"))
