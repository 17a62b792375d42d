"""The text functions that mappings of other engines name (GREL and IDLab functions of FnO)."""

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from sccon_lod.values.texts import problem

_SCHEME = re.compile("https?://", re.IGNORECASE)
_ESCAPES: Mapping[str, Callable[[str], str]] = {
    "html": html.escape,
    "url": lambda text: quote(text, safe=""),
}


def replaced(text: str, find: str, put: str) -> str:
    """Return `text` with each `find` replaced by `put`.

    >>> replaced("Smart City", " ", "-")
    'Smart-City'
    """
    # Python would put the replacement between all letters.
    return text.replace(find, put) if find else text


def part(text: str, start: str, stop: str = "") -> str:
    """Return the characters of `text` from `start`, counted from 0, up to but without `stop`.

    >>> part("2022-10-18", "0", "4")
    '2022'
    """
    return text[_position(start) : _position(stop) if stop else None]


def _position(digits: str) -> int:
    if not re.fullmatch("-?[0-9]{1,9}", digits):
        raise problem(digits, "{} ist keine Stelle im Text", "{} is no position in a text", "0")
    return int(digits)


def escaped(text: str, mode: str) -> str:
    """Return `text` written for HTML (`html`) or for a part of a web address (`url`).

    >>> escaped("A & B", "html"), escaped("A & B", "url")
    ('A &amp; B', 'A%20%26%20B')
    """
    if mode not in _ESCAPES:
        raise problem(mode, "{} ist keine Schreibweise", "{} is no way of writing", "html")
    return _ESCAPES[mode](text)


def upper_address(text: str) -> str:
    """Return a web address in capital letters; one without scheme gets http.

    >>> upper_address("www.example.org"), upper_address("https://example.org/a")
    ('http://WWW.EXAMPLE.ORG', 'https://EXAMPLE.ORG/A')
    """
    scheme = _SCHEME.match(text)
    if not scheme:
        return f"http://{text.upper()}"
    return scheme[0].lower() + text[scheme.end() :].upper()
