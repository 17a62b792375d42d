"""The SPARQL 1.1 protocol, for queries."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from sccon_lod.errors import EffortError, PublicationError
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.serving import guarding, negotiation, replies, service
from sccon_lod.serving.counting import Counts
from sccon_lod.serving.live import Live
from sccon_lod.sparql import admission, answers
from sccon_lod.sparql.admission import Bounds, Query
from sccon_lod.sparql.answers import Form
from sccon_lod.sparql.pool import Crowded, Pool
from sccon_lod.sparql.processes import Answer

_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_UPDATE = "application/sparql-update"
_ESCAPED = 9  # bytes of a form for a character: three for each of UTF-8
_PATIENCE = 10.0  # seconds for a body to arrive
_FIELDS = 50
_SOON = 2  # seconds until a store is likely to be there, or another query of the same client answered


class Refused(Exception):
    """A request that is not answered: the status, and why."""

    def __init__(self, status: int, text: Text, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text.en)
        self.status, self.text, self.headers = status, text, headers or {}


class Asked(NamedTuple):
    """A query as it came, and the short name of the form that its answer shall have; empty where `Accept` decides."""

    text: str
    form: str = ""


@dataclass
class Endpoint:
    """Queries over HTTP: where they are answered, what they may be, and how many a client has at a time."""

    project: Project
    live: Live
    bounds: Bounds
    each: int
    counts: Counts
    _clients: Counter[str] = field(default_factory=Counter)

    async def reply(self, request: Request) -> Response:
        """Return the answer to a request."""
        try:
            asked = await self._asked(request)
            if asked is None:
                return self._description(request)
            query = admission.admit(asked.text, self.bounds)
            possible = answers.possible(query.form)
            form = _named(asked.form, possible) or _chosen(request, possible)
            return await self._answer(request, query, form)
        except Refused as refused:
            return replies.said(request, refused.status, refused.text, refused.headers)
        except PublicationError as error:
            status = 503 if isinstance(error, EffortError) else 400
            place = f"{error.origin}: "
            return replies.said(request, status, Text(*(f"{place}{each}" for each in error.text)))

    # --- what is asked

    async def _asked(self, request: Request) -> Asked | None:
        """Return the query in a request; None where it has none, and wants to know what this is."""
        fields = _fields(request.scope["query_string"])
        if request.method in ("GET", "HEAD"):
            return _only(fields) if fields else None
        if request.method != "POST":
            raise Refused(405, _NO_METHOD, {"Allow": "GET, HEAD, POST, OPTIONS"})
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = await _body(request, self.bounds.length * _ESCAPED)
        if kind == _FORM:
            return _only([*fields, *_fields(body)])
        if kind == _UPDATE:
            raise Refused(400, _READS_ONLY)
        if kind != _QUERY:
            raise Refused(415, _NO_TYPE, {"Accept-Post": f"{_QUERY}, {_FORM}"})
        _check([name for name, _ in fields if name != "query"])
        if any(name == "query" for name, _ in fields):
            raise Refused(400, _ONE_QUERY)
        try:
            return Asked(body.decode())
        except UnicodeDecodeError as error:
            raise Refused(400, _NO_UTF_8) from error

    def _description(self, request: Request) -> Response:
        accept = request.headers.get("accept", "")
        best = max(negotiation.weight(accept, each.media_type) for each in answers.OF_GRAPHS)
        if negotiation.weight(accept, "text/html") > best:
            return Response(None, 303, {"Location": "./query", "Vary": "Accept", "Cache-Control": "no-cache"})
        form = _chosen(request, answers.OF_GRAPHS)
        return Response(service.description(self.project, form), 200, _headers(form))

    # --- the answer

    async def _answer(self, request: Request, query: Query, form: Form) -> Response:
        pool = self.live.pool
        if pool is None:
            raise Refused(503, _NOT_READY, {"Retry-After": str(_SOON)})
        client = guarding.client(request.client.host if request.client else "")
        if self._clients[client] >= self.each:
            raise Refused(429, _many(self.each), {"Retry-After": str(_SOON)})
        self._clients[client] += 1
        began = time.monotonic()
        try:
            answer = await _unless_gone(request, pool, query, form)
        except Crowded as crowded:
            raise Refused(503, _CROWDED, {"Retry-After": str(crowded.seconds)}) from crowded
        finally:
            self.counts.query(time.monotonic() - began)
            self._clients[client] -= 1
            self._clients += Counter()  # forgets who has none any more
        return replies.whole(request, answer.file, answer.size, _headers(form))


def _headers(form: Form) -> Mapping[str, str]:
    return {"Content-Type": form.media_type, "Vary": "Accept", "Cache-Control": "no-cache"}


async def _unless_gone(request: Request, pool: Pool, query: Query, form: Form) -> Answer:
    """Return the answer; a query that nobody waits for any more is stopped."""
    asking = asyncio.create_task(pool.answer(query, form))
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise Refused(499, _CROWDED)
        return asking.result()
    finally:
        for task in (asking, leaving):
            task.cancel()


async def _left(request: Request) -> None:
    """Return when a client has closed its connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _body(request: Request, most: int) -> bytes:
    parts, size = [], 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise Refused(413, _too_large(most), {"Connection": "close"})
                parts.append(part)
    except TimeoutError as error:
        raise Refused(408, _TOO_SLOW, {"Connection": "close"}) from error
    except ClientDisconnect as error:
        raise Refused(499, _TOO_SLOW) from error
    return b"".join(parts)


def _fields(written: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form."""
    try:
        return parse_qsl(written.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, _NO_UTF_8) from error
    except ValueError as error:
        raise Refused(400, _ONE_QUERY) from error


def _only(fields: list[tuple[str, str]]) -> Asked:
    """Return the query of a form."""
    _check([name for name, _ in fields])
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise Refused(400, _ONE_QUERY)
    return Asked(queries[0], next((value for name, value in fields if name == "format"), ""))


def _check(names: list[str]) -> None:
    if "update" in names:
        raise Refused(400, _READS_ONLY)
    if {"default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"} & set(names):
        raise Refused(400, _ONE_GRAPH)


def _chosen(request: Request, forms: tuple[Form, ...]) -> Form:
    offers = {each: (each.media_type, *each.others) for each in forms}
    found = negotiation.choose(request.headers.get("accept", ""), offers)
    if found is None:
        raise Refused(406, _not_in_this_form([each.media_type.partition(";")[0] for each in forms]), {"Vary": "Accept"})
    return found


def _named(name: str, forms: tuple[Form, ...]) -> Form | None:
    """Return a form by its short name, as links have it; None for other words, which clients add for other servers."""
    return next((each for each in forms if each.name == name), None)


def _not_in_this_form(types: list[str]) -> Text:
    return Text(
        f"In keiner der gewünschten Formen gibt es die Antwort; möglich sind: {', '.join(types)}.",
        f"There is none of the forms that are asked for; possible are: {', '.join(types)}.",
    )


def _many(most: int) -> Text:
    return Text(
        f"Von hier laufen schon {most} Abfragen; bitte warten, bis eine beantwortet ist.",
        f"There are {most} queries from here already; please wait until one is answered.",
    )


def _too_large(most: int) -> Text:
    return Text(f"Die Anfrage ist größer als {most} Bytes.", f"The request is larger than {most} bytes.")


_CROWDED = Text(
    "Gerade warten zu viele auf Antwort; bitte später noch einmal fragen, am besten weniger auf einmal.",
    "Too many wait for an answer just now; please ask again later, and for less at a time.",
)
_NOT_READY = Text(
    "Abfragen sind noch nicht möglich, oder es gibt noch keine Ausgabe; bitte gleich noch einmal fragen.",
    "Queries are not possible yet, or there is no release yet; please ask again soon.",
)
_NO_METHOD = Text("Möglich sind GET und POST.", "Possible are GET and POST.")
_NO_TYPE = Text(
    f"Mit POST kommt eine Abfrage als {_QUERY} oder {_FORM}.", f"By POST a query comes as {_QUERY} or {_FORM}."
)
_NO_UTF_8 = Text("Die Anfrage ist nicht in UTF-8.", "The request is not in UTF-8.")
_ONE_GRAPH = Text(
    "Es gibt nur einen Graphen, den alle Abfragen lesen; bitte keinen anderen nennen.",
    "There is one graph only, which all queries read; please name no other.",
)
_ONE_QUERY = Text("Die Anfrage hat genau ein Feld „query“.", "A request has exactly one field “query”.")
_READS_ONLY = Text(
    "Hier wird nur gelesen; geändert wird mit sccon-lod build.",
    "Here one can only read; what changes is sccon-lod build.",
)
_TOO_SLOW = Text("Die Anfrage kam zu langsam an.", "The request arrived too slowly.")
