"""RML files in Turtle as maps; whatever is not understood is an error with file and line."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sccon_lod.mapping import Call, Link, Mapping, RecordMap, Rule, Term
from sccon_lod.rml_calls import Calls
from sccon_lod.rml_executions import OLD_EXECUTION, Said
from sccon_lod.rml_joins import Joins
from sccon_lod.rml_nodes import Nodes, Part
from sccon_lod.rml_sources import Sources, iri, one
from sccon_lod.rml_statements import Node
from sccon_lod.rml_terms import GRAPHS, Conditions, Terms
from sccon_lod.terms import TYPE

_MAP = ("logicalSource", "subject", "subjectMap", "predicateObjectMap", "baseIRI")
_RULE = ("predicate", "predicateMap", "object", "objectMap", *GRAPHS)


def read_file(path: Path, name: str) -> Mapping:
    """Return the maps of a file and its short names. Raises MappingError with the line.

    `name` is what errors call the file.
    """
    nodes = Nodes(path, name)
    reader = _Reader(nodes)
    maps = [reader.record_map(node) for node in reader.names]
    nodes.check_all_asked()
    if not maps:
        raise nodes.error(
            0,
            "Hier steht keine Triples Map; sie hat rml:logicalSource, rml:subjectMap und rml:predicateObjectMap.",
            "There is no triples map here; it has rml:logicalSource, rml:subjectMap and rml:predicateObjectMap.",
        )
    return Mapping(tuple(maps), nodes.prefixes)


def _names(nodes: Nodes) -> dict[Node, str]:
    """Return the triples maps of a file by what they are called: the last part of their IRI where it is their own."""
    functions = set(nodes.objects_of(OLD_EXECUTION))
    typed = [*nodes.of_class("TriplesMap"), *nodes.with_term("logicalSource"), *nodes.with_term("logicalTable")]
    found = sorted((node for node in dict.fromkeys(typed) if node not in functions), key=nodes.line)
    short = {node: _short(nodes, node) for node in found}
    uses = Counter(short.values())
    return {node: name if uses[name] == 1 else node.value for node, name in short.items()}


def _short(nodes: Nodes, node: Node) -> str:
    if str(node).startswith("_:"):
        return f"line {nodes.line(node)}"
    return node.value.rstrip("/#").replace("#", "/").rpartition("/")[2]


class _Reader:
    """Reads the triples maps of one file; `names` are all of them."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._calls = Calls(nodes)
        self._sources = Sources(nodes)
        self.names = _names(nodes)
        self._joins = Joins(nodes, self._calls, self.names)

    def record_map(self, node: Node) -> RecordMap:
        """Return one triples map."""
        line, name = self._nodes.line(node), self.names[node]
        said = self._nodes.parts(node, line, _MAP)
        source = self._sources.source(one(self._nodes, said, "logicalSource", line))
        terms = Terms(self._nodes, self._calls, self._joins, self._base(said, line))
        subject, conditions, typed = self._subject(terms, said, line)
        rules = [rule for part in said.get("predicateObjectMap", []) for rule in self._rules(terms, part)]
        return RecordMap(name, source, subject, conditions, (*typed, *rules), self._nodes.origin(line, name))

    def _base(self, said: Said, line: int) -> str:
        """Return what relative IRIs begin with: what the map says, or the base of the file."""
        return iri(self._nodes, one(self._nodes, said, "baseIRI", line)) if "baseIRI" in said else self._nodes.base

    def _subject(self, terms: Terms, said: Said, line: int) -> tuple[Term | Call, Conditions, list[Rule]]:
        """Return what makes the subject, its conditions, and the rules that give it its classes."""
        if "subject" in said:
            return terms.shortcut(one(self._nodes, said, "subject", line)), (), []
        part = one(self._nodes, said, "subjectMap", line)
        classes = terms.classes(part)
        subject, conditions = terms.subject(part)
        return subject, conditions, [Rule(TYPE, Term((name,)), (), self._nodes.origin(at)) for name, at in classes]

    def _rules(self, terms: Terms, part: Part) -> Iterator[Rule]:
        said = self._nodes.parts(part.value, part.line, _RULE)
        terms.check_graphs(said)
        origin = self._nodes.origin(min((each.line for parts in said.values() for each in parts), default=part.line))
        predicates = [iri(self._nodes, each) for each in said.get("predicate", [])]
        predicates += [terms.predicate(each) for each in said.get("predicateMap", [])]
        objects = self._objects(terms, said)
        for words, found in (("predicate", predicates), ("object", objects)):
            if not found:
                one(self._nodes, said, words, origin.line)
        for predicate in predicates:
            for term, conditions, line in objects:
                self._check_class(predicate, term, line)
                yield Rule(predicate, term, conditions, origin)

    def _objects(self, terms: Terms, said: Said) -> list[tuple[Term | Call | Link, Conditions, int]]:
        fixed = [(terms.shortcut(each), (), each.line) for each in said.get("object", [])]
        return [*fixed, *((*terms.object(each), each.line) for each in said.get("objectMap", []))]

    def _check_class(self, predicate: str, term: Term | Call | Link, line: int) -> None:
        if predicate == TYPE and isinstance(term, Term) and not term.is_iri:
            raise self._nodes.error(
                line,
                "Eine Klasse ist eine IRI; daneben steht rml:termType rml:IRI.",
                "A class is an IRI; beside it stands rml:termType rml:IRI.",
            )
