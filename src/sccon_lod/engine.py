"""The set-based engine: DuckDB holds the rows, runs the plan and says where a statement came from."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import duckdb

from sccon_lod import scans
from sccon_lod.errors import Origin, SpaceError
from sccon_lod.functions import FUNCTIONS, Function, Labels
from sccon_lod.iris import is_absolute
from sccon_lod.language import Text
from sccon_lod.lexicon import Told
from sccon_lod.mapping import Source
from sccon_lod.plan import Invocation, Joined, Statement
from sccon_lod.rows import Table
from sccon_lod.sql import macros, rows, sources, statements, words
from sccon_lod.sql.sources import Scan
from sccon_lod.values.value import ValueProblem

_BATCH = 512  # rows that are handed over at once; more are no faster, and take more memory
_TEXTS = 256  # texts that are handed over at once
_BUFFER = 64  # MiB of texts that wait to be written, so that no thread has to
_MEMORY = 384  # MiB for each thread; what needs more spills to disk, but large sorts cannot do with much less
_RULES = 100  # rules that are planned at once
Cell = str | int | None
Answer = tuple[Cell, ...]


class Said(NamedTuple):
    """Where a statement was made: the rule and record it comes from, or file and line."""

    rule: int | None
    record: int | None
    file: str | None
    line: int | None


class Stated(NamedTuple):
    """What is said of a subject, and where; `datatype` is empty for an IRI."""

    predicate: str
    object: str
    datatype: str
    language: str
    said: Said


class Record(NamedTuple):
    """A record as it was read: its number in the source, its place, and its cells by column."""

    number: int
    file: str
    line: int
    path: str
    cells: Mapping[str, str]


class ScanError(Exception):
    """A file that the engine cannot read by itself; a reader that names the faulty row has to."""


class SerialScanError(ScanError):
    """A table that the engine can read by itself, but not with several threads at once."""


class Engine:
    """An embedded database for one run: nothing is kept, nothing is fetched, what is large spills to disk.

    It reaches the files in `folders` and below, and no others.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = [str(folder.resolve()) for folder in folders]
        self._lists: dict[str, frozenset[str]] = {}
        self._scans: dict[str, Scan] = {}

    def __enter__(self) -> Self:
        try:
            self._spill = tempfile.TemporaryDirectory(prefix="sccon-lod-")
        except OSError as error:
            raise SpaceError(Origin("TMPDIR"), _NO_SPACE) from error
        self._connect()
        return self

    def _connect(self) -> None:
        self._connection = duckdb.connect(
            config={
                "temp_directory": self._spill.name,
                "memory_limit": f"{_MEMORY * max(2, os.cpu_count() or 1)}MiB",
                # Tables live as long as the run: to put them in order after each large insert costs time only.
                "checkpoint_threshold": "1TB",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        self._connection.execute("SET allowed_directories = ?", [self._folders])
        # From here on, no other file and no network can be reached.
        self._connection.execute("SET enable_external_access = false")
        for statement in (*macros.TABLES, *macros.MACROS):
            self._connection.execute(statement)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._spill.cleanup()
        if isinstance(error, duckdb.OutOfMemoryException):
            raise SpaceError(Origin(str(Path(self._spill.name).parent)), _NO_SPACE) from error

    def clear(self) -> None:
        """Forget everything that was read."""
        self._connection.close()
        self._lists.clear()
        self._scans.clear()
        self._connect()

    @property
    def lists(self) -> rows.Lists:
        """The columns of each source, by its key, that hold lists."""
        return self._lists

    # --- from files to rows

    def load(self, source: Source, table: Table) -> None:
        """Store the rows of a source; an empty cell says nothing. Records are numbered from 1 as they come."""
        kept = [position for position, column in enumerate(table.columns) if column]
        named = [table.columns[position] for position in kept]
        first = next(table.rows, None)
        is_tree = first is not None and source.formulation not in ("csv", "toml")
        self._connection.execute(sources.create_table(source, named, "VARCHAR[]" if is_tree else "VARCHAR"))
        insert = (sources.insert_lists if is_tree else sources.insert_texts)(source, named)
        count = 0
        pending = ([first] if first is not None else []) + list(islice(table.rows, _BATCH))
        while pending:
            places: list[list[object]] = [
                list(range(count + 1, count + len(pending) + 1)),
                [row.file for row in pending],
                [row.line for row in pending],
                [row.path for row in pending],
            ]
            cells = [[_cell(row.cells[position], is_tree) for row in pending] for position in kept]
            self._connection.execute(insert, [*places, *cells])
            count += len(pending)
            pending = list(islice(table.rows, _BATCH))
        if is_tree and named:
            self._flatten(source, named)
        self._connection.execute(sources.create_view(source))

    def _flatten(self, source: Source, named: Sequence[str]) -> None:
        several = self._connection.execute(sources.several(source, named)).fetchone()
        assert several is not None, "an aggregate has a row"
        lists = frozenset(column for column, is_list in zip(named, several, strict=True) if is_list)
        self._lists[source.key] = lists
        self._connection.execute(sources.flattened(source, named, lists))

    def is_scanned(self, source: Source) -> bool:
        """Whether the engine reads the files of a source by itself."""
        return source.key in self._scans

    def scan(self, source: Source, scan: Scan) -> None:
        """Let the engine read a file by itself, each time it is asked for rows of the source."""
        self._lists[source.key], self._scans[source.key] = scan.lists, scan
        self._connection.execute(sources.create_scan(source, scan))
        self._connection.execute(sources.create_view(source))

    # --- from rows to facts

    def convert(self, invocation: Invocation, labels: Labels) -> None:
        """Apply a value function to the distinct arguments that the rows give it."""
        function = FUNCTIONS[invocation.call.function]
        self._connection.execute(rows.create_call(invocation))
        insert = rows.insert_call(invocation)
        asked = self._run(rows.arguments(invocation, self._lists), self._connection.cursor())
        while batch := asked.fetchmany(_BATCH):
            converted = [_converted(arguments, function, labels) for arguments in batch]
            self._connection.execute(insert, [list(column) for column in zip(*converted, strict=True)])

    def join(self, joined: Joined) -> None:
        """Find the subjects that rules of other maps refer to."""
        self.run(rows.create_joined(joined, self._lists))

    def run(self, statement: str, **parameters: Cell | list[str]) -> None:
        """Run a statement of `sql`. Raises ScanError where a file turns out to be other than it seemed."""
        if parameters:
            self._connection.execute(statement, parameters)
        else:
            self._run(statement, self._connection)

    def _run(self, statement: str, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
        if not self._scans:
            return connection.execute(statement)
        try:
            return connection.execute(statement)
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise ScanError(str(error)) from error
        except duckdb.NotImplementedException as error:
            # Where rows hold line breaks, threads cannot always tell where one begins.
            raise SerialScanError(str(error)) from error

    def exchange(self, statement: str) -> None:
        """Run a statement of `sql` that reads or writes a file of ours. Raises OSError where that is not possible."""
        try:
            self._connection.execute(statement)
        except (duckdb.IOException, duckdb.PermissionException) as error:
            raise OSError(str(error)) from error

    def state(self, statement: Statement, among: str | None = None, without: str | None = None) -> None:
        """Note what one rule says, of all subjects, of those of the table `among`, or of those not in `without`."""
        self.run(statements.state(statement, self._lists, among, without))

    def state_all(self, rules: Sequence[Statement]) -> None:
        """Note what the rules of a source with few rows say; planning them takes longer than running them."""
        cursor = self._connection.cursor()
        cursor.execute("PRAGMA disable_optimizer")
        for start in range(0, len(rules), _RULES):
            self._run(statements.state_all(rules[start : start + _RULES], self._lists), cursor)

    def tell(self, told: Sequence[Told]) -> None:
        """Add statements that files of the vocabulary say themselves."""
        self.insert(
            "told",
            [
                (
                    each.subject,
                    each.predicate,
                    each.object,
                    each.datatype,
                    each.language,
                    each.origin.file,
                    each.origin.line,
                )
                for each in told
            ],
        )

    def insert(self, table: str, rows_of: Sequence[Sequence[Cell | bool]]) -> None:
        """Add rows to a table of `sql`; all values of one column have one type."""
        if rows_of:
            places = ", ".join(["unnest(?)"] * len(rows_of[0]))
            columns = [list(column) for column in zip(*rows_of, strict=True)]
            self._connection.execute(f"INSERT INTO {table} SELECT {places}", columns)

    # --- questions

    def ask(self, query: str, **parameters: Cell | list[str]) -> Iterator[Answer]:
        """Run a query of `sql` and yield its rows."""
        cursor = self._connection.cursor()
        cursor.execute(query, parameters) if parameters else cursor.execute(query)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch

    def stream(self, query: str) -> Iterator[list[bytes]]:
        """Run a query for binary texts and yield some of them while others are being made."""
        cursor = self._connection.cursor()
        cursor.execute(f"SET streaming_buffer_size = '{_BUFFER}MiB'")
        cursor.execute(query)
        while batch := cursor.fetchmany(_TEXTS):
            yield [text for (text,) in batch]

    def one(self, query: str) -> tuple[int, ...]:
        """Run a query that counts and return its only row. Raises ScanError as `run` does."""
        found = self._run(query, self._connection).fetchone()
        assert found is not None, "a query that counts has a row"
        return tuple(map(int, found))

    def said(self, query: str, **parameters: Cell) -> list[Said]:
        """Return where statements were made (`sql.statements.POINTING`)."""
        return [Said(*row) for row in self._connection.execute(query, parameters).fetchall()]

    def stated(self, subjects: Sequence[str]) -> Iterator[tuple[str, Stated]]:
        """Yield what is said of the subjects, by subject, rule and record."""
        for subject, predicate, value, datatype, language, *said in self._connection.execute(
            statements.STATED, {"subjects": list(subjects)}
        ).fetchall():
            yield subject, Stated(predicate, value, datatype, language, Said(*said))

    def records(self, source: Source, numbers: Sequence[int]) -> Iterator[Record]:
        """Yield some records of a source; an empty cell is the empty text, several values stand side by side."""
        found = self._connection.execute(sources.rows(source), [list(numbers)])
        names = [words.column_of(column[0]) for column in found.description][4:]
        scan = self._scans.get(source.key)
        lines = scans.lines(scan, numbers) if scan else {}
        for number, file, line, path, *cells in found.fetchall():
            shown = (" | ".join(cell) if isinstance(cell, list) else cell or "" for cell in cells)
            yield Record(number, file, lines.get(number, line or 0), path or "", dict(zip(names, shown, strict=True)))


def _cell(cell: str | tuple[str, ...], is_tree: bool) -> str | list[str]:
    if not is_tree:
        assert isinstance(cell, str), "a table has one text in a cell"
        return cell
    return list(cell) if isinstance(cell, tuple) else [cell]


def _converted(arguments: tuple[str, ...], function: Function, labels: Labels) -> tuple[str | None, ...]:
    try:
        lexical, datatype = function.apply(arguments, labels)
    except ValueProblem as problem:
        return (*arguments, None, None, problem.text.de, problem.text.en)
    if not datatype and not is_absolute(lexical):
        return (*arguments, None, None, *_NO_IRI)
    if not lexical:  # an empty text says nothing, as an empty cell does
        return (*arguments, None, None, None, None)
    return (*arguments, lexical, datatype, None, None)


_NO_SPACE = Text(
    "Hier ist nicht genug Platz für Zwischenergebnisse; bitte Platz schaffen oder mit TMPDIR einen anderen Ort nennen.",
    "There is not enough space here for intermediate results; please make room or name another folder with TMPDIR.",
)
_NO_IRI = Text(
    "Daraus entsteht keine Web-Adresse, die veröffentlicht werden kann.",
    "No web address that can be published comes of this.",
)
