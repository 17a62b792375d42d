"""What every request passes: the names this server has, headers that browsers obey, the log."""

import ipaddress
import time
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sccon_lod.findings import visible
from sccon_lod.serving.counting import Counts

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_IPV4_KEPT, _IPV6_KEPT = 24, 48  # bits of an address
_OF_ONE = 64  # bits of an IPv6 address that belong to one client
_LONGEST = 300  # characters of a path in the log
_UNKNOWN_HOST = (
    "Unter diesem Namen ist hier nichts; erlaubt wird er mit --allow-host.\n"
    "There is nothing under this name here; it is allowed with --allow-host.\n"
)


def shortened(address: str) -> str:
    """Return a client's address without what tells it from its neighbours.

    >>> shortened("203.0.113.77"), shortened("2001:db8:1:2::9"), shortened("unix")
    ('203.0.113.0', '2001:db8:1::', '-')
    """
    return _network(address, _IPV6_KEPT, _IPV4_KEPT) or "-"


def client(address: str) -> str:
    """Return what stands for a client: its address, or for IPv6 the network that one household has."""
    return _network(address, _OF_ONE, 32) or "-"


def _network(address: str, of_six: int, of_four: int) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return _network(str(found.ipv4_mapped), of_six, of_four)
    kept = of_six if isinstance(found, ipaddress.IPv6Address) else of_four
    # A zone (fe80::1%eth0) is no part of it.
    found = ipaddress.ip_address(str(found).partition("%")[0])
    return str(ipaddress.ip_network(f"{found}/{kept}", strict=False).network_address)


class Guard:
    """Sends away who asks for another host; notes and counts all others, and adds the headers."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], counts: Counts, log: Callable[[str], None]) -> None:
        self._app, self._hosts, self._counts, self._log = app, frozenset(each.lower() for each in hosts), counts, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request as ASGI wants it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        began, status, size = time.monotonic(), 500, 0

        async def sending(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(_HEADERS)
            size += len(message.get("body", b""))
            await send(message)

        is_ours = _host(Headers(scope=scope).get("host", "")) in self._hosts or "*" in self._hosts
        app = self._app if is_ours else PlainTextResponse(_UNKNOWN_HOST, 400)
        try:
            await app(scope, receive, sending)
        finally:
            self._counts.requests[status] += 1
            self._log(_line(scope, status, size, time.monotonic() - began))


def _host(header: str) -> str:
    """Return the name in a header without the port."""
    name, _, port = header.strip().lower().rpartition(":")
    return (name if name and port.isdecimal() else header.strip().lower()).rstrip(".")


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    """Return the line of the log: no query and no more of an address than where it is from, roughly."""
    address = (scope.get("client") or ("",))[0]
    path = visible(scope["path"])[:_LONGEST]
    return f"{shortened(address)} {scope['method']} {path} {status} {size} {seconds * 1000:.0f} ms\n"
