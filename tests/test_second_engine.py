"""Compiled shapes against pyshifty, a second validator: random graphs and shapes, and the cases of the suite."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from rdflib import SH

import small_shapes
from sccon_lod import results
from sccon_lod.engine import Engine
from sccon_lod.results import Found
from sccon_lod.shacl.shape import Term
from small_shapes import parsed
from test_conformance import compiled, shown
from test_shacl_cases import FULFILLED, PREFIXES
from test_shacl_cases import shown as results_of

shifty = pytest.importorskip("shifty._shifty", reason="pyshifty is built for few machines")


def by_pyshifty(folder: Path, data: str, shapes: str) -> set[Found]:
    """Return what pyshifty finds, told to do what SHACL says, and nothing else."""
    for name, text in (("data.ttl", data), ("shapes.ttl", shapes)):
        (folder / name).write_text(text, encoding="utf-8")
    validator = shifty.PreparedValidator(shapes_path=str(folder / "shapes.ttl"), shapes_format="turtle")
    report = validator.validate_w3c(
        data_path=str(folder / "data.ttl"),
        data_format="turtle",
        graph_mode="data",
        run_infer=False,
        on_unsupported="error",
        sort_results=False,
    )
    said: dict[str, dict[str, pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode]] = {}
    listed: list[str] = []
    for quad in pyoxigraph.parse(report.report_turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        if quad.predicate.value == str(SH.result):
            listed.append(str(quad.object))
        said.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object
    return {found_of(said[each]) for each in listed}


def found_of(said: dict[str, pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode]) -> Found:
    path, value = said.get(str(SH.resultPath)), said.get(str(SH.value))
    term = None
    if isinstance(value, pyoxigraph.Literal):
        term = Term(value.value, value.datatype.value, value.language or "")
    elif value is not None:
        term = Term(value.value)
    return results.of_term(
        said[str(SH.sourceShape)].value,
        said[str(SH.sourceConstraintComponent)].value.removeprefix(str(SH)),
        said[str(SH.focusNode)].value,
        path.value if isinstance(path, pyoxigraph.NamedNode) else "",
        term,
    )


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as opened:
        yield opened


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_shapes.graphs(), small_shapes.shapes())
def test_what_is_compiled_finds_what_pyshifty_finds(engine: Engine, tmp_path: Path, data: str, shapes: str) -> None:
    program, found = compiled(engine, data, parsed(shapes))

    assert not program.left
    assert shown(found) == shown(by_pyshifty(tmp_path, data, shapes))


# What pyshifty 0.5.1 reads otherwise: it takes "1" for the switch, and refuses SELECT * within a query.
OTHERWISE = ("property/uniqueLang-002", "sparql/pre-binding/pre-binding-006")


@pytest.mark.parametrize("name", [name for name in FULFILLED if name not in OTHERWISE])
def test_pyshifty_finds_what_a_case_asks(name: str, tmp_path: Path) -> None:
    case = FULFILLED[name]

    found = by_pyshifty(tmp_path, case.recorded + case.told, PREFIXES + case.shapes)

    assert results_of(found, case) == sorted(case.results or ())
