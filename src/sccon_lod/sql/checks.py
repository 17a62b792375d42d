"""SQL for what rows are and what is wrong with them: one pass over each source, however many checks there are."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sccon_lod.mapping import Call, Link, Part, Reference, Source, Term, columns
from sccon_lod.plan import Group, Invocation, Plan, Statement
from sccon_lod.sql import sources, words
from sccon_lod.sql.rows import Lists, Row, is_bare, joins, needed, row_of, subject_of, test, valid
from sccon_lod.sql.words import Sql, concat, text, where
from sccon_lod.terms import IDENTIFIER

_BITS = 62  # checks that one BIGINT holds
_SAMPLE = 4096  # rows that are looked at to see whether subjects repeat


@dataclass(frozen=True)
class Check:
    """Something that may be wrong with a row: which rule reports it, about which columns, and the SQL that finds it.

    `datatype` is that of a literal that is not of it; `called` are the invocations that the SQL needs; `passed` is
    the test that no row needs any more once all have passed it.
    """

    rule: str
    columns: tuple[str, ...]
    datatype: str
    bad: str
    called: tuple[Invocation, ...] = ()
    passed: str = ""


# The rules of checks that are no findings: the engine cannot read the file by itself; a cell is empty; the subject
# may break a shape.
ODD, EMPTY, SUSPECT = "odd", "empty", "suspect"
IRI, DATATYPE, LANGUAGE, MISSING = "cell-iri", "cell-datatype", "cell-language", "id-missing"


def checks(plan: Plan, source: Source, lists: Lists, scanned: Sequence[str]) -> tuple[Check, ...]:
    """Return what to look for in the rows of a source; `scanned` are the columns of a file that no reader reads."""
    row = row_of(source, lists)
    found: dict[str, Check] = {}
    for statement in plan.statements:
        if statement.map.source.key == source.key:
            for check in (*_terms(row, statement), *_missing(row, statement)):
                found.setdefault(check.bad, check)
    for column in plan.references(source):
        if not row.is_list(column):
            there = f"{row.cell(column)} IS NOT NULL"
            found[there] = Check(EMPTY, (column,), "", f"{row.cell(column)} IS NULL", passed=there)
    if scanned:
        found[ODD] = Check(ODD, (), "", _odd(row, scanned))
    return tuple(found.values())


def _odd(row: Row, columns: Sequence[str]) -> str:
    """Return SQL that finds rows that a reader takes otherwise: blank ones, and what is no value in JSON."""
    if row.source.formulation == "csv":
        blank = text(_BLANK)
        cells = [row.cell(column) for column in columns]
        # A blank cell begins with white space, which is cheap to see: it comes before "!" or is not ASCII.
        may_be = " AND ".join(f"({cell} IS NULL OR {cell} < '!' OR {cell} >= chr(128))" for cell in cells)
        is_blank = " AND ".join(f"coalesce(trim({cell}, {blank}), '') = ''" for cell in cells)
        return f"CASE WHEN {may_be} THEN {is_blank} ELSE false END"
    bad = f"item IS NULL OR item = '' OR {_is_structure('item')}"
    return " OR ".join(
        f"coalesce(len(list_filter({row.cell(column)}, lambda item: {bad})) > 0, false)"
        if column in row.lists
        else f"coalesce({_is_structure(row.cell(column))}, false)"
        for column in columns
    )


def _is_structure(value: str) -> str:
    """Return SQL that tells whether a text may be no value; a range of texts is the cheapest way to find brackets."""
    numbers = ", ".join(map(text, _NO_NUMBERS))
    return f"({value} >= '[' AND {value} < '\\') OR ({value} >= '{{' AND {value} < '|') OR {value} IN ({numbers})"


# White space, but for control characters, which a file that the engine reads has not.
_BLANK = "\t\n \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
# The engine reads these as JSON, which does not know them (RFC 8259 section 6); texts of that spelling cost time only.
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity", "nan", "inf", "-inf")


def screening(tests: Iterable[str], group: Group) -> tuple[Check, ...]:
    """Return the checks that the subjects of a group may break shapes."""
    return tuple(Check(SUSPECT, (), "", each, group.called) for each in dict.fromkeys(tests))


def _missing(row: Row, statement: Statement) -> Iterator[Check]:
    if statement.rule.predicate == IDENTIFIER:
        for column in columns(statement.map.subject):
            yield Check(MISSING, (column,), "", f"{row.cell(column)} IS NULL")


def _terms(row: Row, statement: Statement) -> Iterator[Check]:
    called = tuple(inner for own in statement.tests for inner in own.inner if inner)
    for term, made in ((statement.rule.object, statement.object), (statement.map.subject, statement.subject)):
        if isinstance(term, Link):
            continue
        read = columns(term) or statement.columns
        conditions = [own.condition for own in statement.tests]
        if row.listed(*conditions, *([term] if isinstance(term, Call) else [])):
            yield from _by_item(row, statement, term, made)
            continue
        for rule, datatype, bad in _failures(row, term, made):
            tests = [test(row, own) for own in statement.tests]
            whole = " AND ".join(f"({each})" for each in dict.fromkeys([*tests, bad]))
            passed = _passed(row, term) if rule != LANGUAGE else ""
            yield Check(rule, read, datatype, f"coalesce({whole}, false)", (*called, *([made] if made else [])), passed)


def _passed(row: Row, term: Term | Call) -> str:
    """Return the test of a value that needs no list; the empty text where there is none."""
    if isinstance(term, Call) or row.listed(term):
        return ""
    return valid(row.made(term), term.datatype, is_bare(term)) or ""


def _by_item(row: Row, statement: Statement, term: Term | Call, made: Invocation | None) -> Iterator[Check]:
    """Yield the checks of a term where lists decide which of its values there are."""
    read = row.listed(term, *(own.condition for own in statement.tests))
    cells = row.by_item(read)
    tests = [test(cells, own) for own in statement.tests]
    called = [made, *(inner for own in statement.tests for inner in own.inner)]
    for rule, datatype, bad in _failures(cells, term, made):
        found = (
            f'SELECT row."#record" FROM {sources.table(row.source)} AS row{row.unnested(read)}'
            f"{joins(cells, filter(None, called))}{where([*tests, bad])}"
        )
        yield Check(rule, columns(term) or statement.columns, datatype, f'row."#record" IN ({found})')


def _failures(row: Row, term: Term | Call, made: Invocation | None) -> Iterator[tuple[str, str, str]]:
    """Yield rule, datatype and SQL for each way in which the value of a term may be unusable though it is there."""
    datatype = term.datatype
    if isinstance(term, Term):
        check = _check_of(row, term)
        if check:
            yield (IRI if term.is_iri else DATATYPE), term.datatype, check
    elif made is not None and datatype is not None:
        check = valid(row.lexical(made), datatype, bare=datatype == "")
        if check:
            yield (DATATYPE if datatype else IRI), datatype, f"NOT {check}"
    tongue = [part.column for part in term.language if isinstance(part, Reference)]
    if tongue:
        spoken = Term(term.language)
        yield (
            LANGUAGE,
            "",
            _any_item(row, spoken, lambda cells: f"NOT is_language({cells.made(Term(term.language, 'x'))})"),
        )


def _check_of(row: Row, term: Term) -> str | None:
    probe = valid("", term.datatype, is_bare(term))
    if probe is None:
        return None
    return _any_item(row, term, lambda cells: f"NOT {valid(cells.made(term), term.datatype, is_bare(term))}")


def _any_item(row: Row, term: Term, bad: Callable[[Row], str]) -> str:
    """Return SQL that is true where some value of a term, which may read lists, is bad."""
    listed = row.listed(Term(term.template, term.datatype))
    cells = Row(row.source, row.lists, {**row.items, **{each: f"part_{place}" for place, each in enumerate(listed)}})
    single = [each for each in cells.present(term.template) if not each.startswith("part_")]
    test_of = bad(cells)
    for place, column in reversed(list(enumerate(listed))):
        test_of = f"len(list_filter({row.several(column)}, lambda part_{place}: {test_of})) > 0"
    return " AND ".join([*single, test_of])


# --- the table of rows


def row_table(index: int) -> str:
    """Return the name of the table of a source's rows."""
    return f"row_{index}"


def _masks(found: Sequence[Check]) -> list[tuple[str, Sequence[Check]]]:
    """Return the columns of the table of rows that hold a bit for each check: findings first, then empty cells."""
    findings = [each for each in found if each.rule not in (ODD, EMPTY, SUSPECT)]
    empty, suspect = ([each for each in found if each.rule == rule] for rule in (EMPTY, SUSPECT))
    return [
        (f"{kind}_{start // _BITS}", checks[start : start + _BITS])
        for kind, checks in (("failed", findings), ("empty", empty), ("suspect", suspect))
        for start in range(0, len(checks), _BITS)
    ]


def is_keyed(group: Group, lists: Lists) -> bool:
    """Whether a row has one subject of the group at most."""
    return not row_of(group.source, lists).listed(group.subject)


def repeats(groups: Sequence[Group], lists: Lists, source: Source) -> str:
    """Return the query that tells of each group, by its first rows, whether rows repeat its subjects."""
    row = row_of(source, lists)
    told = ", ".join(f"count(key_{place}) > count(DISTINCT key_{place})" for place, _ in enumerate(groups))
    keys = ", ".join(f"{_stored(row, each)[1]} AS key_{place}" for place, each in enumerate(groups))
    return f"SELECT {told} FROM (SELECT {keys} FROM {sources.table(source)} AS row LIMIT {_SAMPLE})"


def create_rows(
    index: int, groups: Sequence[Group], found: Sequence[Check], lists: Lists, source: Source, kept: Sequence[str] = ()
) -> str:
    """Return the statement that makes the table of a source's rows: the subject of each group, and a bit per check.

    Rows keep their order; the number of a record is that of its row, from 1. Columns in `kept` are stored, too, so
    that a file need not be read again for them.
    """
    row = row_of(source, lists)
    keyed = [group for group in groups if is_keyed(group, lists)]
    called = needed(*(group.named for group in keyed), *(each for check in found for each in check.called))
    keys = dict(_stored(row, group) for group in keyed)
    bits = [f"{_bits(each)} AS {column}" for column, each in _masks(found)]
    bits += [f"({each.bad}) AS odd" for each in found if each.rule == ODD]
    # Joins may change the order of rows; then their numbers have to be read.
    order = '\nORDER BY row."#record"' if called else ""
    keys |= {print_column(group): _print(row, columns(*_terms_of(group))) for group in keyed}
    keys |= {kept_column(each): row.cell(each) for each in kept}
    selected = ", ".join([*(f"{made} AS {column}" for column, made in keys.items()), *bits]) or "NULL AS nothing"
    table = row_table(index)
    return f"CREATE TABLE {table} AS SELECT {selected}\nFROM {sources.table(source)} AS row{joins(row, called)}{order}"


def print_column(group: Group) -> str:
    """Return the column of the table of rows that has one number for all that a group reads of a row."""
    return f"print_{group.index}"


def _print(row: Row, read: Sequence[str]) -> str:
    """Return the expression for a number of 128 bits that only cells which are alike share."""
    # With the length before each cell, it is certain where one ends; an empty one has none.
    cells = [
        f"coalesce(array_to_string(list_transform({row.several(each)}, lambda item: {_measured('item')}), ''), '-')"
        if each in row.lists
        else _measured(row.cell(each))
        for each in read
    ]
    return f"md5_number(concat_ws(';', {', '.join(cells)}))" if cells else "0::UHUGEINT"


def _measured(cell: str) -> str:
    return f"concat(strlen({cell}), ':', {cell})"


def _terms_of(group: Group) -> Iterator[Part]:
    yield group.subject
    for each in group.statements:
        yield each.rule.object
        yield from (own.condition for own in each.tests)


def kept_column(column: str) -> str:
    """Return the name under which the table of rows keeps a column of the source."""
    return words.column(f"kept {column}")


def columns_of_rows(index: int) -> str:
    """Return the query for the names of all columns that the table of rows has."""
    return f"SELECT column_name FROM duckdb_columns() WHERE table_name = {text(row_table(index))}"


def _stored(row: Row, group: Group) -> tuple[str, str]:
    """Return the column that tells subjects apart, and its value: a cell where the rest is constant, else all."""
    column = _only_cell(group)
    if column is not None:
        return words.column(f"key {column}"), f"iri_safe({row.cell(column)})"
    value, tests = subject_of(row, group.subject, group.named)
    return f"key_{group.index}", f"CASE WHEN {' AND '.join(tests)} THEN {value} END" if tests else value


def _only_cell(group: Group) -> str | None:
    """Return the column of the only cell in a subject that is otherwise constant."""
    if isinstance(group.subject, Term) and not is_bare(group.subject):
        read = [part.column for part in group.subject.template if isinstance(part, Reference)]
        if len(read) == 1:
            return read[0]
    return None


def stored(group: Group) -> str:
    """Return the column of the table of rows that is NULL where there is no subject, and else tells subjects apart."""
    column = _only_cell(group)
    return words.column(f"key {column}") if column is not None else f"key_{group.index}"


def subject(group: Group) -> str:
    """Return the subject, made from the table of rows."""
    if _only_cell(group) is None or not isinstance(group.subject, Term):
        return stored(group)
    return concat(part if isinstance(part, str) else Sql(stored(group)) for part in group.subject.template)


def _bits(found: Sequence[Check]) -> str:
    return " + ".join(f"CASE WHEN {each.bad} THEN {1 << place} ELSE 0 END" for place, each in enumerate(found))


def failing(index: int, found: Sequence[Check]) -> Iterator[tuple[Sequence[Check], str]]:
    """Yield some checks and the query for the rows that fail one of them: record, bits."""
    for column, each in _masks(found):
        if each[0].rule not in (EMPTY, SUSPECT):
            selected = f"SELECT rowid + 1 AS record, {column} FROM {row_table(index)}"
            yield each, f"{selected} WHERE {column} <> 0 ORDER BY record"


def count(index: int) -> str:
    """Return the query for the number of records of a source."""
    return f"SELECT count(*) FROM {row_table(index)}"


def odd(index: int, found: Sequence[Check]) -> Iterator[str]:
    """Yield the query that counts rows that only a reader can read, where there may be some."""
    if any(each.rule == ODD for each in found):
        yield f"SELECT count(*) FROM {row_table(index)} WHERE odd"


def failed(index: int, found: Sequence[Check]) -> Iterator[tuple[Sequence[Check], str]]:
    """Yield some checks and the query for a number with a bit for each that some row fails."""
    for column, each in _masks(found):
        if each[0].rule != SUSPECT:  # passed by all, it would spare no other test
            yield each, f"SELECT coalesce(bit_or({column}), 0) FROM {row_table(index)}"


def never_filled(index: int, found: Sequence[Check]) -> Iterator[tuple[Sequence[Check], str]]:
    """Yield some checks for empty cells and the query for a number with a bit for each that every row fails."""
    for column, each in _masks(found):
        if each[0].rule == EMPTY:
            yield each, f"SELECT coalesce(bit_and({column}), 0) FROM {row_table(index)}"


def profile(index: int, group: Group) -> str:
    """Return the query for the subjects of a group: how many rows have one, and whether they rise strictly."""
    whole, stored_in = f"concat({subject(group)}, '>')", stored(group)
    return (
        "SELECT count(*), coalesce(bool_and(before IS NULL OR before < subject), true) FROM (SELECT "
        f"{whole} AS subject, lag({whole}) OVER () AS before FROM {row_table(index)} WHERE {stored_in} IS NOT NULL)"
    )


def subjects(index: int, group: Group) -> str:
    """Return the query for the subjects of a group, each row once."""
    return f"SELECT {subject(group)} AS subject FROM {row_table(index)} WHERE {stored(group)} IS NOT NULL"


def subjects_of(index: int, group: Group, records: str) -> str:
    """Return the query for the subjects of a group in the rows with the record numbers of a query: subject, record."""
    kept = f"{stored(group)} IS NOT NULL AND rowid + 1 IN ({records})"
    return f"SELECT {subject(group)} AS subject, rowid + 1 AS record FROM {row_table(index)} WHERE {kept}"


def speaking_of(index: int, group: Group) -> str:
    """Return the query for the rows whose subject of a group is one of `$documents`."""
    named = f"{stored(group)} IS NOT NULL AND {subject(group)} IN (SELECT unnest($documents::VARCHAR[]))"
    return f"SELECT rowid + 1 AS record FROM {row_table(index)} WHERE {named} ORDER BY record"


def silence(index: int, groups: Iterable[Group], records: str) -> str:
    """Return the statement that takes their subjects from the rows with the record numbers of a query."""
    taken = ", ".join(f"{column} = NULL" for column in dict.fromkeys(map(stored, groups)))
    return f"UPDATE {row_table(index)} SET {taken} WHERE rowid + 1 IN ({records})"


def with_subject(index: int, group: Group) -> str:
    """Return the rows of the table of rows that have a subject of a group, as something to select from."""
    return f"(SELECT * FROM {row_table(index)} WHERE {stored(group)} IS NOT NULL)"


def is_suspect(found: Sequence[Check], tests: Collection[str]) -> str:
    """Return the test of the table of rows that a row has failed one of some checks; empty where there is none.

    `tests` are what the checks look for.
    """
    kept = [
        f"{column} & {bits} <> 0"
        for column, each in _masks(found)
        if (bits := sum(1 << place for place, check in enumerate(each) if check.rule == SUSPECT and check.bad in tests))
    ]
    return " OR ".join(kept)


def suspects(index: int, group: Group, is_suspected: str) -> str:
    """Return the query for the subjects of the rows of a group that pass a test of the table of rows."""
    return f"{subjects(index, group)} AND ({is_suspected})"


def picked(index: int, group: Group, is_picked: str) -> str:
    """Return the query for the records of the rows that have a subject and pass a test of the table of rows."""
    return f"SELECT rowid + 1 FROM {row_table(index)} WHERE {stored(group)} IS NOT NULL AND ({is_picked})"


def is_named(group: Group, table: str) -> str:
    """Return the test that a row's subject is in a table."""
    return f"{subject(group)} IN (SELECT node FROM {table})"


def distinct(index: int, group: Group) -> str:
    """Return the query for the number of different subjects of a group."""
    return f"SELECT count(DISTINCT {stored(group)}) FROM {row_table(index)}"


def repeated(index: int, group: Group) -> str:
    """Return the query for records that share their subject with others: record, the next one in a circle."""
    key = stored(group)
    return (
        "SELECT record, coalesce(lead(record) OVER turn, first_value(record) OVER turn) AS other FROM "
        f"(SELECT {key} AS subject, rowid + 1 AS record FROM {row_table(index)} WHERE {key} IS NOT NULL) "
        "WINDOW turn AS (PARTITION BY subject ORDER BY record) "
        "QUALIFY count(*) OVER (PARTITION BY subject) > 1 ORDER BY ALL"
    )


def silent(index: int, groups: Iterable[Group], by_row: Sequence[Group]) -> str:
    """Return the query for rows that say nothing: record; one with a subject of the groups `by_row` says something."""
    noted = ", ".join(str(each.index) for group in groups if group not in by_row for each in group.statements)
    tests = [f"{stored(group)} IS NULL" for group in by_row]
    tests += [f"rowid + 1 NOT IN (SELECT record FROM statement WHERE rule IN ({noted}))"] * bool(noted)
    return f"SELECT rowid + 1 AS record FROM {row_table(index)}{where(tests)} ORDER BY record"
