"""The benchmark measures, compares and judges; here on few records and without peers."""

import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.contenders import FLOOR_LINES, LINES, Contender, Party
from bench.equality import Digest, Judge
from bench.measured import Bench, Row, StartUp
from bench.measuring import Measurement
from bench.verdicts import verdicts

ROOT = Path(__file__).parent.parent
WORKLOAD = ROOT.parent / "shared" / "bench" / "mapping"
SAID = ("<urn:a> <urn:p> <urn:b>", '<urn:a> <urn:p> "x . y\\n"@de')
STARTS = tuple(StartUp(name, (Measurement(0.2 * seconds, 0, 0, 0),)) for name, seconds in (("help", 1), ("check", 20)))


def judge(folder: Path) -> Judge:
    return Judge(Digest(2, hashlib.sha256("\n".join(sorted(SAID)).encode()).hexdigest()), folder)


def written(folder: Path, *statements: str) -> Path:
    path = folder / "out.nt"
    path.write_text("".join(f"{each} .\n" for each in statements), encoding="utf-8")
    return path


def test_the_order_of_statements_does_not_count(tmp_path: Path) -> None:
    assert judge(tmp_path).bytewise(written(tmp_path, *SAID)) == ""
    assert judge(tmp_path).bytewise(written(tmp_path, *reversed(SAID))) == ""


def test_a_statement_that_is_missing_twice_there_or_another_is_found(tmp_path: Path) -> None:
    compare = judge(tmp_path).bytewise

    assert compare(written(tmp_path, SAID[0])) == "1 lines"
    assert compare(written(tmp_path, *SAID, SAID[0])) == "3 lines"
    assert compare(written(tmp_path, SAID[0], "<urn:a> <urn:p> <urn:c>")).startswith("2 statements, ")


def test_a_gzip_file_holds_what_is_beside_it_and_no_time(tmp_path: Path) -> None:
    plain, packed = written(tmp_path, *SAID), tmp_path / "out.nt.gz"

    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=0))
    assert judge(tmp_path).packed(packed) == ""

    packed.write_bytes(gzip.compress(plain.read_bytes(), mtime=1))
    assert judge(tmp_path).packed(packed) == "out.nt.gz has a name or a time in its header"

    packed.write_bytes(gzip.compress(plain.read_bytes()[:-1], mtime=0))
    assert judge(tmp_path).packed(packed) == "out.nt.gz holds something else"


def row(name: str, party: Party, seconds: float, difference: str | None = "") -> Row:
    contender = Contender(name, party, ("out.nt",), 1000, lambda workload, scratch: [])
    runs = tuple(Measurement(wall, wall, 100, 0) for wall in (seconds, seconds, 9))
    return Row(contender, 1000, 13_000, runs, difference=difference)


def test_a_peer_that_makes_other_statements_is_no_rival() -> None:
    rows = (row(LINES, Party.OURS, 1), row("other", Party.PEER, 2, "1 lines"), row("same", Party.PEER, 6))
    said = {each.demand: each for each in verdicts(Bench(rows, STARTS, ()), 1000)}

    faster = said["N-Triples from JSON Lines: triples/s against the fastest peer (same)"]
    assert (faster.measured, faster.text) == (6, "reached")


def test_what_is_too_slow_wrong_or_not_measured_is_said() -> None:
    rows = (
        row(LINES, Party.OURS, 2, "1 lines"),
        row("same", Party.PEER, 6),
        row(FLOOR_LINES, Party.INPUT_OUTPUT, 1, None),
    )
    said = {each.demand: each.text for each in verdicts(Bench(rows, STARTS, ("rdflib",)), 1000)}

    assert said["N-Triples from JSON Lines: triples/s against the fastest peer (same)"] == "**not reached**"
    assert said["N-Triples from JSON Lines: peak memory against the fastest peer (same)"] == "**not reached**"
    assert said[f"N-Triples from JSON Lines: time against {FLOOR_LINES}"] == "reached"
    assert said["runs of the program at 1,000 records that differ from the reference"] == "**not reached**"
    assert said["peak memory of the program at 10,000,000 records"] == "not measured"
    assert said["help"] == "reached"
    assert said["check"] == "**not reached**"
    assert said["heavy modules that `sccon-lod --help` imports"] == "**not reached**"


@pytest.mark.skipif(not WORKLOAD.is_dir(), reason="../shared/bench/mapping is not there")
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").is_file(), reason="memory is measured on Linux only")
def test_every_output_of_the_program_states_what_the_reference_states(tmp_path: Path) -> None:
    # The workload's reference writer parses JSON with orjson, which nothing else of the project needs.
    (tmp_path / "orjson.py").write_text("from json import loads as loads\n", encoding="utf-8")
    places: list[str | Path] = ["--scratch", tmp_path, "--data", tmp_path / "data", "--to", tmp_path / "RESULTS.md"]
    ran = subprocess.run(
        [sys.executable, "-m", "bench.run", "--size", "1000", "--rounds", "1", "--peers", "none", *places],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    table = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    ours = [line for line in table.splitlines() if line.startswith("| **")]
    assert ran.returncode == 0, ran.stderr
    assert len(ours) == 7
    assert all(line.endswith("| yes |") for line in ours), table
