"""SQL for the ledger: how each row ends, as lines of CSV (RFC 4180)."""

from collections.abc import Sequence

from sccon_lod.mapping import Source
from sccon_lod.plan import Group
from sccon_lod.sql import checks, sources
from sccon_lod.sql.identity import GONE
from sccon_lod.sql.words import text

COLUMNS = ("source", "record", "file", "line", "path", "resource", "state", "was_published", "rules")

# What ends otherwise than published, as finished lines.
TABLES = (
    "CREATE SCHEMA ledger",
    "CREATE TABLE ledger.line (source INTEGER, record BIGINT, place INTEGER, text VARCHAR)",
)


# Of some documents, those that are published, or ever were.
KNOWN = """SELECT document FROM identity.kept WHERE document IN (SELECT unnest($documents::VARCHAR[]))
UNION SELECT document FROM identity.state WHERE change <> 'suppress'
  AND document IN (SELECT unnest($documents::VARCHAR[]))"""


def withdrawn(heads: Sequence[tuple[str, str]]) -> str:
    """Return the query for what was published and is in no source any more: source, resource.

    `heads` are the sources with what the resources that name their records begin with.
    """
    rows = ", ".join(f"({text(source)}, {text(head)})" for source, head in heads)
    return (
        f"SELECT arg_max(source, length(head)) AS source, document FROM ({GONE}) AS gone "
        f"JOIN (VALUES {rows}) AS named(source, head) ON starts_with(document, head) GROUP BY document ORDER BY ALL"
    )


def resources(index: int, group: Group, records: Sequence[int]) -> str:
    """Return the query for what some records that are not held back speak of: record, resource."""
    return f"SELECT record, subject FROM ({checks.subjects_of(index, group, ', '.join(map(str, records)))})"


HELD = "SELECT source, record, subject FROM hold.record ORDER BY ALL"


def lines(index: int, source: Source, group: Group | None, is_scanned: bool) -> str:
    """Return the query for the lines of a source in the order of its records.

    Those that are not in `ledger.line` are published. A file that the engine reads by itself is not looked at for the
    physical lines of its records.
    """
    subject = f"CASE WHEN {checks.stored(group)} IS NOT NULL THEN {checks.subject(group)} END" if group else "NULL"
    named = f"SELECT rowid + 1 AS record, {subject} AS subject FROM {checks.row_table(index)}"
    place = f"{text(source.file)} AS file, NULL AS line, NULL AS path"
    joined = ""
    if not is_scanned:
        place = 'row."#in" AS file, nullif(row."#line", 0) AS line, row."#path" AS path'
        joined = f' JOIN {sources.read_table(source)} AS row ON row."#record" = named.record'
    other = f"SELECT record FROM ledger.line WHERE source = {index} AND record IS NOT NULL"
    cells = [text(source.key), "record", "file", "line", "path", "subject", "'published'", "'yes'", "NULL"]
    joined_cells = ", ',', ".join(f"csv_cell(coalesce({each}::VARCHAR, ''))" for each in cells)
    published = (
        f"SELECT record, 0 AS place, concat({joined_cells}) AS text "
        f"FROM (SELECT named.record, subject, {place} FROM ({named}) AS named{joined}) WHERE record NOT IN ({other})"
    )
    exceptions = f"SELECT record, place, text FROM ledger.line WHERE source = {index}"
    return (
        f"SELECT concat(text, chr(10)) AS text FROM ({published} UNION ALL {exceptions}) "
        "ORDER BY record NULLS LAST, place"
    )
