"""Files of releases at their addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from sccon_lod.formats import FORMATS, JSONLD, TURTLE
from sccon_lod.serving import negotiation, published, replies
from sccon_lod.serving.published import Published, Release

_TYPES: Mapping[str, str] = {
    **{each.suffix: each.media_type for each in FORMATS},
    TURTLE.suffix: f"{TURTLE.media_type}; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": replies.PLAIN,
    ".xml": "application/atom+xml",  # the change feed
}
_PACKED = ".gz"
_STAYS, _MOVES = "public, max-age=86400", "no-cache"  # a release never changes, but what must go is deleted
CATALOG = "catalog"


@dataclass(frozen=True)
class Place:
    """Where a file is: its release, its name there, and how long it may be kept, as `Cache-Control`."""

    release: Release
    name: str
    lasting: str = _MOVES


def reply(request: Request, place: Place) -> Response | None:
    """Return a file of a release, None where it has none of this name."""
    of, name = place.release, place.name
    used = name
    can_pack = "range" not in request.headers and f"{name}{_PACKED}" in of.sums
    if can_pack and negotiation.takes_gzip(request.headers.get("accept-encoding", "")):
        used = f"{name}{_PACKED}"
    found = published.open_file(of, used)
    if found is None:
        return None
    headers = {
        "Content-Type": _media_type(name),
        "ETag": f'"{found.tag}"',
        "Last-Modified": replies.date(found.modified),
        "Cache-Control": place.lasting,
    }
    if f"{name}{_PACKED}" in of.sums:
        headers["Vary"] = "Accept-Encoding"
    if used != name:
        headers["Content-Encoding"] = "gzip"
    if replies.is_known(request, headers["ETag"], headers["Last-Modified"]):
        found.file.close()
        return replies.unchanged(headers)
    return replies.part(request, found.file, found.size, headers)


def catalog(request: Request, of: Release, up: str) -> Response | None:
    """Return the catalogue at its own address, in the form that a client wants; None where it wants none of them.

    `up` leads from there to the site.
    """
    offers = {each: (each.media_type,) for each in (TURTLE, JSONLD)}
    form = negotiation.choose(request.headers.get("accept", ""), offers)
    if form is None:
        return None
    found = reply(request, Place(of, f"{CATALOG}{form.suffix}"))
    if found is not None:
        found.headers["Vary"] = "Accept, Accept-Encoding"
        found.headers["Content-Location"] = f"{up}current/{CATALOG}{form.suffix}"
    return found


def locate(releases: Published, current: Release | None, path: str) -> Place | None:
    """Return where the file is that a path leads to, with a current release; there need be none of this name."""
    folder, _, name = path.partition("/")
    if folder == "current" and current:
        return Place(current, name)
    if folder == ".well-known" and current:
        return Place(current, releases.well_known(name))
    if folder == "releases":
        serial, _, name = name.partition("/")
        kept = releases.at(serial)
        return Place(kept, name, _STAYS) if kept else None
    return None


def _media_type(name: str) -> str:
    return _TYPES.get(PurePosixPath(name).suffix, replies.PLAIN)
