"""SHACL shapes: the rules with their words, and what they say of predicates."""

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import BNode, Literal, Node

from sccon_lod import constraints, graphs
from sccon_lod.errors import Origin, ShapeError
from sccon_lod.findings import Severity
from sccon_lod.language import Text
from sccon_lod.shacl import syntax
from sccon_lod.shacl.shape import Shape
from sccon_lod.terms import DCT, SHACL

_KEY = URIRef(SHACL + "codeIdentifier")
_EXAMPLE = URIRef("http://www.w3.org/2004/02/skos/core#example")
_COUNTEREXAMPLE = URIRef("https://w3id.org/sccon-lod/rule#counterexample")
_PRIVATE = URIRef("https://w3id.org/sccon-lod/rule#private")
_SINCE = URIRef("https://w3id.org/sccon-lod/rule#since")
_COVERS = URIRef("https://w3id.org/sccon-lod/rule#covers")
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_RESERVED = ("id", "type")
_SEVERITIES = {f"{SHACL}{each.word.capitalize()}": each for each in Severity}

# What a shape says about itself and its targets (SHACL sections 2 and 5).
_DESCRIBING = frozenset(
    (
        *("path", "name", "description", "order", "group", "defaultValue", "codeIdentifier", "message", "severity"),
        *("deactivated", "declare", "prefixes", "property", "flags", "ignoredProperties", "select"),
        *("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "prefix", "namespace"),
        *("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"),
        *("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"),
    )
)
# What constrains (SHACL section 4).
_CONSTRAINING = frozenset(
    (
        *("class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive"),
        *("maxInclusive", "minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "equals", "disjoint"),
        *("lessThan", "lessThanOrEquals", "not", "and", "or", "xone", "node", "qualifiedValueShape", "closed"),
        *("hasValue", "in", "sparql"),
    )
)
# What belongs to constraint components of one's own (section 6), and to SHACL Advanced Features.
_BEYOND = (
    *("parameter", "validator", "nodeValidator", "propertyValidator", "labelTemplate", "ask"),
    *("rule", "target", "condition", "expression", "values", "entailment", "js", "jsLibrary", "function"),
)
_NUMBERS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")


@dataclass(frozen=True)
class Constraint:
    """One constraint of one named shape: its parameter (`minCount`), and the words of its rule.

    `identifier` is the number of the rule for people; `predicates` are what the shape looks at, first the
    one whose cell to mend. `is_asked` says that the shape has targets, or is a property of one that has; others
    are parts of rules and reported by these. What breaks a rule that `is_private` is not shown in a report.
    """

    shape: str
    parameter: str
    name: str
    identifier: str
    severity: Severity
    message: Text
    predicates: tuple[str, ...]
    origin: Origin
    is_asked: bool
    is_private: bool


@dataclass(frozen=True)
class Rule:
    """A rule in words: what it is about, why there is it, and what is right and wrong.

    `counterexample` is None where the shape has none; the empty text is an empty cell. `since` is the edition of the
    rules that it came with; `parameters` are what it constrains (`minCount`).
    """

    name: str
    identifier: str
    severity: Severity
    message: Text
    title: Text
    description: Text
    example: str
    counterexample: str | None
    since: str
    origin: Origin
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class Property:
    """What a shape says of a predicate: its JSON key, and the words for the person who fills the cell."""

    predicate: str
    key: str
    title: Text
    hint: Text
    example: str
    single: bool


@dataclass(frozen=True)
class Shapes:
    """All shapes of a publication: one graph, its constraints, and the files its named nodes stand in."""

    graph: Graph
    origins: Mapping[str, Origin]

    @cached_property
    def whole(self) -> Mapping[str, Shape]:
        """All shapes by name, also those within others. Raises ShapeError for one that is ill-formed."""
        return syntax.read(self.graph, self.origins)

    def constraints(self) -> tuple[Constraint, ...]:
        """Return the constraints of all named shapes, by file and line."""
        return self._constraints

    def constraint(self, shape: str) -> Constraint | None:
        """Return the rule a named shape stands for."""
        return self._by_shape.get(shape)

    def temporal(self) -> tuple[str, ...]:
        """Return the predicates whose values are the times that data cover."""
        shapes = self.graph.subjects(_COVERS, URIRef(DCT + "temporal"))
        return tuple(sorted(str(self.graph.value(each, SH.path)) for each in shapes))

    def profiles(self) -> tuple[str, ...]:
        """Return the profiles that data have to conform to: the namespaces of the shapes of classes."""
        shapes = {str(each).rpartition("#")[0] for each in self.graph.subjects(SH.targetClass) if "#" in str(each)}
        return tuple(sorted(shapes))

    def title(self, kind: str) -> Text | None:
        """Return what the first shape in the file of a kind calls its records; None where there is none."""
        for shape in sorted(self.origins, key=lambda each: self.origins[each]):
            node = URIRef(shape)
            if Path(self.origins[shape].file).stem == kind and (node, RDFS.label, None) in self.graph:
                return self._words(node, RDFS.label)
        return None

    def label(self, kind: str) -> Text | None:
        """Return what the shape of a class calls its instances; None where no shape does."""
        for shape in sorted(self.graph.subjects(SH.targetClass, URIRef(kind)), key=str):
            if isinstance(shape, URIRef) and (shape, RDFS.label, None) in self.graph:
                return self._words(shape, RDFS.label)
        return None

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules that findings name, by file and line."""
        asked: dict[str, list[Constraint]] = defaultdict(list)
        for each in self._constraints:
            if each.is_asked:
                asked[each.shape].append(each)
        return tuple(self._rule(URIRef(shape), members) for shape, members in asked.items())

    def _rule(self, shape: URIRef, members: Sequence[Constraint]) -> Rule:
        first = members[0]
        title = self._words(shape, SH.name)
        wrong, since = self.graph.value(shape, _COUNTEREXAMPLE), self.graph.value(shape, _SINCE)
        return Rule(
            first.name,
            first.identifier,
            first.severity,
            first.message,
            title if title.de or title.en else self._words(shape, RDFS.label),
            self._words(shape, SH.description),
            str(self.graph.value(shape, _EXAMPLE) or ""),
            None if wrong is None else str(wrong),
            str(since or ""),
            first.origin,
            tuple(each.parameter for each in members),
        )

    @cached_property
    def _by_shape(self) -> Mapping[str, Constraint]:
        return {each.shape: each for each in reversed(self._constraints)}

    @cached_property
    def _constraints(self) -> tuple[Constraint, ...]:
        nodes = {each for each in self.graph.subjects() if isinstance(each, URIRef)}
        found = [constraint for node in nodes for constraint in self._constraints_of(node)]
        return tuple(sorted(found, key=lambda each: (each.origin, each.shape, each.parameter)))

    def _constraints_of(self, shape: URIRef) -> Iterator[Constraint]:
        if not self._is_shape(shape):
            return
        for parameter in sorted(map(str, set(self.graph.predicates(shape)))):
            if parameter.removeprefix(SHACL) in _CONSTRAINING:
                yield Constraint(
                    str(shape),
                    parameter.removeprefix(SHACL),
                    self._name(shape),
                    str(self.graph.value(shape, URIRef(DCT + "identifier")) or ""),
                    self._severity(shape),
                    self._message(shape),
                    tuple(self._predicates(shape)),
                    self.origins[str(shape)],
                    self._is_asked(shape),
                    bool(self.graph.value(shape, _PRIVATE)),
                )

    def _is_shape(self, node: URIRef) -> bool:
        kinds = set(self.graph.objects(node, RDF.type))
        path = self.graph.value(node, SH.path)
        return path is not None or bool(kinds & {SH.NodeShape, SH.PropertyShape})

    def _is_asked(self, shape: Node) -> bool:
        owners = list(self.graph.transitive_subjects(SH.property, shape))
        return any((owner, target, None) in self.graph for owner in owners for target in _TARGETS)

    def _name(self, shape: URIRef) -> str:
        return str(shape).rpartition("#")[2].rpartition("/")[2]

    def _severity(self, shape: URIRef) -> Severity:
        return _SEVERITIES.get(str(self.graph.value(shape, SH.severity)), Severity.VIOLATION)

    def _message(self, shape: URIRef) -> Text:
        words = {each.language: str(each) for each in self._literals(shape, SH.message)}
        plain = words.get(None, "")
        missing = Text(f"Die Regel {self._name(shape)} ist verletzt.", f"The rule {self._name(shape)} is broken.")
        return Text(words.get("de") or plain or missing.de, words.get("en") or plain or missing.en)

    def _literals(self, node: Node, predicate: URIRef) -> list[Literal]:
        found = (each for each in self.graph.objects(node, predicate) if isinstance(each, Literal))
        return sorted(found, key=lambda each: (each.language or "", str(each)))

    def _predicates(self, shape: URIRef) -> Iterator[str]:
        key = self.graph.value(shape, _KEY)
        path = self.graph.value(shape, SH.path)
        if isinstance(path, URIRef):
            yield str(path)
        elif key is not None:
            yield from (each.predicate for each in self.properties() if each.key == str(key))
        for pair in (SH.lessThan, SH.lessThanOrEquals, SH.equals, SH.disjoint):
            yield from map(str, self.graph.objects(shape, pair))
        if path is not None and not isinstance(path, URIRef):
            yield from self._steps(path)

    def _steps(self, path: Node) -> Iterator[str]:
        """Yield the predicates of a path in the order they are walked from the focus node."""
        if isinstance(path, URIRef):
            yield str(path)
        elif self.graph.value(path, RDF.first) is not None:
            for step in Collection(self.graph, path):
                yield from self._steps(step)
        else:
            for part in sorted(self.graph.objects(path), key=str):
                yield from self._steps(part)

    # --- what the shapes say of predicates

    def properties(self) -> tuple[Property, ...]:
        """Return what the shapes say of predicates that have a JSON key, by key."""
        return self._properties

    @property
    def private(self) -> frozenset[str]:
        """The names of the rules that are private, which nobody can waive."""
        return frozenset(each.name for each in self._constraints if each.is_private)

    @property
    def private_classes(self) -> frozenset[str]:
        """The classes that a rule protects which is private."""
        shapes = set(self.graph.subjects(_PRIVATE, Literal(True)))
        around = {each for shape in shapes for each in self.graph.subjects(SH.property, shape)}
        return frozenset(str(each) for shape in shapes | around for each in self.graph.objects(shape, SH.targetClass))

    @property
    def label_predicate(self) -> str:
        """The predicate that says what something is called: that with the key `name`; empty where there is none."""
        return next((each.predicate for each in self._properties if each.key == _LABEL), "")

    @cached_property
    def _properties(self) -> tuple[Property, ...]:
        found: dict[str, Property] = {}
        for shape in sorted(self.graph.subjects(_KEY), key=lambda each: self.origins.get(str(each), _NOWHERE)):
            path = self.graph.value(shape, SH.path)
            if isinstance(path, URIRef) and isinstance(shape, URIRef):
                each = self._property(shape, str(path))
                first = found.setdefault(each.key, each)
                self._check_key(shape, first, each)
        predicates: dict[str, str] = {}
        for each in found.values():
            if predicates.setdefault(each.predicate, each.key) != each.key:
                raise ShapeError(
                    Origin("shapes"),
                    Text(
                        f"<{each.predicate}> hat zwei Schlüssel: {predicates[each.predicate]} und {each.key}.",
                        f"<{each.predicate}> has two keys: {predicates[each.predicate]} and {each.key}.",
                    ),
                )
        return tuple(found[key] for key in sorted(found))

    def describing(self, predicate: str, stem: str) -> Property | None:
        """Return what is said of a predicate: by the shapes of the kind `stem` if they do, else by others."""
        shapes = [
            each
            for each in self.graph.subjects(SH.path, URIRef(predicate))
            if isinstance(each, URIRef) and (each, SH.name, None) in self.graph
        ]
        places = sorted(((self.origins[str(each)], each) for each in shapes), key=lambda pair: pair[0])
        own = [each for origin, each in places if Path(origin.file).stem == stem]
        chosen = next(iter(own or [each for _, each in places]), None)
        return self._property(chosen, predicate) if chosen else None

    def _property(self, shape: URIRef, path: str) -> Property:
        return Property(
            path,
            str(self.graph.value(shape, _KEY)),
            self._words(shape, SH.name),
            self._words(shape, SH.description),
            str(self.graph.value(shape, _EXAMPLE) or ""),
            self._is_single(path),
        )

    def _is_single(self, path: str) -> bool:
        """Whether every shape that describes the predicate allows one value at most."""
        shapes = [each for each in self.graph.subjects(SH.path, URIRef(path)) if (each, _KEY, None) in self.graph]
        return all(str(self.graph.value(each, SH.maxCount)) == "1" for each in shapes)

    def _words(self, shape: URIRef, predicate: URIRef) -> Text:
        words = {each.language: str(each) for each in self._literals(shape, predicate)}
        return Text(words.get("de", ""), words.get("en", ""))

    def _check_key(self, shape: URIRef, first: Property, each: Property) -> None:
        if each.key in _RESERVED or first.predicate != each.predicate:
            raise ShapeError(
                self.origins.get(str(shape), _NOWHERE),
                Text(
                    f"Der Schlüssel „{each.key}“ ist schon vergeben; bitte einen anderen wählen.",
                    f"The key “{each.key}” is taken already; please choose another.",
                ),
            )

    def described(self) -> frozenset[str]:
        """Return the predicates that some shape has as its path."""
        paths = self.graph.objects(None, SH.path)
        return frozenset(str(path) for path in paths if isinstance(path, URIRef))

    def targets(self) -> frozenset[str]:
        """Return the classes that some shape targets."""
        return frozenset(map(str, self.graph.objects(None, SH.targetClass)))

    def required(self) -> Iterator[tuple[str, str, str]]:
        """Yield class, predicate and shape for each predicate that every instance of a class must have."""
        for node, target in sorted(self.graph.subject_objects(SH.targetClass), key=str):
            for shape in sorted(self.graph.objects(node, SH.property), key=str):
                path = self.graph.value(shape, SH.path)
                least = self.graph.value(shape, SH.minCount)
                hard = self.graph.value(shape, SH.severity) in (None, SH.Violation)
                if isinstance(path, URIRef) and least is not None and int(str(least)) > 0 and hard:
                    yield str(target), str(path), self._name(URIRef(str(shape)))


_LABEL = "name"  # the key of what something is called
_NOWHERE = Origin("shapes")


def read(root: Path) -> Shapes:
    """Read shapes/*.ttl of the publication in `root`. Raises ShapeError with file and line."""
    whole = graphs.empty()
    origins: dict[str, Origin] = {}
    for path in sorted((root / "shapes").glob("*.ttl")):
        name = path.relative_to(root).as_posix()
        graph = graphs.parse(path, name)
        lines = graphs.Lines(graph, path)
        for subject in _named(graph.subjects()):
            # A shape is described in one file; others may add targets to it.
            if (subject, RDF.type, None) in graph or (subject, SH.path, None) in graph:
                origins[str(subject)] = Origin(name, lines.of(subject))
        whole += graph
        for prefix, space in graph.namespaces():
            whole.bind(prefix, space)
    if not origins:
        raise ShapeError(
            Origin("shapes"),
            Text(
                "Hier liegen noch keine Regeln; bitte eine Datei wie shapes/event.ttl anlegen.",
                "There are no shapes here yet; please make a file such as shapes/event.ttl.",
            ),
        )
    _check(whole, origins)
    constraints.check(whole, origins)
    shapes = Shapes(whole, origins)
    assert shapes.whole, "somewhere a shape is named"
    shapes.properties()
    return shapes


def _check(graph: Graph, origins: Mapping[str, Origin]) -> None:
    """Refuse words that SHACL does not have, and values that they cannot have: a typo would be ignored."""
    _check_extent(graph, origins)
    known = sorted(_DESCRIBING | _CONSTRAINING)
    for subject, predicate, value in sorted(graph, key=str):
        name = str(predicate).removeprefix(SHACL)
        origin = syntax.place(graph, origins, subject)
        if str(predicate).startswith(SHACL) and name not in known:
            near = difflib.get_close_matches(name, known, n=1) or known
            raise ShapeError(
                origin,
                Text(
                    f"„sh:{name}“ gibt es in SHACL nicht; gemeint sein könnte sh:{near[0]}.",
                    f"There is no “sh:{name}” in SHACL; what may be meant is sh:{near[0]}.",
                ),
            )
        if predicate == SH.property and isinstance(subject, URIRef) and isinstance(value, BNode):
            raise ShapeError(
                origin,
                Text(
                    "Eine Regel braucht einen Namen: sh:property shapes:Event-start statt sh:property [ … ].",
                    "A rule needs a name: sh:property shapes:Event-start instead of sh:property [ … ].",
                ),
            )
        if predicate in _TARGETS and (isinstance(subject, BNode) or not _is_typed(graph, subject)):
            raise ShapeError(
                origin,
                Text(
                    f"Was Ziele hat, braucht einen Namen und eine Art: {_name(subject)} a sh:NodeShape .",
                    f"What has targets needs a name and a type: {_name(subject)} a sh:NodeShape .",
                ),
            )
        if predicate in (SH.property, SH.node, SH.qualifiedValueShape) and (value, None, None) not in graph:
            raise ShapeError(
                origin,
                Text(f"Die Regel <{value}> gibt es nicht.", f"There is no shape <{value}>."),
            )
        if predicate == SH.severity and str(value) not in _SEVERITIES:
            raise ShapeError(
                origin,
                Text(
                    f"„{value}“ ist keine Schwere; es gibt sh:Violation, sh:Warning und sh:Info.",
                    f"“{value}” is no severity; there are sh:Violation, sh:Warning and sh:Info.",
                ),
            )
        if str(predicate).startswith(SHACL) and name in _NUMBERS and not str(value).isdecimal():
            raise ShapeError(
                origin,
                Text(
                    f"sh:{name} braucht eine ganze Zahl ab 0, nicht „{value}“.",
                    f"sh:{name} needs a whole number from 0 on, not “{value}”.",
                ),
            )


def _check_extent(graph: Graph, origins: Mapping[str, Origin]) -> None:
    """Refuse what SHACL has and the program has not: it would be skipped."""
    for name in _BEYOND:
        for subject in sorted(graph.subjects(URIRef(SHACL + name)), key=str):
            raise ShapeError(
                syntax.place(graph, origins, subject),
                Text(
                    f"sh:{name} kennt das Programm nicht; richtig ist zum Beispiel sh:sparql mit einer Abfrage.",
                    f"The program does not know sh:{name}; right is for example sh:sparql with a query.",
                ),
            )


def _is_typed(graph: Graph, node: Node) -> bool:
    return any((node, RDF.type, kind) in graph for kind in (SH.NodeShape, SH.PropertyShape))


def _name(node: Node) -> str:
    return f"<{node}>" if isinstance(node, URIRef) else "shapes:Event"


def _named(nodes: Iterable[Node]) -> list[URIRef]:
    return sorted({node for node in nodes if isinstance(node, URIRef)})
