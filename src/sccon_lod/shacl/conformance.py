"""A compiled program run on the statements of the engine: everything that does not conform, at once."""

from collections.abc import Iterator
from typing import NamedTuple

from sccon_lod.engine import Cell, Engine
from sccon_lod.shacl import literals
from sccon_lod.shacl.compiler import Program
from sccon_lod.shacl.expressions import translated
from sccon_lod.shacl.shape import Step, Term
from sccon_lod.sql import conformance as sql

_LISTS = ("in", "languageIn", "closed")
_NUMBERS = ("minCount", "maxCount", "minLength", "maxLength")
Row = tuple[Cell, ...]


class Wrong(NamedTuple):
    """A validation result (SHACL section 3.6.2); `path` is empty where it is no predicate, `value` None without one."""

    shape: str
    component: str
    focus: str
    path: str
    value: Term | None


def run(engine: Engine, program: Program) -> Iterator[Wrong]:
    """Yield what does not conform to the shapes of the program, of the statements in `shacl.edge`."""
    for statement in sql.create():
        engine.run(statement)
    if not program.shapes:
        return
    patterns = _Patterns()
    for table, rows in _tables(program, patterns).items():
        engine.insert(f"shacl.{table}", rows)
    engine.run(sql.MEMBERS)
    levels = [[program.numbers[shape.name] for shape in level] for level in program.levels]
    for numbers in levels:
        screened = [number for number in numbers if program.shapes[number].name in program.screened]
        engine.run(sql.ask(numbers, screened))
        engine.run(sql.follow({number: program.shapes[number] for number in numbers}))
    names = {parameter.name for shape in program.shapes for parameter in shape.parameters}
    engine.insert("shacl.ill", [each for each in _literals(engine, sql.TYPED) if not literals.is_well_formed(*each)])
    engine.insert("shacl.ranked", list(literals.in_order(_literals(engine, sql.COMPARED))))
    for statement in sql.simple(patterns.known, names):
        engine.run(statement)
    for numbers in reversed(levels):
        asking = {each.name for number in numbers for each in program.shapes[number].references}
        for statement in sql.judge(numbers, asking):
            engine.run(statement)
    yield from _reported(engine, program)


def _literals(engine: Engine, query: str) -> Iterator[tuple[str, str]]:
    return ((str(lexical), str(datatype)) for lexical, datatype in engine.ask(query))


def _reported(engine: Engine, program: Program) -> Iterator[Wrong]:
    for number, component, focus, path, *term in engine.ask(sql.REPORTED):
        shape = program.shapes[int(str(number))]
        value = None if term[0] is None else Term(*map(str, term))
        yield Wrong(shape.source, str(component), str(focus), str(path) or shape.predicate, value)


# --- what the tables of the program hold


class _Patterns:
    """Regular expressions in the words of the engine, by number."""

    def __init__(self) -> None:
        self.known: list[str] = []

    def number(self, pattern: str, flags: str) -> int:
        written = translated(pattern, flags)
        if written not in self.known:
            self.known.append(written)
        return self.known.index(written)


def _tables(program: Program, patterns: _Patterns) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {name: [] for name in sql.TABLES}
    for number, shape in enumerate(program.shapes):
        if shape.is_deactivated:
            continue
        found["target"] += [(number, name, *_cells(term)) for name, term in shape.targets]
        if isinstance(shape.path, Step):
            found["step"].append((number, shape.path.predicate, shape.path.is_inverse))
        for part, parameter in enumerate(shape.parameters):
            of_all = (number, parameter.name, part)
            if parameter.name in _LISTS:
                found["parameter"].append((*of_all, None, None, None, None, None))
            for term in parameter.terms:
                amount: int | None = None
                if parameter.name in _NUMBERS:
                    amount = int(term.object)
                if parameter.name == "pattern":
                    amount = patterns.number(term.object, parameter.flags)
                found["parameter"].append((*of_all, *_cells(term), amount))
        for part, reference in enumerate(shape.references):
            asked = [(name, False) for name in reference.shapes] + [(name, True) for name in reference.siblings]
            found["reference"] += [
                (number, reference.name, part, program.numbers[name], is_sibling, reference.least, reference.most)
                for name, is_sibling in asked
            ]
    return found


def _cells(term: Term) -> Row:
    return (term.key, *term)
