"""What became of the rows of each source."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from sccon_lod.checks import Opened
from sccon_lod.findings import Account, Finding, Record, Severity, State
from sccon_lod.plan import Plan


def accounts(plan: Plan, opened: Mapping[str, Opened], found: Sequence[Finding]) -> tuple[Account, ...]:
    """Return the account of each source: every row is read, unread or skipped; what was read may be faulty."""
    faulty = {each.record for each in found if each.severity is Severity.VIOLATION and each.record}
    return tuple(_account(each.key, opened[each.key], faulty) for each in plan.sources)


def _account(key: str, opened: Opened, faulty: Iterable[Record]) -> Account:
    count = sum(each.source == key for each in faulty)
    return Account(key, opened.read, count, opened.unread, opened.skipped)


def ended(
    accounts: Iterable[Account], held: Set[Record], waived: Set[Record], withdrawn: Mapping[str, int]
) -> tuple[Account, ...]:
    """Return accounts with how many rows end how; `withdrawn` are how many by source.

    What is unread is held back, and the other states add up to all rows.
    """
    return tuple(replace(each, states=_states(each, held, waived, withdrawn)) for each in accounts)


def _states(
    account: Account, held: Iterable[Record], waived: Iterable[Record], withdrawn: Mapping[str, int]
) -> Mapping[State, int]:
    left_out = sum(each.source == account.file for each in held) + account.unread
    excused = sum(each.source == account.file for each in waived)
    return {
        State.PUBLISHED: account.rows - left_out - excused,
        State.WAIVED: excused,
        State.HELD_BACK: left_out,
        State.WITHDRAWN: withdrawn.get(account.file, 0),
    }


def published(accounts: Iterable[Account]) -> Mapping[str, int]:
    """Return how many rows of each source are published, the waived ones among them."""
    return {each.file: each.states[State.PUBLISHED] + each.states[State.WAIVED] for each in accounts}
