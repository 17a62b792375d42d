"""The statements of a run against the shapes, with every result at its cell."""

import enum
import importlib
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from sccon_lod import assembly, constraints, results, sampling
from sccon_lod.constraints import Query
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.facts import Facts
from sccon_lod.findings import Finding, Result
from sccon_lod.language import Text
from sccon_lod.lexicon import Told
from sccon_lod.results import Found
from sccon_lod.sampling import Dump
from sccon_lod.shacl import conformance
from sccon_lod.shacl.compiler import Program, compile_shapes
from sccon_lod.shapes import Constraint, Shapes
from sccon_lod.sql import conformance as sql
from sccon_lod.suspects import Suspects
from sccon_lod.terms import SUBCLASS
from sccon_lod.trail import CONFLICTS, Cell, Object, Trail

_NAMED = 3  # other cells that a finding names …
_SHOWN = 60  # … each with so many letters
REFEREED = 20_000  # statements that pySHACL validates once more before they are published …
SAMPLED = 100  # … and subjects of more, once with results and once of all
_RESAMPLED = 20  # subjects that have not changed since pySHACL was last asked


class Validator(enum.Enum):
    """Who validates: the compiled shapes with all that helps them, or pySHACL alone."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"


def results_of(engine: Engine, suspects: Suspects, shapes: Shapes, validator: Validator) -> set[Found]:
    """Return all results of the shapes on what the engine knows.

    Most constraints are compiled; Oxigraph answers the SPARQL constraints that it can, pySHACL checks all others.
    """
    engine.run(sql.WHOLE)
    if validator is Validator.PYSHACL:
        return _by_pyshacl(_everything(engine, suspects), shapes, (), None)
    answers = _ask(engine, suspects, shapes)
    program = compile_shapes(shapes.whole, constraints.answered(shapes.graph, answers.asked), suspects.pieces)
    suspects.note(engine, program)
    predicates = program.predicates(suspects.demands.reached)
    if answers.facts is None and predicates is not None:
        return answers.found | _screened(engine, suspects, program, predicates | answers.looked, answers.found)
    facts = answers.facts or _everything(engine, suspects)
    found = answers.found | set(_compiled(engine, program))
    return found | _by_pyshacl(facts, shapes, answers.asked, program.left) if program.left else found


@dataclass(frozen=True)
class _Answers:
    """The queries that Oxigraph answered, what it found, what it looked at, and all facts if it needed all.

    A query is not among them if Oxigraph would change what it looks at: statements with the predicates `looked`.
    """

    asked: Sequence[Query]
    found: set[Found]
    looked: frozenset[str]
    facts: Facts | None


def _ask(engine: Engine, suspects: Suspects, shapes: Shapes) -> _Answers:
    """Let Oxigraph answer what queries it can; where there is much, from as few statements as they need."""
    asked = constraints.queries(shapes.graph)
    if not asked:
        return _Answers((), set(), frozenset(), None)
    is_large = suspects.assembly.woven or engine.one(sql.COUNT)[0] > REFEREED
    looked = constraints.looked_at(asked, shapes.graph) if is_large else None
    facts = _everything(engine, suspects) if looked is None else _some(engine, suspects, looked)
    answered = () if facts.store is None else asked
    found = set(_answered(facts, answered, shapes))
    return _Answers(answered, found, looked or frozenset(), facts if looked is None else None)


def _screened(
    engine: Engine, suspects: Suspects, program: Program, predicates: Set[str], answered: Set[Found]
) -> set[Found]:
    """Return the results of a program for which all has to be known of suspects, and some predicates of all.

    What is said of nodes in these and in `answered` is noted, and what points to those of which nothing is said.
    """
    assembly.state(engine, suspects.assembly, suspects.picked(), lambda each: each not in predicates)
    _note(engine, suspects, predicates)
    found = set(_compiled(engine, program))
    engine.run(sql.NAMED)
    engine.insert("shacl.named", [(each,) for each in sorted(_nodes(found | answered))])
    _state_named(engine, suspects, predicates)
    engine.run(sql.POINTING)
    _state_named(engine, suspects, predicates)
    return found


def _state_named(engine: Engine, suspects: Suspects, predicates: Set[str]) -> None:
    """Note what rows say of the nodes in `shacl.named`; of suspects all but the predicates is noted already."""
    assembly.state(engine, suspects.assembly, suspects.named("shacl.named"), predicates.__contains__)
    assembly.state(engine, suspects.assembly, suspects.unknown("shacl.named"), lambda each: each not in predicates)


def note_named(engine: Engine, suspects: Suspects, found: Set[Found], unknown: Callable[[str], str]) -> bool:
    """Note what rows say of the nodes that results name, so that their cells can be found.

    Return whether that is all there is to know of them; else nothing is noted. `unknown` gives the query that counts
    the nodes of a table of which nothing is said.
    """
    engine.run(sql.NAMED)
    engine.insert("shacl.named", [(each,) for each in sorted(_nodes(found))])
    if engine.one(unknown("shacl.named")) != (0,):
        return False
    assembly.state(engine, suspects.assembly, suspects.named("shacl.named"))
    return True


def is_mixed(engine: Engine) -> bool:
    """Whether there are literals among those that were validated that cannot be compared."""
    return engine.one(sql.MIXED) != (0,)


def _compiled(engine: Engine, program: Program) -> Iterator[Found]:
    return (results.of_term(*each) for each in conformance.run(engine, program))


def findings(found: Set[Found], shapes: Shapes, trail: Trail) -> Iterator[Finding]:
    """Yield a finding for each result, at the cell it came from."""
    trail.prepare(_nodes(found))
    # Sorted, because several results may become one finding, and the report names the first of them.
    for result, value in sorted(found, key=repr):
        yield from _findings(result, value, shapes, trail)


@dataclass(frozen=True)
class Claim:
    """What is claimed of statements: the results of shapes. `told` are statements about classes.

    `is_mixed` says that there are literals that cannot be compared.
    """

    shapes: Shapes
    found: Set[Found]
    statements: int
    told: Sequence[Told]
    is_mixed: bool

    def confirm(self, dump: Path, without: Set[str] = frozenset(), changed: Collection[str] | None = None) -> None:
        """Let pySHACL validate a dump in N-Triples. Raises DisagreementError where it finds anything else.

        Nothing is claimed of the subjects `without`. Of those of a former dump that was confirmed, where only those
        `changed` are others, fewer are asked about.

        It takes a second for a few thousand statements. Of more than `REFEREED` it is asked about a sample of
        subjects, and about some with results; then shapes that look back, or as far as they can, are not compared.
        """
        referee = importlib.import_module("sccon_lod.referee")
        with Dump(dump, without) as whole:
            if self.statements <= REFEREED:
                referee.confirm(self.found, Facts(whole.lines), self.shapes, self.is_mixed)
                return
            focused = sorted({each.result.focus for each in self.found} if changed is None else changed)
            some = focused[:: max(1, len(focused) // SAMPLED)]
            nodes = {*some[:SAMPLED], *whole.sample(SAMPLED if changed is None else _RESAMPLED)}
            reaches = {name: sampling.reach(name, self.shapes.whole) for name in self.shapes.whole}
            near = {name: steps for name, steps in reaches.items() if steps is not None}
            lines = sampling.around(whole, nodes, max(near.values(), default=1))
            lines += [f"<{each.subject}> <{each.predicate}> <{each.object}> ." for each in self.told]
            part = Facts(lambda: lines)
            referee.confirm(self.found, part, self.shapes, self.is_mixed, nodes, set(reaches) - set(near))


def forget(engine: Engine) -> None:
    """Forget what was worked out to validate statements."""
    for statement in sql.FORGET:
        engine.run(statement)


def claim(shapes: Shapes, found: Set[Found], statements: int, told: Sequence[Told], is_mixed: bool) -> Claim:
    """Return what was found, so that another validator can look at what is published."""
    above = [each for each in told if each.predicate == SUBCLASS]
    return Claim(shapes, found, statements, above, is_mixed)


def _note(engine: Engine, suspects: Suspects, predicates: Set[str]) -> None:
    """Keep what is noted, and what all rows say with some predicates, as what there is to validate."""
    with assembly.said(engine, suspects.assembly, predicates) as said:
        for statement in sql.create_edges(said):
            engine.run(statement)


def _some(engine: Engine, suspects: Suspects, predicates: Set[str]) -> Facts:
    """Return all statements with some predicates as other validators read them."""
    _note(engine, suspects, predicates)
    lines = sql.lines(predicates)
    return Facts(lambda: (str(line) for (line,) in engine.ask(lines)))


def _everything(engine: Engine, suspects: Suspects) -> Facts:
    """Note all statements, and return them as other validators read them."""
    assembly.state(engine, suspects.assembly)
    for statement in sql.create_edges():
        engine.run(statement)
    return Facts(lambda: (str(line) for (line,) in engine.ask(sql.LINES)))


def _answered(facts: Facts, asked: Sequence[Query], shapes: Shapes) -> Iterator[Found]:
    for each in constraints.answers(asked, facts.store, shapes.graph) if facts.store is not None else ():
        yield results.of_node(each.shape, constraints.COMPONENT, each.focus, each.path, each.value)


def _by_pyshacl(facts: Facts, shapes: Shapes, asked: Sequence[Query], only: Set[str] | None) -> set[Found]:
    """Return what pySHACL finds; loading it takes longer than all the rest."""
    found: set[Found] = importlib.import_module("sccon_lod.referee").results(facts, shapes.graph, asked, only)
    return found


def _nodes(found: Set[Found]) -> set[str]:
    """Return the focus nodes of results, and the IRIs that they name as values."""
    return {result.focus for result, _ in found} | {value.object for _, value in found if value and not value.datatype}


def _findings(result: Result, value: Object | None, shapes: Shapes, trail: Trail) -> Iterator[Finding]:
    rule = shapes.constraint(result.shape)
    assert rule is not None, f"{result.shape} is a named shape with a constraint"
    cells = _cells(rule, result, value, trail)
    if rule.is_private:
        # Reports are published beside the dumps.
        cells, result, value = [replace(each, value="") for each in cells], replace(result, value=""), None
    for cell in cells:
        shown = cell.value or (value[0] if value and not cell.origin.column else "")
        text = _with_others(rule.message, cell, cells) if result.component in CONFLICTS else rule.message
        yield Finding(cell.origin, rule.severity, rule.name, text, shown, result, cell.record)


def _with_others(message: Text, cell: Cell, cells: Sequence[Cell]) -> Text:
    """Return the message with the cells that say something else."""
    others = [each for each in cells if each.value != cell.value]
    if not others:
        return message
    named = "; ".join(f"{each.origin} [{each.value[:_SHOWN]}]" for each in others[:_NAMED])
    left = len(others) - _NAMED
    return Text(
        f"{message.de} Anders steht es hier: {named}" + (f"; und an {left} weiteren Stellen." if left > 0 else "."),
        f"{message.en} It stands otherwise here: {named}" + (f"; and at {left} more places." if left > 0 else "."),
    )


def _cells(rule: Constraint, result: Result, value: Object | None, trail: Trail) -> list[Cell]:
    if rule.parameter != "sparql":
        cells = trail.find(result, rule.predicates, value)
    elif trail.is_of_record(result.focus):
        cells = trail.answer(result, value)
    else:
        # A rule about the dataset names the resource at fault as value and the predicate as path.
        cells = trail.fault(value[0], result.path) if value else []
    return cells or [Cell(Origin(result.focus), "")]
