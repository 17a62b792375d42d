"""The nodes of an RML file: what each says in the terms of RML, and on which line."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text
from sccon_lod.refusals import RML as REASONS
from sccon_lod.rml_statements import UNBASED, Node, Said, Value, read
from sccon_lod.terms import TYPE

RML = "http://w3id.org/rml/"
# R2RML, and what became of it before RML had one namespace: RML, its functions, targets, references.
_OLDER = ("http://www.w3.org/ns/r2rml#", "https://w3id.org/function/ontology#")
_OLD_FAMILY = re.compile(r"http://semweb\.mmlab\.be/ns/[\w-]+#")
_CSVW = "http://www.w3.org/ns/csvw#"
# They carry only a name for what their predicates say.
_CLASSES = frozenset(
    (
        *("TriplesMap", "LogicalSource", "BaseSource", "SubjectMap", "PredicateMap", "ObjectMap"),
        *("RefObjectMap", "PredicateObjectMap", "TermMap", "ExpressionMap", "LanguageMap"),
        *("DatatypeMap", "Join", "JoinCondition", "ChildMap", "ParentMap", "FunctionTermMap"),
        *("FunctionExecution", "Execution", "Function", "FunctionMap", "Input", "ParameterMap"),
        *("ReturnMap", "RelativePathSource", "RelativePath", "FilePath", "Source", "IRI"),
        *("XPathReferenceFormulation", "ReferenceFormulation", "Namespace", "csvw:Table"),
        "csvw:Dialect",
    )
)


class Part(NamedTuple):
    """What a node says with a term of RML: the value, and the line that it ends on."""

    value: Value
    line: int


def local(iri: str) -> str:
    """Return the name of a term of RML, in whichever namespace it was; of any other IRI the IRI itself.

    >>> local("http://www.w3.org/ns/r2rml#template"), local("http://w3id.org/rml/template")
    ('template', 'template')
    """
    if iri.startswith(_CSVW):
        return "csvw:" + iri.removeprefix(_CSVW)
    for space in (f"{RML}ql/", RML, *_OLDER):
        if iri.startswith(space):
            return iri.removeprefix(space)
    found = _OLD_FAMILY.match(iri)
    return iri[found.end() :] if found else iri


class Nodes:
    """What a file says of its nodes; it remembers which were asked for."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self._text, self.base, self._prefixes, self._said = read(path, name)
        self._asked: set[Node] = set()
        self._by_node: dict[Node, list[Said]] = {}
        for each in self._said:
            self._by_node.setdefault(each.subject, []).append(each)
        self._check_based()

    def _check_based(self) -> None:
        """Refuse relative IRIs that name nothing of the file, where it has no base."""
        for each in self._said:
            for iri in (each.predicate, "" if self.describes(each.value) else each.value.value):
                if iri.startswith(UNBASED):
                    shown = iri.removeprefix(UNBASED)
                    raise self.error(
                        each.line,
                        f"<{shown}> ist relativ, und die Datei hat kein @base.",
                        f"<{shown}> is relative, and the file has no @base.",
                    )

    def with_term(self, term: str) -> list[Node]:
        """Return the nodes that say something with a term of RML, in the order of the file."""
        return list(dict.fromkeys(each.subject for each in self._said if local(each.predicate) == term))

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Return the short names of the file."""
        return self._prefixes

    def objects_of(self, term: str) -> list[Value]:
        """Return what is said with a term of RML, in the order of the file."""
        return list(dict.fromkeys(each.value for each in self._said if local(each.predicate) == term))

    def of_class(self, name: str) -> list[Node]:
        """Return the nodes of a class of RML, in the order of the file."""
        typed = (each for each in self._said if each.predicate == TYPE and isinstance(each.value, NamedNode))
        return list(dict.fromkeys(each.subject for each in typed if local(str(each.value.value)) == name))

    def parts(self, node: Value, line: int, allowed: Sequence[str]) -> Mapping[str, list[Part]]:
        """Return what a node says, by term. Raises MappingError for a term of RML that is not allowed there."""
        if isinstance(node, Literal) or node not in self._by_node:
            raise self.error(
                line,
                f"{_shown(node)} ist hier nicht beschrieben.",
                f"{_shown(node)} is not described here.",
            )
        self._asked.add(node)
        found: dict[str, list[Part]] = {}
        for each in self._by_node[node]:
            if each.predicate == TYPE:
                self._check_class(each)
            elif local(each.predicate) != each.predicate:
                self._check_term(local(each.predicate), each.line, allowed)
                found.setdefault(local(each.predicate), []).append(Part(each.value, each.line))
        return found

    def describes(self, node: Value) -> bool:
        """Tell whether the file says anything of a node."""
        return node in self._by_node

    def foreign(self, node: Node) -> Iterator[tuple[str, int]]:
        """Yield what a node says in other vocabularies, classes too: the IRI of the term and the line."""
        for each in self._by_node.get(node, ()):
            term = str(each.value.value) if each.predicate == TYPE else each.predicate
            if local(term) == term:
                yield term, each.line

    def _check_class(self, said: Said) -> None:
        name = local(str(said.value.value))
        if name == said.value.value or name in _CLASSES:
            return
        raise self._refused(name, said.line) or self._unknown(name, said.line, sorted(_CLASSES))

    def _check_term(self, name: str, line: int, allowed: Sequence[str]) -> None:
        if name not in allowed:
            raise self._refused(name, line) or self._unknown(name, line, allowed)

    def _refused(self, name: str, line: int) -> MappingError | None:
        if name not in REASONS:
            return None
        return self.error(line, f"„{name}“: {REASONS[name].de}", f"“{name}”: {REASONS[name].en}")

    def _unknown(self, name: str, line: int, allowed: Sequence[str]) -> MappingError:
        near = difflib.get_close_matches(name, allowed, n=1, cutoff=0.6)
        listed = ", ".join(sorted(allowed))
        de, en = (
            (f"Ist {near[0]} gemeint?", f"Is {near[0]} meant?")
            if near
            else (f"Es gibt: {listed}.", f"It has: {listed}.")
        )
        return self.error(line, f"„{name}“ gibt es hier nicht. {de}", f"There is no “{name}” here. {en}")

    def refuse(self, name: str, line: int, known: Sequence[str]) -> MappingError:
        """Return the error about a value that is not one of those known."""
        return self._refused(name, line) or self._unknown(self.shown(name), line, [self.shown(each) for each in known])

    def shown(self, iri: str) -> str:
        """Return an IRI with a short name of the file, where there is one."""
        fitting = [(space, name) for name, space in self._prefixes.items() if iri.startswith(space)]
        space, name = max(fitting, default=("", ""))
        return f"{name}:{iri.removeprefix(space)}" if space else iri

    def check_all_asked(self) -> None:
        """Refuse what nothing refers to: it would have no effect."""
        for each in self._said:
            name = local(str(each.value.value)) if each.predicate == TYPE else local(each.predicate)
            whole = str(each.value.value) if each.predicate == TYPE else each.predicate
            if each.subject not in self._asked and name != whole:
                raise self._refused(name, each.line) or self.error(
                    each.line,
                    f"Auf {_shown(each.subject)} verweist nichts, was gelesen wird.",
                    f"Nothing that is read refers to {_shown(each.subject)}.",
                )

    def line(self, node: Node) -> int:
        """Return the line on which a node begins."""
        found = self._begins(node) if isinstance(node, NamedNode) else 0
        return found or min((each.line for each in self._by_node.get(node, ())), default=0)

    def _begins(self, node: NamedNode) -> int:
        relative = node.value.removeprefix(self.base or UNBASED)
        tail = re.split("[#/]", node.value)[-1]
        names = [f"<{node.value}>", f"<{relative}>", f"<#{tail}>"]
        begins = re.compile(rf"(?:{'|'.join(map(re.escape, names))}|[\w.-]*:{re.escape(tail)})(?=\s|$)")
        numbered = enumerate(self._text.split("\n"), start=1)
        return next((number for number, line in numbered if tail and begins.match(line)), 0)

    def origin(self, line: int, column: str = "") -> Origin:
        """Return a place in the file."""
        return Origin(self.name, line, column)

    def error(self, line: int, german: str, english: str) -> MappingError:
        """Return an error at a line."""
        return MappingError(self.origin(line), Text(german, english))


def _shown(node: Value) -> str:
    if isinstance(node, NamedNode):
        return f"<{node.value}>"
    return f'"{node.value}"' if isinstance(node, Literal) else "[ ]"
