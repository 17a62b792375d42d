"""Validation alone: reads and maps records, lets the shapes be asked, and prints the seconds that took."""

import sys
import time
from pathlib import Path

from rdflib import SH

from bench.graph_records import BASE
from sccon_lod import assembly, checks, graphs, naming, notations, plan, reading, validation
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.lexicon import Told, Vocabulary
from sccon_lod.reading import Origins
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.suspects import Suspects
from sccon_lod.terms import RDFS
from sccon_lod.validation import Validator

# The one class that is below another in the data of that bench.
_TOLD = Told("http://schema.org/MusicEvent", RDFS + "subClassOf", "http://schema.org/Event", "", "", Origin(BASE, 1))


def main(folder: Path, shapes: Path, report: Path) -> None:
    """Validate the records in a folder, and write a line for each result: focus, path, component, shape."""
    graph = graphs.parse(shapes, shapes.name)
    rules = Shapes(graph, {str(each): Origin(shapes.name) for each in graph.subjects()})
    assert rules.whole
    mapping = notations.read_files(folder, [folder / "mapping.yaml"], {}, {})
    compiled = plan.compile_maps(mapping)
    demands = Demands(rules.whole, compiled, [_TOLD])
    words = Vocabulary(mapping.prefixes, (), frozenset(), frozenset(), {})
    with Engine([folder]) as engine:
        read = reading.read(engine, compiled, words.labels, Origins(folder, {}), reading.quiet, demands)
        engine.tell([_TOLD])
        proven = checks.proven(engine, read.examined)
        assembled = assembly.settle(engine, compiled, naming.names(compiled, words, ()), proven)
        begun = time.perf_counter()
        found = validation.results_of(engine, Suspects(read.examined, assembled, demands), rules, Validator.COMPILED)
        taken = time.perf_counter() - begun
    lines = {"\t".join((each.focus, each.path, each.component, each.shape)) for each, _ in found}
    report.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    print(taken)  # noqa: T201 - what the benchmark reads


def without_queries(shapes: Path, copy: Path) -> None:
    """Write shapes without their SPARQL constraints."""
    graph = graphs.parse(shapes, shapes.name)
    graph.remove((None, SH.sparql, None))
    graph.serialize(copy, format="turtle")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
