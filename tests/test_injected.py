"""Records with a known number of violations of many kinds: exactly these are found, with queries and without."""

from pathlib import Path

import pytest
from bench import alone, validating

from conftest import shared


@pytest.mark.parametrize("name", ["SHACL Core", "with two queries"])
def test_exactly_what_was_injected_is_found(name: str, tmp_path: Path) -> None:
    shared("bench/shacl")
    graph = validating.make(20_000, tmp_path)
    report = tmp_path / "report"

    alone.main(graph.records, validating.shapes(tmp_path)[name], report)

    found = {tuple(line.split("\t")) for line in report.read_text(encoding="utf-8").splitlines()}
    assert len(found) > 100
    assert found == graph.results(has_queries=name != "SHACL Core", is_refusing=True)
