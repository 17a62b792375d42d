"""The value functions and the tests that a mapping may name, in one table each."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sccon_lod.language import Text
from sccon_lod.values import dates, numbers, prose, strings, texts
from sccon_lod.values.value import DATE, DATE_TIME, DECIMAL, INTEGER, STRING, Value, ValueProblem

FN = "https://w3id.org/sccon-lod/function#"
IDLAB = "https://w3id.org/imec/idlab/function#"
GREL = "http://users.ugent.be/~bjdmeest/function/grel.ttl#"

# For each code list, by its namespace: the concept that a label, another label or a code stands for.
Labels = Mapping[str, Mapping[str, str]]

_TEXT = FN + "text"
_NAMESPACE = FN + "namespace"
_VALUE = GREL + "valueParameter"


@dataclass(frozen=True)
class Function:
    """A value function: its parameters in order, and the datatypes it may give, the usual one first.

    The datatype of an IRI is the empty string. `apply` gets the arguments and the labels of the code lists,
    and raises ValueProblem for a text that it cannot convert. `is_naming` says that it makes an IRI from the name of
    a thing: then different names should give different ones.
    """

    parameters: tuple[str, ...]
    datatypes: tuple[str, ...]
    apply: Callable[[tuple[str, ...], Labels], Value]
    purpose: Text
    optional: tuple[str, ...] = ()
    is_naming: bool = False

    @property
    def namespace(self) -> int | None:
        """The place of the argument that every IRI it gives begins with, before letters that no IRI has to escape."""
        return self.parameters.index(_NAMESPACE) if _NAMESPACE in self.parameters else None


@dataclass(frozen=True)
class RowTest:
    """A test of a row, for the conditions of a mapping; it is written in SQL by the compiler."""

    parameters: tuple[str, ...]
    purpose: Text


def _concept(arguments: tuple[str, ...], labels: Labels) -> Value:
    text, scheme = arguments
    if scheme not in labels:
        raise ValueProblem(
            Text(f"Es gibt keine Codeliste {scheme}.", f"There is no code list {scheme}."),
        )
    found = labels[scheme].get(text.strip().casefold())
    if found is None:
        close = difflib.get_close_matches(text.strip().casefold(), labels[scheme], n=1, cutoff=0.0)
        example = close[0] if close else ""
        raise ValueProblem(
            Text(
                f"Der Eintrag steht nicht in der Codeliste {scheme}; am ähnlichsten ist „{example}“.",
                f"The entry is not in the code list {scheme}; the nearest one is “{example}”.",
            )
        )
    return Value(found, "")


def _writing(
    parameters: tuple[str, ...], write: Callable[..., str], purpose: Text, optional: tuple[str, ...] = ()
) -> Function:
    """Return a function that writes a text."""
    return Function(parameters, (STRING,), lambda given, _: Value(write(*given), STRING), purpose, optional)


FUNCTIONS: Mapping[str, Function] = {
    FN + "start": Function(
        (_TEXT, FN + "year"),
        (DATE, DATE_TIME),
        lambda given, _: dates.start(*given),
        Text("Beginn eines Datums oder Zeitraums", "Beginning of a date or period"),
        optional=(FN + "year",),
    ),
    FN + "end": Function(
        (_TEXT, FN + "year"),
        (DATE, DATE_TIME),
        lambda given, _: dates.end(*given),
        Text("Ende eines Datums oder Zeitraums", "End of a date or period"),
        optional=(FN + "year",),
    ),
    FN + "first_day": Function(
        (_TEXT,),
        (DATE,),
        lambda given, _: Value(dates.first_day(*given), DATE),
        Text("Erster Tag eines Zeitraums", "First day of a period"),
    ),
    FN + "last_day": Function(
        (_TEXT,),
        (DATE,),
        lambda given, _: Value(dates.last_day(*given), DATE),
        Text("Letzter Tag eines Zeitraums", "Last day of a period"),
    ),
    FN + "first_day_iri": Function(
        (_TEXT, _NAMESPACE),
        ("",),
        lambda given, _: Value(given[1] + dates.first_day(given[0]), ""),
        Text("IRI des ersten Tages eines Zeitraums", "IRI of the first day of a period"),
    ),
    FN + "last_day_iri": Function(
        (_TEXT, _NAMESPACE),
        ("",),
        lambda given, _: Value(given[1] + dates.last_day(given[0]), ""),
        Text("IRI des letzten Tages eines Zeitraums", "IRI of the last day of a period"),
    ),
    FN + "number": Function(
        (_TEXT,),
        (INTEGER, DECIMAL),
        lambda given, _: numbers.number(*given),
        Text("Zahl in deutscher Schreibweise", "Number in German notation"),
    ),
    FN + "qualifier_iri": Function(
        (_TEXT, _NAMESPACE),
        ("",),
        lambda given, _: Value(given[1] + numbers.qualifier(given[0]), ""),
        Text("Wie genau eine Zahl ist („mehr als 400“)", "How exact a number is (“more than 400”)"),
    ),
    FN + "amount": Function(
        (_TEXT,),
        (DECIMAL,),
        lambda given, _: numbers.amount(*given),
        Text("Geldbetrag („15,75 Mio. EUR“)", "Amount of money (“15,75 Mio. EUR”)"),
    ),
    FN + "currency": _writing(
        (_TEXT,), numbers.currency, Text("Währung eines Geldbetrags", "Currency of an amount of money")
    ),
    FN + "concept": Function(
        (_TEXT, FN + "scheme"),
        ("",),
        _concept,
        Text("Begriff einer Codeliste zu seiner Bezeichnung", "Concept of a code list by its label"),
    ),
    FN + "slug_iri": Function(
        (_TEXT, _NAMESPACE),
        ("",),
        lambda given, _: Value(given[1] + texts.slug(given[0]), ""),
        Text("IRI aus einem Namen", "IRI made from a name"),
        is_naming=True,
    ),
    FN + "trimmed": _writing(
        (_TEXT,), texts.trimmed, Text("Text ohne Leerraum am Rand", "Text without outer white space")
    ),
    FN + "html_text": _writing((_TEXT,), prose.html_text, Text("Text eines Stücks HTML", "Text of a piece of HTML")),
    GREL + "toUpperCase": _writing((_VALUE,), str.upper, Text("Text in Großbuchstaben", "Text in capital letters")),
    GREL + "toLowerCase": _writing((_VALUE,), str.lower, Text("Text in Kleinbuchstaben", "Text in small letters")),
    GREL + "string_trim": _writing(
        (_VALUE,),
        str.strip,
        Text("Text ohne Leerraum am Rand, innen unverändert", "Text without outer white space, the same inside"),
    ),
    GREL + "string_replace": _writing(
        (_VALUE, GREL + "p_string_find", GREL + "p_string_replace"),
        strings.replaced,
        Text("Text, in dem etwas ersetzt ist", "Text in which something is replaced"),
    ),
    GREL + "string_substring": _writing(
        (_VALUE, GREL + "param_int_i_from", GREL + "param_int_i_opt_to"),
        strings.part,
        Text("Teil eines Textes", "Part of a text"),
        (GREL + "param_int_i_opt_to",),
    ),
    GREL + "escape": _writing(
        (_VALUE, GREL + "modeParameter"),
        strings.escaped,
        Text("Text für HTML oder Web-Adressen", "Text for HTML or web addresses"),
    ),
    IDLAB + "toUpperCaseURL": _writing(
        (IDLAB + "str",), strings.upper_address, Text("Web-Adresse in Großbuchstaben", "Web address in capital letters")
    ),
}

EQUAL = IDLAB + "equal"
NOT_EQUAL = IDLAB + "notEqual"
ONE_OF = FN + "one_of"
GIVEN = FN + "given"
NULL = IDLAB + "isNull"
CONTAINS = GREL + "string_contains"
BEGINS = GREL + "string_startsWith"
ENDS = GREL + "string_endsWith"

TESTS: Mapping[str, RowTest] = {
    EQUAL: RowTest(
        (_VALUE, GREL + "valueParameter2"),
        Text("Die beiden Texte sind gleich", "The two texts are equal"),
    ),
    NOT_EQUAL: RowTest(
        (_VALUE, GREL + "valueParameter2"),
        Text("Die beiden Texte sind verschieden", "The two texts differ"),
    ),
    ONE_OF: RowTest(
        (_TEXT, FN + "among"),
        Text("Der Text ist einer der genannten Codes", "The text is one of the codes given"),
    ),
    GIVEN: RowTest((_TEXT,), Text("Die Zelle ist nicht leer", "The cell is not empty")),
    NULL: RowTest((IDLAB + "str",), Text("Die Zelle ist leer", "The cell is empty")),
    CONTAINS: RowTest(
        (_VALUE, GREL + "string_sub"), Text("Der Text enthält den zweiten", "The text contains the second one")
    ),
    BEGINS: RowTest(
        (_VALUE, GREL + "string_sub"), Text("Der Text beginnt mit dem zweiten", "The text begins with the second one")
    ),
    ENDS: RowTest(
        (_VALUE, GREL + "string_sub"), Text("Der Text endet mit dem zweiten", "The text ends with the second one")
    ),
}
