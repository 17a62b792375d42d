"""The cases of RML: each mapping, run on its own, gives the expected statements, findings or error."""

from pathlib import Path

import pytest

from conftest import ROOT
from sccon_lod import notations, standalone
from sccon_lod.errors import PublicationError

CASES = sorted(path for path in (ROOT / "tests" / "rml-cases").iterdir() if path.is_dir())
FEWEST = 77
RUN = [case for case in CASES if (case / "expected.nt").exists()]
REFUSED = [case for case in CASES if (case / "error.txt").exists()]


def run(case: Path, folder: Path) -> tuple[str, str]:
    """Return the sorted statements and the findings that a mapping makes of the files beside it."""
    mapping = notations.read_files(case, [case / "mapping.ttl"], {}, {})
    mapped = standalone.run(mapping, case, [folder / "dump.nt"])
    violated = [each.line("en") for each in mapped.findings if each.severity.word == "violation"]
    return (folder / "dump.nt").read_text(encoding="utf-8"), "".join(f"{line}\n" for line in violated)


def written(case: Path, name: str) -> str:
    path = case / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_no_case_is_lost() -> None:
    assert len(CASES) >= FEWEST
    assert all((case / "expected.nt").exists() != (case / "error.txt").exists() for case in CASES)


@pytest.mark.parametrize(
    "case", [case for case in CASES if (case / "expected.nt").exists()], ids=lambda case: case.name
)
def test_a_mapping_makes_these_statements(tmp_path: Path, case: Path, golden: bool) -> None:
    made, found = run(case, tmp_path)
    if golden:
        (case / "expected.nt").write_text(made, encoding="utf-8")

    assert (made, found) == (written(case, "expected.nt"), written(case, "findings.txt"))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_a_mapping_that_cannot_be_run_is_refused(tmp_path: Path, case: Path) -> None:
    with pytest.raises(PublicationError) as caught:
        run(case, tmp_path)

    assert f"{caught.value}\n" == written(case, "error.txt")
