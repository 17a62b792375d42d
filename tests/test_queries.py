"""Queries that readers may start from are part of a release, where what they ask for is published."""

import json
import re
from pathlib import Path

import pyoxigraph
import pytest

import small
from conftest import ROOT, load, quiet
from sccon_lod import build, examples
from sccon_lod.errors import PageError
from sccon_lod.language import Text

GENERAL = ["1-what-there-is", "2-one-thing", "3-by-name"]
NAMES = sorted(path.stem for path in (ROOT / examples.FOLDER).glob("*.rq"))
TITLE = "# de: Was?\n# en: What?\n"
SEATS = f"{TITLE}\nSELECT ?seats {{ ?event <{small.DEF}seats> ?seats }}\n"


def offered(folder: Path) -> list[dict[str, object]]:
    return list(json.loads((folder / examples.FILE).read_text(encoding="utf-8")))


def names(folder: Path, *queries: str) -> list[object]:
    """Return the names of what the small publication offers, with queries of its own."""
    own = {f"{examples.FOLDER}/q{number}.rq": text for number, text in enumerate(queries)}
    small.publication(folder, own)
    outcome = build.build(load(folder), quiet)

    assert outcome.folder is not None
    return [each["name"] for each in offered(outcome.folder)]


def found(store: pyoxigraph.Store, query: str) -> int:
    rows = store.query(query)
    assert isinstance(rows, pyoxigraph.QuerySolutions | pyoxigraph.QueryTriples)
    return len(list(rows))


@pytest.fixture(scope="module")
def store(released: Path) -> pyoxigraph.Store:
    found = pyoxigraph.Store()
    found.load(path=str(released / "sccon.nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return found


# --- those of this publication


def test_all_queries_of_this_publication_are_offered_behind_the_general_ones(released: Path) -> None:
    assert [each["name"] for each in offered(released)] == [*GENERAL, *NAMES]
    assert len(NAMES) >= 12


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", [*GENERAL, *NAMES])
def test_a_query_of_this_publication_is_answered(
    name: str, language: str, released: Path, store: pyoxigraph.Store
) -> None:
    query = next(str(each["query"]) for each in offered(released) if each["name"] == name)
    asked = query.replace('VALUES ?language { "de" }', f'VALUES ?language {{ "{language}" }}')

    assert found(store, asked) > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_query_of_this_publication_uses_its_short_names(name: str) -> None:
    text = (ROOT / examples.FOLDER / f"{name}.rq").read_text(encoding="utf-8")
    ours = (ROOT / "ontology" / "prefixes.ttl").read_text(encoding="utf-8")

    declared = dict(re.findall(r"^PREFIX ([\w-]+): <(.+)>$", text, re.MULTILINE))
    assert declared.items() <= dict(re.findall(r"^@prefix ([\w-]+): <(.+)> \.$", ours, re.MULTILINE)).items()


# --- those of others


def test_a_publication_offers_its_own_queries(tmp_path: Path) -> None:
    assert names(tmp_path, SEATS, f"{TITLE}ASK {{ ?thing ?any ?value }}") == [*GENERAL, "q0", "q1"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?event <a:nothing> ?value }",
        f"SELECT * {{ ?event <{small.DEF}seats>/<a:nothing> ?value }}",
        f"SELECT * {{ ?event <{small.DEF}seats> ?seats OPTIONAL {{ ?event <a:nothing> ?value }} }}",
        "SELECT * { ?event a <a:Nothing> }",
        "PREFIX a: <a:> SELECT * { ?event ?any ?value ; a a:Nothing }",
    ],
)
def test_what_asks_for_something_that_is_not_published_is_left_out(tmp_path: Path, query: str) -> None:
    assert names(tmp_path, SEATS, TITLE + query) == [*GENERAL, "q0"]


def test_without_own_queries_those_of_the_program_hold_as_far_as_they_have_answers(tmp_path: Path) -> None:
    found = names(tmp_path)

    assert found[:3] == GENERAL
    assert set(found[3:]) < set(NAMES)
    assert "04-organisations-and-projects" not in found


def test_a_query_is_offered_without_its_titles(tmp_path: Path) -> None:
    (tmp_path / examples.FOLDER).mkdir(parents=True)
    (tmp_path / examples.FOLDER / "seats.rq").write_text(SEATS, encoding="utf-8")

    assert examples.of(tmp_path, [], [f"{small.DEF}seats"])[-1] == examples.Example(
        "seats", Text("Was?", "What?"), f"SELECT ?seats {{ ?event <{small.DEF}seats> ?seats }}\n"
    )


# --- what is none


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"# de: Was?\nASK {}\n",
            "pages/queries/bad.rq:1: A query begins with the question that it answers: two lines such as "
            "“# de: Wer war wo?” and “# en: Who was where?”.",
        ),
        (
            b"",
            "pages/queries/bad.rq:1: A query begins with the question that it answers: two lines such as "
            "“# de: Wer war wo?” and “# en: Who was where?”.",
        ),
        (b"# de: \xff\n# en: a\n", "pages/queries/bad.rq: This query is not in UTF-8; please save it so."),
        (
            f"{TITLE}ASK {{".encode(),
            "pages/queries/bad.rq: This is not a valid query: error at 2:1: expected one of ",
        ),
    ],
)
def test_what_is_no_query_is_said(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / examples.FOLDER).mkdir(parents=True)
    (tmp_path / examples.FOLDER / "bad.rq").write_bytes(content)

    with pytest.raises(PageError) as error:
        examples.of(tmp_path, [], [])
    assert str(error.value).startswith(message)


def test_an_empty_folder_offers_the_general_queries_only(tmp_path: Path) -> None:
    (tmp_path / examples.FOLDER).mkdir(parents=True)

    assert [each.name for each in examples.of(tmp_path, [], [])] == GENERAL
