"""A process that answers one query at a time; whoever started it kills it where that takes too long.

It reads a line of JSON for each query and writes frames: a letter, the length, and so many bytes.
"""

import json
import struct
import sys
from collections.abc import Mapping
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from sccon_lod.iris import is_absolute
from sccon_lod.sparql import confinement, scanning

READY, PART, END, WRONG, FAILED, LONG = b"R", b"P", b"E", b"W", b"F", b"L"
HEAD = struct.Struct(">cI")
_TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


class _TooLong(Exception):
    """The answer is longer than it may be."""


class _Parts:
    """Where an answer is written to: it becomes frames until it is too long."""

    def __init__(self, output: BinaryIO, most: int) -> None:
        self._output = output
        self._left = most

    @property
    def is_full(self) -> bool:
        return self._left < 0

    def write(self, part: bytes) -> int:
        self._left -= len(part)
        if self.is_full:
            raise _TooLong
        _send(self._output, PART, bytes(part))
        return len(part)

    def flush(self) -> None:
        self._output.flush()


def main(folder: str, memory: str, most: str) -> None:
    """Answer what is asked at standard input from the store in a folder, with answers of so many bytes at most."""
    questions, output = sys.stdin.buffer, sys.stdout.buffer
    kept_off = confinement.confine(int(memory))
    store = pyoxigraph.Store.read_only(folder)
    _send(output, READY, kept_off.encode())
    for line in questions:
        asked = json.loads(line)
        _answer(store, asked["query"], asked["form"], _Parts(output, int(most)), output)


def _answer(store: pyoxigraph.Store, query: str, form: str, parts: _Parts, output: BinaryIO) -> None:
    try:
        found = store.query(query)
        if isinstance(found, pyoxigraph.QueryTriples):
            _write_graph(found, form, scanning.prefixes(query), parts)
        else:
            found.serialize(parts, _TABLES[form])  # type: ignore[arg-type]  # it needs no more than these methods
        _send(output, END, b"")
    except SyntaxError as error:
        _send(output, WRONG, str(error).encode())
    except (_TooLong, OSError, RuntimeError, ValueError) as error:
        _send(output, LONG if parts.is_full else FAILED, str(error).encode())


def _write_graph(found: pyoxigraph.QueryTriples, form: str, spaces: Mapping[str, str], parts: _Parts) -> None:
    """Write statements in order, each once; Turtle has the short names of the query, but for relative ones."""
    statements = sorted(set(found), key=str)
    short = {name: space for name, space in spaces.items() if is_absolute(space)} if form == "ttl" else None
    pyoxigraph.serialize(statements, parts, _GRAPHS[form], prefixes=short)  # type: ignore[arg-type]


def _send(output: BinaryIO, kind: bytes, part: bytes) -> None:
    output.write(HEAD.pack(kind, len(part)) + part)
    output.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
