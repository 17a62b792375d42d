"""Statements as people read them: short, and what is beside what was."""

import pytest

from sccon_lod import short_lines
from sccon_lod.differences import Change, Kind
from sccon_lod.names import Names

D = "https://example.net/id/event/a"
EX = "https://example.net/def#"
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = Names({"id": "https://example.net/id/", "ex": EX, "xsd": XSD}, ())
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.mark.parametrize(
    ("line", "short"),
    [
        (f'<{D}> <{EX}name> "Fest"@de .', 'ex:name "Fest"@de'),
        (f'<{D}> <{EX}name> "a <b> \\"c\\" . " .', 'ex:name "a <b> \\"c\\" . "'),
        (f'<{D}#period> <{EX}start> "2022"^^<{XSD}gYear> .', '#period ex:start "2022"^^xsd:gYear'),
        (f'<{D}> <{EX}x> "y"^^<https://other.example/t> .', 'ex:x "y"^^<https://other.example/t>'),
        (f"<{D}> <{RDF_TYPE}> <{EX}Event> .", "a ex:Event"),
        (f"<{D}> <https://other.example/p> <{D}> .", "<https://other.example/p> id:event/a"),
    ],
)
def test_a_statement_is_short(line: str, short: str) -> None:
    assert short_lines.short(line, D, NAMES) == short


def test_what_was_stands_before_what_is_for_each_predicate() -> None:
    removed = (f'<{D}> <{EX}a> "1" .', f'<{D}> <{EX}b> "1" .', f'<{D}> <{EX}b> "2" .')
    added = (f'<{D}#x> <{EX}z> "1" .', f'<{D}> <{EX}a> "0" .', f'<{D}> <{EX}b> "3" .')

    told = short_lines.told(Change(D, Kind.CHANGED, removed, added), NAMES)

    assert [f"{each.sign} {each.text}" for each in told] == [
        '- ex:a "1"',
        '+ ex:a "0"',
        '- ex:b "1"',
        '- ex:b "2"',
        '+ ex:b "3"',
        '+ #x ex:z "1"',
    ]


LINES = (
    f'<{D}#part> <{EX}name> "Teil"@en .',
    f'<{D}> <{EX}title> "Titel"@en .',
    f'<{D}> <{EX}name> "Fest \\"A\\"\\n\\u00E4"@de .',
    f'<{D}> <{EX}name> "Party"@en .',
    f"<{D}> <{EX}name> <{D}> .",
)


@pytest.mark.parametrize(
    ("lines", "language", "label"),
    [
        (LINES, "en", "Party"),
        (LINES, "de", 'Fest "A"\nä'),
        (LINES[:3], "en", 'Fest "A"\nä'),
        (LINES[:2], "de", "Titel"),
        (LINES[:1], "en", ""),
        ([f'<{D}> <{EX}name> "b"@en-GB .', f'<{D}> <{EX}name> "a" .'], "en", "b"),
        ([f'<{D}> <{EX}name> "b"@fr .', f'<{D}> <{EX}name> "c" .'], "en", "c"),
    ],
)
def test_the_label_is_the_best_predicate_in_the_best_language(lines: list[str], language: str, label: str) -> None:
    assert short_lines.label(lines, D, [f"{EX}name", f"{EX}title"], language) == label
