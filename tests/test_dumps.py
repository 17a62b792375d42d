"""The dumps: three formats of the same statements, read back by three independent libraries."""

import gzip
import json
import os
import re
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import IO, Any

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import RdfFormat

import small
from conftest import load
from sccon_lod.build import Publication
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE
from sccon_lod.kinds import Kind
from sccon_lod.publish import dumps
from test_engine import filled, iri_safe

# rdflib's own parser of JSON-LD makes a graph that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture(autouse=True)
def literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    # pySHACL turns this on again after each validation, for the whole process.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


Triple = tuple[str, str, str, str, str]

often = settings(deadline=None, max_examples=20)

XSD = small.XSD
STRING = f"{XSD}string"
LANG_STRING = f"{small.RDF}langString"


def written(folder: Path) -> tuple[str, str, str]:
    """Return N-Triples, Turtle and JSON-LD of the publication in a folder."""
    return written_of(load(folder))


def written_of(loaded: Publication) -> tuple[str, str, str]:
    made = small.written(loaded)
    return made[NTRIPLES], made[TURTLE], made[JSONLD]


def by_rdflib(text: str, form: str) -> set[Triple]:
    found: set[Triple] = set()
    for subject, predicate, value in rdflib.Graph().parse(data=text, format=form):
        assert not isinstance(value, rdflib.BNode), value
        kind: tuple[str, str] = ("", "")
        if isinstance(value, rdflib.Literal):
            kind = (LANG_STRING, value.language) if value.language else (str(value.datatype or STRING), "")
        found.add((str(subject), str(predicate), str(value), kind[0], kind[1].lower()))
    return found


def by_oxigraph(text: str, form: RdfFormat) -> set[Triple]:
    found: set[Triple] = set()
    for quad in pyoxigraph.parse(text.encode(), form):
        value = quad.object
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal)
        kind = (value.datatype.value, value.language or "") if isinstance(value, pyoxigraph.Literal) else ("", "")
        found.add((quad.subject.value, quad.predicate.value, value.value, kind[0], kind[1].lower()))
    return found


def by_pyld(text: str) -> list[str]:
    quads = str(jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"}))
    # PyLD leaves these as they are; RDF Dataset Canonicalization (section 5) escapes them.
    for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F):
        quads = quads.replace(chr(code), {8: "\\b", 12: "\\f"}.get(code, f"\\u{code:04X}"))
    return sorted(quads.split("\n")[:-1])


def readings(folder: Path) -> dict[str, set[Triple]]:
    return readings_of(*written(folder))


def readings_of(ntriples: str, turtle: str, linked: str) -> dict[str, set[Triple]]:
    return {
        "rdflib N-Triples": by_rdflib(ntriples, "nt"),
        "rdflib Turtle": by_rdflib(turtle, "turtle"),
        "rdflib JSON-LD": by_rdflib(linked, "json-ld"),
        "oxigraph N-Triples": by_oxigraph(ntriples, RdfFormat.N_TRIPLES),
        "oxigraph Turtle": by_oxigraph(turtle, RdfFormat.TURTLE),
        "oxigraph JSON-LD": by_oxigraph(linked, RdfFormat.JSON_LD),
        "PyLD": by_oxigraph("".join(f"{line}\n" for line in by_pyld(linked)), RdfFormat.N_QUADS),
    }


# One predicate with all kinds of values: what is unusual for it cannot follow the context. The datatypes are our
# own, because a text that is no integer is never published as one.
MIXED = (
    "[ex:note, $(name_de), ex:first]",
    "[ex:note, $(name_de)]",
    "[ex:note, $(name_de), de-at~lang]",
    "[ex:note, $(name_de), ex:second]",
    "[ex:note, topic:$(topics)~iri]",
    "[schema:name, $(name_de), de~lang]",
    "[schema:name, $(name_en), de~lang]",
    "[schema:name, $(name_de), en~lang]",
    "[ex:other, $(name_en)]",
    "[ex:other, $(name_de), ex:own]",
    "[ex:seats, $(name_en), ex:first]",
    "[schema:about, topic:$(topics)~iri]",
    "[schema:about, $(name_en), ex:first]",
)
Texts = tuple[str, str, str]


def mixed(folder: Path, texts: list[Texts]) -> Path:
    files = {"mapping/event.yaml": small.mapping(MIXED, split="{}"), "data/event.csv": texts_table(texts)}
    return small.publication(folder, files)


def texts_table(texts: list[Texts]) -> str:
    return small.table(
        {"id": str(number), "name_de": german, "name_en": english, "topics": code}
        for number, (german, english, code) in enumerate(texts)
    )


def expected(number: int, german: str, english: str, code: str) -> set[Triple]:
    subject, topic = f"{small.BASE}/event/{number}", small.TOPIC + iri_safe(code)
    note, other, name = f"{small.DEF}note", f"{small.DEF}other", f"{small.SCHEMA}name"
    about, seats = f"{small.SCHEMA}about", f"{small.DEF}seats"
    return {
        (subject, f"{small.RDF}type", f"{small.SCHEMA}Event", "", ""),
        (subject, note, german, f"{small.DEF}first", ""),
        (subject, note, german, STRING, ""),
        (subject, note, german, LANG_STRING, "de-at"),
        (subject, note, german, f"{small.DEF}second", ""),
        (subject, note, topic, "", ""),
        (subject, name, german, LANG_STRING, "de"),
        (subject, name, english, LANG_STRING, "de"),
        (subject, name, german, LANG_STRING, "en"),
        (subject, other, english, STRING, ""),
        (subject, other, german, f"{small.DEF}own", ""),
        (subject, seats, english, f"{small.DEF}first", ""),
        (subject, about, topic, "", ""),
        (subject, about, english, f"{small.DEF}first", ""),
    }


Dump = Callable[[list[Texts]], tuple[str, str, str]]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Dump:
    folder = mixed(tmp_path_factory.mktemp("mixed"), [])
    loaded = load(folder)

    def of_texts(texts: list[Texts]) -> tuple[str, str, str]:
        (folder / "data/event.csv").write_text(texts_table(texts), encoding="utf-8", newline="")
        return written_of(loaded)

    return of_texts


# rdflib reads no white space in the IRIs of N-Triples, not even that of other scripts, which RFC 3987 allows.
codes = filled.filter(lambda code: not re.search(r"\s", iri_safe(code)))
many = st.lists(st.tuples(filled, filled, codes), min_size=1, max_size=6)


@often
@given(many)
def test_every_reader_gets_back_what_stood_in_the_cells(dump: Dump, texts: list[Texts]) -> None:
    wanted = {triple for number, each in enumerate(texts) for triple in expected(number, *each)}

    for reader, found in readings_of(*dump(texts)).items():
        assert {triple for triple in found if triple[0].startswith(small.BASE)} == wanted, reader


@often
@given(many)
def test_ntriples_are_the_canonical_quads_of_the_json(dump: Dump, texts: list[Texts]) -> None:
    ntriples, _, linked = dump(texts)

    assert ntriples.split("\n")[:-1] == by_pyld(linked)


CONTROLS = "".join(map(chr, [*range(1, 0x20), 0x7F, 0x80, 0x85, 0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF]))


@pytest.mark.parametrize("letter", CONTROLS, ids=lambda letter: f"U+{ord(letter):04X}")
def test_a_control_character_comes_back(letter: str, dump: Dump) -> None:
    texts = (f"a{letter}b", letter, "x")
    ntriples, turtle, linked = dump([texts])

    for reader, found in readings_of(ntriples, turtle, linked).items():
        assert {triple for triple in found if triple[0].startswith(small.BASE)} == expected(0, *texts), reader
    assert ntriples.split("\n")[:-1] == by_pyld(linked)


@pytest.mark.parametrize("tag", ["de", "de-AT", "zh-Hant", "de-CH-1996", "sl-rozaj-biske", "gsw"])
def test_a_language_tag_comes_back(tag: str, tmp_path: Path) -> None:
    mapping = small.mapping([f"[schema:name, $(name_de), {tag}~lang]", f"[ex:note, $(name_de), {tag}~lang]"])
    small.publication(tmp_path, {"mapping/event.yaml": mapping})

    for reader, found in readings(tmp_path).items():
        tags = {language for subject, *_, language in found if subject.startswith(small.BASE) and language}
        assert tags == {tag.lower()}, reader


@pytest.mark.parametrize(
    ("name", "lexical"),
    [
        *(("integer", lexical) for lexical in ("1", "-1", "+1", "01", "0", "-0", "00")),
        *(("decimal", lexical) for lexical in ("1", "1.0", "-0.50", ".5", "5.", "+1.5", "0.0000001", "01.5")),
        *(("boolean", lexical) for lexical in ("true", "false", "1", "0")),
        *(("date", lexical) for lexical in ("2022-10-18", "2022-10-18Z", "2022-10-18+02:00")),
        *(("dateTime", lexical) for lexical in ("2022-10-18T24:00:00", "2022-10-18T10:00:00.50+02:00")),
        *(("anyURI", lexical) for lexical in ("x", "https://example.net/ä")),
        *(("string", lexical) for lexical in (" 1 ", "true")),
    ],
)
def test_a_typed_value_keeps_the_form_it_was_written_in(name: str, lexical: str, tmp_path: Path) -> None:
    mapping = small.mapping([f"[ex:note, $(seats), xsd:{name}]"])
    table = small.table([{"id": "a", "seats": lexical}])
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    for reader, found in readings(tmp_path).items():
        values = {triple[2:4] for triple in found if triple[1] == f"{small.DEF}note"}
        assert values == {(lexical, f"{XSD}{name}")}, reader


@pytest.fixture
def dumped(tmp_path: Path) -> tuple[str, str, str]:
    return written(small.publication(tmp_path))


# --- N-Triples


def test_ntriples_are_sorted_and_said_once(dumped: tuple[str, str, str]) -> None:
    lines = dumped[0].splitlines()

    assert lines == sorted(set(lines))


def test_ntriples_end_in_a_line_feed(dumped: tuple[str, str, str]) -> None:
    assert dumped[0].endswith(" .\n")


# --- Turtle


def test_turtle_begins_with_the_prefixes_in_use(dumped: tuple[str, str, str]) -> None:
    head, _, body = dumped[1].partition("\n\n")

    names = re.findall(r"^@prefix ([\w-]+): <[^>]+> \.$", head, re.MULTILINE)

    assert len(names) == len(head.splitlines())
    assert names == ["dct", "ex", "foaf", "rdf", "schema", "skos", "topic", "xsd"]
    assert "@prefix" not in body


def test_turtle_says_the_types_of_a_subject_first(dumped: tuple[str, str, str]) -> None:
    blocks = dumped[1].split("\n\n")[1:]

    assert all(block.splitlines()[1].startswith("    a ") for block in blocks)


def test_turtle_says_all_of_a_subject_in_one_block(dumped: tuple[str, str, str]) -> None:
    subjects = [block.splitlines()[0] for block in dumped[1].split("\n\n")[1:]]

    assert subjects == [
        f"<{small.BASE}/event/a>",
        f"<{small.BASE}/event/b>",
        "topic:traffic",
        "topic:water",
        "<https://example.net/topic>",
    ]


def test_turtle_keeps_the_order_of_the_mapping(dumped: tuple[str, str, str]) -> None:
    block = next(block for block in dumped[1].split("\n\n") if block.startswith(f"<{small.BASE}/event/a>"))

    assert block.splitlines()[1:] == [
        "    a schema:Event ;",
        '    dct:identifier "a" ;',
        '    schema:name "Fest"@de ,',
        '        "Party"@en ;',
        '    schema:startDate "2022-10-18"^^xsd:date ;',
        '    schema:endDate "2022-10-20"^^xsd:date ;',
        "    schema:about topic:traffic ,",
        "        topic:water ;",
        "    foaf:homepage <https://example.net/a> ;",
        "    ex:seats 20 .",
    ]


@pytest.mark.parametrize(
    ("name", "lexical", "expected"),
    [
        ("integer", "-7", "-7"),
        ("integer", "007", '"007"^^xsd:integer'),
        ("integer", "+7", '"+7"^^xsd:integer'),
        ("decimal", "7.50", "7.50"),
        ("decimal", "7", '"7"^^xsd:decimal'),
        ("boolean", "true", "true"),
        ("boolean", "1", '"1"^^xsd:boolean'),
        ("double", "1e3", '"1e3"^^xsd:double'),
    ],
)
def test_turtle_writes_numbers_bare_where_they_read_the_same(
    name: str, lexical: str, expected: str, tmp_path: Path
) -> None:
    mapping = small.mapping([f"[ex:note, $(seats), xsd:{name}]"])
    table = small.table([{"id": "a", "seats": lexical}])
    turtle = written(small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table}))[1]

    assert f"    ex:note {expected} .\n" in turtle


@pytest.mark.parametrize("topic", ["a", "a.b", "a-", "-a", ".a", "a.", "1", "ü", "a b", "a/b", "a%b", "a'b", "a(b"])
def test_an_odd_code_does_not_break_a_short_name(topic: str, tmp_path: Path) -> None:
    small.publication(tmp_path, {"data/event.csv": small.table([{"id": "a", "topics": topic}])})

    for reader, found in readings(tmp_path).items():
        about = {triple[2] for triple in found if triple[1] == f"{small.SCHEMA}about"}
        assert about == {small.TOPIC + iri_safe(topic)}, reader


# --- JSON-LD


def nodes(linked: str) -> dict[str, dict[str, object]]:
    return {node["id"]: node for node in json.loads(linked)["@graph"]}


def test_json_needs_no_other_document(dumped: tuple[str, str, str]) -> None:
    document = json.loads(dumped[2])

    assert list(document) == ["@context", "@graph"]
    assert isinstance(document["@context"], dict)


def test_json_names_nodes_and_types_in_plain_words(dumped: tuple[str, str, str]) -> None:
    for node in json.loads(dumped[2])["@graph"]:
        assert list(node)[:2] == ["id", "type"]
        assert isinstance(node["type"], list)


def test_json_has_no_blank_nodes(dumped: tuple[str, str, str]) -> None:
    assert not any("_:" in line for line in by_pyld(dumped[2]))


def test_json_says_texts_by_language(dumped: tuple[str, str, str]) -> None:
    assert nodes(dumped[2])[f"{small.BASE}/event/a"]["name"] == {"de": "Fest", "en": "Party"}


def test_json_lists_what_may_be_many(dumped: tuple[str, str, str]) -> None:
    found = nodes(dumped[2])

    assert found[f"{small.BASE}/event/a"]["about"] == ["topic:traffic", "topic:water"]
    assert found[f"{small.BASE}/event/b"]["identifier"] == ["b"]


def test_json_says_alone_what_is_one_at_most(tmp_path: Path) -> None:
    linked = written(small.publication(tmp_path, {"shapes/event.ttl": small.shapes(start="sh:maxCount 1")}))[2]

    assert nodes(linked)[f"{small.BASE}/event/a"]["start"] == "2022-10-18"


def test_json_lists_two_values_even_where_one_is_allowed(tmp_path: Path) -> None:
    files = {
        "shapes/event.ttl": small.shapes(note="sh:maxCount 1"),
        "mapping/event.yaml": small.mapping(["[ex:note, $(name_de)]", "[ex:note, $(name_en)]"]),
    }
    linked = written(small.publication(tmp_path, files))[2]

    assert nodes(linked)[f"{small.BASE}/event/a"]["note"] == ["Fest", "Party"]


def test_json_says_several_texts_of_one_language_as_a_list(tmp_path: Path) -> None:
    rules = ["[schema:name, $(name_de), de~lang]", "[schema:name, $(name_en), de~lang]"]
    linked = written(small.publication(tmp_path, {"mapping/event.yaml": small.mapping(rules)}))[2]

    assert nodes(linked)[f"{small.BASE}/event/a"]["name"] == {"de": ["Fest", "Party"]}


def test_json_says_in_full_what_does_not_follow_the_context(tmp_path: Path) -> None:
    linked = written(mixed(tmp_path, [("x", "y", "z")]))[2]

    assert nodes(linked)[f"{small.BASE}/event/0"]["note"] == [
        "x",
        {"@language": "de-at", "@value": "x"},
        {"@type": "ex:second", "@value": "x"},
        {"@value": "x"},
        {"id": "topic:z"},
    ]


def test_dumps_without_records_hold_the_code_lists(tmp_path: Path) -> None:
    for reader, found in readings(small.publication(tmp_path, {"data/event.csv": small.table([])})).items():
        assert {subject for subject, *_ in found} == {
            "https://example.net/topic",
            f"{small.TOPIC}water",
            f"{small.TOPIC}traffic",
        }, reader


# --- gzip


def packed(folder: Path, name: str, text: str) -> bytes:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    dumps.pack(folder / name)
    return (folder / f"{name}.gz").read_bytes()


@pytest.mark.parametrize("text", ["", "x", "äöü\n" * 500_000])
def test_a_packed_file_unpacks_to_the_same(text: str, tmp_path: Path) -> None:
    assert gzip.decompress(packed(tmp_path, "dump.nt", text)).decode() == text


def test_packed_bytes_repeat(tmp_path: Path) -> None:
    first = packed(tmp_path / "one", "dump.nt", "text\n" * 1000)
    os.utime(tmp_path / "one", (0, 0))

    assert packed(tmp_path / "two", "other.nt", "text\n" * 1000) == first


def test_the_head_of_a_packed_file_names_neither_file_nor_time(tmp_path: Path) -> None:
    head = packed(tmp_path, "dump.nt", "text")[:10]

    flags, time = head[3], head[4:8]
    assert head[:2] == b"\x1f\x8b"
    assert flags == 0
    assert time == b"\0\0\0\0"


class _Reluctant(FileIO):
    def write(self, block: Any, /) -> int:
        return super().write(memoryview(block)[:7])


def test_what_the_system_does_not_take_at_once_is_written_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [{"id": "a", "name_de": "Müller"}, {"id": "b", "name_de": "Maier"}]
    folder = small.publication(tmp_path, {"data/event.csv": small.table(rows)})
    whole = written(folder)
    plain = Path.open

    def reluctant(path: Path, mode: str = "r", buffering: int = -1, **options: Any) -> IO[Any]:
        return _Reluctant(path, mode) if buffering == 0 and "w" in mode else plain(path, mode, buffering, **options)

    monkeypatch.setattr(Path, "open", reluctant)

    assert written(folder) == whole


# --- kinds


PARTS = """  record:
    sources: event
    s: id:record/event/$(id)
    po:
      - [dct:identifier, $(id)]
  part:
    sources: event
    s: id:part/$(part_of)
    po:
      - [schema:name, $(name_de), de~lang]
"""
KINDS = (
    Kind("event", (f"{small.BASE}/event/", f"{small.BASE}/record/event/")),
    Kind("part", (f"{small.BASE}/part/",)),
)


def parted(folder: Path, rows: int, prefixes: str = small.PREFIXES) -> dict[str, dict[str, set[Triple]]]:
    """Return what stands in the dumps of each kind, and in the whole, by format."""
    records = [{"id": f"e{number}", "name_de": "ä", "part_of": f"p{number % 50}"} for number in range(rows)]
    files = {"mapping/event.yaml": small.mapping() + PARTS, "data/event.csv": small.table(records)}
    loaded = load(small.publication(folder, {**files, "ontology/prefixes.ttl": prefixes}))
    paths = {form: folder / f"x{form.suffix}" for form in (NTRIPLES, TURTLE, JSONLD)}
    with small.settled(loaded, few=0) as (engine, assembled):
        written = dumps.write_all(engine, assembled, paths, {TURTLE}, KINDS)
    assert all(path.is_file() for path in written)
    forms = {NTRIPLES: RdfFormat.N_TRIPLES, TURTLE: RdfFormat.TURTLE, JSONLD: RdfFormat.JSON_LD}
    return {
        kind: {
            form.name: by_oxigraph((folder / f"x{kind}{form.suffix}").read_text(encoding="utf-8"), forms[form])
            for form in paths
        }
        for kind in ("", "-event", "-part")
    }


@pytest.mark.parametrize("rows", [1, 3, 700])
def test_the_dump_of_a_kind_holds_what_is_said_of_its_subjects(rows: int, tmp_path: Path) -> None:
    found = parted(tmp_path, rows)

    for form, whole in found[""].items():
        for kind in KINDS:
            wanted = {triple for triple in whole if triple[0].startswith(kind.spaces)}
            assert wanted
            assert found[f"-{kind.name}"][form] == wanted


def test_the_subjects_of_a_kind_may_have_short_names(tmp_path: Path) -> None:
    prefixes = f"{small.PREFIXES}@prefix ev: <{small.BASE}/event/> .\n@prefix pa: <{small.BASE}/part/> .\n"

    found = parted(tmp_path, 300, prefixes)

    assert "\nev:e0\n" in (tmp_path / "x-event.ttl").read_text(encoding="utf-8")
    assert found["-event"]["Turtle"] == found["-event"]["N-Triples"] == found["-event"]["JSON-LD"]
    assert found["-part"]["Turtle"] == found["-part"]["N-Triples"] == found["-part"]["JSON-LD"]


def test_the_dumps_of_kinds_are_packed_like_the_whole(tmp_path: Path) -> None:
    parted(tmp_path, 3)

    assert gzip.decompress((tmp_path / "x-event.ttl.gz").read_bytes()) == (tmp_path / "x-event.ttl").read_bytes()
    assert not (tmp_path / "x-event.nt.gz").exists()


def test_rows_that_say_the_same_without_any_cell_are_one(tmp_path: Path) -> None:
    same = small.mapping(["[schema:name, Fest, de~lang]"], subject="id:event/fest", split="{}")

    made = small.written(load(small.publication(tmp_path, {"mapping/event.yaml": same})))

    assert f'<{small.BASE}/event/fest> <{small.SCHEMA}name> "Fest"@de .' in made[NTRIPLES].splitlines()
