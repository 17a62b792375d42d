"""Lines of N-Triples as people read them: with short names, what changed beside what it was, under a label."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sccon_lod.differences import Change
from sccon_lod.names import Names
from sccon_lod.terms import TYPE

_STATEMENT = re.compile(r"<([^>]*)> <([^>]*)> (.*) \.", re.DOTALL)
_LITERAL = re.compile(r'("(?:[^"\\]|\\.)*")(?:\^\^<([^>]*)>|@([\w-]+))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Said(NamedTuple):
    """A statement that one side has, in short: `+` or `-`, and what it says of the document."""

    sign: str
    text: str


def told(change: Change, names: Names) -> list[Said]:
    """Return the statements of a change; what was stands before what is, for each predicate."""
    lines = [(line, "-") for line in change.removed] + [(line, "+") for line in change.added]
    # Equal ones stay as they are: first what was, each in its order.
    by_predicate = sorted(lines, key=lambda each: _parts(each[0])[:2])
    return [Said(sign, short(line, change.document, names)) for line, sign in by_predicate]


def short(line: str, document: str, names: Names) -> str:
    r"""Return a statement about a document in short; a part of the document is named first.

    >>> names = Names({"ex": "https://example.org/"}, ())
    >>> short('<https://example.org/a#b> <https://example.org/c> "d"@en .', "https://example.org/a", names)
    '#b ex:c "d"@en'
    """
    subject, predicate, value = _parts(line)
    part = subject.removeprefix(document)
    words = "a" if predicate == TYPE else name(predicate, names)
    literal = _LITERAL.fullmatch(value)
    if literal is None:
        value = name(value[1:-1], names)
    elif literal[2]:
        value = f"{literal[1]}^^{name(literal[2], names)}"
    return f"{part} {words} {value}".lstrip()


def name(iri: str, names: Names) -> str:
    """Return the short name of an IRI, or the IRI in pointed brackets."""
    found = names.short(iri)
    return f"<{iri}>" if found == iri else found


def label(lines: Iterable[str], document: str, predicates: Sequence[str], language: str) -> str:
    """Return the label of a document that one of its lines gives, best in `language`; empty where there is none."""
    found: list[tuple[int, int, str]] = []
    for line in lines:
        subject, predicate, value = _parts(line)
        literal = _LITERAL.fullmatch(value)
        if subject == document and predicate in predicates and literal:
            tag = literal[3] or ""
            rank = 0 if tag.partition("-")[0] == language else 1 if not tag else 2
            found.append((predicates.index(predicate), rank, _ESCAPE.sub(_unescaped, literal[1][1:-1])))
    return min(found)[2] if found else ""


def _parts(line: str) -> tuple[str, str, str]:
    found = _STATEMENT.fullmatch(line)
    assert found, "a dump has been checked"
    return found[1], found[2], found[3]


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])
