"""Dates and periods as people write them in Germany, read as xsd:date or xsd:dateTime."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sccon_lod.values.texts import cell, problem, trimmed
from sccon_lod.values.value import DATE, DATE_TIME, Value, ValueProblem

_BERLIN = ZoneInfo("Europe/Berlin")
_DAY, _MOMENT = "2022-10-18", "2022-10-18T10:00:00+02:00"
_DAYS, _NIGHT = "18.10.2022 - 20.10.2022", "18.10.2022, 22:00 - 19.10.2022, 02:00"
_MONTH_NAMES = (
    ("januar", "jan", "jänner", "jän"),
    ("februar", "feb"),
    ("märz", "maerz", "mär", "mrz"),
    ("april", "apr"),
    ("mai",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov"),
    ("dezember", "dez"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}

# In the patterns @ stands for the number of the date or clock, % for the date that allows an offset.
_A_DATE = r"""
    (?:(?:am|vom|von)\ )?
    (?:(?:mo(?:ntag)?|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|fr(?:eitag)?
       |sa(?:mstag)?|so(?:nntag|nnabend)?)\.?,?\ )?(?:den\ )?
    (?P<date@>
        (?P<iso@>[0-9]{4}-[0-9]{2}-[0-9]{2})
      | (?P<day@>[0-9]{1,2})
        (?: (?:\.\ ?|\ )
            (?P<month@>(?:(?<=\.)|(?<=\.\ ))[0-9]{1,2}|(?!bis\b|uhr\b)[a-zä]+)
            (?P<year@>(?:\.\ ?|(?<=[a-zä])\ )[0-9]{4}|\.[0-9]{2}|(?<=[a-zä])\.?\ [0-9]{2}(?!.*uhr$))?
        )?\.?
    )"""
_JOIN = r"(?:(?<=-[0-9]{2})T|,\ ?|\ )(?:(?:um|von)\ )?"
# An hour without minutes, or with a dot, is a time only before the word "Uhr".
_A_CLOCK = r"""
    (?P<clock@>(?=[0-9]{1,2}:|.*uhr$)
        (?P<hour@>[0-9]{1,2})
        (?:[:.](?P<minute@>[0-9]{2})(?::(?P<second@>[0-9]{2})(?:[.,](?P<fraction@>[0-9]+))?)?)?
        (?P<zone@>(?(iso%)\ ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)|(?!)))?
    )(?:\ ?uhr)?"""
_TO = r"(?P<to>\ ?(?:[-\u2010-\u2015\u2212]|bis(?:\ zum)?)\ ?|(?(iso1)/|(?!)))"


def _numbered(pattern: str, number: str, dated: str) -> str:
    return pattern.replace("@", number).replace("%", dated)


_PERIOD = re.compile(
    _numbered(f"{_A_DATE}(?:{_JOIN}{_A_CLOCK})?", "1", "1")
    + f"(?:{_TO}(?:"
    + _numbered(f"{_A_DATE}(?:{_JOIN}{_A_CLOCK})?", "2", "2")
    + "|"
    + _numbered(_A_CLOCK, "3", "1")
    + "))?",
    re.VERBOSE | re.IGNORECASE,
)


class _Date(NamedTuple):
    """A date as written; what is not written is the empty text."""

    words: str
    year: str
    month: str
    day: str


class _Clock(NamedTuple):
    """A time of day; `words` is the date and time as written, the fraction and the zone may be empty."""

    words: str
    hour: int
    minute: int
    second: int
    fraction: str
    zone: str


class _Bound(NamedTuple):
    """The start or the end of a period, and its place on the time line."""

    order: tuple[datetime, str]
    value: Value


def start(text: str, year: str = "") -> Value:
    """Return the first moment of a date or period; `year` is read as if a text without one ended with it.

    >>> start("18. bis 20. Oktober 2022").lexical
    '2022-10-18'
    >>> start("18.10., 10:00 - 12:00", "2022").lexical
    '2022-10-18T10:00:00+02:00'
    """
    return _period(text, year)[0]


def end(text: str, year: str = "") -> Value:
    """Return the last moment of a date or period, a day being inclusive; `year` as for `start`.

    >>> end("18. bis 20. Oktober 2022").lexical
    '2022-10-20'
    >>> end("2022-10-18T10:00Z/2022-10-18T12:00Z").lexical
    '2022-10-18T12:00:00Z'
    """
    return _period(text, year)[1]


def first_day(text: str, year: str = "") -> str:
    """Return the calendar day of the start, in the start's own zone.

    >>> first_day("Fr., 29.04.2022, 16:00 - 18:00")
    '2022-04-29'
    """
    return start(text, year).lexical[:10]


def last_day(text: str, year: str = "") -> str:
    """Return the calendar day of the end, in the end's own zone.

    >>> last_day("28.12 - 03.01.23")
    '2023-01-03'
    """
    return end(text, year).lexical[:10]


def _period(text: str, year: str) -> tuple[Value, Value]:
    """Return start and end, which share their datatype."""
    words = cell(text, _DAY)
    match = _PERIOD.fullmatch(words)
    if not match:
        raise problem(words, "{} ist kein Datum und kein Zeitraum", "{} is neither a date nor a period", _DAY)
    first, last = _date(match, "1"), _date(match, "2" if match["date2"] else "1")
    opening = _clock(match, "1")
    closing = (_clock(match, "2") or _clock(match, "3")) if match["to"] else opening
    days = _days(first, last, year)
    if match["to"] and _midnights(opening, closing):
        opening = closing = None
    begins, ends = (_bound(day, clock) for day, clock in zip(days, _alike(words, opening, closing), strict=True))
    if ends.order < begins.order:
        raise problem(words, "{} endet vor dem Beginn", "{} ends before it starts", _NIGHT if opening else _DAYS)
    return begins.value, ends.value


def _date(match: re.Match[str], number: str) -> _Date:
    words = match["date" + number]
    if match["iso" + number]:
        return _Date(words, *words.split("-"))
    year, month, day = (match[name + number] or "" for name in ("year", "month", "day"))
    return _Date(words, year.strip(". "), month, day)


def _clock(match: re.Match[str], number: str) -> _Clock | None:
    """Return the clock of this number, None where none is written."""
    written = match["clock" + number]
    if not written:
        return None
    begin, finish = match.span("clock" + number)
    hour, minute, second = (int(match[name + number] or "0") for name in ("hour", "minute", "second"))
    fraction = match["fraction" + number] or ""
    is_end_of_day = hour == 24 and not minute and not second and not fraction.strip("0")
    if minute > 59 or second > 59 or (hour > 23 and not is_end_of_day):
        raise problem(written, "{} ist keine Uhrzeit", "{} is not a time of day", "10:00")
    zone = match["zone" + number] or ""
    is_strict = match.string[begin - 1] in "Tt/" or match["second" + number]
    if "-" in zone and (zone.startswith(" ") or not is_strict):
        raise problem(written, "{} kann Zeitraum oder Zeitzone sein", "{} may be a period or an offset", _MOMENT)
    words = written if number == "3" else match.string[match.start("date" + number) : finish]
    return _Clock(words, hour, minute, second, fraction, zone.strip().upper())


def _days(first: _Date, last: _Date, year: str) -> tuple[date, date]:
    """Return both days; the start takes what it does not say from the end, the end only its year."""
    last_month = _month(last.month, last.words)
    first_month = _month(first.month or last.month, first.words)
    last_year = _year(last.year or first.year or _given(year, last.words))
    first_year = _year(first.year) if first.year else last_year - (first_month > last_month)
    return _day(first, first_year, first_month), _day(last, last_year, last_month)


def _given(year: str, words: str) -> str:
    """Return the year that the record gives in the place of one in the text."""
    tidy = trimmed(year)
    if not tidy:
        raise problem(words, "In {} fehlt das Jahr", "There is no year in {}", _DAY)
    if not re.fullmatch("[0-9]{4}", tidy):
        raise problem(year, "{} ist kein Jahr", "{} is not a year", "2022")
    return tidy


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number <= 69 else 1900)


def _month(word: str, words: str) -> int:
    if not word:
        raise problem(words, "In {} fehlt der Monat", "There is no month in {}", _DAY)
    number = int(word) if word.isdecimal() else _MONTHS.get(word.casefold())
    if number is None:
        raise problem(word, "{} ist kein Monat", "{} is not a month", "18. Oktober 2022")
    return number


def _day(written: _Date, year: int, month: int) -> date:
    try:
        return date(year, month, int(written.day))
    except ValueError:
        raise _unreal(written.words) from None


def _unreal(words: str) -> ValueProblem:
    return problem(words, "{} ist kein Datum, das es gibt", "{} is not a date that exists", _DAY)


def _midnights(opening: _Clock | None, closing: _Clock | None) -> bool:
    """Tell whether the times only say that whole days are meant; with an offset they are meant exactly."""
    if not opening or not closing or opening.zone or closing.zone:
        return False
    clocks = ((clock.minute, clock.second, clock.fraction.strip("0")) for clock in (opening, closing))
    return opening.hour == 0 and closing.hour in {0, 24} and all(clock == (0, 0, "") for clock in clocks)


def _alike(words: str, opening: _Clock | None, closing: _Clock | None) -> tuple[_Clock | None, _Clock | None]:
    """Return both clocks where start and end are given in the same way."""
    if bool(opening) != bool(closing):
        raise problem(words, "In {} fehlt eine von zwei Uhrzeiten", "One of two times is missing in {}", _NIGHT)
    if opening and closing and bool(opening.zone) != bool(closing.zone):
        raise problem(
            words,
            "In {} fehlt eine von zwei Zeitzonen",
            "One of two time zones is missing in {}",
            f"{_MOMENT}/2022-10-18T12:00:00+02:00",
        )
    return opening, closing


def _bound(day: date, clock: _Clock | None) -> _Bound:
    if not clock:
        return _Bound((datetime.combine(day, time()), ""), Value(day.isoformat(), DATE))
    try:
        wall = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second))
        wall += timedelta(days=clock.hour // 24)
    except OverflowError:
        raise _unreal(clock.words) from None
    moment = wall.replace(tzinfo=_offset(clock.zone) if clock.zone else _berlin(wall, clock.words))
    fraction = f".{clock.fraction}" if clock.fraction else ""
    return _Bound((moment, clock.fraction.rstrip("0")), Value(_stamp(moment, fraction), DATE_TIME))


def _stamp(moment: datetime, fraction: str = "") -> str:
    """Return the lexical form of XSD 1.1 part 2, section 3.3.7, with Z as the one spelling of no offset."""
    whole = moment.isoformat()
    return whole[:19] + fraction + whole[19:].replace("+00:00", "Z")


def _offset(zone: str) -> timezone:
    """Return the offset written as Z, +02:00, +0200 or +02; up to 14 hours (XSD 1.1 part 2, 3.3.7.1)."""
    if zone == "Z":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if int(digits[2:]) > 59 or offset > timedelta(hours=14):
        raise problem(zone, "{} ist keine Zeitzone", "{} is not a time zone", _MOMENT)
    return timezone(-offset if zone.startswith("-") else offset)


def _berlin(wall: datetime, words: str) -> timezone:
    """Return the offset of Berlin's clocks, refused where they showed this time twice or never (PEP 495)."""
    early, late = (wall.replace(tzinfo=_BERLIN, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    if early > late:
        example = _stamp(wall.replace(tzinfo=timezone(early)))
        raise problem(words, "{} gibt es zweimal (Zeitumstellung)", "{} happens twice (clock change)", example)
    if early < late:
        example = _stamp((wall + (late - early)).replace(tzinfo=timezone(late)))
        raise problem(words, "{} gibt es nicht (Zeitumstellung)", "{} does not exist (clock change)", example)
    if early % timedelta(minutes=1):
        raise problem(words, "In {} fehlt die Zeitzone", "There is no time zone in {}", _MOMENT)
    return timezone(early)
