"""Values in a tree: which a path selects, in which order, and what is around them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sccon_lod import paths, spots
from sccon_lod.paths import PathProblem
from sccon_lod.spots import Value
from strategies import odd_texts

TREE: Value = {
    "name": "Camp",
    "days": [
        {"date": "21", "rooms": {"Curie": [{"t": "a"}, {"t": "b"}], "Meitner": []}},
        {"date": "22", "rooms": {"Curie": [{"t": "c"}]}},
    ],
    "odd.key": {"'": ["x", "y", "z"]},
}


def found(path: str, tree: Value = TREE) -> list[Value]:
    return [spot.value for spot in spots.along(tree, paths.iterator(path))]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("$.name", ["Camp"]),
        ("$.days[*].date", ["21", "22"]),
        ("$.days[-1].date", ["22"]),
        ("$.days[2].date", []),
        ("$.days[-3].date", []),
        ("$.days.date", []),
        ("$.name[0]", []),
        ("$.name[*]", []),
        ("$['odd.key']['\\''][1:]", ["y", "z"]),
        ("$['odd.key'].*[::-2]", ["z", "x"]),
        ("$.days[*].rooms[*][*].t", ["a", "b", "c"]),
        ("$.days[0].rooms.*", [[{"t": "a"}, {"t": "b"}], []]),
        ("$.rooms[0:1]", []),
        ("$.days[0][0:1]", []),
    ],
)
def test_a_path_selects_values_in_the_order_of_the_document(path: str, values: list[Value]) -> None:
    assert found(path) == values


@pytest.mark.parametrize(
    ("reference", "values"),
    [
        ("t", ["a", "b", "c"]),
        ("@.t", ["a", "b", "c"]),
        ("#", ["0", "1", "0"]),
        ("../#", ["Curie", "Curie", "Curie"]),
        ("../../../date", ["21", "21", "22"]),
        ("../../../#", ["0", "0", "1"]),
        ("../../../../../name", ["Camp", "Camp", "Camp"]),
        ("../[*].t", [["a", "b"], ["a", "b"], ["c"]]),
        ("../[0].t", ["a", "a", "c"]),
        ("t.x", [None, None, None]),
        ("missing[*]", [[], [], []]),
    ],
)
def test_a_reference_leads_inwards_and_outwards_from_each_record(reference: str, values: list[Value]) -> None:
    steps = paths.iterator("$.days[*].rooms[*][*]")
    way = spots.getter(reference, len(steps))

    assert [way(spot) for spot in spots.along(TREE, steps)] == values


@pytest.mark.parametrize(("reference", "depth"), [("../../name", 1), ("#", 0), ("../#", 1)])
def test_a_reference_cannot_lead_beyond_the_root(reference: str, depth: int) -> None:
    with pytest.raises(PathProblem) as caught:
        spots.getter(reference, depth)

    assert caught.value.text.en == (
        f"The path “{reference}” leads beyond the root; around the record there are as many levels as the iterator has "
        f"steps, that is {depth}."
    )


trees = st.recursive(
    st.none() | st.booleans() | odd_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd_texts, inner, max_size=3),
    max_leaves=8,
)


@given(trees)
def test_the_written_path_of_a_value_leads_to_it_and_only_to_it(tree: Value) -> None:
    waiting = list(spots.along(tree, ()))
    while waiting:
        spot = waiting.pop()

        assert found(spots.written(spot), tree) == [spot.value]
        waiting += [inner for key in _keys(spot.value) for inner in _into(spot, key)]


def _keys(value: Value) -> list[str | int]:
    return list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []


def _into(spot: spots.Spot, key: str | int) -> list[spots.Spot]:
    return [inner._replace(around=spot) for inner in spots.along(spot.value, (key,))]


def test_a_key_that_is_no_text_can_be_written() -> None:
    (spot,) = spots.along(json.loads('{"\\ud800\\u0000": 1}'), paths.iterator("$[*]"))

    assert spots.written(spot) == r"$['\ud800\u0000']"
