"""The words that a run knows: short names, labels, and what is said of concepts."""

from collections.abc import Mapping
from dataclasses import dataclass

from sccon_lod.errors import Origin


@dataclass(frozen=True)
class Told:
    """A statement that a file says itself, and where; `datatype` is empty for an IRI."""

    subject: str
    predicate: str
    object: str
    datatype: str
    language: str
    origin: Origin


@dataclass(frozen=True)
class Vocabulary:
    """Prefixes by name, the statements of the code lists, and their labels for `fn:concept`.

    `concepts` holds the IRIs of all concepts, `lists` the namespaces of the code lists.
    """

    prefixes: Mapping[str, str]
    told: tuple[Told, ...]
    concepts: frozenset[str]
    lists: frozenset[str]
    labels: Mapping[str, Mapping[str, str]]
