"""What the files of a workbook say besides the values of cells: sheets, errors, open formulas, merged cells, extent."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product

from lxml import etree

Place = tuple[int, int]  # row and column, both from 0
BROKEN = (*(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError), LookupError, ValueError, RuntimeError)

_LETTERS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_COLUMN = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})\d""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,7})""")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")
# What a sheet with formulas or errors holds; a sheet whose elements have a prefix is looked at in any case.
_SUSPECT = (b"<f", b't="e"', b"t='e'")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref=["']([A-Z]+\d+):([A-Z]+\d+)["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_REPEATED = 1000  # of cells that are said to be repeated, so many are named


@dataclass
class Sheet:
    """A sheet of a workbook: its name, cells with errors or without the value of their formula, merged ranges.

    `extent` is the number of cells up to the last one with a value.
    """

    name: str
    is_hidden: bool = False
    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: list[Place] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    extent: int = 0


def is_locked(content: bytes) -> bool:
    """Return whether a workbook is protected by a password, or so old that it looks the same from outside."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    with zipfile.ZipFile(BytesIO(content)) as archive:
        manifest = "META-INF/manifest.xml"
        return manifest in archive.namelist() and b"encryption-data" in archive.read(manifest)


def size(content: bytes) -> int:
    """Return how many bytes a workbook says it has when it is no longer compressed."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return sum(each.file_size for each in archive.infolist())


def sheets(content: bytes, suffix: str, most: int) -> list[Sheet]:
    """Return the sheets of a workbook in their order; an extent beyond `most` is looked at twice.

    Raises one of `BROKEN` where it is none.
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        # Each member is read to its end, so that none is larger than it says.
        if archive.testzip() is not None:
            raise zipfile.BadZipFile
        return _opendocument(archive.read("content.xml")) if suffix == ".ods" else _office(archive, most)


def letters(column: int) -> str:
    """Return the letters of a column, whose number begins with 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    before, place = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + place)


def place(written: str) -> Place:
    """Return the place of a cell, such as B3.

    >>> place("AB3")
    (2, 27)
    """
    found = _LETTERS.fullmatch(written)
    if found is None:
        raise ValueError(written)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


# --- XLSX (ISO/IEC 29500-1, section 18)


def _office(archive: zipfile.ZipFile, most: int) -> list[Sheet]:
    """Return the sheets: workbook.xml names their relations, and those the members that hold them."""
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in _elements(archive.read("xl/_rels/workbook.xml.rels"), "{*}Relationship")
    }
    found: list[Sheet] = []
    for each in _elements(archive.read("xl/workbook.xml"), "{*}sheet"):
        relation = "".join(str(value) for name, value in each.items() if str(name).endswith("relationships}id"))
        part = posixpath.join("/xl", relations[relation]).lstrip("/")
        sheet = Sheet(each.get("name", ""), each.get("state", "visible") != "visible")
        _look(sheet, archive.read(part), most)
        found.append(sheet)
    return found


def _look(sheet: Sheet, content: bytes, most: int) -> None:
    if not _VALUE.search(content):
        return
    sheet.extent = _extent(content, most)
    if b"mergeCell" in content:
        sheet.merged = [(place(first.decode()), place(last.decode())) for first, last in _MERGED.findall(content)]
    if b"<c " not in content or any(mark in content for mark in _SUSPECT):
        for cell in _elements(content, "{*}c"):
            _note(sheet, cell)


def _extent(content: bytes, most: int) -> int:
    rows = max(map(int, _ROW.findall(content)), default=0)
    columns = max((place(f"{each.decode()}1")[1] + 1 for each in set(_COLUMN.findall(content))), default=0)
    if rows * columns <= most:
        # Cells need not say where they are: then they follow one another.
        return rows * columns or len(_CELL.findall(content))
    filled = [place(each.get("r", "A1")) for each in _elements(content, "{*}c") if len(each)]
    return max(row + 1 for row, _ in filled) * max(column + 1 for _, column in filled)


def _note(sheet: Sheet, cell: etree._Element) -> None:
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "e":
        sheet.errors[place(cell.get("r", ""))] = value
    elif cell.find("{*}f") is not None and not value and cell.get("t") != "str":
        sheet.uncalculated.append(place(cell.get("r", "")))


# --- ODS (OpenDocument 1.3, part 3, section 9)


@dataclass
class _Spot:
    """Where reading is, and how far there were values."""

    row: int = 0
    rows: int = 0
    columns: int = 0


def _opendocument(content: bytes) -> list[Sheet]:
    found: list[Sheet] = []
    spot = _Spot()
    for event, element in _parsed(content, ("start", "end"), f"{_TABLE}table-row", f"{_TABLE}table"):
        if element.tag == f"{_TABLE}table" and event == "start":
            spot = _Spot()
            found.append(Sheet(element.get(f"{_TABLE}name", "")))
        elif element.tag == f"{_TABLE}table-row" and event == "end":
            _row(found[-1], spot, element)
            found[-1].extent = spot.rows * spot.columns
            element.clear()
    return found


def _row(sheet: Sheet, spot: _Spot, row: etree._Element) -> None:
    repeated = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
    column = 0
    for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if len(cell) or cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula"):
            spot.rows = spot.row + repeated
            spot.columns = max(spot.columns, column + times)
            rows = range(spot.row, spot.row + min(repeated, _REPEATED))
            _judge(sheet, cell, list(product(rows, range(column, column + min(times, _REPEATED)))))
        column += times
    spot.row += repeated


def _judge(sheet: Sheet, cell: etree._Element, places: list[Place]) -> None:
    if cell.get(f"{_CALC}value-type") == "error":
        sheet.errors.update(dict.fromkeys(places, "".join(map(str, cell.itertext()))))
    elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
        sheet.uncalculated += places
    down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
    across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
    if down * across > 1:
        row, column = places[0]
        sheet.merged.append((places[0], (row + down - 1, column + across - 1)))


def _elements(content: bytes, tag: str) -> Iterator[etree._Element]:
    for _, element in _parsed(content, ("end",), tag):
        yield element
        element.clear()


def _parsed(content: bytes, events: tuple[str, ...], *tags: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield what begins or ends; no entity is expanded, and nothing is fetched."""
    source = BytesIO(content)
    yield from etree.iterparse(source, events, tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
