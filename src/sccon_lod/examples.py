"""Queries that readers may start from: those of a publication, and some that suit any."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyoxigraph

from sccon_lod import starters
from sccon_lod.errors import Origin, PageError
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.publish import release
from sccon_lod.shacl import sparql
from sccon_lod.sparql.scanning import Token, prefixes, tokens

FILE = "queries.json"  # of a release
FOLDER = "pages/queries"  # of a publication
_GENERAL = Path(__file__).parent / "queries"
_TITLE = re.compile(r"# ([a-z]{2}): (\S.*)")


@dataclass(frozen=True)
class Example:
    """A query: its name, the question that it answers, and its text."""

    name: str
    title: Text
    query: str


def of(root: Path, classes: Collection[str], properties: Collection[str]) -> list[Example]:
    """Return the queries that are offered for a publication in the folder `root`, general ones first.

    Its own are in `pages/queries/`; where it has none, those of the program hold. What asks for classes or properties
    that are not published would have no answer, and is left out. Raises PageError for what is no query.
    """
    own = root / FOLDER
    folder = own if own.is_dir() else starters.folder(FOLDER)
    special = [each for each in _read(folder) if _suits(each.query, classes, properties)]
    return [*_read(_GENERAL), *special]


def write(examples: Sequence[Example], folder: Path) -> None:
    """Write queries to a release."""
    told = [{"name": each.name, "title": each.title._asdict(), "query": each.query} for each in examples]
    release.write(folder / FILE, iter([json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True), "\n"]))


def _read(folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("*.rq")):
        yield _example(path)


def _example(path: Path) -> Example:
    name = f"{FOLDER}/{path.name}"
    try:
        first, second, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise PageError(Origin(name), _NO_UTF_8) from error
    except ValueError as error:
        raise PageError(Origin(name, 1), _NO_TITLE) from error
    titles = {found[1]: found[2] for line in (first, second) if (found := _TITLE.fullmatch(line))}
    if set(titles) != set(LANGUAGES):
        raise PageError(Origin(name, 1), _NO_TITLE)
    query = "\n".join(lines).strip() + "\n"
    try:
        pyoxigraph.Store().query(query)
    except SyntaxError as error:
        raise PageError(Origin(name), _wrong(error)) from error
    return Example(path.stem, Text(titles["de"], titles["en"]), query)


def _suits(query: str, classes: Collection[str], properties: Collection[str]) -> bool:
    """Whether all is published that a query names; what it is about may be left to variables."""
    if not _classes(query) <= set(classes):
        return False
    named: frozenset[str] | None = sparql.algebra().predicates(query)
    return named is None or named <= set(properties)


def _classes(query: str) -> set[str]:
    """Return the classes that a query names behind `a`."""
    spaces = prefixes(query)
    behind = (second for first, second in pairwise(tokens(query)) if (first.kind, first.text) == ("word", "a"))
    return {iri for each in behind if (iri := _iri(each, spaces))}


def _iri(word: Token, spaces: Mapping[str, str]) -> str:
    """Return the IRI that a word stands for; empty for a variable."""
    if word.kind == "iri":
        return word.text[1:-1]
    prefix, _, local = word.text.partition(":")
    return f"{spaces.get(prefix, '')}{local}" if word.kind == "name" else ""


_NO_TITLE = Text(
    "Eine Abfrage beginnt mit der Frage, die sie beantwortet: zwei Zeilen wie „# de: Wer war wo?“ und „# en: Who was "
    "where?“.",
    "A query begins with the question that it answers: two lines such as “# de: Wer war wo?” and “# en: Who was "
    "where?”.",
)
_NO_UTF_8 = Text(
    "Diese Abfrage ist nicht in UTF-8; bitte so speichern.", "This query is not in UTF-8; please save it so."
)


def _wrong(error: SyntaxError) -> Text:
    return Text(f"Das ist keine gültige Abfrage: {error}", f"This is not a valid query: {error}")
