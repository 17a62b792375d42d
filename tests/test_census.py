"""The numbers of a publication: what is counted without writing is what stands in the dump."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

import small
from conftest import copy_publication, load
from sccon_lod import assembly, census, kinds
from sccon_lod.build import Publication
from sccon_lod.census import Census, Count
from sccon_lod.kinds import Kind, Order

TIMES = (f"{small.SCHEMA}startDate", f"{small.SCHEMA}endDate")
TYPE = f"{small.RDF}type"


def kinds_of(loaded: Publication) -> tuple[Kind, ...]:
    return kinds.of(loaded.plan.groups, loaded.project.base)


def taken(loaded: Publication, few: int) -> tuple[Census, list[str]]:
    with small.settled(loaded, few) as (engine, assembled):
        found = census.take(engine, assembled, kinds_of(loaded), loaded.project.base, TIMES)
        return found, list(assembly.lines(engine, assembled))


def counted(lines: list[str], base: str) -> Count:
    """Count lines one by one."""
    quads = list(pyoxigraph.parse("\n".join(lines).encode(), RdfFormat.N_TRIPLES))
    subjects = {str(quad.subject)[1:-1] for quad in quads}
    found = Count(len(subjects), len({each for each in subjects if each.startswith(f"{base}/")}))
    for quad in quads:
        assert isinstance(quad.predicate, NamedNode)
        found.properties[quad.predicate.value] += 1
        if quad.predicate.value == TYPE:
            found.classes[str(quad.object)[1:-1]] += 1
        if quad.predicate.value in TIMES and isinstance(quad.object, Literal):
            found.days.add(quad.object.value[:10])
    return found


def linked(lines: list[str], base: str) -> Mapping[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for line in lines:
        predicate, value = line.removesuffix(" .").split(" ", 2)[1:]
        if value.startswith("<") and not value.startswith(f"<{base}/") and predicate != f"<{TYPE}>":
            space = re.match("<(.*[/#])", value)
            found[predicate[1:-1], space[1] if space else ""] += 1
    return found


def same(found: Count, wanted: Count) -> None:
    assert (found.subjects, found.own) == (wanted.subjects, wanted.own)
    assert found.properties == wanted.properties
    assert found.classes == wanted.classes
    assert found.period == wanted.period
    assert found.triples == wanted.triples


# A class that a cell says may be the one that all have.
VARYING = ("[ex:note, $(url)~iri]", "[ex:other, http://schema.org/$(id)~iri]", "[a, http://schema.org/$(name_en)~iri]")
MAPPING = small.mapping([*small.RULES, *VARYING]) + (
    "  record:\n    sources: event\n    s: id:record/event/$(id)\n    po:\n      - [dct:identifier, $(id)]\n"
    "  part:\n    sources: event\n    s: id:part/$(part_of)\n    po:\n      - [schema:name, $(name_de), de~lang]\n"
    # What subjects begin with does not tell whether they are below the base.
    "  any:\n    sources: event\n    s: https://example.net/$(name_en)/$(id)\n    po: [[dct:identifier, $(id)]]\n"
)


@pytest.fixture
def varied(tmp_path: Path) -> Publication:
    rows = [*small.RECORDS, {"id": "c", "name_en": "id"}, {"id": "d", "name_en": "Event", "url": small.BASE}]
    return load(small.publication(tmp_path, {"mapping/event.yaml": MAPPING, "data/event.csv": small.table(rows)}))


@pytest.mark.parametrize("few", [0, small.MANY], ids=["by row", "by fact"])
@pytest.mark.parametrize("real", [True, False], ids=["sccon", "small"])
def test_what_is_counted_is_what_the_dump_says(few: int, real: bool, tmp_path: Path, varied: Publication) -> None:
    loaded = load(copy_publication(tmp_path / "sccon")) if real else varied

    found, lines = taken(loaded, few)

    same(found.whole, counted(lines, loaded.project.base))
    assert {link: number for link, number in found.links.items() if number} == linked(lines, loaded.project.base)


@pytest.mark.parametrize("few", [0, small.MANY], ids=["by row", "by fact"])
def test_each_kind_is_counted_on_its_own(few: int, tmp_path: Path) -> None:
    loaded = load(copy_publication(tmp_path / "sccon"))

    found, lines = taken(loaded, few)

    order = Order(kinds_of(loaded))
    assert found.kinds
    for kind, count in found.kinds.items():
        own = [line for line in lines if order.of(line[1 : line.index(">")]) == kind.name]
        same(count, counted(own, loaded.project.base))


@pytest.mark.parametrize("few", [0, small.MANY], ids=["by row", "by fact"])
def test_the_example_of_a_kind_bears_its_name(few: int, varied: Publication) -> None:
    found, _ = taken(varied, few)

    assert {kind.name: count.example for kind, count in found.kinds.items()} == {
        "event": f"{small.BASE}/event/a",
        "part": f"{small.BASE}/part/a",
    }


def test_a_kind_without_subjects_is_not_counted(tmp_path: Path) -> None:
    files = {"mapping/event.yaml": MAPPING, "data/event.csv": small.table([{"id": "a"}])}
    loaded = load(small.publication(tmp_path, files))

    found, _ = taken(loaded, small.MANY)

    assert [kind.name for kind in found.kinds] == ["event"]
    assert found.whole.period is None
