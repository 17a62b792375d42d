"""The floor: DuckDB parses every column of the input, then the bytes of the finished output are written; no more.

Called as `floor.py jsonl|csv DATA REFERENCE OUT`.
"""

import json
import mmap
import sys
from pathlib import Path

import duckdb

WINDOW = 1 << 26
BLOCK = 1 << 20


def main(suffix: str, data: Path, reference: Path, out: Path) -> None:
    """Do what no mapping engine can leave out."""
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = false")
        for lines in sorted(data.glob("*.jsonl")):
            connection.execute(_scan(lines, suffix)).fetchall()
    _write(reference, out)


def _scan(lines: Path, suffix: str) -> str:
    with lines.open(encoding="utf-8") as file:
        first = json.loads(file.readline())
    kinds = {name: "VARCHAR[]" if isinstance(value, list) else "VARCHAR" for name, value in first.items()}
    touch = ", ".join(f'sum(len("{name}"))' for name in kinds)
    if suffix == "jsonl":
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in kinds.items())
        options = f"format = 'newline_delimited', columns = {{{columns}}}"
        return f"SELECT {touch} FROM read_json('{lines}', {options})"  # noqa: S608 - names are ours
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in kinds)
    options = f"auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}}"
    return f"SELECT {touch} FROM read_csv('{lines.with_suffix('.csv')}', new_line = '\\n', {options})"  # noqa: S608 - names are ours


def _write(reference: Path, out: Path) -> None:
    """Write the bytes of the reference from memory; it is mapped in windows so that it is neither copied nor held."""
    size = reference.stat().st_size
    with reference.open("rb") as source, out.open("wb", buffering=0) as target:
        for start in range(0, size, WINDOW):
            length = min(WINDOW, size - start)
            with mmap.mmap(source.fileno(), length, offset=start, prot=mmap.PROT_READ) as window:
                for at in range(0, length, BLOCK):
                    with memoryview(window)[at : at + BLOCK] as block:
                        target.write(block)


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
