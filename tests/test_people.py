"""What is said of people: only what the policy allows is published, and a report does not say the rest."""

from pathlib import Path

import pytest

from conftest import copy_publication, edit_table, load, quiet
from sccon_lod import build, scaffold
from sccon_lod.errors import ProjectError

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


def test_a_person_who_is_withdrawn_leaves_no_name(tmp_path: Path) -> None:
    copied = copy_publication(tmp_path / "publication")
    build.build(load(copied), quiet)
    for name, column in (("person", "id"), ("membership", "person"), ("participation", "person")):
        edit_table(copied / f"data/{name}.csv", lambda rows, key=column: _leave_out(rows, key))  # type: ignore[misc]

    outcome = build.build(load(copied), quiet, accepted=["person", "membership", "participation", "image"])

    assert outcome.is_publishable, outcome.refusal
    dump = (copied / "public/current/sccon.nt").read_text(encoding="utf-8")
    told = [line for line in dump.splitlines() if "/id/person/karen-lassmann>" in line]
    assert any("deprecated" in line for line in told)
    assert not any("name" in line for line in told)


def _leave_out(rows: list[dict[str, str]], column: str) -> None:
    rows[:] = [row for row in rows if row[column] != "karen-lassmann"]


def test_what_is_private_cannot_be_waived(folder: Path) -> None:
    waiver = (
        '[[waiver]]\nrule = "Person-contact-in-text"\nrecord = "*"\nowner = "x"\nreason = "x"\nuntil = 2999-01-01\n'
    )
    (folder / "waivers.toml").write_text(waiver, encoding="utf-8")

    with pytest.raises(ProjectError) as caught:
        load(folder)

    assert str(caught.value) == (
        "waivers.toml:1: This rule protects people; there is no waiver of it. Please mend the cells."
    )


def test_a_new_publication_needs_no_date_of_its_own(tmp_path: Path) -> None:
    scaffold.make(tmp_path / "city")

    outcome = build.build(load(tmp_path / "city"), quiet)

    assert outcome.is_publishable
    assert not outcome.held_back
