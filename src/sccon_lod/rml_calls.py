"""Functions, conditions and values of RML: constants, references, templates, function executions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from sccon_lod.errors import MappingError
from sccon_lod.functions import FUNCTIONS, TESTS, Function, RowTest
from sccon_lod.invocations import TRUE_CONDITION, TRUE_IF, TRUE_VALUE, missing
from sccon_lod.mapping import Call, Condition, Expression, Reference, Template
from sccon_lod.rml_executions import EXECUTION, OLD_EXECUTION, Execution, Said, fixed, read
from sccon_lod.rml_nodes import Nodes, Part, local
from sccon_lod.rml_sources import iri, one, text
from sccon_lod.templates import TemplateProblem, braces

VALUES = ("constant", "reference", "template", EXECUTION, OLD_EXECUTION)
# The name of an output may be said; all functions here have one output.
RETURNS = ("return", "returnMap")
KINDS = ("termType", "datatype", "datatypeMap", "language", "languageMap")
_TYPES: Mapping[str, str] = {"IRI": "IRI", "URI": "IRI", "Literal": "Literal"}


class Value(NamedTuple):
    """What makes a term: a template or a call, the term of RML that says so, and the conditions it stands under."""

    expression: Expression
    term: str
    part: Part
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Calls:
    """Reads values and functions of a file."""

    nodes: Nodes

    def value(self, said: Said, line: int) -> Value:
        """Return what makes the value of a term map."""
        names = [name for name in VALUES if name in said]
        if not names and "termType" in said:
            # A blank node has no value.
            self.term_type(said)
        if len(names) != 1:
            listed = ", ".join(VALUES[:-1])
            raise self.nodes.error(
                line, f"Hier steht genau eines von: {listed}.", f"One of these stands here: {listed}."
            )
        part = one(self.nodes, said, names[0], line)
        if names[0] in (EXECUTION, OLD_EXECUTION):
            return self._executed(part, names[0])
        return Value(self._plain(names[0], part), names[0], part)

    def term_type(self, said: Said) -> str:
        """Return the term type that is said, `IRI` or `Literal`."""
        part = one(self.nodes, said, "termType", 0)
        name = local(iri(self.nodes, part))
        if name not in _TYPES:
            raise self.nodes.refuse(name, part.line, tuple(_TYPES))
        return _TYPES[name]

    def _plain(self, term: str, part: Part) -> Template:
        if term == "constant":
            return (part.value.value,) if part.value.value else ()
        words = text(self.nodes, part)
        if not words:
            raise self.nodes.error(part.line, "Hier fehlt ein Wert.", "A value is missing here.")
        if term == "reference":
            return (Reference(words),)
        try:
            return braces(words)
        except TemplateProblem as problem:
            raise MappingError(self.nodes.origin(part.line), problem.text) from problem

    def _executed(self, part: Part, term: str) -> Value:
        run = read(self.nodes, part, term)
        if run.function != TRUE_CONDITION:
            return Value(self._call(run), term, part)
        given = self.given(run, (TRUE_IF, TRUE_VALUE))
        for parameter in (TRUE_IF, TRUE_VALUE):
            if parameter not in given:
                raise self._lacking(parameter, run.line)
        inner = self._given_value(given[TRUE_VALUE])
        return inner._replace(conditions=(*self._conditions(given[TRUE_IF]), *inner.conditions))

    def _conditions(self, part: Part) -> tuple[Condition, ...]:
        said = self._input(part)
        term = next((each for each in (EXECUTION, OLD_EXECUTION) if each in said), "")
        if not term:
            raise self.nodes.error(
                part.line,
                "Eine Bedingung ist eine Funktion, zum Beispiel idlab-fn:equal.",
                "A condition is a function, for example idlab-fn:equal.",
            )
        run = read(self.nodes, one(self.nodes, said, term, part.line), term)
        if run.function not in TESTS:
            raise self.nodes.refuse(run.function, run.line, tuple(TESTS))
        return (Condition(run.function, self._in_order(run, TESTS[run.function])),)

    def _call(self, run: Execution) -> Call:
        if run.function not in FUNCTIONS:
            raise self.nodes.refuse(run.function, run.line, tuple(FUNCTIONS))
        return Call(run.function, self._in_order(run, FUNCTIONS[run.function]))

    def _in_order(self, run: Execution, function: Function | RowTest) -> tuple[Expression, ...]:
        given = self.given(run, function.parameters)
        lacking = missing(function, given)
        if lacking:
            raise self._lacking(lacking, run.line)
        return tuple(self._argument(given[each]) for each in function.parameters if each in given)

    def _lacking(self, parameter: str, line: int) -> MappingError:
        return self.nodes.error(
            line,
            f"Der Parameter {self.nodes.shown(parameter)} fehlt.",
            f"The parameter {self.nodes.shown(parameter)} is missing.",
        )

    def given(self, run: Execution, known: tuple[str, ...]) -> dict[str, Part]:
        """Return the inputs by parameter, each once."""
        given: dict[str, Part] = {}
        for parameter, part in run.inputs:
            if parameter not in known:
                raise self.nodes.refuse(parameter, part.line, known)
            if parameter in given:
                shown = self.nodes.shown(parameter)
                raise self.nodes.error(part.line, f"„{shown}“ steht zweimal.", f"“{shown}” stands twice.")
            given[parameter] = part
        return given

    def _argument(self, part: Part) -> Expression:
        value = self._given_value(part)
        if value.conditions:
            raise self.nodes.error(
                part.line,
                "Eine Bedingung steht um ein Subjekt oder Objekt, nicht in einem Parameter.",
                "A condition stands around a subject or an object, not in a parameter.",
            )
        return value.expression

    def _given_value(self, part: Part) -> Value:
        """Return the value of a parameter: a constant, or what a term map makes."""
        if isinstance(part.value, Literal | NamedNode) and not self.nodes.describes(part.value):
            return Value(self._plain("constant", part), "constant", part)
        return self.value(self._input(part), part.line)

    def _input(self, part: Part) -> Said:
        said = self.nodes.parts(part.value, part.line, (*VALUES, *RETURNS, *KINDS))
        self.check_return(said)
        return said

    def check_return(self, said: Said) -> None:
        """Read the name of the output of a function: there is one, whatever it is called."""
        for part in said.get("returnMap", []):
            fixed(self.nodes, part)
