"""Rules about a catalogue, in files of shapes: how serious they are, and what is said of whatever breaks them."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import SH, SKOS, Graph
from rdflib.collection import Collection
from rdflib.term import Literal, Node, URIRef

from sccon_lod import graphs
from sccon_lod.errors import Origin
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.portals.catalogs import Catalog

FOLDER = Path(__file__).parent
SPACE = "https://w3id.org/sccon-lod/portals#"
_ALIKE = 0.7  # how much a value has to be like another to be taken for a slip of it
_SEVERITIES = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}


@dataclass(frozen=True)
class Rule:
    """A rule: its name, how serious it is to break it, what is wrong and right then, and what a portal does."""

    name: str
    severity: Severity
    message: Text
    effect: Text

    def text(self, words: Mapping[str, str]) -> Text:
        """Return what is said of one thing that breaks the rule; `words` are put in the places of their names."""
        said = [f"{self.message.de} {self.effect.de}", f"{self.message.en} {self.effect.en}"]
        for name, word in words.items():
            said = [each.replace(f"{{{name}}}", word) for each in said]
        return Text(*said)


@dataclass(frozen=True)
class Rules:
    """The rules of a file by their names, and the shapes that look for what breaks them."""

    shapes: Graph
    named: Mapping[str, Rule]

    def of(self, shape: Node | None) -> Rule:
        """Return the rule that a shape is, or is a part of."""
        while not isinstance(shape, URIRef):
            shape = self.shapes.value(predicate=SH.property, object=shape)
        return self.named[_name(shape)]

    def near(self, shape: Node, value: str) -> str:
        """Return the value of the list that a shape demands which is most like another; its first one if none is."""
        listed = self.shapes.value(shape, SH["in"])
        if listed is None:
            return ""
        known = [str(each) for each in Collection(self.shapes, listed)]
        others = {_bare(other): str(each) for each, other in self.shapes.subject_objects(SKOS.exactMatch)}
        near = difflib.get_close_matches(value, known, n=1, cutoff=_ALIKE)
        return others.get(_bare(value)) or next(iter(near), known[0])


def read(file: str) -> Rules:
    """Read the rules of a file in this package; every shape with a message is one."""
    graph = graphs.parse(FOLDER / file, file)
    shapes = sorted({each for each in graph.subjects(SH.message) if isinstance(each, URIRef)})
    return Rules(graph, {_name(each): _rule(graph, each) for each in shapes})


def _bare(address: object) -> str:
    """Return an address without what is often written in other ways."""
    return re.sub(r"^https?://(www\.)?|(/|/deed\.[a-z]+|/legalcode)$", "", str(address))


def _name(shape: URIRef) -> str:
    return shape.removeprefix(SPACE)


def _rule(graph: Graph, shape: URIRef) -> Rule:
    severity = graph.value(shape, SH.severity)
    assert isinstance(severity, URIRef), shape
    return Rule(
        _name(shape), _SEVERITIES[severity], _text(graph, shape, SH.message), _text(graph, shape, SH.description)
    )


def _text(graph: Graph, shape: URIRef, predicate: URIRef) -> Text:
    said = {each.language: str(each) for each in graph.objects(shape, predicate) if isinstance(each, Literal)}
    return Text(said["de"], said["en"])


def broken(rule: Rule, catalog: Catalog, focus: Node | None, path: str, value: str, near: str = "") -> Finding:
    """Return the finding that a resource of the catalogue breaks a rule; `path` is empty where it is no property."""
    return finding(catalog, rule.name, rule.severity, rule.text({"near": near}), focus, path, value)


def finding(
    catalog: Catalog, rule: str, severity: Severity, text: Text, focus: Node | None, path: str, value: str
) -> Finding:
    """Return a finding at the line of a resource, which is named where no value is."""
    line = catalog.lines.of(focus) if focus is not None else 0
    origin = Origin(catalog.name, line, catalog.short(path) if path else "")
    named = str(focus) if isinstance(focus, URIRef) else ""
    return Finding(origin, severity, rule, text, value or named)
