"""Publications for tests: the real one, copies of it with edited cells, and the data of others where it is at hand."""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sccon_lod import build, project
from sccon_lod.build import Outcome, Publication
from sccon_lod.language import Text

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
FOLDERS = ("mapping", "ontology", "shapes", "data")

Edit = Callable[[list[dict[str, str]]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the expectations anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden"))


def quiet(_: Text) -> None:
    """Say nothing about progress."""


def load(folder: Path) -> Publication:
    return build.load(project.load(folder))


def strict(publication: Publication) -> Publication:
    """Return a publication in which nothing is held back, which might lead to more findings."""
    settings = {**publication.project.settings, "policy.violation": "stop"}
    return replace(publication, project=replace(publication.project, settings=settings))


def check(folder: Path) -> Outcome:
    """Return what is found in all records of a publication."""
    return build.check(strict(load(folder)), quiet)


def shared(name: str) -> Path:
    """Return a file of the shared material; the test is skipped where it is not at hand."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} of the shared material is not at hand")
    return path


def copy_publication(folder: Path) -> Path:
    """Copy the real publication to `folder`."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "sccon.toml", folder)
    return folder


def empty_publication(folder: Path) -> Path:
    """Copy the real publication to `folder` with the header of each table and no records."""
    copy_publication(folder)
    for path in (folder / "data").glob("*.csv"):
        header = path.read_text(encoding="utf-8").splitlines()[0]
        path.write_text(header + "\n", encoding="utf-8")
    return folder


def read_table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def write_table(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def edit_table(path: Path, edit: Edit) -> None:
    """Change the rows of a table in place."""
    columns = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = read_table(path)
    edit(rows)
    write_table(path, columns, rows)


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A copy of the real publication."""
    return copy_publication(tmp_path / "publication")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The real publication without records."""
    return empty_publication(tmp_path / "publication")


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The release folder of the real publication."""
    folder = copy_publication(tmp_path_factory.mktemp("released") / "publication")
    outcome = build.build(load(folder), quiet)
    assert outcome.folder is not None, [each.line("en") for each in outcome.findings][:20]
    yield outcome.folder


def overlay(source: Path, target: Path) -> None:
    """Lay the files of a folder over another."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, place)
