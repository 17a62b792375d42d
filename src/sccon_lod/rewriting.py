"""The dumps of a release and their numbers: from the former release where little has changed, or all anew."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product
from pathlib import Path

from sccon_lod import affected, census, checksums, excerpts, increments, memory, packing, pieces, recount
from sccon_lod.assembly import Assembly
from sccon_lod.census import Census
from sccon_lod.digests import Digest
from sccon_lod.engine import Engine
from sccon_lod.formats import FORMATS, NTRIPLES, Format
from sccon_lod.frames import Frame
from sccon_lod.increments import Increment
from sccon_lod.kinds import Kind, Order
from sccon_lod.lexicon import Told
from sccon_lod.memory import File, Memory, Place
from sccon_lod.packing import Packed, Sums
from sccon_lod.patching import Patch
from sccon_lod.positions import Positions, Reading, key, opened
from sccon_lod.publish import dumps, feed, release
from sccon_lod.publish.dumps import Watch
from sccon_lod.sql import memory as sql
from sccon_lod.validation import Claim

_WORKERS = 4  # of which some wait for the disk


@dataclass(frozen=True)
class Wanted:
    """What dumps are made of: `assembled` with all that is told, `tombstones` among it, and how they are counted.

    `name` is what the names of files begin with.
    """

    engine: Engine
    assembled: Assembly
    tombstones: Sequence[Told]
    kinds: Sequence[Kind]
    base: str
    temporal: Sequence[str]
    name: str

    @property
    def framed(self) -> str:
        """A checksum of what no row says, and dumps have all the same: names, tombstones, and which dumps there are."""
        return hashlib.sha256(repr((self.assembled.names, self.tombstones, self.kinds)).encode()).hexdigest()

    def paths(self, folder: Path) -> Mapping[Format, Path]:
        """Return the dumps of all, by their format."""
        return {form: folder / f"{self.name}{form.suffix}" for form in FORMATS}


@dataclass(frozen=True)
class Written:
    """The dumps that were written, with their numbers, and how they are packed.

    `is_patched` says that they come from the former release.
    """

    counted: Census
    packed: Mapping[Path, Packed]
    is_patched: bool

    @cached_property
    def digests(self) -> Mapping[Path, Digest]:
        """The digests of all dumps, packed ones among them."""
        return {path: sums.digest for path, sums in self.sums.items()}

    @cached_property
    def sums(self) -> Mapping[Path, Sums]:
        """The checksums of all dumps, packed ones among them."""
        return {
            path: sums
            for plain, each in self.packed.items()
            for path, sums in ((plain, each.sums), (each.path, each.packed_sums))
        }


def write(wanted: Wanted, folder: Path, watch: Watch, increment: Increment | None) -> Written:
    """Write all dumps to a folder; `watch` takes note of the documents that may have changed."""
    if increment and increment.memory.framed == wanted.framed:
        written = _patched(wanted, folder, increment)
        if written:
            _watch(wanted, folder, watch, increment)
            return written
    return _anew(wanted, folder, watch)


def several(counted: Census) -> tuple[Kind, ...]:
    """Return the kinds that have dumps of their own; one alone would be nearly the same as the whole."""
    return tuple(counted.kinds) if len(counted.kinds) > 1 else ()


def _anew(wanted: Wanted, folder: Path, watch: Watch) -> Written:
    counted = _taken(wanted)
    packed = dumps.write_all(
        wanted.engine,
        wanted.assembled,
        wanted.paths(folder),
        FORMATS,
        several(counted),
        watch,
        increments.cuts(wanted.engine),
    )
    return Written(counted, packed, is_patched=False)


# --- from the former release


def _patched(wanted: Wanted, folder: Path, increment: Increment) -> Written | None:
    """Write the dumps from those of the former release; None, and no file, where that is not possible."""
    counted = _counted(wanted, increment)
    if several(counted) != several(increment.memory.counted):
        return None
    # Two sums that were made in different ways.
    if counted.whole.triples != increment.statements + len(wanted.tombstones):
        return None
    patcher = _Patcher(wanted, increment, Order(several(counted)), increments.cuts(wanted.engine))
    paths, jobs = wanted.paths(folder), dict[Path, Future[Packed | None]]()
    with ThreadPoolExecutor(max_workers=_WORKERS) as workers:
        texts = {form: increment.texts(wanted.assembled, form) for form in paths}
        for form, path in paths.items():
            jobs[path] = workers.submit(patcher.write, form, path, texts[form])
        for (form, path), kind in product(paths.items(), patcher.order.kinds):
            # Jobs begin in the order in which they come, so that what these wait for has begun.
            own = workers.submit(patcher.cut_out, form, path, kind, texts[form], jobs[path])
            jobs[dumps.part(path, kind)] = own
        found = {path: job.result() for path, job in jobs.items()}
    packed = {path: each for path, each in found.items() if each}
    if len(packed) < len(found):
        for left in folder.iterdir():
            left.unlink()
        return None
    return Written(counted, packed, is_patched=True)


@dataclass(frozen=True)
class _Patcher:
    """Writes dumps from those of the former release; `order` are the kinds that have dumps of their own."""

    wanted: Wanted
    increment: Increment
    order: Order
    cuts: Sequence[bytes]

    def write(self, form: Format, path: Path, texts: Mapping[bytes, bytes]) -> Packed | None:
        """Write the dump of all, and packed; None where the former one is not what it was."""
        patch = Patch(Frame.of(self.wanted.assembled.names, form), texts, self.cuts)
        if self._is_linked(patch, path):
            return self._former(path, path.parent)
        former = self._former(path, self.increment.folder)
        patched = patch.write(self.increment.folder / path.name, path)
        if patched is None:
            return None
        known = pieces.known(patched.pieces, patched.cuts, path.stat().st_size, former)
        return packing.pack(path, packing.beside(path), patched.cuts, known)

    def cut_out(
        self, form: Format, whole: Path, kind: Kind, texts: Mapping[bytes, bytes], packed: Future[Packed | None]
    ) -> Packed | None:
        """Write the dump of a kind from that of all, once that is there, and packed; None where that is not."""
        path, frame = dumps.part(whole, kind), Frame.of(self.wanted.assembled.names, form)
        own = {each: text for each, text in texts.items() if self.order.of(each[:-1].decode()) == kind.name}
        if self._is_linked(Patch(frame, own, self.cuts), path):
            return self._former(path, path.parent)
        there = packed.result()
        return there and excerpts.write(whole, frame, kind, self.order, path).pack(frame, self.cuts, there)

    def _is_linked(self, patch: Patch, path: Path) -> bool:
        """Take over a dump and what is packed of it, where they would be as before; return whether they are."""
        former = self.increment.folder / path.name
        _, *cuts, _ = self._former(path, former.parent).plain
        return not patch.changes(former) and patch.cuts_of(former) == cuts and self._link(path)

    def _link(self, path: Path) -> bool:
        """Take over a dump and what is packed of it, which are never changed; return whether that is possible."""
        try:
            for each in (path, packing.beside(path)):
                os.link(self.increment.folder / each.name, each)
        except OSError:
            path.unlink(missing_ok=True)
            return False
        return True

    def _former(self, path: Path, folder: Path) -> Packed:
        """Return what is known of a packed dump of the former release, as it is in a folder."""
        packed, known = folder / packing.beside(path).name, self.increment.memory
        return Packed(packed, *known.parts[packed.name], known.files[path.name].sums, known.files[packed.name].sums)


def _counted(wanted: Wanted, increment: Increment) -> Census:
    """Return the numbers of the dumps: those of the former release and what has changed, where that says all."""
    if not increment.predicates.isdisjoint(wanted.temporal):
        return _taken(wanted)
    less, more = (
        recount.take(
            list(affected.told(chain.from_iterable(each.values()))), wanted.kinds, wanted.base, wanted.temporal
        )
        for each in (increment.before, increment.now)
    )
    counted = recount.moved(increment.memory.counted, less, more)
    return counted or _taken(wanted)


def _taken(wanted: Wanted) -> Census:
    """Count all that is written."""
    return census.take(wanted.engine, wanted.assembled, wanted.kinds, wanted.base, wanted.temporal)


def _watch(wanted: Wanted, folder: Path, watch: Watch, increment: Increment) -> None:
    """Take note of the documents that have a subject which has changed, with all their fragments."""
    documents = sorted({each.partition("#")[0] for each in increment.changed})
    with opened(wanted.paths(folder)[NTRIPLES]) as content:
        positions = Positions(content, Reading(NTRIPLES, {}), 0, len(content))
        for document in documents:
            # A fragment follows #, which the next character comes after.
            first, after = positions.before(f"{document}#".encode()), positions.before(f"{document}$".encode())
            watch([content[first:after]] if first < after else [])
            start, end = positions.of(key(document))
            watch([content[start:end]] if start < end else [])


# --- what is remembered


def keep(wanted: Wanted, written: Written, claim: Claim | None, place: Place) -> None:
    """Remember the release that readers see, if these are its dumps, with what is claimed of it; without, nothing.

    What cannot be kept is not missed: what is left of another release is not relied on.
    """
    with suppress(OSError):
        if claim:
            _keep(wanted, written, claim, place)
        else:
            memory.forget(place.public)


def _keep(wanted: Wanted, written: Written, claim: Claim, place: Place) -> None:
    path = memory.begin(place.public)
    serial = release.current(place.public)
    folder = memory.folder(place.public, serial)
    sums = checksums.read(folder)
    if any(sums.get(each.name) != digest.sha256 for each, digest in written.digests.items()):
        return
    wanted.engine.exchange(sql.save(path))
    told = Memory(
        serial,
        place.made_with,
        wanted.framed,
        memory.digest(place.identities),
        claim.statements,
        claim.is_mixed,
        frozenset(claim.found),
        written.counted,
        {**_files(written, folder), **_pages(sums, folder)},
        {each.path.name: (each.plain, each.packed) for each in written.packed.values()},
    )
    memory.keep(place.public, told)


def _pages(sums: Mapping[str, str], folder: Path) -> Mapping[str, File]:
    """Return what is known of the pages of the change feed."""
    found: dict[str, File] = {}
    for name in (each for each in sums if each.startswith(f"{feed.FOLDER}/")):
        with opened(folder / name) as content:
            known = Sums(Digest(len(content), sums[name]), packing.checksum(content))
            found[name] = memory.file(folder / name, known)
    return found


def _files(written: Written, folder: Path) -> Mapping[str, File]:
    return {path.name: memory.file(folder / path.name, sums) for path, sums in written.sums.items()}
