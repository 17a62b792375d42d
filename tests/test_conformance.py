"""Compiled shapes against pySHACL: random graphs and shapes, and corners written by hand."""

from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from pyshacl.constraints.core import value_range_constraints
from rdflib import Graph
from rdflib.term import Literal

import small_shapes
from sccon_lod import referee, results
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.facts import Facts
from sccon_lod.lexicon import Told
from sccon_lod.results import Found
from sccon_lod.shacl import conformance, syntax
from sccon_lod.shacl.compiler import Program, compile_shapes
from sccon_lod.sql import conformance as sql
from small_shapes import parsed


def told(turtle: str) -> list[Told]:
    """Return the statements of a graph as a vocabulary tells them."""
    found = []
    for quad in pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        value = quad.object
        datatype = "" if isinstance(value, pyoxigraph.NamedNode) else value.datatype.value
        language = getattr(value, "language", None) or ""
        found.append(Told(quad.subject.value, quad.predicate.value, value.value, datatype, language, Origin("x", 1)))
    return found


def compiled(engine: Engine, data: str, shapes: Graph) -> tuple[Program, set[Found]]:
    engine.clear()
    engine.tell(told(data))
    for statement in sql.create_edges():
        engine.run(statement)
    program = compile_shapes(syntax.read(shapes, {}), frozenset())
    return program, {results.of_term(*each) for each in conformance.run(engine, program)}


def by_pyshacl(engine: Engine, shapes: Graph) -> set[Found]:
    return referee.results(Facts(lambda: (str(line) for (line,) in engine.ask(sql.LINES))), shapes, ())


def shown(found: set[Found]) -> list[str]:
    return sorted(
        f"{each.result.shape.rpartition('/')[2]} {each.result.component} {each.result.focus} {each.result.value}"
        for each in found
    )


def compared(one: Literal, other: Literal) -> int:
    """Compare as SPARQL does (SPARQL 1.1, section 17.3): pySHACL 0.40 puts a day before a number, without complaint."""
    first, second = one.value, other.value
    numbers = (int, float, Decimal)
    both_numbers = all(isinstance(each, numbers) and not isinstance(each, bool) for each in (first, second))
    if one.language or other.language or not (both_numbers or (type(first) is type(second) and first is not None)):
        raise TypeError
    return int(first > second) - int(first < second)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as opened, pytest.MonkeyPatch.context() as patched:
        patched.setattr(value_range_constraints, "compare_literal", compared)
        yield opened


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_shapes.graphs(), small_shapes.shapes())
def test_what_is_compiled_finds_what_pyshacl_finds(engine: Engine, data: str, shapes: str) -> None:
    rules = parsed(shapes)

    program, found = compiled(engine, data, rules)

    assert not program.left
    assert shown(found) == shown(by_pyshacl(engine, rules))


PREFIXES = small_shapes.PREFIXES


def found(engine: Engine, data: str, shapes: str) -> list[str]:
    _, wrong = compiled(engine, PREFIXES + data, parsed(PREFIXES + shapes))
    return shown(wrong)


# Where validators differ: statements, constraints of a property shape on ex:p, and how many results SHACL asks for.
CORNERS: dict[str, tuple[str, str, int]] = {
    "a day is not less than a number": ('ex:p "2022-10-18"^^xsd:date ; ex:q 5', "sh:lessThan ex:q", 1),
    "nor less than a moment": (
        'ex:p "2022-10-18"^^xsd:date ; ex:q "2022-10-20T10:00:00"^^xsd:dateTime',
        "sh:lessThan ex:q",
        1,
    ),
    "an IRI is not less than another": ("ex:p ex:a ; ex:q ex:b", "sh:lessThan ex:q", 1),
    "moments with and without time zone are not compared": (
        'ex:p "2022-10-18T10:00:00"^^xsd:dateTime ; ex:q "2022-10-20T10:00:00Z"^^xsd:dateTime',
        "sh:lessThan ex:q",
        1,
    ),
    "moments of other time zones are": (
        'ex:p "2022-10-18T10:00:00+02:00"^^xsd:dateTime ; ex:q "2022-10-18T08:30:00Z"^^xsd:dateTime',
        "sh:lessThan ex:q",
        0,
    ),
    "not a number is within no bound": ('ex:p "NaN"^^xsd:double', "sh:minInclusive 0", 1),
    "a day is within no bound of numbers": ('ex:p "2022-10-18"^^xsd:date', "sh:maxInclusive 5", 1),
    "one number in two forms is within bounds": (
        'ex:p "05"^^xsd:integer',
        "sh:minInclusive 5 ; sh:maxInclusive 5.0",
        0,
    ),
    "but is not the same term": ('ex:p "05"^^xsd:integer', "sh:in ( 5 )", 1),
    "a long number is compared to its last digit": (
        f"ex:p {'9' * 40}",
        f"sh:maxInclusive {'9' * 39}8",
        1,
    ),
    "a language is the same in capital letters": ('ex:p "a"@DE', 'sh:in ( "a"@de ) ; sh:languageIn ( "De" )', 0),
    "a language without region is no region of it": ('ex:p "a"@de', 'sh:languageIn ( "de-AT" )', 1),
    "a region is in its language": ('ex:p "a"@de-AT', 'sh:languageIn ( "de" )', 0),
    "another language that begins alike is not": ('ex:p "a"@den', 'sh:languageIn ( "de" )', 1),
    "two texts of a language in other letters": ('ex:p "a"@de, "b"@DE', "sh:uniqueLang true", 1),
    "a byte has bounds": ('ex:p "300"^^xsd:byte', "sh:datatype xsd:byte", 1),
    "a day has a calendar": ('ex:p "2023-02-29"^^xsd:date', "sh:datatype xsd:date", 1),
    "letters are counted, not bytes": ('ex:p "äöü😀"', "sh:maxLength 4 ; sh:minLength 4", 0),
    "an IRI has a length": ("ex:p ex:a", "sh:maxLength 5", 1),
    "the end is no line break": ('ex:p "a\\n"', 'sh:pattern "a$"', 1),
    "letters of every script": ('ex:p "Straße"', 'sh:pattern "^\\\\p{L}+$"', 0),
    "nothing is no value": ("ex:q 1", 'sh:datatype xsd:date ; sh:in () ; sh:pattern "x"', 0),
    "an empty list allows nothing": ("ex:p 1", "sh:in ()", 1),
    "values of two predicates are equal as terms": ('ex:p "a"@de ; ex:q "a"@DE', "sh:equals ex:q", 0),
    "a number in two forms is not": ('ex:p 1 ; ex:q "01"^^xsd:integer', "sh:equals ex:q", 2),
    "a shape that is switched off": ("ex:p 1", "sh:maxCount 0 ; sh:deactivated true", 0),
    "not a shape that is switched off": ("ex:p 1", "sh:not [ sh:deactivated true ; sh:in () ]", 1),
    "exactly one of two": ("ex:p 1, 2", "sh:xone ( [ sh:in ( 1 2 ) ] [ sh:in ( 2 ) ] )", 1),
    "a class above another": ("ex:p ex:b", "sh:class ex:C", 0),
    "a class below it": ("ex:p ex:a", "sh:class ex:D", 1),
    "around a circle": ("ex:p ex:x . ex:x ex:p ex:s", "sh:minCount 1", 0),
}


@pytest.mark.parametrize("name", CORNERS)
def test_a_corner_is_as_shacl_has_it(engine: Engine, name: str) -> None:
    said, demands, count = CORNERS[name]
    data = f"ex:s {said} . ex:a a ex:C . ex:b a ex:D . ex:D rdfs:subClassOf ex:C ."

    assert (
        len(found(engine, data, f"ex:S a sh:PropertyShape ; sh:targetNode ex:s ; sh:path ex:p ; {demands} .")) == count
    )


PATHS = {
    "ex:p": ["b"],
    "[ sh:inversePath ex:p ]": ["c"],
    "( ex:p ex:p )": ["c"],
    "[ sh:alternativePath ( ex:p ex:q ) ]": ["b", "d"],
    "[ sh:zeroOrMorePath ex:p ]": ["a", "b", "c"],
    "[ sh:oneOrMorePath ex:p ]": ["a", "b", "c"],
    "[ sh:zeroOrOnePath ex:p ]": ["a", "b"],
    "( [ sh:zeroOrMorePath ex:p ] ex:q )": ["d"],
    "[ sh:inversePath ( ex:q ex:r ) ]": [],
    "[ sh:inversePath ( ex:o ex:p ) ]": ["e"],
    "( [ sh:inversePath ex:p ] [ sh:inversePath ex:p ] )": ["b"],
}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_round_a_circle_and_ends(engine: Engine, path: str) -> None:
    data = "ex:a ex:p ex:b ; ex:q ex:d . ex:b ex:p ex:c . ex:c ex:p ex:a . ex:e ex:o ex:c ."

    wrong = found(engine, data, f"ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path {path} ; sh:in () .")

    assert [each.rpartition("/")[2].rstrip(">") for each in wrong] == PATHS[path]


@pytest.mark.parametrize(
    "shapes",
    [
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:p ; sh:node ex:S .",
        'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:p ; sh:pattern "(a)\\\\1" .',
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:or () .",
        'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:not [ sh:sparql [ sh:select "" ] ] .',
    ],
)
def test_what_cannot_be_compiled_is_left_with_all_that_asks_it(shapes: str) -> None:
    program = compile_shapes(syntax.read(parsed(PREFIXES + shapes), {}), frozenset())

    assert program.left == {"https://example.org/S"}
    assert not program.shapes
