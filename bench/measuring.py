"""One run of one command, measured by `measure.py` as a whole process."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.workload import SHARED


@dataclass(frozen=True)
class Measurement:
    """Wall and CPU seconds, peak memory of the process tree in MiB, and the cores that others used meanwhile."""

    wall: float
    cpu: float
    peak: float
    foreign: float


class FailedError(Exception):
    """The command did not end well; the message says how."""


def run(command: Sequence[str | Path], scratch: Path, timeout: int) -> Measurement:
    """Run a command once, or a few times where other programs disturbed it.

    A command that prints a number has measured itself: the number is taken for the wall seconds.
    """
    notes, printed = scratch / "measured.jsonl", scratch / "printed"
    notes.unlink(missing_ok=True)
    measure: list[str | Path] = [
        sys.executable,
        SHARED / "measure.py",
        "-n",
        "1",
        "-t",
        str(timeout),
        "-j",
        notes,
        "--",
    ]
    keeping = {**os.environ, "KEEP": str(printed)}
    said = subprocess.run([*measure, *command], env=keeping, check=True, capture_output=True, text=True).stdout
    noted = json.loads(notes.read_text(encoding="utf-8").splitlines()[-1])
    if "rc" in noted:
        raise FailedError(said.partition("FAILED")[2].strip())
    return Measurement(_number(printed, noted["wall"]), noted["cpu"], noted["peak_mib"], noted["foreign"][0])


def _number(printed: Path, otherwise: float) -> float:
    try:
        return float(printed.read_text(encoding="utf-8"))
    except ValueError:
        return otherwise
