"""Dates and times of iCalendar in ISO 8601."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sccon_lod.readers import moments
from sccon_lod.readers.moments import MomentProblem, Zones

BERLIN = "Europe/Berlin"
OWN = """BEGIN:VTIMEZONE
TZID:Town hall
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0130
END:STANDARD
END:VTIMEZONE"""
BROKEN = "BEGIN:VTIMEZONE\nTZID:Broken\nBEGIN:STANDARD\nDTSTART:x\nEND:STANDARD\nEND:VTIMEZONE"


@pytest.mark.parametrize(
    ("value", "zone", "text"),
    [
        ("20221018", "", "2022-10-18"),
        ("20221018", BERLIN, "2022-10-18"),
        ("20221018T100000", "", "2022-10-18T10:00:00"),
        ("20221018T080000Z", "", "2022-10-18T08:00:00+00:00"),
        ("20221018T100000", BERLIN, "2022-10-18T10:00:00+02:00"),
        ("20221101T100000", BERLIN, "2022-11-01T10:00:00+01:00"),
        ("20220327T023000", BERLIN, "2022-03-27T02:30:00+01:00"),
        ("20221030T023000", BERLIN, "2022-10-30T02:30:00+02:00"),
        ("20221018T100000", "W. Europe Standard Time", "2022-10-18T10:00:00+02:00"),
        ("20221018T100000", "Town hall", "2022-10-18T10:00:00+01:30"),
        ("18900101T000000", BERLIN, "1889-12-31T23:06:32+00:00"),
    ],
)
def test_a_moment_is_written_with_the_offset_of_its_zone(value: str, zone: str, text: str) -> None:
    assert moments.written(moments.read(value, zone, Zones([BROKEN, OWN]))) == text


@pytest.mark.parametrize("value", ["", "2022-10-18", "20221318", "20221018T250000", "20221018T10", "00000101", "x"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(MomentProblem) as caught:
        moments.read(value, "", Zones([]))

    assert (caught.value.rule, caught.value.text.en) == (
        "cell-date",
        "This is no date in iCalendar; right is for example 20221018, 20221018T100000 or 20221018T080000Z.",
    )


@pytest.mark.parametrize("zone", ["Nowhere", "Broken", "../etc/passwd", "/", "\x00", "\udcfc"])
def test_a_zone_that_is_not_known_is_refused(zone: str) -> None:
    with pytest.raises(MomentProblem) as caught:
        moments.read("20221018T100000", zone, Zones([BROKEN, OWN, "", "BEGIN:VTIMEZONE\nEND:VTIMEZONE"]))

    assert caught.value.rule == "cell-timezone"
    shown = zone.replace("\udcfc", "\ufffd")
    assert caught.value.text.en == f"The time zone “{shown}” is not known; right is for example TZID=Europe/Berlin."


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2022, 10, 18), "P2D", date(2022, 10, 20)),
        (date(2022, 10, 18), "P1W", date(2022, 10, 25)),
        (datetime.fromisoformat("2022-10-18T10:00"), "PT1H30M", datetime.fromisoformat("2022-10-18T11:30")),
        (datetime.fromisoformat("2022-10-18T10:00"), "-PT1H", datetime.fromisoformat("2022-10-18T09:00")),
    ],
)
def test_a_duration_leads_to_the_end(start: date, duration: str, end: date) -> None:
    assert moments.after(start, duration) == end


@pytest.mark.parametrize(("duration", "hour"), [("P1D", 10), ("PT24H", 9)])
def test_days_are_those_of_the_calendar_and_hours_those_of_the_clock(duration: str, hour: int) -> None:
    start = datetime(2022, 10, 29, 10, tzinfo=ZoneInfo(BERLIN))

    assert moments.written(moments.after(start, duration)) == f"2022-10-30T{hour:02}:00:00+01:00"


@pytest.mark.parametrize("duration", ["", "P", "PT", "1H", "P1Y", "P99999999W", "P99999999999W"])
def test_what_is_no_duration_is_refused(duration: str) -> None:
    with pytest.raises(MomentProblem) as caught:
        moments.after(date(2022, 10, 18), duration)

    assert caught.value.text.en == "This is no duration in iCalendar; right is for example PT1H30M or P2D."
