"""What a process gives up before it answers queries of others: the network, other programs, most memory."""

import ctypes
import os
import platform
import resource
import signal
import struct

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # clone(2)
_DEATH_SIGNAL, _SECCOMP, _NO_NEW_PRIVILEGES, _FILTER = 1, 22, 38, 2  # prctl(2)
# seccomp(2): load a word, go on if it is the same, give a verdict.
_LOAD, _IS, _IS_AT_LEAST, _VERDICT = 0x20, 0x15, 0x35, 0x06
_ALLOWED, _REFUSED = 0x7FFF0000, 0x00050001  # 1 is EPERM
# The number of an architecture, and its calls socket, connect, execve, execveat, io_uring_setup and io_uring_enter.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425, 426)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425, 426)),
}
_OTHER_NUMBERS = 0x40000000  # x32, a second set of numbers on x86-64
_SPARE = 64  # descriptors for the files of a store


def confine(memory: int) -> str:
    """Give up what a query needs not, and die with whoever started this process; return what keeps off the network."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    library = ctypes.CDLL(None, use_errno=True)
    if platform.system() == "Linux":
        library.prctl(_DEATH_SIGNAL, signal.SIGKILL)
        os.nice(5)  # the server that takes questions comes first
        if leave_network(library):
            return "namespace"
        if refuse_calls(library):
            return "seccomp"
    return "none"


def leave_network(library: ctypes.CDLL) -> bool:
    """Move to a network without any interface; whether the system allows it."""
    return any(library.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def refuse_calls(library: ctypes.CDLL) -> bool:
    """Let the system refuse sockets and other programs from now on; whether it can."""
    known = _CALLS.get(platform.machine())
    if known is None:
        return False
    code = _program(*known)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    nothing = ctypes.c_ulong(0)
    if library.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), nothing, nothing, nothing):
        return False
    return bool(library.prctl(_SECCOMP, ctypes.c_ulong(_FILTER), program, nothing, nothing) == 0)


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Return a filter of system calls: the architecture has to be the one, and the call none of these."""
    lines = [(_LOAD, 0, 0, 4), (_IS, 1, 0, architecture), (_VERDICT, 0, 0, _REFUSED), (_LOAD, 0, 0, 0)]
    lines += [(_IS_AT_LEAST, 0, 1, _OTHER_NUMBERS), (_VERDICT, 0, 0, _REFUSED)]
    for call in calls:
        lines += [(_IS, 0, 1, call), (_VERDICT, 0, 0, _REFUSED)]
    lines.append((_VERDICT, 0, 0, _ALLOWED))
    return b"".join(struct.pack("HBBI", *line) for line in lines)
