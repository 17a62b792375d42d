"""Short names and code lists: read with their lines, or refused."""

from pathlib import Path

import pytest

from sccon_lod import vocabulary
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.language import Text
from sccon_lod.lexicon import Told, Vocabulary
from sccon_lod.terms import LANG_STRING, TYPE
from sccon_lod.values.value import STRING

BASE = "https://example.org/id"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEME = "https://example.org/concept/type"
PREFIX_FILE = "ontology/prefixes.ttl"
# The first subject stands on line 4, the concepts on lines 8 and 15.
LIST = f"""\
@prefix skos: <{SKOS}> .
@prefix type: <{SCHEME}/> .

<{SCHEME}> a skos:ConceptScheme ;
  skos:prefLabel "Arten"@de .

# A panel.
type:panel a skos:Concept ;
  skos:notation "panel" ;
  skos:prefLabel "Podiumsdiskussion"@de , "Panel discussion"@en ;
  skos:altLabel "Podium"@de ;
  skos:hiddenLabel "Diskussion" ;
  skos:inScheme <{SCHEME}> .

type:talk a skos:Concept ;
  skos:notation "talk" ;
  skos:prefLabel "Vortrag"@de ;
  skos:altLabel "Panel discussion"@en ;
  skos:inScheme <{SCHEME}> .
"""


def read(folder: Path, prefixes: str = "", **lists: str) -> Vocabulary:
    concepts = folder / "ontology" / "concepts"
    concepts.mkdir(parents=True, exist_ok=True)
    (folder / PREFIX_FILE).write_text(prefixes, encoding="utf-8")
    for stem, content in lists.items():
        (concepts / f"{stem}.ttl").write_text(content, encoding="utf-8")
    return vocabulary.read(folder, BASE)


def refusal(folder: Path, prefixes: str = "", **lists: str) -> tuple[str, Text]:
    with pytest.raises(ShapeError) as caught:
        read(folder, prefixes, **lists)
    return str(caught.value.origin), caught.value.text


# --- short names


def test_short_names_are_read_one_on_a_line(tmp_path: Path) -> None:
    words = read(tmp_path, "# Words\n\n@prefix a: <http://a.de/> .\n  @prefix b-c: <http://b.de#> .  \n\t# end\n")

    assert words.prefixes == {"a": "http://a.de/", "b-c": "http://b.de#", "id": f"{BASE}/"}


def test_the_base_has_a_short_name(tmp_path: Path) -> None:
    assert read(tmp_path).prefixes == {"id": f"{BASE}/"}


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert "a" in read(tmp_path, "\ufeff@prefix a: <http://a.de/> .\n").prefixes


@pytest.mark.parametrize(
    "line",
    [
        "PREFIX a: <http://a.de/>",
        "@prefix a: <http://a.de/>",
        "@prefix a: http://a.de/ .",
        "@prefix a <http://a.de/> .",
        "@prefix 1a: <http://a.de/> .",
        "@prefix a: <http://a.de/ b> .",
        "@prefix a: <http://a.de/> . @prefix b: <http://b.de/> .",
        "@base <http://a.de/> .",
        "a:b a:c a:d .",
    ],
)
def test_a_line_that_is_no_short_name_is_refused(tmp_path: Path, line: str) -> None:
    assert refusal(tmp_path, f"@prefix x: <http://x.de/> .\n\n{line}\n") == (
        f"{PREFIX_FILE}:3",
        Text(
            "Hier stehen nur Kurznamen, einer je Zeile: @prefix dct: <http://purl.org/dc/terms/> .",
            "Only short names stand here, one on a line: @prefix dct: <http://purl.org/dc/terms/> .",
        ),
    )


@pytest.mark.parametrize("name", ["a", "id"])
def test_a_short_name_that_is_taken_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, f"@prefix a: <http://a.de/> .\n@prefix {name}: <http://b.de/> .\n") == (
        f"{PREFIX_FILE}:2",
        Text(
            f"Der Kurzname {name}: ist schon vergeben; bitte einen anderen wählen.",
            f"The short name {name}: is taken already; please choose another.",
        ),
    )


def test_a_missing_file_of_short_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapeError) as caught:
        vocabulary.read(tmp_path, BASE)

    assert str(caught.value.origin) == PREFIX_FILE
    assert caught.value.text == Text("Die Datei fehlt; bitte anlegen.", "The file is missing; please make it.")


def test_a_file_that_is_not_in_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ontology").mkdir()
    (tmp_path / PREFIX_FILE).write_bytes(b"# \xfc")

    with pytest.raises(ShapeError) as caught:
        vocabulary.read(tmp_path, BASE)

    reason = "'utf-8' codec can't decode byte 0xfc in position 2: invalid start byte"
    assert caught.value.text == Text(
        f"Die Datei ist nicht lesbar ({reason}); sie muss in UTF-8 gespeichert sein.",
        f"The file cannot be read ({reason}); it must be saved in UTF-8.",
    )


def test_a_short_name_of_a_relative_iri_is_refused(tmp_path: Path) -> None:
    place, _ = refusal(tmp_path, "@prefix a: <words/> .\n")

    assert place == f"{PREFIX_FILE}:1"


# --- code lists


def test_a_publication_needs_no_code_list(tmp_path: Path) -> None:
    words = read(tmp_path)

    assert (words.told, words.concepts, words.lists, words.labels) == ((), frozenset(), frozenset(), {})


def test_a_code_list_is_known_by_its_namespace(tmp_path: Path) -> None:
    words = read(tmp_path, type=LIST)

    assert words.lists == {f"{SCHEME}/"}
    assert words.concepts == {f"{SCHEME}/panel", f"{SCHEME}/talk"}


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("podiumsdiskussion", "panel"),
        ("podium", "panel"),
        ("diskussion", "panel"),
        ("panel", "panel"),
        ("vortrag", "talk"),
        ("talk", "talk"),
    ],
)
def test_a_concept_is_found_by_its_labels_and_its_code(tmp_path: Path, label: str, concept: str) -> None:
    words = read(tmp_path, type=LIST)

    assert words.labels[f"{SCHEME}/"][label] == f"{SCHEME}/{concept}"


def test_a_preferred_label_wins_over_another_label(tmp_path: Path) -> None:
    words = read(tmp_path, type=LIST)

    assert words.labels[f"{SCHEME}/"]["panel discussion"] == f"{SCHEME}/panel"


def test_labels_are_in_lower_case_of_all_scripts(tmp_path: Path) -> None:
    words = read(tmp_path, type=LIST.replace("Podiumsdiskussion", "STRAßE"))

    assert "strasse" in words.labels[f"{SCHEME}/"]


def test_the_name_of_a_list_is_no_label_of_a_concept(tmp_path: Path) -> None:
    assert "arten" not in read(tmp_path, type=LIST).labels[f"{SCHEME}/"]


@pytest.mark.parametrize(
    "told",
    [
        Told(SCHEME, f"{SKOS}prefLabel", "Arten", LANG_STRING, "de", Origin("ontology/concepts/type.ttl", 4)),
        Told(f"{SCHEME}/panel", TYPE, f"{SKOS}Concept", "", "", Origin("ontology/concepts/type.ttl", 8)),
        Told(f"{SCHEME}/panel", f"{SKOS}notation", "panel", STRING, "", Origin("ontology/concepts/type.ttl", 8)),
        Told(
            f"{SCHEME}/talk", f"{SKOS}prefLabel", "Vortrag", LANG_STRING, "de", Origin("ontology/concepts/type.ttl", 15)
        ),
    ],
    ids=lambda told: told.object,
)
def test_what_a_code_list_says_is_told_with_its_line(tmp_path: Path, told: Told) -> None:
    assert told in read(tmp_path, type=LIST).told


def test_everything_a_code_list_says_is_told_in_a_stable_order(tmp_path: Path) -> None:
    told = read(tmp_path, type=LIST).told

    assert len(told) == 14
    assert list(told) == list(read(tmp_path, type=LIST).told)


def test_a_literal_is_told_as_it_was_written(tmp_path: Path) -> None:
    number = f'{LIST}type:talk skos:example "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'

    assert "01" in {each.object for each in read(tmp_path, type=number).told}


def test_several_code_lists_are_read(tmp_path: Path) -> None:
    words = read(tmp_path, type=LIST, topic=LIST.replace(SCHEME, "https://example.org/concept/topic"))

    assert words.lists == {f"{SCHEME}/", "https://example.org/concept/topic/"}


@pytest.mark.parametrize(
    ("addition", "place"),
    [
        ("type:talk skos:note [] .\n", "ontology/concepts/type.ttl:15"),
        ("[] skos:note 'x' .\n", "ontology/concepts/type.ttl"),
    ],
)
def test_a_node_without_a_name_is_refused(tmp_path: Path, addition: str, place: str) -> None:
    assert refusal(tmp_path, type=LIST + addition) == (
        place,
        Text(
            "Eine Codeliste darf keine namenlosen Knoten ([…]) enthalten; bitte eine IRI vergeben.",
            "A code list must not hold nodes without a name ([…]); please give an IRI.",
        ),
    )


def test_a_code_list_that_is_no_turtle_is_refused_at_its_line(tmp_path: Path) -> None:
    assert refusal(tmp_path, type=LIST.replace('"Arten"@de .', '"Arten"@de')) == (
        "ontology/concepts/type.ttl:8",
        Text(
            "Das ist kein gültiges Turtle: A dot is expected at the end of statements",
            "This is not valid Turtle: A dot is expected at the end of statements",
        ),
    )
