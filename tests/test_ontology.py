"""What has to hold for the vocabulary and the code lists of this publication."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, FOAF, OWL, RDF, RDFS, SKOS, VANN, BNode, Graph, Literal, Namespace, URIRef
from rdflib.paths import MulPath
from rdflib.term import Node

ONTOLOGY = Path(__file__).parent.parent / "ontology"
FILES = sorted(ONTOLOGY.rglob("*.ttl"))
OURS = "https://w3id.org/sccon-lod"
SCCON = Namespace(f"{OURS}/def#")
HEADER = URIRef(f"{OURS}/def")
TERMS = ("guidingQuestion", "inCapacity")
BOTH = ["de", "en"]

# The codes of VOCABULARY.md 2.6. A code is never changed and never taken away; labels may change.
CODES = {
    "audience": "municipalities non-funded-municipalities",
    "event-format": "on-site online hybrid",
    "event-type": ("convention stand-programme theme-islands presentation visit keynote workshop deep-dive panel"),
    "figure": "participants exhibitors speakers",
    "membership-role": (
        "head deputy unit-head managing-director chair overall-project-lead staff partner consortium-partner"
    ),
    "participation-role": ("organiser host keynote-speaker panellist presenter discussant exhibitor visitor"),
    "project-type": "programme model-project joint-project",
    "qualifier": "stated about more-than at-least at-most fewer-than",
    "topic": (
        "smart-city digital-administration digital-twins urban-data-platform open-source open-standards"
        " interfaces scalable-measures municipal-networking integrated-urban-development climate-resilience"
        " neighbourhood-development support-for-ukrainian-refugees experimentation-spaces knowledge-transfer"
    ),
    "organisation-type": "public-body organisation unit consortium",
    "place-type": "city area place",
    "work-type": "initiative device data-platform database guide",
}
FURTHER_TYPES = {"audience": "Audience", "figure": "StatisticalVariable", "qualifier": "Enumeration"}

SCHEMES = pytest.mark.parametrize("scheme", sorted(CODES))
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ONTOLOGY).as_posix())


def parsed(path: Path) -> Graph:
    return Graph(bind_namespaces="none").parse(path, format="turtle")


@cache
def code_list(scheme: str) -> Graph:
    return parsed(ONTOLOGY / "concepts" / f"{scheme}.ttl")


def scheme_iri(scheme: str) -> URIRef:
    return URIRef(f"{OURS}/concept/{scheme}")


def concepts(scheme: str) -> list[URIRef]:
    found = code_list(scheme).subjects(RDF.type, SKOS.Concept)
    return sorted(concept for concept in found if isinstance(concept, URIRef))


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    texts = graph.objects(subject, predicate)
    return sorted(text.language or "" for text in texts if isinstance(text, Literal))


# --- Files ---


@EVERY_FILE
def test_a_file_can_be_read_alone(path: Path) -> None:
    assert list(parsed(path).namespaces()) != []


@EVERY_FILE
def test_no_node_is_without_a_name(path: Path) -> None:
    nameless = [node for statement in parsed(path) for node in statement if isinstance(node, BNode)]

    assert nameless == []


@EVERY_FILE
def test_a_short_name_means_the_same_in_every_file(path: Path) -> None:
    agreed = dict(parsed(ONTOLOGY / "prefixes.ttl").namespaces())

    used = dict(parsed(path).namespaces())

    assert used == {name: agreed.get(name) for name in used}


@EVERY_FILE
def test_a_file_declares_no_short_name_that_it_does_not_need(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    text = re.sub(r'"[^"]*"', "", "\n".join(line for line in lines if not line.startswith("@prefix")))

    idle = [name for name, _ in parsed(path).namespaces() if not re.search(rf"(?<![\w-]){name}:\w", text)]

    assert idle == [] or path.name == "prefixes.ttl"


# --- Code lists ---


def test_every_code_list_has_a_file_of_its_name() -> None:
    assert {path.stem for path in (ONTOLOGY / "concepts").iterdir()} == set(CODES)


@SCHEMES
def test_a_file_speaks_only_of_its_code_list_and_the_concepts_in_it(scheme: str) -> None:
    graph = code_list(scheme)

    assert set(graph.subjects()) == {scheme_iri(scheme), *concepts(scheme)}
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme_iri(scheme)}


@SCHEMES
def test_a_code_list_is_complete(scheme: str) -> None:
    codes = [str(concept).removeprefix(f"{scheme_iri(scheme)}/") for concept in concepts(scheme)]

    assert codes == sorted(CODES[scheme].split())


@SCHEMES
def test_a_code_is_written_in_lower_case_with_hyphens(scheme: str) -> None:
    codes = [str(concept).removeprefix(f"{scheme_iri(scheme)}/") for concept in concepts(scheme)]

    assert [code for code in codes if not re.fullmatch(r"[a-z]+(-[a-z]+)*", code)] == []


@SCHEMES
def test_the_notation_of_a_concept_is_its_code(scheme: str) -> None:
    graph = code_list(scheme)

    notations = {concept: list(graph.objects(concept, SKOS.notation)) for concept in concepts(scheme)}

    assert notations == {concept: [Literal(str(concept).rpartition("/")[2])] for concept in notations}


@SCHEMES
@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition], ids=["label", "definition"])
def test_a_concept_has_one_text_in_german_and_one_in_english(scheme: str, predicate: URIRef) -> None:
    graph = code_list(scheme)

    found = {node: languages(graph, node, predicate) for node in [scheme_iri(scheme), *concepts(scheme)]}

    assert found == dict.fromkeys(found, BOTH)


@SCHEMES
def test_another_label_is_german_or_english(scheme: str) -> None:
    graph = code_list(scheme)
    others = [*graph.objects(None, SKOS.altLabel), *graph.objects(None, SKOS.hiddenLabel)]

    assert {label.language for label in others if isinstance(label, Literal)} <= set(BOTH)


@SCHEMES
def test_a_definition_is_one_sentence(scheme: str) -> None:
    definitions = [str(text) for text in code_list(scheme).objects(None, SKOS.definition)]

    assert [text for text in definitions if not re.fullmatch(r"[^.]+\.", text)] == []


@SCHEMES
def test_a_concept_belongs_to_the_code_list_of_its_file(scheme: str) -> None:
    graph = code_list(scheme)

    belonging = {concept: list(graph.objects(concept, SKOS.inScheme)) for concept in concepts(scheme)}

    assert belonging == {concept: [scheme_iri(scheme)] for concept in belonging}


@SCHEMES
def test_a_concept_has_the_types_of_its_code_list(scheme: str) -> None:
    graph = code_list(scheme)
    expected = {SKOS.Concept}
    if scheme in FURTHER_TYPES:
        expected.add(URIRef(f"http://schema.org/{FURTHER_TYPES[scheme]}"))

    types = {concept: set(graph.objects(concept, RDF.type)) for concept in concepts(scheme)}

    assert types == dict.fromkeys(types, expected)


@SCHEMES
def test_no_two_concepts_of_a_code_list_share_a_label(scheme: str) -> None:
    graph = code_list(scheme)
    labels = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation)
    # Labels are looked up without regard to case and language, so they are compared in this way.
    meant = {
        (str(text).casefold(), concept)
        for concept in concepts(scheme)
        for predicate in labels
        for text in graph.objects(concept, predicate)
    }

    assert [text for text, times in Counter(text for text, _ in meant).items() if times > 1] == []


@SCHEMES
def test_a_concept_says_no_label_twice(scheme: str) -> None:
    graph = code_list(scheme)
    said = Counter(
        (concept, label.casefold(), label.language)
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        for concept, label in graph.subject_objects(predicate)
        if isinstance(label, Literal)
    )

    assert [label for label, times in said.items() if times > 1] == []


def test_the_words_of_the_first_source_find_their_concepts() -> None:
    graph = code_list("event-format")

    assert list(graph.subjects(SKOS.altLabel, Literal("Online (virtuell)", "de"))) == [
        URIRef(f"{OURS}/concept/event-format/online")
    ]


@SCHEMES
def test_a_concept_is_either_below_another_or_at_the_top(scheme: str) -> None:
    graph = code_list(scheme)
    below = set(graph.subjects(SKOS.broader, None))
    top = set(graph.subjects(SKOS.topConceptOf, scheme_iri(scheme)))

    assert below ^ top == set(concepts(scheme))


@SCHEMES
def test_a_hierarchy_reads_the_same_in_both_directions(scheme: str) -> None:
    graph = code_list(scheme)
    narrower = {(below, above) for above, below in graph.subject_objects(SKOS.narrower)}
    tops = {(concept, top) for top, concept in graph.subject_objects(SKOS.hasTopConcept)}

    assert set(graph.subject_objects(SKOS.broader)) == narrower
    assert set(graph.subject_objects(SKOS.topConceptOf)) == tops


@SCHEMES
def test_a_hierarchy_stays_within_its_code_list(scheme: str) -> None:
    assert set(code_list(scheme).objects(None, SKOS.broader)) <= set(concepts(scheme))


@SCHEMES
def test_no_concept_is_above_itself(scheme: str) -> None:
    graph = code_list(scheme)
    up = MulPath(SKOS.broader, "+")

    circular = [concept for concept in concepts(scheme) if (concept, up, concept) in graph]

    assert circular == []


# --- The vocabulary ---


def ontology() -> Graph:
    return parsed(ONTOLOGY / "sccon.ttl")


def test_the_vocabulary_mints_two_properties_and_nothing_else() -> None:
    minted = {str(term) for term in ontology().subjects() if str(term).startswith(str(SCCON))}

    assert minted == {str(SCCON[term]) for term in TERMS}


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment, SKOS.example])
def test_a_term_is_explained_once_in_german_and_once_in_english(term: str, predicate: URIRef) -> None:
    assert languages(ontology(), SCCON[term], predicate) == BOTH


@pytest.mark.parametrize("term", TERMS)
def test_a_term_names_the_vocabulary_that_defines_it(term: str) -> None:
    assert list(ontology().objects(SCCON[term], RDFS.isDefinedBy)) == [HEADER]


@pytest.mark.parametrize("predicate", [DCTERMS.title, DCTERMS.description, DCTERMS.bibliographicCitation])
def test_the_header_has_one_text_in_german_and_one_in_english(predicate: URIRef) -> None:
    assert languages(ontology(), HEADER, predicate) == BOTH


@pytest.mark.parametrize(
    "predicate",
    [
        DCTERMS.creator,
        DCTERMS.publisher,
        DCTERMS.created,
        DCTERMS.issued,
        DCTERMS.modified,
        DCTERMS.license,
        OWL.versionIRI,
        OWL.versionInfo,
        VANN.preferredNamespacePrefix,
        VANN.preferredNamespaceUri,
    ],
)
def test_the_header_says_a_thing_once(predicate: URIRef) -> None:
    assert len(list(ontology().objects(HEADER, predicate))) == 1


def test_the_name_of_the_version_ends_with_its_number() -> None:
    number = ontology().value(HEADER, OWL.versionInfo)

    assert ontology().value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{number}")


def test_the_citation_names_the_version() -> None:
    version = str(ontology().value(HEADER, OWL.versionIRI))
    citations = [str(text) for text in ontology().objects(HEADER, DCTERMS.bibliographicCitation)]

    assert [text for text in citations if version not in text] == []


def test_only_the_first_version_has_no_version_before_it() -> None:
    first = ontology().value(HEADER, OWL.versionInfo) == Literal("1.0.0")

    assert first != ((HEADER, OWL.priorVersion, None) in ontology())


def test_the_dates_of_the_vocabulary_are_in_order() -> None:
    steps = (DCTERMS.created, DCTERMS.issued, DCTERMS.modified)
    dates = [str(ontology().value(HEADER, step)) for step in steps]

    assert dates == sorted(dates)


def test_the_vocabulary_names_no_person() -> None:
    creators = [
        *ontology().objects(HEADER, DCTERMS.creator),
        *ontology().objects(HEADER, DCTERMS.publisher),
    ]

    assert {str(kind) for maker in creators for kind in ontology().objects(maker, RDF.type)} == {str(FOAF.Agent)}


# --- The pitfalls of OOPS!, a web service that tests must not depend on ---

_BUILT_IN = "^http://www.w3.org/(1999/02/22-rdf-syntax-ns|2000/01/rdf-schema|2001/XMLSchema|2002/07/owl)#"
_TERM_KINDS = "owl:Class , owl:ObjectProperty , owl:DatatypeProperty"

# Each query finds what is wrong; on a sound vocabulary it finds nothing.
CHECKS = {
    "P04": f"""
        # A declared term that nothing is linked with.
        ?found a ?kind . FILTER (?kind IN ({_TERM_KINDS}))
        FILTER NOT EXISTS {{ ?found rdfs:domain|rdfs:range|rdfs:subClassOf|rdfs:subPropertyOf ?any }}
        FILTER NOT EXISTS {{ ?any a|rdfs:domain|rdfs:range|rdfs:subClassOf|rdfs:subPropertyOf ?found }}
    """,
    "P08": """
        # A term of ours without a label or comment in German or English.
        ?found a ?kind . FILTER (STRSTARTS(STR(?found), STR(sccon:)))
        VALUES ?predicate { rdfs:label rdfs:comment }
        VALUES ?language { "de" "en" }
        FILTER NOT EXISTS { ?found ?predicate ?text . FILTER (LANG(?text) = ?language) }
    """,
    "P11": """
        # A property of ours without domain or range, unless it is meant to have none.
        ?found a ?kind . FILTER (?kind IN (owl:ObjectProperty , owl:DatatypeProperty))
        FILTER (STRSTARTS(STR(?found), STR(sccon:)))
        VALUES ?side { rdfs:domain rdfs:range }
        FILTER NOT EXISTS { ?found ?side ?any }
        MINUS { VALUES (?found ?side) { (sccon:guidingQuestion rdfs:domain) } }
    """,
    "P19": """
        # A property with several domains or ranges, which would mean all of them at once.
        VALUES ?side { rdfs:domain rdfs:range }
        ?found ?side ?one , ?other . FILTER (?one != ?other)
    """,
    "P22": f"""
        # A class of ours not named LikeThis, or a property not named likeThis.
        ?found a ?kind . FILTER (?kind IN ({_TERM_KINDS}))
        FILTER (STRSTARTS(STR(?found), STR(sccon:)))
        BIND (IF(?kind = owl:Class, "^[A-Z][A-Za-z0-9]*$", "^[a-z][A-Za-z0-9]*$") AS ?form)
        FILTER (!REGEX(STRAFTER(STR(?found), STR(sccon:)), ?form))
    """,
    "P34": f"""
        # Something used as a class that is not declared as one.
        ?any a|rdfs:domain|rdfs:range|rdfs:subClassOf ?found . FILTER (!REGEX(STR(?found), "{_BUILT_IN}"))
        FILTER NOT EXISTS {{ ?found a ?kind . FILTER (?kind IN (owl:Class , rdfs:Datatype)) }}
    """,
    "P35": f"""
        # Something used or described as a property that is not declared as one.
        {{ ?any ?found ?thing }} UNION {{ ?found rdfs:domain|rdfs:range|rdfs:subPropertyOf ?any }}
        FILTER (!REGEX(STR(?found), "{_BUILT_IN}"))
        FILTER NOT EXISTS {{
            ?found a ?kind .
            FILTER (?kind IN (owl:ObjectProperty , owl:DatatypeProperty , owl:AnnotationProperty))
        }}
    """,
    "P36": f"""
        # A name of ours that holds a file extension.
        {{ ?found ?any ?thing }} UNION {{ ?any owl:versionIRI ?found }}
        FILTER (STRSTARTS(STR(?found), "{OURS}"))
        FILTER (REGEX(STR(?found), "[.](html?|json|jsonld|n3|nt|owl|rdf|ttl|xml)([/#?]|$)", "i"))
    """,
    "P38": """
        # No declaration of the ontology.
        BIND (owl:Ontology AS ?found)
        FILTER NOT EXISTS { ?any a owl:Ontology }
    """,
    "P39": """
        # A namespace that does not belong to the ontology, or a name that depends on where the file lies.
        { ?found a owl:Ontology
          FILTER NOT EXISTS { ?found vann:preferredNamespaceUri ?space
                              FILTER (STR(?space) = CONCAT(STR(?found), "#")) } }
        UNION { ?found rdfs:isDefinedBy ?home FILTER (!STRSTARTS(STR(?found), CONCAT(STR(?home), "#"))) }
        UNION { { ?found ?any ?thing } UNION { ?any ?thing ?found }
                FILTER (ISIRI(?found) && !REGEX(STR(?found), "^https?://")) }
    """,
    "P40": f"""
        # A statement about a term of others that does more than declare it.
        ?found ?predicate ?thing . FILTER (!REGEX(STR(?found), "^{OURS}[/#]"))
        FILTER (?predicate != rdf:type || ?thing NOT IN ({_TERM_KINDS} , owl:AnnotationProperty))
    """,
    "P41": """
        # An ontology without a licence, or with one that is only a text.
        ?found a owl:Ontology
        FILTER NOT EXISTS { ?found dct:license ?license FILTER (ISIRI(?license)) }
    """,
}

# What each check is for: a copy of the ontology that is broken in one way.
BREAKS = [
    ("P04", "an unused class", "INSERT DATA { sccon:Lonely a owl:Class }"),
    ("P04", "a property without ends", "DELETE WHERE { sccon:guidingQuestion rdfs:range ?any }"),
    ("P08", "no label", "DELETE WHERE { sccon:inCapacity rdfs:label ?any }"),
    (
        "P08",
        "no German comment",
        "DELETE { ?term rdfs:comment ?text } WHERE { ?term rdfs:comment ?text FILTER (LANG(?text) = 'de') }",
    ),
    ("P11", "no domain", "DELETE WHERE { sccon:inCapacity rdfs:domain ?any }"),
    ("P11", "no range", "DELETE WHERE { sccon:guidingQuestion rdfs:range ?any }"),
    ("P19", "two domains", "INSERT DATA { sccon:inCapacity rdfs:domain org:Membership }"),
    ("P19", "two ranges", "INSERT DATA { sccon:guidingQuestion rdfs:range xsd:string }"),
    ("P22", "a property in upper case", "INSERT DATA { sccon:InCapacity a owl:ObjectProperty }"),
    ("P22", "a property with an underscore", "INSERT DATA { sccon:in_capacity a owl:DatatypeProperty }"),
    ("P22", "a class in lower case", "INSERT DATA { sccon:capacity a owl:Class }"),
    ("P34", "an undeclared range", "DELETE DATA { org:Membership a owl:Class }"),
    ("P34", "an undeclared type", "INSERT DATA { <https://w3id.org/sccon-lod#project> a schema:Project }"),
    ("P35", "an undeclared annotation", "DELETE DATA { skos:example a owl:AnnotationProperty }"),
    ("P35", "a property without a type", "DELETE DATA { sccon:inCapacity a owl:ObjectProperty }"),
    (
        "P36",
        "a version named after a file",
        "INSERT DATA { <https://w3id.org/sccon-lod/def> owl:versionIRI <https://w3id.org/sccon-lod/1.ttl> }",
    ),
    ("P36", "a term in a file", "INSERT DATA { <https://w3id.org/sccon-lod/def.owl#x> a owl:Class }"),
    ("P38", "no header", "DELETE WHERE { ?any a owl:Ontology }"),
    ("P39", "no namespace", "DELETE WHERE { ?any vann:preferredNamespaceUri ?space }"),
    (
        "P39",
        "a term of another namespace",
        "INSERT DATA { schema:Event rdfs:isDefinedBy <https://w3id.org/sccon-lod/def> }",
    ),
    ("P39", "a name below a folder", "INSERT DATA { sccon:inCapacity rdfs:seeAlso <file:///def> }"),
    ("P40", "an axiom about a class", "INSERT DATA { cv:Participation rdfs:subClassOf schema:Role }"),
    ("P40", "a label for a class", "INSERT DATA { org:Membership rdfs:label 'Mitgliedschaft'@de }"),
    ("P41", "no licence", "DELETE WHERE { ?any dct:license ?license }"),
    (
        "P41",
        "a licence in words",
        "DELETE { ?x dct:license ?y } INSERT { ?x dct:license 'CC BY 4.0' } WHERE { ?x dct:license ?y }",
    ),
]


def short_names() -> dict[str, URIRef]:
    return dict(parsed(ONTOLOGY / "prefixes.ttl").namespaces())


def found(check: str, graph: Graph) -> list[str]:
    rows = graph.query(f"SELECT ?found {{ {CHECKS[check]} }}", initNs=short_names()).bindings
    return sorted({str(term) for row in rows for term in row.values()})


@pytest.mark.parametrize("check", CHECKS)
def test_the_vocabulary_has_no_pitfall(check: str) -> None:
    assert found(check, ontology()) == []


@pytest.mark.parametrize(("check", "update"), [(b[0], b[2]) for b in BREAKS], ids=[" ".join(b[:2]) for b in BREAKS])
def test_a_check_catches_a_broken_copy(check: str, update: str) -> None:
    broken = ontology()
    broken.update(update, initNs=short_names())

    assert found(check, broken) != []


def test_no_check_is_without_a_broken_copy() -> None:
    assert {check for check, _, _ in BREAKS} == set(CHECKS)
