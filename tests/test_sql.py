"""The SQL that the compiler writes, by golden files; and names and texts that stay what they are."""

import difflib
import json
from pathlib import Path

import pytest

import small
from conftest import ROOT, check, load
from sccon_lod import plan as plans
from sccon_lod import reading
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.mapping import Mapping, RecordMap, Reference, Rule, Source, Term
from sccon_lod.plan import Plan, Statement
from sccon_lod.reading import Origins
from sccon_lod.rows import Row, Table
from sccon_lod.shacl.compiler import compile_shapes
from sccon_lod.sql import blocks, checks, conformance, dumps, facts, macros, rows, sources, statements
from sccon_lod.sql.blocks import Block, Rows
from sccon_lod.sql.dumps import Stream
from sccon_lod.sql.sources import Scan
from sccon_lod.sql.words import text

GOLDEN = ROOT / "tests" / "golden"
SOURCE = Source("data/event.csv", {}, Origin("mapping/event.yaml"))

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
LISTS = {
    "two-lists": '[ex:note, "$(topics) $(url)"]',
    "list-language": "[schema:name, $(name_de), $(topics)~lang]",
}
LINK = (
    "{p: schema:superEvent, o: {mapping: other, condition: {function: equal, parameters: "
    "[[str1, $(part_of)], [str2, $(id)]]}}}"
)
OTHER = """\
  other:
    sources: event
    s: id:other/$(id)
    condition: {function: fn:given, parameters: [[fn:text, $(seats)]]}
    po: [[a, schema:Event]]
"""
FORMS = {"ntriples": NTRIPLES, "turtle": TURTLE, "jsonld": JSONLD}
SCANS = {
    "scan-csv": Scan(Path("/data/event.csv"), "data/event.csv", "read_csv", ("id", "it's"), delimiter=";", quote="'"),
    "scan-csv-serial": Scan(Path("/data/event.csv"), "data/event.csv", "read_csv", ("id",), is_parallel=False),
    "scan-jsonl": Scan(Path("/data/event.jsonl"), "data/event.jsonl", "read_json", ("id", "tags"), frozenset(["tags"])),
}
NAMES = [
    *(
        *RULES,
        *SUBJECTS,
        *LISTS,
        *SCANS,
        "map-condition",
        "names",
        "macros",
        "link",
        "tree",
        "dump",
        "shared",
        "screening",
        "conformance",
    ),
    *(f"{kind}-{form}" for kind in ("block", "facts") for form in FORMS),
]


def compiled(folder: Path, mapping: str) -> Plan:
    return load(small.publication(folder, {"mapping/event.yaml": mapping})).plan


def written(plan: Plan, statement: Statement, lists: rows.Lists) -> str:
    """Return all that is asked of the rows because of a statement."""
    source = statement.map.source
    looked_for = checks.checks(plan, source, lists, ())
    parts = [
        f"-- call_{each.index}\n{rows.arguments(each, lists)};\n\n{rows.problems(each, lists)}"
        for each in plan.invocations
    ]
    parts += [f"-- {each.rule}\n{each.bad}" for each in looked_for]
    parts.append(f"-- rows\n{checks.create_rows(0, plan.of(source), looked_for, lists, source)}")
    parts.append(f"-- statements\n{rows.statements(statement, lists)}")
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

    compare(name, written(plan, plan.statements[-1], {}), golden)


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_is_written_as_its_golden_file_shows(name: str, tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping(["[ex:note, $(seats)]"], subject=SUBJECTS[name]))

    compare(name, written(plan, plan.statements[-1], {}), golden)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_written_as_their_golden_file_shows(name: str, tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping([LISTS[name]], split='{topics: "|", url: ";"}'))

    compare(name, written(plan, plan.statements[-1], {}), golden)


def test_lists_of_a_tree_are_written_as_their_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping([RULES["list-bare"]], split="{}"))

    compare("tree", written(plan, plan.statements[-1], {"data/event.csv": frozenset({"topics"})}), golden)


def test_the_condition_of_a_map_holds_for_its_rules(tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping(["[ex:note, $(name_de)]"], condition=GIVEN))

    compare("map-condition", written(plan, plan.statements[-1], {}), golden)


def test_a_link_is_written_as_its_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping([LINK]) + OTHER)
    (linked,) = [each for each in plan.statements if each.joined]
    table = rows.create_joined(plan.joined[0], {})

    compare("link", f"{table};\n\n{rows.statements(linked, {})};\n", golden)


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_is_written_as_its_golden_file_shows(name: str, golden: bool) -> None:
    scan = SCANS[name]

    compare(name, sources.create_scan(Source(scan.file, {}, Origin("mapping/event.yaml")), scan) + ";\n", golden)


def test_shared_macros_are_written_as_their_golden_file_shows(golden: bool) -> None:
    compare("macros", "".join(f"{each};\n\n" for each in (*macros.TABLES, *macros.MACROS)), golden)


# --- dumps

# What a block may hold: constants, texts, languages, values of functions, lists, two rules of one predicate.
BLOCK = small.mapping(
    [
        "[dct:identifier, $(id)]",
        "[schema:name, $(name_de), de~lang]",
        "[schema:name, $(name_en), en~lang]",
        RULES["function"],
        RULES["list"],
        RULES["iri-bare"],
        RULES["typed"],
        RULES["if-given"].replace("schema:name", "ex:note"),
    ]
)


@pytest.mark.parametrize("form", FORMS)
def test_a_block_is_written_as_its_golden_file_shows(form: str, tmp_path: Path, golden: bool) -> None:
    block = block_of(tmp_path, FORMS[form])

    query = f"SELECT {block.key} AS key, {block.text} AS text\nFROM {block.relation};\n"
    compare(f"block-{form}", query, golden)


def block_of(folder: Path, form: Format) -> Block:
    loaded = load(small.publication(folder, {"mapping/event.yaml": BLOCK}))
    (group,) = loaded.plan.groups
    of_rows = Rows(group, sources.table(group.source), None, {}, frozenset())
    names = small.names_of(loaded)
    if form is NTRIPLES:
        return blocks.ntriples(of_rows)
    return blocks.turtle(of_rows, names) if form is TURTLE else blocks.jsonld(of_rows, names)


@pytest.mark.parametrize("form", FORMS)
def test_facts_are_queried_as_their_golden_file_shows(form: str, tmp_path: Path, golden: bool) -> None:
    shapes = small.shapes(start="sh:maxCount 1")
    names = small.names_of(load(small.publication(tmp_path, {"shapes/event.ttl": shapes})))
    query = {"ntriples": facts.ntriples(), "turtle": facts.turtle(names), "jsonld": facts.jsonld(names)}[form]

    compare(f"facts-{form}", query + ";\n", golden)


def test_short_names_are_written_as_their_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    names = small.names_of(load(small.publication(tmp_path)))

    compare("names", "".join(f"{macro};\n\n" for macro in facts.name_macros(names)), golden)


def test_the_sections_of_a_dump_are_queried_as_their_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    others = [OTHER.replace("other", name) for name in ("aside", "part", "wood")]
    mapping = small.mapping([]) + "".join(others).replace("id:part/", "id:event/part/")
    groups = compiled(tmp_path, mapping).groups
    streams = [
        Stream(group, Block(f"rows_{group.index} AS row", "row.key", "row.text"), group.index > 0) for group in groups
    ]

    compare("dump", "".join(f"{query};\n\n" for query in dumps.dump(streams, True)), golden)


def test_shared_subjects_are_found_as_their_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    plan = compiled(tmp_path, small.mapping(["[ex:note, $(name_de)]"]))
    table = statements.shared_table(0)
    subjects = [blocks.subjects(plan.groups[0], {}), checks.subjects(1, plan.groups[0])]
    asked = [
        statements.create_shared(0, subjects),
        statements.state(plan.statements[0], {}, among=table),
        statements.state(plan.statements[0], {}, without=table),
        statements.create_distinct(0, checks.row_table(0), {"id": checks.kept_column("id")}),
        *(
            checks.profile(0, plan.groups[0]),
            checks.repeated(0, plan.groups[0]),
            checks.silent(0, plan.groups, plan.groups[:1]),
        ),
    ]

    compare("shared", "".join(f"{query};\n\n" for query in asked), golden)


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
        answers = list(engine.ask(f"SELECT {text(odd)}"))

    assert answers == [(odd,)]


@pytest.mark.parametrize("odd", ODD)
def test_a_quoted_name_is_that_name(odd: str) -> None:
    with Engine() as engine:
        engine.load(SOURCE, Table((odd,), iter([Row(1, "data/event.csv", 2, "", ("cell",))])))
        (found,) = engine.records(SOURCE, [1])

    assert (found.number, found.line, found.cells) == (1, 2, {odd: "cell"})


@pytest.mark.parametrize("odd", ODD)
def test_a_column_with_an_odd_name_is_read(odd: str, tmp_path: Path) -> None:
    subject = Term((f"{small.BASE}/", Reference("id")))
    rule = Rule(f"{small.DEF}note", Term((Reference(odd),), f"{small.XSD}string"), (), SOURCE.origin)
    plan = plans.compile_maps(Mapping((RecordMap("event", SOURCE, subject, (), (rule,), rule.origin),)))
    small.publication(tmp_path, {"data/event.csv": small.table([{"id": "a", odd: "said"}], ["id", odd])})

    with Engine([tmp_path]) as engine:
        reading.read(engine, plan, {}, Origins(tmp_path, {}), reading.quiet)
        engine.state(plan.statements[0])
        said = list(engine.ask("SELECT subject, object FROM statement"))

    assert said == [(f"{small.BASE}/a", "said")]


# What is demanded of the values of each rule, and of the whole event.
DEMANDS = {
    "identifier": 'sh:pattern "^[a-z]+$" ; sh:minCount 1 ; sh:maxCount 1',
    "name": "sh:maxLength 50 ; sh:uniqueLang true ; sh:qualifiedValueShape [ sh:languageIn ( 'de' ) ] ; "
    "sh:qualifiedMinCount 1",
    "start": "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:dateTime ] ) ; sh:lessThanOrEquals schema:endDate",
    "about": "sh:maxCount 3 ; sh:in ( topic:water topic:traffic ) ; sh:hasValue topic:water",
    "seats": "sh:datatype xsd:integer ; sh:minInclusive 1 ; sh:maxExclusive 1000",
    "homepage": "sh:nodeKind sh:IRI ; sh:not [ sh:pattern '^http:' ]",
    "part": "sh:class schema:Event",
    "town": "sh:path ( schema:superEvent [ sh:zeroOrMorePath [ sh:inversePath schema:superEvent ] ] ) ; sh:minCount 1",
    "node": "sh:closed true ; sh:ignoredProperties ( rdf:type )",
}


def test_what_shapes_demand_of_rows_is_written_as_its_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    loaded = load(small.publication(tmp_path, {"shapes/event.ttl": small.shapes(**DEMANDS)}))
    tests = loaded.demands.of_group(loaded.plan.groups[0], {})

    made = "\n\n".join(
        f"-- {shape.rpartition('#')[2]} {part.rpartition('#')[2]}\n{test}" for (shape, part), test in tests
    )

    compare("screening", made + "\n", golden)


def test_what_shapes_demand_of_all_is_written_as_its_golden_file_shows(tmp_path: Path, golden: bool) -> None:
    loaded = load(small.publication(tmp_path, {"shapes/event.ttl": small.shapes(**DEMANDS)}))
    shapes = compile_shapes(loaded.shapes.whole, frozenset()).shapes
    town = next(each for each in shapes if each.name.endswith("town"))
    names = {each.name for shape in shapes for each in shape.parameters}
    asking = {each.name for shape in shapes for each in shape.references}

    parts = [*conformance.create(), *conformance.create_edges(["SELECT …"]), conformance.MEMBERS, conformance.WHOLE]
    parts += [conformance.ask([0, 1], [0]), conformance.follow({0: shapes[0], 1: town})]
    parts += [conformance.TYPED, conformance.COMPARED, *conformance.simple(["^[a-z]+$", "^http:"], names)]
    parts += [*conformance.judge([0, 1], asking), conformance.REPORTED]

    compare("conformance", ";\n\n".join(parts) + ";\n", golden)


@pytest.mark.parametrize("odd", ODD)
def test_a_shape_cannot_leave_its_quotes(odd: str, tmp_path: Path) -> None:
    pattern = "".join(f"\\{letter}" if letter in "\\|.?*+(){}$-[]^" else letter for letter in odd)
    written = {each: json.dumps(each, ensure_ascii=False) for each in (odd, pattern)}
    shapes = small.shapes(note=f"sh:in ( {written[odd]} ) ; sh:pattern {written[pattern]} ; sh:hasValue {written[odd]}")
    table = small.table([{"id": "a", "name_de": odd}, {"id": "b", "name_de": "another"}])
    files = {"shapes/event.ttl": shapes, "data/event.csv": table}
    files["mapping/event.yaml"] = small.mapping(["[ex:note, $(name_de)]"])

    found = check(small.publication(tmp_path, files)).findings

    assert {each.origin.line for each in found if each.rule == "Event-note"} == {3}


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
