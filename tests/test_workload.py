"""The workload of the SHACL bench, fed as records: exactly the violations that its generator injects, at all sizes."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest
from rdflib import SH

from conftest import shared
from sccon_lod import graphs, notations, plan, validation
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.lexicon import Told
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.sql import blocks
from sccon_lod.terms import RDFS, TYPE
from sccon_lod.validation import Validator
from test_screening import suspects

BASE = "https://data.example.org/id/"
# The mapping refuses a cell that is no value of its datatype, so that nothing is left for a shape to find.
REFUSED = '"2024-13-45T99:00:00Z"'
FN = "https://w3id.org/sccon-lod/function#"
Record = dict[str, list[str]]


class Column(NamedTuple):
    """What a column says: in which node of a record, with which predicate, as which kind of value.

    The kind is `iri`, a datatype, a language, or `node` for a node within a node.
    """

    within: str
    predicate: str
    kind: str


class Records:
    """A graph as records: one for each subject, with a column for each predicate and kind of value."""

    def __init__(self, path: Path) -> None:
        self._about: dict[str, list[pyoxigraph.Quad]] = defaultdict(list)
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            self._about[str(quad.subject)].append(quad)
        self.columns: dict[str, dict[Column, str]] = defaultdict(dict)  # of each table, with their names
        self.tables: dict[str, list[Record]] = defaultdict(list)
        self._first: dict[tuple[str, str], str] = {}  # the first class of each kind of node
        for subject in self._about:
            if subject.startswith(f"<{BASE}"):
                table, identifier = subject.strip("<>").removeprefix(BASE).split("/")
                record: Record = defaultdict(list, {"id": [identifier]})
                self._fill(table, record, subject, "")
                self.tables[table].append(record)

    def _fill(self, table: str, record: Record, subject: str, within: str) -> None:
        for quad in self._about[subject]:
            value, predicate = quad.object, quad.predicate.value
            if isinstance(value, pyoxigraph.BlankNode):
                record[self._name(table, Column(within, predicate, "node"))].append("there")
                self._fill(table, record, str(value), predicate.rpartition("/")[2])
            elif isinstance(value, pyoxigraph.Literal):
                kind = value.language or value.datatype.value
                record[self._name(table, Column(within, predicate, kind))].append(value.value)
            else:
                assert isinstance(value, pyoxigraph.NamedNode)
                record[self._name(table, Column(within, predicate, "iri"))].append(value.value)
                if predicate == TYPE:
                    self._first.setdefault((table, within), value.value)

    def _name(self, table: str, column: Column) -> str:
        return self.columns[table].setdefault(column, f"c{len(self.columns[table])}")

    def mapping(self) -> str:
        """Return a mapping that says what the graph said; nodes without a name get one."""
        lines = ["mappings:"]
        for table, columns in self.columns.items():
            for within in dict.fromkeys(each.within for each in columns):
                lines += [
                    f"  {table}{within}:",
                    f"    sources: [['{table}.jsonl~jsonpath']]",
                    f'    s: "{self._node(table, within)}"',
                    f"    condition: {self._given(columns, within)}" if within else "",
                    "    po:",
                ]
                lines += [
                    f"      - {self._rule(table, column, name)}"
                    for column, name in columns.items()
                    if column.within == within
                ]
                # A class of all of them: what is certain of a row lets it be written by row.
                lines.append(f"      - [a, {self._first[table, within]}]")
        return "\n".join(filter(None, lines)) + "\n"

    def _node(self, table: str, within: str) -> str:
        return f"{BASE}{table}/$(id)" + (f"#{within}" if within else "")

    def _given(self, columns: Mapping[Column, str], within: str) -> str:
        (name,) = (
            name for each, name in columns.items() if each.predicate.endswith(f"/{within}") and each.kind == "node"
        )
        return f"{{function: '{FN}given', parameters: [['{FN}text', $({name})]]}}"

    def _rule(self, table: str, column: Column, name: str) -> str:
        if column.kind == "node":
            value = f'"{self._node(table, column.predicate.rpartition("/")[2])}", type: iri'
            condition = self._given({column: name}, column.predicate.rpartition("/")[2])
            return f"{{p: '{column.predicate}', o: {{value: {value}}}, condition: {condition}}}"
        how = "type: iri" if column.kind == "iri" else f"datatype: '{column.kind}'"
        how = how if "/" in column.kind or column.kind == "iri" else f"language: {column.kind}"
        return f"{{p: '{column.predicate}', o: {{value: $({name}), {how}}}}}"


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
