"""Validation alone against other engines: the same data and shapes, and exactly the violations that were injected."""

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from bench import alone, environments, measuring, results
from bench.graph_records import Records
from bench.measuring import FailedError, Measurement

SHARED = environments.ROOT.parent / "shared" / "bench" / "shacl"
MILLION, HUNDRED_THOUSAND = 1_000_000, 100_000
# The mapping refuses a cell that is no value of its datatype; what is missing then is what the shapes find.
_REFUSED = '"2024-13-45T99:00:00Z"'
_SHACL = "http://www.w3.org/ns/shacl#"
OURS = "sccon-lod"
# The adapters of the SHACL bench for engines that conform, and the largest graph that each is asked about.
PEERS = {"shacl": MILLION, "shifty_w3c": MILLION, "pyshacl": HUNDRED_THOUSAND}
_Result = tuple[str, str, str, str]


@dataclass(frozen=True)
class Graph:
    """A graph of that bench as Turtle and as records, and the results that were injected."""

    triples: int
    data: Path
    records: Path
    injected: frozenset[_Result]
    refused: frozenset[str]

    def results(self, has_queries: bool, is_refusing: bool) -> set[_Result]:
        """Return the injected results that shapes with or without queries find.

        To who refuses a value that is none of its datatype it is missing.
        """
        found = {each for each in self.injected if has_queries or not each[2].startswith("SPARQL")}
        return {
            (focus, path, "MinCountConstraintComponent", shape)
            if is_refusing and focus in self.refused and shape.endswith("Event-modified")
            else (focus, path, component, shape)
            for focus, path, component, shape in found
        }


@dataclass(frozen=True)
class Validated:
    """An engine with the seconds of its runs, or how it failed, and how many results it misses and adds."""

    engine: str
    triples: int
    runs: tuple[Measurement, ...]
    missing: int = 0
    extra: int = 0
    failure: str = ""

    @property
    def seconds(self) -> float:
        """The median of the seconds."""
        return statistics.median(each.wall for each in self.runs)

    @property
    def rate(self) -> float:
        """Triples in a second."""
        return self.triples / self.seconds

    @property
    def conforms(self) -> bool:
        """Whether it found what it should, and nothing else."""
        return bool(self.runs) and not self.missing and not self.extra


def make(triples: int, folder: Path) -> Graph:
    """Generate a graph, and write it as records, too."""
    subprocess.run(
        [sys.executable, SHARED / "gen.py", "--triples", str(triples), "--out", folder],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    data, records = folder / f"data-{triples}.ttl", folder / f"records-{triples}"
    records.mkdir()
    known = Records(data)
    for table, rows in known.tables.items():
        with (records / f"{table}.jsonl").open("w", encoding="utf-8") as file:
            for row in rows:
                plain = {column: values if len(values) > 1 else values[0] for column, values in row.items()}
                file.write(json.dumps(plain, ensure_ascii=False) + "\n")
    (records / "mapping.yaml").write_text(known.mapping(), encoding="utf-8")
    lines = (folder / f"expected-{triples}.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines]
    injected = {(focus, _plain(path), component, shape) for focus, path, component, _, shape in cells}
    text = data.read_text(encoding="utf-8")
    refused = {part.split("> a ")[0].strip("\n<") for part in text.split(" .\n") if _REFUSED in part}
    return Graph(triples, data, records, frozenset(injected), frozenset(refused))


def _plain(path: str) -> str:
    return "" if path == "*path*" else path


def run(graph: Graph, shapes: Path, engine: str, rounds: int, scratch: Path) -> Validated:
    """Let an engine validate a few times, and compare what it found with what was injected."""
    report = scratch / "report"
    command: list[str | Path]
    if engine == OURS:
        command = [sys.executable, "-m", "bench.alone", graph.records, shapes, report]
    else:
        python = environments.python("validators")
        command = [python, Path(__file__).with_name("peer_alone.py"), SHARED, engine, graph.data, shapes, report]
    try:
        runs = tuple(measuring.run(command, scratch, 900) for _ in range(rounds))
    except FailedError as failure:
        return Validated(engine, graph.triples, (), failure=str(failure))
    found = _own(report) if engine == OURS else _results(report)
    has_queries = "sh:sparql" in shapes.read_text(encoding="utf-8")
    wanted = graph.results(has_queries, is_refusing=engine == OURS)
    return Validated(engine, graph.triples, runs, len(wanted - found), len(found - wanted))


def _own(report: Path) -> set[_Result]:
    cells = (line.split("\t") for line in report.read_text(encoding="utf-8").splitlines())
    return {(focus, path, component, shape) for focus, path, component, shape in cells}


def _results(report: Path) -> set[_Result]:
    """Return the results of a report in RDF."""
    said: dict[str, dict[str, pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal]] = {}
    listed: list[str] = []
    for quad in pyoxigraph.parse(report.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate.value == f"{_SHACL}result":
            listed.append(str(quad.object))
        elif quad.predicate.value.startswith(_SHACL):
            said.setdefault(str(quad.subject), {})[quad.predicate.value.removeprefix(_SHACL)] = quad.object
    return {_result(said[each]) for each in listed}


def _result(said: dict[str, pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal]) -> _Result:
    path = said.get("resultPath")
    return (
        said["focusNode"].value,
        path.value if isinstance(path, pyoxigraph.NamedNode) else "",
        said["sourceConstraintComponent"].value.removeprefix(_SHACL),
        said["sourceShape"].value,
    )


def shapes(folder: Path) -> dict[str, Path]:
    """Return the shapes of that bench, whole and without their queries, by name."""
    core = folder / "core.ttl"
    alone.without_queries(SHARED / "shapes.ttl", core)
    return {"SHACL Core": core, "with two queries": SHARED / "shapes.ttl"}


def table(rows: Sequence[Validated]) -> str:
    """Return a table of what was measured."""
    header = ("engine", "triples", "seconds", "triples/s", "peak MiB of the process", "missing", "extra")
    return results.table(header, map(_row, rows))


def _row(made: Validated) -> tuple[str, ...]:
    name = (made.engine, f"{made.triples:,}")
    if not made.runs:
        return (*name, f"failed: {made.failure}", "", "", "", "")
    seconds = f"{made.seconds:.2f} {results.each(made.runs)}"
    peak = max(run.peak for run in made.runs)
    return (*name, seconds, f"{made.rate:,.0f}", f"{peak:,.0f}", str(made.missing), str(made.extra))
