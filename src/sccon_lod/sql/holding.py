"""SQL for records that are held back: what they alone speak of is gone, and nothing points to it any more."""

from collections.abc import Iterable, Sequence

from sccon_lod.plan import Group, Statement
from sccon_lod.sql import checks
from sccon_lod.sql.rows import Lists, statements
from sccon_lod.sql.words import text, where
from sccon_lod.terms import TYPE

# Records go by the number of their source in the plan and their number there. `fresh` are held back from now on,
# `record` were before, with the subject that names them. `lost` are the subjects of records that are held back (rank
# 0), and of statements that are left out because of one (rank 1); typed are those whose class such a record said.
# `gone` are those whose class, or of which anything, is said by nobody any more, each with the record that comes first.
TABLES = (
    "CREATE SCHEMA hold",
    "CREATE TABLE hold.maker (rule INTEGER, source INTEGER)",
    "CREATE TABLE hold.fresh (source INTEGER, record BIGINT)",
    "CREATE TABLE hold.record (source INTEGER, record BIGINT, subject VARCHAR)",
    "CREATE TABLE hold.lost (subject VARCHAR, source INTEGER, record BIGINT, rank INTEGER, is_typed BOOLEAN)",
    "CREATE TABLE hold.gone (subject VARCHAR, source INTEGER, record BIGINT, is_typed BOOLEAN)",
)

LOSE_NOTED = f"""INSERT INTO hold.lost
SELECT subject, maker.source, statement.record, 0, bool_or(predicate = {text(TYPE)})
FROM statement JOIN hold.maker AS maker USING (rule)
SEMI JOIN hold.fresh AS fresh ON fresh.source = maker.source AND fresh.record = statement.record
GROUP BY ALL"""

FORGET_NOTED = """DELETE FROM statement USING hold.maker AS maker, hold.fresh AS fresh
WHERE statement.rule = maker.rule AND fresh.source = maker.source AND fresh.record = statement.record"""

FORGET_FRESH = "DELETE FROM hold.fresh"

FIND_GONE = f"""CREATE OR REPLACE TABLE hold.gone AS
SELECT subject, first[2]::INTEGER AS source, first[3] AS record, is_typed
FROM (SELECT subject, min([rank, source, record]) AS first, bool_or(is_typed) AS is_typed FROM hold.lost
  GROUP BY subject) AS lost
WHERE subject NOT IN (SELECT subject FROM told) AND NOT EXISTS (SELECT 1 FROM statement
  WHERE statement.subject = lost.subject AND (predicate = {text(TYPE)} OR NOT is_typed))"""

COUNT_GONE = "SELECT count(*) FROM hold.gone"

# Who speaks of what is gone, or points to it: rule, record, subject, source and record of what is gone, 1 for a link.
POINTING = """SELECT rule, statement.record, statement.subject, gone.source, gone.record, 0 AS is_link FROM statement
JOIN hold.gone AS gone ON statement.subject = gone.subject
UNION SELECT rule, statement.record, statement.subject, gone.source, gone.record, 1 FROM statement
JOIN hold.gone AS gone ON statement.object = gone.subject AND datatype = ''
WHERE statement.subject NOT IN (SELECT subject FROM hold.gone) ORDER BY ALL"""

LOSE_POINTING = """INSERT INTO hold.lost SELECT DISTINCT statement.subject, gone.source, gone.record, 1, false
FROM statement JOIN hold.gone AS gone ON statement.object = gone.subject WHERE datatype = ''"""

FORGET_POINTING = """DELETE FROM statement WHERE subject IN (SELECT subject FROM hold.gone)
OR (datatype = '' AND object IN (SELECT subject FROM hold.gone))"""


def fresh(source: int) -> str:
    """Return the query for the records of a source that are held back from now on."""
    return f"SELECT record FROM hold.fresh WHERE source = {source}"


def held(source: int) -> str:
    """Return the query for the records of a source that are held back."""
    return f"SELECT record FROM hold.record WHERE source = {source}"


def note(source: int, named: Group | None) -> str:
    """Return the statement that notes the fresh records of a source, with the subjects that name them."""
    subjects = checks.subjects_of(source, named, fresh(source)) if named else "SELECT NULL AS subject, NULL AS record"
    return (
        f"INSERT INTO hold.record SELECT source, fresh.record, subject FROM hold.fresh AS fresh LEFT JOIN ({subjects}) "
        f"AS named ON named.record = fresh.record WHERE source = {source}"
    )


def lose(source: int, group: Group) -> str:
    """Return the statement that notes the subjects of a group in the rows that are held back from now on."""
    return (
        f"INSERT INTO hold.lost SELECT subject, {source}, record, 0, {_says_class(group)} FROM "
        f"({checks.subjects_of(source, group, fresh(source))})"
    )


def forget(rules: Iterable[Statement], without: str | None) -> str:
    """Return the statement that forgets what rules say of subjects that are written row by row."""
    kept = [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    among = f"rule IN ({', '.join(str(each.index) for each in rules)})"
    return f"DELETE FROM statement{where([among, *kept])}"


def keep(source: int, group: Group) -> str:
    """Return the statement that takes the subjects of a group from what is gone."""
    kept = f"DELETE FROM hold.gone WHERE subject IN ({checks.subjects(source, group)})"
    return kept if _says_class(group) else f"{kept} AND NOT is_typed"


def _says_class(group: Group) -> bool:
    return any(each.rule.predicate == TYPE for each in group.statements)


def speaking(source: int, group: Group, without: str | None) -> str:
    """Return the query for the subjects of a group that are gone, though its rows speak of them."""
    tests = ["subject IN (SELECT subject FROM hold.gone)"]
    tests += [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    return f"SELECT DISTINCT subject FROM ({checks.subjects(source, group)}){where(tests)}"


def pointing(rules: Sequence[Statement], lists: Lists, table: str, without: str | None) -> str:
    """Return the query for the subjects that rules, in the rows of a table, let point to what is gone."""
    said = "\nUNION ALL\n".join(statements(each, lists, table) for each in rules)
    tests = ["datatype = ''", "object IN (SELECT subject FROM hold.gone)"]
    tests += [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    return f"SELECT DISTINCT subject FROM ({said}){where(tests)}"


MOVED = "hold.moved"


def create_moved(queries: Sequence[str]) -> str:
    """Return the statement that keeps the subjects of some queries, each once."""
    return f"CREATE OR REPLACE TABLE {MOVED} AS " + "\nUNION\n".join(queries)


COUNT_MOVED = f"SELECT count(*) FROM {MOVED}"


def move(without: str) -> str:
    """Return the statement that adds the moved subjects to a table of those that are not written row by row."""
    return f"INSERT INTO {without} SELECT subject FROM {MOVED}"
