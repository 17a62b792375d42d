"""Numbers and money, read from German spelling."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sccon_lod.values import numbers
from sccon_lod.values.value import DECIMAL, INTEGER, Value, ValueProblem

Read = Callable[[str], object]

INTEGERS = [
    ("12.000", "12000"),
    ("1.234.567", "1234567"),
    ("215", "215"),
    (" 215\u00a0", "215"),
    ("-3", "-3"),
    ("\u22123", "-3"),
    ("-0", "0"),
    ("007", "7"),
    ("12\u00a0000", "12000"),
    ("12\u202f000", "12000"),
    ("12'000", "12000"),
    ("12’000", "12000"),
    ("15,75 Mio.", "15750000"),
    ("3 Millionen", "3000000"),
    ("3Mio", "3000000"),
    ("2 Tsd.", "2000"),
    ("1 Mrd.", "1000000000"),
    ("1,5 Tsd.", "1500"),
    ("1,5000 Tsd.", "1500"),
    ("12,000 Mio.", "12000000"),
    ("9" * 60 + " Mrd.", "9" * 60 + "0" * 9),
]

DECIMALS = [
    ("15,75", "15.75"),
    ("1.234,5", "1234.5"),
    ("12 000,5", "12000.5"),
    ("-0,5", "-0.5"),
    ("-0,0", "0.0"),
    ("0,125", "0.125"),
    ("12,0", "12.0"),
    ("1,2345 Tsd.", "1234.5"),
    ("0,0001 Tsd.", "0.1"),
    ("0," + "1" * 100, "0." + "1" * 100),
]

QUALIFIED = [
    ("400", "stated"),
    ("rund 400", "about"),
    ("ca. 400", "about"),
    ("ca.400", "about"),
    ("circa 400", "about"),
    ("etwa 400", "about"),
    ("about 400", "about"),
    ("~400", "about"),
    ("mehr als 400", "more-than"),
    ("über 400", "more-than"),
    ("U\u0308BER 400", "more-than"),
    ("more than 400", "more-than"),
    ("> 400", "more-than"),
    ("mindestens 400", "at-least"),
    ("at least 400", "at-least"),
    ("≥ 400", "at-least"),
    (">=400", "at-least"),
    ("400+", "at-least"),
    ("bis zu 400", "at-most"),
    ("höchstens 400", "at-most"),
    ("maximal 400", "at-most"),
    ("up to 400", "at-most"),
    ("≤400", "at-most"),
    ("weniger als 400", "fewer-than"),
    ("unter 400", "fewer-than"),
    ("fewer than 400", "fewer-than"),
    ("<400", "fewer-than"),
]

NO_NUMBERS = [
    "12.00",
    "1.2000",
    "1,2,3",
    "12.5",
    "0.500",
    "1.234 567",
    "12,000",
    "1,234.5",
    "viele",
    "mehr als",
    "rund400",
    "ca. 400+",
    "+3",
    "1 Billion",
    "400 Personen",
    "15 EUR",
    "€ 15",
    "5 %",
    "1e5",
    ".5",
    "5.",
    "٤٠٠",
    "４００",
    "4²",
    "15 m\u0131o",
    "b\u0131s zu 15",
    "4\x00",
    "🎉",
    "9" * 201,
]

MONEY = [
    ("15,75 Mio. EUR", "15750000.00", "EUR"),
    ("15,75 Mio.EUR", "15750000.00", "EUR"),
    ("1.234,56 €", "1234.56", "EUR"),
    ("1.234,5678 €", "1234.5678", "EUR"),
    ("12,5 €", "12.50", "EUR"),
    ("€ 500", "500.00", "EUR"),
    ("500€", "500.00", "EUR"),
    ("500\u00a0Euro", "500.00", "EUR"),
    ("EUR 12.000", "12000.00", "EUR"),
    ("-5 €", "-5.00", "EUR"),
    ("bis zu EUR 500", "500.00", "EUR"),
    ("rund 3 Millionen Euro", "3000000.00", "EUR"),
    ("$5", "5.00", "USD"),
    ("5 US-Dollar", "5.00", "USD"),
    ("US$ 5", "5.00", "USD"),
    ("£ 5", "5.00", "GBP"),
    ("5 CHF", "5.00", "CHF"),
]

PROBLEMS = [
    (
        numbers.number,
        "12.00",
        (
            "„12.00“ ist falsch gegliedert (Punkt vor je drei Ziffern, Komma vor den Nachkommastellen); "
            "richtig ist zum Beispiel 1.234,5."
        ),
        (
            "“12.00” is not well grouped (point before each three digits, comma before the decimals); "
            "a right value is, for example, 1.234,5."
        ),
    ),
    (
        numbers.number,
        "12,000",
        ("„12,000“ ist nicht eindeutig (das Komma könnte Tausender trennen); richtig ist zum Beispiel 1.234,5."),
        "“12,000” is not clear (the comma could separate thousands); a right value is, for example, 1.234,5.",
    ),
    (
        numbers.qualifier,
        "rund hundert",
        "„rund hundert“ ist keine Zahl; richtig ist zum Beispiel 1.234,5.",
        "“rund hundert” is not a number; a right value is, for example, 1.234,5.",
    ),
    (
        numbers.amount,
        "500",
        "In „500“ fehlt die Währung; richtig ist zum Beispiel 1.234,56 EUR.",
        "There is no currency in “500”; a right value is, for example, 1.234,56 EUR.",
    ),
    (
        numbers.currency,
        "500 Taler",
        "„Taler“ ist keine bekannte Währung; richtig ist zum Beispiel 1.234,56 EUR.",
        "“Taler” is not a known currency; a right value is, for example, 1.234,56 EUR.",
    ),
]


@pytest.mark.parametrize(("text", "digits"), INTEGERS)
def test_a_whole_number_becomes_an_integer(text: str, digits: str) -> None:
    value = numbers.number(text)

    assert value == Value(digits, INTEGER)


@pytest.mark.parametrize(("text", "digits"), DECIMALS)
def test_digits_after_the_comma_become_an_exact_decimal(text: str, digits: str) -> None:
    value = numbers.number(text)

    assert value == Value(digits, DECIMAL)


@pytest.mark.parametrize(("text", "code"), QUALIFIED)
def test_a_qualifier_is_told_and_does_not_change_the_number(text: str, code: str) -> None:
    found = numbers.number(text), numbers.qualifier(text)

    assert found == (Value("400", INTEGER), code)


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("read", [numbers.number, numbers.qualifier])
def test_a_text_that_is_no_clear_number_is_refused(text: str, read: Read) -> None:
    with pytest.raises(ValueProblem):
        read(text)


@pytest.mark.parametrize(("text", "digits", "code"), MONEY)
def test_money_becomes_a_decimal_and_a_currency(text: str, digits: str, code: str) -> None:
    found = numbers.amount(text), numbers.currency(text)

    assert found == (Value(digits, DECIMAL), code)


@pytest.mark.parametrize(
    ("text", "code"), [("€", "EUR"), (" Euro ", "EUR"), ("EURO", "EUR"), ("USD", "USD"), ("£", "GBP")]
)
def test_a_currency_may_stand_alone(text: str, code: str) -> None:
    found = numbers.currency(text)

    assert found == code


@pytest.mark.parametrize(
    "text", ["500", "EUR", "500 XYZ", "500 eur", "EUR 500 EUR", "12.00 EUR", "1,759 €", "500 Teilnehmende"]
)
def test_money_without_one_clear_number_and_one_known_currency_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        numbers.amount(text)


@pytest.mark.parametrize(("read", "text", "german", "english"), PROBLEMS)
def test_a_problem_says_what_is_wrong_and_shows_a_right_value(read: Read, text: str, german: str, english: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        read(text)

    assert caught.value.text == (german, english)


@given(st.integers(), st.sampled_from(".'’\u00a0\u202f"))
def test_every_integer_reads_back_from_its_groups_of_three(whole: int, mark: str) -> None:
    text = f"{whole:,}".replace(",", mark)

    assert numbers.number(text) == Value(str(whole), INTEGER)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_every_amount_reads_back_exactly(sum_of_money: Decimal) -> None:
    text = f"{sum_of_money:,f} EUR".translate(str.maketrans(",.", ".,"))

    assert Decimal(numbers.amount(text).lexical) == sum_of_money


_CLOSE_TO_NUMBERS = st.text(alphabet="0123456789.,'’-−+<>~€$ EURMioTsdmehralsca\u00a0٤²\x00🎉", max_size=40)


@given(st.text() | _CLOSE_TO_NUMBERS)
@example("9" * 200)
@example("1." * 100)
@example("a-" * 100)
@example("rund " * 40)
@example("1" + " " * 199)
def test_no_text_does_anything_but_convert_or_be_refused(text: str) -> None:
    for read in (numbers.number, numbers.qualifier, numbers.amount, numbers.currency):
        try:
            read(text)
        except ValueProblem as problem:
            assert all(sentence.endswith(".") and sentence.isprintable() for sentence in problem.text)
