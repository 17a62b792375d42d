"""The plan in words: which statements each rule makes, where each constraint is checked, the SQL."""

import difflib
from collections.abc import Container, Iterator, Mapping, Set
from pathlib import PurePosixPath

from sccon_lod import constraints
from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text
from sccon_lod.mapping import Call, Expression, Link, Reference, Template, Term
from sccon_lod.plan import Plan, Statement
from sccon_lod.screening import Demands
from sccon_lod.shacl.compiler import compile_shapes
from sccon_lod.shapes import Constraint, Shapes
from sccon_lod.sql import rows

_MAPPING = Text("Zuordnung: Aussagen je Regel", "Mapping: statements per rule")
_CONSTRAINTS = Text("Regeln: wo sie geprüft werden", "Constraints: where they are checked")
_PROVED = Text("proved (Zuordnung)", "proved (mapping)")
_COMPILED = Text("compiled (SQL)", "compiled (SQL)")
_PYSHACL = Text("graph (pySHACL, ganzer Graph)", "graph (pySHACL, whole graph)")
_OXIGRAPH = Text("graph (SPARQL, Oxigraph)", "graph (SPARQL, Oxigraph)")


def text(demands: Demands, shapes: Shapes, counts: Mapping[int, int], kind: str | None, language: str) -> Iterator[str]:
    """Yield lines that explain the whole publication, or the kind whose files have the stem `kind`.

    Raises MappingError for an unknown kind.
    """
    plan = demands.plan
    statements = [each for each in plan.statements if _is_of(each.map.origin, kind)]
    demanded = [each for each in shapes.constraints() if _is_of(each.origin, kind)]
    if not statements and not demanded:
        raise _unknown(plan, shapes, kind or "")
    yield f"{_MAPPING.in_language(language)}\n"
    for each in statements:
        yield f"  {each.rule.origin}  {_said(each)}  {counts[each.index]}\n"
    yield f"\n{_CONSTRAINTS.in_language(language)}\n"
    answered = constraints.answered(shapes.graph, constraints.queries(shapes.graph))
    compiled = compile_shapes(shapes.whole, answered).numbers
    for constraint in demanded:
        is_proved = constraint.shape in compiled and demands.is_proved(constraint.shape, constraint.parameter)
        place = (_PROVED if is_proved else _place(constraint, answered, compiled)).in_language(language)
        yield f"  {_constraint(constraint)}  {place}\n"
    yield "\nSQL\n"
    yield from _sql(plan, statements)


def _is_of(origin: Origin, kind: str | None) -> bool:
    return kind is None or PurePosixPath(origin.file).stem == kind


def _unknown(plan: Plan, shapes: Shapes, kind: str) -> MappingError:
    origins = [each.origin for each in plan.maps] + [each.origin for each in shapes.constraints()]
    known = sorted({PurePosixPath(origin.file).stem for origin in origins})
    near = difflib.get_close_matches(kind, known, n=1) or [", ".join(known)]
    return MappingError(
        Origin(f"mapping/{kind}.yaml"),
        Text(
            f"Die Art „{kind}“ gibt es nicht; gemeint sein könnte: {near[0]}.",
            f"There is no kind “{kind}”; what may be meant: {near[0]}.",
        ),
    )


def _said(statement: Statement) -> str:
    conditions = "".join(
        f" if {each.condition.test.rpartition('#')[2]}({', '.join(map(_expression, each.condition.arguments))})"
        for each in statement.tests
    )
    return f"{_object(statement.map.subject)} <{statement.rule.predicate}> {_object(statement.rule.object)}{conditions}"


def _object(value: Term | Call | Link) -> str:
    if isinstance(value, Link):
        common = ", ".join(f"{_template(child)} = {_template(parent)}" for child, parent in value.pairs)
        return f"{value.map}({common})"
    if isinstance(value, Call):
        return _expression(value) + _kind(value.datatype or "", value.language)
    if value.is_iri:
        return f"<{_template(value.template)}>"
    return f'"{_template(value.template)}"{_kind(value.datatype, value.language)}'


def _kind(datatype: str, language: Template) -> str:
    return f"@{_template(language)}" if language else f"^^<{datatype}>" if datatype else ""


def _expression(part: Expression) -> str:
    if isinstance(part, Call):
        return f"{part.function.rpartition('#')[2]}({', '.join(map(_expression, part.arguments))})"
    return _template(part)


def _template(template: Template) -> str:
    return "".join(f"$({part.column})" if isinstance(part, Reference) else part for part in template)


def _constraint(each: Constraint) -> str:
    number = f" ({each.identifier})" if each.identifier else ""
    return f"{each.origin}  {each.name}{number}  {each.parameter}  {each.severity.word}"


def _place(constraint: Constraint, answered: Set[str], compiled: Container[str]) -> Text:
    if constraint.parameter == "sparql":
        return _OXIGRAPH if constraint.shape in answered else _PYSHACL
    return _COMPILED if constraint.shape in compiled else _PYSHACL


def _sql(plan: Plan, statements: list[Statement]) -> Iterator[str]:
    used = {made.index for each in statements for made in (each.subject, each.object) if made}
    for invocation in plan.invocations:
        if invocation.index in used:
            yield f"-- call_{invocation.index}: {_expression(invocation.call)}\n{rows.arguments(invocation, {})};\n\n"
    for each in statements:
        yield f"-- {each.rule.origin}\n{rows.statements(each, {})};\n\n"
