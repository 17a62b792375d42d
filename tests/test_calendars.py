"""iCalendar: events as records, and what is wrong with them."""

import random
from pathlib import Path

import pytest

from reading import Reading, read, refused_by
from sccon_lod.errors import SourceError
from sccon_lod.readers import calendars
from sccon_lod.rows import Cell, Layout


def of(folder: Path, content: bytes | str, *references: str) -> Reading:
    return read(calendars.calendar, written(folder, content), Layout("ical", "", {}, references))


def refused(folder: Path, content: bytes | str, *references: str, iterator: str = "") -> str:
    return refused_by(calendars.calendar, written(folder, content), Layout("ical", iterator, {}, references))


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "x.ics"
    path.write_bytes(content if isinstance(content, bytes) else content.replace("\n", "\r\n").encode())
    return path


def around(*lines: str) -> str:
    return "BEGIN:VCALENDAR\nVERSION:2.0\n" + "\n".join(lines) + "\nEND:VCALENDAR\n"


def event(*lines: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


@pytest.mark.parametrize(
    ("line", "reference", "cell"),
    [
        ("UID:a@example.org", "uid", "a@example.org"),
        (r"SUMMARY:Fest\, \"groß\" \\n\; a\nb\Nc", "summary", 'Fest, \\"groß\\" \\n; a\nb\nc'),
        ("SUMMARY;LANGUAGE=de:Fest", "summary;language", "de"),
        ("summary;language=de:Fest", "summary", "Fest"),
        ("SUMMARY:", "summary", ""),
        ("DTSTART;TZID=Europe/Berlin:20221018T100000", "dtstart", "2022-10-18T10:00:00+02:00"),
        ("DTSTART;TZID=Europe/Berlin:20221018T100000", "dtstart;tzid", "Europe/Berlin"),
        ("DTSTART;VALUE=DATE:20221018", "dtstart", "2022-10-18"),
        ("DTSTART:20221018T080000Z", "dtstart", "2022-10-18T08:00:00+00:00"),
        (r"CATEGORIES:a\,b,c" + "\nCATEGORIES:d", "categories", ("a,b", "c", "d")),
        ("EXDATE;VALUE=DATE:20221018,20221019", "exdate", ("2022-10-18", "2022-10-19")),
        (r"URL:https://example.org/a\,b?x=1;y=2", "url", r"https://example.org/a\,b?x=1;y=2"),
        ("RRULE:FREQ=WEEKLY;COUNT=2", "rrule", "FREQ=WEEKLY;COUNT=2"),
        ("GEO:52.5;13.40", "geo", "52.5;13.40"),
        ("GEO:52.5;13.40", "geo_latitude", "52.5"),
        ("GEO:52.5;13.40", "geo_longitude", "13.40"),
        ("GEO:52.5", "geo_longitude", ""),
        ('ORGANIZER;CN="Amt; Stadt: A":mailto:x@example.org', "organizer", "mailto:x@example.org"),
        ('ORGANIZER;CN="Amt; Stadt: A":mailto:x@example.org', "organizer;cn", "Amt; Stadt: A"),
        (r"X-FOO;VALUE=URI:a\,b", "x-foo", r"a\,b"),
        (r"X-FOO:a\,b", "x-foo", "a,b"),
        ("SUMMARY:Fe\n  st\n\t !", "summary", "Fe st !"),
        ("BEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM", "summary", ""),
    ],
)
def test_a_property_is_a_cell(tmp_path: Path, line: str, reference: str, cell: Cell) -> None:
    reading = of(tmp_path, around(event(line)), reference)

    assert reading.cells == [(cell,)]
    assert not reading.findings


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (["DTSTART;VALUE=DATE:20221018", "DTEND;VALUE=DATE:20221021"], "2022-10-20"),
        (["DTSTART;VALUE=DATE:20221018", "DTEND;VALUE=DATE:20221018"], "2022-10-18"),
        (["DTSTART;VALUE=DATE:20221018"], "2022-10-18"),
        (["DTSTART;VALUE=DATE:20221018", "DURATION:P2D"], "2022-10-19"),
        (["DTSTART:20221018T100000Z", "DTEND:20221018T120000Z"], "2022-10-18T12:00:00+00:00"),
        (["DTSTART:20221018T100000", "DURATION:PT1H"], "2022-10-18T11:00:00"),
        (["DTSTART:20221018T100000"], ""),
        (["SUMMARY:x"], ""),
    ],
)
def test_the_inclusive_end_is_the_last_day_or_the_end(tmp_path: Path, lines: list[str], end: str) -> None:
    assert of(tmp_path, around(event(*lines)), "dtend_inclusive").cells == [(end,)]


def test_a_record_has_the_line_of_its_beginning(tmp_path: Path) -> None:
    reading = of(tmp_path, around(event("UID:a", "SUMMARY:x\n y"), "", event("UID:b")), "uid")

    assert reading.places == [(1, 3, ""), (2, 9, "")]


def test_what_was_folded_within_a_letter_is_whole_again(tmp_path: Path) -> None:
    content = around(event("SUMMARY:Grüße")).encode().replace(b"\xc3", b"\xc3\r\n ", 1)

    assert of(tmp_path, content, "summary").cells == [("Grüße",)]


def test_the_calendar_around_an_event_can_be_read(tmp_path: Path) -> None:
    content = around("X-WR-CALNAME:Stadt", event("UID:a")) + around("X-WR-CALNAME:Land", event("UID:b"))

    assert of(tmp_path, content, "uid", "../x-wr-calname").cells == [("a", "Stadt"), ("b", "Land")]


def test_a_zone_that_the_calendar_declares_is_known(tmp_path: Path) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Town hall\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\n"
        "TZOFFSETTO:+0130\nEND:STANDARD\nEND:VTIMEZONE"
    )
    content = around(event("DTSTART;TZID=Town hall:20221018T100000"), zone)

    assert of(tmp_path, content, "dtstart").cells == [("2022-10-18T10:00:00+01:30",)]


# --- what is wrong


def test_a_date_that_is_none_is_reported_and_the_event_is_read(tmp_path: Path) -> None:
    content = around(event("UID:a", "DTSTART:morgen", "DTEND;TZID=Nowhere:20221018T100000"), event("UID:b"))
    reading = of(tmp_path, content, "uid", "dtstart", "dtend")

    assert reading.lines() == [
        "x.ics:3, dtstart: violation: This is no date in iCalendar; right is for example 20221018, 20221018T100000 or "
        "20221018T080000Z.",
        "x.ics:3, dtend: violation: The time zone “Nowhere” is not known; right is for example TZID=Europe/Berlin.",
    ]
    assert reading.cells == [("a", "", ""), ("b", "", "")]


def test_a_line_that_is_no_property_is_reported(tmp_path: Path) -> None:
    reading = of(tmp_path, around(event("UID:a", "folded wrongly", "SUMMARY:x")), "uid", "summary")

    assert reading.lines() == [
        "x.ics:3: violation: Line 5 of the file cannot be read; right is for example SUMMARY:Stadtfest, and a line "
        "that goes on begins with a blank. [folded wrongly]"
    ]
    assert reading.cells == [("a", "x")]


def test_an_event_that_does_not_end_costs_one_row(tmp_path: Path) -> None:
    content = around("BEGIN:VEVENT", "UID:a", event("UID:b"), "BEGIN:VEVENT", "UID:c")
    reading = of(tmp_path, content, "uid")

    message = "The event that begins here does not end; END:VEVENT must stand after its last line."
    assert reading.lines() == [f"x.ics:3: violation: {message}", f"x.ics:8: violation: {message}"]
    assert (reading.cells, reading.counts) == ([("b",)], (1, 2, 0))


def test_bytes_that_are_not_utf_8_are_found_in_their_cell(tmp_path: Path) -> None:
    content = around(event("SUMMARY:Fr\xfchling"), event("SUMMARY:x\x00")).encode("latin-1")
    reading = of(tmp_path, content, "summary")

    assert [(each.rule, str(each.origin)) for each in reading.findings] == [
        *(("cell-encoding", "x.ics:3, summary"), ("cell-control-character", "x.ics:6, summary"))
    ]
    assert reading.counts == (0, 2, 0)


def test_what_is_no_event_is_passed_over_with_a_note(tmp_path: Path) -> None:
    todo = "BEGIN:VTODO\nUID:a\nEND:VTODO"
    reading = of(tmp_path, around(todo, event("UID:b"), todo, "BEGIN:VJOURNAL\nEND:VJOURNAL"), "uid")

    assert reading.lines() == ["x.ics: info: Events are read (VEVENT); these were passed over: VJOURNAL, VTODO."]
    assert (reading.cells, reading.counts) == ([("b",)], (1, 0, 3))


def test_a_calendar_without_events_is_a_note(tmp_path: Path) -> None:
    assert of(tmp_path, around(), "uid").lines() == [
        "x.ics: info: The file holds no events yet; they stand between BEGIN:VEVENT and END:VEVENT."
    ]


@pytest.mark.parametrize("content", ["", "<html></html>", "BEGIN:VEVENT\nEND:VEVENT"])
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content, "uid") == (
        "x.ics:1: The file is no iCalendar; its first line must be BEGIN:VCALENDAR."
    )


@pytest.mark.parametrize("reference", ["SUMMARY", "a.b", "../../uid", ";tzid", "dtstart;", ""])
def test_a_reference_is_the_name_of_a_property(tmp_path: Path, reference: str) -> None:
    place = f"x.ics, {reference}" if reference else "x.ics"
    assert refused(tmp_path, around(), reference) == (
        f"{place}: “{reference}” is no name of a property; right is for example summary, dtstart;tzid or "
        "../x-wr-calname, in lower case."
    )


def test_a_calendar_has_no_iterator(tmp_path: Path) -> None:
    assert refused(tmp_path, around(), "uid", iterator="$") == (
        "x.ics: A calendar has no iterator: each event (VEVENT) is a record. Please delete iterator from the source in "
        "the mapping."
    )


def test_a_file_that_was_damaged_is_a_finding_or_an_error(tmp_path: Path) -> None:
    lines = ("UID:ü", "DTSTART;TZID=Europe/Berlin:20221018T100000", "DURATION:PT1H", "GEO:1;2", "CATEGORIES:a,b")
    whole = around(event(*lines), event(*lines)).encode()
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            of(tmp_path, bytes(damaged), "uid", "dtstart", "dtend_inclusive", "geo_latitude", "categories")
        except SourceError as error:
            assert error.text.en
