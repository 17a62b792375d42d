"""What a shape demands, as SHACL Core has it (sections 2 to 4)."""

from dataclasses import dataclass
from typing import NamedTuple, Union

# Constraints that compare literals: with a parameter (SHACL section 4.3), and with other values (section 4.5).
BOUNDS = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
ORDERS = ("lessThan", "lessThanOrEquals")


class Term(NamedTuple):
    """An IRI, with empty datatype, or a literal as it was written."""

    object: str
    datatype: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """A text that only equal terms share (RDF 1.1 Concepts, section 3.3).

        >>> Term("https://example.org/a").key, Term("a", "rdf:langString", "DE").key
        ('https://example.org/a', '"a"@de')
        """
        if not self.datatype:
            return self.object
        return f'"{self.object}"@{self.language.lower()}' if self.language else f'"{self.object}"^^{self.datatype}'


@dataclass(frozen=True)
class Step:
    """One predicate, from subject to object or the other way."""

    predicate: str
    is_inverse: bool = False


@dataclass(frozen=True)
class Sequence:
    """One path after the other."""

    parts: tuple["Path", ...]


@dataclass(frozen=True)
class Alternative:
    """One path or the other."""

    parts: tuple["Path", ...]


@dataclass(frozen=True)
class Repeated:
    """A path walked `least` times at least, and once at most unless `is_many`."""

    part: "Path"
    least: int
    is_many: bool


Path = Union[Step, Sequence, Alternative, Repeated]  # noqa: UP007 (a recursive alias)


@dataclass(frozen=True)
class Parameter:
    """A value of a constraint parameter, by its local name (`minCount`); of a list, all members.

    `flags` belong to a pattern.
    """

    name: str
    terms: tuple[Term, ...]
    flags: str = ""


@dataclass(frozen=True)
class Reference:
    """A constraint that asks other shapes: `node`, `not`, `and`, `or`, `xone`, `property`, `qualifiedValueShape`.

    `siblings` are the shapes that a value of a qualified one must not conform to.
    """

    name: str
    shapes: tuple[str, ...]
    least: int | None = None
    most: int | None = None
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """A shape: its IRI or the name of its blank node, its path if it is a property shape, its targets, what it demands.

    A target is its kind (`targetClass`) with a term. `has_queries` says that SPARQL constraints stand in it. Where a
    shape is split, the names of the pieces have a word after a blank.
    """

    name: str
    path: Path | None
    targets: tuple[tuple[str, Term], ...]
    parameters: tuple[Parameter, ...]
    references: tuple[Reference, ...]
    has_queries: bool
    is_deactivated: bool

    @property
    def source(self) -> str:
        """The name that results give."""
        return self.name.partition(" ")[0]

    @property
    def predicate(self) -> str:
        """The predicate a result names as its path (section 3.6.2.2); empty where the path is more than that."""
        return self.path.predicate if isinstance(self.path, Step) and not self.path.is_inverse else ""
