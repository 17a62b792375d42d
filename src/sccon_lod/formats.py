"""The RDF formats that are published, in one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """An RDF format: its name, the ending of its files, and its media type."""

    name: str
    suffix: str
    media_type: str


NTRIPLES = Format("N-Triples", ".nt", "application/n-triples")
TURTLE = Format("Turtle", ".ttl", "text/turtle")
JSONLD = Format("JSON-LD", ".jsonld", "application/ld+json")

FORMATS = (NTRIPLES, TURTLE, JSONLD)
