"""Which changes concern more than the subjects that they are said of."""

from pathlib import Path

import pytest

import small
from conftest import load
from sccon_lod import affected
from sccon_lod.terms import SUBCLASS, TYPE

SUPER, NAME, SEATS = f"{small.SCHEMA}superEvent", f"{small.SCHEMA}name", f"{small.DEF}seats"
QUERY = 'sh:sparql [ sh:select "SELECT $this WHERE { $this a <http://schema.org/Event> }" ; sh:message "x"@en ]'


def predicates(folder: Path, **demands: str) -> frozenset[str] | None:
    loaded = load(small.publication(folder, {"shapes/event.ttl": small.shapes(**demands)}))
    return affected.predicates(loaded.demands)


@pytest.mark.parametrize(
    "demand",
    ["sh:minCount 1", 'sh:pattern "x"', "sh:maxLength 3", "sh:lessThan ex:other", "sh:nodeKind sh:Literal"],
)
def test_what_is_said_of_the_subject_itself_concerns_no_other(demand: str, tmp_path: Path) -> None:
    assert predicates(tmp_path, name=demand) == frozenset()


@pytest.mark.parametrize(
    ("demand", "found"),
    [
        ("sh:path schema:superEvent ; sh:class schema:Event", {TYPE, SUBCLASS}),
        ("sh:path ( schema:superEvent schema:name ) ; sh:minCount 1", {SUPER, NAME}),
        ("sh:path [ sh:inversePath schema:superEvent ] ; sh:maxCount 2", {SUPER}),
        ("sh:path [ sh:zeroOrMorePath schema:superEvent ] ; sh:nodeKind sh:IRI", {SUPER}),
        ("sh:path schema:superEvent ; sh:node [ sh:property [ sh:path ex:seats ; sh:minCount 1 ] ]", {SEATS}),
        (
            "sh:path schema:superEvent ; sh:node [ sh:property [ sh:path ex:seats ; sh:equals schema:name ] ]",
            {SEATS, NAME},
        ),
    ],
    ids=["class", "sequence", "inverse", "repeated", "nested", "pair"],
)
def test_what_is_looked_at_beyond_it_does(demand: str, found: set[str], tmp_path: Path) -> None:
    assert set(predicates(tmp_path, more=demand) or ()) == found


@pytest.mark.parametrize(
    "node", [QUERY, "sh:targetSubjectsOf ex:seats", "sh:targetNode <https://example.net/id/event/a>"]
)
def test_of_queries_and_targets_that_are_no_classes_nothing_is_known(node: str, tmp_path: Path) -> None:
    assert predicates(tmp_path, node=node) is None


def test_statements_are_read_as_they_are_told() -> None:
    lines = ['<a:s> <a:p> "x\\n"@de .', "<a:s> <a:p> <a:o> .", '<a:s> <a:p> "01"^^<a:d> .']
    found = [(each.object, each.datatype.removeprefix(small.RDF), each.language) for each in affected.told(lines)]

    assert found == [("x\n", "langString", "de"), ("a:o", "", ""), ("01", "a:d", "")]
