"""The dumps of a release and their numbers: from the former release where little has changed, or all anew."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sccon_lod import affected, census, checksums, digests, increments, memory, packing, patching, recount
from sccon_lod.assembly import Assembly
from sccon_lod.census import Census
from sccon_lod.digests import Digest
from sccon_lod.engine import Engine
from sccon_lod.formats import FORMATS, NTRIPLES, Format
from sccon_lod.increments import Increment
from sccon_lod.kinds import Kind, Order
from sccon_lod.lexicon import Told
from sccon_lod.memory import File, Memory, Place
from sccon_lod.packing import Packed
from sccon_lod.patching import Patch
from sccon_lod.positions import Positions, Reading, key, opened
from sccon_lod.publish import dumps, feed, release
from sccon_lod.publish.dumps import Frame, Watch
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
    """The dumps that were written, with their numbers, and where those that are packed are cut.

    `is_patched` says that they come from the former release.
    """

    counted: Census
    digests: Mapping[Path, Digest]
    packed: Mapping[Path, Packed]
    is_patched: bool


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
    made = dumps.write_all(
        wanted.engine,
        wanted.assembled,
        wanted.paths(folder),
        FORMATS,
        several(counted),
        watch,
        increments.cuts(wanted.engine),
    )
    packed = {path: each for path, each in made.items() if each}
    return Written(counted, digests.of(made), packed, is_patched=False)


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
    jobs: list[Future[_Made | None]] = []
    with ThreadPoolExecutor(max_workers=_WORKERS) as workers:
        for form, path in wanted.paths(folder).items():
            texts = increment.texts(wanted.assembled, form)
            jobs += [workers.submit(patcher.write, form, path, kind, texts) for kind in (None, *patcher.order.kinds)]
        found = [job.result() for job in jobs]
    made = [each for each in found if each]
    if len(made) < len(found):
        for left in folder.iterdir():
            left.unlink()
        return None
    known = {path: digest for each in made for path, digest in each.digests.items()}
    return Written(counted, known, {each.path: each.packed for each in made}, is_patched=True)


class _Made(NamedTuple):
    """A packed dump, where it is cut, and the digests of it and of the dump itself."""

    path: Path
    packed: Packed
    digests: Mapping[Path, Digest]


@dataclass(frozen=True)
class _Patcher:
    """Writes dumps from those of the former release; `order` are the kinds that have dumps of their own."""

    wanted: Wanted
    increment: Increment
    order: Order
    cuts: Sequence[bytes]

    def write(self, form: Format, whole: Path, kind: Kind | None, texts: Mapping[bytes, bytes]) -> _Made | None:
        """Write the dump of a kind, of all without one, and packed; None where the former one is not what it was."""
        path = dumps.part(whole, kind) if kind else whole
        frame = Frame.of(self.wanted.assembled.names, form)
        patch = Patch(frame, {each: text for each, text in texts.items() if self._is_of(kind, each)}, self.cuts)
        former = self.increment.folder / path.name
        is_linked = self._is_same(patch, former) and self._link(path)
        return self._linked(path) if is_linked else self._changed(patch, former, path)

    def _is_same(self, patch: Patch, former: Path) -> bool:
        """Whether a dump would be as the former one is, and cut in the same places."""
        _, *cuts, _ = self.increment.memory.parts[dumps.packed(former).name][0]
        return not patch.changes(former) and patch.cuts_of(former) == cuts

    def _is_of(self, kind: Kind | None, key: bytes) -> bool:
        return kind is None or self.order.of(key[:-1].decode()) == kind.name

    def _link(self, path: Path) -> bool:
        """Take over a dump and what is packed of it, which are never changed; return whether that is possible."""
        try:
            for each in (path, dumps.packed(path)):
                os.link(self.increment.folder / each.name, each)
        except OSError:
            path.unlink(missing_ok=True)
            return False
        return True

    def _linked(self, path: Path) -> _Made:
        packed, files = dumps.packed(path), self.increment.memory.files
        plain, places = self.increment.memory.parts[packed.name]
        known = Packed(plain, places, files[path.name].crc, files[packed.name].crc)
        return _Made(packed, known, {each: files[each.name].digest for each in (path, packed)})

    def _changed(self, patch: Patch, former: Path, path: Path) -> _Made | None:
        packed = dumps.packed(path)
        patched = patch.write(former, path)
        if patched is None:
            return None
        known = patching.known(patched, dumps.packed(former), self.increment.memory.parts[packed.name])
        made = packing.pack(path, packed, patched.cuts, known)
        return _Made(packed, made, {path: patched.digest, **digests.of([packed])})


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
        {path.name: (each.plain, each.packed) for path, each in written.packed.items()},
    )
    memory.keep(place.public, told)


def _pages(sums: Mapping[str, str], folder: Path) -> Mapping[str, File]:
    """Return what is known of the pages of the change feed."""
    found: dict[str, File] = {}
    for name in (each for each in sums if each.startswith(f"{feed.FOLDER}/")):
        with opened(folder / name) as content:
            digest = Digest(len(content), sums[name])
            found[name] = memory.file(folder / name, digest, packing.checksum(content))
    return found


def _files(written: Written, folder: Path) -> Mapping[str, File]:
    crcs: dict[str, int] = {}
    for path, packed in written.packed.items():
        crcs |= {path.name: packed.packed_crc, path.stem: packed.crc}
    return {
        path.name: memory.file(folder / path.name, digest, crcs[path.name]) for path, digest in written.digests.items()
    }
