"""The tables of a run and the functions in SQL that its queries share."""

from sccon_lod.iris import ABSOLUTE, UNRESERVED
from sccon_lod.sql.words import text
from sccon_lod.tags import LANGUAGE
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import STRING

# RML (IRI-safe): what is not unreserved in RFC 3987 is percent-encoded as UTF-8; letters of any script stay.
_UNRESERVED = f"[{UNRESERVED}]*"

MACROS = (
    # For ASCII, RFC 3986 and the engine's own function agree; it is many times faster than the rest.
    f"""CREATE MACRO iri_safe(cell) AS CASE
  WHEN strlen(cell) = length(cell) THEN url_encode(cell)
  WHEN regexp_full_match(cell, {text(_UNRESERVED)}) THEN cell
  ELSE array_to_string(list_transform(string_split(cell, ''), lambda letter:
    CASE WHEN regexp_full_match(letter, {text(_UNRESERVED)}) THEN letter ELSE url_encode(letter) END), '') END""",
    f"CREATE MACRO is_iri(value) AS regexp_full_match(value, {text(ABSOLUTE)})",
    f"CREATE MACRO is_language(value) AS regexp_full_match(value, {text(LANGUAGE)})",
    # Only plain blanks are taken off; to say so takes more than twice as long, and matters beyond ASCII alone.
    "CREATE MACRO items(cell, separator) AS list_filter(list_transform(string_split(cell, separator), "
    "lambda part: CASE WHEN strlen(part) = length(part) THEN trim(part) ELSE trim(part, ' ') END), "
    "lambda part: part <> '')",
    # JSON escapes what canonical N-Triples does (RDF Dataset Canonicalization section 5), but for DEL.
    r"""CREATE MACRO quoted(value) AS CASE WHEN contains(value, chr(127))
  THEN replace(json_quote(value)::VARCHAR, chr(127), '\u007F') ELSE json_quote(value)::VARCHAR END""",
    "CREATE MACRO term(object, datatype, language) AS CASE WHEN datatype = '' THEN '<' || object || '>' "
    f"WHEN datatype = {text(STRING)} THEN quoted(object) "
    f"WHEN datatype = {text(LANG_STRING)} THEN quoted(object) || '@' || language "
    "ELSE quoted(object) || '^^<' || datatype || '>' END",
    # A cell of CSV (RFC 4180).
    "CREATE MACRO csv_cell(cell) AS CASE WHEN cell SIMILAR TO '[^\",\\n\\r]*' THEN cell "
    "ELSE concat('\"', replace(cell, '\"', '\"\"'), '\"') END",
    # Only equal terms share it (`shacl.shape.Term.key`).
    """CREATE MACRO node_key(object, datatype, language) AS CASE WHEN datatype = '' THEN object
  WHEN language <> '' THEN concat('"', object, '"@', lower(language)) ELSE concat('"', object, '"^^', datatype) END""",
)

TABLES = (
    "CREATE SCHEMA read",
    "CREATE SCHEMA source",
    "CREATE SCHEMA shacl",
    "CREATE TABLE statement (subject VARCHAR, predicate VARCHAR, object VARCHAR, datatype VARCHAR, "
    "language VARCHAR, rule INTEGER, record BIGINT)",
    "CREATE TABLE told (subject VARCHAR, predicate VARCHAR, object VARCHAR, datatype VARCHAR, "
    "language VARCHAR, file VARCHAR, line INTEGER)",
    "CREATE TABLE found_at (number INTEGER, file VARCHAR, line INTEGER, path VARCHAR)",
)
