"""How long a release takes of which one row has changed, beside one that is made from nothing.

Usage: python -m bench.increment [FOLDER], by default the one with 100 000 records that `make bench` keeps.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.contenders import publication

ROUNDS = 3
_DATA = Path(".bench/data/100000")
_PROGRAM = "from sccon_lod.cli import main; main()"
_TITLE = b'"title":"'


def _build(folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", _PROGRAM, "build", "-C", folder], check=True, capture_output=True)
    return time.perf_counter() - start


def _change(path: Path, number: int) -> None:
    """Change the title of the event in the middle."""
    content = path.read_bytes()
    place = content.index(_TITLE, len(content) // 2) + len(_TITLE)
    path.write_bytes(content[:place] + str(number).encode() + content[place:])


def measure(data: Path, scratch: Path) -> tuple[float, float]:
    """Return the seconds of a build from nothing, and of one with one changed row: the medians of some rounds."""
    folder = publication(scratch)
    for path in data.glob("*.jsonl"):
        shutil.copy(path, folder)
    whole, changed = [], []
    for number in range(ROUNDS):
        shutil.rmtree(folder / "public", ignore_errors=True)
        (folder / "identity.csv").unlink(missing_ok=True)
        whole.append(_build(folder))
        _change(folder / "events.jsonl", number)
        changed.append(_build(folder))
    return statistics.median(whole), statistics.median(changed)


def main() -> None:
    """Measure, and print both numbers and their ratio."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else _DATA
    with tempfile.TemporaryDirectory() as scratch:
        whole, changed = measure(data, Path(scratch))
    print(f"from nothing {whole:.1f} s, one changed row {changed:.1f} s: {changed / whole:.0%}")  # noqa: T201


if __name__ == "__main__":
    main()
