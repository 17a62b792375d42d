"""Shapes that rows are screened for: the same results as without, and less to validate."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small_shapes
from sccon_lod import assembly, checks, naming, notations, plan, reading, scans, validation
from sccon_lod.engine import Engine
from sccon_lod.lexicon import Vocabulary
from sccon_lod.plan import Plan
from sccon_lod.reading import Origins
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.sql import blocks
from sccon_lod.suspects import Suspects
from sccon_lod.validation import Validator
from small_shapes import parsed
from test_conformance import shown

MAPPING = """prefixes: {ex: 'https://example.org/', xsd: 'http://www.w3.org/2001/XMLSchema#'}
sources:
  one: {access: data/one.csv, referenceFormulation: csv, split: {links: '|', texts: '|', numbers: '|'}}
  two: {access: data/two.csv, referenceFormulation: csv}
mappings:
  one:
    sources: one
    s: ex:$(id)
    po:
      - [a, ex:C]
      - [ex:link, ex:$(links)~iri]
      - [ex:other, ex:$(other)~iri]
      - [ex:other, $(text)]
      - [ex:number, $(numbers), xsd:integer]
      - [ex:more, $(more), xsd:decimal]
      - [ex:day, $(day), xsd:date]
      - [ex:until, $(until), xsd:date]
      - [ex:text, $(text), de~lang]
      - [ex:text, $(texts)]
      - [ex:text, $(english), en~lang]
      - [ex:any, $(more), xsd:decimal]
      - [ex:any, $(day), xsd:date]
  two:
    sources: two
    s: ex:$(id)
    po:
      - [a, ex:$(kind)~iri]
      - [ex:link, ex:$(link)~iri]
      - [ex:text, $(text), de~lang]
      - {p: ex:number, o: {value: $(number), datatype: xsd:integer}, condition: {function: idlab-fn:equal,
          parameters: [[grel:valueParameter, $(link)], [grel:valueParameter2, b]]}}
"""
CELLS = {
    "id": ("a", "b", "c", "d", "a/b"),
    "links": ("", "a", "b|c", "c|c", "d|e|a"),
    "other": ("", "a", "b"),
    "text": ("", "a", "b", "ab", "Ä b", "abcde"),
    "texts": ("", "a|b", "abc", "a|a", "A|b|abc"),
    "english": ("", "a", "abc"),
    "numbers": ("", "1", "2|10", "007", "1|01", "x"),
    "more": ("", "1.0", "2.5", "1", "-3", "10.50"),
    "day": ("", "2022-10-18", "2022-10-20", "2024-02-29", "12022-01-01", "2022-10-18Z"),
    "until": ("", "2022-10-18", "2022-10-21", "2022-10-21Z"),
    "link": ("", "a", "b", "c"),
    "number": ("", "1", "2", "7"),
    "kind": ("C", "D", "D", "E", ""),
}
TABLES = {
    "one": [each for each in CELLS if each not in ("link", "number", "kind")],
    "two": ["id", "link", "text", "number", "kind"],
}
Rows = Sequence[dict[str, str]]


def rows(table: str) -> st.SearchStrategy[Rows]:
    row = st.fixed_dictionaries({column: st.sampled_from(CELLS[column]) for column in TABLES[table]})
    return st.lists(row, min_size=1, max_size=5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("screening")
    (made / "data").mkdir()
    (made / "mapping.yaml").write_text(MAPPING)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "FEW", 0)
        yield made


def write(folder: Path, tables: dict[str, Rows]) -> None:
    for name, records in tables.items():
        with (folder / "data" / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, TABLES[name])
            writer.writeheader()
            writer.writerows(records)


def suspects(
    engine: Engine, folder: Path, compiled: Plan, demands: Demands, few: int = 0, large: int = scans.LARGE
) -> Suspects:
    """Return what there is to validate; sources of `few` rows are written by row, files of `large` bytes scanned."""
    read = reading.read(engine, compiled, {}, Origins(folder, {}, large), reading.quiet, demands)
    engine.tell(demands.told)
    short = naming.names(compiled, Vocabulary({}, (), frozenset(), frozenset(), {}), ())
    settled = assembly.settle(engine, compiled, short, checks.proven(engine, read.examined), few)
    return Suspects(read.examined, settled, demands)


def found(folder: Path, shapes: Shapes, is_screened: bool) -> list[str]:
    compiled = plan.compile_maps(notations.read_files(folder, [folder / "mapping.yaml"], {}, {}))
    demands = Demands(shapes.whole if is_screened else {}, compiled)
    with Engine([folder]) as engine:
        settled = suspects(engine, folder, compiled, demands)
        return shown(validation.results_of(engine, settled, shapes, Validator.COMPILED))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows("one"), rows("two"), small_shapes.shapes())
def test_screening_changes_no_result(folder: Path, one: Rows, two: Rows, turtle: str) -> None:
    write(folder, {"one": one, "two": two})
    shapes = Shapes(parsed(turtle), {})

    assert found(folder, shapes, is_screened=True) == found(folder, shapes, is_screened=False)


SOME = [
    {
        "id": str(number),
        "text": "ab",
        "numbers": "5",
        "more": "7.5",
        "day": "2022-10-18",
        "until": "2022-10-21",
        "links": "1|2",
    }
    for number in range(20)
]
OTHERS = [{"id": f"other {number}", "kind": "D", "text": "x"} for number in range(5)]
# Demands of ex:C, and how many of twenty records are validated; None where all have to be.
SUSPECTED: dict[str, tuple[str, int | None]] = {
    "what the mapping makes sure": ("sh:path ex:more ; sh:datatype xsd:decimal ; sh:nodeKind sh:Literal", 0),
    "a class that the row itself says": ("sh:path ex:link ; sh:nodeKind sh:IRI", 0),
    "languages that differ": ("sh:path ex:text ; sh:uniqueLang true", 0),
    "one rule gives one value": ("sh:path ex:day ; sh:maxCount 1", 0),
    "too long": ("sh:path ex:text ; sh:maxLength 3", 1),
    "missing": ("sh:path ex:day ; sh:minCount 1", 1),
    "not within bounds": ("sh:path ex:number ; sh:minInclusive 1 ; sh:maxExclusive 10", 1),
    "not before": ("sh:path ex:day ; sh:lessThan ex:until", 1),
    "as soon": ("sh:path ex:day ; sh:lessThanOrEquals ex:until", 1),
    "a list before something": ("sh:path ex:number ; sh:lessThan ex:more", None),
    "neither day nor moment": ("sh:path ex:day ; sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:dateTime ] )", 0),
    "not of a year": ('sh:path ex:day ; sh:or ( [ sh:pattern "^2022" ] [ sh:pattern "^2023" ] )', 1),
    "not one of some": ("sh:path ex:more ; sh:in ( 7.5 8.5 )", 1),
    "qualified": ('sh:path ex:text ; sh:qualifiedValueShape [ sh:languageIn ( "de" ) ] ; sh:qualifiedMinCount 1', 0),
    "too many of a list": ("sh:path ex:link ; sh:maxCount 2", 1),
    "one or the other": ("sh:path [ sh:alternativePath ( ex:day ex:text ) ] ; sh:maxLength 10", 1),
    "a class that another record says": ("sh:path ex:link ; sh:class ex:C", None),
    "the way back": ("sh:path [ sh:inversePath ex:link ] ; sh:maxCount 9", None),
    "a path to others": ("sh:path ( ex:link ex:day ) ; sh:maxCount 9", None),
}


@pytest.mark.parametrize("name", SUSPECTED)
def test_only_suspects_are_validated(name: str, folder: Path) -> None:
    demand, expected = SUSPECTED[name]
    bad = {**SOME[3], "text": "abcdefghijk", "numbers": "70", "more": "0.5", "day": "12022-10-18", "links": "1|2|3"}
    records = [*SOME[:3], {**bad, "day": ""} if name == "missing" else bad, *SOME[4:]]
    write(folder, {"one": [dict.fromkeys(TABLES["one"], "") | each for each in records], "two": OTHERS})
    turtle = f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P . ex:P a sh:PropertyShape ; {demand} ."
    shapes = Shapes(parsed(small_shapes.PREFIXES + turtle), {})
    compiled = plan.compile_maps(notations.read_files(folder, [folder / "mapping.yaml"], {}, {}))

    with Engine([folder]) as engine:
        settled = suspects(engine, folder, compiled, Demands(shapes.whole, compiled))
        validation.results_of(engine, settled, shapes, Validator.COMPILED)

        assert bool(settled.pieces) is (expected is not None)
        assert engine.one("SELECT count(*) FROM shacl.suspect") == (expected or 0,)


def test_a_condition_keeps_its_capital_letters(folder: Path) -> None:
    given = "condition: {function: idlab-fn:equal, parameters: [[grel:valueParameter, $(english)], "
    rule = f"{{p: ex:text, o: $(texts), {given}[grel:valueParameter2, Yes]]}}}}"
    path = folder / "condition.yaml"
    path.write_text(MAPPING.replace("[ex:text, $(texts)]", rule))
    records = [{**SOME[0], "english": "Yes", "texts": "a|b|c"}, {**SOME[1], "english": "yes", "texts": "a|b|c"}]
    write(folder, {"one": [dict.fromkeys(TABLES["one"], "") | each for each in records], "two": OTHERS})
    turtle = "ex:S a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:text ; sh:maxCount 3 ."
    shapes = Shapes(parsed(small_shapes.PREFIXES + turtle), {})
    compiled = plan.compile_maps(notations.read_files(folder, [path], {}, {}))

    with Engine([folder]) as engine:
        settled = suspects(engine, folder, compiled, Demands(shapes.whole, compiled))
        results = validation.results_of(engine, settled, shapes, Validator.COMPILED)

    assert settled.pieces
    assert {each.focus for each, _ in results} == {"https://example.org/0"}
