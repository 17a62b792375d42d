"""The kinds of records: what their names are, and where their subjects lie among others."""

from bisect import bisect_left
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from conftest import copy_publication, load
from sccon_lod import kinds
from sccon_lod.kinds import Kind, Order

EVENT, PLACE = f"{small.BASE}/event/", f"{small.BASE}/place/"


def named(folder: Path, subject: str) -> tuple[Kind, ...]:
    loaded = load(small.publication(folder, {"mapping/event.yaml": small.mapping(subject=subject)}))
    return kinds.of(loaded.plan.groups, small.BASE)


@pytest.mark.parametrize(
    ("subject", "name", "space"),
    [
        ("id:event/$(id)", "event", EVENT),
        ("id:event/e-$(id)", "event", EVENT),
        ("id:record/event/$(id)", "event", f"{small.BASE}/record/event/"),
        ("https://ruhr.example/termin/$(id)", "termin", "https://ruhr.example/termin/"),
        ("https://ruhr.example/termin#$(id)", "termin", "https://ruhr.example/termin#"),
    ],
)
def test_a_kind_is_the_last_segment_of_what_its_subjects_begin_with(
    tmp_path: Path, subject: str, name: str, space: str
) -> None:
    assert named(tmp_path, subject) == (Kind(name, tuple(sorted({f"{small.BASE}/{name}/", space}))),)


@pytest.mark.parametrize("subject", ["id:$(id)", "https://ruhr.example/$(id)", "$(url)", "urn:event:$(id)"])
def test_subjects_without_such_a_segment_are_of_no_kind(tmp_path: Path, subject: str) -> None:
    assert named(tmp_path, subject) == ()


def test_kinds_come_by_name_and_each_once(tmp_path: Path) -> None:
    loaded = load(copy_publication(tmp_path / "sccon"))

    names = [kind.name for kind in kinds.of(loaded.plan.groups, loaded.project.base)]

    assert names == sorted(set(names))


def test_what_lies_within_another_kind_is_of_its_own() -> None:
    order = Order((Kind("event", (EVENT,)), Kind("part", (f"{EVENT}part/",))))

    found = [order.of(f"{EVENT}{name}") for name in ("a", "part/x", "z")]

    assert found == ["event", "part", "event"]
    assert order.of(PLACE) == ""


def spanned(order: Order, subjects: list[str]) -> dict[str, list[str]]:
    """Return the subjects of each kind, as they are cut out of a dump."""
    keys = [f"{each}>".encode() for each in subjects]
    spans = {kind: order.spans(kind, lambda text: bisect_left(keys, text), len(keys)) for kind in order.kinds}
    return {kind.name: [each for span in found for each in subjects[slice(*span)]] for kind, found in spans.items()}


def test_what_a_kind_is_named_after_lies_behind_its_subjects() -> None:
    there = [f"{small.BASE}/day/1", f"{EVENT}a", f"{EVENT}b", f"{small.BASE}/event"]

    assert spanned(Order((Kind("event", (EVENT,)),)), there) == {"event": there[1:3]}


subjects = st.lists(st.text("abc/é", max_size=4), max_size=40).map(
    lambda found: sorted(set(found), key=lambda subject: f"{subject}>")
)
spaces = st.sets(st.text("abc/é", min_size=1, max_size=2), max_size=4)


@given(subjects, spaces)
def test_spans_hold_every_subject_of_their_kind_in_order(there: list[str], begun: set[str]) -> None:
    order = Order(tuple(Kind(f"kind {space}", (space,)) for space in sorted(begun)))

    assert spanned(order, there) == {
        kind.name: [each for each in there if order.of(each) == kind.name] for kind in order.kinds
    }
