"""Measures validation: alone against other engines, and what becomes of broken records; writes bench/VALIDATION.md."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from bench import contenders, environments, held, machine, results, validating, workload
from bench.held import Held
from bench.validating import OURS, PEERS, Validated
from bench.verdicts import Verdict

RESULTS = Path(__file__).with_name("VALIDATION.md")


@click.command()
@click.option("--rounds", type=int, default=3, show_default=True, help="Runs of each engine; the median counts.")
@click.option("--triples", "sizes", type=int, multiple=True, default=(100_000, 1_000_000), show_default=True)
@click.option("--records", type=int, default=contenders.HUNDRED_THOUSAND, show_default=True, help="Broken or not.")
@click.option("--to", type=click.Path(path_type=Path), default=RESULTS, help="The file for the tables.")
def main(rounds: int, sizes: Sequence[int], records: int, to: Path) -> None:
    """Measure validation against its peers, and builds of records that are broken."""
    for needed in (workload.SHARED, validating.SHARED):
        if not needed.is_dir():
            raise click.ClickException(f"The benchmark needs the folder ../shared/bench/{needed.name}.")
    work = workload.make(records, (environments.PLACE / "data").absolute())
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        scratch = Path(place)
        kept = held.measure(work, rounds, scratch)
        rows = _engines(sizes, rounds, scratch)
    to.write_text("\n\n".join(_text(rows, kept, rounds)) + "\n", encoding="utf-8")
    click.echo(to.read_text(encoding="utf-8"))
    sys.exit(any(each.text != "reached" for each in kept.verdicts))


def _engines(sizes: Sequence[int], rounds: int, scratch: Path) -> dict[str, list[Validated]]:
    """Let each engine validate with each set of shapes; one that needs many minutes is asked for little."""
    found: dict[str, list[Validated]] = {}
    for size in sizes:
        graph = validating.make(size, scratch)
        for name, path in validating.shapes(scratch).items():
            for engine, largest in {OURS: max(sizes), **PEERS}.items():
                if size <= largest:
                    made = validating.run(graph, path, engine, rounds, scratch)
                    found.setdefault(name, []).append(made)
                    click.echo(f"{size:,} triples, {name}: {engine}: {made.failure or made.seconds}", err=True)
    return found


def _verdicts(rows: Mapping[str, Sequence[Validated]]) -> Iterator[Verdict]:
    for name, measured in rows.items():
        own = [each for each in measured if each.engine == OURS and each.runs]
        if not own:
            continue
        largest = max(own, key=lambda each: each.triples)
        peers = [each for each in measured if each.triples == largest.triples and each.engine != OURS and each.conforms]
        fastest = max(peers, key=lambda each: each.rate, default=None)
        said = f" ({fastest.engine})" if fastest else ""
        faster = largest.rate / fastest.rate if fastest else None
        yield Verdict(f"{name}: triples/s against the fastest engine that finds the same{said}", faster, "×", least=20)
        others = [each for each in measured if each.engine == "pyshacl" and each.runs]
        slow = max(others, key=lambda each: each.triples)
        small = next(each for each in own if each.triples == slow.triples)
        demand = f"{name}: triples/s against pySHACL at {slow.triples:,} triples"
        yield Verdict(demand, small.rate / slow.rate, "×", least=300)
        yield Verdict(f"{name}: injected violations that are missing", largest.missing, "", most=0)
        yield Verdict(f"{name}: results that nobody injected", largest.extra, "", most=0)
        peak = max(each.peak for each in largest.runs)
        yield Verdict(f"{name}: peak memory at {largest.triples:,} triples", peak, "MiB", most=1024)


def _text(rows: Mapping[str, Sequence[Validated]], kept: Held, rounds: int) -> Iterator[str]:
    named = ("shacl", "pyshifty", "pyshacl")
    peers = ", ".join(f"{each} {environments.version('validators', each)}" for each in named)
    facts = {**machine.facts(), "peers": peers, "rounds": f"{rounds}, the median counts"}
    yield "# Results of the benchmark of validation"
    yield "Written by `make bench-validation`. [README](README.md#validation) says what is measured."
    yield results.table(("fact", "value"), facts.items())
    yield "## What has to be reached"
    yield results.demanded([*_verdicts(rows), *kept.verdicts])
    for name, measured in rows.items():
        yield f"## Validation alone: {name}"
        yield validating.table(measured)
    yield "## Records that are held back"
    yield (
        f"{kept.records:,} records of the workload, {kept.broken:,} of them broken in twenty-seven ways: "
        f"`build`, seconds: {results.each(kept.runs)}."
    )


if __name__ == "__main__":
    main()
