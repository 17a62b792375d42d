"""Shapes: the words of rules, and what they say of predicates."""

from pathlib import Path

import pytest

from sccon_lod import shapes
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.findings import Severity
from sccon_lod.language import Text
from sccon_lod.shapes import Constraint, Property, Shapes

FILE = "shapes/event.ttl"
EX = "https://example.org/shapes#"
SCHEMA = "http://schema.org/"
DCT = "http://purl.org/dc/terms/"
# What a test writes begins on line 6.
HEAD = f"""\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <{EX}> .
@prefix schema: <{SCHEMA}> .
@prefix dct: <{DCT}> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
START = """\
ex:Event a sh:NodeShape ; sh:targetClass schema:Event ; sh:property ex:Event-start .

ex:Event-start
  sh:path schema:startDate ;
  sh:minCount 1 ;
  sh:maxCount 1 ;
  sh:codeIdentifier "startDate" ;
  sh:name "Beginn"@de , "Start"@en ;
  sh:description "Erster Tag"@de , "First day"@en ;
  skos:example "2022-10-18" ;
  dct:identifier "E1" ;
  sh:message "Der Beginn fehlt."@de , "The start is missing."@en .
"""


def read(folder: Path, **files: str) -> Shapes:
    (folder / "shapes").mkdir(exist_ok=True)
    for stem, content in files.items():
        (folder / "shapes" / f"{stem}.ttl").write_text(HEAD + content, encoding="utf-8")
    return shapes.read(folder)


def refusal(folder: Path, **files: str) -> tuple[str, Text]:
    with pytest.raises(ShapeError) as caught:
        read(folder, **files)
    return str(caught.value.origin), caught.value.text


def constraint(folder: Path, said: str) -> Constraint:
    (only,) = read(folder, event=f"ex:rule sh:path schema:name ; {said} .\n").constraints()
    return only


# --- constraints


def test_each_constraint_of_a_shape_has_the_words_of_its_rule(tmp_path: Path) -> None:
    least = Constraint(
        f"{EX}Event-start",
        "minCount",
        "Event-start",
        "E1",
        Severity.VIOLATION,
        Text("Der Beginn fehlt.", "The start is missing."),
        (f"{SCHEMA}startDate",),
        Origin(FILE, 8),
        is_asked=True,
        is_private=False,
    )

    found = read(tmp_path, event=START).constraints()

    assert [each.parameter for each in found] == ["maxCount", "minCount"]
    assert found[1] == least


def test_a_shape_is_found_by_its_iri(tmp_path: Path) -> None:
    read_shapes = read(tmp_path, event=START)

    assert read_shapes.constraint(f"{EX}Event-start") in read_shapes.constraints()
    assert read_shapes.constraint(f"{EX}other") is None


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("", Severity.VIOLATION),
        ("; sh:severity sh:Violation", Severity.VIOLATION),
        ("; sh:severity sh:Warning", Severity.WARNING),
        ("; sh:severity sh:Info", Severity.INFO),
    ],
)
def test_a_rule_weighs_what_its_shape_says(tmp_path: Path, said: str, severity: Severity) -> None:
    assert constraint(tmp_path, f"sh:minCount 1 {said}").severity is severity


def test_an_unknown_severity_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapeError):
        constraint(tmp_path, "sh:minCount 1 ; sh:severity sh:Waning")


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        ('sh:message "a"@de , "b"@en', Text("a", "b")),
        ('sh:message "a"', Text("a", "a")),
        ('sh:message "a"@de , "b"', Text("a", "b")),
        ('sh:message "a"@de', Text("a", "The rule rule is broken.")),
        ('sh:name "Name"@de', Text("Die Regel rule ist verletzt.", "The rule rule is broken.")),
    ],
)
def test_a_rule_has_a_sentence_in_both_languages(tmp_path: Path, messages: str, expected: Text) -> None:
    assert constraint(tmp_path, f"sh:minCount 1 ; {messages}").message == expected


def test_a_rule_without_a_number_has_none(tmp_path: Path) -> None:
    assert constraint(tmp_path, "sh:minCount 1").identifier == ""


@pytest.mark.parametrize(
    ("path", "predicates"),
    [
        ("schema:name", ["name"]),
        ("[ sh:inversePath schema:subEvent ]", ["subEvent"]),
        ("[ sh:alternativePath ( schema:url schema:name ) ]", ["url", "name"]),
        ("( schema:location schema:address )", ["location", "address"]),
        ("( [ sh:inversePath schema:subEvent ] schema:name )", ["subEvent", "name"]),
        ("[ sh:zeroOrMorePath schema:superEvent ]", ["superEvent"]),
    ],
)
def test_a_rule_looks_at_the_predicates_of_its_path(tmp_path: Path, path: str, predicates: list[str]) -> None:
    (only,) = read(tmp_path, event=f"ex:rule a sh:PropertyShape ; sh:path {path} ; sh:minCount 1 .\n").constraints()

    assert only.predicates == tuple(SCHEMA + each for each in predicates)


@pytest.mark.parametrize("pair", ["lessThan", "lessThanOrEquals", "equals", "disjoint"])
def test_a_rule_looks_at_the_predicate_it_compares_with(tmp_path: Path, pair: str) -> None:
    assert constraint(tmp_path, f"sh:{pair} schema:endDate").predicates == (f"{SCHEMA}name", f"{SCHEMA}endDate")


def test_a_rule_of_a_class_may_name_the_cell_by_its_key(tmp_path: Path) -> None:
    rule = 'ex:rule a sh:NodeShape ; sh:codeIdentifier "startDate" ; sh:closed true .\n'

    only = read(tmp_path, event=START + rule).constraint(f"{EX}rule")

    assert only is not None
    assert only.predicates == (f"{SCHEMA}startDate",)


def test_constraints_are_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    one = "ex:{0} sh:path schema:{0} ; sh:minCount 1 .\n"

    found = read(tmp_path, place=one.format("d"), event=one.format("z") + one.format("a")).constraints()

    assert [(each.name, str(each.origin)) for each in found] == [
        ("z", "shapes/event.ttl:6"),
        ("a", "shapes/event.ttl:7"),
        ("d", "shapes/place.ttl:6"),
    ]


def test_what_describes_a_shape_is_no_constraint(tmp_path: Path) -> None:
    said = 'sh:name "a" ; sh:description "b" ; sh:order 1 ; sh:deactivated true ; sh:codeIdentifier "c"'

    assert read(tmp_path, event=f"ex:rule sh:path schema:name ; {said} .\n").constraints() == ()


def test_an_unknown_constraint_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapeError):
        constraint(tmp_path, "sh:mincount 1")


# --- what is said of predicates


def test_a_predicate_has_a_key_and_words(tmp_path: Path) -> None:
    start = Property(
        f"{SCHEMA}startDate",
        "startDate",
        Text("Beginn", "Start"),
        Text("Erster Tag", "First day"),
        "2022-10-18",
        single=True,
    )

    assert read(tmp_path, event=START).properties() == (start,)


def test_predicates_are_in_the_order_of_their_keys(tmp_path: Path) -> None:
    one = 'ex:{0} sh:path schema:{0} ; sh:codeIdentifier "{0}" .\n'

    found = read(tmp_path, event=one.format("name") + one.format("about")).properties()

    assert [each.key for each in found] == ["about", "name"]


@pytest.mark.parametrize(("other", "single"), [("sh:maxCount 1 ; ", True), ("sh:maxCount 2 ; ", False), ("", False)])
def test_a_predicate_is_single_where_every_shape_says_so(tmp_path: Path, other: str, single: bool) -> None:
    rule = f'ex:rule sh:path schema:startDate ; {other}sh:codeIdentifier "startDate" .\n'

    (only,) = read(tmp_path, event=START, place=rule).properties()

    assert only.single is single


@pytest.mark.parametrize("key", ["id", "type"])
def test_a_key_of_json_ld_is_taken(tmp_path: Path, key: str) -> None:
    assert refusal(tmp_path, event=f'ex:rule sh:path schema:name ; sh:codeIdentifier "{key}" .\n') == (
        f"{FILE}:6",
        Text(
            f"Der Schlüssel „{key}“ ist schon vergeben; bitte einen anderen wählen.",
            f"The key “{key}” is taken already; please choose another.",
        ),
    )


def test_a_key_of_another_predicate_is_taken(tmp_path: Path) -> None:
    one = 'ex:{0} sh:path schema:{0} ; sh:codeIdentifier "key" .\n'

    assert refusal(tmp_path, event=one.format("z") + one.format("a")) == (
        f"{FILE}:7",
        Text(
            "Der Schlüssel „key“ ist schon vergeben; bitte einen anderen wählen.",
            "The key “key” is taken already; please choose another.",
        ),
    )


def test_a_predicate_has_one_key(tmp_path: Path) -> None:
    one = 'ex:{0} sh:path schema:name ; sh:codeIdentifier "{0}" .\n'

    assert refusal(tmp_path, event=one.format("a") + one.format("b")) == (
        "shapes",
        Text(
            f"<{SCHEMA}name> hat zwei Schlüssel: a und b.",
            f"<{SCHEMA}name> has two keys: a and b.",
        ),
    )


def test_a_predicate_is_described_by_the_shapes_of_its_kind(tmp_path: Path) -> None:
    one = 'ex:{0} sh:path schema:name ; sh:name "{0}"@de .\n'
    both = read(tmp_path, event=one.format("event"), place=one.format("place"))

    described = [both.describing(f"{SCHEMA}name", stem) for stem in ("place", "event")]

    assert [each.title.de for each in described if each] == ["place", "event"]


def test_a_predicate_may_be_described_by_the_shapes_of_another_kind(tmp_path: Path) -> None:
    described = read(tmp_path, event=START).describing(f"{SCHEMA}startDate", "place")

    assert described is not None
    assert described.title == Text("Beginn", "Start")


def test_a_predicate_that_no_shape_names_is_not_described(tmp_path: Path) -> None:
    assert read(tmp_path, event=START).describing(f"{SCHEMA}name", "event") is None


def test_predicates_and_classes_of_shapes_are_known(tmp_path: Path) -> None:
    found = read(tmp_path, event=START)

    assert found.described() == {f"{SCHEMA}startDate"}
    assert found.targets() == {f"{SCHEMA}Event"}


# --- what every instance must have


def test_a_predicate_with_a_minimum_is_required(tmp_path: Path) -> None:
    assert list(read(tmp_path, event=START).required()) == [
        (f"{SCHEMA}Event", f"{SCHEMA}startDate", "Event-start"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sh:minCount 1 ;", "sh:minCount 0 ;"),
        ("sh:minCount 1 ;", ""),
        ("sh:minCount 1 ;", "sh:minCount 1 ; sh:severity sh:Warning ;"),
        ("sh:path schema:startDate", "sh:path [ sh:inversePath schema:startDate ]"),
        ("sh:targetClass schema:Event", "sh:targetSubjectsOf schema:name"),
    ],
)
def test_what_may_be_missing_is_not_required(tmp_path: Path, old: str, new: str) -> None:
    assert list(read(tmp_path, event=START.replace(old, new)).required()) == []


def test_a_minimum_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapeError):
        list(read(tmp_path, event=START.replace("sh:minCount 1", 'sh:minCount "one"')).required())


# --- files


def test_a_shape_may_get_targets_in_another_file(tmp_path: Path) -> None:
    found = read(tmp_path, event=START, place="ex:Event sh:targetClass schema:Festival .\n")

    assert found.targets() == {f"{SCHEMA}Event", f"{SCHEMA}Festival"}
    assert found.origins[f"{EX}Event"] == Origin(FILE, 6)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("ex:a ex:b .\n", 6, ". is not a valid RDF object"),
        ("ex:a ex:b ex:c .\n\nex:a other:b ex:c .\n", 8, "The prefix other: has not been declared"),
        ('ex:a ex:b "c\n" .\n', 6, "Line jumps are not allowed in string literals, use \\n"),
        ('ex:a ex:b """c\n\n', 6, "Unexpected end of file"),
        ("ex:a ex:b [ .\n", 6, ". is not a valid predicate"),
        ("ex:a ex:b ex:c\nex:d ex:e ex:f .\n", 7, "A dot is expected at the end of statements"),
    ],
)
def test_a_file_that_is_no_turtle_is_refused_at_its_line(tmp_path: Path, content: str, line: int, reason: str) -> None:
    assert refusal(tmp_path, event=content) == (
        f"{FILE}:{line}",
        Text(f"Das ist kein gültiges Turtle: {reason}", f"This is not valid Turtle: {reason}"),
    )


@pytest.mark.parametrize("content", ["ex:a ex:b (", "@prefix", 'ex:a ex:b "1"^^ .', "ex:a ex:b ?c ."])
def test_a_file_that_ends_early_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(ShapeError):
        read(tmp_path, event=content)


@pytest.mark.parametrize("files", [{}, {"event": ""}, {"event": "ex:a ex:b ex:c .\n"}])
def test_a_publication_without_shapes_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    assert refusal(tmp_path, **files) == (
        "shapes",
        Text(
            "Hier liegen noch keine Regeln; bitte eine Datei wie shapes/event.ttl anlegen.",
            "There are no shapes here yet; please make a file such as shapes/event.ttl.",
        ),
    )


@pytest.mark.parametrize("subject", ["ex:Odd", "[]"])
def test_what_has_targets_needs_a_name_and_a_type(tmp_path: Path, subject: str) -> None:
    said = "" if subject == "ex:Odd" else "a sh:NodeShape ; "
    name = f"<{EX}Odd>" if subject == "ex:Odd" else "shapes:Event"

    assert refusal(tmp_path, event=f"{START}{subject} {said}sh:targetClass schema:Event .\n")[1].en == (
        f"What has targets needs a name and a type: {name} a sh:NodeShape ."
    )


def test_a_statement_about_a_statement_is_refused(tmp_path: Path) -> None:
    assert "RDF 1.2" in refusal(tmp_path, event="ex:a ex:b <<( ex:c ex:d ex:e )>> .\n")[1].en
