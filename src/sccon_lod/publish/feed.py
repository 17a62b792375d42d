"""The change feed: what was created, updated and deleted, as an Atom feed and as a Linked Data Event Stream.

What stands on pages follows from the identity ledger alone, which only grows, so that on a full page it never changes
(RFC 5005, section 4, archived feeds; TREE and LDES of the W3C community group: `ldes:immutable`).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from sccon_lod.engine import Engine
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.sql import feed as sql

FOLDER = "changes"
ATOM, LDES = "atom.xml", "ldes.ttl"
SIZE = 5_000  # changes on a page


@dataclass(frozen=True)
class Feed:
    """What a feed is of: the base of its IRIs, the stable address of its folder, its title, and who publishes it.

    `language` is that of the title; `size` is how many changes stand on a page.
    """

    base: str
    address: str
    title: Text
    author: str
    language: str
    size: int = SIZE

    @classmethod
    def of(cls, project: Project, current: str) -> "Feed":
        """Return the feed of a publication; `current` is the name of the current release in addresses."""
        address, author = f"{project.site}/{current}/{FOLDER}", project.settings["publisher.name"]
        return cls(project.base, address, project.text("title"), author, project.languages[0], SIZE)

    @property
    def stream(self) -> str:
        """The IRI of the feed itself."""
        return f"{self.base}/{FOLDER}"


class _Page(NamedTuple):
    """A page: its number, the times of its first and last change, and whether no more will stand on it."""

    number: int
    first: str
    last: str
    is_full: bool

    def named(self, kind: str) -> str:
        stem, _, ending = kind.partition(".")
        return f"{stem}-{self.number + 1:06d}.{ending}"


def write(engine: Engine, feed: Feed, folder: Path, time: str, former: Path | None = None) -> None:
    """Write all pages to a folder; changes that the ledger does not have yet are of a `time`.

    `former` is the folder of the same feed before them; pages that were full are taken over from there.
    """
    folder.mkdir(exist_ok=True)
    engine.run(sql.create(time))
    (count,) = engine.one(sql.COUNT)
    taken = _Taken(former, folder)
    told = [(int(str(page)), str(first), str(last)) for page, first, last in engine.ask(sql.times(feed.size))]
    pages = [_Page(*each, is_full=(each[0] + 1) * feed.size <= count) for each in told]
    for page in pages:
        if not taken.over(page, LDES):
            members = _text(engine, sql.members(feed.stream, page.number, feed.size))
            _put(folder / page.named(LDES), _stream_page(feed, page, members))
    _put(folder / LDES, _stream(feed, pages))
    head, rest = _Page(len(pages), "", pages[-1].last if pages else "", is_full=False), ""
    for page in pages:
        if taken.over(page, ATOM):
            continue
        entries = _text(engine, sql.entries(feed.base, page.number, feed.size))
        if page.is_full:
            _put(folder / page.named(ATOM), _atom(feed, page, entries))
        else:
            head, rest = page, entries
    _put(folder / ATOM, _atom(feed, head, rest))


@dataclass(frozen=True)
class _Taken:
    """The pages of a former feed that were full: they never change."""

    former: Path | None
    folder: Path

    def over(self, page: _Page, kind: str) -> bool:
        """Take over a page, as a link; return whether that is possible."""
        # Of Atom, only pages that are full have a number.
        if self.former is None or not page.is_full or not (self.former / page.named(ATOM)).is_file():
            return False
        former, target = (folder / page.named(kind) for folder in (self.former, self.folder))
        try:
            os.link(former, target)
        except FileExistsError:  # what is a link already must not be written to
            return target.samefile(former)
        except OSError:
            return False
        return True


def _text(engine: Engine, query: str) -> str:
    (text,) = next(iter(engine.ask(query)))
    return str(text)


def _put(path: Path, parts: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)


# --- Linked Data Event Stream

_PREFIXES = """@prefix as: <https://www.w3.org/ns/activitystreams#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix tree: <https://w3id.org/tree#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""


def _stream(feed: Feed, pages: Sequence[_Page]) -> Iterator[str]:
    """Yield the first node, from which relations lead to the pages."""
    node = f"{feed.address}/{LDES}"
    yield _PREFIXES
    yield f"<{feed.stream}>\n    a ldes:EventStream ;\n    dct:title {_quoted(feed.title.de)}@de"
    yield f" , {_quoted(feed.title.en)}@en" if feed.title.en else ""
    yield " ;\n    ldes:timestampPath as:published ;\n    ldes:versionOfPath as:object ;\n"
    yield f"    tree:view <{node}> .\n\n<{node}>\n    a tree:Node"
    for page in pages:
        yield f" ;\n    tree:relation <{node}#from-{page.number + 1}>"
        yield f" , <{node}#to-{page.number + 1}>" if page.is_full else ""
    yield " .\n"
    for page in pages:
        yield from _relation(feed, page, "from", "tree:GreaterThanOrEqualToRelation", page.first)
        if page.is_full:
            yield from _relation(feed, page, "to", "tree:LessThanOrEqualToRelation", page.last)


def _relation(feed: Feed, page: _Page, name: str, kind: str, time: str) -> Iterator[str]:
    yield f"\n<{feed.address}/{LDES}#{name}-{page.number + 1}>\n    a {kind} ;\n    tree:path as:published ;\n"
    yield f'    tree:value "{time}"^^xsd:dateTime ;\n    tree:node <{feed.address}/{page.named(LDES)}> .\n'


def _stream_page(feed: Feed, page: _Page, members: str) -> Iterator[str]:
    yield _PREFIXES
    yield f"<{feed.stream}> tree:view <{feed.address}/{LDES}> .\n\n<{feed.address}/{page.named(LDES)}> a tree:Node"
    yield " ; ldes:immutable true .\n" if page.is_full else " .\n"
    yield members


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


# --- Atom


def _atom(feed: Feed, page: _Page, entries: str) -> Iterator[str]:
    """Yield a page: one that is full is an archive, the others are what a reader subscribes to."""
    own = f"{feed.address}/{page.named(ATOM) if page.is_full else ATOM}"
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
    yield 'xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:fh="http://purl.org/syndication/history/1.0" '
    yield f"xml:lang={quoteattr(feed.language)}>\n"
    yield f"<id>{escape(feed.stream)}</id>\n<title>{escape(feed.title.in_language(feed.language))}</title>\n"
    yield f"<updated>{page.last or _NEVER}</updated>\n<author><name>{escape(feed.author)}</name></author>\n"
    yield f'<link rel="self" href={quoteattr(own)}/>\n'
    if page.is_full:
        yield f'<link rel="current" href={quoteattr(f"{feed.address}/{ATOM}")}/>\n<fh:archive/>\n'
    if page.number:
        before = page._replace(number=page.number - 1).named(ATOM)
        yield f'<link rel="prev-archive" href={quoteattr(f"{feed.address}/{before}")}/>\n'
    yield entries
    yield "</feed>\n"


_NEVER = "1970-01-01T00:00:00Z"  # where nothing was published yet, though a feed has to say when
