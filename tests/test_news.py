"""What the last release did not have."""

from pathlib import Path

import pytest

import small
from conftest import load
from sccon_lod import build, news
from sccon_lod.errors import ReleaseError
from sccon_lod.findings import Finding

SHAPES = small.shapes(name='sh:pattern "^[a-z]+$" ; sh:severity sh:Warning')


def rows(*identifiers: str) -> list[dict[str, str]]:
    return [{"id": each, "name_de": each} for each in identifiers]


def found(folder: Path, table: list[dict[str, str]]) -> tuple[Finding, ...]:
    small.publication(folder, {"data/event.csv": small.table(table), "shapes/event.ttl": SHAPES})
    return build.check(load(folder)).findings


@pytest.fixture
def release(tmp_path: Path) -> Path:
    small.publication(tmp_path, {"data/event.csv": small.table(rows("A", "b", "C")), "shapes/event.ttl": SHAPES})
    outcome = build.build(load(tmp_path))
    assert outcome.folder
    return outcome.folder


def test_what_the_release_has_is_not_new(release: Path, tmp_path: Path) -> None:
    assert news.fresh(found(tmp_path, rows("A", "b", "C")), release) == ()


def test_a_row_may_move(release: Path, tmp_path: Path) -> None:
    assert news.fresh(found(tmp_path, rows("x", "C", "b", "A")), release) == ()


def test_what_the_release_has_not_is_new(release: Path, tmp_path: Path) -> None:
    (new,) = news.fresh(found(tmp_path, rows("A", "b", "D", "C")), release)

    assert new.value == "D"


def test_the_same_once_more_is_new(release: Path) -> None:
    (finding, _) = build.check(load(release.parent.parent)).findings

    assert news.fresh([finding, finding], release) == (finding,)


def test_without_a_release_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="no release yet"):
        news.fresh([], tmp_path / "public/current")


@pytest.mark.parametrize("text", ["{", "{}", '{"findings": [1]}'])
def test_a_report_that_cannot_be_read_is_an_error(text: str, release: Path) -> None:
    (release / "report.json").write_text(text, encoding="utf-8")

    with pytest.raises(ReleaseError, match="cannot be read"):
        news.fresh([], release)
