"""The SPARQL 1.1 protocol (section 2.1), as far as an endpoint has it that only reads."""

import gzip
import json
from urllib.parse import urlencode

import pyoxigraph
import pytest

import small
from served import SITE, SPARQL, Server, server, site

__all__ = ["server", "site"]  # fixtures

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"
YES = {"head": {}, "boolean": True}


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


# --- what is answered


def test_a_query_comes_by_get(server: Server) -> None:
    reply = server.query(ASK)

    assert (reply.status, json.loads(reply.body)) == (200, YES)
    assert reply.headers["content-type"] == "application/sparql-results+json"


def test_a_query_comes_as_a_form(server: Server) -> None:
    reply = server.ask("POST", SPARQL, form(query=ASK), Content_Type=f"{FORM}; charset=utf-8")

    assert (reply.status, json.loads(reply.body)) == (200, YES)


def test_a_query_comes_as_it_is(server: Server) -> None:
    text = f'ASK {{ ?s <{small.SCHEMA}name> "Köln"@de }}'

    reply = server.ask("POST", SPARQL, text.encode(), Content_Type=QUERY)

    assert (reply.status, json.loads(reply.body)) == (200, YES)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/json", "application/sparql-results+json"),
        ("application/xml;q=0.9, text/csv;q=0.1", "application/sparql-results+xml"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_a_table_comes_in_the_form_that_is_wanted(server: Server, accept: str, media_type: str) -> None:
    reply = server.query("SELECT ?s { ?s ?p ?o } LIMIT 1", Accept=accept)

    assert (reply.status, reply.headers["content-type"]) == (200, media_type)
    assert "Accept" in reply.headers["vary"].split(", ")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/n-triples", "application/n-triples"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml, */*;q=0.5", "text/turtle; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{small.BASE}/event/a>"])
def test_a_graph_comes_in_the_form_that_is_wanted(server: Server, query: str, accept: str, media_type: str) -> None:
    reply = server.query(query, Accept=accept)

    parsed = pyoxigraph.RdfFormat.from_media_type(media_type.partition(";")[0])
    assert parsed is not None
    assert (reply.status, reply.headers["content-type"]) == (200, media_type)
    assert f"<{small.BASE}/event/a>" in {str(each.subject) for each in pyoxigraph.parse(reply.body, format=parsed)}


@pytest.mark.parametrize("space", [f"{small.BASE}/event/", rf"\u0068{small.BASE[1:]}/event/"])
def test_turtle_has_the_short_names_of_the_query(server: Server, space: str) -> None:
    query = (
        f"BASE <{small.BASE}/> prefix e: <{space}>\nPREFIX : <place/> DESCRIBE e:a # PREFIX f: <https://example.net/>"
    )
    written = server.query(query, Accept="text/turtle").body.decode()

    assert written.startswith(f"@prefix e: <{small.BASE}/event/> .\n")
    assert "\ne:a " in written
    assert "@prefix : " not in written
    assert "@prefix f: " not in written


def test_a_long_answer_is_packed_for_who_takes_it(server: Server) -> None:
    plain, packed = (server.query("SELECT * { ?s ?p ?o }", Accept_Encoding=each) for each in ("identity", "gzip"))

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_without_a_query_the_endpoint_describes_itself(server: Server) -> None:
    reply = server.get(SPARQL)

    said = {str(each.triple) for each in pyoxigraph.parse(reply.body, format=pyoxigraph.RdfFormat.TURTLE)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert f"<{SITE}/sparql> <{sd}supportedLanguage> <{sd}SPARQL11Query>" in said
    assert server.get(SPARQL, Accept="application/ld+json").headers["content-type"] == "application/ld+json"


# --- what is refused


BAD: list[tuple[str, str, str, bytes | None, str, int, str]] = [
    ("query missing", "GET", "?x=y", None, "", 400, "exactly one field"),
    ("query twice", "GET", "?query=ASK%7B%7D&query=ASK%7B%7D", None, "", 400, "exactly one field"),
    ("query twice in a form", "POST", "", b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400, "exactly one field"),
    ("query in both places", "POST", "?query=ASK%7B%7D", b"ASK{}", QUERY, 400, "exactly one field"),
    ("no type", "POST", "", b"ASK {}", "", 415, "application/sparql-query"),
    ("another type", "POST", "", b"ASK {}", "text/plain", 415, "application/sparql-query"),
    ("an empty form", "POST", "", b"", FORM, 400, "exactly one field"),
    ("an empty query", "POST", "", b"", QUERY, 400, "This is no query"),
    ("syntax", "POST", "", b"ASK {\n", QUERY, 400, "query:2:1: This is not a valid query"),
    ("not UTF-8", "POST", "", "ASK { ?s ?p 'ö' }".encode("latin-1"), QUERY, 400, "not in UTF-8"),
    ("a form not in UTF-8", "POST", "", b"query=%FF", FORM, 400, "not in UTF-8"),
    ("UTF-16", "POST", "", "ASK {}".encode("utf-16"), QUERY, 400, ""),
    ("update by GET", "GET", "?update=CLEAR%20ALL", None, "", 400, "only read"),
    ("update as a form", "POST", "", b"update=CLEAR%20ALL", FORM, 400, "only read"),
    ("update as it is", "POST", "", b"CLEAR ALL", "application/sparql-update", 400, "only read"),
    ("update as a query", "POST", "", b"CLEAR ALL", QUERY, 400, "only read"),
    ("a default graph", "GET", "?query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fe.example", None, "", 400, "one graph"),
    ("a named graph", "POST", "", b"query=ASK%7B%7D&named-graph-uri=a%3Ab", FORM, 400, "one graph"),
    ("a graph beside", "POST", "?default-graph-uri=a%3Ab", b"ASK{}", QUERY, 400, "one graph"),
    ("FROM", "POST", "", b"ASK FROM <http://e.example/> {}", QUERY, 400, "query:1:5: FROM is not allowed"),
    ("SERVICE", "POST", "", b"ASK { SERVICE <http://e.example/> {} }", QUERY, 400, "query:1:7: SERVICE is not"),
    ("too long", "POST", "", b"ASK {} #" + b"x" * 60_000, QUERY, 400, "possible are 50000"),
    ("much too long", "POST", "", b"ASK {} #" + b"x" * 600_000, QUERY, 413, "larger than"),
    ("PUT", "PUT", "", b"ASK {}", QUERY, 405, "GET and POST"),
    ("DELETE", "DELETE", "", None, "", 405, "GET and POST"),
    ("too many fields", "GET", f"?{'x=&' * 100}query=ASK%7B%7D", None, "", 400, "exactly one field"),
]


@pytest.mark.parametrize(
    ("method", "tail", "body", "kind", "status", "said"), [each[1:] for each in BAD], ids=[each[0] for each in BAD]
)
def test_what_the_protocol_does_not_allow_is_refused_with_a_reason(
    server: Server, method: str, tail: str, body: bytes | None, kind: str, status: int, said: str
) -> None:
    reply = server.ask(
        method, f"{SPARQL}{tail}", body, Accept_Language="en", **({"Content_Type": kind} if kind else {})
    )

    assert (reply.status, reply.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert said in reply.text


def test_a_refusal_is_in_the_language_of_the_client(server: Server) -> None:
    reply = server.query("CLEAR ALL", Accept_Language="de-DE, en;q=0.5")

    assert reply.text == "query:1:1: Hier wird nur gelesen; möglich sind SELECT, ASK, CONSTRUCT und DESCRIBE.\n"
    assert reply.headers["content-language"] == "de"


def test_a_form_of_answers_that_there_is_not_is_refused_with_a_list(server: Server) -> None:
    table = server.query(ASK, Accept="text/turtle", Accept_Language="en")
    graph = server.query("DESCRIBE <a:b>", Accept="text/csv", Accept_Language="en")

    assert [table.status, graph.status] == [406, 406]
    assert "application/sparql-results+json, application/sparql-results+xml, text/csv" in table.text
    assert "text/turtle, application/n-triples, application/ld+json" in graph.text


def test_a_page_of_another_site_may_ask(server: Server) -> None:
    reply = server.query(ASK, Origin="https://elsewhere.example")
    before = server.ask(
        "OPTIONS",
        SPARQL,
        None,
        Origin="https://elsewhere.example",
        Access_Control_Request_Method="POST",
        Access_Control_Request_Headers="content-type",
    )

    assert reply.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.headers
    assert before.status == 200
    assert "POST" in before.headers["access-control-allow-methods"]
