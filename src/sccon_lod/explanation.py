"""The plan in words: which statements each rule makes, where each constraint is checked, the SQL."""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from sccon_lod import sql
from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text
from sccon_lod.mapping import Call, Reference, Template, Term
from sccon_lod.plan import Plan, Statement
from sccon_lod.shapes import Constraint, Shapes

_MAPPING = Text("Zuordnung: Aussagen je Regel", "Mapping: statements per rule")
_CONSTRAINTS = Text("Regeln: wo sie geprüft werden", "Constraints: where they are checked")
# Constraints are not compiled yet: pySHACL checks every one on the whole graph.
_GRAPH = Text("graph (pySHACL, ganzer Graph)", "graph (pySHACL, whole graph)")


def text(plan: Plan, shapes: Shapes, counts: Mapping[int, int], kind: str | None, language: str) -> Iterator[str]:
    """Yield lines that explain the whole publication, or the kind whose files have the stem `kind`.

    Raises MappingError for an unknown kind.
    """
    statements = [each for each in plan.statements if _is_of(each.map.origin, kind)]
    constraints = [each for each in shapes.constraints() if _is_of(each.origin, kind)]
    if not statements and not constraints:
        raise _unknown(plan, shapes, kind or "")
    yield f"{_MAPPING.in_language(language)}\n"
    for each in statements:
        yield f"  {each.rule.origin}  {_said(each)}  {counts[each.index]}\n"
    yield f"\n{_CONSTRAINTS.in_language(language)}\n"
    for constraint in constraints:
        yield f"  {_constraint(constraint)}  {_GRAPH.in_language(language)}\n"
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
        f" if {each.test.rpartition('#')[2]}({', '.join(map(_template, each.arguments))})"
        for each in statement.conditions
    )
    subject = _term(statement.map.subject)
    return f"{subject} <{statement.rule.predicate}> {_term(statement.rule.object)}{conditions}"


def _term(term: Term | Call) -> str:
    if isinstance(term, Call):
        return f"{term.function.rpartition('#')[2]}({', '.join(map(_template, term.arguments))})"
    if term.is_iri:
        return f"<{_template(term.template)}>"
    kind = f"@{term.language}" if term.language else f"^^<{term.datatype}>"
    return f'"{_template(term.template)}"{kind}'


def _template(template: Template) -> str:
    return "".join(f"$({part.column})" if isinstance(part, Reference) else part for part in template)


def _constraint(each: Constraint) -> str:
    number = f" ({each.identifier})" if each.identifier else ""
    return f"{each.origin}  {each.name}{number}  {each.parameter}  {each.severity.word}"


def _sql(plan: Plan, statements: list[Statement]) -> Iterator[str]:
    used = {made.index for each in statements for made in (each.subject, each.object) if made}
    for invocation in plan.invocations:
        if invocation.index in used:
            yield f"-- call_{invocation.index}: {_term(invocation.call)}\n{sql.arguments(invocation)};\n\n"
    for each in statements:
        yield f"-- {each.rule.origin}\n{sql.statements(each)};\n\n"
