"""Records that are held back: the rest is published as if they had never been there, and nothing points to them."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small
from conftest import load
from sccon_lod import build
from sccon_lod.build import Outcome
from sccon_lod.findings import State
from sccon_lod.sql import blocks
from sccon_lod.validation import Validator

ALL = small.SETTINGS + "[policy]\nheld_back = 0.99\n"
Rows = Sequence[Mapping[str, str]]


@pytest.fixture(params=["facts", "blocks"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write rows as facts, or row by row."""
    if request.param == "blocks":
        monkeypatch.setattr(blocks, "FEW", 0)
    return str(request.param)


def held_back(folder: Path, rows: Rows, **shapes: str) -> Outcome:
    files = {"data/event.csv": small.table(rows), "shapes/event.ttl": small.shapes(**shapes), "sccon.toml": ALL}
    return build.build(load(small.publication(folder, files)))


def statements(folder: Path) -> list[str]:
    return (folder / "public/current/small.nt").read_text(encoding="utf-8").splitlines()


def subjects(folder: Path) -> set[str]:
    return {line.split(">")[0].rpartition("/")[2] for line in statements(folder) if line.startswith(f"<{small.BASE}/")}


def events(*rows: str) -> Rows:
    """Return rows that are written as id:seats:part_of."""
    return [dict(zip(("id", "seats", "part_of"), each.split(":"), strict=True)) for each in rows]


def lines(outcome: Outcome) -> list[str]:
    return [each.line("en") for each in outcome.findings]


def test_a_record_with_a_violation_is_held_back_and_the_rest_is_published(way: str, tmp_path: Path) -> None:
    outcome = held_back(tmp_path, events("a:1:", "b:many:", "c:3:"))

    assert subjects(tmp_path) == {"a", "c"}
    assert outcome.held_back == 1
    assert outcome.statements == len(statements(tmp_path))


def test_what_points_to_a_record_that_is_held_back_is_left_out_with_a_finding(way: str, tmp_path: Path) -> None:
    outcome = held_back(tmp_path, events("a:1:b", "b:many:", "c:3:a"))

    assert subjects(tmp_path) == {"a", "c"}
    assert not [line for line in statements(tmp_path) if "event/b>" in line]
    assert lines(outcome)[1:] == [
        "data/event.csv:2, part_of: warning: This points to a record that is held back: data/event.csv:3; the "
        "reference is not published. [b]"
    ]


def test_what_that_breaks_is_held_back_too_and_says_why(way: str, tmp_path: Path) -> None:
    outcome = held_back(tmp_path, events("a:1:b", "b:2:c", "c:many:d", "d:4:d"), part="sh:minCount 1")

    assert subjects(tmp_path) == {"d"}
    assert [line for line in lines(outcome) if "Event-part" in line] == [
        "data/event.csv:2, part_of: violation: The rule Event-part is broken. This is so because the record that this "
        "points to is held back: data/event.csv:3. [b]",
        "data/event.csv:3, part_of: violation: The rule Event-part is broken. This is so because the record that this "
        "points to is held back: data/event.csv:4. [c]",
    ]


def test_a_record_may_miss_what_others_said(way: str, tmp_path: Path) -> None:
    shapes = {"whole": "sh:path [ sh:inversePath schema:superEvent ] ; sh:minCount 1"}

    outcome = held_back(tmp_path, events("a:1:b", "b:2:a", "c:x:d", "d:4:c"), **shapes)

    assert subjects(tmp_path) == {"a", "b"}
    assert any("This is so since other records are held back." in line for line in lines(outcome))


def test_a_subject_that_another_row_speaks_of_stays(way: str, tmp_path: Path) -> None:
    rules = [each for each in small.RULES if "identifier" not in each]
    files = {
        "data/event.csv": small.table(events("a:many:", "a:1:", "b:2:a")),
        "mapping/event.yaml": small.mapping(rules),
        "sccon.toml": ALL,
    }

    outcome = build.build(load(small.publication(tmp_path, files)))

    assert outcome.held_back == 1
    assert [line for line in statements(tmp_path) if "superEvent" in line]


def test_what_is_said_in_references_only_is_gone_with_them(way: str, tmp_path: Path) -> None:
    # The second map speaks of a place with nothing but a reference to the event.
    mapping = small.mapping(split="{}") + (
        "  place:\n    sources: event\n    s: id:place/$(name_de)\n"
        "    po:\n      - [schema:superEvent, id:event/$(part_of)~iri]\n"
    )
    rows = [
        {"id": "a", "seats": "many"},
        {"id": "b", "seats": "2", "name_de": "hall", "part_of": "a"},
        {"id": "c", "seats": "3"},
    ]
    files = {"data/event.csv": small.table(rows), "mapping/event.yaml": mapping, "sccon.toml": ALL}

    build.build(load(small.publication(tmp_path, files)))

    assert subjects(tmp_path) == {"b", "c"}


# --- against a naive reference


CELLS = {
    "id": ("a", "b", "c", "d", "e"),
    "name_de": ("", "x", "Ä b"),
    "topics": ("", "water", "water|traffic"),
    "seats": ("", "1", "2", "many"),
    "part_of": ("", "a", "b|c", "d", "e|z", "e"),
}
DEMANDS: Sequence[Mapping[str, str]] = (
    {},
    {"part": "sh:minCount 1"},
    {"part": "sh:class schema:Event"},
    {"name": "sh:minCount 1"},
    {"whole": "sh:path [ sh:inversePath schema:superEvent ] ; sh:minCount 1"},
    {"part": "sh:maxCount 1 ; sh:class schema:Event", "seats": "sh:maxCount 1"},
    {"whole": "sh:path ( schema:superEvent ex:seats ) ; sh:minCount 1"},
)


# Rows say something of what they are part of, too.
ABOUT = """  whole:
    sources: event
    s: id:event/$(part_of)
    po:
      - [ex:note, $(id)]
      - [schema:superEvent, id:event/$(part_of)~iri]
"""


def published_rows(folder: Path, rows: Rows) -> Iterator[Mapping[str, str]]:
    """Yield the rows that the ledger calls published, without references to those that are gone."""
    ledger = (folder / "public/current/ledger.csv").read_text(encoding="utf-8")
    states = [each["state"] for each in csv.DictReader(io.StringIO(ledger)) if each["source"] == "data/event.csv"]
    kept = [row for row, state in zip(rows, states, strict=True) if state == State.PUBLISHED.value]
    gone = {row["id"] for row in rows} - {row["id"] for row in kept}
    for row in kept:
        left = [each for each in row["part_of"].split("|") if each not in gone]
        yield {**row, "part_of": "|".join(left)}


def small_events(rules: Iterable[str], split: str = '{topics: "|", part_of: "|"}') -> str:
    return small.mapping(rules, split=split)


@given(
    st.lists(
        st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), min_size=2, max_size=7
    ),
    st.sampled_from(DEMANDS),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_published_is_what_the_rest_alone_would_be(
    way: str, rows: Rows, demands: Mapping[str, str], is_identified: bool, speaks: bool
) -> None:
    rules = [each for each in small.RULES if is_identified or "identifier" not in each]
    files = {
        "mapping/event.yaml": small_events(rules) + (ABOUT if speaks else ""),
        "shapes/event.ttl": small.shapes(**demands),
        "sccon.toml": ALL,
        "data/event.csv": small.table(rows),
    }
    with TemporaryDirectory() as place:
        first, second = Path(place) / "one", Path(place) / "two"
        outcome = build.build(load(small.publication(first, files)))
        if outcome.folder is None:
            assert outcome.held_back == len(rows)
            return
        rest = small.table(published_rows(first, rows))

        whole = build.build(load(small.publication(second, {**files, "data/event.csv": rest})))

        assert whole.held_back == 0
        assert statements(first) == statements(second)
        assert outcome.statements == whole.statements


def test_both_validators_hold_back_the_same(tmp_path: Path) -> None:
    rows = events("a:1:b", "b:2:c", "c:many:d", "d:4:d", "e:5:e")
    files = {
        "data/event.csv": small.table(rows),
        "shapes/event.ttl": small.shapes(part="sh:minCount 1"),
        "sccon.toml": ALL,
    }
    one, other = small.publication(tmp_path / "one", files), small.publication(tmp_path / "other", files)

    compiled, referee = build.build(load(one)), build.build(load(other), validator=Validator.PYSHACL)

    assert lines(compiled) == lines(referee)
    assert (one / "public/current/ledger.csv").read_bytes() == (other / "public/current/ledger.csv").read_bytes()


def test_what_others_say_of_a_record_that_is_held_back_is_left_out(way: str, tmp_path: Path) -> None:
    files = {
        "data/event.csv": small.table(events("a:1:b", "b:many:", "c:3:a")),
        "mapping/event.yaml": small.mapping() + ABOUT,
        "sccon.toml": ALL,
    }

    outcome = build.build(load(small.publication(tmp_path, files)))

    assert subjects(tmp_path) == {"a", "c"}
    assert [line for line in lines(outcome) if "is about" in line] == [
        "data/event.csv:2, id: warning: This is about a record that is held back: data/event.csv:3; "
        "it is not published. [a]",
        "data/event.csv:2, part_of: warning: This is about a record that is held back: data/event.csv:3; "
        "it is not published. [b]",
    ]
