"""What the results were measured with: date, machine, versions."""

import datetime
import os
import platform
import re
import shutil
import subprocess
import tempfile
from importlib import metadata
from pathlib import Path

from bench import environments

OWN = ("sccon-lod", "duckdb", "pyoxigraph", "isal")
PEERS = {"tarka": ("tarka-rdf", "polars"), "morph": ("morph-kgc",), "maplib": ("maplib",), "tools": ("rdflib",)}
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it get names of their own
# All dumps of one record and their gzip files, generously.
BYTES_OF_A_RECORD = 6_000


def facts() -> dict[str, str]:
    """Return what a reader of the results needs to know of this machine, by name."""
    locked = [(lock, package) for lock, packages in PEERS.items() for package in packages]
    cpu = _found(r"model name\s*: (.+)", Path("/proc/cpuinfo")) or platform.machine()
    memory = int(_found(r"MemTotal:\s*(\d+)", Path("/proc/meminfo")) or 0)
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{cpu}, {os.cpu_count()} cores, {memory / 2**20:.1f} GiB of memory",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "program": ", ".join(f"{package} {metadata.version(package)}" for package in OWN),
        "peers": ", ".join(f"{package} {environments.version(lock, package)}" for lock, package in locked),
    }


def scratch(records: int) -> Path:
    """Return a folder in memory for what so many records become, or one on disk where memory would be short."""
    available = int(_found(r"MemAvailable:\s*(\d+)", Path("/proc/meminfo")) or 0) * 1024
    needed = records * BYTES_OF_A_RECORD
    fits = IN_MEMORY.is_dir() and needed < min(available / 2, shutil.disk_usage(IN_MEMORY).free)
    return IN_MEMORY if fits else Path(tempfile.gettempdir())


def file_system(folder: Path) -> str:
    """Return the type of the file system that a folder is on."""
    shown = subprocess.run(["df", "--output=fstype", folder], check=True, capture_output=True, text=True)
    return shown.stdout.split()[-1]


def _found(pattern: str, path: Path) -> str:
    found = re.search(pattern, path.read_text(encoding="utf-8")) if path.is_file() else None
    return found[1] if found else ""
