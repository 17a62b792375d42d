"""Functions that RML runs: their names and inputs, in the way of today and in that of 2017."""

from collections.abc import Mapping
from typing import NamedTuple

from sccon_lod.functions import IDLAB
from sccon_lod.rml_nodes import Nodes, Part
from sccon_lod.rml_sources import Sources, iri, one

# RML-FNML, and the functions of before, which were maps themselves.
EXECUTION, OLD_EXECUTION = "functionExecution", "functionValue"
_EXECUTES = "https://w3id.org/function/ontology#executes"
_OLD_IDLAB = "http://example.com/idlab/function/"

Said = Mapping[str, list[Part]]


class Execution(NamedTuple):
    """A function that is run: its IRI, its inputs by parameter, and the line it stands on."""

    function: str
    inputs: list[tuple[str, Part]]
    line: int


def fixed(nodes: Nodes, part: Part) -> str:
    """Return the IRI of a map that is constant."""
    return iri(nodes, one(nodes, nodes.parts(part.value, part.line, ("constant",)), "constant", part.line))


def read(nodes: Nodes, part: Part, term: str = OLD_EXECUTION) -> Execution:
    """Return a function as it is to be run."""
    run = _new(nodes, part) if term == EXECUTION else _old(nodes, part)
    inputs = [(_renamed(parameter), value) for parameter, value in run.inputs]
    return Execution(_renamed(run.function), inputs, run.line)


def _new(nodes: Nodes, part: Part) -> Execution:
    """Read a function execution (RML-FNML)."""
    said = nodes.parts(part.value, part.line, ("function", "functionMap", "input"))
    function = _named(nodes, said, "function", part.line)
    inputs = []
    for each in said.get("input", []):
        inner = nodes.parts(each.value, each.line, ("parameter", "parameterMap", "inputValue", "inputValueMap"))
        term = "inputValueMap" if "inputValueMap" in inner else "inputValue"
        inputs.append((_named(nodes, inner, "parameter", each.line), one(nodes, inner, term, each.line)))
    return Execution(function, inputs, min(each.line for parts in said.values() for each in parts))


def _named(nodes: Nodes, said: Said, term: str, line: int) -> str:
    """Return the IRI that a term or its map says."""
    if f"{term}Map" in said:
        return fixed(nodes, one(nodes, said, f"{term}Map", line))
    return iri(nodes, one(nodes, said, term, line))


def _old(nodes: Nodes, part: Part) -> Execution:
    """Read a function that is written as a triples map (FNML of 2017): what it executes, and its parameters."""
    said = nodes.parts(part.value, part.line, ("logicalSource", "predicateObjectMap"))
    # The source is said again; it is that of the map around.
    for each in said.get("logicalSource", []):
        Sources(nodes).source(each)
    function, inputs, line = "", [], part.line
    for each in said.get("predicateObjectMap", []):
        inner = nodes.parts(each.value, each.line, ("predicate", "predicateMap", "object", "objectMap"))
        name = _named(nodes, inner, "predicate", each.line)
        term = "objectMap" if "objectMap" in inner else "object"
        value = one(nodes, inner, term, each.line)
        if name == _EXECUTES:
            function, line = _executes(nodes, term, value), each.line
        else:
            inputs.append((name, value))
    if not function:
        raise nodes.error(line, "„fno:executes“ fehlt hier.", "“fno:executes” is missing here.")
    return Execution(function, inputs, line)


def _executes(nodes: Nodes, term: str, part: Part) -> str:
    if term == "object":
        return iri(nodes, part)
    said = nodes.parts(part.value, part.line, ("constant", "termType"))
    # yarrrml-parser writes the IRI of a function as a text.
    return one(nodes, said, "constant", part.line).value.value


def _renamed(iri: str) -> str:
    return IDLAB + iri.removeprefix(_OLD_IDLAB) if iri.startswith(_OLD_IDLAB) else iri
