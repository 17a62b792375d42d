"""SQL for the rows of sources: tables that rows are put into, and views on files that the engine reads itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sccon_lod.mapping import Source
from sccon_lod.sql.words import column, name, text, where

PLACE = '"#record" BIGINT, "#in" VARCHAR, "#line" INTEGER, "#path" VARCHAR'


_LINE = 131_072  # bytes of a line; the reader, which takes cells of so many letters, says which one is too long


@dataclass(frozen=True)
class Scan:
    """A file that the engine reads itself: its columns, which of them are lists, and how it is read.

    `reader` is `read_csv` or `read_json`; `delimiter` and `quote` are those of delimited text, which `is_parallel` says
    that several threads may read at once.
    """

    path: Path
    file: str
    reader: str
    columns: tuple[str, ...]
    lists: frozenset[str] = frozenset()
    delimiter: str = ","
    quote: str = '"'
    is_parallel: bool = True


def table(source: Source) -> str:
    """Return the name of the view that gives the rows of a source that are not held back."""
    return "source." + column(source.key)


def read_table(source: Source) -> str:
    """Return the name of the table or view that holds all rows of a source that were read."""
    return "read." + column(source.key)


def create_view(source: Source, held: str = "") -> str:
    """Return the statement that makes the view on the rows of a source, but for the record numbers of a query."""
    kept = [f'"#record" NOT IN ({held})'] if held else []
    return f"CREATE OR REPLACE VIEW {table(source)} AS SELECT * FROM {read_table(source)}{where(kept)}"


def create_table(source: Source, columns: Sequence[str], kind: str) -> str:
    """Return the statement that makes the table of a source; `kind` is the SQL type of its cells."""
    cells = "".join(f", {column(each)} {kind}" for each in columns)
    return f"CREATE TABLE {read_table(source)} ({PLACE}{cells})"


def insert_texts(source: Source, columns: Sequence[str]) -> str:
    """Return the statement that adds rows of texts, given one list per column; an empty cell becomes NULL."""
    cells = "".join(", nullif(unnest(?::VARCHAR[]), '')" for _ in columns)
    return f"INSERT INTO {read_table(source)} SELECT {_PLACES}{cells}"


def insert_lists(source: Source, columns: Sequence[str]) -> str:
    """Return the statement that adds rows of lists of texts."""
    cells = "".join(", unnest(?::VARCHAR[][])" for _ in columns)
    return f"INSERT INTO {read_table(source)} SELECT {_PLACES}{cells}"


_PLACES = "unnest(?::BIGINT[]), unnest(?::VARCHAR[]), unnest(?::INTEGER[]), unnest(?::VARCHAR[])"


def several(source: Source, columns: Sequence[str]) -> str:
    """Return the query that tells, for each column of lists, whether a row has several values."""
    longest = ", ".join(f"coalesce(max(len({column(each)})), 0) > 1" for each in columns)
    return f"SELECT {longest} FROM {read_table(source)}"


def flattened(source: Source, columns: Sequence[str], lists: frozenset[str]) -> str:
    """Return the statement that makes a text of each cell whose column never has several values."""
    cells = ", ".join(
        f"{_filled(cell) if each in lists else _given(f'{cell}[1]')} AS {cell}"
        for each, cell in zip(columns, map(column, columns), strict=True)
    )
    return f"CREATE OR REPLACE TABLE {read_table(source)} AS SELECT * REPLACE ({cells}) FROM {read_table(source)}"


def _given(cell: str) -> str:
    return f"nullif({cell}, '')"


def _filled(cell: str) -> str:
    """Return a list without empty texts, NULL where nothing is left."""
    whole = f"list_filter({cell}, lambda part: part <> '')"
    return f"CASE WHEN len({whole}) > 0 THEN {whole} END"


def create_scan(source: Source, scan: Scan) -> str:
    """Return the statement that makes a view on a file; "#record" costs time only where it is asked for."""
    read, cells = _of_lines(scan) if scan.reader == "read_json" else _of_table(scan)
    return (
        f'CREATE VIEW {read_table(source)} AS SELECT row_number() OVER () AS "#record", '
        f'{text(scan.file)} AS "#in", NULL::INTEGER AS "#line", NULL::VARCHAR AS "#path", {", ".join(cells)}\n'
        f"FROM {scan.reader}({text(str(scan.path))}, {read})"
    )


def _of_lines(scan: Scan) -> tuple[str, list[str]]:
    """Return how JSON Lines are read, and the cells; the keys of the objects are the names of the columns."""
    kinds = ", ".join(f"{text(key)}: {text('VARCHAR[]' if key in scan.lists else 'VARCHAR')}" for key in scan.columns)
    # Lists are checked to hold no empty texts (`sql.checks`); to leave these out in each pass would cost more.
    cells = [f"{name(key) if key in scan.lists else _given(name(key))} AS {column(key)}" for key in scan.columns]
    return f"format = 'newline_delimited', columns = {{{kinds}}}, maximum_object_size = 16777216", cells


def _of_table(scan: Scan) -> tuple[str, list[str]]:
    """Return how delimited text is read, and the cells; columns go by their place."""
    cells = [column(each) for each in scan.columns]
    kinds = ", ".join(f"{cell}: 'VARCHAR'" for cell in cells)
    read = (
        f"header = true, auto_detect = false, strict_mode = true, null_padding = false, nullstr = '', "
        f"max_line_size = {_LINE}, delim = {text(scan.delimiter)}, quote = {text(scan.quote)}, "
        f"escape = {text(scan.quote)}, "
        f"columns = {{{kinds}}}" + ("" if scan.is_parallel else ", parallel = false")
    )
    return read, cells


def filled(source: Source, reference: str) -> str:
    """Return the query for one row that has something in a column; it ends with the first."""
    # A list may be empty, a text never is.
    return f"SELECT 1 FROM {table(source)} WHERE len({column(reference)}) > 0 LIMIT 1"


def count(source: Source) -> str:
    """Return the query for the number of rows of a source."""
    return f"SELECT count(*) FROM {table(source)}"


def rows(source: Source) -> str:
    """Return the query for records by their numbers: number, file, line, path and all cells."""
    return f'SELECT * FROM {read_table(source)} WHERE "#record" IN (SELECT unnest(?::BIGINT[])) ORDER BY "#record"'


PLACES = "found_at"
FORGET_PLACES = f"DELETE FROM {PLACES}"


def at_places(source: Source) -> str:
    """Return the query for the records at the places of the table `found_at`: number of the place, record."""
    return (
        f'SELECT {PLACES}.number, row."#record" FROM {read_table(source)} AS row JOIN {PLACES} '
        f'ON {PLACES}.file = row."#in" AND {PLACES}.line = row."#line" AND {PLACES}.path = row."#path" ORDER BY ALL'
    )
