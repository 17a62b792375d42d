"""Files that the engine can read by itself, and the lines on which their records stand.

Only what cannot be read in two ways is left to the engine: large plain files, as clean as they look. Whatever
turns out otherwise, while the engine reads it or while `is_plain` looks at all its bytes, is read again by a reader
that names the faulty row.
"""

import csv
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from sccon_lod.mapping import Source
from sccon_lod.sql.sources import Scan

LARGE = 1 << 16  # bytes from which on a file is left to the engine
_SAMPLE = 1000  # documents that are looked at to tell lists from texts
_PLAIN = re.compile(r"[^\s.\[\]/@$#'\"*]+")
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_LINES = (".jsonl", ".ndjson")
_BLOCK, _ESCAPE = 1 << 20, 6
_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_ESCAPED_CONTROL = re.compile(rb"\\(?:u00(?:0[0-8bBcCeEfF]|1|7[fF])|[bf])")
_KNOWN = {"delimiter", "quote"}


def find(root: Path, source: Source, references: Sequence[str], large: int = LARGE) -> Scan | None:
    """Return how the engine can read a source, by the beginning of its file; None where a reader has to."""
    path = root / source.file
    if not set(source.options) <= _KNOWN or re.search(r"[*?\[]", str(path)) or not path.is_file():
        return None
    # The engine reaches no file outside of the folder, wherever links lead.
    if not path.resolve().is_relative_to(root.resolve()):
        return None
    # Only readers know what the file of a row is called.
    if path.stat().st_size < max(large, 1) or any(each.startswith("#") for each in references):
        return None
    if source.formulation == "csv" and path.suffix.lower() in _DELIMITERS:
        return _delimited(path, source)
    if source.formulation == "jsonpath" and path.suffix.lower() in _LINES and source.iterator in ("", "$"):
        return _lines(path, source, references)
    return None


def _delimited(path: Path, source: Source) -> Scan | None:
    delimiter = {"tab": "\t"}.get(found := source.options.get("delimiter", ""), found)
    delimiter = delimiter or _DELIMITERS[path.suffix.lower()]
    quote = source.options.get("quote", '"')
    if len(delimiter) != 1 or len(quote) != 1 or not _begins_plain(path, "read_csv"):
        return None
    with path.open(encoding="utf-8", newline="") as file:
        try:
            header, first = islice(csv.reader(file, delimiter=delimiter, quotechar=quote, strict=True), 2)
        except (ValueError, csv.Error):  # not two rows, or not UTF-8
            return None
    folded = {column.casefold() for column in header}
    is_odd = (
        len(folded) < len(header) or len(header) < 2 or any(column != column.strip() or not column for column in header)
    )
    if is_odd or any(column.startswith("#") for column in header) or (first[:1] and first[0].startswith("#")):
        return None
    return Scan(path, source.file, "read_csv", tuple(header), delimiter=delimiter, quote=quote)


def is_plain(scan: Scan) -> bool:
    """Whether no text in a whole file holds a control character but tab and newline."""
    with scan.path.open("rb", buffering=0) as file:
        end = b""
        while block := file.read(_BLOCK):
            # An escape may stand on the border of two blocks.
            if _has_control(end + block, scan.reader):
                return False
            end = block[-_ESCAPE:]
    return True


def _begins_plain(path: Path, reader: str) -> bool:
    with path.open("rb", buffering=0) as file:
        block = file.read(_BLOCK)
    return not block.startswith(b"\xef\xbb\xbf") and not _has_control(block, reader)


def _has_control(block: bytes, reader: str) -> bool:
    """Whether there is a control character; JSON escapes them (RFC 8259 section 7)."""
    if reader == "read_json":
        return b"\x7f" in block or _ESCAPED_CONTROL.search(block) is not None
    return len(block.translate(None, _CONTROLS)) < len(block)


def _lines(path: Path, source: Source, references: Sequence[str]) -> Scan | None:
    # The engine does not tell keys apart that differ in capital letters only.
    folded = {column.casefold() for column in references}
    if not references or not all(map(_PLAIN.fullmatch, references)) or len(folded) < len(references):
        return None
    lists: set[str] = set()
    with path.open(encoding="utf-8") as file:
        try:
            documents = [json.loads(line) for line in islice(file, _SAMPLE) if line.strip()]
        except ValueError:
            return None
    for document in documents:
        if not isinstance(document, dict):
            return None
        for column in references:
            value = document.get(column)
            if isinstance(value, dict):
                return None
            if isinstance(value, list):
                lists.add(column)
    if not _begins_plain(path, "read_json"):
        return None
    return Scan(path, source.file, "read_json", tuple(references), frozenset(lists))


# --- where a record stands


def lines(scan: Scan, numbers: Collection[int]) -> Mapping[int, int]:
    """Return the physical line on which each of some records begins."""
    wanted = set(numbers)
    starts = _starts_of_lines(scan) if scan.reader == "read_json" else _starts_of_rows(scan)
    return {number: line for number, line in enumerate(starts, start=1) if number in wanted} if wanted else {}


def _starts_of_lines(scan: Scan) -> Iterator[int]:
    with scan.path.open("rb") as file:
        yield from (line for line, text in enumerate(file, start=1) if text.strip())


def _starts_of_rows(scan: Scan) -> Iterator[int]:
    with scan.path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=scan.delimiter, quotechar=scan.quote, strict=True)
        next(reader)
        before = reader.line_num
        for cells in reader:
            if cells:
                yield before + 1
            before = reader.line_num
