"""What portals will do with a release: nothing with a good one, and a message for each thing that they object to."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import small_catalog
from conftest import ROOT, quiet
from sccon_lod import cli, preflight, summaries
from sccon_lod.errors import ReleaseError
from sccon_lod.findings import Severity
from sccon_lod.portals import catalogs, limits, profiles, rules, scores
from sccon_lod.portals.profiles import OWN
from sccon_lod.portals.scores import Dimension
from sccon_lod.preflight import Preflight

Edit = Callable[[str], str]

NAMED = {name: rule for file in OWN for name, rule in rules.read(file).named.items()}
CATALOG, DATASET, DISTRIBUTION = "a dcat:Catalog ;", "a dcat:Dataset ;", "a dcat:Distribution ;"
CONTACT = "a vcard:Organization ;"
COMMENT = "# " + "x" * 97 + "\n"
EVENT, PLACE = f"<{small_catalog.BASE}/dataset/event>", f"<{small_catalog.BASE}/dataset/place>"
KEYS = "http://dcat-ap.de/def/politicalGeocoding/"
LONG = "Ergebnisse der Befragung der Einwohnerinnen und Einwohner zu Verkehr, Wohnen und Umwelt in allen Stadtbezirken"
PAGE = """<https://data.example.org/id/catalog?page=1>
    a <http://www.w3.org/ns/hydra/core#PartialCollectionView> ;
    <http://www.w3.org/ns/hydra/core#next> <https://data.example.org/id/catalog?page=2> .
"""
SERIES = f"""<{small_catalog.BASE}/series> a dcat:DatasetSeries ;
    dct:title "Jahre"@de ; dct:description "Jedes Jahr."@de ; dcat:contactPoint <{small_catalog.BASE}/contact> .
"""


def instead(place: str, pattern: str, text: str) -> Edit:
    """Return an edit that writes a text for what is found first behind a place."""

    def edit(before: str) -> str:
        head, found, tail = before.partition(place)
        changed, count = re.subn(pattern, lambda _: text, tail, count=1)
        assert found and count
        return head + found + changed

    return edit


def without(place: str, words: str) -> Edit:
    """Return an edit that leaves out the line of a statement, the first one behind a place that begins so."""
    return instead(place, rf"\n    {re.escape(words)}.*(?= ;)", "\n    dct:subject <https://data.example.org/x>")


def more(place: str, statement: str) -> Edit:
    """Return an edit that says something more at a place."""
    return instead(place, "", f"\n    {statement} ;")


# For each rule a catalogue that breaks it.
BROKEN: Mapping[str, Edit] = {
    "German-publisher": lambda text: more(DATASET, f"dcat:inSeries <{small_catalog.BASE}/series>")(text) + SERIES,
    "German-publisher-type": instead("a foaf:Agent ;", "LocalAuthority", "City"),
    "German-title": instead(DATASET, '"Veranstaltungen"@de , ', ""),
    "German-theme": instead(DATASET, "data-theme/GOVE", "data-theme/GOVERNMENT"),
    "German-contributor": instead(DATASET, "contributors/stadtBeispiel", "contributors"),
    "German-level": instead(DATASET, "Level/municipality", "level/municipality"),
    "German-geocoding": instead(DATASET, "municipalityKey/08421000", "municipalityKey/8421000"),
    "German-availability": instead(DATASET, "planned-availability/STABLE", "planned-availability/stable"),
    "German-license": without(DISTRIBUTION, "dct:license"),
    "German-license-list": instead(DISTRIBUTION, "http://dcat.*by/4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "German-attribution": without(DISTRIBUTION, "dcatde:licenseAttributionByText"),
    "German-attribution-text": instead(DISTRIBUTION, '"Stadt Beispiel, 2026"@de', '""@de'),
    "German-status": instead(DISTRIBUTION, "<[^<]*COMPLETED>", "<http://purl.org/adms/status/Completed>"),
    "German-checksum": instead(
        DISTRIBUTION, "spdx:checksumAlgorithm_sha256", "<http://dcat-ap.de/def/hashAlgorithms/sha/256>"
    ),
    "German-contact": instead(CONTACT, "vcard:hasEmail .* [.]", 'vcard:note "Rathaus" .'),
    "German-period": lambda text: re.sub("dcat:(start|end)Date", "dct:date", text),
    "German-deprecated": more(DATASET, f"dcatde:politicalGeocodingURI <{KEYS}stateKey/08>"),
    "Catalog-empty": lambda _: small_catalog.HEAD + small_catalog.PUBLISHER,
    "Catalog-bom": lambda text: f"\ufeff{text}",
    "Catalog-too-large": lambda text: text + COMMENT * (limits.CKAN_LARGEST // 100 + 1),
    "Catalog-large": lambda text: text + COMMENT * (limits.UDATA_LARGEST // 100),
    "Catalog-relative": more(DATASET, "dcat:landingPage <event.html>"),
    "Catalog-paging": lambda text: text + PAGE,
    "Dataset-iri": lambda text: text.replace(EVENT, "_:event"),
    "Dataset-identifier": without(DATASET, "dct:identifier"),
    "Dataset-identifier-shared": instead(DATASET, 'dct:identifier ".*"', f'dct:identifier "{PLACE[1:-1]}"'),
    "Dataset-identifier-differs": instead(DATASET, 'dct:identifier ".*"', 'dct:identifier "event"'),
    "Dataset-uncatalogued": instead(CATALOG, f" , {re.escape(PLACE)}", ""),
    "Dataset-title": without(DATASET, "dct:title"),
    "Dataset-languages": more(DATASET, 'dct:title "Termine"@de'),
    "Dataset-name-long": instead(DATASET, '"Veranstaltungen"@de', f'"{LONG}"@de'),
    "Dataset-name-taken": instead(DATASET, '"Veranstaltungen"@de', '"Orte:"@de'),
    "Dataset-keyword": instead(DATASET, '"Smart City"@en', '"Stadt (Land)"@de'),
    "Dataset-keyword-comma": instead(DATASET, '"Smart City"@en', '"Stadt, Land"@de'),
    "Catalog-date": instead(DATASET, 'dct:issued "2026-11-24"', 'dct:issued "2026-02-30"'),
    "Dataset-issued-later": instead(DATASET, 'dct:issued "2026-11-24"', 'dct:issued "2026-11-27"'),
    "Contact-email": instead(CONTACT, "<mailto:daten@example.org>", '"daten@example.org"'),
    "Dataset-distribution": instead(DATASET, r" ;\n    dcat:distribution .*", " ."),
    "Distribution-url": without(DISTRIBUTION, "dcat:accessURL"),
    "Distribution-download": instead(DISTRIBUTION, "dcat:downloadURL <https:", "dcat:downloadURL <ftp:"),
    "Distribution-format": without(DISTRIBUTION, "dct:format"),
    "Distribution-title": without(DISTRIBUTION, "dct:title"),
    "File-missing": instead(DISTRIBUTION, "small.ttl> [.]", "other.ttl> ."),
    "File-size": instead(DISTRIBUTION, 'dcat:byteSize "', 'dcat:byteSize "1'),
    "File-checksum": instead(DISTRIBUTION, 'checksumValue "..', 'checksumValue "00'),
    "File-type": instead(DISTRIBUTION, "media-types/text/turtle", "media-types/text/csv"),
}
# What breaks a second rule as well, with reason.
ALSO: Mapping[str, set[str]] = {
    "Dataset-identifier-shared": {"Dataset-identifier-differs"},  # that of another dataset is not the own IRI
    "Dataset-title": {"German-title"},  # what has no title has none in German
    "German-period": {"DCAT-AP-recommended"},  # which recommends start and end
}
# What only the files themselves can break.
BROKEN_FILES: Mapping[str, Mapping[str, bytes]] = {
    "File-empty": {"small.nt": b""},
    "File-unpacked": {"small.nt.gz": b"<a> <b> <c> ."},
}


def check(folder: Path, edit: Edit = lambda text: text) -> Preflight:
    small_catalog.release(folder, edit(small_catalog.text()))
    return preflight.check(folder, quiet)


def found(folder: Path, edit: Edit) -> set[str]:
    return {each.rule for each in check(folder, edit).findings}


def test_portals_have_nothing_to_object_to_in_a_good_catalogue(tmp_path: Path) -> None:
    good = check(tmp_path)

    assert [each.line("en") for each in good.findings] == []
    assert not good.is_refused


# --- one broken copy per rule


def test_there_is_a_broken_copy_for_each_rule() -> None:
    assert {*BROKEN, *BROKEN_FILES} == set(NAMED)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found_and_told_once(name: str, tmp_path: Path) -> None:
    findings = check(tmp_path, BROKEN[name]).findings

    members = [each for each in findings if each.rule == name]
    assert members
    assert all(each.severity is NAMED[name].severity for each in members)
    assert not [each for each in members if "{" in each.text.de + each.text.en]
    assert {each.rule for each in findings} <= {name, *ALSO.get(name, ())}


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_broken_file_is_found(name: str, tmp_path: Path) -> None:
    small_catalog.release(tmp_path)
    for file, content in BROKEN_FILES[name].items():
        (tmp_path / "public" / "current" / file).write_bytes(content)

    rules_found = {each.rule for each in preflight.check(tmp_path, quiet).findings}

    assert rules_found == {name, "File-size", "File-checksum"}


@pytest.mark.parametrize("name", NAMED)
def test_each_rule_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "portals.md").read_text(encoding="utf-8")

    assert re.search(rf"^\\| `{name}` \\| {NAMED[name].severity.word} \\|", page, re.MULTILINE)


def test_each_metric_is_documented_with_its_weight() -> None:
    page = (ROOT / "docs" / "portals.md").read_text(encoding="utf-8")

    for metric in scores.METRICS:
        seen = "a visit" if metric.test is None else "the file"
        assert f"| {metric.dimension.value.en} | {metric.name.en} | {metric.weight} | {seen} |" in page


@pytest.mark.parametrize(
    "value",
    ['"2026-11-24"', '"24.11.2026"^^xsd:date', '"2026-13-01"^^xsd:date', '"2026-11-24"^^xsd:dateTime', '"gestern"@de'],
)
def test_a_date_that_is_none_is_found_without_a_traceback(value: str, tmp_path: Path) -> None:
    assert found(tmp_path, instead(DATASET, 'dct:modified "2026-11-26"..xsd:date', f"dct:modified {value}")) == {
        "Catalog-date"
    }


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("https://creativecommons.org/licenses/by/4.0/deed.de", "cc-by/4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "cc-zero"),
        ("http://publications.europa.eu/resource/authority/licence/CC0", "cc-zero"),
        ("https://www.govdata.de/dl-de/by-2-0", "dl-by-de/2.0"),
        ("http://dcat-ap.de/def/licenses/dl-zero-de/2_0", "dl-zero-de/2.0"),
        ("https://example.org/terms", "cc-by/4.0"),
    ],
)
def test_of_a_licence_that_is_not_listed_the_same_or_the_nearest_one_is_named(
    written: str, right: str, tmp_path: Path
) -> None:
    (finding,) = check(tmp_path, instead(DISTRIBUTION, "http://dcat.*by/4.0", written)).findings

    assert f"right is for example http://dcat-ap.de/def/licenses/{right}. " in finding.text.en


# --- what the shapes of DCAT-AP find


def lines(folder: Path, edit: Edit) -> list[str]:
    return [each.line("en") for each in check(folder, edit).findings]


def test_what_dcat_ap_demands_and_we_have_no_words_for_is_told_in_general_ones(tmp_path: Path) -> None:
    broken = check(tmp_path, without(CATALOG, "dct:description"))

    assert [each.line("en") for each in broken.findings] == [
        "public/current/catalog.ttl:11, dct:description: violation: dct:description is missing; DCAT-AP 3.0.1 demands "
        "it. data.europa.eu counts the entry as not conformant. [https://data.example.org/id/catalog]"
    ]
    assert broken.is_refused


def test_what_dcat_ap_recommends_is_a_warning(tmp_path: Path) -> None:
    warned = check(tmp_path, without(DATASET, "dct:temporal"))

    assert {(each.rule, each.severity) for each in warned.findings} == {("DCAT-AP-recommended", Severity.WARNING)}
    assert not warned.is_refused


@pytest.mark.parametrize(
    ("place", "pattern", "value"),
    [
        (DATASET, "frequency/IRREG", "frequency/SOMETIMES"),
        (DATASET, "access-right/PUBLIC", "access-right/OPEN"),
        (DISTRIBUTION, "file-type/RDF_TURTLE", "file-type/TURTLE"),
        (DISTRIBUTION, "https://www.iana.org/assignments/media-types/text/turtle", "https://example.org/turtle"),
        (CATALOG, "authority/data-theme", "authority/theme"),
    ],
)
def test_a_value_from_no_official_list_is_a_warning(place: str, pattern: str, value: str, tmp_path: Path) -> None:
    broken = check(tmp_path, instead(place, pattern, value))

    assert ("DCAT-AP-vocabularies", Severity.WARNING) in {(each.rule, each.severity) for each in broken.findings}


@pytest.mark.parametrize(
    "edit",
    [
        instead(
            DATASET, f"{KEYS}municipalityKey/08421000", "http://publications.europa.eu/resource/authority/country/FRA"
        ),
        instead(
            DATASET, f"{KEYS}municipalityKey/08421000", "http://publications.europa.eu/resource/authority/place/DEU_BER"
        ),
        instead(DATASET, f"{KEYS}municipalityKey/08421000", "https://sws.geonames.org/2820256/"),
        instead(DATASET, "language/DEU", "language/SPA"),
    ],
)
def test_a_value_of_a_list_that_is_not_here_is_no_fault(edit: Edit, tmp_path: Path) -> None:
    assert lines(tmp_path, edit) == []


def test_the_defects_of_the_official_shapes_are_still_there(tmp_path: Path) -> None:
    """What is passed over has to be looked at anew when a newer release of the shapes is taken."""
    small_catalog.release(tmp_path)
    catalog = catalogs.read(tmp_path / "public")

    passed_over = {each.path.rpartition("/")[2] for each in profiles.official(catalog, "vocabularies")}

    assert passed_over == {"terms#algorithm", "publisher", "spatial"}


# --- the score of data.europa.eu


def test_the_weights_are_those_of_data_europa_eu() -> None:
    most = {each: sum(metric.weight for metric in scores.METRICS if metric.dimension is each) for each in Dimension}

    assert list(most.values()) == [100, 100, 110, 75, 20]
    assert (scores.LARGEST, scores.LIVE) == (405, 80)


def test_a_good_catalogue_earns_all_that_a_file_can_but_for_the_licence_list(tmp_path: Path) -> None:
    for score in check(tmp_path).scores:
        assert score.points() == 405 - 80 - 10
        assert [each.name.en for each in score.missed] == ["licence is in the list of the EU"]


def test_a_licence_from_the_list_of_the_eu_earns_the_rest(tmp_path: Path) -> None:
    licence = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    first, second = check(tmp_path, instead(DISTRIBUTION, "http://dcat.*by/4.0", licence)).scores

    assert (first.points(), second.points()) == (325, 315)


@pytest.mark.parametrize(
    ("edit", "name", "lost"),
    [
        (without(DATASET, "dcat:keyword"), "keywords", 30),
        (without(DATASET, "dcat:theme"), "themes", 30),
        (without(DATASET, "dct:spatial"), "spatial coverage", 20),
        (without(DATASET, "dct:temporal"), "temporal coverage", 20),
        (without(DATASET, "dct:accessRights"), "access rights are given", 15),
        (without(DATASET, "dcat:contactPoint"), "contact", 20),
        (without(DATASET, "dct:issued"), "date of issue", 5),
        (without(DATASET, "dct:description"), "conforms to DCAT-AP", 30),
    ],
)
def test_a_dataset_loses_the_points_of_what_it_lacks(edit: Edit, name: str, lost: int, tmp_path: Path) -> None:
    event, place = check(tmp_path, edit).scores

    assert place.points() - event.points() == lost
    assert name in [each.name.en for each in event.missed]


def test_of_the_distributions_the_best_one_counts(tmp_path: Path) -> None:
    event, place = check(tmp_path, without(DISTRIBUTION, "dct:format")).scores

    assert event.points() == place.points()


def test_what_all_distributions_lack_is_lost(tmp_path: Path) -> None:
    event, place = check(tmp_path, lambda text: re.sub("\n    dcat:byteSize .*", "", text)).scores

    assert event.points() == place.points() == 310


@pytest.mark.parametrize(
    ("points", "word"),
    [(405, "excellent"), (351, "excellent"), (350, "good"), (220.5, "sufficient"), (120, "bad"), (0, "bad")],
)
def test_points_are_rated_as_data_europa_eu_does(points: float, word: str) -> None:
    assert scores.rating(points).en == word


# --- what cannot be read


def refused(folder: Path) -> ReleaseError:
    with pytest.raises(ReleaseError) as caught:
        preflight.check(folder, quiet)
    return caught.value


def test_without_a_release_the_remedy_is_to_build(tmp_path: Path) -> None:
    assert str(refused(tmp_path)) == (
        "public/current/catalog.ttl: There is no release with a catalogue yet; "
        "please publish first with: sccon-lod build."
    )


def test_broken_turtle_is_an_error_with_its_line(tmp_path: Path) -> None:
    small_catalog.release(tmp_path, small_catalog.HEAD + "<https://data.example.org/a>\n    a dcat:Catalog ,, ;\n")

    error = refused(tmp_path)

    assert (error.origin.file, error.origin.line) == ("public/current/catalog.ttl", 12)
    assert error.text.en.startswith("This is not valid Turtle: ")
    assert error.text.en.endswith(". No portal can read the catalogue; please publish anew.")


def test_a_catalogue_that_is_not_utf_8_is_an_error(tmp_path: Path) -> None:
    small_catalog.release(tmp_path)
    path = tmp_path / "public" / "current" / "catalog.ttl"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))

    assert "CKAN stops the harvest. It must be saved in UTF-8." in refused(tmp_path).text.en


# --- the command


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.program, ["preflight", *map(str, arguments)])


def test_a_release_in_order_exits_with_0(tmp_path: Path) -> None:
    answer = run("-C", small_catalog.release(tmp_path), "--lang", "en")

    assert answer.exit_code == 0
    assert (
        answer.stdout
        == """No portal has anything to object to.

Expected score at data.europa.eu (MQA)
dimension         by the file  by a visit  at most
findability               100           0      100
accessibility              20          80      100
interoperability          110           0      110
reusability                65           0       75
contextuality              20           0       20
sum                       315          80      405
395 of 405 points if all addresses answer: excellent
10 points missing: licence is in the list of the EU (datasets: 2)

Only a visit shows: whether accessURL and downloadURL answer, whether the address of the catalogue redirects, and \
whether the server says text/turtle.

0 violations, 0 warnings, 0 notes; 2 datasets, 4 files.
"""
    )


def test_what_portals_refuse_exits_with_1_and_says_why(tmp_path: Path) -> None:
    broken = BROKEN["Dataset-identifier"](small_catalog.text())

    answer = run("-C", small_catalog.release(tmp_path, broken), "--lang", "de")

    assert answer.exit_code == 1
    assert "public/current/catalog.ttl:40, dct:identifier: violation: Die Kennung fehlt, oder es sind " in answer.stdout
    assert "udata übergeht einen Datensatz ohne Kennung" in answer.stdout


def test_a_warning_exits_with_0(tmp_path: Path) -> None:
    warned = BROKEN["Distribution-format"](small_catalog.text())

    assert run("-C", small_catalog.release(tmp_path, warned)).exit_code == 0


def test_datasets_that_score_differently_are_listed(tmp_path: Path) -> None:
    answer = run(
        "-C", small_catalog.release(tmp_path, without(DATASET, "dcat:keyword")(small_catalog.text())), "--lang", "en"
    )

    assert "sum                       300          80      405\n" in answer.stdout
    assert "30 points missing: keywords (datasets: 1)\n" in answer.stdout
    assert f"  285  {EVENT[1:-1]}\n  315  {PLACE[1:-1]}\n" in answer.stdout


def test_the_first_findings_of_a_rule_are_shown_or_all(tmp_path: Path) -> None:
    keywords = " , ".join(f'"({number})"' for number in range(15))
    small_catalog.release(tmp_path, more(DATASET, f"dcat:keyword {keywords}")(small_catalog.text()))

    few, everything = (run("-C", tmp_path, "--lang", "en", *option).stdout for option in ((), ("--all",)))

    assert few.count("dcat:keyword: violation") == 10
    assert "… and 5 more; all with --all" in few
    assert everything.count("dcat:keyword: violation") == 15


def test_a_report_is_written_for_programs_and_for_people(tmp_path: Path) -> None:
    small_catalog.release(tmp_path, BROKEN["Dataset-keyword"](small_catalog.text()))

    run("-C", tmp_path, "--report", tmp_path / "r.json", "--report", tmp_path / "r.txt", "--lang", "en")

    document = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert document["refused"] is True
    assert [(each["rule"], each["property"], each["value"]) for each in document["findings"]] == [
        ("Dataset-keyword", "dcat:keyword", "Stadt (Land)")
    ]
    assert [each["points"] for each in document["score"]["datasets"]] == [315, 315]
    assert "Rule Dataset-keyword (1)\n" in (tmp_path / "r.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("r.pdf", "The ending of the report says"),
        ("nowhere/r.json", "It is not possible to write here"),
        ("data/r.json", "A report overwrites nothing in the folder data/"),
    ],
)
def test_a_report_that_cannot_be_written_is_an_error(name: str, message: str, tmp_path: Path) -> None:
    answer = run("-C", small_catalog.release(tmp_path), "--report", tmp_path / name, "--lang", "en")

    assert isinstance(answer.exception, ReleaseError)
    assert answer.exception.text.en.startswith(message)


def test_the_same_release_gives_the_same_report(tmp_path: Path) -> None:
    small_catalog.release(tmp_path, BROKEN["German-license-list"](small_catalog.text()))

    first, second = (summaries.as_json(preflight.check(tmp_path, quiet)) for _ in range(2))

    assert first == second


# --- the real publication


def test_portals_have_nothing_to_object_to_in_this_publication(released: Path) -> None:
    if not (released / "catalog.ttl").exists():
        pytest.skip("the release has no catalogue")
    root = next(folder for folder in released.parents if (folder / "sccon.toml").exists())

    found = preflight.check(root, quiet)

    assert [each.line("en") for each in found.findings] == []
