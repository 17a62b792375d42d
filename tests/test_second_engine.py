"""Compiled shapes against pyshifty, a second validator: random graphs and shapes, and the cases of the suite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import small_shapes
from sccon_lod import results
from sccon_lod.engine import Engine
from sccon_lod.results import Found
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
    return results.of_report(parsed(report.report_turtle))


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
