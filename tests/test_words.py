"""The pieces of SQL: texts and expressions put together."""

import pytest

from sccon_lod.engine import Engine
from sccon_lod.sql import words
from sccon_lod.sql.words import Sql


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], ""),
        ([""], ""),
        (["it's"], "it's"),
        (["a", "b", Sql("1 + 1"), "", "c"], "ab2c"),
        ([Sql("upper('x')")], "X"),
        (["a'", Sql("NULL"), "'b"], "a''b"),
    ],
)
def test_texts_and_expressions_are_put_together(parts: list[str], expected: str) -> None:
    with Engine() as engine:
        assert list(engine.ask(f"SELECT {words.concat(parts)}")) == [(expected,)]


def test_neighbouring_texts_are_written_as_one() -> None:
    assert words.concat(["a", "b", Sql("x"), "c", "d"]) == "concat('ab', x, 'cd')"


def test_a_test_is_asked_once() -> None:
    assert words.where(["a", "b", "a"]) == "\nWHERE a\n  AND b"
    assert words.case(["a", "a"], "x") == "CASE WHEN a THEN x END"


def test_nothing_is_asked_without_tests() -> None:
    assert words.where([]) == ""
    assert words.case([], "x") == "x"
