"""Parts of a dump: subjects are found without reading it, and what a shape looks at is all there."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from conftest import load, quiet
from sccon_lod import build, sampling, validation
from sccon_lod.errors import DisagreementError
from sccon_lod.sampling import Dump
from sccon_lod.shacl.shape import Path as ShaclPath
from sccon_lod.shacl.shape import Reference, Repeated, Sequence, Shape, Step
from test_referee import LITERAL

ONE, BACK = Step("p"), Step("p", is_inverse=True)


def dump(folder: Path, lines: list[str]) -> Path:
    path = folder / "dump.nt"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@given(st.lists(st.text("abz/é", min_size=1, max_size=3), max_size=12))
def test_every_subject_is_found_with_all_that_is_said_of_it(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    lines = sorted({f"<http://x/{name}> <p{place % 3}> <o> ." for place, name in enumerate(names)}, key=str.encode)
    lines.sort(key=lambda line: line.partition(" ")[0].encode())

    with Dump(dump(tmp_path_factory.mktemp("dump"), lines)) as read:
        assert list(read.lines()) == lines
        for name in {*names, "nobody"}:
            said = [line for line in lines if line.startswith(f"<http://x/{name}> ")]
            assert list(read.about(f"http://x/{name}")) == said


def test_a_sample_is_the_same_for_the_same_bytes(tmp_path: Path) -> None:
    lines = [f"<http://x/{number:04}> <p> <o> ." for number in range(1000)]

    with Dump(dump(tmp_path, lines)) as one, Dump(tmp_path / "dump.nt") as other:
        found = one.sample(10)
        assert found == other.sample(10)
        assert len(found) == 10
        assert found[0] < "http://x/0100"
        assert found[-1] > "http://x/0900"


def test_of_an_empty_dump_there_is_no_sample(tmp_path: Path) -> None:
    with Dump(dump(tmp_path, [])) as read:
        assert (read.sample(5), list(read.lines()), list(read.about("a"))) == ([], [], [])


def test_what_steps_lead_to_comes_along(tmp_path: Path) -> None:
    lines = ["<a> <p> <b> .", '<a> <q> "<b> ." .', "<b> <p> <c> .", "<c> <p> <d> .", "<d> <p> <a> ."]

    with Dump(dump(tmp_path, lines)) as read:
        assert sampling.around(read, ["a"], 1) == lines[:2]
        assert sampling.around(read, ["a"], 3) == lines[:4]
        assert sampling.around(read, ["a"], 9) == lines


def shape(name: str, path: ShaclPath | None, *asked: str, queries: bool = False) -> Shape:
    return Shape(name, path, (), (), (Reference("property", asked),) if asked else (), queries, False)


@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        ([shape("a", None)], 0),
        ([shape("a", ONE)], 1),
        ([shape("a", Sequence((ONE, ONE)))], 2),
        ([shape("a", Repeated(ONE, 0, is_many=False))], 1),
        ([shape("a", Repeated(ONE, 0, is_many=True))], None),
        ([shape("a", BACK)], None),
        ([shape("a", Sequence((ONE, BACK)))], None),
        ([shape("a", None, queries=True)], None),
        ([shape("a", None, "b", "c"), shape("b", ONE), shape("c", ONE, "b")], 2),
        ([shape("a", None, "b"), shape("b", BACK)], None),
        ([shape("a", ONE, "a")], None),
    ],
)
def test_how_far_a_shape_looks(shapes: list[Shape], expected: int | None) -> None:
    assert sampling.reach("a", {each.name: each for each in shapes}) == expected


# --- more statements than the referee looks at


def publication(folder: Path, **demands: str) -> build.Publication:
    rows = [{"id": f"e{number:03}", "name_de": "x", "seats": str(number), "part_of": "e000"} for number in range(300)]
    files = {"shapes/event.ttl": small.shapes(**demands), "data/event.csv": small.table(rows)}
    return load(small.publication(folder, files))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "REFEREED", 10)


def test_a_sample_of_many_statements_is_confirmed(tmp_path: Path) -> None:
    demands = {
        "part": "sh:class schema:Event ; sh:severity sh:Info",
        "seats": "sh:maxInclusive 100 ; sh:severity sh:Warning",
        "whole": "sh:path [ sh:inversePath schema:superEvent ] ; sh:minCount 1 ; sh:severity sh:Info",
    }

    outcome = build.build(publication(tmp_path, **demands), quiet)

    assert outcome.folder
    assert len(outcome.findings) == 199 + 299


def test_a_disagreement_in_a_sample_stops_the_release(tmp_path: Path) -> None:
    with pytest.raises(DisagreementError, match="pySHACL finds"):
        build.build(publication(tmp_path, name=LITERAL), quiet)

    assert not (tmp_path / "public/current").exists()
