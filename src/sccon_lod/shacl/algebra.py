"""What SPARQL queries look at, as their algebra tells (SPARQL 1.1, section 18)."""

import functools
from collections.abc import Iterator

from pyparsing.exceptions import ParseBaseException
from rdflib import URIRef
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

_THIS = Variable("this")
_Triple = tuple[object, object, object]
# What keeps the solutions of its pattern, or puts them in another order.
_KEEPING = frozenset(("SelectQuery", "Distinct", "Reduced", "OrderBy", "ToMultiSet"))
_EXISTS = frozenset(("Builtin_EXISTS", "Builtin_NOTEXISTS"))


def predicates(query: str) -> frozenset[str] | None:
    """Return the predicates of all statements that a query can look at; None where these may be any."""
    whole = _algebra(query)
    if whole is None:
        return None
    found: set[str] = set()
    for part in _parts(whole):
        if part.name in ("Graph", "ServiceGraphPattern"):
            return None
        for _, predicate, _ in _triples(part):
            steps = _steps(predicate)
            # A path of no step leads from each node to itself, whatever is said of it.
            if steps is None or _may_stay(predicate):
                return None
            found |= steps
    return frozenset(found)


def can_ask_at_once(query: str) -> bool:
    """Whether a query without `$this` bound beforehand gives the solutions for each node as `$this` (SHACL 5.3.1).

    So it is where a pattern binds `$this` in each part that speaks of it, before an expression or OPTIONAL does.
    Queries that count or cut off their solutions are not looked into.
    """
    whole = _algebra(query)
    return whole is not None and _THIS in _bound(whole) and _is_joined(whole)


def compares(query: str) -> bool:
    """Whether a query asks which of two values comes first, or cannot be looked into."""
    whole = _algebra(query)
    return whole is None or any(
        part.name == "RelationalExpression" and part.op in ("<", ">", "<=", ">=") for part in _parts(whole)
    )


@functools.cache
def _algebra(query: str) -> CompValue | None:
    """Return the algebra of a query; None for one that rdflib does not understand, or does not translate as a whole.

    It translates EXISTS in FILTER and BIND only, and one within another twice, which loses a part.
    """
    try:
        whole: CompValue = translateQuery(parseQuery(query)).algebra
    except ParseBaseException:
        return None
    asking = [part for part in _parts(whole) if part.name in _EXISTS]
    if any("graph" not in vars(part) or _asks(part.graph) for part in asking):
        return None
    return whole


def _asks(part: CompValue) -> bool:
    return any(each.name in _EXISTS for each in _parts(part))


def _is_joined(part: CompValue) -> bool:
    if part.name == "BGP":
        return True
    if part.name in _KEEPING:
        return isinstance(part.p, CompValue) and _is_joined(part.p)
    if part.name == "Project":
        return _is_joined(part.p) and (_THIS in part.PV or not _speaks(part.p))
    if part.name == "Join":
        return _is_joined(part.p1) and _is_joined(part.p2)
    if part.name == "Union":
        return all(_is_joined(each) and (_THIS in _bound(each) or not _speaks(each)) for each in (part.p1, part.p2))
    if part.name in ("Filter", "Extend"):
        is_told = _THIS in _bound(part.p) or not _speaks(part.expr)
        # What a part does not have, `get` gives as the name that was asked for.
        return is_told and part.get("var") != _THIS and _is_joined(part.p) and not _has_subquery(part.expr)
    if part.name == "LeftJoin":
        is_told = _THIS in _bound(part.p1) or not (_speaks(part.p2) or _speaks(part.expr))
        return is_told and _is_joined(part.p1) and _is_joined(part.p2) and not _has_subquery(part.expr)
    return False


def _bound(part: CompValue) -> frozenset[Variable]:
    """Return the variables that have a value in each solution."""
    if part.name == "BGP":
        return frozenset(
            term
            for triple in _triples(part)
            if not _may_stay(triple[1])
            for term in triple
            if isinstance(term, Variable)
        )
    if part.name in ("Join", "Union"):
        one, other = _bound(part.p1), _bound(part.p2)
        return one | other if part.name == "Join" else one & other
    if part.name == "Project":
        return _bound(part.p) & frozenset(part.PV)
    inner = part.get("p1") if part.name == "LeftJoin" else part.get("p")
    return _bound(inner) if isinstance(inner, CompValue) else frozenset()


def _speaks(whole: object) -> bool:
    """Whether a pattern or expression speaks of `$this`; that a query within names it as a column does not count."""
    if isinstance(whole, CompValue) and whole.name in _EXISTS:
        return _speaks(whole.graph)
    if isinstance(whole, CompValue):
        return any(_speaks(value) for key, value in whole.items() if key not in ("PV", "_vars"))
    if isinstance(whole, list | tuple | set | frozenset):
        return any(map(_speaks, whole))
    return whole == _THIS


def _has_subquery(expression: object) -> bool:
    """Whether an expression asks for a pattern with a query in it."""
    inner = [each.graph for each in _parts(expression) if each.name in _EXISTS]
    return any(part.name in ("ToMultiSet", "Project") for each in inner for part in _parts(each))


def _parts(whole: object) -> Iterator[CompValue]:
    """Yield all parts of an algebra, from the outside in."""
    if isinstance(whole, CompValue):
        yield whole
        # As an item, EXISTS has its pattern as it was parsed and without filters; as an attribute, translated.
        for value in (whole.graph,) if whole.name in _EXISTS else whole.values():
            yield from _parts(value)
    elif isinstance(whole, list | tuple):
        for each in whole:
            yield from _parts(each)


def _triples(part: CompValue) -> list[_Triple]:
    return list(part.triples) if part.name == "BGP" else []


def _steps(predicate: object) -> frozenset[str] | None:
    """Return the predicates of a path; None for one that leads along others, too."""
    if isinstance(predicate, URIRef):
        return frozenset((str(predicate),))
    if isinstance(predicate, InvPath):
        return _steps(predicate.arg)
    if isinstance(predicate, MulPath):
        return _steps(predicate.path)
    if isinstance(predicate, SequencePath | AlternativePath):
        found = [_steps(each) for each in predicate.args]
        known = [each for each in found if each is not None]
        return frozenset().union(*known) if len(known) == len(found) else None
    return None


def _may_stay(predicate: object) -> bool:
    """Whether a path may lead to where it begins without a step."""
    if isinstance(predicate, MulPath):
        return predicate.zero or _may_stay(predicate.path)
    if isinstance(predicate, InvPath):
        return _may_stay(predicate.arg)
    if isinstance(predicate, SequencePath):
        return all(map(_may_stay, predicate.args))
    return isinstance(predicate, AlternativePath) and any(map(_may_stay, predicate.args))
