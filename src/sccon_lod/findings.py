"""What is wrong with the records: findings, in a stable order and counted."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import groupby

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


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, at one cell: where, how serious, by which rule, and what to do.

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

    def line(self, language: str) -> str:
        """Return the finding as one line of text."""
        cut = self.value if len(self.value) <= _SHOWN else self.value[:_SHOWN] + " …"
        shown = f" [{cut}]" if self.value else ""
        return visible(f"{self.origin}: {self.severity.word}: {self.text.in_language(language)}{shown}")


def visible(text: str) -> str:
    r"""Return text as it can be printed on one line: characters that steer a terminal are written out.

    >>> visible("two\nlines")
    'two\\nlines'
    """
    return "".join(
        letter.encode("unicode_escape").decode() if unicodedata.category(letter) in _HIDDEN else letter
        for letter in text
    )


_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings once each: by severity, rule and place."""
    return sorted(set(findings), key=lambda each: (each.severity, each.rule, each.origin, each.text, each.value))


def grouped(findings: Iterable[Finding]) -> list[tuple[Severity, str, list[Finding]]]:
    """Return the findings in order, those of one rule together."""
    groups = groupby(in_order(findings), key=lambda each: (each.severity, each.rule))
    return [(severity, rule, list(members)) for (severity, rule), members in groups]


@dataclass(frozen=True)
class Account:
    """What became of the records of one file.

    `records` were read, of which `faulty` have a violation; `unread` rows could not be read as records;
    `skipped` rows are empty or hints for the person who fills the table.
    """

    file: str
    records: int
    faulty: int
    unread: int
    skipped: int
