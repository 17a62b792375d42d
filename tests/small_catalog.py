"""A release of three files with a catalogue in which portals find nothing to mend; tests break it in one place each."""

import gzip
import hashlib
from collections.abc import Mapping
from pathlib import Path

import small

BASE = "https://data.example.org/id"
FILES: Mapping[str, bytes] = {
    "small.ttl": b"<https://data.example.org/id/event/a> a <https://data.example.org/def#Event> .\n",
    "small.nt": b'<https://data.example.org/id/event/a> <https://data.example.org/def#name> "Fest" .\n',
}
FORMATS = {".ttl": ("text/turtle", "RDF_TURTLE"), ".nt": ("application/n-triples", "RDF_N_TRIPLES")}

HEAD = """@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix dcatde: <http://dcat-ap.de/def/dcatde/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
CATALOG = """<https://data.example.org/id/catalog>
    a dcat:Catalog ;
    dct:title "Daten der Stadt"@de , "Data of the city"@en ;
    dct:description "Was die Stadt veröffentlicht."@de , "What the city publishes."@en ;
    dct:publisher <https://data.example.org/id/publisher> ;
    dct:license <http://dcat-ap.de/def/licenses/cc-by/4.0> ;
    dct:language <http://publications.europa.eu/resource/authority/language/DEU> ;
    dct:issued "2026-11-24"^^xsd:date ;
    dct:modified "2026-11-26"^^xsd:date ;
    dct:spatial <http://dcat-ap.de/def/politicalGeocoding/municipalityKey/08421000> ;
    dcat:themeTaxonomy <http://publications.europa.eu/resource/authority/data-theme> ;
    foaf:homepage <https://www.example.org/> ;
    dcat:dataset <https://data.example.org/id/dataset/event> , <https://data.example.org/id/dataset/place> .

"""
PUBLISHER = """<https://data.example.org/id/publisher>
    a foaf:Agent ;
    dct:type <http://purl.org/adms/publishertype/LocalAuthority> ;
    foaf:name "Stadt Beispiel" .

"""
CONTACT = """<https://data.example.org/id/contact>
    a vcard:Organization ;
    vcard:fn "Open-Data-Team" ;
    vcard:hasEmail <mailto:daten@example.org> .

"""
PERIOD = """<https://data.example.org/id/period>
    a dct:PeriodOfTime ;
    dcat:startDate "2022-10-18"^^xsd:date ;
    dcat:endDate "2022-10-20"^^xsd:date .

"""
DATASET = """<https://data.example.org/id/dataset/{name}>
    a dcat:Dataset ;
    dct:identifier "https://data.example.org/id/dataset/{name}" ;
    dct:title "{de}"@de , "{en}"@en ;
    dct:description "Alle Datensätze der Art {de}."@de , "All records of the kind {en}."@en ;
    dct:publisher <https://data.example.org/id/publisher> ;
    dct:issued "2026-11-24"^^xsd:date ;
    dct:modified "2026-11-26"^^xsd:date ;
    dct:language <http://publications.europa.eu/resource/authority/language/DEU> ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/IRREG> ;
    dct:spatial <http://dcat-ap.de/def/politicalGeocoding/municipalityKey/08421000> ;
    dct:temporal <https://data.example.org/id/period> ;
    dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/STABLE> ;
    dcatde:contributorID <http://dcat-ap.de/def/contributors/stadtBeispiel> ;
    dcatde:politicalGeocodingLevelURI <http://dcat-ap.de/def/politicalGeocoding/Level/municipality> ;
    dcat:contactPoint <https://data.example.org/id/contact> ;
    dcat:keyword "Digitale Verwaltung"@de , "Smart City"@en ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/GOVE> ;
    dcat:version "1" ;
    dcat:distribution {distributions} .

"""
DISTRIBUTION = """<https://data.example.org/id/distribution/{dataset}-{file}>
    a dcat:Distribution ;
    dct:title "{file}"@de ;
    dct:description "Die Daten in einer Datei."@de ;
    dct:license <http://dcat-ap.de/def/licenses/cc-by/4.0> ;
    dct:rights <https://data.example.org/rights> ;
    dcatde:licenseAttributionByText "Stadt Beispiel, 2026"@de ;
    dct:format <http://publications.europa.eu/resource/authority/file-type/{code}> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/{media}> ;{packed}
    dcat:byteSize "{size}"^^xsd:nonNegativeInteger ;
    spdx:checksum <https://data.example.org/id/checksum/{dataset}-{file}> ;
    dct:issued "2026-11-24"^^xsd:date ;
    dct:modified "2026-11-26"^^xsd:date ;
    adms:status <http://publications.europa.eu/resource/authority/distribution-status/COMPLETED> ;
    dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/STABLE> ;
    dcat:accessURL <https://data.example.org/releases/000001/{file}> ;
    dcat:downloadURL <https://data.example.org/releases/000001/{file}> .

<https://data.example.org/id/checksum/{dataset}-{file}>
    a spdx:Checksum ;
    spdx:algorithm spdx:checksumAlgorithm_sha256 ;
    spdx:checksumValue "{checksum}"^^xsd:hexBinary .

"""
PACKED = "\n    dcat:compressFormat <https://www.iana.org/assignments/media-types/application/gzip> ;"
TITLES = {"event": ("Veranstaltungen", "Events"), "place": ("Orte", "Places")}


def files() -> dict[str, bytes]:
    """Return the files of the release, plain and packed."""
    return {**FILES, **{f"{name}.gz": gzip.compress(content, mtime=0) for name, content in FILES.items()}}


def text() -> str:
    """Return the catalogue of the release."""
    parts = [HEAD, CATALOG, PUBLISHER, CONTACT, PERIOD]
    for dataset, (de, en) in TITLES.items():
        named = [f"<{BASE}/distribution/{dataset}-{file}>" for file in files()]
        parts.append(DATASET.format(name=dataset, de=de, en=en, distributions=" , ".join(named)))
        parts += [_distribution(dataset, file, content) for file, content in files().items()]
    return "".join(parts)


def _distribution(dataset: str, file: str, content: bytes) -> str:
    media, code = FORMATS[Path(file.removesuffix(".gz")).suffix]
    packed = PACKED if file.endswith(".gz") else ""
    checksum = hashlib.sha256(content).hexdigest()
    words = {"dataset": dataset, "file": file, "media": media, "code": code, "packed": packed}
    return DISTRIBUTION.format(**words, size=len(content), checksum=checksum)


def release(folder: Path, catalog: str | None = None) -> Path:
    """Write a publication with a release of these files to `folder`, and its catalogue in other words if given."""
    small.publication(folder)
    current = folder / "public" / "current"
    current.mkdir(parents=True)
    for name, content in files().items():
        (current / name).write_bytes(content)
    (current / "catalog.ttl").write_text(text() if catalog is None else catalog, encoding="utf-8")
    return folder
