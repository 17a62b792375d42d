"""From cells to statements: what the engine says of rows, against the same rules in plain Python."""

import re
from collections.abc import Callable
from pathlib import Path
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from conftest import load
from sccon_lod.build import Publication
from sccon_lod.engine import Engine
from sccon_lod.errors import MappingError
from sccon_lod.records import Row

Fact = tuple[str, str, str, str, str]
FACTS = "SELECT subject, predicate, object, datatype, language FROM fact ORDER BY ALL"
FILE = "data/event.csv"

often = settings(deadline=None, max_examples=50)

# What a file can hold: no lone surrogates, and no NUL, which is refused when the file is read.
anything = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
odd = st.sampled_from(
    [*"'\"\\\n\t\r,;|#%/ .<>{}^`äÄß", "e\u0301", "\u0301", "\u202e", "😀", "👩\u200d💻", "$(", "..", "\r\n"]
)
cells = st.lists(st.one_of(odd, anything), max_size=12).map("".join)
filled = cells.filter(bool)


def said(folder: Path) -> set[Fact]:
    return said_in(load(folder))


def said_in(loaded: Publication) -> set[Fact]:
    with small.mapped(loaded) as engine:
        return {
            (str(subject), str(predicate), str(value), str(datatype), str(language))
            for subject, predicate, value, datatype, language in engine.ask(FACTS)
            if str(subject).startswith(f"{small.BASE}/")
        }


def objects(folder: Path, predicate: str) -> set[str]:
    return {value for _, said_of, value, _, _ in said(folder) if said_of == predicate}


# --- RML: IRI-safe percent-encoding

# `ucschar`, copied from the specification.
RANGES = """%xA0-D7FF / %xF900-FDCF / %xFDF0-FFEF
/ %x10000-1FFFD / %x20000-2FFFD / %x30000-3FFFD
/ %x40000-4FFFD / %x50000-5FFFD / %x60000-6FFFD
/ %x70000-7FFFD / %x80000-8FFFD / %x90000-9FFFD
/ %xA0000-AFFFD / %xB0000-BFFFD / %xC0000-CFFFD
/ %xD0000-DFFFD / %xE1000-EFFFD
"""
UCSCHAR = re.sub(r"%x(\w+)-(\w+)[\s/]*", lambda found: f"{chr(int(found[1], 16))}-{chr(int(found[2], 16))}", RANGES)
UNRESERVED = re.compile(f"[{UCSCHAR}A-Za-z0-9._~-]")


def iri_safe(text: str) -> str:
    """Encode what is not `iunreserved` in RFC 3987 section 2.2, and white space, which parsers of RDF trip over."""
    return "".join(
        letter
        if UNRESERVED.fullmatch(letter) and not letter.isspace()
        else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in text
    )


def encoded(texts: list[str]) -> list[str]:
    with Engine() as engine:
        engine.load(FILE, ["cell"], (Row(number, number, (text,)) for number, text in enumerate(texts)))
        answers = engine.ask('SELECT iri_safe(cell) FROM source."data/event.csv" ORDER BY "#record"')
        return [str(answer) for (answer,) in answers]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("sccon-2022", "sccon-2022"),
        ("A.b_c~d", "A.b_c~d"),
        ("Jüterbog", "Jüterbog"),
        ("日本", "日本"),
        ("𠀀", "𠀀"),
        ("a b", "a%20b"),
        ("../x", "..%2Fx"),
        ("a#b?c", "a%23b%3Fc"),
        ("100%", "100%25"),
        ("%20", "%2520"),
        ("a\u0301 \u0301", "a\u0301%20\u0301"),
        ("\r\n", "%0D%0A"),
        ("<x>", "%3Cx%3E"),
        ("'", "%27"),
        ("\u007f\u0080\u009f\u00a0", "%7F%C2%80%C2%9F%C2%A0"),
        ("\ue000\ufdd0\uffff", "%EE%80%80%EF%B7%90%EF%BF%BF"),
    ],
)
def test_a_cell_in_an_iri_is_encoded_as_rml_says(cell: str, expected: str) -> None:
    assert encoded([cell]) == [expected]


@often
@given(st.lists(filled, min_size=1, max_size=20))
def test_percent_encoding_agrees_with_rfc_3987(texts: list[str]) -> None:
    assert encoded(texts) == [iri_safe(text) for text in texts]


def test_every_letter_is_encoded_or_kept_as_rfc_3987_says() -> None:
    # The ends of all ranges, and letters between them.
    ends = {int(code, 16) for code in re.findall(r"[0-9A-F]{4,6}", RANGES)}
    near = (
        {code + step for code in ends for step in (-1, 0, 1)} | set(range(1, 0x300)) | set(range(0x300, 0x110000, 997))
    )
    letters = [chr(code) for code in sorted(near) if code < 0x110000 and not 0xD800 <= code <= 0xDFFF]

    made = encoded(letters)

    wrong = [f"U+{ord(letter):04X}" for letter, got in zip(letters, made, strict=True) if got != iri_safe(letter)]
    assert not wrong, wrong[:10]


@often
@given(st.lists(filled, min_size=2, max_size=20, unique=True))
def test_different_identifiers_get_different_iris(texts: list[str]) -> None:
    assert len(set(encoded(texts))) == len(texts)


# --- one rule at a time


def publication(folder: Path, rule: str, *rows: dict[str, str]) -> Path:
    return small.publication(folder, {"mapping/event.yaml": small.mapping([rule]), "data/event.csv": small.table(rows)})


def test_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(name_de)]", {"id": "a", "name_de": ""})

    assert not objects(tmp_path, f"{small.DEF}note")


def test_a_template_with_an_empty_cell_says_nothing(tmp_path: Path) -> None:
    publication(tmp_path, '[ex:note, "$(name_de) and $(name_en)"]', {"id": "a", "name_de": "this"})

    assert not objects(tmp_path, f"{small.DEF}note")


def test_a_record_without_identifier_says_nothing(tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(name_de)]", {"id": "", "name_de": "this"})

    assert not said(tmp_path)


def test_a_blank_cell_is_a_text_like_any_other(tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(name_de)]", {"id": "a", "name_de": " "})

    assert objects(tmp_path, f"{small.DEF}note") == {" "}


def test_composed_and_decomposed_letters_stay_two_texts(tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(name_de)]", {"id": "a", "name_de": "é"}, {"id": "b", "name_de": "e\u0301"})

    assert objects(tmp_path, f"{small.DEF}note") == {"é", "e\u0301"}


def test_the_same_statement_of_two_rows_is_one_fact(tmp_path: Path) -> None:
    row = {"id": "a", "name_de": "this"}
    publication(tmp_path, "[ex:note, $(name_de)]", row, row)

    with small.stated(tmp_path) as (_, engine):
        facts = list(engine.ask("SELECT * FROM fact WHERE predicate = $predicate", predicate=f"{small.DEF}note"))

    assert len(facts) == 1


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("water", {"water"}),
        ("water|traffic", {"water", "traffic"}),
        (" water | traffic ", {"water", "traffic"}),
        ("water||traffic|", {"water", "traffic"}),
        (" | ", set()),
        ("", set()),
    ],
)
def test_a_list_column_says_one_thing_per_item(cell: str, expected: set[str], tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(topics)]", {"id": "a", "topics": cell})

    assert objects(tmp_path, f"{small.DEF}note") == expected


def test_a_list_as_subject_makes_one_subject_per_item(tmp_path: Path) -> None:
    table = small.table([{"id": "a", "topics": "x | y", "name_de": "this"}])
    mapping = small.mapping(["[ex:note, $(name_de)]"], subject="id:part/$(topics)")
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    assert {subject for subject, *_ in said(tmp_path)} == {f"{small.BASE}/part/x", f"{small.BASE}/part/y"}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("idlab-fn:equal, parameters: [[grel:valueParameter, $(seats)], [grel:valueParameter2, few]]", {"few"}),
        (
            "idlab-fn:notEqual, parameters: [[grel:valueParameter, $(seats)], [grel:valueParameter2, few]]",
            {"many", "none"},
        ),
        ("fn:one_of, parameters: [[fn:text, $(seats)], [fn:among, few many]]", {"few", "many"}),
        ("fn:given, parameters: [[fn:text, $(seats)]]", {"few", "many"}),
    ],
)
def test_a_condition_lets_rows_pass(test: str, expected: set[str], tmp_path: Path) -> None:
    rows = [{"id": "1", "name_de": "few", "seats": "few"}, {"id": "2", "name_de": "many", "seats": "many"}]
    publication(
        tmp_path,
        f"{{p: ex:note, o: $(name_de), condition: {{function: {test}}}}}",
        *rows,
        {"id": "3", "name_de": "none"},
    )

    assert objects(tmp_path, f"{small.DEF}note") == expected


def test_a_condition_on_a_list_column_tests_the_item(tmp_path: Path) -> None:
    test = "{function: idlab-fn:equal, parameters: [[grel:valueParameter, $(topics)], [grel:valueParameter2, b]]}"
    publication(tmp_path, f"{{p: ex:note, o: $(topics), condition: {test}}}", {"id": "a", "topics": "a | b"})

    assert objects(tmp_path, f"{small.DEF}note") == {"b"}


def test_a_bare_iri_is_not_encoded(tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(url)~iri]", {"id": "a", "url": "https://example.net/ü?q=%20#x"})

    assert objects(tmp_path, f"{small.DEF}note") == {"https://example.net/ü?q=%20#x"}


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "data:text/html,x", "//example.net/", "/a", "a b", "https://a.de/ b"),
        *("https://a.de/%zz", "https://a.de/<b>", "https://a.de/\nb", "HTTP", "https://"),
    ],
)
def test_what_is_no_iri_is_not_stated(url: str, tmp_path: Path) -> None:
    publication(tmp_path, "[ex:note, $(url)~iri]", {"id": "a", "url": url})

    assert not objects(tmp_path, f"{small.DEF}note")


def test_a_value_that_does_not_convert_is_not_stated(tmp_path: Path) -> None:
    rule = "{p: schema:startDate, o: {function: fn:start, parameters: [[fn:text, $(starts)]]}}"
    publication(tmp_path, rule, {"id": "a", "starts": "soon"}, {"id": "b", "starts": "18.10.2022"})

    assert objects(tmp_path, f"{small.SCHEMA}startDate") == {"2022-10-18"}


def test_rules_count_what_they_say(tmp_path: Path) -> None:
    small.publication(tmp_path)

    with small.stated(tmp_path) as (loaded, engine):
        counts = engine.counts(loaded.plan)
        of_rule = {loaded.plan.statements[index].rule.predicate: made for index, made in counts.items()}

    assert of_rule[f"{small.RDF}type"] == 2
    assert of_rule[f"{small.SCHEMA}about"] == 2
    assert of_rule[f"{small.SCHEMA}superEvent"] == 1


def test_a_batch_may_be_full(tmp_path: Path) -> None:
    rows = [{"id": str(number), "name_de": f"name {number}"} for number in range(20_001)]
    publication(tmp_path, "[ex:note, $(name_de)]", *rows)

    assert len(objects(tmp_path, f"{small.DEF}note")) == 20_001


def test_the_engine_reaches_no_file(tmp_path: Path) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("a\nb\n", encoding="utf-8")

    with Engine() as engine, pytest.raises(Exception, match="disabled by configuration"):
        list(engine.ask("SELECT * FROM read_csv($path)", path=str(path)))


# --- all rules together, against a reference that goes row by row

LONG = small.mapping(
    [
        "[dct:identifier, $(id)]",
        "[schema:name, $(name_de), de~lang]",
        '[ex:note, "$(name_de) / $(name_en)", xsd:token]',
        "[schema:about, topic:$(topics)~iri]",
        "{p: ex:other, o: $(seats), condition: {function: idlab-fn:equal, "
        "parameters: [[grel:valueParameter, $(part_of)], [grel:valueParameter2, x]]}}",
        "{p: schema:superEvent, o: id:event/$(part_of)~iri, condition: {function: fn:given, "
        "parameters: [[fn:text, $(seats)]]}}",
        "{p: foaf:homepage, o: id:home~iri, condition: {function: idlab-fn:notEqual, "
        "parameters: [[grel:valueParameter, $(seats)], [grel:valueParameter2, $(part_of)]]}}",
    ]
)


def reference(row: dict[str, str]) -> set[Fact]:
    """Say what the mapping LONG says of one row."""
    if not row["id"]:
        return set()
    subject = f"{small.BASE}/event/{iri_safe(row['id'])}"
    text = f"{small.XSD}string"
    facts = {
        (subject, f"{small.RDF}type", f"{small.SCHEMA}Event", "", ""),
        (subject, f"{small.DCT}identifier", row["id"], text, ""),
    }
    if row["name_de"]:
        facts.add((subject, f"{small.SCHEMA}name", row["name_de"], f"{small.RDF}langString", "de"))
    if row["name_de"] and row["name_en"]:
        note = f"{row['name_de']} / {row['name_en']}"
        facts.add((subject, f"{small.DEF}note", note, f"{small.XSD}token", ""))
    for part in row["topics"].split("|"):
        if part.strip(" "):
            facts.add((subject, f"{small.SCHEMA}about", small.TOPIC + iri_safe(part.strip(" ")), "", ""))
    if row["part_of"] == "x" and row["seats"]:
        facts.add((subject, f"{small.DEF}other", row["seats"], text, ""))
    if row["seats"] and row["part_of"]:
        facts.add((subject, f"{small.SCHEMA}superEvent", f"{small.BASE}/event/{iri_safe(row['part_of'])}", "", ""))
    if row["seats"] != row["part_of"]:
        facts.add((subject, f"{small.FOAF}homepage", f"{small.BASE}/home", "", ""))
    return facts


codes = st.one_of(st.just("x"), st.just(""), st.text(ascii_lowercase, max_size=2), cells)
# A first cell that begins with # may be a hint for the person who fills the table.
rows = st.fixed_dictionaries(
    {
        "id": codes.filter(lambda text: not text.startswith("#")),
        "name_de": cells,
        "name_en": cells,
        "topics": st.lists(codes, max_size=4).map("|".join),
        "seats": codes,
        "part_of": codes,
    }
)


Said = Callable[[list[dict[str, str]]], set[Fact]]


@pytest.fixture(scope="module")
def said_of(tmp_path_factory: pytest.TempPathFactory) -> Said:
    folder = small.publication(tmp_path_factory.mktemp("long"), {"mapping/event.yaml": LONG})
    loaded = load(folder)

    def of_records(records: list[dict[str, str]]) -> set[Fact]:
        (folder / FILE).write_text(small.table(records), encoding="utf-8", newline="")
        return said_in(loaded)

    return of_records


@often
@given(st.lists(rows, max_size=8))
def test_random_records_say_what_a_reading_row_by_row_says(said_of: Said, records: list[dict[str, str]]) -> None:
    assert said_of(records) == {fact for record in records for fact in reference(record)}


def test_a_list_column_in_two_rules_with_another_list_is_refused(tmp_path: Path) -> None:
    mapping = small.mapping(['[ex:note, "$(topics) $(url)"]'], split='{topics: "|", url: "|"}')
    small.publication(tmp_path, {"mapping/event.yaml": mapping})

    with pytest.raises(MappingError, match="A rule can read only one list column, not topics and url"):
        said(tmp_path)
