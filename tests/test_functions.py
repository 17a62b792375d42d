"""The tables of value functions and tests: each entry works, and is explained."""

import re

import pytest

from sccon_lod import sql
from sccon_lod.errors import Origin
from sccon_lod.functions import EQUAL, FN, FUNCTIONS, GIVEN, NOT_EQUAL, ONE_OF, TESTS, Labels
from sccon_lod.language import Text
from sccon_lod.mapping import Condition, Reference, Rule, Source, Term
from sccon_lod.mapping import RecordMap as RecordsOf
from sccon_lod.plan import Statement
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
]
EVENT = Source("data/event.csv", {}, Origin("mapping/event.yaml", 2))


@pytest.mark.parametrize(("function", "given", "expected"), CALLS)
def test_a_function_of_the_table_converts_a_cell(function: str, given: tuple[str, ...], expected: Value) -> None:
    made = FUNCTIONS[FN + function].apply(given, LABELS)

    assert made == expected


def test_every_function_of_the_table_is_called_here() -> None:
    assert {FN + function for function, _, _ in CALLS} == set(FUNCTIONS)


@pytest.mark.parametrize(("function", "given", "expected"), CALLS)
def test_a_value_has_a_datatype_that_its_function_announces(
    function: str, given: tuple[str, ...], expected: Value
) -> None:
    assert expected.datatype in FUNCTIONS[FN + function].datatypes
    assert len(given) in range(
        len(FUNCTIONS[FN + function].parameters) - len(FUNCTIONS[FN + function].optional),
        len(FUNCTIONS[FN + function].parameters) + 1,
    )


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS) - {FN + "trimmed", FN + "concept"}))
@pytest.mark.parametrize("cell", ["???", " ", "\x1b["])
def test_a_cell_that_does_not_convert_is_said_in_both_languages(function: str, cell: str) -> None:
    given = (cell, "https://example.org/")[: len(FUNCTIONS[function].parameters)]

    with pytest.raises(ValueProblem) as caught:
        FUNCTIONS[function].apply(given, LABELS)

    assert all(sentence.isprintable() and sentence.endswith(".") for sentence in caught.value.text)


@pytest.mark.parametrize("iri", sorted(FUNCTIONS))
def test_a_function_is_explained(iri: str) -> None:
    function = FUNCTIONS[iri]

    assert all(function.purpose)
    assert all(re.fullmatch(re.escape(FN) + "[a-z_]+", name) for name in (iri, *function.parameters))


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
    rule = Rule("http://schema.org/name", Term(("x",), STRING), (condition,), EVENT.origin)
    records = RecordsOf("event", EVENT, Term(("https://example.org/id",)), (), (rule,), EVENT.origin)

    query = sql.statements(Statement(0, records, rule, None, None))

    assert all(f'"column {number}"' in query for number, _ in enumerate(TESTS[iri].parameters))


def test_the_tests_are_these() -> None:
    assert set(TESTS) == {EQUAL, NOT_EQUAL, ONE_OF, GIVEN}


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
