"""How values of the common datatypes are written (XSD 1.1 part 2), with an example of each."""

from collections.abc import Mapping
from typing import NamedTuple

from sccon_lod.values.value import XSD

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = "(?:[1-9][0-9]{3,}|0[0-9]{3})"
_LONG, _SHORT = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])", "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
# Years that 4 divides, but centuries only if 400 does: what stands before them, then two digits, perhaps two more.
_BY_FOUR = "(?:0[48]|[2468][048]|[13579][26])"
_LEAP = f"(?:(?:[1-9][0-9]{{2,}}|[0-9]{{2}}){_BY_FOUR}|(?:[1-9][0-9]*)?(?:00|{_BY_FOUR})00)"
_DAY = f"-?(?:{_YEAR}-(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"


_REAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN"
_SECONDS = r"[0-9]+(?:\.[0-9]+)?S"
_TIME = f"T(?:[0-9]+H(?:[0-9]+M)?(?:{_SECONDS})?|[0-9]+M(?:{_SECONDS})?|{_SECONDS})"
_MONTHS = "[0-9]+Y(?:[0-9]+M)?|[0-9]+M"
_BASE64 = "[A-Za-z0-9+/] ?"


class Form(NamedTuple):
    """A regular expression for the whole value, an example, and the bounds of a whole number that has some."""

    pattern: str
    example: str
    bounds: tuple[int, int] | None = None


def _whole(least: int, most: int) -> Form:
    return Form("[+-]?[0-9]+", "42", bounds=(least, most))


_SIGNED = {"long": 63, "int": 31, "short": 15, "byte": 7}
_UNSIGNED = {"unsignedLong": 64, "unsignedInt": 32, "unsignedShort": 16, "unsignedByte": 8}
# A datatype that is not here is not checked: its values are whatever its vocabulary says.
FORMS: Mapping[str, Form] = {
    XSD + "boolean": Form("true|false|1|0", "true"),
    XSD + "integer": Form("[+-]?[0-9]+", "12000"),
    XSD + "nonNegativeInteger": Form(r"\+?[0-9]+|-0+", "12000"),
    XSD + "positiveInteger": Form(r"\+?0*[1-9][0-9]*", "12000"),
    XSD + "decimal": Form(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", "52.5"),
    XSD + "nonPositiveInteger": Form(r"-[0-9]+|\+?0+", "-5"),
    XSD + "negativeInteger": Form("-0*[1-9][0-9]*", "-5"),
    **{XSD + name: _whole(-(2**bits), 2**bits - 1) for name, bits in _SIGNED.items()},
    **{XSD + name: _whole(0, 2**bits - 1) for name, bits in _UNSIGNED.items()},
    XSD + "double": Form(_REAL, "52.5"),
    XSD + "float": Form(_REAL, "52.5"),
    XSD + "date": Form(_DAY + _ZONE, "2022-10-18"),
    XSD + "dateTime": Form(f"{_DAY}T{_CLOCK}{_ZONE}", "2022-10-18T10:00:00+02:00"),
    XSD + "gYear": Form(f"-?{_YEAR}{_ZONE}", "2022"),
    XSD + "gYearMonth": Form(f"-?{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}", "2022-10"),
    XSD + "time": Form(_CLOCK + _ZONE, "10:00:00"),
    XSD + "duration": Form(f"-?P(?:(?:(?:{_MONTHS})(?:[0-9]+D)?|[0-9]+D)(?:{_TIME})?|{_TIME})", "P1Y6M"),
    XSD + "dayTimeDuration": Form(f"-?P(?:[0-9]+D(?:{_TIME})?|{_TIME})", "PT90M"),
    XSD + "yearMonthDuration": Form(f"-?P(?:{_MONTHS})", "P1Y6M"),
    XSD + "hexBinary": Form("(?:[0-9A-Fa-f]{2})*", "0fb7"),
    XSD + "base64Binary": Form(f"(?:(?:{_BASE64}){{4}})*(?:(?:{_BASE64}){{2}}= ?=|(?:{_BASE64}){{3}}=)?", "U0NDT04="),
}
# What SPARQL compares as numbers (SPARQL 1.1, section 17.1).
NUMBERS = tuple(
    name
    for name in FORMS
    if name.lower().endswith(("integer", "long", "int", "short", "byte", "decimal", "double", "float"))
)
