"""The records of the workload, made once for each size, and what the reference writer says of them."""

import json
import random
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import environments, equality

SHARED = environments.ROOT.parent / "shared" / "bench" / "mapping"
# What the reference writer makes of 10 000 records; another value means that generator or writer have changed.
KNOWN = {10_000: "2914855aa914fcb1"}
# More records than this are neither shuffled nor made for engines that cannot read JSON Lines.
FOR_OTHERS = 1_000_000
SEED = 2022


@dataclass(frozen=True)
class Workload:
    """The records of one size: a folder, the same records in random order, and the statements of the reference."""

    records: int
    folder: Path
    shuffled: Path
    reference: Path
    digest: equality.Digest


def make(records: int, data: Path) -> Workload:
    """Make the records of this size in a folder of their own, or take those that are there."""
    folder = data / str(records)
    shuffled = folder / "shuffled"
    said = folder / "reference.json"
    if not said.is_file():
        _generate(records, folder)
        if records <= FOR_OTHERS:
            _shuffle(folder, shuffled)
        digest = _refer(records, folder)
        said.write_text(json.dumps(asdict(digest)), encoding="utf-8")
    digest = equality.Digest(**json.loads(said.read_text(encoding="utf-8")))
    return Workload(records, folder, shuffled, folder / "reference.nt", digest)


def warm(workload: Workload) -> None:
    """Read the inputs once so that every contender finds them in memory."""
    for path in (*workload.folder.glob("*.*"), *workload.shuffled.glob("*.*")):
        with path.open("rb", buffering=0) as file:
            while file.read(1 << 24):
                pass


def _generate(records: int, folder: Path) -> None:
    fewer = [] if records <= FOR_OTHERS else ["--no-aux"]
    subprocess.run([environments.tools(), SHARED / "gen.py", str(records), folder, *fewer], check=True)


def _shuffle(folder: Path, shuffled: Path) -> None:
    shuffled.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_bytes().splitlines(keepends=True)
        random.Random(SEED).shuffle(lines)  # noqa: S311 - it shuffles, it protects nothing
        (shuffled / path.name).write_bytes(b"".join(lines))


def _refer(records: int, folder: Path) -> equality.Digest:
    """Let the reference writer write a file, or to nobody but the digest where the file would be huge."""
    writer = [environments.tools(), SHARED / "ours" / "a_fstring.py", folder]
    if records > FOR_OTHERS:
        return equality.of_lines([*writer, "/dev/stdout"], folder)
    reference = folder / "reference.nt"
    subprocess.run([*writer, reference], check=True)
    digest = equality.of_lines(["cat", reference], folder)
    if digest.sha256[:16] != KNOWN.get(records, digest.sha256[:16]):
        raise SystemExit(f"The reference for {records} records is {digest.sha256[:16]}; right is {KNOWN[records]}.")
    return digest
