"""Which subjects may be the same: never said of two that some rows make the same."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sccon_lod import patterns
from sccon_lod.functions import FN
from sccon_lod.mapping import Call, Reference, Template, Term

ID, OTHER = Reference("id"), Reference("other")
SLUG = FN + "slug_iri"


def slug(space: str | Reference) -> Call:
    return Call(SLUG, ((ID,), (space,)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("http://a/x",), ("http://a/x",), True),
        (("http://a/x",), ("http://a/y",), False),
        (("http://a/", ID), ("http://a/x",), True),
        (("http://a/", ID), ("http://a/",), False),
        (("http://a/", ID), ("http://a/x/y",), False),
        (("http://a/", ID), ("http://a/x/", ID), False),
        (("http://a/", ID, "/", OTHER), ("http://a/x/", ID), True),
        (("http://a/", ID, "-", OTHER), ("http://a/", ID), True),
        (("http://a/", ID, OTHER), ("http://a/b",), False),
        (("http://a/", ID, OTHER), ("http://a/bc",), True),
        (("http://a/", ID, "#x"), ("http://a/", ID, "#y"), False),
        ((ID,), ("http://a/", ID), True),
    ],
)
def test_templates_meet_where_cells_can_make_them_equal(one: Template, other: Template, expected: bool) -> None:
    assert patterns.may_meet(Term(one), Term(other)) is expected
    assert patterns.may_meet(Term(other), Term(one)) is expected


def test_functions_of_different_namespaces_never_meet() -> None:
    assert not patterns.may_meet(slug("http://a/event/"), slug("http://a/place/"))
    assert patterns.may_meet(slug("http://a/event/"), Term(("http://a/event/", ID)))


def test_a_function_whose_namespace_is_in_a_cell_may_meet_all() -> None:
    assert patterns.may_meet(slug(OTHER), Term(("http://a/event/", ID)))


@pytest.mark.parametrize(
    ("subject", "head"),
    [
        (Term(("http://a/", ID, "/b")), "http://a/"),
        (Term(("http://a/b",)), "http://a/b"),
        (Term((ID,)), ""),
        (slug("http://a/event/"), "http://a/event/"),
        (slug(OTHER), ""),
    ],
)
def test_a_head_is_what_all_subjects_begin_with(subject: Term | Call, head: str) -> None:
    assert patterns.head(subject) == head


# Templates over few letters, so that many of them meet; a cell never holds a slash.
_parts = st.lists(st.one_of(st.sampled_from(["a", "b", "/", "ab"]), st.just(ID)), min_size=1, max_size=5)
CELLS = ("a", "b", "ab", "ba", "aab")


def made(template: list[str | Reference]) -> set[str]:
    choices = [CELLS if isinstance(part, Reference) else (part,) for part in template]
    return {"h:" + "".join(chosen) for chosen in product(*choices)}


@settings(deadline=None, max_examples=200)
@given(_parts, _parts)
def test_subjects_that_some_cells_make_equal_may_meet(one: list[str | Reference], other: list[str | Reference]) -> None:
    if made(one) & made(other):
        assert patterns.may_meet(Term(("h:", *one)), Term(("h:", *other)))
