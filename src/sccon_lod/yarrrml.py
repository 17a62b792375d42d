"""YARRRML files as a mapping; whatever is not understood is an error with file and line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sccon_lod.documents import Document
from sccon_lod.errors import MappingError, Origin
from sccon_lod.functions import FUNCTIONS, TESTS, Function, RowTest
from sccon_lod.language import Text
from sccon_lod.mapping import Call, Condition, RecordMap, Reference, Rule, Source, Template, Term
from sccon_lod.mapping import Mapping as RecordMaps
from sccon_lod.project import FILE as SETTINGS_FILE
from sccon_lod.terms import LANG_STRING, TYPE
from sccon_lod.values.value import STRING

_FORMULATIONS = ("csv", "toml")
_SCHEMES = ("http", "https", "urn", "mailto", "tel", "geo", "info", "ftp")
_TOKEN = re.compile(r"\\([\\$()])|\$\(((?:\\.|[^)\\])+)\)|(\$\()|([^\\$]+|.)", re.DOTALL)
_CURIE = re.compile(r"([A-Za-z][\w.-]*):(.*)", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_NOT_IN_IRI = re.compile(r'[\x00-\x20\x7f<>"{}|^`\\]')


def read(root: Path, prefixes: Mapping[str, str]) -> RecordMaps:
    """Read all mapping files of the publication in `root`. Raises MappingError with file and line."""
    paths = sorted(path for path in (root / "mapping").glob("*") if path.suffix in (".yaml", ".yml"))
    if not paths:
        raise MappingError(
            Origin("mapping"),
            Text(
                "Hier liegt noch keine Zuordnung; bitte eine Datei wie mapping/event.yaml anlegen.",
                "There is no mapping here yet; please make a file such as mapping/event.yaml.",
            ),
        )
    maps: list[RecordMap] = []
    for path in paths:
        maps += _Reader(path.relative_to(root).as_posix(), prefixes).maps(path)
    _check_names(maps)
    return RecordMaps(tuple(maps))


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


class _Reader:
    """Reads one YARRRML file; knows the prefixes and sources that it may use."""

    def __init__(self, name: str, prefixes: Mapping[str, str]) -> None:
        self._prefixes = dict(prefixes)
        self._file = Document(name, self._prefixes)
        self._sources: dict[str, Source] = {}

    # --- the file

    def maps(self, path: Path) -> Iterator[RecordMap]:
        root = self._file.compose(path)
        parts = self._file.keys(root, ("prefixes", "sources", "mappings"), ("mappings",))
        for name, node in self._file.pairs(parts.get("prefixes")):
            self._add_prefix(name, self._file.text(node), node)
        for name, node in self._file.pairs(parts.get("sources")):
            self._sources[name] = self._source(node)
        for name, node in self._file.pairs(parts["mappings"]):
            yield from self._record_maps(name, node)

    def _add_prefix(self, name: str, iri: str, node: Node) -> None:
        scheme = iri.partition(":")[0]
        if scheme == iri or scheme not in _SCHEMES or _NOT_IN_IRI.search(iri):
            raise self._file.error(
                node,
                f"Der Kurzname {name}: steht für keine vollständige IRI; richtig ist zum Beispiel https://example.org/words#.",
                f"The short name {name}: stands for no full IRI; right is for example https://example.org/words#.",
            )
        if self._prefixes.setdefault(name, iri) != iri:
            raise self._file.error(
                node,
                f"Der Kurzname {name}: steht schon für <{self._prefixes[name]}>; bitte einen anderen wählen.",
                f"The short name {name}: stands for <{self._prefixes[name]}> already; please choose another.",
            )

    # --- sources

    def _source(self, node: Node) -> Source:
        if isinstance(node, SequenceNode):
            if len(node.value) != 1:
                raise self._file.error(
                    node,
                    "Eine Quelle ist eine Liste wie ['data/event.csv~csv'].",
                    "A source is a list such as ['data/event.csv~csv'].",
                )
            file, _, formulation = self._file.text(node.value[0]).rpartition("~")
            return self._checked_source(file, formulation, {}, node)
        parts = self._file.keys(node, ("access", "referenceFormulation", "split"), ("access", "referenceFormulation"))
        split: dict[str, str] = {}
        for column, each in self._file.pairs(parts.get("split")):
            split[column] = self._file.text(each)
            if not split[column]:
                raise self._file.error(each, f"„{column}“ braucht ein Trennzeichen.", f"“{column}” needs a separator.")
        return self._checked_source(
            self._file.text(parts["access"]), self._file.text(parts["referenceFormulation"]), split, node
        )

    def _checked_source(self, file: str, formulation: str, split: dict[str, str], node: Node) -> Source:
        if formulation not in _FORMULATIONS or (formulation == "toml") != (file == SETTINGS_FILE):
            raise self._file.error(
                node,
                f"Die Quelle ist als „{formulation}“ angegeben; gelesen werden csv und, für {SETTINGS_FILE}, toml.",
                f"The source is declared as “{formulation}”; what is read is csv and, for {SETTINGS_FILE}, toml.",
            )
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://|/|[A-Za-z]:[\\/]|(.*/)?\.\.(/|$)", file):
            raise self._file.error(
                node,
                "Eine Quelle ist eine Datei im Ordner der Veröffentlichung, zum Beispiel data/event.csv.",
                "A source is a file in the folder of the publication, for example data/event.csv.",
            )
        return Source(file, split, self._file.origin(node))

    def _sources_of(self, node: Node) -> Iterator[Source]:
        for each in self._file.some(node):
            if not isinstance(each, ScalarNode):
                yield self._source(each)
                continue
            name = self._file.text(each)
            if name not in self._sources:
                raise self._file.unknown(each, "Quelle", "source", name, self._sources)
            yield self._sources[name]

    # --- maps

    def _record_maps(self, name: str, node: Node) -> Iterator[RecordMap]:
        names = {"s": "subjects", "subject": "subjects", "po": "predicateobjects", "source": "sources"}
        parts = self._file.keys(
            node, ("sources", "subjects", "predicateobjects", "condition"), ("sources", "subjects"), names
        )
        conditions = self._conditions(parts.get("condition"))
        rules = tuple(rule for each in self._file.many(parts.get("predicateobjects")) for rule in self._rules(each))
        for source in self._sources_of(parts["sources"]):
            for subject in self._file.some(parts["subjects"]):
                term = self._call(subject) if isinstance(subject, MappingNode) else self._iri(subject)
                yield RecordMap(name, source, term, conditions, rules, self._file.origin(node, name))

    def _rules(self, node: Node) -> Iterator[Rule]:
        if isinstance(node, SequenceNode):
            if len(node.value) not in (2, 3):
                raise self._file.error(
                    node,
                    "Eine Regel ist [Prädikat, Objekt] oder [Prädikat, Objekt, Sprache oder Datentyp].",
                    "A rule is [predicate, object] or [predicate, object, language or datatype].",
                )
            predicates, objects, *kinds = node.value
            conditions: tuple[Condition, ...] = ()
            kind = kinds[0] if kinds else None
        else:
            names = {"p": "predicates", "predicate": "predicates", "o": "objects", "object": "objects"}
            parts = self._file.keys(node, ("predicates", "objects", "condition"), ("predicates", "objects"), names)
            predicates, objects, kind = parts["predicates"], parts["objects"], None
            conditions = self._conditions(parts.get("condition"))
        for predicate in self._file.some(predicates):
            iri = self._predicate(predicate)
            for each in self._file.some(objects):
                term = self._object(each, iri == TYPE, kind)
                yield Rule(iri, term, conditions, self._file.origin(node))

    def _predicate(self, node: Node) -> str:
        if self._file.text(node) == "a":
            return TYPE
        template = self._iri(node).template
        if len(template) != 1 or not isinstance(template[0], str):
            raise self._file.error(node, "Ein Prädikat ist ein fester Name.", "A predicate is a constant name.")
        return template[0]

    def _object(self, node: Node, is_type: bool, kind: Node | None) -> Term | Call:
        if isinstance(node, MappingNode):
            keys = [self._file.text(key) for key, _ in node.value]
            if "function" in keys:
                self._no_kind(kind)
                return self._call(node)
            return self._long_object(node, is_type)
        if isinstance(node, SequenceNode):
            if len(node.value) != 2 or kind is not None:
                raise self._file.error(
                    node,
                    "Ein Objekt in eckigen Klammern ist [Wert, Sprache oder Datentyp].",
                    "An object in brackets is [value, language or datatype].",
                )
            node, kind = node.value
        text = self._file.text(node)
        if is_type or text.endswith("~iri"):
            self._no_kind(kind)
            return self._iri(node)
        return self._literal(node, text, kind)

    def _no_kind(self, kind: Node | None) -> None:
        if kind is not None:
            raise self._file.error(
                kind,
                "Eine IRI oder Funktion hat hier weder Sprache noch Datentyp.",
                "An IRI or a function has neither language nor datatype here.",
            )

    def _long_object(self, node: MappingNode, is_type: bool) -> Term:
        parts = self._file.keys(node, ("value", "type", "datatype", "language"), ("value",))
        kind = self._file.text(parts["type"]) if "type" in parts else "iri" if is_type else "literal"
        if kind not in ("iri", "literal"):
            raise self._file.unknown(parts["type"], "Art", "type", kind, ("iri", "literal"))
        value = parts["value"]
        if kind == "iri":
            self._no_kind(parts.get("datatype") or parts.get("language"))
            return self._iri(value)
        if "language" in parts:
            if "datatype" in parts:
                raise self._file.error(
                    parts["datatype"],
                    "Ein Text mit Sprache hat keinen Datentyp.",
                    "A text with a language has no datatype.",
                )
            tag = self._language(parts["language"], self._file.text(parts["language"]))
            return Term(self._words(value, self._file.text(value)), LANG_STRING, tag)
        return self._literal(value, self._file.text(value), parts.get("datatype"))

    def _literal(self, node: Node, text: str, kind: Node | None) -> Term:
        template = self._words(node, text)
        if kind is None:
            self._check_not_meant_as_iri(node, template)
            return Term(template, STRING)
        name = self._file.text(kind)
        if name.endswith("~lang"):
            return Term(template, LANG_STRING, self._language(kind, name.removesuffix("~lang")))
        datatype = self._iri(kind).template
        if len(datatype) != 1 or not isinstance(datatype[0], str):
            raise self._file.error(kind, "Ein Datentyp ist ein fester Name.", "A datatype is a constant name.")
        return Term(template, datatype[0])

    def _words(self, node: Node, text: str) -> Template:
        if not text:
            raise self._file.error(node, "Hier fehlt ein Wert.", "A value is missing here.")
        if text.endswith("~lang"):
            raise self._file.error(
                node,
                f"„{text}“ würde als Text veröffentlicht; ein Objekt mit Sprache ist [[Wert, {text}]].",
                f"“{text}” would be published as a text; an object with a language is [[value, {text}]].",
            )
        if text.endswith("~iri"):
            raise self._file.error(
                node,
                f"„{text}“ würde als Text veröffentlicht; neben „value“ steht „type: iri“ statt ~iri.",
                f"“{text}” would be published as a text; beside “value” stands “type: iri” and no ~iri.",
            )
        return self._template(node, text)

    def _language(self, node: Node, tag: str) -> str:
        if not _LANGUAGE.fullmatch(tag):
            raise self._file.error(
                node,
                f"„{tag}“ ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
                f"“{tag}” is no language tag; right is for example de or en-GB.",
            )
        return tag

    def _check_not_meant_as_iri(self, node: Node, template: Template) -> None:
        found = _CURIE.fullmatch(template[0]) if template and isinstance(template[0], str) else None
        if found and found[1] in self._prefixes and not found[2].startswith((" ", "\n")):
            raise self._file.error(
                node,
                f"„{self._file.text(node)}“ würde als Text veröffentlicht; eine IRI endet auf ~iri.",
                f"“{self._file.text(node)}” would be published as a text; an IRI ends in ~iri.",
            )

    # --- functions and conditions

    def _call(self, node: Node) -> Call:
        parts = self._file.keys(node, ("function", "parameters"), ("function", "parameters"))
        name = self._constant(parts["function"])
        if name not in FUNCTIONS:
            raise self._file.unknown(parts["function"], "Funktion", "function", name, FUNCTIONS)
        return Call(name, self._arguments(parts["parameters"], FUNCTIONS[name]))

    def _conditions(self, node: Node | None) -> tuple[Condition, ...]:
        return tuple(self._condition(each) for each in self._file.many(node))

    def _condition(self, node: Node) -> Condition:
        parts = self._file.keys(node, ("function", "parameters"), ("function", "parameters"))
        name = self._constant(parts["function"])
        if name not in TESTS:
            raise self._file.unknown(parts["function"], "Bedingung", "condition", name, TESTS)
        return Condition(name, self._arguments(parts["parameters"], TESTS[name]))

    def _arguments(self, node: Node, function: Function | RowTest) -> tuple[Template, ...]:
        optional = function.optional if isinstance(function, Function) else ()
        given: dict[str, Template] = {}
        for each in self._file.many(node):
            if isinstance(each, SequenceNode) and len(each.value) == 2:
                name, value = each.value
            else:
                parts = self._file.keys(each, ("parameter", "value"), ("parameter", "value"))
                name, value = parts["parameter"], parts["value"]
            parameter = self._constant(name)
            if parameter not in function.parameters:
                raise self._file.unknown(name, "Parameter", "parameter", parameter, function.parameters)
            if parameter in given:
                shown = self._file.shown(parameter)
                raise self._file.error(name, f"„{shown}“ steht zweimal.", f"“{shown}” stands twice.")
            given[parameter] = self._argument(value, function)
        for parameter in function.parameters:
            if parameter not in given and parameter not in optional:
                raise self._file.error(
                    node,
                    f"Der Parameter {self._file.shown(parameter)} fehlt.",
                    f"The parameter {self._file.shown(parameter)} is missing.",
                )
        return tuple(given[parameter] for parameter in function.parameters if parameter in given)

    def _argument(self, node: Node, function: Function | RowTest) -> Template:
        if self._file.text(node).endswith("~iri"):
            return self._iri(node).template
        template = self._template(node, self._file.text(node))
        # A test compares texts, which may look like a short name; a function would make an IRI of it.
        if isinstance(function, Function):
            self._check_not_meant_as_iri(node, template)
        return template

    # --- terms

    def _iri(self, node: Node) -> Term:
        template = self._template(node, self._file.text(node).removesuffix("~iri"))
        if not template:
            raise self._file.error(node, "Hier fehlt eine IRI.", "An IRI is missing here.")
        if any(isinstance(part, str) and _NOT_IN_IRI.search(part) for part in template):
            raise self._file.error(
                node,
                f"„{self._file.text(node)}“ enthält ein Zeichen, das in IRIs nicht vorkommt (Leerzeichen, Klammer?).",
                f"“{self._file.text(node)}” holds a character that no IRI may hold (blank, bracket?).",
            )
        head = template[0]
        if isinstance(head, Reference):
            return Term(template)
        found = _CURIE.fullmatch(head)
        if found is None:
            raise self._file.error(
                node,
                f"„{self._file.text(node)}“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
                f"“{self._file.text(node)}” has no short name; right is for example id:event/$(id).",
            )
        if found[1] in self._prefixes:
            return Term((self._prefixes[found[1]] + found[2], *template[1:]))
        if found[1] in _SCHEMES:
            return Term(template)
        raise self._file.unknown(node, "Kurzname", "short name", found[1], self._prefixes)

    def _constant(self, node: Node) -> str:
        template = self._iri(node).template
        if len(template) != 1 or not isinstance(template[0], str):
            raise self._file.error(node, "Hier steht ein fester Name.", "A constant name stands here.")
        return template[0]

    def _template(self, node: Node, text: str) -> Template:
        parts: list[str | Reference] = []
        for escaped, column, unclosed, plain in _TOKEN.findall(text):
            if unclosed:
                raise self._file.error(
                    node,
                    "Auf „$(“ folgen der Name einer Spalte und „)“; für den Text „$(“ schreibt man „\\$(“.",
                    "“$(” is followed by the name of a column and “)”; for the text “$(” write “\\$(”.",
                )
            if column:
                parts.append(Reference(re.sub(r"\\(.)", r"\1", column)))
            elif parts and isinstance(parts[-1], str):
                parts[-1] += escaped or plain
            else:
                parts.append(escaped or plain)
        return tuple(parts)
