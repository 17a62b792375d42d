"""The processes that answer queries: a few, each replaced at once when it had to be killed."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sccon_lod.errors import EffortError, Origin, QueryError
from sccon_lod.language import Text
from sccon_lod.sparql.admission import NAME, Query
from sccon_lod.sparql.answers import Form
from sccon_lod.sparql.processes import Answer, Answering, Gone, Means

_PATIENCE = 0.4  # seconds that a query waits before one that runs for longer than …
_FAIR = 0.8  # … so many seconds has to go
_ALONE = 4  # queries that wait until both are half as long
_WAIT = 5.0  # seconds that a query waits at least before it is sent away
_AGAIN = 1.0  # seconds until a process that could not be started is tried again


class Crowded(Exception):
    """There are too many queries at a time; `seconds` says when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


@dataclass
class _Run:
    """A query that is being answered, and since when; `has_to_go` says that others wait for its process."""

    task: asyncio.Task[Answer]
    since: float
    has_to_go: bool = False


class Pool:
    """Processes on one store. Use it as `async with Pool(store, count, means) as pool`."""

    def __init__(self, store: Path, count: int, means: Means, waiting: int = 100) -> None:
        self._store, self._count, self._means, self._most_waiting = store, count, means, waiting
        self._idle: asyncio.Queue[Answering] = asyncio.Queue()
        self._starting: set[asyncio.Task[None]] = set()
        self._runs: list[_Run] = []
        self._waiting = 0
        self._all: set[Answering] = set()
        self._is_closed = False
        self.kept_off = ""
        self.counts: Counter[str] = Counter()

    async def __aenter__(self) -> Self:
        try:
            for each in await asyncio.gather(*(self._start() for _ in range(self._count))):
                self._idle.put_nowait(each)
        finally:
            if self._idle.qsize() < self._count:
                await self.close()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def drain(self) -> None:
        """Wait until all queries are answered; whoever calls this sends no more of them."""
        while self._runs or self._waiting:
            await asyncio.sleep(_PATIENCE)

    async def close(self) -> None:
        """End all processes, whatever they do."""
        self._is_closed = True
        for task in list(self._starting):
            task.cancel()
        if self._starting:
            await asyncio.wait(set(self._starting))
        for each in list(self._all):
            await each.end()

    @property
    def running(self) -> int:
        """How many queries are being answered."""
        return len(self._runs)

    @property
    def waiting(self) -> int:
        """How many queries wait for a process."""
        return self._waiting

    async def answer(self, query: Query, form: Form, name: str = NAME) -> Answer:
        """Return the answer to a query. Raises QueryError, EffortError, or Crowded."""
        process = await self._take()
        run = _Run(asyncio.create_task(process.ask(query, form, name)), time.monotonic())
        self._runs.append(run)
        is_whole = False
        try:
            async with asyncio.timeout(self._means.seconds):
                answer = await run.task
            is_whole = True
            return answer
        except TimeoutError as error:
            self.counts["late"] += 1
            raise EffortError(Origin(name), _too_late(self._means.seconds)) from error
        except asyncio.CancelledError:
            if run.has_to_go:
                self.counts["displaced"] += 1
                raise Crowded(_retry(self._means)) from None
            run.task.cancel()
            raise
        except EffortError:
            self.counts["ended"] += 1
            raise
        except QueryError:
            is_whole = True  # the process itself says what is wrong
            raise
        finally:
            self._runs.remove(run)
            self._give(process, is_whole)

    async def _take(self) -> Answering:
        if self._waiting >= self._most_waiting:
            raise Crowded(_retry(self._means))
        self._waiting += 1
        # One request for a process, so that whoever came first gets the first.
        getting = asyncio.create_task(self._idle.get())
        until = time.monotonic() + max(self._means.seconds, _WAIT)
        try:
            while time.monotonic() < until:
                await asyncio.wait({getting}, timeout=_PATIENCE * self._share)
                if getting.done():
                    return getting.result()
                self._displace()
            raise Crowded(_retry(self._means))
        except asyncio.CancelledError:
            if getting.done():
                self._idle.put_nowait(getting.result())
            raise
        finally:
            getting.cancel()
            self._waiting -= 1

    @property
    def _share(self) -> float:
        """What is left of the time that one may have, where so many wait for it."""
        return _ALONE / (_ALONE + self._waiting)

    def _displace(self) -> None:
        """Stop the query that runs longest, if it has had its share."""
        waited_for = [each for each in self._runs if not each.has_to_go]
        longest = min(waited_for, key=lambda each: each.since, default=None)
        if longest and time.monotonic() - longest.since > _FAIR * self._share:
            longest.has_to_go = True
            longest.task.cancel()

    def _give(self, process: Answering, is_whole: bool) -> None:
        if is_whole and not self._is_closed:
            self._idle.put_nowait(process)
            return
        task = asyncio.create_task(self._replace(process))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _replace(self, process: Answering) -> None:
        await process.end()
        self._all.discard(process)
        while not self._is_closed:
            try:
                self._idle.put_nowait(await self._start())
            except (Gone, OSError):
                await asyncio.sleep(_AGAIN)
            else:
                return

    async def _start(self) -> Answering:
        process = await Answering.start(self._store, self._means)
        self._all.add(process)
        self.kept_off = process.kept_off
        return process


def _retry(means: Means) -> int:
    return max(1, round(means.seconds / 2))


def _too_late(seconds: float) -> Text:
    return Text(
        f"Die Abfrage wurde nach {seconds:g} s abgebrochen; bitte einschränken oder die Dateien herunterladen.",
        f"The query was stopped after {seconds:g} s; please narrow it down or download the files.",
    )
