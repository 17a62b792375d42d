"""The score that data.europa.eu gives a dataset: its metrics and weights, and what a file can earn of them."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from enum import Enum

from rdflib import DCAT, DCTERMS
from rdflib.term import Node, URIRef

from sccon_lod.language import Text
from sccon_lod.portals.catalogs import Catalog

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_FORMATS = _AUTHORITY + "file-type/"
_MEDIA = "://www.iana.org/assignments/media-types/"
# The lists of data.europa.eu, codes of the table of file types.
_OPEN = frozenset(
    (
        *(
            "BMP",
            "CSV",
            "DBF",
            "GEOJSON",
            "GZIP",
            "HTML",
            "ICS",
            "JPEG2000",
            "JSON",
            "JSON_LD",
            "KML",
            "KMZ",
            "NETCDF",
            "ODS",
        ),
        *(
            "PNG",
            "RDF_N_QUADS",
            "RDF_N_TRIPLES",
            "RDF_TRIG",
            "RDF_TURTLE",
            "RDF_XML",
            "RSS",
            "RTF",
            "TAR",
            "TIFF",
            "TSV",
        ),
        *("TXT", "WMS_SRVC", "XML", "ZIP"),
    )
)
_READABLE = frozenset(
    (
        *(
            "CSV",
            "GEOJSON",
            "ICS",
            "JSON",
            "JSON_LD",
            "KML",
            "KMZ",
            "NETCDF",
            "ODS",
            "RDFA",
            "RDF_N_QUADS",
            "RDF_N_TRIPLES",
        ),
        *("RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "SHP", "XLS", "XLSX", "XML"),
    )
)


class Dimension(Enum):
    """A dimension of the score."""

    FINDABILITY = Text("Auffindbarkeit", "findability")
    ACCESSIBILITY = Text("Zugänglichkeit", "accessibility")
    INTEROPERABILITY = Text("Interoperabilität", "interoperability")
    REUSABILITY = Text("Nachnutzbarkeit", "reusability")
    CONTEXTUALITY = Text("Kontext", "contextuality")


@dataclass(frozen=True)
class Described:
    """A resource whose metrics are asked: a dataset or a distribution, in its catalogue."""

    catalog: Catalog
    node: Node
    conforms: bool

    def values(self, predicate: URIRef) -> list[str]:
        """Return the values of a property."""
        return self.catalog.values(self.node, predicate)


_Test = Callable[[Described], bool]


@dataclass(frozen=True)
class Metric:
    """A metric: its name, its weight, whether a distribution earns it, and how; None is what only a visit can tell."""

    name: Text
    dimension: Dimension
    weight: int
    of_distribution: bool
    test: _Test | None


def _has(predicate: URIRef) -> _Test:
    return lambda described: bool(described.values(predicate))


def _codes(described: Described) -> set[str]:
    return {each.removeprefix(_FORMATS) for each in described.values(DCTERMS.format) if each.startswith(_FORMATS)}


def _is_listed(described: Described) -> bool:
    media = described.values(DCAT.mediaType)
    return bool(_codes(described)) and all(_MEDIA in each for each in media)


def _begins(predicate: URIRef, table: str) -> _Test:
    return lambda described: any(each.startswith(_AUTHORITY + table) for each in described.values(predicate))


_FIND, _ACCESS, _OPERATE, _REUSE, _CONTEXT = Dimension
METRICS = (
    Metric(Text("Schlagwörter", "keywords"), _FIND, 30, False, _has(DCAT.keyword)),
    Metric(Text("Themen", "themes"), _FIND, 30, False, _has(DCAT.theme)),
    Metric(Text("räumlicher Bezug", "spatial coverage"), _FIND, 20, False, _has(DCTERMS.spatial)),
    Metric(Text("zeitlicher Bezug", "temporal coverage"), _FIND, 20, False, _has(DCTERMS.temporal)),
    Metric(Text("accessURL antwortet", "accessURL answers"), _ACCESS, 50, True, None),
    Metric(Text("downloadURL angegeben", "downloadURL is given"), _ACCESS, 20, True, _has(DCAT.downloadURL)),
    Metric(Text("downloadURL antwortet", "downloadURL answers"), _ACCESS, 30, True, None),
    Metric(Text("Format angegeben", "format is given"), _OPERATE, 20, True, _has(DCTERMS.format)),
    Metric(Text("Medientyp angegeben", "media type is given"), _OPERATE, 10, True, _has(DCAT.mediaType)),
    Metric(
        Text("Format und Medientyp aus den Listen", "format and media type are listed"), _OPERATE, 10, True, _is_listed
    ),
    Metric(
        Text("offenes Format", "non-proprietary format"), _OPERATE, 20, True, lambda each: bool(_codes(each) & _OPEN)
    ),
    Metric(
        Text("maschinenlesbares Format", "machine-readable format"),
        _OPERATE,
        20,
        True,
        lambda each: bool(_codes(each) & _READABLE),
    ),
    Metric(Text("konform mit DCAT-AP", "conforms to DCAT-AP"), _OPERATE, 30, False, lambda each: each.conforms),
    Metric(Text("Lizenz angegeben", "licence is given"), _REUSE, 20, True, _has(DCTERMS.license)),
    Metric(
        Text("Lizenz aus der EU-Liste", "licence is in the list of the EU"),
        _REUSE,
        10,
        True,
        _begins(DCTERMS.license, "licence/"),
    ),
    Metric(Text("Zugangsrechte angegeben", "access rights are given"), _REUSE, 10, False, _has(DCTERMS.accessRights)),
    Metric(
        Text("Zugangsrechte aus der EU-Liste", "access rights are in the list of the EU"),
        *(_REUSE, 5, False),
        _begins(DCTERMS.accessRights, "access-right/"),
    ),
    Metric(Text("Ansprechstelle", "contact"), _REUSE, 20, False, _has(DCAT.contactPoint)),
    Metric(Text("herausgebende Stelle", "publisher"), _REUSE, 10, False, _has(DCTERMS.publisher)),
    Metric(Text("Nutzungsrechte", "rights"), _CONTEXT, 5, True, _has(DCTERMS.rights)),
    Metric(Text("Dateigröße", "file size"), _CONTEXT, 5, True, _has(DCAT.byteSize)),
    Metric(Text("Datum der Veröffentlichung", "date of issue"), _CONTEXT, 5, False, _has(DCTERMS.issued)),
    Metric(Text("Datum der Änderung", "date of change"), _CONTEXT, 5, False, _has(DCTERMS.modified)),
)
LIVE = sum(each.weight for each in METRICS if each.test is None)
LARGEST = sum(each.weight for each in METRICS)


@dataclass(frozen=True)
class Score:
    """What a dataset is expected to earn: its metrics that are met; those of a visit to its addresses are not."""

    dataset: str
    met: frozenset[Metric]

    @property
    def missed(self) -> list[Metric]:
        """The metrics that a file could earn and this one does not."""
        return [each for each in METRICS if each.test and each not in self.met]

    def points(self, dimension: Dimension | None = None) -> int:
        """Return the points of a dimension, or of all."""
        return sum(each.weight for each in self.met if dimension in (None, each.dimension))


def scores(catalog: Catalog, faulty: Set[Node]) -> list[Score]:
    """Return the scores of the datasets of a catalogue; `faulty` are resources that do not conform to DCAT-AP."""
    return [_score(catalog, each, _reachable(catalog, each).isdisjoint(faulty)) for each in catalog.datasets]


def _score(catalog: Catalog, dataset: Node, conforms: bool) -> Score:
    """Return the score of a dataset: of its distributions, that counts which earns most."""
    own = _met(Described(catalog, dataset, conforms), False)
    offered = [
        _met(Described(catalog, each, conforms), True) for each in catalog.graph.objects(dataset, DCAT.distribution)
    ]
    best = max(offered, key=lambda met: sum(each.weight for each in met), default=frozenset())
    return Score(str(dataset), own | best)


def _met(described: Described, of_distribution: bool) -> frozenset[Metric]:
    asked = [each for each in METRICS if each.of_distribution == of_distribution]
    return frozenset(each for each in asked if each.test and each.test(described))


def _reachable(catalog: Catalog, dataset: Node) -> set[Node]:
    """Return the resources that a dataset is described with, but for other datasets."""
    found: set[Node] = set()
    waiting, others = [dataset], {*catalog.datasets} - {dataset}
    while waiting:
        node = waiting.pop()
        found.add(node)
        waiting += [each for each in catalog.graph.objects(node) if each not in found and each not in others]
    return found


def rating(points: float) -> Text:
    """Return the word that data.europa.eu shows for points."""
    return next(word for least, word in _RATINGS.items() if points >= least)


_RATINGS: Mapping[int, Text] = {
    351: Text("ausgezeichnet", "excellent"),
    221: Text("gut", "good"),
    121: Text("ausreichend", "sufficient"),
    0: Text("schlecht", "bad"),
}
