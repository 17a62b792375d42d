"""The results of shapes where little has changed since the last release: of what has changed, and of nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

import pyoxigraph

from sccon_lod import results, sampling
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.lexicon import Told
from sccon_lod.results import Found
from sccon_lod.sampling import Said
from sccon_lod.screening import Demands
from sccon_lod.shacl import conformance
from sccon_lod.shacl.compiler import Program, compile_shapes
from sccon_lod.sql import conformance as sql
from sccon_lod.terms import SUBCLASS, TYPE


def predicates(demands: Demands) -> frozenset[str] | None:
    """Return the predicates that decide about more than the results of the subjects that they are said of.

    None where all may: where there are queries, targets other than classes, classes that rows tell of, or shapes that
    are not compiled.
    """
    shapes = demands.shapes
    targeted = [shape for shape in shapes.values() if shape.targets and not shape.is_deactivated]
    if any(shape.has_queries for shape in shapes.values()) or len(targeted) > len(demands.screened):
        return None
    if SUBCLASS in demands.plan.predicates:
        return None
    # Of a suspect everything is known: what has to be known of all other nodes is what is asked for here.
    suspected = replace(_program(demands), screened=frozenset(shape.name for shape in targeted))
    return suspected.predicates(demands.reached)


def find(said: Said, changed: Collection[str], demands: Demands) -> tuple[frozenset[Found], bool] | None:
    """Return the results of all shapes whose focus nodes have changed, and whether literals cannot be compared.

    None where shapes concern one of them that look at what points to it, or as far as they can.
    """
    reaches = {shape.name: sampling.reach(shape.name, demands.shapes) for shape in demands.screened}
    near = max((each for each in reaches.values() if each is not None), default=1)
    stated = [
        *told(sampling.around(said, changed, near)),
        *(each for each in demands.told if each.predicate == SUBCLASS),
    ]
    far = {name for shape in demands.screened if reaches[shape.name] is None for name in demands.targets(shape)}
    if any(each.predicate == TYPE and each.subject in changed and each.object in far for each in stated):
        return None
    with Engine() as engine:
        engine.tell(stated)
        for statement in sql.create_edges():
            engine.run(statement)
        found = (results.of_term(*each) for each in conformance.run(engine, _program(demands)))
        return frozenset(each for each in found if each.result.focus in changed), engine.one(sql.MIXED) != (0,)


def _program(demands: Demands) -> Program:
    return compile_shapes(demands.shapes, frozenset())


def told(lines: Iterable[str]) -> Iterator[Told]:
    """Yield lines of N-Triples as statements; none of them has a blank node."""
    written = "\n".join(lines).encode()
    for each in pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.N_TRIPLES):
        value = each.object
        assert isinstance(each.subject, pyoxigraph.NamedNode), "nothing without an IRI is published"
        assert isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal), "nothing without an IRI is published"
        datatype = "" if isinstance(value, pyoxigraph.NamedNode) else value.datatype.value
        language = "" if isinstance(value, pyoxigraph.NamedNode) else value.language or ""
        yield Told(each.subject.value, each.predicate.value, value.value, datatype, language, _NOWHERE)


_NOWHERE = Origin("")
