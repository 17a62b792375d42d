"""What `explain` shows: statements per rule, constraints, SQL."""

from pathlib import Path

import pytest

import small
from conftest import load, quiet
from sccon_lod import build, explanation
from sccon_lod.errors import MappingError
from sccon_lod.sql import rows

CONDITION = "{function: fn:given, parameters: [[fn:text, $(seats)]]}"


def explained(folder: Path, kind: str | None = None, language: str = "en") -> str:
    loaded = load(folder)
    counts = build.counts(loaded, quiet)
    return "".join(explanation.text(loaded.demands, loaded.shapes, counts, kind, language))


def test_each_rule_is_shown_with_what_it_says(tmp_path: Path) -> None:
    shown = explained(small.publication(tmp_path)).partition("\n\n")[0].splitlines()

    event = f"<{small.BASE}/event/$(id)>"
    assert shown == [
        "Mapping: statements per rule",
        f"  mapping/event.yaml:8  {event} <{small.RDF}type> <{small.SCHEMA}Event>  2",
        f'  mapping/event.yaml:9  {event} <{small.DCT}identifier> "$(id)"^^<{small.XSD}string>  2',
        f'  mapping/event.yaml:10  {event} <{small.SCHEMA}name> "$(name_de)"@de  2',
        f'  mapping/event.yaml:11  {event} <{small.SCHEMA}name> "$(name_en)"@en  1',
        f"  mapping/event.yaml:12  {event} <{small.SCHEMA}startDate> start($(starts))  2",
        f"  mapping/event.yaml:13  {event} <{small.SCHEMA}endDate> end($(ends))  2",
        f"  mapping/event.yaml:14  {event} <{small.SCHEMA}about> <{small.TOPIC}$(topics)>  2",
        f"  mapping/event.yaml:15  {event} <{small.FOAF}homepage> <$(url)>  1",
        f'  mapping/event.yaml:16  {event} <{small.DEF}seats> "$(seats)"^^<{small.XSD}integer>  2',
        f"  mapping/event.yaml:17  {event} <{small.SCHEMA}superEvent> <{small.BASE}/event/$(part_of)>  1",
    ]


def test_a_condition_is_shown_with_its_rule(tmp_path: Path) -> None:
    mapping = small.mapping([f"{{p: ex:note, o: $(name_de), condition: {CONDITION}}}"])

    shown = explained(small.publication(tmp_path, {"mapping/event.yaml": mapping}))

    assert f'"$(name_de)"^^<{small.XSD}string> if given($(seats))  2\n' in shown


def test_each_constraint_is_shown_with_the_place_it_is_checked(tmp_path: Path) -> None:
    shapes = small.shapes(start='sh:minCount 1 ; sh:severity sh:Warning ; dct:identifier "R7"')

    shown = explained(small.publication(tmp_path, {"shapes/event.ttl": shapes})).split("\n\n")[1].splitlines()

    assert shown[0] == "Constraints: where they are checked"
    starts = [line for line in shown if "Event-start" in line]
    assert len(starts) == 1
    assert starts[0].startswith("  shapes/event.ttl:")
    assert starts[0].endswith("  Event-start (R7)  minCount  warning  compiled (SQL)")


def test_what_the_mapping_makes_sure_is_proved(tmp_path: Path) -> None:
    shapes = small.shapes(
        seats="sh:datatype xsd:integer ; sh:nodeKind sh:Literal ; sh:maxCount 1 ; sh:minInclusive 0",
        about="sh:pattern '^https://'",
        part="sh:nodeKind sh:IRI",
        homepage="sh:datatype xsd:anyURI",
    )

    shown = explained(small.publication(tmp_path, {"shapes/event.ttl": shapes})).split("\n\n")[1].splitlines()

    places = {tuple(line.split()[1:3]): line.split("  ")[-1] for line in shown[1:]}
    assert places["Event-seats", "datatype"] == "proved (mapping)"
    assert places["Event-seats", "nodeKind"] == "proved (mapping)"
    assert places["Event-part", "nodeKind"] == "proved (mapping)"
    assert places["Event-seats", "maxCount"] == "compiled (SQL)"
    assert places["Event-seats", "minInclusive"] == "compiled (SQL)"
    assert places["Event-about", "pattern"] == "compiled (SQL)"
    assert places["Event-homepage", "datatype"] == "compiled (SQL)"


def test_queries_are_asked_of_the_graph(tmp_path: Path) -> None:
    query = "SELECT $this WHERE { $this a <http://schema.org/Event> }"
    rule = f"shapes:Rule a sh:NodeShape ; sh:targetClass schema:Event ; sh:sparql [ sh:select '{query}' ] .\n"
    inner = rule.replace("sh:targetClass schema:Event ; ", "").replace("shapes:Rule", "shapes:Inner")
    asking = "shapes:Asking a sh:NodeShape ; sh:targetClass schema:Event ; sh:node shapes:Inner .\n"
    small.publication(tmp_path, {"shapes/event.ttl": f"{small.shapes()}\n{rule}{inner}{asking}"})

    shown = explained(tmp_path).split("\n\n")[1].splitlines()

    places = {line.split()[1]: line.split("  ")[-1] for line in shown[1:]}
    assert places["Rule"] == "graph (SPARQL, Oxigraph)"
    assert places["Inner"] == "graph (pySHACL, whole graph)"
    assert places["Asking"] == "graph (pySHACL, whole graph)"


def test_the_sql_of_each_rule_and_function_is_shown(tmp_path: Path) -> None:
    small.publication(tmp_path)
    plan = load(tmp_path).plan

    shown = explained(tmp_path).partition("\nSQL\n")[2]

    for statement in plan.statements:
        assert f"-- {statement.rule.origin}\n{rows.statements(statement, {})};\n" in shown
    for invocation in plan.invocations:
        assert f"{rows.arguments(invocation, {})};\n" in shown


def test_the_sql_of_a_subject_that_a_function_makes_is_shown(tmp_path: Path) -> None:
    subject = "{function: fn:slug_iri, parameters: [[fn:text, $(name_de)], [fn:namespace, id:event/~iri]]}"
    mapping = small.mapping(["[ex:note, $(id)]"], subject=subject)

    shown = explained(small.publication(tmp_path, {"mapping/event.yaml": mapping}))

    assert f"-- call_0: slug_iri($(name_de), {small.BASE}/event/)\n" in shown


def test_one_kind_is_shown_without_the_others(tmp_path: Path) -> None:
    other = small.mapping(["[ex:note, $(id)]"], subject="id:place/$(id)").replace("\n  event:\n", "\n  place:\n")
    small.publication(tmp_path, {"mapping/place.yaml": other})

    shown = explained(tmp_path, "place")

    assert "mapping/place.yaml:8" in shown
    assert "mapping/event.yaml" not in shown


def test_german_is_spoken(tmp_path: Path) -> None:
    shown = explained(small.publication(tmp_path), language="de")

    assert shown.startswith("Zuordnung: Aussagen je Regel\n")
    assert "\nRegeln: wo sie geprüft werden\n" in shown


def test_an_unknown_kind_is_an_error_with_the_nearest(tmp_path: Path) -> None:
    small.publication(tmp_path)

    with pytest.raises(MappingError) as caught:
        explained(tmp_path, "evnt")

    assert str(caught.value) == "mapping/evnt.yaml: There is no kind “evnt”; what may be meant: event."


def test_an_unknown_kind_that_is_near_none_is_an_error_with_all(tmp_path: Path) -> None:
    small.publication(tmp_path)

    with pytest.raises(MappingError, match=r"There is no kind “zzz”; what may be meant: event\."):
        explained(tmp_path, "zzz")
