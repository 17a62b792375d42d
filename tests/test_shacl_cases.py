"""The cases of the W3C's SHACL test suite, with statements of our own, as graphs and as records."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest

import small_records
from sccon_lod import notations, plan, referee, shapes, validation
from sccon_lod.engine import Engine
from sccon_lod.errors import ShapeError
from sccon_lod.facts import Facts
from sccon_lod.results import Found
from sccon_lod.screening import Demands
from sccon_lod.shapes import Shapes
from sccon_lod.sql import blocks, conformance
from sccon_lod.validation import Validator
from small_shapes import parsed
from test_conformance import told
from test_screening import suspects

SHACL = "http://www.w3.org/ns/shacl#"
PREFIXES = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""
CASES = Path(__file__).parent / "shacl-cases"


class Expected(NamedTuple):
    """A result: component and path, the text of the focus node, the value in N-Triples, the shape if it matters."""

    component: str
    focus: str
    path: str = ""
    value: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Case:
    """Statements and shapes in Turtle with the results they must have; None where the shapes must be refused."""

    data: str
    shapes: str
    results: tuple[Expected, ...] | None
    refused: str = ""
    not_of_records: str = ""

    @cached_property
    def rules(self) -> Shapes:
        return Shapes(parsed(PREFIXES + self.shapes), {})

    @cached_property
    def recorded(self) -> str:
        """What records say."""
        return self._lines(is_told=False)

    @cached_property
    def told(self) -> str:
        """What a vocabulary says: what classes are part of, and what a record cannot say."""
        return self._lines(is_told=True)

    def _lines(self, is_told: bool) -> str:
        quads = pyoxigraph.parse((PREFIXES + self.data).encode(), format=pyoxigraph.RdfFormat.TURTLE)
        return "".join(f"{each} .\n" for each in quads if self._is_told(each) == is_told)

    def _is_told(self, quad: pyoxigraph.Quad) -> bool:
        return bool(self.not_of_records) or quad.predicate.value.endswith("subClassOf")


def term(written: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    line = f"{PREFIXES} ex:s ex:p {written} ."
    (quad,) = pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    assert isinstance(quad.object, pyoxigraph.NamedNode | pyoxigraph.Literal)
    return quad.object


def expected(line: str) -> Expected:
    component, focus, path, value, shape = [*(each.strip() for each in line.split("|")), "", "", ""][:5]
    return Expected(
        term(component if ":" in component else f"sh:{component}ConstraintComponent").value.removeprefix(SHACL),
        term(focus).value,
        term(path).value if path else "",
        str(term(value)) if value else "",
        term(shape).value if shape else "",
    )


def cases() -> Iterator[tuple[str, Case]]:
    for path in sorted(CASES.glob("*.toml")):
        for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert set(said) <= {"data", "shapes", "results", "refused", "not_of_records"}, f"{path.name}: {name}"
            results = tuple(map(expected, said["results"])) if "results" in said else None
            yield (
                name,
                Case(said["data"], said["shapes"], results, said.get("refused", ""), said.get("not_of_records", "")),
            )


ALL = dict(cases())
FULFILLED = {name: case for name, case in ALL.items() if case.results is not None}
REFUSED = {name: case for name, case in ALL.items() if case.results is None}


def shown(found: set[Found], case: Case) -> list[Expected]:
    """Return results as a case tells them; it names shapes only where several find the same."""
    names_shapes = any(each.shape for each in case.results or ())
    return sorted(
        Expected(each.component, each.focus, each.path, each.value, each.shape if names_shapes else "")
        for each, _ in found
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocks, "FEW", 0)
        yield tmp_path_factory.mktemp("shacl")


def validated(folder: Path, case: Case) -> tuple[set[Found], bool]:
    """Return what the program finds in records, and whether there are literals that cannot be compared."""
    small_records.write(folder, case.recorded or "<urn:nobody> a <urn:Nobody> .")
    compiled = plan.compile_maps(notations.read_files(folder, [folder / "mapping.yaml"], {}, {}))
    demands = Demands(case.rules.whole, compiled, told(case.told))
    with Engine([folder]) as engine:
        looked_for = suspects(engine, folder, compiled, demands)
        found = validation.results_of(engine, looked_for, case.rules, Validator.COMPILED)
        return found, engine.one(conformance.MIXED) != (0,)


@pytest.mark.parametrize("name", FULFILLED)
def test_a_case_is_validated_as_the_suite_asks(name: str, folder: Path) -> None:
    case = FULFILLED[name]

    found, is_mixed = validated(folder, case)

    assert shown(found, case) == sorted(case.results or ())
    referee.confirm(found, Facts((case.recorded + case.told).splitlines), case.rules, is_mixed)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_allowed_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes/case.ttl").write_text(PREFIXES + REFUSED[name].shapes, encoding="utf-8")

    with pytest.raises(ShapeError) as raised:
        shapes.read(tmp_path)

    assert REFUSED[name].refused in raised.value.text.en
    assert raised.value.origin.file == "shapes/case.ttl"
    assert raised.value.origin.line > PREFIXES.count("\n")
