"""What became of the records of each source."""

import re
from collections.abc import Mapping, Sequence

from sccon_lod.checks import Opened
from sccon_lod.findings import Account, Finding, Severity
from sccon_lod.mapping import Source
from sccon_lod.plan import Plan
from sccon_lod.records import UNREADABLE


def accounts(plan: Plan, opened: Mapping[str, Opened], found: Sequence[Finding]) -> tuple[Account, ...]:
    """Return the account of each source: every row is read, unread or skipped; what was read may be faulty."""
    return tuple(_account(source, opened[source.key], found) for source in plan.sources)


def _account(source: Source, opened: Opened, found: Sequence[Finding]) -> Account:
    files = frozenset(opened.files)
    is_record = _places(source)
    violated = {
        (each.origin.file, each.origin.line, each.origin.path)
        for each in found
        if each.severity is Severity.VIOLATION
        and each.origin.file in files
        and (each.rule == UNREADABLE or is_record.fullmatch(each.origin.path))
    }
    # Each row that could not be read has a violation at a place of its own.
    return Account(source.key, opened.read, max(0, len(violated) - opened.unread), opened.unread, opened.skipped)


def _places(source: Source) -> re.Pattern[str]:
    """Return what the paths of the records look like: another source may read other records of the same file."""
    iterator = source.iterator
    if source.formulation != "jsonpath" or not iterator or not re.fullmatch(r"\$(\.\w+|\[\*\]|\.\*)*", iterator):
        return _ANY
    if iterator == "$":
        return re.compile("")
    step = r"(?:\[(?:\d+|'.*?')\]|\.[^.\[]+)"
    return re.compile(re.sub(r"\\\[\\\*\\\]|\\\.\\\*", lambda _: step, re.escape(iterator)), re.DOTALL)


_ANY = re.compile(".*", re.DOTALL)
