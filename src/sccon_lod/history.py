"""What the identity ledger tells of each release, without an engine."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sccon_lod.errors import IdentityError, Origin
from sccon_lod.identity import FAULTY, FILE, Document
from sccon_lod.sql.identity import COLUMNS, LIVE, RETIRED

_GONE = (*RETIRED, "hide")


class Line(NamedTuple):
    """A line of the ledger; what it does not have is the empty text."""

    release: str
    time: str
    change: str
    iri: str
    digest: str
    statements: str
    successor: str
    label: str


def lines(root: Path) -> Iterator[Line]:
    """Yield the lines of the ledger in the folder `root`, none where there is no file. Raises IdentityError."""
    try:
        file = (root / FILE).open(encoding="utf-8", newline="")
    except FileNotFoundError:
        return
    with file:
        for number, cells in enumerate(csv.reader(file), 1):
            if len(cells) != len(COLUMNS) or (number == 1 and tuple(cells) != COLUMNS):
                raise IdentityError(Origin(FILE, number), FAULTY)
            if number > 1:
                yield Line(*cells)


@dataclass
class Told:
    """What the ledger tells of a release: its time, its checksum and its statements, and how many documents changed."""

    serial: str
    time: str
    digest: str = ""
    statements: int = 0
    changes: Counter[str] = field(default_factory=Counter)

    @property
    def gone(self) -> int:
        """How many documents are not published any more, or not for now."""
        return sum(self.changes[change] for change in _GONE)


def releases(root: Path) -> Mapping[str, Told]:
    """Return what the ledger tells of each release, by its serial, in order."""
    found: dict[str, Told] = {}
    for each in lines(root):
        told = found.setdefault(each.release, Told(each.release, each.time))
        if each.change == "release":
            told.digest, told.statements = each.digest, int(each.statements)
        else:
            told.changes[each.change] += 1
    return found


def documents(root: Path, serial: str) -> tuple[dict[str, Document], set[str]]:
    """Return the documents that a release has, by their IRIs, and those that were gone by then."""
    live: dict[str, Document] = {}
    gone: set[str] = set()
    for each in lines(root):
        if int(each.release) > int(serial):
            break
        if each.change in LIVE:
            live[each.iri] = Document(each.iri, each.digest, int(each.statements))
            gone.discard(each.iri)
        elif each.change in _GONE:
            live.pop(each.iri, None)
            gone.add(each.iri)
    return live, gone
