"""Releases that were changed after they were made."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import small
from conftest import load, quiet
from sccon_lod import build, checksums, identity, verification
from sccon_lod.cli import program
from sccon_lod.commands.terminal import Voice
from sccon_lod.errors import ReleaseError


@pytest.fixture
def released(tmp_path: Path) -> Path:
    build.build(load(small.publication(tmp_path)), quiet)
    return tmp_path


def faults(folder: Path) -> list[str]:
    project = load(folder).project
    return [each.line("en") for each in verification.faults(project, project.public, "000001")]


def test_a_release_as_it_was_made_has_no_fault(released: Path) -> None:
    assert faults(released) == []


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x")


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        ("small.ttl", append, "The file was changed."),
        ("report.txt", append, "The file was changed."),
        ("small.jsonld.gz", append, "The file was changed."),
        ("small.nt", Path.unlink, "The file is missing."),
        ("extra/more.txt", lambda path: (path.parent.mkdir(), path.touch()), "does not belong to the release."),
        ("small.ttl", lambda path: path.write_bytes(b"0" * path.stat().st_size), "The file was changed."),
    ],
)
def test_a_file_that_is_changed_missing_or_too_many_is_found(
    name: str, change: Callable[[Path], object], expected: str, released: Path
) -> None:
    change(released / "public/current" / name)

    found = faults(released)

    assert any(each.startswith(f"public/releases/000001/{name}: ") and expected in each for each in found), found


def forge(folder: Path) -> None:
    """Write checksums that fit the files as they are now."""
    release = folder / "public/releases/000001"
    text = "".join(checksums.lines(checksums.of_folder(release)))
    (release / checksums.FILE).write_text(text, encoding="utf-8")


def test_checksums_that_were_made_to_fit_are_found(released: Path) -> None:
    append(released / "public/current/small.ttl")
    forge(released)

    assert (
        "public/releases/000001/checksums.sha256: These are not the checksums that the release was made with "
        "(identity.csv)."
    ) in faults(released)


def test_statements_that_do_not_fit_the_ledger_are_found(released: Path) -> None:
    release = released / "public/releases/000001"
    lines = (release / "small.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [each for each in lines if not each.startswith(f"<{small.BASE}/event/b>")]
    kept[0] = kept[0].replace("a", "z", 1) if "event/a" not in kept[0] else kept[0].replace("Party", "Parti")
    (release / "small.nt").write_text("".join(kept), encoding="utf-8")
    (release / "small.nt.gz").write_bytes(gzip.compress("".join(kept).encode()))
    forge(released)
    path = released / identity.FILE
    before = path.read_text(encoding="utf-8")
    old = before.splitlines()[-1].split(",")[4]
    path.write_text(before.replace(old, checksums.digest(checksums.read(release))), encoding="utf-8")

    found = "\n".join(faults(released))

    assert f"What is published is missing in this file (1): {small.BASE}/event/b." in found
    assert "statements here, and" in found


def test_a_compressed_file_that_holds_something_else_is_found(released: Path) -> None:
    path = released / "public/current/small.nt.gz"
    path.write_bytes(gzip.compress(b"other"))
    forge(released)

    assert any("What is compressed is not the file without .gz." in each for each in faults(released))


def test_a_release_that_the_ledger_does_not_know_is_told(released: Path) -> None:
    (released / identity.FILE).unlink()

    assert faults(released) == [
        "public/releases/000001: identity.csv says nothing of this release; is the right file there?"
    ]


@pytest.mark.parametrize("text", ["", None])
def test_a_release_without_checksums_is_an_error(text: str | None, released: Path) -> None:
    path = released / "public/current" / checksums.FILE
    path.unlink()
    if text is not None:
        path.write_text("no checksum\n", encoding="utf-8")

    with pytest.raises(ReleaseError, match=r"make a new (one|release) with build"):
        faults(released)


def test_the_checksums_are_those_of_the_usual_program(released: Path) -> None:
    there = released / "public/current"

    done = os.system(f"cd '{there}' && sha256sum --quiet --check checksums.sha256")  # noqa: S605

    assert done == 0


# --- the commands


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(program(arguments, standalone_mode=False, obj=Voice()))
    return int(ended.value.code or 0)


def test_verify_tells_what_was_changed(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(released / "public/current/small.ttl")

    code = run("verify", "-C", str(released), "--lang", "en")

    assert code == 1
    assert capsys.readouterr().out == (
        "public/releases/000001/small.ttl: The file was changed.\n"
        "Release 000001 is not the one that was made any more. Go to another with rollback, or make one with build.\n"
    )


def test_rollback_goes_to_the_release_before(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = small.table([{**small.RECORDS[0], "name_en": "Feast"}, small.RECORDS[1]])
    build.build(load(small.publication(released, {"data/event.csv": other})), quiet)

    code = run("rollback", "-C", str(released), "--lang", "en")

    assert code == 0
    assert (released / "public/current").readlink() == Path("releases/000001")
    assert capsys.readouterr().out == (
        "Release 000001 is the current one now. The next build publishes again what the files say.\n"
    )


def other_bytes(path: Path) -> None:
    """Change a file so that it is as long as before."""
    written = path.read_bytes()
    path.write_bytes(bytes(each ^ 1 for each in written[:9]) + written[9:])


@pytest.mark.parametrize("change", [other_bytes, append, Path.unlink])
@pytest.mark.parametrize("name", ["small.nt", "small.ttl.gz", "catalog.ttl", "checksums.sha256", "pages/index.html"])
def test_a_damaged_release_is_made_anew_though_no_record_has_changed(
    name: str, change: Callable[[Path], object], tmp_path: Path
) -> None:
    loaded = load(small.publication(tmp_path, {"sccon.toml": small.WITH_PAGES}))
    build.build(loaded, quiet)
    change(tmp_path / "public/current" / name)

    again = build.build(loaded, quiet)
    settled = build.build(loaded, quiet)

    assert (again.changed, settled.changed) == (True, False)
    assert list(verification.faults(loaded.project, loaded.project.public, "000002")) == []


def test_there_is_no_way_back_to_a_damaged_release(released: Path) -> None:
    other = small.table([{**small.RECORDS[0], "name_en": "Feast"}, small.RECORDS[1]])
    append(released / "public/current/small.ttl")
    build.build(load(small.publication(released, {"data/event.csv": other})), quiet)

    with pytest.raises(ReleaseError, match="There is no way back to a damaged release"):
        run("rollback", "-C", str(released))

    assert (released / "public/current").readlink() == Path("releases/000002")


def test_releases_lists_all_that_were_made(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Feast", "Fair"):
        other = small.table([{**small.RECORDS[0], "name_en": name}, small.RECORDS[1]])
        build.build(load(small.publication(released, {"data/event.csv": other})), quiet)

    run("releases", "-C", str(released), "--lang", "en")

    assert [each.split() for each in capsys.readouterr().out.splitlines()] == [
        ["release", "time", "statements", "new", "changed", "gone", "state"],
        ["000001", "2026-11-24T00:00:00Z", "29", "2", "0", "0", "deleted"],
        ["000002", "2026-11-24T00:00:01Z", "29", "0", "1", "0", "kept"],
        ["000003", "2026-11-24T00:00:02Z", "29", "0", "1", "0", "current"],
    ]
