"""Builds a publication again and again, each time interrupted at another call that touches its files.

Usage: python interrupted.py FOLDER kill|fail. Each interruption is told on a line: its number, the call, how the build
ended, and what its last line said. What is interrupted runs in a process of its own, forked from this one, so that the
program is loaded only once.
"""

import errno
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import small
from sccon_lod import build, project, verification
from sccon_lod.errors import PublicationError

_CHANGING = {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_MOST = 1000


def _touches(event: str, arguments: tuple[object, ...], folder: str, changing: bool) -> bool:
    """Whether a call reads or changes something below a folder."""
    if event != "open" and event not in _CHANGING:
        return False
    paths = [os.fsdecode(each) for each in arguments if isinstance(each, str | bytes | os.PathLike)]
    is_inside = any(each.startswith(folder) for each in paths)
    if changing:
        return is_inside and (event != "open" or bool(int(str(arguments[2])) & _WRITING))
    # What is removed with a folder goes by its name alone.
    return is_inside or event in ("os.remove", "os.rmdir")


def _interrupt(folder: Path, place: int, act: Callable[[str], None], changing: bool) -> None:
    """Act at the call with a number."""
    left = [place]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if left[0] and _touches(event, arguments, str(folder), changing):
            left[0] -= 1
            if not left[0]:
                act(event)

    sys.addaudithook(hook)


def _run(folder: Path) -> str:
    """Build; return how that ended in words."""
    try:
        outcome = build.build(build.load(project.load(folder)))
    except PublicationError as error:
        return f"{error.exit_code} {error}"
    return f"0 {'changed' if outcome.changed else 'unchanged'}"


def _forked(work: Callable[[], str]) -> tuple[str, str]:
    """Run something in another process; return how it ended, and what it gave back."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, work().encode())
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test tells of it
            os.write(writing, f"traceback {error!r}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return ("killed" if os.WIFSIGNALED(status) else "ended"), said


def _interrupted(folder: Path, place: int, kind: str) -> str:
    told = [""]

    def kill(event: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def fail(event: str) -> None:
        told[0] = event
        raise OSError(errno.ENOSPC, "No space left on device")

    _interrupt(folder, place, kill if kind == "kill" else fail, changing=kind == "fail")
    said = _run(folder)
    return f"{told[0]} {said}"


def _checked(folder: Path) -> str:
    """Build once more; return what is wrong with the release that comes of it, and what is left over."""
    said = _run(folder)
    settings = project.load(folder)
    current = (folder / "public/current").readlink().name
    wrong = [each.line("en") for each in verification.faults(settings, settings.public, current)]
    left = [
        each.name for each in folder.rglob(".*") if each.name not in (".lock", ".memory", ".previous", ".well-known")
    ]
    return " ".join([said, *wrong, *left])


def main(folder: Path, kind: str) -> None:
    """Interrupt a build at each of its calls, until there are none left."""
    for place in range(1, _MOST):
        names = ({"name_en": f"Party {place}"}, {"name_en": ""})
        table = small.table([{**row, **name} for row, name in zip(small.RECORDS, names, strict=True)])
        (folder / "data/event.csv").write_text(table, encoding="utf-8")
        ended, said = _forked(lambda place=place: _interrupted(folder, place, kind))  # type: ignore[misc]
        _, after = _forked(lambda: _checked(folder))
        sys.stdout.write(f"{place}\t{ended}\t{said}\t{after}\n")
        if ended == "ended" and said.startswith(" 0"):
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
