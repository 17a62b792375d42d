"""A small publication for tests of the program itself: one kind, one code list, and shapes that demand little."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from conftest import load
from sccon_lod import assembly, checks, naming, reading, scans
from sccon_lod.assembly import Assembly
from sccon_lod.build import Publication
from sccon_lod.engine import Engine
from sccon_lod.formats import FORMATS, Format
from sccon_lod.names import Names
from sccon_lod.publish import dumps
from sccon_lod.reading import Origins

BASE = "https://example.net/id"
DEF = "https://example.net/def#"
TOPIC = "https://example.net/topic/"
SCHEMA = "http://schema.org/"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SHAPES = "https://example.net/shapes#"

SETTINGS = f"""name = "small"
base = "{BASE}"
languages = ["de", "en"]
license = "http://creativecommons.org/licenses/by/4.0/"
issued = 2026-11-24
modified = 2026-11-24
pages = false
[title]
de = "Klein"
[description]
de = "Klein"
[publisher]
name = "Test"
"""
WITH_PAGES = SETTINGS.replace("pages = false\n", "")

PREFIXES = f"""@prefix dct: <{DCT}> .
@prefix ex: <{DEF}> .
@prefix fn: <https://w3id.org/sccon-lod/function#> .
@prefix foaf: <{FOAF}> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .
@prefix idlab-fn: <https://w3id.org/imec/idlab/function#> .
@prefix rdf: <{RDF}> .
@prefix schema: <{SCHEMA}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shapes: <{SHAPES}> .
@prefix skos: <{SKOS}> .
@prefix topic: <{TOPIC}> .
@prefix xsd: <{XSD}> .
"""

TOPICS = f"""@prefix skos: <{SKOS}> .
@prefix topic: <{TOPIC}> .

<https://example.net/topic>
  a skos:ConceptScheme ;
  skos:prefLabel "Themen"@de .

topic:water
  a skos:Concept ;
  skos:notation "water" ;
  skos:prefLabel "Wasser"@de , "Water"@en ;
  skos:inScheme <https://example.net/topic> .

topic:traffic
  a skos:Concept ;
  skos:notation "traffic" ;
  skos:prefLabel "Verkehr"@de , "Traffic"@en ;
  skos:inScheme <https://example.net/topic> .
"""

RULES = (
    "[dct:identifier, $(id)]",
    "[schema:name, $(name_de), de~lang]",
    "[schema:name, $(name_en), en~lang]",
    "{p: schema:startDate, o: {function: fn:start, parameters: [[fn:text, $(starts)]]}}",
    "{p: schema:endDate, o: {function: fn:end, parameters: [[fn:text, $(ends)]]}}",
    "[schema:about, topic:$(topics)~iri]",
    "[foaf:homepage, $(url)~iri]",
    "[ex:seats, $(seats), xsd:integer]",
    "[schema:superEvent, id:event/$(part_of)~iri]",
)
COLUMNS = ("id", "name_de", "name_en", "starts", "ends", "topics", "url", "seats", "part_of")
RECORDS: tuple[Mapping[str, str], ...] = (
    {
        "id": "a",
        "name_de": "Fest",
        "name_en": "Party",
        "starts": "18.10.2022",
        "ends": "20.10.2022",
        "topics": "water | traffic",
        "url": "https://example.net/a",
        "seats": "20",
    },
    {"id": "b", "name_de": "Teil", "starts": "19.10.2022", "ends": "19.10.2022", "seats": "5", "part_of": "a"},
)


def table(rows: Iterable[Mapping[str, str]] = RECORDS, columns: Sequence[str] = COLUMNS) -> str:
    """Return a CSV table; a cell that a row does not name is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue()


def mapping(
    rules: Iterable[str] = RULES, subject: str = "id:event/$(id)", split: str = '{topics: "|"}', condition: str = ""
) -> str:
    """Return a mapping file of one map; each rule is written in YAML on one line."""
    lines = [
        "sources:",
        f"  event: {{access: data/event.csv, referenceFormulation: csv, split: {split}}}",
        "mappings:",
        "  event:",
        "    sources: event",
        f"    s: {subject}",
        *([f"    condition: {condition}"] if condition else []),
        "    po:",
        "      - [a, schema:Event]",
        *(f"      - {rule}" for rule in rules),
    ]
    return "\n".join(lines) + "\n"


# Described are all predicates that mappings of tests use, without any demand.
_DESCRIBED = {
    "identifier": "dct:identifier",
    "name": "schema:name",
    "start": "schema:startDate",
    "end": "schema:endDate",
    "about": "schema:about",
    "homepage": "foaf:homepage",
    "seats": "ex:seats",
    "part": "schema:superEvent",
    "note": "ex:note",
    "other": "ex:other",
}


def shapes(**demands: str) -> str:
    """Return a shapes file; a demand is said of the property it is named after, or is a whole shape."""
    prefixes = [line for line in PREFIXES.splitlines() if "fn" not in line and "grel" not in line]
    names = [*_DESCRIBED, *(name for name in demands if name not in _DESCRIBED)]
    target = ", ".join(f"shapes:Event-{name}" for name in names if name != "node")
    lines = [*prefixes, "", "shapes:Event a sh:NodeShape ;", "  sh:targetClass schema:Event ;"]
    lines += [f"  {demands['node']} ;"] if "node" in demands else []
    lines += [f"  sh:property {target} .", ""]
    for name, path in _DESCRIBED.items():
        said = f'sh:path {path} ; sh:codeIdentifier "{name}" ; sh:name "{name}"@de ; {demands.get(name, "")}'
        lines.append(f"shapes:Event-{name} {said} .")
    lines += [
        f"shapes:Event-{name} {demand} ." for name, demand in demands.items() if name not in (*_DESCRIBED, "node")
    ]
    return "\n".join(lines) + "\n"


FILES: Mapping[str, str] = {
    "sccon.toml": SETTINGS,
    "ontology/prefixes.ttl": PREFIXES,
    "ontology/concepts/topic.ttl": TOPICS,
    "mapping/event.yaml": mapping(),
    "shapes/event.ttl": shapes(),
    "data/event.csv": table(),
}


def publication(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """Write the small publication to `folder`, with some of its files in other words."""
    for name, text in {**FILES, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


MANY = 1_000_000
"""More rows than a small publication has: all of it becomes facts."""


@contextmanager
def stated(folder: Path) -> Iterator[tuple[Publication, Engine]]:
    """Give the publication in `folder` and an engine in which all its statements are made."""
    loaded = load(folder)
    with mapped(loaded) as engine:
        yield loaded, engine


@contextmanager
def mapped(loaded: Publication) -> Iterator[Engine]:
    """Give an engine in which all statements of a publication are made from its present tables."""
    with settled(loaded) as (engine, _):
        yield engine


@contextmanager
def settled(loaded: Publication, few: int = MANY, large: int = scans.LARGE) -> Iterator[tuple[Engine, Assembly]]:
    """Give an engine that has read a publication, and what has to be done to write its dumps.

    Sources of `few` rows and more are written row by row, files of `large` bytes and more are scanned.
    """
    origins = Origins(loaded.project.root, loaded.project.settings, large)
    with Engine([loaded.project.root]) as engine:
        read = reading.read(engine, loaded.plan, loaded.vocabulary.labels, origins, reading.quiet)
        engine.tell(loaded.vocabulary.told)
        proven = checks.proven(engine, read.examined)
        yield engine, assembly.settle(engine, loaded.plan, names_of(loaded), proven, few)


def written(loaded: Publication) -> Mapping[Format, str]:
    """Return the dumps of a publication, which are the same whether rows or facts become text."""
    with settled(loaded, few=0) as (engine, by_row), settled(loaded) as (other, by_fact):
        made = {form: _dump(engine, by_row, form) for form in FORMATS}
        assert made == {form: _dump(other, by_fact, form) for form in FORMATS}
    return made


def _dump(engine: Engine, assembled: Assembly, form: Format) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump"
        dumps.write(engine, assembled, form, path)
        return path.read_bytes().decode()


def names_of(publication: Publication) -> Names:
    """Return the short names that the dumps of a publication get."""
    return naming.names(publication.plan, publication.vocabulary, publication.shapes.properties())
