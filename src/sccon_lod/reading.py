"""Sources brought into the engine: scanned where it can read them itself, read row by row elsewhere, and looked at."""

import importlib.metadata
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sccon_lod import checks, plan, project, records, scans
from sccon_lod.checks import Examined, Opened
from sccon_lod.engine import Engine, ScanError, SerialScanError
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Record, Severity
from sccon_lod.functions import Labels
from sccon_lod.language import Text
from sccon_lod.mapping import Source
from sccon_lod.plan import Plan
from sccon_lod.rows import Layout, Report, Row, Table
from sccon_lod.screening import Demands
from sccon_lod.sql.sources import FORGET_PLACES, PLACES, Scan, at_places

Tell = Callable[[Text], None]


def quiet(_: Text) -> None:
    """Tell nobody what is being done."""


@dataclass(frozen=True)
class Read:
    """What was read: what is known of each source by its key, what was looked at, and what readers found wrong.

    `unread` are the rows that are no record: the key of the source, and the place.
    """

    opened: Mapping[str, Opened]
    examined: tuple[Examined, ...]
    findings: tuple[Finding, ...]
    unread: tuple[tuple[str, Origin], ...]


@dataclass(frozen=True)
class Origins:
    """Where sources are: the folder of their files, the settings, and from how many bytes on a file is scanned."""

    root: Path
    settings: Mapping[str, str]
    large: int = scans.LARGE


def read(
    engine: Engine, compiled: Plan, labels: Labels, origins: Origins, tell: Tell, demands: Demands | None = None
) -> Read:
    """Read all sources, apply value functions, find what rows refer to, and look at every row.

    They are looked at for what shapes demand, too, where `demands` says so.

    A file that the engine turns out not to be able to read by itself is read again, row by row. Raises
    SourceError for a file that cannot be understood, MappingError for a column that is not there.
    """
    caution = _Caution(set(), set())
    while True:
        try:
            # While the engine works, another thread looks at the bytes of the files.
            with ThreadPoolExecutor(max_workers=1) as worker:
                return _read(engine, compiled, labels, origins, caution, worker, tell, demands)
        except ScanError as error:
            scanned = [each for each in compiled.sources if each.key not in caution.careful]
            named = [each for each in scanned if str(origins.root / each.file) in str(error)]
            keys = {each.key for each in named or scanned}
            is_serial = isinstance(error, SerialScanError) and not keys <= caution.serial
            (caution.serial if is_serial else caution.careful).update(keys)
            engine.clear()


class _Caution(NamedTuple):
    """The keys of sources that are left to readers, and of those that one thread reads."""

    careful: set[str]
    serial: set[str]


def _read(
    engine: Engine,
    compiled: Plan,
    labels: Labels,
    origins: Origins,
    caution: _Caution,
    worker: ThreadPoolExecutor,
    tell: Tell,
    demands: Demands | None,
) -> Read:
    found: list[tuple[Source, Finding]] = []
    tables: dict[str, Table] = {}
    plain: dict[Path, Future[bool]] = {}
    for source in compiled.sources:
        tell(Text(f"{source.file} lesen", f"Reading {source.file}"))
        references = compiled.references(source)
        scan = None
        if source.key not in caution.careful:
            scan = scans.find(origins.root, source, references, origins.large)
        if scan and source.key in caution.serial:
            scan = replace(scan, is_parallel=False)
        if scan and scan.path not in plain:
            plain[scan.path] = worker.submit(scans.is_plain, scan)
        tables[source.key] = _open(engine, source, references, scan, origins, partial(_hear, found, source))
    plan.check_columns(compiled, {key: table.columns for key, table in tables.items()})
    tell(Text("Zuordnen", "Mapping"))
    for source in compiled.sources:
        if not engine.is_scanned(source):
            engine.load(source, tables[source.key])
    for invocation in compiled.invocations:
        engine.convert(invocation, labels)
    for joined in compiled.joined:
        engine.join(joined)
    examined = tuple(
        _examine(engine, compiled, index, tables, origins.root, demands) for index in range(len(compiled.sources))
    )
    odd = [str(path) for path, is_plain in plain.items() if not is_plain.result()]
    if odd:
        raise ScanError(", ".join(odd))
    opened = {each.source.key: _opened(engine, each, tables[each.source.key]) for each in examined}
    placed = tuple(_placed(engine, found))
    faults = ((source.key, each) for (source, _), each in zip(found, placed, strict=True) if not each.record)
    unread = dict.fromkeys((key, each.origin.of_row) for key, each in faults if each.severity is Severity.VIOLATION)
    return Read(opened, examined, placed, tuple(unread))


def _hear(found: list[tuple[Source, Finding]], source: Source, finding: Finding) -> None:
    found.append((source, finding))


def _placed(engine: Engine, found: Sequence[tuple[Source, Finding]]) -> Iterator[Finding]:
    """Yield what readers found; violations with the record that stands there, if the row became one."""
    wrong = {place: each for place, each in enumerate(found) if each[1].severity is Severity.VIOLATION}
    sources = {source.key: source for source, _ in wrong.values()}
    records: dict[int, Record] = {}
    for key, source in sources.items():
        own = [(place, each.origin) for place, (other, each) in wrong.items() if other.key == key]
        engine.insert(PLACES, [(place, origin.file, origin.line, origin.path) for place, origin in own])
        for place, number in engine.ask(at_places(source)):
            records[int(str(place))] = Record(key, int(str(number)))
        engine.run(FORGET_PLACES)
    for place, (_, finding) in enumerate(found):
        yield replace(finding, record=records.get(place))


def _open(
    engine: Engine,
    source: Source,
    references: tuple[str, ...],
    scan: Scan | None,
    origins: Origins,
    report: Report,
) -> Table:
    if source.file == project.FILE:
        return _settings(origins.settings)
    if scan:
        engine.scan(source, scan)
        return Table(scan.columns, iter(()), files=[source.file])
    layout = Layout(source.formulation, source.iterator, source.options, references)
    return records.read(origins.root, source.file, layout, report)


def _settings(settings: Mapping[str, str]) -> Table:
    """Return the settings as a table with one record, and the program that ran."""
    program = f"sccon-lod {importlib.metadata.version('sccon-lod')}"
    cells = (*settings.values(), program)
    return Table((*settings, "program"), iter([Row(1, project.FILE, 0, "", cells)]), read=1, files=[project.FILE])


def _examine(
    engine: Engine, compiled: Plan, index: int, tables: Mapping[str, Table], root: Path, demands: Demands | None
) -> Examined:
    source = compiled.sources[index]
    scanned = tables[source.key].columns if engine.is_scanned(source) else ()
    try:
        return checks.examine(engine, compiled, index, scanned, demands)
    except ScanError as error:
        raise type(error)(str(root / source.file)) from error


def _opened(engine: Engine, each: Examined, table: Table) -> Opened:
    if engine.is_scanned(each.source):
        return Opened(table.columns, tuple(table.files), checks.rows_of(engine, each))
    return Opened(table.columns, tuple(table.files), table.read, table.unread, table.skipped)
