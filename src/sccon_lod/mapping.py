"""What a mapping says: sources, and how their rows become statements."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field

from sccon_lod.errors import Origin


@dataclass(frozen=True)
class Reference:
    """The cell of a column: `$(column)`. In a tree (JSON, XML) it is a path from the record."""

    column: str


Template = tuple[str | Reference, ...]


@dataclass(frozen=True)
class Call:
    """A value function applied to its arguments, in the order of its parameters; an argument may be a call.

    Without more it gives what the function says. `datatype` or `language` write its text as a literal of
    that kind; the datatype '' makes an IRI of it.
    """

    function: str
    arguments: tuple["Expression", ...]
    datatype: str | None = None
    language: Template = ()


Expression = Template | Call


@dataclass(frozen=True)
class Source:
    """Records: a file, a glob or a folder, how it is laid out, and the columns whose cells are lists.

    `formulation` is how records are referred to (`csv`, `jsonpath`, `xpath`, …), `iterator` the path to the
    records of a tree, `options` what else the mapping declares (`delimiter`, `encoding`, `sheet`, …).
    `split` holds the separators of list columns.
    """

    file: str
    split: MappingOf[str, str]
    origin: Origin
    formulation: str = "csv"
    iterator: str = ""
    options: MappingOf[str, str] = field(default_factory=dict)

    @property
    def is_settings(self) -> bool:
        """Whether these are the settings of the publication itself."""
        return self.formulation == "toml"

    @property
    def key(self) -> str:
        """What tells sources apart: two with the same key hold the same records."""
        said = [self.iterator, *(f"{name}={value}" for name, value in sorted(self.options.items()))]
        return " ".join([self.file, *filter(None, said)])


@dataclass(frozen=True)
class Term:
    """An IRI, or a literal with a datatype or a language, made from a template.

    An IRI has neither datatype nor language. The language is a template, too: it may stand in a column.
    """

    template: Template
    datatype: str = ""
    language: Template = ()

    @property
    def is_iri(self) -> bool:
        """Whether the term is an IRI."""
        return not self.datatype


@dataclass(frozen=True)
class Link:
    """The subjects of another map, named `map`: those of its rows that agree with this row in all pairs.

    A pair is what this row and what the other row must have in common. Without pairs it is the subject that
    the other map, which then has the same source, makes from this very row.
    """

    map: str
    pairs: tuple[tuple[Template, Template], ...]


@dataclass(frozen=True)
class Condition:
    """A test that a row must pass, applied to its arguments in the order of its parameters."""

    test: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Rule:
    """One predicate and one object, said of the subject of its map."""

    predicate: str
    object: Term | Call | Link
    conditions: tuple[Condition, ...]
    origin: Origin


@dataclass(frozen=True)
class RecordMap:
    """How each row of a source describes one subject (a triples map in RML)."""

    name: str
    source: Source
    subject: Term | Call
    conditions: tuple[Condition, ...]
    rules: tuple[Rule, ...]
    origin: Origin


@dataclass(frozen=True)
class Mapping:
    """All maps of a publication, in the order of their files, and the short names that these files declare."""

    maps: tuple[RecordMap, ...]
    prefixes: MappingOf[str, str] = field(default_factory=dict)


Part = Term | Call | Link | Condition


def columns(*parts: Part) -> tuple[str, ...]:
    """Return the columns that the parts read from their own row, in order and once each.

    >>> columns(Term((Reference("id"), "-", Reference("year"))), Call("f", ((Reference("id"),),)))
    ('id', 'year')
    """
    return tuple(dict.fromkeys(column for part in parts for column in _columns(part)))


def _columns(part: Part | Template) -> list[str]:
    if isinstance(part, tuple):
        return [each.column for each in part if isinstance(each, Reference)]
    if isinstance(part, Term):
        return [*_columns(part.template), *_columns(part.language)]
    if isinstance(part, Link):
        return [column for child, _ in part.pairs for column in _columns(child)]
    read = [column for argument in part.arguments for column in _columns(argument)]
    return [*read, *_columns(part.language)] if isinstance(part, Call) else read
