"""Numbers that are moved are those that are counted anew, or there are none."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from sccon_lod import recount
from sccon_lod.census import Census
from sccon_lod.errors import Origin
from sccon_lod.kinds import Kind
from sccon_lod.lexicon import Told
from sccon_lod.sql import census
from sccon_lod.terms import TYPE

KINDS = (Kind("event", (f"{small.BASE}/event/",)), Kind("place", (f"{small.BASE}/place/", "https://place.example/")))
SUBJECTS = [f"{small.BASE}/event/{name}" for name in "abc"] + [
    f"{small.BASE}/place/p",
    "https://place.example/q",
    "s:t",
]
OBJECTS = ["https://one.example/x", "https://two.example/y", f"{small.BASE}/event/a"]


def said(subject: str, predicate: str, value: str, datatype: str = "") -> Told:
    return Told(subject, predicate, value, datatype, "", Origin(""))


links = st.builds(said, st.sampled_from(SUBJECTS), st.sampled_from(["p", "q", TYPE]), st.sampled_from(OBJECTS))
texts = st.builds(said, st.sampled_from(SUBJECTS), st.just("n"), st.sampled_from("xy"), st.just(f"{small.XSD}string"))
statements = st.frozensets(links | texts, max_size=25)


def take(told: Iterable[Told]) -> Census:
    return recount.take(sorted(told, key=repr), KINDS, small.BASE, ())


def of(told: Iterable[Told], subjects: Iterable[str]) -> set[Told]:
    return {each for each in told if each.subject in subjects}


def move(before: frozenset[Told], after: frozenset[Told], changed: Iterable[str]) -> Census | None:
    return recount.moved(take(before), take(of(before, changed)), take(of(after, changed)))


@settings(max_examples=12, deadline=None)
@given(statements, statements, st.sets(st.sampled_from(SUBJECTS), max_size=2))
def test_what_is_moved_is_what_is_counted(before: frozenset[Told], other: frozenset[Told], changed: set[str]) -> None:
    kept = of(before, set(SUBJECTS) - changed)
    after = frozenset(kept | of(other, changed))
    found = move(before, after, changed)

    assert found is None or found == take(after)


MANY = frozenset(
    said(f"{small.BASE}/event/{name}", predicate, value)
    for name in "bcd"
    for predicate, value in [("p", OBJECTS[0]), ("q", OBJECTS[1]), (TYPE, "https://c.example/C")]
)
B, C, D = (f"{small.BASE}/event/{name}" for name in "bcd")


def test_a_link_more_is_moved() -> None:
    after = MANY | {said(C, "p", "https://one.example/z")}

    assert move(MANY, after, [C]) == take(after) != take(MANY)


@pytest.mark.parametrize(
    ("more", "less", "changed"),
    [
        ({said(f"{small.BASE}/event/a", "p", OBJECTS[0])}, frozenset(), f"{small.BASE}/event/a"),
        (frozenset(), of(MANY, [B]), B),
        ({said(C, "r", OBJECTS[0])}, frozenset(), C),
        ({said(C, TYPE, "https://c.example/D")}, frozenset(), C),
        ({said(C, "p", "https://three.example/x")}, frozenset(), C),
        ({said(f"{small.BASE}/place/p", "p", OBJECTS[0])}, frozenset(), f"{small.BASE}/place/p"),
    ],
    ids=["a new first", "the first gone", "a new predicate", "a new class", "a new namespace", "a new kind"],
)
def test_what_no_sum_tells_is_counted_anew(more: set[Told], less: set[Told], changed: str) -> None:
    after = frozenset((MANY | more) - less)

    assert move(MANY, after, [changed]) is None


def test_the_last_of_something_is_counted_anew() -> None:
    before = MANY | {said(C, "r", OBJECTS[0])}

    assert move(frozenset(before), MANY, [C]) is None


def test_so_it_is_where_namespaces_may_have_been_left_out() -> None:
    known = take(MANY)
    full = replace(
        known, links={**known.links} | {("p", f"https://{number}.example/"): 1 for number in range(census.MOST)}
    )
    less, more = take(of(MANY, [C])), take({*of(MANY, [C]), said(C, "p", "https://one.example/z")})

    assert recount.moved(known, less, more) is not None
    assert recount.moved(full, less, more) is None
