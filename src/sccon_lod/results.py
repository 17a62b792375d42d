"""Results of validators (SHACL section 3.6.2), alike whoever found them."""

from typing import NamedTuple

import pyoxigraph
from rdflib import SH, Graph
from rdflib.term import Literal, Node, URIRef

from sccon_lod import graphs
from sccon_lod.findings import Result
from sccon_lod.shacl.shape import Term
from sccon_lod.terms import SHACL


class Found(NamedTuple):
    """A result, and the value it names as a term; None where it names none."""

    result: Result
    value: Term | None


def of_term(shape: str, component: str, focus: str, path: str, value: Term | None) -> Found:
    """Return a result; `path` is empty where it is no predicate."""
    return Found(Result(shape, component, focus, path, _written(value) if value else ""), value)


def of_node(shape: str, component: str, focus: Node | None, path: Node | None, value: Node | None) -> Found:
    """Return a result whose terms are rdflib's."""
    term = Term(str(value), *graphs.kind(value)) if isinstance(value, URIRef | Literal) else None
    return of_term(shape, component, str(focus), str(path) if isinstance(path, URIRef) else "", term)


def of_report(report: Graph) -> set[Found]:
    """Return the results of a validation report (SHACL section 3.6); those of nested shapes are details of others."""
    return {
        of_node(
            str(report.value(node, SH.sourceShape)),
            str(report.value(node, SH.sourceConstraintComponent)).removeprefix(SHACL),
            report.value(node, SH.focusNode),
            report.value(node, SH.resultPath),
            report.value(node, SH.value),
        )
        for node in report.objects(None, SH.result)
    }


def _written(value: Term) -> str:
    """Return a term in N-Triples."""
    if not value.datatype:
        return f"<{value.object}>"
    if value.language:
        return str(pyoxigraph.Literal(value.object, language=value.language))
    return str(pyoxigraph.Literal(value.object, datatype=pyoxigraph.NamedNode(value.datatype)))
