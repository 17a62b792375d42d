"""Subjects and objects as YARRRML writes them: terms, functions, and links to the subjects of other maps."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from yaml.nodes import MappingNode, Node, SequenceNode

from sccon_lod.documents import Document
from sccon_lod.functions import EQUAL, TESTS
from sccon_lod.invocations import as_iri
from sccon_lod.mapping import Call, Condition, Link, Template, Term
from sccon_lod.refusals import BLANK, YARRRML
from sccon_lod.terms import LANG_STRING
from sccon_lod.yarrrml_calls import Argument, Calls
from sccon_lod.yarrrml_terms import Terms

Conditions = tuple[Condition, ...]
Made = tuple[Term | Call | Link, Conditions]

_CONDITION = {"c": "condition", "conditions": "condition"}
_FUNCTION = {"f": "function", "fn": "function", "pms": "parameters", **_CONDITION}
_VALUE = {"v": "value", **_CONDITION}
_LINK = {"m": "mapping", **_CONDITION}
_KINDS = ("iri", "literal")
_BLANKS = ("blank", "blanknode")


@dataclass(frozen=True)
class Objects:
    """Reads the subjects and objects of a file."""

    file: Document
    terms: Terms
    calls: Calls

    def subject(self, node: Node) -> tuple[Term | Call, Conditions]:
        """Return what makes the subject of a map."""
        if not isinstance(node, MappingNode):
            return self.terms.subject(node), ()
        self.file.refuse(node, YARRRML)
        if "value" in self._keys(node) or "v" in self._keys(node):
            parts = self.file.keys(node, ("value", "type", "condition"), ("value",), _VALUE)
            self._kind(parts.get("type"), ("iri",))
            return self.terms.subject(parts["value"]), self.calls.conditions(parts.get("condition"))
        made, conditions = self._function(node, None)
        if made.datatype or made.language:
            raise self.file.error(
                node,
                "Ein Subjekt ist eine IRI und hat weder Sprache noch Datentyp.",
                "A subject is an IRI and has neither language nor datatype.",
            )
        return as_iri(made), conditions

    def objects(self, node: Node, kind: Node | None, is_type: bool) -> Iterator[Made]:
        """Yield what makes the objects of a rule; `kind` is a datatype or a language that the rule gives them."""
        if isinstance(node, MappingNode):
            self.file.refuse(node, YARRRML)
            keys = self._keys(node)
            if keys & {"mapping", "m"}:
                self._no_kind(kind)
                yield from self._links(node)
            elif keys & {"function", "f", "fn"}:
                made, conditions = self._function(node, kind)
                yield as_iri(made) if is_type else made, conditions
            else:
                yield self._long(node, kind, is_type)
            return
        if isinstance(node, SequenceNode):
            if len(node.value) != 2 or kind is not None:
                raise self.file.error(
                    node,
                    "Ein Objekt in eckigen Klammern ist [Wert, Sprache oder Datentyp].",
                    "An object in brackets is [value, language or datatype].",
                )
            node, kind = node.value
        if is_type or self.file.text(node).endswith("~iri"):
            self._no_kind(kind)
            yield self.terms.iri(node), ()
        else:
            yield self.terms.literal(node, kind), ()

    def _keys(self, node: MappingNode) -> set[str]:
        return {self.file.text(key) for key, _ in node.value}

    def _no_kind(self, kind: Node | None) -> None:
        if kind is not None:
            raise self.file.error(
                kind,
                "Eine IRI oder Verknüpfung hat weder Sprache noch Datentyp.",
                "An IRI or a link has neither language nor datatype.",
            )

    def _kind(self, node: Node | None, known: tuple[str, ...]) -> str:
        said = self.file.text(node) if node is not None else ""
        if node is not None and said in _BLANKS:
            raise self.file.error(node, *BLANK)
        if node is not None and said not in known:
            raise self.file.unknown(node, "Art", "type", said, known)
        return said

    def _long(self, node: MappingNode, kind: Node | None, is_type: bool) -> Made:
        allowed = ("value", "type", "datatype", "language", "condition")
        parts = self.file.keys(node, allowed, ("value",), _VALUE)
        conditions = self.calls.conditions(parts.get("condition"))
        own = parts.get("datatype") or parts.get("language") or kind
        if self._kind(parts.get("type"), _KINDS) == "iri" or (is_type and "type" not in parts):
            self._no_kind(own)
            return self.terms.iri(parts["value"]), conditions
        if "language" in parts:
            self._one_kind(parts)
            language = self.terms.language(parts["language"], self.file.text(parts["language"]))
            return Term(self.terms.words(parts["value"]), LANG_STRING, language), conditions
        return self.terms.literal(parts["value"], own), conditions

    def _one_kind(self, parts: dict[str, Node]) -> None:
        if "language" in parts and "datatype" in parts:
            raise self.file.error(
                parts["datatype"],
                "Ein Text mit Sprache hat keinen Datentyp.",
                "A text with a language has no datatype.",
            )

    def _function(self, node: MappingNode, kind: Node | None) -> tuple[Call, Conditions]:
        """Return a call, with the kind that stands beside the function or that the rule gives."""
        allowed = ("function", "parameters", "type", "datatype", "language", "condition")
        parts = self.file.keys(node, allowed, ("function",), _FUNCTION)
        self._one_kind(parts)
        call = self.calls.call(self.file.part(node, ("function", "f", "fn", "parameters", "pms")))
        conditions = self.calls.conditions(parts.get("condition"))
        own = parts.get("datatype") or parts.get("language") or kind
        if self._kind(parts.get("type"), _KINDS) == "iri":
            self._no_kind(own)
            return replace(call, datatype=""), conditions
        if own is None:
            return call, conditions
        said = self.file.text(own)
        if own is parts.get("language") or said.endswith("~lang"):
            return replace(call, language=self.terms.language(own, said.removesuffix("~lang"))), conditions
        return replace(call, datatype=self.terms.datatype(own)), conditions

    def _links(self, node: MappingNode) -> Iterator[Made]:
        """Yield the links to other maps (YARRRML, section Referring to other mappings)."""
        parts = self.file.keys(node, ("mapping", "condition"), ("mapping",), _LINK)
        pairs = tuple(self._pair(each) for each in self.file.many(parts.get("condition")))
        for name in self.file.some(parts["mapping"]):
            yield Link(self.file.text(name), pairs), ()

    def _pair(self, node: Node) -> tuple[Template, Template]:
        name, given = self.calls.test(node)
        if name != EQUAL:
            raise self.file.error(
                node,
                "Verknüpft wird nur, was gleich ist: equal oder idlab-fn:equal.",
                "Only what is equal is linked: equal or idlab-fn:equal.",
            )
        by_name = self.calls.arguments(node, given, TESTS[name])
        first, second = (by_name[each] for each in TESTS[name].parameters)
        # Where nothing is said, the first value is this record's and the second the other's.
        sides = (first.side or ("s" if second.side != "s" else "o"), second.side or ("o" if first.side != "o" else "s"))
        if sides[0] == sides[1]:
            raise self.file.error(
                second.node,
                "Eine Verknüpfung vergleicht diesen Datensatz (s) mit dem anderen (o).",
                "A join compares this record (s) with the other one (o).",
            )
        pair = (self._plain(first), self._plain(second))
        return pair if sides[0] == "s" else (pair[1], pair[0])

    def _plain(self, argument: Argument) -> Template:
        if isinstance(argument.value, Call):
            raise self.file.error(
                argument.node,
                "Eine Verknüpfung vergleicht Zellen, keine Funktionen.",
                "A join compares cells, not functions.",
            )
        return argument.value
