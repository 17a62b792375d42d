"""pySHACL as the referee: what it confirms, what it is not asked, and what a disagreement says."""

from pathlib import Path

import pytest

import small
from conftest import ROOT, check, copy_publication, load, quiet
from sccon_lod import build
from sccon_lod.errors import DisagreementError
from sccon_lod.validation import Validator

A = {"id": "a", "name_de": "Fest", "starts": "18.10.2022", "ends": "20.10.2022", "url": "https://example.net/a"}
B = {"id": "b", "name_de": "Teil", "part_of": "a", "seats": "5"}


def publication(folder: Path, **demands: str) -> build.Publication:
    files = {"shapes/event.ttl": small.shapes(**demands), "data/event.csv": small.table([A, B])}
    return load(small.publication(folder, files))


def test_pyshacl_alone_finds_what_is_found_in_the_publication() -> None:
    alone = build.check(load(ROOT), quiet, Validator.PYSHACL)

    assert alone == check(ROOT)


def test_pyshacl_alone_finds_what_is_broken(tmp_path: Path) -> None:
    made = publication(tmp_path, start="sh:minCount 1", seats="sh:minInclusive 10", part="sh:class ex:Host")

    alone = build.check(made, quiet, Validator.PYSHACL)

    assert len(alone.findings) >= 3
    assert alone == build.check(made, quiet)


# pySHACL takes every literal for one of the datatype rdfs:Literal, which none has.
LITERAL = "sh:not [ sh:datatype <http://www.w3.org/2000/01/rdf-schema#Literal> ]"


def test_a_disagreement_stops_the_release_and_shows_the_smallest_record(tmp_path: Path) -> None:
    made = publication(tmp_path, name=LITERAL)

    with pytest.raises(DisagreementError) as raised:
        build.build(made, quiet)

    assert raised.value.exit_code == 70
    assert str(raised.value).startswith("shapes/event.ttl:")
    assert "pySHACL finds what the program does not find: NotConstraintComponent" in raised.value.text.en
    assert f"<{small.BASE}/event/b>" in raised.value.text.en
    assert f'<{small.BASE}/event/b> <{small.SCHEMA}name> "Teil"@de .' in raised.value.text.en
    assert not list((tmp_path / "public/releases").iterdir())
    assert not (tmp_path / "public/current").exists()


def test_pyshacl_alone_is_not_contradicted(tmp_path: Path) -> None:
    made = publication(tmp_path, name=LITERAL + " ; sh:severity sh:Info")

    assert build.build(made, quiet, Validator.PYSHACL).folder


@pytest.mark.parametrize(
    "demand",
    [
        {"name": "sh:pattern '^\\\\p{L}+$'"},
        {"name": "sh:pattern '^\\\\w+$'"},
        {"start": "sh:maxInclusive 9 ; sh:severity sh:Info"},
        {"start": "sh:not [ sh:maxInclusive 9 ]"},
        {"town": "sh:path [ sh:inversePath ( schema:superEvent schema:superEvent ) ] ; sh:maxCount 0"},
    ],
)
def test_what_pyshacl_reads_otherwise_is_not_confirmed(demand: dict[str, str], tmp_path: Path) -> None:
    assert build.build(publication(tmp_path, **demand), quiet).folder


def test_a_build_of_the_publication_is_confirmed(tmp_path: Path) -> None:
    assert build.build(load(copy_publication(tmp_path)), quiet).folder


def test_what_rdflib_compares_and_sparql_does_not_is_not_contradicted(tmp_path: Path) -> None:
    later = f"SELECT $this WHERE {{ $this <{small.DEF}seats> ?v FILTER NOT EXISTS {{ ?other ?p ?w FILTER(?w > ?v) }} }}"
    rule = f"shapes:Last a sh:NodeShape ; sh:targetClass schema:Event ; sh:sparql [ sh:select '{later}' ] ."
    rule += " shapes:Last sh:severity sh:Info ."
    files = {"shapes/event.ttl": f"{small.shapes()}\n{rule}\n", "data/event.csv": small.table([A, B])}

    assert build.build(load(small.publication(tmp_path, files)), quiet).folder
