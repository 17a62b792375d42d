"""Hypothesis strategies: small mappings of all that the model can say, and the rows they read."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from reference import LANG_STRING, XSD, Record, Rows
from sccon_lod.errors import Origin
from sccon_lod.functions import EQUAL, FN, GIVEN, NOT_EQUAL, ONE_OF, Labels
from sccon_lod.mapping import Call, Condition, Expression, Link, RecordMap, Reference, Rule, Source, Template, Term
from sccon_lod.mapping import Mapping as RecordMaps
from strategies import odd_texts

BASE = "https://example.org/id/"
SCHEME = "https://example.org/topic/"
LABELS: Labels = {SCHEME: {"wasser": SCHEME + "water", "water": SCHEME + "water", "straße": SCHEME + "street"}}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_FILE = "mapping/random.yaml"
_PREDICATES = ("https://example.org/def#p", "https://example.org/def#q", "http://schema.org/name", "urn:x:odd/(p)")

# What the cells of a column are like, beside odd texts. The identifiers are few, so that rows meet; some differ only
# before they are encoded, others only after.
_KEYS = ("a", "b", "a", "b", "c", "a b", "a%20b", "a+b", "ä", "a\u0308", "a/b", "a|b", "a>b<", "A", "")
_USUAL = {
    "id": _KEYS,
    "ref": _KEYS,
    "name": ("Wasser", " Wasser ", "Straße", "STRASSE", "a", "12", "", " ", "\t", "a\rb", "\r", "'; --", "a\\nb"),
    "lang": ("de", "en", "de", "DE", "de-AT", "zh-Hans", "de_AT", "de-", "d", "12", " de", "german", "de\n", ""),
    "number": ("12", "-3", "+4", "007", "1.5", ".5", "5.", ".", "1e3", "1E+3", "INF", "true", "0", "rund 1,5 Mio. EUR"),
    "day": (
        *(
            "2022-10-18",
            "2022-02-31",
            "2024-02-29",
            "0000-02-29",
            "12022-02-31",
            "-0004-02-29",
            "1900-02-29",
            "12000-02-29",
            "18.10.2022",
            "18.10., 10:00 - 12:00",
        ),
        *("2022-10-18T24:00:00", "2022-10-18T10:00:00+02:00", "2023-02-29T10:00:00.5Z", "10:00:00", "2022", "-2022"),
    ),
    "url": (
        "https://a.de/ü?q=%20#x",
        "http://a.de/b c",
        "urn:x:1",
        "mailto:a@b.de",
        "HTTP://a.de",
        "//a.de",
        "x",
        BASE,
    ),
    "odd": ("", "a", "x"),
}
_LISTS = ("topics", "tags")
_odd = st.one_of(odd_texts, odd_texts, st.sampled_from(["lang und breit " * 14, "\"\\'ü" * 60, "a" * 1_001]))
_items = st.one_of(st.sampled_from([*_KEYS, " a", "Wasser ", "1", "de"]), odd_texts)
_CONSTANTS = ("x", " ", "it's", '"', "\\", "a\nb", "ü", "{}", "%", "😀", "'; --", "$1", "<", "|", "a b")

_DATATYPES = {"number": ("integer", "decimal", "double", "boolean"), "day": ("date", "dateTime", "gYear", "time")}
_ALL_DATATYPES = [*_DATATYPES["number"], *_DATATYPES["day"], "string", "string", "token"]

# Functions, with a column whose cells they often understand and what their second parameter gets.
_FUNCTIONS = (
    *(("trimmed", "name", ""), ("trimmed", "url", ""), ("start", "day", ""), ("end", "day", "2022")),
    *(("last_day", "day", ""), ("first_day_iri", "day", BASE), ("number", "number", ""), ("amount", "number", "")),
    *(("currency", "number", ""), ("slug_iri", "name", BASE), ("slug_iri", "id", BASE), ("concept", "name", SCHEME)),
)


class Case(NamedTuple):
    """A mapping, and the rows of its sources; rows of one source have the same columns."""

    mapping: RecordMaps
    rows: Rows


# Each is made once, so that the strategies of its cells can be: Hypothesis takes its time to make them.
@dataclass(frozen=True, eq=False)
class Columns:
    """A source and its columns. Lists are declared for a table; in a tree they are what they are."""

    source: Source
    plain: tuple[str, ...]
    lists: tuple[str, ...]

    @cache  # noqa: B019
    def cell(self, *usual: str) -> st.SearchStrategy[Template]:
        """Return templates of one cell, mostly those of the columns named."""
        every = [*self.plain, *self.lists, *self.lists]
        return st.one_of(*[st.sampled_from(usual or every)] * 3, st.sampled_from(every)).map(_reference)


_TREE = (*list(_USUAL)[:-1], "odd")
_TABLE = (*list(_USUAL)[:-1], 'it\'s "odd" (m²)')


def _reference(column: str) -> Template:
    return (Reference(column),)


def _columns(name: str) -> list[Columns]:
    origin = Origin(_FILE, 1)
    tree = Source(f"data/{name}.jsonl", {}, origin, "jsonpath")
    tables = [
        Columns(Source(f"data/{name}.csv", split, origin), _TABLE, _LISTS)
        for split in ({}, {"topics": "|"}, {"topics": "|", "tags": ", "})
    ]
    listed = Columns(tree, _TREE, tuple(f"{column}[*]" for column in _LISTS))
    return [*tables, listed, listed]


_SOURCES = [_columns(name) for name in ("one", "two", "three")]


# --- rows


@cache
def _records(columns: Columns) -> st.SearchStrategy[Record]:
    cells: dict[str, st.SearchStrategy[str | tuple[str, ...]]] = {}
    for column, usual in zip(columns.plain, _USUAL.values(), strict=True):
        cells[column] = st.one_of(*[st.sampled_from(usual)] * 5, _odd)
    # A first cell that begins with # may be a hint for the person who fills the table.
    cells["id"] = cells["id"].map(lambda cell: cell.lstrip("#") if isinstance(cell, str) else cell)
    for column in columns.lists:
        items = st.lists(_items, max_size=3)
        separator = columns.source.split.get(column, "|")
        joined = st.builds(str.join, st.sampled_from([separator, f" {separator} "]), items)
        cells[column] = items.map(tuple) if columns.source.formulation == "jsonpath" else joined
    return st.fixed_dictionaries(cells)


@cache
@st.composite
def _rows(draw: st.DrawFn, columns: Columns) -> list[Record]:
    least = draw(st.sampled_from([3, 2, 1, 0]))
    made = draw(st.lists(_records(columns), min_size=least, max_size=5))
    again = draw(st.lists(st.sampled_from(made), max_size=2)) if made else []
    return [*made, *again]


# --- terms


def _joined(*parts: st.SearchStrategy[Template]) -> st.SearchStrategy[Template]:
    return st.tuples(*parts).map(lambda templates: tuple(part for template in templates for part in template))


@cache
def _texts(columns: Columns, *usual: str) -> st.SearchStrategy[Template]:
    words = st.sampled_from(_CONSTANTS).map(lambda text: (text,))
    cell = columns.cell(*usual)
    composed = (_joined(words, cell), _joined(cell, words), _joined(cell, words, cell), _joined(cell, cell), words)
    return st.one_of(cell, cell, cell, *composed)


@cache
def _iris(columns: Columns) -> st.SearchStrategy[Template]:
    start = st.sampled_from([BASE, BASE, BASE + "x-", SCHEME, "urn:x:"]).map(lambda text: (text,))
    key = columns.cell("id", "ref", *columns.lists)
    part = st.sampled_from(["#it", "/", "one"]).map(lambda text: (text,))
    bare = columns.cell("url")
    usual = _joined(start, key)
    return st.one_of(
        usual, usual, usual, _joined(start, key, part, key), _joined(start, part), bare, _joined(bare, part)
    )


@cache
def _languages(columns: Columns) -> st.SearchStrategy[Template]:
    return st.one_of(st.sampled_from(["de", "en", "de-AT"]).map(lambda tag: (tag,)), columns.cell("lang"))


@cache
@st.composite
def _literals(draw: st.DrawFn, columns: Columns) -> Term:
    kind = draw(st.sampled_from(["language", "number", "day", "text"]))
    if kind == "language":
        return Term(draw(_texts(columns)), LANG_STRING, draw(_languages(columns)))
    written = st.one_of(columns.cell(kind), _texts(columns, kind)) if kind in _DATATYPES else _texts(columns)
    return Term(draw(written), XSD + draw(st.sampled_from(_DATATYPES.get(kind, _ALL_DATATYPES))))


@cache
@st.composite
def _calls(draw: st.DrawFn, columns: Columns, depth: int) -> Call:
    name, usual, second = draw(st.sampled_from(_FUNCTIONS))
    text: Expression = draw(_texts(columns, usual))
    if depth and draw(st.booleans()):
        tidied = st.builds(lambda within: Call(FN + "trimmed", (within,)), columns.cell(usual))
        text = draw(st.one_of(tidied, _calls(columns, depth - 1)))
    if second == "2022":
        return Call(FN + name, (text, draw(st.one_of(st.just((second,)), columns.cell("day")))))
    return Call(FN + name, (text, (second,)) if second else (text,))


@cache
@st.composite
def _called(draw: st.DrawFn, columns: Columns) -> Call:
    call = draw(_calls(columns, 2))
    kind = draw(st.sampled_from(["", "", "datatype", "language", "language"]))
    if kind == "language":
        return Call(call.function, call.arguments, language=draw(_languages(columns)))
    datatype = draw(st.sampled_from(["", *(XSD + each for each in _ALL_DATATYPES)])) if kind else None
    return Call(call.function, call.arguments, datatype)


@cache
@st.composite
def _conditions(draw: st.DrawFn, columns: Columns) -> tuple[Condition, ...]:
    if draw(st.sampled_from([""] * 5 + ["one"])) == "":
        return ()
    one: Expression = draw(st.one_of(_texts(columns, "id", "ref", *columns.lists), _calls(columns, 1)))
    test = draw(st.sampled_from([EQUAL, NOT_EQUAL, NOT_EQUAL, ONE_OF, GIVEN]))
    code = st.sampled_from(["a", "b", "a b c", "1", "Wasser"]).map(lambda text: (text,))
    other = () if test == GIVEN else (draw(st.one_of(code, code, _texts(columns))),)
    return (Condition(test, (one, *other)), *draw(_conditions(columns)))


# --- maps

_Named = tuple[str, Columns]


@st.composite
def _links(draw: st.DrawFn, own: Columns, maps: Sequence[_Named]) -> Link:
    name, other = draw(st.sampled_from(maps))
    usual = st.tuples(own.cell("id", "ref", *own.lists), other.cell("id", "ref", *other.lists))
    pairs = draw(st.lists(st.one_of(usual, usual, st.tuples(_texts(own), _texts(other))), min_size=1, max_size=2))
    # Without pairs the other map has to have the same source.
    of_this_row = all(columns.source.key == own.source.key for each, columns in maps if each == name)
    return Link(name, () if of_this_row and draw(st.booleans()) else tuple(pairs))


@st.composite
def _rules(draw: st.DrawFn, columns: Columns, maps: Sequence[_Named]) -> Rule:
    predicate = draw(st.sampled_from([*_PREDICATES, TYPE]))
    iri = st.builds(Term, _iris(columns))
    anything = st.one_of(_literals(columns), _literals(columns), iri, _called(columns), _links(columns, maps))
    made = draw(iri if predicate == TYPE else anything)
    return Rule(predicate, made, draw(_conditions(columns)), Origin(_FILE, draw(st.integers(1, 99))))


@st.composite
def _record_maps(draw: st.DrawFn, name: str, columns: Columns, maps: Sequence[_Named]) -> RecordMap:
    key = columns.cell("id", "id", "ref", columns.lists[0])
    usual = st.builds(Term, _joined(st.just((BASE,)), key))
    slug = st.builds(lambda text: Call(FN + "slug_iri", (text, (BASE,))), _texts(columns, "id", "name"))
    subject = draw(st.one_of(usual, usual, usual, st.builds(Term, _iris(columns)), slug))
    rules = draw(st.lists(_rules(columns, maps), min_size=2, max_size=5))
    return RecordMap(name, columns.source, subject, draw(_conditions(columns)), tuple(rules), Origin(_FILE, 1, name))


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    sources = [draw(st.sampled_from(each)) for each in _SOURCES[: draw(st.integers(1, 3))]]
    # Maps may share their name: one map with several sources or subjects is several maps.
    names = [draw(st.sampled_from([f"map{number}"] * 3 + ["map0"])) for number in range(draw(st.integers(1, 4)))]
    named: list[_Named] = []
    for name in names:
        columns = draw(st.sampled_from(sources))
        # A link reads the same columns of all maps of its name.
        alike = all(other.lists == columns.lists for each, other in named if each == name)
        named.append((name if alike else f"{name}-{len(named)}", columns))
    maps = tuple(draw(_record_maps(name, columns, named)) for name, columns in named)
    read = [each for each in sources if any(columns is each for _, columns in named)]
    return Case(RecordMaps(maps), {each.source.key: draw(_rows(each)) for each in read})


cases = _cases()
"""Mappings with rows: shared subjects, lists, conditions, functions in functions, links, odd letters."""
