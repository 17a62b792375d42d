import csv
import io
import json
from pathlib import Path

import pytest

import small
from conftest import load, quiet
from sccon_lod import build
from test_cli import Run, run

__all__ = ["run"]  # a fixture that these tests use

ROWS = small.table([{"id": "a", "name_de": "Fest"}, {"id": "b", "name_de": "Markt\tund"}])
NAMES = f"SELECT ?s ?name {{ ?s <{small.SCHEMA}name> ?name }} ORDER BY ?s"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication with a release."""
    folder = small.publication(tmp_path_factory.mktemp("asked"), {"data/event.csv": ROWS})
    assert build.build(load(folder), quiet).folder
    return folder


def test_a_query_is_answered_with_a_table(published: Path, run: Run) -> None:
    answer = run("query", NAMES, "-C", published)

    lines = answer.out.splitlines()
    assert answer.code == 0
    assert lines[0].split() == ["s", "name"]
    assert lines[1].split() == [f"{small.BASE}/event/a", "Fest@de"]
    assert lines[2].endswith(r"Markt\tund@de")


def test_a_query_is_read_from_a_file(published: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "names.rq").write_text(NAMES, encoding="utf-8-sig")

    answer = run("query", tmp_path / "names.rq", "-C", published, "--format", "csv")

    assert [row[1] for row in csv.reader(io.StringIO(answer.out))] == ["name", "Fest", "Markt\tund"]


def test_json_is_what_sparql_defines(published: Path, run: Run) -> None:
    answer = run("query", NAMES, "-C", published, "--format", "json")

    assert json.loads(answer.out)["results"]["bindings"][0]["name"] == {
        "type": "literal",
        "value": "Fest",
        "xml:lang": "de",
    }


def test_a_question_is_answered_with_true_or_false(published: Path, run: Run) -> None:
    assert run("query", "ASK { ?s ?p ?o }", "-C", published).out == "true\n"


def test_statements_are_written_as_turtle(published: Path, run: Run) -> None:
    answer = run("query", f"CONSTRUCT WHERE {{ ?s <{small.SCHEMA}name> 'Fest'@de }}", "-C", published)

    assert answer.out == f'<{small.BASE}/event/a> <{small.SCHEMA}name> "Fest"@de .\n'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["DESCRIBE <a:b>", "--format", "csv"],
            "query: error: The answer is made of statements and is no table; possible is --format json, or a query "
            "with SELECT.\n",
        ),
        (
            ["SELECT ?x {"],
            "query:1:12: error: This is not a valid query: expected one of",
        ),
        (
            ["LOAD <a:b>"],
            "query:1:1: error: Here one can only read; possible are SELECT, ASK, CONSTRUCT and DESCRIBE.\n",
        ),
        (
            [
                f"SELECT (COUNT(*) AS ?n) {{ {' . '.join(f'?s{n} ?p{n} ?o{n}' for n in range(12))} }}",
                "--seconds",
                "0.5",
            ],
            "query: error: The query was stopped after 0.5 s; please narrow it down or download the files.\n",
        ),
    ],
    ids=["form", "syntax", "update", "time"],
)
def test_what_cannot_be_answered_is_said_in_one_line(
    published: Path,
    run: Run,
    arguments: list[str],
    said: str,
) -> None:
    answer = run("query", *arguments, "-C", published, "--lang", "en")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


def test_without_a_release_nothing_can_be_asked(run: Run, tmp_path: Path) -> None:
    answer = run("query", "ASK {}", "-C", small.publication(tmp_path), "--lang", "en")

    assert answer.err == "public/releases: error: There is no release yet; build makes the first.\n"


def test_a_file_that_is_not_in_utf_8_is_refused(published: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes("ASK { ?s ?p 'Köln' }".encode("latin-1"))

    answer = run("query", tmp_path / "q.rq", "-C", published, "--lang", "en")

    assert answer.err == f"{tmp_path / 'q.rq'}: error: The query is not saved in UTF-8; please save it so.\n"
