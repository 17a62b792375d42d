"""What a mapping says: sources, and how their rows become statements."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from sccon_lod.errors import Origin


@dataclass(frozen=True)
class Reference:
    """The cell of a column: `$(column)`."""

    column: str


Template = tuple[str | Reference, ...]


@dataclass(frozen=True)
class Source:
    """A file of records; the cells of the columns in `split` are lists with that separator."""

    file: str
    split: MappingOf[str, str]
    origin: Origin


@dataclass(frozen=True)
class Term:
    """An IRI, or a literal with a datatype or a language, made from a template.

    An IRI has neither datatype nor language.
    """

    template: Template
    datatype: str = ""
    language: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether the term is an IRI."""
        return not self.datatype


@dataclass(frozen=True)
class Call:
    """A value function applied to templates, in the order of its parameters."""

    function: str
    arguments: tuple[Template, ...]


@dataclass(frozen=True)
class Condition:
    """A test that a row must pass, applied to templates in the order of its parameters."""

    test: str
    arguments: tuple[Template, ...]


@dataclass(frozen=True)
class Rule:
    """One predicate and one object, said of the subject of its map."""

    predicate: str
    object: Term | Call
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
    """All maps of a publication, in the order of their files."""

    maps: tuple[RecordMap, ...]


def columns(*parts: Term | Call | Condition) -> tuple[str, ...]:
    """Return the columns that the terms, calls and conditions read, in order and once each."""
    return tuple(dict.fromkeys(column for part in parts for column in _columns(part)))


def _columns(part: Term | Call | Condition) -> list[str]:
    templates = (part.template,) if isinstance(part, Term) else part.arguments
    return [each.column for template in templates for each in template if isinstance(each, Reference)]
