"""What differs between two releases: as text for people, as JSON and RDF Patch for programs."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from pathlib import Path

from sccon_lod import short_lines
from sccon_lod.comparison import Comparison
from sccon_lod.differences import Change, Summary
from sccon_lod.findings import visible
from sccon_lod.language import Text

_DOCUMENTS, _STATEMENTS = 20, 20  # what is shown at first: records, and statements of each
_LEFT = Text("… und {left} weitere; alle mit --all", "… and {left} more; all with --all")
_EQUAL = Text("Kein Unterschied.", "Nothing differs.")
_COUNTS = Text(
    "Datensätze: {added} neu, {changed} geändert, {removed} entfernt. Aussagen: {come} neu, {gone} entfernt.",
    "Records: {added} added, {changed} changed, {removed} removed. Statements: {come} added, {gone} removed.",
)


def counts(summary: Summary, language: str) -> str:
    """Return how much differs, in a sentence."""
    if summary.is_equal:
        return _EQUAL.in_language(language)
    documents = {kind.value: count for kind, count in summary.documents.items()}
    return _COUNTS.in_language(language).format(**documents, come=summary.added, gone=summary.removed)


def first(comparison: Comparison, summary: Summary, language: str) -> Iterator[str]:
    """Yield what differs as lines of text: how much it is, then the first statements of the first records."""
    yield from _head(comparison, summary, language)
    for change in summary.first[:_DOCUMENTS]:
        yield from _document(comparison, change, language, _STATEMENTS)
    left = sum(summary.documents.values()) - len(summary.first[:_DOCUMENTS])
    if left:
        yield f"\n{_LEFT.in_language(language).format(left=left)}\n"


def text(comparison: Comparison, summary: Summary, language: str) -> Iterator[str]:
    """Yield all that differs as lines of text."""
    yield from _head(comparison, summary, language)
    for change in comparison.all_of(summary):
        yield from _document(comparison, change, language)


def _head(comparison: Comparison, summary: Summary, language: str) -> Iterator[str]:
    yield visible(f"{comparison.old.name} → {comparison.new.name}") + "\n"
    yield f"{counts(summary, language)}\n"


def _document(comparison: Comparison, change: Change, language: str, most: int | None = None) -> Iterator[str]:
    called = comparison.label(change, language)
    named = short_lines.name(change.document, comparison.names)
    said = f"{change.kind.word.in_language(language)}: {named}{f' ({called})' if called else ''}"
    yield f"\n{visible(said)}\n"
    statements = short_lines.told(change, comparison.names)
    for each in statements[:most]:
        yield f"  {each.sign} {visible(each.text)}\n"
    left = len(statements) - len(statements[:most])
    if left:
        yield f"  {_LEFT.in_language(language).format(left=left)}\n"


def as_json(comparison: Comparison, summary: Summary, language: str) -> Iterator[str]:
    """Yield all that differs as a JSON document; statements are lines of N-Triples."""
    yield '{\n"changes": ['
    comma = ""
    for change in comparison.all_of(summary):
        yield f"{comma}\n{_dumped(_change(comparison, change, language))}"
        comma = ","
    told = {
        "records": {kind.value: count for kind, count in summary.documents.items()},
        "statements": {"added": summary.added, "removed": summary.removed},
    }
    yield f'\n],\n"counts": {_dumped(told)},\n'
    yield f'"new": {_dumped(comparison.new.name)},\n"old": {_dumped(comparison.old.name)}\n}}\n'


def _change(comparison: Comparison, change: Change, language: str) -> dict[str, object]:
    return {
        "added": change.added,
        "kind": change.kind.value,
        "label": comparison.label(change, language) or None,
        "record": change.document,
        "removed": change.removed,
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def as_patch(comparison: Comparison, summary: Summary) -> Iterator[str]:
    """Yield what makes one dump the other, as an RDF Patch (https://afs.github.io/rdf-patch/).

    It is named after what the new dump says, and its predecessor after the old one, so that patches of releases that
    follow each other make a log.
    """
    yield f"H id <uuid:{_name(comparison.new.dump)}> .\nH prev <uuid:{_name(comparison.old.dump)}> .\nTX .\n"
    for change in comparison.all_of(summary):
        yield from (f"D {line}\n" for line in change.removed)
        yield from (f"A {line}\n" for line in change.added)
    yield "TC .\n"


def _name(dump: Path) -> uuid.UUID:
    """Return the name of what a dump says, which is the same for the same bytes."""
    with dump.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sha256:{digest}")
