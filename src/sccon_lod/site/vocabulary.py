"""The page of the vocabulary: the terms that a publication defines itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Literal, Node

from sccon_lod import graphs
from sccon_lod.names import Names

FOLDER = "ontology"
_PREFIXES = "prefixes.ttl"
_TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Class, RDF.Property)


@dataclass(frozen=True)
class Ontology:
    """What the files in `ontology/` define, but for code lists and short names."""

    root: Path

    @cached_property
    def paths(self) -> tuple[Path, ...]:
        """The files, in order."""
        folder = self.root / FOLDER
        return tuple(sorted(each for each in folder.glob("*.ttl") if each.name != _PREFIXES))

    @cached_property
    def _graph(self) -> Graph:
        whole = graphs.empty()
        for path in self.paths:
            whole += graphs.parse(path, path.relative_to(self.root).as_posix())
        return whole

    @property
    def iri(self) -> str:
        """The IRI of the vocabulary; empty where there is none."""
        found = sorted(map(str, self._graph.subjects(RDF.type, OWL.Ontology)))
        return found[0] if found else ""

    def shown(self, prefixes: Mapping[str, str], language: str) -> dict[str, object]:
        """Return what the page shows in a language."""
        names = Names(prefixes, ())
        node = URIRef(self.iri)
        title, lead = URIRef("http://purl.org/dc/terms/title"), URIRef("http://purl.org/dc/terms/description")
        return {
            "iri": self.iri,
            "title": self._words(node, title, language) or self.iri,
            "lead": self._words(node, lead, language),
            "version": str(self._graph.value(node, OWL.versionInfo) or ""),
            "terms": list(self._terms(names, language)),
        }

    def _terms(self, names: Names, language: str) -> Iterator[dict[str, object]]:
        found = {each for kind in _TERMS for each in self._graph.subjects(RDF.type, kind) if isinstance(each, URIRef)}
        for term in sorted(found):
            yield {
                "anchor": term.rpartition("#")[2].rpartition("/")[2],
                "short": names.short(term),
                "title": self._words(term, RDFS.label, language) or names.short(term),
                "meaning": self._words(term, RDFS.comment, language),
                "example": self._words(term, SKOS.example, language),
                "domain": self._shortened(term, RDFS.domain, names),
                "range": self._shortened(term, RDFS.range, names),
            }

    def _shortened(self, term: Node, predicate: URIRef, names: Names) -> list[str]:
        return [names.short(each) for each in sorted(map(str, self._graph.objects(term, predicate)))]

    def _words(self, node: Node, predicate: URIRef, language: str) -> str:
        said = {
            each.language or "": str(each) for each in self._graph.objects(node, predicate) if isinstance(each, Literal)
        }
        return said.get(language) or said.get("") or next(iter(sorted(said.values())), "")
