"""What must not be published any more, whatever the records say: suppressed.csv."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sccon_lod.errors import IdentityError, Origin
from sccon_lod.findings import Finding
from sccon_lod.language import Text

FILE = "suppressed.csv"
_COLUMNS = ("iri", "date", "reason")


@dataclass(frozen=True)
class Suppression:
    """A document that is suppressed: its IRI, since when (YYYY-MM-DD), why, and where that is said."""

    iri: str
    date: str
    reason: str
    origin: Origin


def read(root: Path) -> tuple[Suppression, ...]:
    """Read suppressed.csv in the folder `root`; without the file nothing is. Raises IdentityError with the line."""
    try:
        rows = list(csv.reader(io.StringIO((root / FILE).read_text(encoding="utf-8-sig"), newline="")))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise IdentityError(Origin(FILE), _SHAPE) from error
    for number, row in enumerate(rows, 1):
        if len(row) != len(_COLUMNS) or (number == 1 and tuple(row) != _COLUMNS) or not row[0]:
            raise IdentityError(Origin(FILE, number), _SHAPE)
    return tuple(Suppression(iri, date, why, Origin(FILE, line)) for line, (iri, date, why) in enumerate(rows[1:], 2))


def lines(known: Sequence[Suppression]) -> Iterator[bytes]:
    """Yield the file that says this."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows((each.iri, each.date, each.reason) for each in known)
    yield text.getvalue().encode()


def pattern(iris: Iterable[str]) -> re.Pattern[bytes]:
    """Return what finds some IRIs, or those of their fragments, in a text."""
    named = b"|".join(re.escape(each.encode()) for each in iris)
    return re.compile(b"(?:" + named + rb")(?=[>#\"\s]|$)")


def redacted(found: Iterable[Finding], known: Sequence[Suppression]) -> Iterator[Finding]:
    """Yield findings, those that name what is suppressed without the name: reports are published."""
    iris, names = [each.iri for each in known], {each.iri.rpartition("/")[2] for each in known}
    for each in found:
        told = [each.value, *((each.result.focus, each.result.value) if each.result else ())]
        is_in_text = any(iri in part for iri in iris for part in each.text)
        is_told = any(iri in part for iri in iris for part in told) or not names.isdisjoint(_items(each.value))
        if is_in_text or is_told:
            yield replace(each, value="", result=None, text=_REDACTED if is_in_text else each.text)
        else:
            yield each


def _items(value: str) -> list[str]:
    """Return what a cell holds: lists have separators of their own."""
    return re.split(r"[|,;\s]+", value)


_REDACTED = Text(
    "Hier steht etwas, das mit Unterdrücktem zu tun hat (suppressed.csv); bitte die Zeile ansehen.",
    "There is something here that has to do with what is suppressed (suppressed.csv); please look at the row.",
)
_SHAPE = Text(
    "Die Datei hat die Spalten iri, date und reason, wie sccon-lod suppress sie schreibt.",
    "The file has the columns iri, date and reason, as sccon-lod suppress writes them.",
)
