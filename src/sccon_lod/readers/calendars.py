"""iCalendar: events as records, their properties as cells (RFC 5545)."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.readers import components, content, moments
from sccon_lod.readers.components import Component, Property
from sccon_lod.readers.intake import Intake
from sccon_lod.readers.moments import MomentProblem, Zones
from sccon_lod.rows import Cell, Layout, Readable, Report, Row, Table

_LIMIT = 256 << 20  # bytes of a calendar that is held in memory as a whole
_REFERENCE = re.compile(r"(?P<outwards>\.\./)?(?P<name>[a-z0-9_-]+)(?:;(?P<parameter>[a-z0-9-]+))?")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_ITEM = re.compile(r"(?:\\.|[^,])+", re.DOTALL)
_OTHERS = {"VTODO", "VJOURNAL", "VFREEBUSY"}
_LISTS = frozenset(("categories", "exdate", "resources"))
_MOMENTS = frozenset(
    ("completed", "created", "dtend", "dtstamp", "dtstart", "due", "exdate", "last-modified", "recurrence-id")
)
# The values of these are no texts, so that a backslash in them is a backslash (RFC 5545 section 3.8).
_VERBATIM = re.compile("attach|attendee|duration|exrule|geo|image|organizer|rdate|rrule|source|url")


def calendar(file: Readable, layout: Layout, report: Report) -> Table:
    """Read the events of a calendar; references are the names of their properties in lower case."""
    content.refuse_options(file, layout)
    if layout.iterator:
        raise SourceError(Origin(file.name), _ITERATOR)
    for each in layout.references:
        if not _REFERENCE.fullmatch(each):
            raise SourceError(Origin(file.name, column=each), _reference(each))
    intake = Intake(file.name, layout.references, report)
    intake.table.rows = _rows(file, intake)
    return intake.table


def _rows(file: Readable, intake: Intake) -> Iterator[Row]:
    found = components.read(content.in_utf8(file, content.whole(file, _LIMIT)))
    if not found or found[0].name != "VCALENDAR":
        raise SourceError(Origin(file.name, 1), _NO_CALENDAR)
    zones = Zones("\r\n".join(each.lines) for each in found if each.name == "VTIMEZONE")
    for component in found:
        if component.name == "VEVENT":
            yield from _row(component, zones, intake)
    others = [each.name for each in found if each.name in _OTHERS]
    if others:
        intake.table.skipped += len(others)
        intake.note("component-skipped", _skipped(", ".join(sorted(set(others)))))
    if intake.number == 0:
        intake.note("table-empty", _EMPTY)


def _row(event: Component, zones: Zones, intake: Intake) -> Iterator[Row]:
    if not event.is_whole:
        intake.violation("row-component", _NO_END, event.line)
        intake.unread()
        return
    for number, line in event.broken:
        intake.violation("row-property", _no_property(number), event.line, value=line)
    cells: list[Cell] = []
    for column in intake.table.columns:
        try:
            texts = tuple(filter(None, _texts(event, column, zones)))
            cells.append(texts if len(texts) > 1 else "".join(texts))
        except MomentProblem as problem:
            cells.append("")
            intake.violation(problem.rule, problem.text, event.line, "", column)
    yield from intake.checked(event.line, "", tuple(cells))


def _texts(event: Component, column: str, zones: Zones) -> Iterator[str]:
    way = _REFERENCE.fullmatch(column)
    assert way is not None
    component = event.around if way["outwards"] else event
    if component is None:
        return
    if way["name"] in _DERIVED and not way["parameter"]:
        yield _DERIVED[way["name"]](component, zones)
        return
    for each in component.properties.get(way["name"], ()):
        if way["parameter"]:
            yield each.parameters.get(way["parameter"], "")
        else:
            yield from _values(way["name"], each, zones)


def _values(name: str, of: Property, zones: Zones) -> Iterator[str]:
    for value in _ITEM.findall(of.value) if name in _LISTS else (of.value,):
        if name in _MOMENTS:
            yield moments.written(_moment(Property(value, of.parameters), zones))
        elif _VERBATIM.fullmatch(name) or of.parameters.get("value", "TEXT").upper() != "TEXT":
            yield value
        else:
            yield _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _moment(of: Property, zones: Zones) -> date:
    return moments.read(of.value, of.parameters.get("tzid", ""), zones)


def _dtend_inclusive(event: Component, zones: Zones) -> str:
    """Return the end as people say it, also where a duration is given (RFC 5545 section 3.6.1)."""
    starts, ends, durations = (event.properties.get(name) for name in ("dtstart", "dtend", "duration"))
    if not starts:
        return ""
    start = _moment(starts[0], zones)
    if ends:
        end = _moment(ends[0], zones)
    elif durations:
        end = moments.after(start, durations[0].value)
    else:
        return "" if isinstance(start, datetime) else moments.written(start)
    return moments.written(moments.last(start, end))


def _position(part: int) -> Callable[[Component, Zones], str]:
    def found(event: Component, _: Zones) -> str:
        parts = [each.value for each in event.properties.get("geo", ())][:1]
        degrees = parts[0].split(";") if parts else []
        return degrees[part].strip() if len(degrees) == len(("latitude", "longitude")) else ""

    return found


_DERIVED: dict[str, Callable[[Component, Zones], str]] = {
    "dtend_inclusive": _dtend_inclusive,
    "geo_latitude": _position(0),
    "geo_longitude": _position(1),
}


def _reference(path: str) -> Text:
    return Text(
        f"„{path}“ ist kein Name einer Eigenschaft; richtig ist zum Beispiel summary, dtstart;tzid oder "
        "../x-wr-calname, in kleinen Buchstaben.",
        f"“{path}” is no name of a property; right is for example summary, dtstart;tzid or ../x-wr-calname, in lower "
        "case.",
    )


def _no_property(number: int) -> Text:
    return Text(
        f"Die Zeile {number} der Datei ist nicht lesbar; richtig ist zum Beispiel SUMMARY:Stadtfest, und eine Zeile, "
        "die weitergeht, beginnt mit einem Leerzeichen.",
        f"Line {number} of the file cannot be read; right is for example SUMMARY:Stadtfest, and a line that goes on "
        "begins with a blank.",
    )


def _skipped(names: str) -> Text:
    return Text(
        f"Gelesen werden Termine (VEVENT); übergangen wurden: {names}.",
        f"Events are read (VEVENT); these were passed over: {names}.",
    )


_ITERATOR = Text(
    "Ein Kalender hat keinen Iterator: jeder Termin (VEVENT) ist ein Datensatz. Bitte iterator in der Quelle der "
    "Abbildung streichen.",
    "A calendar has no iterator: each event (VEVENT) is a record. Please delete iterator from the source in the "
    "mapping.",
)
_NO_CALENDAR = Text(
    "Die Datei ist kein iCalendar; ihre erste Zeile muss BEGIN:VCALENDAR lauten.",
    "The file is no iCalendar; its first line must be BEGIN:VCALENDAR.",
)
_NO_END = Text(
    "Der Termin, der hier beginnt, endet nicht; hinter seiner letzten Zeile muss END:VEVENT stehen.",
    "The event that begins here does not end; END:VEVENT must stand after its last line.",
)
_EMPTY = Text(
    "Die Datei enthält noch keine Termine; sie stehen zwischen BEGIN:VEVENT und END:VEVENT.",
    "The file holds no events yet; they stand between BEGIN:VEVENT and END:VEVENT.",
)
