"""What pySHACL finds in a graph: the validator that others know, and the judge of what is compiled here."""

import re
from collections.abc import Iterable, Set

import pyshacl
from pyparsing.exceptions import ParseBaseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH, Graph
from rdflib.term import BNode, Node

from sccon_lod import constraints, essence, graphs
from sccon_lod.constraints import Query
from sccon_lod.errors import DisagreementError, Origin, ShapeError
from sccon_lod.facts import Facts
from sccon_lod.language import Text
from sccon_lod.results import Found, of_report
from sccon_lod.shacl.compiler import asked_by
from sccon_lod.shacl.expressions import UnsupportedError, translated
from sccon_lod.shacl.shape import BOUNDS, ORDERS, Shape
from sccon_lod.shapes import Shapes


def results(facts: Facts, shapes: Graph, answered: Iterable[Query], only: Set[str] | None = None) -> set[Found]:
    """Return the results of the shapes on the facts; of `only` some that have targets, if they are named.

    `answered` are the constraints that are not asked. Raises ShapeError for shapes that pySHACL cannot use.
    """
    demanded = essence.shapes(shapes, answered, only)
    try:
        _, report, _ = pyshacl.validate(
            facts.graph, shacl_graph=demanded, inference="none", advanced=False, inplace=True
        )
    except (ReportableRuntimeError, ParseBaseException, re.error) as error:
        raise _unusable(error) from error
    if not isinstance(report, Graph):
        raise _unusable(report)
    return of_report(report)


def _unusable(reason: object) -> ShapeError:
    said = " ".join(str(reason).split())
    return ShapeError(
        Origin("shapes"),
        Text(f"Die Regeln sind nicht anwendbar: {said}", f"The shapes cannot be used: {said}"),
    )


def confirm(
    found: Set[Found],
    facts: Facts,
    shapes: Shapes,
    mixed: bool,
    among: Set[str] | None = None,
    far: Set[str] = frozenset(),
) -> None:
    """Compare results with what pySHACL finds in the same statements. Raises DisagreementError.

    Where the statements are a part of those that were validated, results are compared for the focus nodes `among`
    these, and not for shapes that look further than the part goes: those in `far`, and queries.

    Shapes that pySHACL is known to read otherwise are not compared: it knows the regular expressions of Python
    only, does not turn around a sequence within an inverse path, puts in order what SPARQL cannot compare, which
    matters where literals are `mixed`. Nor are queries that it is known to answer otherwise.
    """
    queries = constraints.queries(shapes.graph)
    left_out = [each for each in queries if among is not None or _is_doubtful_query(each)]
    unasked = {each.shape for each in left_out}
    doubtful = {*far, *(name for name, shape in shapes.whole.items() if _is_doubtful(shape, mixed))}
    doubtful |= {
        str(shape) for shape, path in shapes.graph.subject_objects(SH.path) if _turns_around(shapes.graph, path)
    }
    while more := {
        name for name, shape in shapes.whole.items() if name not in doubtful and doubtful.intersection(asked_by(shape))
    }:
        doubtful |= more
    others = results(facts, _readable(shapes.graph), left_out)
    differing = {
        each
        for each in found ^ others
        if each.result.shape not in doubtful and (among is None or each.result.focus in among)
        if each.result.component != constraints.COMPONENT or each.result.shape not in unasked
    }
    if differing:
        raise _disagreement(differing, found, facts, shapes)


def _is_doubtful_query(query: Query) -> bool:
    """Whether rdflib may answer otherwise: it puts a text before a number, and does not bind `$this` everywhere."""
    return constraints.compares(query) or not constraints.can_ask_at_once(query)


def _turns_around(graph: Graph, path: Node) -> bool:
    """Whether a path, or a part of it, is the inverse of more than a predicate."""
    if not isinstance(path, BNode):
        return False
    inner = list(graph.objects(path))
    inverse = graph.value(path, SH.inversePath)
    return isinstance(inverse, BNode) or any(_turns_around(graph, each) for each in inner)


def _readable(graph: Graph) -> Graph:
    """Return shapes without the regular expressions that Python does not know: pySHACL would stop at them."""
    unknown = [(shape, SH.pattern, pattern) for shape, pattern in graph.subject_objects(SH.pattern) if _stops(pattern)]
    if not unknown:
        return graph
    readable = graphs.empty()
    readable += graph
    for each in unknown:
        readable.remove(each)
    return readable


def _stops(pattern: Node) -> bool:
    try:
        re.compile(str(pattern))
    except re.error:
        return True
    return False


def _is_doubtful(shape: Shape, mixed: bool) -> bool:
    for each in shape.parameters:
        if each.name == "pattern":
            try:
                if translated(each.terms[0].object, each.flags) != each.terms[0].object:
                    return True
            except UnsupportedError:
                return True
        if each.name in (*BOUNDS, *ORDERS) and mixed:
            return True
    return False


def _disagreement(differing: Set[Found], found: Set[Found], facts: Facts, shapes: Shapes) -> DisagreementError:
    """Return the error with the smallest record that shows it."""
    said: dict[str, list[str]] = {each.result.focus: [] for each in differing}
    for quad in facts.statements:
        subject = str(quad.subject).strip("<>")
        if subject in said:
            said[subject].append(f"{quad} .")
    one = min(differing, key=lambda each: (len(said[each.result.focus]), repr(each)))
    rule = shapes.constraint(one.result.shape)
    who = (
        Text("Das Programm findet, was pySHACL nicht findet", "The program finds what pySHACL does not find")
        if one in found
        else Text("pySHACL findet, was das Programm nicht findet", "pySHACL finds what the program does not find")
    )
    told = f"{one.result.component}, <{one.result.focus}> {one.result.value}".rstrip()
    record = " ".join(sorted(said[one.result.focus]))
    return DisagreementError(
        rule.origin if rule else Origin("shapes"),
        Text(
            f"Die Prüfer sind sich nicht einig, deshalb wurde nichts veröffentlicht. {who.de}: {told}. "
            f"Das ist ein Fehler des Programms; bitte mit diesem Datensatz melden: {record}",
            f"The validators disagree, so nothing was published. {who.en}: {told}. "
            f"This is a fault of the program; please report it with this record: {record}",
        ),
    )
