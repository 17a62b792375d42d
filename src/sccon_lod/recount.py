"""The numbers of a publication where little has changed: those of the last release, less and more what has."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from sccon_lod import assembly, census
from sccon_lod.census import Census, Count
from sccon_lod.engine import Engine
from sccon_lod.kinds import Kind
from sccon_lod.lexicon import Told
from sccon_lod.names import Names
from sccon_lod.plan import Plan
from sccon_lod.sql.census import MOST

_PLAN = Plan((), (), (), (), (), (), ())
_Key = TypeVar("_Key")


def take(told: Sequence[Told], kinds: Sequence[Kind], base: str, temporal: Sequence[str]) -> Census:
    """Count some statements as those of a publication are counted."""
    with Engine() as engine:
        engine.tell(told)
        assembled = assembly.settle(engine, _PLAN, Names({}, ()), frozenset())
        return census.take(engine, assembled, kinds, base, temporal)


def moved(known: Census, less: Census, more: Census) -> Census | None:
    """Return what there is now, where there was what is `known`; None where it has to be counted anew.

    Of the least, and of the largest, it is not known what comes after them. All name the same times.
    """
    whole = _moved(known.whole, less.whole, more.whole)
    kinds: dict[Kind, Count] = {}
    for kind, count in known.kinds.items():
        found = _moved(count, less.kinds.get(kind, Count()), more.kinds.get(kind, Count()))
        if found is None:
            return None
        kinds[kind] = found
    links = _sum(known.links, less.links, more.links)
    if whole is None or links is None or {*less.kinds, *more.kinds} - kinds.keys():
        return None
    numbers = Counter(predicate for predicate, _ in known.links)
    if any(
        numbers[predicate] >= MOST
        for predicate, space in {*less.links, *more.links}
        if less.links.get((predicate, space)) != more.links.get((predicate, space))
    ):
        return None
    return Census(whole, kinds, dict(sorted(links.items())))


def _moved(known: Count, less: Count, more: Count) -> Count | None:
    classes = _sum(known.classes, less.classes, more.classes)
    properties = _sum(known.properties, less.properties, more.properties)
    subjects = known.subjects - less.subjects + more.subjects
    if classes is None or properties is None or subjects <= 0:
        return None
    if not _is_least(known.example, less.example, more.example):
        return None
    own = known.own - less.own + more.own
    return Count(subjects, own, known.example, Counter(classes), Counter(properties), known.days)


def _is_least(known: str, less: str, more: str) -> bool:
    """Whether the least of some texts is that still, where others go and come; an empty text is none."""
    return less == more or (known not in ("", less) and (not more or known < more))


def _sum(known: Mapping[_Key, int], less: Mapping[_Key, int], more: Mapping[_Key, int]) -> dict[_Key, int] | None:
    """Return the sum of what there is; None where something is new, or nothing is left of it."""
    found = dict(known)
    for each in {*less, *more}:
        moved = more.get(each, 0) - less.get(each, 0)
        if moved and found.get(each, 0) * (found.get(each, 0) + moved) <= 0:
            return None
        if moved:
            found[each] += moved
    return found
