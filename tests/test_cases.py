"""One runner over cases/: tiny records, the real mapping and shapes, and what is to come of them.

A case holds files that are laid over a publication whose tables are empty (but for the source page), and
`findings.txt`: every finding at its own files, in English. `expected.nt`, where it is, holds every statement
that the records add. `make golden` writes both anew.
"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import ROOT, empty_publication, load, overlay, quiet
from sccon_lod import build
from sccon_lod.errors import PublicationError

CASES = ROOT / "tests" / "cases"
FEWEST = 40  # cases; a folder that got lost must not pass unseen
EXPECTATIONS = ("findings.txt", "expected.nt")


def folders() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir())


def lay_out(case: Path | None, folder: Path) -> Path:
    empty_publication(folder)
    (folder / "data" / "source.csv").write_bytes((ROOT / "data" / "source.csv").read_bytes())
    if case is not None:
        overlay(case, folder)
        for name in EXPECTATIONS:
            (folder / name).unlink(missing_ok=True)
    return folder


def files(case: Path) -> set[str]:
    return {path.relative_to(case).as_posix() for path in case.rglob("*") if path.is_file()}


def published(folder: Path) -> set[str]:
    return set((folder / "public" / "current" / "sccon.nt").read_text(encoding="utf-8").splitlines())


@cache
def nothing_but_the_source() -> frozenset[str]:
    with TemporaryDirectory() as place:
        folder = lay_out(None, Path(place) / "publication")
        assert build.build(load(folder), quiet).folder is not None
        return frozenset(published(folder))


def findings(case: Path, folder: Path) -> list[str]:
    try:
        outcome = build.build(load(folder), quiet)
    except PublicationError as error:
        return [f"{error.origin}: error: {error.text.en}"]
    own = files(case)
    return [each.line("en") for each in outcome.findings if each.origin.file in own]


def compare(path: Path, lines: list[str], golden: bool) -> None:
    text = "".join(f"{line}\n" for line in lines)
    if golden:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", folders())
def test_a_case_comes_out_as_expected(name: str, tmp_path: Path, golden: bool) -> None:
    case = CASES / name
    folder = lay_out(case, tmp_path / "publication")

    found = findings(case, folder)

    compare(case / "findings.txt", found, golden)
    if (case / "expected.nt").exists():
        assert (folder / "public" / "current").exists(), found
        compare(case / "expected.nt", sorted(published(folder) - nothing_but_the_source()), golden)
    outside = {path.name for path in tmp_path.iterdir()} - {"publication"}
    assert not outside


def test_no_case_is_lost() -> None:
    assert len(folders()) >= FEWEST


@pytest.mark.parametrize("name", folders())
def test_every_case_says_what_it_expects(name: str) -> None:
    assert (CASES / name / "findings.txt").exists()
    assert files(CASES / name) - set(EXPECTATIONS)


@pytest.mark.parametrize("name", folders())
def test_the_name_of_a_case_begins_with_its_kind(name: str) -> None:
    kinds = {path.stem for path in (ROOT / "mapping").glob("*.yaml")} | {"new", "mapping", "settings", "shapes"}

    assert any(name.startswith(f"{kind}-") for kind in kinds)
