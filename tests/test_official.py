"""Official lists: what is a code of them, and what was meant by what is none."""

import pytest
from rdflib import SKOS, Graph, URIRef

from conftest import shared
from sccon_lod import official

EU = "http://publications.europa.eu/resource/authority/"


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("access-rights", f"{EU}access-right"),
        ("availabilities", f"{EU}planned-availability"),
        ("frequencies", f"{EU}frequency"),
        ("themes", f"{EU}data-theme"),
        ("publisher-types", "http://purl.org/adms/publishertype/1.0"),
    ],
)
def test_a_list_has_the_codes_of_its_source(name: str, scheme: str) -> None:
    known = Graph().parse(shared("dcat-ap/eu-vocab-background.ttl"))

    codes = official.codes(name)

    wanted = {str(each) for each in known.subjects(SKOS.inScheme, URIRef(scheme))}
    assert {codes.space + each for each in codes.codes} == wanted


def test_the_formats_and_languages_are_in_their_source() -> None:
    known = Graph().parse(shared("dcat-ap/eu-vocab-background.ttl"))

    for name in ("formats", "languages"):
        codes = official.codes(name)
        assert all((URIRef(codes.space + each), SKOS.inScheme, None) in known for each in codes.same.values())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "cc-by/4.0"),
        ("https://creativecommons.org/licenses/by/4.0", "cc-by/4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "cc-zero"),
        ("https://www.govdata.de/dl-de/zero-2-0", "dl-zero-de/2.0"),
        ("http://dcat-ap.de/def/licenses/dl-by-de/2.0", "dl-by-de/2.0"),
        ("https://www.dcat-ap.de/def/licenses/dl-by-de/2.0", "dl-by-de/2.0"),
        ("dl-by-de/2.0", "dl-by-de/2.0"),
    ],
)
def test_a_licence_may_be_written_in_several_ways(written: str, code: str) -> None:
    assert official.codes("licenses").iri(written) == f"http://dcat-ap.de/def/licenses/{code}"


@pytest.mark.parametrize("written", ["", "cc-by/5.0", "http://creativecommons.org/licenses/by/", "CC BY 4.0", "odby2"])
def test_what_is_no_code_has_no_address(written: str) -> None:
    assert official.codes("licenses").iri(written) is None


def test_every_other_way_leads_to_a_code_of_the_list() -> None:
    codes = official.codes("licenses")

    assert set(codes.same.values()) <= set(codes.codes)


@pytest.mark.parametrize(
    ("name", "written", "near"),
    [
        ("themes", "GOV", ("GOVE",)),
        ("frequencies", "weekly", ("WEEKLY",)),
        ("levels", "Municipality", ("municipality",)),
        ("licenses", "http://creativecommons.org/licenses/by/4", ("cc-by/4.0",)),
    ],
)
def test_the_nearest_code_is_named(name: str, written: str, near: tuple[str, ...]) -> None:
    assert official.codes(name).nearest(written) == near


def test_where_nothing_is_near_all_codes_are_named() -> None:
    assert official.codes("availabilities").nearest("qwxyz") == official.codes("availabilities").codes


@pytest.mark.parametrize(
    ("key", "name"),
    [("02", "stateKey"), ("08128", "districtKey"), ("01054015", "municipalityKey"), ("150020000000", "regionalKey")],
)
def test_a_key_names_a_place_by_its_digits(key: str, name: str) -> None:
    assert official.place(key) == f"http://dcat-ap.de/def/politicalGeocoding/{name}/{key}"


@pytest.mark.parametrize("key", ["", "1", "1234567", "Berlin", "1234567890123"])
def test_other_texts_are_no_keys(key: str) -> None:
    assert official.place(key) is None
