"""The rows whose subjects have to be validated, among those that are written row by row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sccon_lod.assembly import Assembly
from sccon_lod.checks import Examined
from sccon_lod.engine import Engine
from sccon_lod.plan import Group
from sccon_lod.screening import Demands, Part, screened, split
from sccon_lod.shacl.compiler import Program
from sccon_lod.shacl.shape import Shape
from sccon_lod.sql import checks, conformance
from sccon_lod.sql.screening import Test


@dataclass(frozen=True)
class Suspects:
    """What was looked for in rows, how they are written, and what shapes demand."""

    examined: Sequence[Examined]
    assembly: Assembly
    demands: Demands

    @cached_property
    def pieces(self) -> Mapping[str, tuple[Shape, Shape]]:
        """The shapes that are screened, by name, as two: one for suspects, one for all instances of their classes."""
        return {
            shape.name: split(shape, self._parts[shape.name])
            for shape in self.demands.screened
            if self._parts[shape.name]
        }

    @cached_property
    def _parts(self) -> Mapping[str, frozenset[str]]:
        """The parts of each shape that every row it concerns was screened for."""
        concerned: dict[str, list[Mapping[Part, Test]]] = defaultdict(list)
        for group in self.assembly.by_row:
            for shape in self.demands.of(group):
                concerned[shape.name].append(self._tests(group))
        return {shape.name: screened(shape, concerned[shape.name]) for shape in self.demands.screened}

    def _examined(self, group: Group) -> Examined:
        return next(each for each in self.examined if each.source.key == group.source.key)

    def _tests(self, group: Group) -> Mapping[Part, Test]:
        return {part: test for (index, part), test in self._examined(group).screened.items() if index == group.index}

    def _is_suspect(self, group: Group, names: Iterable[str]) -> str:
        """Return the test of the table of rows that a row may break a screened part of some shapes; empty for none."""
        among = {(name, part) for name in names for part in self._parts.get(name, ())}
        tests = {test for part, test in self._tests(group).items() if part in among and isinstance(test, str)}
        return checks.is_suspect(self._examined(group).checks, tests)

    def note(self, engine: Engine, program: Program) -> None:
        """Note the suspects of each screened shape of a program."""
        engine.run(conformance.SUSPECTS)
        for name, (piece, _) in self.pieces.items():
            for group in self.assembly.by_row:
                test = self._is_suspect(group, [name])
                if test and piece.name in program.numbers:
                    subjects = checks.suspects(self._examined(group).index, group, test)
                    engine.run(conformance.suspect(program.numbers[piece.name], subjects))

    def picked(self) -> Mapping[int, str]:
        """Return queries for the numbers of suspect rows, by group."""
        found = ((group, self._is_suspect(group, self.pieces)) for group in self.assembly.by_row)
        return {group.index: self._rows(group, test) for group, test in found if test}

    def named(self, table: str) -> Mapping[int, str]:
        """Return queries for the numbers of rows whose subjects are in a table, by group."""
        return {group.index: self._rows(group, checks.is_named(group, table)) for group in self.assembly.by_row}

    def unknown(self, table: str) -> Mapping[int, str]:
        """Return queries for the numbers of rows whose subjects are in a table, but are no suspects, by group."""
        found: dict[int, str] = {}
        for group in self.assembly.by_row:
            suspected = self._is_suspect(group, self.pieces)
            test = checks.is_named(group, table) + (f" AND NOT ({suspected})" if suspected else "")
            found[group.index] = self._rows(group, test)
        return found

    def _rows(self, group: Group, test: str) -> str:
        return checks.picked(self._examined(group).index, group, test)
