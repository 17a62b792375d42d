"""Values of spreadsheet programs as text: numbers, dates, times, durations."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

Value = int | float | str | bool | time | date | datetime | timedelta

_EXACT = 2**53  # up to here every integer has a number of its own


def text(value: Value) -> str:
    """Return the text of a value: numbers as short as they are exact, dates and times as ISO 8601 writes them.

    >>> text(12.0), text(0.1), text(True), text(date(2022, 10, 18)), text(timedelta(hours=30, minutes=5))
    ('12', '0.1', 'true', '2022-10-18', 'PT30H5M')
    """
    return value if isinstance(value, str) else _TEXTS[type(value)](value)


def _number(value: float) -> str:
    return str(int(value)) if abs(value) <= _EXACT and value == int(value) else repr(value)


def _clock(value: datetime | time) -> str:
    written = value.isoformat()
    return written.rstrip("0") if "." in written else written


def _duration(value: timedelta) -> str:
    """Return the lexical form of an xsd:duration (XML Schema 1.1, part 2, section 3.3.6)."""
    sign, left = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(left.days * 86400 + left.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f"{left.microseconds:06}".rstrip("0")
    parts = (f"{hours}H" if hours else "", f"{minutes}M" if minutes else "")
    last = f"{seconds}{'.' if fraction else ''}{fraction}S" if seconds or fraction or not any(parts) else ""
    return f"{sign}PT{''.join(parts)}{last}"


_TEXTS: dict[type, Callable[..., str]] = {
    bool: lambda value: str(value).lower(),
    int: str,
    float: _number,
    date: date.isoformat,
    datetime: _clock,
    time: _clock,
    timedelta: _duration,
}
