"""A mapping run on its own: records to dumps, without a publication around it."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sccon_lod import accounting, assembly, checks, naming, packing, plan, reading
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin, ReleaseError, not_writable
from sccon_lod.findings import Account, Finding, in_order
from sccon_lod.formats import FORMATS, Format
from sccon_lod.language import Text
from sccon_lod.lexicon import Vocabulary
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.publish import dumps
from sccon_lod.reading import Origins, Tell
from sccon_lod.trail import Trail

_PACKED = ".gz"
_ASIDE = ".sccon-lod-"


@dataclass(frozen=True)
class Mapped:
    """What came of a mapping: findings in order, and what became of the records of each source."""

    findings: tuple[Finding, ...]
    accounts: tuple[Account, ...]


def run(mapping: RecordMaps, root: Path, outputs: Sequence[Path], tell: Tell = reading.quiet) -> Mapped:
    """Map the records of the sources below the folder `root`, and write a dump to each output.

    The ending of an output says its format (`.nt`, `.ttl`, `.jsonld`); `.gz` after it compresses. Raises
    PublicationError for what cannot be read, and for an output that cannot be written; then none is.
    """
    forms = {path: _form(path) for path in outputs}
    for path in forms:
        _check_place(path, mapping, root)
    compiled = plan.compile_maps(mapping)
    words = Vocabulary(mapping.prefixes, (), frozenset(), frozenset(), {})
    with Engine([root, *(path.parent for path in outputs)]) as engine:
        read = reading.read(engine, compiled, words.labels, Origins(root, {}), tell)
        short = naming.names(compiled, words, ())
        assembled = assembly.settle(engine, compiled, short, checks.proven(engine, read.examined))
        found = checks.findings(compiled, read.examined, assembled.by_row, Trail(engine, compiled))
        findings = tuple(in_order([*read.findings, *found]))
        tell(Text("Ausgaben schreiben", "Writing dumps"))
        _write(engine, assembled, forms)
    return Mapped(findings, accounting.accounts(compiled, read.opened, findings))


# --- outputs


def _form(path: Path) -> Format:
    suffix = Path(path.name.removesuffix(_PACKED)).suffix
    for form in FORMATS:
        if form.suffix == suffix:
            return form
    known = ", ".join(form.suffix for form in FORMATS)
    raise ReleaseError(
        Origin(str(path)),
        Text(
            f"Die Endung der Ausgabe sagt, was geschrieben wird; möglich sind {known}, auch mit .gz dahinter.",
            f"The ending of the output says what is written; possible are {known}, also with .gz after it.",
        ),
    )


def _check_place(path: Path, mapping: RecordMaps, root: Path) -> None:
    """Refuse an output that cannot be written, before anything is read."""
    if path.is_dir():
        raise ReleaseError(Origin(str(path)), _IS_FOLDER)
    # A mapping in Turtle ends as a dump does.
    written = {each.origin.file for each in mapping.maps}
    if path.resolve() in {place.resolve() for file in written for place in (root / file, Path(file))}:
        raise ReleaseError(Origin(str(path)), _IS_MAPPING)
    try:
        with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=path.parent):
            pass
    except OSError as error:
        raise not_writable(path, error) from error


def _write(engine: Engine, assembled: Assembly, forms: Mapping[Path, Format]) -> None:
    """Write all outputs aside, each in its own folder, and put them in place when all are complete."""
    packed = {path: path.suffix == _PACKED for path in forms}
    with ExitStack() as stack:
        try:
            aside = {
                folder: Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=_ASIDE, dir=folder)))
                for folder in dict.fromkeys(path.parent for path in forms)
            }
            places = {form: aside[path.parent] / f"dump{form.suffix}" for path, form in forms.items()}
            made = {form: places[form] for form in FORMATS if form in places}
            dumps.write_all(engine, assembled, made, {form for path, form in forms.items() if packed[path]})
            _place(
                {path: packing.beside(made[form]) if packed[path] else made[form] for path, form in forms.items()},
                aside,
            )
        except OSError as error:
            raise not_writable(next(iter(forms)), error) from error


def _place(ready: Mapping[Path, Path], aside: Mapping[Path, Path]) -> None:
    """Bring each dump into the folder of its output, then give all of them their names."""
    wanted = Counter(ready.values())
    beside: dict[Path, Path] = {}
    for number, (path, dump) in enumerate(ready.items()):
        beside[path] = aside[path.parent] / str(number)
        wanted[dump] -= 1
        (shutil.copyfile if wanted[dump] else shutil.move)(dump, beside[path])
    for path, dump in beside.items():
        dump.replace(path)


_IS_FOLDER = Text(
    "Das ist ein Ordner; eine Ausgabe ist eine Datei, zum Beispiel out/event.nt.",
    "This is a folder; an output is a file, for example out/event.nt.",
)
_IS_MAPPING = Text(
    "Das ist die Zuordnung selbst; bitte einen anderen Namen wählen, zum Beispiel event.nt.",
    "This is the mapping itself; please choose another name, for example event.nt.",
)
