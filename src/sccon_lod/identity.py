"""The identity ledger: every IRI that was ever published, since when, and what became of it."""

import csv
import datetime
import hashlib
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sccon_lod import clock
from sccon_lod.engine import Engine
from sccon_lod.errors import IdentityError, Origin
from sccon_lod.language import Text
from sccon_lod.sql import identity as sql
from sccon_lod.sql.dumps import encoded

FILE = "identity.csv"
_HEADER = ",".join(sql.COLUMNS) + "\n"
_HANDED_OVER = 4096  # documents that the engine is told of at once
_LETTERS = 32  # of a checksum: 128 bits


class Release(NamedTuple):
    """A release as the ledger knows it: its serial, its time (xsd:dateTime), and the checksum of what it publishes."""

    serial: str
    time: str
    digest: str


class Tombstone(NamedTuple):
    """What is left of a document that was published: since when it is gone (empty: from this release on).

    `successor` is the IRI of what came in its place, `label` its names in N-Triples syntax, with blanks between them.
    """

    document: str
    time: str
    successor: str
    label: str


@dataclass
class Identities:
    """What was ever published, and what this run publishes; `base` is that of the publication.

    `last` is the last release, None before the first; `former` are the numbers of its records by source.
    """

    engine: Engine
    path: Path
    base: str
    last: Release | None = None
    former: Mapping[str, int] = field(default_factory=dict)
    _watched: "Watched" = field(default_factory=lambda: Watched(""))
    _done: "list[Document]" = field(default_factory=list)

    @classmethod
    def read(cls, engine: Engine, root: Path, base: str) -> "Identities":
        """Read the ledger of the publication in `root`. Raises IdentityError with the line."""
        found = cls(engine, root / FILE, base, _watched=Watched(base))
        for statement in sql.TABLES:
            engine.run(statement)
        if found.path.is_file():
            _check_ends(found.path)
            engine.run(sql.read(found.path))
            _check(found.path, engine.one(sql.COUNT)[0], engine.one(sql.FAULTY)[0])
        engine.run(sql.STATE)
        for serial, time, digest in engine.ask(sql.LAST):
            found.last = Release(str(serial), str(time), str(digest))
        found.former = {str(source): int(str(count)) for source, count in engine.ask(sql.FORMER)}
        return found

    def there(self, subjects: Sequence[str]) -> None:
        """Note what all rows speak of, those that will be held back among them; given are queries for subjects."""
        self.engine.run(sql.note("there", self.base, subjects))

    def keep(self, subjects: Sequence[str], uncertain: Iterable[str]) -> None:
        """Note what is left to be published, and retire what was published and is not among it.

        What begins with one of `uncertain` may be in a row that cannot be read: it is not taken for withdrawn.
        """
        self.engine.run(sql.note("kept", self.base, subjects))
        self.engine.run(sql.retire(uncertain))

    def suppress(self, documents: Collection[str]) -> None:
        """Retire documents for good: nothing is left of them, and nothing brings them back."""
        for statement in sql.SUPPRESS:
            self.engine.run(statement, documents=sorted(documents))

    def kept(self, documents: Collection[str]) -> list[str]:
        """Return which of some documents are left to be published."""
        return [str(each) for (each,) in self.engine.ask(sql.KEPT, documents=sorted(documents))]

    def tombstones(self) -> list[Tombstone]:
        """Return what is left of all documents that are withdrawn, each with the last of its successors."""
        found = [Tombstone(*map(str, row)) for row in self.engine.ask(sql.TOMBSTONES)]
        successors = {str(each): str(successor) for each, successor in self.engine.ask(sql.SUCCESSORS)}
        ends = {each.document: _last(each.document, successors) for each in found}
        wanted = set(ends.values())
        named = {*self.kept(wanted), *(each.document for each in found)}
        return [each._replace(successor=_named(each.document, ends[each.document], named)) for each in found]

    def graves(self) -> frozenset[str]:
        """Return the documents that the last release has nothing of but that they are withdrawn."""
        return frozenset(str(document) for (document,) in self.engine.ask(sql.GRAVES))

    # --- what is published

    def watch(self, texts: Iterable[bytes]) -> None:
        """Take note of blocks of canonical N-Triples, in the order of their lines, while they are written."""
        self._done += self._watched.note(texts)
        if len(self._done) >= _HANDED_OVER:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._done:
            # The engine takes one text in less than half the time of three lists.
            lines = "\n".join([f"{iri} {digest} {statements}" for iri, digest, statements in self._done])
            self.engine.run(sql.WATCH, documents=lines)
        self._done.clear()

    def _end_watch(self) -> None:
        self._done += self._watched.rest()
        self._hand_over()

    def keep_what_is_watched(self) -> None:
        """Take what was watched for all that is left to be published, but for tombstones."""
        self._end_watch()
        self.engine.run(sql.KEEP_NOW)

    def settle(self, without: Iterable[str]) -> bool:
        """Compare what was watched with the ledger, but for some documents; return whether anything has changed."""
        self._end_watch()
        self.engine.run(sql.forget(without))
        self.engine.run(sql.CHANGES)
        return self.engine.one(sql.COUNT_CHANGES) != (0,)

    def releases(self) -> frozenset[str]:
        """Return the serials of all releases that were ever made."""
        return frozenset(str(serial) for (serial,) in self.engine.ask(sql.RELEASES))

    def before(self, serial: str) -> str:
        """Return the serial of the release before another; the empty text where there is none."""
        (found,) = next(iter(self.engine.ask(sql.BEFORE, serial=int(serial))))
        return str(found or "")

    def modified(self, spaces: Sequence[str]) -> str:
        """Return when the documents last changed that begin with one of some texts, once the feed is written."""
        (found,) = next(iter(self.engine.ask(sql.modified(spaces))))
        return str(found or "")

    def lines(self, release: Release, statements: int, records: Mapping[str, int]) -> Iterator[bytes]:
        """Yield the whole file with the lines of a new release; `records` are those of each source."""
        if self.path.is_file():
            with self.path.open("rb") as file:
                while block := file.read(1 << 20):
                    yield block
        else:
            yield _HEADER.encode()
        for some in self.engine.stream(encoded(sql.lines(release.serial, release.time))):
            yield b"".join(some)
        for source, count in records.items():
            yield _line(release.serial, release.time, "source", source, "", str(count), "", "")
        yield _line(release.serial, release.time, "release", "", release.digest, str(statements), "", "")


class Document(NamedTuple):
    """A document that is published: its IRI, its checksum, and the number of its statements."""

    iri: str
    digest: str
    statements: int


class Watched:
    """Documents below a base, put together from statements in the order of canonical N-Triples.

    The statements of a document's fragments may come some way before its own; what is between begins with its IRI.
    """

    def __init__(self, base: str) -> None:
        self._base = f"<{base}/".encode()
        self._open: list[_Statements] = []

    def note(self, texts: Iterable[bytes]) -> Iterator[Document]:
        """Take note of lines, or of blocks of lines with one subject; yield the documents that are complete."""
        for text in texts:
            if text.startswith(self._base):
                document = text[1 : text.index(b">")].partition(b"#")[0]
                while self._open and not document.startswith(self._open[-1].iri):
                    yield self._open.pop().told
                if not self._open or self._open[-1].iri != document:
                    self._open.append(_Statements(document))
                self._open[-1].add(text)

    def rest(self) -> Iterator[Document]:
        """Yield the documents that are left when all statements have come."""
        while self._open:
            yield self._open.pop().told


class _Statements:
    """The statements of a document; their checksum does not depend on what it is called."""

    def __init__(self, iri: bytes) -> None:
        self.iri = iri
        name = iri.rpartition(b"/")[2]
        # Where a name is meant: at the end of an IRI, before a fragment, and as a literal of its own.
        self._names = (b"/%b>" % name, b"/%b#" % name, b'"%b"' % name)
        self._hash = hashlib.sha256()
        self._statements = 0

    def add(self, text: bytes) -> None:
        own = text
        for name in self._names:
            own = own.replace(name, b"\0")
        self._hash.update(own)
        self._statements += text.count(b"\n")

    @property
    def told(self) -> Document:
        return Document(self.iri.decode(), self._hash.hexdigest()[:_LETTERS], self._statements)


def digests(texts: Iterable[bytes], documents: Iterable[str]) -> Mapping[str, str]:
    """Return the checksums of some documents from blocks of canonical N-Triples, as `Watched` has them."""
    wanted = {each: _Statements(each.encode()) for each in documents}
    for text in texts:
        document = wanted.get(text[1 : text.index(b">")].partition(b"#")[0].decode())
        if document:
            document.add(text)
    return {each: document.told.digest for each, document in wanted.items()}


def moment(last: Release | None, pinned: str) -> str:
    """Return the time of a release as xsd:dateTime: later than the last one, whatever the clock says.

    It is that of SOURCE_DATE_EPOCH, else the day `pinned` (YYYY-MM-DD) where there is one, else the present one.
    """
    is_pinned = pinned and not clock.is_set()
    told = datetime.datetime.fromisoformat(f"{pinned}T00:00:00+00:00") if is_pinned else clock.now()
    if last:
        told = max(told, datetime.datetime.fromisoformat(last.time) + datetime.timedelta(seconds=1))
    return told.strftime("%Y-%m-%dT%H:%M:%SZ")


def _last(document: str, successors: Mapping[str, str]) -> str:
    """Follow successors to the end; where they go round in a circle there is none."""
    seen = {document}
    while document in successors:
        document = successors[document]
        if document in seen:
            return ""
        seen.add(document)
    return document


def _named(document: str, successor: str, named: Container[str]) -> str:
    return successor if successor != document and successor in named else ""


def _line(*cells: str) -> bytes:
    quoted = (f'"{each.replace(chr(34), chr(34) * 2)}"' if set(each) & set(',"') else each for each in cells)
    return (",".join(quoted) + "\n").encode()


def _check_ends(path: Path) -> None:
    """Refuse a file that does not begin with its header, or does not end with a release."""
    with path.open("rb") as file:
        first = file.readline(1 << 16)
        file.seek(max(0, path.stat().st_size - (1 << 16)))
        last = next(reversed(file.read().splitlines(keepends=True)), b"")
    if not last:
        raise IdentityError(Origin(FILE), _CUT_OFF)
    if first.rstrip(b"\r\n") == _HEADER.rstrip().encode() and first.endswith(b"\r\n"):
        raise IdentityError(Origin(FILE, 1), _LINE_ENDS)
    if first != _HEADER.encode():
        raise IdentityError(Origin(FILE, 1), FAULTY)
    if last != first and not (last.endswith(b"\n") and last.split(b",")[2:3] == [b"release"]):
        raise IdentityError(Origin(FILE, _lines(path)), _CUT_OFF)


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _check(path: Path, read: int, faulty: int) -> None:
    """Refuse a line that the engine could not read, or that says what cannot be: the line `faulty`, if that is one."""
    if faulty:
        raise IdentityError(Origin(FILE, faulty), FAULTY)
    if _lines(path) - 1 != read:
        raise IdentityError(Origin(FILE, _faulty_line(path)), FAULTY)


def _faulty_line(path: Path) -> int:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for number, line in enumerate(file, 1):
            cells = next(csv.reader([line]), [])
            if len(cells) != len(sql.COLUMNS) or not line.endswith("\n"):
                return number
    return 0


_CUT_OFF = Text(
    "Die Datei endet mitten in einer Ausgabe, sie wurde abgeschnitten; bitte aus der letzten Sicherung oder Version "
    "zurückholen.",
    "The file ends within a release, it was cut off; please restore it from the last backup or version.",
)
_LINE_ENDS = Text(
    "Die Datei hat Zeilenenden von Windows bekommen (Git: autocrlf?); bitte die richtige zurückholen, und in "
    ".gitattributes eintragen: identity.csv -text",
    "The file got line ends of Windows (Git: autocrlf?); please restore the right one, and enter in .gitattributes: "
    "identity.csv -text",
)
FAULTY = Text(
    "Diese Zeile hat das Programm nicht so geschrieben; bitte die Datei aus der letzten Sicherung oder Version "
    "zurückholen. Nachfolger werden in identities.toml erklärt.",
    "The program did not write this line like this; please restore the file from the last backup or version. "
    "Successors are declared in identities.toml.",
)
