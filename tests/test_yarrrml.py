"""The notation of mappings: what is understood, and what is refused with file and line."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from sccon_lod import notations
from sccon_lod.errors import MappingError, Origin
from sccon_lod.functions import EQUAL, FN, GIVEN, GREL, NOT_EQUAL, ONE_OF
from sccon_lod.language import Text
from sccon_lod.mapping import Call, Condition, Link, RecordMap, Reference, Rule, Source, Template, Term
from sccon_lod.refusals import BLANK, DATABASE, GRAPH, INVERSE, SECRET, TARGET, WEB
from sccon_lod.terms import LANG_STRING, TYPE
from sccon_lod.values.value import DATE, STRING
from strategies import odd_texts

SCHEMA = "http://schema.org/"
PREFIXES = {
    "id": "https://example.org/id/",
    "schema": SCHEMA,
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "fn": FN,
    "idlab-fn": "https://w3id.org/imec/idlab/function#",
    "grel": "http://users.ugent.be/~bjdmeest/function/grel.ttl#",
}
FILE = "mapping/event.yaml"
NAME = Term((Reference("name"),), STRING)
A = Term((Reference("a"),), STRING)
AT = Origin(FILE, 3)
# The rule under test stands on line 8.
HEAD = """\
sources:
  event: [data/event.csv~csv]
mappings:
  event:
    sources: event
    s: id:event/$(id)
    po:
"""


def read(folder: Path, **files: str) -> tuple[RecordMap, ...]:
    (folder / "mapping").mkdir(exist_ok=True)
    for stem, content in files.items():
        (folder / "mapping" / f"{stem}.yaml").write_text(content, encoding="utf-8")
    return notations.read(folder, PREFIXES, {}).maps


def rules(folder: Path, rule: str) -> tuple[Rule, ...]:
    (only,) = read(folder, event=f"{HEAD}      - {rule}\n")
    return only.rules


def objects(folder: Path, rule: str) -> list[Term | Call | Link]:
    return [each.object for each in rules(folder, rule)]


def map_with(source: str = "[data/event.csv~csv]", subject: str = "id:event/$(id)", rest: str = "") -> str:
    return f"mappings:\n  event:\n    sources: [{source}]\n    s: {subject}\n{rest}"


def refusal(folder: Path, **files: str) -> tuple[str, Text]:
    with pytest.raises(MappingError) as caught:
        read(folder, **files)
    return str(caught.value.origin), caught.value.text


def iri(*template: str | Reference) -> Term:
    return Term(template)


def text(*template: str | Reference) -> Term:
    return Term(template, STRING)


def spoken_as(*language: str | Reference) -> Term:
    return Term((Reference("name"),), LANG_STRING, language)


def spoken(language: str, column: str = "name") -> Term:
    return Term((Reference(column),), LANG_STRING, (language,))


# --- objects


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("[schema:name, $(name)]", [NAME]),
        ("[schema:name, Berlin]", [text("Berlin")]),
        ("[schema:name, 2022]", [text("2022")]),
        ("[schema:name, yes]", [text("yes")]),
        ('[schema:name, "$(first) $(last)!"]', [text(Reference("first"), " ", Reference("last"), "!")]),
        ("[schema:name, $(name), de~lang]", [spoken("de")]),
        ("[schema:name, $(name), de-AT~lang]", [spoken("de-AT")]),
        ("[schema:name, $(name), xsd:date]", [Term((Reference("name"),), DATE)]),
        ("[schema:url, $(url)~iri]", [iri(Reference("url"))]),
        ("[schema:location, id:place/$(place)~iri]", [iri("https://example.org/id/place/", Reference("place"))]),
        ("[schema:url, https://example.org/$(id)~iri]", [iri("https://example.org/", Reference("id"))]),
        ("[schema:url, mailto:$(mail)~iri]", [iri("mailto:", Reference("mail"))]),
        ("[schema:name, [$(a), $(b)]]", [text(Reference("a")), text(Reference("b"))]),
        ("[schema:name, [$(a), $(b)], de~lang]", [spoken("de", "a"), spoken("de", "b")]),
        ("[schema:name, [[$(a), de~lang], [$(b), en~lang]]]", [spoken("de", "a"), spoken("en", "b")]),
        ("[schema:url, [$(a)~iri, $(b)~iri]]", [iri(Reference("a")), iri(Reference("b"))]),
        ("{p: schema:name, o: $(name)}", [NAME]),
        ("{predicates: schema:name, objects: $(name)}", [NAME]),
        ("{predicate: schema:name, object: $(name)}", [NAME]),
        ("{p: schema:name, o: {value: $(name)}}", [NAME]),
        ("{p: schema:name, o: {value: $(name), type: literal}}", [NAME]),
        ("{p: schema:name, o: {value: $(name), language: de}}", [spoken("de")]),
        ("{p: schema:name, o: {value: $(name), datatype: xsd:date}}", [Term((Reference("name"),), DATE)]),
        ("{p: schema:url, o: {value: $(url), type: iri}}", [iri(Reference("url"))]),
        ("{p: schema:name, o: [{value: $(a), language: de}, $(name)]}", [spoken("de", "a"), NAME]),
        (
            "{p: schema:name, o: [[$(a), de~lang], [$(b), xsd:date]]}",
            [spoken("de", "a"), Term((Reference("b"),), DATE)],
        ),
        ("[schema:name, $(name), $(lang)~lang]", [Term((Reference("name"),), LANG_STRING, (Reference("lang"),))]),
        ("[schema:name, $(name), 'de-$(region)~lang']", [spoken_as("de-", Reference("region"))]),
        ("{p: schema:name, o: {value: $(name), language: $(lang)}}", [spoken_as(Reference("lang"))]),
        ("{p: schema:name, o: {v: $(name)}}", [NAME]),
        ("[schema:name, [{value: $(a)}, {value: $(b), datatype: xsd:date}]]", [A, Term((Reference("b"),), DATE)]),
        ("[schema:name, {value: $(name)}, de~lang]", [spoken("de")]),
        ("[a, schema:Event]", [iri(SCHEMA + "Event")]),
        ("[a, [schema:Event, schema:Thing]]", [iri(SCHEMA + "Event"), iri(SCHEMA + "Thing")]),
        ("{p: a, o: {value: schema:Event}}", [iri(SCHEMA + "Event")]),
        ("[a, schema:Event~iri]", [iri(SCHEMA + "Event")]),
        ('[schema:name, "Thema: $(name)"]', [text("Thema: ", Reference("name"))]),
        ('[schema:name, "schema: $(name)"]', [text("schema: ", Reference("name"))]),
        ("[schema:url, https://example.org/]", [text("https://example.org/")]),
    ],
)
def test_an_object_is_understood(tmp_path: Path, rule: str, expected: list[Term | Call]) -> None:
    assert objects(tmp_path, rule) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        (r"'\$(name)'", ["$(name)"]),
        (r"'\$(name) $(name)'", ["$(name) ", Reference("name")]),
        (r"'$(name \(de\))'", [Reference("name (de)")]),
        (r"'$(a\)b)'", [Reference("a)b")]),
        (r"'$(a\\b)'", [Reference("a\\b")]),
        (r"'a\\b'", ["a\\b"]),
        (r"'a\nb'", ["a\\nb"]),
        ("5 $", ["5 $"]),
        ("$5 ($x)", ["$5 ($x)"]),
        ("'(a) b)'", ["(a) b)"]),
        ("'$(Ort, Straße)'", [Reference("Ort, Straße")]),
        ("$(a)$(b)", [Reference("a"), Reference("b")]),
        ('"two\\nlines $(a)"', ["two\nlines ", Reference("a")]),
    ],
)
def test_a_template_is_understood(tmp_path: Path, template: str, expected: list[str | Reference]) -> None:
    assert objects(tmp_path, f"[schema:name, {template}]") == [text(*expected)]


# --- predicates


def test_each_predicate_is_said_with_each_object(tmp_path: Path) -> None:
    made = rules(tmp_path, "[[schema:name, dct:title], [$(name), $(a)]]")

    assert [(each.predicate, each.object) for each in made] == [
        (SCHEMA + "name", NAME),
        (SCHEMA + "name", text(Reference("a"))),
        (PREFIXES["dct"] + "title", NAME),
        (PREFIXES["dct"] + "title", text(Reference("a"))),
    ]


@pytest.mark.parametrize("predicate", ["a", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"])
def test_the_class_may_be_said_with_a(tmp_path: Path, predicate: str) -> None:
    (rule,) = rules(tmp_path, f"[{predicate}, schema:Event]")

    assert (rule.predicate, rule.object) == (TYPE, iri(SCHEMA + "Event"))


def test_a_rule_knows_its_line(tmp_path: Path) -> None:
    made = rules(tmp_path, "[schema:name, $(name)]\n      - p: schema:url\n        o: $(url)~iri")

    assert [each.origin for each in made] == [Origin(FILE, 8), Origin(FILE, 9)]


# --- functions and conditions


@pytest.mark.parametrize(
    "call",
    [
        "{function: fn:start, parameters: [[fn:text, $(name)], [fn:year, $(year)]]}",
        "{function: fn:start, parameters: [[fn:year, $(year)], [fn:text, $(name)]]}",
        "{function: fn:start, parameters: [{parameter: fn:text, value: $(name)}, [fn:year, $(year)]]}",
    ],
)
def test_the_parameters_of_a_function_come_in_its_order(tmp_path: Path, call: str) -> None:
    made = objects(tmp_path, f"{{p: schema:startDate, o: {call}}}")

    assert made == [Call(FN + "start", ((Reference("name"),), (Reference("year"),)))]


def test_an_optional_parameter_may_be_missing(tmp_path: Path) -> None:
    made = objects(
        tmp_path, "[schema:startDate, {function: fn:start, parameters: {parameter: fn:text, value: $(name)}}]"
    )

    assert made == [Call(FN + "start", ((Reference("name"),),))]


def test_a_parameter_may_be_an_iri(tmp_path: Path) -> None:
    made = objects(
        tmp_path,
        "{p: dct:type, o: {function: fn:slug_iri, parameters: [[fn:text, $(name)], [fn:namespace, id:place/~iri]]}}",
    )

    assert made == [Call(FN + "slug_iri", ((Reference("name"),), ("https://example.org/id/place/",)))]


def test_a_function_may_make_the_subject(tmp_path: Path) -> None:
    subject = "{function: fn:slug_iri, parameters: [[fn:text, $(name)], [fn:namespace, id:place/~iri]]}"

    (made,) = read(tmp_path, event=map_with(subject=subject))

    assert made.subject == Call(FN + "slug_iri", ((Reference("name"),), ("https://example.org/id/place/",)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            "{function: idlab-fn:equal, parameters: [[grel:valueParameter, $(a)], [grel:valueParameter2, x]]}",
            Condition(EQUAL, ((Reference("a"),), ("x",))),
        ),
        (
            "{function: idlab-fn:notEqual, parameters: [[grel:valueParameter2, ''], [grel:valueParameter, $(a)]]}",
            Condition(NOT_EQUAL, ((Reference("a"),), ())),
        ),
        (
            "{function: fn:one_of, parameters: [[fn:text, $(a)], [fn:among, x y]]}",
            Condition(ONE_OF, ((Reference("a"),), ("x y",))),
        ),
        ("{function: fn:given, parameters: [[fn:text, $(a)]]}", Condition(GIVEN, ((Reference("a"),),))),
    ],
)
def test_a_condition_holds_for_a_rule_or_a_map(tmp_path: Path, condition: str, expected: Condition) -> None:
    rest = f"    condition: {condition}\n    po:\n      - {{p: schema:name, o: $(name), condition: {condition}}}\n"

    (made,) = read(tmp_path, event=map_with(rest=rest))

    assert made.conditions == (expected,)
    assert made.rules[0].conditions == (expected,)


def test_several_conditions_hold_together(tmp_path: Path) -> None:
    given = "{{function: fn:given, parameters: [[fn:text, $({})]]}}"
    (rule,) = rules(tmp_path, f"{{p: schema:name, o: $(name), condition: [{given.format('a')}, {given.format('b')}]}}")

    assert rule.conditions == (Condition(GIVEN, ((Reference("a"),),)), Condition(GIVEN, ((Reference("b"),),)))


def test_a_condition_may_compare_with_a_text_that_looks_like_a_short_name(tmp_path: Path) -> None:
    test = "{function: fn:one_of, parameters: [[fn:text, $(a)], [fn:among, 'schema:a']]}"

    (rule,) = rules(tmp_path, f"{{p: schema:name, o: $(name), condition: {test}}}")

    assert rule.conditions == (Condition(ONE_OF, ((Reference("a"),), ("schema:a",))),)


# --- sources and subjects


def test_a_source_knows_its_list_columns(tmp_path: Path) -> None:
    source = "{access: data/event.csv, referenceFormulation: csv, split: {topics: '|', works: ';'}}"

    (made,) = read(tmp_path, event=map_with(source))

    assert made.source == Source("data/event.csv", {"topics": "|", "works": ";"}, Origin(FILE, 3))


def test_a_source_may_stand_in_its_map(tmp_path: Path) -> None:
    (made,) = read(tmp_path, event=map_with("[data/event.csv~csv]"))

    assert made.source == Source("data/event.csv", {}, Origin(FILE, 3))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("['data/a.json~jsonpath', '$.events[*]']", Source("data/a.json", {}, AT, "jsonpath", "$.events[*]")),
        ("['./data/a.xml~xpath', /events/event]", Source("data/a.xml", {}, AT, "xpath", "/events/event")),
        ("[data/a.ics~ical]", Source("data/a.ics", {}, AT, "ical")),
        ("[data/*.csv~csv]", Source("data/*.csv", {}, AT)),
        ("[data/2025/~csv]", Source("data/2025/", {}, AT)),
        ("[data/a.zip/inner.csv~csv]", Source("data/a.zip/inner.csv", {}, AT)),
        (
            "{access: data/a.json, referenceFormulation: jsonpath, iterator: $, type: localfile}",
            Source("data/a.json", {}, AT, "jsonpath", "$"),
        ),
        (
            "{access: a.csv, referenceFormulation: csv, delimiter: ';', quote: none, encoding: iso-8859-15, header: 3, "
            "decimal: ',', decimal_columns: [x, y], sheet: Tabelle 1}",
            Source(
                "a.csv",
                {},
                AT,
                options={
                    "delimiter": ";",
                    "quote": "none",
                    "encoding": "iso-8859-15",
                    "header": "3",
                    "decimal": ",",
                    "decimal_columns": "x y",
                    "sheet": "Tabelle 1",
                },
            ),
        ),
        (
            "{access: a.xml, referenceFormulation: xpath, xmlns: {k: 'urn:kalender', v: 'urn:veranstalter'}}",
            Source("a.xml", {}, AT, "xpath", "", {"xmlns:k": "urn:kalender", "xmlns:v": "urn:veranstalter"}),
        ),
    ],
)
def test_a_source_may_be_of_any_kind(tmp_path: Path, source: str, expected: Source) -> None:
    (made,) = read(tmp_path, event=map_with(source))

    assert made.source == expected


@pytest.mark.parametrize(
    "sources",
    [
        "[data/a.json~jsonpath, $]",
        "[[data/a.json~jsonpath, $]]",
        "{access: data/a.json, referenceFormulation: jsonpath, iterator: $}",
        "[{access: data/a.json, referenceFormulation: jsonpath, iterator: $}]",
        "one",
        "[one]",
        "[[one]]",
    ],
)
def test_the_sources_of_a_map_may_be_written_in_each_way(tmp_path: Path, sources: str) -> None:
    file = "sources: {one: [data/a.json~jsonpath, $]}\nmappings:\n  event:\n"

    (made,) = read(tmp_path, event=f"{file}    sources: {sources}\n    s: id:$(id)\n")

    assert (made.source.file, made.source.formulation, made.source.iterator) == ("data/a.json", "jsonpath", "$")


@pytest.mark.parametrize(
    "lines",
    [
        "  event:\n    source: [[a.csv~csv]]\n    subject: id:$(id)\n    predicateobject: [[a, schema:Event]]\n",
        "  event:\n    sources: [[a.csv~csv]]\n    subjects: id:$(id)\n    predicateobjects: [[a, schema:Event]]\n",
    ],
)
@pytest.mark.parametrize("top", ["mappings:\n", "mapping:\n", "m:\n", "authors: X\nbase: https://a.de/#\nm:\n"])
def test_keys_may_be_written_in_each_way(tmp_path: Path, top: str, lines: str) -> None:
    (made,) = read(tmp_path, event=top + lines)

    assert [each.object for each in made.rules] == [iri(SCHEMA + "Event")]


def test_the_settings_are_a_source(tmp_path: Path) -> None:
    (made,) = read(tmp_path, event=map_with("[sccon.toml~toml]", "id:dataset"))

    assert (made.source.file, made.subject) == ("sccon.toml", iri("https://example.org/id/dataset"))


def test_a_map_may_have_several_sources_and_subjects(tmp_path: Path) -> None:
    made = read(tmp_path, event=map_with("[data/a.csv~csv], [data/b.csv~csv]", "[id:a/$(id), $(url)]"))

    assert [(each.name, each.source.file, each.subject) for each in made] == [
        ("event", "data/a.csv", iri("https://example.org/id/a/", Reference("id"))),
        ("event", "data/a.csv", iri(Reference("url"))),
        ("event", "data/b.csv", iri("https://example.org/id/a/", Reference("id"))),
        ("event", "data/b.csv", iri(Reference("url"))),
    ]


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    made = read(tmp_path, b=map_with().replace("event:", "b:"), a=map_with().replace("event:", "a:"))

    assert [each.origin for each in made] == [Origin("mapping/a.yaml", 3, "a"), Origin("mapping/b.yaml", 3, "b")]


def test_a_file_may_have_short_names_of_its_own(tmp_path: Path) -> None:
    rest = "    po: [['ex:name', $(name)]]\nprefixes: {ex: 'https://example.com/', schema: 'http://schema.org/'}\n"

    (made,) = read(tmp_path, event=map_with(rest=rest))

    assert made.rules[0].predicate == "https://example.com/name"


def test_short_names_of_one_file_are_unknown_in_others(tmp_path: Path) -> None:
    first = "prefixes: {ex: 'https://example.com/'}\nmappings: {}\n"

    place, message = refusal(tmp_path, a=first, b=map_with(subject="ex:$(id)"))

    assert place == "mapping/b.yaml:4"
    assert message.en.startswith("The short name “ex” is unknown.")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert len(read(tmp_path, event="\ufeff" + map_with())) == 1


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mapping")


@settings(deadline=None)  # writes a file
@given(column=odd_texts.filter(bool))
def test_any_column_can_be_named(folder: Path, column: str) -> None:
    escaped = "".join(f"\\{letter}" if letter in "\\$()_" else letter for letter in column)
    quoted = "".join(f"\\U{ord(letter):08X}" for letter in f"$({escaped})")

    assert objects(folder, f'[schema:name, "{quoted}"]') == [text(Reference(column))]


# --- functions within functions, and what stands beside them

UPPER = GREL + "toUpperCase"
CALL = "function: grel:toUpperCase, parameters: [[grel:valueParameter, $(name)]]"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (f"[schema:name, {{{CALL}}}]", Call(UPPER, ((Reference("name"),),))),
        ("[schema:name, {f: grel:toUpperCase, pms: [[grel:valueParameter, $(name)]]}]", Call(UPPER, (NAME.template,))),
        ("[schema:name, {fn: grel:toUpperCase, pms: [{pm: grel:valueParameter, v: x}]}]", Call(UPPER, (("x",),))),
        (f"[schema:name, {{{CALL}}}, de~lang]", Call(UPPER, (NAME.template,), None, ("de",))),
        (f"[schema:name, {{{CALL}}}, xsd:date]", Call(UPPER, (NAME.template,), DATE)),
        (f"[schema:name, {{{CALL}, language: $(lang)}}]", Call(UPPER, (NAME.template,), None, (Reference("lang"),))),
        (f"[schema:name, {{{CALL}, datatype: xsd:date}}]", Call(UPPER, (NAME.template,), DATE)),
        (f"[schema:name, {{{CALL}, type: literal}}]", Call(UPPER, (NAME.template,))),
        (f"[schema:url, {{{CALL}, type: iri}}]", Call(UPPER, (NAME.template,), "")),
        (f"[a, {{{CALL}}}]", Call(UPPER, (NAME.template,), "")),
        (
            f"[schema:name, {{function: fn:trimmed, parameters: [[fn:text, {{{CALL}}}]]}}]",
            Call(FN + "trimmed", (Call(UPPER, (NAME.template,)),)),
        ),
        (
            f"[schema:name, {{function: fn:trimmed, parameters: [{{parameter: fn:text, value: {{{CALL}}}}}]}}]",
            Call(FN + "trimmed", (Call(UPPER, (NAME.template,)),)),
        ),
        ("[schema:name, {function: grel:toUpperCase(valueParameter = $(name))}]", Call(UPPER, (NAME.template,))),
        ("[schema:name, {function: 'grel:toUpperCase(grel:valueParameter=$(name))'}]", Call(UPPER, (NAME.template,))),
        (
            '[schema:name, {function: \'grel:string_replace(valueParameter = $(a, b), p_string_find = ",", '
            "p_string_replace = )'}]",
            Call(GREL + "string_replace", ((Reference("a, b"),), (",",), ())),
        ),
        (
            "[schema:url, {function: fn:slug_iri, parameters: [[fn:text, $(a), s], "
            "{parameter: fn:namespace, value: 'id:place/', type: iri}]}]",
            Call(FN + "slug_iri", (A.template, ("https://example.org/id/place/",))),
        ),
    ],
)
def test_a_function_is_understood(tmp_path: Path, rule: str, expected: Call) -> None:
    assert objects(tmp_path, rule) == [expected]


def test_a_function_that_gives_a_text_may_make_the_iri_of_the_subject(tmp_path: Path) -> None:
    (made,) = read(tmp_path, event=map_with(subject=f"{{{CALL}}}"))

    assert made.subject == Call(UPPER, (NAME.template,), "")


def test_a_function_that_makes_no_text_is_left_as_it_is(tmp_path: Path) -> None:
    (made,) = read(tmp_path, event=map_with(subject="{function: fn:start, parameters: [[fn:text, $(a)]]}"))

    assert made.subject == Call(FN + "start", (A.template,))


GIVEN_A = "{function: fn:given, parameters: [[fn:text, $(a)]]}"


@pytest.mark.parametrize(
    "rule",
    [
        f"{{p: schema:name, o: $(name), condition: {GIVEN_A}}}",
        f"{{p: schema:name, o: $(name), conditions: [{GIVEN_A}]}}",
        f"{{p: schema:name, o: {{value: $(name), condition: {GIVEN_A}}}}}",
        f"{{p: schema:name, o: {{v: $(name), c: {GIVEN_A}}}}}",
    ],
)
def test_a_condition_may_stand_beside_an_object(tmp_path: Path, rule: str) -> None:
    (made,) = rules(tmp_path, rule)

    assert (made.object, made.conditions) == (NAME, (Condition(GIVEN, (A.template,)),))


def test_a_condition_beside_one_object_is_not_that_of_another(tmp_path: Path) -> None:
    made = rules(
        tmp_path, f"[schema:name, [{{value: $(a), condition: {GIVEN_A}}}, {{{CALL}, condition: {GIVEN_A}}}, $(b)]]"
    )

    assert [len(each.conditions) for each in made] == [1, 1, 0]


def test_a_condition_may_stand_beside_a_subject(tmp_path: Path) -> None:
    (made,) = read(tmp_path, event=map_with(subject=f"{{value: 'id:event/$(id)', condition: {GIVEN_A}}}"))

    assert made.subject == iri("https://example.org/id/event/", Reference("id"))
    assert made.conditions == (Condition(GIVEN, (A.template,)),)


@pytest.mark.parametrize("bare", ["equal", "idlab-fn:equal"])
def test_a_condition_may_use_the_words_of_joins_and_compare_what_a_function_gives(tmp_path: Path, bare: str) -> None:
    test = f"{{function: {bare}, parameters: [[str1, {{{CALL}}}], [str2, X]]}}"

    (made,) = rules(tmp_path, f"{{p: schema:name, o: $(name), condition: {test}}}")

    assert made.conditions == (Condition(EQUAL, (Call(UPPER, (NAME.template,)), ("X",))),)


# --- joins

VENUES = "  venue:\n    sources: [[data/venue.csv~csv]]\n    s: id:venue/$(id)\n"
VENUE_ID, ID = (Reference("venue_id"),), (Reference("id"),)


@pytest.mark.parametrize(
    ("parameters", "pair"),
    [
        ("[[str1, $(venue_id), s], [str2, $(id), o]]", (VENUE_ID, ID)),
        ("[[str1, $(venue_id), subject], [str2, $(id), object]]", (VENUE_ID, ID)),
        ("[[str1, $(venue_id)], [str2, $(id)]]", (VENUE_ID, ID)),
        ("[[str2, $(id)], [str1, $(venue_id)]]", (VENUE_ID, ID)),
        ("[[str1, $(id), o], [str2, $(venue_id), s]]", (VENUE_ID, ID)),
        ("[[str1, $(id), o], [str2, $(venue_id)]]", (VENUE_ID, ID)),
        ("[[str1, $(id)], [str2, $(venue_id), s]]", (VENUE_ID, ID)),
        ("[[grel:valueParameter, $(venue_id), s], [grel:valueParameter2, $(id), o]]", (VENUE_ID, ID)),
        ("[{parameter: str1, value: $(venue_id), from: s}, {pm: str2, v: $(id), from: object}]", (VENUE_ID, ID)),
        ("[[str1, 'v-$(venue_id)'], [str2, $(id)]]", (("v-", Reference("venue_id")), ID)),
    ],
)
@pytest.mark.parametrize("function", ["equal", "idlab-fn:equal"])
def test_a_join_compares_this_record_with_the_other(
    tmp_path: Path, function: str, parameters: str, pair: tuple[Template, Template]
) -> None:
    link = f"{{mapping: venue, condition: {{function: {function}, parameters: {parameters}}}}}"

    event, _ = read(tmp_path, event=f"{HEAD}      - [schema:location, {link}]\n{VENUES}")

    assert event.rules[0].object == Link("venue", (pair,))


def test_a_join_may_have_several_conditions_or_none(tmp_path: Path) -> None:
    both = (
        "[{function: equal, parameters: [[str1, $(a)], [str2, $(b)]]}, "
        "{function: equal, parameters: [[str1, $(c)], [str2, $(d)]]}]"
    )
    lines = f"      - p: schema:location\n        o: [{{mapping: venue, condition: {both}}}, {{m: [venue, event]}}]\n"

    event, _ = read(tmp_path, event=HEAD + lines + VENUES)

    assert [each.object for each in event.rules] == [
        Link("venue", (((Reference("a"),), (Reference("b"),)), ((Reference("c"),), (Reference("d"),)))),
        Link("venue", ()),
        Link("event", ()),
    ]


def test_a_join_may_lead_to_a_map_of_another_file(tmp_path: Path) -> None:
    event, _ = read(
        tmp_path, event=f"{HEAD}      - [schema:location, {{mapping: venue}}]\n", venue=f"mappings:\n{VENUES}"
    )

    assert event.rules[0].object == Link("venue", ())


# --- values from outside


def test_an_external_value_is_a_constant(tmp_path: Path) -> None:
    file = (
        f"external: {{city: Berlin, base: 'https://example.org/b/'}}\n{HEAD}      - [schema:name, '$(_city) $(id)']\n"
    )
    file += "      - [schema:url, $(_base)$(id)~iri]\n      - [schema:name, $(name), $(_lang)~lang]\n"
    (tmp_path / "mapping").mkdir()
    (tmp_path / FILE).write_text(file, encoding="utf-8")

    (made,) = notations.read(tmp_path, PREFIXES, {"lang": "de"}).maps

    assert [each.object for each in made.rules] == [
        text("Berlin ", Reference("id")),
        iri("https://example.org/b/", Reference("id")),
        spoken("de"),
    ]


def test_the_settings_win_over_the_file(tmp_path: Path) -> None:
    read(tmp_path, event=f"external: {{city: Berlin}}\n{HEAD}      - [schema:name, $(_city)]\n")

    (made,) = notations.read(tmp_path, PREFIXES, {"city": "Leipzig"}).maps

    assert made.rules[0].object == text("Leipzig")


def test_a_column_may_begin_with_a_line(tmp_path: Path) -> None:
    made = objects(tmp_path, r"[schema:name, $(\_city)]")

    assert made == [text(Reference("_city"))]


# --- rules that are refused

_KNOWN = "dct, fn, grel, id, idlab-fn, rdf, schema, xsd"
_FUNCTION = "{function: fn:trimmed, parameters: [[fn:text, $(name)]]}"


def wrong(rule: str, german: str, english: str) -> tuple[str, Text]:
    return rule, Text(german, english)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        wrong(
            "{p: schema:name, o: $(name), graph: id:g}",
            f"„graph“: {GRAPH.de}",
            f"“graph”: {GRAPH.en}",
        ),
        wrong(
            "{p: schema:name, objcts: $(name)}",
            "Schlüssel „objcts“ ist unbekannt. Ist objects gemeint?",
            "The key “objcts” is unknown. Is objects meant?",
        ),
        wrong(
            "{p: schema:name, o: {value: $(name), langage: de}}",
            "Schlüssel „langage“ ist unbekannt. Ist language gemeint?",
            "The key “langage” is unknown. Is language meant?",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameter: []}}",
            "Schlüssel „parameter“ ist unbekannt. Ist parameters gemeint?",
            "The key “parameter” is unknown. Is parameters meant?",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: [{parameter: fn:text, of: $(name)}]}}",
            "Schlüssel „of“ ist unbekannt. Es gibt: from, parameter, type, value.",
            "The key “of” is unknown. There is: from, parameter, type, value.",
        ),
        wrong(
            "{p: schema:name, o: $(name), condition: {function: fn:given, params: []}}",
            "Schlüssel „params“ ist unbekannt. Ist parameters gemeint?",
            "The key “params” is unknown. Is parameters meant?",
        ),
        wrong("{p: schema:name}", "Der Schlüssel „objects“ fehlt.", "The key “objects” is missing."),
        wrong("{o: $(name)}", "Der Schlüssel „predicates“ fehlt.", "The key “predicates” is missing."),
        wrong("{p: schema:name, o: {language: de}}", "Der Schlüssel „value“ fehlt.", "The key “value” is missing."),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed}}",
            "Der Schlüssel „parameters“ fehlt.",
            "The key “parameters” is missing.",
        ),
        wrong("{p: schema:name, o: a, p: schema:url}", "„predicates“ steht zweimal.", "“predicates” stands twice."),
        wrong(
            "{p: schema:name, o: a, predicates: schema:url}",
            "„predicates“ steht zweimal.",
            "“predicates” stands twice.",
        ),
        wrong(
            "[schema:name]",
            "Eine Regel ist [Prädikat, Objekt] oder [Prädikat, Objekt, Sprache oder Datentyp].",
            "A rule is [predicate, object] or [predicate, object, language or datatype].",
        ),
        wrong(
            "[schema:name, a, de~lang, x]",
            "Eine Regel ist [Prädikat, Objekt] oder [Prädikat, Objekt, Sprache oder Datentyp].",
            "A rule is [predicate, object] or [predicate, object, language or datatype].",
        ),
        wrong(
            "schema:name",
            "Hier wird eine Liste „Schlüssel: Wert“ erwartet.",
            "A list of “key: value” is expected here.",
        ),
        wrong("[{a: b}, $(name)]", "Hier wird ein Text erwartet.", "A text is expected here."),
        wrong("[schema:name, []]", "Die Liste ist leer.", "The list is empty."),
        wrong("[[], $(name)]", "Die Liste ist leer.", "The list is empty."),
        wrong("[schema:name, '']", "Hier fehlt ein Wert.", "A value is missing here."),
        wrong("{p: schema:name, o: }", "Hier fehlt ein Wert.", "A value is missing here."),
        wrong("{p: schema:name, o: {value: '', language: de}}", "Hier fehlt ein Wert.", "A value is missing here."),
        wrong("['', $(name)]", "Hier fehlt eine IRI.", "An IRI is missing here."),
        wrong(
            "[schem:name, $(name)]",
            "Kurzname „schem“ ist unbekannt. Ist schema gemeint?",
            "The short name “schem” is unknown. Is schema meant?",
        ),
        wrong(
            "[foaf:name, $(name)]",
            f"Kurzname „foaf“ ist unbekannt. Es gibt: {_KNOWN}.",
            f"The short name “foaf” is unknown. There is: {_KNOWN}.",
        ),
        wrong(
            "[schema:url, 'javascript:alert(1)~iri']",
            f"Kurzname „javascript“ ist unbekannt. Es gibt: {_KNOWN}.",
            f"The short name “javascript” is unknown. There is: {_KNOWN}.",
        ),
        wrong(
            "[name, $(name)]",
            "„name“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
            "“name” has no short name; right is for example id:event/$(id).",
        ),
        wrong(
            "[schema:url, place/$(place)~iri]",
            "„place/$(place)~iri“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
            "“place/$(place)~iri” has no short name; right is for example id:event/$(id).",
        ),
        wrong(
            "[a, Event]",
            "„Event“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
            "“Event” has no short name; right is for example id:event/$(id).",
        ),
        wrong(
            "['schema:na me', $(name)]",
            "„schema:na me“ enthält ein Zeichen, das in IRIs nicht vorkommt (Leerzeichen, Klammer?).",
            "“schema:na me” holds a character that no IRI may hold (blank, bracket?).",
        ),
        wrong(
            "[schema:url, 'https://example.org/<$(id)>~iri']",
            "„https://example.org/<$(id)>~iri“ enthält ein Zeichen, das in IRIs nicht vorkommt "
            "(Leerzeichen, Klammer?).",
            "“https://example.org/<$(id)>~iri” holds a character that no IRI may hold (blank, bracket?).",
        ),
        wrong("[schema:$(name), $(name)]", "Ein Prädikat ist ein fester Name.", "A predicate is a constant name."),
        wrong(
            "[schema:name, $(name), xsd:$(name)]",
            "Ein Datentyp ist ein fester Name.",
            "A datatype is a constant name.",
        ),
        wrong(
            "[schema:name, $(name), de]",
            "„de“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
            "“de” has no short name; right is for example id:event/$(id).",
        ),
        wrong(
            "[schema:name, $(name), deutsch~lang]",
            "„deutsch“ ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
            "“deutsch” is no language tag; right is for example de or en-GB.",
        ),
        wrong(
            "{p: schema:name, o: {value: $(name), language: de~lang}}",
            "„de~lang“ ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
            "“de~lang” is no language tag; right is for example de or en-GB.",
        ),
        wrong(
            "{p: schema:name, o: [$(name), de~lang]}",
            "„de~lang“ würde als Text veröffentlicht; ein Objekt mit Sprache ist [[Wert, de~lang]].",
            "“de~lang” would be published as a text; an object with a language is [[value, de~lang]].",
        ),
        wrong(
            "{p: schema:name, o: {value: $(url)~iri}}",
            "„$(url)~iri“ würde als Text veröffentlicht; neben „value“ steht „type: iri“ statt ~iri.",
            "“$(url)~iri” would be published as a text; beside “value” stands “type: iri” and no ~iri.",
        ),
        wrong(
            "{p: schema:name, o: {value: $(name), language: de, datatype: xsd:date}}",
            "Ein Text mit Sprache hat keinen Datentyp.",
            "A text with a language has no datatype.",
        ),
        wrong(
            "{p: schema:name, o: {value: $(name), type: text}}",
            "Art „text“ ist unbekannt. Es gibt: iri, literal.",
            "The type “text” is unknown. There is: iri, literal.",
        ),
        *(
            wrong(rule, BLANK.de, BLANK.en)
            for rule in (
                "{p: schema:name, o: {value: $(name), type: blank}}",
                f"{{p: schema:name, o: {{{_FUNCTION[1:-1]}, type: blank}}}}",
            )
        ),
        *(
            wrong(
                rule,
                "Eine IRI oder Verknüpfung hat weder Sprache noch Datentyp.",
                "An IRI or a link has neither language nor datatype.",
            )
            for rule in (
                "[schema:url, $(url)~iri, de~lang]",
                "[a, schema:Event, xsd:date]",
                f"[schema:name, {{{_FUNCTION[1:-1]}, type: iri}}, xsd:date]",
                f"{{p: schema:name, o: {{{_FUNCTION[1:-1]}, type: iri, language: de}}}}",
                "[schema:location, {mapping: event}, de~lang]",
                "{p: schema:url, o: {value: $(url), type: iri, language: de}}",
                "{p: schema:url, o: {value: $(url), type: iri, datatype: xsd:date}}",
            )
        ),
        *(
            wrong(
                f"[schema:name, {value}]",
                "Ein Objekt in eckigen Klammern ist [Wert, Sprache oder Datentyp].",
                "An object in brackets is [value, language or datatype].",
            )
            for value in ("[[$(a), de~lang, x]]", "[[$(a)]]", "[[$(a), de~lang]], de~lang")
        ),
        wrong(
            "[schema:location, schema:Place]",
            "„schema:Place“ würde als Text veröffentlicht; eine IRI endet auf ~iri.",
            "“schema:Place” would be published as a text; an IRI ends in ~iri.",
        ),
        wrong(
            "[schema:location, id:place/$(place)]",
            "„id:place/$(place)“ würde als Text veröffentlicht; eine IRI endet auf ~iri.",
            "“id:place/$(place)” would be published as a text; an IRI ends in ~iri.",
        ),
        *(
            wrong(
                f"[schema:name, '{value}']",
                "Auf „$(“ folgen der Name einer Spalte und „)“; für den Text „$(“ schreibt man „\\$(“.",
                "“$(” is followed by the name of a column and “)”; for the text “$(” write “\\$(”.",
            )
            for value in ("$(name", "$()", "a $(b c", r"$(name\)")
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trim, parameters: [[fn:text, $(name)]]}}",
            "Funktion „fn:trim“ ist unbekannt. Ist fn:trimmed gemeint?",
            "The function “fn:trim” is unknown. Is fn:trimmed meant?",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:given, parameters: [[fn:text, $(name)]]}}",
            "Funktion „fn:given“ ist unbekannt. Ist fn:end gemeint?",
            "The function “fn:given” is unknown. Is fn:end meant?",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:$(name), parameters: []}}",
            "Hier steht ein fester Name.",
            "A constant name stands here.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: [[fn:txt, $(name)]]}}",
            "Parameter „fn:txt“ ist unbekannt. Ist fn:text gemeint?",
            "The parameter “fn:txt” is unknown. Is fn:text meant?",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: []}}",
            "Der Parameter fn:text fehlt.",
            "The parameter fn:text is missing.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:concept, parameters: [[fn:text, $(name)]]}}",
            "Der Parameter fn:scheme fehlt.",
            "The parameter fn:scheme is missing.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: [[fn:text, $(a)], [fn:text, $(b)]]}}",
            "„fn:text“ steht zweimal.",
            "“fn:text” stands twice.",
        ),
        wrong(
            "{p: schema:url, o: {function: fn:slug_iri, parameters: [[fn:text, $(a)], [fn:namespace, 'id:place/']]}}",
            "„id:place/“ würde als Text veröffentlicht; eine IRI endet auf ~iri.",
            "“id:place/” would be published as a text; an IRI ends in ~iri.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: [fn:text, $(name)]}}",
            "Hier wird eine Liste „Schlüssel: Wert“ erwartet.",
            "A list of “key: value” is expected here.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: [[fn:text, $(name), x]]}}",
            "Hier steht s (dieser Datensatz) oder o (der andere einer Verknüpfung).",
            "Here stands s (this record) or o (the other one of a join).",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed, parameters: [[fn:text, $(name), o]]}}",
            "Hier gibt es nur diesen Datensatz (s); o steht in der Bedingung neben „mapping“.",
            "There is only this record (s) here; o stands in the condition beside “mapping”.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed(text = $(name)), parameters: []}}",
            "Die Parameter stehen schon in der Klammer hinter der Funktion.",
            "The parameters stand in the brackets behind the function already.",
        ),
        wrong(
            "{p: schema:name, o: {function: fn:trimmed($(name))}}",
            "In der Klammer steht Parameter = Wert, zum Beispiel grel:toUpperCase(valueParameter = $(name)).",
            "In the brackets stands parameter = value, for example grel:toUpperCase(valueParameter = $(name)).",
        ),
        wrong(
            f"{{p: schema:name, o: {{{_FUNCTION[1:-1]}, language: de, datatype: xsd:date}}}}",
            "Ein Text mit Sprache hat keinen Datentyp.",
            "A text with a language has no datatype.",
        ),
        wrong(
            "[schema:name, $(name), rdf:langString]",
            "Zu rdf:langString gehört eine Sprache; richtig ist zum Beispiel de~lang.",
            "With rdf:langString goes a language; right is for example de~lang.",
        ),
        wrong(
            "[schema:name, $(_city)]",
            "Der externe Wert „city“ ist nicht angegeben; er steht unter „external:“ in dieser Datei oder unter "
            "[external] in sccon.toml. Eine Spalte dieses Namens schreibt man $(\\_city).",
            "The external value “city” is not given; it stands below “external:” in this file or below "
            "[external] in sccon.toml. A column of this name is written $(\\_city).",
        ),
        wrong(
            "{p: schema:name, ip: schema:x, o: $(name), inversepredicates: schema:x}",
            f"„inversepredicates“: {INVERSE.de}",
            f"“inversepredicates”: {INVERSE.en}",
        ),
        wrong(
            "[schema:location, {value: $(a), targets: x}]",
            f"„targets“: {TARGET.de}",
            f"“targets”: {TARGET.en}",
        ),
        wrong(
            "[schema:location, {mapping: evnt}]",
            "Einen Eintrag „evnt“ gibt es nicht. Ist event gemeint?",
            "There is no map “evnt”. Is event meant?",
        ),
        wrong(
            "[schema:location, {mapping: venue}]",
            "Einen Eintrag „venue“ gibt es nicht. Ist event gemeint?",
            "There is no map “venue”. Is event meant?",
        ),
        wrong(
            "[schema:location, {mapping: event, condition: "
            "{function: idlab-fn:notEqual, parameters: [[str1, $(a)], [str2, $(b)]]}}]",
            "Verknüpft wird nur, was gleich ist: equal oder idlab-fn:equal.",
            "Only what is equal is linked: equal or idlab-fn:equal.",
        ),
        wrong(
            "[schema:location, {mapping: event, condition: "
            "{function: equal, parameters: [[str1, $(a), s], [str2, $(b), s]]}}]",
            "Eine Verknüpfung vergleicht diesen Datensatz (s) mit dem anderen (o).",
            "A join compares this record (s) with the other one (o).",
        ),
        wrong(
            f"[schema:location, {{mapping: event, condition: "
            f"{{function: equal, parameters: [[str1, {_FUNCTION}], [str2, $(b)]]}}}}]",
            "Eine Verknüpfung vergleicht Zellen, keine Funktionen.",
            "A join compares cells, not functions.",
        ),
        wrong(
            "{p: schema:name, o: $(name), condition: {function: fn:give, parameters: [[fn:text, $(name)]]}}",
            "Bedingung „fn:give“ ist unbekannt. Ist fn:given gemeint?",
            "The condition “fn:give” is unknown. Is fn:given meant?",
        ),
        wrong(
            "{p: schema:name, o: $(name), condition: {function: idlab-fn:equal, "
            "parameters: [[grel:valueParameter, $(name)]]}}",
            "Der Parameter grel:valueParameter2 fehlt.",
            "The parameter grel:valueParameter2 is missing.",
        ),
    ],
)
def test_a_rule_that_is_not_understood_is_refused(tmp_path: Path, rule: str, message: Text) -> None:
    assert refusal(tmp_path, event=f"{HEAD}      - {rule}\n") == (f"{FILE}:8", message)


# --- maps, sources and files that are refused

INSIDE = Text(
    "Eine Quelle ist eine Datei im Ordner der Veröffentlichung, zum Beispiel data/event.csv.",
    "A source is a file in the folder of the publication, for example data/event.csv.",
)
PAIRS = Text("Hier wird eine Liste „Schlüssel: Wert“ erwartet.", "A list of “key: value” is expected here.")
LIST = Text("Die Liste ist leer.", "The list is empty.")


def formulation(given: str) -> Text:
    return Text(
        f"Die Quelle ist als „{given}“ angegeben; gelesen werden csv, ical, jsonpath, xpath und, für sccon.toml, toml.",
        f"The source is declared as “{given}”; what is read is csv, ical, jsonpath, xpath and, for sccon.toml, toml.",
    )


def prefix_taken(name: str, space: str) -> Text:
    return Text(
        f"Der Kurzname {name}: steht schon für <{space}>; bitte einen anderen wählen.",
        f"The short name {name}: stands for <{space}> already; please choose another.",
    )


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[/etc/event.csv~csv]", INSIDE),
        ("['C:\\event.csv~csv']", INSIDE),
        ("['https://example.org/event.csv~csv']", INSIDE),
        ("['file:///event.csv~csv']", INSIDE),
        ("[../event.csv~csv]", INSIDE),
        ("[data/../../event.csv~csv]", INSIDE),
        ("{access: /etc/event.csv, referenceFormulation: csv}", INSIDE),
        ("[data/event.csv]", formulation("data/event.csv")),
        ("[data/event.json~css3]", formulation("css3")),
        ("[sccon.toml~csv]", formulation("csv")),
        ("[data/event.toml~toml]", formulation("toml")),
        (
            "[data/event.json~jsonpath, '$.[*]', x]",
            Text(
                "Eine Quelle ist eine Liste wie ['data/event.csv~csv'] oder ['data/a.json~jsonpath', '$.events[*]'].",
                "A source is a list such as ['data/event.csv~csv'] or ['data/a.json~jsonpath', '$.events[*]'].",
            ),
        ),
        (
            "[data/event.csv~csv, '$.[*]']",
            Text(
                "„$.[*]“: eine Quelle der Art csv hat keinen Pfad zu ihren Datensätzen.",
                "“$.[*]”: a source of the kind csv has no path to its records.",
            ),
        ),
        (
            "{access: data/event.csv, referenceFormulation: csv, delimiter: ''}",
            Text("„delimiter“ braucht einen Wert.", "“delimiter” needs a value."),
        ),
        ("{access: data/event.csv, referenceFormulation: csv, decimal_columns: []}", LIST),
        (
            "{access: data/event.csv, referenceFormulation: csv, delimeter: ';'}",
            Text(
                "„delimeter“ gibt es bei einer Quelle der Art csv nicht. Ist delimiter gemeint?",
                "A source of the kind csv has no “delimeter”. Is delimiter meant?",
            ),
        ),
        (
            "{access: data/event.json, referenceFormulation: jsonpath, sheet: x}",
            Text(
                "„sheet“ gibt es bei einer Quelle der Art jsonpath nicht. "
                "Es gibt: access, iterator, referenceFormulation, split.",
                "A source of the kind jsonpath has no “sheet”. It has: access, iterator, referenceFormulation, split.",
            ),
        ),
        ("{access: data/event.csv, referenceFormulation: csv, type: mysql}", DATABASE),
        ("{access: data/event.csv, referenceFormulation: csv, type: remotefile}", WEB),
        (
            "{access: x, referenceFormulation: csv, query: SELECT, queryFormulation: mysql}",
            Text(f"„query“: {DATABASE.de}", f"“query”: {DATABASE.en}"),
        ),
        (
            "{access: x, referenceFormulation: csv, credentials: {username: u}}",
            Text(f"„credentials“: {SECRET.de}", f"“credentials”: {SECRET.en}"),
        ),
        (
            "{access: x, referenceFormulation: csv, contentType: text/csv}",
            Text(f"„contentType“: {WEB.de}", f"“contentType”: {WEB.en}"),
        ),
        (
            "{access: data/event.csv, referenceFormulation: csv, split: {topics: ''}}",
            Text("„topics“ braucht ein Trennzeichen.", "“topics” needs a separator."),
        ),
        ("{access: data/event.csv, referenceFormulation: csv, split: '|'}", PAIRS),
        (
            "{access: data/event.csv, referenceFormulation: csv, split: {topics: '|', topics: ';'}}",
            Text("„topics“ steht zweimal.", "“topics” stands twice."),
        ),
        (
            "{access: data/event.csv}",
            Text("Der Schlüssel „referenceFormulation“ fehlt.", "The key “referenceFormulation” is missing."),
        ),
        ("{referenceFormulation: csv}", Text("Der Schlüssel „access“ fehlt.", "The key “access” is missing.")),
        ("", LIST),
        (
            "event",
            Text(
                "Quelle „event“ ist unbekannt. Hier ist noch nichts angegeben.",
                "The source “event” is unknown. None is declared here yet.",
            ),
        ),
    ],
)
def test_a_source_that_cannot_be_read_is_refused(tmp_path: Path, source: str, message: Text) -> None:
    assert refusal(tmp_path, event=map_with(source)) == (f"{FILE}:3", message)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", 0, Text("Die Datei ist leer.", "The file is empty.")),
        ("# still nothing\n", 0, Text("Die Datei ist leer.", "The file is empty.")),
        ("- a\n", 1, PAIRS),
        ("mappings:\n", 1, PAIRS),
        ("mappings: {}\nsources: []\n", 2, PAIRS),
        ("sources: {}\n", 1, Text("Der Schlüssel „mappings“ fehlt.", "The key “mappings” is missing.")),
        (
            "mappings: {}\nmapings: {}\n",
            2,
            Text(
                "Schlüssel „mapings“ ist unbekannt. Ist mappings gemeint?",
                "The key “mapings” is unknown. Is mappings meant?",
            ),
        ),
        ("mappings: {}\nmappings: {}\n", 2, Text("„mappings“ steht zweimal.", "“mappings” stands twice.")),
        (
            "mappings: {}\nsources:\n  a: [a.csv~csv]\n  a: [b.csv~csv]\n",
            4,
            Text("„a“ steht zweimal.", "“a” stands twice."),
        ),
        (
            map_with() + map_with().removeprefix("mappings:\n"),
            5,
            Text("„event“ steht zweimal.", "“event” stands twice."),
        ),
        (
            map_with(rest="    graphs: id:g\n"),
            5,
            Text(f"„graphs“: {GRAPH.de}", f"“graphs”: {GRAPH.en}"),
        ),
        (
            "targets: {x: y}\n" + map_with(),
            1,
            Text(f"„targets“: {TARGET.de}", f"“targets”: {TARGET.en}"),
        ),
        (
            "authentications: {x: y}\n" + map_with(),
            1,
            Text(f"„authentications“: {SECRET.de}", f"“authentications”: {SECRET.en}"),
        ),
        (
            "base: maps\n" + map_with(),
            1,
            Text(
                "„base“ ist eine vollständige IRI, zum Beispiel https://example.org/maps#.",
                "“base” is a full IRI, for example https://example.org/maps#.",
            ),
        ),
        ("external: {city: ''}\n" + map_with(), 1, Text("„city“ braucht einen Wert.", "“city” needs a value.")),
        (
            map_with(subject="{function: fn:trimmed, parameters: [[fn:text, $(a)]], language: de}"),
            4,
            Text(
                "Ein Subjekt ist eine IRI und hat weder Sprache noch Datentyp.",
                "A subject is an IRI and has neither language nor datatype.",
            ),
        ),
        (
            map_with(rest="    po: []\n    predicateobjects: []\n"),
            6,
            Text("„predicateobjects“ steht zweimal.", "“predicateobjects” stands twice."),
        ),
        (
            "mappings:\n  event:\n    sources: [[a.csv~csv]]\n",
            3,
            Text("Der Schlüssel „subjects“ fehlt.", "The key “subjects” is missing."),
        ),
        (
            "mappings:\n  event:\n    s: id:$(id)\n",
            3,
            Text("Der Schlüssel „sources“ fehlt.", "The key “sources” is missing."),
        ),
        (map_with(subject="[]"), 4, LIST),
        (map_with(subject=""), 4, BLANK),
        (map_with(subject="null"), 4, BLANK),
        (map_with(subject="''"), 4, Text("Hier fehlt eine IRI.", "An IRI is missing here.")),
        (
            map_with(subject="event/$(id)"),
            4,
            Text(
                "„event/$(id)“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
                "“event/$(id)” has no short name; right is for example id:event/$(id).",
            ),
        ),
        (
            "sources:\n  event: [data/event.csv~csv]\n" + map_with("events"),
            5,
            Text(
                "Quelle „events“ ist unbekannt. Ist event gemeint?",
                "The source “events” is unknown. Is event meant?",
            ),
        ),
        (
            "prefixes:\n  schema: https://schema.org/\nmappings: {}\n",
            2,
            prefix_taken("schema", "http://schema.org/"),
        ),
        (
            "prefixes: {id: 'https://example.org/other/'}\nmappings: {}\n",
            1,
            prefix_taken("id", "https://example.org/id/"),
        ),
        (
            "prefixes: {ex: 'example.org/'}\nmappings: {}\n",
            1,
            Text(
                "Der Kurzname ex: steht für keine vollständige IRI; "
                "richtig ist zum Beispiel https://example.org/words#.",
                "The short name ex: stands for no full IRI; right is for example https://example.org/words#.",
            ),
        ),
        (
            "mappings: {}\nprefixes: {ex: 'http://a.de/', ex: 'http://a.de/'}\n",
            2,
            Text("„ex“ steht zweimal.", "“ex” stands twice."),
        ),
        ("mappings: {? [a] : b}\n", 1, Text("Hier wird ein Text erwartet.", "A text is expected here.")),
        (
            "mappings:\n  a: [\n",
            3,
            Text(
                "Das ist kein gültiges YAML: expected the node content, but found '<stream end>'.",
                "This is not valid YAML: expected the node content, but found '<stream end>'.",
            ),
        ),
        (
            "mappings:\n\ta: b\n",
            2,
            Text(
                "Das ist kein gültiges YAML: found character '\\t' that cannot start any token.",
                "This is not valid YAML: found character '\\t' that cannot start any token.",
            ),
        ),
        (
            "mappings: {}\n---\nmappings: {}\n",
            2,
            Text(
                "Das ist kein gültiges YAML: but found another document.",
                "This is not valid YAML: but found another document.",
            ),
        ),
        (
            "mappings: \x01\n",
            0,
            Text(
                "Die Datei ist nicht lesbar (unacceptable character #x0001: special characters are not allowed "
                'in "<unicode string>", position 10).',
                "The file cannot be read (unacceptable character #x0001: special characters are not allowed "
                'in "<unicode string>", position 10).',
            ),
        ),
    ],
)
def test_a_file_that_is_not_understood_is_refused(tmp_path: Path, content: str, line: int, message: Text) -> None:
    assert refusal(tmp_path, event=content) == (str(Origin(FILE, line)), message)


def test_a_file_that_is_not_in_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapping").mkdir()
    (tmp_path / "mapping" / "event.yaml").write_bytes("# Größe\n".encode("latin-1"))

    with pytest.raises(MappingError) as caught:
        notations.read(tmp_path, PREFIXES, {})

    reason = "'utf-8' codec can't decode byte 0xf6 in position 4: invalid start byte"
    assert str(caught.value.origin) == FILE
    assert caught.value.text == Text(f"Die Datei ist nicht lesbar ({reason}).", f"The file cannot be read ({reason}).")


def test_a_publication_without_a_mapping_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == (
        "mapping",
        Text(
            "Hier liegt noch keine Zuordnung; bitte eine Datei wie mapping/event.yaml anlegen.",
            "There is no mapping here yet; please make a file such as mapping/event.yaml.",
        ),
    )


@pytest.mark.parametrize("subject", ["id:event/$(id)", "id:project/$(id)"])
def test_a_name_of_another_file_is_refused(tmp_path: Path, subject: str) -> None:
    assert refusal(tmp_path, event=map_with(), project=map_with(subject=subject)) == (
        "mapping/project.yaml:3, event",
        Text(
            "Der Name „event“ ist schon vergeben (mapping/event.yaml:3, event).",
            "The name “event” is taken already (mapping/event.yaml:3, event).",
        ),
    )
