"""How fast the program starts, and what it imports to say how it is used."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench import environments, measuring
from bench.measured import StartUp

HEAVY = {"duckdb", "rdflib", "pyshacl", "pyoxigraph", "lxml", "icalendar", "python_calamine", "requests"}


def measure(product: Path, scratch: Path, rounds: int) -> tuple[StartUp, ...]:
    """Measure help, and the check of the publication of this repository."""
    commands: dict[str, Sequence[str | Path]] = {
        "sccon-lod --help": [product, "--help"],
        "sccon-lod check of the SCCON publication": [product, "check", "-C", environments.ROOT],
    }
    return tuple(
        StartUp(name, tuple(measuring.run(command, scratch, 60) for _ in range(rounds)))
        for name, command in commands.items()
    )


def heavy_imports(product: Path) -> tuple[str, ...]:
    """Return the heavy packages that the help of the program imports."""
    told = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
    said = subprocess.run([product, "--help"], env=told, check=True, capture_output=True, text=True).stderr
    imported = set(re.findall(r"\| +(\w+)$", said, re.MULTILINE))
    return tuple(sorted(imported & HEAVY))
