"""Paths in JSON: what is understood, and what is refused with a remedy."""

import pytest

from sccon_lod import paths
from sccon_lod.paths import PathProblem, Reference, Step, Wildcard

EVERY = Wildcard.EVERY


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("$", ()),
        ("$[*]", (EVERY,)),
        ("$.*", (EVERY,)),
        ("$.events[*]", ("events", EVERY)),
        ("$['odd key'][*]", ("odd key", EVERY)),
        ('$["odd key"]', ("odd key",)),
        ("$.['odd key']", ("odd key",)),
        ("$.days[*].rooms[*][*]", ("days", EVERY, "rooms", EVERY, EVERY)),
        ("$.days[0][-1]", ("days", 0, -1)),
        ("$.days[1:3]", ("days", slice(1, 3, None))),
        ("$.days[ ::-1 ]", ("days", slice(None, None, -1))),
        (r"$['it\'s \\ \u00fc \ud83d\ude00 \n']", ("it's \\ ü 😀 \n",)),
        ("$.größe.post-code.2022", ("größe", "post-code", "2022")),
    ],
)
def test_an_iterator_is_steps_from_the_root(path: str, steps: tuple[Step, ...]) -> None:
    assert paths.iterator(path) == steps


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("name", Reference(0, ("name",))),
        ("$.name", Reference(0, ("name",))),
        ("@.name", Reference(0, ("name",))),
        ("@", Reference(0, ())),
        ("$", Reference(0, ())),
        ("address.city", Reference(0, ("address", "city"))),
        ("coordinates[0]", Reference(0, ("coordinates", 0))),
        ("items[*].name", Reference(0, ("items", EVERY, "name"))),
        ("['a.b']", Reference(0, ("a.b",))),
        ("[0]", Reference(0, (0,))),
        ("*", Reference(0, (EVERY,))),
        ("..", Reference(1, ())),
        ("../name", Reference(1, ("name",))),
        ("../../['a b'].date", Reference(2, ("a b", "date"))),
        ("#", Reference(0, (), wants_key=True)),
        ("../#", Reference(1, (), wants_key=True)),
    ],
)
def test_a_reference_is_levels_outwards_and_steps_inwards(path: str, way: Reference) -> None:
    assert paths.reference(path) == way


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        *(("", ""), (".name", ".name"), ("@type", "type"), ("a/b", "/b"), ("Event name", " name"), ("a.", ".")),
        *(("a[", "["), ("a[0,1]", "[0,1]"), ("['x']y", "y"), ("../", "../"), ("a[::0]", "[::0]"), ("a#", "#")),
        *(("$x", "x"), ("a['", "['"), ("../#/a", "#/a")),
    ],
)
def test_a_path_that_is_not_understood_is_refused_with_a_right_one(path: str, rest: str) -> None:
    with pytest.raises(PathProblem) as caught:
        paths.reference(path)

    assert caught.value.text.en == (
        f"The path “{path}” cannot be read from “{rest}” on; right is for example address.city, tags[*] or ../name, "
        "and for a name with other signs ['Event name']."
    )
    assert caught.value.text.de == (
        f"Der Pfad „{path}“ ist ab „{rest}“ nicht lesbar; richtig ist zum Beispiel address.city, tags[*] oder ../name, "
        "und bei einem Namen mit anderen Zeichen ['Event name']."
    )


@pytest.mark.parametrize("path", ["$..name", "$.a..b"])
def test_a_search_at_every_depth_is_refused(path: str) -> None:
    with pytest.raises(PathProblem) as caught:
        paths.iterator(path)

    assert caught.value.text.en == (
        f"The path “{path}” searches at every depth with “..”, which is not supported; please name every step, for "
        "example $.days[*].rooms[*]."
    )


def test_a_filter_is_refused() -> None:
    with pytest.raises(PathProblem) as caught:
        paths.iterator("$.events[?(@.year == 2022)]")

    assert caught.value.text.en == (
        "The path “$.events[?(@.year == 2022)]” has a filter, which is not supported; please write [*] and select "
        "with a condition of the mapping."
    )


def test_an_iterator_begins_at_the_root() -> None:
    with pytest.raises(PathProblem) as caught:
        paths.iterator("events[*]")

    assert caught.value.text.en == (
        "The iterator “events[*]” does not begin at the root; right is for example $.events[*] or $[*]."
    )
