"""What a mapping may declare of a source."""

import difflib
import posixpath
import re
from collections.abc import Mapping

from sccon_lod.errors import MappingError
from sccon_lod.language import Text
from sccon_lod.mapping import Source
from sccon_lod.project import FILE as SETTINGS_FILE

_XMLNS = "xmlns:"
# Each way to refer to records, with what may be declared beside it.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "csv": ("decimal", "decimal_columns", "delimiter", "encoding", "header", "quote", "sheet"),
    "ical": (),
    "jsonpath": (),
    "toml": (),
    "xpath": (_XMLNS,),
}
# They have records within records, and so a path to them.
_TREES = ("jsonpath", "xpath")
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|/|[A-Za-z]:[\\/]|(.*/)?\.\.(/|$)")


def checked(source: Source) -> Source:
    """Return the source. Raises MappingError where it is no file of the publication, or declares what does not fit."""
    problem = _formulation(source) or _place(source) or _iterator(source) or _options(source)
    if problem:
        raise MappingError(source.origin, problem)
    return source


def tidy(path: str) -> str:
    """Return the path of a file as findings name it.

    >>> tidy("./data/event.csv")
    'data/event.csv'
    """
    return posixpath.normpath(path) if path.startswith("./") else path


def _formulation(source: Source) -> Text | None:
    said, known = source.formulation, ", ".join(sorted(set(OPTIONS) - {"toml"}))
    if said in OPTIONS and (said == "toml") == (source.file == SETTINGS_FILE):
        return None
    return Text(
        f"Die Quelle ist als „{said}“ angegeben; gelesen werden {known} und, für {SETTINGS_FILE}, toml.",
        f"The source is declared as “{said}”; what is read is {known} and, for {SETTINGS_FILE}, toml.",
    )


def _place(source: Source) -> Text | None:
    if source.file and not _OUTSIDE.match(source.file):
        return None
    return Text(
        "Eine Quelle ist eine Datei im Ordner der Veröffentlichung, zum Beispiel data/event.csv.",
        "A source is a file in the folder of the publication, for example data/event.csv.",
    )


def _iterator(source: Source) -> Text | None:
    if not source.iterator or source.formulation in _TREES:
        return None
    return Text(
        f"„{source.iterator}“: eine Quelle der Art {source.formulation} hat keinen Pfad zu ihren Datensätzen.",
        f"“{source.iterator}”: a source of the kind {source.formulation} has no path to its records.",
    )


def _options(source: Source) -> Text | None:
    allowed = OPTIONS[source.formulation]
    for name in source.options:
        if name not in allowed and not (name.startswith(_XMLNS) and _XMLNS in allowed):
            return _unknown(name, source.formulation, [each.rstrip(":") for each in allowed])
    return None


def _unknown(name: str, formulation: str, allowed: list[str]) -> Text:
    shown = ["access", "iterator", "referenceFormulation", "split", *allowed]
    near = difflib.get_close_matches(name, shown, n=1, cutoff=0.5)
    listed = ", ".join(sorted(shown))
    return Text(
        f"„{name}“ gibt es bei einer Quelle der Art {formulation} nicht. "
        + (f"Ist {near[0]} gemeint?" if near else f"Es gibt: {listed}."),
        f"A source of the kind {formulation} has no “{name}”. "
        + (f"Is {near[0]} meant?" if near else f"It has: {listed}."),
    )
