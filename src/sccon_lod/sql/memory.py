"""SQL for what a run says of each subject in one number, beside the numbers of the last release."""

from collections.abc import Sequence
from pathlib import Path

from sccon_lod.plan import Group
from sccon_lod.sql import checks
from sccon_lod.sql.rows import Lists, joins, needed, row_of, subject_of
from sccon_lod.sql.words import text, where

NOW, CHANGED, FACT = "print.now", "print.changed", "print.fact"
_SCHEMA = "CREATE SCHEMA IF NOT EXISTS print"
_FACTS = -1  # in place of the number of a group
_STATED = "concat_ws(';', {})".format(
    ", ".join(f"strlen({each}), {each}" for each in ("predicate", "object", "datatype", "language"))
)


def create_now(woven: Sequence[tuple[int, Group, str | None]]) -> list[str]:
    """Return the statements that keep a number of 128 bits for all that is said of each subject.

    `woven` are the groups that are written row by row, each with the number of its source and a table of subjects that
    are not.
    """
    queries = [_of_rows(*each) for each in woven]
    # Facts are said once each, in no order.
    queries.append(
        f"SELECT subject, {_FACTS} AS part, bit_xor(md5_number({_STATED})) AS print FROM fact GROUP BY subject"
    )
    whole = "\nUNION ALL ".join(queries)
    return [_SCHEMA, f"CREATE OR REPLACE TABLE {NOW} AS {whole}"]


def _of_rows(index: int, group: Group, without: str | None) -> str:
    tests = [f"subject NOT IN (SELECT subject FROM {without})"] if without else []
    rows = (
        f"SELECT {checks.subject(group)} AS subject, {checks.print_column(group)} AS print "
        f"FROM {checks.row_table(index)} WHERE {checks.stored(group)} IS NOT NULL"
    )
    return (
        f"SELECT subject, {group.index} AS part, any_value(print) AS print FROM ({rows}){where(tests)} GROUP BY subject"
    )


def save(path: Path) -> str:
    """Return the statement that writes the numbers to a file."""
    # Parquet knows numbers of 128 bits as names only; as numbers they would lose half of their digits.
    return f"COPY (SELECT subject, part, print::UUID AS print FROM {NOW}) TO {text(str(path))} (FORMAT parquet)"


def create_changed(path: Path) -> str:
    """Return the statement that finds the subjects of which other things are said than a file has it.

    `now` is the number of the group that speaks of them; NULL where none does any more.
    """
    return (
        f"CREATE OR REPLACE TABLE {CHANGED} AS SELECT subject, now.part AS now FROM {NOW} AS now "
        f"FULL JOIN read_parquet({text(str(path))}) AS was USING (subject) "
        "WHERE now.print::UUID IS DISTINCT FROM was.print OR now.part IS DISTINCT FROM was.part"
    )


COUNT_NOW = f"SELECT count(*), count(DISTINCT subject) FROM {NOW}"
COUNT_CHANGED = f"SELECT count(*) FROM {CHANGED}"
CHANGES = f"SELECT subject, now FROM {CHANGED} ORDER BY subject"
# The facts about what has changed.
CREATE_FACT = f"CREATE OR REPLACE TABLE {FACT} AS SELECT * FROM fact WHERE subject IN (SELECT subject FROM {CHANGED})"
COUNT_FACT = f"SELECT count(*) FROM {FACT}"


def cuts(of: int) -> str:
    """Return the query for one of so many subjects, whatever others there are."""
    return f"SELECT subject FROM {NOW} WHERE md5_number_lower(subject) % {of} = 0 ORDER BY subject"


def unknown(nodes: str) -> str:
    """Return the query that counts the nodes of a table of which nothing is said."""
    return f"SELECT count(*) FROM {nodes} WHERE node NOT IN (SELECT subject FROM {NOW})"


def picked_table(group: Group) -> str:
    """Return the name of the table of the rows of a group that speak of what has changed."""
    return f"print.picked_{group.index}"


def among_rows(index: int, group: Group) -> str:
    """Return the query for the numbers of the rows of a group that speak of what has changed."""
    test = f"{checks.subject(group)} IN (SELECT subject FROM {CHANGED})"
    return checks.picked(index, group, test)


def pick_distinct(group: Group, table: str, lists: Lists) -> str:
    """Return the statement that keeps those different rows of a group that speak of what has changed."""
    row = row_of(group.source, lists)
    value, tests = subject_of(row, group.subject, group.named)
    kept = where([*tests, f"{value} IN (SELECT subject FROM {CHANGED})"])
    given = f"{table} AS row{joins(row, needed(group.named))}"
    return f"CREATE OR REPLACE TABLE {picked_table(group)} AS SELECT row.* FROM {given}{kept}"
