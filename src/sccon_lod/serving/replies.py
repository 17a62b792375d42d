"""Bodies and headers of answers: whole or in part, packed or not, or none because the client has them already."""

import re
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from email.utils import formatdate
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from sccon_lod.language import Text
from sccon_lod.serving import negotiation

_CHUNK = 1 << 16  # bytes
_FEW = 1_000  # bytes that are not worth packing
_AS_GZIP = 31  # how zlib names the format
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
PLAIN = "text/plain; charset=utf-8"


class _Streamed(StreamingResponse):
    """A body from a file, which is closed whatever happens."""

    def __init__(self, file: IO[bytes], body: AsyncIterator[bytes], status: int, headers: Mapping[str, str]) -> None:
        super().__init__(body, status, dict(headers))
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def whole(request: Request, file: IO[bytes], size: int, headers: Mapping[str, str]) -> Response:
    """Return a body that is read from the start of a file, packed where the client takes that."""
    told = {**headers, "Vary": _vary(headers)}
    if size < _FEW or not negotiation.takes_gzip(request.headers.get("accept-encoding", "")):
        return _body(request, file, 0, size, 200, told)
    told["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        file.close()
        return Response(None, 200, told)
    return _Streamed(file, _packed(file), 200, told)


def part(request: Request, file: IO[bytes], size: int, headers: Mapping[str, str]) -> Response:
    """Return a body of which a client may want a part only (RFC 9110, section 14)."""
    told = {**headers, "Accept-Ranges": "bytes"}
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    is_meant = request.headers.get("if-range", told["ETag"]) in (told["ETag"], told.get("Last-Modified"))
    if not wanted or not any(wanted.groups()) or not is_meant or request.method != "GET":
        return _body(request, file, 0, size, 200, told)
    start, end = _bounds(wanted[1], wanted[2], size)
    if start >= size or end < start:
        file.close()
        return Response(None, 416, {**told, "Content-Range": f"bytes */{size}"})
    return _body(request, file, start, end + 1, 206, {**told, "Content-Range": f"bytes {start}-{end}/{size}"})


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte of a range; without its first it is the last so many bytes."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _body(request: Request, file: IO[bytes], start: int, end: int, status: int, headers: Mapping[str, str]) -> Response:
    told = {**headers, "Content-Length": str(end - start)}
    if request.method == "HEAD":
        file.close()
        return Response(None, status, told)
    return _Streamed(file, _chunks(file, start, end), status, told)


async def _chunks(file: IO[bytes], start: int, end: int) -> AsyncIterator[bytes]:
    file.seek(start)
    left = end - start
    while left > 0:
        chunk = await run_in_threadpool(file.read, min(_CHUNK, left))
        if not chunk:
            return
        left -= len(chunk)
        yield chunk


async def _packed(file: IO[bytes]) -> AsyncIterator[bytes]:
    packing = zlib.compressobj(4, zlib.DEFLATED, _AS_GZIP)
    while chunk := await run_in_threadpool(file.read, _CHUNK):
        if packed := await run_in_threadpool(packing.compress, chunk):
            yield packed
    yield packing.flush()


def date(moment: float) -> str:
    """Return a time as headers have it."""
    return formatdate(moment, usegmt=True)


def is_known(request: Request, tag: str, modified: str) -> bool:
    """Whether a client has this already (RFC 9110, section 13).

    A time has to be the same and not only later: after a rollback, what is current is older than what was.
    """
    tags = request.headers.get("if-none-match")
    if tags is None:
        return request.headers.get("if-modified-since") == modified
    known = {each.strip().removeprefix("W/") for each in tags.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def unchanged(headers: Mapping[str, str]) -> Response:
    """Return the answer to a client that has it already."""
    kept = ("ETag", "Last-Modified", "Vary", "Cache-Control", "Content-Location", "Link")
    return Response(None, 304, {name: value for name, value in headers.items() if name in kept})


def said(
    request: Request, status: int, text: Text, headers: Mapping[str, str] | None = None, lines: Sequence[str] = ()
) -> Response:
    """Return a sentence in the language of a client, with further headers, and lines below it."""
    tongue = negotiation.language(request.headers.get("accept-language", ""), ("en", "de"))
    body = "\n".join((text.in_language(tongue), *lines)) + "\n"
    return Response(body, status, {"Content-Type": PLAIN, "Content-Language": tongue, **(headers or {})})


def _vary(headers: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
