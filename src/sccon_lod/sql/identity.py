"""SQL for the identity ledger: what was ever published, what there is now, and what has come of the difference.

A document is an IRI below the base without its fragment; what is said of its fragments is part of it.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from sccon_lod.sql.words import text, where

COLUMNS = ("release", "time", "change", "iri", "digest", "statements", "successor", "label")
LIVE = ("create", "update")
GRAVE = ("withdraw", "replace", "rename")  # what becomes a tombstone
RETIRED = (*GRAVE, "suppress")
MARKS = ("source", "release")  # lines about releases, and not about documents

_TEXT = ", ".join(f"{each} VARCHAR" for each in COLUMNS)
TABLES = (
    "CREATE SCHEMA identity",
    # What the file says; its lines are numbered by `rowid`.
    f"CREATE TABLE identity.log ({_TEXT})",
    # What the sources speak of; what of it is left to be published; what is published, with its checksum.
    "CREATE TABLE identity.there (document VARCHAR)",
    "CREATE TABLE identity.kept (document VARCHAR)",
    "CREATE TABLE identity.now (document VARCHAR, digest VARCHAR, statements BIGINT)",
    # What is in no source any more, or is said to be: document, change, successor, label.
    "CREATE TABLE identity.retired (document VARCHAR, change VARCHAR, successor VARCHAR, label VARCHAR)",
)

# Notes documents that are published: lines of IRI, checksum, and number of statements.
WATCH = """INSERT INTO identity.now SELECT part[1], part[2], part[3]::BIGINT
FROM (SELECT string_split(unnest(string_split($documents, chr(10))), ' ') AS part)"""


def _one_of(column: str, values: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(map(text, values))})"


def read(path: Path) -> str:
    """Return the statement that reads the file; a line that is none of it is passed over."""
    kinds = ", ".join(f"{each}: 'VARCHAR'" for each in COLUMNS)
    layout = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '\\N'"
    return (
        f"INSERT INTO identity.log SELECT * FROM read_csv({text(str(path))}, {layout}, ignore_errors = true, "
        f"columns = {{{kinds}}})"
    )


COUNT = "SELECT count(*) FROM identity.log"

# What is known of each document: the last change with its line, since when it is gone, and what was said
# last.
STATE = f"""CREATE TABLE identity.state AS
SELECT iri AS document, arg_max(change, rowid) AS change, max(rowid) + 2 AS line,
  min(time) FILTER ({_one_of("change", GRAVE)} AND rowid > coalesce(live, -1)) AS time,
  arg_max(digest, rowid) FILTER (digest <> '') AS digest, arg_max(successor, rowid) AS successor,
  arg_max(label, rowid) AS label
FROM (SELECT *, rowid, max(rowid) FILTER ({_one_of("change", LIVE)}) OVER (PARTITION BY iri) AS live
  FROM identity.log WHERE NOT {_one_of("change", MARKS)}) GROUP BY iri"""

LAST = "SELECT release, time, digest FROM identity.log WHERE change = 'release' ORDER BY rowid DESC LIMIT 1"

# The first line that says what cannot be.
FAULTY = r"""SELECT coalesce(min(rowid) + 2, 0) FROM identity.log WHERE TRY_CAST(release AS BIGINT) IS NULL
  OR NOT regexp_full_match(time, '\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ') OR TRY_CAST(time AS TIMESTAMP) IS NULL
  OR (change IN ('source', 'release') AND TRY_CAST(statements AS BIGINT) IS NULL)"""
RELEASES = "SELECT DISTINCT release FROM identity.log WHERE change = 'release'"

# How many records of each source the last release has.
FORMER = f"""SELECT iri, statements::BIGINT FROM identity.log WHERE change = 'source'
  AND release = (SELECT release FROM ({LAST})) ORDER BY rowid"""


OF_FACTS = "SELECT subject FROM fact"


def subjects(query: str, without: str | None) -> str:
    """Return the query for the subjects of another but for those of a table."""
    return f"SELECT subject FROM ({query})" + (f" WHERE subject NOT IN (SELECT subject FROM {without})" * bool(without))


def documents(queries: Sequence[str]) -> str:
    """Return the query for those subjects of some queries that are documents as a whole: document."""
    whole = "\nUNION ALL\n".join(queries)
    return f"SELECT DISTINCT subject AS document FROM ({whole}) WHERE NOT contains(subject, '#')"


def note(table: str, base: str, subjects: Sequence[str]) -> str:
    """Return the statement that keeps the documents of some queries for subjects."""
    every = "\nUNION ALL\n".join(subjects)
    below = f"starts_with(subject, {text(base + '/')})"
    return f"INSERT INTO identity.{table} SELECT DISTINCT split_part(subject, '#', 1) FROM ({every}){where([below])}"


# --- what is claimed again, or under another name


def among(documents: str) -> str:
    """Return the query for those documents of another that were retired: document, line, digest."""
    return (
        "SELECT document, line, coalesce(digest, '') FROM identity.state "
        f"WHERE {_one_of('change', RETIRED)} AND document IN ({documents}) ORDER BY document"
    )


def new(documents: str) -> str:
    """Return the query for those documents of another that were never published."""
    return (
        f"SELECT document FROM ({documents}) WHERE document NOT IN (SELECT document FROM identity.state) ORDER BY ALL"
    )


MISSING = f"""SELECT document, line, digest FROM identity.state
WHERE {_one_of("change", (*LIVE, "hide"))}
  AND document NOT IN (SELECT document FROM identity.there) ORDER BY document"""

KNOWN = "SELECT count(*) FROM identity.state WHERE document = $document"
IS_THERE = "SELECT count(*) FROM identity.there WHERE document = $document"


# --- what is gone


def retire(uncertain: Iterable[str]) -> str:
    """Return the statement that notes what was published and is not any more.

    It is hidden where sources still speak of it, or where its IRI begins with one of `uncertain`; else withdrawn.
    """
    doubts = [f"starts_with(document, {text(each)})" for each in uncertain]
    hidden = " OR ".join(["document IN (SELECT document FROM identity.there)", *doubts])
    return f"""INSERT INTO identity.retired
SELECT document, made, '', '' FROM (
  SELECT document, change, CASE WHEN {hidden} THEN 'hide' ELSE 'withdraw' END AS made FROM identity.state
  WHERE {_one_of("change", (*LIVE, "hide"))} AND document NOT IN (SELECT document FROM identity.kept))
WHERE made <> change"""


# The sources of rows that are held back, and that no document which was published is known to be about.
UNKNOWN_HELD = f"""SELECT DISTINCT source FROM hold.record WHERE subject IS NULL OR split_part(subject, '#', 1) NOT IN (
  SELECT document FROM identity.state WHERE {_one_of("change", (*LIVE, "hide"))})"""

FRESH = f"""SELECT document, coalesce(state.label, '') FROM identity.retired AS retired
LEFT JOIN identity.state AS state USING (document)
WHERE {_one_of("retired.change", (*GRAVE, "hide"))} ORDER BY ALL"""
SUCCEED = """UPDATE identity.retired SET change = $change, successor = $successor
WHERE document = $document AND document NOT IN (SELECT document FROM identity.there)"""
SUCCEED_LATE = f"""INSERT INTO identity.retired SELECT document, $change, $successor, label FROM identity.state
WHERE document = $document AND {_one_of("change", RETIRED)} AND (change <> $change OR successor <> $successor)
  AND document NOT IN (SELECT document FROM identity.there)"""
NAME = "UPDATE identity.retired SET label = $label WHERE document = $document"

# What is suppressed: documents that are named, whatever became of them before.
SUPPRESS = (
    "DELETE FROM identity.retired WHERE document IN (SELECT unnest($documents::VARCHAR[]))",
    """INSERT INTO identity.retired SELECT document, 'suppress', '', '' FROM identity.state
WHERE change <> 'suppress' AND document IN (SELECT unnest($documents::VARCHAR[]))""",
)
# Of a dump, what is not a tombstone.
KEEP_NOW = f"""INSERT INTO identity.kept SELECT document FROM identity.now
WHERE document NOT IN (SELECT document FROM identity.state WHERE {_one_of("change", GRAVE)})"""

# Everything that is a tombstone in this release: document, time (none where it is this one), successor, label.
TOMBSTONES = f"""SELECT document, coalesce(state.time, '') AS time, retired.successor, retired.label
FROM identity.retired AS retired LEFT JOIN identity.state AS state USING (document)
WHERE {_one_of("retired.change", GRAVE)}
UNION ALL SELECT document, time, successor, label FROM identity.state
WHERE {_one_of("change", GRAVE)}
  AND document NOT IN (SELECT document FROM identity.retired UNION ALL SELECT document FROM identity.kept)
ORDER BY document"""

# What was withdrawn before this release.
GRAVES = f"SELECT document FROM identity.state WHERE {_one_of('change', GRAVE)}"

# What is withdrawn, whenever that was.
GONE = f"SELECT document FROM ({TOMBSTONES})"

SUCCESSORS = """SELECT document, successor FROM identity.state WHERE successor <> ''
  AND document NOT IN (SELECT document FROM identity.retired)
UNION ALL SELECT document, successor FROM identity.retired WHERE successor <> ''"""
KEPT = "SELECT document FROM identity.kept WHERE document IN (SELECT unnest($documents::VARCHAR[]))"


# --- what is written

# The new lines about documents: change, IRI, checksum, number of statements, successor, label.
CHANGES = f"""CREATE OR REPLACE TABLE identity.change AS
SELECT CASE WHEN known.change IS NULL OR NOT {_one_of("known.change", LIVE)} THEN 'create' ELSE 'update' END AS change,
  now.document AS iri, now.digest, now.statements, '' AS successor, '' AS label
FROM identity.now AS now LEFT JOIN identity.state AS known USING (document)
WHERE known.change IS NULL OR NOT {_one_of("known.change", LIVE)} OR known.digest IS DISTINCT FROM now.digest
UNION ALL
SELECT change, document, '', NULL, successor, label FROM identity.retired"""

COUNT_CHANGES = "SELECT count(*) FROM identity.change"


def lines(serial: str, time: str) -> str:
    """Return the query for the new lines of the file about documents, in the order of their IRIs."""
    cells = (text(serial), text(time), "change", "iri", "digest", "statements", "successor", "label")
    joined = ", ',', ".join(f"csv_cell(coalesce({each}::VARCHAR, ''))" for each in cells)
    return f"SELECT concat({joined}, chr(10)) AS text FROM identity.change ORDER BY iri"


def counts(heads: Sequence[str]) -> str:
    """Return the query for how many documents begin with each head: in the last release, and now."""
    rows = ", ".join(f"({place}, {text(each)})" for place, each in enumerate(heads))
    return f"""SELECT place, (SELECT count(*) FROM identity.state WHERE starts_with(document, head)
    AND {_one_of("change", LIVE)}), (SELECT count(*) FROM identity.kept WHERE starts_with(document, head))
FROM (VALUES {rows}) AS kind(place, head) ORDER BY place"""


def forget(documents: Iterable[str]) -> str:
    """Return the statement that takes documents from what is published: what is left of them is no content."""
    return f"DELETE FROM identity.now WHERE {_one_of('document', [*documents, ''])}"


BEFORE = """SELECT max(release) FROM identity.log WHERE change = 'release'
  AND release::BIGINT < $serial"""


def modified(spaces: Sequence[str]) -> str:
    """Return the query for the time of the last change among the documents that begin with one of some texts.

    `identity.feed` has all changes.
    """
    return (
        f"SELECT max(time) FROM identity.feed WHERE {' OR '.join(f'starts_with(iri, {text(each)})' for each in spaces)}"
    )
