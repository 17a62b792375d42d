"""The plan as SQL text: the only module that writes SQL.

Tables: one per source file (`source."data/event.csv"`: "#record", "#line" and a text column per column, empty
cells are NULL), one per invocation of a value function (`call_7`: its arguments, lexical, datatype, problem),
`statement` (what rows say, with rule and record), `told` (what vocabulary files say), `fact` (all distinct
statements that are published). An IRI has the datatype ''; a literal without language has the language ''.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sccon_lod.functions import EQUAL, GIVEN, NOT_EQUAL, ONE_OF
from sccon_lod.iris import ABSOLUTE, UNRESERVED
from sccon_lod.lexical import FORMS
from sccon_lod.mapping import Call, Condition, Reference, Source, Template, Term, columns
from sccon_lod.names import Names
from sccon_lod.plan import Invocation, Plan, Statement
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import BOOLEAN, DECIMAL, INTEGER, STRING


def text(value: str) -> str:
    """Return an SQL text literal.

    >>> text("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """Return a quoted SQL name."""
    return '"' + value.replace('"', '""') + '"'


# RML (IRI-safe): what is not unreserved in RFC 3987 is percent-encoded as UTF-8; letters of any script stay.
_UNRESERVED = f"[{UNRESERVED}]*"
# Canonical N-Triples (RDF Dataset Canonicalization section 5): these escapes, and \uXXXX for other controls.
_ESCAPES = {0x08: r"\b", 0x09: r"\t", 0x0A: r"\n", 0x0C: r"\f", 0x0D: r"\r"}
_CONTROLS = [*range(0x20), 0x7F]


def _escaped(value: str) -> str:
    """Return SQL that escapes the text of a literal, for N-Triples and Turtle alike."""
    plain = value
    for letter, escape in (("\\", "\\\\"), ('"', '\\"')):
        plain = f"replace({plain}, {text(letter)}, {text(escape)})"
    rare = plain
    for code in _CONTROLS:
        escape = _ESCAPES.get(code, rf"\u{code:04X}")
        rare = f"replace({rare}, chr({code}), {text(escape)})"
    return rf"CASE WHEN regexp_matches({value}, '[\x00-\x1f\x7f]') THEN {rare} ELSE {plain} END"


MACROS = (
    f"""CREATE MACRO iri_safe(cell) AS CASE
  WHEN regexp_full_match(cell, {text(_UNRESERVED)}) THEN cell
  ELSE array_to_string(list_transform(string_split(cell, ''), lambda letter:
    CASE WHEN regexp_full_match(letter, {text(_UNRESERVED)}) THEN letter ELSE url_encode(letter) END), '') END""",
    f"CREATE MACRO is_iri(value) AS regexp_full_match(value, {text(ABSOLUTE)})",
    "CREATE MACRO items(cell, separator) AS list_filter(list_transform(string_split(cell, separator), "
    "lambda part: trim(part)), lambda part: part <> '')",
    f"CREATE MACRO quoted(value) AS '\"' || {_escaped('value')} || '\"'",
    "CREATE MACRO term(object, datatype, language) AS CASE WHEN datatype = '' THEN '<' || object || '>' "
    f"WHEN datatype = {text(STRING)} THEN quoted(object) "
    f"WHEN datatype = {text(LANG_STRING)} THEN quoted(object) || '@' || language "
    "ELSE quoted(object) || '^^<' || datatype || '>' END",
)

TABLES = (
    "CREATE SCHEMA source",
    "CREATE TABLE statement (subject VARCHAR, predicate VARCHAR, object VARCHAR, datatype VARCHAR, "
    "language VARCHAR, rule INTEGER, record BIGINT)",
    "CREATE TABLE told (subject VARCHAR, predicate VARCHAR, object VARCHAR, datatype VARCHAR, "
    "language VARCHAR, file VARCHAR, line INTEGER)",
)

FACTS = """CREATE TABLE fact AS
SELECT subject, predicate, object, datatype, language FROM statement
UNION
SELECT subject, predicate, object, datatype, language FROM told"""


# --- sources


def source_table(source: Source | str) -> str:
    """Return the name of the table that holds the rows of a source."""
    return "source." + name(source if isinstance(source, str) else source.file)


def create_source(file: str, columns: Sequence[str]) -> str:
    """Return the statement that makes the table of a source; columns without a name are left out."""
    cells = "".join(f", {name(column)} VARCHAR" for column in columns if column)
    return f'CREATE TABLE {source_table(file)} ("#record" BIGINT, "#line" INTEGER{cells})'


def insert_rows(file: str, columns: Sequence[str]) -> str:
    """Return the statement that adds rows, given one list per column; an empty cell becomes NULL."""
    cells = "".join(", nullif(unnest(?::VARCHAR[]), '')" for column in columns if column)
    return f"INSERT INTO {source_table(file)} SELECT unnest(?::BIGINT[]), unnest(?::INTEGER[]){cells}"


# --- rows to statements


class _Row:
    """SQL for the cells of one rule: a list column is read item by item."""

    def __init__(self, source: Source, used: Iterable[Template]) -> None:
        columns = [part.column for template in used for part in template if isinstance(part, Reference)]
        self._list = next((column for column in columns if column in source.split), None)
        self._source = source

    @property
    def source(self) -> str:
        """The table, and the items of the list column where there is one."""
        table = source_table(self._source)
        if self._list is None:
            return f"{table} AS row"
        items = f"items(row.{name(self._list)}, {text(self._source.split[self._list])})"
        return f"{table} AS row, unnest({items}) AS item(value)"

    def cell(self, column: str) -> str:
        return "item.value" if column == self._list else f"row.{name(column)}"

    def join(self, template: Template, safe: bool) -> str:
        """Return the text of a template whose cells are present; `safe` percent-encodes them for an IRI."""
        parts = self._parts(template, safe)
        return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"

    def whole(self, template: Template) -> str:
        """Return the text of a template, NULL where one of its cells is empty."""
        return " || ".join(self._parts(template, safe=False))

    def _parts(self, template: Template, safe: bool) -> list[str]:
        parts = []
        for part in template:
            if isinstance(part, str):
                parts.append(text(part))
            else:
                parts.append(f"iri_safe({self.cell(part.column)})" if safe else self.cell(part.column))
        return parts or ["''"]

    def present(self, templates: Iterable[Template]) -> list[str]:
        columns = [part.column for each in templates for part in each if isinstance(part, Reference)]
        return [f"{self.cell(column)} IS NOT NULL" for column in dict.fromkeys(columns)]


def _test(row: _Row, condition: Condition) -> str:
    values = [row.whole(argument) for argument in condition.arguments]
    if condition.test == GIVEN:
        return f"{values[0]} IS NOT NULL"
    if condition.test == EQUAL:
        return f"{values[0]} = {values[1]}"
    if condition.test == NOT_EQUAL:
        return f"{values[0]} IS DISTINCT FROM {values[1]}"
    if condition.test == ONE_OF:
        return f"list_contains(string_split({values[1]}, ' '), {values[0]})"
    raise AssertionError(condition.test)


def _templates(*parts: Term | Call | Condition) -> list[Template]:
    return [template for part in parts for template in ((part.template,) if isinstance(part, Term) else part.arguments)]


def _is_bare(term: Term) -> bool:
    """Whether an IRI comes from a cell as it is; such a cell is checked and not encoded (RML)."""
    return term.is_iri and isinstance(term.template[0], Reference)


def _where(tests: Sequence[str]) -> str:
    return "\nWHERE " + "\n  AND ".join(dict.fromkeys(tests)) if tests else ""


def statements(statement: Statement) -> str:
    """Return the query for the statements of one rule: subject to language, rule, record."""
    subject, value = statement.map.subject, statement.rule.object
    row = _Row(statement.map.source, _templates(subject, value, *statement.conditions))
    tests = [_test(row, condition) for condition in statement.conditions]
    joins: list[str] = []
    subject_sql = _subject(row, subject, statement.subject, joins, tests)
    if isinstance(value, Term):
        tests += row.present(_templates(value))
        tests += filter(None, [_valid(row, value)])
        made = _made(row, value)
        object_sql = f"{made} AS object, {text(value.datatype)} AS datatype, {text(value.language)} AS language"
    else:
        joins.append(_join(row, statement.object, "made"))
        tests.append("made.problem_en IS NULL")
        object_sql = "made.lexical AS object, made.datatype AS datatype, '' AS language"
    return (
        f"SELECT {subject_sql} AS subject, {text(statement.rule.predicate)} AS predicate,\n"
        f"  {object_sql},\n"
        f'  {statement.index} AS rule, row."#record" AS record\n'
        f"FROM {row.source}{''.join(joins)}{_where(tests)}"
    )


def _subject(row: _Row, term: Term | Call, made: Invocation | None, joins: list[str], tests: list[str]) -> str:
    if isinstance(term, Call):
        joins.append(_join(row, made, "named"))
        tests.append("named.problem_en IS NULL")
        return "named.lexical"
    tests += row.present([term.template])
    tests += filter(None, [_valid(row, term)])
    return _made(row, term)


def _made(row: _Row, term: Term) -> str:
    return row.join(term.template, safe=term.is_iri and not _is_bare(term))


def _join(row: _Row, made: Invocation | None, alias: str) -> str:
    assert made is not None, "a call of the plan has an invocation"
    keys = [
        f"{alias}.argument_{position} = {row.whole(argument)}" for position, argument in enumerate(made.call.arguments)
    ]
    return f"\nJOIN call_{made.index} AS {alias} ON {' AND '.join(keys)}"


def subjects(statement: Statement) -> str:
    """Return the query for the rows of a map whose subject is missing: record."""
    missing = " OR ".join(f"row.{name(column)} IS NULL" for column in columns(statement.map.subject))
    return f'SELECT DISTINCT row."#record" FROM {source_table(statement.map.source)} AS row WHERE {missing or "false"}'


# --- value functions


def arguments(invocation: Invocation) -> str:
    """Return the query for the distinct arguments that a value function is called with."""
    row, tests = _call_row(invocation)
    values = ", ".join(
        f"{row.join(argument, safe=False)} AS argument_{position}"
        for position, argument in enumerate(invocation.call.arguments)
    )
    return f"SELECT DISTINCT {values} FROM {row.source}{_where(tests)} ORDER BY ALL"


def create_call(invocation: Invocation) -> str:
    """Return the statement that makes the table of converted values."""
    given = "".join(f"argument_{position} VARCHAR, " for position in range(len(invocation.call.arguments)))
    return (
        f"CREATE TABLE call_{invocation.index} "
        f"({given}lexical VARCHAR, datatype VARCHAR, problem_de VARCHAR, problem_en VARCHAR)"
    )


def insert_call(invocation: Invocation) -> str:
    """Return the statement that adds converted values, given one list per column."""
    width = len(invocation.call.arguments) + 4
    return f"INSERT INTO call_{invocation.index} SELECT {', '.join(['unnest(?::VARCHAR[])'] * width)}"


def problems(invocation: Invocation) -> str:
    """Return the query for cells that a value function could not convert: record, sentence in de and en."""
    row, tests = _call_row(invocation)
    return (
        'SELECT DISTINCT row."#record", made.problem_de, made.problem_en '
        f"FROM {row.source}{_join(row, invocation, 'made')}{_where([*tests, 'made.problem_en IS NOT NULL'])}"
        "\nORDER BY ALL"
    )


def _call_row(invocation: Invocation) -> tuple[_Row, list[str]]:
    row = _Row(invocation.source, _templates(invocation.call, *invocation.conditions))
    tests = [_test(row, condition) for condition in invocation.conditions]
    return row, [*tests, *row.present(invocation.call.arguments)]


# --- what the engine itself finds


def unusable(statement: Statement) -> Iterator[tuple[Term, str]]:
    """Yield each term that can fail, with the query for the records where it does: record."""
    for term in (statement.rule.object, statement.map.subject):
        row = _Row(statement.map.source, _templates(term, *statement.conditions))
        valid = _valid(row, term) if isinstance(term, Term) else None
        if valid and isinstance(term, Term):
            tests = [_test(row, condition) for condition in statement.conditions]
            tests += [*row.present([term.template]), f"NOT ({valid})"]
            yield term, f'SELECT DISTINCT row."#record" FROM {row.source}{_where(tests)}\nORDER BY ALL'


def _valid(row: _Row, term: Term) -> str | None:
    """Return the test that the value of a term must pass; None where nothing can go wrong."""
    made = _made(row, term)
    if _is_bare(term):
        return f"is_iri({made})"
    form = FORMS.get(term.datatype)
    if form is None:
        return None
    written = f"regexp_full_match({made}, {text(form.pattern)})"
    # The calendar is asked about years of four digits; longer and negative ones are taken as they are written.
    day = f"substr({made}, 1, 10)"
    return (
        f"{written} AND (NOT regexp_matches({made}, '^[0-9]{{4}}-') OR TRY_CAST({day} AS DATE) IS NOT NULL)"
        if form.is_dated
        else written
    )


def duplicates(statement: Statement) -> str:
    """Return the query for records that share their subject with others: record, the next one in a circle."""
    return (
        "SELECT record, coalesce(lead(record) OVER turn, first_value(record) OVER turn) AS other FROM "
        f"(SELECT subject, record FROM statement WHERE rule = {statement.index}) "
        "WINDOW turn AS (PARTITION BY subject ORDER BY record) "
        "QUALIFY count(*) OVER (PARTITION BY subject) > 1 ORDER BY ALL"
    )


def silent(file: str, plan: Plan) -> str:
    """Return the query for rows that no statement was made from: record."""
    rules = ", ".join(str(each.index) for each in plan.statements if each.map.source.file == file)
    return (
        f'SELECT row."#record" FROM {source_table(file)} AS row WHERE NOT EXISTS '
        f'(SELECT 1 FROM statement WHERE record = row."#record" AND rule IN ({rules})) ORDER BY ALL'
    )


COUNTS = "SELECT rule, count(*) FROM statement GROUP BY rule"

# --- where a statement was made: rule, record, file, line

STATED = """SELECT subject, predicate, object, datatype, language, rule, record, NULL AS file, NULL AS line
FROM statement WHERE subject IN (SELECT unnest($subjects::VARCHAR[]))
UNION ALL
SELECT subject, predicate, object, datatype, language, NULL, NULL, file, line
FROM told WHERE subject IN (SELECT unnest($subjects::VARCHAR[]))
ORDER BY subject, rule, record, file, line, predicate, object, language"""

POINTING = """SELECT rule, record, NULL AS file, NULL AS line FROM statement WHERE object = $object AND datatype = ''
  AND ($predicate IS NULL OR predicate = $predicate)
UNION ALL
SELECT NULL, NULL, file, line FROM told WHERE object = $object AND datatype = ''
  AND ($predicate IS NULL OR predicate = $predicate)
ORDER BY ALL"""


def rows(file: str) -> str:
    """Return the query for records by their numbers: number, line and all cells."""
    return f'SELECT * FROM {source_table(file)} WHERE "#record" IN (SELECT unnest(?::BIGINT[])) ORDER BY "#record"'


# --- dumps

NTRIPLES = (
    "SELECT '<' || subject || '> <' || predicate || '> ' || term(object, datatype, language) || ' .' AS line "
    "FROM fact ORDER BY line"
)

# A subset of PN_LOCAL (Turtle section 6.5) that needs no escapes, and is a valid suffix in JSON-LD too.
_LOCAL = "[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?"
# Without quotation marks only what readers keep as it is written; rdflib turns a bare 007 into 7.
_NUMBERS = {INTEGER: "0|-?[1-9][0-9]*", DECIMAL: r"-?(0|[1-9][0-9]*)\.[0-9]{1,6}", BOOLEAN: "true|false"}


def _short(value: str, prefixes: Mapping[str, str], otherwise: str) -> str:
    """Return SQL for the prefixed name of an IRI; the longest namespace wins."""
    longest = sorted(prefixes.items(), key=lambda each: (-len(each[1]), each[0]))
    cases = "".join(
        f"\n  WHEN starts_with({value}, {text(space)}) AND "
        f"regexp_full_match(substr({value}, {len(space) + 1}), {text(_LOCAL)}) "
        f"THEN {text(prefix + ':')} || substr({value}, {len(space) + 1})"
        for prefix, space in longest
    )
    return f"CASE{cases}\n  ELSE {otherwise} END" if cases else otherwise


def name_macros(names: Names) -> tuple[str, ...]:
    """Return the macros that shorten IRIs: `curie` for Turtle, `compact` for JSON-LD, `short` for a term."""
    bare = "\n  ".join(
        f"WHEN datatype = {text(datatype)} AND regexp_full_match(object, {text(form)}) THEN object"
        for datatype, form in _NUMBERS.items()
    )
    return (
        f"CREATE MACRO curie(iri) AS {_short('iri', names.prefixes, text('<') + ' || iri || ' + text('>'))}",
        f"CREATE MACRO compact(iri) AS {_short('iri', names.linked, 'iri')}",
        f"""CREATE MACRO short(object, datatype, language) AS CASE WHEN datatype = '' THEN curie(object)
  WHEN datatype = {text(STRING)} THEN quoted(object)
  WHEN datatype = {text(LANG_STRING)} THEN quoted(object) || '@' || language
  {bare}
  ELSE quoted(object) || '^^' || curie(datatype) END""",
    )


def _keys(names: Names) -> str:
    rows = ",\n  ".join(
        f"({text(each.predicate)}, {text(each.key)}, {each.rank}, {text(each.coercion)}, {each.single})"
        for each in names.keys
    )
    return f"key(predicate, key, rank, coercion, single) AS (VALUES\n  {rows})"


def turtle(names: Names) -> str:
    """Return the query for Turtle: one block per subject, types first, then in the order of the mapping."""
    objects = "short(object, datatype, language)"
    order = "ORDER BY language, datatype, object"
    return f"""WITH {_keys(names)},
pair AS (
  SELECT subject, rank, CASE WHEN rank = 0 THEN 'a' ELSE curie(predicate) END AS verb,
    CASE WHEN rank = 0 THEN string_agg({objects}, ', ' {order}) ELSE string_agg({objects}, ' ,
        ' {order}) END AS objects
  FROM fact JOIN key USING (predicate) GROUP BY subject, rank, predicate)
SELECT curie(subject) || '
    ' || string_agg(verb || ' ' || objects, ' ;
    ' ORDER BY rank) || ' .' FROM pair GROUP BY subject ORDER BY subject"""


def jsonld(names: Names) -> str:
    """Return the query for JSON-LD: one node object per subject, one line per key."""
    lang = text(LANG_STRING)
    return f"""WITH {_keys(names)},
value AS (
  SELECT subject, rank, key, single, coercion, object, datatype, language, CASE
    WHEN coercion = {lang} THEN to_json(object)::VARCHAR
    WHEN datatype = '' AND (coercion = '@id' OR rank = 0) THEN to_json(compact(object))::VARCHAR
    WHEN datatype = '' THEN concat('{{"id": ', to_json(compact(object)), '}}')
    WHEN datatype = coercion OR (coercion = '' AND datatype = {text(STRING)}) THEN to_json(object)::VARCHAR
    WHEN datatype = {text(STRING)} THEN concat('{{"@value": ', to_json(object), '}}')
    WHEN datatype = {lang} THEN concat('{{"@language": ', to_json(language), ', "@value": ', to_json(object), '}}')
    ELSE concat('{{"@type": ', to_json(compact(datatype)), ', "@value": ', to_json(object), '}}') END AS json
  FROM fact JOIN key USING (predicate)),
spoken AS (
  SELECT subject, rank, key, language, CASE WHEN count(*) = 1 THEN any_value(json)
    ELSE concat('[', string_agg(json, ', ' ORDER BY object), ']') END AS json
  FROM value WHERE coercion = {lang} GROUP BY subject, rank, key, language),
entry AS (
  SELECT subject, rank, key, concat('{{', string_agg(concat(to_json(language), ': ', json), ', '
    ORDER BY language), '}}') AS json
  FROM spoken GROUP BY subject, rank, key
  UNION ALL
  SELECT subject, rank, key, CASE WHEN single AND count(*) = 1 THEN any_value(json)
    ELSE concat('[', string_agg(json, ', ' ORDER BY datatype, language, object), ']') END
  FROM value WHERE coercion <> {lang} GROUP BY subject, rank, key, single)
SELECT concat('{{
  "id": ', to_json(compact(subject)), string_agg(concat(',
  ', to_json(key), ': ', json), '' ORDER BY rank), '
}}') FROM entry GROUP BY subject ORDER BY subject"""
