"""`sccon-lod diff`: exit codes, reports, and that a small change of a record is a small difference."""

import difflib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import small
from conftest import ROOT, copy_publication
from sccon_lod.publish import changepages
from test_cli import Run, is_one_error, run

__all__ = ["run"]  # the fixture

OTHER = small.table([{**small.RECORDS[0], "name_de": "Feier"}, small.RECORDS[1]])

SAID = "Events at the stand of the BMWSB,"


@pytest.fixture
def root(tmp_path: Path, run: Run) -> Path:
    """A publication with two releases, between which one word of one record has changed."""
    run("build", "-C", small.publication(tmp_path))
    run("build", "-C", small.publication(tmp_path, {"data/event.csv": OTHER}))
    return tmp_path


def test_another_word_in_a_record_is_a_difference_of_one_statement(root: Path, run: Run) -> None:
    answer = run("diff", "-C", root, "--lang", "en")

    assert answer.code == 1
    assert answer.out == (
        "000001 → 000002\n"
        "Records: 0 added, 1 changed, 0 removed. Statements: 1 added, 1 removed.\n"
        "\n"
        "changed: id:event/a (Party)\n"
        '  - schema:name "Fest"@de\n'
        '  + schema:name "Feier"@de\n'
    )


@pytest.mark.parametrize("suffix", ["nt", "jsonld", "ttl"])
@pytest.mark.parametrize("word", ["Feier", "Zelt"])
def test_another_word_in_a_record_is_another_line_in_every_dump(
    suffix: str, word: str, tmp_path: Path, run: Run
) -> None:
    for name in ("Fest", word):
        rows = [{**small.RECORDS[0], "name_de": name}, small.RECORDS[1]]
        run("build", "-C", small.publication(tmp_path, {"data/event.csv": small.table(rows)}))
    old, new = (
        (tmp_path / f"public/releases/{serial}/small.{suffix}").read_text(encoding="utf-8").splitlines()
        for serial in ("000001", "000002")
    )

    lines = [each for each in difflib.ndiff(old, new) if each[0] in "+-"]

    assert [each[0] for each in lines] == ["-", "+"]
    assert "Fest" in lines[0]
    assert word in lines[1]


def test_a_release_does_not_differ_from_itself(root: Path, run: Run) -> None:
    answer = run("diff", "2", "current", "-C", root)

    assert (answer.code, answer.out) == (0, "000002 → 000002\nKein Unterschied.\n")


def test_a_record_less_is_told_from_a_record_that_changed(root: Path, run: Run) -> None:
    run(
        "build",
        "--accept-shrink",
        "event",
        "-C",
        small.publication(root, {"data/event.csv": small.table(small.RECORDS[:1])}),
    )

    answer = run("diff", "-C", root, "--lang", "en")

    assert "Records: 0 added, 1 changed, 1 removed. " in answer.out
    assert "removed: id:event/b (Teil)" in answer.out


@pytest.mark.parametrize("words", [("7",), ("1", "nowhere")])
def test_a_release_that_is_missing_is_one_error(words: tuple[str, ...], root: Path, run: Run) -> None:
    answer = run("diff", *words, "-C", root, "--lang", "en")

    assert is_one_error(answer, "public/releases" if words == ("7",) else "nowhere")
    assert ": 000001, 000002." in answer.err


def test_a_dump_that_was_changed_by_hand_is_one_error(root: Path, run: Run) -> None:
    path = root / "public/releases/000001/small.nt"
    path.write_text(path.read_text(encoding="utf-8") + "by hand\n", encoding="utf-8")

    assert is_one_error(run("diff", "-C", root, "--report", root / "x.html"), str(path))
    assert not (root / "x.html").exists()


def test_the_guide_shows_what_is_printed(tmp_path: Path, run: Run) -> None:
    folder = copy_publication(tmp_path / "publication")
    run("build", "-C", folder)
    table = folder / "data/event.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Programme at the stand of the BMWSB,", SAID), "utf-8")
    run("build", "-C", folder)

    answer = run("diff", "-C", folder, "--lang", "en")

    assert f"```\n{answer.out}```" in (ROOT / "docs/steward-guide.md").read_text(encoding="utf-8")


# --- reports


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("x.html", "<!doctype html>\n"),
        ("x.json", '{\n"changes": ['),
        ("x.rdfp", "H id <uuid:"),
        ("x.txt", "000001 → 000002\n"),
    ],
)
def test_a_report_is_written_where_it_is_asked_for(name: str, start: str, root: Path, run: Run) -> None:
    answer = run("diff", "-C", root, "--report", root / name)

    written = (root / name).read_text(encoding="utf-8")
    assert answer.code == 1
    assert written.startswith(start)
    assert "Feier" in written
    assert [each.name for each in root.glob("x.*")] == [name]


def test_several_reports_are_the_same_each_time(root: Path, run: Run) -> None:
    def written() -> Iterator[bytes]:
        names = [root / f"x.{ending}" for ending in ("html", "json", "rdfp", "txt")]
        run("diff", "-C", root, *(word for name in names for word in ("--report", name)))
        yield from (each.read_bytes() for each in names)

    assert list(written()) == list(written())


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.csv", "The ending of the report says what is written; possible are .html, .json, .rdfp, .txt."),
        ("public/x.html", "A report overwrites nothing in the folder public/"),
        ("nowhere/x.html", "It is not possible to write here"),
    ],
)
def test_a_report_that_cannot_be_written_is_an_error(name: str, message: str, root: Path, run: Run) -> None:
    answer = run("diff", "-C", root, "--report", root / name, "--lang", "en")

    assert answer.code == 2
    assert f"{root / name}: error: {message}" in answer.err


def test_what_a_page_does_not_hold_lies_beside_it(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changepages, "MOST", 1)
    run(
        "build",
        "--accept-shrink",
        "event",
        "-C",
        small.publication(root, {"data/event.csv": small.table(small.RECORDS[:1])}),
    )

    run("diff", "2", "-C", root, "--report", root / "x.html", "--report", root / "y.rdfp")

    assert '<a href="x.changes.rdfp">' in (root / "x.html").read_text(encoding="utf-8")
    assert (root / "x.changes.rdfp").read_bytes() == (root / "y.rdfp").read_bytes()


def test_all_records_are_shown_on_request(root: Path, run: Run) -> None:
    rows = [{"id": f"e{number}", "name_de": "Neu"} for number in range(25)]
    run("build", "-C", small.publication(root, {"data/event.csv": small.table([*small.RECORDS, *rows])}))

    few, everything = (run("diff", "-C", root, "--lang", "en", *more).out for more in ((), ("--all",)))

    assert few.count("\nadded: ") + few.count("\nchanged: ") == 20
    assert "\n… and 6 more; all with --all\n" in few
    assert everything.count("\nadded: ") == 25


def test_the_json_counts_what_the_terminal_says(root: Path, run: Run) -> None:
    run("diff", "-C", root, "--report", root / "x.json")

    told = json.loads((root / "x.json").read_text(encoding="utf-8"))

    assert told["counts"] == {
        "records": {"added": 0, "changed": 1, "removed": 0},
        "statements": {"added": 1, "removed": 1},
    }


def test_a_rehearsal_shows_what_would_change_and_writes_nothing(root: Path, run: Run) -> None:
    rows = [{**small.RECORDS[0], "name_de": "Fete"}, small.RECORDS[1]]
    small.publication(root, {"data/event.csv": small.table(rows)})
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}

    answer = run("build", "--dry-run", "-C", root, "--lang", "en")

    assert answer.code == 0
    assert "000002 → build\nRecords: 0 added, 1 changed, 0 removed. Statements: 1 added, 1 removed.\n" in answer.out
    assert '  + schema:name "Fete"@de\n' in answer.out
    assert answer.out.endswith("Nothing written: this was a rehearsal.\n")
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_a_rehearsal_of_the_first_release_adds_everything(tmp_path: Path, run: Run) -> None:
    answer = run("build", "--dry-run", "-C", small.publication(tmp_path), "--lang", "en")

    assert answer.code == 0
    assert "000000 → build\nRecords: 5 added, 0 changed, 0 removed. " in answer.out
    assert not (tmp_path / "public").exists()


def test_a_rehearsal_says_why_nothing_would_be_published(root: Path, run: Run) -> None:
    small.publication(root, {"data/event.csv": small.table([])})

    answer = run("build", "--dry-run", "-C", root, "--lang", "en")

    assert answer.code == 2
    assert "--accept-shrink event" in answer.out
