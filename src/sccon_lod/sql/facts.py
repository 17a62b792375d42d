"""Facts as finished text in each format: subjects of which several rows speak, and what files say themselves."""

import re
from collections.abc import Mapping

from sccon_lod.names import Key, Names
from sccon_lod.sql.words import text
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import BOOLEAN, DECIMAL, INTEGER, STRING

# What stands between the parts of a subject, in Turtle and in JSON-LD.
FIRST_VERB, NEXT_VERB = "\n    ", " ;\n    "
FIRST_KEY, NEXT_KEY, LAST_KEY = ',{\n  "id": ', ",\n", "\n}\n"

# A subset of PN_LOCAL (Turtle section 6.5) that needs no escapes, and is a valid suffix in JSON-LD too.
LOCAL = "[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?"
_LOCAL = re.compile(LOCAL)
# Without quotation marks only what readers keep as it is written; rdflib turns a bare 007 into 7.
NUMBERS = {INTEGER: "0|-?[1-9][0-9]*", DECIMAL: r"-?(0|[1-9][0-9]*)\.[0-9]{1,6}", BOOLEAN: "true|false"}


def between(key: Key) -> str:
    """Return what stands between two objects in Turtle: types on one line, every other value on its own."""
    return ", " if key.rank == 0 else " ,\n        "


def longest_first(prefixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return prefixes with their namespaces, the longest namespace first: it wins."""
    return sorted(prefixes.items(), key=lambda each: (-len(each[1]), each[0]))


def short(iri: str, prefixes: Mapping[str, str], marks: tuple[str, str]) -> str:
    """Return the prefixed name of a constant IRI; between `marks` the IRI itself where there is none.

    >>> short("http://purl.org/dc/terms/title", {"dct": "http://purl.org/dc/terms/"}, ("<", ">"))
    'dct:title'
    """
    for prefix, space in longest_first(prefixes):
        if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
            return f"{prefix}:{iri.removeprefix(space)}"
    return f"{marks[0]}{iri}{marks[1]}"


def _short(value: str, prefixes: Mapping[str, str], otherwise: str) -> str:
    """Return SQL for the prefixed name of an IRI."""
    cases = "".join(
        f"\n  WHEN starts_with({value}, {text(space)}) AND "
        f"regexp_full_match(substr({value}, {len(space) + 1}), {text(LOCAL)}) "
        f"THEN {text(prefix + ':')} || substr({value}, {len(space) + 1})"
        for prefix, space in longest_first(prefixes)
    )
    return f"CASE{cases}\n  ELSE {otherwise} END" if cases else otherwise


def name_macros(names: Names) -> tuple[str, ...]:
    """Return the macros that shorten IRIs and write terms: `curie` and `short` for Turtle, `compact` and `json`."""
    bare = "\n  ".join(
        f"WHEN datatype = {text(datatype)} AND regexp_full_match(object, {text(form)}) THEN object"
        for datatype, form in NUMBERS.items()
    )
    return (
        f"CREATE OR REPLACE MACRO curie(iri) AS {_short('iri', names.prefixes, text('<') + ' || iri || ' + text('>'))}",
        f"CREATE OR REPLACE MACRO compact(iri) AS {_short('iri', names.linked, 'iri')}",
        f"""CREATE OR REPLACE MACRO short(object, datatype, language) AS CASE WHEN datatype = '' THEN curie(object)
  WHEN datatype = {text(STRING)} THEN quoted(object)
  WHEN datatype = {text(LANG_STRING)} THEN quoted(object) || '@' || language
  {bare}
  ELSE quoted(object) || '^^' || curie(datatype) END""",
        f"""CREATE OR REPLACE MACRO json(object, datatype, language, coercion) AS CASE
  WHEN datatype = '' AND coercion = '@id' THEN concat('"', compact(object), '"')
  WHEN datatype = '' THEN concat('{{"id": "', compact(object), '"}}')
  WHEN datatype = coercion OR (coercion = '' AND datatype = {text(STRING)}) THEN quoted(object)
  WHEN datatype = {text(STRING)} THEN concat('{{"@value": ', quoted(object), '}}')
  WHEN datatype = {text(LANG_STRING)} THEN concat('{{"@language": "', language, '", "@value": ', quoted(object), '}}')
  ELSE concat('{{"@type": "', compact(datatype), '", "@value": ', quoted(object), '}}') END""",
    )


def ntriples(table: str = "fact") -> str:
    """Return the query for N-Triples: the sorted lines of each subject of a table of facts."""
    return (
        "SELECT concat(subject, '>') AS key, "
        "string_agg(concat('<', subject, '> <', predicate, '> ', term(object, datatype, language), ' .', chr(10)), ''\n"
        "  ORDER BY concat(predicate, '> ', term(object, datatype, language), ' .')) AS text\n"
        f"FROM {table} GROUP BY subject"
    )


def _keys(names: Names) -> str:
    rows = ",\n  ".join(
        f"({text(each.predicate)}, {text(each.key)}, {each.rank}, {text(each.coercion)}, {each.single})"
        for each in names.keys
    )
    return f"naming(predicate, key, rank, coercion, single) AS (VALUES\n  {rows})"


def turtle(names: Names, table: str = "fact") -> str:
    """Return the query for Turtle: one block per subject, types first, then in the order of the mapping.

    Values are sorted by their language first, so that another word in one language stays in its place.
    """
    lines = {rank: text(between(Key("", "", rank, "", single=False))) for rank in (0, 1)}
    return f"""WITH {_keys(names)},
value AS (
  SELECT subject, predicate, rank, language, short(object, datatype, language) AS value
  FROM {table} AS fact JOIN naming USING (predicate)),
verb AS (
  SELECT subject, rank, CASE WHEN rank = 0 THEN 'a' ELSE curie(predicate) END AS verb,
    CASE WHEN rank = 0 THEN string_agg(value, {lines[0]} ORDER BY value)
      ELSE string_agg(value, {lines[1]} ORDER BY language, value) END AS objects
  FROM value GROUP BY subject, rank, predicate)
SELECT concat(subject, '>') AS key, concat(chr(10), curie(subject), {text(FIRST_VERB)},
  string_agg(concat(verb, ' ', objects), {text(NEXT_VERB)} ORDER BY rank), ' .', chr(10)) AS text
FROM verb GROUP BY subject"""


def jsonld(names: Names, table: str = "fact") -> str:
    """Return the query for JSON-LD: one node object per subject, one line per key."""
    lang = text(LANG_STRING)
    return f"""WITH {_keys(names)},
value AS (
  SELECT subject, rank, key, single, coercion, language, CASE WHEN coercion = {lang} THEN quoted(object)
    ELSE json(object, datatype, language, coercion) END AS json
  FROM {table} AS fact JOIN naming USING (predicate)),
spoken AS (
  SELECT subject, rank, key, language, CASE WHEN count(*) = 1 THEN any_value(json)
    ELSE concat('[', string_agg(json, ', ' ORDER BY json), ']') END AS json
  FROM value WHERE coercion = {lang} GROUP BY subject, rank, key, language),
entry AS (
  SELECT subject, rank, key, concat('{{', string_agg(concat('"', language, '": ', json), ', '
    ORDER BY language), '}}') AS json
  FROM spoken GROUP BY subject, rank, key
  UNION ALL
  SELECT subject, rank, key, CASE WHEN single AND count(*) = 1 THEN any_value(json)
    ELSE concat('[', string_agg(json, ', ' ORDER BY json), ']') END
  FROM value WHERE coercion <> {lang} GROUP BY subject, rank, key, single)
SELECT concat(subject, '>') AS key, concat({text(FIRST_KEY)}, '"', compact(subject), '"', {text(NEXT_KEY)},
  string_agg(concat('  ', json_quote(key), ': ', json), {text(NEXT_KEY)} ORDER BY rank), {text(LAST_KEY)}) AS text
FROM entry GROUP BY subject"""
