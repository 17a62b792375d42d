"""The shapes of DCAT-AP 3.0.1 and our own about DCAT-AP.de and portals, asked of a catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pyshacl
from rdflib import DCTERMS, RDF, SH, Graph
from rdflib.term import Node, URIRef

from sccon_lod import graphs
from sccon_lod.findings import Finding, Severity
from sccon_lod.language import Text
from sccon_lod.portals import rules
from sccon_lod.portals.catalogs import Catalog
from sccon_lod.portals.rules import FOLDER, Rules
from sccon_lod.terms import SHACL

OWN = ("conventions.ttl", "limits.ttl")
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_KEYS = "http://dcat-ap.de/def/politicalGeocoding/"
_ALGORITHMS = "http://spdx.org/rdf/terms#checksumAlgorithm_"
# Tables of which lists.ttl holds a part only, if any.
_UNKNOWN = tuple(
    _AUTHORITY + name for name in ("country/", "place/", "continent/", "atu/", "language/", "dataset-type/")
)


@dataclass(frozen=True)
class Result:
    """A result of pySHACL: where it is, and by which shape and component."""

    focus: Node
    path: str
    value: Node | None
    shape: Node
    component: str
    severity: Severity

    @property
    def place(self) -> tuple[Node, str, Node | None]:
        """What two results have in common that are about the same thing."""
        return self.focus, self.path, self.value


def findings(catalog: Catalog) -> tuple[list[Finding], set[Node]]:
    """Return what shapes find in a catalogue, and the resources that do not conform to DCAT-AP.

    What an own rule has words for is not told again in those of DCAT-AP.
    """
    own = [
        (each, known) for file in OWN for known in [rules.read(file)] for each in _results(catalog.graph, known.shapes)
    ]
    said = {each.place: known.of(each.shape).severity for each, known in own}
    found = [_own(catalog, each, known) for each, known in own]
    others = {"base": official(catalog, "base"), "recommended": official(catalog, "recommended")}
    others["vocabularies"] = [each for each in official(catalog, "vocabularies") if not _is_defect(each)]
    for name, results in others.items():
        told = [each for each in results if said.get(each.place, Severity.INFO + 1) > _weight(name, each)]
        found += map(partial(_told, catalog, name), told)
    return found, {each.focus for each in others["base"] if each.severity is Severity.VIOLATION}


def _results(graph: Graph, shapes: Graph) -> list[Result]:
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    assert isinstance(report, Graph)
    return list(_of_report(report))


def _of_report(report: Graph) -> Iterator[Result]:
    severities = {SH.Violation: Severity.VIOLATION, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
    for node in report.objects(None, SH.result):
        focus, shape = report.value(node, SH.focusNode), report.value(node, SH.sourceShape)
        path, severity = _path(report, report.value(node, SH.resultPath)), report.value(node, SH.resultSeverity)
        component = str(report.value(node, SH.sourceConstraintComponent)).removeprefix(SHACL)
        assert focus is not None and shape is not None and isinstance(severity, URIRef)
        value = report.value(node, SH.value)
        # A node shape gives its focus node as the value.
        yield Result(focus, path, None if value == focus else value, shape, component, severities[severity])


def _path(report: Graph, path: Node | None) -> str:
    """Return a property, one in the other direction as SPARQL writes it, or nothing for a longer path."""
    if path is None or isinstance(path, URIRef):
        return str(path or "")
    inverse = report.value(path, SH.inversePath)
    return f"^{inverse}" if isinstance(inverse, URIRef) else ""


def _own(catalog: Catalog, result: Result, known: Rules) -> Finding:
    rule = known.of(result.shape)
    value = str(result.value) if result.value is not None else ""
    words = {"near": known.near(result.shape, value), "name": str(known.shapes.value(result.shape, SH.name) or "")}
    return rules.finding(catalog, rule.name, rule.severity, rule.text(words), result.focus, result.path, value)


# --- the shapes of others


def official(catalog: Catalog, name: str) -> list[Result]:
    """Return what a file of the shapes of DCAT-AP finds in a catalogue."""
    file = f"dcat-ap/{name}.ttl"
    shapes = graphs.parse(FOLDER / file, file)
    graph = catalog.graph
    if name == "vocabularies":
        # pySHACL takes no more than axioms from a graph beside the catalogue.
        graph = Graph(bind_namespaces="none")
        graph += catalog.graph
        graph += graphs.parse(FOLDER / "dcat-ap/lists.ttl", "lists.ttl")
    return _results(graph, shapes)


def _is_defect(result: Result) -> bool:
    """Whether a result is a fault of the shapes and not of the catalogue."""
    value = str(result.value or "")
    # They look for https, where the names of SPDX have http.
    if result.path.endswith("#algorithm"):
        return value.startswith(_ALGORITHMS)
    # They want a body of the EU, where any body may publish.
    if result.path == str(DCTERMS.publisher):
        return True
    # DCAT-AP.de names its own lists of areas for this property.
    if result.path == str(DCTERMS.spatial) and value.startswith(_KEYS):
        return True
    return value.startswith(_UNKNOWN)


def _weight(name: str, result: Result) -> Severity:
    """Return how serious a result is: portals take what violates no more than a recommendation or a list."""
    return result.severity if name == "base" else max(result.severity, Severity.WARNING)


def _told(catalog: Catalog, name: str, result: Result) -> Finding:
    short = catalog.short(result.path) or _short_type(catalog, result.focus)
    value = str(result.value) if result.value is not None else ""
    text = _TEXTS.get((name, result.component)) or _TEXTS.get(("", result.component), _OTHER)
    said = Text(*(each.format(path=short, component=result.component) for each in text))
    rule = f"DCAT-AP-{name}"
    return rules.finding(catalog, rule, _weight(name, result), said, result.focus, result.path, value)


def _short_type(catalog: Catalog, focus: Node) -> str:
    return ", ".join(catalog.short(each) for each in catalog.values(focus, RDF.type))


_OTHER = Text(
    "{path} ist nicht so, wie DCAT-AP 3.0.1 es verlangt ({component}).",
    "{path} is not as DCAT-AP 3.0.1 demands ({component}).",
)
_VOCABULARY = Text(
    "Der Wert von {path} steht nicht in der Liste, die DCAT-AP 3.0.1 nennt; data.europa.eu ordnet ihn nicht zu.",
    "The value of {path} is not in the list that DCAT-AP 3.0.1 names; data.europa.eu does not know what it means.",
)
_TEXTS = {
    ("base", "MinCountConstraintComponent"): Text(
        "{path} fehlt; DCAT-AP 3.0.1 verlangt es. data.europa.eu wertet den Eintrag als nicht konform.",
        "{path} is missing; DCAT-AP 3.0.1 demands it. data.europa.eu counts the entry as not conformant.",
    ),
    ("recommended", "MinCountConstraintComponent"): Text(
        "{path} fehlt; DCAT-AP 3.0.1 empfiehlt es. Portale nehmen den Eintrag an, finden ihn aber schlechter.",
        "{path} is missing; DCAT-AP 3.0.1 recommends it. Portals take the entry, but find it less well.",
    ),
    ("", "MaxCountConstraintComponent"): Text(
        "{path} steht zu oft da; DCAT-AP 3.0.1 erlaubt es einmal. Portale nehmen einen davon, nicht immer denselben.",
        "{path} is there too often; DCAT-AP 3.0.1 allows it once. Portals take one of the values, not always the same.",
    ),
    ("", "NodeKindConstraintComponent"): Text(
        "Der Wert von {path} ist ein Text, wo eine Adresse stehen muss, oder umgekehrt. Portale lesen ihn nicht.",
        "The value of {path} is a text where an address must be, or the other way round. Portals do not read it.",
    ),
    ("", "DatatypeConstraintComponent"): Text(
        "Der Wert von {path} hat den falschen Datentyp oder ist nicht so geschrieben. Portale lesen ihn nicht.",
        "The value of {path} has the wrong datatype or is not written so. Portals do not read it.",
    ),
    ("vocabularies", "NodeConstraintComponent"): _VOCABULARY,
    ("vocabularies", "HasValueConstraintComponent"): Text(
        "In {path} fehlt die Liste, die DCAT-AP 3.0.1 nennt; data.europa.eu ordnet die Themen nicht zu.",
        "{path} lacks the list that DCAT-AP 3.0.1 names; data.europa.eu does not know what the themes mean.",
    ),
}
