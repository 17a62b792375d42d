"""Builds that are killed, fail or meet each other: a reader sees one whole release, and the next build mends all."""

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import small
from conftest import load, quiet
from sccon_lod import build

HERE = Path(__file__).parent
PROGRAM = "from sccon_lod.cli import main; main()"
KILLED = 100  # points at least at which a build is killed

# Reads the current release over and over, each file of it, and tells what did not fit; told at the end: how often.
READER = """
import hashlib, os, signal, sys, time
from pathlib import Path
parent = os.getppid()
going = [True]
signal.signal(signal.SIGTERM, lambda *_: going.clear())
count = 0
print("reading", flush=True)
while going and os.getppid() == parent:
    folder = Path(sys.argv[1], "public/current").resolve()
    listed = dict(reversed(line.split("  ")) for line in (folder / "checksums.sha256").read_text().splitlines())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if there != {*listed, "checksums.sha256"}:
        print("other files", folder, sorted(there ^ set(listed)))
    for name, digest in listed.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            print("bad read", folder / name)
    count += 1
    time.sleep(0.002)
print(count)
"""


@contextmanager
def reader(folder: Path) -> Iterator[list[str]]:
    """Let somebody read releases meanwhile; afterwards the list holds what was wrong, and how many were read."""
    told: list[str] = []
    with subprocess.Popen([sys.executable, "-c", READER, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        yield told
        process.send_signal(signal.SIGTERM)
        told += process.stdout.read().splitlines()
        assert process.wait() == 0


@pytest.fixture
def published(tmp_path: Path) -> Path:
    build.build(load(small.publication(tmp_path)), quiet)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def interrupted(folder: Path, kind: str) -> list[tuple[str, str, str]]:
    """Return for each interruption how the process ended, what it said, and what the next build came to."""
    done = subprocess.run(
        [sys.executable, str(HERE / "interrupted.py"), str(folder), kind], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    return [(ended, said.strip(), after) for _, ended, said, after in lines]


def test_a_build_that_is_killed_anywhere_leaves_a_whole_release(published: Path) -> None:
    with reader(published) as told:
        *killed, last = interrupted(published, "kill")

    *wrong, count = told
    assert wrong == []
    assert int(count) >= KILLED
    assert len(killed) >= KILLED
    assert {ended for ended, _, _ in killed} == {"killed"}
    assert {after for _, _, after in killed} <= {"0 changed", "0 unchanged"}
    assert last == ("ended", "0 changed", "0 unchanged")


def test_a_build_that_cannot_change_a_file_says_so_and_leaves_a_whole_release(published: Path) -> None:
    with reader(published) as told:
        *failed, _ = interrupted(published, "fail")

    *wrong, _ = told
    assert wrong == []
    assert {ended for ended, _, _ in failed} == {"ended"}
    expected = re.compile(r"2 (public|/.*/identity\.csv): It is not possible to write here \(No space left on device\)")
    others = [said for _, said, _ in failed if not expected.search(said) and not said.endswith("0 changed")]
    assert others == []
    assert {after for _, _, after in failed} <= {"0 changed", "0 unchanged"}
    assert {said.partition(" ")[0] for _, said, _ in failed} >= {"open", "os.mkdir", "os.rename", "os.symlink"}


@pytest.mark.parametrize("size", [0, 100, 3_000, 10_000])
def test_a_file_that_cannot_grow_leaves_the_former_release(size: int, published: Path) -> None:
    other = small.table({**row, "name_en": "Ä" * 2_000} for row in small.RECORDS)
    small.publication(published, {"data/event.csv": other})
    before = contents(published / "public/current/")

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "build", "-C", str(published), "--lang", "en"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == (
        "public: error: It is not possible to write here (File too large); the former release stays as it is.\n"
        if size
        else "TMPDIR: error: There is not enough space here for intermediate results; please make room or name another "
        "folder with TMPDIR.\n"
    )
    assert contents(published / "public/current/") == before


def test_the_second_of_two_builds_ends_with_75_and_one_line(published: Path) -> None:
    waiting = (
        "import sys, time; from pathlib import Path; from sccon_lod.publish import release\n"
        "with release.locked(Path(sys.argv[1])): print('locked', flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", waiting, str(published / "public")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "locked\n"

        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "build", "-C", str(published), "--lang", "en"],
            capture_output=True,
            text=True,
            check=False,
        )
        first.kill()

    assert done.returncode == 75
    assert done.stdout == ""
    assert done.stderr == (
        "public: error: Another run of the program is writing here; please wait until it has finished, and try again.\n"
    )
    assert build.build(load(published), quiet).folder is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_target_that_can_only_be_read_is_an_error(published: Path) -> None:
    (published / "public").chmod(0o555)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "build", "-C", str(published)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
