"""Measures a build of records of which many are broken: exactly these are held back, twice with the same bytes."""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import broken, contenders, environments, measuring, workload
from bench.measuring import Measurement
from bench.verdicts import Verdict
from sccon_lod import checksums


@dataclass(frozen=True)
class Held:
    """What was built: how many records, how many of them broken, the runs, and what is demanded of them."""

    records: int
    broken: int
    runs: tuple[Measurement, ...]
    verdicts: tuple[Verdict, ...]


def measure(work: workload.Workload, rounds: int, scratch: Path) -> Held:
    """Build a publication with broken records, and compare what is held back with what is broken."""
    folder = contenders.publication(scratch)
    lines = broken.make(work, folder)
    runs: list[Measurement] = []
    releases: list[Path] = []
    for number in range(rounds):
        shutil.rmtree(folder / "public", ignore_errors=True)
        runs.append(_build(folder, scratch))
        releases.append(scratch / f"release-{number}")
        shutil.copytree(folder / "public" / "current", releases[-1])
    found = tuple(_verdicts(lines, releases, runs))
    return Held(work.records, sum(map(len, lines.values())), tuple(runs), found)


def _build(folder: Path, scratch: Path) -> Measurement:
    # The program ends with 1 where something is held back, which is no failure here.
    command: list[str | Path] = [
        "sh",
        "-c",
        '"$0" build -C "$1" > "$2"; test $? -eq 1',
        environments.PRODUCT,
        folder,
        scratch / "said.txt",
    ]
    return measuring.run(command, scratch, 900)


def _verdicts(
    lines: Mapping[str, Sequence[int]], releases: Sequence[Path], runs: Sequence[Measurement]
) -> Iterator[Verdict]:
    with (releases[0] / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    states = Counter(row["state"] for row in rows)
    held = {(row["file"], int(row["line"] or 0)) for row in rows if row["state"] == "held-back"}
    wanted = {(name, line) for name, own in lines.items() for line in own}
    reasons = _reasons(releases[0])
    others = sum(states.values()) - states["published"] - states["held-back"]
    yield Verdict("rows that end neither published nor held back", others, "", most=0)
    yield Verdict("broken rows that are not held back", len(wanted - held), "", most=0)
    yield Verdict("whole rows that are held back", len(held - wanted), "", most=0)
    yield Verdict("rows held back without a reason at their line", len(held - set(reasons)), "", most=0)
    without = sum(not any(columns) for place, columns in reasons.items() if place in held)
    yield Verdict("of these, rows without a column, as they are no record", without, "", most=_unread(lines))
    differing = sum(checksums.of_folder(each) != checksums.of_folder(releases[0]) for each in releases[1:])
    yield Verdict("later builds with other bytes than the first", differing, "", most=0)
    yield Verdict("peak memory", max(each.peak for each in runs), "MiB", most=512)


def _unread(lines: Mapping[str, Sequence[int]]) -> int:
    """Return how many broken rows are no record: two of the ways to break an event."""
    return 2 * (len(lines["events.jsonl"]) // 20 + 1)


def _reasons(release: Path) -> Mapping[tuple[str, int], set[str]]:
    """Return the columns that violations name, by file and line."""
    found: dict[tuple[str, int], set[str]] = {}
    for each in json.loads((release / "report.json").read_text(encoding="utf-8"))["findings"]:
        if each["severity"] == "violation":
            found.setdefault((each["file"], each["line"] or 0), set()).add(each["column"] or "")
    return found
