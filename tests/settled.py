"""Mappings in few words, and a corpus of nasty ones whose statements are written out by hand."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reference import LANG_STRING, XSD, Record, Rows
from sccon_lod.errors import Origin
from sccon_lod.functions import EQUAL, FN, GIVEN, NOT_EQUAL, ONE_OF
from sccon_lod.mapping import Call, Condition, Expression, Link, RecordMap, Reference, Rule, Source, Template, Term
from sccon_lod.mapping import Mapping as RecordMaps
from small_mappings import BASE, SCHEME

_ORIGIN = Origin("mapping/event.yaml", 7)
P, Q = "https://example.org/def#p", "https://example.org/def#p-q"


def template(text: str) -> Template:
    """Return the template that a text with `$(column)` stands for."""
    parts = re.split(r"\$\((.*?)\)", text)
    return tuple(Reference(part) if number % 2 else part for number, part in enumerate(parts) if part)


def iri(text: str) -> Term:
    return Term(template(text))


def literal(text: str, datatype: str = "string") -> Term:
    return Term(template(text), XSD + datatype)


def spoken(text: str, language: str) -> Term:
    return Term(template(text), LANG_STRING, template(language))


def call(function: str, *arguments: str | Call, datatype: str | None = None, language: str = "") -> Call:
    return Call(FN + function, tuple(map(_expression, arguments)), datatype, template(language))


def _expression(text: str | Call) -> Expression:
    return template(text) if isinstance(text, str) else text


def equal(one: str | Call, other: str | Call) -> Condition:
    return Condition(EQUAL, (_expression(one), _expression(other)))


def differ(one: str | Call, other: str | Call) -> Condition:
    return Condition(NOT_EQUAL, (_expression(one), _expression(other)))


def one_of(text: str | Call, among: str) -> Condition:
    return Condition(ONE_OF, (_expression(text), _expression(among)))


def present(text: str | Call) -> Condition:
    return Condition(GIVEN, (_expression(text),))


def link(name: str, *pairs: tuple[str, str]) -> Link:
    return Link(name, tuple((template(own), template(other)) for own, other in pairs))


def rule(made: Term | Call | Link, *conditions: Condition, predicate: str = P) -> Rule:
    return Rule(predicate, made, conditions, _ORIGIN)


def table(file: str = "data/event.csv", **split: str) -> Source:
    return Source(file, split, _ORIGIN)


def tree(file: str = "data/event.jsonl") -> Source:
    return Source(file, {}, _ORIGIN, "jsonpath")


EVENT = table()
SUBJECT = iri(BASE + "$(id)")


def record_map(
    *rules: Rule,
    source: Source = EVENT,
    subject: Term | Call = SUBJECT,
    conditions: tuple[Condition, ...] = (),
    name: str = "event",
) -> RecordMap:
    return RecordMap(name, source, subject, conditions, rules, _ORIGIN)


class Settled(NamedTuple):
    """Maps, the rows of their sources by file, and the lines they make: `BASE` is written as `id:`."""

    maps: Sequence[RecordMap]
    rows: Mapping[str, Sequence[Record]]
    lines: Sequence[str]

    @property
    def mapping(self) -> RecordMaps:
        return RecordMaps(tuple(self.maps))

    @property
    def by_source(self) -> Rows:
        return {each.source.key: self.rows[each.source.file] for each in self.maps}

    @property
    def ntriples(self) -> bytes:
        short = {
            "<id:": f"<{BASE}",
            "<topic:": f"<{SCHEME}",
            "^^<xsd:": f"^^<{XSD}",
            " p ": f" <{P}> ",
            " q ": f" <{Q}> ",
        }
        return "".join(f"{_spelled_out(line, short)} .\n" for line in self.lines).encode()


def _spelled_out(line: str, short: Mapping[str, str]) -> str:
    for name, whole in short.items():
        line = line.replace(name, whole)
    return line


def _events(*rows: Record) -> Mapping[str, Sequence[Record]]:
    return {"data/event.csv": rows}


_STEERING = (
    *('"', "\\", "\\n", "\n\r\n\r\t", "\x1b\b\f", "';--", "$1 \\1 \\0", "<b>&amp;</b> .", "\u2028\u0085", "\x7f{}%s"),
)
_ADDRESSES = (
    *("http://a.de/ü?q=%20&x='", "urn:x:y", "mailto:a@b.de", "HTTP://a.de/", "http://a.de/b c", "http://a.de/%2"),
    *("javascript:alert(1)", "http://a.de/\u00a0", "http://a.de/\ue000", " http://a.de/", "http://"),
    *("http://a.de/#x#y", "//a.de", ""),
)
# A day or a time, and a number.
_LITERALS = (
    *(("2024-02-29", "+007"), ("2023-02-29", "-.5"), ("0000-02-29Z", "-1E-3"), ("10000-02-31", "NaN")),
    *(("-2022-02-31", "true"), ("2022-10-18T24:00:00.0+14:00", "0"), ("-2022", "TRUE"), ("2022-12", "1e")),
    *(("23:59:59.9Z", "."), ("2022-10-18T24:00:01", "-"), ("2022-10-18 10:00:00", "1,5"), ("20222-1", "١")),
    *(("12:00", "1 "), ("2022-13", " 1"), ("02022", "+INF\n"), ("2022-10-18+14:01", "nan"), ("24:00:00.1", "0x1")),
    *(("1900-02-29", "--1"), ("2022-10-32", "1e1.5")),
)
_TAGS = ("de", "DE", "zh-Hans-x-a1", "de_AT", "d", "german", "de-", "de\n", "1")

_LISTED = table(topics="|", tags=", ")
_VENUE = table("data/venue.csv", rooms="|")

SETTLED: Mapping[str, Settled] = {
    "statements of several maps, rules, sources and rows are one where they are equal": Settled(
        [
            record_map(rule(literal("$(name)")), rule(literal("$(name)"))),
            record_map(rule(literal("$(title)")), subject=iri(BASE + "$(key)"), source=_VENUE, name="venue"),
            record_map(rule(literal("F$(rest)")), name="again"),
        ],
        {
            "data/event.csv": [{"id": "a", "name": "Fest", "rest": "est"}] * 2,
            "data/venue.csv": [{"key": "a", "title": "Fest"}, {"key": "a", "title": "Feſt"}],
        },
        ['<id:a> p "Fest"', '<id:a> p "Feſt"'],
    ),
    "lines are in the order of their bytes, not of their terms": Settled(
        [
            record_map(rule(literal("$(name)")), rule(literal("$(name)"), predicate=Q)),
            record_map(
                *(rule(spoken("$(name)", "de")), rule(literal("$(name)", "token"))),
                conditions=(equal("$(id)", "A"),),
                name="more",
            ),
        ],
        _events(
            *(
                {"id": "a", "name": "x"},
                {"id": "a-b", "name": "x"},
                {"id": "A", "name": "x!"},
                {"id": "A", "name": "x"},
            ),
            *({"id": "aa", "name": "\n"}, {"id": "aa", "name": "Z"}, {"id": "aa", "name": "]"}),
            *({"id": "a/b", "name": ""}, {"id": "\U0001d54f", "name": "x"}, {"id": "\uffef", "name": "x"}),
        ),
        [
            *('<id:A> q "x!"', '<id:A> q "x"', '<id:A> p "x!"', '<id:A> p "x!"@de', '<id:A> p "x!"^^<xsd:token>'),
            *('<id:A> p "x"', '<id:A> p "x"@de', '<id:A> p "x"^^<xsd:token>'),
            *('<id:a-b> q "x"', '<id:a-b> p "x"', '<id:a> q "x"', '<id:a> p "x"'),
            *(
                r'<id:aa> q "Z"',
                r'<id:aa> q "\n"',
                '<id:aa> q "]"',
                r'<id:aa> p "Z"',
                r'<id:aa> p "\n"',
                '<id:aa> p "]"',
            ),
            *('<id:\uffef> q "x"', '<id:\uffef> p "x"', '<id:\U0001d54f> q "x"', '<id:\U0001d54f> p "x"'),
        ],
    ),
    "what looks alike stays apart": Settled(
        [record_map(rule(literal("$(name)")))],
        _events(
            *({"id": "a b", "name": " x"}, {"id": "a%20b", "name": "x "}, {"id": "a+b", "name": "x\u00a0"}),
            *(
                {"id": "\u00e4", "name": "a\u0308"},
                {"id": "a\u0308", "name": "\u00e4"},
                {"id": "a\u00a0b", "name": "X"},
            ),
            *({"id": "a/../b", "name": "\u200b"}, {"id": " a b", "name": "NULL"}),
        ),
        [
            *('<id:%20a%20b> p "NULL"', '<id:a%20b> p " x"', '<id:a%2520b> p "x "', '<id:a%2Bb> p "x\u00a0"'),
            *(
                '<id:a%2F..%2Fb> p "\u200b"',
                '<id:a%C2%A0b> p "X"',
                '<id:a\u0308> p "\u00e4"',
                '<id:\u00e4> p "a\u0308"',
            ),
        ],
    ),
    "what steers readers of RDF, SQL, regular expressions or terminals is text": Settled(
        [
            record_map(rule(literal('$(it\'s "odd" m²\\1)'))),
            record_map(
                rule(literal("$1 \\1 {0} %s ';--\n\"$(id)")), conditions=(equal("$(id)", "9"),), name="constant"
            ),
        ],
        _events(
            *({"id": str(number), 'it\'s "odd" m²\\1': text} for number, text in enumerate(_STEERING)),
        ),
        [
            *(
                r'<id:0> p "\""',
                r'<id:1> p "\\"',
                r'<id:2> p "\\n"',
                r'<id:3> p "\n\r\n\r\t"',
                r'<id:4> p "\u001B\b\f"',
            ),
            *('<id:5> p "\';--"', '<id:6> p "$1 \\\\1 \\\\0"', '<id:7> p "<b>&amp;</b> ."', '<id:8> p "\u2028\u0085"'),
            *('<id:9> p "$1 \\\\1 {0} %s \';--\\n\\"9"', r'<id:9> p "\u007F{}%s"'),
        ],
    ),
    "names of columns are of any kind, and tell upper from lower": Settled(
        [
            record_map(
                rule(literal("$(name)/$(Name)/$(NAME)")),
                rule(literal("$(rowid)/$(record)/$(select)/$(rule)/$(file)")),
                source=tree(),
            )
        ],
        {
            "data/event.jsonl": [
                {
                    "id": "a",
                    "name": "1",
                    "Name": "2",
                    "NAME": "3",
                    "rowid": "4",
                    "record": "5",
                    "select": "6",
                    "rule": "7",
                    "file": "8",
                }
            ]
        },
        ['<id:a> p "1/2/3"', '<id:a> p "4/5/6/7/8"'],
    ),
    "items are what is between separators, less blanks and what is empty": Settled(
        [record_map(rule(literal("$(topics)"), predicate=Q), rule(iri(SCHEME + "$(tags)")), source=_LISTED)],
        _events(
            {"id": "a", "topics": "| x|y |x||", "tags": "one, two,three"},
            {"id": "b", "topics": " | ", "tags": ", "},
            {"id": "c", "topics": "\tx\t| y z ", "tags": ""},
            {"id": "d", "topics": "", "tags": ",x"},
            {"id": "e", "topics": "\u00a0x | \u2003", "tags": ""},
        ),
        [
            *('<id:a> q "x"', '<id:a> q "y"', "<id:a> p <topic:one>", "<id:a> p <topic:two%2Cthree>"),
            *(r'<id:c> q "\tx\t"', '<id:c> q "y z"', "<id:d> p <topic:%2Cx>"),
            *('<id:e> q "\u00a0x"', '<id:e> q "\u2003"'),
        ],
    ),
    "items of a tree are not touched": Settled(
        [record_map(rule(literal("$(tags[*])")), rule(literal("$(id) $(tags[*])"), predicate=Q), source=tree())],
        {
            "data/event.jsonl": [
                {"id": "a", "tags[*]": ("x|y", " x ", "", "x|y")},
                {"id": "b", "tags[*]": ()},
                {"id": "c", "tags[*]": ("",)},
                {"id": "d", "tags[*]": ("'", '"')},
            ]
        },
        [
            *('<id:a> q "a  x "', '<id:a> q "a x|y"', '<id:a> p " x "', '<id:a> p "x|y"'),
            *('<id:d> q "d \'"', r'<id:d> q "d \""', '<id:d> p "\'"', r'<id:d> p "\""'),
        ],
    ),
    "two lists in a rule give every pair, and one list is the same item wherever it stands": Settled(
        [
            record_map(
                rule(literal("$(topics)-$(tags)-$(topics)")),
                rule(literal("$(topics)"), differ("$(topics)", "x"), predicate=Q),
                source=_LISTED,
                subject=iri(BASE + "$(id)/$(topics)"),
            )
        ],
        _events({"id": "a", "topics": "x|y", "tags": "1, 2"}, {"id": "b", "topics": "", "tags": "1"}),
        [
            *('<id:a/x> p "x-1-x"', '<id:a/x> p "x-2-x"', '<id:a/y> q "y"', '<id:a/y> p "y-1-y"', '<id:a/y> p "y-2-y"'),
        ],
    ),
    "an empty cell equals nothing and differs from every text, an empty list too": Settled(
        [
            record_map(
                rule(literal("equal"), equal("$(one)", "$(other)")),
                rule(literal("differ"), differ("$(one)", "$(other)")),
                rule(literal("some"), differ("$(topics)", "x")),
                rule(literal("code"), one_of("$(one)", "a  b $(other)")),
                rule(literal("present"), present("$(one)$(other)"), present("$(topics)")),
                source=_LISTED,
            )
        ],
        _events(
            *({"id": "1", "one": "", "other": "", "topics": ""}, {"id": "2", "one": "", "other": "a", "topics": "x"}),
            *(
                {"id": "3", "one": "a", "other": "", "topics": "|"},
                {"id": "4", "one": "a", "other": "a", "topics": "x|y"},
            ),
            *(
                {"id": "5", "one": "a b", "other": "c", "topics": "x"},
                {"id": "6", "one": " ", "other": "b", "topics": "y"},
            ),
        ),
        [
            *('<id:1> p "some"', '<id:2> p "differ"', '<id:3> p "differ"', '<id:3> p "some"'),
            *('<id:4> p "code"', '<id:4> p "equal"', '<id:4> p "present"', '<id:4> p "some"'),
            *('<id:5> p "differ"', '<id:5> p "present"', '<id:6> p "differ"', '<id:6> p "present"', '<id:6> p "some"'),
        ],
    ),
    "an address is taken as it is or not at all, also as subject": Settled(
        [
            record_map(rule(literal("$(id)")), subject=iri("$(url)")),
            record_map(rule(iri("$(url)#$(id)")), name="part"),
        ],
        _events(
            *({"id": str(number), "url": text} for number, text in enumerate(_ADDRESSES)),
        ),
        [
            *('<http://a.de/ü?q=%20&x=\'> p "0"', "<id:0> p <http://a.de/ü?q=%20&x='#0>", "<id:1> p <urn:x:y#1>"),
            *("<id:2> p <mailto:a@b.de#2>", '<mailto:a@b.de> p "2"', '<urn:x:y> p "1"'),
        ],
    ),
    "a literal that is none of its datatype is left out": Settled(
        [
            record_map(
                *(
                    rule(literal("$(day)", datatype))
                    for datatype in ("date", "dateTime", "gYear", "gYearMonth", "time")
                ),
            ),
            record_map(
                *(rule(literal("$(number)", datatype)) for datatype in ("integer", "decimal", "double", "boolean"))
            ),
        ],
        _events(
            *({"id": str(number), "day": day, "number": text} for number, (day, text) in enumerate(_LITERALS)),
        ),
        [
            *('<id:0> p "+007"^^<xsd:decimal>', '<id:0> p "+007"^^<xsd:double>', '<id:0> p "+007"^^<xsd:integer>'),
            *('<id:0> p "2024-02-29"^^<xsd:date>', '<id:1> p "-.5"^^<xsd:decimal>', '<id:1> p "-.5"^^<xsd:double>'),
            *('<id:2> p "-1E-3"^^<xsd:double>', '<id:2> p "0000-02-29Z"^^<xsd:date>'),
            *('<id:3> p "NaN"^^<xsd:double>', '<id:4> p "true"^^<xsd:boolean>'),
            *('<id:5> p "0"^^<xsd:boolean>', '<id:5> p "0"^^<xsd:decimal>', '<id:5> p "0"^^<xsd:double>'),
            *('<id:5> p "0"^^<xsd:integer>', '<id:5> p "2022-10-18T24:00:00.0+14:00"^^<xsd:dateTime>'),
            *(
                '<id:6> p "-2022"^^<xsd:gYear>',
                '<id:7> p "2022-12"^^<xsd:gYearMonth>',
                '<id:8> p "23:59:59.9Z"^^<xsd:time>',
            ),
        ],
    ),
    "a text has the language of its cell, as it is written there": Settled(
        [
            record_map(
                rule(spoken("$(name)", "$(lang)")), rule(call("trimmed", "$(name)", language="$(lang)"), predicate=Q)
            )
        ],
        _events(
            *({"id": str(number), "name": " x ", "lang": tag} for number, tag in enumerate(_TAGS)),
            {"id": "9", "name": "", "lang": "de"},
        ),
        [
            *('<id:0> q "x"@de', '<id:0> p " x "@de', '<id:1> q "x"@DE', '<id:1> p " x "@DE'),
            *('<id:2> q "x"@zh-Hans-x-a1', '<id:2> p " x "@zh-Hans-x-a1'),
        ],
    ),
    "functions in functions: what has no value within has none without": Settled(
        [
            record_map(
                rule(call("start", call("trimmed", "$(topics) 2022"))),
                rule(call("slug_iri", call("last_day", "$(day)"), BASE), predicate=Q),
                rule(call("number", call("trimmed", call("trimmed", " $(number)")), datatype="")),
                rule(call("trimmed", "$(blank)")),
                rule(literal("kept"), differ(call("trimmed", "$(blank)"), "x"), differ(call("number", "$(day)"), "12")),
                source=_LISTED,
            ),
            record_map(
                rule(literal("$(blank)")), source=_LISTED, subject=call("concept", "$(blank)", SCHEME), name="topic"
            ),
            record_map(
                rule(call("trimmed", "$(id)", datatype=XSD + "integer")),
                rule(call("number", "$(number)", datatype=XSD + "token"), predicate=Q),
                source=_LISTED,
                name="typed",
            ),
        ],
        _events(
            {
                "id": "1",
                "topics": "18. Oktober|bald|1. Mai",
                "day": "18.10.22 - 20.10.22",
                "number": "12",
                "blank": " \t",
            },
            {"id": "x", "topics": "", "day": "31.02.22", "number": "zwölf", "blank": " WASSER "},
        ),
        [
            *('<id:1> q "12"^^<xsd:token>', "<id:1> q <id:2022-10-20>", '<id:1> p "1"^^<xsd:integer>'),
            *('<id:1> p "2022-05-01"^^<xsd:date>', '<id:1> p "2022-10-18"^^<xsd:date>', '<id:1> p "kept"'),
            *('<id:x> p "WASSER"', '<id:x> p "kept"', '<topic:water> p " WASSER "'),
        ],
    ),
    "a link says each subject of each row that agrees, and of its own map": Settled(
        [
            record_map(
                rule(link("venue", ("$(venue)", "$(key)"))),
                rule(link("venue", ("$(venue)", "$(key)"), ("R$(room)", "$(rooms)")), predicate=Q),
                rule(link("event", ("$(part of)", "$(id)"))),
                rule(link("nowhere", ("$(venue)", "$(key)"))),
            ),
            record_map(
                source=_VENUE, subject=iri(SCHEME + "$(city)"), conditions=(differ("$(city)", "y"),), name="venue"
            ),
            record_map(source=_VENUE, subject=call("slug_iri", "$(city)", BASE), name="nowhere"),
        ],
        {
            "data/event.csv": [
                {"id": "a", "venue": "1", "room": "1", "part of": "a"},
                {"id": "b", "venue": "", "room": "2", "part of": ""},
                {"id": "c", "venue": " 1", "room": "", "part of": "b"},
            ],
            "data/venue.csv": [
                *({"key": "1", "rooms": "R1|R2", "city": "ü ü"}, {"key": "1", "rooms": "R2", "city": "z"}),
                *({"key": "1", "rooms": "R1", "city": "y"}, {"key": "", "rooms": "R1", "city": "x"}),
                *({"key": "1", "rooms": "R1", "city": ""}, {"key": "1", "rooms": "R1", "city": "ü ü"}),
            ],
        },
        [
            *("<id:a> q <topic:ü%20ü>", "<id:a> p <id:a>", "<id:a> p <id:ue-ue>", "<id:a> p <id:y>", "<id:a> p <id:z>"),
            *("<id:a> p <topic:z>", "<id:a> p <topic:ü%20ü>", "<id:c> p <id:b>"),
        ],
    ),
    "a link without pairs says what another map makes of the row and its item": Settled(
        [
            record_map(rule(link("topic")), rule(literal("$(topics)"), present("$(id)"), predicate=Q), source=_LISTED),
            record_map(rule(link("tag")), source=_LISTED, subject=iri(SCHEME + "$(topics)"), name="topic"),
            record_map(
                source=_LISTED,
                subject=iri(SCHEME + "$(topics)/$(tags)"),
                conditions=(differ("$(topics)", "x"),),
                name="tag",
            ),
        ],
        _events({"id": "a", "topics": "x|y", "tags": "1, 2"}, {"id": "", "topics": "z", "tags": "3"}),
        [
            *('<id:a> q "x"', '<id:a> q "y"', "<id:a> p <topic:x>", "<id:a> p <topic:y>"),
            *("<topic:y> p <topic:y/1>", "<topic:y> p <topic:y/2>", "<topic:z> p <topic:z/3>"),
        ],
    ),
    "maps of one name are one: a link finds the subjects of all": Settled(
        [
            record_map(rule(link("thing", ("$(id)", "$(id)"))), conditions=(equal("$(id)", "a"),), name="thing"),
            record_map(source=table("data/venue.csv"), subject=iri(SCHEME + "$(id)"), name="thing"),
        ],
        {"data/event.csv": [{"id": "a"}, {"id": "b"}], "data/venue.csv": [{"id": "a"}, {"id": "b"}]},
        ["<id:a> p <id:a>", "<id:a> p <topic:a>"],
    ),
    "a cell may be very long, and rows may be without any statement": Settled(
        [record_map(rule(literal("$(name)"), present("$(id)")), rule(call("slug_iri", "$(name)", BASE)))],
        _events({"id": "a", "name": 'ü"' * 50_000}, {"id": "", "name": "x"}, {"id": "b", "name": ""}),
        ['<id:a> p "' + 'ü\\"' * 50_000 + '"'],
    ),
    "subjects that a function makes are those of their own map": Settled(
        [
            record_map(
                rule(literal("$(name)")),
                subject=call("slug_iri", "$(name)", BASE),
                conditions=(equal("$(id)", "1"),),
            ),
            record_map(
                rule(literal("$(name)"), predicate=Q),
                subject=call("slug_iri", "$(name)", BASE),
                conditions=(equal("$(id)", "2"),),
                name="other",
            ),
        ],
        _events({"id": "1", "name": "Ü"}, {"id": "2", "name": "Ä"}, {"id": "3", "name": "Ö"}),
        ['<id:ae> q "Ä"', '<id:ue> p "Ü"'],
    ),
    "what is tested under a condition is tested again without it": Settled(
        [
            record_map(
                rule(literal("$(number)", "integer"), equal("$(topics)", "x")),
                rule(literal("$(number)", "integer"), equal("$(id)", "1")),
                rule(literal("$(number)", "integer"), predicate=Q),
                rule(call("number", "$(topics) $(number)", datatype=XSD + "integer"), predicate=Q),
                source=_LISTED,
            )
        ],
        _events({"id": "1", "number": "1", "topics": "x|2"}, {"id": "2", "number": "zwei", "topics": "y"}),
        ['<id:1> q "1"^^<xsd:integer>', '<id:1> p "1"^^<xsd:integer>'],
    ),
    "a constant that is not of its datatype says nothing": Settled(
        [
            record_map(rule(literal("zwölf", "integer")), rule(literal("12", "integer"), predicate=Q)),
            record_map(rule(literal("zwölf", "integer")), subject=iri(SCHEME + "$(id)"), name="alone"),
        ],
        _events({"id": "a"}),
        ['<id:a> q "12"^^<xsd:integer>'],
    ),
    "without rows nothing is said": Settled([record_map(rule(literal("always")))], _events(), []),
}
