"""SQL for what rows and files say, with where they say it."""

from collections.abc import Mapping, Sequence

from sccon_lod.plan import Statement
from sccon_lod.sql import words
from sccon_lod.sql.rows import Lists, statements
from sccon_lod.sql.words import where


def state(statement: Statement, lists: Lists, among: str | None = None, without: str | None = None) -> str:
    """Return the statement that notes what a rule says, of all subjects or as the tables `among` and `without` say."""
    tests = [f"subject IN (SELECT subject FROM {among})"] if among else []
    tests += [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    said = statements(statement, lists)
    return f"INSERT INTO statement {f'SELECT * FROM ({said}){where(tests)}' if tests else said}"


def state_all(rules: Sequence[Statement], lists: Lists) -> str:
    """Return the statement that notes what several rules say, of all subjects."""
    return "INSERT INTO statement " + "\nUNION ALL\n".join(statements(each, lists) for each in rules)


FACTS = """CREATE TABLE fact AS
SELECT subject, predicate, object, datatype, language FROM statement
UNION
SELECT subject, predicate, object, datatype, language FROM told"""


COUNT_FACTS = "SELECT count(*) FROM fact"
COUNT_TOLD = "SELECT count(*) FROM told"


def count(statement: Statement, lists: Lists) -> str:
    """Return the query for the number of statements that a rule makes."""
    return f"SELECT count(*) FROM ({statements(statement, lists)})"


def create_shared(family: int, keys: Sequence[str]) -> str:
    """Return the statement that finds the subjects of a family that more than one row or file speaks of.

    `keys` are queries for the subjects of its groups, each row once.
    """
    told = "SELECT DISTINCT subject FROM told"
    every = "\nUNION ALL\n".join([*keys, told])
    return f"CREATE TABLE {shared_table(family)} AS SELECT subject FROM ({every}) GROUP BY subject HAVING count(*) > 1"


def count_shared(family: int) -> str:
    """Return the query for the number of such subjects."""
    return f"SELECT count(*) FROM {shared_table(family)}"


def shared_table(family: int) -> str:
    """Return the name of the table of subjects that are not written row by row."""
    return f"shared_{family}"


def create_distinct(group: int, table: str, columns: Mapping[str, str]) -> str:
    """Return the statement that keeps the different rows of a table; `columns` are those a group reads, by name."""
    read = ", ".join(f"{given} AS {words.column(each)}" for each, given in columns.items())
    return f"CREATE TABLE {distinct_table(group)} AS SELECT DISTINCT {read} FROM {table}"


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
