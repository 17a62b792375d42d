"""The text of a cell: tidied, turned into a slug, or refused with a sentence."""

import re
import unicodedata

from sccon_lod.language import Text
from sccon_lod.values.value import ValueProblem

LONGEST_CELL = 200
LONGEST_NAME = 1000
LONGEST_SLUG = 80

_LONGEST_QUOTE = 60
_SLUG = "frankfurt-oder"
_GERMAN = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "ae",
        "Ö": "oe",
        "Ü": "ue",
        "ß": "ss",
        "\N{LATIN CAPITAL LETTER SHARP S}": "ss",
    }
)


def trimmed(text: str) -> str:
    """Return `text` without outer white space, each inner run of white space as one blank.

    >>> trimmed(" Smart  Country ")
    'Smart Country'
    """
    return " ".join(text.split())


def slug(text: str) -> str:
    """Propose the last segment of an IRI for `text`, in the unreserved characters of RFC 3986, section 2.3.

    >>> slug("Räuchle, Frankfurt (Oder)")
    'raeuchle-frankfurt-oder'
    """
    _admit(text, LONGEST_NAME, _SLUG)
    # The umlauts are composed first (Unicode Standard Annex 15): "a" and U+0308 must give "ae" as "ä" does.
    german = unicodedata.normalize("NFC", text).translate(_GERMAN)
    letters = [sign for sign in unicodedata.normalize("NFKD", german) if not unicodedata.combining(sign)]
    whole = re.sub("[^a-z0-9]+", "-", "".join(letters).lower()).strip("-")
    if not whole:
        raise problem(
            text,
            "In {} ist kein lateinischer Buchstabe und keine Ziffer",
            "There is no Latin letter and no digit in {}",
            _SLUG,
        )
    if len(whole) <= LONGEST_SLUG:
        return whole
    return whole[: LONGEST_SLUG + 1].rpartition("-")[0] or whole[:LONGEST_SLUG]


def cell(text: str, example: str) -> str:
    """Return `text` trimmed and composed (NFC); refuse it, with `example`, where it is empty or very long.

    >>> cell(" 215 ", "12.000")
    '215'
    """
    _admit(text, LONGEST_CELL, example)
    tidy = unicodedata.normalize("NFC", trimmed(text))
    if not tidy:
        raise problem(text, "Die Angabe fehlt", "The value is missing", example)
    return tidy


def problem(words: str, de: str, en: str, example: str) -> ValueProblem:
    """Say in both languages what is wrong with `words`, quoted in the place of {}, and show a right value.

    >>> problem("Elf", "{} ist keine Zahl", "{} is not a number", "11").text.de
    '„Elf“ ist keine Zahl; richtig ist zum Beispiel 11.'
    """
    quote = _shown(words)
    return ValueProblem(
        Text(
            f"{de.format(f'„{quote}“')}; richtig ist zum Beispiel {example}.",
            f"{en.format(f'“{quote}”')}; a right value is, for example, {example}.",
        )
    )


def _admit(text: str, longest: int, example: str) -> None:
    """Refuse a text whose length could make patterns or normalisation slow."""
    if len(text) > longest:
        de, en = f"mehr als {longest} Zeichen", f"more than {longest} characters"
        raise problem(text, f"{{}} ist zu lang ({de})", f"{{}} is too long ({en})", example)


def _shown(words: str) -> str:
    """Return `words` short and printable, so that no cell can break a line of a report."""
    tidy = trimmed(words[: LONGEST_CELL + 1])
    short = tidy if len(tidy) <= _LONGEST_QUOTE else tidy[: _LONGEST_QUOTE - 1] + "…"
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in short)
