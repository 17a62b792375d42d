"""The tables of value functions and tests: each entry works, and is explained."""

import re

import pytest

from sccon_lod.errors import Origin
from sccon_lod.functions import (
    BEGINS,
    CONTAINS,
    ENDS,
    EQUAL,
    FN,
    FUNCTIONS,
    GIVEN,
    GREL,
    IDLAB,
    NOT_EQUAL,
    NULL,
    ONE_OF,
    TESTS,
    Labels,
)
from sccon_lod.language import Text
from sccon_lod.mapping import Condition, Reference, Rule, Source, Term
from sccon_lod.mapping import RecordMap as RecordsOf
from sccon_lod.plan import Statement
from sccon_lod.plan import Test as RowTest
from sccon_lod.sql import rows
from sccon_lod.values.value import DATE, DATE_TIME, DECIMAL, INTEGER, STRING, Value, ValueProblem

SPACE = "https://example.org/concept/type/"
LABELS: Labels = {SPACE: {"panel": SPACE + "panel", "podiumsdiskussion": SPACE + "panel", "talk": SPACE + "talk"}}
CALLS = [
    ("start", ("18.10.2022",), Value("2022-10-18", DATE)),
    ("start", ("18.10., 10:00", "2022"), Value("2022-10-18T10:00:00+02:00", DATE_TIME)),
    ("end", ("18. bis 20. Oktober 2022",), Value("2022-10-20", DATE)),
    ("end", ("18.10.22, 10:00 - 12:00",), Value("2022-10-18T12:00:00+02:00", DATE_TIME)),
    ("first_day", ("18.10.22, 10:00 - 12:00",), Value("2022-10-18", DATE)),
    ("last_day", ("18. bis 20. Oktober 2022",), Value("2022-10-20", DATE)),
    ("first_day_iri", ("18.10.2022", "https://example.org/day/"), Value("https://example.org/day/2022-10-18", "")),
    ("last_day_iri", ("18.-20.10.2022", "https://example.org/day/"), Value("https://example.org/day/2022-10-20", "")),
    ("number", ("12.000",), Value("12000", INTEGER)),
    ("number", ("1,5",), Value("1.5", DECIMAL)),
    ("qualifier_iri", ("mehr als 400", "https://example.org/q/"), Value("https://example.org/q/more-than", "")),
    ("amount", ("15,75 Mio. EUR",), Value("15750000.00", DECIMAL)),
    ("currency", ("15,75 Mio. EUR",), Value("EUR", STRING)),
    ("concept", (" Podiumsdiskussion ", SPACE), Value(SPACE + "panel", "")),
    (
        "slug_iri",
        ("Räuchle, Lutz", "https://example.org/person/"),
        Value("https://example.org/person/raeuchle-lutz", ""),
    ),
    ("trimmed", ("  Smart\n Country ",), Value("Smart Country", STRING)),
    ("html_text", ("<p>Smart&shy;City</p>",), Value("SmartCity", STRING)),
]
FOREIGN = [
    (GREL + "toUpperCase", ("straße",), Value("STRASSE", STRING)),
    (GREL + "toLowerCase", ("BERLIN",), Value("berlin", STRING)),
    (GREL + "string_trim", (" a  b\n",), Value("a  b", STRING)),
    (GREL + "string_replace", ("a b c", " ", "-"), Value("a-b-c", STRING)),
    (GREL + "string_replace", ("abc", "", "-"), Value("abc", STRING)),
    (GREL + "string_substring", ("2022-10-18", "5"), Value("10-18", STRING)),
    (GREL + "string_substring", ("2022-10-18", "-2"), Value("18", STRING)),
    (GREL + "string_substring", ("2022-10-18", "0", "4"), Value("2022", STRING)),
    (GREL + "escape", ("A & B", "html"), Value("A &amp; B", STRING)),
    (GREL + "escape", ("A & B/ü", "url"), Value("A%20%26%20B%2F%C3%BC", STRING)),
    (IDLAB + "toUpperCaseURL", ("www.example.org",), Value("http://WWW.EXAMPLE.ORG", STRING)),
    (IDLAB + "toUpperCaseURL", ("HTTPS://example.org/a",), Value("https://EXAMPLE.ORG/A", STRING)),
]
ALL = [*((FN + name, given, expected) for name, given, expected in CALLS), *FOREIGN]
# Functions that refuse what they cannot read; any text can be trimmed or replaced.
OF_CELLS = {
    FN + name
    for name in ("start", "end", "first_day", "last_day", "first_day_iri", "last_day_iri", "number", "qualifier_iri")
} | {FN + name for name in ("amount", "currency", "slug_iri")}
EVENT = Source("data/event.csv", {}, Origin("mapping/event.yaml", 2))


@pytest.mark.parametrize(("function", "given", "expected"), ALL)
def test_a_function_of_the_table_converts_a_cell(function: str, given: tuple[str, ...], expected: Value) -> None:
    made = FUNCTIONS[function].apply(given, LABELS)

    assert made == expected


def test_every_function_of_the_table_is_called_here() -> None:
    assert {function for function, _, _ in ALL} == set(FUNCTIONS)


@pytest.mark.parametrize(("function", "given", "expected"), ALL)
def test_a_value_has_a_datatype_that_its_function_announces(
    function: str, given: tuple[str, ...], expected: Value
) -> None:
    assert expected.datatype in FUNCTIONS[function].datatypes
    assert len(given) in range(
        len(FUNCTIONS[function].parameters) - len(FUNCTIONS[function].optional),
        len(FUNCTIONS[function].parameters) + 1,
    )


@pytest.mark.parametrize("function", sorted(OF_CELLS))
@pytest.mark.parametrize("cell", ["???", " ", "\x1b["])
def test_a_cell_that_does_not_convert_is_said_in_both_languages(function: str, cell: str) -> None:
    given = (cell, "https://example.org/")[: len(FUNCTIONS[function].parameters)]

    with pytest.raises(ValueProblem) as caught:
        FUNCTIONS[function].apply(given, LABELS)

    assert all(sentence.isprintable() and sentence.endswith(".") for sentence in caught.value.text)


@pytest.mark.parametrize("iri", sorted(FUNCTIONS))
def test_a_function_is_explained(iri: str) -> None:
    function = FUNCTIONS[iri]
    named = f"{re.escape(FN)}[a-z_]+|({re.escape(GREL)}|{re.escape(IDLAB)})[A-Za-z_]+"

    assert all(function.purpose)
    assert all(re.fullmatch(named, name) for name in (iri, *function.parameters))


@pytest.mark.parametrize("iri", sorted(FUNCTIONS))
def test_only_the_last_parameters_are_optional(iri: str) -> None:
    function = FUNCTIONS[iri]

    assert function.parameters[len(function.parameters) - len(function.optional) :] == function.optional


@pytest.mark.parametrize("iri", sorted(TESTS))
def test_a_test_is_explained(iri: str) -> None:
    assert all(TESTS[iri].purpose)
    assert len(set(TESTS[iri].parameters)) == len(TESTS[iri].parameters)


@pytest.mark.parametrize("iri", sorted(TESTS))
def test_every_test_of_the_table_can_be_written_in_sql(iri: str) -> None:
    condition = Condition(
        iri, tuple((Reference(f"column {number}"),) for number, _ in enumerate(TESTS[iri].parameters))
    )
    inner = (None,) * len(condition.arguments)
    rule = Rule("http://schema.org/name", Term(("x",), STRING), (condition,), EVENT.origin)
    records = RecordsOf("event", EVENT, Term(("https://example.org/id",)), (), (rule,), EVENT.origin)

    query = rows.statements(Statement(0, records, rule, None, None, None, (RowTest(condition, inner),)), {})

    assert all(f'"column {number}"' in query for number, _ in enumerate(TESTS[iri].parameters))


def test_the_tests_are_these() -> None:
    assert set(TESTS) == {EQUAL, NOT_EQUAL, ONE_OF, GIVEN, NULL, CONTAINS, BEGINS, ENDS}


def test_no_name_is_a_function_and_a_test() -> None:
    assert not set(TESTS) & set(FUNCTIONS)


# --- fn:concept


@pytest.mark.parametrize("label", ["panel", "Panel", "PODIUMSDISKUSSION", "\tPanel\n"])
def test_a_label_is_found_in_upper_and_lower_case(label: str) -> None:
    assert FUNCTIONS[FN + "concept"].apply((label, SPACE), LABELS) == Value(SPACE + "panel", "")


def concept_problem(label: str, scheme: str, labels: Labels) -> Text:
    with pytest.raises(ValueProblem) as caught:
        FUNCTIONS[FN + "concept"].apply((label, scheme), labels)
    return caught.value.text


def test_an_unknown_label_is_refused_with_the_nearest() -> None:
    assert concept_problem("Panal", SPACE, LABELS) == Text(
        f"Der Eintrag steht nicht in der Codeliste {SPACE}; am ähnlichsten ist „panel“.",
        f"The entry is not in the code list {SPACE}; the nearest one is “panel”.",
    )


def test_a_label_that_would_steer_a_terminal_is_not_quoted_as_it_is() -> None:
    sentences = concept_problem("\x1b[2J\npanel", SPACE, LABELS)

    assert all(sentence.isprintable() for sentence in sentences)


def test_a_label_without_a_code_list_is_refused() -> None:
    assert concept_problem("Panel", "https://example.org/other/", LABELS) == Text(
        "Es gibt keine Codeliste https://example.org/other/.", "There is no code list https://example.org/other/."
    )


# --- texts for other engines


@pytest.mark.parametrize(
    ("function", "given", "message"),
    [
        (
            "string_substring",
            ("abc", "eins"),
            Text(
                "„eins“ ist keine Stelle im Text; richtig ist zum Beispiel 0.",
                "“eins” is no position in a text; a right value is, for example, 0.",
            ),
        ),
        (
            "escape",
            ("abc", "csv"),
            Text(
                "„csv“ ist keine Schreibweise; richtig ist zum Beispiel html.",
                "“csv” is no way of writing; a right value is, for example, html.",
            ),
        ),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(function: str, given: tuple[str, ...], message: Text) -> None:
    with pytest.raises(ValueProblem) as caught:
        FUNCTIONS[GREL + function].apply(given, LABELS)

    assert caught.value.text == message
