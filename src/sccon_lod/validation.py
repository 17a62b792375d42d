"""The published graph against the shapes, with every result at its cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph
import pyshacl
from pyparsing.exceptions import ParseBaseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph, URIRef
from rdflib.term import Literal, Node

from sccon_lod import constraints, essence, graphs
from sccon_lod.constraints import Query
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.essence import Plain
from sccon_lod.findings import Finding, Result
from sccon_lod.language import Text
from sccon_lod.shapes import Constraint, Shapes
from sccon_lod.terms import SHACL
from sccon_lod.trail import CONFLICTS, Cell, Object, Trail

_SPARQL = "SPARQLConstraintComponent"
_NAMED = 3  # other cells that a finding names …
_SHOWN = 60  # … each with so many letters


@dataclass(frozen=True)
class Facts:
    """The statements that are validated, literals as they were written."""

    statements: tuple[pyoxigraph.Quad, ...]

    @cached_property
    def graph(self) -> Graph:
        """The statements as pySHACL reads them."""
        graph = Graph(bind_namespaces="none")
        graph.namespace_manager = Plain(graph)
        for each in self.statements:
            graph.add(graphs.triple(each))
        return graph

    @cached_property
    def store(self) -> pyoxigraph.Store | None:
        """The statements as Oxigraph reads them; None where it would change one."""
        return constraints.store(self.statements)


def facts(lines: Iterable[str]) -> Facts:
    """Return statements in N-Triples as facts."""
    return Facts(tuple(pyoxigraph.parse("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)))


def validate(facts: Facts, shapes: Shapes, trail: Trail) -> Iterator[Finding]:
    """Yield a finding for each result of the shapes on the facts, at the cell it came from.

    Oxigraph answers the SPARQL constraints that it can, pySHACL checks all others.
    """
    asked = constraints.queries(shapes.graph) if facts.store else ()
    # Sorted, because several results may become one finding, and the report names the first of them.
    results = sorted({*_checked(facts, shapes, asked), *_answered(facts, shapes, asked)}, key=repr)
    named = {value[0] for _, value in results if value and not value[1]}
    trail.prepare({result.focus for result, _ in results} | named)
    for result, value in results:
        yield from _findings(result, value, shapes, trail)


def _answered(facts: Facts, shapes: Shapes, asked: Sequence[Query]) -> Iterator[tuple[Result, Object | None]]:
    for each in constraints.answers(asked, facts.store, shapes.graph) if facts.store else ():
        yield _result(each.shape, _SPARQL, each.focus, each.path, each.value)


def _checked(facts: Facts, shapes: Shapes, asked: Sequence[Query]) -> Iterator[tuple[Result, Object | None]]:
    demanded = essence.shapes(shapes.graph, asked)
    try:
        _, report, _ = pyshacl.validate(
            facts.graph, shacl_graph=demanded, inference="none", advanced=False, inplace=True
        )
    except (ReportableRuntimeError, ParseBaseException, re.error) as error:
        raise _unusable(error) from error
    if not isinstance(report, Graph):
        raise _unusable(report)
    # Results of nested shapes are details of the one that was asked for.
    for node in report.objects(None, SH.result):
        yield _result(
            str(report.value(node, SH.sourceShape)),
            str(report.value(node, SH.sourceConstraintComponent)).removeprefix(SHACL),
            report.value(node, SH.focusNode),
            report.value(node, SH.resultPath),
            report.value(node, SH.value),
        )


def _unusable(reason: object) -> ShapeError:
    said = " ".join(str(reason).split())
    return ShapeError(
        Origin("shapes"),
        Text(f"Die Regeln sind nicht anwendbar: {said}", f"The shapes cannot be used: {said}"),
    )


def _findings(result: Result, value: Object | None, shapes: Shapes, trail: Trail) -> Iterator[Finding]:
    rule = shapes.constraint(result.shape)
    assert rule is not None, f"{result.shape} is a named shape with a constraint"
    cells = _cells(rule, result, value, trail)
    for cell in cells:
        shown = cell.value or (value[0] if value and not cell.origin.column else "")
        text = _with_others(rule.message, cell, cells) if result.component in CONFLICTS else rule.message
        yield Finding(cell.origin, rule.severity, rule.name, text, shown, result)


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
    if rule.parameter == "sparql":
        # A rule about the dataset names the resource at fault as value and the predicate as path.
        cells = trail.fault(value[0], result.path) if value else []
    else:
        cells = trail.find(result, rule.predicates, value)
    return cells or [Cell(Origin(result.focus), "")]


def _result(
    shape: str, component: str, focus: Node | None, path: Node | None, value: Node | None
) -> tuple[Result, Object | None]:
    term = (str(value), *graphs.kind(value)) if isinstance(value, URIRef | Literal) else None
    written = value.n3() if isinstance(value, URIRef | Literal) else ""
    return Result(shape, component, str(focus), str(path) if isinstance(path, URIRef) else "", written), term
