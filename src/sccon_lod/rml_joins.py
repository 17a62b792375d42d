"""Joins of RML: the subjects of other triples maps."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from sccon_lod.functions import EQUAL, TESTS
from sccon_lod.mapping import Call, Link, Reference, Template
from sccon_lod.rml_calls import VALUES, Calls
from sccon_lod.rml_executions import OLD_EXECUTION, Said, read
from sccon_lod.rml_nodes import Nodes, Part
from sccon_lod.rml_sources import one, text
from sccon_lod.rml_statements import Node

JOIN = ("parentTriplesMap", "joinCondition")


@dataclass(frozen=True)
class Joins:
    """Reads the joins of a file; `maps` are the names of its triples maps."""

    nodes: Nodes
    calls: Calls
    maps: Mapping[Node, str]

    def link(self, said: Said, line: int) -> Link:
        """Return what a reference object map links to."""
        parent = one(self.nodes, said, "parentTriplesMap", line)
        if isinstance(parent.value, Literal) or parent.value not in self.maps:
            raise self.nodes.error(
                parent.line,
                f"{parent.value} ist keine Triples Map in dieser Datei.",
                f"{parent.value} is no triples map in this file.",
            )
        extra = sorted(set(said) - set(JOIN))
        if extra:
            raise self.nodes.error(
                said[extra[0]][0].line,
                f"„{extra[0]}“ gehört nicht neben parentTriplesMap.",
                f"“{extra[0]}” does not belong beside parentTriplesMap.",
            )
        return Link(self.maps[parent.value], tuple(self._pair(each) for each in said.get("joinCondition", [])))

    def _pair(self, part: Part) -> tuple[Template, Template]:
        allowed = ("child", "childMap", "parent", "parentMap", OLD_EXECUTION)
        said = self.nodes.parts(part.value, part.line, allowed)
        if OLD_EXECUTION in said:
            return self._compared(one(self.nodes, said, OLD_EXECUTION, part.line))
        return self._side(said, "child", part.line), self._side(said, "parent", part.line)

    def _side(self, said: Said, name: str, line: int) -> Template:
        """Return what one side of a join compares (RML-Core, section Joins)."""
        if f"{name}Map" not in said:
            return (Reference(text(self.nodes, one(self.nodes, said, name, line))),)
        part = one(self.nodes, said, f"{name}Map", line)
        return self._plain(part)

    def _plain(self, part: Part) -> Template:
        value = self.calls.value(self.nodes.parts(part.value, part.line, (*VALUES, "termType")), part.line)
        if isinstance(value.expression, Call):
            raise self.nodes.error(
                part.line,
                "Eine Verknüpfung vergleicht Zellen, keine Funktionen.",
                "A join compares cells, not functions.",
            )
        return value.expression

    def _compared(self, part: Part) -> tuple[Template, Template]:
        """Return a join that is written as a function, with the other record's side in a `parentTermMap`."""
        run = read(self.nodes, part, OLD_EXECUTION)
        if run.function != EQUAL:
            raise self.nodes.error(
                run.line,
                "Verknüpft wird nur, was gleich ist: idlab-fn:equal.",
                "Only what is equal is linked: idlab-fn:equal.",
            )
        given = self.calls.given(run, TESTS[EQUAL].parameters)
        sides: dict[str, Template] = {}
        for each in given.values():
            said = self.nodes.parts(each.value, each.line, (*VALUES, "termType", "parentTermMap"))
            if "parentTermMap" in said:
                sides["parent"] = self._plain(one(self.nodes, said, "parentTermMap", each.line))
            else:
                sides["child"] = self._plain(each)
        if len(sides) != 2:
            raise self.nodes.error(
                part.line,
                "Eine Verknüpfung vergleicht diesen Datensatz mit dem anderen.",
                "A join compares this record with the other one.",
            )
        return sides["child"], sides["parent"]
