"""What a client would rather have (RFC 9110, section 12.5)."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")
_LONGEST = 4_000  # characters of a header that are looked at


class Wish(NamedTuple):
    """What a client names, in lower case, and how much it wants it, from 0 to 1."""

    name: str
    weight: float


def wishes(header: str) -> list[Wish]:
    """Return what a header names; what cannot be understood is left out.

    >>> wishes("text/turtle;q=0.5, */*;q=0.1, text/html")
    [Wish(name='text/turtle', weight=0.5), Wish(name='*/*', weight=0.1), Wish(name='text/html', weight=1.0)]
    """
    found = []
    for part in header[:_LONGEST].split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        weights = [each[2:].strip() for each in parameters if each.startswith("q=")]
        if name and all(map(_WEIGHT.fullmatch, weights)):
            found.append(Wish(name, float(weights[0]) if weights else 1.0))
    return found


def weight(header: str, media_type: str) -> float:
    """Return how much a client wants a media type: as the most specific part of `Accept` that names it says.

    >>> weight("text/*;q=0.3, text/html;q=0", "text/html"), weight("", "text/html")
    (0.0, 1.0)
    """
    if not header.strip():
        return 1.0
    name = media_type.partition(";")[0].strip()
    said = {each.name: each.weight for each in reversed(wishes(header))}
    ranges = (name, f"{name.partition('/')[0]}/*", "*/*")
    return next((said[each] for each in ranges if each in said), 0.0)


def choose(header: str, offers: Mapping[T, Sequence[str]]) -> T | None:
    """Return what a client wants most of what is offered with its media types; None where it wants none of it.

    Of several that it wants alike it is the first.
    """
    found = {each: max(weight(header, media_type) for media_type in types) for each, types in offers.items()}
    best = max(found, key=lambda each: found[each], default=None)
    return best if best is not None and found[best] > 0 else None


def takes_gzip(header: str) -> bool:
    """Whether a client says in `Accept-Encoding` that it understands gzip.

    >>> takes_gzip("br, gzip"), takes_gzip("gzip;q=0"), takes_gzip("*"), takes_gzip("")
    (True, False, True, False)
    """
    said = {each.name: each.weight for each in wishes(header)}
    return said.get("gzip", said.get("x-gzip", said.get("*", 0.0))) > 0


def language(header: str, known: Sequence[str]) -> str:
    """Return the language of these that a client wants most; the first where it says nothing about them.

    >>> language("fr, en-GB;q=0.8, de;q=0.5", ["de", "en"])
    'en'
    """
    said: dict[str, float] = {}
    for each in wishes(header):
        name = each.name.partition("-")[0]
        said[name] = max(each.weight, said.get(name, 0.0))
    best = max(known, key=lambda each: said.get(each, 0.0))
    return best if said.get(best, 0.0) > 0 else known[0]
