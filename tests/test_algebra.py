"""What queries look at, and which can be asked for all focus nodes at once."""

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sccon_lod import constraints
from sccon_lod.constraints import Query
from sccon_lod.shacl import algebra
from small_shapes import parsed

EX = "https://example.org/"
PREFIX = f"PREFIX : <{EX}>\n"
SHAPES = parsed(
    f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <{EX}> . "
    ":S a sh:NodeShape ; sh:targetSubjectsOf :p, :q ; sh:targetObjectsOf :p ; sh:targetNode :a, :nowhere ."
)
# Queries with what they look at, and whether they can be asked at once.
LOOKED: dict[str, tuple[str | None, bool]] = {
    "SELECT $this ?value WHERE { $this :p ?value FILTER(?value != $this) }": ("p", True),
    "SELECT $this WHERE { $this :p/:q+ ?x . ?x ^:r|:s ?y }": ("p q r s", True),
    "SELECT $this WHERE { $this a/:sub* :C }": ("a sub", True),
    "SELECT $this WHERE { $this :sub* :C }": (None, False),
    "SELECT $this WHERE { $this :p ?x . ?x (:q|:r)? ?y }": (None, True),
    "SELECT $this WHERE { $this ?p ?x }": (None, True),
    "SELECT $this WHERE { $this !:p ?x }": (None, True),
    "SELECT $this WHERE { ?x :p $this OPTIONAL { $this :q ?y FILTER(?y = $this) } }": ("p q", True),
    "SELECT $this WHERE { OPTIONAL { $this :q ?y } $this :p ?x }": ("p q", False),
    "SELECT $this WHERE { { FILTER(BOUND($this)) } $this :p ?x }": ("p", False),
    "SELECT $this WHERE { BIND($this AS ?x) $this :p ?x }": ("p", False),
    "SELECT $this WHERE { $this :p ?x BIND($this AS ?y) }": ("p", True),
    "SELECT $this ?value WHERE { $this :p ?x { ?x :q ?value } UNION { $this :r ?value } }": ("p q r", True),
    "SELECT $this WHERE { $this :p ?x { ?x :q ?y } UNION { ?x :r ?y FILTER(?y = $this) } }": ("p q r", False),
    "SELECT $this WHERE { { $this :p ?x } UNION { ?x :q ?y } }": ("p q", False),
    "SELECT $this WHERE { $this :p ?x FILTER NOT EXISTS { ?x :q $this } }": ("p q", True),
    "SELECT $this WHERE { $this :p ?x FILTER NOT EXISTS { { SELECT $this { ?x :q $this } } } }": ("p q", False),
    "SELECT $this { $this :p ?x { ?x :q ?y } UNION { ?x :r ?y FILTER EXISTS { ?y :s ?z FILTER(?z = $this) } } }": (
        "p q r s",
        False,
    ),
    "SELECT $this WHERE { $this :p ?x FILTER EXISTS { ?x :q ?y FILTER NOT EXISTS { ?y :r ?z } } }": (None, False),
    "SELECT $this (EXISTS { $this :q ?y } AS ?value) WHERE { $this :p ?x }": (None, False),
    "SELECT $this WHERE { $this :p ?x { SELECT DISTINCT $this ?y WHERE { ?y :q ?z } } }": ("p q", True),
    "SELECT $this WHERE { $this :p ?x { SELECT ?x WHERE { ?x :q $this } } }": ("p q", False),
    "SELECT $this WHERE { $this :p ?x } ORDER BY ?x": ("p", True),
    "SELECT $this WHERE { $this :p ?x } LIMIT 1": ("p", False),
    "SELECT $this WHERE { $this :p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)": ("p", False),
    "SELECT $this WHERE { GRAPH ?g { $this :p ?x } }": (None, False),
}


@pytest.mark.parametrize("query", LOOKED)
def test_what_a_query_looks_at(query: str) -> None:
    names, is_joined = LOOKED[query]
    expected = None if names is None else {EX + each for each in names.split() if each != "a"}

    looked = algebra.predicates(PREFIX + query)

    assert (None if looked is None else {each for each in looked if each.startswith(EX)}) == expected
    assert algebra.can_ask_at_once(PREFIX + query) is is_joined


def test_of_a_query_that_is_not_understood_nothing_is_known() -> None:
    query = "SELECT $this WHERE { $this <urn:p> << <urn:a> <urn:b> <urn:c> >> }"

    assert algebra.predicates(query) is None
    assert not algebra.can_ask_at_once(query)


# Few nodes and predicates, so that most patterns have solutions.
NODES = (":a", ":b", ":c")
TERMS = ("$this", "?x", "?y")
PREDICATES = (":p", ":q")
EXPRESSIONS = (
    "?x = $this",
    "?x != $this",
    "BOUND($this)",
    "BOUND(?y)",
    "STR($this) < STR(?y)",
    "EXISTS { ?x :q $this }",
    "NOT EXISTS { $this :q ?y FILTER(?y != $this) }",
    "COALESCE(?y, $this) = $this",
    "EXISTS { ?x :q ?y FILTER(?y = $this) }",
    "EXISTS { ?x :p ?y FILTER NOT EXISTS { ?y :q $this } }",
)
PATTERNS = st.builds(
    "{} {} {} .".format,
    st.sampled_from(TERMS),
    st.sampled_from((*PREDICATES, ":p/:q", "^:q", ":p+")),
    st.sampled_from(TERMS),
)
FILTERS = st.one_of(
    st.sampled_from(EXPRESSIONS).map("FILTER({})".format),
    st.sampled_from(("{ BIND($this AS ?z) }", "{ BIND($this AS ?z) FILTER(?z != :a) }")),
)


def groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    body = st.lists(inner, min_size=1, max_size=3).map(" ".join)
    return st.one_of(
        body.map("{{ {} }}".format),
        body.map("OPTIONAL {{ {} }}".format),
        st.builds("{{ {} }} UNION {{ {} }}".format, body, body),
        body.map("{{ SELECT DISTINCT $this ?x ?y WHERE {{ {} }} }}".format),
    )


BODIES = st.lists(st.recursive(PATTERNS | FILTERS, groups, max_leaves=4), min_size=1, max_size=4).map(" ".join)
STATEMENTS = st.builds("{} {} {} .".format, st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(NODES))


def queries(body: str, value: str) -> list[Query]:
    return [Query(f"{EX}S", next(SHAPES.subjects()), f"{PREFIX}SELECT $this ({value} AS ?value) WHERE {{ {body} }}")]


def stored(statements: list[str], predicates: frozenset[str] | None = None) -> pyoxigraph.Store:
    """Return a store of statements: of all, or of those with some predicates."""
    text = f"@prefix : <{EX}> ." + "\n".join(statements)
    store = pyoxigraph.Store()
    for quad in pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        if predicates is None or quad.predicate.value in predicates:
            store.add(quad)
    return store


def answered(store: pyoxigraph.Store, asked: list[Query]) -> set[str]:
    return {str(each) for each in constraints.answers(asked, store, SHAPES)}


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STATEMENTS, min_size=3, max_size=10), BODIES, st.sampled_from(("?x", *EXPRESSIONS)))
def test_asked_at_once_and_of_fewer_statements_is_asked_one_by_one(
    statements: list[str], body: str, value: str
) -> None:
    asked = queries(body, value)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(constraints, "MANY", 1_000)
        one_by_one = answered(stored(statements), asked)
        patched.setattr(constraints, "MANY", 0)
        assert answered(stored(statements), asked) == one_by_one
        assert answered(stored(statements, constraints.looked_at(asked, SHAPES)), asked) == one_by_one
