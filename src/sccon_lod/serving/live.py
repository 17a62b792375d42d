"""The processes that answer queries about the current release, and those for the next one when it comes."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sccon_lod.errors import PublicationError
from sccon_lod.serving.published import Published, Release
from sccon_lod.sparql import stores
from sccon_lod.sparql.pool import Pool
from sccon_lod.sparql.processes import Gone, Means

_LOOK = 1.0  # seconds between two looks whether there is a new release
_AGAIN = 30.0  # seconds until a store that could not be made is tried again


@dataclass(frozen=True)
class Plan:
    """How queries are answered: by how many processes, with which means, and how many may wait."""

    processes: int
    means: Means
    waiting: int


class Live:
    """Use it as `async with Live(…) as live`; `live.pool` is None until there is something to ask.

    `dump` is the name of the dump that queries are answered from, `folder` is where stores lie.
    """

    def __init__(self, published: Published, dump: str, plan: Plan, folder: Path, log: Callable[[str], None]) -> None:
        self._published, self._dump, self._plan, self._folder, self._log = published, dump, plan, folder, log
        self._tasks: set[asyncio.Task[None]] = set()
        self._former: Counter[str] = Counter()
        self.pool: Pool | None = None
        self.serial = ""

    async def __aenter__(self) -> Self:
        self._do(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.pool:
            await self.pool.close()

    @property
    def counts(self) -> Counter[str]:
        """Why processes were killed, and how often, since the server began."""
        return self._former + (self.pool.counts if self.pool else Counter())

    def _do(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        while True:
            found = self._published.current()
            seconds = _LOOK
            if self.pool and self._published.at(self.serial) is None:
                await self._drop(self.pool)
            if found and found.serial != self.serial:
                try:
                    await self._open(found)
                except (PublicationError, Gone, OSError) as error:
                    self._log(f"{found.serial}: {error or 'the processes do not start'}\n")
                    seconds = _AGAIN
            await asyncio.sleep(seconds)

    async def _open(self, found: Release) -> None:
        """Answer from another release from now on; queries that run are answered from the former one."""
        store = self._folder / found.serial
        if not store.is_dir():
            await stores.make(found.folder / self._dump, store)
        pool = await Pool(store, self._plan.processes, self._plan.means, self._plan.waiting).__aenter__()
        former, self.pool = self.pool, pool
        leaving, self.serial = self.serial, found.serial
        self._log(f"queries are answered from release {found.serial}; network: {pool.kept_off}\n")
        if former:
            self._do(self._leave(former, self._folder / leaving))

    async def _drop(self, pool: Pool) -> None:
        """Answer no queries from a release that is gone: what it says may be suppressed."""
        self.pool, leaving, self.serial = None, self.serial, ""
        self._log(f"release {leaving} is gone; no queries are answered from it\n")
        await pool.close()
        self._former += pool.counts
        await asyncio.to_thread(shutil.rmtree, self._folder / leaving, ignore_errors=True)

    async def _leave(self, pool: Pool, store: Path) -> None:
        await pool.drain()
        await pool.close()
        self._former += pool.counts
        with suppress(OSError):
            await asyncio.to_thread(shutil.rmtree, store)
