"""All that one row says of one subject, as finished text in each format.

A block is what `sql.facts` would write for the same statements: texts of one predicate stand once, in the order of
their bytes. It costs no table of statements.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sccon_lod.lexical import FORMS
from sccon_lod.mapping import Call, Link, Reference, Template, Term, columns
from sccon_lod.names import Key, Names
from sccon_lod.plan import Group, Invocation, Statement
from sccon_lod.sql import facts, sources
from sccon_lod.sql.rows import Lists, Row, is_bare, joins, literal, needed, row_of, subject_of, test
from sccon_lod.sql.words import Sql, case, concat, name, text, where
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import STRING

# Below this number of rows, facts are as fast as blocks, and simpler.
FEW = 1_000

# Tests that every row of a source has passed, with the key of the source: they need not be made again.
Proven = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Rows:
    """The rows that blocks are written from: of a group, in a table, but for the subjects of the table `without`."""

    group: Group
    table: str
    without: str | None
    lists: Lists
    proven: Proven


@dataclass(frozen=True)
class Block:
    """SQL for what rows say: where they come from, the order of their subjects, and their text."""

    relation: str
    key: str
    text: str


class _Flat(Row):
    """A row that already holds what calls gave for it."""

    def lexical(self, made: Invocation) -> Sql:
        return Sql(f"row.{name(f'#call_{made.index}.lexical')}")

    def datatype(self, made: Invocation) -> Sql:
        return Sql(f"row.{name(f'#call_{made.index}.datatype')}")


def is_written_by_row(group: Group, lists: Lists, names: Names) -> bool:
    """Whether a row alone says all that its block needs: no list decides about subject, call, condition, language.

    What subjects begin with has to be known, too, so that they can be put in order; something has to be said of
    every row that has a subject; and no texts of one language have to be gathered for JSON-LD.
    """
    row = row_of(group.source, lists)
    objects = [each.rule.object for each in group.statements]
    if not group.head or not _is_certain(group) or any(isinstance(each, Link) for each in objects):
        return False
    deciding = [group.subject, *(each for each in objects if isinstance(each, Call))]
    deciding += [Term(each.language) for each in objects if isinstance(each, Term)]
    if row.listed(*deciding, *(own.condition for each in group.statements for own in each.tests)):
        return False
    spoken = {key.predicate for key in names.keys if key.coercion == LANG_STRING}
    rules = rules_of(group)
    return not any(_is_gathered(rules[predicate], row) for predicate in spoken & set(rules))


def _is_gathered(statements: Sequence[Statement], row: Row) -> bool:
    """Whether texts of one language may come of several rules or items, or of a language that a cell holds."""
    tongues = [_tongue(each) for each in statements]
    is_single = len(set(tongues)) == len(tongues) and "" not in tongues
    return not is_single or any(row.listed(each.rule.object) for each in statements)


def rules_of(group: Group) -> dict[str, list[Statement]]:
    """Return the rules of a group by their predicate."""
    rules: dict[str, list[Statement]] = defaultdict(list)
    for each in group.statements:
        rules[each.rule.predicate].append(each)
    return rules


def _relation(rows: Rows, form: "_Format") -> str:
    """Return the rows that have a subject, with what calls gave for them and with the lists that texts need."""
    group = rows.group
    row = row_of(group.source, rows.lists)
    value, tests = subject_of(row, group.subject, group.named)
    called = needed(group.named, *group.called)
    given = "".join(
        f", call_{each.index}.lexical AS {name(f'#call_{each.index}.lexical')}, "
        f"call_{each.index}.datatype AS {name(f'#call_{each.index}.datatype')}"
        for each in called
    )
    kept = [*tests, *([f"{value} NOT IN (SELECT subject FROM {rows.without})"] if rows.without else [])]
    inner = (
        f"(SELECT row.*{given}, {concat(form.subject())} AS {_SUBJECT}, {concat([Sql(value), '>'])} AS {_KEY}\n"
        f"FROM {rows.table} AS row{joins(row, called)}{where(kept)}) AS row"
    )
    if not form.lists:
        return inner
    lists = ", ".join(f"{expression} AS {alias}" for alias, expression in form.lists.items())
    return f"(SELECT row.*, {lists}\nFROM {inner}) AS row"


_SUBJECT, _KEY, _KIND = '"#subject"', '"#key"', '"#kind"'
_S = Sql(f"row.{_SUBJECT}")


def calls(group: Group) -> bool:
    """Whether the values of functions are needed."""
    return bool(needed(group.named, *group.called))


def read_by(*groups: Group) -> tuple[str, ...]:
    """Return the columns that groups read, once each."""
    subjects = [each.subject for each in groups]
    read = [each for group in groups for each in group.statements]
    return columns(
        *subjects, *(each.rule.object for each in read), *(own.condition for each in read for own in each.tests)
    )


def subjects(group: Group, lists: Lists, table: str = "") -> str:
    """Return the query for the subjects of the rows of a table, by default those of the source, each row once."""
    bare = row_of(group.source, lists)
    listed = bare.listed(group.subject)
    row = bare.by_item(listed)
    value, tests = subject_of(row, group.subject, group.named)
    source = f"{table or sources.table(group.source)} AS row{bare.unnested(listed)}{joins(row, needed(group.named))}"
    return f"SELECT {value} AS subject FROM {source}{where(tests)}"


@dataclass(frozen=True)
class _Entry:
    """The text of one predicate: pieces that are there where all tests hold; a piece that may be NULL has `maybe`."""

    pieces: tuple[str, ...]
    tests: tuple[str, ...] = ()
    maybe: str = ""

    @property
    def is_certain(self) -> bool:
        return not self.tests and not self.maybe

    def nullable(self, before: str, after: str) -> str:
        """Return the text with something before and after it; NULL where it is not there."""
        if self.maybe:
            return " || ".join([*([text(before)] if before else []), self.maybe, *([text(after)] if after else [])])
        return case(self.tests, concat([before, *self.pieces, after]))


def _joined(entries: Sequence[_Entry], between: str) -> list[str]:
    """Return the pieces of the entries that are there, with a text between them.

    Around one that is always there, the others bring that text along, and no string is made twice.
    """
    anchor = next((place for place, each in enumerate(entries) if each.is_certain), None)
    if anchor is None:
        return [Sql(f"concat_ws({text(between)}, {', '.join(each.nullable('', '') for each in entries)})")]
    pieces: list[str] = []
    for place, each in enumerate(entries):
        before, after = (between if place > anchor else ""), (between if place < anchor else "")
        pieces += [before, *each.pieces, after] if each.is_certain else [Sql(each.nullable(before, after))]
    return pieces


class _Format:
    """How one format writes terms; `lists` are the sorted values of predicates that may have several."""

    def __init__(self, rows: Rows) -> None:
        self.group, self._proven = rows.group, rows.proven
        self.row: Row = _Flat(rows.group.source, rows.lists.get(rows.group.source.key, frozenset()))
        self.lists: dict[str, str] = {}

    # --- what differs

    def iri(self, template: Template, cells: Row) -> list[str]:
        """Return the pieces of an IRI."""
        raise NotImplementedError

    def typed(self, predicate: str, term: Term, cells: Row) -> list[str]:
        """Return the pieces of a literal."""
        raise NotImplementedError

    def dynamic(self, predicate: str, lexical: str, datatype: str, language: str) -> str:
        """Return the expression for what a function gives."""
        raise NotImplementedError

    def entries(self) -> Iterator[_Entry]:
        """Yield the text of each predicate in order."""
        raise NotImplementedError

    # --- what is the same

    def subject(self) -> list[str]:
        """Return the pieces of the subject, as it is written before calls are flat."""
        cells = Row(self.row.source, self.row.lists)
        if isinstance(self.group.subject, Term):
            return self.iri(self.group.subject.template, cells)
        value, _ = subject_of(cells, self.group.subject, self.group.named)
        return [Sql(self.dynamic("", value, "''", "''"))]

    def tests(self, statement: Statement) -> list[str]:
        """Return what must hold of a row so that a rule without lists has a value."""
        value = statement.rule.object
        assert not isinstance(value, Link), "a link is not written by row"
        own = [test(self.row, each) for each in statement.tests]
        made = literal(self.row, value, statement.object)[3]
        return [*own, *(each for each in made if (self.group.source.key, each) not in self._proven)]

    def pieces(self, statement: Statement, cells: Row) -> list[str]:
        """Return the pieces of the value of a rule."""
        value = statement.rule.object
        assert not isinstance(value, Link), "a link is not written by row"
        if isinstance(value, Call):
            lexical, datatype, language, _ = literal(cells, value, statement.object)
            return [Sql(self.dynamic(statement.rule.predicate, lexical, datatype, language))]
        if value.is_iri:
            return self.iri(value.template, cells)
        return self.typed(statement.rule.predicate, value, cells)

    def value(self, statement: Statement, cells: Row) -> str:
        """Return what stands in a list of values, by which it is sorted."""
        return concat(self.pieces(statement, cells))

    def is_listed(self, statement: Statement) -> bool:
        return bool(self.row.listed(statement.rule.object))

    def listed(self, statements: Sequence[Statement]) -> str:
        """Return the name of the list of all values of some rules, sorted; equal ones stand side by side."""
        ones = [case(self.tests(each), self.value(each, self.row)) for each in statements if not self.is_listed(each)]
        lists = [f"[{', '.join(ones)}]"] if ones else []
        lists += [self._items(each) for each in statements if self.is_listed(each)]
        whole = f"flatten([{', '.join(f'coalesce({each}, [])' for each in lists)}])" if len(lists) > 1 else lists[0]
        alias = name(f"#list_{len(self.lists)}")
        self.lists[alias] = f"list_sort({whole})"
        return f"row.{alias}"

    def joined(self, statements: Sequence[Statement], between: str, line: Callable[[Sql], str]) -> str:
        """Return the values of some rules once each as one text, NULL where there is none; `line` is made of each."""
        values = self.listed(statements)
        # Lists are short: comparing neighbours is twice as fast as a hash table.
        kept = f"value IS NOT NULL AND (place = 1 OR value IS DISTINCT FROM {values}[place - 1])"
        lines = f"list_transform({values}, lambda value, place: CASE WHEN {kept} THEN {line(Sql('value'))} END)"
        return f"nullif(array_to_string({lines}, {text(between)}), '')"

    def _items(self, statement: Statement) -> str:
        """Return a list: a value for each item, or for each combination of items of several columns."""
        value = statement.rule.object
        assert isinstance(value, Term), "calls with lists are not written by row"
        listed = self.row.listed(value)
        cells = Row(self.row.source, self.row.lists, {column: f"item_{place}" for place, column in enumerate(listed)})
        made = case(_of_items(literal(cells, value, None)[3], cells), self.value(statement, cells))
        for place, column in reversed(list(enumerate(listed))):
            made = f"list_transform({self.row.several(column)}, lambda item_{place}: {made})"
            made = f"flatten({made})" if place < len(listed) - 1 else made
        return case([test(self.row, each) for each in statement.tests], made)


def _both(values: Sequence[str], lines: Sequence[str], between: str) -> str:
    """Return the lines of two values once each and sorted by the values."""
    one, other = (Sql(each) for each in lines)
    return (
        f"CASE WHEN {values[0]} = {values[1]} THEN {one} WHEN {values[0]} < {values[1]} "
        f"THEN {concat([one, between, other])} ELSE {concat([other, between, one])} END"
    )


def _of_items(tests: Iterable[str], cells: Row) -> list[str]:
    """Return the tests without those that an item always passes: it is there."""
    there = {f"{item} IS NOT NULL" for item in cells.items.values()}
    return [each for each in tests if each not in there]


def _cells(template: Template, cells: Row) -> list[str]:
    return cells.parts(template, is_safe=not is_bare(Term(template)))


def _quoted(term: Term, cells: Row) -> list[str]:
    if not any(isinstance(part, Reference) for part in term.template):
        return [quoted("".join(part for part in term.template if isinstance(part, str)))]
    pieces = cells.parts(term.template)
    # A value that passed the check of its datatype holds no letter that must be escaped.
    return ['"', *pieces, '"'] if term.datatype in FORMS else [Sql(f"quoted({concat(pieces)})")]


def quoted(value: str) -> str:
    r"""Return a constant as N-Triples, Turtle and JSON write it.

    >>> quoted('a "b"')
    '"a \\"b\\""'
    """
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in value) + '"'


_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(32), 127)}
_ESCAPES |= {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def _is_constant(statement: Statement) -> bool:
    """Whether a rule says the same of every row that has a subject."""
    return _is_made_of(statement, ())


def _is_made_of(statement: Statement, there: Collection[str]) -> bool:
    """Whether a rule has a value wherever some cells are there; what has to be checked may have none."""
    value = statement.rule.object
    if not isinstance(value, Term) or statement.tests or value.datatype in FORMS or is_bare(value):
        return False
    return not columns(Term(value.language)) and all(each in there for each in columns(value))


def _is_certain(group: Group) -> bool:
    """Whether something is said of every row that has a subject: the same of all, or what the subject is made of."""
    there = columns(group.subject) if isinstance(group.subject, Term) else ()
    return any(_is_made_of(each, there) for each in group.statements)


# --- N-Triples


class _NTriples(_Format):
    def iri(self, template: Template, cells: Row) -> list[str]:
        return ["<", *_cells(template, cells), ">"]

    def typed(self, predicate: str, term: Term, cells: Row) -> list[str]:
        if term.language:
            return [*_quoted(term, cells), "@", *cells.parts(term.language)]
        return _quoted(term, cells) + ([] if term.datatype == STRING else [f"^^<{term.datatype}>"])

    def dynamic(self, predicate: str, lexical: str, datatype: str, language: str) -> str:
        return f"term({lexical}, {datatype}, {language})" if predicate else f"concat('<', {lexical}, '>')"

    def entries(self) -> Iterator[_Entry]:
        for predicate, statements in sorted(rules_of(self.group).items(), key=lambda each: f"{each[0]}>"):
            start = [_S, f" <{predicate}> "]
            if any(map(self.is_listed, statements)) or len(statements) > 2:
                line = lambda value, start=start: concat([*start, value, " ."])  # noqa: E731
                yield _Entry((), maybe=self.joined(statements, "\n", line))
            elif len(statements) == 2:
                yield self._two(start, *sorted(statements, key=lambda each: not _is_constant(each)))
            else:
                pieces = [*start, *self.pieces(statements[0], self.row), " ."]
                yield _Entry(tuple(pieces), tuple(self.tests(statements[0])))

    def _line(self, start: list[str], statement: Statement) -> str:
        return concat([*start, *self.pieces(statement, self.row), " ."])

    def _two(self, start: list[str], one: Statement, other: Statement) -> _Entry:
        """Return two lines once each and sorted, where both, one or none may be there; a constant comes first."""
        lines = [self._line(start, each) for each in (one, other)]
        values = [concat(self.pieces(each, self.row)) for each in (one, other)]
        both = _both(values, lines, "\n")
        if _is_constant(one):
            tests = " AND ".join(self.tests(other))
            return _Entry((Sql(f"CASE WHEN {tests} THEN {both} ELSE {lines[0]} END" if tests else both),))
        has_one, has_other = (" AND ".join(self.tests(each)) or "true" for each in (one, other))
        either = (
            f"CASE WHEN {has_one} THEN CASE WHEN {has_other} THEN {both} ELSE {lines[0]} END "
            f"WHEN {has_other} THEN {lines[1]} END"
        )
        return _Entry((), maybe=either)


def ntriples(rows: Rows) -> Block:
    """Return the lines of rows, sorted (RDF Dataset Canonicalization section 5)."""
    form = _NTriples(rows)
    whole = concat([*_joined(list(form.entries()), "\n"), "\n"])
    return Block(_relation(rows, form), f"row.{_KEY}", whole)


def count(rows: Rows) -> str:
    """Return the query for the number of different statements that rows say."""
    form = _NTriples(rows)
    numbers = [_number(form, statements) for statements in rules_of(rows.group).values()]
    return f"SELECT coalesce(sum({' + '.join(numbers)}), 0) FROM {_relation(rows, form)}"


def _number(form: _Format, statements: Sequence[Statement]) -> str:
    """Return the number of different statements that rules with one predicate make of a row."""
    known = dict.fromkeys(concat(form.pieces(each, form.row)) for each in statements if _is_constant(each))
    varying = [each for each in statements if not _is_constant(each)]
    if len(varying) > 1 or any(map(form.is_listed, varying)):
        return f"coalesce(list_unique({form.listed(statements)}), 0)"
    if not varying:
        return str(len(known))
    # A list for each row would be much slower.
    value = concat(form.pieces(varying[0], form.row))
    tests = [*form.tests(varying[0]), *(f"{value} <> {each}" for each in known)]
    one = f"CASE WHEN {' AND '.join(tests)} THEN 1 ELSE 0 END" if tests else "1"
    return f"{len(known)} + {one}" if known else one


def tally(rows: Rows, kind: Callable[[str], str], base: str, spanned: Collection[str]) -> str:
    """Return the query for what rows say, by kind: subjects, those below `base` and the least of them, and statements.

    Statements are counted by predicate, in the order of `rules_of`; after these come the least and the greatest value
    of the predicates `spanned`. `kind` gives the expression for the kind of a subject from that for the subject and
    what follows it.
    """
    form = _NTriples(rows)
    rules = rules_of(rows.group)
    key = f"row.{_KEY}"
    own = f"FILTER (starts_with({key}, {text(base)}))"
    found = [f"{kind(key)} AS {_KIND}", "count(*)", f"count(*) {own}", f"min({key}) {own}"]
    found += [f"sum({_number(form, statements)})" for statements in rules.values()]
    for predicate, statements in rules.items():
        if predicate in spanned:
            values = form.listed(statements)
            found += [f"min({values}[1])", f"max({values}[-1])"]
    return f"SELECT {', '.join(found)} FROM {_relation(rows, form)} GROUP BY {_KIND} ORDER BY {_KIND}"


def constants(statements: Sequence[Statement]) -> dict[str, Statement]:
    """Return the rules that say the same of every row that has a subject, by what they say."""
    values = [(each.rule.object, each) for each in statements if _is_constant(each)]
    return {str(value.template[0]): each for value, each in values if isinstance(value, Term)}


def objects(rows: Rows, kind: Callable[[str], str], rules: Sequence[Sequence[Statement]]) -> str:
    """Return the query for what some rules say as N-Triples has it; rules that go together say nothing twice of a row.

    Its columns are the kind of the subject, the number of the rules, and the value.
    """
    form = _NTriples(rows)
    said = f"unnest(flatten([{', '.join(_numbered(form, *each) for each in enumerate(rules))}]), max_depth := 2)"
    return f"SELECT {kind(f'row.{_KEY}')} AS kind, {said} FROM {_relation(rows, form)}"


def _numbered(form: _Format, number: int, statements: Sequence[Statement]) -> str:
    """Return a list of what rules say of a row, each with a number."""
    if len(statements) > 1 or any(map(form.is_listed, statements)):
        values = f"coalesce(list_distinct({form.listed(statements)}), [])"
        return f"list_transform({values}, lambda value: {{number: {number}, value: value}})"
    value = case(form.tests(statements[0]), concat(form.pieces(statements[0], form.row)))
    return f"[{{number: {number}, value: {value}}}]"


# --- Turtle


class _Turtle(_Format):
    def __init__(self, rows: Rows, names: Names) -> None:
        super().__init__(rows)
        self._names = names
        objects = ((each.rule.predicate, each.rule.object) for each in rows.group.statements)
        self._spoken = {predicate for predicate, value in objects if not isinstance(value, Link) and value.language}

    def iri(self, template: Template, cells: Row) -> list[str]:
        return _shortened(template, cells, self._names.prefixes, "curie", ("<", ">"))

    def typed(self, predicate: str, term: Term, cells: Row) -> list[str]:
        if term.language:
            return [*_quoted(term, cells), "@", *cells.parts(term.language)]
        if term.datatype == STRING:
            return _quoted(term, cells)
        whole = [*_quoted(term, cells), "^^", facts.short(term.datatype, self._names.prefixes, ("<", ">"))]
        bare = facts.NUMBERS.get(term.datatype)
        if bare is None:
            return whole
        lexical = cells.made(term)
        return [Sql(f"CASE WHEN regexp_full_match({lexical}, {text(bare)}) THEN {lexical} ELSE {concat(whole)} END")]

    def dynamic(self, predicate: str, lexical: str, datatype: str, language: str) -> str:
        return f"short({lexical}, {datatype}, {language})" if predicate else f"curie({lexical})"

    def value(self, statement: Statement, cells: Row) -> str:
        """Return a value that is sorted by its language first: another word stays in its place."""
        made = super().value(statement, cells)
        if statement.rule.predicate not in self._spoken:
            return made
        term = statement.rule.object
        assert not isinstance(term, Link), "a link is not written by row"
        return f"struct_pack(tongue := {literal(cells, term, statement.object)[2]}, value := {made})"

    def entries(self) -> Iterator[_Entry]:
        rules = rules_of(self.group)
        for key in self._names.keys:
            if key.predicate in rules:
                yield self._entry(key, rules[key.predicate])

    def _entry(self, key: Key, statements: Sequence[Statement]) -> _Entry:
        verb = "a" if key.rank == 0 else facts.short(key.predicate, self._names.prefixes, ("<", ">"))
        if len(statements) == 1 and not self.is_listed(statements[0]):
            return _Entry((f"{verb} ", *self.pieces(statements[0], self.row)), tuple(self.tests(statements[0])))
        shown: Callable[[Sql], str] = "{}.value".format if key.predicate in self._spoken else str
        return _Entry((), maybe=f"{text(verb + ' ')} || {self.joined(statements, facts.between(key), shown)}")


def turtle(rows: Rows, names: Names) -> Block:
    """Return the subjects of rows in Turtle, types first, then in the order of the mapping."""
    form = _Turtle(rows, names)
    entries = _joined(list(form.entries()), facts.NEXT_VERB)
    whole = concat(["\n", _S, facts.FIRST_VERB, *entries, " .\n"])
    return Block(_relation(rows, form), f"row.{_KEY}", whole)


def _shortened(
    template: Template, cells: Row, prefixes: Mapping[str, str], macro: str, marks: tuple[str, str]
) -> list[str]:
    """Return the pieces of an IRI that is written short where its namespace has a prefix."""
    head = template[0] if isinstance(template[0], str) else ""
    if len(template) == 1 and head:
        return [facts.short(head, prefixes, marks)]
    pieces = _cells(template, cells)
    whole = concat([marks[0], *pieces, marks[1]])
    fitting = [each for each in facts.longest_first(prefixes) if _may_fit(each[1], template)]
    if any(not head.startswith(space) for _, space in fitting):
        return [Sql(f"{macro}({concat(pieces)})")]
    for prefix, space in reversed(fitting):
        local = [head.removeprefix(space), *pieces[1:]]
        whole = (
            f"CASE WHEN regexp_full_match({concat(local)}, {text(facts.LOCAL)}) "
            f"THEN {concat([f'{prefix}:', *local])} ELSE {whole} END"
        )
    return [Sql(whole)] if fitting else [marks[0], *pieces, marks[1]]


def _may_fit(space: str, template: Template) -> bool:
    """Whether IRIs of a template may be written with the prefix of a namespace; a cell may hold its end."""
    head = template[0] if isinstance(template[0], str) else ""
    rest = [part for part in template[1:] if isinstance(part, str)]
    if not head.startswith(space):
        return space.startswith(head)
    return all(_LOCAL_LETTERS.fullmatch(part) for part in (head.removeprefix(space), *rest))


_LOCAL_LETTERS = re.compile("[A-Za-z0-9_.-]*")


# --- JSON-LD


class _JsonLd(_Format):
    def __init__(self, rows: Rows, names: Names) -> None:
        super().__init__(rows)
        self._names = names
        self._keys = {key.predicate: key for key in names.keys}

    def iri(self, template: Template, cells: Row) -> list[str]:
        return ['"', *_shortened(template, cells, self._names.linked, "compact", ("", "")), '"']

    def typed(self, predicate: str, term: Term, cells: Row) -> list[str]:
        coercion = self._keys[predicate].coercion
        value = _quoted(term, cells)
        if term.language:
            if coercion == LANG_STRING:
                return value
            return ['{"@language": "', *cells.parts(term.language), '", "@value": ', *value, "}"]
        if term.datatype == coercion or (coercion == "" and term.datatype == STRING):
            return value
        if term.datatype == STRING:
            return ['{"@value": ', *value, "}"]
        datatype = facts.short(term.datatype, self._names.linked, ("", ""))
        return [f'{{"@type": "{datatype}", "@value": ', *value, "}"]

    def dynamic(self, predicate: str, lexical: str, datatype: str, language: str) -> str:
        if not predicate:
            return f"concat('\"', compact({lexical}), '\"')"
        return f"json({lexical}, {datatype}, {language}, {text(self._keys[predicate].coercion)})"

    def pieces(self, statement: Statement, cells: Row) -> list[str]:
        value, key = statement.rule.object, self._keys[statement.rule.predicate]
        written = super().pieces(statement, cells)
        if isinstance(value, Term) and value.is_iri and key.coercion != "@id":
            return ['{"id": ', *written, "}"]
        return written

    def entries(self) -> Iterator[_Entry]:
        rules = rules_of(self.group)
        for key in self._names.keys:
            if key.predicate in rules:
                start = f"  {quoted(key.key)}: "
                write = self._spoken if key.coercion == LANG_STRING else self._values
                yield write(start, key, rules[key.predicate])

    def _values(self, start: str, key: Key, statements: Sequence[Statement]) -> _Entry:
        if len(statements) == 1 and not self.is_listed(statements[0]):
            marks = ("", "") if key.single else ("[", "]")
            pieces = (start, marks[0], *self.pieces(statements[0], self.row), marks[1])
            return _Entry(pieces, tuple(self.tests(statements[0])))
        values = self.joined(statements, ", ", str)
        whole = f"{text(start + '[')} || {values} || ']'"
        if not key.single:
            return _Entry((), maybe=whole)
        # One value of several rules stands without brackets.
        listed = self.listed(statements)
        one = f"{text(start)} || {listed}[1]"
        return _Entry((), maybe=f"CASE WHEN len(list_distinct({listed})) = 1 THEN {one} ELSE {whole} END")

    def _spoken(self, start: str, key: Key, statements: Sequence[Statement]) -> _Entry:
        said = [
            _Entry((f'"{tongue}": ', *self.pieces(each, self.row)), tuple(self.tests(each)))
            for tongue, each in sorted(((_tongue(each), each) for each in statements), key=lambda pair: pair[0])
        ]
        pieces = _joined(said, ", ")
        if any(each.is_certain for each in said):
            return _Entry((f"{start}{{", *pieces, "}"))
        return _Entry((), maybe=f"{text(start + '{')} || nullif({concat(pieces)}, '') || '}}'")


def _tongue(statement: Statement) -> str:
    value = statement.rule.object
    assert isinstance(value, Term | Call), "a link has no language"
    return "".join(part for part in value.language if isinstance(part, str))


def jsonld(rows: Rows, names: Names) -> Block:
    """Return the node objects of rows."""
    form = _JsonLd(rows, names)
    entries = _joined(list(form.entries()), facts.NEXT_KEY)
    whole = concat([facts.FIRST_KEY, _S, facts.NEXT_KEY, *entries, facts.LAST_KEY])
    return Block(_relation(rows, form), f"row.{_KEY}", whole)
