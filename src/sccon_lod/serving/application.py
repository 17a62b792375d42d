"""All addresses of the server."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sccon_lod.errors import ReleaseError
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.serving import filing, pages, replies, resources
from sccon_lod.serving.counting import Counts
from sccon_lod.serving.endpoint import Endpoint
from sccon_lod.serving.guarding import Guard
from sccon_lod.serving.live import Live, Plan
from sccon_lod.serving.published import Published
from sccon_lod.serving.querying import QueryPage
from sccon_lod.serving.resources import Addresses
from sccon_lod.sparql.admission import Bounds

LOCAL = ("localhost", "127.0.0.1", "[::1]")
_EXPOSED = ["Accept-Ranges", "Content-Length", "Content-Location", "Content-Range", "ETag", "Link", "Retry-After"]
_ASKED = ["Accept", "Accept-Language", "Content-Type", "If-None-Match", "If-Range", "Range"]
_SPARQL = "/sparql"


@dataclass(frozen=True)
class Options:
    """How a publication is served: below which path, under which names, and how queries are answered."""

    prefix: str
    hosts: tuple[str, ...]
    each: int
    bounds: Bounds
    plan: Plan


class _Server:
    def __init__(self, project: Project, options: Options, folder: Path, log: Callable[[str], None]) -> None:
        self._prefix = options.prefix.rstrip("/")
        self._published = Published(project.public)
        self._addresses = Addresses(project)
        self._catalog = f"{project.base}/catalog"
        self._project = project
        self.counts = Counts()
        self.live = Live(self._published, project.dump, options.plan, folder, log)
        self._queries = QueryPage.of(project, self._published)
        self._endpoint = Endpoint(project, self.live, options.bounds, options.each, self.counts)

    async def reply(self, request: Request) -> Response:
        """Return the answer to a request."""
        sent = request.scope.get("raw_path") or request.scope["path"].encode()
        path = sent.decode("latin-1").partition("?")[0]
        if not path.startswith(f"{self._prefix}/"):
            return _nothing(request)
        path = path.removeprefix(self._prefix)
        if path == _SPARQL:
            return await self._endpoint.reply(request)
        if request.method not in ("GET", "HEAD"):
            return replies.said(request, 405, _NO_METHOD, {"Allow": "GET, HEAD, OPTIONS"})
        own = {"/health": self._health, "/metrics": self._metrics, f"/{pages.STYLE}": _style}
        if path in own:
            return own[path]()
        return await run_in_threadpool(self._find, request, path)

    def _find(self, request: Request, path: str) -> Response:
        """Return a file, or what is said about an address."""
        try:
            if page := self._queries.reply(request, path):
                return page
            current = self._published.current()
            place = filing.locate(self._published, current, unquote(path[1:]))
            found = filing.reply(request, place) if place else None
            if found or not current:
                return found or _nothing(request)
            if path == "/":
                return resources.front(request, self._addresses, current) or _nothing(request)
            if self._catalog in self._addresses.of(path):
                return filing.catalog(request, current, resources.up(path)) or _no_catalog(request)
            return resources.reply(request, self._addresses, current, path) or _nothing(request)
        except ReleaseError as error:
            return replies.said(request, 500, error.text)

    def _health(self) -> Response:
        current = self._published.current()
        pool = self.live.pool
        told = {
            "release": current.serial if current else None,
            "queries": self.live.serial or None,
            "network": pool.kept_off if pool else None,
        }
        return JSONResponse(told, 200 if current and pool else 503, {"Cache-Control": "no-store"})

    def _metrics(self) -> Response:
        pool, killed = self.live.pool, self.live.counts
        gauges = {
            "release": float(self.live.serial or 0),
            "queries_running": float(pool.running if pool else 0),
            "queries_waiting": float(pool.waiting if pool else 0),
            **{f"queries_{reason}": float(killed[reason]) for reason in ("late", "displaced", "ended")},
        }
        return PlainTextResponse("".join(self.counts.lines(gauges)), headers={"Cache-Control": "no-store"})


def make(project: Project, options: Options, folder: Path, log: Callable[[str], None]) -> Starlette:
    """Return the application that serves a publication.

    Stores for queries are made in `folder`; `log` gets a line for each request.
    """
    server = _Server(project, options, folder, log)

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        async with server.live:
            yield

    own = [name for each in (project.site, project.base) if (name := urlsplit(each).hostname)]
    middleware = [
        Middleware(Guard, hosts={*LOCAL, *own, *options.hosts}, counts=server.counts, log=log),
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=_ASKED,
            expose_headers=_EXPOSED,
        ),
    ]
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    routes = [Route("/{path:path}", server.reply, methods=methods)]
    return Starlette(routes=routes, middleware=middleware, lifespan=running)


def _style() -> Response:
    return Response(pages.style(), 200, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "max-age=3600"})


def _no_catalog(request: Request) -> Response:
    return replies.said(request, 406, _CATALOG_FORMS, {"Vary": "Accept"})


def _nothing(request: Request) -> Response:
    return replies.said(request, 404, _NOTHING)


_NO_METHOD = Text("Möglich ist nur GET.", "Only GET is possible.")
_NOTHING = Text(
    "Hier ist nichts. Was es gibt, sagt der Katalog: current/catalog.ttl.",
    "There is nothing here. What there is, is in the catalogue: current/catalog.ttl.",
)
_CATALOG_FORMS = Text(
    "In keiner der gewünschten Formen gibt es den Katalog; möglich sind text/turtle und application/ld+json.",
    "The catalogue has none of the forms that are asked for; possible are text/turtle and application/ld+json.",
)
