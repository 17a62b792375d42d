"""JSON text as values: numbers keep their digits, doubled keys and unsafe letters are noticed."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from sccon_lod.language import Text
from sccon_lod.readers.intake import printable
from sccon_lod.spots import Value

_SPACES = b"\t\n\r"
_CONTROLS = bytes(each for each in range(0x20) if each not in _SPACES) + b"\x7f"
_SHOWN = 20  # characters of a text that a sentence shows
_KEYS = 12  # keys of an object that a sentence shows


class Document(NamedTuple):
    """A JSON text: its value, the line it begins on, and whether its cells have to be looked at.

    In a clean one no text holds a control character or what is no character, and no key stands twice.
    """

    value: Value
    line: int = 0
    is_clean: bool = True


class Doubled(dict[str, Value]):
    """An object in which keys stand twice; the last value of each holds."""

    keys_twice: tuple[str, ...] = ()


class NotJson(ValueError):
    """A text that is no JSON: from which line of the text on, and the sentence."""

    def __init__(self, line: int, text: Text) -> None:
        super().__init__(text.en)
        self.line = line
        self.text = text


class Decoder:
    """Reads JSON texts (RFC 8259)."""

    def __init__(self) -> None:
        self._doubled = 0
        # Control characters in texts are not refused here: they are found in their cells.
        self._decode = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=_fraction,
            parse_int=_integer,
            parse_constant=float,
            strict=False,
        ).decode

    def document(self, content: bytes, line: int = 0) -> Document:
        """Return the value of a JSON text; raises NotJson."""
        doubled = self._doubled
        text, is_clean = _decoded(content)
        try:
            value: Value = self._decode(text)
        except json.JSONDecodeError as error:
            raise NotJson(error.lineno, _no_json(error)) from error
        except RecursionError as error:
            raise NotJson(1, _DEEP) from error
        return Document(value, line, is_clean and doubled == self._doubled)

    def _object(self, pairs: list[tuple[str, Value]]) -> dict[str, Value]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        self._doubled += 1
        keys = [key for key, _ in pairs]
        twice = Doubled(found)
        twice.keys_twice = tuple(key for key in found if keys.count(key) > 1)
        return twice


def _integer(digits: str) -> str:
    return "0" if digits == "-0" else digits


def _fraction(digits: str) -> str:
    """Return the shortest digits of the same double (RFC 8259 section 6); beyond its range as it is written.

    >>> _fraction("1.50"), _fraction("1e3"), _fraction("0.1000"), _fraction("1e400")
    ('1.5', '1000.0', '0.1', '1e400')
    """
    shortest = repr(float(digits))
    return digits if shortest.endswith("inf") else shortest


_ESCAPED = re.compile(r"\\u(?:00[01]|007[fF]|[dD][89a-fA-F])")


def _decoded(content: bytes) -> tuple[str, bool]:
    """Return the text, and whether none of its letters is unsafe."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        # A byte that does not decode becomes a lone surrogate, by which its cell is found.
        return content.decode(errors="surrogateescape"), False
    has_escaped = b"\\u" in content and _ESCAPED.search(text)
    return text, not has_escaped and len(content.translate(None, _CONTROLS)) == len(content)


def doubled(value: Value) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each key that stands twice in an object of the value, with the steps to the object."""
    waiting: list[tuple[tuple[str | int, ...], Value]] = [((), value)]
    while waiting:
        steps, each = waiting.pop()
        if isinstance(each, Doubled):
            yield from ((steps, key) for key in each.keys_twice)
        members = each.items() if isinstance(each, dict) else enumerate(each) if isinstance(each, list) else ()
        waiting.extend(reversed([((*steps, key), member) for key, member in members]))


def listed(keys: Iterable[str]) -> str:
    """Return keys as a sentence shows them: not all if they are many, and without letters that are none."""
    first = [printable(key) for key in islice(keys, _KEYS + 1)]
    return ", ".join(first if len(first) <= _KEYS else [*first[:_KEYS], "…"])


def _no_json(error: json.JSONDecodeError) -> Text:
    rest = error.doc[error.pos :].split("\n", 1)[0].strip()
    if not error.doc.strip():
        return _NOTHING
    if not rest:
        return _ENDS
    shown = printable(rest if len(rest) <= _SHOWN else f"{rest[:_SHOWN]} …")
    return Text(
        f"Das ist kein JSON ab Zeichen {error.colno} der Zeile, wo „{shown}“ steht; stimmen Anführungszeichen, Kommas "
        'und Klammern? Richtig ist zum Beispiel {"name": "Fest", "tags": ["a", "b"]}.',
        f"This is no JSON from character {error.colno} of the line on, where “{shown}” stands; are quotation marks, "
        'commas and brackets right? Right is for example {"name": "Fest", "tags": ["a", "b"]}.',
    )


_NOTHING = Text(
    'Hier steht nichts; richtig ist zum Beispiel {"name": "Fest"}.',
    'There is nothing here; right is for example {"name": "Fest"}.',
)
_ENDS = Text(
    "Das JSON endet zu früh; fehlen Klammern am Ende oder der Rest der Datei? Richtig ist zum Beispiel "
    '{"name": "Fest"}.',
    "The JSON ends too early; are brackets missing at its end, or the rest of the file? Right is for example "
    '{"name": "Fest"}.',
)
_DEEP = Text(
    "Das JSON ist zu tief verschachtelt; bitte die Datensätze flacher liefern.",
    "The JSON is nested too deeply; please supply flatter records.",
)
