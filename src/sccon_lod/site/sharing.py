"""Work that several processes do at the same time, each a share of it."""

import ctypes
import gc
import os
import platform
import signal
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

_DEATH_SIGNAL = 1  # prctl(2)


@dataclass(frozen=True)
class Share:
    """One of `count` shares of all names.

    >>> [Share(number, 2).holds("a") for number in range(2)].count(True)
    1
    """

    number: int = 0
    count: int = 1

    def holds(self, name: str) -> bool:
        """Whether a name belongs to this share."""
        return self.count == 1 or zlib.crc32(name.encode()) % self.count == self.number


def processors() -> int:
    """Return how many processes can work at the same time; one where a process cannot be split."""
    return len(os.sched_getaffinity(0)) if platform.system() == "Linux" else 1


@contextmanager
def shared(work: Callable[[Share], None], count: int) -> Iterator[None]:
    """Let `count` processes do a share of a work each, while the caller does something else.

    A share that a process could not do is done here in the end, so that what stopped it is raised here.
    """
    with ExitStack() as ending:
        # What is there by now stays where it is: looking for waste in it would copy all of it for each process.
        gc.freeze()
        ending.callback(gc.unfreeze)
        started = [_start(work, Share(number, count)) for number in range(count)] if count > 1 else []
        for each in started:
            ending.callback(_end, each)
        yield
        ending.pop_all()
        gc.unfreeze()
    left = [Share(number, count) for number, each in enumerate(started) if os.waitpid(each, 0)[1] != 0]
    for share in left if started else [Share()]:
        work(share)


def _start(work: Callable[[Share], None], share: Share) -> int:
    """Start a process that does a share; return its number."""
    with warnings.catch_warnings():
        # Python warns of locks that a thread holds; the engine's threads sleep, and a share asks the engine nothing.
        warnings.simplefilter("ignore", DeprecationWarning)
        process = os.fork()
    if process:
        return process
    status = os.EX_SOFTWARE
    try:
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        work(share)
        status = os.EX_OK
    finally:
        os._exit(status)  # nothing that the program does at its end is for this process to do


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
