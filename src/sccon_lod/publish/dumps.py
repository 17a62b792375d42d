"""The dumps of a release: the files that hold the same statements in N-Triples, Turtle and JSON-LD."""

import json
import shutil
from collections.abc import Callable, Container, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from io import FileIO
from pathlib import Path

from isal import igzip

from sccon_lod import assembly
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format

_LEVEL = 1  # of 0 to 3; the higher ones cost half as much again and save a tenth


# Takes note of some blocks of N-Triples while they are written.
Watch = Callable[[Sequence[bytes]], None]


def write_all(
    engine: Engine,
    assembled: Assembly,
    paths: Mapping[Format, Path],
    packing: Container[Format],
    watch: Watch = lambda _: None,
) -> None:
    """Write the dumps of some formats; those of the formats in `packing` are compressed beside, as well.

    One is compressed while the next is written.
    """
    with ThreadPoolExecutor(max_workers=1) as worker:
        jobs: list[Future[None]] = []
        for form, path in paths.items():
            write(engine, assembled, form, path, watch if form is NTRIPLES else None)
            if form in packing:
                jobs.append(worker.submit(pack, path))
        for job in jobs:
            job.result()


def packed(path: Path) -> Path:
    """Return the name of a compressed file."""
    return path.with_name(f"{path.name}.gz")


def pack(path: Path) -> None:
    """Write a gzip file beside `path`; its header names neither the time nor the file, so bytes repeat."""
    with (
        path.open("rb") as file,
        packed(path).open("wb") as raw,
        igzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=_LEVEL, mtime=0) as zipped,
    ):
        shutil.copyfileobj(file, zipped, 1 << 20)


def write(engine: Engine, assembled: Assembly, form: Format, path: Path, watch: Watch | None = None) -> None:
    """Write a dump: sorted canonical N-Triples, Turtle with its prefixes, or JSON-LD 1.1 with its context."""
    first, last = _frame(assembled, form)
    with path.open("wb", buffering=0) as file:
        _put(file, first)
        is_first = form is JSONLD
        for texts in assembly.texts(engine, assembled, form):
            if is_first:
                # Each node is written with a comma before it, because none knows whether it is the first.
                texts[0] = texts[0].replace(b",", b" ", 1)
                is_first = False
            if watch:
                watch(texts)
            _put(file, b"".join(texts))
        _put(file, last)


def _put(file: FileIO, block: bytes) -> None:
    """Write a block; the system may take only some of it at once, as on a disk that is nearly full."""
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) :]


def _frame(assembled: Assembly, form: Format) -> tuple[bytes, bytes]:
    """Return the first and last lines of a dump."""
    if form is TURTLE:
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in assembled.names.prefixes.items()]
        return "".join(lines).encode(), b""
    if form is JSONLD:
        context = json.dumps(assembled.names.context(), ensure_ascii=False, indent=2)
        return f'{{\n"@context": {context},\n"@graph": [\n'.encode(), b"]\n}\n"
    return b"", b""
