"""The workload of the SHACL bench, fed as records: exactly the violations that its generator injects, at all sizes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.graph_records import Records
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

# The mapping refuses a cell that is no value of its datatype, so that nothing is left for a shape to find.
REFUSED = '"2024-13-45T99:00:00Z"'


def write(folder: Path, triples: int) -> Path:
    """Write the workload as records with their mapping; return the expected results."""
    script = shared("bench/shacl/gen.py")
    subprocess.run(
        [sys.executable, script, "--triples", str(triples), "--out", folder], check=True, stderr=subprocess.DEVNULL
    )
    records = Records(folder / f"data-{triples}.ttl")
    for table, rows in records.tables.items():
        with (folder / f"{table}.jsonl").open("w", encoding="utf-8") as file:
            for row in rows:
                plain = {column: values if len(values) > 1 else values[0] for column, values in row.items()}
                file.write(json.dumps(plain, ensure_ascii=False) + "\n")
    (folder / "mapping.yaml").write_text(records.mapping(), encoding="utf-8")
    return folder / f"expected-{triples}.tsv"


def shapes() -> Shapes:
    name = shared("bench/shacl/shapes.ttl")
    graph = graphs.parse(name, name.name)
    return Shapes(graph, {str(each): Origin(name.name) for each in graph.subjects()})


def expected(path: Path, refused: set[str]) -> set[tuple[str, ...]]:
    """Return the results that the generator injected: focus node, path, component, shape."""
    found: set[tuple[str, ...]] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        focus, way, component, _, shape = line.split("\t")
        if focus in refused and shape.endswith("Event-modified"):
            component = "MinCountConstraintComponent"
        found.add((focus, "" if way == "*path*" else way, component, shape))
    return found


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
    wanted = write(tmp_path, 30_000)
    data = (tmp_path / "data-30000.ttl").read_text(encoding="utf-8")
    refused = {part.split("> a ")[0].strip("\n<") for part in data.split(" .\n") if REFUSED in part}
    rules = shapes()
    if not has_queries:
        rules.graph.remove((None, SH.sparql, None))

    results = found(tmp_path, rules, few)

    injected = expected(wanted, refused)
    injected = {each for each in injected if has_queries or not each[2].startswith("SPARQL")}
    assert refused
    assert len({(component, shape) for *_, component, shape in injected}) > 30
    assert sorted(results - injected) == []
    assert sorted(injected - results) == []
