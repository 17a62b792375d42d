"""Functions and conditions that a mapping names, put in the order of their parameters."""

from collections.abc import Iterable, Mapping

from sccon_lod.functions import EQUAL, FUNCTIONS, GREL, IDLAB, NOT_EQUAL, Function, RowTest
from sccon_lod.mapping import Call
from sccon_lod.values.value import STRING

# A condition around a subject or an object, as RML has no other way to say one.
TRUE_CONDITION = IDLAB + "trueCondition"
TRUE_IF, TRUE_VALUE = IDLAB + "strBoolean", IDLAB + "str"

# YARRRML's words for comparisons (section Conditions), which need no short name.
BARE: Mapping[str, str] = {
    "equal": EQUAL,
    "notEqual": NOT_EQUAL,
    "str1": GREL + "valueParameter",
    "str2": GREL + "valueParameter2",
}


def missing(function: Function | RowTest, given: Iterable[str]) -> str | None:
    """Return a parameter that is needed and not given, None where there is no such."""
    optional = function.optional if isinstance(function, Function) else ()
    return next((each for each in function.parameters if each not in given and each not in optional), None)


def as_iri(call: Call) -> Call:
    """Return a call whose value is an IRI: where its function gives a text, that text is one."""
    is_text = FUNCTIONS[call.function].datatypes == (STRING,)
    return Call(call.function, call.arguments, "") if is_text else call
