"""Which literals are well-formed, and their order."""

import pytest

from sccon_lod.lexical import FORMS
from sccon_lod.shacl.literals import in_order, is_well_formed
from sccon_lod.values.value import XSD

# Some right and some wrong values of each datatype (XSD 1.1 part 2, section 3).
VALUES: dict[str, tuple[list[str], list[str]]] = {
    "boolean": (["true", "0"], ["TRUE", "yes", ""]),
    "integer": (["-007", "+5", "9" * 40], ["5.0", "", "1e3", "١"]),
    "nonNegativeInteger": (["0", "+3", "-0"], ["-1"]),
    "positiveInteger": (["1", "+01"], ["0", "-1"]),
    "nonPositiveInteger": (["0", "-1", "+0"], ["1"]),
    "negativeInteger": (["-1", "-010"], ["0", "-0", "1"]),
    "long": (["9223372036854775807"], ["9223372036854775808"]),
    "int": (["-2147483648"], ["2147483648", "9" * 50]),
    "short": (["32767"], ["32768"]),
    "byte": (["-128", "+127"], ["128", "-129", "1.0"]),
    "unsignedLong": (["18446744073709551615", "-0"], ["18446744073709551616", "-1"]),
    "unsignedInt": (["4294967295"], ["4294967296"]),
    "unsignedShort": (["65535"], ["65536"]),
    "unsignedByte": (["255"], ["256", "-1"]),
    "decimal": (["1.", ".5", "-0.0"], ["1e3", ".", "INF"]),
    "double": (["1e3", "-INF", "NaN", "5"], ["inf", "1e", ""]),
    "float": (["1E-3", "+INF"], ["nan"]),
    "date": (["2024-02-29", "-0004-02-29", "12022-01-31Z"], ["2023-02-29", "1900-02-29", "12022-02-30", "2022-1-1"]),
    "dateTime": (["2022-10-18T24:00:00", "2022-10-18T10:00:00.5+14:00"], ["2022-10-18T24:00:01", "2022-10-18"]),
    "gYear": (["2022", "-0044Z"], ["22", "02022"]),
    "gYearMonth": (["2022-12"], ["2022-13"]),
    "time": (["10:00:00", "23:59:59.999Z"], ["10:00", "25:00:00"]),
    "duration": (["P1Y2M3DT4H5M6.7S", "-PT0S", "P2M"], ["P", "P1YT", "PT", "1Y", "P1S"]),
    "dayTimeDuration": (["P1DT2H", "PT1.5S"], ["P1Y", "P1DT"]),
    "yearMonthDuration": (["P1Y", "-P1Y2M"], ["P1D", "P"]),
    "hexBinary": (["", "0FB7"], ["0FB", "xy"]),
    "base64Binary": (["", "U0NDT04=", "AA==", "AAAA AAAA"], ["U0NDT04", "=", "A==="]),
}


def test_every_datatype_has_values_here() -> None:
    assert {XSD + name for name in VALUES} == set(FORMS)


@pytest.mark.parametrize("name", VALUES)
def test_right_values_are_told_from_wrong_ones(name: str) -> None:
    right, wrong = VALUES[name]

    assert [each for each in right + wrong if is_well_formed(each, XSD + name)] == right


def test_of_an_unknown_datatype_every_value_is_right() -> None:
    assert is_well_formed("whatever", "https://example.org/datatype")


def order(*literals: tuple[str, str]) -> list[list[str]]:
    """Return the values in their order, those of one rank and family together."""
    ranks: dict[tuple[str, int], list[str]] = {}
    for each in in_order((lexical, XSD + name) for lexical, name in literals):
        ranks.setdefault((each.family, each.rank), []).append(each.object)
    return list(ranks.values())


def test_numbers_are_in_order_whatever_their_datatypes() -> None:
    found = order(("10", "integer"), ("9.5", "decimal"), ("1e1", "double"), ("-INF", "float"), ("9" * 30, "integer"))

    assert found == [["-INF"], ["9.5"], ["10", "1e1"], ["9" * 30]]


def test_moments_are_in_order_across_time_zones() -> None:
    early, same, late = "2022-10-18T11:00:00+02:00", "2022-10-18T09:00:00Z", "2022-10-18T09:00:00.5Z"

    assert order(*((each, "dateTime") for each in (late, same, early))) == [[same, early], [late]]


def test_midnight_at_the_end_of_a_day_is_that_of_the_next() -> None:
    assert order(("2024-02-29T00:00:00", "dateTime"), ("2024-02-28T24:00:00", "dateTime")) == [
        ["2024-02-28T24:00:00", "2024-02-29T00:00:00"]
    ]


def test_moments_with_and_without_time_zone_are_not_compared() -> None:
    families = {
        each.family
        for each in in_order((each, XSD + "dateTime") for each in ("2022-10-18T10:00:00", "2022-10-18T10:00:00Z"))
    }

    assert len(families) == 2


def test_days_before_the_common_era_are_in_order() -> None:
    days = ["-0044-03-15", "0000-12-31", "0001-01-01", "2022-10-18", "12022-01-01"]

    assert order(*((each, "date") for each in reversed(days))) == [[each] for each in days]


@pytest.mark.parametrize(
    ("lexical", "name"), [("NaN", "double"), ("x", "integer"), ("2023-02-29", "date"), ("P1Y", "duration")]
)
def test_what_has_no_place_is_left_out(lexical: str, name: str) -> None:
    assert not list(in_order([(lexical, XSD + name)]))
