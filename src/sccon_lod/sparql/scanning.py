"""The words of a query with their places."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
# The terminals of SPARQL 1.1 (section 19.8); where two begin at a place, the longer one comes first.
_TERMINALS = re.compile(
    rf"""
      (?P<blank>[\s]++|\#[^\r\n]*+)
    | (?P<text>\"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*+'''
               |"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+')
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|{_ESCAPE})*+>)
    | (?P<variable>[?$]\w++)
    | (?P<name>(?:_|\w[\w.-]*+)?:(?:[\w:.-]|%[0-9A-Fa-f]{{2}}|\\[^\s\w])*+)
    | (?P<tag>@\w++(?:-\w++)*+)
    | (?P<number>\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+)
    | (?P<word>\w++)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LAST = 0x10FFFF


class Token(NamedTuple):
    """A word of a query: the kind of its terminal, how it is written, and where it begins."""

    kind: str
    text: str
    place: int


def tokens(query: str) -> Iterator[Token]:
    """Yield the words of a query without white space and comments, also of one that is not valid.

    >>> [each.text for each in tokens("ASK {?s<b#c>'SERVICE'}#no")]
    ['ASK', '{', '?s', '<b#c>', "'SERVICE'", '}']
    """
    for found in _TERMINALS.finditer(query):
        kind = found.lastgroup or ""
        if kind != "blank":
            yield Token(kind, found.group(), found.start())


def prefixes(query: str) -> Mapping[str, str]:
    """Return the namespaces that a query gives short names, by these.

    >>> prefixes("PREFIX ex: <https://example.net/> ASK {}")
    {'ex': 'https://example.net/'}
    """
    words = list(tokens(decoded(query)))
    found = zip(words, words[1:], words[2:], strict=False)
    return {name.text[:-1]: space.text[1:-1] for first, name, space in found if first.text.upper() == "PREFIX"}


def position(query: str, place: int) -> tuple[int, int]:
    r"""Return line and column of a place, both from 1 on.

    >>> position("ASK\n  {", 6)
    (2, 3)
    """
    return query.count("\n", 0, place) + 1, place - query.rfind("\n", 0, place)


def decoded(query: str) -> str:
    r"""Return a query with the characters that are written by their numbers (SPARQL 1.1, section 19.2).

    >>> decoded(r"\u0053ERVICE")
    'SERVICE'
    """
    return _CODEPOINT.sub(_character, query)


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return chr(number) if number <= _LAST else found[0]
