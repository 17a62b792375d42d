"""How values of the common datatypes are written (XSD 1.1 part 2), with an example of each."""

from collections.abc import Mapping
from typing import NamedTuple

from sccon_lod.values.value import XSD

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY = r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"


class Form(NamedTuple):
    """A regular expression for the whole value, an example, and whether it begins with a day of the calendar."""

    pattern: str
    example: str
    is_dated: bool = False


# A datatype that is not here is not checked: its values are whatever its vocabulary says.
FORMS: Mapping[str, Form] = {
    XSD + "boolean": Form("true|false|1|0", "true"),
    XSD + "integer": Form("[+-]?[0-9]+", "12000"),
    XSD + "nonNegativeInteger": Form(r"\+?[0-9]+|-0+", "12000"),
    XSD + "positiveInteger": Form(r"\+?0*[1-9][0-9]*", "12000"),
    XSD + "decimal": Form(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", "52.5"),
    XSD + "double": Form(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN", "52.5"),
    XSD + "date": Form(_DAY + _ZONE, "2022-10-18", is_dated=True),
    XSD + "dateTime": Form(f"{_DAY}T{_CLOCK}{_ZONE}", "2022-10-18T10:00:00+02:00", is_dated=True),
    XSD + "gYear": Form(f"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}}){_ZONE}", "2022"),
    XSD + "gYearMonth": Form(f"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}})-(?:0[1-9]|1[0-2]){_ZONE}", "2022-10"),
    XSD + "time": Form(_CLOCK + _ZONE, "10:00:00"),
}
