"""Dates and times of iCalendar as ISO 8601 writes them, with the offset of their time zone."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from sccon_lod.language import Text
from sccon_lod.readers.intake import printable

_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_DAY = timedelta(days=1)


class MomentProblem(ValueError):
    """A date or time that is none: the rule and the sentence."""

    def __init__(self, rule: str, text: Text) -> None:
        super().__init__(text.en)
        self.rule = rule
        self.text = text


class Zones:
    """The time zones of a calendar: those of the IANA database, those it declares itself, and names of Windows."""

    def __init__(self, declared: Iterable[str]) -> None:
        self._declared = tuple(declared)
        self._known: dict[str, tzinfo | None] = {}

    def zone(self, name: str) -> tzinfo:
        """Return the time zone with this TZID; raises MomentProblem."""
        if name not in self._known:
            self._known[name] = _iana(name) or self._own(name) or _iana(WINDOWS_TO_OLSON.get(name, ""))
        zone = self._known[name]
        if zone is None:
            raise MomentProblem("cell-timezone", _no_zone(printable(name)))
        return zone

    def _own(self, name: str) -> tzinfo | None:
        for text in self._declared:
            try:
                declared = Timezone.from_ical(text)
                if isinstance(declared, Timezone) and declared.tz_name == name:
                    own: tzinfo = declared.to_tz(lookup_tzid=False)
                    return own
            except (ValueError, KeyError, TypeError, AttributeError, IndexError):
                # A time zone that is not declared as it should be is one that is not known.
                continue
        return None


def _iana(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def read(value: str, zone: str, zones: Zones) -> date:
    """Return a date, or a date with a time (RFC 5545 sections 3.3.4 and 3.3.5); raises MomentProblem."""
    found = _MOMENT.fullmatch(value)
    if not found:
        raise MomentProblem("cell-date", _NO_DATE)
    numbers = [int(each) for each in found.groups()[:6] if each]
    try:
        if found[4] is None:
            return date(*numbers)
        moment = datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError as error:
        raise MomentProblem("cell-date", _NO_DATE) from error
    if found[7]:
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=zones.zone(zone)) if zone else moment


def written(moment: date) -> str:
    """Return a date or a time in ISO 8601, with the offset where there is a time zone.

    >>> written(datetime(2022, 10, 18, 10, tzinfo=ZoneInfo("Europe/Berlin")))
    '2022-10-18T10:00:00+02:00'
    """
    if isinstance(moment, datetime) and (moment.utcoffset() or timedelta()).seconds % 60:
        # Before time zones were agreed upon, offsets had seconds, which XSD does not know.
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def last(start: date, end: date) -> date:
    """Return the last day of an event of whole days, whose end is the day after; otherwise its end."""
    return end if isinstance(end, datetime) or isinstance(start, datetime) else max(start, end - _DAY)


def after(start: date, duration: str) -> date:
    """Return the end of what begins at `start` and takes so long (RFC 5545 section 3.3.6); raises MomentProblem."""
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()[1:]):
        raise MomentProblem("cell-date", _NO_DURATION)
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    try:
        end = start + sign * timedelta(days=days, weeks=weeks)
        exact = sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if not exact or not isinstance(end, datetime):
            return end
        # Days are those of the calendar, hours those of the clock: they differ where summer time begins.
        return end + exact if end.tzinfo is None else (end.astimezone(UTC) + exact).astimezone(end.tzinfo)
    except OverflowError as error:
        raise MomentProblem("cell-date", _NO_DURATION) from error


def _no_zone(name: str) -> Text:
    return Text(
        f"Die Zeitzone „{name}“ ist nicht bekannt; richtig ist zum Beispiel TZID=Europe/Berlin.",
        f"The time zone “{name}” is not known; right is for example TZID=Europe/Berlin.",
    )


_NO_DATE = Text(
    "Das ist kein Datum in iCalendar; richtig ist zum Beispiel 20221018, 20221018T100000 oder 20221018T080000Z.",
    "This is no date in iCalendar; right is for example 20221018, 20221018T100000 or 20221018T080000Z.",
)
_NO_DURATION = Text(
    "Das ist keine Dauer in iCalendar; richtig ist zum Beispiel PT1H30M oder P2D.",
    "This is no duration in iCalendar; right is for example PT1H30M or P2D.",
)
