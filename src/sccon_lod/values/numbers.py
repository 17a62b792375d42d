"""Numbers and amounts of money in German spelling, read as exact decimals."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from sccon_lod.values.texts import cell, problem
from sccon_lod.values.value import DECIMAL, INTEGER, Value, ValueProblem

_EXAMPLE, _MONEY = "1.234,5", "1.234,56 EUR"
_QUALIFIERS = {
    "about": "rund, ca., ca, circa, etwa, ungefähr, about, around, approximately, approx., approx, ~, ≈",
    "more-than": "mehr als, über, more than, over, >",
    "at-least": "mindestens, mind., mind, wenigstens, at least, >=, ≥",
    "at-most": "bis zu, höchstens, maximal, max., max, at most, up to, <=, ≤",
    "fewer-than": "weniger als, unter, fewer than, less than, under, <",
}
_CODES = {"": "stated"} | {word: code for code, words in _QUALIFIERS.items() for word in words.split(", ")}
# "Billion" is missing on purpose: it is a million millions in German and a thousand millions in English.
_ZEROS = {"": 0, "tsd": 3, "tausend": 3, "thousand": 3, "mio": 6, "million": 6, "millionen": 6, "millions": 6}
_ZEROS |= {"mrd": 9, "milliarde": 9, "milliarden": 9}
# ISO 4217, with the signs and names in use here.
_ISO_CODES = ("CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HUF", "JPY", "NOK", "PLN", "RON", "SEK", "USD")
_CURRENCIES = {"€": "EUR", "euro": "EUR", "$": "USD", "us$": "USD", "us-dollar": "USD", "£": "GBP"}
_CURRENCIES |= {code: code for code in _ISO_CODES}


def _any_of(table: Mapping[str, object]) -> str:
    """Return a pattern for the words of a table, the longest first."""
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True) if word)


_CURRENCY = r"[^\W\d_]*[$€£]|[^\W\d_]+(?:-[^\W\d_]+)?"
_NUMBER = re.compile(
    rf"""
    (?: (?P<qualifier>{_any_of(_CODES)}) (?:(?<=\w)[ ]|(?<!\w)[ ]?) )?
    (?: (?P<before>{_CURRENCY})[ ]? )??
    (?P<digits>[-\u2212]?[0-9][0-9., '\u2019]*(?<=[0-9]))
    (?: [ ]?(?P<scale>{_any_of(_ZEROS)})\b\.? )?
    (?: [ ]?(?P<plus>\+) )?
    (?: [ ]?(?P<after>{_CURRENCY}) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(
    r"""(?P<sign>[-\u2212])?
    (?P<whole>[0-9]+|[1-9][0-9]{0,2}(?P<mark>[. '\u2019])[0-9]{3}(?:(?P=mark)[0-9]{3})*)
    (?:,(?P<fraction>[0-9]+))?""",
    re.VERBOSE,
)


class _Quantity(NamedTuple):
    """A number as digits, with the code of its qualifier and the words for its currency."""

    whole: str
    fraction: str
    qualifier: str
    currency: str


def number(text: str) -> Value:
    """Return the number in `text` as xsd:integer, or as xsd:decimal where digits after the comma remain.

    >>> number("mehr als 12.000").lexical
    '12000'
    >>> number("15,75").lexical
    '15.75'
    """
    quantity = _pure(text)
    if quantity.fraction:
        return Value(f"{quantity.whole}.{quantity.fraction}", DECIMAL)
    return Value(quantity.whole, INTEGER)


def qualifier(text: str) -> str:
    """Return how the number in `text` is meant: stated, about, more-than, at-least, at-most or fewer-than.

    >>> qualifier("rund 400"), qualifier("400+"), qualifier("400")
    ('about', 'at-least', 'stated')
    """
    return _pure(text).qualifier


def amount(text: str) -> Value:
    """Return the money in `text` as xsd:decimal with two or more digits after the point.

    >>> amount("15,75 Mio. EUR").lexical
    '15750000.00'
    """
    money = _money(text)
    return Value(f"{money.whole}.{money.fraction.ljust(2, '0')}", DECIMAL)


def currency(text: str) -> str:
    """Return the ISO 4217 code of the currency that `text` is, or that the amount in it has.

    >>> currency("1.234,56 €"), currency("US-Dollar")
    ('EUR', 'USD')
    """
    words = cell(text, "EUR")
    return _code(words) or _known(_money(words).currency)


def _pure(text: str) -> _Quantity:
    """Return the number of a text that names no currency."""
    quantity = _quantity(text, _EXAMPLE)
    if quantity.currency:
        raise _no_number(text, _EXAMPLE)
    return quantity


def _money(text: str) -> _Quantity:
    """Return the number of a text that names one known currency."""
    quantity = _quantity(text, _MONEY)
    if not quantity.currency:
        raise problem(text, "In {} fehlt die Währung", "There is no currency in {}", _MONEY)
    _known(quantity.currency)
    return quantity


def _quantity(text: str, example: str) -> _Quantity:
    words = cell(text, example)
    match = _NUMBER.fullmatch(words)
    if not match or (match["before"] and match["after"]) or (match["qualifier"] and match["plus"]):
        raise _no_number(words, example)
    # A pattern that ignores case lets strangers through, as the Turkish dotless i.
    code, zeros = _CODES.get(_folded(match["qualifier"])), _ZEROS.get(_folded(match["scale"]))
    if code is None or zeros is None:
        raise _no_number(words, example)
    whole, fraction = _shifted(_digits(match["digits"], zeros), zeros)
    return _Quantity(whole, fraction, "at-least" if match["plus"] else code, match["before"] or match["after"] or "")


def _folded(word: str | None) -> str:
    return (word or "").casefold()


def _digits(words: str, zeros: int) -> re.Match[str]:
    """Return the parts of digits that mean one number; before a scale word a comma cannot be misread."""
    digits = _DIGITS.fullmatch(words)
    if not digits:
        raise problem(
            words,
            "{} ist falsch gegliedert (Punkt vor je drei Ziffern, Komma vor den Nachkommastellen)",
            "{} is not well grouped (point before each three digits, comma before the decimals)",
            _EXAMPLE,
        )
    if not zeros and re.fullmatch("[1-9][0-9]{0,2},[0-9]{3}", digits[0]):
        raise problem(
            words,
            "{} ist nicht eindeutig (das Komma könnte Tausender trennen)",
            "{} is not clear (the comma could separate thousands)",
            _EXAMPLE,
        )
    return digits


def _shifted(digits: re.Match[str], zeros: int) -> tuple[str, str]:
    """Return the digits before and after the point, moved by `zeros`; text stays exact at any length."""
    fraction = (digits["fraction"] or "").ljust(zeros, "0")
    whole = re.sub("[^0-9]", "", digits["whole"]) + fraction[:zeros]
    rest = fraction[zeros:]
    # A fraction of zeros is said to be exact ("12,0"), but not where only the scale word asked for a comma.
    if zeros and not rest.strip("0"):
        rest = ""
    is_negative = digits["sign"] and (whole + rest).strip("0")
    return ("-" if is_negative else "") + (whole.lstrip("0") or "0"), rest


def _code(words: str) -> str:
    return _CURRENCIES.get(words) or _CURRENCIES.get(words.casefold(), "")


def _known(words: str) -> str:
    code = _code(words)
    if not code:
        raise problem(words, "{} ist keine bekannte Währung", "{} is not a known currency", _MONEY)
    return code


def _no_number(words: str, example: str) -> ValueProblem:
    return problem(words, "{} ist keine Zahl", "{} is not a number", example)
