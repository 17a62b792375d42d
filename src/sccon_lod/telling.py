"""Statements that the program itself makes, in the words that a description needs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sccon_lod.errors import Origin
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.lexicon import Told
from sccon_lod.terms import LANG_STRING, TYPE
from sccon_lod.values.value import STRING


class Value(NamedTuple):
    """What is said: an IRI, whose datatype is empty, or a literal."""

    text: str
    datatype: str = ""
    language: str = ""


Said = tuple[str, Iterable[Value]]
"""A predicate with what it says of a subject."""

_ORIGIN = Origin("")


def say(subject: str, kind: str, *said: Said) -> Iterator[Told]:
    """Yield what is said of a subject, an instance of the class `kind`."""
    for predicate, values in ((TYPE, iris(kind)), *said):
        for value in values:
            yield Told(subject, predicate, value.text, value.datatype, value.language, _ORIGIN)


def iris(*found: str) -> list[Value]:
    """Return IRIs; an empty one says nothing."""
    return [Value(each) for each in found if each]


def texts(*found: str) -> list[Value]:
    """Return texts without a language; an empty one says nothing."""
    return [Value(each, STRING) for each in found if each]


def typed(text: object, datatype: str) -> list[Value]:
    """Return a literal of a datatype."""
    return [Value(str(text), datatype)]


def spoken(*found: Text) -> list[Value]:
    """Return texts in each of their languages; an empty one says nothing."""
    return [
        Value(each.in_language(language), LANG_STRING, language)
        for each in found
        for language in LANGUAGES
        if each.in_language(language)
    ]
