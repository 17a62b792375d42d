"""The dumps of a release: the files that hold the same statements in N-Triples, Turtle and JSON-LD."""

from collections.abc import Callable, Container, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from sccon_lod import assembly, excerpts, packing, pieces
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.excerpts import Excerpt
from sccon_lod.formats import NTRIPLES, Format
from sccon_lod.frames import Frame
from sccon_lod.kinds import Kind, Order
from sccon_lod.packing import Packed

_WORKERS = 2  # one compresses, while the other copies
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
) -> Mapping[Path, Packed]:
    """Write the dumps of some formats, and beside each one for each kind.

    Those of the formats in `packing` are compressed beside, as well, while the next are written; returned is what
    became of each. They are cut into parts before the blocks with the keys `cuts`.
    """
    order = Order(tuple(kinds))
    excerpted: list[Future[Excerpt]] = []
    packed: dict[Path, Future[Packed]] = {}
    with ThreadPoolExecutor(max_workers=_WORKERS) as workers:
        for form, path in paths.items():
            write(engine, assembled, form, path, watch if form is NTRIPLES else None)
            frame = Frame.of(assembled.names, form)
            if form in packing:
                packed[path] = workers.submit(pack, path, frame, cuts)
            own = [workers.submit(excerpts.write, path, frame, each, order, part(path, each)) for each in kinds]
            if form in packing:
                # Jobs begin in the order in which they come, so that what these wait for has begun.
                made = [workers.submit(_pack, each, frame, cuts, packed[path]) for each in own]
                packed |= {part(path, kind): each for kind, each in zip(kinds, made, strict=True)}
            excerpted += own
        for each in excerpted:
            each.result()
        return {path: each.result() for path, each in packed.items()}


def _pack(excerpt: Future[Excerpt], frame: Frame, cuts: Sequence[bytes], whole: Future[Packed]) -> Packed:
    return excerpt.result().pack(frame, cuts, whole.result())


def part(path: Path, kind: Kind) -> Path:
    """Return the name of the dump of one kind beside that of all."""
    return path.with_name(f"{path.stem}-{kind.name}{path.suffix}")


def pack(path: Path, frame: Frame | None = None, cuts: Sequence[bytes] = ()) -> Packed:
    """Write a gzip file beside a dump, cut into parts before the blocks with some keys."""
    return packing.pack(path, packing.beside(path), frame.cuts(path, cuts) if frame else ())


def write(engine: Engine, assembled: Assembly, form: Format, path: Path, watch: Watch | None = None) -> None:
    """Write a dump: sorted canonical N-Triples, Turtle with its prefixes, or JSON-LD 1.1 with its context."""
    frame = Frame.of(assembled.names, form)
    with path.open("wb", buffering=0) as file:
        is_begun = False
        pieces.put(file, frame.first)
        for texts in assembly.texts(engine, assembled, form):
            if watch:
                watch(texts)
            block = b"".join(texts)
            # Each node of JSON-LD is written with a comma before it, because none knows whether it is the first.
            pieces.put(file, block if is_begun or not block.startswith(b",") else b" " + block[1:])
            is_begun = True
        pieces.put(file, frame.last)
