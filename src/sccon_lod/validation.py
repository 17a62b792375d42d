"""The published graph against the shapes, with every result at its cell."""

import re
from collections.abc import Iterator

import pyshacl
from pyparsing.exceptions import ParseBaseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph, URIRef
from rdflib.term import Literal, Node

from sccon_lod import graphs
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.findings import Finding, Result
from sccon_lod.language import Text
from sccon_lod.shapes import Constraint, Shapes
from sccon_lod.terms import LANG_STRING, SHACL
from sccon_lod.trail import Cell, Object, Trail

_FACTS = "SELECT subject, predicate, object, datatype, language FROM fact ORDER BY ALL"


def graph(engine: Engine) -> Graph:
    """Return the facts as an rdflib graph, literals as they were written."""
    facts = Graph(bind_namespaces="none")
    for subject, predicate, value, datatype, language in engine.ask(_FACTS):
        facts.add((URIRef(str(subject)), URIRef(str(predicate)), _term(str(value), str(datatype), str(language))))
    return facts


def _term(value: str, datatype: str, language: str) -> URIRef | Literal:
    if not datatype:
        return URIRef(value)
    if datatype == LANG_STRING:
        return Literal(value, lang=language)
    return graphs.literal(value, datatype)


def validate(facts: Graph, shapes: Shapes, trail: Trail) -> Iterator[Finding]:
    """Yield a finding for each result of pySHACL on the facts, at the cell it came from."""
    try:
        _, report, _ = pyshacl.validate(facts, shacl_graph=shapes.graph, inference="none", advanced=False)
    except (ReportableRuntimeError, ParseBaseException, re.error) as error:
        raise _unusable(error) from error
    if not isinstance(report, Graph):
        raise _unusable(report)
    # Results of nested shapes are details of the one that was asked for.
    # Sorted, because several results may become one finding, and the report names the first of them.
    results = sorted({_result(report, node) for node in report.objects(None, SH.result)}, key=repr)
    named = {value[0] for _, value in results if value and not value[1]}
    trail.prepare({result.focus for result, _ in results} | named)
    for result, value in results:
        yield from _findings(result, value, shapes, trail)


def _unusable(reason: object) -> ShapeError:
    said = " ".join(str(reason).split())
    return ShapeError(
        Origin("shapes"),
        Text(f"Die Regeln sind nicht anwendbar: {said}", f"The shapes cannot be used: {said}"),
    )


def _findings(result: Result, value: Object | None, shapes: Shapes, trail: Trail) -> Iterator[Finding]:
    rule = shapes.constraint(result.shape)
    assert rule is not None, f"{result.shape} is a named shape with a constraint"
    for cell in _cells(rule, result, value, trail):
        shown = cell.value or (value[0] if value and not cell.origin.column else "")
        yield Finding(cell.origin, rule.severity, rule.name, rule.message, shown, result)


def _cells(rule: Constraint, result: Result, value: Object | None, trail: Trail) -> list[Cell]:
    if rule.parameter == "sparql":
        # A rule about the dataset names the resource at fault as value and the predicate as path.
        cells = trail.fault(value[0], result.path) if value else []
    else:
        cells = trail.find(result, rule.predicates, value)
    return cells or [Cell(Origin(result.focus), "")]


def _result(report: Graph, node: Node) -> tuple[Result, Object | None]:
    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    term: Object | None = None
    if isinstance(value, URIRef | Literal):
        term = (str(value), *graphs.kind(value))
    result = Result(
        str(report.value(node, SH.sourceShape)),
        str(report.value(node, SH.sourceConstraintComponent)).removeprefix(SHACL),
        str(report.value(node, SH.focusNode)),
        str(path) if isinstance(path, URIRef) else "",
        value.n3() if isinstance(value, URIRef | Literal) else "",
    )
    return result, term
