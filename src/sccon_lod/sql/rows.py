"""SQL from rows to statements: the cells of a row, what is made of them, and the tables of calls and joins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sccon_lod.functions import BEGINS, CONTAINS, ENDS, EQUAL, GIVEN, NOT_EQUAL, NULL, ONE_OF
from sccon_lod.lexical import FORMS
from sccon_lod.mapping import Call, Expression, Link, Part, RecordMap, Reference, Source, Template, Term, columns
from sccon_lod.plan import Invocation, Joined, Statement, Test
from sccon_lod.sql import sources, words
from sccon_lod.sql.words import Sql, concat, text, where
from sccon_lod.terms import LANG_STRING

# The columns of each source, by its key, that hold lists.
Lists = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Row:
    """The cells of a row of a source, as SQL; a list column in `items` is read item by item under that name."""

    source: Source
    lists: frozenset[str]
    items: Mapping[str, str] = field(default_factory=dict)
    alias: str = "row"

    def is_list(self, column: str) -> bool:
        """Whether the cells of a column hold several values."""
        return column in self.source.split or column in self.lists

    def cell(self, column: str) -> Sql:
        """Return the text of a cell, or its item."""
        return Sql(self.items.get(column) or f"{self.alias}.{words.column(column)}")

    def several(self, column: str) -> Sql:
        """Return the list that a cell holds."""
        cell = f"{self.alias}.{words.column(column)}"
        separator = self.source.split.get(column)
        return Sql(f"items({cell}, {text(separator)})" if separator else cell)

    def listed(self, *parts: Part) -> list[str]:
        """Return the list columns that the parts read and that are not read item by item yet."""
        return [each for each in columns(*parts) if self.is_list(each) and each not in self.items]

    def by_item(self, listed: Sequence[str], prefix: str = "item") -> "Row":
        """Return the row with some of its list columns read item by item."""
        items = {column: f"{prefix}_{place}.value" for place, column in enumerate(listed)}
        return Row(self.source, self.lists, {**self.items, **items}, self.alias)

    def unnested(self, listed: Sequence[str], prefix: str = "item") -> str:
        """Return what FROM needs so that `by_item` holds; a cell without items is read as one empty item."""
        return "".join(
            f", unnest(CASE WHEN len({self.several(column)}) > 0 THEN {self.several(column)} ELSE [NULL] END) "
            f"AS {prefix}_{place}(value)"
            for place, column in enumerate(listed)
        )

    # --- what is made of cells

    def parts(self, template: Template, is_safe: bool = False) -> list[str]:
        """Return the texts and cells of a template; `is_safe` percent-encodes cells for an IRI."""
        return [
            each if isinstance(each, str) else Sql(f"iri_safe({cell})") if is_safe else cell
            for each, cell in (
                (each, self.cell(each.column) if isinstance(each, Reference) else "") for each in template
            )
        ]

    def made(self, term: Term) -> str:
        """Return the lexical form or IRI of a term whose cells are there."""
        return concat(self.parts(term.template, is_safe=term.is_iri and not is_bare(term)))

    def lexical(self, made: Invocation) -> Sql:
        """Return the text that a call gives for the row, NULL where it gives none."""
        return Sql(f"call_{made.index}.lexical")

    def datatype(self, made: Invocation) -> Sql:
        """Return the datatype of what a call gives."""
        return Sql(f"call_{made.index}.datatype")

    def whole(self, part: Expression, inner: Invocation | None) -> str:
        """Return the text of an argument, NULL where one of its cells is empty or its call gave nothing."""
        if inner is not None:
            return self.lexical(inner)
        assert not isinstance(part, Call), "a call has an invocation"
        pieces = [each if isinstance(each, Sql) else text(each) for each in self.parts(part)]
        return " || ".join(pieces) or "''"

    def present(self, *templates: Template) -> list[str]:
        """Return the tests that say that no cell of the templates is empty."""
        read = [part.column for each in templates for part in each if isinstance(part, Reference)]
        return [f"{self.cell(column)} IS NOT NULL" for column in dict.fromkeys(read)]


def row_of(source: Source, lists: Lists, alias: str = "row") -> Row:
    """Return the row of a source."""
    return Row(source, lists.get(source.key, frozenset()), alias=alias)


def is_bare(term: Term) -> bool:
    """Whether an IRI comes from a cell as it is; such a cell is checked and not encoded (RML)."""
    return term.is_iri and isinstance(term.template[0], Reference)


def valid(value: str, datatype: str, bare: bool) -> str | None:
    """Return the test that a lexical form must pass; None where nothing can go wrong."""
    if bare:
        return f"is_iri({value})"
    form = FORMS.get(datatype)
    if form is None:
        return None
    written = f"regexp_full_match({value}, {text(form.pattern)})"
    if form.bounds:
        least, most = form.bounds
        return f"({written} AND TRY_CAST({value} AS HUGEINT) BETWEEN {least} AND {most})"
    return written


def test(row: Row, each: Test) -> str:
    """Return a condition as SQL."""
    condition = each.condition
    values = [row.whole(part, inner) for part, inner in zip(condition.arguments, each.inner, strict=True)]
    return _TESTS[condition.test](*values)


_TESTS: Mapping[str, Callable[..., str]] = {
    GIVEN: lambda value: f"{value} IS NOT NULL",
    NULL: lambda value: f"{value} IS NULL",
    EQUAL: lambda one, other: f"{one} = {other}",
    NOT_EQUAL: lambda one, other: f"{one} IS DISTINCT FROM {other}",
    ONE_OF: lambda value, among: f"list_contains(string_split({among}, ' '), {value})",
    CONTAINS: lambda whole, part: f"contains({whole}, {part})",
    BEGINS: lambda whole, part: f"starts_with({whole}, {part})",
    ENDS: lambda whole, part: f"ends_with({whole}, {part})",
}


# --- joins


def needed(*invocations: Invocation | None) -> list[Invocation]:
    """Return the invocations with those that make their arguments, these first."""
    found: dict[int, Invocation] = {}
    for each in invocations:
        if each is not None:
            for inner in (*needed(*each.inner), each):
                found.setdefault(inner.index, inner)
    return [found[index] for index in sorted(found)]


def joins(row: Row, invocations: Iterable[Invocation]) -> str:
    """Return the joins with the values of calls; a row keeps its place where a call has none for it."""
    return "".join(
        f"\nLEFT JOIN call_{each.index} ON {' AND '.join(_same_arguments(row, each)) or 'true'}"
        for each in needed(*invocations)
    )


def _same_arguments(row: Row, each: Invocation) -> Iterator[str]:
    pairs = zip(each.call.arguments, each.inner, strict=True)
    for position, (argument, inner) in enumerate(pairs):
        yield f"call_{each.index}.argument_{position} = {row.whole(argument, inner)}"


# --- statements


def statements(statement: Statement, lists: Lists, table: str = "") -> str:
    """Return the query for the statements of one rule: subject to language, rule, record.

    Rows are those of a table, by default of the source.
    """
    subject, value = statement.map.subject, statement.rule.object
    bare = row_of(statement.map.source, lists)
    read = bare.listed(subject, value, *(each.condition for each in statement.tests))
    row = bare.by_item(read)
    tests = [test(row, each) for each in statement.tests]
    subject_sql, subject_tests = subject_of(row, subject, statement.subject)
    object_sql, object_tests, joined = _object(row, statement)
    called = [statement.subject, statement.object, *(each for own in statement.tests for each in own.inner)]
    return (
        f"SELECT {subject_sql} AS subject, {text(statement.rule.predicate)} AS predicate,\n"
        f"  {object_sql},\n"
        f'  {statement.index} AS rule, row."#record" AS record\n'
        f"FROM {table or sources.table(row.source)} AS row{bare.unnested(read)}"
        f"{joins(row, filter(None, called))}{joined}"
        f"{where([*tests, *subject_tests, *object_tests])}"
    )


def subject_of(row: Row, subject: Term | Call, named: Invocation | None) -> tuple[str, list[str]]:
    """Return the IRI of a subject, and the tests that say whether there is one."""
    if isinstance(subject, Call):
        assert named is not None, "a call of the plan has an invocation"
        value = row.lexical(named)
        given = [f"{value} IS NOT NULL"]
        # What the function itself calls an IRI is one; a text has to be tried.
        natural = f"{row.datatype(named)} = ''"
        return value, [*given, f"({natural} OR is_iri({value}))" if subject.datatype == "" else natural]
    made = row.made(subject)
    check = valid(made, "", is_bare(subject))
    return made, [*row.present(subject.template), *filter(None, [check])]


def _object(row: Row, statement: Statement) -> tuple[str, list[str], str]:
    value = statement.rule.object
    if isinstance(value, Link):
        return _linked(row, statement)
    made, datatype, language, tests = literal(row, value, statement.object)
    return f"{made} AS object, {datatype} AS datatype, {language} AS language", tests, ""


def literal(row: Row, value: Term | Call, made: Invocation | None) -> tuple[str, str, str, list[str]]:
    """Return lexical form, datatype and language of a term as SQL, and the tests that say whether there is one."""
    language = concat(row.parts(value.language))
    tongue = [*row.present(value.language)]
    if any(isinstance(part, Reference) for part in value.language):
        tongue.append(f"is_language({language})")
    if isinstance(value, Term):
        lexical = row.made(value)
        check = valid(lexical, value.datatype, is_bare(value))
        tests = [*row.present(value.template), *filter(None, [check]), *tongue]
        return lexical, text(value.datatype), language, tests
    assert made is not None, "a call of the plan has an invocation"
    lexical = row.lexical(made)
    tests = [f"{lexical} IS NOT NULL"]
    if value.language:
        return lexical, text(LANG_STRING), language, [*tests, *tongue]
    if value.datatype is None:
        return lexical, row.datatype(made), "''", tests
    check = valid(lexical, value.datatype, bare=value.datatype == "")
    return lexical, text(value.datatype), "''", [*tests, *filter(None, [check])]


# --- joins of sources


def _linked(row: Row, statement: Statement) -> tuple[str, list[str], str]:
    joined = statement.joined
    assert joined is not None, "a link of the plan is joined"
    alias = f"joined_{joined.index}"
    if joined.link.pairs:
        same = [
            f"{alias}.common_{place} = {row.whole(child, None)}" for place, (child, _) in enumerate(joined.link.pairs)
        ]
    else:
        items = enumerate(_listed_by(joined, Row(row.source, row.lists)))
        same = [f'{alias}."#record" = row."#record"']
        same += [
            f"{alias}.common_{place} IS NOT DISTINCT FROM {row.cell(column)}"
            for place, column in items
            if column in row.items
        ]
    made = f"{alias}.subject AS object, '' AS datatype, '' AS language"
    return made, [], f"\nJOIN {alias} ON {' AND '.join(same)}"


def _listed_by(joined: Joined, row: Row) -> list[str]:
    """Return the list columns that subjects of the same row are made from: row and item have to be the same."""
    read = [each.subject for each in joined.parents]
    return row.listed(*read, *(test.condition for each in joined.tests for test in each))


def create_joined(joined: Joined, lists: Lists) -> str:
    """Return the statement that makes the table of a join: what is in common, and each subject once."""
    parents = zip(joined.parents, joined.subjects, joined.tests, strict=True)
    selected = "\nUNION\n".join(_parent(joined, *each, lists) for each in parents)
    return f"CREATE TABLE joined_{joined.index} AS\n{selected}"


def _parent(joined: Joined, parent: RecordMap, named: Invocation | None, own: Sequence[Test], lists: Lists) -> str:
    bare = row_of(parent.source, lists)
    common = [template for _, template in joined.link.pairs]
    read = (
        bare.listed(parent.subject, *(Term(each) for each in common), *(each.condition for each in own))
        if common
        else _listed_by(joined, bare)
    )
    row = bare.by_item(read)
    subject, tests = subject_of(row, parent.subject, named)
    kept = [f"{row.whole(each, None)} AS common_{place}" for place, each in enumerate(common)]
    if not common:
        kept = ['row."#record"', *(f"{row.cell(each)} AS common_{place}" for place, each in enumerate(read))]
    called = [named, *(each for every in own for each in every.inner)]
    return (
        f"SELECT {', '.join(kept)}, {subject} AS subject "
        f"FROM {sources.table(parent.source)} AS row{bare.unnested(read)}{joins(row, filter(None, called))}"
        f"{where([*(test(row, each) for each in own), *row.present(*common), *tests])}"
    )


# --- value functions


def arguments(invocation: Invocation, lists: Lists) -> str:
    """Return the query for the distinct arguments that a value function is called with."""
    row, source, tests = _call_row(invocation, lists)
    pairs = zip(invocation.call.arguments, invocation.inner, strict=True)
    values = ", ".join(
        f"{row.whole(argument, inner)} AS argument_{position}" for position, (argument, inner) in enumerate(pairs)
    )
    return f"SELECT DISTINCT {values} FROM {source}{where(tests)} ORDER BY ALL"


def create_call(invocation: Invocation) -> str:
    """Return the statement that makes the table of converted values."""
    given = "".join(f"argument_{position} VARCHAR, " for position in range(len(invocation.call.arguments)))
    return (
        f"CREATE TABLE call_{invocation.index} "
        f"({given}lexical VARCHAR, datatype VARCHAR, problem_de VARCHAR, problem_en VARCHAR)"
    )


def insert_call(invocation: Invocation) -> str:
    """Return the statement that adds converted values, given one list per column."""
    width = len(invocation.call.arguments) + 4
    return f"INSERT INTO call_{invocation.index} SELECT {', '.join(['unnest(?::VARCHAR[])'] * width)}"


def failed(invocation: Invocation) -> str:
    """Return the query that counts the arguments a value function could not convert."""
    return f"SELECT count(*) FROM call_{invocation.index} WHERE problem_en IS NOT NULL"


def problems(invocation: Invocation, lists: Lists) -> str:
    """Return the query for cells that a value function could not convert: record, sentence in de and en."""
    row, source, tests = _call_row(invocation, lists)
    made = f"call_{invocation.index}"
    return (
        f'SELECT DISTINCT row."#record", {made}.problem_de, {made}.problem_en '
        f"FROM {source}\nJOIN {made} ON {' AND '.join(_same_arguments(row, invocation)) or 'true'}"
        f"{where([*tests, f'{made}.problem_en IS NOT NULL'])}\nORDER BY ALL"
    )


def _call_row(invocation: Invocation, lists: Lists) -> tuple[Row, str, list[str]]:
    bare = row_of(invocation.source, lists)
    read = bare.listed(invocation.call, *(each.condition for each in invocation.conditions))
    row = bare.by_item(read)
    tests = [test(row, each) for each in invocation.conditions]
    templates = [each for each in invocation.call.arguments if not isinstance(each, Call)]
    inner = [each for each in invocation.inner if each is not None]
    tests += [*row.present(*templates), *(f"{row.lexical(each)} IS NOT NULL" for each in inner)]
    called = [*inner, *(each for own in invocation.conditions for each in own.inner if each is not None)]
    source = f"{sources.table(row.source)} AS row{bare.unnested(read)}{joins(row, called)}"
    return row, source, tests
