"""Rows that are held back, written aside in the form they came, so that somebody can mend them and feed them back.

Delimited text and JSON Lines are copied as they stand, JSON is cut down to the records, and of all other forms the
cells are written as a table. Beside each file lies a table of its findings.
"""

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sccon_lod import files, paths, spots
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin, PublicationError, not_writable
from sccon_lod.findings import Finding, Severity, harmless
from sccon_lod.language import Text
from sccon_lod.mapping import Source
from sccon_lod.readers import content, encodings, objects, options
from sccon_lod.records import FORMULATIONS
from sccon_lod.rows import Layout, Readable
from sccon_lod.spots import Spot, Value

FOLDER = "quarantine"
_WRITTEN = ".written.json"  # what was written by us, so that nothing is overwritten that was mended here
_TABLES, _LINES, _TREES = (".csv", ".tsv"), (".jsonl", ".ndjson"), (".json", ".geojson")
_FINDINGS = Text("Befunde", "findings")


class Kept(NamedTuple):
    """A row that is held back: its source, the number of its record, None where it is none, and its place."""

    source: Source
    number: int | None
    place: Origin


@dataclass(frozen=True)
class Quarantine:
    """The rows of a run that are held back, with all findings; `as_table` makes a table of some findings."""

    root: Path
    engine: Engine
    findings: Sequence[Finding]
    language: str
    as_table: Callable[[Iterable[Finding]], str]

    def write(self, kept: Iterable[Kept]) -> list[Path]:
        """Write the folder `quarantine` anew and return its tables; without rows there is none.

        Files that somebody changed since they were written are kept, beside the new ones. All files can be read by
        their owner only. Raises ReleaseError where the folder cannot be written.
        """
        folder = self.root / FOLDER
        rows: dict[str, list[Kept]] = defaultdict(list)
        for each in kept:
            rows[each.place.file].append(each)
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.origin.file].append(finding)
        edited = _edited(folder)
        try:
            if not rows and not edited:
                shutil.rmtree(folder, ignore_errors=True)
                return []
            with tempfile.TemporaryDirectory(prefix=".quarantine-", dir=self.root) as place:
                fresh = Path(place) / FOLDER
                fresh.mkdir(mode=0o700)
                written = [self._write(fresh, file, own, found[file]) for file, own in sorted(rows.items())]
                _note(fresh)
                _keep(fresh, folder, edited)
                shutil.rmtree(folder, ignore_errors=True)
                fresh.rename(folder)
        except OSError as error:
            raise not_writable(folder, error) from error
        return [folder / each for each in written]

    def _write(self, fresh: Path, file: str, kept: Sequence[Kept], own: Sequence[Finding]) -> Path:
        notes: dict[Origin, list[str]] = defaultdict(list)
        for each in own:
            if each.severity is Severity.VIOLATION:
                said = each.text.in_language(self.language)
                notes[each.origin.of_row].append(f"{each.origin.column}: {said}" if each.origin.column else said)
        readable = self._readable(file, kept)
        suffix = readable.suffix if readable else ""
        name = Path(file.removesuffix(".gz"))
        if readable and suffix in _TABLES:
            parts = _rows(readable, kept, notes, _FINDINGS.in_language(self.language))
        elif readable and suffix in _LINES:
            parts = _lines(readable, kept)
        elif readable and suffix in _TREES:
            parts = _tree(readable, kept)
        else:
            parts, name = self._cells(kept), name.with_name(f"{name.name}.csv")
        _put(fresh, name, parts)
        places = {each.place for each in kept}
        table = self.as_table(each for each in own if each.origin.of_row in places)
        _put(fresh, name.with_name(f"{name.name}.findings.csv"), [table.encode()])
        return name

    def _readable(self, file: str, kept: Sequence[Kept]) -> Readable | None:
        for source in {each.source.key: each.source for each in kept}.values():
            try:
                found = list(files.members(self.root, source.file, FORMULATIONS.get(source.formulation, {})))
            except PublicationError:
                continue
            for each in found:
                if each.name == file:
                    return each
        return None

    def _cells(self, kept: Sequence[Kept]) -> Iterator[bytes]:
        """Yield the rows as a table of the cells that were read; of rows that are no record there are none."""
        text = io.StringIO(newline="")
        for source in {each.source.key: each.source for each in kept}.values():
            numbers = sorted(each.number for each in kept if each.number and each.source.key == source.key)
            found = list(self.engine.records(source, numbers)) if numbers else []
            writer = csv.writer(text, lineterminator="\r\n")
            if found:
                writer.writerow(found[0].cells)
                writer.writerows(map(harmless, each.cells.values()) for each in found)
        yield text.getvalue().encode("utf-8-sig")


# --- delimited text


def _rows(file: Readable, kept: Sequence[Kept], notes: Mapping[Origin, Sequence[str]], heading: str) -> Iterator[bytes]:
    """Yield the header and some rows as they stand in a file, those that are records with a column of notes."""
    layout = _layout(kept)
    dialect, declared = options.dialect(file, layout), options.encoding(file, layout)
    mark, encoding = encodings.found(file, declared)
    chunks = encodings.chunks(file, declared)
    lines = enumerate(_split(chunks), start=1)
    wanted = {each.place.line: each for each in kept}
    yield mark
    above = options.header(file, layout)
    has_notes = above > 0
    for number in range(above):
        raw, cells = _record(next(lines, (0, ""))[1], lines, dialect)
        if number == above - 1:
            # What was mended here and fed back may have the column already.
            has_notes = heading not in cells
            raw = _with_cell(raw, heading, dialect) if has_notes else raw
        yield _encoded(raw, encoding)
    for number, line in lines:
        row = wanted.get(number)
        if row is None:
            continue
        if row.number is None:
            yield _encoded(line, encoding)
            continue
        raw, _ = _record(line, lines, dialect)
        said = " | ".join(notes.get(row.place, ()))
        yield _encoded(_with_cell(raw, said, dialect) if has_notes else raw, encoding)


def _split(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield the lines of a text, with their ends."""
    waiting = b""
    for chunk in chunks:
        whole = (waiting + chunk).split(b"\n")
        waiting = whole.pop()
        yield from (f"{line.decode(errors='surrogateescape')}\n" for line in whole)
    if waiting:
        yield waiting.decode(errors="surrogateescape")


def _record(first: str, lines: Iterator[tuple[int, str]], dialect: options.Dialect) -> tuple[str, list[str]]:
    """Return the text of a record that begins with a line, and its cells; more lines are taken if it goes on."""
    taken: list[str] = []

    def feed() -> Iterator[str]:
        for line in chain([first], (text for _, text in lines)):
            taken.append(line)
            yield line

    try:
        cells = next(iter(dialect.reader(feed())), [])
    except csv.Error:
        cells = []
    return "".join(taken), cells


def _with_cell(raw: str, cell: str, dialect: options.Dialect) -> str:
    text = io.StringIO(newline="")
    plain = " ".join(harmless(cell).split())
    if dialect.quote:
        csv.writer(text, delimiter=dialect.delimiter, quotechar=dialect.quote, lineterminator="").writerow([plain])
    else:
        text.write(plain.replace(dialect.delimiter, " "))
    bare = raw.rstrip("\r\n")
    return f"{bare}{dialect.delimiter}{text.getvalue()}{raw[len(bare) :] or chr(10)}"


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:  # a note may hold what the encoding does not have
        return text.encode(encoding, "replace")


# --- JSON


def _lines(file: Readable, kept: Sequence[Kept]) -> Iterator[bytes]:
    """Yield the lines of some records as they stand; where a line has several, those that are held back."""
    wanted: dict[int, list[Kept]] = defaultdict(list)
    for each in kept:
        wanted[each.place.line].append(each)
    for number, line in content.lines(file):
        own = wanted.get(number)
        if own and any(each.number is None or each.source.iterator in ("", "$") for each in own):
            yield line if line.endswith(b"\n") else line + b"\n"
        elif own:
            yield json.dumps(_cut(file, json.loads(line), own), ensure_ascii=False).encode() + b"\n"


def _tree(file: Readable, kept: Sequence[Kept]) -> Iterator[bytes]:
    """Yield a document that holds of all records those that are held back, and what is around them."""
    document = json.loads(content.whole(file, objects.LIMIT))
    yield json.dumps(_cut(file, document, kept), ensure_ascii=False, indent=2).encode() + b"\n"


def _cut(file: Readable, document: Value, kept: Sequence[Kept]) -> Value:
    """Return a document without those records of its sources that are not held back."""
    places = {each.place.path for each in kept}
    known: dict[tuple[str | int, ...], bool] = {}
    for declared in {each.source.iterator for each in kept}:
        steps = paths.iterator(objects.iterator(file, declared, document))
        for spot in spots.along(document, steps):
            way = tuple(_way(spot))
            known[way] = known.get(way, False) or "$" + "".join(map(spots.name, way)) in places
    return _branch(document, known)


def _way(spot: Spot) -> list[str | int]:
    return [*_way(spot.around), spot.key] if spot.around else []


def _branch(value: Value, known: Mapping[tuple[str | int, ...], bool]) -> Value:
    """Return a value with those parts that lead to a record only if one of these is wanted; `known` tells of all."""
    if known.get((), False):
        return value
    below: dict[str | int, dict[tuple[str | int, ...], bool]] = defaultdict(dict)
    for way, is_wanted in known.items():
        if way:
            below[way[0]][way[1:]] = is_wanted
    if isinstance(value, dict):
        return {
            key: _branch(each, below[key]) if key in below else each
            for key, each in value.items()
            if key not in below or any(below[key].values())
        }
    if isinstance(value, list):
        return [_branch(each, below[place]) for place, each in enumerate(value) if any(below[place].values())]
    return value


# --- files


def _layout(kept: Sequence[Kept]) -> Layout:
    source = kept[0].source
    return Layout(source.formulation, source.iterator, source.options)


def _put(folder: Path, name: Path, parts: Iterable[bytes]) -> None:
    """Write a file that its owner alone can read."""
    path = folder / name
    for parent in reversed(path.relative_to(folder).parents):
        (folder / parent).mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for part in parts:
            file.write(part)


def _digests(folder: Path) -> dict[str, str]:
    """Return the digests of all files of a folder but our note, by name and in order."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    found.pop(_WRITTEN, None)
    return found


def _note(folder: Path) -> None:
    """Note what is in the files of a folder."""
    _put(folder, Path(_WRITTEN), [json.dumps(_digests(folder), indent=2).encode()])


def _edited(folder: Path) -> list[Path]:
    """Return the files of a folder that are not as they were written, by their names in it."""
    try:
        known = json.loads((folder / _WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    return [Path(name) for name, digest in _digests(folder).items() if known.get(name) != digest]


def _keep(fresh: Path, former: Path, edited: Iterable[Path]) -> None:
    """Take over files that somebody changed, under a name that is free."""
    for name in edited:
        place, count = fresh / name, 0
        while place.exists():
            count += 1
            place = (fresh / name).with_name(f"{name.stem}.edited-{count}{name.suffix}")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(former / name, place)
        place.chmod(0o600)
