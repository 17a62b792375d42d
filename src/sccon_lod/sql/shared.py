"""SQL for different names and identifiers that give one IRI."""

from collections.abc import Iterable, Sequence

from sccon_lod.functions import FUNCTIONS
from sccon_lod.mapping import Call, Reference
from sccon_lod.plan import Group, Test
from sccon_lod.sql import sources
from sccon_lod.sql.rows import Lists, joins, row_of, subject_of, test
from sccon_lod.sql.words import where
from sccon_lod.terms import IDENTIFIER


def naming(groups: Iterable[Group]) -> list[Group]:
    """Return the groups whose subjects are to be told apart: those that are identified, or named by a function.

    A function that gives one IRI for several texts on purpose, as a code list does, names nothing.
    """
    return [
        each for each in groups if _is_named(each) or any(one.rule.predicate == IDENTIFIER for one in each.statements)
    ]


def _is_named(group: Group) -> bool:
    return isinstance(group.subject, Call) and FUNCTIONS[group.subject.function].is_naming


def may_share(groups: Sequence[Group]) -> bool:
    """Whether different cells may give one IRI; a template with one cell, which is encoded, tells all apart."""
    subjects = {each.subject for each in groups}
    return len(subjects) > 1 or any(isinstance(each, Call) or _cells(each.template) > 1 for each in subjects)


def _cells(template: tuple[object, ...]) -> int:
    return sum(isinstance(part, Reference) for part in template)


def shared(groups: Sequence[Group], lists: Lists) -> str:
    """Return the query for records whose IRI comes of other cells, too: group, record, group and record of another.

    The other is the first that is written in the next way.
    """
    named = "\nUNION ALL\n".join(_named(place, group, lists) for place, group in enumerate(groups))
    return (
        f"WITH named AS (\n{named}\n),\n"
        "written AS (SELECT subject, cells, min(place) AS place FROM named WHERE subject IN (SELECT subject FROM named "
        "GROUP BY subject HAVING min(cells) < max(cells)) GROUP BY ALL),\n"
        "turns AS (SELECT subject, cells, coalesce(lead(place) OVER turn, first_value(place) OVER turn) AS other "
        "FROM written WINDOW turn AS (PARTITION BY subject ORDER BY place))\n"
        "SELECT DISTINCT place[1], place[2], other[1], other[2] FROM named JOIN turns "
        "ON turns.subject = named.subject AND turns.cells IS NOT DISTINCT FROM named.cells ORDER BY ALL"
    )


def _named(place: int, group: Group, lists: Lists) -> str:
    """Return the query for the subjects of a group: what they are made of, and where."""
    bare = row_of(group.source, lists)
    conditions = _conditions(group)
    read = bare.listed(group.subject, *(each.condition for each in conditions))
    row = bare.by_item(read)
    subject, tests = subject_of(row, group.subject, group.named)
    called = [group.named, *(inner for each in conditions for inner in each.inner)]
    if isinstance(group.subject, Call):
        assert group.named is not None, "a call of the plan has an invocation"
        pairs = zip(group.subject.arguments, group.named.inner, strict=True)
        made = [_plain(row.whole(argument, inner)) for argument, inner in pairs]
    else:
        made = [row.cell(part.column) for part in group.subject.template if isinstance(part, Reference)]
    return (
        f'SELECT {subject} AS subject, [{", ".join(made)}] AS cells, [{place}, row."#record"] AS place '
        f"FROM {sources.table(group.source)} AS row{bare.unnested(read)}{joins(row, filter(None, called))}"
        f"{where([*(test(row, each) for each in conditions), *tests])}"
    )


def _conditions(group: Group) -> list[Test]:
    """Return the tests of rows that all maps of the group have in common."""
    first = group.statements[0]
    common = {each.map.conditions for each in group.statements} == {first.map.conditions}
    return [each for each in first.tests if common and each.condition in first.map.conditions]


def _plain(value: str) -> str:
    """Return a name without what makes no other name of it: capital letters, and how many blanks there are."""
    return f"lower(trim(regexp_replace({value}, '\\s+', ' ', 'g')))"
