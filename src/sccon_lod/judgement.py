"""What is found in the records of a run, which of them are held back for it, and whether the rest is published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeGuard

from sccon_lod import assembly, checks, validation
from sccon_lod.assembly import Assembly
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Record, Severity, in_order
from sccon_lod.holding import Dropped, Holding
from sccon_lod.increments import Increment
from sccon_lod.language import Text
from sccon_lod.project import Policy
from sccon_lod.reading import Read
from sccon_lod.results import Found
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.suspects import Suspects
from sccon_lod.trail import Trail
from sccon_lod.validation import Claim, Validator
from sccon_lod.waivers import Waivers


@dataclass(frozen=True)
class Verdict:
    """What was judged: findings in order, the records held back, and those published though a rule is violated.

    `assembled` is how the rest is written, `statements` how many these are; `refusal` says why nothing is published,
    None where something is; `claim` is what another validator may confirm, None where one was asked in the first place.
    """

    findings: tuple[Finding, ...]
    held: frozenset[Record]
    waived: frozenset[Record]
    assembled: Assembly
    statements: int
    refusal: Text | None
    claim: Claim | None


@dataclass(frozen=True)
class Judge:
    """What a run is judged by, and the records that were read.

    `increment` is what has changed since the last release, where that is known and little.
    """

    shapes: Shapes
    demands: Demands
    policy: Policy
    waivers: Waivers
    validator: Validator
    read: Read
    holding: Holding
    increment: Increment | None = None

    def judge(
        self, assembled: Assembly, found: Sequence[Finding], trail: Trail, suppressed: Set[Record] = frozenset()
    ) -> Verdict:
        """Validate what records say, hold back those with a violation, and validate the rest until nothing is left.

        `found` is what was found before, `suppressed` are records that are held back whatever they say. What a
        statement pointed to that is held back is left out with it; where that breaks the record that said it, it is
        held back, too.
        """
        engine = self.holding.engine
        known = self._waived(found)
        held: set[Record] = set(suppressed)
        dropped: list[Dropped] = []
        if held:
            assembled, dropped = self.holding.hold(assembled, held)
            trail.forget()
            known += self.holding.findings(dropped, trail)
        while True:
            suspects = Suspects(self.read.examined, assembled, self.demands)
            results, is_mixed = self._results(suspects, held)
            violated = checks.without_consequences(validation.findings(results, self.shapes, trail), known)
            known += self._waived(self._explained(violated, known, dropped, trail) if held else violated)
            records = (each.record for each in known if each.is_violation)
            fresh = {each for each in records if self._may_be_held(each)} - held
            if not fresh or self._hindrance(known):
                break
            held |= fresh
            assembled, left_out = self.holding.hold(assembled, fresh)
            trail.forget()
            dropped += left_out
            known += self.holding.findings(left_out, trail)
        held |= fresh
        count = self._count(assembled, held)
        is_compiled = self.validator is Validator.COMPILED
        claim = validation.claim(self.shapes, results, count, self.demands.told, is_mixed) if is_compiled else None
        validation.forget(engine)
        waived = {each.record for each in known if each.waiver and each.record} - held
        return Verdict(
            tuple(in_order([*known, *self.waivers.left()])),
            frozenset(held),
            frozenset(waived),
            assembled,
            count,
            self._hindrance(known) or self._excess(held - suppressed),
            claim,
        )

    def _results(self, suspects: Suspects, held: Set[Record]) -> tuple[set[Found], bool]:
        """Return the results of the shapes, and whether there are literals that cannot be compared."""
        found = self.increment.results(suspects) if self.increment and not held else None
        if found:
            return found
        engine = self.holding.engine
        results = validation.results_of(engine, suspects, self.shapes, self.validator)
        return results, self.validator is Validator.COMPILED and validation.is_mixed(engine)

    def _count(self, assembled: Assembly, held: Set[Record]) -> int:
        """Return the number of statements."""
        if self.increment and not held:
            return self.increment.statements
        return assembly.count(self.holding.engine, assembled)

    def _waived(self, found: Iterable[Finding]) -> list[Finding]:
        listed = list(found)
        if not self.waivers.entries:
            return listed
        records = {each.record for each in listed if each.severity is Severity.VIOLATION and each.record}
        return list(self.waivers.applied(listed, self.holding.resources(records)))

    def _explained(
        self, found: Iterable[Finding], known: Iterable[Finding], dropped: Sequence[Dropped], trail: Trail
    ) -> list[Finding]:
        """Return what is new among findings, with the reason why it was not found before."""
        earlier, results = set(known), {each.result for each in known}
        fresh = [each for each in found if each not in earlier]
        causes: dict[tuple[str, str], list[Origin]] = defaultdict(list)
        for one in dropped:
            predicate = self.holding.plan.statements[one.rule].rule.predicate
            causes[one.subject, predicate].append(self.holding.place(one.target, trail))
        return [
            replace(each, text=_because(each.text, causes.get((each.result.focus, each.result.path), ())))
            if each.severity is Severity.VIOLATION and each.result and each.result not in results
            else each
            for each in fresh
        ]

    # --- whether anything is published

    def _may_be_held(self, record: Record | None) -> TypeGuard[Record]:
        """Whether a record can be held back; without the settings there is no publication."""
        return record is not None and record.source in self._rows

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        """The number of rows of each source but the settings, by its key."""
        opened = {
            each.key: self.read.opened[each.key] for each in self.holding.plan.sources if each.formulation != "toml"
        }
        return {key: each.read + each.unread for key, each in opened.items()}

    def _hindrance(self, found: Iterable[Finding]) -> Text | None:
        """Return why nothing can be published whatever is held back."""
        unread = {each for each in self.read.findings if each.record is None}
        for each in found:
            if each.is_violation and not self.policy.holds_back:
                return _STOPPED
            if each.is_violation and not self._may_be_held(each.record) and each not in unread:
                return _whole(each.origin)
        return None

    def _excess(self, held: Iterable[Record]) -> Text | None:
        """Return that more is held back than may be."""
        rows = sum(self._rows.values())
        unread = sum(self.read.opened[key].unread for key in self._rows)
        left_out = len(set(held)) + unread
        if left_out and (left_out == rows or left_out > self.policy.largest * rows):
            return _too_many(left_out, rows, self.policy.largest)
        return None


def _because(text: Text, causes: Sequence[Origin]) -> Text:
    if not causes:
        return Text(
            f"{text.de} Das ist so, seit andere Datensätze zurückgehalten werden.",
            f"{text.en} This is so since other records are held back.",
        )
    named = ", ".join(dict.fromkeys(map(str, causes)))
    return Text(
        f"{text.de} Das ist so, weil der Datensatz zurückgehalten wird, auf den hier verwiesen wird: {named}.",
        f"{text.en} This is so because the record that this points to is held back: {named}.",
    )


_STOPPED = Text(
    "Es gibt Verstöße, und in sccon.toml steht: violation = „stop“.",
    "There are violations, and sccon.toml says: violation = “stop”.",
)


def _whole(origin: Origin) -> Text:
    return Text(
        f"Ein Verstoß betrifft die Veröffentlichung als Ganzes: {origin}.",
        f"A violation concerns the publication as a whole: {origin}.",
    )


def _too_many(left_out: int, rows: int, largest: float) -> Text:
    return Text(
        f"{left_out} von {rows} Zeilen würden zurückgehalten, erlaubt sind {largest:.0%} "
        "(sccon.toml: held_back unter [policy]).",
        f"{left_out} of {rows} rows would be held back, {largest:.0%} may be (sccon.toml: held_back below [policy]).",
    )
