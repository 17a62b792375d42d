"""Runs the benchmark and writes the table of results."""

import functools
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from bench import contenders, environments, machine, results, starting, workload
from bench.contenders import Party
from bench.equality import Judge
from bench.measured import Bench, Row
from bench.race import Race
from bench.verdicts import verdicts

SIZES = (contenders.TEN_THOUSAND, contenders.HUNDRED_THOUSAND, contenders.MILLION)
DATA = environments.PLACE / "data"
RESULTS = Path(__file__).with_name("RESULTS.md")
FAST = (*contenders.libraries(), *contenders.fast_peers())
PEERS = {"none": (), "fast": FAST, "all": (*FAST, *contenders.slow_peers())}
A_PATH = click.Path(path_type=Path)


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, default=SIZES, show_default=True, help="Records; repeatable.")
@click.option("--large", is_flag=True, help="Ten million records, too, for the program alone.")
@click.option("--peers", type=click.Choice(list(PEERS)), default="fast", show_default=True)
@click.option("--all-peers", "peers", flag_value="all", help="The slow engines, too, at 10 000 records.")
@click.option("--rounds", type=int, default=3, show_default=True, help="Runs of each contender; the median counts.")
@click.option("--scratch", type=A_PATH, help="The folder for output; default: in memory, on disk where that is short.")
@click.option("--data", type=A_PATH, default=DATA, help="The folder for the records; default: .bench/data.")
@click.option(
    "--product", type=A_PATH, default=environments.PRODUCT, help="The program; default: the one of this environment."
)
@click.option("--to", type=A_PATH, default=RESULTS, help="The file for the table; default: bench/RESULTS.md.")
def main(
    sizes: Sequence[int],
    large: bool,
    peers: str,
    rounds: int,
    scratch: Path | None,
    data: Path,
    product: Path,
    to: Path,
) -> None:
    """Measure the program against its peers and the floor of the machine."""
    if not workload.SHARED.is_dir():
        raise click.ClickException("The benchmark needs the folder ../shared/bench/mapping.")
    wanted = sorted({*sizes, *([contenders.TEN_MILLION] if large else [])})
    asked = (*contenders.ours(product.absolute()), *contenders.floor(), *PEERS[peers])
    places = {records: scratch or machine.scratch(records) for records in wanted}
    rows: list[Row] = []
    for records, place in places.items():
        compared = frozenset({Party.OURS, Party.PEER, Party.LIBRARY} if records == wanted[0] else {Party.OURS})
        work = workload.make(records, data.absolute())
        with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
            race = Race(work, Path(folder), Judge(work.digest, Path(folder)), compared)
            rows += race.run(asked, rounds, functools.partial(click.echo, err=True))
    bench = _with_starts(rows, product.absolute(), rounds)
    speeds = max((records for records in wanted if records <= contenders.MILLION), default=wanted[0])
    to.write_text(results.text(bench, verdicts(bench, speeds), _facts(places, rounds)), encoding="utf-8")
    click.echo(to.read_text(encoding="utf-8"))
    sys.exit(any(row.wrong for row in rows if row.contender.party is Party.OURS))


def _with_starts(rows: Sequence[Row], product: Path, rounds: int) -> Bench:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        starts = starting.measure(product, Path(folder), rounds)
    return Bench(tuple(rows), starts, starting.heavy_imports(product))


def _facts(places: dict[int, Path], rounds: int) -> dict[str, str]:
    written = ", ".join(f"{records:,} records on {machine.file_system(place)}" for records, place in places.items())
    return {**machine.facts(), "rounds": f"{rounds}, the median counts", "output": written}


if __name__ == "__main__":
    main()
