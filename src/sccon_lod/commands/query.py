"""`sccon-lod query`: what the current release answers to a query."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from sccon_lod import project
from sccon_lod.commands import terminal
from sccon_lod.errors import Origin, QueryError, ReleaseError
from sccon_lod.findings import visible
from sccon_lod.language import Text
from sccon_lod.publish import release
from sccon_lod.sparql import admission, answers, asking
from sccon_lod.sparql.admission import Bounds, Query
from sccon_lod.sparql.answers import Form
from sccon_lod.sparql.processes import Means

_TABLE = "table"
# What each word means for a table and for statements; these are printed as Turtle where a table would be.
_FORMS = {
    _TABLE: (answers.JSON, answers.GRAPH_TURTLE),
    "csv": (answers.CSV, None),
    "json": (answers.JSON, answers.GRAPH_JSONLD),
}
_BOUNDS = Bounds(length=1_000_000)
_MEMORY, _LONGEST = 4 << 30, 1 << 30  # bytes of a process, and of an answer


@click.command("query")
@click.argument("query")
@click.option(
    "--format",
    "word",
    type=click.Choice(list(_FORMS)),
    default=_TABLE,
    show_default=True,
    help="How the answer is written; statements are Turtle, or JSON-LD with json.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="How long the query may take.",
)
@terminal.options
@terminal.with_voice
def command(voice: terminal.Voice, query: str, word: str, seconds: float, lang: str | None, folder: Path) -> None:
    """Ask the current release a QUERY in SPARQL, written here or in a file.

    Exit code: 0 answered, 2 it cannot be answered, or there is no release.
    """
    voice.speak(lang)
    settings = project.load(folder)
    voice.speak(settings.languages[0])
    name, text = _read(query)
    asked = admission.admit(text, _BOUNDS, name)
    public = settings.public
    dump = public / release.RELEASES / release.find(public, release.current(public)) / settings.dump
    if not dump.is_file():
        raise ReleaseError(Origin(str(dump.relative_to(settings.root))), _NO_DUMP)
    answer = asking.ask(dump, asked, _form(asked, word, name), Means(seconds, _MEMORY, _LONGEST), name)
    terminal.show(_shown(answer, asked, word))


def _read(query: str) -> tuple[str, str]:
    """Return the name of a query and its text, of the file where there is one."""
    with suppress(OSError, ValueError):  # most queries can be no name of a file
        if Path(query).is_file():
            try:
                return query, Path(query).read_text(encoding="utf-8-sig")
            except UnicodeDecodeError as error:
                raise QueryError(Origin(query), _NOT_UTF_8) from error
    return admission.NAME, query


def _form(query: Query, word: str, name: str) -> Form:
    form = _FORMS[word][query.form not in admission.TABLES]
    if form is None:
        raise QueryError(Origin(name), _NO_TABLE)
    return form


def _shown(answer: bytes, query: Query, word: str) -> Iterator[str]:
    text = answer.decode()
    if word == _TABLE and query.form in admission.TABLES:
        yield from _table(json.loads(text))
    else:
        yield text if text.endswith("\n") or not text else f"{text}\n"


def _table(answer: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> Iterator[str]:
    """Yield the lines of a table; the answer is one in JSON, as SPARQL defines it."""
    if "boolean" in answer:
        return iter([f"{json.dumps(answer['boolean'])}\n"])
    columns = list(map(str, answer["head"]["vars"]))
    rows = [[visible(_written(row.get(each))) for each in columns] for row in answer["results"]["bindings"]]
    return terminal.table([columns, *rows]) if columns else iter(())


def _written(term: dict[str, str] | None) -> str:
    """Return a term as people read it."""
    if term is None:
        return ""
    language = term.get("xml:lang")
    return f"{term['value']}@{language}" if language else term["value"]


_NO_DUMP = Text(
    "Diese Datei der Ausgabe gibt es nicht; bitte mit build eine neue Ausgabe machen.",
    "There is no such file of the release; please make a new release with build.",
)
_NOT_UTF_8 = Text(
    "Die Abfrage ist nicht in UTF-8 gespeichert; bitte so speichern.",
    "The query is not saved in UTF-8; please save it so.",
)
_NO_TABLE = Text(
    "Die Antwort besteht aus Aussagen und ist keine Tabelle; möglich ist --format json, oder eine Abfrage mit SELECT.",
    "The answer is made of statements and is no table; possible is --format json, or a query with SELECT.",
)
