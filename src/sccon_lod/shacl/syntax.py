"""Shapes read from their graph; what SHACL Core does not allow there is refused at file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Literal, Node

from sccon_lod import graphs
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.language import Text
from sccon_lod.shacl.shape import Alternative, Parameter, Path, Reference, Repeated, Sequence, Shape, Step, Term
from sccon_lod.terms import SHACL
from sccon_lod.values.value import BOOLEAN, STRING

TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_KINDS_OF_NODES = frozenset(
    SHACL + name for name in ("BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
)


class _Expected(Enum):
    """What stands as the value of a parameter, in words."""

    IRI = Text("eine IRI", "an IRI")
    NUMBER = Text("eine ganze Zahl ab 0", "a whole number from 0 on")
    LITERAL = Text("einen Wert in Anführungszeichen oder eine Zahl", "a literal")
    TEXT = Text("einen Text", "a text")
    TRUTH = Text("true oder false", "true or false")
    TERM = Text("eine IRI oder einen Wert", "an IRI or a literal")


@dataclass(frozen=True)
class _Form:
    """What a parameter expects (SHACL section 4, the syntax rules of each component)."""

    expected: _Expected
    is_list: bool = False
    is_single: bool = True
    needs_path: bool = False


_FORMS = {
    "class": _Form(_Expected.IRI, is_single=False),
    "datatype": _Form(_Expected.IRI),
    "nodeKind": _Form(_Expected.IRI),
    "minCount": _Form(_Expected.NUMBER, needs_path=True),
    "maxCount": _Form(_Expected.NUMBER, needs_path=True),
    "minExclusive": _Form(_Expected.LITERAL),
    "minInclusive": _Form(_Expected.LITERAL),
    "maxExclusive": _Form(_Expected.LITERAL),
    "maxInclusive": _Form(_Expected.LITERAL),
    "minLength": _Form(_Expected.NUMBER),
    "maxLength": _Form(_Expected.NUMBER),
    "pattern": _Form(_Expected.TEXT, is_single=False),
    "flags": _Form(_Expected.TEXT),
    "languageIn": _Form(_Expected.TEXT, is_list=True),
    "uniqueLang": _Form(_Expected.TRUTH, needs_path=True),
    "equals": _Form(_Expected.IRI, is_single=False),
    "disjoint": _Form(_Expected.IRI, is_single=False),
    "lessThan": _Form(_Expected.IRI, is_single=False, needs_path=True),
    "lessThanOrEquals": _Form(_Expected.IRI, is_single=False, needs_path=True),
    "closed": _Form(_Expected.TRUTH),
    "ignoredProperties": _Form(_Expected.IRI, is_list=True),
    "hasValue": _Form(_Expected.TERM, is_single=False),
    "in": _Form(_Expected.TERM, is_list=True),
    "qualifiedMinCount": _Form(_Expected.NUMBER),
    "qualifiedMaxCount": _Form(_Expected.NUMBER),
    "qualifiedValueShapesDisjoint": _Form(_Expected.TRUTH),
    "deactivated": _Form(_Expected.TRUTH),
}
# These belong to another parameter, or to the shape.
_DEPENDENT = ("flags", "ignoredProperties", "deactivated")
_DIGITS = 18  # of a count or a length, which the engine can still hold
_LOGICAL = ("and", "or", "xone")
_ASKING = ("not", "node", "property")


def read(graph: Graph, origins: Mapping[str, Origin]) -> Mapping[str, Shape]:
    """Return all shapes of a graph by name. Raises ShapeError for one that is ill-formed (SHACL section 1.4).

    `origins` are the places of named nodes.
    """
    reader = _Reader(graph, origins)
    return {str(node): reader.shape(node) for node in sorted(_shapes(graph), key=str)}


def _shapes(graph: Graph) -> set[Node]:
    """Return the nodes that are shapes (SHACL section 2)."""
    found = {node for kind in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, kind)}
    found |= set(graph.subjects(SH.path)) | set(graph.objects(None, SH.qualifiedValueShape))
    for name in TARGETS:
        found |= set(graph.subjects(SH[name]))
    for name in _ASKING:
        found |= set(graph.objects(None, SH[name]))
    for name in _LOGICAL:
        for members in graph.objects(None, SH[name]):
            found |= set(graph.items(members))
    return found


def place(graph: Graph, origins: Mapping[str, Origin], node: Node) -> Origin:
    """Return the place of a node; of one without name, that of what it belongs to."""
    seen: set[Node] = set()
    asked = [node]
    while asked:
        each = asked.pop(0)
        if isinstance(each, URIRef) and str(each) in origins:
            return origins[str(each)]
        seen.add(each)
        asked += sorted(set(graph.subjects(None, each)) - seen, key=str)
    return Origin("shapes")


@dataclass(frozen=True)
class _Reader:
    graph: Graph
    origins: Mapping[str, Origin]

    def shape(self, node: Node) -> Shape:
        path = self._only(node, "path")
        return Shape(
            str(node),
            None if path is None else self._path(node, path),
            tuple(self._targets(node)),
            tuple(self._parameters(node, has_path=path is not None)),
            tuple(self._references(node, has_path=path is not None)),
            (node, SH.sparql, None) in self.graph,
            self._is_true(node, "deactivated"),
        )

    # --- places

    def _fault(self, node: Node, german: str, english: str) -> ShapeError:
        return ShapeError(place(self.graph, self.origins, node), Text(german, english))

    # --- targets

    def _targets(self, node: Node) -> Iterator[tuple[str, Term]]:
        for name in TARGETS:
            for value in sorted(self.graph.objects(node, SH[name]), key=str):
                expected = _Expected.TERM if name == "targetNode" else _Expected.IRI
                yield name, self._term(node, name, value, expected)
        if isinstance(node, URIRef) and (node, RDF.type, RDFS.Class) in self.graph and self._is_typed(node):
            yield "targetClass", Term(str(node))

    def _is_typed(self, node: Node) -> bool:
        return any((node, RDF.type, kind) in self.graph for kind in (SH.NodeShape, SH.PropertyShape))

    # --- parameters

    def _parameters(self, node: Node, has_path: bool) -> Iterator[Parameter]:
        for name, form in _FORMS.items():
            values = sorted(self.graph.objects(node, SH[name]), key=str)
            if form.is_single:
                self._check_single(node, name, values)
            if values and form.needs_path and not has_path:
                raise self._fault(
                    node,
                    f"sh:{name} braucht einen Pfad (sh:path), von dem die Rede ist.",
                    f"sh:{name} needs a path (sh:path) that it speaks of.",
                )
            for value in values:
                members = self._items(node, name, value) if form.is_list else (value,)
                terms = tuple(self._term(node, name, each, form.expected) for each in members)
                if name not in _DEPENDENT and not name.startswith("qualified"):
                    yield from self._parameter(node, name, terms)

    def _parameter(self, node: Node, name: str, terms: tuple[Term, ...]) -> Iterator[Parameter]:
        if name in ("uniqueLang", "closed") and terms[0].object != "true":
            return
        if name == "closed":
            allowed = [value for each in self.graph.objects(node, SH.property) for value in self._predicates(each)]
            ignored = self._only(node, "ignoredProperties")
            allowed += [
                Term(str(each)) for each in (self._items(node, "ignoredProperties", ignored) if ignored else ())
            ]
            yield Parameter(name, tuple(sorted(set(allowed))))
            return
        if name == "nodeKind" and terms[0].object not in _KINDS_OF_NODES:
            raise self._fault(
                node,
                f"„{terms[0].object}“ ist keine Art von Knoten; es gibt zum Beispiel sh:IRI und sh:Literal.",
                f"“{terms[0].object}” is no kind of node; there are for example sh:IRI and sh:Literal.",
            )
        flags = self._only(node, "flags") if name == "pattern" else None
        yield Parameter(name, terms, str(flags or ""))

    def _predicates(self, shape: Node) -> list[Term]:
        return [Term(str(path)) for path in self.graph.objects(shape, SH.path) if isinstance(path, URIRef)]

    def _references(self, node: Node, has_path: bool) -> Iterator[Reference]:
        for name in _ASKING:
            for value in sorted(self.graph.objects(node, SH[name]), key=str):
                self._check_asked(node, name, value)
                yield Reference(name, (str(value),))
        for name in _LOGICAL:
            for value in sorted(self.graph.objects(node, SH[name]), key=str):
                yield Reference(name, tuple(map(str, self._items(node, name, value))))
        for value in sorted(self.graph.objects(node, SH.qualifiedValueShape), key=str):
            if not has_path:
                raise self._fault(
                    node,
                    "sh:qualifiedValueShape braucht einen Pfad (sh:path), von dem die Rede ist.",
                    "sh:qualifiedValueShape needs a path (sh:path) that it speaks of.",
                )
            least, most = self._only(node, "qualifiedMinCount"), self._only(node, "qualifiedMaxCount")
            yield Reference(
                "qualifiedValueShape",
                (str(value),),
                None if least is None else int(str(least)),
                None if most is None else int(str(most)),
                tuple(self._siblings(node, value)),
            )

    def _check_asked(self, node: Node, name: str, value: Node) -> None:
        """Refuse what is no shape, a property shape for `sh:node` and a node shape for `sh:property`."""
        has_path = (value, SH.path, None) in self.graph
        kind = {"node": "node shape", "property": "property shape"}.get(name, "shape")
        if isinstance(value, Literal) or (name == "property") > has_path or (name == "node" and has_path):
            path = {"node": " ohne sh:path", "property": " mit sh:path"}.get(name, "")
            raise self._fault(
                node,
                f"sh:{name} braucht eine Regel{path}, nicht „{value}“.",
                f"sh:{name} needs a {kind}, not “{value}”.",
            )

    def _siblings(self, node: Node, own: Node) -> list[str]:
        """Return the sibling shapes of a qualified one (SHACL section 4.7.3)."""
        if not self._is_true(node, "qualifiedValueShapesDisjoint"):
            return []
        owners = self.graph.subjects(SH.property, node)
        beside = {each for owner in owners for each in self.graph.objects(owner, SH.property)}
        found = {shape for each in beside for shape in self.graph.objects(each, SH.qualifiedValueShape)}
        return sorted(str(each) for each in found - {own})

    # --- values

    def _only(self, node: Node, name: str) -> Node | None:
        values = sorted(self.graph.objects(node, SH[name]), key=str)
        self._check_single(node, name, values)
        return values[0] if values else None

    def _check_single(self, node: Node, name: str, values: list[Node]) -> None:
        if len(values) > 1:
            raise self._fault(
                node,
                f"sh:{name} steht in einer Regel mehrfach: „{values[0]}“ und „{values[1]}“; erlaubt ist es einmal.",
                f"sh:{name} stands in one shape several times: “{values[0]}” and “{values[1]}”; it may stand once.",
            )

    def _is_true(self, node: Node, name: str) -> bool:
        value = self._only(node, name)
        return isinstance(value, Literal) and str(value) == "true"

    def _items(self, node: Node, name: str, value: Node) -> tuple[Node, ...]:
        """Return the members of a list (SHACL section 1.4)."""
        found: list[Node] = []
        seen: set[Node] = set()
        while value != RDF.nil:
            firsts, rests = list(self.graph.objects(value, RDF.first)), list(self.graph.objects(value, RDF.rest))
            if len(firsts) != 1 or len(rests) != 1 or value in seen:
                raise self._fault(
                    node,
                    f'sh:{name} braucht eine Liste in runden Klammern, zum Beispiel sh:in ( "a" "b" ).',
                    f'sh:{name} needs a list in round brackets, for example sh:in ( "a" "b" ).',
                )
            seen.add(value)
            found.append(firsts[0])
            value = rests[0]
        return tuple(found)

    def _term(self, node: Node, name: str, value: Node, expected: _Expected) -> Term:
        if isinstance(value, URIRef | Literal):
            term = Term(str(value), *graphs.kind(value))
            if _fits(term, expected):
                return term
        raise self._fault(
            node,
            f"sh:{name} braucht {expected.value.de}, nicht „{value}“.",
            f"sh:{name} needs {expected.value.en}, not “{value}”.",
        )

    # --- paths

    def _path(self, node: Node, path: Node, is_inverse: bool = False, around: tuple[Node, ...] = ()) -> Path:
        """Return a property path (SHACL section 2.3.1); an inverse one is turned around step by step.

        `around` are the paths that it is part of: a path must not be part of itself.
        """
        if isinstance(path, URIRef) and path != RDF.nil:
            return Step(str(path), is_inverse)
        known = {str(name).removeprefix(SHACL): value for name, value in self.graph.predicate_objects(path)}
        inner = (*around, path)
        if path not in around:
            if str(RDF.first) in known:
                parts = [self._path(node, each, is_inverse, inner) for each in self._items(node, "path", path)]
                if len(parts) > 1:
                    return Sequence(tuple(parts[::-1] if is_inverse else parts))
            if "inversePath" in known:
                return self._path(node, known["inversePath"], not is_inverse, inner)
            if "alternativePath" in known:
                listed = self._items(node, "alternativePath", known["alternativePath"])
                parts = [self._path(node, each, is_inverse, inner) for each in listed]
                if len(parts) > 1:
                    return Alternative(tuple(parts))
            for name, (least, is_many) in _REPEATED.items():
                if name in known:
                    return Repeated(self._path(node, known[name], is_inverse, inner), least, is_many)
        raise self._fault(
            node,
            f"„{path}“ ist kein Pfad; richtig ist zum Beispiel sh:path schema:name oder sh:path ( schema:a schema:b ).",
            f"“{path}” is no path; right is for example sh:path schema:name or sh:path ( schema:a schema:b ).",
        )


_REPEATED = {"zeroOrMorePath": (0, True), "oneOrMorePath": (1, True), "zeroOrOnePath": (0, False)}


def _fits(term: Term, expected: _Expected) -> bool:
    if expected is _Expected.IRI:
        return not term.datatype
    if expected is _Expected.NUMBER:
        digits = term.object.removeprefix("+")
        return bool(term.datatype) and digits.isdecimal() and len(digits) <= _DIGITS
    if expected is _Expected.LITERAL:
        return bool(term.datatype)
    if expected is _Expected.TEXT:
        return term.datatype == STRING
    if expected is _Expected.TRUTH:
        return term.datatype == BOOLEAN and term.object in ("true", "false", "1", "0")
    return True
