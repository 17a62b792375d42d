"""The short names in dumps: prefixes, JSON keys and the JSON-LD context."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sccon_lod.terms import LANG_STRING, TYPE
from sccon_lod.values.value import STRING

# In JSON-LD these stand for themselves: keywords of the context, and schemes of IRIs without "//".
_RESERVED = frozenset(("", "id", "type", "geo", "info", "mailto", "tel", "urn"))

JSON = dict[str, "JSON"] | list["JSON"] | str | int | float | bool | None


@dataclass(frozen=True)
class Key:
    """How a predicate is written: its key in JSON-LD, its rank in a subject, and the form of its values.

    `coercion` is `@id`, a datatype IRI, LANG_STRING for a language map, or empty for plain text;
    `single` says that a value may stand without brackets.
    """

    predicate: str
    key: str
    rank: int
    coercion: str
    single: bool


@dataclass(frozen=True)
class Names:
    """Prefixes by name (those that are used), and a key for every predicate in the order of a subject."""

    prefixes: Mapping[str, str]
    keys: tuple[Key, ...]

    def short(self, iri: str) -> str:
        """Return the prefixed name of an IRI; the IRI itself where no prefix fits."""
        for prefix, space in self.prefixes.items():
            if iri.startswith(space) and iri != space:
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    @property
    def linked(self) -> Mapping[str, str]:
        """The prefixes that JSON-LD can use: a key of the same name would hide them."""
        taken = {each.key for each in self.keys} | _RESERVED
        return {prefix: space for prefix, space in self.prefixes.items() if prefix not in taken}

    def context(self) -> JSON:
        """Return the JSON-LD context (JSON-LD 1.1 section 3.1); it needs no other document."""
        context: dict[str, JSON] = {
            "@version": 1.1,
            "id": "@id",
            "type": {"@id": "@type", "@container": "@set"},
        }
        for prefix, space in self.linked.items():
            # A namespace that ends in a letter must be declared a prefix (JSON-LD 1.1 section 4.4).
            context[prefix] = space if space.endswith(tuple(":/?#[]@")) else {"@id": space, "@prefix": True}
        for each in sorted(self.keys, key=lambda key: key.key):
            context.setdefault(each.key, self._term(each))
        return context

    def _term(self, key: Key) -> JSON:
        linked = Names(self.linked, ())
        term: dict[str, JSON] = {"@id": linked.short(key.predicate)}
        if key.coercion == LANG_STRING:
            term["@container"] = "@language"
        else:
            if key.coercion not in ("", STRING):
                term["@type"] = key.coercion if key.coercion == "@id" else linked.short(key.coercion)
            if not key.single:
                term["@container"] = "@set"
        return term


def keys(
    order: Iterable[str],
    labels: Mapping[str, tuple[str, bool]],
    kinds: Mapping[str, list[tuple[str, str]]],
    prefixed: Mapping[str, str],
) -> tuple[Key, ...]:
    """Return the keys of predicates.

    `order` are the predicates as the mapping says them, `labels` their key and whether they have one value
    at most, `kinds` the datatypes and languages that are in use (the usual first; an IRI has the datatype
    ''), `prefixed` the prefixed name of each predicate.
    """
    ranks = {predicate: rank for rank, predicate in enumerate(order, start=1)}
    rest = sorted(set(kinds) - set(ranks))
    ranks.update({predicate: len(ranks) + rank for rank, predicate in enumerate(rest, start=1)})
    taken = {key for key, _ in labels.values()} | _RESERVED
    found = []
    for predicate in sorted(kinds):
        if predicate == TYPE:
            found.append(Key(TYPE, "type", 0, "@id", single=False))
            continue
        fallback = predicate if prefixed[predicate].partition(":")[0] in taken else prefixed[predicate]
        key, single = labels.get(predicate, (fallback, False))
        found.append(Key(predicate, key, ranks[predicate], _coercion(kinds[predicate]), single))
    return tuple(sorted(found, key=lambda each: each.rank))


def _coercion(kinds: list[tuple[str, str]]) -> str:
    datatypes = [datatype for datatype, _ in kinds]
    if all(datatype == LANG_STRING for datatype in datatypes):
        return LANG_STRING
    usual = datatypes[0]
    return {"": "@id", STRING: "", LANG_STRING: ""}.get(usual, usual)
