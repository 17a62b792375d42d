"""What a release says, as its pages need it: documents one after the other, and what points to each."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sccon_lod import triples
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.language import Text
from sccon_lod.terms import PROV, TYPE
from sccon_lod.triples import Triple, Value

_LED = 6  # things that something without a name leads to
_MOST = 200  # documents that the page of another names as pointing to it


class Piece(NamedTuple):
    """What is said of one subject: its statements, and the same in the texts of three dumps."""

    subject: str
    triples: tuple[Triple, ...]
    texts: Mapping[Format, str]


@dataclass(frozen=True)
class Document:
    """What is said of an IRI without fragment, and of its fragments, in order."""

    iri: str
    pieces: tuple[Piece, ...]

    @cached_property
    def subjects(self) -> Mapping[str, Sequence[Triple]]:
        """The statements by subject."""
        return {each.subject: each.triples for each in self.pieces}

    @property
    def own(self) -> Sequence[Triple]:
        """The statements about the document itself."""
        return self.subjects.get(self.iri, ())


@dataclass
class Contents:
    """The names and classes of all that a dump speaks of, and the documents that point to each other.

    `names` are texts by language, the empty one for a text without language; `pointing` are subject and predicate,
    `points` how many there are altogether; `beside` are the documents in the same folder that a document points to, by
    predicate; `dates` are the first of the days and times that are said of documents,
    `places` their latitudes and longitudes, None for one that is not said.
    """

    paths: Mapping[Format, Path]
    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    classes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    pointing: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    points: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    beside: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    places: dict[str, list[float | None]] = field(default_factory=dict)
    documents: dict[str, None] = field(default_factory=dict)
    # Of what has no name: its first text in each language, and what it leads to.
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    leading: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Mapping[Format, Path], label: str, temporal: Collection[str] = ()) -> "Contents":
        """Read the dumps of a release.

        `label` is the predicate that says what something is called, `temporal` are those of times.
        """
        found = cls(paths)
        reader = _Reader(found, label, frozenset(temporal))
        with paths[NTRIPLES].open(encoding="utf-8", newline="\n") as file:
            for subject, some in groupby(_parsed(file, paths[NTRIPLES].name), key=lambda each: each.subject):
                said = tuple(some)
                for each in said:
                    reader.note(each)
                if subject not in found.names:
                    reader.describe(subject, said)
        return found

    def name(self, iri: str, language: str) -> str:
        """Return what something is called, in a language where there is a name in it; empty where there is none."""
        known = self.names.get(iri)
        return (known.get(language) or known.get("") or next(iter(known.values()))) if known else ""

    def tongue(self, iri: str, language: str) -> str:
        """Return the language that a name is in; empty where it says none."""
        known = self.names.get(iri, {})
        return language if language in known else "" if "" in known else next(iter(known), "")

    def each(self, wanted: Callable[[str], bool]) -> Iterator[Document]:
        """Yield the wanted documents, in the order of their statements."""
        waiting: dict[str, list[Piece]] = {}
        for piece in pieces(self.paths, wanted):
            document = piece.subject.partition("#")[0]
            # The statements of a document's fragments may come some way before its own: what is between begins so, too.
            for done in [each for each in waiting if not document.startswith(each)]:
                yield Document(done, tuple(waiting.pop(done)))
            waiting.setdefault(document, []).append(piece)
        for iri, left in waiting.items():
            yield Document(iri, tuple(left))


@dataclass(frozen=True)
class _Reader:
    """Notes what statements say; `label` is the predicate of names, `ranks` are those of the names noted so far."""

    contents: Contents
    label: str
    temporal: frozenset[str]
    ranks: dict[tuple[str, str], int] = field(default_factory=dict)
    # What predicates are for, by their last words.
    naming: dict[str, int | None] = field(default_factory=dict)
    axes: dict[str, int | None] = field(default_factory=dict)

    def note(self, each: Triple) -> None:
        contents, (subject, predicate, value) = self.contents, each
        document = subject.partition("#")[0]
        contents.documents[document] = None
        if predicate == TYPE:
            contents.classes[subject].append(value.text)
        elif not value.datatype:
            target = value.text.partition("#")[0]
            if target != document:
                contents.points[target] += 1
                if len(contents.pointing[target]) < _MOST:
                    contents.pointing[target].append((subject, predicate))
                if subject.rpartition("/")[0] == value.text.rpartition("/")[0]:
                    contents.beside.setdefault((subject, predicate), []).append(value.text)
        else:
            self._note_text(subject, document, predicate, value)
        if predicate in self.temporal:
            contents.dates[document] = min(contents.dates.get(document, value.text), value.text)

    def describe(self, subject: str, said: Sequence[Triple]) -> None:
        """Note what can stand for a name."""
        texts: dict[str, str] = {}
        for each in said:
            if each.value.language:
                texts.setdefault(each.value.language, each.value.text)
        ends = [
            each.value.text
            for each in said
            if not each.value.datatype and each.predicate != TYPE and not each.predicate.startswith(PROV)
        ]
        if texts:
            self.contents.texts[subject] = texts
        if ends:
            self.contents.leading[subject] = ends[:_LED]

    def _note_text(self, subject: str, document: str, predicate: str, value: Value) -> None:
        if predicate not in self.naming:
            last = re.split("[/#]", predicate)[-1]
            self.naming[predicate] = 0 if predicate == self.label else _NAMING.get(last)
            self.axes[predicate] = _AXES.get(last)
        rank, axis = self.naming[predicate], self.axes[predicate]
        if rank is not None:
            self._name(subject, value, rank)
        if axis is not None and _NUMBER.fullmatch(value.text):
            self.contents.places.setdefault(document, [None, None])[axis] = float(value.text)

    def _name(self, subject: str, value: Value, rank: int) -> None:
        key = (subject, value.language)
        if rank < self.ranks.get(key, _UNNAMED):
            self.ranks[key] = rank
            self.contents.names[subject][value.language] = value.text


# Last words of predicates that say a name, where the shapes do not know better: the least specific comes last.
_NAMING = {each: rank for rank, each in enumerate(("prefLabel", "label", "title", "name", "identifier"), start=1)}
_UNNAMED = 99
_AXES = {"latitude": 0, "lat": 0, "longitude": 1, "long": 1, "lon": 1}
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")


def pieces(paths: Mapping[Format, Path], wanted: Callable[[str], bool]) -> Iterator[Piece]:
    """Yield what three dumps of the same statements say of each subject in a wanted document.

    All have them in the same order.
    """
    with ExitStack() as files:
        opened = {form: files.enter_context(path.open(encoding="utf-8", newline="\n")) for form, path in paths.items()}
        blocks = zip(_turtle(opened[TURTLE]), _jsonld(opened[JSONLD]), strict=True)
        number = 0
        for subject, some in groupby(opened[NTRIPLES], _subject):
            lines = list(some)
            turtle, jsonld = next(blocks)
            if wanted(subject.partition("#")[0]):
                said = tuple(_parsed(lines, paths[NTRIPLES].name, number))
                yield Piece(subject, said, {NTRIPLES: "".join(lines), TURTLE: turtle, JSONLD: jsonld})
            number += len(lines)


def _subject(line: str) -> str:
    return line.partition(">")[0][1:]


def _parsed(lines: Iterable[str], name: str, before: int = 0) -> Iterator[Triple]:
    """Yield what lines of N-Triples say; some come `before` them. Raises ReleaseError for one that says nothing."""
    for number, line in enumerate(lines, start=before + 1):
        found = triples.parse(line[:-1])
        if found is None:
            raise ReleaseError(Origin(name, number), _NO_LINE)
        yield found


def _turtle(lines: Iterable[str]) -> Iterator[str]:
    """Yield what a dump in Turtle says of each subject: an empty line stands before each."""
    block: list[str] = []
    is_begun = False
    for line in lines:
        if line == "\n":
            if is_begun:
                yield "".join(block)
            is_begun, block = True, []
        block.append(line)
    if is_begun:
        yield "".join(block)


def _jsonld(lines: Iterable[str]) -> Iterator[str]:
    """Yield the nodes of a dump in JSON-LD: each begins and ends with a bracket on a line of its own."""
    block: list[str] = []
    for line in lines:
        if block:
            block.append(line)
            if line == "}\n":
                yield "".join(block)
                block = []
        elif line in (" {\n", ",{\n"):
            block = ["{\n"]


_NO_LINE = Text(
    "Das ist keine Zeile N-Triples; bitte mit build eine neue Ausgabe machen.",
    "This is no line of N-Triples; please make a new release with build.",
)
