"""Which short names a publication gets in its dumps: they follow from mapping, shapes and prefixes."""

from collections import defaultdict
from collections.abc import Iterator

from sccon_lod.functions import FUNCTIONS
from sccon_lod.mapping import Term
from sccon_lod.names import Names, keys
from sccon_lod.plan import Plan
from sccon_lod.shapes import Shapes
from sccon_lod.vocabulary import Vocabulary


def names(plan: Plan, vocabulary: Vocabulary, shapes: Shapes) -> Names:
    """Return the short names of the dumps: the prefixes in use, and the keys that the shapes give."""
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for predicate, kind in _kinds(plan, vocabulary):
        kinds[predicate].append(kind)
    prefixes = dict(_used_prefixes(plan, vocabulary))
    bare = Names(prefixes, ())
    labels = {each.predicate: (each.key, each.single) for each in shapes.properties()}
    prefixed = {predicate: bare.short(predicate) for predicate in kinds}
    return Names(prefixes, keys(plan.predicates, labels, kinds, prefixed))


def _kinds(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, str]]]:
    for statement in plan.statements:
        value = statement.rule.object
        if isinstance(value, Term):
            yield statement.rule.predicate, (value.datatype, value.language)
        else:
            for datatype in FUNCTIONS[value.function].datatypes:
                yield statement.rule.predicate, (datatype, "")
    for told in vocabulary.told:
        yield told.predicate, (told.datatype, told.language)


def _used_prefixes(plan: Plan, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    iris = {iri for told in vocabulary.told for iri in (told.subject, told.predicate, told.datatype)}
    for statement in plan.statements:
        iris.add(statement.rule.predicate)
        for term in (statement.map.subject, statement.rule.object):
            templates = (term.template, (term.datatype,)) if isinstance(term, Term) else term.arguments
            iris.update(template[0] for template in templates if template and isinstance(template[0], str))
            if not isinstance(term, Term):
                iris.update(FUNCTIONS[term.function].datatypes)
    iris.update(told.object for told in vocabulary.told if not told.datatype)
    for prefix, space in sorted(vocabulary.prefixes.items()):
        if prefix != "id" and any(iri.startswith(space) for iri in iris):
            yield prefix, space
