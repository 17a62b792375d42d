"""The pieces that SQL text is made of: quoted names and texts, and texts put together from constants and cells."""

import re
from collections.abc import Iterable, Sequence


class Sql(str):
    """An SQL expression, told apart from a text that stands for itself."""

    __slots__ = ()


def text(value: str) -> str:
    """Return an SQL text literal.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """Return a quoted SQL name."""
    return '"' + value.replace('"', '""') + '"'


def column(value: str) -> str:
    """Return the quoted SQL name of a column of records.

    To the engine `Name` and `name` are the same, and what begins with # is its own.

    >>> column("Name"), column("#"), column("part of")
    ('"^name"', '"^#"', '"part of"')
    """
    return name(_TOLD_APART.sub(lambda found: f"^{found[0].lower()}", value))


_TOLD_APART = re.compile(r"[A-Z^#]")


def column_of(name: str) -> str:
    """Return the column of records that an SQL name, without its quotation marks, stands for.

    >>> column_of("^name"), column_of("^#"), column_of("^^a")
    ('Name', '#', '^a')
    """
    return _TOLD_APART_NAME.sub(lambda found: found[1].upper(), name)


_TOLD_APART_NAME = re.compile(r"\^(.)", re.DOTALL)


def concat(parts: Iterable[str]) -> str:
    """Return the expression for texts and expressions put together; neighbouring texts become one.

    >>> concat(["<", "https://example.org/", Sql("id"), ">"])
    "concat('<https://example.org/', id, '>')"
    """
    pieces: list[str] = []
    for part in parts:
        if pieces and not isinstance(part, Sql) and not isinstance(pieces[-1], Sql):
            pieces[-1] += part
        elif part:
            pieces.append(part)
    written = [each if isinstance(each, Sql) else text(each) for each in pieces]
    if not written:
        return "''"
    return written[0] if len(written) == 1 else f"concat({', '.join(written)})"


def where(tests: Sequence[str]) -> str:
    """Return the WHERE clause for tests that must all hold."""
    return "\nWHERE " + "\n  AND ".join(dict.fromkeys(tests)) if tests else ""


def case(tests: Sequence[str], value: str) -> str:
    """Return an expression that is NULL unless all tests hold."""
    return f"CASE WHEN {' AND '.join(dict.fromkeys(tests))} THEN {value} END" if tests else value
