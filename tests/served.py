"""A server in a process of its own, and a client that follows nothing and hides nothing."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlencode

import pytest

import small
from conftest import load, quiet
from sccon_lod import build

SCRIPT = "from sccon_lod.cli import main; main()"
SPARQL = "/sparql"
SITE = "https://example.net"
_READY = 30.0  # seconds


class Reply(NamedTuple):
    """What a server answers; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Server:
    """A server that runs: its port, its process, and the file of its log."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, **headers: str) -> Reply:
        """Ask for a path."""
        return self.ask("GET", path, None, **headers)

    def ask(self, method: str, path: str, body: bytes | None, **headers: str) -> Reply:
        """Send a request; in the names of headers `_` stands for a hyphen."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            reply = connection.getresponse()
            told = {name.lower(): value for name, value in reply.getheaders()}
            return Reply(reply.status, told, reply.read())
        finally:
            connection.close()

    def query(self, text: str, **headers: str) -> Reply:
        """Ask a query."""
        return self.get(f"{SPARQL}?{urlencode({'query': text})}", **headers)

    def connect(self) -> socket.socket:
        """Open a connection and say nothing."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        finally:
            self.process.kill()


def start(folder: Path, log: Path, *options: str) -> Server:
    """Start a server on a publication, and wait until it answers queries."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT, "serve", "-C", str(folder), "--port", "0", *options]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    until = time.monotonic() + _READY
    while time.monotonic() < until and process.poll() is None:
        said = log.read_text(encoding="utf-8")
        found = re.search(r"^http://127\.0\.0\.1:(\d+)", said)
        if found and "queries are answered" in said:
            return Server(int(found[1]), process, log)
        time.sleep(0.05)
    process.kill()
    raise AssertionError(f"the server does not start: {log.read_text(encoding='utf-8')}")


@contextmanager
def serving(folder: Path, log: Path, *options: str) -> Iterator[Server]:
    """Give a server on a publication."""
    with start(folder, log, *options) as server:
        yield server


def publish(folder: Path, rows: Mapping[str, str]) -> None:
    """Publish events with these names by their identifiers, and some more."""
    table = small.table(
        [
            *({"id": each, "name_de": name, "seats": "007"} for each, name in rows.items()),
            *({"id": f"e{number:02}", "name_de": f"Termin {number}", "part_of": "a"} for number in range(30)),
        ]
    )
    small.publication(folder, {"data/event.csv": table})
    outcome = build.build(load(folder), quiet)
    assert outcome.folder is not None, [each.line("en") for each in outcome.findings]


def publication(folder: Path) -> Path:
    """Make a publication with two releases: `gone` is withdrawn in the second, `old` replaced by `a`."""
    publish(folder, {"a": "Fest", "gone": "Weg", "old": "Alt", "köln": "Köln", "x<&\"'": "<script>alert(1)</script>"})
    declared = f'[[identity]]\niri = "{small.BASE}/event/old"\nreplaced_by = "{small.BASE}/event/a"\n'
    (folder / "identities.toml").write_text(declared, encoding="utf-8")
    publish(folder, {"a": "Fest", "köln": "Köln", "x<&\"'": "<script>alert(1)</script>"})
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with two releases."""
    return publication(tmp_path_factory.mktemp("served") / "publication")


@pytest.fixture(scope="session")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on it."""
    with serving(site, tmp_path_factory.mktemp("server") / "log") as found:
        yield found
