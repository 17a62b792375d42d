"""Shapes read from their graph, and ill-formed ones refused."""

from pathlib import Path

import pytest

import small
import small_shapes
from conftest import load
from sccon_lod.errors import ShapeError
from sccon_lod.shacl import syntax
from sccon_lod.shacl.shape import Alternative, Repeated, Sequence, Shape, Step
from sccon_lod.shacl.shape import Path as PropertyPath

EX = "https://example.org/"
A, B = Step(EX + "a"), Step(EX + "b")


def read(turtle: str) -> dict[str, Shape]:
    return dict(syntax.read(small_shapes.parsed(small_shapes.PREFIXES + turtle), {}))


PATHS: dict[str, tuple[str, PropertyPath]] = {
    "a predicate": ("ex:a", A),
    "the other way": ("[ sh:inversePath ex:a ]", Step(EX + "a", is_inverse=True)),
    "one after the other": ("( ex:a ex:b )", Sequence((A, B))),
    "one or the other": ("[ sh:alternativePath ( ex:a ex:b ) ]", Alternative((A, B))),
    "any number": ("[ sh:zeroOrMorePath ex:a ]", Repeated(A, 0, is_many=True)),
    "once or more": ("[ sh:oneOrMorePath ex:a ]", Repeated(A, 1, is_many=True)),
    "perhaps": ("[ sh:zeroOrOnePath ex:a ]", Repeated(A, 0, is_many=False)),
    "a sequence the other way": (
        "[ sh:inversePath ( ex:a ex:b ) ]",
        Sequence((Step(EX + "b", is_inverse=True), Step(EX + "a", is_inverse=True))),
    ),
    "there and back": ("[ sh:inversePath [ sh:inversePath ex:a ] ]", A),
    "paths in paths": (
        "( ex:a [ sh:zeroOrMorePath [ sh:inversePath [ sh:alternativePath ( ex:a ex:b ) ] ] ] )",
        Sequence(
            (A, Repeated(Alternative((Step(EX + "a", is_inverse=True), Step(EX + "b", is_inverse=True))), 0, True))
        ),
    ),
}


@pytest.mark.parametrize("name", PATHS)
def test_a_path_is_read(name: str) -> None:
    turtle, expected = PATHS[name]

    assert read(f"ex:Shape a sh:PropertyShape ; sh:path {turtle} .")[EX + "Shape"].path == expected


# What is ill-formed, and the beginning of what is said.
WRONG: dict[str, tuple[str, str]] = {
    "two paths": ("sh:path ex:a, ex:b", "sh:path stands in one shape several times"),
    "a path that is a text": ('sh:path "a"', "“a” is no path"),
    "an empty path": ("sh:path ()", "is no path"),
    "a sequence of one": ("sh:path ( ex:a )", "is no path"),
    "an alternative of one": ("sh:path [ sh:alternativePath ( ex:a ) ]", "is no path"),
    "a path without a predicate": ("sh:path [ ex:other ex:a ]", "is no path"),
    "a path in itself": ("sh:path _:b . _:b sh:inversePath _:b", "is no path"),
    "two datatypes": ("sh:datatype xsd:date, xsd:string", "sh:datatype stands in one shape several times"),
    "a datatype that is a text": ('sh:datatype "date"', "sh:datatype needs an IRI, not “date”"),
    "a class without name": ("sh:class []", "sh:class needs an IRI"),
    "an unknown kind of node": ("sh:nodeKind sh:Iri", "is no kind of node"),
    "a count that is no number": ('sh:path ex:a ; sh:minCount "one"', "sh:minCount needs a whole number from 0 on"),
    "a count below zero": ("sh:path ex:a ; sh:maxCount -1", "sh:maxCount needs a whole number from 0 on"),
    "a count without path": ("sh:minCount 1", "sh:minCount needs a path"),
    "a bound that is an IRI": ("sh:minInclusive ex:a", "sh:minInclusive needs a literal"),
    "a pattern that is a number": ("sh:pattern 5", "sh:pattern needs a text, not “5”"),
    "languages without list": ('sh:languageIn "de"', "sh:languageIn needs a list in round brackets"),
    "languages that are IRIs": ("sh:languageIn ( ex:de )", "sh:languageIn needs a text"),
    "a list without end": ("sh:in _:b . _:b rdf:first 1", "sh:in needs a list in round brackets"),
    "a list in itself": ("sh:in _:b . _:b rdf:first 1 ; rdf:rest _:b", "sh:in needs a list in round brackets"),
    "a list with nameless nodes": ("sh:in ( [] )", "sh:in needs an IRI or a literal"),
    "uniqueLang that is a text": ('sh:path ex:a ; sh:uniqueLang "true"', "sh:uniqueLang needs true or false"),
    "order without path": ("sh:lessThan ex:b", "sh:lessThan needs a path"),
    "a pair with a text": ('sh:path ex:a ; sh:equals "b"', "sh:equals needs an IRI"),
    "closed with a text": ('sh:closed "yes"', "sh:closed needs true or false"),
    "not of a text": ('sh:not "a"', "sh:not needs a shape, not “a”"),
    "node with a property shape": ("sh:node [ sh:path ex:a ]", "sh:node needs a node shape"),
    "property without path": ("sh:property [ sh:minLength 1 ]", "sh:property needs a property shape"),
    "or without list": ("sh:or [ sh:path ex:a ]", "sh:or needs a list in round brackets"),
    "a qualified shape without path": ("sh:qualifiedValueShape [] ; sh:qualifiedMinCount 1", "needs a path"),
    "two qualified bounds": (
        "sh:path ex:a ; sh:qualifiedValueShape [] ; sh:qualifiedMinCount 1, 2",
        "sh:qualifiedMinCount stands in one shape several times",
    ),
    "a target that is a text": ('sh:targetClass "Event"', "sh:targetClass needs an IRI"),
}


@pytest.mark.parametrize("name", WRONG)
def test_an_ill_formed_shape_is_refused(name: str) -> None:
    turtle, expected = WRONG[name]
    kind = "sh:PropertyShape" if "sh:path" in turtle.split("[")[0] else "sh:NodeShape"

    with pytest.raises(ShapeError) as error:
        read(f"ex:Shape a {kind} ; {turtle} .")

    assert expected in error.value.text.en
    assert error.value.text.de != error.value.text.en


def test_a_fault_within_a_shape_stands_at_the_line_of_the_shape_with_a_name(tmp_path: Path) -> None:
    shapes = small.shapes(start="sh:or ( [ sh:minLength 1 ] [ sh:not [ sh:datatype xsd:date, xsd:string ] ] )")
    small.publication(tmp_path, {"shapes/event.ttl": shapes})
    line = next(number for number, each in enumerate(shapes.splitlines(), 1) if each.startswith("shapes:Event-start"))

    with pytest.raises(ShapeError) as error:
        load(tmp_path)

    assert (error.value.origin.file, error.value.origin.line) == ("shapes/event.ttl", line)


def test_siblings_are_the_qualified_shapes_beside_one_another() -> None:
    found = read(
        "ex:Shape a sh:NodeShape ; sh:property ex:One, ex:Two, ex:Three .\n"
        "ex:One sh:path ex:a ; sh:qualifiedValueShape ex:X ; sh:qualifiedMinCount 1 ;\n"
        "  sh:qualifiedValueShapesDisjoint true .\n"
        "ex:Two sh:path ex:a ; sh:qualifiedValueShape ex:Y ; sh:qualifiedMaxCount 1 .\n"
        "ex:Three sh:path ex:b ; sh:qualifiedValueShape ex:X ; sh:qualifiedMaxCount 1 ."
    )

    (first,), (second,) = found[EX + "One"].references, found[EX + "Two"].references
    assert first.siblings == (EX + "Y",)
    assert second.siblings == ()


def test_a_closed_shape_allows_its_properties_and_what_is_ignored() -> None:
    found = read(
        "ex:Shape a sh:NodeShape ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property ex:P, ex:Q .\n"
        "ex:P sh:path ex:a . ex:Q sh:path [ sh:inversePath ex:b ] ."
    )

    (closed,) = found[EX + "Shape"].parameters
    assert {each.object for each in closed.terms} == {EX + "a", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}


def test_a_class_that_is_a_shape_is_its_own_target() -> None:
    found = read("ex:Shape a sh:NodeShape, rdfs:Class .")

    assert [(name, term.object) for name, term in found[EX + "Shape"].targets] == [("targetClass", EX + "Shape")]
