"""The statements of the benchmark's workload, against those that its reference writer makes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, shared

SIZES = (1_000, 10_000)
FORMS = ("jsonl", "csv")


def ran(*command: str | Path, **environment: str) -> None:
    """Run a Python program; what it complains of is shown."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def mapping(form: str) -> Path:
    path = ROOT / "bench" / "mappings" / f"{form}.yaml"
    if not path.exists():
        pytest.skip(f"bench/mappings/{form}.yaml is not at hand")
    return path


@pytest.fixture(scope="module", params=SIZES)
def workload(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records in both forms, and beside them the reference's statements in `expected.nt`."""
    generator, writer = shared("bench/mapping/gen.py"), shared("bench/mapping/ours/a_fstring.py")
    folder = tmp_path_factory.mktemp("workload")
    ran(generator, str(request.param), folder, "--no-aux")
    # The writer asks for a quick parser of JSON; here any will do.
    (folder / "orjson.py").write_text("from json import loads as loads\n", encoding="utf-8")
    ran(writer, folder, folder / "expected.nt", PYTHONPATH=str(folder))
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_the_workload_is_mapped_as_the_reference_writer_writes_it(form: str, workload: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.nt"

    ran("-m", "sccon_lod", "map", mapping(form), "-C", workload, "-o", made)

    lines = made.read_bytes().splitlines(keepends=True)
    expected = set((workload / "expected.nt").read_bytes().splitlines(keepends=True))
    # Said by a few lines each: a comparison of all would be shown whole, and takes minutes.
    assert sorted(expected - set(lines))[:5] == []
    assert sorted(set(lines) - expected)[:5] == []
    assert (lines == sorted(expected)) is True
