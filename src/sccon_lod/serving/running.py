"""The server as a process: its address, its connections, its end."""

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from sccon_lod.errors import AddressError, Origin
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.serving import application
from sccon_lod.serving.application import Options
from sccon_lod.serving.connections import Connection

_CONNECTIONS = 1_000  # at a time; whoever comes then is told so with the status 503
_HEAD = 64 << 10  # bytes of the head of a request
_IDLE, _ENDING = 5, 15  # seconds


@dataclass(frozen=True)
class Listening:
    """Where a server listens, and from which addresses it believes who a request is from."""

    host: str
    port: int
    trusted: Sequence[str]


def serve(project: Project, options: Options, listening: Listening, log: Callable[[str], None]) -> None:
    """Serve a publication until the process is told to end; `log` gets a line for each request.

    Raises AddressError where it cannot listen.
    """
    opened = _open(listening)
    host, port = opened.getsockname()[:2]
    with opened, tempfile.TemporaryDirectory(prefix="sccon-lod-", ignore_cleanup_errors=True) as folder:
        config = uvicorn.Config(
            application.make(project, options, Path(folder), log),
            http=Connection,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(listening.trusted),
            forwarded_allow_ips=list(listening.trusted),
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_ENDING,
            h11_max_incomplete_event_size=_HEAD,
        )
        log(f"http://{f'[{host}]' if ':' in host else host}:{port}{options.prefix}\n")
        # uvicorn raises the signal that it ended for once more; folders are still to be removed then.
        former = signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[opened])
        signal.signal(signal.SIGTERM, former)


def _open(listening: Listening) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
        return socket.create_server((listening.host, listening.port), family=family, backlog=1024)
    except OSError as error:
        # What Python says itself names the address once more.
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)
        raise AddressError(
            Origin(f"{listening.host}:{listening.port}"),
            Text(
                f"Hier kann der Server nicht warten ({reason}); bitte mit --host oder --port anderswo.",
                f"The server cannot listen here ({reason}); please choose another place with --host or --port.",
            ),
        ) from error
