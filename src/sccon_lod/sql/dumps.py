"""SQL for whole dumps: blocks of rows and facts in the order of their subjects."""

from collections.abc import Sequence
from dataclasses import dataclass

from sccon_lod.plan import Group
from sccon_lod.sql.blocks import Block
from sccon_lod.sql.words import text

FACTS = "text_of_facts"


@dataclass(frozen=True)
class Stream:
    """The blocks of a group in a dump; `is_ordered` says that its rows come in the order of their subjects."""

    group: Group
    block: Block
    is_ordered: bool


def dump(streams: Sequence[Stream], facts: bool) -> list[str]:
    """Return the queries for the texts of a dump, one after the other in the order of their subjects.

    Subjects that begin with the same constant are put in order together; where one group alone comes in order,
    its rows are only passed on.
    """
    queries: list[str] = []
    below = ""
    for head, members in _sections(streams):
        before = [_facts(below, head)] if facts else []
        inside = [f"SELECT key, text {_between(head, _after(head))}"] if facts else []
        queries.append(_all([*before, _section(members, inside)]))
        below = _after(head)
    return [*queries, _all([_facts(below, "")])] if facts else queries


def _all(parts: Sequence[str]) -> str:
    return "\nUNION ALL\n".join(f"(SELECT text FROM ({part}))" for part in parts)


def _sections(streams: Sequence[Stream]) -> list[tuple[str, list[Stream]]]:
    """Return the streams by what their subjects begin with, in order; a beginning includes the longer ones."""
    found: list[tuple[str, list[Stream]]] = []
    for stream in sorted(streams, key=lambda each: each.group.head):
        if found and stream.group.head.startswith(found[-1][0]):
            found[-1][1].append(stream)
        else:
            found.append((stream.group.head, [stream]))
    return found


def _after(head: str) -> str:
    """Return the least text that comes after all that begin with `head`."""
    return head[:-1] + chr(ord(head[-1]) + 1)


def _facts(low: str, high: str) -> str:
    return f"SELECT text {_between(low, high)} ORDER BY key"


def _between(low: str, high: str) -> str:
    tests = [f"key >= {text(low)}"] * bool(low) + [f"key < {text(high)}"] * bool(high)
    condition = f" WHERE {' AND '.join(tests)}" if tests else ""
    return f"FROM {FACTS}{condition}"


def _section(members: Sequence[Stream], facts: Sequence[str]) -> str:
    if len(members) == 1 and not facts:
        return _rows(members[0])
    keyed = [
        f"SELECT {each.block.key} AS key, {each.block.text} AS text FROM {each.block.relation}" for each in members
    ]
    whole = "\nUNION ALL\n".join([*keyed, *facts])
    return f"SELECT text FROM ({whole}) ORDER BY key"


def _rows(stream: Stream) -> str:
    block = stream.block
    # Rows are put in order before they become text, which is several times longer.
    source = block.relation if stream.is_ordered else f"(SELECT * FROM {block.relation} ORDER BY {block.key}) AS row"
    return f"SELECT {block.text} AS text FROM {source}"


def create_facts(query: str) -> str:
    """Return the statement that keeps the texts of facts."""
    return f"CREATE OR REPLACE TABLE {FACTS} AS {query}"


def encoded(query: str) -> str:
    """Return the query for the texts of another as UTF-8."""
    return f"SELECT encode(text) FROM ({query})"
