"""The Turtle serialisers of rdflib and pyoxigraph on a graph that is already in memory.

Called as `serialise.py rdflib|pyoxigraph REFERENCE OUT`; prints the seconds of the serialiser alone.
"""

import sys
import time
from collections.abc import Callable

import pyoxigraph
import rdflib

PREFIXES = {
    "res": "https://data.example.org/id/",
    "own": "https://data.example.org/def/",
    "schema": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def _rdflib(reference: str, out: str) -> Callable[[], object]:
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph.parse(reference, format="nt")
    return lambda: graph.serialize(out, format="turtle", encoding="utf-8")


def _pyoxigraph(reference: str, out: str) -> Callable[[], object]:
    quads = pyoxigraph.parse(path=reference, format=pyoxigraph.RdfFormat.N_TRIPLES)
    triples = [quad.triple for quad in quads]
    return lambda: pyoxigraph.serialize(triples, out, pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)


if __name__ == "__main__":
    serialise = {"rdflib": _rdflib, "pyoxigraph": _pyoxigraph}[sys.argv[1]](*sys.argv[2:])
    start = time.perf_counter()
    serialise()
    sys.stdout.write(f"{time.perf_counter() - start}\n")
