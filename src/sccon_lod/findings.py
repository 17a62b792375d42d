"""What is wrong with the records: findings, in a stable order and counted."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from itertools import groupby
from typing import NamedTuple

from sccon_lod.errors import Origin
from sccon_lod.language import Text

_SHOWN = 120  # characters of a value that a finding shows


class Severity(IntEnum):
    """How much a finding weighs; the more serious one sorts first."""

    VIOLATION = 0
    WARNING = 1
    INFO = 2

    @property
    def word(self) -> str:
        """The word in a finding: the same in every language, so that programs can search for it."""
        return self.name.lower()


@dataclass(frozen=True)
class Result:
    """The SHACL side of a finding (SHACL section 3.6.2): IRIs, and the value in N-Triples syntax."""

    shape: str
    component: str
    focus: str
    path: str = ""
    value: str = ""


class Record(NamedTuple):
    """A record: the key of its source, and its number there."""

    source: str
    number: int


@dataclass(frozen=True)
class Waiver:
    """What lets a record be published though it violates a rule: who answers for it, why, and until when."""

    owner: str
    reason: str
    until: str

    def as_json(self) -> Mapping[str, str]:
        """Return the waiver as members of a JSON object."""
        return {"owner": self.owner, "reason": self.reason, "until": self.until}

    @property
    def said(self) -> Text:
        """The waiver in words."""
        return Text(
            f"Ausnahme bis {self.until} von {self.owner}: {self.reason}",
            f"waived until {self.until} by {self.owner}: {self.reason}",
        )


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, at one cell: where, how serious, by which rule, and what to do.

    `record` is the one the cell is of, None where it is of none; a violation with a `waiver` holds nothing back.

    >>> text = Text("Der Beginn fehlt.", "The start is missing.")
    >>> finding = Finding(Origin("data/event.csv", 3, "starts_at"), Severity.VIOLATION, "Event-start", text)
    >>> finding.line("en")
    'data/event.csv:3, starts_at: violation: The start is missing.'
    """

    origin: Origin
    severity: Severity
    rule: str
    text: Text
    value: str = ""
    result: Result | None = field(default=None, compare=False)
    record: Record | None = field(default=None, compare=False)
    waiver: Waiver | None = field(default=None, compare=False)

    @property
    def is_violation(self) -> bool:
        """Whether a rule is violated, and nobody waived that."""
        return self.severity is Severity.VIOLATION and self.waiver is None

    def line(self, language: str) -> str:
        """Return the finding as one line of text."""
        cut = self.value if len(self.value) <= _SHOWN else self.value[:_SHOWN] + " …"
        shown = f" [{cut}]" if self.value else ""
        waived = f" ({self.waiver.said.in_language(language)})" if self.waiver else ""
        return visible(f"{self.origin}: {self.severity.word}{waived}: {self.text.in_language(language)}{shown}")


def visible(text: str) -> str:
    r"""Return text as it can be printed on one line: characters that steer a terminal are written out.

    >>> visible("two\nlines")
    'two\\nlines'
    """
    if text.isprintable():
        return text
    return "".join(
        letter.encode("unicode_escape").decode() if unicodedata.category(letter) in _HIDDEN else letter
        for letter in text
    )


_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


# A cell that begins with one of these is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings once each: by severity, rule and place."""
    return sorted(set(findings), key=lambda each: (each.severity, each.rule, each.origin, each.text, each.value))


def grouped(findings: Iterable[Finding]) -> list[tuple[Severity, str, list[Finding]]]:
    """Return the findings in order, those of one rule together."""
    groups = groupby(in_order(findings), key=lambda each: (each.severity, each.rule))
    return [(severity, rule, list(members)) for (severity, rule), members in groups]


class State(Enum):
    """How a row ends: what was withdrawn was published before and is in no source any more."""

    PUBLISHED = "published"
    WAIVED = "waived"
    HELD_BACK = "held-back"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Account:
    """What became of the rows of one source.

    `records` were read, of which `faulty` have a violation; `unread` rows could not be read as records; `skipped`
    rows are empty or hints for the person who fills the table. `states` are how many rows end how, those that are
    unread among them; it is empty where nothing is published.
    """

    file: str
    records: int
    faulty: int
    unread: int
    skipped: int
    states: Mapping[State, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The rows that are, or should be, records."""
        return self.records + self.unread
