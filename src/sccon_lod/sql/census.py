"""SQL that counts what a publication says, by kind of record."""

from collections.abc import Iterable, Mapping

from sccon_lod.sql.words import text
from sccon_lod.terms import TYPE
from sccon_lod.values.value import DATE, DATE_TIME

MOST = 1000  # namespaces that the links of one predicate may lead to
# An IRI up to its last segment.
_SPACE = "^<?([^<>]*[/#])[^/#<>]*>?$"


def kind(subject: str, spaces: Mapping[str, str]) -> str:
    """Return the expression for the kind of a subject: that of the longest text that it begins with."""
    if spaces.keys() == {""}:
        return text(spaces[""])
    longest = sorted(spaces.items(), key=lambda each: (-len(each[0]), each[0]))
    cases = "".join(f" WHEN starts_with({subject}, {text(space)}) THEN {text(name)}" for space, name in longest)
    return f"CASE{cases} ELSE '' END" if cases else "''"


def subjects(spaces: Mapping[str, str], base: str) -> str:
    """Return the query for the subjects of facts by kind: how many, how many below `base`, and one named after it."""
    each = f"SELECT DISTINCT subject, {kind('subject', spaces)} AS kind FROM fact"
    return (
        f"SELECT kind, count(*), count(*) FILTER (starts_with(subject, {text(base)})), "
        f"min(subject) FILTER (starts_with(subject, concat({text(base)}, kind, '/'))) "
        f"FROM ({each}) GROUP BY kind ORDER BY kind"
    )


def properties(spaces: Mapping[str, str]) -> str:
    """Return the query for the number of facts by kind and predicate."""
    return f"SELECT {kind('subject', spaces)} AS kind, predicate, count(*) FROM fact GROUP BY ALL ORDER BY ALL"


def classes(spaces: Mapping[str, str]) -> str:
    """Return the query for the number of instances that facts speak of, by kind and class."""
    return (
        f"SELECT {kind('subject', spaces)} AS kind, object, count(*) FROM fact "
        f"WHERE predicate = {text(TYPE)} AND datatype = '' GROUP BY ALL ORDER BY ALL"
    )


def times(spaces: Mapping[str, str], predicates: Iterable[str]) -> str:
    """Return the query for the first and the last day that facts name with some predicates, by kind."""
    named = ", ".join(map(text, predicates))
    return (
        f"SELECT {kind('subject', spaces)} AS kind, min(left(object, 10)), max(left(object, 10)) FROM fact "
        f"WHERE predicate IN ({named}) AND datatype IN ({text(DATE)}, {text(DATE_TIME)}) GROUP BY kind ORDER BY kind"
    )


def links(base: str) -> str:
    """Return the query for the links of facts to what is not below `base`, by predicate and namespace."""
    return (
        f"SELECT predicate, regexp_extract(object, {text(_SPACE)}, 1) AS space, count(*) FROM fact "
        f"WHERE datatype = '' AND predicate <> {text(TYPE)} AND NOT starts_with(object, {text(base)}) "
        "GROUP BY ALL ORDER BY ALL"
    )


def kept(objects: str, classes: int, known: Iterable[str], base: str) -> str:
    """Return the query for the IRIs among the values of another that are not below `base`, by kind and number.

    Those with the number `classes` are counted one by one, but for those that are `known`; others by namespace, of
    which the largest are kept: each home page might be one.
    """
    what = f"CASE WHEN number = {classes} THEN value[2:-2] ELSE regexp_extract(value, {text(_SPACE)}, 1) END"
    fresh = " AND ".join(f"value <> {text(f'<{each}>')}" for each in known) or "true"
    outside = f"NOT starts_with(value, {text('<' + base)})"
    largest = "row_number() OVER (PARTITION BY kind, number ORDER BY count(*) DESC, what)"
    return (
        f"SELECT kind, number, {what} AS what, count(*) FROM ({objects}) WHERE starts_with(value, '<') "
        f"AND CASE WHEN number = {classes} THEN {fresh} ELSE {outside} END "
        f"GROUP BY kind, number, what QUALIFY number = {classes} OR {largest} <= {MOST} ORDER BY ALL"
    )
