"""The catalogue of a release: it says what portals want, and what it says of the files is so."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, parse
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, XSD
from rdflib.term import Node

import small
from conftest import load, quiet, shared
from sccon_lod import build, project
from sccon_lod.census import Count
from sccon_lod.editions import Edition, File, Part
from sccon_lod.formats import TURTLE
from sccon_lod.language import Text
from sccon_lod.publish import catalog

BASE = "https://w3id.org/sccon-lod/id"
CATALOG, DATASET = URIRef(f"{BASE}/catalog"), URIRef(f"{BASE}/dataset/sccon")
ADMS = Namespace(catalog.ADMS)
DCATAP = Namespace(catalog.DCATAP)
DCATDE = Namespace(catalog.DCATDE)
SPDX = Namespace(catalog.SPDX)
SH = Namespace("http://www.w3.org/ns/shacl#")
EU = "http://publications.europa.eu/resource/authority/"

# Terms that DCAT-AP.de 3.0 calls deprecated.
DEPRECATED = (
    *("politicalGeocodingURI", "geocodingDescription", "plannedAvailability", "legalBasis", "qualityProcessURI"),
    *("versionInfo", "granularity", "hashAlgorithms"),
)


@pytest.fixture(scope="module")
def graph(released: Path) -> Graph:
    return Graph().parse(released / "catalog.ttl")


def published(folder: Path, settings: str = "", files: Mapping[str, str] | None = None) -> Graph:
    """Return the catalogue of the small publication with more settings."""
    given = {"sccon.toml": small.SETTINGS + settings, **(files or {})}
    build.build(load(small.publication(folder, given)), quiet)
    return Graph().parse(folder / "public/current/catalog.ttl")


SMALL = URIRef(f"{small.BASE}/dataset/small")


def one(graph: Graph, subject: Node | None, predicate: URIRef) -> Node:
    (value,) = graph.objects(subject, predicate)
    return value


# --- what portals check


def results(graph: Graph, name: str) -> list[tuple[Node | None, Node | None]]:
    """Return path and focus node of each result of official shapes."""
    shapes = Graph().parse(shared(f"dcat-ap/dcat-ap-3.0.1-{name}.ttl"))
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
    assert isinstance(report, Graph)
    found = report.objects(None, SH.result)
    return [(report.value(each, SH.resultPath), report.value(each, SH.focusNode)) for each in found]


@pytest.mark.parametrize("name", ["base", "recommended"])
def test_the_official_shapes_find_nothing(graph: Graph, name: str) -> None:
    assert results(graph, name) == []


def test_the_codes_are_in_the_official_lists(graph: Graph) -> None:
    # These shapes want no publishers but corporate bodies of the EU, and SPDX in a namespace that is not its own.
    known = {DCTERMS.publisher, SPDX.algorithm}
    lists = Graph().parse(shared("dcat-ap/eu-vocab-background.ttl"))

    assert {path for path, _ in results(graph + lists, "vocabularies")} - known == set()


def test_nothing_is_deprecated(graph: Graph) -> None:
    # They take each status for one of former lists; there is none here.
    assert results(graph, "deprecated") == []
    assert not [each for each in graph.predicates() if str(each).endswith(DEPRECATED)]


def test_a_publication_that_says_little_is_described_well_enough(tmp_path: Path) -> None:
    assert results(published(tmp_path), "base") == []


def test_no_high_value_dataset_is_claimed(graph: Graph) -> None:
    assert not [each for each in graph.all_nodes() if "hvd" in str(each).lower() or "legislation" in str(each).lower()]


# --- how it is written


def test_every_node_has_a_name(released: Path) -> None:
    for quad in parse(path=str(released / "catalog.ttl"), format=RdfFormat.TURTLE):
        assert isinstance(quad, Quad)
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_turtle_and_json_say_the_same(released: Path) -> None:
    turtle = set(parse(path=str(released / "catalog.ttl"), format=RdfFormat.TURTLE))
    linked = set(parse(path=str(released / "catalog.jsonld"), format=RdfFormat.JSON_LD))

    assert turtle == linked


@pytest.mark.parametrize("kind", [DCAT.Catalog, DCAT.Dataset])
def test_the_identifier_is_the_name(graph: Graph, kind: URIRef) -> None:
    for each in graph.subjects(RDF.type, kind):
        assert one(graph, each, DCTERMS.identifier) == Literal(str(each))


# --- datasets and files


def test_the_whole_and_each_kind_is_a_dataset(graph: Graph, released: Path) -> None:
    kinds = {path.stem.removeprefix("sccon-") for path in released.glob("sccon-*.nt")}

    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))

    assert "event" in kinds
    assert datasets == {DATASET, *(URIRef(f"{DATASET}/{kind}") for kind in kinds)}
    assert set(graph.objects(CATALOG, DCAT.dataset)) == datasets


def test_a_kind_has_the_name_that_its_shape_gives(graph: Graph) -> None:
    titles = set(graph.objects(URIRef(f"{DATASET}/event"), DCTERMS.title))

    whole = {each.language: str(each) for each in graph.objects(DATASET, DCTERMS.title) if isinstance(each, Literal)}
    assert titles == {Literal(f"{whole['de']}: Veranstaltung", "de"), Literal(f"{whole['en']}: Event", "en")}


def test_a_publication_of_one_kind_is_one_dataset(tmp_path: Path) -> None:
    assert list(published(tmp_path).subjects(RDF.type, DCAT.Dataset)) == [SMALL]


def test_every_dump_is_a_distribution_with_its_size_and_checksum(graph: Graph, released: Path) -> None:
    described = {}
    for each in graph.subjects(RDF.type, DCAT.Distribution):
        name = str(one(graph, each, DCAT.downloadURL)).rpartition("/")[2]
        checksum = one(graph, each, SPDX.checksum)
        assert one(graph, checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        digest = one(graph, checksum, SPDX.checksumValue)
        described[name] = str(one(graph, each, DCAT.byteSize)), str(digest).lower()

    dumps = [path for path in released.iterdir() if path.name.startswith("sccon")]
    assert described == {
        path.name: (str(path.stat().st_size), hashlib.sha256(path.read_bytes()).hexdigest()) for path in dumps
    }


def test_a_download_leads_to_a_release_and_access_to_the_newest(graph: Graph) -> None:
    node = URIRef(f"{DATASET}#ttl-gz")

    assert one(graph, node, DCAT.downloadURL) == URIRef("https://w3id.org/sccon-lod/releases/000001/sccon.ttl.gz")
    assert one(graph, node, DCAT.accessURL) == URIRef("https://w3id.org/sccon-lod/current/sccon.ttl.gz")


def test_a_packed_file_says_what_is_in_it(graph: Graph) -> None:
    plain, packed = URIRef(f"{DATASET}/event#nt"), URIRef(f"{DATASET}/event#nt-gz")

    assert str(one(graph, packed, DCAT.compressFormat)).endswith("application/gzip")
    assert list(graph.objects(plain, DCAT.compressFormat)) == []
    for predicate in (DCTERMS["format"], DCAT.mediaType):
        assert one(graph, packed, predicate) == one(graph, plain, predicate)


def test_every_file_has_a_licence_of_the_german_list(graph: Graph) -> None:
    licenses = {one(graph, each, DCTERMS.license) for each in graph.subjects(RDF.type, DCAT.Distribution)}

    assert licenses == {URIRef("http://dcat-ap.de/def/licenses/cc-by/4.0")}


def test_times_come_from_the_data(graph: Graph) -> None:
    for dataset in (DATASET, URIRef(f"{DATASET}/event"), URIRef(f"{DATASET}/person")):
        period = one(graph, dataset, DCTERMS.temporal)
        assert one(graph, period, DCAT.startDate) == Literal("2022-10-18", datatype=XSD.date)
        assert one(graph, period, DCAT.endDate) == Literal("2022-10-20", datatype=XSD.date)


def test_standards_are_those_that_the_data_use(graph: Graph) -> None:
    used = {
        kind: {str(each) for each in graph.objects(URIRef(f"{DATASET}/{kind}"), DCTERMS.conformsTo)}
        for kind in ("event", "organisation", "person")
    }

    profile = "https://w3id.org/sccon-lod/shapes"
    assert {kind: len(each - {profile}) for kind, each in used.items()} == {"event": 1, "organisation": 1, "person": 0}
    assert all(profile in each for each in used.values())


# --- what settings say


def test_what_is_not_said_is_not_claimed(tmp_path: Path) -> None:
    graph = published(tmp_path)

    unsaid = (DCATDE.contributorID, DCAT.contactPoint, DCAT.theme, DCAT.keyword, DCTERMS.spatial, DCAT.service)
    assert [each for each in unsaid if (None, each, None) in graph] == []
    assert not any(each.language == "en" for each in graph.objects(SMALL, DCTERMS.title) if isinstance(each, Literal))


def test_the_codes_of_settings_become_addresses(tmp_path: Path) -> None:
    graph = published(
        tmp_path,
        'type = "LocalAuthority"\n[catalog]\nthemes = ["GOVE"]\nfrequency = "WEEKLY"\navailability = "STABLE"\n'
        'access = "RESTRICTED"\ngeocoding_level = "municipality"\nspatial = ["11000000"]\ncontributor = "meineStadt"\n'
        'conforms_to = ["https://example.org/standard"]\n',
    )

    said = {
        DCAT.theme: f"{EU}data-theme/GOVE",
        DCTERMS.accrualPeriodicity: f"{EU}frequency/WEEKLY",
        DCATAP.availability: f"{EU}planned-availability/STABLE",
        DCTERMS.accessRights: f"{EU}access-right/RESTRICTED",
        DCATDE.politicalGeocodingLevelURI: "http://dcat-ap.de/def/politicalGeocoding/Level/municipality",
        DCTERMS.spatial: "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/11000000",
        DCATDE.contributorID: "http://dcat-ap.de/def/contributors/meineStadt",
    }
    assert {predicate: str(one(graph, SMALL, predicate)) for predicate in said} == said
    assert URIRef("https://example.org/standard") in graph.objects(SMALL, DCTERMS.conformsTo)
    publisher = one(graph, SMALL, DCTERMS.publisher)
    assert one(graph, publisher, DCTERMS.type) == URIRef("http://purl.org/adms/publishertype/LocalAuthority")


def test_texts_of_settings_keep_their_language(tmp_path: Path) -> None:
    graph = published(
        tmp_path,
        '[catalog.keywords]\nde = ["Stadt", "Bad Aibling"]\nen = ["city"]\n'
        '[catalog.attribution]\nde = "Stadt"\n[catalog.notes]\nen = "More."\n',
    )

    keywords = set(graph.objects(SMALL, DCAT.keyword))
    assert keywords == {Literal("Stadt", "de"), Literal("Bad Aibling", "de"), Literal("city", "en")}
    assert one(graph, URIRef(f"{SMALL}#nt"), DCATDE.licenseAttributionByText) == Literal("Stadt", "de")
    assert one(graph, SMALL, ADMS.versionNotes) == Literal("More.", "en")


def test_the_contact_is_what_settings_say(tmp_path: Path) -> None:
    graph = published(tmp_path, '[contact]\nemail = "daten@example.org"\n')

    contact = one(graph, SMALL, DCAT.contactPoint)
    card = Namespace(catalog.VCARD)
    assert one(graph, contact, card.fn) == Literal("Test", "de")
    assert one(graph, contact, card.hasEmail) == URIRef("mailto:daten@example.org")


def test_a_service_is_there_when_it_is_configured(tmp_path: Path) -> None:
    graph = published(tmp_path, '[catalog]\nsparql = "https://example.net/sparql"\n')

    service = one(graph, URIRef(f"{small.BASE}/catalog"), DCAT.service)
    assert one(graph, service, DCAT.endpointURL) == URIRef("https://example.net/sparql")
    assert one(graph, service, DCAT.servesDataset) == SMALL
    assert one(graph, URIRef(f"{SMALL}#ttl"), DCAT.accessService) == service
    assert results(graph, "base") == []


def test_the_site_is_where_files_are(tmp_path: Path) -> None:
    graph = published(tmp_path, files={"sccon.toml": 'site = "https://files.example"\n' + small.SETTINGS})

    assert one(graph, URIRef(f"{small.BASE}/catalog"), FOAF.homepage) == URIRef("https://files.example/")
    assert {str(each).split("/current/")[0] for each in graph.objects(None, DCAT.accessURL)} == {
        "https://files.example"
    }


# --- editions


def told(settings: project.Project, edition: Edition) -> set[tuple[str, str, str]]:
    return {(each.subject, each.predicate, each.object) for each in catalog.statements(settings, edition)}


def test_a_release_names_the_one_before(tmp_path: Path) -> None:
    settings = load(small.publication(tmp_path)).project
    file = File("small.ttl", TURTLE, False, 1, "00")
    times = "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"
    part = Part("", Text("Klein", ""), (file,), *times, Count(), None)

    first = told(settings, Edition("000001", "", (part,)))
    second = told(settings, Edition("000002", "000001", (part, replace(part, kind="event", modified=times[0]))))

    before = f"{DCAT}previousVersion"
    assert before not in {predicate for _, predicate, _ in first}
    assert (str(SMALL), before, "https://example.net/releases/000001/") in second
    assert (str(SMALL), f"{DCAT}version", "000002") in second
    assert (f"{SMALL}#ttl", f"{DCAT}downloadURL", "https://example.net/releases/000002/small.ttl") in second
    modified = {subject: value for subject, predicate, value in second if predicate == str(DCTERMS.modified)}
    assert modified[f"{small.BASE}/catalog"] == modified[str(SMALL)] == times[1]
    assert modified[f"{SMALL}/event"] == times[0]
