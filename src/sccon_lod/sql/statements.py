"""SQL for what rows and files say, with where they say it."""

from collections.abc import Iterator, Mapping, Sequence

from sccon_lod.mapping import Part
from sccon_lod.plan import Statement
from sccon_lod.sql import words
from sccon_lod.sql.rows import Lists, row_of, statements
from sccon_lod.sql.words import where


def state(
    statement: Statement, lists: Lists, among: str | None = None, without: str | None = None, table: str = ""
) -> str:
    """Return the statement that notes what a rule says, of all subjects or as the tables `among` and `without` say.

    Rows are those of a table, by default of the source.
    """
    tests = [f"subject IN (SELECT subject FROM {among})"] if among else []
    tests += [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    said = statements(statement, lists, table)
    return f"INSERT INTO statement {f'SELECT * FROM ({said}){where(tests)}' if tests else said}"


def said(rules: Sequence[Statement], lists: Lists, table: str, without: str | None) -> str:
    """Return the query for what rules with one predicate say of different subjects in the rows of a table, once each.

    Subjects of the table `without` are left out.
    """
    tests = [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    whole = "\nUNION ALL\n".join(statements(each, lists, table) for each in rules)
    is_single = len(rules) == 1 and not row_of(rules[0].map.source, lists).listed(*_parts(rules[0]))
    once = "" if is_single else "DISTINCT "
    return f"SELECT {once}subject, predicate, object, datatype, language FROM ({whole}){where(tests)}"


def _parts(statement: Statement) -> Iterator[Part]:
    yield statement.map.subject
    yield statement.rule.object
    for each in statement.tests:
        yield each.condition


def state_all(rules: Sequence[Statement], lists: Lists) -> str:
    """Return the statement that notes what several rules say, of all subjects."""
    return "INSERT INTO statement " + "\nUNION ALL\n".join(statements(each, lists) for each in rules)


def picked_table(group: int) -> str:
    """Return the name of the table of the rows that were picked for a group."""
    return f"picked_{group}"


def create_picked(table: str, source: str, columns: Sequence[str], records: str, is_numbered: bool) -> str:
    """Return the statement that keeps rows of a table, all or those with the record numbers of a query.

    `is_numbered` says that the rows have numbers.
    """
    number = '"#record"' if is_numbered else 'NULL::BIGINT AS "#record"'
    read = ", ".join([number, *map(words.column, columns)])
    among = [f'"#record" IN ({records})'] if records else []
    return f"CREATE OR REPLACE TABLE {table} AS SELECT {read} FROM {source}{where(among)}"


def drop(table: str) -> str:
    """Return the statement that forgets a table."""
    return f"DROP TABLE {table}"


FACTS = """CREATE OR REPLACE TABLE fact AS
SELECT subject, predicate, object, datatype, language FROM statement
UNION
SELECT subject, predicate, object, datatype, language FROM told"""


# Of what files say, what was not known before.
ADD_FACTS = """INSERT INTO fact SELECT subject, predicate, object, datatype, language FROM told
EXCEPT SELECT * FROM fact"""

COUNT_FACTS = "SELECT count(*) FROM fact"
COUNT_TOLD = "SELECT count(*) FROM told"


def count(statement: Statement, lists: Lists) -> str:
    """Return the query for the number of statements that a rule makes."""
    return count_of(statements(statement, lists))


def count_of(query: str) -> str:
    """Return the query for the number of rows of another."""
    return f"SELECT count(*) FROM ({query})"


def create_shared(family: int, keys: Sequence[str]) -> str:
    """Return the statement that finds the subjects of a family that more than one row or file speaks of.

    `keys` are queries for the subjects of its groups, each row once.
    """
    told = "SELECT DISTINCT subject FROM told"
    every = "\nUNION ALL\n".join([*keys, told])
    return f"CREATE TABLE {shared_table(family)} AS SELECT subject FROM ({every}) GROUP BY subject HAVING count(*) > 1"


def create_unshared(family: int) -> str:
    """Return the statement that makes sure that there is such a table, if only an empty one."""
    return f"CREATE TABLE IF NOT EXISTS {shared_table(family)} (subject VARCHAR)"


def count_shared(family: int) -> str:
    """Return the query for the number of such subjects."""
    return f"SELECT count(*) FROM {shared_table(family)}"


def shared_table(family: int) -> str:
    """Return the name of the table of subjects that are not written row by row."""
    return f"shared_{family}"


def create_distinct(group: int, table: str, columns: Mapping[str, str]) -> str:
    """Return the statement that keeps the different rows of a table; `columns` are those a group reads, by name."""
    # A group of constants alone reads nothing; its rows are all the same.
    read = ", ".join(f"{given} AS {words.column(each)}" for each, given in columns.items()) or "NULL AS nothing"
    return f"CREATE OR REPLACE TABLE {distinct_table(group)} AS SELECT DISTINCT {read} FROM {table}"


def distinct_table(group: int) -> str:
    """Return the name of the table of a group's different rows."""
    return f"distinct_{group}"


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
