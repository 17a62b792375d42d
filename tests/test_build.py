"""The whole run: the same bytes every time, and nothing at all where something is violated."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import small
from conftest import load, quiet
from sccon_lod import build
from sccon_lod.build import Outcome
from sccon_lod.errors import MappingError, ReleaseError
from sccon_lod.publish import release

FILES = [
    "catalog.jsonld",
    "catalog.ttl",
    "changes/atom.xml",
    "changes/ldes-000001.ttl",
    "changes/ldes.ttl",
    "checksums.sha256",
    "context.jsonld",
    "ledger.csv",
    "ledger.json",
    "queries.json",
    "report.json",
    "report.ttl",
    "report.txt",
    "small.jsonld",
    "small.jsonld.gz",
    "small.nt",
    "small.nt.gz",
    "small.ttl",
    "small.ttl.gz",
    "void.ttl",
]
BROKEN = small.table([{"id": "a", "starts": "bald"}])
# Findings of each severity, lists and functions: whatever might depend on an order.
VARIED = {
    "shapes/event.ttl": small.shapes(
        name="sh:maxCount 1 ; sh:severity sh:Warning",
        start="sh:minCount 1 ; sh:severity sh:Info",
        about="sh:in (topic:water) ; sh:severity sh:Warning",
    ),
    "data/event.csv": small.table(
        {"id": f"e{number}", "name_de": "Ä", "name_en": "A", "topics": "water | traffic", "seats": str(number)}
        for number in range(50)
    ),
    "data/unused.csv": "id\n",
}


def run(folder: Path) -> Outcome:
    return build.build(load(folder), quiet)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_holds_dumps_reports_and_the_context(tmp_path: Path) -> None:
    outcome = run(small.publication(tmp_path))

    assert outcome.folder == tmp_path / "public/current"
    assert sorted(contents(outcome.folder)) == FILES


def test_an_outcome_counts_the_statements(tmp_path: Path) -> None:
    outcome = run(small.publication(tmp_path))

    assert outcome.statements == len((tmp_path / "public/current/small.nt").read_text(encoding="utf-8").splitlines())


def build_elsewhere(folder: Path, **environment: str) -> dict[str, bytes]:
    small.publication(folder, VARIED)
    script = "from sccon_lod.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", script, "build", "-C", str(folder)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return contents(folder / "public/current/")


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    first = build_elsewhere(tmp_path / "one", PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")

    second = build_elsewhere(tmp_path / "two", PYTHONHASHSEED="4711", LC_ALL="C.UTF-8", TZ="Asia/Kathmandu")

    assert sorted(first) == FILES
    assert {name for name in first if first[name] != second[name]} == set()


def test_a_build_without_changes_makes_no_release(tmp_path: Path) -> None:
    small.publication(tmp_path)

    first, second = run(tmp_path), run(tmp_path)

    assert (first.changed, second.changed) == (True, False)
    assert len(list((tmp_path / "public/releases").iterdir())) == 1


def test_a_violation_publishes_nothing(tmp_path: Path) -> None:
    outcome = run(small.publication(tmp_path, {"data/event.csv": BROKEN}))

    assert outcome.folder is None
    assert not outcome.is_publishable
    assert not release.serials(tmp_path / "public")
    assert not (tmp_path / "identity.csv").exists()


def test_a_violation_leaves_the_former_release(tmp_path: Path) -> None:
    run(small.publication(tmp_path))
    before = contents(tmp_path / "public")

    outcome = run(small.publication(tmp_path, {"data/event.csv": BROKEN}))

    assert outcome.folder is None
    assert contents(tmp_path / "public") == before


def test_a_warning_is_published(tmp_path: Path) -> None:
    shapes = small.shapes(name="sh:maxLength 1 ; sh:severity sh:Warning")

    outcome = run(small.publication(tmp_path, {"shapes/event.ttl": shapes}))

    assert outcome.folder is not None
    assert "Event-name" in (outcome.folder / "report.txt").read_text(encoding="utf-8")


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    small.publication(tmp_path)
    before = contents(tmp_path)

    build.check(load(tmp_path), quiet)

    assert contents(tmp_path) == before


def test_a_build_writes_into_public_and_the_ledger_only(tmp_path: Path) -> None:
    folder = small.publication(tmp_path / "publication")
    before = contents(tmp_path)

    run(folder)

    assert {name for name in contents(tmp_path) if "/public/" not in name} == {*before, "publication/identity.csv"}
    assert [path.name for path in tmp_path.iterdir()] == ["publication"]


def test_a_build_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spill))

    run(small.publication(tmp_path / "publication"))

    assert not list(spill.iterdir())


def test_a_build_uses_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)

    assert run(small.publication(tmp_path)).folder is not None


def test_a_file_in_the_place_of_public_is_an_error(tmp_path: Path) -> None:
    small.publication(tmp_path, {"public": "a file"})

    with pytest.raises(ReleaseError, match="public: It is not possible to write here"):
        run(tmp_path)


def test_a_column_that_the_table_lacks_is_an_error(tmp_path: Path) -> None:
    small.publication(tmp_path, {"data/event.csv": small.table([], [each for each in small.COLUMNS if each != "ends"])})

    with pytest.raises(MappingError, match=r"^mapping/event.yaml:13: data/event.csv has no column “ends”"):
        run(tmp_path)


def test_a_table_without_records_can_be_published(tmp_path: Path) -> None:
    outcome = run(small.publication(tmp_path, {"data/event.csv": small.table([])}))

    assert outcome.folder is not None
    assert [each.rule for each in outcome.findings] == ["table-empty"]


def test_the_settings_can_be_a_source(tmp_path: Path) -> None:
    mapping = """sources:
  settings: [sccon.toml~toml]
mappings:
  dataset:
    sources: settings
    s: id:dataset
    po:
      - [a, schema:Event]
      - [schema:name, $(title.de), de~lang]
      - [ex:note, $(program)]
"""
    small.publication(tmp_path, {"mapping/dataset.yaml": mapping})

    run(tmp_path)

    lines = (tmp_path / "public/current/small.nt").read_text(encoding="utf-8").splitlines()
    assert f'<{small.BASE}/dataset> <{small.SCHEMA}name> "Klein"@de .' in lines


def test_progress_is_told_in_order(tmp_path: Path) -> None:
    told: list[str] = []

    build.build(load(small.publication(tmp_path)), lambda text: told.append(text.en))

    assert told == ["Reading data/event.csv", "Mapping", "Validating", "Writing dumps", "Validating once more"]
