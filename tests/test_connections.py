import socket
import time

import pytest

from sccon_lod.serving import connections, endpoint
from served import SPARQL, Server, server, site

__all__ = ["server", "site"]  # fixtures


def until_closed(connection: socket.socket, drip: bytes) -> float:
    """Send a byte each half second and return how long the other side stands that."""
    began = time.monotonic()
    while time.monotonic() - began < 20:
        try:
            connection.sendall(drip)
            connection.settimeout(0.5)
            if not connection.recv(1000):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("head", "drip"),
    [
        (b"", b""),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X"),
        (
            f"POST {SPARQL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            "Content-Length: 1000\r\n\r\n".encode(),
            b" ",
        ),
    ],
    ids=["nothing", "head", "body"],
)
def test_a_connection_that_drips_is_closed(server: Server, head: bytes, drip: bytes) -> None:
    with server.connect() as connection:
        connection.sendall(head)
        seconds = until_closed(connection, drip)

    assert seconds < 14
    assert seconds > 5
    assert server.get("/health").status == 200


def test_a_head_that_is_too_large_is_refused(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 200_000)
        assert b"400" in connection.recv(100) or not connection.recv(1)


def test_what_is_no_http_is_refused(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")

        assert connection.recv(100).startswith(b"HTTP/1.1 400")


def test_the_limits_are_those_of_the_documentation() -> None:
    assert connections._PATIENCE == endpoint._PATIENCE == 10
