"""From cells to statements: what the engine keeps of rows, and what it says of them."""

import re
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from conftest import load
from sccon_lod import build
from sccon_lod.engine import Engine, SerialScanError
from sccon_lod.errors import Origin, SpaceError
from sccon_lod.mapping import Source
from sccon_lod.rows import Cell, Row, Table
from sccon_lod.sql import sources
from sccon_lod.sql.sources import Scan

Fact = tuple[str, str, str, str, str]
FACTS = "SELECT subject, predicate, object, datatype, language FROM fact ORDER BY ALL"
FILE = "data/event.csv"
SOURCE = Source(FILE, {}, Origin("mapping/event.yaml"))
TREE = Source("data/event.json", {}, Origin("mapping/event.yaml"), "jsonpath", "$[*]")

often = settings(deadline=None, max_examples=50)

# What a file can hold: no lone surrogates, and no NUL, which is refused when the file is read.
anything = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
odd = st.sampled_from(
    [*"'\"\\\n\t\r,;|#%/ .<>{}^`äÄß", "e\u0301", "\u0301", "\u202e", "😀", "👩\u200d💻", "$(", "..", "\r\n"]
)
cells = st.lists(st.one_of(odd, anything), max_size=12).map("".join)
filled = cells.filter(bool)


def said(folder: Path) -> set[Fact]:
    with small.mapped(load(folder)) as engine:
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
        engine.load(
            SOURCE,
            Table(("cell",), iter([Row(number, FILE, number, "", (text,)) for number, text in enumerate(texts)])),
        )
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


def test_two_lists_in_one_rule_say_every_combination(tmp_path: Path) -> None:
    mapping = small.mapping(['[ex:note, "$(topics)-$(url)"]'], split='{topics: "|", url: ";"}')
    table = small.table([{"id": "a", "topics": "x|y", "url": "1;2"}, {"id": "b", "topics": "z", "url": ""}])
    small.publication(tmp_path, {"mapping/event.yaml": mapping, "data/event.csv": table})

    assert objects(tmp_path, f"{small.DEF}note") == {"x-1", "x-2", "y-1", "y-2"}


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

    loaded = load(tmp_path)
    of_rule = {loaded.plan.statements[index].rule.predicate: made for index, made in build.counts(loaded).items()}

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


# --- rows as they were read


def filled_with(engine: Engine, source: Source, columns: tuple[str, ...], *cells: tuple[Cell, ...]) -> None:
    rows = [Row(number, source.file, number + 1, "", each) for number, each in enumerate(cells, 1)]
    engine.load(source, Table(columns, iter(rows)))


def kept(source: Source, columns: tuple[str, ...], *cells: tuple[Cell, ...]) -> list[Sequence[object]]:
    with Engine() as engine:
        filled_with(engine, source, columns, *cells)
        return list(engine.ask(f"FROM {sources.table(source)} SELECT {', '.join(columns)} ORDER BY ALL"))


def test_an_empty_cell_is_none() -> None:
    assert kept(SOURCE, ("a", "b"), ("", "x")) == [(None, "x")]


def test_a_column_without_name_is_not_kept() -> None:
    with Engine() as engine:
        filled_with(engine, SOURCE, ("a", "", "b"), ("1", "2", "3"))
        (record,) = engine.records(SOURCE, [1])

    assert record.cells == {"a": "1", "b": "3"}


def test_a_place_of_a_tree_with_one_value_everywhere_is_a_text() -> None:
    assert kept(TREE, ("a", "b"), ("x", ("y", "z")), (("",), ("",))) == [("x", ["y", "z"]), (None, None)]


def test_a_place_of_a_tree_with_several_values_is_a_list_everywhere() -> None:
    with Engine() as engine:
        filled_with(engine, TREE, ("a", "b"), ("x", ("y", "z")), ("u", "v"))

        assert engine.lists == {TREE.key: frozenset({"b"})}


def test_several_values_are_shown_side_by_side() -> None:
    with Engine() as engine:
        filled_with(engine, TREE, ("a",), (("y", "", "z"),))
        (record,) = engine.records(TREE, [1])

    assert record.cells == {"a": "y | z"}


def test_a_record_keeps_its_place() -> None:
    with Engine() as engine:
        engine.load(
            TREE, Table(("a",), iter([Row(1, "x.json", 0, "$[0]", ("1",)), Row(2, "y.json", 0, "$[0]", ("2",))]))
        )

        found = list(engine.records(TREE, [2]))

    assert [(each.number, each.file, each.line, each.path) for each in found] == [(2, "y.json", 0, "$[0]")]


def test_an_engine_that_was_cleared_knows_nothing() -> None:
    with Engine() as engine:
        filled_with(engine, TREE, ("a",), (("y", "z"),))
        engine.clear()

        assert engine.lists == {}
        filled_with(engine, TREE, ("a",), ("x",))
        assert engine.one("SELECT count(*) FROM told") == (0,)


def test_the_engine_reaches_the_files_of_its_folders_and_no_others(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in" / "a.csv", tmp_path / "out" / "a.csv"
    for path in (inside, outside):
        path.parent.mkdir()
        path.write_text("a,b\n1,2\n", encoding="utf-8")

    with Engine([tmp_path / "in"]) as engine:
        assert list(engine.ask("SELECT a FROM read_csv($path)", path=str(inside))) == [(1,)]
        with pytest.raises(Exception, match="disabled by configuration"):
            list(engine.ask("SELECT a FROM read_csv($path)", path=str(outside)))


def test_texts_are_streamed_in_order() -> None:
    with Engine() as engine:
        texts = [*chain.from_iterable(engine.stream("SELECT encode(range::VARCHAR) FROM range(5000)"))]

    assert texts == [str(number).encode() for number in range(5000)]


def test_what_several_threads_cannot_read_is_told_apart() -> None:
    scan = Scan(Path("/nowhere.csv"), "nowhere.csv", "read_csv", ("id",))

    with Engine() as engine:
        engine.run("CREATE TABLE numbers (number INTEGER)")
        engine._scans["numbers"] = scan
        with pytest.raises(SerialScanError):
            engine.run("ALTER TABLE numbers ADD CHECK (number > 0)")  # what the engine has not implemented


def test_too_little_space_is_said_with_its_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with pytest.raises(SpaceError) as raised, Engine() as engine:
        engine.run("SET memory_limit = '8MB'")
        engine.run("SET max_temp_directory_size = '0KB'")
        engine.run("CREATE TABLE large AS SELECT range::VARCHAR || repeat('x', 100) AS cell FROM range(1000000)")

    assert raised.value.origin == Origin(str(tmp_path))
    assert "TMPDIR" in raised.value.text.en
    assert list(tmp_path.iterdir()) == []
