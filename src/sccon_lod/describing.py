"""A release described in files of their own: the catalogue, and VoID."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sccon_lod import assembly, names, official, packing
from sccon_lod.census import Census, Count
from sccon_lod.digests import Digest
from sccon_lod.editions import Edition, File, Part
from sccon_lod.engine import Engine
from sccon_lod.formats import FORMATS, JSONLD, TURTLE, Format
from sccon_lod.kinds import Kind
from sccon_lod.language import Text
from sccon_lod.lexicon import Told
from sccon_lod.names import Names
from sccon_lod.plan import Plan
from sccon_lod.project import Project
from sccon_lod.publish import catalog, dumps, void

CATALOG, VOID = "catalog", "void"
_PLAN = Plan((), (), (), (), (), (), ())


@dataclass(frozen=True)
class Described:
    """What is known of a release: its numbers, what its kinds are called, and the short names of its dumps.

    `profiles` are the IRIs of the profiles whose shapes the data were checked against, `lists` the namespaces of code
    lists that the dumps hold.
    """

    project: Project
    counted: Census
    titles: Mapping[Kind, Text]
    names: Names
    profiles: tuple[str, ...]
    lists: Collection[str]


def parts(
    described: Described, folder: Path, written: Mapping[Path, Digest], modified: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return the parts of the release whose dumps were written to a folder.

    `modified` is when each kind last changed, by its name; that of the whole is empty.
    """
    whole = {form: folder / f"{described.project.name}{form.suffix}" for form in FORMATS}
    paths = {"": whole}
    for kind in described.titles:
        paths[kind.name] = {form: dumps.part(path, kind) for form, path in whole.items()}
    counts = {"": described.counted.whole} | {each.name: count for each, count in described.counted.kinds.items()}
    titles = {"": described.project.text("title")} | {each.name: title for each, title in described.titles.items()}
    return tuple(
        Part(
            name,
            titles[name],
            tuple(_files(own, written)),
            f"{described.project.settings['issued']}T00:00:00Z",
            modified[name],
            counts[name],
            # What names no time of its own is about that of the whole.
            counts[name].period or counts[""].period,
            _standards(described, counts[name]),
        )
        for name, own in paths.items()
    )


def _files(paths: Mapping[Format, Path], written: Mapping[Path, Digest]) -> Sequence[File]:
    return [
        File(each.name, form, each != path, *written[each])
        for form, path in paths.items()
        for each in (path, packing.beside(path))
    ]


def _standards(described: Described, count: Count) -> tuple[str, ...]:
    known = [iri for name, iri in official.standards().items() if name in count.classes]
    given = described.project.lists.get("catalog.conforms_to", ())
    return tuple(dict.fromkeys([*described.profiles, *known, *given]))


def write(described: Described, edition: Edition, folder: Path) -> None:
    """Write the catalogue in Turtle and JSON-LD, and the description in numbers in Turtle."""
    project = described.project
    told = list(catalog.statements(project, edition))
    _write(told, catalog.PREFIXES, {form: folder / f"{CATALOG}{form.suffix}" for form in (TURTLE, JSONLD)})
    told = list(void.statements(project, edition, described.counted, described.names, _inside(described)))
    _write(told, void.PREFIXES, {TURTLE: folder / f"{VOID}{TURTLE.suffix}"})


def _inside(described: Described) -> set[str]:
    """Return the namespaces of codes and of code lists."""
    return {*described.lists, *(each.rstrip("/").rpartition("/")[0] + "/" for each in described.lists)}


def _write(told: Sequence[Told], prefixes: Mapping[str, str], paths: Mapping[Format, Path]) -> None:
    """Write statements as dumps are written."""
    with Engine() as engine:
        engine.tell(told)
        assembled = assembly.settle(engine, _PLAN, _names(told, prefixes), frozenset())
        dumps.write_all(engine, assembled, paths, ())


def _names(told: Sequence[Told], prefixes: Mapping[str, str]) -> Names:
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in told:
        kinds[each.predicate].append((each.datatype, each.language))
    bare = Names(prefixes, ())
    return Names(prefixes, names.keys(kinds, {}, kinds, {each: bare.short(each) for each in kinds}))
