"""A new kind of record is published with text files only: a table, a mapping, shapes, a code list, a short name."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat

from conftest import ROOT, copy_publication, edit_table, load, quiet, strict, write_table
from sccon_lod import build, cli
from sccon_lod.build import Outcome, Publication

KIND = "funding-call"
BASE = "https://w3id.org/sccon-lod/id"
CALL = f"{BASE}/funding-call/smart-regions-2023"
RECORD = f"{BASE}/record/funding-call/smart-regions-2023"

COLUMNS = ["id", "name_de", "name_en", "procedure", "opens", "closes", "amount", "funder", "topics", "source"]
ROWS = [
    {
        "id": "smart-regions-2023",
        "name_de": "Aufruf Intelligente Regionen",
        "name_en": "Call for smart regions",
        "procedure": "two-stage",
        "opens": "1. Februar 2023",
        "closes": "31.03.23",
        "amount": "15,75 Mio. EUR",
        "funder": "bmwsb",
        "topics": "smart-city | open-source",
        "source": "sccon-2022-article",
    },
    {
        "id": "neighbourhoods-2024",
        "name_de": "Aufruf Quartiere",
        "name_en": "Call for neighbourhoods",
        "procedure": "one-stage",
        "opens": "15.01.2024",
        "closes": "15.01.2024",
        "source": "sccon-2022-article",
    },
]

MAPPING = """\
# Funding calls: invitations to apply for money, one row each.
sources:
  funding-call:
    access: data/funding-call.csv
    referenceFormulation: csv
    split: {topics: "|"}

mappings:
  funding-call:
    sources: funding-call
    s: id:funding-call/$(id)
    po:
      - [a, sccon:FundingCall]
      - [schema:name, $(name_de), de~lang]
      - [schema:name, $(name_en), en~lang]
      - [dct:type, call-procedure:$(procedure)~iri]
      - p: schema:applicationStartDate
        o: {function: fn:start, parameters: [[fn:text, $(opens)]]}
      - p: schema:applicationDeadline
        o: {function: fn:end, parameters: [[fn:text, $(closes)]]}
      - p: schema:amount
        o: id:funding-call/$(id)#amount~iri
        condition: {function: fn:given, parameters: [[fn:text, $(amount)]]}
      - [schema:funder, id:organisation/$(funder)~iri]
      - [dct:subject, topic:$(topics)~iri]
      - [prov:hadPrimarySource, id:source/$(source)~iri]
      - [prov:wasDerivedFrom, id:record/funding-call/$(id)~iri]

  funding-call-amount:
    sources: funding-call
    s: id:funding-call/$(id)#amount
    condition: {function: fn:given, parameters: [[fn:text, $(amount)]]}
    po:
      - [a, schema:MonetaryAmount]
      - p: schema:value
        o: {function: fn:amount, parameters: [[fn:text, $(amount)]]}
      - p: schema:currency
        o: {function: fn:currency, parameters: [[fn:text, $(amount)]]}

  funding-call-record:
    sources: funding-call
    s: id:record/funding-call/$(id)
    po:
      - [a, prov:Entity]
      - [dct:identifier, $(id)]
      - [prov:hadPrimarySource, id:source/$(source)~iri]
"""

SHAPES = """\
# Funding calls: what is said of the rows of data/funding-call.csv.

@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sccon: <https://w3id.org/sccon-lod/def#> .
@prefix shapes: <https://w3id.org/sccon-lod/shapes#> .

shapes:Record sh:targetClass sccon:FundingCall .
shapes:Sourced sh:targetClass sccon:FundingCall .
shapes:Named sh:targetClass sccon:FundingCall .

shapes:FundingCall
  a sh:NodeShape ;
  rdfs:label "Förderaufruf"@de , "Funding call"@en ;
  sh:targetClass sccon:FundingCall ;
  sh:property
    shapes:FundingCall-procedure ,
    shapes:FundingCall-opens ,
    shapes:FundingCall-closes ,
    shapes:FundingCall-amount ,
    shapes:FundingCall-funder ,
    shapes:FundingCall-topics .

shapes:FundingCall-procedure
  a sh:PropertyShape ;
  dct:identifier "Z1" ;
  sh:path dct:type ;
  sh:name "Verfahren"@de , "Procedure"@en ;
  sh:description
    "Wie ausgewählt wird, ein Code aus der Liste call-procedure."@de ,
    "How applications are chosen, a code from the list call-procedure."@en ;
  sh:codeIdentifier "kind" ;
  sh:order 2 ;
  skos:example "two-stage" ;
  sh:minCount 1 ;
  sh:maxCount 1 ;
  sh:node shapes:CallProcedureConcept ;
  sh:severity sh:Violation ;
  sh:message
    "Das Verfahren fehlt oder steht nicht in der Liste call-procedure; richtig ist zum Beispiel two-stage."@de ,
    "The procedure is missing or not in the list call-procedure; right is for example two-stage."@en .

shapes:FundingCall-opens
  a sh:PropertyShape ;
  dct:identifier "Z2" ;
  sh:path schema:applicationStartDate ;
  sh:name "Bewerbung ab"@de , "Applications from"@en ;
  sh:description
    "Der erste Tag, an dem man sich bewerben kann."@de ,
    "The first day on which one can apply."@en ;
  sh:codeIdentifier "applicationStartDate" ;
  sh:order 3 ;
  skos:example "1. Februar 2023" ;
  sh:maxCount 1 ;
  sh:datatype xsd:date ;
  sh:lessThanOrEquals schema:applicationDeadline ;
  sh:severity sh:Violation ;
  sh:message
    "Die Bewerbung beginnt nach ihrer Frist oder nicht mit einem Tag; richtig ist zum Beispiel 1. Februar 2023."@de ,
    "Applications begin after their deadline or not with a day; right is for example 1. Februar 2023."@en .

shapes:FundingCall-closes
  a sh:PropertyShape ;
  dct:identifier "Z3" ;
  sh:path schema:applicationDeadline ;
  sh:name "Frist"@de , "Deadline"@en ;
  sh:description
    "Der letzte Tag, an dem man sich bewerben kann."@de ,
    "The last day on which one can apply."@en ;
  sh:codeIdentifier "applicationDeadline" ;
  sh:order 4 ;
  skos:example "31.03.2023" ;
  sh:minCount 1 ;
  sh:maxCount 1 ;
  sh:datatype xsd:date ;
  sh:severity sh:Violation ;
  sh:message
    "Die Frist fehlt oder ist kein Tag; richtig ist zum Beispiel 31.03.2023."@de ,
    "The deadline is missing or no day; right is for example 31.03.2023."@en .

shapes:FundingCall-amount
  a sh:PropertyShape ;
  sh:path schema:amount ;
  sh:name "Fördersumme"@de , "Funding"@en ;
  sh:description
    "Der Betrag, der vergeben wird, mit seiner Währung."@de ,
    "The amount that is given, with its currency."@en ;
  sh:codeIdentifier "amount" ;
  sh:order 5 ;
  skos:example "15,75 Mio. EUR" .

shapes:FundingCall-funder
  a sh:PropertyShape ;
  sh:path schema:funder ;
  sh:name "Fördernde Stelle"@de , "Funder"@en ;
  sh:description
    "Kennung der Organisation, die das Geld gibt."@de ,
    "Identifier of the organisation that gives the money."@en ;
  sh:codeIdentifier "funder" ;
  sh:order 6 ;
  sh:maxCount 1 ;
  skos:example "bmwsb" .

shapes:FundingCall-topics
  a sh:PropertyShape ;
  sh:path dct:subject ;
  sh:name "Themen"@de , "Topics"@en ;
  sh:description
    "Die Themen des Aufrufs, Codes aus der Liste topic."@de ,
    "The topics of the call, codes from the list topic."@en ;
  sh:codeIdentifier "subject" ;
  sh:order 7 ;
  skos:example "digital-twins" .

shapes:CallProcedureConcept
  a sh:NodeShape ;
  rdfs:label "Verfahren"@de , "Procedure"@en ;
  sh:property shapes:CallProcedureConcept-scheme .

shapes:CallProcedureConcept-scheme
  a sh:PropertyShape ;
  sh:path skos:inScheme ;
  sh:hasValue <https://w3id.org/sccon-lod/concept/call-procedure> ;
  sh:severity sh:Violation ;
  sh:message
    "Der Code steht nicht in der Liste call-procedure; richtig ist zum Beispiel two-stage."@de ,
    "The code is not in the list call-procedure; right is for example two-stage."@en .
"""

PROCEDURES = """\
# How applications to a call are chosen: the values of the column `procedure` in data/funding-call.csv.

@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix call-procedure: <https://w3id.org/sccon-lod/concept/call-procedure/> .

<https://w3id.org/sccon-lod/concept/call-procedure>
  a skos:ConceptScheme ;
  skos:prefLabel "Auswahlverfahren"@de , "Procedures of choice"@en ;
  skos:definition "Codeliste der Auswahlverfahren."@de , "Code list of the procedures of choice."@en ;
  skos:hasTopConcept call-procedure:one-stage , call-procedure:two-stage .

call-procedure:one-stage
  a skos:Concept ;
  skos:notation "one-stage" ;
  skos:prefLabel "einstufig"@de , "one-stage"@en ;
  skos:definition "Bewerbung mit einem Antrag."@de , "One applies with a proposal."@en ;
  skos:inScheme <https://w3id.org/sccon-lod/concept/call-procedure> ;
  skos:topConceptOf <https://w3id.org/sccon-lod/concept/call-procedure> .

call-procedure:two-stage
  a skos:Concept ;
  skos:notation "two-stage" ;
  skos:prefLabel "zweistufig"@de , "two-stage"@en ;
  skos:definition "Bewerbung mit einer Skizze, danach mit einem Antrag."@de , "One applies with an outline first."@en ;
  skos:inScheme <https://w3id.org/sccon-lod/concept/call-procedure> ;
  skos:topConceptOf <https://w3id.org/sccon-lod/concept/call-procedure> .
"""

PREFIX = "@prefix call-procedure: <https://w3id.org/sccon-lod/concept/call-procedure/> .\n"

TERM = """
sccon:FundingCall
  a owl:Class ;
  rdfs:label "Förderaufruf"@de , "funding call"@en ;
  rdfs:comment
    "Aufforderung, sich bis zu einer Frist um Fördermittel zu bewerben."@de ,
    "Invitation to apply for funding up to a deadline."@en ;
  rdfs:isDefinedBy <https://w3id.org/sccon-lod/def> .
"""

STATEMENTS = f"""\
<{CALL}> <http://purl.org/dc/terms/subject> <https://w3id.org/sccon-lod/concept/topic/open-source> .
<{CALL}> <http://purl.org/dc/terms/subject> <https://w3id.org/sccon-lod/concept/topic/smart-city> .
<{CALL}> <http://purl.org/dc/terms/type> <https://w3id.org/sccon-lod/concept/call-procedure/two-stage> .
<{CALL}> <http://schema.org/amount> <{CALL}#amount> .
<{CALL}> <http://schema.org/applicationDeadline> "2023-03-31"^^<http://www.w3.org/2001/XMLSchema#date> .
<{CALL}> <http://schema.org/applicationStartDate> "2023-02-01"^^<http://www.w3.org/2001/XMLSchema#date> .
<{CALL}> <http://schema.org/funder> <{BASE}/organisation/bmwsb> .
<{CALL}> <http://schema.org/name> "Aufruf Intelligente Regionen"@de .
<{CALL}> <http://schema.org/name> "Call for smart regions"@en .
<{CALL}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/sccon-lod/def#FundingCall> .
<{CALL}> <http://www.w3.org/ns/prov#hadPrimarySource> <{BASE}/source/sccon-2022-article> .
<{CALL}> <http://www.w3.org/ns/prov#wasDerivedFrom> <{RECORD}> .
<{CALL}#amount> <http://schema.org/currency> "EUR" .
<{CALL}#amount> <http://schema.org/value> "15750000.00"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<{CALL}#amount> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/MonetaryAmount> .
<{RECORD}> <http://purl.org/dc/terms/identifier> "smart-regions-2023" .
<{RECORD}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/prov#Entity> .
<{RECORD}> <http://www.w3.org/ns/prov#hadPrimarySource> <{BASE}/source/sccon-2022-article> .
""".splitlines()

# A record that does not name its procedure leaves a code of the list without a user.
CONSEQUENCES = {"Dataset-unused-concept"}


@dataclass(frozen=True)
class Wrong:
    """Cells of the first record that break it, and what is said of that in both languages."""

    cells: dict[str, str]
    rule: str
    de: str
    en: str


WRONG = [
    Wrong(
        {"opens": "1. April 2023"},
        "FundingCall-opens",
        "data/funding-call.csv:2, opens: violation: Die Bewerbung beginnt nach ihrer Frist oder nicht mit einem Tag; "
        "richtig ist zum Beispiel 1. Februar 2023. [1. April 2023]",
        "data/funding-call.csv:2, opens: violation: Applications begin after their deadline or not with a day; "
        "right is for example 1. Februar 2023. [1. April 2023]",
    ),
    Wrong(
        {"closes": ""},
        "FundingCall-closes",
        "data/funding-call.csv:2, closes: violation: Die Frist fehlt oder ist kein Tag; "
        "richtig ist zum Beispiel 31.03.2023.",
        "data/funding-call.csv:2, closes: violation: The deadline is missing or no day; "
        "right is for example 31.03.2023.",
    ),
    Wrong(
        {"procedure": "lottery"},
        "FundingCall-procedure",
        "data/funding-call.csv:2, procedure: violation: Das Verfahren fehlt oder steht nicht in der Liste "
        "call-procedure; richtig ist zum Beispiel two-stage. [lottery]",
        "data/funding-call.csv:2, procedure: violation: The procedure is missing or not in the list "
        "call-procedure; right is for example two-stage. [lottery]",
    ),
    Wrong(
        {"amount": "viel EUR"},
        "cell-conversion",
        "data/funding-call.csv:2, amount: violation: „viel EUR“ ist keine Zahl; "
        "richtig ist zum Beispiel 1.234,56 EUR. [viel EUR]",
        "data/funding-call.csv:2, amount: violation: “viel EUR” is not a number; "
        "a right value is, for example, 1.234,56 EUR. [viel EUR]",
    ),
    # A rule that kinds share holds for the new one as well.
    Wrong(
        {"name_de": ""},
        "Named-name-de",
        "data/funding-call.csv:2, name_de: violation: Der deutsche Name fehlt; "
        "richtig ist zum Beispiel Smart Country Convention 2022.",
        "data/funding-call.csv:2, name_de: violation: The German name is missing; "
        "right is for example Smart Country Convention 2022.",
    ),
    Wrong(
        {"funder": "nobody"},
        "Dataset-dangling",
        "data/funding-call.csv:2, funder: violation: Die Kennung verweist auf etwas, das es nicht gibt; "
        "richtig ist die Kennung einer vorhandenen Zeile, zum Beispiel sccon-2022. [nobody]",
        "data/funding-call.csv:2, funder: violation: The identifier points to something that does not exist; "
        "right is the identifier of an existing row, for example sccon-2022. [nobody]",
    ),
]


def add_kind(folder: Path) -> Path:
    """Add the kind to the publication in `folder`: four new files, a line of prefixes, a term."""
    write_table(folder / "data" / f"{KIND}.csv", COLUMNS, ROWS)
    (folder / "mapping" / f"{KIND}.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "shapes" / f"{KIND}.ttl").write_text(SHAPES, encoding="utf-8")
    (folder / "ontology" / "concepts" / "call-procedure.ttl").write_text(PROCEDURES, encoding="utf-8")
    for name, addition in (("prefixes.ttl", PREFIX), ("sccon.ttl", TERM)):
        path = folder / "ontology" / name
        path.write_text(path.read_text(encoding="utf-8") + addition, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The real publication with the new kind."""
    return load(add_kind(copy_publication(tmp_path_factory.mktemp("kind") / "publication")))


@pytest.fixture(scope="module")
def outcome(compiled: Publication) -> Outcome:
    """What came of building it."""
    return build.build(compiled, quiet)


@pytest.fixture(scope="module")
def release(outcome: Outcome) -> Path:
    """The release of it."""
    assert outcome.folder is not None, [each.line("en") for each in outcome.findings][:20]
    return outcome.folder


def lines(path: Path) -> set[str]:
    return set(path.read_text(encoding="utf-8").splitlines())


def parsed(path: Path, form: RdfFormat) -> set[pyoxigraph.Quad]:
    return set(pyoxigraph.parse(path.read_bytes(), form))


def of_the_call(statement: str) -> bool:
    return statement.startswith((f"<{CALL}>", f"<{CALL}#", f"<{RECORD}>"))


def node(release: Path, iri: str) -> dict[str, object]:
    document = json.loads((release / "sccon.jsonld").read_text(encoding="utf-8"))
    (found,) = [each for each in document["@graph"] if each["id"] == iri]
    assert isinstance(found, dict)
    return found


# --- what is published


def test_a_new_kind_is_published_with_each_of_its_statements(release: Path) -> None:
    published = sorted(filter(of_the_call, lines(release / "sccon.nt")))

    assert published == sorted(STATEMENTS)


@pytest.mark.parametrize(
    ("name", "form"), [("sccon.ttl", RdfFormat.TURTLE), ("sccon.jsonld", RdfFormat.JSON_LD)], ids=["ttl", "jsonld"]
)
def test_all_dumps_say_the_same_of_a_new_kind(name: str, form: RdfFormat, release: Path) -> None:
    expected = set(pyoxigraph.parse("\n".join(STATEMENTS).encode(), RdfFormat.N_TRIPLES))

    published = {each for each in parsed(release / name, form) if of_the_call(str(each.subject))}

    assert published == expected


def test_nothing_else_changes_when_a_kind_is_added(release: Path, released: Path) -> None:
    before, after = lines(released / "sccon.nt"), lines(release / "sccon.nt")

    others = {each for each in after - before if "/funding-call/" not in each and "/call-procedure" not in each}

    assert before <= after
    assert others == set()


def test_the_shapes_give_a_new_kind_its_json_keys(release: Path) -> None:
    assert node(release, CALL) == {
        "id": CALL,
        "type": ["sccon:FundingCall"],
        "name": {"de": "Aufruf Intelligente Regionen", "en": "Call for smart regions"},
        "kind": "call-procedure:two-stage",
        "applicationStartDate": "2023-02-01",
        "applicationDeadline": "2023-03-31",
        "amount": [f"{CALL}#amount"],
        "funder": f"{BASE}/organisation/bmwsb",
        "subject": ["topic:open-source", "topic:smart-city"],
        "source": [f"{BASE}/source/sccon-2022-article"],
        "derivedFrom": [RECORD],
    }


def test_the_context_knows_the_keys_and_the_short_name_of_a_new_kind(release: Path) -> None:
    context = json.loads((release / "context.jsonld").read_text(encoding="utf-8"))["@context"]

    assert context["call-procedure"] == "https://w3id.org/sccon-lod/concept/call-procedure/"
    assert context["applicationDeadline"] == {"@id": "schema:applicationDeadline", "@type": "xsd:date"}
    assert context["funder"] == {"@id": "schema:funder", "@type": "@id"}


def test_turtle_writes_a_new_kind_with_the_short_name_of_its_code_list(release: Path) -> None:
    turtle = (release / "sccon.ttl").read_text(encoding="utf-8")

    assert f"<{CALL}>\n    a sccon:FundingCall ;\n" in turtle
    assert "    dct:type call-procedure:two-stage ;\n" in turtle


def test_the_report_accounts_for_the_records_of_a_new_kind(release: Path) -> None:
    report = json.loads((release / "report.json").read_text(encoding="utf-8"))

    assert f"data/{KIND}.csv" in json.dumps(report)


def test_a_new_kind_in_order_has_no_finding(outcome: Outcome) -> None:
    own = [each.line("en") for each in outcome.findings if each.origin.file.endswith((f"{KIND}.csv", "procedure.ttl"))]

    assert outcome.is_publishable
    assert own == []


# --- what is wrong


@pytest.mark.parametrize("wrong", WRONG, ids=lambda each: each.rule)
def test_a_broken_record_of_a_new_kind_is_found_at_its_cell(
    wrong: Wrong, compiled: Publication, outcome: Outcome, publication: Path
) -> None:
    edit_table(add_kind(publication) / "data" / f"{KIND}.csv", lambda rows: rows[0].update(wrong.cells))

    # Nothing but a record differs, so nothing else has to be read again.
    broken = build.check(strict(replace(compiled, project=replace(compiled.project, root=publication))), quiet)

    fresh = [each for each in broken.findings if each not in outcome.findings and each.rule not in CONSEQUENCES]
    assert [(each.rule, each.line("de"), each.line("en")) for each in fresh] == [(wrong.rule, wrong.de, wrong.en)]
    assert not broken.is_publishable


# --- how it is explained, and who had to do with it


@pytest.mark.parametrize("language", ["de", "en"])
def test_explain_shows_a_new_kind(language: str, publication: Path) -> None:
    folder = add_kind(publication)

    answer = CliRunner().invoke(cli.program, ["explain", KIND, "-C", str(folder), "--lang", language])

    assert answer.exit_code == 0
    mapping, constraints, sql = answer.stdout.split("\n\n", 2)
    assert re.search(
        r"  mapping/funding-call\.yaml:\d+  <\S+/\$\(id\)> <http://schema\.org/funder> <\S+>  1\n", mapping
    )
    assert re.search(r"  shapes/funding-call\.ttl:\d+  FundingCall-closes \(Z3\)  minCount  violation  ", constraints)
    assert "\n-- mapping/funding-call.yaml:" in sql
    assert not re.search(r"(mapping|shapes)/(?!funding-call)", answer.stdout)


SPELLINGS: list[Callable[[str], str]] = [str, lambda kind: kind.replace("-", "_"), lambda kind: kind.replace("-", "")]


@pytest.mark.parametrize("spell", SPELLINGS, ids=["as it is", "underscore", "one word"])
def test_no_python_knows_the_new_kind(spell: Callable[[str], str]) -> None:
    sources = sorted((ROOT / "src").rglob("*.py"))

    knowing = [path.name for path in sources if spell(KIND) in path.read_text(encoding="utf-8").casefold()]

    assert sources
    assert knowing == []
