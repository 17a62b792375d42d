"""The forms in which answers to queries are written, in one table."""

from dataclasses import dataclass

from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE
from sccon_lod.sparql.admission import TABLES


@dataclass(frozen=True)
class Form:
    """A form of answers: its short name, its media type as it is sent, and other media types that mean it."""

    name: str
    media_type: str
    others: tuple[str, ...] = ()


JSON = Form("json", "application/sparql-results+json", ("application/json",))
XML = Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Form("csv", "text/csv; charset=utf-8")
TSV = Form("tsv", "text/tab-separated-values; charset=utf-8")
GRAPH_TURTLE = Form("ttl", f"{TURTLE.media_type}; charset=utf-8")
GRAPH_NTRIPLES = Form("nt", NTRIPLES.media_type, ("text/plain",))
GRAPH_JSONLD = Form("jsonld", JSONLD.media_type, ("application/json",))

OF_TABLES = (JSON, XML, CSV, TSV)
OF_GRAPHS = (GRAPH_TURTLE, GRAPH_NTRIPLES, GRAPH_JSONLD)


def possible(form: str) -> tuple[Form, ...]:
    """Return the forms of the answer to a query, the usual one first."""
    return OF_TABLES if form in TABLES else OF_GRAPHS
