"""The examples of the guide to sources are read as it says.

An example is files, the declaration of a source, the table it gives, and all findings. A source below a table without
files of its own reads those of the example before:

- `file PATH [ENCODING]`: a text file; packed if the path has `.gz` or `.zip` in it;
- `sheet PATH [SHEET]`: a workbook or a Parquet file, written as CSV; what looks like a number or a day is one;
- `yaml source`: the declaration; keys that are no part of every source are options;
- `table`: the references and the cells as CSV, several values of a cell joined by " | ";
- `findings`: the findings in English.
"""

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml
from openpyxl import Workbook, load_workbook

import opendocument
import reading
from conftest import ROOT
from sccon_lod.records import FORMULATIONS
from sccon_lod.rows import Layout

GUIDE = ROOT / "docs" / "sources.md"
EXAMPLES = 34
FENCE = re.compile(r"^```(file|sheet|yaml source|table|findings)\b ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Rows = list[list[str]]


@dataclass
class Example:
    """One example of a page; the number is that of the line its table stands on."""

    files: list[tuple[str, str, str]] = field(default_factory=list)
    source: str = ""
    table: str = ""
    findings: str = ""
    line: int = 0


def examples() -> Iterator[Example]:
    """Yield the examples of the guide: one ends with its table, and the findings that may follow it."""
    text = GUIDE.read_text(encoding="utf-8")
    example = Example()
    for found in FENCE.finditer(text):
        kind, info, content = found.groups()
        if kind in ("file", "sheet", "yaml source") and example.table:
            yield example
            example = Example(example.files if kind == "yaml source" else [])
        if kind in ("file", "sheet"):
            example.files.append((kind, info, content))
        elif kind == "yaml source":
            example.source = content
        elif kind == "table":
            example.table, example.line = content, text.count("\n", 0, found.start()) + 1
        else:
            example.findings = content
    yield example


ALL = list(examples())


def put(root: Path, kind: str, info: str, content: str) -> None:
    name, _, more = info.partition(" ")
    archive, is_member, inner = name.partition(".zip/")
    path = root / (f"{archive}.zip" if is_member else name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "sheet":
        SHEETS[path.suffix](path, more or "Tabelle1", list(csv.reader(io.StringIO(content))))
    elif is_member:
        with zipfile.ZipFile(path, "a") as made:
            made.writestr(inner, content)
    else:
        written = content.encode(more or "utf-8")
        path.write_bytes(gzip.compress(written) if path.suffix == ".gz" else written)


def value(cell: str) -> str | float | date:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return date.fromisoformat(cell)
    return float(cell) if re.fullmatch(r"[1-9]\d*(\.\d+)?", cell) else cell


def put_xlsx(path: Path, sheet: str, rows: Rows) -> None:
    made = load_workbook(path) if path.exists() else Workbook()
    for name in [] if path.exists() else made.sheetnames:
        del made[name]
    page = made.create_sheet(sheet)
    for row in rows:
        page.append([value(cell) for cell in row])
    made.save(path)


def put_ods(path: Path, sheet: str, rows: Rows) -> None:
    ODS.setdefault(path, {})[sheet] = [opendocument.row(*row) for row in rows]
    opendocument.write(path, ODS[path])


def put_parquet(path: Path, _: str, rows: Rows) -> None:
    (path.parent / "made.csv").write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    with duckdb.connect() as connection:
        connection.read_csv(str(path.parent / "made.csv"), header=True).write_parquet(str(path))
    (path.parent / "made.csv").unlink()


ODS: dict[Path, dict[str, list[str]]] = {}
SHEETS = {".xlsx": put_xlsx, ".ods": put_ods, ".parquet": put_parquet}


def options(declared: dict[str, object]) -> dict[str, str]:
    """Return the options as texts; a key in a key is written with a colon."""
    found: dict[str, str] = {}
    for name, written in declared.items():
        inner = written if isinstance(written, dict) else None
        found |= {f"{name}:{key}": str(each) for key, each in inner.items()} if inner else {name: str(written)}
    return found


@pytest.mark.parametrize("example", ALL, ids=[str(example.line) for example in ALL])
def test_an_example_is_read_as_the_guide_says(tmp_path: Path, example: Example) -> None:
    for kind, info, content in example.files:
        put(tmp_path, kind, info, content)
    declared = yaml.safe_load(example.source)
    header, *rows = csv.reader(io.StringIO(example.table))
    layout = Layout(
        declared.pop("referenceFormulation"),
        declared.pop("iterator", ""),
        options({name: each for name, each in declared.items() if name != "access"}),
        tuple(header),
    )

    found = reading.of(tmp_path, declared["access"], layout)

    places = [found.columns.index(column) for column in header]
    cells = [[row.cells[place] for place in places] for row in found.rows]
    assert [[each if isinstance(each, str) else " | ".join(each) for each in row] for row in cells] == rows
    assert sorted(found.lines()) == sorted(example.findings.splitlines())


def test_the_guide_has_its_examples() -> None:
    assert len(ALL) == EXAMPLES
    assert all(example.files and example.source and example.table for example in ALL)


def test_every_fence_of_an_example_is_understood() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    opened = re.findall(r"^```(?:file|sheet|yaml source|table|findings)\b", text, re.MULTILINE)

    assert len(opened) == len(FENCE.findall(text))


def test_the_table_of_formulations_names_every_type_of_file() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    documented = {(formulation, suffix) for formulation, listed in rows for suffix in re.findall(r"`(\.\w+)`", listed)}

    assert documented == {(name, suffix) for name, readers in FORMULATIONS.items() for suffix in readers}
