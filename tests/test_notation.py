"""JSON text: numbers as the engine writes them, doubled keys, texts that are no JSON."""

import json
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sccon_lod.readers import notation
from sccon_lod.readers.notation import Decoder, NotJson
from strategies import odd_texts

NUMBERS = [
    *("1.50", "1e3", "1e22", "-0", "-0.0", "0.1000", "0", "12", "-7", "123456789012345678901234567890", "1e400"),
    *("-1e400", "1e-400", "1E-7", "1e+5", "0.00001", "0.0001", "1e15", "1e16", "1e17", "12345678901234567.0"),
    *("1.7976931348623157e308", "5e-324", "9223372036854775808", "18446744073709551616", "-9223372036854775809"),
    *("123456.789e3", "0.30000000000000004", "0e5", "-0e5", "99999999999999999999e0", "52.5", "13.404954"),
]


def as_text(folder: Path, numbers: list[str]) -> list[str]:
    """Return the numbers as the engine reads them into columns of text."""
    path = folder / "numbers.jsonl"
    path.write_text("".join(f'{{"n": {each}}}\n' for each in numbers))
    query = "SELECT n FROM read_json(?, columns = {n: 'VARCHAR'})"
    return [row[0] for row in duckdb.execute(query, [str(path)]).fetchall()]


def ours(numbers: list[str]) -> list[str]:
    value = Decoder().document(f"[{','.join(numbers)}]".encode()).value
    assert isinstance(value, list)
    return [str(each) for each in value]


def test_numbers_are_written_as_the_engine_writes_them(tmp_path: Path) -> None:
    assert ours(NUMBERS) == as_text(tmp_path, NUMBERS)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("numbers")


numbers = st.one_of(
    st.integers(-(10**25), 10**25).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(allow_nan=False, allow_infinity=False, places=4).map("{:f}".format),
    st.from_regex(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True),
)


@settings(deadline=None, max_examples=30)  # runs the engine
@given(st.lists(numbers, min_size=1, max_size=50))
def test_any_numbers_are_written_as_the_engine_writes_them(folder: Path, numbers: list[str]) -> None:
    assert ours(numbers) == as_text(folder, numbers)


@given(
    st.dictionaries(odd_texts, odd_texts | st.lists(odd_texts | st.booleans() | st.none()), max_size=4), st.booleans()
)
@example({"\ud800": "\x00"}, True)
@example({"a": "\x7f"}, False)
def test_what_is_written_as_json_is_read_again(value: dict[str, str], ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)

    assert Decoder().document(text.encode(errors="surrogatepass")).value == value


@pytest.mark.parametrize(
    ("content", "is_clean"),
    [
        (b'{"a": "\\u00fc \\n\\t"}', True),
        ('{"a": "ü😀"}\r\n'.encode(), True),
        (b'{"a": "\\ud83d\\ude00"}', False),
        (b'{"a": "\\u0007"}', False),
        (b'{"a": "\\u007F"}', False),
        (b'{"a": "\x07"}', False),
        (b'{"a": "\x7f"}', False),
        (b'{"a": "\xfc"}', False),
        (b'{"a": 1, "a": 2}', False),
    ],
)
def test_a_document_with_unsafe_letters_or_doubled_keys_is_not_clean(content: bytes, is_clean: bool) -> None:
    assert Decoder().document(content).is_clean == is_clean


def test_doubled_keys_are_found_wherever_they_are() -> None:
    document = Decoder().document(b'{"a": [{"b": 1, "c": 2, "b": 3}], "a": [{"d": {"e": 1, "e": 2}}], "f": 1, "f": 2}')

    assert list(notation.doubled(document.value)) == [((), "a"), ((), "f"), (("a", 0, "d"), "e")]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (
            b'{"a": 1,\n "b" 2}',
            2,
            "This is no JSON from character 6 of the line on, where “2}” stands; are quotation marks, commas and "
            'brackets right? Right is for example {"name": "Fest", "tags": ["a", "b"]}.',
        ),
        (
            b"mifos-community-app.json and more",
            1,
            "This is no JSON from character 1 of the line on, where “mifos-community-app. …” stands; are quotation "
            'marks, commas and brackets right? Right is for example {"name": "Fest", "tags": ["a", "b"]}.',
        ),
        (
            b'{"a":\n',
            2,
            "The JSON ends too early; are brackets missing at its end, or the rest of the file? Right is for example "
            '{"name": "Fest"}.',
        ),
        (b" \n", 2, 'There is nothing here; right is for example {"name": "Fest"}.'),
        (b"[" * 100_000, 1, "The JSON is nested too deeply; please supply flatter records."),
    ],
)
def test_a_text_that_is_no_json_is_said_with_its_line(content: bytes, line: int, message: str) -> None:
    with pytest.raises(NotJson) as caught:
        Decoder().document(content)

    assert (caught.value.line, caught.value.text.en) == (line, message)


def test_many_keys_are_listed_in_part_and_without_what_is_no_letter() -> None:
    assert notation.listed(["a", "\ud800"]) == "a, \ufffd"
    assert notation.listed(map(str, range(20))).endswith("10, 11, …")
