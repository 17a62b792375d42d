"""Acceptance by a real portal: what the parser of CKAN (ckanext-dcat, profile for DCAT-AP 3) makes of a catalogue."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from rdflib import SH, URIRef

import small_catalog
from conftest import ROOT
from sccon_lod.portals import limits, rules
from test_preflight import BROKEN, DATASET, DISTRIBUTION, EVENT, LONG, instead, more

PORTAL = ROOT / ".portal" / "bin" / "python"
pytestmark = pytest.mark.skipif(
    not PORTAL.exists(), reason="ckanext-dcat is not installed; make test-portal installs it"
)

KEYWORD = str(rules.read("limits.ttl").shapes.value(URIRef(rules.SPACE + "Dataset-keyword"), SH.pattern))

Dataset = dict[str, object]


def parsed(*texts: str) -> list[object]:
    """Return what CKAN reads in each catalogue."""
    command = [PORTAL, Path(__file__).with_name("portal_parser.py")]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert isinstance(answer, list)
    return answer


def datasets(answer: object) -> dict[str, Dataset]:
    """Return the datasets of an answer by their IRI; what CKAN calls extras stands with the rest."""
    assert isinstance(answer, list), answer
    flat = [{**each, **{extra["key"]: extra["value"] for extra in each["extras"]}} for each in answer]
    return {str(each["uri"]): each for each in flat}


def resources(dataset: Dataset) -> dict[str, dict[str, object]]:
    listed = dataset["resources"]
    assert isinstance(listed, list)
    return {each["uri"]: each for each in listed}


@pytest.fixture(scope="module")
def harvested() -> dict[str, Dataset]:
    return datasets(parsed(small_catalog.text())[0])


def test_each_dataset_arrives(harvested: dict[str, Dataset]) -> None:
    event = harvested[EVENT[1:-1]]

    assert sorted(harvested) == [f"{small_catalog.BASE}/dataset/{name}" for name in ("event", "place")]
    assert (event["title"], event["notes"]) == ("Events", "All records of the kind Events.")
    assert event["tags"] == [{"name": "Digitale Verwaltung"}, {"name": "Smart City"}]
    assert event["identifier"] == event["uri"] == EVENT[1:-1]
    assert (event["publisher_name"], event["contact_email"]) == ("Stadt Beispiel", "daten@example.org")
    assert event["theme"] == '["http://publications.europa.eu/resource/authority/data-theme/GOVE"]'
    assert event["version"] == "1"


def test_the_dates_of_a_dataset_arrive(harvested: dict[str, Dataset]) -> None:
    event = harvested[EVENT[1:-1]]

    assert (event["issued"], event["modified"]) == ("2026-11-24", "2026-11-26")
    assert (event["temporal_start"], event["temporal_end"]) == ("2022-10-18", "2022-10-20")


def test_each_distribution_arrives_with_licence_format_size_and_checksum(harvested: dict[str, Dataset]) -> None:
    arrived = resources(harvested[EVENT[1:-1]])

    assert len(arrived) == len(small_catalog.files())
    for name, content in small_catalog.files().items():
        resource = arrived[f"{small_catalog.BASE}/distribution/event-{name}"]
        assert resource["url"] == f"https://data.example.org/releases/000001/{name}"
        assert resource["license"] == "http://dcat-ap.de/def/licenses/cc-by/4.0"
        assert str(resource["format"]).rpartition("/")[2] in ("RDF_TURTLE", "RDF_N_TRIPLES")
        assert resource["size"] == len(content)
        assert len(str(resource["hash"])) == 64
        assert (resource["issued"], resource["modified"]) == ("2026-11-24", "2026-11-26")
        assert ("compress_format" in resource) == name.endswith(".gz")


def test_a_second_harvest_of_an_unchanged_release_changes_nothing() -> None:
    first, second = parsed(small_catalog.text()), parsed(small_catalog.text())

    assert first == second


def test_a_second_harvest_of_a_changed_release_changes_only_what_changed(harvested: dict[str, Dataset]) -> None:
    newer = instead(DATASET, 'dct:modified "2026-11-26"', 'dct:modified "2026-11-30"')(small_catalog.text())
    newer = instead(DISTRIBUTION, 'dct:modified "2026-11-26"', 'dct:modified "2026-11-30"')(newer)

    again = datasets(parsed(newer)[0])

    before, after = harvested[EVENT[1:-1]], again[EVENT[1:-1]]
    assert {key for key in before if before[key] != after[key]} == {"modified", "extras", "resources"}
    old, new = resources(before), resources(after)
    changed = {(iri, key) for iri in old for key in old[iri] if old[iri][key] != new[iri][key]}
    assert changed == {(f"{small_catalog.BASE}/distribution/event-small.ttl", "modified")}
    assert {iri: each for iri, each in harvested.items() if again[iri] != each}.keys() == {EVENT[1:-1]}


# --- what a preflight says of CKAN is so


def test_a_byte_order_mark_ends_the_harvest() -> None:
    assert parsed(BROKEN["Catalog-bom"](small_catalog.text())) == ["RDFParserException"]


def test_a_relative_address_becomes_a_file_of_the_portal() -> None:
    text = re.sub(re.escape(EVENT), "<dataset/event>", small_catalog.text())

    assert any(iri.startswith("file:///") for iri in datasets(parsed(text)[0]))


def test_a_keyword_with_a_comma_becomes_several() -> None:
    event = datasets(parsed(BROKEN["Dataset-keyword-comma"](small_catalog.text()))[0])[EVENT[1:-1]]

    assert {"name": "Stadt"} in event["tags"]  # type: ignore[operator]


REFUSED = ("Stadt (Land)", "a", "x" * 101, "Straße & Weg", "Stadt/Land", "Öffentlich: ja")
TAKEN = ("Straße", "e-Government 2.0", "ab", "x" * 100, "open_data")


def test_the_keywords_that_we_warn_of_are_refused_and_the_others_are_taken() -> None:
    statement = 'dcat:keyword "' + '", "'.join((*REFUSED, *TAKEN)) + '"'
    event = datasets(parsed(more(DATASET, statement)(small_catalog.text()))[0])[EVENT[1:-1]]

    assert sorted(event["would_be_refused"]) == sorted(REFUSED)  # type: ignore[call-overload]
    assert [each for each in (*REFUSED, *TAKEN) if re.fullmatch(KEYWORD, each)] == list(TAKEN)


def test_the_address_of_a_page_is_made_as_we_expect() -> None:
    titles = (
        "Förderung: Straßen & Wege 2026",
        "Über uns / Kontakt",
        "Café – Öffnungszeiten (neu)",
        "Bjørn, Łódź",
        LONG,
    )
    texts = [instead(DATASET, '"Events"@en', f'"{each}"@en')(small_catalog.text()) for each in titles]
    named = [datasets(each)[EVENT[1:-1]]["would_be_named"] for each in parsed(*texts)]

    assert named == [limits.address(each)[: limits.LONGEST_NAME] for each in titles]


def test_a_dataset_without_a_title_has_none_from_which_a_name_could_be_made() -> None:
    event = datasets(parsed(BROKEN["Dataset-title"](small_catalog.text()))[0])[EVENT[1:-1]]

    assert "title" not in event


def test_a_blank_node_has_no_address_to_be_known_by() -> None:
    assert "" in datasets(parsed(BROKEN["Dataset-iri"](small_catalog.text()))[0])


# --- the real publication


def test_the_catalogue_of_this_publication_arrives_whole(released: Path) -> None:
    catalog = released / "catalog.ttl"
    if not catalog.exists():
        pytest.skip("the release has no catalogue")

    answer = datasets(parsed(catalog.read_text(encoding="utf-8"))[0])

    assert answer
    assert all(each["title"] and each["resources"] for each in answer.values())
