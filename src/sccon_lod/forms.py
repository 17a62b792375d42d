"""What shapes call the things of a class and what is said of them: the order and the words of a form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as _field
from functools import cached_property

from rdflib import RDFS, SH, Graph, URIRef
from rdflib.term import Literal, Node

from sccon_lod.errors import Origin
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.shapes import Shapes
from sccon_lod.terms import SHACL

_KEY = URIRef(SHACL + "codeIdentifier")
_EXAMPLE = URIRef("http://www.w3.org/2004/02/skos/core#example")
_REPEATS = URIRef("https://w3id.org/sccon-lod/rule#repeats")
_UNORDERED = 1_000.0
_NOWHERE = Origin("~")


@dataclass(frozen=True)
class Field:
    """A predicate of a class: what it is called, what it means, and what its values are.

    `kinds` are the datatype, the classes or the code lists of its values, as far as the shape says; `least` and `most`
    are how many there are, None for any number. `repeated` are the predicates that it says once more for other readers.
    """

    predicate: str
    key: str
    title: Text
    hint: Text
    example: str
    kinds: tuple[str, ...]
    least: int
    most: int | None
    message: Text
    repeated: frozenset[str]


@dataclass(frozen=True)
class Form:
    """A class as its shapes describe it; `title` is empty where they have no name for it."""

    target: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Forms:
    """The forms of all classes that shapes describe, those with a title of their own first, by file and line."""

    forms: Mapping[str, Form]
    _known: dict[tuple[str, ...], Mapping[str, Field]] = _field(default_factory=dict)

    @classmethod
    def of(cls, shapes: Shapes) -> "Forms":
        """Return the forms that shapes make."""
        reader = _Reader(shapes)
        return cls({target: reader.form(target) for target in reader.targets()})

    def title(self, classes: Iterable[str]) -> Text | None:
        """Return what something of some classes is called: what the form that comes first says."""
        wanted = set(classes)
        return next((form.title for name, form in self.forms.items() if name in wanted and form.title.de), None)

    def fields(self, classes: Iterable[str]) -> Mapping[str, Field]:
        """Return the fields of something of some classes by their predicates, in order."""
        key = tuple(classes)
        if key not in self._known:
            found: dict[str, Field] = {}
            for name, form in self.forms.items():
                if name in key:
                    for field in form.fields:
                        found.setdefault(field.predicate, field)
            self._known[key] = found
        return self._known[key]

    def field(self, predicate: str) -> Field | None:
        """Return what is said of a predicate, whatever the class."""
        return self._by_predicate.get(predicate)

    @cached_property
    def _by_predicate(self) -> Mapping[str, Field]:
        return {field.predicate: field for form in reversed(list(self.forms.values())) for field in form.fields[::-1]}


@dataclass(frozen=True)
class _Reader:
    shapes: Shapes

    @property
    def _graph(self) -> Graph:
        return self.shapes.graph

    def _place(self, shape: Node) -> tuple[Origin, str]:
        return self.shapes.origins.get(str(shape), _NOWHERE), str(shape)

    def targets(self) -> list[str]:
        """Return the classes that have shapes; those with a name first, in the order of their shapes."""
        first: dict[str, tuple[bool, tuple[Origin, str]]] = {}
        for shape, target in self._graph.subject_objects(SH.targetClass):
            place = (not self._is_named(shape), self._place(shape))
            first[str(target)] = min(first.get(str(target), place), place)
        return sorted(first, key=lambda each: (first[each], each))

    def _rank(self, shape: Node) -> tuple[bool, int, tuple[Origin, str]]:
        """Return the order of the shapes of a class: one with a name for it alone comes first."""
        targets = len(list(self._graph.objects(shape, SH.targetClass)))
        return not self._is_named(shape), targets, self._place(shape)

    def _is_named(self, shape: Node) -> bool:
        return (shape, RDFS.label, None) in self._graph

    def form(self, target: str) -> Form:
        """Return the form of a class: the fields of its named shapes first."""
        own = self._graph.subjects(SH.targetClass, URIRef(target))
        shapes = sorted(own, key=self._rank)
        fields: dict[str, Field] = {}
        for shape in shapes:
            for each in self._fields(shape):
                fields.setdefault(each.predicate, each)
        titles = (self._words(each, RDFS.label) for each in shapes if self._is_named(each))
        return Form(target, next(titles, Text("", "")), tuple(fields.values()))

    def _fields(self, shape: Node) -> Iterator[Field]:
        properties = [each for each in self._graph.objects(shape, SH.property) if self._is_field(each)]
        for each in sorted(properties, key=lambda one: (self._order(one), self._place(one))):
            yield self._field(each)

    def _is_field(self, shape: Node) -> bool:
        return isinstance(self._graph.value(shape, SH.path), URIRef) and (shape, SH.name, None) in self._graph

    def _order(self, shape: Node) -> float:
        order = self._graph.value(shape, SH.order)
        return float(order) if isinstance(order, Literal) else _UNORDERED

    def _field(self, shape: Node) -> Field:
        path = str(self._graph.value(shape, SH.path))
        most = self._graph.value(shape, SH.maxCount)
        return Field(
            path,
            str(self._graph.value(shape, _KEY) or ""),
            self._words(shape, SH.name),
            self._words(shape, SH.description),
            str(self._graph.value(shape, _EXAMPLE) or ""),
            tuple(self._kinds(shape)),
            int(str(self._graph.value(shape, SH.minCount) or 0)),
            None if most is None else int(str(most)),
            self._words(shape, SH.message),
            frozenset(str(each) for twin in (SH.equals, _REPEATS) for each in self._graph.objects(shape, twin)),
        )

    def _kinds(self, shape: Node) -> Iterator[str]:
        for parameter in (SH.datatype, SH["class"], SH.node):
            yield from sorted(map(str, self._graph.objects(shape, parameter)))

    def _words(self, node: Node, predicate: URIRef) -> Text:
        words = {
            each.language or "": str(each)
            for each in sorted(self._graph.objects(node, predicate), key=str, reverse=True)
            if isinstance(each, Literal)
        }
        usual = words.get(LANGUAGES[0]) or words.get("") or next(iter(words.values()), "")
        return Text(*(words.get(language) or usual for language in LANGUAGES))
