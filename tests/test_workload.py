"""The workload of the SHACL bench, fed as records: exactly the violations that its generator injects, at all sizes."""

from pathlib import Path

import pytest
from bench import validating
from rdflib import SH

from conftest import shared
from sccon_lod import graphs, notations, plan, validation
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.lexicon import Told
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.sql import blocks
from sccon_lod.terms import RDFS
from sccon_lod.validation import Validator
from test_screening import suspects


def shapes() -> Shapes:
    name = shared("bench/shacl/shapes.ttl")
    graph = graphs.parse(name, name.name)
    return Shapes(graph, {str(each): Origin(name.name) for each in graph.subjects()})


def found(folder: Path, rules: Shapes, few: int) -> set[tuple[str, ...]]:
    told = [
        Told("http://schema.org/MusicEvent", RDFS + "subClassOf", "http://schema.org/Event", "", "", Origin("told", 1))
    ]
    compiled = plan.compile_maps(notations.read_files(folder, [folder / "mapping.yaml"], {}, {}))
    demands = Demands(rules.whole, compiled, told)
    with Engine([folder]) as engine:
        settled = suspects(engine, folder, compiled, demands, few, large=few)
        results = validation.results_of(engine, settled, rules, Validator.COMPILED)
        if not few:
            assert settled.pieces
    return {(each.focus, each.path, each.component, each.shape) for each, _ in results}


# How rows are looked at: for suspects only, for suspects with the whole graph for queries, or not at all.
WAYS = {"screened": (0, False), "screened, with queries": (0, True), "from facts": (10_000_000, True)}


@pytest.mark.parametrize("way", WAYS)
def test_exactly_the_injected_violations_are_found(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few, has_queries = WAYS[way]
    monkeypatch.setattr(blocks, "FEW", few)
    rules = shapes()
    graph = validating.make(30_000, tmp_path)
    if not has_queries:
        rules.graph.remove((None, SH.sparql, None))

    results = found(graph.records, rules, few)

    injected = graph.results(has_queries, is_refusing=True)
    assert graph.refused
    assert len({(component, shape) for *_, component, shape in injected}) > 30
    assert sorted(results - injected) == []
    assert sorted(injected - results) == []
