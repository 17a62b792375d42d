"""One process that answers queries, seen from the server."""

import asyncio
import json
import re
import sys
import tempfile
from asyncio.subprocess import Process
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from sccon_lod.errors import EffortError, Origin, QueryError
from sccon_lod.language import Text
from sccon_lod.sparql import worker
from sccon_lod.sparql.admission import NAME, Query
from sccon_lod.sparql.answers import Form

_IN_MEMORY = 1 << 18  # bytes of an answer; what is longer lies in a temporary file
_OPENING = 30.0  # seconds for a process to be ready


@dataclass(frozen=True)
class Means:
    """What a query may use: seconds, bytes of memory, and bytes of its answer."""

    seconds: float = 10.0
    memory: int = 1 << 30
    answer: int = 10 << 20


@dataclass(frozen=True)
class Answer:
    """An answer that is complete: a file that is read from its start, and its length in bytes."""

    file: IO[bytes]
    size: int
    form: Form


class Gone(Exception):
    """A process has ended before it was ready."""


class Answering:
    """A process that answers one query at a time, until it is killed."""

    def __init__(self, process: Process, kept_off: str) -> None:
        self._process = process
        self.kept_off = kept_off

    @property
    def number(self) -> int:
        """The number that the system knows the process by."""
        return self._process.pid

    @classmethod
    async def start(cls, store: Path, means: Means) -> Self:
        """Start a process on a store. Raises Gone."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "sccon_lod.sparql.worker", str(store), str(means.memory), str(means.answer)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        started = None
        try:
            async with asyncio.timeout(_OPENING):
                kind, said = await _frame(process)
            if kind == worker.READY:
                started = cls(process, said.decode())
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            raise Gone from error
        finally:
            if started is None:
                await _end(process)
        if started is None:
            raise Gone
        return started

    async def ask(self, query: Query, form: Form, name: str = NAME) -> Answer:
        """Return the answer to a query. Raises QueryError or EffortError; the process may have ended then."""
        with ExitStack() as stack:
            file = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
            try:
                kind, said = await self._parts(query, form, file)
            except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError) as error:
                raise EffortError(Origin(name), _TOO_MUCH) from error
            if kind != worker.END:
                raise _error(kind, said, name)
            stack.pop_all()  # from now on whoever has the answer closes it
        size = file.tell()
        file.seek(0)
        return Answer(file, size, form)

    async def _parts(self, query: Query, form: Form, file: IO[bytes]) -> tuple[bytes, str]:
        """Write the parts of an answer to a file, and return what stands behind them."""
        assert self._process.stdin is not None
        line = json.dumps({"query": query.text, "form": form.name})
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()
        while True:
            kind, part = await _frame(self._process)
            if kind != worker.PART:
                return kind, part.decode(errors="replace")
            file.write(part)

    async def end(self) -> None:
        """Kill the process."""
        await _end(self._process)


async def _frame(process: Process) -> tuple[bytes, bytes]:
    assert process.stdout is not None
    kind, length = worker.HEAD.unpack(await process.stdout.readexactly(worker.HEAD.size))
    return kind, await process.stdout.readexactly(length)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


_SYNTAX = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SETS = re.compile(r",? ?\[(?:_|[^\[\]]*' \.\.= '[^\[\]]*)\]")  # of letters that may stand there, some very long


def _error(kind: bytes, said: str, name: str) -> QueryError:
    said = _SETS.sub("", " ".join(said.split()))
    if kind == worker.LONG:
        return QueryError(Origin(name), _TOO_LONG)
    found = _SYNTAX.fullmatch(said)
    if found:
        return QueryError(Origin(f"{name}:{found[1]}:{found[2]}"), _not_valid(found[3]))
    return QueryError(Origin(name), _not_valid(said))


def _not_valid(reason: str) -> Text:
    return Text(
        f"Das ist keine gültige Abfrage: {reason}. Bitte an dieser Stelle berichtigen.",
        f"This is not a valid query: {reason}. Please correct it at this place.",
    )


_TOO_MUCH = Text(
    "Die Abfrage braucht mehr Speicher, als sie darf, oder ist zu verschachtelt; bitte einschränken oder die Dateien "
    "herunterladen.",
    "The query needs more memory than it may, or is nested too deeply; please narrow it down or download the files.",
)
_TOO_LONG = Text(
    "Die Antwort ist länger, als sie sein darf, und wird nicht gekürzt; bitte mit LIMIT und OFFSET teilen oder die "
    "Dateien herunterladen.",
    "The answer is longer than it may be, and is not cut off; please divide it with LIMIT and OFFSET, or download the "
    "files.",
)
