"""The set-based engine: DuckDB holds the rows, runs the plan and says where a statement came from."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import NamedTuple, Self

import duckdb

from sccon_lod import sql
from sccon_lod.functions import FUNCTIONS, Labels
from sccon_lod.iris import is_absolute
from sccon_lod.language import Text
from sccon_lod.names import Names
from sccon_lod.plan import Invocation, Plan, Statement
from sccon_lod.records import Row
from sccon_lod.values.value import ValueProblem
from sccon_lod.vocabulary import Told

_BATCH = 10_000  # rows that are handed to the engine at once
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


class Engine:
    """An embedded database for one run: nothing is kept, nothing is fetched, what is large spills to disk."""

    def __enter__(self) -> Self:
        self._spill = tempfile.TemporaryDirectory(prefix="sccon-lod-")
        self._connection = duckdb.connect(
            config={
                "temp_directory": self._spill.name,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            }
        )
        # After the folder for spilling is set, no file and no network can be reached any more.
        self._connection.execute("SET enable_external_access = false")
        for statement in (*sql.TABLES, *sql.MACROS):
            self._connection.execute(statement)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._spill.cleanup()

    # --- from rows to facts

    def load(self, file: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        """Store the rows of a file; an empty cell says nothing."""
        self._connection.execute(sql.create_source(file, columns))
        kept = [position for position, column in enumerate(columns) if column]
        insert = sql.insert_rows(file, columns)
        while batch := list(islice(rows, _BATCH)):
            cells = [[row.cells[position] for row in batch] for position in kept]
            numbers = [[row.number for row in batch], [row.line for row in batch]]
            self._connection.execute(insert, [*numbers, *cells])

    def convert(self, invocation: Invocation, labels: Labels) -> None:
        """Apply a value function to the distinct arguments that the rows give it."""
        function = FUNCTIONS[invocation.call.function]
        self._connection.execute(sql.create_call(invocation))
        insert = sql.insert_call(invocation)
        asked = self._connection.execute(sql.arguments(invocation)).fetchall()
        converted = [_converted(arguments, function.apply, labels) for arguments in asked]
        if converted:
            self._connection.execute(insert, [list(column) for column in zip(*converted, strict=True)])

    def state(self, statement: Statement) -> None:
        """Make the statements of one rule."""
        self._connection.execute(f"INSERT INTO statement {sql.statements(statement)}")

    def tell(self, told: Sequence[Told]) -> None:
        """Add statements that files of the vocabulary say themselves."""
        rows = [
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
        ]
        if rows:
            places = ", ".join(["unnest(?::VARCHAR[])"] * 6 + ["unnest(?::INTEGER[])"])
            self._connection.execute(
                f"INSERT INTO told SELECT {places}", [list(column) for column in zip(*rows, strict=True)]
            )

    def settle(self) -> None:
        """Collect the distinct statements: the facts that are validated and published."""
        self._connection.execute(sql.FACTS)

    def name(self, names: Names) -> None:
        """Let the queries of dumps write short names."""
        for macro in sql.name_macros(names):
            self._connection.execute(macro)

    # --- questions

    def ask(self, query: str, **parameters: Cell) -> Iterator[Answer]:
        """Run a query of the module `sql` and yield its rows."""
        cursor = self._connection.cursor()
        cursor.execute(query, parameters) if parameters else cursor.execute(query)
        while batch := cursor.fetchmany(_BATCH):
            yield from batch

    def said(self, query: str, **parameters: Cell) -> list[Said]:
        """Return where statements were made (`sql.POINTING`)."""
        return [Said(*row) for row in self._connection.execute(query, parameters).fetchall()]

    def stated(self, subjects: Sequence[str]) -> Iterator[tuple[str, Stated]]:
        """Yield what is said of the subjects, by subject, rule and record."""
        for subject, predicate, value, datatype, language, *said in self._connection.execute(
            sql.STATED, {"subjects": list(subjects)}
        ).fetchall():
            yield subject, Stated(predicate, value, datatype, language, Said(*said))

    def rows(self, file: str, records: Sequence[int]) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yield the number, line and cells of some records of a file; an empty cell is the empty text."""
        found = self._connection.execute(sql.rows(file), [list(records)])
        names = [column[0] for column in found.description][2:]
        for record, line, *cells in found.fetchall():
            yield record, line, dict(zip(names, (cell or "" for cell in cells), strict=True))

    def counts(self, plan: Plan) -> dict[int, int]:
        """Return how many statements each rule made."""
        made = dict(self._connection.execute(sql.COUNTS).fetchall())
        return {each.index: made.get(each.index, 0) for each in plan.statements}


def _converted(
    arguments: tuple[str, ...], apply: Callable[[tuple[str, ...], Labels], tuple[str, str]], labels: Labels
) -> tuple[str | None, ...]:
    try:
        lexical, datatype = apply(arguments, labels)
    except ValueProblem as problem:
        return (*arguments, None, None, problem.text.de, problem.text.en)
    if not datatype and not is_absolute(lexical):
        return (*arguments, None, None, *_NO_IRI)
    return (*arguments, lexical, datatype, None, None)


_NO_IRI = Text(
    "Daraus entsteht keine Web-Adresse, die veröffentlicht werden kann.",
    "No web address that can be published comes of this.",
)
