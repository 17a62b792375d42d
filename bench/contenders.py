"""Who is measured: the program, its peers, the serialisers of libraries, and the floor."""

import enum
import functools
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import environments, translation
from bench.workload import SHARED, Workload

HERE = Path(__file__).parent
Command = Callable[[Workload, Path], Sequence[str | Path]]

LINES = "N-Triples from JSON Lines"
TABLES = "N-Triples from CSV"
SHUFFLED = "N-Triples from shuffled JSON Lines"
TURTLE = "Turtle from JSON Lines"
JSON_LD = "JSON-LD from JSON Lines"
EVERYTHING = "all three from JSON Lines, and their gzip files"
PUBLISHED = "the same as a publication, validated"
FLOOR_LINES = "floor: parse the JSON Lines, write the N-Triples"
FLOOR_TABLES = "floor: parse the CSV, write the N-Triples"
RDFLIB_ALONE = "rdflib: Turtle of a graph in memory"
PYOXIGRAPH_ALONE = "pyoxigraph: Turtle of triples in memory"
RDFLIB_WHOLE = "rdflib: JSON Lines to Turtle"
PYOXIGRAPH_WHOLE = "pyoxigraph: JSON Lines to Turtle"

TEN_MILLION, MILLION, HUNDRED_THOUSAND, TEN_THOUSAND = 10_000_000, 1_000_000, 100_000, 10_000


class Party(enum.Enum):
    """On whose side a contender is; `INPUT_OUTPUT` is the floor."""

    OURS = "ours"
    PEER = "peer"
    LIBRARY = "library"
    INPUT_OUTPUT = "floor"


@dataclass(frozen=True)
class Contender:
    """A command that makes the statements of a workload, its outputs, and the largest workload it is asked for."""

    name: str
    party: Party
    outputs: tuple[str, ...]
    largest: int
    command: Command


def ours(product: Path) -> tuple[Contender, ...]:
    """Return what the program is asked to do."""
    everything = tuple(f"out.{suffix}{packed}" for suffix in ("nt", "ttl", "jsonld") for packed in ("", ".gz"))

    def contender(name: str, outputs: tuple[str, ...], largest: int, mapping: str = "jsonl") -> Contender:
        def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
            folder = workload.shuffled if name == SHUFFLED else workload.folder
            options: list[str | Path] = [part for output in outputs for part in ("-o", scratch / output)]
            return [product, "map", HERE / "mappings" / f"{mapping}.yaml", "-C", folder, *options]

        return Contender(name, Party.OURS, outputs, largest, command)

    return (
        contender(LINES, ("out.nt",), TEN_MILLION),
        contender(TABLES, ("out.nt",), TEN_MILLION, "csv"),
        contender(SHUFFLED, ("out.nt",), MILLION),
        contender(TURTLE, ("out.ttl",), MILLION),
        contender(JSON_LD, ("out.jsonld",), MILLION),
        contender(EVERYTHING, everything, MILLION),
        Contender(PUBLISHED, Party.OURS, _published(everything), MILLION, functools.partial(_publish, product)),
    )


def _published(outputs: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"publication/public/current/{each.replace('out', 'bench')}" for each in outputs)


def publication(scratch: Path) -> Path:
    """Make a publication of the workload without its records, and return its folder."""
    folder = scratch / "publication"
    shutil.copytree(HERE / "publication", folder)
    (folder / "mapping").mkdir()
    shutil.copy(HERE / "mappings" / "jsonl.yaml", folder / "mapping")
    return folder


def _publish(product: Path, workload: Workload, scratch: Path) -> Sequence[str | Path]:
    """Make a publication of the records; the engine reads no links that lead out of its folder."""
    folder = publication(scratch)
    for path in workload.folder.glob("*.jsonl"):
        shutil.copy(path, folder)
    return [product, "build", "-C", folder]


def floor() -> tuple[Contender, ...]:
    """Return what no engine can leave out."""

    def contender(name: str, suffix: str) -> Contender:
        def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
            script: list[str | Path] = [environments.tools(), HERE / "floor.py", suffix]
            return [*script, workload.folder, workload.reference, scratch / "out.nt"]

        return Contender(name, Party.INPUT_OUTPUT, ("out.nt",), MILLION, command)

    return contender(FLOOR_LINES, "jsonl"), contender(FLOOR_TABLES, "csv")


def libraries() -> tuple[Contender, ...]:
    """Return the Turtle serialisers of rdflib and pyoxigraph: alone, and from the records on."""

    def alone(name: str, library: str) -> Contender:
        def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
            return [environments.tools(), HERE / "serialise.py", library, workload.reference, scratch / "out.ttl"]

        return Contender(name, Party.LIBRARY, ("out.ttl",), HUNDRED_THOUSAND, command)

    def whole(name: str, library: str, largest: int) -> Contender:
        def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
            script = SHARED / "ours" / "e_python_objects.py"
            return [environments.tools(), script, library, workload.folder, scratch / "out.ttl", "ttl"]

        return Contender(name, Party.LIBRARY, ("out.ttl",), largest, command)

    return (
        alone(PYOXIGRAPH_ALONE, "pyoxigraph"),
        alone(RDFLIB_ALONE, "rdflib"),
        whole(PYOXIGRAPH_WHOLE, "ox-serialize", MILLION),
        whole(RDFLIB_WHOLE, "rdflib", HUNDRED_THOUSAND),
    )


def fast_peers() -> tuple[Contender, ...]:
    """Return the engines that are measured at every size."""
    return (
        _script("tarka-rdf from JSON Lines", "tarka", ()),
        _script("tarka-rdf from CSV", "tarka", ("--csv",)),
        _script("maplib from JSON Lines", "maplib", ()),
        _morph("morph-kgc from CSV and link tables", "morph", "csv", MILLION),
        _morph("morph-kgc from JSON", "morph", "json", HUNDRED_THOUSAND),
    )


def slow_peers() -> tuple[Contender, ...]:
    """Return the engines that are five to twenty times slower still."""
    return (
        _morph("worph from CSV and link tables", "worph", "csv", TEN_THOUSAND),
        _morph("worph from JSON", "worph", "json", TEN_THOUSAND),
        _sdm("SDM-RDFizer from CSV and link tables"),
    )


def _peer(name: str, largest: int, command: Command) -> Contender:
    return Contender(name, Party.PEER, ("out.nt",), largest, command)


def _script(name: str, environment: str, options: tuple[str, ...]) -> Contender:
    def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
        script = SHARED / "peers" / f"{environment}_run.py"
        return [environments.python(environment), script, workload.folder, scratch / "out.nt", *options]

    return _peer(name, MILLION, command)


def _morph(name: str, environment: str, mapping: str, largest: int) -> Contender:
    module, processes = ("morph_kgc", "2") if environment == "morph" else ("worph", "1")

    def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
        start: list[str | Path] = [SHARED / "peers" / "morph.sh", environments.python(environment), module]
        return [*start, SHARED / "mappings" / f"{mapping}.yml", workload.folder, scratch / "out.nt", processes]

    return _peer(name, largest, command)


def _sdm(name: str) -> Contender:
    def command(workload: Workload, scratch: Path) -> Sequence[str | Path]:
        start: list[str | Path] = [SHARED / "peers" / "sdm.sh", environments.python("sdm")]
        return [*start, translation.rml("csv"), workload.folder, scratch / "out.nt"]

    return _peer(name, TEN_THOUSAND, command)
