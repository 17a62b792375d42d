"""Dates and periods, read from the texts that people write."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sccon_lod.values import dates
from sccon_lod.values.value import DATE, DATE_TIME, Value, ValueProblem

Read = Callable[[str], object]

DAYS = [
    ("2022-10-18", "2022-10-18", "2022-10-18"),
    ("0001-01-01", "0001-01-01", "0001-01-01"),
    ("9999-12-31", "9999-12-31", "9999-12-31"),
    ("18.10.2022", "2022-10-18", "2022-10-18"),
    ("18. 10. 2022", "2022-10-18", "2022-10-18"),
    ("8.1.22", "2022-01-08", "2022-01-08"),
    ("18.10.69", "2069-10-18", "2069-10-18"),
    ("18.10.70", "1970-10-18", "1970-10-18"),
    ("18. Oktober 2022", "2022-10-18", "2022-10-18"),
    ("18 Oktober 2022", "2022-10-18", "2022-10-18"),
    ("18. Okt. 2022", "2022-10-18", "2022-10-18"),
    ("18. Oktober 22", "2022-10-18", "2022-10-18"),
    ("18. Okt. 22", "2022-10-18", "2022-10-18"),
    ("2. Sept. 2022", "2022-09-02", "2022-09-02"),
    ("1. MÄRZ 2022", "2022-03-01", "2022-03-01"),
    ("1. Ma\u0308rz 2022", "2022-03-01", "2022-03-01"),
    ("Dienstag, den 18. Oktober 2022", "2022-10-18", "2022-10-18"),
    ("\u00a018.\u00a0Oktober\u00a02022 ", "2022-10-18", "2022-10-18"),
    ("18.10, 00:00 - 20.10.22, 00:00", "2022-10-18", "2022-10-20"),
    ("2022-10-18T00:00/2022-10-20T00:00:00.0", "2022-10-18", "2022-10-20"),
    ("18.10.22, 00:00 - 24:00", "2022-10-18", "2022-10-18"),
    ("18. bis 20. Oktober 2022", "2022-10-18", "2022-10-20"),
    ("vom 18. bis zum 20. Oktober 2022", "2022-10-18", "2022-10-20"),
    ("30. September bis 2. Oktober 2022", "2022-09-30", "2022-10-02"),
    ("18.–20.10.2022", "2022-10-18", "2022-10-20"),
    ("18. – 20.10.2022", "2022-10-18", "2022-10-20"),
    ("18.—20.10.2022", "2022-10-18", "2022-10-20"),
    ("18.-20.10.2022", "2022-10-18", "2022-10-20"),
    ("18-20.10.2022", "2022-10-18", "2022-10-20"),
    ("18.10.2022 - 20.10.2022", "2022-10-18", "2022-10-20"),
    ("18.10.2022 - 20.10.", "2022-10-18", "2022-10-20"),
    ("28.12 - 03.01.23", "2022-12-28", "2023-01-03"),
    ("2022-10-18/2022-10-20", "2022-10-18", "2022-10-20"),
    ("2022-10-18 bis 2022-10-20", "2022-10-18", "2022-10-20"),
]

MOMENTS = [
    ("18.10.22, 10:00 - 12:00", "2022-10-18T10:00:00+02:00", "2022-10-18T12:00:00+02:00"),
    ("18.10.22, 10:00-12:00", "2022-10-18T10:00:00+02:00", "2022-10-18T12:00:00+02:00"),
    ("20.10.22, 24:00", "2022-10-21T00:00:00+02:00", "2022-10-21T00:00:00+02:00"),
    ("18.10.22, 00:00", "2022-10-18T00:00:00+02:00", "2022-10-18T00:00:00+02:00"),
    ("18.10.22, 00:00 - 20.10.22, 12:00", "2022-10-18T00:00:00+02:00", "2022-10-20T12:00:00+02:00"),
    ("18.10.22, 10:00 - 24:00", "2022-10-18T10:00:00+02:00", "2022-10-19T00:00:00+02:00"),
    (
        "Mo., 06.01.2025, 10:30 - Mo., 15.12.2025, 12:00",
        "2025-01-06T10:30:00+01:00",
        "2025-12-15T12:00:00+01:00",
    ),
    ("Fr., 29.04.2022, 16:00 - 18:00", "2022-04-29T16:00:00+02:00", "2022-04-29T18:00:00+02:00"),
    ("18.10.2022, 9:30 Uhr", "2022-10-18T09:30:00+02:00", "2022-10-18T09:30:00+02:00"),
    ("18.10.2022 10 Uhr", "2022-10-18T10:00:00+02:00", "2022-10-18T10:00:00+02:00"),
    ("18. Oktober 2022, 10.30 Uhr", "2022-10-18T10:30:00+02:00", "2022-10-18T10:30:00+02:00"),
    ("18.10.2022, 10.30 bis 12 Uhr", "2022-10-18T10:30:00+02:00", "2022-10-18T12:00:00+02:00"),
    ("18.10.2022, von 10 Uhr bis 12 Uhr", "2022-10-18T10:00:00+02:00", "2022-10-18T12:00:00+02:00"),
    ("2022-10-18T10:00:00+02:00", "2022-10-18T10:00:00+02:00", "2022-10-18T10:00:00+02:00"),
    ("2022-10-18T10:00+02:00", "2022-10-18T10:00:00+02:00", "2022-10-18T10:00:00+02:00"),
    ("2022-10-18 10:00:00+02", "2022-10-18T10:00:00+02:00", "2022-10-18T10:00:00+02:00"),
    ("2022-10-18T10:00-0530", "2022-10-18T10:00:00-05:30", "2022-10-18T10:00:00-05:30"),
    ("2022-10-18 10:00:00-05", "2022-10-18T10:00:00-05:00", "2022-10-18T10:00:00-05:00"),
    ("2022-10-18T10:00Z", "2022-10-18T10:00:00Z", "2022-10-18T10:00:00Z"),
    ("2022-10-18T10:00+00:00", "2022-10-18T10:00:00Z", "2022-10-18T10:00:00Z"),
    ("2022-10-18T10:00", "2022-10-18T10:00:00+02:00", "2022-10-18T10:00:00+02:00"),
    ("2022-01-18 10:00", "2022-01-18T10:00:00+01:00", "2022-01-18T10:00:00+01:00"),
    ("2022-10-18T10:00:00.1234567890Z", "2022-10-18T10:00:00.1234567890Z", "2022-10-18T10:00:00.1234567890Z"),
    ("2022-10-18T10:00Z/2022-10-18T12:00Z", "2022-10-18T10:00:00Z", "2022-10-18T12:00:00Z"),
    ("2022-10-18T10:00/12:00", "2022-10-18T10:00:00+02:00", "2022-10-18T12:00:00+02:00"),
    ("2022-10-18T00:00Z/2022-10-20T00:00Z", "2022-10-18T00:00:00Z", "2022-10-20T00:00:00Z"),
    ("2022-10-18T10:00:00.50Z/2022-10-18T10:00:00.5Z", "2022-10-18T10:00:00.50Z", "2022-10-18T10:00:00.5Z"),
    ("2022-10-18T12:00+02:00/2022-10-18T11:00Z", "2022-10-18T12:00:00+02:00", "2022-10-18T11:00:00Z"),
    ("29.10.22, 12:00 - 30.10.22, 12:00", "2022-10-29T12:00:00+02:00", "2022-10-30T12:00:00+01:00"),
    ("30.10.22, 01:59", "2022-10-30T01:59:00+02:00", "2022-10-30T01:59:00+02:00"),
    ("30.10.22, 03:00", "2022-10-30T03:00:00+01:00", "2022-10-30T03:00:00+01:00"),
    ("0001-01-01T00:00+14:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
    ("9999-12-31T23:59", "9999-12-31T23:59:00+01:00", "9999-12-31T23:59:00+01:00"),
]

PROBLEMS = [
    (
        "31.02.22",
        "„31.02.22“ ist kein Datum, das es gibt; richtig ist zum Beispiel 2022-10-18.",
        "“31.02.22” is not a date that exists; a right value is, for example, 2022-10-18.",
    ),
    (
        "18. Oktober",
        "In „18. Oktober“ fehlt das Jahr; richtig ist zum Beispiel 2022-10-18.",
        "There is no year in “18. Oktober”; a right value is, for example, 2022-10-18.",
    ),
    (
        "30.10.22, 02:30",
        ("„30.10.22, 02:30“ gibt es zweimal (Zeitumstellung); richtig ist zum Beispiel 2022-10-30T02:30:00+02:00."),
        ("“30.10.22, 02:30” happens twice (clock change); a right value is, for example, 2022-10-30T02:30:00+02:00."),
    ),
    (
        "27.03.22, 02:30",
        ("„27.03.22, 02:30“ gibt es nicht (Zeitumstellung); richtig ist zum Beispiel 2022-03-27T03:30:00+02:00."),
        ("“27.03.22, 02:30” does not exist (clock change); a right value is, for example, 2022-03-27T03:30:00+02:00."),
    ),
    (
        "20.10.22 - 18.10.22",
        "„20.10.22 - 18.10.22“ endet vor dem Beginn; richtig ist zum Beispiel 18.10.2022 - 20.10.2022.",
        ("“20.10.22 - 18.10.22” ends before it starts; a right value is, for example, 18.10.2022 - 20.10.2022."),
    ),
    (
        "18.10.22, 22:00 - 02:00",
        (
            "„18.10.22, 22:00 - 02:00“ endet vor dem Beginn; "
            "richtig ist zum Beispiel 18.10.2022, 22:00 - 19.10.2022, 02:00."
        ),
        (
            "“18.10.22, 22:00 - 02:00” ends before it starts; "
            "a right value is, for example, 18.10.2022, 22:00 - 19.10.2022, 02:00."
        ),
    ),
    (
        "irgendwann",
        "„irgendwann“ ist kein Datum und kein Zeitraum; richtig ist zum Beispiel 2022-10-18.",
        "“irgendwann” is neither a date nor a period; a right value is, for example, 2022-10-18.",
    ),
    (
        " ",
        "Die Angabe fehlt; richtig ist zum Beispiel 2022-10-18.",
        "The value is missing; a right value is, for example, 2022-10-18.",
    ),
    (
        "9" * 201,
        f"„{'9' * 59}…“ ist zu lang (mehr als 200 Zeichen); richtig ist zum Beispiel 2022-10-18.",
        f"“{'9' * 59}…” is too long (more than 200 characters); a right value is, for example, 2022-10-18.",
    ),
]

REFUSED = [
    ("18. Oktobre 2022", "„Oktobre“ ist kein Monat"),
    ("18.10.22, 25:00", "„25:00“ ist keine Uhrzeit"),
    ("18.10.22, 24:01", "„24:01“ ist keine Uhrzeit"),
    ("18.10.22, 10:60", "„10:60“ ist keine Uhrzeit"),
    ("2022-10-18T24:00:00.5Z", "„24:00:00.5Z“ ist keine Uhrzeit"),
    ("2022-10-18T10:00+15:00", "„+15:00“ ist keine Zeitzone"),
    ("2022-10-18 05:00-08:00", "„05:00-08:00“ kann Zeitraum oder Zeitzone sein"),
    ("2022-10-18 05:00:00 -08:00", "„05:00:00 -08:00“ kann Zeitraum oder Zeitzone sein"),
    ("1850-01-01T10:00", "In „1850-01-01T10:00“ fehlt die Zeitzone"),
    ("18.10.22, 10:00 - 20.10.22", "In „18.10.22, 10:00 - 20.10.22“ fehlt eine von zwei Uhrzeiten"),
    ("18.10.22 - 20.10.22, 12:00", "In „18.10.22 - 20.10.22, 12:00“ fehlt eine von zwei Uhrzeiten"),
    ("2022-10-18T10:00Z/12:00", "In „2022-10-18T10:00Z/12:00“ fehlt eine von zwei Zeitzonen"),
    ("18. bis 20.", "In „20.“ fehlt der Monat"),
    ("2022-10-18/20", "In „20“ fehlt der Monat"),
    ("31.04. - 02.05.22", "„31.04.“ ist kein Datum, das es gibt"),
    ("29.02.2023", "„29.02.2023“ ist kein Datum, das es gibt"),
    ("0000-01-01", "„0000-01-01“ ist kein Datum, das es gibt"),
    ("28.12 - 03.01.0001", "„28.12“ ist kein Datum, das es gibt"),
    ("9999-12-31T24:00", "„9999-12-31T24:00“ ist kein Datum, das es gibt"),
    ("1. Jun\u0131 2022", "„Jun\u0131“ ist kein Monat"),
    ("18.10.2022\x00", "„18.10.2022\ufffd“ ist kein Datum und kein Zeitraum"),
    ("١٨.١٠.٢٠٢٢", "„١٨.١٠.٢٠٢٢“ ist kein Datum und kein Zeitraum"),
    ("18/10/2022", "„18/10/2022“ ist kein Datum und kein Zeitraum"),
    ("18.10.22/20.10.22", "„18.10.22/20.10.22“ ist kein Datum und kein Zeitraum"),
    ("18. und 25. Oktober 2022", "„18. und 25. Oktober 2022“ ist kein Datum und kein Zeitraum"),
    ("18.10.20225", "„18.10.20225“ ist kein Datum und kein Zeitraum"),
    ("18.10 22", "„18.10 22“ ist kein Datum und kein Zeitraum"),
    ("18.10 1800", "„18.10 1800“ ist kein Datum und kein Zeitraum"),
    ("18.10.22,", "„18.10.22,“ ist kein Datum und kein Zeitraum"),
    ("18.10.22 -", "„18.10.22 -“ ist kein Datum und kein Zeitraum"),
    ("10:00", "„10:00“ ist kein Datum und kein Zeitraum"),
    ("Oktober 2022", "„Oktober 2022“ ist kein Datum und kein Zeitraum"),
]

GERMAN_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_whole_days_become_dates_with_an_inclusive_end(text: str, first: str, last: str) -> None:
    bounds = dates.start(text), dates.end(text)

    assert bounds == (Value(first, DATE), Value(last, DATE))


@pytest.mark.parametrize(("text", "first", "last"), MOMENTS)
def test_times_become_moments_with_an_offset(text: str, first: str, last: str) -> None:
    bounds = dates.start(text), dates.end(text)

    assert bounds == (Value(first, DATE_TIME), Value(last, DATE_TIME))


@pytest.mark.parametrize(("text", "german", "english"), PROBLEMS)
def test_a_problem_says_what_is_wrong_and_shows_a_right_value(text: str, german: str, english: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        dates.start(text)

    assert caught.value.text == (german, english)


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
@pytest.mark.parametrize("read", [dates.start, dates.end])
def test_both_ends_refuse_what_is_no_period(text: str, sentence: str, read: Read) -> None:
    with pytest.raises(ValueProblem) as caught:
        read(text)

    assert caught.value.text.de.startswith(sentence + "; richtig ist zum Beispiel ")


@pytest.mark.parametrize(
    ("text", "year", "first", "last"),
    [
        ("18. Oktober", "2022", "2022-10-18", "2022-10-18"),
        ("18.10.", " 2022 ", "2022-10-18", "2022-10-18"),
        ("18.10. 10-12 Uhr", "2022", "2022-10-18", "2022-10-18"),
        ("18. Oktober 10-12 Uhr", "2022", "2022-10-18", "2022-10-18"),
        ("28.12 - 03.01", "2023", "2022-12-28", "2023-01-03"),
        ("18.10.22", "2019", "2022-10-18", "2022-10-18"),
        ("18.10.22", "unbekannt", "2022-10-18", "2022-10-18"),
    ],
)
def test_the_year_of_the_record_stands_in_for_a_missing_one(text: str, year: str, first: str, last: str) -> None:
    days = dates.first_day(text, year), dates.last_day(text, year)

    assert days == (first, last)


@pytest.mark.parametrize("year", ["22", "٢٠٢٢", "2022/23", "9" * 5000])
def test_a_year_has_four_digits(year: str) -> None:
    with pytest.raises(ValueProblem, match="is not a year; a right value is, for example, 2022"):
        dates.start("18. Oktober", year)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("18. bis 20. Oktober 2022", "2022-10-18", "2022-10-20"),
        ("2022-10-18T23:30:00Z", "2022-10-18", "2022-10-18"),
        ("20.10.22, 24:00", "2022-10-21", "2022-10-21"),
    ],
)
def test_the_days_of_a_period_are_those_of_its_ends(text: str, first: str, last: str) -> None:
    days = dates.first_day(text), dates.last_day(text)

    assert days == (first, last)


@given(st.dates())
def test_every_date_reads_back_from_its_german_spellings(day: date) -> None:
    numbers = f"{day.day}.{day.month}.{day.year:04}"
    words = f"{day.day}. {GERMAN_MONTHS[day.month - 1]} {day.year:04}"

    assert dates.start(numbers) == dates.end(words) == Value(day.isoformat(), DATE)


@given(st.dates(), st.dates())
def test_every_period_reads_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    text = f"{first.day}. {GERMAN_MONTHS[first.month - 1]} {first.year:04} bis {last:%d.%m.}{last.year:04}"

    assert (dates.first_day(text), dates.last_day(text)) == (first.isoformat(), last.isoformat())


@given(st.datetimes(timezones=st.just(UTC)), st.sampled_from(" T"))
def test_every_iso_moment_reads_back(moment: datetime, between: str) -> None:
    value = dates.start(moment.isoformat(sep=between))

    assert value == Value(moment.isoformat().replace("+00:00", "Z"), DATE_TIME)


_CLOSE_TO_DATES = st.text(alphabet="0123456789.-–/:,+TZ uhrbisOktMärz\u00a0١²\x00🎉", max_size=60)


@given(st.text() | _CLOSE_TO_DATES, st.text(max_size=5))
@example("9" * 200, "")
@example("18." * 66, "")
@example("18.10.22 10 " * 16 + "Uhr", "")
@example("99999-99-99", "")
def test_no_text_does_anything_but_convert_or_be_refused(text: str, year: str) -> None:
    for read in (dates.start, dates.end):
        try:
            value = read(text, year)
        except ValueProblem as problem:
            assert all(sentence.endswith(".") and sentence.isprintable() for sentence in problem.text)
        else:
            assert value.datatype in {DATE, DATE_TIME}
