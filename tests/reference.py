"""What a mapping says of rows, worked out one row after the other in plain Python, to hold the engine against.

It is naive on purpose and shares nothing with the compiler but the value functions: every statement of a list
column is made for every choice of one item of each list of the row, whether the rule reads it or not.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product
from typing import NamedTuple
from urllib.parse import quote

from sccon_lod.functions import EQUAL, FUNCTIONS, GIVEN, NOT_EQUAL, ONE_OF, Labels
from sccon_lod.mapping import Call, Condition, Expression, Link, RecordMap, Reference, Rule, Source, Template, Term
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.values.value import ValueProblem

XSD = "http://www.w3.org/2001/XMLSchema#"
STRING = XSD + "string"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

Record = Mapping[str, str | tuple[str, ...]]
Rows = Mapping[str, Sequence[Record]]
"""The rows of each source, by `Source.key`."""

_Cells = Mapping[str, str]


class Object(NamedTuple):
    """An IRI, whose datatype is empty, or a literal."""

    value: str
    datatype: str = ""
    language: str = ""


class Statement(NamedTuple):
    """Subject, predicate and object."""

    subject: str
    predicate: str
    object: str
    datatype: str = ""
    language: str = ""


def statements(mapping: RecordMaps, rows: Rows, labels: Labels) -> set[Statement]:
    """Return all that the rows say."""
    teller = _Teller(mapping, rows, labels)
    return {said for each in mapping.maps for said in teller.said(each)}


class _Teller:
    """Goes through the rows; knows all maps, because a link asks for the subjects of another."""

    def __init__(self, mapping: RecordMaps, rows: Rows, labels: Labels) -> None:
        self._mapping = mapping
        self._rows = rows
        self._labels = labels

    # --- rows

    def said(self, each: RecordMap) -> Iterator[Statement]:
        for cells in self._choices(each.source):
            subject = self._subject(each, cells)
            if subject is not None:
                for rule in each.rules:
                    yield from (Statement(subject, rule.predicate, *made) for made in self._objects(each, rule, cells))

    def _choices(self, source: Source) -> Iterator[_Cells]:
        for record in self._rows.get(source.key, ()):
            items = [_items(cell, source.split.get(column)) for column, cell in record.items()]
            for chosen in product(*items):
                yield dict(zip(record, chosen, strict=True))

    def _subject(self, each: RecordMap, cells: _Cells) -> str | None:
        """Return the subject that a map makes, if the row passes the conditions of the map."""
        if not self._pass(each.conditions, cells):
            return None
        made = self._called(each.subject, cells) if isinstance(each.subject, Call) else _term(each.subject, cells)
        return made.value if made is not None and not made.datatype else None

    def _objects(self, each: RecordMap, rule: Rule, cells: _Cells) -> Iterator[Object]:
        wanted = rule.object
        if not self._pass(rule.conditions, cells):
            return
        if isinstance(wanted, Link):
            yield from (Object(iri) for iri in self._linked(each, wanted, cells) if iri is not None)
        else:
            made = self._called(wanted, cells) if isinstance(wanted, Call) else _term(wanted, cells)
            if made is not None:
                yield made

    def _linked(self, each: RecordMap, link: Link, cells: _Cells) -> Iterator[str | None]:
        for other in self._mapping.maps:
            if other.name == link.map and link.pairs:
                for others in self._choices(other.source):
                    if all(_agree(_filled(own, cells), _filled(their, others)) for own, their in link.pairs):
                        yield self._subject(other, others)
            elif other.name == link.map and other.source.key == each.source.key:
                yield self._subject(other, cells)

    # --- conditions

    def _pass(self, conditions: Iterable[Condition], cells: _Cells) -> bool:
        return all(self._holds(each, cells) for each in conditions)

    def _holds(self, condition: Condition, cells: _Cells) -> bool:
        given = [self._text(argument, cells) for argument in condition.arguments]
        return _TESTS[condition.test](*given)

    # --- functions

    def _text(self, expression: Expression, cells: _Cells) -> str | None:
        if isinstance(expression, Call):
            return self._lexical(expression, cells)[0]
        return _filled(expression, cells)

    def _lexical(self, call: Call, cells: _Cells) -> tuple[str | None, str]:
        """Return the text and the datatype that a function gives; the text is missing where it gives nothing."""
        arguments = [self._text(argument, cells) for argument in call.arguments]
        whole = tuple(argument for argument in arguments if argument is not None)
        if len(whole) < len(arguments):
            return None, ""
        try:
            lexical, datatype = FUNCTIONS[call.function].apply(whole, self._labels)
        except ValueProblem:
            return None, ""
        return lexical or None, datatype

    def _called(self, call: Call, cells: _Cells) -> Object | None:
        lexical, datatype = self._lexical(call, cells)
        if lexical is None:
            return None
        if call.language:
            return _spoken(lexical, _filled(call.language, cells))
        return _checked(Object(lexical, datatype if call.datatype is None else call.datatype))


def _agree(own: str | None, their: str | None) -> bool:
    return own is not None and own == their


_TESTS: Mapping[str, Callable[..., bool]] = {
    EQUAL: _agree,
    NOT_EQUAL: lambda one, other: one != other,
    ONE_OF: lambda text, among: text is not None and among is not None and text in among.split(" "),
    GIVEN: lambda text: text is not None,
}


# --- cells and terms


def _items(cell: str | tuple[str, ...], separator: str | None) -> Sequence[str]:
    """Return the items of a list; of an empty one the empty text, as of an empty cell."""
    if isinstance(cell, tuple):
        return [item for item in cell if item] or [""]
    if separator is None:
        return [cell]
    return [item.strip(" ") for item in cell.split(separator) if item.strip(" ")] or [""]


def _filled(template: Template, cells: _Cells, written: Callable[[str], str] = str) -> str | None:
    """Return the text of a template, its cells `written` so; nothing if one of them is empty."""
    texts = [cells.get(part.column, "") if isinstance(part, Reference) else part for part in template]
    if any(isinstance(part, Reference) and not text for part, text in zip(template, texts, strict=True)):
        return None
    return "".join(
        written(text) if isinstance(part, Reference) else text for part, text in zip(template, texts, strict=True)
    )


def _term(term: Term, cells: _Cells) -> Object | None:
    begins = isinstance(term.template[0], Reference)
    text = _filled(term.template, cells, str if term.datatype or begins else encoded)
    if text is None:
        return None
    if term.language:
        return _spoken(text, _filled(term.language, cells))
    if not term.datatype and not begins:
        return Object(text)
    return _checked(Object(text, term.datatype))


def _spoken(text: str, tag: str | None) -> Object | None:
    return Object(text, LANG_STRING, tag) if tag is not None and is_tag(tag) else None


def _checked(made: Object) -> Object | None:
    holds = FORMS.get(made.datatype)
    return made if holds is None or holds(made.value) else None


# --- IRIs (RFC 3987 section 2.2) and language tags

_PRIVATE_OR_NONE = [(0xD800, 0xF8FF), (0xFDD0, 0xFDEF), (0xFFF0, 0xFFFF), (0xE0000, 0xE0FFF), (0xF0000, 0x10FFFF)]


def _is_unreserved(letter: str) -> bool:
    if letter.isascii():
        return letter.isalnum() or letter in "-._~"
    code = ord(letter)
    outside = any(first <= code <= last for first, last in _PRIVATE_OR_NONE) or code & 0xFFFE == 0xFFFE
    return code >= 0xA0 and not outside and not letter.isspace()


@cache
def encoded(text: str) -> str:
    """Return a cell as it stands in an IRI."""
    return "".join(letter if _is_unreserved(letter) else quote(letter, safe="") for letter in text)


def is_absolute(text: str) -> bool:
    """Tell whether a cell is an IRI that may be published."""
    scheme, colon, rest = text.partition(":")
    before, _, fragment = rest.partition("#")
    path, _, query = before.partition("?")
    if not colon or not _is_spelled(fragment, "/:@?") or not _is_spelled(query, "/:@?"):
        return False
    if scheme in ("mailto", "tel", "urn", "geo", "info"):
        return path != "" and not path.startswith("/") and _is_spelled(path, "/:@")
    return scheme in ("http", "https", "ftp") and path.startswith("//") and _is_place(path[2:])


def _is_place(text: str) -> bool:
    authority, _, path = text.partition("/")
    host, _, port = authority.partition(":")
    return host != "" and _is_spelled(host, "") and (not port or _is_number(port)) and _is_spelled(path, "/:@")


def _is_spelled(text: str, more: str) -> bool:
    """Whether all letters are unreserved, delimiters, `more` or escapes of two digits."""
    first, *after = text.split("%")
    escapes = all(re.match("[0-9A-Fa-f]{2}", part) for part in after)
    letters = first + "".join(part[2:] for part in after)
    return escapes and all(_is_unreserved(letter) or letter in "!$&'()*+,;=" + more for letter in letters)


def is_tag(text: str) -> bool:
    """Tell whether a text can be the language of a literal."""
    parts = text.split("-")
    if not all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts):
        return False
    return _is_letters(parts[0], 2, 3) and _follow(parts[1:], _AFTER_LANGUAGE)


def _is_letters(part: str, *lengths: int) -> bool:
    return part.isalpha() and len(part) in lengths


# What may come after the language, in this order and each so many times (RFC 5646 section 2.1).
_AFTER_LANGUAGE: Sequence[tuple[int, Callable[[str], bool]]] = (
    (3, lambda part: _is_letters(part, 3)),
    (1, lambda part: _is_letters(part, 4)),
    (1, lambda part: _is_letters(part, 2) or (part.isdigit() and len(part) == 3)),
    (99, lambda part: len(part) > 4 or (len(part) == 4 and part[0].isdigit())),
)


def _follow(parts: Sequence[str], order: Sequence[tuple[int, Callable[[str], bool]]]) -> bool:
    rest = list(parts)
    for most, fits in order:
        for _ in range(most):
            if rest and fits(rest[0]):
                rest.pop(0)
    return _are_extensions(rest)


def _are_extensions(parts: Sequence[str]) -> bool:
    """Whether each part of one letter or digit is followed by longer ones; after an x anything may come."""
    if parts and len(parts[0]) > 1:
        return False
    for place, part in enumerate(parts):
        after = parts[place + 1 : place + 2]
        if part in ("x", "X"):
            return bool(after)
        if len(part) == 1 and (not after or len(after[0]) == 1):
            return False
    return True


# --- datatypes (XSD 1.1 part 2)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _unsigned(text: str) -> str:
    return text[1:] if text[:1] in ("+", "-") else text


def _is_integer(text: str) -> bool:
    return _is_number(_unsigned(text))


def _is_not_negative(text: str) -> bool:
    return _is_integer(text) and (text[0] != "-" or not text[1:].strip("0"))


def _is_positive(text: str) -> bool:
    return _is_integer(text) and text[0] != "-" and _unsigned(text).strip("0") != ""


def _is_decimal(text: str) -> bool:
    whole, _, fraction = _unsigned(text).partition(".")
    return _is_number(whole + fraction)


def _is_double(text: str) -> bool:
    mantissa, marked, exponent = text.replace("E", "e").partition("e")
    number = _is_decimal(mantissa) and (not marked or _is_integer(exponent))
    return number or text in ("INF", "+INF", "-INF", "NaN")


_ZONE = r"(Z|[+-](?P<away>\d\d:\d\d))?"
_YEAR = r"(?P<year>-?\d{4,})"
_MONTH = _YEAR + r"-(?P<month>\d\d)"
_DATE = _MONTH + r"-(?P<day>\d\d)"
_TIME = r"(?P<time>\d\d:\d\d:\d\d)(\.(?P<fraction>\d+))?"


def _dated(pattern: str) -> Callable[[str], bool]:
    """Return a test for texts that look like the pattern and whose parts are such of a calendar and a clock."""
    form = re.compile(pattern + _ZONE, re.ASCII)

    def holds(text: str) -> bool:
        found = form.fullmatch(text)
        return found is not None and all(
            _PARTS[part](found) for part, written in found.groupdict().items() if written and part in _PARTS
        )

    return holds


def _is_year(found: re.Match[str]) -> bool:
    digits = found["year"].removeprefix("-")
    return len(digits) == 4 or digits[0] != "0"


def _is_day(found: re.Match[str]) -> bool:
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= {2: 29 if leap else 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(month, 31)


def _is_clock(found: re.Match[str]) -> bool:
    hour, minute, second = map(int, found["time"].split(":"))
    fraction = found["fraction"] or ""
    midnight = (hour, minute, second) == (24, 0, 0) and not fraction.strip("0")
    return midnight or (hour < 24 and minute < 60 and second < 60)


def _is_zone(found: re.Match[str]) -> bool:
    return found["away"] == "14:00" or (found["away"] < "14:00" and found["away"][3:] < "60")


_PARTS: Mapping[str, Callable[[re.Match[str]], bool]] = {
    "year": _is_year,
    "month": lambda found: 1 <= int(found["month"]) <= 12,
    "day": _is_day,
    "time": _is_clock,
    "away": _is_zone,
}

FORMS: Mapping[str, Callable[[str], bool]] = {
    "": is_absolute,
    XSD + "boolean": ("true", "false", "1", "0").__contains__,
    XSD + "integer": _is_integer,
    XSD + "nonNegativeInteger": _is_not_negative,
    XSD + "positiveInteger": _is_positive,
    XSD + "decimal": _is_decimal,
    XSD + "double": _is_double,
    XSD + "date": _dated(_DATE),
    XSD + "dateTime": _dated(f"{_DATE}T{_TIME}"),
    XSD + "gYear": _dated(_YEAR),
    XSD + "gYearMonth": _dated(_MONTH),
    XSD + "time": _dated(_TIME),
}


def is_written(text: str, datatype: str) -> bool:
    """Tell whether a text is a literal of a datatype, or an IRI where the datatype is empty."""
    return _checked(Object(text, datatype)) is not None


# --- N-Triples


def ntriples(said: Iterable[Statement]) -> bytes:
    """Return the statements as canonical N-Triples, each line once, in the order of their bytes."""
    lines = {f"<{each.subject}> <{each.predicate}> {_written(each)} .\n".encode() for each in said}
    return b"".join(sorted(lines))


def _written(said: Statement) -> str:
    if not said.datatype:
        return f"<{said.object}>"
    text = '"' + "".join(_escaped(letter) for letter in said.object) + '"'
    if said.datatype == LANG_STRING:
        return f"{text}@{said.language}"
    return text if said.datatype == STRING else f"{text}^^<{said.datatype}>"


def _escaped(letter: str) -> str:
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    steering = ord(letter) < 0x20 or ord(letter) == 0x7F
    return short.get(letter, f"\\u{ord(letter):04X}" if steering else letter)


def is_settled(lines: bytes) -> bool:
    """Tell whether the lines are sorted by their bytes and each stands once, as `LC_ALL=C sort -u` leaves them."""
    each = lines.split(b"\n")
    return each.pop() == b"" and all(one < other for one, other in pairwise(each))
