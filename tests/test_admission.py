import pytest
from hypothesis import given
from hypothesis import strategies as st

from sccon_lod.errors import QueryError
from sccon_lod.sparql.admission import Bounds, Query, admit
from sccon_lod.sparql.scanning import tokens

BOUNDS = Bounds(length=2000, nesting=20)


def refusal(text: str) -> str:
    with pytest.raises(QueryError) as caught:
        admit(text, BOUNDS)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT"),
        ("PREFIX ex: <http://e.example/> BASE <http://e.example/> ask { ex:a ?p ?o }", "ASK"),
        ("# a comment\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <http://e.example/SERVICE>", "DESCRIBE"),
        ('SELECT ?service ?FROM { ?service ?p \'SERVICE\', """FROM <a>""" } # SERVICE', "SELECT"),
        ("PREFIX ex: <http://e.example/> SELECT * { ?s ex:service ?o FILTER(?a<?b) }", "SELECT"),
    ],
)
def test_a_query_that_only_reads_is_admitted(text: str, form: str) -> None:
    assert admit(text, BOUNDS) == Query(text, form)


SERVICES = [
    "SELECT * { SERVICE <http://e.example/> { ?s ?p ?o } }",
    "SELECT * { service silent ?x { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <http://e.example/> { ?s ?p ?o } }",
    r"SELECT * { S\U00000045RVICE <http://e.example/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://e.example/>{?s ?p ?o} }",
    "PREFIX : <http://e.example/> SELECT * { SERVICE:foo{?s ?p ?o} }",
    "SELECT * { FILTER(?a<?b)SERVICE<http://e.example/>{?s ?p ?o} }",
    "SELECT * { ?s ?p '\\'' . SERVICE <http://e.example/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''a''b''' . SERVICE <http://e.example/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p <a#b> SERVICE <http://e.example/> { ?s ?p ?o } }",
    "SELECT * { # '\n SERVICE <http://e.example/> { ?s ?p ?o } }",
    "SELECT * { # \r SERVICE <http://e.example/> { ?s ?p ?o } }",
    "ASK { { SELECT * { SERVICE <http://e.example/> { ?s ?p ?o } } } }",
]


@pytest.mark.parametrize("text", SERVICES)
def test_a_service_is_refused_however_it_is_written(text: str) -> None:
    assert "SERVICE is not allowed here" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM <http://e.example/> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://e.example/> { GRAPH ?g { ?s ?p ?o } }",
        "ASKFROM<http://e.example/>{}",
    ],
)
def test_another_dataset_is_refused(text: str) -> None:
    assert "FROM is not allowed here" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX ex: <http://e.example/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://e.example/>",
        "clear all",
        "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused(text: str) -> None:
    assert "Here one can only read" in refusal(text)


def test_a_refusal_names_line_and_column() -> None:
    assert refusal("SELECT *\n{ SERVICE ?x {} }").startswith("query:2:3: SERVICE is not allowed here")


@pytest.mark.parametrize("text", ["", "  # nothing", "PREFIX a: <b>", "SLECT * {}", "ASKWHERE {}"])
def test_what_begins_with_no_form_is_no_query(text: str) -> None:
    assert "This is no query" in refusal(text)


def test_a_long_query_is_refused() -> None:
    assert refusal("x" * 2001) == (
        "query: The query has 2001 characters, possible are 2000; please shorten it or download the files."
    )


@pytest.mark.parametrize("bracket", "{([")
def test_brackets_within_brackets_are_counted_before_anything_is_parsed(bracket: str) -> None:
    assert "query:1:25: More than 20 brackets stand within each other" in refusal("ASK " + bracket * 1000)


def test_brackets_in_texts_do_not_count() -> None:
    assert admit(f"ASK {{ ?s ?p '{'{' * 100}' }}", BOUNDS).form == "ASK"


@given(st.text(alphabet="SERVICEservice <>\"'\\#{}()?:@.\n\r-_au0053", max_size=60))
def test_every_character_belongs_to_a_word_or_is_blank(text: str) -> None:
    words = list(tokens(text))

    places = {at for word in words for at in range(word.place, word.place + len(word.text))}
    assert sum(len(word.text) for word in words) == len(places)
