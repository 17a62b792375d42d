"""The words of a publication: short names, code lists, and what is said of them."""

import re
from collections.abc import Iterator
from pathlib import Path

from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.term import Literal

from sccon_lod import graphs
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.iris import is_absolute
from sccon_lod.language import Text
from sccon_lod.lexicon import Told, Vocabulary

PREFIXES = "ontology/prefixes.ttl"
CONCEPTS = "ontology/concepts"
_PREFIX = re.compile(r"@prefix\s+([A-Za-z][\w.-]*)?:\s+<([^<>\"{}|^`\\\s]+)>\s*\.")


def read(root: Path, base: str) -> Vocabulary:
    """Read the prefixes and code lists of the publication in `root`; `id:` becomes the short name of `base`.

    Raises ShapeError with file and line.
    """
    prefixes = {**_prefixes(root), "id": base + "/"}
    told: list[Told] = []
    whole = graphs.empty()
    for path in sorted((root / CONCEPTS).glob("*.ttl")):
        graph = graphs.parse(path, path.relative_to(root).as_posix())
        told += _told(graph, path, path.relative_to(root).as_posix())
        whole += graph
    labels = {f"{scheme}/": _labels(whole, scheme) for scheme in whole.subjects(RDF.type, SKOS.ConceptScheme)}
    concepts = frozenset(concept for known in labels.values() for concept in known.values())
    return Vocabulary(prefixes, tuple(told), concepts, frozenset(labels), labels)


def _prefixes(root: Path) -> dict[str, str]:
    prefixes: dict[str, str] = {}
    for number, line in enumerate(graphs.text(root / PREFIXES, PREFIXES).splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _PREFIX.fullmatch(line.strip())
        if found is None or not is_absolute(found[2]):
            raise ShapeError(
                Origin(PREFIXES, number),
                Text(
                    "Hier stehen nur Kurznamen, einer je Zeile: @prefix dct: <http://purl.org/dc/terms/> .",
                    "Only short names stand here, one on a line: @prefix dct: <http://purl.org/dc/terms/> .",
                ),
            )
        name = found[1] or ""
        if name in prefixes or name == "id":
            raise ShapeError(
                Origin(PREFIXES, number),
                Text(
                    f"Der Kurzname {name}: ist schon vergeben; bitte einen anderen wählen.",
                    f"The short name {name}: is taken already; please choose another.",
                ),
            )
        prefixes[name] = found[2]
    return prefixes


def _told(graph: Graph, path: Path, name: str) -> Iterator[Told]:
    lines = graphs.Lines(graph, path)
    for subject, predicate, value in sorted(graph, key=str):
        origin = Origin(name, lines.of(subject))
        if not isinstance(subject, URIRef) or not isinstance(value, URIRef | Literal):
            raise ShapeError(
                origin,
                Text(
                    "Eine Codeliste darf keine namenlosen Knoten ([…]) enthalten; bitte eine IRI vergeben.",
                    "A code list must not hold nodes without a name ([…]); please give an IRI.",
                ),
            )
        datatype, language = graphs.kind(value)
        yield Told(str(subject), str(predicate), str(value), datatype, language, origin)


def _labels(graph: Graph, scheme: object) -> dict[str, str]:
    """Return the concept for each label, other label and code, in lower case; a preferred label wins."""
    labels: dict[str, str] = {}
    for predicate in (SKOS.prefLabel, SKOS.notation, SKOS.altLabel, SKOS.hiddenLabel):
        for concept in sorted(graph.subjects(SKOS.inScheme, URIRef(str(scheme))), key=str):
            for label in sorted(graph.objects(concept, predicate), key=str):
                labels.setdefault(str(label).casefold(), str(concept))
    return labels
