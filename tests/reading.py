"""What comes of sources and of single files when they are read to their end."""

from pathlib import Path
from typing import NamedTuple

import pytest

from sccon_lod import records
from sccon_lod.errors import SourceError
from sccon_lod.findings import Finding
from sccon_lod.rows import Cell, Layout, Readable, Reader, Row, Table


class Reading(NamedTuple):
    """All that came of a source; the counts are of rows that were read, could not be read, and were skipped."""

    columns: tuple[str, ...]
    rows: list[Row]
    findings: list[Finding]
    counts: tuple[int, int, int]
    files: list[str]

    @property
    def cells(self) -> list[tuple[Cell, ...]]:
        return [row.cells for row in self.rows]

    @property
    def places(self) -> list[tuple[int, int, str]]:
        """The number, line and path of each row."""
        return [(row.number, row.line, row.path) for row in self.rows]

    @property
    def faults(self) -> list[tuple[str, str]]:
        """The rule and place of each finding."""
        return [(each.rule, str(each.origin)) for each in self.findings]

    def lines(self, language: str = "en") -> list[str]:
        return [each.line(language) for each in self.findings]


def _whole(table: Table, findings: list[Finding]) -> Reading:
    rows = list(table.rows)
    return Reading(table.columns, rows, findings, (table.read, table.unread, table.skipped), table.files)


# --- sources below a folder


def of(root: Path, file: str, layout: Layout | None = None) -> Reading:
    """Read a source below a folder."""
    findings: list[Finding] = []
    return _whole(records.read(root, file, layout or Layout(), findings.append), findings)


def refusal(root: Path, file: str, layout: Layout | None = None) -> SourceError:
    """Return the error that a source raises, be it at once or while it is read."""
    with pytest.raises(SourceError) as caught:
        of(root, file, layout)
    return caught.value


def put(root: Path, file: str, content: bytes | str) -> str:
    """Write a file below a folder and return its name."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


# --- single files, with a reader


def read(reader: Reader, path: Path, layout: Layout) -> Reading:
    """Read a file as a whole; findings call it by its name alone."""
    findings: list[Finding] = []
    found = _whole(reader(Readable(path.name, path.suffix, lambda: path.open("rb")), layout, findings.append), findings)
    for finding in findings:
        assert finding.text.de and finding.text.de != finding.text.en
        (finding.text.de + finding.text.en + finding.value).encode()
    assert found.columns == layout.references
    assert found.files == [path.name]
    return found


def refused_by(reader: Reader, path: Path, layout: Layout) -> str:
    """Return the message of a file that a reader refuses."""
    with pytest.raises(SourceError) as caught:
        read(reader, path, layout)
    assert caught.value.text.de != caught.value.text.en
    return str(caught.value)
