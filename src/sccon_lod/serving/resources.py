"""Addresses of things lead to documents about them, and these are cut out of the dump."""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.serving import documents, negotiation, pages, replies
from sccon_lod.serving.documents import Document
from sccon_lod.serving.published import Release

HTML = Format("HTML", ".html", "text/html")
# In this order where a client wants several alike.
FORMS = (TURTLE, JSONLD, NTRIPLES, HTML)
_OFFERS: Mapping[Format, Sequence[str]] = {
    HTML: (HTML.media_type, "application/xhtml+xml"),
    TURTLE: (TURTLE.media_type, "application/x-turtle"),
    JSONLD: (JSONLD.media_type, "application/json"),
    NTRIPLES: (NTRIPLES.media_type, "text/plain"),
}
_ESCAPES = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # of letters beyond ASCII
_LONGEST = 2_000  # characters of an address


@dataclass(frozen=True)
class Addresses:
    """How paths on the server and addresses of things belong together."""

    project: Project

    def of(self, path: str) -> Iterator[str]:
        """Yield the addresses that a path below the site, as it was sent, may stand for."""
        parts = urlsplit(self.project.base)
        for stem in dict.fromkeys((self.project.site, f"{parts.scheme}://{parts.netloc}")):
            yield from dict.fromkeys((f"{stem}{path}", f"{stem}{_ESCAPES.sub(_letters, path)}"))


def up(path: str) -> str:
    """Return what leads from a path to the site.

    >>> up("/id/event/a"), up("/id")
    ('../../', './')
    """
    return "../" * (path.count("/") - 1) or "./"


def _letters(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return found[0]


def reply(request: Request, addresses: Addresses, of: Release, path: str) -> Response | None:
    """Return what is said about the address that a path stands for; None where nothing is.

    Raises ReleaseError where the release cannot be read.
    """
    if len(path) > _LONGEST:
        return None
    dump = of.folder / addresses.project.dump
    found = documents.find(dump, addresses.of(path))
    if found:
        return _thing(request, addresses, of, found)
    for iri in addresses.of(path):
        if documents.is_in_catalog(of, iri):
            return _see_other(f"{up(path)}current/catalog.ttl")
    form = next((each for each in FORMS if path.endswith(each.suffix)), None)
    found = documents.find(dump, addresses.of(path.removesuffix(form.suffix))) if form else None
    return _document(request, addresses, of, found, form) if found and form else None


def _thing(request: Request, addresses: Addresses, of: Release, found: Document) -> Response:
    form = negotiation.choose(request.headers.get("accept", ""), _ordered(request))
    links = ", ".join(_links(found))
    if form is None:
        lines = [f"{each.media_type}: {_last(found.iri)}{each.suffix}" for each in FORMS]
        headers = {"Vary": "Accept, Accept-Language", "Link": links}
        return replies.said(request, 406, _NOT_IN_THIS_FORM, headers, lines)
    if found.is_gone:
        reply = _document(request, addresses, of, found, form)
        reply.headers["Vary"] = "Accept, Accept-Encoding"
        return reply
    reply = _see_other(f"./{_last(found.iri)}{form.suffix}")
    reply.headers["Link"] = links
    return reply


def _ordered(request: Request) -> Mapping[Format, Sequence[str]]:
    """Return what is offered: browsers, which name HTML, get it before what they want alike."""
    says_html = HTML.media_type in request.headers.get("accept", "")
    return _OFFERS if says_html else {each: _OFFERS[each] for each in FORMS}


def _see_other(place: str) -> Response:
    return Response(None, 303, {"Location": place, "Vary": "Accept", "Cache-Control": "no-cache"})


def _document(request: Request, addresses: Addresses, of: Release, found: Document, form: Format) -> Response:
    """Return a document; with the status 410 where nothing but a tombstone is left."""
    if form is HTML:
        tongue = negotiation.language(request.headers.get("accept-language", ""), addresses.project.languages)
        site = up(found.iri.removeprefix(addresses.project.site))
        body = pages.of_document(found, of, addresses.project, tongue, site)
    else:
        tongue = ""
        body = found.written(form, documents.prefixes(of))
    charset = "; charset=utf-8" if form in (HTML, TURTLE) else ""
    headers = {
        "Content-Type": f"{form.media_type}{charset}",
        "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Cache-Control": "no-cache",
        "Link": ", ".join((*_links(found), f'<{addresses.project.settings["license"]}>; rel="license"')),
        **({"Content-Language": tongue, "Vary": "Accept-Language"} if tongue else {}),
    }
    if found.is_gone:
        return Response(body, 410, headers)
    if replies.is_known(request, headers["ETag"], ""):
        return replies.unchanged(headers)
    return replies.whole(request, io.BytesIO(body), len(body), headers)


def _links(found: Document) -> Iterator[str]:
    """Yield what leads from a document to its thing, its other forms, and what is in its place."""
    yield f'<{quote(found.iri, safe=_KEPT)}>; rel="describes"'
    for each in FORMS:
        yield f'<./{_last(found.iri)}{each.suffix}>; rel="alternate"; type="{each.media_type}"'
    if found.successor:
        yield f'<{quote(found.successor, safe=_KEPT)}>; rel="successor-version"'


def _last(iri: str) -> str:
    """Return the last part of an address, as headers may have it."""
    return quote(iri.rpartition("/")[2], safe=_KEPT)


_KEPT = "%:/?#[]@!$&'()*+,;=~"
_NOT_IN_THIS_FORM = Text(
    "In keiner der gewünschten Formen gibt es das; möglich sind:",
    "There is none of the forms that are asked for; possible are:",
)
