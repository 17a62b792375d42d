"""Which literals are well-formed, and how those of one kind are ordered."""

import math
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from sccon_lod.lexical import FORMS, NUMBERS
from sccon_lod.values.value import BOOLEAN, DATE, DATE_TIME, DECIMAL, STRING, XSD

_REAL = (XSD + "double", XSD + "float")
_MOMENT = re.compile(
    r"(?P<year>-?[0-9]{4,})(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9.]+))?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DATED = (DATE, DATE_TIME, XSD + "gYear", XSD + "gYearMonth")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = 86_400  # seconds


class Order(NamedTuple):
    """A literal with its place among all that it can be compared with, those of the same `family`."""

    object: str
    datatype: str
    family: str
    rank: int


def is_well_formed(lexical: str, datatype: str) -> bool:
    """Whether a literal is one of its datatype (XSD 1.1 part 2); of datatypes that are not known, every one is.

    >>> is_well_formed("2023-02-29", DATE), is_well_formed("300", XSD + "byte")
    (False, False)
    """
    form = FORMS.get(datatype)
    if form is None:
        return True
    if not re.fullmatch(form.pattern, lexical):
        return False
    return not form.bounds or form.bounds[0] <= int(lexical) <= form.bounds[1]


def in_order(literals: Iterable[tuple[str, str]]) -> Iterator[Order]:
    """Yield the literals, lexical form and datatype, that can be compared by SPARQL's operators (SPARQL 1.1, 17.3).

    Numbers are compared with numbers; days, and moments, with such as have a time zone, too, or as have none, too.
    """
    placed = sorted(
        (*value, lexical, datatype) for lexical, datatype in set(literals) if (value := _value(lexical, datatype))
    )
    for family, members in groupby(placed, key=lambda each: each[0]):
        for rank, (_, same) in enumerate(groupby(members, key=lambda each: each[1])):
            for _, _, lexical, datatype in same:
                yield Order(lexical, datatype, family, rank)


def _value(lexical: str, datatype: str) -> tuple[str, str | Decimal] | None:
    """Return the family of a literal and its value there; None where it has none."""
    if datatype == STRING:
        return STRING, lexical
    if not is_well_formed(lexical, datatype):
        return None
    if datatype == BOOLEAN:
        return BOOLEAN, Decimal(lexical in ("true", "1"))
    if datatype in _REAL:
        number = float(lexical)
        return None if math.isnan(number) else (DECIMAL, Decimal(number))
    if datatype in NUMBERS:
        return DECIMAL, Decimal(lexical)
    if datatype in _DATED:
        return _moment(lexical, datatype)
    if datatype == XSD + "time":
        return _moment(f"1970-01-01T{lexical}", datatype)
    return None


def _moment(lexical: str, datatype: str) -> tuple[str, Decimal]:
    found = _MOMENT.fullmatch(lexical)
    assert found, "it is well-formed"
    day = _days(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
    clock = int(found["hour"] or 0) * 3600 + int(found["minute"] or 0) * 60 + Decimal(found["second"] or 0)
    zone = found["zone"]
    return datatype + (" with time zone" if zone else ""), day * _DAY + clock - _offset(zone or "Z")


def _offset(zone: str) -> int:
    """Return the seconds that a time zone is ahead of UTC."""
    if zone == "Z":
        return 0
    hours, minutes = zone[1:].split(":")
    return int(f"{zone[0]}1") * (int(hours) * 3600 + int(minutes) * 60)


def _days(year: int, month: int, day: int) -> int:
    """Return the number of a day in the Gregorian calendar, which goes back before its time (XSD 1.1, E.3)."""
    before = year - 1
    leap = month > 2 and _is_leap(year)
    return 365 * before + before // 4 - before // 100 + before // 400 + sum(_DAYS[: month - 1]) + leap + day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
