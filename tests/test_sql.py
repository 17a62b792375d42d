"""The SQL that the compiler writes: golden files for each kind of rule, and names and texts that stay what they are."""

import difflib
from pathlib import Path

import pytest

import small
from conftest import ROOT, load
from sccon_lod import records, sql
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.mapping import RecordMap, Reference, Rule, Source, Term
from sccon_lod.plan import Plan, Statement
from sccon_lod.records import Row

GOLDEN = ROOT / "tests" / "golden"

EQUAL = "{function: idlab-fn:equal, parameters: [[grel:valueParameter, $(seats)], [grel:valueParameter2, many]]}"
NOT_EQUAL = "{function: idlab-fn:notEqual, parameters: [[grel:valueParameter, $(seats)], [grel:valueParameter2, no]]}"
ONE_OF = "{function: fn:one_of, parameters: [[fn:text, $(seats)], [fn:among, few many]]}"
GIVEN = "{function: fn:given, parameters: [[fn:text, $(seats)]]}"

RULES = {
    "reference": "[schema:name, $(name_de)]",
    "language": "[schema:name, $(name_de), de~lang]",
    "typed": "[ex:seats, $(seats), xsd:integer]",
    "typed-date": "[schema:startDate, $(starts), xsd:date]",
    "text-template": '[schema:name, "$(name_de) (it\'s $(id))"]',
    "iri-template": "[schema:superEvent, id:event/$(part_of)/$(id)~iri]",
    "iri-bare": "[foaf:homepage, $(url)~iri]",
    "list": "[schema:about, topic:$(topics)~iri]",
    "list-bare": "[schema:about, $(topics)~iri]",
    "constant": "[ex:note, always]",
    "constant-iri": "[schema:about, topic:water~iri]",
    "if-equal": f"{{p: schema:name, o: $(name_de), condition: {EQUAL}}}",
    "if-not-equal": f"{{p: schema:name, o: $(name_de), condition: {NOT_EQUAL}}}",
    "if-one-of": f"{{p: schema:name, o: $(name_de), condition: {ONE_OF}}}",
    "if-given": f"{{p: schema:name, o: $(name_de), condition: {GIVEN}}}",
    "function": "{p: schema:startDate, o: {function: fn:start, parameters: [[fn:text, $(starts)]]}}",
    "function-of-two": "{p: schema:about, o: {function: fn:slug_iri, parameters: "
    "[[fn:text, $(name_de)], [fn:namespace, id:thing/~iri]]}}",
    "function-of-list": "{p: schema:about, o: {function: fn:concept, parameters: "
    "[[fn:text, $(topics)], [fn:scheme, topic:~iri]]}}",
    "function-if": "{p: schema:startDate, o: {function: fn:start, parameters: [[fn:text, $(starts)]]}, "
    f"condition: {GIVEN}}}",
}
SUBJECTS = {
    "subject-bare": "$(url)~iri",
    "subject-list": "topic:$(topics)",
    "subject-function": "{function: fn:slug_iri, parameters: [[fn:text, $(name_de)], [fn:namespace, id:event/~iri]]}",
}
NAMES = [*RULES, *SUBJECTS, "map-condition", "turtle", "jsonld", "names"]


def compiled(folder: Path, mapping: str) -> Plan:
    return load(small.publication(folder, {"mapping/event.yaml": mapping})).plan


def written(plan: Plan, statement: Statement) -> str:
    parts = [f"-- call_{each.index}\n{sql.arguments(each)};\n\n{sql.problems(each)}" for each in plan.invocations]
    parts.append(f"-- statements\n{sql.statements(statement)}")
    parts += [f"-- unusable\n{query}" for _, query in sql.unusable(statement)]
    return ";\n\n".join(parts) + ";\n"


def compare(name: str, made: str, golden: bool) -> None:
    path = GOLDEN / f"{name}.sql"
    if golden:
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")

    expected = path.read_text(encoding="utf-8").splitlines(keepends=True)

    difference = difflib.unified_diff(expected, made.splitlines(keepends=True), f"golden/{name}.sql", "generated")
    shown = "".join(difference)
    assert not shown, f"\n{shown}"


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_written_as_its_golden_file_shows(name: str, tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping([RULES[name]]))

    compare(name, written(plan, plan.statements[-1]), golden)


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_is_written_as_its_golden_file_shows(name: str, tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping(["[ex:note, $(seats)]"], subject=SUBJECTS[name]))

    compare(name, written(plan, plan.statements[-1]) + f"\n-- missing\n{sql.subjects(plan.statements[-1])};\n", golden)


def test_the_condition_of_a_map_holds_for_its_rules(tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping(["[ex:note, $(name_de)]"], condition=GIVEN))

    compare("map-condition", written(plan, plan.statements[-1]), golden)


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_a_dump_is_queried_as_its_golden_file_shows(name: str, tmp_path: Path, golden: bool) -> None:
    shapes = small.shapes(start="sh:maxCount 1")
    names = small.names_of(load(small.publication(tmp_path, {"shapes/event.ttl": shapes})))
    query = {"turtle": sql.turtle, "jsonld": sql.jsonld}[name](names)

    compare(name, query + ";\n", golden)


def test_short_names_are_written_as_their_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    names = small.names_of(load(small.publication(tmp_path)))

    compare("names", "".join(f"{macro};\n\n" for macro in sql.name_macros(names)), golden)


def test_no_golden_file_is_left_over() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.sql")) == sorted(NAMES)


NOTES = "SELECT DISTINCT object FROM fact WHERE predicate = $predicate ORDER BY object"
ODD = [
    "it's",
    "''; DROP TABLE statement; --",
    'a"b',
    '"; DROP TABLE statement; --',
    "\\'",
    "$$",
    "?",
    "$subject",
    "ü 😀",
]


@pytest.mark.parametrize("odd", ODD)
def test_a_quoted_text_is_that_text(odd: str) -> None:
    with Engine() as engine:
        answers = list(engine.ask(f"SELECT {sql.text(odd)}"))

    assert answers == [(odd,)]


@pytest.mark.parametrize("odd", ODD)
def test_a_quoted_name_is_that_name(odd: str) -> None:
    with Engine() as engine:
        engine.load("data/event.csv", [odd], iter([Row(1, 2, ("cell",))]))
        found = list(engine.rows("data/event.csv", [1]))

    assert found == [(1, 2, {odd: "cell"})]


@pytest.mark.parametrize("odd", ODD)
def test_a_column_with_an_odd_name_is_read(odd: str, tmp_path: Path) -> None:
    source = Source("data/event.csv", {}, Origin("mapping/event.yaml"))
    subject = Term((f"{small.BASE}/", Reference("id")))
    rule = Rule(f"{small.DEF}note", Term((Reference(odd),), f"{small.XSD}string"), (), Origin("mapping/event.yaml"))
    statement = Statement(0, RecordMap("event", source, subject, (), (rule,), rule.origin), rule, None, None)
    table = small.table([{"id": "a", odd: "said"}], ["id", odd])
    small.publication(tmp_path, {"data/event.csv": table})

    with Engine() as engine:
        read = records.read(tmp_path / "data/event.csv", "data/event.csv", lambda _: None)
        engine.load("data/event.csv", read.columns, read.rows)
        engine.state(statement)
        said = list(engine.ask("SELECT subject, object FROM statement"))

    assert said == [(f"{small.BASE}/a", "said")]


@pytest.mark.parametrize("odd", ODD)
def test_a_constant_of_a_mapping_cannot_leave_its_quotes(odd: str, tmp_path: Path) -> None:
    escaped = odd.replace("\\", "\\\\\\\\").replace('"', '\\"').replace("$", "\\\\$")
    mapping = small.mapping([f'[ex:note, "{escaped}"]'])
    small.publication(tmp_path, {"mapping/event.yaml": mapping})

    with small.stated(tmp_path) as (_, engine):
        said = list(engine.ask(NOTES, predicate=f"{small.DEF}note"))

    assert said == [(odd,)]


@pytest.mark.parametrize("odd", ODD)
def test_a_separator_of_a_list_cannot_leave_its_quotes(odd: str, tmp_path: Path) -> None:
    written_separator = odd.replace("'", "''")
    mapping = small.mapping(["[ex:note, $(topics)]"], split=f"{{topics: '{written_separator}'}}")
    table = small.table([{"id": "a", "topics": f"one{odd}two"}])
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    with small.stated(tmp_path) as (_, engine):
        said = list(engine.ask(NOTES, predicate=f"{small.DEF}note"))

    assert said == [("one",), ("two",)]


@pytest.mark.parametrize("odd", ODD)
def test_a_cell_is_never_part_of_the_sql(odd: str, tmp_path: Path) -> None:
    small.publication(tmp_path, {"data/event.csv": small.table([{"id": "a", "name_de": odd, "starts": odd}])})

    with small.stated(tmp_path) as (_, engine):
        said = list(engine.ask("SELECT object FROM fact WHERE language = 'de' AND subject LIKE '%/event/a'"))

    assert said == [(odd,)]
