"""The table of results as Markdown."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.contenders import Party
from bench.measured import Bench, Row, StartUp
from bench.measuring import Measurement
from bench.verdicts import Verdict

_COLUMNS = ("contender", "seconds", "records/s", "triples/s", "CPU s", "peak MiB", "foreign cores", "same triples")


def text(bench: Bench, verdicts: Sequence[Verdict], facts: Mapping[str, str]) -> str:
    """Write what was measured, what was demanded, and on which machine."""
    parts = [
        "# Results of the benchmark",
        "Written by `make bench`. [README](README.md) says what each row means.",
        table(("fact", "value"), facts.items()),
        "## What has to be reached",
        demanded(verdicts),
        *(part for records in sorted({row.records for row in bench.rows}) for part in _size(bench, records)),
        "## Start-up",
        table(("command", "seconds", "foreign cores"), map(_start, bench.starts)),
    ]
    return "\n\n".join(parts) + "\n"


def _size(bench: Bench, records: int) -> Iterator[str]:
    rows = [row for row in bench.rows if row.records == records]
    yield f"## {records:,} records, {rows[0].statements:,} triples"
    yield table(_COLUMNS, map(_row, rows))


def _row(row: Row) -> tuple[str, ...]:
    name = f"**{row.contender.name}**" if row.contender.party is Party.OURS else row.contender.name
    if not row.runs:
        return (name, f"failed: {_cell(row.failure)}", *[""] * (len(_COLUMNS) - 2))
    seconds = f"{row.seconds:.2f} {each(row.runs)}"
    rates = (f"{row.records / row.seconds:,.0f}", f"{row.rate:,.0f}")
    same = {None: "", "": "yes"}.get(row.difference, f"no: {row.difference}")
    return (name, seconds, *rates, f"{row.cpu:.2f}", f"{row.peak:,.0f}", f"{row.foreign:.2f}", same)


def _start(start: StartUp) -> tuple[str, ...]:
    return (start.name, f"{start.seconds:.2f} {each(start.runs)}", f"{start.foreign:.2f}")


def each(runs: Sequence[Measurement]) -> str:
    """Return the seconds of each run."""
    return f"({' '.join(f'{run.wall:.2f}' for run in runs)})"


def _verdict(verdict: Verdict) -> tuple[str, ...]:
    relation = "at most" if verdict.least is None else "at least"
    bound = f"{relation} {verdict.bound:g} {verdict.unit}".rstrip()
    if verdict.measured is None:
        return (verdict.demand, bound, "", "", verdict.text)
    share = f"{verdict.measured / verdict.bound:.2f}" if verdict.bound else ""
    return (verdict.demand, bound, f"{verdict.measured:,.2f} {verdict.unit}".rstrip(), share, verdict.text)


def demanded(verdicts: Iterable[Verdict]) -> str:
    """Return a table of what has to be reached, and whether it is."""
    return table(("demand", "bound", "measured", "of the bound", "verdict"), map(_verdict, verdicts))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows))


def _cell(message: str) -> str:
    """Return the end of a message of a program, without what would break a table and without folders of the machine."""
    return re.sub(r"/[^\s'\"]+/", "", message.replace("|", "/").replace("\\n", " "))[-200:]
