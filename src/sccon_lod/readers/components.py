"""The components of an iCalendar stream: their properties, and the lines they stand on (RFC 5545 section 3.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_VALUE = r'(?:"[^"]*"|[^";:,]*)'
_PARAMETER = rf";[A-Za-z0-9-]+={_VALUE}(?:,{_VALUE})*"
_LINE = re.compile(rf"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:{_PARAMETER})*):(?P<value>.*)", re.DOTALL)
_EACH = re.compile(rf";(?P<name>[A-Za-z0-9-]+)=(?P<value>{_VALUE}(?:,{_VALUE})*)")
_OUTER = {"VCALENDAR", "VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"}


class Property(NamedTuple):
    """The value of a content line as it is written, and its parameters by their names in lower case."""

    value: str
    parameters: dict[str, str]


@dataclass
class Component:
    """What stands between BEGIN and END: its name, its properties by their names in lower case.

    `line` is that of its BEGIN, `broken` has the lines that are no properties. One without an END is not whole.
    """

    name: str
    line: int
    around: "Component | None" = None
    properties: dict[str, list[Property]] = field(default_factory=dict)
    broken: list[tuple[int, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    is_whole: bool = False


def read(text: bytes) -> list[Component]:
    """Return the components in the order of their first lines."""
    found: list[Component] = []
    is_open: list[Component] = []
    for number, line in _unfolded(text):
        word, _, name = (part.strip().upper() for part in line.partition(":"))
        if word == "BEGIN":
            # What cannot stand within another has begun before that was ended.
            while is_open and name in _OUTER and (name == "VCALENDAR" or is_open[-1].name != "VCALENDAR"):
                is_open.pop()
            found.append(Component(name, number, is_open[-1] if is_open else None))
            is_open.append(found[-1])
        for each in is_open:
            if each.name == "VTIMEZONE":
                each.lines.append(line)
        if word == "END":
            _end(name, is_open)
        elif word != "BEGIN" and is_open:
            _add(is_open[-1], number, line)
    return found


def _unfolded(text: bytes) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers; what was folded, maybe within a letter, is one line again."""
    first, parts = 0, list[bytes]()
    for number, line in enumerate(text.replace(b"\r\n", b"\n").split(b"\n"), start=1):
        if parts and line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
        else:
            yield from _line(first, parts)
            first, parts = number, [line]
    yield from _line(first, parts)


def _line(number: int, parts: list[bytes]) -> Iterator[tuple[int, str]]:
    line = b"".join(parts).decode(errors="surrogateescape")
    if line.strip():
        yield number, line


def _end(name: str, is_open: list[Component]) -> None:
    if any(each.name == name for each in is_open):
        while is_open[-1].name != name:
            is_open.pop()
        is_open.pop().is_whole = True


def _add(component: Component, number: int, line: str) -> None:
    found = _LINE.fullmatch(line)
    if not found:
        component.broken.append((number, line))
        return
    parameters = {each["name"].lower(): each["value"].replace('"', "") for each in _EACH.finditer(found["parameters"])}
    component.properties.setdefault(found["name"].lower(), []).append(Property(found["value"], parameters))
