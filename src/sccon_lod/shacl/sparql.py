"""What looks into SPARQL queries, loaded when it is wanted: few need it, and rdflib's parser of queries is large."""

import importlib
from types import ModuleType


def algebra() -> ModuleType:
    """Return the module `algebra`."""
    return importlib.import_module("sccon_lod.shacl.algebra")
