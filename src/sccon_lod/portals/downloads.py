"""The files of a release, compared with what its catalogue says of them."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from rdflib import DCAT, DCTERMS, URIRef
from rdflib.term import Node

from sccon_lod.findings import Finding
from sccon_lod.portals import rules
from sccon_lod.portals.catalogs import Catalog
from sccon_lod.portals.rules import Rule

_SPDX = "http://spdx.org/rdf/terms#"
_SHA256 = "checksumAlgorithm_sha256"
_GZIP, _GZIPPED = ".gz", b"\x1f\x8b"
_MEDIA = "/assignments/media-types/"
# What an ending means: the media type, and the code in the table of file types of the EU.
TYPES: Mapping[str, tuple[str, str]] = {
    ".csv": ("text/csv", "CSV"),
    ".geojson": ("application/geo+json", "GEOJSON"),
    ".html": ("text/html", "HTML"),
    ".json": ("application/json", "JSON"),
    ".jsonld": ("application/ld+json", "JSON_LD"),
    ".nq": ("application/n-quads", "RDF_N_QUADS"),
    ".nt": ("application/n-triples", "RDF_N_TRIPLES"),
    ".rdf": ("application/rdf+xml", "RDF_XML"),
    ".ttl": ("text/turtle", "RDF_TURTLE"),
    ".txt": ("text/plain", "TXT"),
    ".zip": ("application/zip", "ZIP"),
}


class Wrong(NamedTuple):
    """A rule that a file breaks, the property that is wrong, its value, and what would be right."""

    rule: str
    path: str
    value: str
    near: str = ""


def findings(catalog: Catalog) -> Iterator[Finding]:
    """Yield where the files beside a catalogue are not what it says."""
    known: Mapping[str, Rule] = rules.read("limits.ttl").named
    for distribution, address in sorted(catalog.graph.subject_objects(DCAT.downloadURL), key=str):
        for wrong in _wrong(catalog, distribution, str(address)):
            yield rules.broken(known[wrong.rule], catalog, distribution, wrong.path, wrong.value, wrong.near)


def names(catalog: Catalog) -> set[str]:
    """Return the names of the files that a catalogue offers."""
    return {name(str(each)) for each in catalog.graph.objects(None, DCAT.downloadURL)}


def name(address: str) -> str:
    """Return the name of the file that an address leads to.

    >>> name("https://example.org/data/releases/000001/my%20city.ttl.gz?x=1")
    'my city.ttl.gz'
    """
    return PurePosixPath(unquote(urlsplit(address).path)).name


def _wrong(catalog: Catalog, distribution: Node, address: str) -> Iterator[Wrong]:
    path = catalog.folder / name(address)
    if not name(address) or not path.is_file():
        yield Wrong("File-missing", str(DCAT.downloadURL), address)
        return
    if not path.stat().st_size:
        yield Wrong("File-empty", str(DCAT.downloadURL), address)
    for check in _CHECKS:
        yield from check(catalog, distribution, path)


def _size(catalog: Catalog, distribution: Node, path: Path) -> Iterator[Wrong]:
    size = str(path.stat().st_size)
    for said in catalog.values(distribution, DCAT.byteSize):
        if said != size:
            yield Wrong("File-size", str(DCAT.byteSize), said, size)


def _checksum(catalog: Catalog, distribution: Node, path: Path) -> Iterator[Wrong]:
    for checksum in catalog.graph.objects(distribution, URIRef(_SPDX + "checksum")):
        if str(catalog.graph.value(checksum, URIRef(_SPDX + "algorithm"))).endswith(_SHA256):
            said = str(catalog.graph.value(checksum, URIRef(_SPDX + "checksumValue")))
            with path.open("rb") as file:
                right = hashlib.file_digest(file, "sha256").hexdigest()
            if said.lower() != right:
                yield Wrong("File-checksum", _SPDX + "checksum", said, right)


def _packing(catalog: Catalog, distribution: Node, path: Path) -> Iterator[Wrong]:
    said = catalog.values(distribution, DCAT.compressFormat)
    is_packed = path.suffix == _GZIP
    if is_packed != any(each.endswith("/gzip") for each in said):
        packing = "application/gzip" if is_packed else "-"
        yield Wrong("File-type", str(DCAT.compressFormat), ", ".join(said), packing)
    if is_packed:
        with path.open("rb") as file:
            if file.read(len(_GZIPPED)) != _GZIPPED:
                yield Wrong("File-unpacked", str(DCAT.downloadURL), path.name)


def _type(catalog: Catalog, distribution: Node, path: Path) -> Iterator[Wrong]:
    ending = PurePosixPath(path.stem).suffix if path.suffix == _GZIP else path.suffix
    if ending not in TYPES:
        return
    media, code = TYPES[ending]
    for said in catalog.values(distribution, DCAT.mediaType):
        if _MEDIA in said and said.partition(_MEDIA)[2] != media:
            yield Wrong("File-type", str(DCAT.mediaType), said, media)
    for said in catalog.values(distribution, DCTERMS.format):
        if said.rpartition("/")[2] != code:
            yield Wrong("File-type", str(DCTERMS.format), said, code)


_Check = Callable[[Catalog, Node, Path], Iterator[Wrong]]
_CHECKS: tuple[_Check, ...] = (_size, _checksum, _packing, _type)
