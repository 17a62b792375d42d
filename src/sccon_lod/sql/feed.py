"""SQL for the change feed: what the identity ledger says of documents, as entries on pages."""

from sccon_lod.sql.identity import MARKS
from sccon_lod.sql.words import text

# All changes of documents in their order: those of the ledger, and those of the release that is made.
_LOGGED = (
    f"SELECT rowid AS place, iri, change, time FROM identity.log WHERE change NOT IN ({', '.join(map(text, MARKS))})"
)
_FRESH = "SELECT NULL, iri, change, {time} FROM identity.change"

_VERBS = "CASE change WHEN 'create' THEN 'Create' WHEN 'update' THEN 'Update' ELSE 'Delete' END"
_ESCAPED = "replace(replace(replace(replace({}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;')"


def create(time: str) -> str:
    """Return the statement that numbers all changes; those that the ledger does not have yet are of a `time`."""
    return (
        "CREATE OR REPLACE TABLE identity.feed AS SELECT iri, change, time "
        f"FROM ({_LOGGED}\nUNION ALL {_FRESH.format(time=text(time))}) ORDER BY place NULLS LAST, iri"
    )


COUNT = "SELECT count(*) FROM identity.feed"


def times(size: int) -> str:
    """Return the query for the pages of a size: number, first and last time."""
    return f"SELECT rowid // {size} AS page, min(time), max(time) FROM identity.feed GROUP BY page ORDER BY page"


def _page(number: int, size: int, entry: str, order: str = "") -> str:
    """Return the query for one page: all at once would not fit into memory."""
    among = f"rowid >= {number * size} AND rowid < {(number + 1) * size}"
    return f"SELECT string_agg({entry}, '' ORDER BY rowid{order}) FROM identity.feed WHERE {among}"


def members(stream: str, number: int, size: int) -> str:
    """Return the query for the members of a Linked Data Event Stream on a page: Turtle."""
    member = f"'<', {text(stream)}, '#', rowid + 1, '>'"
    entry = (
        f"concat(chr(10), '<', {text(stream)}, '> tree:member ', {member}, ' .', chr(10), {member}, "
        f"' a as:', {_VERBS}, "
        "' ; as:object <', iri, '> ; as:published \"', time, '\"^^xsd:dateTime .', chr(10))"
    )
    return _page(number, size, entry)


def entries(base: str, number: int, size: int) -> str:
    """Return the query for the entries of an Atom feed on a page, the newest first: XML."""
    iri, title = _ESCAPED.format("iri"), _ESCAPED.format(f"substr(iri, {len(base) + 2})")
    gone = f"concat('<at:deleted-entry ref=\"', {iri}, '\" when=\"', time, '\"/>', chr(10))"
    there = (
        f"concat('<entry><id>', {iri}, '</id><title>', {title}, '</title><updated>', time, "
        f"'</updated><category term=\"', change, '\"/><link href=\"', {iri}, '\"/></entry>', chr(10))"
    )
    entry = f"CASE WHEN change IN ('create', 'update') THEN {there} ELSE {gone} END"
    return _page(number, size, entry, " DESC")
