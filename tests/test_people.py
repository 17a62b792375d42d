"""What is said of people: only what the policy allows is published, and a report does not say the rest."""

from pathlib import Path

import pytest

from conftest import copy_publication, edit_table, load, quiet
from sccon_lod import build

PRIVATE = "klara@example.org"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the publication with an e-mail address in a text about a person."""
    copied = copy_publication(tmp_path / "publication")

    def write(rows: list[dict[str, str]]) -> None:
        rows[-1]["note_en"] = f"Write to {PRIVATE}."

    edit_table(copied / "data/person.csv", write)
    return copied


def test_what_is_private_holds_the_record_back(folder: Path) -> None:
    outcome = build.build(load(folder), quiet)

    found = [each for each in outcome.findings if each.rule == "Person-contact-in-text"]
    assert [each.is_violation for each in found] == [True]
    assert outcome.held_back >= 1


def test_what_is_private_stands_in_no_file_that_is_published(folder: Path) -> None:
    build.build(load(folder), quiet)

    files = [path for path in (folder / "public").rglob("*") if path.is_file()]
    assert len(files) > 1
    assert [path.name for path in files if PRIVATE.encode() in path.read_bytes()] == []


def test_what_is_private_is_there_for_whoever_mends_it(folder: Path) -> None:
    build.build(load(folder), quiet)

    assert PRIVATE in (folder / "quarantine/data/person.csv").read_text(encoding="utf-8")
