"""The kinds of records: what their names are, and where their subjects lie among others."""

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


def test_what_a_kind_is_named_after_lies_behind_its_subjects() -> None:
    texts = [f"{small.BASE}/day/1", f"{EVENT}a", f"{EVENT}b", f"{small.BASE}/event"]

    runs = list(Order((Kind("event", (EVENT,)),)).runs([each.encode() for each in texts], bytes.decode))

    assert [each.decode() for kind, run in runs for each in run if kind == "event"] == texts[1:3]


subjects = st.lists(st.text("abc/", max_size=4), max_size=40).map(
    lambda found: sorted(set(found), key=lambda subject: f"{subject}>")
)
spaces = st.sets(st.text("abc/", min_size=1, max_size=2), max_size=4)


@given(subjects, spaces)
def test_runs_hold_every_text_with_its_kind(texts: list[str], begun: set[str]) -> None:
    order = Order(tuple(Kind(f"kind {space}", (space,)) for space in sorted(begun)))

    runs = list(order.runs([each.encode() for each in texts], bytes.decode)) if texts else []

    assert [each.decode() for _, run in runs for each in run] == texts
    assert all(kind == order.of(each.decode()) for kind, run in runs for each in run)
