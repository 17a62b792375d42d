"""XML: elements as records, and documents that are not safe to read."""

import random
from pathlib import Path

import pytest

from reading import Reading, read, refused_by
from sccon_lod.errors import SourceError
from sccon_lod.readers import markup
from sccon_lod.rows import Cell, Layout

EVENTS = """<?xml version="1.0" encoding="UTF-8"?>
<events year="2022">
  <event id="a"><name>Fest &amp; <b>Markt</b></name><tag>x</tag><tag>y</tag><venue><city>Bonn</city></venue></event>
  <!-- a comment --><other/>
  <event id="b" xml:lang="de"><name><![CDATA[<x>]]></name><venue/><tag> z </tag></event>
</events>"""


def of(folder: Path, content: bytes | str, *references: str, iterator: str = "/events/event", **names: str) -> Reading:
    return read(markup.xml, written(folder, content), layout(references, iterator, names))


def refused(folder: Path, content: bytes | str, *references: str, iterator: str = "/events/event", **names: str) -> str:
    return refused_by(markup.xml, written(folder, content), layout(references, iterator, names))


def layout(references: tuple[str, ...], iterator: str, names: dict[str, str]) -> Layout:
    return Layout("xpath", iterator, {f"xmlns:{prefix}": name for prefix, name in names.items()}, references)


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "x.xml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("reference", "cells"),
    [
        ("@id", ["a", "b"]),
        ("name", ["Fest & Markt", "<x>"]),
        ("tag", [("x", "y"), " z "]),
        ("normalize-space(tag)", ["x", "z"]),
        ("tag[2]", ["y", ""]),
        ("venue/city", ["Bonn", ""]),
        ("../@year", ["2022", "2022"]),
        ("@xml:lang", ["", "de"]),
        ("count(tag)", ["2", "1"]),
        ("count(tag) div 4", ["0.5", "0.25"]),
        ("number(name)", ["", ""]),
        ("1 div 0", ["", ""]),
        ("tag = 'x'", ["true", "false"]),
        ("concat(@id, '-', ../@year)", ["a-2022", "b-2022"]),
        ("tag/text()", [("x", "y"), " z "]),
        ("missing", ["", ""]),
    ],
)
def test_a_reference_is_an_xpath_from_the_record(tmp_path: Path, reference: str, cells: list[Cell]) -> None:
    reading = of(tmp_path, EVENTS, reference)

    assert reading.cells == [(cell,) for cell in cells]
    assert not reading.findings


def test_a_record_has_its_line_and_its_path(tmp_path: Path) -> None:
    assert of(tmp_path, EVENTS, "@id").places == [(1, 3, "/events/event[1]"), (2, 5, "/events/event[2]")]
    assert of(tmp_path, EVENTS, ".", iterator="//city").places == [(1, 3, "/events/event[1]/venue/city")]
    assert of(tmp_path, EVENTS, "@year", iterator="/events").places == [(1, 2, "/events")]


def test_positions_are_those_among_elements_of_one_name(tmp_path: Path) -> None:
    content = "<r>" + "<e><n/><m/><n/></e><f><n/></f>" * 3 + "</r>"
    reading = of(tmp_path, content, "@x", iterator="//n")

    assert [path for _, _, path in reading.places] == [
        *(f"/r/{parent}[{number}]/n{position}" for number in (1, 2, 3) for parent, position in _INNER)
    ]


_INNER = (("e", "[1]"), ("e", "[2]"), ("f", ""))


def test_a_line_is_said_as_far_as_the_parser_counts_and_the_path_always(tmp_path: Path) -> None:
    reading = of(tmp_path, "<r>\n" + "<e/>\n" * 66_000 + "</r>", "@x", iterator="/r/e")

    assert reading.places[65_532] == (65_533, 65_534, "/r/e[65533]")
    assert reading.places[65_533] == (65_534, 0, "/r/e[65534]")
    assert reading.places[-1] == (66_000, 0, "/r/e[66000]")


def test_comments_and_instructions_are_no_text(tmp_path: Path) -> None:
    assert of(tmp_path, "<r><n>a<!-- c -->b<?pi d?>e</n></r>", "n", iterator="/r").cells == [("abe",)]


# --- namespaces

NAMESPACED = (
    '<events xmlns="https://example.org/e" xmlns:l="https://example.org/l">'
    '<event l:id="a" l:lang="x" lang="y"><l:name>Fest</l:name></event></events>'
)


def test_without_declared_prefixes_names_are_those_without_namespaces(tmp_path: Path) -> None:
    assert of(tmp_path, NAMESPACED, "name", "@id", "@lang").cells == [("Fest", "a", "y")]


def test_declared_prefixes_tell_namespaces_apart(tmp_path: Path) -> None:
    names = {"e": "https://example.org/e", "q": "https://example.org/l"}
    reading = of(tmp_path, NAMESPACED, "q:name", "@q:id", "name", iterator="/e:events/e:event", **names)

    assert reading.cells == [("Fest", "a", "")]


# --- what is wrong


def test_elements_where_text_is_expected_are_reported(tmp_path: Path) -> None:
    reading = of(tmp_path, EVENTS, "@id", "venue")

    assert reading.lines() == [
        "x.xml:3, /events/event[1], venue: violation: There are elements here, no text: city. Name one in the path, "
        "for example venue/city."
    ]
    assert reading.cells == [("a", ""), ("b", "")]


def test_control_characters_are_found_in_their_cells(tmp_path: Path) -> None:
    reading = of(tmp_path, "<r>\x7f</r>", ".", iterator="/r")

    assert reading.lines() == [
        "x.xml:1, /r, .: violation: The cell holds the invisible control character U+007F; please delete it. [\\x7f]"
    ]
    assert reading.counts == (1, 0, 0)


def test_an_iterator_that_leads_to_nothing_is_a_warning(tmp_path: Path) -> None:
    assert of(tmp_path, EVENTS, "@id", iterator="/event").lines() == [
        "x.xml: warning: The iterator /event leads to nothing; the root is called events and holds: event, other."
    ]


_REMEDY = (
    "right is for example /events/event, venue/city or @id. A prefix is declared with xmlns: in the source of the "
    "mapping, for example xmlns:e: https://example.org/events."
)


@pytest.mark.parametrize(
    ("reference", "place", "reason"),
    [
        ("a[", "x.xml, a[", "Invalid expression"),
        ("q:name", "x.xml:3, q:name", "Undefined namespace prefix"),
        ("f()", "x.xml:3, f()", "Unregistered function"),
        ("$x", "x.xml:3, $x", "Undefined variable"),
    ],
)
def test_an_xpath_that_is_not_understood_is_refused(tmp_path: Path, reference: str, place: str, reason: str) -> None:
    assert (
        refused(tmp_path, EVENTS, reference) == f"{place}: The XPath “{reference}” cannot be read ({reason}); {_REMEDY}"
    )


def test_an_iterator_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, EVENTS, "@id", iterator="/q:e") == (
        f"x.xml: The XPath “/q:e” cannot be read (Undefined namespace prefix); {_REMEDY}"
    )


@pytest.mark.parametrize("iterator", ["/events/event/@id", "count(/events)", "//name/text()"])
def test_an_iterator_selects_elements(tmp_path: Path, iterator: str) -> None:
    assert refused(tmp_path, EVENTS, "@id", iterator=iterator) == (
        f"x.xml: The iterator {iterator} does not select elements; right is for example /events/event."
    )


def test_an_iterator_is_needed(tmp_path: Path) -> None:
    assert refused(tmp_path, EVENTS, "@id", iterator="") == (
        "x.xml: XML needs an iterator that names the records; in the source of the mapping for example iterator: "
        "/events/event."
    )


def test_an_option_that_xml_does_not_have_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, EVENTS)

    assert refused_by(markup.xml, path, Layout("xpath", "/events", {"sheet": "1"}, ("@id",))) == (
        "x.xml: There is no “sheet” for .xml; please delete it from the source in the mapping."
    )


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("<a>\n<b></a>", 2, "Opening and ending tag mismatch: b line 2 and a"),
        ("<a>Fest & Markt</a>", 1, "xmlParseEntityRef: no name"),
        ("<a>\x01</a>", 1, "PCDATA invalid Char value 1"),
        ("<a>&b;</a>", 1, "Entity 'b' not defined"),
        ("", 1, "Document is empty"),
    ],
)
def test_a_file_that_is_no_xml_is_refused_with_its_line(tmp_path: Path, content: str, line: int, reason: str) -> None:
    assert refused(tmp_path, content, "@id") == (
        f"x.xml:{line}: The file is no XML ({reason}); is every element closed, is & written as &amp;? Right is for "
        "example <events><event>Fest &amp; Markt</event></events>."
    )


BOMB = "<!DOCTYPE a [" + '<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "content",
    [
        BOMB + ']><a b="&x9;">&x9;</a>',
        (BOMB + "]><a>&x9;</a>").encode("utf-16"),
        '<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/hostname">]><a>&secret;</a>',
        '<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a/>',
        '<?xml version="1.0"?><!-- c --><!DOCTYPE a [<!ENTITY % p SYSTEM "https://example.org/p"> %p;]><a/>',
    ],
)
def test_a_document_type_is_refused(tmp_path: Path, content: bytes | str) -> None:
    assert refused(tmp_path, content, ".", iterator="/a") == (
        "x.xml: The file has a document type definition (<!DOCTYPE …>), which is not read because it can bring in "
        "other files; please delete these lines."
    )


def test_a_document_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    assert "x.xml:1: The file is no XML (" in refused(tmp_path, "<a>" * 10_000 + "</a>" * 10_000, ".", iterator="/a")


def test_the_declared_encoding_is_used(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="ISO-8859-1"?><a>Grüße</a>'

    assert of(tmp_path, content.encode("latin-1"), ".", iterator="/a").cells == [("Grüße",)]
    assert of(tmp_path, "<a>Grüße</a>".encode("utf-16"), ".", iterator="/a").cells == [("Grüße",)]


def test_a_file_that_was_damaged_is_a_finding_or_an_error(tmp_path: Path) -> None:
    whole = EVENTS.encode()
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            of(tmp_path, bytes(damaged), "@id", "name", "venue/city")
        except SourceError as error:
            assert error.text.en
