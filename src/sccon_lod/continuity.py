"""What has become of what was published: identifiers that changed or are used again, and sources that shrink."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath

from sccon_lod import assembly, identity
from sccon_lod.assembly import Assembly
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.findings import Finding, Record, Severity
from sccon_lod.formats import NTRIPLES
from sccon_lod.holding import Holding
from sccon_lod.identity import Identities, Tombstone
from sccon_lod.language import Text
from sccon_lod.lexicon import Told
from sccon_lod.mapping import columns
from sccon_lod.plan import Group
from sccon_lod.sampling import Dump
from sccon_lod.sql import checks
from sccon_lod.sql import identity as sql
from sccon_lod.successions import Kind, Succession
from sccon_lod.suppressions import Suppression
from sccon_lod.terms import DCT, LANG_STRING, OWL, PROV, TYPE
from sccon_lod.trail import Cell, Trail
from sccon_lod.values.value import BOOLEAN, DATE_TIME, STRING

SUPPRESSED = "identity-suppressed"
RENAMED, REUSED, UNUSED, SUCCESSOR = "identity-renamed", "identity-reused", "identity-unused", "identity-successor"
_LITERAL = re.compile(r'("(?:[^"\\]|\\.)*")(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?')
_SUCCEEDED = {Kind.RENAMED: "rename", Kind.REPLACED: "replace"}


@dataclass(frozen=True)
class Tombstones:
    """The documents that are withdrawn, and the statements that are left of them."""

    documents: frozenset[str]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Continuity:
    """The identities of a publication beside what a run reads, and what a steward says of identifiers that changed."""

    identities: Identities
    holding: Holding
    successions: Sequence[Succession]
    suppressions: Sequence[Suppression] = ()

    # --- before anything is judged

    def suppressed(self, trail: Trail) -> Iterator[Finding]:
        """Yield a finding for each record that speaks of what is suppressed, at the cell that gives it its IRI."""
        for each in self.suppressions:
            for cell in self._cells([each.iri], trail):
                yield Finding(cell.origin, Severity.WARNING, SUPPRESSED, _suppressed(each), record=cell.record)

    def findings(self, assembled: Assembly, trail: Trail) -> Iterator[Finding]:
        """Yield identifiers that changed or are used again, at their cells, and what is declared in vain."""
        self.identities.there(self._subjects(assembled))
        engine, named = self.holding.engine, self._named
        if named:
            reused = [_Known.of(row) for row in engine.ask(sql.among(named))]
            missing = [_Known.of(row) for row in engine.ask(sql.MISSING)]
            new = [str(document) for (document,) in engine.ask(sql.new(named))] if missing else []
            wanted = [*(each.document for each in reused), *new]
            if wanted:
                blocks = chain.from_iterable(assembly.texts(engine, assembled, NTRIPLES))
                digests = identity.digests(blocks, wanted)
                yield from self._reused(reused, digests, trail)
                yield from self._renamed(missing, new, digests, trail)
        yield from self._declared()

    def _reused(self, reused: Iterable["_Known"], digests: Mapping[str, str], trail: Trail) -> Iterator[Finding]:
        returned = {each.iri for each in self.successions if each.kind is Kind.RETURNED}
        for each in reused:
            if each.document not in returned | self._suppressed and digests[each.document] != each.digest:
                for cell in self._cells([each.document], trail):
                    yield _at(cell, REUSED, _reused(each))

    def _renamed(
        self, missing: Iterable["_Known"], new: Sequence[str], digests: Mapping[str, str], trail: Trail
    ) -> Iterator[Finding]:
        declared = {each.iri for each in self.successions}
        former = {each.digest: each for each in missing if each.document not in declared}
        for document in new:
            old = former.get(digests[document])
            if old:
                for cell in self._cells([document], trail):
                    yield _at(cell, RENAMED, _renamed(old, self._short(old.document), self._short(document)))

    def _declared(self) -> Iterator[Finding]:
        """Yield a finding for each declaration that holds for nothing or leads nowhere."""
        for each in self.successions:
            if not self._counts(sql.KNOWN, each.iri):
                yield Finding(each.origin, Severity.WARNING, UNUSED, _NEVER, each.iri)
            elif each.kind is not Kind.RETURNED and self._counts(sql.IS_THERE, each.iri):
                yield Finding(each.origin, Severity.WARNING, UNUSED, _STILL, each.iri)
            if each.successor and not (
                self._counts(sql.IS_THERE, each.successor) or self._counts(sql.KNOWN, each.successor)
            ):
                yield Finding(each.origin, Severity.VIOLATION, SUCCESSOR, _NOWHERE, each.successor)

    def _counts(self, query: str, document: str) -> bool:
        return next(iter(self.holding.engine.ask(query, document=document))) != (0,)

    # --- afterwards

    def suppress(self, spoken: Collection[str]) -> Text | None:
        """Retire for good what is suppressed, with what its records spoke of and nobody else does.

        Return why nothing can be published, None where something can: what is suppressed is still spoken of.
        """
        left = self.identities.kept(self._suppressed)
        self.identities.suppress({*self._suppressed, *spoken} - set(self.identities.kept(spoken)))
        return _still(left) if left else None

    def settle(
        self, assembled: Assembly, unread: Iterable[tuple[str, Origin]], former: Path, label: str, unnamed: Set[str]
    ) -> None:
        """Find out what is not published any more; `assembled` is what is left.

        `unread` are the rows that are no record; `former` is the last dump in N-Triples, which tells the names of what
        is gone: what it says with the predicate `label`. Things of the classes `unnamed` leave none.
        """
        engine = self.holding.engine
        self.identities.keep(self._subjects(assembled), self._uncertain({source for source, _ in unread}))
        for each in self.successions:
            if each.kind in _SUCCEEDED:
                values = {"document": each.iri, "change": _SUCCEEDED[each.kind], "successor": each.successor}
                for statement in (sql.SUCCEED_LATE, sql.SUCCEED):
                    engine.run(statement, **values)
        if former.is_file() and label:
            with Dump(former) as dump:
                for document, known in list(engine.ask(sql.FRESH)):
                    said = list(dump.about(str(document)))
                    is_named = unnamed.isdisjoint(each[1:-1] for each in _objects(said, TYPE))
                    names = " ".join(_objects(said, label)) if is_named else ""
                    engine.run(sql.NAME, document=str(document), label=names or str(known))

    def _uncertain(self, unread: Collection[str]) -> Iterator[str]:
        """Yield what IRIs begin with that may be those of a row whose identifier is not known."""
        held = {int(str(source)) for (source,) in self.holding.engine.ask(sql.UNKNOWN_HELD)}
        for each in self.holding.examined:
            if each.index in held or each.source.key in unread:
                yield from (group.head for group in self.holding.plan.of(each.source))

    def shrunk(self, records: Mapping[str, int], share: float, accepted: Collection[str]) -> Text | None:
        """Return what has shrunk too much since the last release, None where nothing has.

        `records` are how many records of each source are published; more than `share` of those before must not be
        missing, nor all, except of the sources and kinds whose names are `accepted`. Raises ReleaseError for a name
        that there is not.
        """
        losses = [(source, before, records.get(source, 0)) for source, before in self.identities.former.items()]
        heads = sorted({group.head for group in self._principal.values()})
        counted = self.holding.engine.ask(sql.counts(heads)) if heads else ()
        losses += [(heads[int(str(place))], int(str(before)), int(str(now))) for place, before, now in counted]
        known = {_kind(name) for name, _, _ in losses}
        unknown = [each for each in accepted if _kind(each) not in known]
        if unknown and losses:
            raise ReleaseError(Origin(f"--accept-shrink {unknown[0]}"), _no_kind(known))
        named = {_kind(each) for each in accepted}
        lost = [each for each in losses if _is_lost(each[1], each[2], share) and _kind(each[0]) not in named]
        return _shrunk(lost, share) if lost else None

    def tombstones(self, time: str, label: str) -> Tombstones:
        """Return what is left of what is withdrawn; `time` is that of this release."""
        found = self.identities.tombstones()
        told = tuple(statement for each in found for statement in _told(each, time, label))
        return Tombstones(frozenset(each.document for each in found), told)

    # --- which documents and rows these are

    @cached_property
    def _suppressed(self) -> frozenset[str]:
        return frozenset(each.iri for each in self.suppressions)

    def documents(self, records: Collection[Record]) -> set[str]:
        """Return the documents that records speak of, before they are held back."""
        return {one.partition("#")[0] for each in self.holding.resources(records).values() for one in each}

    def _subjects(self, assembled: Assembly) -> list[str]:
        """Return queries for all subjects that are written."""
        found = [sql.OF_FACTS]
        for each in assembled.woven:
            group, without = each.rows.group, each.rows.without
            found.append(sql.subjects(checks.subjects(self.holding.places[group.source.key], group), without))
        return found

    @cached_property
    def _principal(self) -> Mapping[int, Group]:
        """The groups whose subjects are what the rows of a source are about: those of its first map, by its place."""
        found = {}
        for each in self.holding.examined:
            first = next(iter(self.holding.plan.of(each.source)), None)
            if first and not each.source.is_settings and checks.is_keyed(first, self.holding.engine.lists):
                found[each.index] = first
        return found

    @cached_property
    def _named(self) -> str:
        """The query for the documents that rows are about."""
        queries = [checks.subjects(place, group) for place, group in self._principal.items()]
        return sql.documents(queries) if queries else ""

    def _cells(self, documents: list[str], trail: Trail) -> Iterator[Cell]:
        """Yield the cells that give documents their IRIs."""
        for place, group in self._principal.items():
            source = self.holding.examined[place].source
            named = columns(group.subject)[::-1]
            for (number,) in self.holding.engine.ask(checks.speaking_of(place, group), documents=documents):
                yield trail.cells(source, int(str(number)), named)

    def _short(self, iri: str) -> str:
        return iri.removeprefix(f"{self.identities.base}/")


@dataclass(frozen=True)
class _Known:
    """A document of the ledger, with the line of its last change."""

    document: str
    line: int
    digest: str

    @classmethod
    def of(cls, row: Sequence[object]) -> "_Known":
        return cls(str(row[0]), int(str(row[1])), str(row[2]))

    @property
    def origin(self) -> Origin:
        return Origin(identity.FILE, self.line)


def _is_lost(before: int, now: int, share: float) -> bool:
    return before > 0 and (now == 0 or round(before - now - before * share, 6) > 0)


def _kind(name: str) -> str:
    """Return what a source or the beginning of IRIs is called: `event` of data/event.csv and of …/event/."""
    return PurePosixPath(name.rstrip("/#")).stem


def _objects(lines: Iterable[str], predicate: str) -> Iterator[str]:
    for line in lines:
        _, said, rest = line.split(" ", 2)
        if said == f"<{predicate}>":
            yield rest.removesuffix(" .")


def _told(tombstone: Tombstone, time: str, label: str) -> Iterator[Told]:
    """Yield what is said of a document that is withdrawn."""
    origin, document = Origin(identity.FILE), tombstone.document
    yield Told(document, OWL + "deprecated", "true", BOOLEAN, "", origin)
    yield Told(document, PROV + "invalidatedAtTime", tombstone.time or time, DATE_TIME, "", origin)
    if tombstone.successor:
        yield Told(document, DCT + "isReplacedBy", tombstone.successor, "", "", origin)
    for quoted, language, datatype in _LITERAL.findall(tombstone.label) if label else ():
        lexical = quoted[1:-1].encode("ascii", "backslashreplace").decode("unicode_escape")
        yield Told(document, label, lexical, LANG_STRING if language else datatype or STRING, language, origin)


def _at(cell: Cell, rule: str, text: Text) -> Finding:
    return Finding(cell.origin, Severity.VIOLATION, rule, text, cell.value, record=cell.record)


# --- what is said


def _reused(known: _Known) -> Text:
    return Text(
        f"Diese Kennung hatte schon ein anderer Datensatz, der zurückgezogen ist ({known.origin}); richtig ist eine "
        "neue. Ist es doch derselbe, steht in identities.toml: returned = true.",
        f"Another record had this identifier, and was withdrawn ({known.origin}); right is a new one. If it is the "
        "same after all, identities.toml says: returned = true.",
    )


def _renamed(old: _Known, before: str, now: str) -> Text:
    return Text(
        f"Dieser Datensatz war unter einer anderen Kennung veröffentlicht: {before} ({old.origin}). Richtig ist die "
        f'alte Kennung; soll sie sich ändern, steht in identities.toml: iri = "{before}", alias_of = "{now}".',
        f"This record was published under another identifier: {before} ({old.origin}). Right is the old one; if it is "
        f'to change, identities.toml says: iri = "{before}", alias_of = "{now}".',
    )


def _no_kind(known: Iterable[str]) -> Text:
    named = ", ".join(sorted(known))
    return Text(f"Das gibt es hier nicht; möglich sind: {named}.", f"There is no such thing; possible are: {named}.")


def _suppressed(suppression: Suppression) -> Text:
    return Text(
        f"Dieser Datensatz ist seit {suppression.date} unterdrückt ({suppression.origin}) und wird nicht "
        "veröffentlicht; bitte die Zeile löschen.",
        f"This record has been suppressed since {suppression.date} ({suppression.origin}) and is not published; please "
        "delete the row.",
    )


def _still(left: Sequence[str]) -> Text:
    named = ", ".join(left)
    return Text(
        f"Unterdrücktes würde veröffentlicht: {named}. Die Zeilen, die davon sprechen, bitte löschen.",
        f"What is suppressed would be published: {named}. Please delete the rows that speak of it.",
    )


def _shrunk(lost: Iterable[tuple[str, int, int]], share: float) -> Text:
    named = list(lost)
    numbers = ", ".join(f"{name}: {before} → {now}" for name, before, now in named)
    options = " ".join(f"--accept-shrink {each}" for each in dict.fromkeys(_kind(name) for name, _, _ in named))
    return Text(
        f"Mehr als {share:.0%} würden gegenüber der letzten Ausgabe wegfallen: {numbers}. Stimmt das, dann: "
        f"sccon-lod build {options}",
        f"More than {share:.0%} would not be published any more: {numbers}. If that is right: "
        f"sccon-lod build {options}",
    )


_NEVER = Text(
    "Das wurde nie veröffentlicht; bitte die Kennung berichtigen oder den Eintrag streichen.",
    "This was never published; please mend the identifier, or remove the entry.",
)
_STILL = Text(
    "Das steht noch in den Daten, also gilt der Eintrag nicht; bitte die Zeile oder den Eintrag streichen.",
    "This is in the data still, so that the entry does not hold; please remove the row or the entry.",
)
_NOWHERE = Text(
    "Dieser Nachfolger ist in keiner Datei; richtig ist die Kennung einer vorhandenen Zeile, zum Beispiel event/x.",
    "This successor is in no file; right is the identifier of an existing row, for example event/x.",
)
