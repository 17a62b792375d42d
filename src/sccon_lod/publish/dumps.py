"""The dumps of a release, written from the engine: N-Triples, Turtle and JSON-LD of the same statements."""

import json
from collections.abc import Iterator

from sccon_lod import sql
from sccon_lod.engine import Engine
from sccon_lod.names import Names


def ntriples(engine: Engine, names: Names) -> Iterator[str]:
    """Yield the lines of a canonical N-Triples document, sorted."""
    del names
    for (line,) in engine.ask(sql.NTRIPLES):
        yield f"{line}\n"


def turtle(engine: Engine, names: Names) -> Iterator[str]:
    """Yield a Turtle document: prefixes, then each subject with its types first."""
    for prefix, space in names.prefixes.items():
        yield f"@prefix {prefix}: <{space}> .\n"
    for (block,) in engine.ask(sql.turtle(names)):
        yield f"\n{block}\n"


def jsonld(engine: Engine, names: Names) -> Iterator[str]:
    """Yield a JSON-LD 1.1 document with its context: one node per subject, one line per key."""
    context = json.dumps(names.context(), ensure_ascii=False, indent=2)
    yield '{\n"@context": ' + context + ',\n"@graph": ['
    separator = "\n"
    for (node,) in engine.ask(sql.jsonld(names)):
        yield f"{separator}{node}"
        separator = ",\n"
    yield "\n]\n}\n"
