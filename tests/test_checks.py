"""What the engine itself finds: values, IRIs, identities, and what nobody reads."""

from pathlib import Path

import pytest

import small
from conftest import check
from sccon_lod.findings import Severity

IRI = "This is no web address that can be published; right is for example https://www.bmwsb.bund.de/ (no blanks)."


def lines(folder: Path, rule: str) -> list[str]:
    return [each.line("en") for each in check(folder).findings if each.rule == rule]


def write(folder: Path, *rows: dict[str, str]) -> Path:
    return small.publication(folder, {"data/event.csv": small.table(rows)})


def test_records_in_order_have_no_findings(tmp_path: Path) -> None:
    assert not check(small.publication(tmp_path)).findings


# --- values and IRIs


def test_a_value_that_does_not_convert_is_found_at_its_cell(tmp_path: Path) -> None:
    found = lines(write(tmp_path, {"id": "a"}, {"id": "b", "starts": "bald"}), "cell-conversion")

    assert len(found) == 1
    assert found[0].startswith("data/event.csv:3, starts: violation: ")
    assert found[0].endswith(" [bald]")


def test_a_value_that_two_rules_convert_is_found_once(tmp_path: Path) -> None:
    rule = "{p: [schema:startDate, ex:note], o: {function: fn:start, parameters: [[fn:text, $(starts)]]}}"
    table = small.table([{"id": "a", "starts": "bald"}])
    small.publication(tmp_path, {"mapping/event.yaml": small.mapping([rule]), "data/event.csv": table})

    assert len(lines(tmp_path, "cell-conversion")) == 1


def test_an_item_of_a_list_that_does_not_convert_is_found_at_the_cell(tmp_path: Path) -> None:
    rule = "{p: schema:about, o: {function: fn:concept, parameters: [[fn:text, $(topics)], [fn:scheme, topic:~iri]]}}"
    table = small.table([{"id": "a", "topics": "Wasser | Luft"}])
    small.publication(tmp_path, {"mapping/event.yaml": small.mapping([rule]), "data/event.csv": table})

    found = lines(tmp_path, "cell-conversion")

    assert len(found) == 1
    assert found[0].startswith("data/event.csv:2, topics: violation: The entry is not in the code list ")
    assert found[0].endswith("[Wasser | Luft]")


def test_a_bad_iri_is_found_at_its_cell(tmp_path: Path) -> None:
    found = lines(write(tmp_path, {"id": "a", "url": "www.bund.de seite"}), "cell-iri")

    assert found == [f"data/event.csv:2, url: violation: {IRI} [www.bund.de seite]"]


def test_a_bad_iri_leaves_the_other_statements(tmp_path: Path) -> None:
    write(tmp_path, {"id": "a", "name_de": "Fest", "url": "javascript:alert(1)"})

    with small.stated(tmp_path) as (_, engine):
        query = "SELECT predicate FROM fact WHERE subject = $subject ORDER BY predicate"
        said = list(engine.ask(query, subject=f"{small.BASE}/event/a"))

    assert said == [(f"{small.DCT}identifier",), (f"{small.SCHEMA}name",), (f"{small.RDF}type",)]


def test_a_bad_iri_as_subject_is_found_at_its_cell(tmp_path: Path) -> None:
    mapping = small.mapping(["[ex:note, $(name_de)]"], subject="$(url)~iri")
    table = small.table([{"id": "a", "url": "no address", "name_de": "x"}])
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    assert lines(tmp_path, "cell-iri") == [f"data/event.csv:2, url: violation: {IRI} [no address]"]


def test_a_text_that_its_datatype_does_not_allow_is_found_and_not_stated(tmp_path: Path) -> None:
    write(tmp_path, {"id": "a", "seats": "many"}, {"id": "b", "seats": "7"})

    found = lines(tmp_path, "cell-datatype")
    with small.stated(tmp_path) as (_, engine):
        said = list(engine.ask("SELECT object FROM fact WHERE predicate = $predicate", predicate=f"{small.DEF}seats"))

    assert found == [
        "data/event.csv:2, seats: violation: This is no value of the type integer; right is for example 12000. [many]"
    ]
    assert said == [("7",)]


def test_a_value_that_could_not_be_used_is_not_reported_as_missing(tmp_path: Path) -> None:
    files = {
        "shapes/event.ttl": small.shapes(seats="sh:minCount 1"),
        "data/event.csv": small.table([{"id": "a", "seats": "many"}, {"id": "b"}]),
    }

    found = check(small.publication(tmp_path, files)).findings

    assert [(each.rule, each.origin.line) for each in found] == [("Event-seats", 3), ("cell-datatype", 2)]


# --- identities


def test_a_missing_identifier_is_found_at_its_cell(tmp_path: Path) -> None:
    found = lines(write(tmp_path, {"id": "a"}, {"name_de": "Fest"}), "id-missing")

    assert found == [
        "data/event.csv:3, id: violation: "
        "The identifier is missing; the record needs one of its own, for example sccon-2022."
    ]


def test_each_cell_of_a_repeated_identifier_names_the_other(tmp_path: Path) -> None:
    found = lines(write(tmp_path, {"id": "a"}, {"id": "b"}, {"id": "a"}), "id-repeated")

    assert found == [
        "data/event.csv:2, id: violation: The identifier stands once more: data/event.csv:4, id [a]; "
        "each record needs its own. [a]",
        "data/event.csv:4, id: violation: The identifier stands once more: data/event.csv:2, id [a]; "
        "each record needs its own. [a]",
    ]


def test_each_of_three_equal_identifiers_is_found(tmp_path: Path) -> None:
    found = lines(write(tmp_path, {"id": "a"}, {"id": "a"}, {"id": "a"}), "id-repeated")

    assert [line.partition(", id: ")[0] for line in found] == [f"data/event.csv:{number}" for number in (2, 3, 4)]


def test_a_missing_item_as_identifier_is_found_at_its_cell(tmp_path: Path) -> None:
    mapping = small.mapping(["[dct:identifier, $(topics)]"], subject="id:part/$(topics)")
    table = small.table([{"id": "a", "topics": "x | y"}, {"id": "b"}])
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    assert [line.partition(": ")[0] for line in lines(tmp_path, "id-missing")] == ["data/event.csv:3, topics"]


def test_a_row_that_says_nothing_is_found_where_nothing_names_it(tmp_path: Path) -> None:
    mapping = small.mapping(["[ex:note, $(name_de)]"], subject="id:part/$(part_of)")
    table = small.table([{"id": "a", "part_of": "x"}, {"id": "b"}])
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    assert lines(tmp_path, "row-silent") == [
        "data/event.csv:3: warning: No statement is made from this row; is it complete?"
    ]


# --- what nobody reads


def test_a_column_that_no_rule_reads_is_found(tmp_path: Path) -> None:
    table = small.table([{"id": "a"}], [*small.COLUMNS, "notes"])

    found = lines(small.publication(tmp_path, {"data/event.csv": table}), "column-unused")

    assert found == [
        "data/event.csv:1, notes: info: No rule of the mapping reads this column; what it holds is not published."
    ]


def test_a_column_without_a_name_is_found(tmp_path: Path) -> None:
    table = small.table([{"id": "a", "": "lost"}], [*small.COLUMNS, ""])

    found = lines(small.publication(tmp_path, {"data/event.csv": table}), "column-nameless")

    assert found == ["data/event.csv:1: warning: Column 10 has no name in the header; what it holds is not published."]


def test_a_table_that_no_mapping_reads_is_found(tmp_path: Path) -> None:
    found = lines(small.publication(tmp_path, {"data/old.csv": "id\n", "data/README.md": "x"}), "file-unused")

    assert found == ["data/old.csv: warning: No mapping reads this file; what it holds is not published."]


def test_the_base_of_the_example_is_found(tmp_path: Path) -> None:
    settings = small.SETTINGS.replace(small.BASE, "https://example.org/id")

    found = lines(small.publication(tmp_path, {"sccon.toml": settings}), "base-example")

    assert found == [
        "sccon.toml, base: warning: The base IRI is still the example; "
        "please enter your own before the first release. [https://example.org/id]"
    ]


@pytest.mark.parametrize("rule", ["cell-conversion", "cell-iri", "id-missing", "id-repeated"])
def test_what_would_be_lost_is_a_violation(rule: str, tmp_path: Path) -> None:
    rows = [{"id": "a", "starts": "bald", "url": "x y"}, {"id": "a"}, {"name_de": "Fest"}]

    found = [each for each in check(write(tmp_path, *rows)).findings if each.rule == rule]

    assert {each.severity for each in found} == {Severity.VIOLATION}


def test_an_account_counts_records_and_those_at_fault(tmp_path: Path) -> None:
    outcome = check(write(tmp_path, {"id": "a"}, {"id": "b", "starts": "bald", "url": "x y"}, {}, {"id": "c"}))

    (account,) = outcome.accounts
    assert (account.records, account.faulty, account.unread, account.skipped) == (3, 1, 0, 1)
