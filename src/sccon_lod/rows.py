"""Rows as readers give them: each cell as text, each row with its number and place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from sccon_lod.findings import Finding

# A cell is a text; an empty one says nothing. A tree may have several values in one place.
Cell = str | tuple[str, ...]


class Row(NamedTuple):
    """One record: its number in the source, its place, its cells in the order of the columns.

    `file` is what findings call the file. `line` is the physical line (of a sheet: the row) it begins on, 0 where
    a format has no lines; `path` says where it is in a tree or which sheet it is on, for example `$.events[3]`.
    """

    number: int
    file: str
    line: int
    path: str
    cells: tuple[Cell, ...]


@dataclass
class Table:
    """Records that are read while `rows` is consumed, and the count of rows by what became of them.

    `files` are the names of the files it was read from.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    read: int = 0
    unread: int = 0
    skipped: int = 0
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Layout:
    """How files are laid out, as a mapping declares it: formulation, iterator and options (see `mapping.Source`).

    `references` are the columns or paths that the mapping reads.
    """

    formulation: str = "csv"
    iterator: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Readable:
    """A file, or a member of an archive: what findings call it, its ending (`.csv`), and how to read its bytes.

    The bytes are those of the records: what was compressed is no more.
    """

    name: str
    suffix: str
    open: Callable[[], BinaryIO]


Report = Callable[[Finding], None]
Reader = Callable[[Readable, Layout, Report], Table]
