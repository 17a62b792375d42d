"""Known violations that somebody answers for, until a date: waivers.toml."""

import datetime
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sccon_lod import clock, toml_files
from sccon_lod.errors import Origin, ProjectError
from sccon_lod.findings import Finding, Record, Severity, Waiver
from sccon_lod.language import Text

FILE = "waivers.toml"
_TABLE = "waiver"
_TEXTS = ("rule", "record", "owner", "reason")
_KEYS = (*_TEXTS, "until")
EXPIRED, UNUSED = "waiver-expired", "waiver-unused"


@dataclass(frozen=True)
class Entry:
    """A waiver as it stands in the file; it holds on the day `until`, too."""

    origin: Origin
    rule: str
    record: re.Pattern[str]
    owner: str
    reason: str
    until: datetime.date

    @property
    def waiver(self) -> Waiver:
        """What a waived finding says."""
        return Waiver(self.owner, self.reason, self.until.isoformat())


def read(root: Path, base: str, private: Container[str] = ()) -> tuple[Entry, ...]:
    """Read waivers.toml in the folder `root`; without the file there are none. Raises ProjectError with the line.

    Nobody can waive the rules `private`.

    A record is named by its IRI, which may leave out the base of the publication; `*` stands for anything.
    """
    try:
        entries = toml_files.entries(root / FILE, _TABLE)
    except FileNotFoundError:
        return ()
    if entries is None:
        raise _error(
            0,
            "Hier stehen nur Ausnahmen, jede unter einer Zeile [[waiver]] mit rule, record, owner, reason und until.",
            "Only waivers stand here, each below a line [[waiver]] with rule, record, owner, reason and until.",
        )
    found = tuple(_entry(each, line, base) for line, each in entries)
    for each in found:
        if each.rule in private:
            raise ProjectError(each.origin, _PRIVATE)
    return found


def _entry(given: Mapping[str, object], line: int, base: str) -> Entry:
    for key in given:
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise _error(
                line, f"„{key}“ gibt es hier nicht; möglich sind: {known}.", f"There is no “{key}”; there are: {known}."
            )
    for key in _TEXTS:
        value = given.get(key)
        if not isinstance(value, str) or not value.strip():
            raise _error(line, f"Hier fehlt der Text „{key}“.", f"The text “{key}” is missing here.")
    until = given.get("until")
    if type(until) is not datetime.date:
        raise _error(
            line,
            "Hier fehlt das Datum „until“ ohne Anführungszeichen, zum Beispiel 2027-06-30.",
            "The date “until” without quotation marks is missing here, for example 2027-06-30.",
        )
    rule, record, owner, reason = (" ".join(str(given[key]).split()) for key in _TEXTS)
    return Entry(Origin(FILE, line), rule, _pattern(record, base), owner, reason, until)


def _pattern(record: str, base: str) -> re.Pattern[str]:
    written = ".*".join(map(re.escape, record.split("*")))
    return re.compile(f"(?:{re.escape(base)}/)?{written}", re.DOTALL)


def _error(line: int, german: str, english: str) -> ProjectError:
    return ProjectError(Origin(FILE, line), Text(german, english))


def today() -> datetime.date:
    """Return the day in UTC on which waivers are judged: that of SOURCE_DATE_EPOCH where it is set."""
    return clock.now().date()


@dataclass(frozen=True)
class Waivers:
    """The waivers of a publication, and those that were of use."""

    entries: Sequence[Entry]
    day: datetime.date
    _used: set[Origin]

    @classmethod
    def of(cls, entries: Sequence[Entry], day: datetime.date) -> "Waivers":
        """Judge waivers on a day."""
        return cls(entries, day, set())

    def applied(self, found: Iterable[Finding], resources: Mapping[Record, Sequence[str]]) -> Iterator[Finding]:
        """Yield the findings, those that are waived with their waiver; `resources` are what records speak of."""
        for finding in found:
            fitting = self._fitting(finding, resources) if finding.severity is Severity.VIOLATION else None
            yield replace(finding, waiver=fitting.waiver) if fitting else finding

    def _fitting(self, finding: Finding, resources: Mapping[Record, Sequence[str]]) -> Entry | None:
        own = resources.get(finding.record, ()) if finding.record else ()
        names = [*own, *([finding.result.focus] if finding.result else [])]
        for entry in self.entries:
            if entry.rule == finding.rule and any(map(entry.record.fullmatch, names)):
                self._used.add(entry.origin)
                if entry.until >= self.day:
                    return entry
        return None

    def left(self) -> Iterator[Finding]:
        """Yield a finding for each waiver that has expired or that fits nothing."""
        for entry in self.entries:
            if entry.until < self.day:
                yield Finding(entry.origin, Severity.WARNING, EXPIRED, _EXPIRED, entry.until.isoformat())
            elif entry.origin not in self._used:
                yield Finding(entry.origin, Severity.WARNING, UNUSED, _UNUSED, entry.rule)


_PRIVATE = Text(
    "Diese Regel schützt Menschen; von ihr gibt es keine Ausnahme. Bitte die Zellen berichtigen.",
    "This rule protects people; there is no waiver of it. Please mend the cells.",
)
_EXPIRED = Text(
    "Diese Ausnahme ist abgelaufen und gilt nicht mehr; bitte die Daten berichtigen oder das Datum erneuern.",
    "This waiver has expired and does not hold any more; please mend the data or renew the date.",
)
_UNUSED = Text(
    "Diese Ausnahme betrifft nichts: Kein Datensatz, auf den sie passt, verletzt diese Regel; bitte streichen "
    "oder rule und record berichtigen.",
    "This waiver concerns nothing: no record that it fits violates this rule; please remove it, "
    "or mend rule and record.",
)
