"""Values as people of a language write them."""

import re
from collections.abc import Callable, Mapping

from sccon_lod.language import Text
from sccon_lod.site.words import WORDS
from sccon_lod.values.value import BOOLEAN, DATE, DATE_TIME, DECIMAL, INTEGER, XSD

_MONTHS = (
    Text("Januar", "January"),
    Text("Februar", "February"),
    Text("März", "March"),
    Text("April", "April"),
    Text("Mai", "May"),
    Text("Juni", "June"),
    Text("Juli", "July"),
    Text("August", "August"),
    Text("September", "September"),
    Text("Oktober", "October"),
    Text("November", "November"),
    Text("Dezember", "December"),
)
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?:T(\d\d:\d\d)(?::00)?(:\d\d)?(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
_GROUP = re.compile(r"\B(?=(\d{3})+$)")
_LONG = 5  # digits from which on a number is grouped


def value(lexical: str, datatype: str, language: str) -> str:
    """Return a literal as it is written in a language; as it is where its datatype has no other form.

    >>> value("2022-10-18", DATE, "de"), value("2022-10-18", DATE, "en")
    ('18. Oktober 2022', '18 October 2022')
    >>> value("2022-10-18T09:30:00+02:00", DATE_TIME, "de")
    '18. Oktober 2022, 09:30 Uhr (+02:00)'
    >>> value("12000.5", DECIMAL, "de"), value("1200", INTEGER, "en")
    ('12.000,5', '1200')
    """
    write = _WRITERS.get(datatype)
    return write(lexical, language) if write else lexical


def _moment(lexical: str, language: str) -> str:
    found = _DATE.fullmatch(lexical)
    if not found or not 1 <= int(found[2]) <= len(_MONTHS):
        return lexical
    year, month, day, clock, seconds, zone = found.groups()
    name = _MONTHS[int(month) - 1].in_language(language)
    stop = "." if language == "de" else ""
    written = f"{int(day)}{stop} {name} {year}" if day else f"{name} {year}"
    if clock:
        written += f", {clock}{seconds or ''}" + (" Uhr" if language == "de" else "")
    return f"{written} ({'UTC' if zone == 'Z' else zone})" if zone and clock else written


def _number(lexical: str, language: str) -> str:
    found = re.fullmatch(r"([+-]?)(\d+)(?:\.(\d+))?", lexical)
    if not found:
        return lexical
    group, point = (".", ",") if language == "de" else (",", ".")
    whole = _GROUP.sub(group, found[2]) if len(found[2]) >= _LONG else found[2]
    return f"{found[1]}{whole}" + (f"{point}{found[3]}" if found[3] else "")


def _truth(lexical: str, language: str) -> str:
    word = {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(lexical)
    return WORDS[word].in_language(language) if word else lexical


_WRITERS: Mapping[str, Callable[[str, str], str]] = {
    DATE: _moment,
    DATE_TIME: _moment,
    f"{XSD}gYearMonth": _moment,
    DECIMAL: _number,
    INTEGER: _number,
    f"{XSD}nonNegativeInteger": _number,
    f"{XSD}positiveInteger": _number,
    BOOLEAN: _truth,
}
