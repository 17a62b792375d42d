"""The compiler: a plan, or an error where mapping, code lists and shapes do not fit together."""

import shutil
from pathlib import Path

import pytest

from sccon_lod import notations, plan, shapes, vocabulary
from sccon_lod.errors import MappingError
from sccon_lod.functions import FN
from sccon_lod.language import Text
from sccon_lod.mapping import Reference
from sccon_lod.plan import Plan
from sccon_lod.terms import DCT, TYPE

ROOT = Path(__file__).parent.parent
SCHEMA = "http://schema.org/"
LIST = "https://w3id.org/sccon-lod/concept/event-type"
FILE = "mapping/event.yaml"
# The rules stand on lines 10 to 15.
MAPPING = """\
sources:
  event:
    access: data/event.csv
    referenceFormulation: csv
    split: {topics: "|"}
mappings:
  event:
    sources: event
    s: id:event/$(id)
    po: [[a, schema:Event],
      [schema:name, $(name_de), de~lang],
      [dct:type, event-type:$(type)~iri],
      [schema:startDate, {function: fn:start, parameters: [[fn:text, $(starts_at)]]}],
      [schema:about, "id:topic/$(topics)~iri"],
      [dct:identifier, $(id)]]
"""
SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://example.org/shapes#> .
@prefix schema: <http://schema.org/> .
@prefix dct: <http://purl.org/dc/terms/> .
ex:Event a sh:NodeShape ; sh:targetClass schema:Event ; sh:property ex:Event-name , ex:Event-type .
ex:Event-name sh:path schema:name ; sh:minCount 1 .
ex:Event-type sh:path dct:type .
ex:Event-start sh:path schema:startDate .
ex:Event-about sh:path schema:about .
ex:Event-id sh:path dct:identifier .
"""
CONCEPTS = f"""\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<{LIST}> a skos:ConceptScheme .
<{LIST}/panel> skos:inScheme <{LIST}> ; skos:prefLabel "Podiumsdiskussion"@de .
<{LIST}/talk> skos:inScheme <{LIST}> ; skos:prefLabel "Vortrag"@de .
"""
COLUMNS = {"data/event.csv": ("id", "name_de", "type", "starts_at", "topics")}


def compiled(folder: Path, mapping: str = MAPPING, rules: str = SHAPES, **others: str) -> Plan:
    for name in ("mapping", "shapes", "ontology/concepts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "ontology" / "prefixes.ttl", folder / "ontology")
    (folder / "ontology" / "concepts" / "event-type.ttl").write_text(CONCEPTS, encoding="utf-8")
    (folder / "shapes" / "event.ttl").write_text(rules, encoding="utf-8")
    for stem, content in {"event": mapping, **others}.items():
        (folder / "mapping" / f"{stem}.yaml").write_text(content, encoding="utf-8")
    words = vocabulary.read(folder, "https://example.org/id")
    return plan.compile_plan(notations.read(folder, words.prefixes, {}), words, shapes.read(folder))


def edited(old: str, new: str, text: str = MAPPING) -> str:
    assert old in text
    return text.replace(old, new)


def refusal(folder: Path, mapping: str = MAPPING, rules: str = SHAPES, **others: str) -> tuple[str, Text]:
    with pytest.raises(MappingError) as caught:
        compiled(folder, mapping, rules, **others)
    return str(caught.value.origin), caught.value.text


# --- the plan


def test_each_rule_is_a_statement_in_the_order_of_the_mapping(tmp_path: Path) -> None:
    made = compiled(tmp_path)

    assert [each.index for each in made.statements] == list(range(6))
    assert [str(each.rule.origin) for each in made.statements] == [f"{FILE}:{line}" for line in range(10, 16)]


def test_predicates_are_in_the_order_of_the_mapping_and_once_each(tmp_path: Path) -> None:
    more = edited("[dct:identifier, $(id)]]", "[dct:identifier, $(id)],\n      [schema:name, $(id)]]")

    assert compiled(tmp_path, more).predicates == (
        TYPE,
        f"{SCHEMA}name",
        f"{DCT}type",
        f"{SCHEMA}startDate",
        f"{SCHEMA}about",
        f"{DCT}identifier",
    )


def test_a_source_is_read_once(tmp_path: Path) -> None:
    other = edited("  event:\n    sources", "  other:\n    sources")

    made = compiled(tmp_path, other=other)

    assert [each.file for each in made.sources] == ["data/event.csv"]
    assert [each.name for each in made.maps] == ["event", "other"]


def test_the_statements_with_an_identifier_give_a_row_its_identity(tmp_path: Path) -> None:
    (identity,) = compiled(tmp_path).identities()

    assert identity.rule.predicate == f"{DCT}identifier"


def test_a_function_is_called_once_for_the_rules_that_share_it(tmp_path: Path) -> None:
    call = "{function: fn:start, parameters: [[fn:text, $(starts_at)]]}"
    made = compiled(tmp_path, edited("[schema:startDate,", f"[schema:name, {call}],\n      [schema:startDate,"))

    assert [(each.index, each.call.function) for each in made.invocations] == [(0, f"{FN}start")]
    assert [each.object.index for each in made.statements if each.object] == [0, 0]


def test_a_function_under_a_condition_is_called_for_itself(tmp_path: Path) -> None:
    rule = "{p: schema:startDate, o: {function: fn:start, parameters: [[fn:text, $(starts_at)]]}, condition: %s}"
    given = "{function: fn:given, parameters: [[fn:text, $(type)]]}"

    made = compiled(tmp_path, edited("[dct:identifier", f"{rule % given},\n      [dct:identifier"))

    assert [len(each.conditions) for each in made.invocations] == [0, 1]


def test_a_function_may_name_the_subject(tmp_path: Path) -> None:
    subject = "{function: fn:slug_iri, parameters: [[fn:text, $(name_de)], [fn:namespace, id:event/~iri]]}"

    made = compiled(tmp_path, edited("s: id:event/$(id)", f"s: {subject}"))

    assert {each.subject.index if each.subject else None for each in made.statements} == {0}


# --- groups and families

POSTER = """\
  poster:
    sources: event
    s: id:poster/$(id)
    po: [[a, schema:Event]]
"""
PARTS = """\
  part:
    sources: event
    s: id:$(type)
    po: [[a, schema:Event]]
"""


def test_rules_of_one_source_and_subject_are_a_group(tmp_path: Path) -> None:
    made = compiled(tmp_path, MAPPING + POSTER + MAPPING.partition("mappings:\n")[2].replace("event:\n", "more:\n", 1))

    assert [[each.index for each in group.statements] for group in made.groups] == [[*range(6), *range(7, 13)], [6]]


def test_groups_whose_subjects_never_meet_are_of_different_families(tmp_path: Path) -> None:
    made = compiled(tmp_path, MAPPING + POSTER)

    assert [each.family for each in made.groups] == [0, 1]


def test_groups_whose_subjects_may_meet_are_a_family(tmp_path: Path) -> None:
    made = compiled(tmp_path, MAPPING + POSTER + PARTS.replace("id:$(type)", "$(type)~iri"))

    assert [each.family for each in made.groups] == [0, 0, 0]


def test_a_cell_cannot_make_the_path_of_another_subject(tmp_path: Path) -> None:
    made = compiled(tmp_path, MAPPING + PARTS)

    assert [each.family for each in made.groups] == [0, 1]


# --- links

LINKED = edited("[dct:identifier", "{p: schema:about, o: {mapping: poster, condition: %s}},\n      [dct:identifier")
SAME = "{function: equal, parameters: [[str1, $(type)], [str2, $(id)]]}"


def test_a_link_joins_the_rows_of_its_map(tmp_path: Path) -> None:
    (joined,) = compiled(tmp_path, LINKED % SAME + POSTER).joined

    assert [each.name for each in joined.parents] == ["poster"]
    assert joined.link.pairs == (((Reference("type"),), (Reference("id"),)),)


def test_equal_links_of_one_source_are_one_join(tmp_path: Path) -> None:
    twice = LINKED % SAME + POSTER
    again = twice.replace(
        "{p: schema:about, o", f"{{p: dct:type, o: {{mapping: poster, condition: {SAME}}}}},\n{{p: schema:about, o"
    )

    made = compiled(tmp_path, again)

    assert [each.joined.index for each in made.statements if each.joined] == [0, 0]


def test_what_a_link_compares_is_read(tmp_path: Path) -> None:
    made = compiled(tmp_path, LINKED % SAME.replace("$(id)", "$(topics)") + POSTER)

    assert set(made.references(made.sources[0])) == set(COLUMNS["data/event.csv"])


def test_a_link_without_condition_to_another_source_is_refused(tmp_path: Path) -> None:
    other = MAPPING.replace("data/event.csv", "data/place.csv").replace(
        "  event:\n    sources", "  place:\n    sources"
    )
    rule = "{p: schema:about, o: {mapping: place}}"

    assert refusal(tmp_path, edited("[dct:identifier", f"{rule},\n      [dct:identifier"), place=other) == (
        f"{FILE}:15",
        Text(
            "Ohne Bedingung verweist eine Regel nur auf eine Zuordnung derselben Quelle; "
            "für „place“ fehlt eine Bedingung equal.",
            "Without a condition a rule can only refer to a map of the same source; “place” needs a condition equal.",
        ),
    )


# --- the columns of a statement


@pytest.mark.parametrize(
    ("predicate", "columns"),
    [
        (TYPE, ("id",)),
        (f"{SCHEMA}name", ("name_de", "id")),
        (f"{SCHEMA}startDate", ("starts_at", "id")),
        (f"{DCT}identifier", ("id",)),
    ],
)
def test_the_column_of_the_object_comes_before_that_of_the_subject(
    tmp_path: Path, predicate: str, columns: tuple[str, ...]
) -> None:
    (statement,) = [each for each in compiled(tmp_path).statements if each.rule.predicate == predicate]

    assert statement.columns == columns


def test_the_columns_of_conditions_come_after_those_of_the_object(tmp_path: Path) -> None:
    given = "{function: fn:given, parameters: [[fn:text, $(type)]]}"
    rule = f'{{p: schema:name, o: "$(id) $(starts_at)", condition: {given}}}'

    made = compiled(tmp_path, edited("[dct:identifier", f"{rule},\n      [dct:identifier"))

    assert made.statements[5].columns == ("starts_at", "type", "id")


def test_a_condition_of_the_map_holds_for_each_rule(tmp_path: Path) -> None:
    given = "{function: fn:given, parameters: [[fn:text, $(type)]]}"

    made = compiled(tmp_path, edited("    po:", f"    condition: {given}\n    po:"))

    assert all("type" in each.columns for each in made.statements)


# --- columns and files


def missing(folder: Path, mapping: str, found: dict[str, tuple[str, ...]] | None = None) -> tuple[str, Text]:
    with pytest.raises(MappingError) as caught:
        plan.check_columns(compiled(folder, mapping), found or COLUMNS)
    return str(caught.value.origin), caught.value.text


def no_column(column: str, near: str) -> Text:
    return Text(
        f"data/event.csv hat keine Spalte „{column}“. Ist „{near}“ gemeint?",
        f"data/event.csv has no column “{column}”. Is “{near}” meant?",
    )


def test_a_file_with_all_columns_is_accepted(tmp_path: Path) -> None:
    plan.check_columns(compiled(tmp_path), COLUMNS)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("$(name_de)", "$(name_en)", 11, no_column("name_en", "name_de")),
        ("$(starts_at)", "$(start_at)", 13, no_column("start_at", "starts_at")),
        ("$(name_de)", "$(Type)", 11, no_column("Type", "type")),
        ("event/$(id)", "event/$(idd)", 10, no_column("idd", "id")),
        (
            "$(name_de)",
            "$(xyz)",
            11,
            Text(
                "data/event.csv hat keine Spalte „xyz“. Es gibt: id, name_de, type, starts_at, topics.",
                "data/event.csv has no column “xyz”. It has: id, name_de, type, starts_at, topics.",
            ),
        ),
    ],
)
def test_a_missing_column_is_refused_with_the_nearest(
    tmp_path: Path, old: str, new: str, line: int, message: Text
) -> None:
    assert missing(tmp_path, edited(old, new)) == (f"{FILE}:{line}", message)


def test_a_missing_list_column_is_refused_at_its_source(tmp_path: Path) -> None:
    assert missing(tmp_path, edited('split: {topics: "|"}', 'split: {topics: "|", names: ","}')) == (
        f"{FILE}:3",
        no_column("names", "name_de"),
    )


def test_a_missing_column_of_a_condition_is_refused(tmp_path: Path) -> None:
    given = "{function: fn:given, parameters: [[fn:text, $(typ)]]}"

    place, message = missing(tmp_path, edited("    po:", f"    condition: {given}\n    po:"))

    assert (place, message) == (f"{FILE}:11", no_column("typ", "type"))


def test_a_column_that_no_rule_reads_is_known(tmp_path: Path) -> None:
    made = compiled(tmp_path)

    unused = plan.unused_columns(made, made.sources[0], ["id", "note", "", "type", "internal"])

    assert unused == ["note", "internal"]


def test_a_file_with_different_list_columns_is_refused(tmp_path: Path) -> None:
    other = edited('split: {topics: "|"}', 'split: {topics: ";"}')

    assert refusal(tmp_path, other=edited("  event:\n    sources", "  other:\n    sources", other)) == (
        "mapping/other.yaml:3",
        Text(
            f"data/event.csv ist bei {FILE}:3 mit anderen Listen-Spalten angegeben.",
            f"data/event.csv is declared with other list columns at {FILE}:3.",
        ),
    )


# --- what does not fit


def test_a_function_that_gives_neither_iri_nor_text_cannot_name_a_subject(tmp_path: Path) -> None:
    subject = "{function: fn:start, parameters: [[fn:text, $(id)]]}"

    assert refusal(tmp_path, edited("s: id:event/$(id)", f"s: {subject}")) == (
        f"{FILE}:8, event",
        Text(
            "Diese Funktion gibt keine IRI; ein Subjekt braucht eine, zum Beispiel fn:slug_iri.",
            "This function gives no IRI; a subject needs one, for example fn:slug_iri.",
        ),
    )


def test_a_function_that_gives_a_text_may_name_a_subject(tmp_path: Path) -> None:
    subject = "{function: fn:trimmed, parameters: [[fn:text, $(id)]]}"

    made = compiled(tmp_path, edited("s: id:event/$(id)", f"s: {subject}"))

    assert {each.subject.call.function for each in made.statements if each.subject} == {f"{FN}trimmed"}


def test_an_unknown_code_is_refused_with_those_there_are(tmp_path: Path) -> None:
    assert refusal(tmp_path, edited("event-type:$(type)~iri", "event-type:panell~iri")) == (
        f"{FILE}:12",
        Text(
            f"„panell“ steht nicht in der Codeliste {LIST}/; es gibt: panel, talk.",
            f"“panell” is not in the code list {LIST}/; there is: panel, talk.",
        ),
    )


def test_a_known_code_is_accepted(tmp_path: Path) -> None:
    assert compiled(tmp_path, edited("event-type:$(type)~iri", "event-type:panel~iri")).statements


def test_a_class_that_no_shape_targets_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, edited("[a, schema:Event]", "[a, schema:Evnt]")) == (
        f"{FILE}:10",
        Text(
            f"Keine Regel in shapes/ gilt für <{SCHEMA}Evnt>.",
            f"No shape in shapes/ targets <{SCHEMA}Evnt>.",
        ),
    )


def test_a_class_beside_one_that_a_shape_targets_is_accepted(tmp_path: Path) -> None:
    assert compiled(tmp_path, edited("[a, schema:Event]", "[a, [schema:Event, schema:Festival]]")).statements


def test_several_classes_that_no_shape_targets_are_named(tmp_path: Path) -> None:
    _, message = refusal(tmp_path, edited("[a, schema:Event]", "[a, [schema:B, schema:A]]"))

    assert message == Text(
        f"Keine Regel in shapes/ gilt für <{SCHEMA}A> oder <{SCHEMA}B>.",
        f"No shape in shapes/ targets <{SCHEMA}A> or <{SCHEMA}B>.",
    )


def test_a_predicate_that_no_shape_describes_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, edited("[schema:about,", "[schema:abuot,")) == (
        f"{FILE}:14",
        Text(
            f"Keine Regel in shapes/ beschreibt das Prädikat <{SCHEMA}abuot>.",
            f"No shape in shapes/ describes the predicate <{SCHEMA}abuot>.",
        ),
    )


def test_a_required_predicate_that_no_rule_makes_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, edited("[schema:name, $(name_de), de~lang]", "[schema:about, $(name_de)]")) == (
        "mapping",
        Text(
            f"Die Regel Event-name verlangt <{SCHEMA}name>, aber keine Regel der Zuordnung erzeugt es.",
            f"The shape Event-name demands <{SCHEMA}name>, but no rule of the mapping makes it.",
        ),
    )


def test_a_required_predicate_of_a_class_that_is_not_made_may_be_missing(tmp_path: Path) -> None:
    place = (
        "ex:Place a sh:NodeShape ; sh:targetClass schema:Place ; sh:property ex:Place-url .\n"
        "ex:Place-url sh:path schema:url ; sh:minCount 1 .\n"
    )

    assert compiled(tmp_path, rules=SHAPES + place).statements


def test_a_predicate_that_ought_to_be_there_may_be_missing(tmp_path: Path) -> None:
    warned = edited("sh:minCount 1", "sh:minCount 1 ; sh:severity sh:Warning", SHAPES)

    assert compiled(tmp_path, edited("[schema:name, $(name_de), de~lang]", "[schema:about, x]"), warned).statements
