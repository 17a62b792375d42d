"""The statements of a run as validators read them, literals as they were written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph
from rdflib import Graph

from sccon_lod import constraints, graphs
from sccon_lod.essence import Plain


@dataclass(frozen=True)
class Facts:
    """Where to get statements in N-Triples, and what each library makes of them when it is first asked."""

    lines: Callable[[], Iterable[str]]

    @cached_property
    def statements(self) -> tuple[pyoxigraph.Quad, ...]:
        """The statements in terms of pyoxigraph, whose parser keeps literals as they are written."""
        written = "\n".join(self.lines()).encode()
        return tuple(pyoxigraph.parse(written, format=pyoxigraph.RdfFormat.N_TRIPLES))

    @cached_property
    def graph(self) -> Graph:
        """The statements as pySHACL reads them."""
        graph = Graph(bind_namespaces="none")
        graph.namespace_manager = Plain(graph)
        for each in self.statements:
            graph.add(graphs.triple(each))
        return graph

    @cached_property
    def store(self) -> pyoxigraph.Store | None:
        """The statements as Oxigraph reads them; None where it would change one."""
        return constraints.store(self.statements)
