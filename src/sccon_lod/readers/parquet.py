"""Tables in Parquet files: each value as text."""

import io
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import (
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
    FunctionExpression,
    LambdaExpression,
)
from duckdb.sqltypes import VARCHAR, DuckDBPyType

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.readers import options, tables
from sccon_lod.rows import Cell, Layout, Readable, Report, Row, Table

OPTIONS = ()
_BATCH = 2048
# Nothing is fetched from anywhere.
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_TEXTS = re.compile(
    "boolean|u?(tiny|small|big|huge)int|u?integer|bignum|float|double|decimal|varchar|enum|uuid|date|time.*"
)


def read(file: Readable, layout: Layout, report: Report) -> Table:
    """Read a Parquet file; a list is several values. `report` gets the findings while rows are read.

    Raises SourceError for a file that cannot be understood as a whole.
    """
    options.check(file, layout, OPTIONS)
    with _relation(file) as (_, relation):
        named = dict(zip(relation.columns, relation.types, strict=True))
    refused = {name: kind for name, kind in named.items() if not _is_text(kind)}
    for name, kind in refused.items():
        if not layout.references or name in layout.references:
            raise SourceError(Origin(file.name, 0, name), _refused(name, str(kind)))
    columns = tuple(name for name in named if name not in refused)
    tables.check(columns, Origin(file.name))
    table = Table(columns, iter(()), files=[file.name])
    table.rows = _rows(file, table, [named[each] for each in columns], report)
    return table


@contextmanager
def _relation(file: Readable) -> Iterator[tuple[DuckDBPyConnection, DuckDBPyRelation]]:
    try:
        with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_SETTINGS) as connection:
            yield connection, connection.read_parquet(_path(file, Path(folder)))
    except duckdb.Error as error:
        raise SourceError(Origin(file.name), _BROKEN) from error


def _path(file: Readable, folder: Path) -> str:
    """Return where the engine finds the file, which wants a path: a member of an archive is copied to `folder`."""
    with file.open() as stream:
        raw = getattr(stream, "raw", None)
        if isinstance(raw, io.FileIO) and isinstance(raw.name, str):
            place = raw.name
        else:
            place = str(folder / "table.parquet")
            with Path(place).open("wb") as copy:
                shutil.copyfileobj(stream, copy)
    return re.sub(r"([*?\[])", r"[\1]", place)  # to the engine it is a pattern


def _is_text(kind: DuckDBPyType) -> bool:
    inner = _inner(kind)
    return bool(_TEXTS.fullmatch((inner or kind).id))


def _inner(kind: DuckDBPyType) -> DuckDBPyType | None:
    """Return the type of the values in a list."""
    inner = kind.children[0][1] if kind.id in ("list", "array") else None
    return inner if isinstance(inner, DuckDBPyType) else None


def _rows(file: Readable, table: Table, kinds: Sequence[DuckDBPyType], report: Report) -> Iterator[Row]:
    lists = [place for place, kind in enumerate(kinds) if _inner(kind) is not None]
    with _relation(file) as (connection, relation):
        relation.project(*map(_text, table.columns, kinds)).create_view("texts")
        texts = connection.execute("FROM texts")
        while batch := texts.fetchmany(_BATCH):
            for written in batch:
                number = table.read + table.unread + 1
                place = f"#{number}"
                found = _listed(written, lists) if lists else written
                flat = tuple(map("".join, found)) if lists else written
                if _holds(flat, table.columns, Origin(file.name, 0, "", place), report):
                    table.read += 1
                    yield Row(number, file.name, 0, place, found)
                else:
                    table.unread += 1
    if not table.read + table.unread:
        report(tables.empty(Origin(file.name)))


def _listed(written: Sequence[Cell | None], lists: Sequence[int]) -> tuple[Cell, ...]:
    """Return the cells of a record, of which some are lists: several values, one, or none."""
    found = [each or "" for each in written]
    for place in lists:
        given = tuple(each for each in found[place] if each)
        found[place] = given if len(given) > 1 else "".join(given)
    return tuple(found)


def _text(column: str, kind: DuckDBPyType) -> Expression:
    inner = _inner(kind)
    value = ColumnExpression(column)
    if inner is None:
        return CoalesceOperator(_written(value, kind), ConstantExpression(""))
    item = LambdaExpression("item", _written(ColumnExpression("item"), inner))
    return FunctionExpression("list_transform", value, item)


def _written(value: Expression, kind: DuckDBPyType) -> Expression:
    """Return the text of a value; moments are written with a T (ISO 8601), and in UTC where they are absolute."""
    if not kind.id.startswith("timestamp"):
        return value.cast(VARCHAR)
    zone = ""
    if kind.id == "timestamp with time zone":
        zone = "Z"
        value = FunctionExpression("make_timestamp", FunctionExpression("epoch_us", value))
    replaced = FunctionExpression("replace", value.cast(VARCHAR), ConstantExpression(" "), ConstantExpression("T"))
    # Unlike concat(), the operator leaves nothing where there was nothing.
    return FunctionExpression("||", replaced, ConstantExpression(zone))


def _holds(found: Sequence[str], columns: Sequence[str], place: Origin, report: Report) -> bool:
    """Return whether a record can be read, and report what is wrong with it."""
    if not tables.CONTROL.search("".join(found)):
        return True
    for finding in tables.unseen(found, columns, place):
        report(finding)
    return not any(tables.NUL in each for each in found)


def _refused(column: str, kind: str) -> Text:
    return Text(
        f"Die Spalte „{column}“ hat den Typ {kind} und ist kein Text; "
        "bitte als Text, Zahl, Datum oder Liste davon speichern.",
        f"The column “{column}” has the type {kind} and is no text; "
        "please store it as a text, a number, a date, or a list of these.",
    )


_BROKEN = Text(
    "Die Datei ist keine Parquet-Datei oder beschädigt; bitte neu schreiben.",
    "The file is no Parquet file, or damaged; please write it again.",
)
