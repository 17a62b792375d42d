"""The page for queries, and all files that it needs."""

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from sccon_lod import starters
from sccon_lod.project import Project
from sccon_lod.serving import completion, editing, negotiation, pages, replies
from sccon_lod.serving.published import Published, Release
from sccon_lod.serving.words import WORDS
from sccon_lod.site.addresses import FOLDER
from sccon_lod.sparql import answers

PATH = "/query"
_QUERIES = "queries.json"
_STYLE = "site.css"
_TONGUES = {"de": "Deutsch", "en": "English"}
_FORMS = (*answers.OF_TABLES, *answers.OF_GRAPHS)
_SCRIPTS = Path(__file__).parent / "scripts"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
# The line of a query that says in which language names are; it is that of the page.
_SPOKEN = re.compile(r'(VALUES\s+\?language\s*\{\s*)"de"(\s*\})')


class Example(NamedTuple):
    """A query that one may start from, in the language of a page."""

    name: str
    title: str
    query: str


@dataclass(frozen=True)
class QueryPage:
    """The page for queries of a publication, and what lies below its address.

    `files` are those that are the same for all releases, by name.
    """

    project: Project
    published: Published
    files: Mapping[str, Path]

    @classmethod
    def of(cls, project: Project, published: Published) -> "QueryPage":
        """Return the page for a publication, with the editor where that is installed."""
        own = {path.name: path for path in sorted(_SCRIPTS.iterdir()) if path.suffix in _TYPES}
        editor = {f"ace/{name}": path for name, path in editing.files().items()}
        return cls(project, published, {_STYLE: starters.folder(FOLDER) / _STYLE, **own, **editor})

    def reply(self, request: Request, path: str) -> Response | None:
        """Return what is at a path of the server; None where it is none of the page."""
        if path == PATH:
            return self._page(request)
        name = path.removeprefix(f"{PATH}/")
        if name == "terms.json":
            told = completion.terms(self.published.current())
            return _sent(request, json.dumps(told, ensure_ascii=False).encode(), ".json", {})
        if name != path and name in self.files:
            file = self.files[name]
            return _sent(request, _content(file), file.suffix, {})
        return None

    def _page(self, request: Request) -> Response:
        current = self.published.current()
        language = self._language(request)
        examples = _examples(current, language)
        chosen = next((each for each in examples if each.name == request.query_params.get("example")), None)
        start = chosen or next(iter(examples), None)
        parts = {
            "language": language,
            "words": {name: text.in_language(language) for name, text in WORDS.items()},
            "title": self.project.text("title").in_language(language) or self.project.name,
            "tongues": [(each, _TONGUES[each]) for each in _TONGUES if each != language],
            "site": f"{self.project.site}/",
            "address": f"{self.project.site}{PATH}",
            "license": self.project.settings["license"],
            "publisher": self.project.settings["publisher.name"],
            "has_editor": "ace/ace.js" in self.files,
            "has_pages": _has(current, "index.html"),
            "style": f"./current/{FOLDER}/{_STYLE}" if _has(current, _STYLE) else f".{PATH}/{_STYLE}",
            "examples": examples,
            "is_chosen": chosen is not None,
            "query": start.query if start else "",
            "formats": [{"name": each.name, "title": each.media_type.partition(";")[0]} for each in _FORMS],
        }
        told = {"Content-Language": language, "Vary": "Accept-Language"}
        return _sent(request, pages.filled("query.html", parts), ".html", told)

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        if asked in _TONGUES:
            return asked
        # Words of the program are there in both languages, also where a publication has one.
        known = sorted(_TONGUES, key=lambda each: each != self.project.languages[0])
        return negotiation.language(request.headers.get("accept-language", ""), known)


def _has(current: Release | None, name: str) -> bool:
    return current is not None and f"{FOLDER}/{name}" in current.sums


def _examples(current: Release | None, language: str) -> Sequence[Example]:
    if current is None or _QUERIES not in current.sums:
        return ()
    return _read(current.folder / _QUERIES, language)


@lru_cache(8)
def _read(path: Path, language: str) -> Sequence[Example]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_example(each["name"], each["title"], each["query"], language) for each in told)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _example(name: str, title: Mapping[str, str], query: str, language: str) -> Example:
    spoken = _SPOKEN.sub(rf'\g<1>"{language}"\g<2>', query)
    return Example(name, title[language], f"# {title[language]}\n{spoken}")


@lru_cache(128)
def _content(path: Path) -> bytes:
    return path.read_bytes()


def _sent(request: Request, body: bytes, suffix: str, told: Mapping[str, str]) -> Response:
    headers = {
        "Content-Type": _TYPES[suffix],
        "ETag": f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Cache-Control": "no-cache",
        **told,
    }
    if replies.is_known(request, headers["ETag"], ""):
        return replies.unchanged(headers)
    return replies.whole(request, io.BytesIO(body), len(body), headers)
