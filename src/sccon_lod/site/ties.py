"""Who with whom: what appears together in a thing that has no name of its own, such as a membership."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from sccon_lod.site.addresses import relative, suffixed
from sccon_lod.site.finding import fold
from sccon_lod.site.frame import Link
from sccon_lod.site.resource import Site
from sccon_lod.site.words import WORDS

STEM = "ties"
_MOST = 150  # of those with the most ties
_ROW, _WIDTH = 32, 160  # pixels, as in the style sheet
_FLATTEST = 24.0


class Member(NamedTuple):
    """Somebody or something that has ties, on a row of its own; `kind` is said where it begins."""

    text: str
    language: str
    href: str
    kind: str
    name: str
    ties: Sequence[Link]


class Arc(NamedTuple):
    """The curve that connects two rows, and what it says."""

    path: str
    text: str


@dataclass(frozen=True)
class Ties:
    """What the page shows, sizes in pixels; `left` how many are not shown."""

    title: str
    note: str
    width: int
    height: int
    members: Sequence[Member]
    arcs: Sequence[Arc]
    left: int


def found(site: Site) -> Mapping[str, frozenset[str]]:
    """Return what each document appears together with."""
    ties: dict[str, set[str]] = defaultdict(set)
    for leading in site.contents.leading.values():
        ends = [each for each in dict.fromkeys(leading) if site.kind(each) and each in site.contents.names]
        for one, other in combinations(ends, 2):
            ties[one].add(other)
            ties[other].add(one)
    return {each: frozenset(others) for each, others in ties.items() if site.has_page(each)}


def shown(site: Site, language: str) -> Ties:
    """Return what the page shows, where there are ties."""
    ties = found(site)
    chosen = sorted(ties, key=lambda each: (-len(ties[each]), each))[:_MOST]
    members = sorted(chosen, key=lambda each: (site.kind(each), fold(site.title(each, language)), each))
    rows = {each: number for number, each in enumerate(members)}
    return Ties(
        WORDS["ties"].in_language(language),
        WORDS["ties-note"].in_language(language),
        _WIDTH,
        _ROW * len(members),
        list(_members(site, members, ties, language)),
        list(_arcs(site, rows, ties, language)),
        len(ties) - len(members),
    )


def _members(site: Site, members: Sequence[str], ties: Mapping[str, frozenset[str]], language: str) -> Iterator[Member]:
    here = suffixed(STEM, language, site.languages[0])
    former = ""
    for number, each in enumerate(members):
        kind = site.kind(each)
        others = [Link(site.title(other, language), relative(site.path(other, language), here)) for other in ties[each]]
        yield Member(
            site.title(each, language),
            site.contents.tongue(each, language),
            relative(site.path(each, language), here),
            site.kinds[kind].in_language(language) if kind != former else "",
            f"m{number}",
            sorted(others, key=lambda link: (fold(link.text), link.href)),
        )
        former = kind


def _arcs(site: Site, rows: Mapping[str, int], ties: Mapping[str, frozenset[str]], language: str) -> Iterator[Arc]:
    for one, row in rows.items():
        for other in sorted(ties[one], key=lambda each: rows.get(each, -1)):
            if rows.get(other, -1) > row:
                start, end = (_ROW * each + _ROW // 2 for each in (row, rows[other]))
                bend = min(_WIDTH * 1.3, _FLATTEST + (end - start) / 4)
                x = f"{_WIDTH - bend:.0f}"
                path = f"M{_WIDTH} {start}C{x} {start} {x} {end} {_WIDTH} {end}"
                yield Arc(path, f"{site.title(one, language)} – {site.title(other, language)}")
