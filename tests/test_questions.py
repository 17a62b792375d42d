"""The competency questions: what a user asks of the published data, and the rows that answer it.

A question is `questions/NN-name.rq`, its rows stand in the CSV file of the same name (SPARQL 1.1 Query Results CSV
Format, https://www.w3.org/TR/sparql11-results-csv-tsv/). `--golden` writes the rows anew; check them by hand then.
"""

import csv
import io
import re
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat

from conftest import ROOT

FOLDER = ROOT / "tests" / "questions"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
BASE = "https://w3id.org/sccon-lod/id/"

# What SPARQL offers, each of which at least one question shows.
CONSTRUCTS = {
    "a property path": r"\w[+*](\s|\))|:\w+[/|]\w+:",
    "an optional part": r"\bOPTIONAL\b",
    "an aggregate": r"\bCOUNT\(",
    "a negation": r"\bFILTER NOT EXISTS\b",
}
# For each question that the data leaves open: statements that would answer it, and the rows they would give.
ANSWERS = {
    "05-organiser-of-the-convention": (
        f"""
        <{BASE}event/sccon-2022> <http://schema.org/organizer> <{BASE}organisation/example> .
        <{BASE}organisation/example> <http://schema.org/name> "Beispiel"@de .
        """,
        [[f"{BASE}organisation/example", "Beispiel"]],
    )
}

Rows = list[list[str]]
EVERY_QUESTION = pytest.mark.parametrize("name", NAMES)


def query(name: str) -> str:
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def expected(name: str) -> Rows:
    """Return the rows that a question expects; the first one is the header."""
    return list(csv.reader(io.StringIO((FOLDER / f"{name}.csv").read_text(encoding="utf-8"))))


def write(name: str, rows: Rows) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (FOLDER / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")


@cache
def publication_prefixes() -> dict[str, str]:
    text = (ROOT / "ontology" / "prefixes.ttl").read_text(encoding="utf-8")
    return dict(re.findall(r"^@prefix ([\w-]+): <(.+)> \.$", text, re.MULTILINE))


@pytest.fixture(scope="session")
def ntriples(released: Path) -> pyoxigraph.Store:
    """The N-Triples dump, read by Oxigraph."""
    store = pyoxigraph.Store()
    store.load(path=str(released / "sccon.nt"), format=RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="session")
def turtle(released: Path) -> rdflib.Graph:
    """The Turtle dump, read by rdflib."""
    return rdflib.Graph().parse(released / "sccon.ttl", format="turtle")


def by_oxigraph(store: pyoxigraph.Store, name: str) -> Rows:
    found = store.query(query(name))
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [
        [variable.value for variable in found.variables],
        *([_oxigraph_cell(solution[variable]) for variable in found.variables] for solution in found),
    ]


def _oxigraph_cell(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None,
) -> str:
    assert term is None or isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal), term
    return "" if term is None else term.value


def by_rdflib(graph: rdflib.Graph, name: str) -> Rows:
    found = graph.query(query(name))
    variables = found.vars or []
    return [
        [str(variable) for variable in variables],
        *(
            ["" if (term := solution.get(variable)) is None else str(term) for variable in variables]
            for solution in found.bindings
        ),
    ]


# --- The questions


def test_there_are_at_least_25_questions() -> None:
    assert len(NAMES) >= 25


def test_the_questions_are_numbered_without_gaps() -> None:
    assert [name[:3] for name in NAMES] == [f"{number:02}-" for number in range(1, len(NAMES) + 1)]


@EVERY_QUESTION
def test_a_question_is_asked_in_german_and_english(name: str) -> None:
    german, english = query(name).splitlines()[:2]

    assert re.fullmatch(r"# de: \S.+\?", german)
    assert re.fullmatch(r"# en: \S.+\?", english)


@EVERY_QUESTION
def test_a_question_uses_the_short_names_of_the_publication(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <(.+)>$", query(name), re.MULTILINE))
    body = re.sub(r'<\S+>|".*?"|#.*|^PREFIX.*', "", query(name), flags=re.MULTILINE)

    assert declared.items() <= publication_prefixes().items()
    assert set(re.findall(r"([a-z][\w-]*):", body)) == set(declared)


@EVERY_QUESTION
def test_a_question_says_in_which_order_its_rows_come(name: str) -> None:
    assert re.search(r"^ORDER BY ", query(name), re.MULTILINE)


@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_the_questions_show_what_sparql_offers(construct: str) -> None:
    assert any(re.search(CONSTRUCTS[construct], query(name)) for name in NAMES)


# --- The answers


@EVERY_QUESTION
def test_two_libraries_find_the_expected_rows_in_their_order(
    name: str, ntriples: pyoxigraph.Store, turtle: rdflib.Graph, golden: bool
) -> None:
    if golden:
        write(name, by_oxigraph(ntriples, name))

    assert by_oxigraph(ntriples, name) == expected(name)
    assert by_rdflib(turtle, name) == expected(name)


def test_every_question_has_a_file_of_rows_and_no_such_file_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.csv")) == NAMES


def test_only_the_known_questions_are_open(ntriples: pyoxigraph.Store) -> None:
    assert [name for name in NAMES if len(by_oxigraph(ntriples, name)) == 1] == sorted(ANSWERS)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_open_question_is_answered_once_the_data_says_it(name: str, released: Path) -> None:
    statements, rows = ANSWERS[name]
    store, graph = pyoxigraph.Store(), rdflib.Graph()
    store.load(path=str(released / "sccon.nt"), format=RdfFormat.N_TRIPLES)
    store.load(statements, format=RdfFormat.N_TRIPLES)
    graph.parse(released / "sccon.ttl", format="turtle").parse(data=statements, format="nt")

    assert by_oxigraph(store, name)[1:] == rows
    assert by_rdflib(graph, name)[1:] == rows
