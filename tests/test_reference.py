"""The engine against a naive reference: random mappings and rows, and a corpus of nasty ones written by hand."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random

import pyoxigraph
import pytest
from hypothesis import HealthCheck, Phase, example, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from pyoxigraph import RdfFormat

from reference import (
    FORMS,
    LANG_STRING,
    STRING,
    XSD,
    Record,
    Rows,
    Statement,
    encoded,
    is_absolute,
    is_settled,
    is_tag,
    is_written,
    ntriples,
    statements,
)
from sccon_lod import assembly, checks, formats, iris, lexical, naming, plan, reading, tags
from sccon_lod.checks import Examined
from sccon_lod.engine import Engine
from sccon_lod.lexicon import Vocabulary
from sccon_lod.mapping import Call, Condition, Link, RecordMap, Reference, Rule, Term, columns
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.plan import Plan
from sccon_lod.publish import dumps
from sccon_lod.reading import Origins
from sccon_lod.rows import Row, Table
from settled import (
    EVENT,
    SETTLED,
    P,
    call,
    differ,
    equal,
    iri,
    link,
    literal,
    one_of,
    present,
    record_map,
    rule,
    spoken,
    table,
    tree,
)
from small_mappings import BASE, LABELS, SCHEME, Case, cases
from strategies import odd_texts

often = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
FORMATS = {"nt": formats.NTRIPLES, "ttl": formats.TURTLE, "jsonld": formats.JSONLD}
PARSED = {"nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}

Dumps = Mapping[str, bytes]


# --- the engine, in both ways that rows reach it


BY_ROW, BY_FACTS = WAYS = (0, 10**9)
"""From how many rows on blocks are written row by row: always, and never."""

_PREFIXES = {"data": BASE, "def": "https://example.org/def#", "t": SCHEME + "w", "topic": SCHEME, "xsd": XSD}


def run(mapping: RecordMaps, rows: Rows, few: int = BY_ROW) -> Dumps:
    """Return the dumps, by the names of `FORMATS`, that the engine makes of rows that are handed to it."""
    tables = {key: handed_in(mapping, key, records) for key, records in rows.items()}
    compiled = plan.compile_maps(mapping)
    with Engine() as engine:
        for source in compiled.sources:
            engine.load(source, tables[source.key])
        for invocation in compiled.invocations:
            engine.convert(invocation, LABELS)
        for joined in compiled.joined:
            engine.join(joined)
        examined = [checks.examine(engine, compiled, index, ()) for index in range(len(compiled.sources))]
        return _dumps(engine, compiled, examined, few)


def scan(mapping: RecordMaps, folder: Path, few: int = BY_ROW) -> Dumps:
    """Return the dumps that the engine makes of the files in a folder, which it reads itself where it can."""
    compiled = plan.compile_maps(mapping)
    with Engine([folder]) as engine:
        read = reading.read(engine, compiled, LABELS, Origins(folder, {}, large=0), reading.quiet)
        return _dumps(engine, compiled, read.examined, few)


def _dumps(engine: Engine, compiled: Plan, examined: Sequence[Examined], few: int) -> Dumps:
    words = Vocabulary(_PREFIXES, (), frozenset(), frozenset(), {})
    short = naming.names(compiled, words, ())
    assembled = assembly.settle(engine, compiled, short, checks.proven(engine, examined), few)
    with tempfile.TemporaryDirectory() as folder:
        for name, form in FORMATS.items():
            dumps.write(engine, assembled, form, Path(folder) / name)
        return {name: (Path(folder) / name).read_bytes() for name in FORMATS}


def handed_in(mapping: RecordMaps, key: str, records: Sequence[Record]) -> Table:
    """Return the rows of a source as a reader gives them."""
    names = tuple(records[0]) if records else tuple(dict.fromkeys(_read(mapping, key)))
    numbered = [(number, tuple(record[each] for each in names)) for number, record in enumerate(records, 1)]
    return Table(names, iter([Row(number, key, number + 1, "", row) for number, row in numbered]))


def _read(mapping: RecordMaps, key: str) -> Iterator[str]:
    """Yield the columns that the maps read of a source: a file without rows has a header, too."""
    names = {each.name for each in mapping.maps if each.source.key == key}
    for each in mapping.maps:
        for one in each.rules:
            if each.source.key == key:
                yield from columns(each.subject, one.object, *each.conditions, *one.conditions)
            if isinstance(one.object, Link) and one.object.map in names:
                yield from (column for _, other in one.object.pairs for column in columns(Term(other)))


def write(mapping: RecordMaps, rows: Rows, folder: Path) -> None:
    """Write the rows as the files that the sources name."""
    for source in {each.source.key: each.source for each in mapping.maps}.values():
        path = folder / source.file
        path.parent.mkdir(parents=True, exist_ok=True)
        listed = dict.fromkeys(source.split, "")  # a table has the columns that are declared
        records = [{**listed, **record} for record in rows[source.key]]
        text = (
            _lines(records) if path.suffix == ".jsonl" else _table(records, chain(_read(mapping, source.key), listed))
        )
        path.write_text(text, encoding="utf-8", newline="")


def _lines(records: Sequence[Record]) -> str:
    named = [{column.removesuffix("[*]"): cell for column, cell in record.items()} for record in records]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in named)


def _table(records: Sequence[Record], read: Iterator[str]) -> str:
    names = list(records[0]) if records else list(dict.fromkeys(read))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([names, *([record[each] for each in names] for record in records)])
    return text.getvalue()


def graph(dump: bytes, form: RdfFormat) -> set[Statement]:
    """Return what a second implementation reads in a dump; it writes languages in small letters."""
    found = set()
    for quad in pyoxigraph.parse(dump, form):
        said, value = quad.subject, quad.object
        assert isinstance(said, pyoxigraph.NamedNode)
        assert isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal)
        kind = (value.datatype.value, value.language or "") if isinstance(value, pyoxigraph.Literal) else ("", "")
        found.add(Statement(said.value, quad.predicate.value, value.value, *kind))
    return found


def in_small_letters(said: set[Statement]) -> set[Statement]:
    return {each._replace(language=each.language.lower()) for each in said}


def shuffled(rows: Rows, random: Random) -> Rows:
    return {key: random.sample(records, len(records)) for key, records in rows.items()}


# --- random mappings


@pytest.mark.parametrize("few", WAYS)
@often
@given(case=cases)
def test_the_engine_says_what_a_reading_row_by_row_says(few: int, case: Case) -> None:
    made = run(case.mapping, case.rows, few)

    said = statements(case.mapping, case.rows, LABELS)
    assert made["nt"] == ntriples(said)
    assert {name: graph(made[name], form) for name, form in PARSED.items()} == dict.fromkeys(
        PARSED, in_small_letters(said)
    )


@often
@given(cases)
def test_lines_are_unique_and_in_the_order_of_their_bytes(case: Case) -> None:
    assert is_settled(run(case.mapping, case.rows)["nt"])


@often
@given(cases)
def test_blocks_of_rows_have_the_bytes_of_facts(case: Case) -> None:
    assert run(case.mapping, case.rows, BY_ROW) == run(case.mapping, case.rows, BY_FACTS)


@pytest.mark.parametrize("few", WAYS)
@often
@given(case=cases, random=st.randoms(use_true_random=False))
def test_rows_in_another_order_give_the_same_bytes(few: int, case: Case, random: Random) -> None:
    assert run(case.mapping, shuffled(case.rows, random), few) == run(case.mapping, case.rows, few)


@pytest.mark.parametrize("few", WAYS)
@often
@given(case=cases)
def test_files_that_the_engine_reads_itself_give_the_same_bytes(
    few: int, case: Case, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("scanned")
    # A row without any cell is no record of a file.
    rows = {key: [record for record in records if any(record.values())] for key, records in case.rows.items()}
    write(case.mapping, rows, folder)

    assert scan(case.mapping, folder, few) == run(case.mapping, rows, few)


# --- the corpus


@pytest.mark.parametrize("name", SETTLED)
def test_the_reference_agrees_with_what_was_settled_by_hand(name: str) -> None:
    settled = SETTLED[name]

    made = ntriples(statements(settled.mapping, settled.by_source, LABELS))

    assert made.decode().splitlines() == settled.ntriples.decode().splitlines()


@pytest.mark.parametrize("few", WAYS)
@pytest.mark.parametrize("name", SETTLED)
def test_the_engine_agrees_with_what_was_settled_by_hand(name: str, few: int) -> None:
    settled = SETTLED[name]

    made = run(settled.mapping, settled.by_source, few)

    assert made["nt"].decode().splitlines() == settled.ntriples.decode().splitlines()
    said = in_small_letters(graph(settled.ntriples, RdfFormat.N_TRIPLES))
    assert graph(made["ttl"], RdfFormat.TURTLE) == said
    assert graph(made["jsonld"], RdfFormat.JSON_LD) == said


@pytest.mark.parametrize("few", WAYS)
@pytest.mark.parametrize("name", SETTLED)
def test_the_engine_agrees_when_it_reads_the_files_itself(name: str, few: int, tmp_path: Path) -> None:
    settled = SETTLED[name]
    write(settled.mapping, settled.by_source, tmp_path)

    made = scan(settled.mapping, tmp_path, few)

    assert made["nt"].decode().splitlines() == settled.ntriples.decode().splitlines()


@pytest.mark.parametrize("name", SETTLED)
def test_the_corpus_is_the_same_for_rows_in_another_order(name: str) -> None:
    settled = SETTLED[name]
    backwards = {key: records[::-1] for key, records in settled.by_source.items()}

    assert ntriples(statements(settled.mapping, backwards, LABELS)) == settled.ntriples


@pytest.mark.parametrize("name", SETTLED)
def test_the_corpus_is_n_triples_for_a_second_implementation(name: str) -> None:
    lines = SETTLED[name].ntriples

    assert is_settled(lines)
    assert len(graph(lines, RdfFormat.N_TRIPLES)) == lines.count(b"\n")


# --- the reference, one behaviour at a time


def said(*rules: Rule, rows: Sequence[Record], by: RecordMap | None = None) -> set[Statement]:
    """Return what one map says of rows."""
    one = replace(by or record_map(), rules=rules)
    return statements(RecordMaps((one,)), {one.source.key: rows}, LABELS)


def objects(made: Term | Call | Link, *conditions: Condition, **cells: str) -> set[tuple[str, str, str]]:
    """Return the objects that a rule makes for the subject <…/a> of a row."""
    found = said(rule(made, *conditions), rows=[{"id": "a", **cells}])
    assert all(each[:2] == (BASE + "a", P) for each in found)
    return {each[2:] for each in found}


def texts(made: Term | Call | Link, *conditions: Condition, **cells: str) -> set[str]:
    return {value for value, _, _ in objects(made, *conditions, **cells)}


def test_a_statement_has_subject_predicate_object_datatype_and_language() -> None:
    rules = (rule(literal("$(x)")), rule(iri(SCHEME + "$(x)")), rule(spoken("$(x)", "de")), rule(literal("1", "token")))

    assert said(*rules, rows=[{"id": "a", "x": "y"}]) == {
        Statement(BASE + "a", P, "y", STRING, ""),
        Statement(BASE + "a", P, SCHEME + "y", "", ""),
        Statement(BASE + "a", P, "y", LANG_STRING, "de"),
        Statement(BASE + "a", P, "1", XSD + "token", ""),
    }


def test_an_empty_cell_says_nothing() -> None:
    assert not objects(literal("$(x) and $(y)"), x="x", y="")
    assert not objects(spoken("x", "$(y)"), y="")
    assert not objects(iri(BASE + "$(y)"), y="")
    assert not said(rule(literal("x")), rows=[{"id": ""}])
    assert texts(literal("$(x)"), x=" ") == {" "}


def test_a_cell_in_an_iri_is_encoded() -> None:
    assert texts(iri(BASE + "$(x)/$(y)"), x="a/b ü%", y="<漢>") == {BASE + "a%2Fb%20ü%25/%3C漢%3E"}


def test_an_iri_that_begins_with_a_cell_is_taken_as_it_is_or_left_out() -> None:
    assert texts(iri("$(x)?q=$(y)"), x="http://a.de/", y="%20") == {"http://a.de/?q=%20"}
    assert not objects(iri("$(x)?q=$(y)"), x="http://a.de/", y="%2")
    assert not objects(iri("$(x)"), x="a")


def test_a_subject_that_is_no_iri_says_nothing() -> None:
    bare = record_map(subject=iri("$(id)"))

    assert not said(rule(literal("x")), rows=[{"id": "a b"}], by=bare)
    assert said(rule(literal("x")), rows=[{"id": "urn:x:a"}], by=bare) == {Statement("urn:x:a", P, "x", STRING)}


def test_a_literal_that_is_not_of_its_datatype_is_left_out() -> None:
    assert texts(literal("$(x)", "integer"), x="007") == {"007"}
    assert not objects(literal("$(x)", "integer"), x="7.0")
    assert not objects(literal("$(x)", "date"), x="2023-02-29")
    assert texts(literal("$(x)", "token"), x=" any ") == {" any "}


def test_a_list_says_one_thing_per_item() -> None:
    cells = {"id": "a", "topics": " x |y||x", "tags": "1;2"}
    listed = record_map(source=table(topics="|", tags=";"))

    assert {each.object for each in said(rule(literal("$(topics)")), rows=[cells], by=listed)} == {"x", "y"}
    pairs = {each.object for each in said(rule(literal("$(topics)$(tags)")), rows=[cells], by=listed)}
    assert pairs == {"x1", "x2", "y1", "y2"}
    assert not said(rule(literal("$(topics)")), rows=[{**cells, "topics": " | "}], by=listed)


def test_items_of_a_tree_stay_as_they_are() -> None:
    by = record_map(source=tree())

    made = said(rule(literal("$(tags)")), rows=[{"id": "a", "tags": (" x|y ", "", "x")}], by=by)

    assert {each.object for each in made} == {" x|y ", "x"}


def test_a_list_as_subject_is_the_same_item_in_its_rules() -> None:
    by = record_map(source=table(topics="|"), subject=iri(BASE + "$(topics)"))

    made = said(rule(literal("$(topics)")), rows=[{"topics": "x|y"}], by=by)

    assert {(each.subject, each.object) for each in made} == {(BASE + "x", "x"), (BASE + "y", "y")}


def test_all_conditions_must_hold() -> None:
    assert texts(literal("x"), equal("$(x)", "1"), differ("$(y)", "1"), x="1", y="2") == {"x"}
    assert not objects(literal("x"), equal("$(x)", "1"), differ("$(y)", "1"), x="1", y="1")
    assert not said(rule(literal("x")), rows=[{"id": "a"}], by=record_map(conditions=(equal("$(id)", "b"),)))


@pytest.mark.parametrize(
    ("condition", "passed"),
    [
        (equal("$(x)", "$(y)"), [("a", "a")]),
        (differ("$(x)", "$(y)"), [("", "a"), ("a", ""), ("a", "b")]),
        (one_of("$(x)", "a c"), [("a", ""), ("a", "a"), ("a", "b")]),
        (present("$(x)"), [("a", ""), ("a", "a"), ("a", "b")]),
        (present("$(x)$(y)"), [("a", "a"), ("a", "b")]),
        (equal(call("trimmed", " $(x) "), "a"), [("a", ""), ("a", "a"), ("a", "b")]),
        (differ(call("number", "$(x)"), "a"), [("", ""), ("", "a"), ("a", ""), ("a", "a"), ("a", "b")]),
    ],
)
def test_a_condition_lets_rows_pass(condition: Condition, passed: list[tuple[str, str]]) -> None:
    pairs = [("", ""), ("", "a"), ("a", ""), ("a", "a"), ("a", "b")]

    assert [(x, y) for x, y in pairs if objects(literal("x"), condition, x=x, y=y)] == passed


def test_a_function_gives_a_value_or_nothing() -> None:
    assert objects(call("number", "$(x)"), x="12.000") == {("12000", XSD + "integer", "")}
    assert not objects(call("number", "$(x)"), x="many")
    assert not objects(call("number", "$(x)"), x="")
    assert texts(call("concept", "$(x)", SCHEME), x=" WASSER ") == {SCHEME + "water"}


def test_the_inner_function_comes_first() -> None:
    assert texts(call("slug_iri", call("last_day", "$(x)"), BASE), x="18. bis 20.10.22") == {BASE + "2022-10-20"}
    assert not objects(call("trimmed", call("number", "$(x)")), x="many")
    assert not objects(call("slug_iri", call("trimmed", "$(x)"), BASE), x=" ")


def test_a_function_can_be_told_what_its_text_is() -> None:
    assert objects(call("trimmed", "$(x)", datatype=XSD + "integer"), x=" 1 ") == {("1", XSD + "integer", "")}
    assert not objects(call("trimmed", "$(x)", datatype=XSD + "integer"), x=" one ")
    assert objects(call("number", "$(x)", language="de"), x="1") == {("1", LANG_STRING, "de")}
    assert objects(call("trimmed", "$(x)", datatype=""), x=" urn:x:y ") == {("urn:x:y", "", "")}
    assert not objects(call("trimmed", "$(x)", datatype=""), x="y")


def test_a_text_without_a_right_language_is_left_out() -> None:
    assert objects(spoken("x", "$(y)"), y="DE-at") == {("x", LANG_STRING, "DE-at")}
    assert not objects(spoken("x", "$(y)"), y="de_AT")
    assert not objects(call("trimmed", "x", language="$(y)"), y="d")


def linked(*pairs: tuple[str, str], **venue: str) -> set[str]:
    """Return what an event with the cells x=1, y=2 links to, if there is this venue."""
    source = table("data/venue.csv") if pairs else EVENT
    maps = (
        record_map(rule(link("venue", *pairs))),
        record_map(source=source, subject=iri(SCHEME + "$(id)"), conditions=(differ("$(z)", "no"),), name="venue"),
    )
    rows = {EVENT.key: [{"id": "a", "x": "1", "y": "2", **({} if pairs else venue)}], "data/venue.csv": [venue]}
    made = statements(RecordMaps(maps), rows, LABELS)
    return {each.object for each in made}


def test_a_link_is_to_the_subjects_of_rows_that_agree() -> None:
    assert linked(("$(x)", "$(v)"), id="v", v="1") == {SCHEME + "v"}
    assert linked(("$(x)-$(y)", "$(v)-2"), ("1", "$(v)"), id="v", v="1") == {SCHEME + "v"}
    assert not linked(("$(x)", "$(v)"), ("$(y)", "$(v)"), id="v", v="1")
    assert not linked(("$(none)", "$(v)"), id="v", v="")


def test_a_link_is_to_rows_that_pass_the_conditions_of_their_map() -> None:
    assert not linked(("$(x)", "$(v)"), id="v", v="1", z="no")


def test_a_link_without_pairs_is_to_what_the_other_map_makes_of_the_row() -> None:
    assert linked(z="yes") == {SCHEME + "a"}
    assert not linked(z="no")


def test_equal_statements_are_one_line_in_the_order_of_bytes() -> None:
    lines = ntriples([Statement("urn:b", P, "x"), Statement("urn:a", P, '"\n\x7f', STRING), Statement("urn:b", P, "x")])

    assert lines.decode() == f'<urn:a> <{P}> "\\"\\n\\u007F" .\n<urn:b> <{P}> <x> .\n'


# --- the reference against the patterns of the program

dated = st.from_regex(r"-?[0-9]{4,5}(-[0-9]{2}(-[0-9]{2})?)?(T[0-9:.]{8,10})?(Z|[+-][0-9:]{5})?", fullmatch=True)
clocks = st.from_regex(r"(1[0-9]|2[0-9]):[0-6][0-9]:[0-6][0-9](\.[0-9])?(Z|[+-][01][0-9]:[0-6][0-9])?", fullmatch=True)
numbers = st.text("0012+-.eE INFa٣", max_size=6)


@given(st.one_of(dated, clocks, numbers, odd_texts))
def test_a_literal_is_one_where_the_pattern_of_its_datatype_says_so(text: str) -> None:
    for datatype in set(FORMS) & set(lexical.FORMS):
        matched = re.fullmatch(lexical.FORMS[datatype].pattern, text)
        assert is_written(text, datatype) == (matched is not None), datatype


_STARTS = st.sampled_from(["http://", "https://a.de/", "ftp://a:1", "urn:", "mailto:", "http://a.de?", "geo:#", ""])


@given(_STARTS, st.one_of(odd_texts, st.text("ab0/:?#[]@!$&'()*+,;=%-._~ <>{}|\\üß\u00a0\ue000", max_size=12)))
def test_an_iri_is_one_where_the_pattern_of_the_program_says_so(start: str, text: str) -> None:
    assert is_absolute(start + text) == iris.is_absolute(start + text)


@given(odd_texts)
def test_what_is_encoded_is_what_the_program_does_not_keep(text: str) -> None:
    kept = re.compile(f"[{iris.UNRESERVED}]")

    assert encoded(text) == "".join(
        letter if kept.match(letter) else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in text
    )


_SUBTAGS = st.sampled_from(
    ["de", "DE", "abc", "Hans", "1901", "1996", "ab1", "x", "a", "1", "123", "oxford", "german", ""]
)


@example("de-de-de-x-de")  # two regions, which no private part behind them makes right
@given(st.one_of(st.lists(_SUBTAGS, max_size=7).map("-".join), st.text("abDE1-_ \n", max_size=12)))
def test_a_language_is_one_where_the_pattern_of_the_program_says_so(text: str) -> None:
    assert is_tag(text) == tags.is_tag(text)


# --- the random mappings reach what they are for


def _calls(one: Rule) -> list[Call]:
    return [one.object] if isinstance(one.object, Call) else []


def _terms(one: Rule) -> list[Term]:
    return [one.object] if isinstance(one.object, Term) else []


def _links(one: Rule) -> list[Link]:
    return [one.object] if isinstance(one.object, Link) else []


REACHED: Mapping[str, Callable[[Rule, RecordMap], bool]] = {
    "a literal that is checked": lambda one, _: any(
        term.datatype.removeprefix(XSD) in ("integer", "decimal", "double", "date", "dateTime") for term in _terms(one)
    ),
    "an address": lambda one, _: any(term.is_iri and isinstance(term.template[0], Reference) for term in _terms(one)),
    "a language in a column": lambda one, _: any(Reference("lang") in term.language for term in _terms(one)),
    "a list of a table": lambda one, each: any(column in each.source.split for column in columns(one.object)),
    "a list of a tree": lambda one, _: any(column.endswith("[*]") for column in columns(one.object)),
    "a condition": lambda one, _: bool(one.conditions),
    "a function in a function": lambda one, _: any(isinstance(call.arguments[0], Call) for call in _calls(one)),
    "a function with a language": lambda one, _: any(call.language for call in _calls(one)),
    "a link to rows that agree": lambda one, _: any(link.pairs for link in _links(one)),
    "a link to another map of the row": lambda one, each: any(
        not link.pairs and link.map != each.name for link in _links(one)
    ),
}


def _speaks(case: Case, each: RecordMap, one: Rule) -> bool:
    """Whether a rule says something: all others are left out."""
    others = [replace(other, rules=()) for other in case.mapping.maps]
    return bool(statements(RecordMaps((replace(each, rules=(one,)), *others)), case.rows, LABELS))


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of a case that is not made smaller here
def test_random_mappings_reach_all_that_a_mapping_can_say() -> None:
    reached: set[str] = set()

    def reaches_the_rest(case: Case) -> bool:
        for each in case.mapping.maps:
            for one in each.rules:
                parts = {part for part in REACHED.keys() - reached if REACHED[part](one, each)}
                if parts and _speaks(case, each, one):
                    reached.update(parts)
        return reached == REACHED.keys()

    with suppress(NoSuchExample):
        thorough = settings(often, max_examples=500, derandomize=True, database=None, phases=[Phase.generate])
        find(cases, reaches_the_rest, settings=thorough)

    assert reached == REACHED.keys()
