"""HTML: the JSON-LD of pages as records."""

import random
from pathlib import Path

import pytest

from reading import Reading, read, refused_by
from sccon_lod.errors import SourceError
from sccon_lod.readers import pages
from sccon_lod.rows import Layout


def of(folder: Path, content: bytes | str, *references: str, iterator: str = "") -> Reading:
    return read(pages.page, written(folder, content), Layout("jsonpath", iterator, {}, references))


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "x.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def script(text: str, kind: str = '"application/ld+json"') -> str:
    return f"<script type={kind}>{text}</script>"


FEST = '{"@type": "Event", "name": "Fest", "location": {"@type": "Place", "name": "Park"}}'


def test_a_node_with_a_type_is_a_record(tmp_path: Path) -> None:
    reading = of(tmp_path, f"<html>\n<head>{script(FEST)}</head></html>", "name", "['@type']", "location.name")

    assert reading.rows == [(1, "x.html", 2, "", ("Fest", "Event", "Park"))]
    assert not reading.findings


@pytest.mark.parametrize(
    "content",
    [
        script(FEST, "application/ld+json"),
        script(FEST, "' Application/LD+JSON; charset=utf-8 '"),
        f'<SCRIPT id="a>b" async\n TYPE="application/ld+json">{FEST}</SCRIPT >',
        f'<script type="application/ld+json">{FEST}',
        f"<!-- {script('{')} --><script>var x = '{script('{')}';</script>{script(FEST)}",
        f"{script('{', 'application/json')}{script(FEST)}",
    ],
)
def test_scripts_with_json_ld_are_read_and_others_are_not(tmp_path: Path, content: str) -> None:
    reading = of(tmp_path, content, "name")

    assert [(reading.cells, each.rule) for each in reading.findings] == []
    assert reading.cells == [("Fest",)]


def test_nodes_in_lists_and_graphs_are_records(tmp_path: Path) -> None:
    nodes = (
        '[{"@graph": [{"@type": ["A", "B"], "name": "1"}, {"name": "no type"}, "text"]}, '
        '{"@type": "C", "name": "2", "@graph": {"@type": "D", "name": "3"}}]'
    )
    reading = of(tmp_path, script(nodes) + "\n" + script(FEST), "name", "['@type']")

    assert reading.cells == [("1", ("A", "B")), ("2", "C"), ("3", "D"), ("Fest", "Event")]
    assert reading.places == [
        *((1, 1, "$[0]['@graph'][0]"), (2, 1, "$[1]"), (3, 1, "$[1]['@graph']"), (4, 2, "")),
    ]


def test_the_iterator_selects_other_nodes(tmp_path: Path) -> None:
    reading = of(tmp_path, script(FEST), "name", "../name", iterator="$.location")

    assert reading.rows == [(1, "x.html", 1, "$.location", ("Park", "Fest"))]


def test_a_script_that_is_no_json_costs_one_record(tmp_path: Path) -> None:
    content = "<p>\n" + script('\n{"@type": "Event",\n "name": }\n') + "\n" + script(FEST)
    reading = of(tmp_path, content, "name")

    assert reading.lines() == [
        "x.html:4: violation: This is no JSON from character 10 of the line on, where “}” stands; are quotation marks, "
        'commas and brackets right? Right is for example {"name": "Fest", "tags": ["a", "b"]}.'
    ]
    assert (reading.cells, reading.counts) == ([("Fest",)], (1, 1, 0))
    assert reading.places == [(2, 6, "")]


@pytest.mark.parametrize("content", ["", "<p>Fest</p>", script('{"name": "no type"}')])
def test_a_page_without_records_is_a_warning(tmp_path: Path, content: str) -> None:
    assert of(tmp_path, content, "name").lines() == [
        "x.html: warning: The page holds no records; they stand as JSON-LD in <script "
        'type="application/ld+json">{"@type": "Event", "name": "Fest"}</script>.'
    ]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("\ufeff", "utf-8"),
        ('<meta charset="windows-1252">', "windows-1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "latin-1"),
        ('<meta charset="no-such">', "utf-8"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="idna">', "utf-8"),
        ('<meta charset="ISO-8859-2">', "iso-8859-2"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path, head: str, encoding: str) -> None:
    content = (head + script('{"@type": "Event", "name": "Grüße"}')).encode(encoding)

    assert of(tmp_path, content, "name").cells == [("Grüße",)]


def test_bytes_that_are_not_utf_8_are_found_in_their_cell(tmp_path: Path) -> None:
    reading = of(tmp_path, script('{"@type": "Event", "name": "Grüße"}').encode("latin-1"), "name")

    assert [(each.rule, str(each.origin)) for each in reading.findings] == [("cell-encoding", "x.html:1, name")]
    assert reading.counts == (0, 1, 0)


def test_a_page_has_nothing_around_its_nodes(tmp_path: Path) -> None:
    assert refused_by(pages.page, written(tmp_path, ""), Layout("jsonpath", "", {}, ("../name",))) == (
        "x.html, ../name: The path “../name” leads beyond the root; around the record there are as many levels as the "
        "iterator has steps, that is 0."
    )


def test_a_page_that_was_damaged_is_a_finding_or_an_error(tmp_path: Path) -> None:
    whole = (f"<meta charset=utf-8><!-- c -->{script(FEST)}" * 2).encode()
    chance = random.Random(7)  # noqa: S311
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            of(tmp_path, bytes(damaged), "name", "location.name", "['@type']")
        except SourceError as error:
            assert error.text.en
