"""Different names and identifiers that give one IRI, and values that contradict: findings that name both cells."""

from pathlib import Path

import pytest

import small
from conftest import check

NAMED = "{function: fn:slug_iri, parameters: [[fn:text, $(name_de)], [fn:namespace, id:place/~iri]]}"


def lines(folder: Path, rule: str, language: str = "en") -> list[str]:
    return [each.line(language) for each in check(folder).findings if each.rule == rule]


def named(folder: Path, *names: str, rules: tuple[str, ...] = ("[ex:note, $(name_en)]",)) -> Path:
    rows = [{"id": str(number), "name_de": name, "name_en": "x"} for number, name in enumerate(names)]
    files = {"data/event.csv": small.table(rows), "mapping/event.yaml": small.mapping(rules, subject=NAMED)}
    return small.publication(folder, files)


def test_two_names_of_one_address_each_name_the_other(tmp_path: Path) -> None:
    folder = named(tmp_path, "Munster", "Bonn", "Münster", "Muenster")

    assert lines(folder, "iri-shared") == [
        "data/event.csv:4, name_de: violation: The same web address comes of data/event.csv:5, name_de [Muenster]; "
        "if it is another thing, please give it another "
        "name or identifier, if it is the same, write both alike. [Münster]",
        "data/event.csv:5, name_de: violation: The same web address comes of data/event.csv:4, name_de [Münster]; "
        "if it is another thing, please give it another "
        "name or identifier, if it is the same, write both alike. [Muenster]",
    ]
    assert lines(folder, "iri-shared", "de")[0] == (
        "data/event.csv:4, name_de: violation: Dieselbe Web-Adresse entsteht aus data/event.csv:5, name_de [Muenster]; "
        "ist es etwas anderes, bitte anders benennen oder kennzeichnen, "
        "ist es dasselbe, bitte gleich schreiben. [Münster]"
    )


@pytest.mark.parametrize("names", [("Ulm", "Ulm", "Ulm"), ("Ulm", "ULM", " Ulm "), ("Neu Ulm", "Neu  Ulm")])
def test_one_name_in_many_rows_is_no_finding(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert lines(named(tmp_path, *names), "iri-shared") == []


def test_names_that_are_alike_where_they_are_cut_are_found(tmp_path: Path) -> None:
    folder = named(tmp_path, "Ulm " * 30 + "A", "Ulm " * 30 + "B")

    assert len(lines(folder, "iri-shared")) == 2


def test_names_with_an_identifier_are_found_once(tmp_path: Path) -> None:
    folder = named(tmp_path, "Köln", "Koeln", rules=("[dct:identifier, $(id)]",))

    assert len(lines(folder, "iri-shared")) == 2
    assert lines(folder, "id-repeated") == []


def test_cells_that_are_put_together_to_one_address_are_found(tmp_path: Path) -> None:
    rows = [{"id": "1-2", "part_of": "3"}, {"id": "1", "part_of": "2-3"}]
    mapping = small.mapping(["[dct:identifier, $(id)]"], subject="id:event/$(id)-$(part_of)")
    small.publication(tmp_path, {"data/event.csv": small.table(rows), "mapping/event.yaml": mapping})

    assert [line.partition(": ")[0] for line in lines(tmp_path, "iri-shared")] == [
        "data/event.csv:2, part_of",
        "data/event.csv:3, part_of",
    ]


def test_values_that_contradict_name_each_other(tmp_path: Path) -> None:
    rows = [{"id": "a", "name_de": "Ulm", "seats": "5"}, {"id": "b", "name_de": "Ulm", "seats": "6"}]
    files = {
        "data/event.csv": small.table(rows),
        "mapping/event.yaml": small.mapping(["[ex:seats, $(seats), xsd:integer]"], subject=NAMED),
        "shapes/event.ttl": small.shapes(seats='sh:maxCount 1 ; sh:message "Nur eine."@de , "Only one."@en'),
    }
    small.publication(tmp_path, files)

    assert lines(tmp_path, "Event-seats") == [
        "data/event.csv:2, seats: violation: Only one. It stands otherwise here: data/event.csv:3, seats [6]. [5]",
        "data/event.csv:3, seats: violation: Only one. It stands otherwise here: data/event.csv:2, seats [5]. [6]",
    ]
    assert lines(tmp_path, "Event-seats", "de")[0] == (
        "data/event.csv:2, seats: violation: Nur eine. Anders steht es hier: data/event.csv:3, seats [6]. [5]"
    )


# --- paths that lead to nothing


def tree(folder: Path, content: str) -> Path:
    source = "{access: data/event.json, referenceFormulation: jsonpath}"
    mapping = (
        f"sources:\n  event: {source}\nmappings:\n  event:\n    sources: event\n    s: id:event/$(id)\n    po:\n"
        "      - [a, schema:Event]\n      - [schema:name, $(nmae)]\n"
    )
    folder = small.publication(folder, {"data/event.json": content, "mapping/event.yaml": mapping})
    (folder / "data" / "event.csv").unlink()
    return folder


def test_a_path_that_leads_to_nothing_is_found_once(tmp_path: Path) -> None:
    folder = tree(tmp_path, '[{"id": "a", "name": "Fest"}, {"id": "b"}]')

    assert lines(folder, "reference-empty") == [
        "data/event.json, nmae: warning: This path leads to nothing in any record; is it spelled right? "
        "It counts as empty."
    ]


@pytest.mark.parametrize("content", ['[{"id": "a"}, {"id": "b", "nmae": "x"}]', "[]"])
def test_a_path_that_leads_somewhere_or_has_no_records_is_no_finding(tmp_path: Path, content: str) -> None:
    assert lines(tree(tmp_path, content), "reference-empty") == []


def test_every_row_of_a_shared_address_is_found(tmp_path: Path) -> None:
    folder = named(tmp_path, "Munster", "Munster", "Münster", "Muenster", "Munster")

    found = lines(folder, "iri-shared")

    assert [line.partition(":")[2].partition(",")[0] for line in found] == ["4", "5"]


def test_rows_that_write_an_address_in_the_same_way_all_name_the_other(tmp_path: Path) -> None:
    folder = named(tmp_path, "Münster", "Muenster", "Münster", "Bonn")

    assert [line.partition(";")[0].rpartition("comes of ")[2] for line in lines(folder, "iri-shared")] == [
        "data/event.csv:3, name_de [Muenster]",
        "data/event.csv:2, name_de [Münster]",
        "data/event.csv:3, name_de [Muenster]",
    ]
