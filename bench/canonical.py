"""An RDF file as N-Triples on standard output, written as pyoxigraph writes them. Called as `canonical.py FILE`."""

import sys
from pathlib import Path

import pyoxigraph

FORMATS = {
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}

if __name__ == "__main__":
    path = Path(sys.argv[1])
    quads = pyoxigraph.parse(path=path, format=FORMATS[path.suffix])
    triples = (quad.triple for quad in quads)
    pyoxigraph.serialize(triples, sys.stdout.buffer, pyoxigraph.RdfFormat.N_TRIPLES)
