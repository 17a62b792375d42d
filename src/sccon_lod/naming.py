"""Which short names a publication gets in its dumps: they follow from mapping, shapes and prefixes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sccon_lod.functions import FUNCTIONS
from sccon_lod.lexicon import Vocabulary
from sccon_lod.mapping import Call, Expression, Link, Template, Term
from sccon_lod.names import Names, keys
from sccon_lod.plan import Plan
from sccon_lod.terms import LANG_STRING

if TYPE_CHECKING:  # what reads shapes loads much that a run without shapes does not need
    from sccon_lod.shapes import Property


def names(plan: Plan, vocabulary: Vocabulary, properties: Iterable["Property"]) -> Names:
    """Return the short names of the dumps: the prefixes in use, and the keys that the shapes give to properties."""
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for predicate, kind in _kinds(plan, vocabulary):
        kinds[predicate].append(kind)
    prefixes = dict(_used_prefixes(plan, vocabulary))
    bare = Names(prefixes, ())
    labels = {each.predicate: (each.key, each.single) for each in properties}
    prefixed = {predicate: bare.short(predicate) for predicate in kinds}
    return Names(prefixes, keys(plan.predicates, labels, kinds, prefixed))


def _kinds(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    for statement in plan.statements:
        for kind in _of_object(statement.rule.object):
            yield statement.rule.predicate, kind
    for told in vocabulary.told:
        yield told.predicate, (told.datatype, told.language)


def _of_object(value: Term | Call | Link) -> Iterator[tuple[str, str]]:
    """Yield the datatypes and languages that an object may have; an IRI has the datatype ''."""
    if isinstance(value, Link):
        yield "", ""
    elif isinstance(value, Call) and value.language:
        yield LANG_STRING, ""
    elif isinstance(value, Call) and value.datatype is None:
        yield from ((datatype, "") for datatype in FUNCTIONS[value.function].datatypes)
    else:
        yield value.datatype or "", ""


def _used_prefixes(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    iris = {iri for told in vocabulary.told for iri in (told.subject, told.predicate, told.datatype)}
    for statement in plan.statements:
        iris.add(statement.rule.predicate)
        iris.update(datatype for datatype, _ in _of_object(statement.rule.object))
        for part in (statement.map.subject, statement.rule.object):
            iris.update(template[0] for template in _templates(part) if template and isinstance(template[0], str))
    iris.update(told.object for told in vocabulary.told if not told.datatype)
    for prefix, space in sorted(vocabulary.prefixes.items()):
        if prefix != "id" and any(iri.startswith(space) for iri in iris):
            yield prefix, space


def _templates(part: Expression | Term | Link) -> Iterator[Template]:
    if isinstance(part, Term):
        yield part.template
    elif isinstance(part, Call):
        for argument in part.arguments:
            yield from _templates(argument)
    elif isinstance(part, tuple):
        yield part
