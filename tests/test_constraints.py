"""SPARQL constraints: which ones Oxigraph answers, that it finds what pySHACL finds, and what is refused."""

import re
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import SH, Graph

import small
from conftest import ROOT, check, load
from sccon_lod import constraints, essence
from sccon_lod.errors import ShapeError
from sccon_lod.facts import Facts

EVENT = f"{small.BASE}/event"
QUERY = "SELECT $this ?value WHERE { $this a <http://schema.org/Event> BIND($this AS ?value) }"
RULE = f"shapes:Rule a sh:NodeShape ; sh:targetClass schema:Event ; sh:sparql [ sh:select '{QUERY}' ] ."


def asked(folder: Path, text: str) -> tuple[constraints.Query, ...]:
    small.publication(folder, {"shapes/event.ttl": f"{small.shapes()}\n{text}\n"})
    return constraints.queries(load(folder).shapes.graph)


def test_oxigraph_answers_every_query_of_the_publication() -> None:
    graph = load(ROOT).shapes.graph

    nodes = {each.node for each in constraints.queries(graph)}

    assert nodes == set(graph.objects(None, SH.sparql))


@pytest.mark.parametrize(
    "text",
    [
        RULE + " shapes:Other a sh:NodeShape ; sh:targetClass schema:Event ; sh:node shapes:Rule .",
        RULE.replace("sh:targetClass schema:Event ;", ""),
        RULE.replace("BIND($this AS ?value)", "BIND($currentShape AS ?value)"),
        RULE.replace("AS ?value)", "AS ?failure)"),
        RULE.replace("sh:NodeShape ;", "sh:PropertyShape ; sh:path schema:name ;"),
        RULE.replace("a sh:NodeShape", "a sh:NodeShape, rdfs:Class"),
    ],
)
def test_a_query_that_depends_on_more_than_its_target_is_left_to_pyshacl(text: str, tmp_path: Path) -> None:
    prefix = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"

    assert not asked(tmp_path, prefix + text)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("sh:targetClass schema:Event", ["a", "b"]),
        (f"sh:targetNode <{EVENT}/b>", ["b"]),
        ("sh:targetSubjectsOf schema:superEvent", ["b"]),
        ("sh:targetObjectsOf schema:superEvent", ["a"]),
    ],
)
def test_a_query_is_asked_for_each_focus_node(target: str, expected: list[str], tmp_path: Path) -> None:
    shapes_text = f"{small.shapes()}\n{RULE.replace('sh:targetClass schema:Event', target)}\n"

    found = check(small.publication(tmp_path, {"shapes/event.ttl": shapes_text})).findings

    assert sorted(each.value for each in found if each.rule == "Rule") == expected


def test_a_focus_node_is_known_in_every_part_of_a_query(tmp_path: Path) -> None:
    query = (
        "SELECT $this ?value WHERE { { SELECT $this ?value WHERE { ?value a <http://schema.org/Event> "
        "FILTER(?value = $this) } } { ?value a ?class FILTER(?value = $this) } UNION { FILTER(!BOUND($this)) } }"
    )
    shapes_text = f"{small.shapes()}\n{RULE.replace(QUERY, query)}\n"

    found = check(small.publication(tmp_path, {"shapes/event.ttl": shapes_text})).findings

    assert sorted(each.value for each in found if each.rule == "Rule") == ["a", "b"]


def test_what_a_query_finds_in_many_rows_stands_at_its_cell(tmp_path: Path) -> None:
    query = (
        "SELECT $this ?value WHERE { $this <http://schema.org/superEvent> ?value . "
        "?value <http://schema.org/superEvent> $this FILTER($this != ?value) }"
    )
    names = [{"id": str(number), "name_de": "Fest", "part_of": str(number // 2)} for number in range(1, 1_200)]
    names[0]["part_of"] = "700"
    names[699]["part_of"] = "1"
    files = {
        "shapes/event.ttl": f"{small.shapes(name='sh:maxLength 9')}\n{RULE.replace(QUERY, query)}\n",
        "data/event.csv": small.table(names),
    }

    found = check(small.publication(tmp_path, files)).findings

    cells = [(str(each.origin), each.value) for each in found if each.rule == "Rule"]
    assert cells == [("data/event.csv:2, part_of", "700"), ("data/event.csv:701, part_of", "1")]


CELLS = {
    "a value": ("SELECT $this ?value WHERE { $this ex:seats ?value FILTER(?value > 9) }", ["3, seats"]),
    "no value": ("SELECT $this WHERE { $this ex:seats ?n FILTER(?n > 9) }", ["3, id"]),
    "a path": ("SELECT $this ?path WHERE { $this ?path ?n FILTER(?path = ex:seats && ?n > 9) }", ["3, seats"]),
    "a link": (
        "SELECT $this ?value WHERE { $this schema:superEvent ?value ; ex:seats ?n FILTER(?n > 9) }",
        ["3, part_of"],
    ),
    "something far": ("SELECT $this ?value WHERE { $this schema:superEvent/ex:seats ?value }", ["3, id", "4, id"]),
    "counted": ("SELECT $this (COUNT(?x) AS ?value) WHERE { ?x schema:superEvent $this } GROUP BY $this", ["2, id"]),
}


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("more", [0, 1_200])
def test_what_a_query_finds_about_a_record_stands_at_its_cell(name: str, more: int, tmp_path: Path) -> None:
    query, cells = CELLS[name]
    for prefix, space in (("ex:", small.DEF), ("schema:", small.SCHEMA)):
        query = re.sub(rf"\b{prefix}(\w+)", rf"<{space}\1>", query)
    records = [
        {"id": "a", "name_de": "Fest", "seats": "5"},
        {"id": "b", "name_de": "Teil", "seats": "10", "part_of": "a"},
        {"id": "c", "name_de": "Teil", "seats": "7", "part_of": "a"},
        *({"id": f"x{number}", "name_de": "Fest", "seats": "1"} for number in range(more)),
    ]
    files = {
        "shapes/event.ttl": f"{small.shapes()}\n{RULE.replace(QUERY, query)}\n",
        "data/event.csv": small.table(records),
    }

    found = check(small.publication(tmp_path, files))

    assert [str(each.origin) for each in found.findings if each.rule == "Rule"] == [
        f"data/event.csv:{each}" for each in cells
    ]


@pytest.mark.parametrize(
    "query", ["ASK { $this a ?c }", "CONSTRUCT { $this a ?c } WHERE { $this a ?c }", "SELECT ?x { ?x a ?c }"]
)
def test_a_query_that_does_not_select_this_is_refused(query: str, tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match=r"does not name \$this as a column"):
        asked(tmp_path, RULE.replace(QUERY, query))


def test_a_link_to_nothing_that_a_query_finds_in_many_rows_stands_at_its_cell(tmp_path: Path) -> None:
    query = (
        "SELECT $this ?path ?value WHERE { ?subject <http://schema.org/superEvent> ?value . "
        "FILTER NOT EXISTS { ?value a ?class } BIND(<http://schema.org/superEvent> AS ?path) }"
    )
    rule = RULE.replace(QUERY, query).replace("sh:targetClass schema:Event", f"sh:targetNode <{small.BASE}/dataset>")
    names = [{"id": str(number), "name_de": "Fest", "part_of": str(number // 2)} for number in range(1, 1_200)]
    names[0]["part_of"], names[899]["part_of"] = "", "nowhere"
    shapes = small.shapes(name="sh:maxLength 9")

    found = check(
        small.publication(tmp_path, {"shapes/event.ttl": shapes + rule, "data/event.csv": small.table(names)})
    )

    cells = [(str(each.origin), each.value) for each in found.findings if each.rule == "Rule"]
    assert cells == [("data/event.csv:901, part_of", "nowhere")]


def quads(*objects: str) -> tuple[pyoxigraph.Quad, ...]:
    lines = "\n".join(f"<urn:s> <urn:p> {each} ." for each in objects)
    return tuple(pyoxigraph.parse(lines.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))


def test_facts_that_oxigraph_would_write_anew_are_left_to_pyshacl() -> None:
    assert constraints.store(quads('"1"', f'"1"^^<{small.XSD}integer>', f'"2022-10-18"^^<{small.XSD}date>'))
    assert constraints.store(quads(f'"01"^^<{small.XSD}integer>')) is None
    assert constraints.store(quads(f'"1.50"^^<{small.XSD}decimal>')) is None


def test_a_form_that_oxigraph_forgets_is_still_told_apart(tmp_path: Path) -> None:
    query = (
        'SELECT $this ?value WHERE { $this <https://example.net/def#seats> ?value FILTER(STRSTARTS(STR(?value), "0")) }'
    )
    files = {
        "shapes/event.ttl": f"{small.shapes()}\n{RULE.replace(QUERY, query)}\n".replace(f"'{query}'", f"'''{query}'''"),
        "data/event.csv": small.table([{"id": "a", "seats": "007"}, {"id": "b", "seats": "7"}]),
    }

    found = check(small.publication(tmp_path, files)).findings

    assert [each.value for each in found if each.rule == "Rule"] == ["007"]


@pytest.mark.parametrize(
    ("inner", "is_refused"),
    [
        ("SELECT ?x { ?x a ?c }", True),
        ("SELECT (?x * 2 AS ?n) { ?x a ?c }", True),
        ("SELECT (STR($this) AS ?n) { ?x a ?c }", True),
        ("SELECT ?THIS { ?x a ?c }", True),
        ("SELECT DISTINCT * { ?x a ?c }", False),
        ("SELECT (EXISTS { ?x a ?y } AS ?n) $this { ?x a ?c }", False),
        ("SELECT $this { ?x a ?c BIND(1 AS ?This) }", False),
        ("SELECT $this { ?x a ?c BIND(1 AS $this) }", True),
        ('SELECT $this { ?x <urn:p> """{ SELECT ?x \\\\""""  }', False),
    ],
)
def test_a_query_within_a_query_names_this(inner: str, is_refused: bool, tmp_path: Path) -> None:
    text = (
        RULE.replace(QUERY, f"SELECT $this WHERE {{ $this a ?class {{ {inner} }} }}")
        .replace("sh:select '", "sh:select '''")
        .replace("' ] .", "''' ] .")
    )

    if is_refused:
        with pytest.raises(ShapeError):
            asked(tmp_path, text)
    else:
        assert asked(tmp_path, text)


@pytest.mark.parametrize("word", ["MINUS", "VALUES", "SERVICE"])
def test_a_word_that_shacl_forbids_is_refused_at_its_shape(word: str, tmp_path: Path) -> None:
    parts = {
        "MINUS": "MINUS { $this a ?other }",
        "VALUES": "VALUES ?value { 1 }",
        "SERVICE": "SERVICE <https://example.net/sparql> { $this a ?other }",
    }
    text = RULE.replace("BIND($this AS ?value)", parts[word])

    with pytest.raises(ShapeError) as caught:
        asked(tmp_path, text)

    said = f"{word} is not allowed in shapes; right is for example FILTER NOT EXISTS {{ … }}."
    assert caught.value.text.en == said
    assert caught.value.origin.file == "shapes/event.ttl"
    assert caught.value.origin.line > 0


def test_a_short_name_that_is_not_declared_is_refused(tmp_path: Path) -> None:
    text = RULE.replace("<http://schema.org/Event>", "schem:Event")

    with pytest.raises(ShapeError, match="not a valid query"):
        asked(tmp_path, text)


def test_a_word_in_a_name_a_text_or_a_comment_is_not_forbidden(tmp_path: Path) -> None:
    query = 'SELECT $this ?values WHERE { # MINUS\n $this <urn:x:VALUES> ?values FILTER(STR(?values) = "SERVICE") }'

    assert asked(tmp_path, RULE.replace(f"'{QUERY}'", f"'''{query}'''"))


FACTS = f"""
<urn:a> <{small.RDF}type> <{small.SCHEMA}Event> .
<urn:a> <{small.SCHEMA}name> "Sommerfest"@de .
<urn:a> <{small.DEF}seats> "20"^^<{small.XSD}integer> .
<urn:b> <{small.RDF}type> <{small.SCHEMA}Event> .
<urn:b> <{small.SCHEMA}superEvent> <urn:a> .
<urn:b> <{small.DEF}seats> "5"^^<{small.XSD}integer> .
<urn:b> <{small.FOAF}homepage> <urn:c> .
"""
NESTED = """
shapes:Or a sh:NodeShape ; sh:targetClass schema:Event ; sh:codeIdentifier "homepage" ;
  sh:or ([ sh:path foaf:homepage ; sh:minCount 1 ] [ sh:not [ sh:path schema:name ; sh:minCount 1 ] ]) ;
  sh:property shapes:Or-part .
shapes:Or-part a sh:PropertyShape ; sh:path schema:superEvent ; sh:maxCount 0 ; sh:severity sh:Info .
shapes:Closed a sh:NodeShape ; sh:targetClass schema:Event ; sh:closed true ; sh:property shapes:Closed-name .
shapes:Closed-name a sh:PropertyShape ; sh:path schema:name ; sh:qualifiedMinCount 1 ;
  sh:qualifiedValueShape [ sh:or ([ sh:languageIn ("en") ] [ sh:datatype xsd:string ]) ] .
shapes:Off a sh:NodeShape ; sh:targetClass schema:Event ; sh:deactivated true ; sh:property shapes:Off-name .
shapes:Off-name a sh:PropertyShape ; sh:path schema:name ; sh:maxCount 0 .
"""


def results(facts: Graph, rules: Graph) -> set[tuple[str, ...]]:
    """Return what pySHACL finds; nodes without a name are all alike."""
    _, report, _ = pyshacl.validate(facts, shacl_graph=rules, inference="none", advanced=False)
    assert isinstance(report, Graph)
    named = (SH.sourceShape, SH.sourceConstraintComponent, SH.focusNode, SH.resultPath, SH.value)
    return {tuple(str(report.value(node, each)) for each in named) for node in report.objects(None, SH.result)}


def test_pyshacl_and_oxigraph_together_find_what_pyshacl_finds_alone(tmp_path: Path) -> None:
    demands = small.shapes(start="sh:minCount 1", name="sh:maxLength 3", seats="sh:minInclusive 10")
    small.publication(tmp_path, {"shapes/event.ttl": f"{demands}\n{RULE}\n{NESTED}"})
    rules = load(tmp_path).shapes.graph
    queries = constraints.queries(rules)
    facts = Facts(FACTS.strip().splitlines)
    assert facts.store is not None

    given = essence.shapes(rules, queries)
    answers = {
        (each.shape, str(SH.SPARQLConstraintComponent), str(each.focus), str(each.path), str(each.value))
        for each in constraints.answers(queries, facts.store, rules)
    }

    assert not list(given.objects(None, SH.sparql))
    assert len(answers) == 2
    alone = results(facts.graph, rules)
    assert len({shape for shape, *_ in alone}) == 8
    assert results(facts.graph, given) | answers == alone
