"""Functions and conditions as YARRRML writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, SequenceNode

from sccon_lod.documents import Document
from sccon_lod.functions import FUNCTIONS, TESTS, Function, RowTest
from sccon_lod.invocations import BARE, missing
from sccon_lod.mapping import Call, Condition, Expression, Template
from sccon_lod.yarrrml_terms import Terms

_KEYS = {"f": "function", "fn": "function", "pms": "parameters"}
_PARAMETER = {"pm": "parameter", "v": "value"}
_SIDES = {"s": "s", "subject": "s", "o": "o", "object": "o"}
_SHORT = re.compile(r"([^()\s$]+)\((.*)\)", re.DOTALL)
# A parameter of the short form: name = value; the value may hold commas in quotation marks and in $(…).
_PAIR = re.compile(r'\s*([^\s=,]+)\s*=\s*("(?:[^"])*"|(?:\$\((?:\\.|[^)\\])*\)|[^,"])*)\s*(?:,|$)')


class Given(NamedTuple):
    """A parameter as it is written: where it stands, its name, its value, and the side of a join, where one is said."""

    place: Node
    name: str
    value: Node
    side: str


class Argument(NamedTuple):
    """What a parameter is given: its value, the node it stands in, and the side of a join, where one is said."""

    value: Expression
    node: Node
    side: str


@dataclass(frozen=True)
class Calls:
    """Reads the functions and conditions of a file."""

    file: Document
    terms: Terms

    def call(self, node: Node) -> Call:
        """Return a value function with its arguments."""
        function, given = self._named(node)
        name = self.terms.name(function, _head(self.file.text(function)))
        if name not in FUNCTIONS:
            raise self.file.unknown(function, "Funktion", "function", name, FUNCTIONS)
        return Call(name, self._in_order(node, given, name, FUNCTIONS[name]))

    def conditions(self, node: Node | None) -> tuple[Condition, ...]:
        """Return the conditions of a map or a rule, which must all hold."""
        return tuple(self._condition(each) for each in self.file.many(node))

    def _condition(self, node: Node) -> Condition:
        name, given = self.test(node)
        return Condition(name, self._in_order(node, given, name, TESTS[name]))

    def test(self, node: Node) -> tuple[str, list[Given]]:
        """Return the name of a condition, and its parameters as they are written."""
        function, given = self._named(node)
        word = _head(self.file.text(function))
        name = BARE.get(word) or self.terms.name(function, word)
        if name not in TESTS:
            raise self.file.unknown(function, "Bedingung", "condition", name, TESTS)
        return name, given

    def _named(self, node: Node) -> tuple[Node, list[Given]]:
        """Return the function of a node, and its parameters."""
        parts = self.file.keys(node, ("function", "parameters"), ("function",), _KEYS)
        function = parts["function"]
        if _SHORT.fullmatch(self.file.text(function)):
            if "parameters" in parts:
                raise self.file.error(
                    parts["parameters"],
                    "Die Parameter stehen schon in der Klammer hinter der Funktion.",
                    "The parameters stand in the brackets behind the function already.",
                )
            return function, list(self._short(function))
        if "parameters" not in parts:
            raise self.file.error(node, "Der Schlüssel „parameters“ fehlt.", "The key “parameters” is missing.")
        return function, [self._parameter(each) for each in self.file.many(parts["parameters"])]

    def _short(self, node: Node) -> Iterator[Given]:
        """Yield the parameters of `prefix:function(parameter = value, …)`; a bare parameter has the same prefix."""
        found = _SHORT.fullmatch(self.file.text(node))
        assert found, "only the short form comes here"
        prefix, inside, done = found[1].partition(":")[0], found[2], 0
        while done < len(inside):
            pair = _PAIR.match(inside, done)
            if not pair or pair.end() == done:
                raise self.file.error(
                    node,
                    "In der Klammer steht Parameter = Wert, zum Beispiel grel:toUpperCase(valueParameter = $(name)).",
                    "In the brackets stands parameter = value, for example grel:toUpperCase(valueParameter = $(name)).",
                )
            name = pair[1] if ":" in pair[1] else f"{prefix}:{pair[1]}"
            yield Given(node, name, self.file.scalar(node, pair[2].strip().strip('"')), "s")
            done = pair.end()

    def _parameter(self, node: Node) -> Given:
        if isinstance(node, SequenceNode) and len(node.value) in (2, 3):
            name, value, *side = node.value
            return Given(name, self.file.text(name), value, self._side(side[0]) if side else "")
        parts = self.file.keys(node, ("parameter", "value", "type", "from"), ("parameter", "value"), _PARAMETER)
        value = self._typed(parts["value"], parts.get("type"))
        side = self._side(parts["from"]) if "from" in parts else ""
        return Given(parts["parameter"], self.file.text(parts["parameter"]), value, side)

    def _typed(self, value: Node, kind: Node | None) -> Node:
        if kind is None:
            return value
        if self.file.text(kind) not in ("iri", "literal"):
            raise self.file.unknown(kind, "Art", "type", self.file.text(kind), ("iri", "literal"))
        return self.file.scalar(value, f"{self.file.text(value)}~iri") if self.file.text(kind) == "iri" else value

    def _side(self, node: Node) -> str:
        if self.file.text(node) not in _SIDES:
            raise self.file.error(
                node,
                "Hier steht s (dieser Datensatz) oder o (der andere einer Verknüpfung).",
                "Here stands s (this record) or o (the other one of a join).",
            )
        return _SIDES[self.file.text(node)]

    def _in_order(
        self, node: Node, given: list[Given], name: str, function: Function | RowTest
    ) -> tuple[Expression, ...]:
        by_name = self.arguments(node, given, function)
        for argument in by_name.values():
            if argument.side == "o":
                raise self.file.error(
                    argument.node,
                    "Hier gibt es nur diesen Datensatz (s); o steht in der Bedingung neben „mapping“.",
                    "There is only this record (s) here; o stands in the condition beside “mapping”.",
                )
        return tuple(by_name[each].value for each in function.parameters if each in by_name)

    def arguments(self, node: Node, given: list[Given], function: Function | RowTest) -> dict[str, Argument]:
        """Return the arguments by parameter; each parameter that is needed has one."""
        by_name: dict[str, Argument] = {}
        for place, word, value, side in given:
            parameter = BARE.get(word) or self.terms.name(place, word)
            shown = self.file.shown(parameter)
            if parameter not in function.parameters:
                raise self.file.unknown(place, "Parameter", "parameter", parameter, function.parameters)
            if parameter in by_name:
                raise self.file.error(place, f"„{shown}“ steht zweimal.", f"“{shown}” stands twice.")
            by_name[parameter] = Argument(self._argument(value, function), value, side)
        lacking = missing(function, by_name)
        if lacking:
            shown = self.file.shown(lacking)
            raise self.file.error(node, f"Der Parameter {shown} fehlt.", f"The parameter {shown} is missing.")
        return by_name

    def _argument(self, node: Node, function: Function | RowTest) -> Expression:
        if isinstance(node, MappingNode):
            return self.call(node)
        text = self.file.text(node)
        if text.endswith("~iri"):
            return self.terms.iri(node).template
        template: Template = self.terms.template(node, text)
        # A test compares texts, which may look like a short name; a function would make an IRI of it.
        if isinstance(function, Function):
            self.terms.check_not_meant_as_iri(node, template)
        return template


def _head(function: str) -> str:
    found = _SHORT.fullmatch(function)
    return found[1] if found else function
