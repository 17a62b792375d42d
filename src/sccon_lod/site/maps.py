"""The map: what has coordinates, between meridians and parallels."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sccon_lod.site.addresses import relative, suffixed
from sccon_lod.site.finding import fold
from sccon_lod.site.lists import Group, grouped
from sccon_lod.site.resource import Site
from sccon_lod.site.words import WORDS

STEM = "map"
_MOST = 2_000  # dots
_WIDTH, _TALLEST, _LOWEST = 1_000.0, 1_300.0, 500.0
_MARGIN = 40.0
_LETTER, _LINE = 11.0, 22.0  # the room of a letter and of a line of text
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
_LINES = 6  # of each kind at most
_SMALLEST = 0.02  # degrees that a map shows at least
_STEEPEST = 85.0  # degrees of latitude beyond which a plane map shows nothing


class Dot(NamedTuple):
    """Something on the map: what it is called, where it leads, where it stands; `label` is empty for want of room."""

    text: str
    language: str
    href: str
    x: float
    y: float
    label: str
    anchor: str


class Line(NamedTuple):
    """A meridian or a parallel, and the degrees it stands for."""

    x1: float
    y1: float
    x2: float
    y2: float
    text: str


@dataclass(frozen=True)
class Map:
    """What the page of the map shows; `left` is how many are not drawn, `groups` are those that are, as a list."""

    title: str
    note: str
    width: float
    height: float
    lines: Sequence[Line]
    dots: Sequence[Dot]
    left: int
    groups: Sequence[Group]


@dataclass(frozen=True)
class _Frame:
    """A part of the world in the equirectangular projection, true to scale in its middle."""

    south: float
    west: float
    scale: float
    narrowed: float
    height: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "_Frame":
        latitudes, longitudes = [each[0] for each in points], [each[1] for each in points]
        middle = (min(latitudes) + max(latitudes)) / 2
        narrowed = math.cos(math.radians(min(abs(middle), _STEEPEST)))
        wide = max((max(longitudes) - min(longitudes)) * narrowed, _SMALLEST)
        tall = max(max(latitudes) - min(latitudes), _SMALLEST)
        scale = min((_WIDTH - 2 * _MARGIN) / wide, (_TALLEST - 2 * _MARGIN) / tall)
        height = max(tall * scale + 2 * _MARGIN, _LOWEST)
        west = (min(longitudes) + max(longitudes)) / 2 - _WIDTH / 2 / scale / narrowed
        return cls(middle - height / 2 / scale, west, scale, narrowed, height)

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.narrowed * self.scale
        return round(x, 1), round(self.height - (latitude - self.south) * self.scale, 1)

    def lines(self) -> Iterator[Line]:
        east = self.west + _WIDTH / self.scale / self.narrowed
        for degree in _round_degrees(self.west, east):
            x = self.place(0, degree)[0]
            yield Line(x, 0, x, round(self.height, 1), f"{_number(degree)}°")
        for degree in _round_degrees(self.south, self.south + self.height / self.scale):
            y = self.place(degree, 0)[1]
            yield Line(0, y, _WIDTH, y, f"{_number(degree)}°")


def _round_degrees(start: float, end: float) -> list[float]:
    step = next((each for each in _STEPS if (end - start) / each <= _LINES), _STEPS[-1])
    return [round(number * step, 2) for number in range(math.ceil(start / step), math.floor(end / step) + 1)]


def _number(degree: float) -> str:
    return f"{degree:.2f}".rstrip("0").rstrip(".")


def placed(site: Site) -> dict[str, tuple[float, float]]:
    """Return the latitude and the longitude of each document that has a page and both of them, in degrees."""
    return {
        document: (latitude, longitude)
        for document, (latitude, longitude) in site.contents.places.items()
        if latitude is not None
        and longitude is not None
        and abs(latitude) <= 90
        and abs(longitude) <= 180
        and site.has_page(document)
    }


def shown(site: Site, language: str) -> Map:
    """Return what the page of the map shows, where something has a place."""
    points = placed(site)
    drawn = sorted(points, key=lambda each: (fold(site.title(each, language)), each))[:_MOST]
    frame = _Frame.around([points[each] for each in drawn])
    return Map(
        WORDS["map"].in_language(language),
        WORDS["map-note"].in_language(language),
        _WIDTH,
        round(frame.height, 1),
        list(frame.lines()),
        list(_dots(site, frame, drawn, points, language)),
        len(points) - len(drawn),
        grouped(site, drawn, STEM, language),
    )


def _dots(
    site: Site, frame: _Frame, drawn: Sequence[str], points: dict[str, tuple[float, float]], language: str
) -> Iterator[Dot]:
    here = suffixed(STEM, language, site.languages[0])
    taken: list[tuple[float, float, float]] = []
    for document in drawn:
        text = site.title(document, language)
        x, y = frame.place(*points[document])
        width = len(text) * _LETTER + 2 * _LETTER
        left = x if x + width < _WIDTH else x - width
        is_free = all(abs(y - other) >= _LINE or left > end or left + width < start for start, end, other in taken)
        if is_free:
            taken.append((left, left + width, y))
        href = relative(site.path(document, language), here)
        tongue = site.contents.tongue(document, language)
        yield Dot(text, tongue, href, x, y, text if is_free else "", "start" if left == x else "end")
