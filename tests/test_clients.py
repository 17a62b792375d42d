"""Programs that people use to ask endpoints."""

import json
import subprocess
from xml.dom.minidom import Document

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

import small
from conftest import ROOT
from served import SPARQL, Server, server, site

__all__ = ["server", "site"]  # fixtures
CLIENTS = ROOT / ".clients" / "node_modules"
NAMES = f"SELECT ?s ?name {{ ?s <{small.SCHEMA}name> ?name }} ORDER BY ?s LIMIT 1"


def wrapper(server: Server, query: str, form: str) -> SPARQLWrapper:
    found = SPARQLWrapper(f"http://127.0.0.1:{server.port}{SPARQL}")
    found.setQuery(query)
    found.setReturnFormat(form)
    return found


def converted(asked: SPARQLWrapper) -> str:
    """Return what the client makes of an answer, as text."""
    found = asked.query().convert()
    if isinstance(found, Document):
        return found.toxml()
    return found.decode() if isinstance(found, bytes) else str(found)


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_json(server: Server, method: str) -> None:
    asked = wrapper(server, NAMES, JSON)
    asked.setMethod(method)

    assert "'name': {'type': 'literal', 'value': 'Fest', 'xml:lang': 'de'}" in converted(asked)


@pytest.mark.parametrize(("form", "said"), [(CSV, "Fest"), (TSV, '"Fest"@de'), (XML, "Fest")])
def test_sparqlwrapper_reads_the_other_forms(server: Server, form: str, said: str) -> None:
    assert said in converted(wrapper(server, NAMES, form))


def test_sparqlwrapper_reads_graphs(server: Server) -> None:
    assert '"Fest"@de' in converted(wrapper(server, f"DESCRIBE <{small.BASE}/event/a>", TURTLE))


def test_sparqlwrapper_says_what_is_wrong(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="query:1:7"):
        wrapper(server, "ASK { SERVICE <a:b> {} }", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_a_store_of_rdflib_reads_from_the_endpoint(server: Server, method: str) -> None:
    graph = Graph(SPARQLStore(f"http://127.0.0.1:{server.port}{SPARQL}", method=method))
    event = URIRef(f"{small.BASE}/event/a")

    assert [str(each) for each in graph.objects(event, URIRef(f"{small.SCHEMA}name"))] == ["Fest"]
    assert [str(row[1]) for row in graph.query(NAMES)] == ["Fest"]  # type: ignore[index]


def test_rdflib_reads_the_documents(server: Server) -> None:
    graph = Graph().parse(f"http://127.0.0.1:{server.port}/id/event/a")

    assert (URIRef(f"{small.BASE}/event/a"), URIRef(f"{small.SCHEMA}name"), None) in graph


def test_curl_follows_an_address(server: Server) -> None:
    command = ["curl", "-sfL", "--compressed", "-H", "Accept: application/n-triples"]
    try:
        done = subprocess.run([*command, f"http://127.0.0.1:{server.port}/id/event/a"], capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("there is no curl")

    assert b'"Fest"@de' in done.stdout


@pytest.mark.skipif(not CLIENTS.is_dir(), reason="Comunica is not installed; make test-clients installs it")
def test_clients_in_javascript_read_from_the_endpoint(server: Server) -> None:
    endpoint = f"http://127.0.0.1:{server.port}{SPARQL}"
    construct = f"CONSTRUCT {{ ?s <{small.SCHEMA}name> ?name }} {{ {NAMES} }}"
    command = ["node", str(ROOT / "tests/clients.js"), str(CLIENTS.parent), endpoint, NAMES, construct]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    said = dict(json.loads(line) for line in done.stdout.splitlines())
    assert said.pop("ask") == ["true"]
    assert said.pop("refused") == [True]
    ways = ("comunica sparql", "comunica by itself", "bindings GET", "bindings POST", "triples GET", "triples POST")
    assert said == {each: ["Fest"] for each in ways}
