"""The statements of a Turtle file with their lines, in the order of the file."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text

# Relative names of maps need no base; what begins with this was one.
UNBASED = "mapping:/"

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


class Said(NamedTuple):
    """A statement, and the line that it ends on."""

    subject: Node
    predicate: str
    value: Value
    line: int


class File(NamedTuple):
    """A file: its text, its base IRI and its short names, empty where it has none, and its statements."""

    text: str
    base: str
    prefixes: Mapping[str, str]
    said: list[Said]


class _Lines(io.BytesIO):
    """Gives a file to the parser line by line, so that each statement is made on the line it ends on."""

    number = 0
    _is_begun = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next line, or as much of it as is asked for."""
        line = self.readline(size)
        self.number += bool(line) and not self._is_begun
        self._is_begun = not line.endswith(b"\n")
        return line


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        reason = " ".join(str(error).split())
        raise MappingError(
            Origin(name),
            Text(f"Die Datei ist nicht lesbar ({reason}).", f"The file cannot be read ({reason})."),
        ) from error


def read(path: Path, name: str) -> File:
    """Return a file as it is written; `name` is what errors call it. Raises MappingError with the line."""
    text = _text(path, name)
    lines, said = _Lines(f"{text}\n".encode()), []
    try:
        parser = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.TURTLE, base_iri=UNBASED)
        for each in parser:
            if isinstance(each.object, pyoxigraph.Triple):
                raise SyntaxError("statements about statements (RDF 1.2) are not read", (name, lines.number, 0, ""))
            said.append(Said(each.subject, each.predicate.value, each.object, lines.number))
    except SyntaxError as error:
        reason = re.sub(r"^Parser error (?:at|between) [^:]*: ", "", error.msg)
        raise MappingError(
            Origin(name, error.lineno or lines.number),
            Text(f"Das ist kein gültiges Turtle: {reason}", f"This is not valid Turtle: {reason}"),
        ) from error
    base = parser.base_iri or ""
    return File(text, "" if base.startswith(UNBASED) else base, parser.prefixes, said)
