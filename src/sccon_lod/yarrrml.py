"""YARRRML files as maps; whatever is not understood is an error with file and line."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from yaml.nodes import MappingNode, Node, SequenceNode

from sccon_lod.documents import Document
from sccon_lod.iris import is_absolute
from sccon_lod.mapping import Condition, RecordMap, Rule
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.refusals import YARRRML
from sccon_lod.templates import NOT_IN_IRI, SCHEMES
from sccon_lod.terms import TYPE
from sccon_lod.yarrrml_calls import Calls
from sccon_lod.yarrrml_objects import Objects
from sccon_lod.yarrrml_sources import Sources
from sccon_lod.yarrrml_terms import Terms

# `base` names the maps and `authors` who wrote them; neither says anything about records.
_TOP = ("prefixes", "external", "sources", "mappings", "base", "authors")
_SHORT = {"m": "mappings", "mapping": "mappings"}
_MAP = {
    **dict.fromkeys(("s", "subject"), "subjects"),
    **dict.fromkeys(("po", "predicateobject"), "predicateobjects"),
    **dict.fromkeys(("c", "conditions"), "condition"),
    "source": "sources",
}
_RULE = {
    **dict.fromkeys(("p", "predicate"), "predicates"),
    **dict.fromkeys(("o", "object"), "objects"),
    **dict.fromkeys(("c", "conditions"), "condition"),
}


def read_file(
    path: Path,
    name: str,
    prefixes: Mapping[str, str],
    external: Mapping[str, str],
    suggested: Mapping[str, str] | None = None,
) -> RecordMaps:
    """Return the maps of a file and the short names that it declares. Raises MappingError with file and line.

    `name` is what errors call the file. `prefixes` are the short names that it may use and cannot give another
    meaning; to those that are only `suggested` it can. `external` are values from outside, which win over those
    in the file.
    """
    file = Document(name, {**(suggested or {}), **prefixes})
    root = file.compose(path)
    file.refuse(root, YARRRML)
    parts = file.keys(root, _TOP, ("mappings",), _SHORT)
    own = dict(_prefixes(file, parts.get("prefixes"), prefixes))
    file = Document(name, {**file.prefixes, **own})
    given = {**dict(_external(file, parts.get("external"))), **external}
    return RecordMaps(tuple(_Reader(file, given).maps(parts)), own)


def _prefixes(file: Document, node: Node | None, taken: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, each in file.pairs(node):
        iri = file.text(each)
        if iri.partition(":")[0] not in SCHEMES or ":" not in iri or NOT_IN_IRI.search(iri):
            raise file.error(
                each,
                f"Der Kurzname {name}: steht für keine vollständige IRI; richtig ist zum Beispiel https://example.org/words#.",
                f"The short name {name}: stands for no full IRI; right is for example https://example.org/words#.",
            )
        if taken.get(name, iri) != iri:
            raise file.error(
                each,
                f"Der Kurzname {name}: steht schon für <{taken[name]}>; bitte einen anderen wählen.",
                f"The short name {name}: stands for <{taken[name]}> already; please choose another.",
            )
        yield name, iri


def _external(file: Document, node: Node | None) -> Iterator[tuple[str, str]]:
    for name, each in file.pairs(node):
        if not file.text(each):
            raise file.error(each, f"„{name}“ braucht einen Wert.", f"“{name}” needs a value.")
        yield name, file.text(each)


class _Reader:
    """Reads the maps of one file."""

    def __init__(self, file: Document, external: Mapping[str, str]) -> None:
        self._file = file
        self._terms = Terms(file, file.prefixes, external)
        self._calls = Calls(file, self._terms)
        self._objects = Objects(file, self._terms, self._calls)
        self._sources = Sources(file)

    def maps(self, parts: Mapping[str, Node]) -> Iterator[RecordMap]:
        if "base" in parts and not is_absolute(self._file.text(parts["base"])):
            raise self._file.error(
                parts["base"],
                "„base“ ist eine vollständige IRI, zum Beispiel https://example.org/maps#.",
                "“base” is a full IRI, for example https://example.org/maps#.",
            )
        self._sources.declare(parts.get("sources"))
        for name, node in self._file.pairs(parts["mappings"]):
            yield from self._record_maps(name, node)

    def _record_maps(self, name: str, node: Node) -> Iterator[RecordMap]:
        if isinstance(node, MappingNode):
            self._file.refuse(node, YARRRML)
        allowed = ("sources", "subjects", "predicateobjects", "condition")
        parts = self._file.keys(node, allowed, ("sources", "subjects"), _MAP)
        conditions = self._calls.conditions(parts.get("condition"))
        rules = tuple(rule for each in self._file.many(parts.get("predicateobjects")) for rule in self._rules(each))
        origin = self._file.origin(node, name)
        for source in self._sources.of_map(parts["sources"]):
            for subject in self._file.some(parts["subjects"]):
                term, own = self._objects.subject(subject)
                yield RecordMap(name, source, term, conditions + own, rules, origin)

    def _rules(self, node: Node) -> Iterator[Rule]:
        if isinstance(node, SequenceNode):
            predicates, objects, kind = self._short_rule(node)
            conditions: tuple[Condition, ...] = ()
        else:
            if isinstance(node, MappingNode):
                self._file.refuse(node, YARRRML)
            allowed = ("predicates", "objects", "condition")
            parts = self._file.keys(node, allowed, ("predicates", "objects"), _RULE)
            predicates, objects, kind = parts["predicates"], parts["objects"], None
            conditions = self._calls.conditions(parts.get("condition"))
        for predicate in self._file.some(predicates):
            iri = self._terms.predicate(predicate)
            for each in self._file.some(objects):
                for term, own in self._objects.objects(each, kind, iri == TYPE):
                    yield Rule(iri, term, conditions + own, self._file.origin(node))

    def _short_rule(self, node: SequenceNode) -> tuple[Node, Node, Node | None]:
        if len(node.value) not in (2, 3):
            raise self._file.error(
                node,
                "Eine Regel ist [Prädikat, Objekt] oder [Prädikat, Objekt, Sprache oder Datentyp].",
                "A rule is [predicate, object] or [predicate, object, language or datatype].",
            )
        predicates, objects, *kinds = node.value
        return predicates, objects, kinds[0] if kinds else None
