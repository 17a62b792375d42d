"""What the query page completes: the short names of a release, and the classes and properties that it uses."""

from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph

from sccon_lod.names import JSON
from sccon_lod.serving import documents
from sccon_lod.serving.published import Release
from sccon_lod.serving.service import VOID

_VOID = "void.ttl"
_CLASS, _PROPERTY = pyoxigraph.NamedNode(f"{VOID}class"), pyoxigraph.NamedNode(f"{VOID}property")
_NUMBERS = {_CLASS: pyoxigraph.NamedNode(f"{VOID}entities"), _PROPERTY: pyoxigraph.NamedNode(f"{VOID}triples")}


@lru_cache(4)
def _counted(release: str, described: bytes) -> Mapping[str, Mapping[str, int]]:
    """Return how often classes and properties are used, as the description of a release says."""
    store = pyoxigraph.Store()
    store.load(described, format=pyoxigraph.RdfFormat.TURTLE, base_iri=f"file:///{release}")
    return {"classes": _of(store, _CLASS), "properties": _of(store, _PROPERTY)}


def _of(store: pyoxigraph.Store, kind: pyoxigraph.NamedNode) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for part, _, term, _ in store.quads_for_pattern(None, kind, None):
        for _, _, number, _ in store.quads_for_pattern(part, _NUMBERS[kind], None):
            if isinstance(term, pyoxigraph.NamedNode) and isinstance(number, pyoxigraph.Literal):
                found[term.value] = int(number.value)
    return dict(sorted(found.items()))


def terms(of: Release | None) -> dict[str, JSON]:
    """Return what can be completed in queries about a release; what it does not describe is left out."""
    if of is None:
        return {"prefixes": {}, "classes": {}, "properties": {}}
    try:
        counted = _counted(of.serial, (of.folder / _VOID).read_bytes())
    except (OSError, SyntaxError, ValueError):
        counted = {"classes": {}, "properties": {}}
    return {"prefixes": dict(documents.prefixes(of)), **{kind: dict(found) for kind, found in counted.items()}}
