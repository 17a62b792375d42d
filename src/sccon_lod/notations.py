"""The mapping of a publication, in whatever notation its files are written."""

import difflib
import importlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sccon_lod.errors import MappingError, Origin
from sccon_lod.functions import FN, GREL, IDLAB
from sccon_lod.language import Text
from sccon_lod.mapping import Link, RecordMap
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.terms import DCAT, DCT, RDF, RDFS, SHACL
from sccon_lod.values.value import XSD


class _Words(NamedTuple):
    prefixes: Mapping[str, str]
    suggested: Mapping[str, str]
    external: Mapping[str, str]


_Reader = Callable[[Path, str, _Words], RecordMaps]


# Each notation is imported when a file of it is read, so that a run loads only the library it needs.
def _yarrrml(path: Path, name: str, words: _Words) -> RecordMaps:
    read = importlib.import_module("sccon_lod.yarrrml").read_file
    return _made(read(path, name, words.prefixes, words.external, words.suggested))


def _rml(path: Path, name: str, _: _Words) -> RecordMaps:
    return _made(importlib.import_module("sccon_lod.rml").read_file(path, name))


def _made(mapping: object) -> RecordMaps:
    assert isinstance(mapping, RecordMaps), "each notation gives the same model"
    return mapping


NOTATIONS: Mapping[str, _Reader] = {".yaml": _yarrrml, ".yml": _yarrrml, ".ttl": _rml}

# What a mapping file outside of a publication may use without declaring it.
WELL_KNOWN: Mapping[str, str] = {
    "dcat": DCAT,
    "dct": DCT,
    "dcterms": DCT,
    "fn": FN,
    "grel": GREL,
    "idlab-fn": IDLAB,
    "rdf": RDF,
    "rdfs": RDFS,
    "sh": SHACL,
    "xsd": XSD,
}


def read(root: Path, prefixes: Mapping[str, str], external: Mapping[str, str]) -> RecordMaps:
    """Read all mapping files of the publication in `root`. Raises MappingError with file and line.

    `prefixes` are its short names, which no file can give another meaning; `external` are its external values.
    """
    paths = sorted(path for path in (root / "mapping").glob("*") if path.suffix in NOTATIONS)
    if not paths:
        raise MappingError(
            Origin("mapping"),
            Text(
                "Hier liegt noch keine Zuordnung; bitte eine Datei wie mapping/event.yaml anlegen.",
                "There is no mapping here yet; please make a file such as mapping/event.yaml.",
            ),
        )
    return _read(root, paths, _Words(prefixes, {}, external))


def read_files(
    root: Path, paths: Sequence[Path], prefixes: Mapping[str, str], external: Mapping[str, str]
) -> RecordMaps:
    """Read single mapping files, whose sources are files below `root`. Raises MappingError with file and line.

    A file may give the short names in `prefixes`, and a few well-known ones, another meaning.
    """
    return _read(root, paths, _Words({}, {**WELL_KNOWN, **prefixes}, external))


def _read(root: Path, paths: Iterable[Path], words: _Words) -> RecordMaps:
    maps: list[RecordMap] = []
    prefixes: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
        if path.suffix not in NOTATIONS:
            raise MappingError(Origin(name), _UNKNOWN)
        if not path.is_file():
            raise MappingError(Origin(name), _MISSING)
        made = NOTATIONS[path.suffix](path, name, words)
        maps += made.maps
        # What is published can use a short name only once: that of the first file holds.
        prefixes = {**made.prefixes, **prefixes}
    _check_names(maps)
    _check_links(maps)
    return RecordMaps(tuple(maps), {name: space for name, space in sorted(prefixes.items()) if name})


_UNKNOWN = Text(
    "Eine Zuordnung ist eine Datei in YARRRML (.yaml, .yml) oder RML (.ttl).",
    "A mapping is a file in YARRRML (.yaml, .yml) or RML (.ttl).",
)

_MISSING = Text(
    "Diese Datei gibt es nicht. Ist der Name richtig geschrieben?", "There is no such file. Is its name spelled right?"
)


def _check_names(maps: Iterable[RecordMap]) -> None:
    seen: dict[str, Origin] = {}
    for each in maps:
        # One map of a file with several sources or subjects is several maps of one name and place.
        if seen.setdefault(each.name, each.origin) != each.origin:
            raise MappingError(
                each.origin,
                Text(
                    f"Der Name „{each.name}“ ist schon vergeben ({seen[each.name]}).",
                    f"The name “{each.name}” is taken already ({seen[each.name]}).",
                ),
            )


def _check_links(maps: Sequence[RecordMap]) -> None:
    names = sorted({each.name for each in maps})
    for each in maps:
        for rule in each.rules:
            if isinstance(rule.object, Link) and rule.object.map not in names:
                raise MappingError(rule.origin, _no_map(rule.object.map, names))


def _no_map(name: str, names: Sequence[str]) -> Text:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    de, en = (f"Ist {near[0]} gemeint?", f"Is {near[0]} meant?") if near else _listed(names)
    return Text(f"Einen Eintrag „{name}“ gibt es nicht. {de}", f"There is no map “{name}”. {en}")


def _listed(names: Sequence[str]) -> tuple[str, str]:
    return f"Es gibt: {', '.join(names)}.", f"There is: {', '.join(names)}."
