"""The dumps of a release: the files that hold the same statements in N-Triples, Turtle and JSON-LD."""

import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from sccon_lod import assembly, packing
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.kinds import Kind, Order
from sccon_lod.names import Names
from sccon_lod.packing import Packed
from sccon_lod.positions import Content, Positions, Reading, opened

# Takes note of some blocks of N-Triples while they are written.
Watch = Callable[[Sequence[bytes]], None]


def write_all(
    engine: Engine,
    assembled: Assembly,
    paths: Mapping[Format, Path],
    packing: Container[Format],
    kinds: Sequence[Kind] = (),
    watch: Watch = lambda _: None,
    cuts: Sequence[bytes] = (),
) -> Mapping[Path, Packed | None]:
    """Write the dumps of some formats, and beside each one for each kind; return all in the order of their writing.

    Those of the formats in `packing` are compressed beside, as well: one while the next is written. They are cut into
    parts before the blocks with the keys `cuts`.
    """
    written: dict[Path, Packed | None] = {}
    with ThreadPoolExecutor(max_workers=1) as worker:
        jobs: dict[Path, Future[Packed]] = {}
        for form, path in paths.items():
            parts = {each: part(path, each) for each in kinds}
            write(engine, assembled, form, path, parts, watch if form is NTRIPLES else None)
            made = [path, *parts.values()]
            written |= dict.fromkeys(made)
            if form in packing:
                frame = Frame.of(assembled.names, form)
                jobs |= {packed(each): worker.submit(pack, each, frame, cuts) for each in made}
                written |= dict.fromkeys(packed(each) for each in made)
        return written | {path: job.result() for path, job in jobs.items()}


def part(path: Path, kind: Kind) -> Path:
    """Return the name of the dump of one kind beside that of all."""
    return path.with_name(f"{path.stem}-{kind.name}{path.suffix}")


def packed(path: Path) -> Path:
    """Return the name of a compressed file."""
    return path.with_name(f"{path.name}.gz")


def pack(path: Path, frame: "Frame | None" = None, cuts: Sequence[bytes] = ()) -> Packed:
    """Write a gzip file beside a dump, cut into parts before the blocks with some keys."""
    places: Sequence[int] = ()
    if frame and cuts:
        with opened(path) as content:
            places = frame.positions(content).cuts(cuts)
    return packing.pack(path, packed(path), places)


@dataclass(frozen=True)
class Frame:
    """What stands around the blocks of a dump: its first and last lines; and how the blocks are read."""

    first: bytes
    last: bytes
    reading: Reading

    @classmethod
    def of(cls, names: Names, form: Format) -> "Frame":
        """Return the frame of dumps in a format with some names."""
        return cls(*_frame(names, form), Reading.of(form, names))

    def positions(self, content: Content) -> Positions:
        """Return the blocks of a dump within this frame."""
        return Positions(content, self.reading, len(self.first), len(content) - len(self.last))

    def is_around(self, content: Content) -> bool:
        """Whether a dump has this frame."""
        return content[: len(self.first)] == self.first and content[len(content) - len(self.last) :] == self.last


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
    first, last = _frame(assembled.names, form)
    order, read = Order(tuple(parts or {})), Reading.of(form, assembled.names).subject
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


def _frame(names: Names, form: Format) -> tuple[bytes, bytes]:
    """Return the first and last lines of a dump."""
    if form is TURTLE:
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in names.prefixes.items()]
        return "".join(lines).encode(), b""
    if form is JSONLD:
        context = json.dumps(names.context(), ensure_ascii=False, indent=2)
        return f'{{\n"@context": {context},\n"@graph": [\n'.encode(), b"]\n}\n"
    return b"", b""
