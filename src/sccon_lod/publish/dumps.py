"""The dumps of a release: the files that hold the same statements in N-Triples, Turtle and JSON-LD."""

import json
import shutil
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from io import FileIO
from pathlib import Path

from isal import igzip

from sccon_lod import assembly
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.kinds import Kind, Order

_LEVEL = 1  # of 0 to 3; the higher ones cost half as much again and save a tenth


# Takes note of some blocks of N-Triples while they are written.
Watch = Callable[[Sequence[bytes]], None]


def write_all(
    engine: Engine,
    assembled: Assembly,
    paths: Mapping[Format, Path],
    packing: Container[Format],
    kinds: Sequence[Kind] = (),
    watch: Watch = lambda _: None,
) -> list[Path]:
    """Write the dumps of some formats, and beside each one for each kind; return all in the order of their writing.

    Those of the formats in `packing` are compressed beside, as well: one while the next is written.
    """
    written: list[Path] = []
    with ThreadPoolExecutor(max_workers=1) as worker:
        jobs: list[Future[None]] = []
        for form, path in paths.items():
            parts = {each: part(path, each) for each in kinds}
            write(engine, assembled, form, path, parts, watch if form is NTRIPLES else None)
            made = [path, *parts.values()]
            written += made
            if form in packing:
                jobs += [worker.submit(pack, each) for each in made]
                written += [packed(each) for each in made]
        for job in jobs:
            job.result()
    return written


def part(path: Path, kind: Kind) -> Path:
    """Return the name of the dump of one kind beside that of all."""
    return path.with_name(f"{path.stem}-{kind.name}{path.suffix}")


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


def write(
    engine: Engine,
    assembled: Assembly,
    form: Format,
    path: Path,
    parts: Mapping[Kind, Path] | None = None,
    watch: Watch | None = None,
) -> None:
    """Write a dump: sorted canonical N-Triples, Turtle with its prefixes, or JSON-LD 1.1 with its context.

    What is said of subjects of a kind is written to its file in `parts`, as well.
    """
    first, last = _frame(assembled, form)
    order, read = Order(tuple(parts or {})), partial(_subject, form, _prefixes(assembled, form))
    with ExitStack() as files:
        whole = files.enter_context(_opened(path, first, last))
        beside = {kind.name: files.enter_context(_opened(own, first, last)) for kind, own in (parts or {}).items()}
        for texts in assembly.texts(engine, assembled, form):
            if watch:
                watch(texts)
            block = b"".join(texts)
            whole(block)
            for kind, run in order.runs(texts, read) if beside else ():
                if kind:
                    beside[kind](block if run is texts else b"".join(run))


@contextmanager
def _opened(path: Path, first: bytes, last: bytes) -> Iterator[Callable[[bytes], None]]:
    """Give what writes blocks to a file, between its first and its last lines."""
    with path.open("wb", buffering=0) as file:
        is_begun = False

        def put(block: bytes) -> None:
            nonlocal is_begun
            # Each node of JSON-LD is written with a comma before it, because none knows whether it is the first.
            _put(file, block if is_begun or not block.startswith(b",") else b" " + block[1:])
            is_begun = True

        _put(file, first)
        yield put
        _put(file, last)


def _put(file: FileIO, block: bytes) -> None:
    """Write a block; the system may take only some of it at once, as on a disk that is nearly full."""
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) :]


# What stands before and behind the subject of a text.
_AROUND = {NTRIPLES: (b"<", b">"), TURTLE: (b"\n", b"\n"), JSONLD: (b'"id": "', b'"')}


def _subject(form: Format, prefixes: Mapping[str, str], text: bytes) -> str:
    """Return the subject that a text speaks of."""
    before, behind = _AROUND[form]
    start = text.index(before) + len(before)
    written = text[start : text.index(behind, start)].decode()
    if written.startswith("<"):
        return written[1:-1]
    prefix, _, local = written.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else written


def _prefixes(assembled: Assembly, form: Format) -> Mapping[str, str]:
    """Return the short names of subjects."""
    return {NTRIPLES: {}, TURTLE: assembled.names.prefixes, JSONLD: assembled.names.linked}[form]


def _frame(assembled: Assembly, form: Format) -> tuple[bytes, bytes]:
    """Return the first and last lines of a dump."""
    if form is TURTLE:
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in assembled.names.prefixes.items()]
        return "".join(lines).encode(), b""
    if form is JSONLD:
        context = json.dumps(assembled.names.context(), ensure_ascii=False, indent=2)
        return f'{{\n"@context": {context},\n"@graph": [\n'.encode(), b"]\n}\n"
    return b"", b""
