"""The lists of pages: all names of a kind, in order or as a timeline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from sccon_lod.site import spoken
from sccon_lod.site.addresses import relative, suffixed
from sccon_lod.site.finding import fold
from sccon_lod.site.resource import Site
from sccon_lod.site.words import WORDS
from sccon_lod.values.value import DATE_TIME

_LENGTH = 1_000  # names on a page


class Entry(NamedTuple):
    """A name in a list: the language that it is in, where it leads, and when it is, as people and machines say it."""

    text: str
    language: str
    href: str
    when: str = ""
    moment: str = ""


class Group(NamedTuple):
    """Entries under a heading, which may be empty."""

    title: str
    entries: Sequence[Entry]


class Turn(NamedTuple):
    """A page of a list that has several."""

    text: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class List:
    """The page of a list: its path without language and suffix, and what stands on it."""

    stem: str
    groups: Sequence[Group]
    pages: Sequence[Turn]
    is_dated: bool


def of_kind(site: Site, documents: Sequence[str], folder: str, language: str) -> Iterator[List]:
    """Yield the pages of the list of some documents; those with a date stand in its order, before all others."""
    named = _named(site, documents, language)
    is_dated = any(each in site.contents.dates for each in documents)
    count = max(1, -(-len(named) // _LENGTH))
    stems = [f"{folder}/{'index' if number == 0 else f'~p{number + 1}'}" for number in range(count)]
    for number, stem in enumerate(stems):
        here = suffixed(stem, language, site.languages[0])
        turns = [
            Turn(str(place + 1), relative(suffixed(each, language, site.languages[0]), here), place == number)
            for place, each in enumerate(stems)
        ]
        some = named[number * _LENGTH : (number + 1) * _LENGTH]
        yield List(stem, _groups(site, some, here, language, is_dated), turns, is_dated)


def grouped(site: Site, documents: Sequence[str], stem: str, language: str) -> Sequence[Group]:
    """Return the entries of some documents on a page of their own."""
    return _groups(
        site, _named(site, documents, language), suffixed(stem, language, site.languages[0]), language, False
    )


def _named(site: Site, documents: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Return documents with their titles in the order of a list."""
    named = [(site.title(each, language), each) for each in documents]
    dates = site.contents.dates
    return sorted(named, key=lambda each: (each[1] not in dates, dates.get(each[1], ""), fold(each[0]), each[1]))


def _groups(site: Site, named: Sequence[tuple[str, str]], here: str, language: str, is_dated: bool) -> Sequence[Group]:
    dates = site.contents.dates

    def heading(each: tuple[str, str]) -> str:
        if not is_dated:
            return ""
        return dates[each[1]][:4] if each[1] in dates else WORDS["undated"].in_language(language)

    return [
        Group(title, [_entry(site, title_of, document, here, language) for title_of, document in some])
        for title, some in ((key, list(members)) for key, members in groupby(named, heading))
    ]


def _entry(site: Site, title: str, document: str, here: str, language: str) -> Entry:
    moment = site.contents.dates.get(document, "")
    href = relative(site.path(document, language), here)
    return Entry(
        title, site.contents.tongue(document, language), href, spoken.value(moment, DATE_TIME, language), moment
    )
