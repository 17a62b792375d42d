"""YAML files whose every node knows its place."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sccon_lod.errors import MappingError, Origin
from sccon_lod.language import Text


@dataclass(frozen=True)
class Document:
    """A YAML file of the mapping: `name` is what errors call it, `prefixes` are the short names they show."""

    name: str
    prefixes: Mapping[str, str]

    def compose(self, path: Path) -> Node:
        """Read the file. Raises MappingError."""
        try:
            root = _composed(path.read_text(encoding="utf-8-sig"))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise self.error(
                line,
                f"Das ist kein gültiges YAML: {error.problem}.",
                f"This is not valid YAML: {error.problem}.",
            ) from error
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
            raise self.error(
                0,
                f"Die Datei ist nicht lesbar ({_on_one_line(error)}).",
                f"The file cannot be read ({_on_one_line(error)}).",
            ) from error
        if root is None:
            raise self.error(0, "Die Datei ist leer.", "The file is empty.")
        return root

    def keys(
        self,
        node: Node,
        allowed: tuple[str, ...],
        needed: tuple[str, ...],
        names: Mapping[str, str] | None = None,
    ) -> dict[str, Node]:
        """Return the values of a YAML mapping by key; `names` are short forms of the keys."""
        parts: dict[str, Node] = {}
        for key, value in self._pair_nodes(node):
            name = (names or {}).get(self.text(key), self.text(key))
            if name not in allowed:
                raise self.unknown(key, "Schlüssel", "key", name, allowed)
            if name in parts:
                raise self.error(key, f"„{name}“ steht zweimal.", f"“{name}” stands twice.")
            parts[name] = value
        for name in needed:
            if name not in parts:
                raise self.error(node, f"Der Schlüssel „{name}“ fehlt.", f"The key “{name}” is missing.")
        return parts

    def refuse(self, node: Node, reasons: Mapping[str, Text]) -> None:
        """Raise an error where a YAML mapping has a key that is refused, with the reason."""
        for key, _ in self._pair_nodes(node):
            if self.text(key) in reasons:
                reason = reasons[self.text(key)]
                raise self.error(key, f"„{self.text(key)}“: {reason.de}", f"“{self.text(key)}”: {reason.en}")

    def pairs(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """Yield the keys of a YAML mapping with their values; each key may stand once."""
        seen: set[str] = set()
        for key, value in self._pair_nodes(node) if node is not None else ():
            name = self.text(key)
            if name in seen:
                raise self.error(key, f"„{name}“ steht zweimal.", f"“{name}” stands twice.")
            seen.add(name)
            yield name, value

    def _pair_nodes(self, node: Node) -> list[tuple[Node, Node]]:
        """Return the pairs of a YAML mapping."""
        if not isinstance(node, MappingNode):
            raise self.error(
                node,
                "Hier wird eine Liste „Schlüssel: Wert“ erwartet.",
                "A list of “key: value” is expected here.",
            )
        return list(node.value)

    def many(self, node: Node | None) -> list[Node]:
        """Return the items of a list; a single value is a list of one."""
        if node is None:
            return []
        return list(node.value) if isinstance(node, SequenceNode) else [node]

    def some(self, node: Node) -> list[Node]:
        """Return the items of a list that must not be empty."""
        if not self.many(node):
            raise self.error(node, "Die Liste ist leer.", "The list is empty.")
        return self.many(node)

    def text(self, node: Node) -> str:
        """Return the text of a scalar."""
        if not isinstance(node, ScalarNode):
            raise self.error(node, "Hier wird ein Text erwartet.", "A text is expected here.")
        return str(node.value)

    def part(self, node: MappingNode, keys: tuple[str, ...]) -> MappingNode:
        """Return a YAML mapping with only some of its keys."""
        pairs = [(key, value) for key, value in node.value if self.text(key) in keys]
        return MappingNode(node.tag, pairs, node.start_mark, node.end_mark)

    def scalar(self, node: Node, text: str) -> ScalarNode:
        """Return a text as if it stood at the place of a node."""
        return ScalarNode("tag:yaml.org,2002:str", text, node.start_mark, node.end_mark)

    def origin(self, node: Node, column: str = "") -> Origin:
        """Return the place of a node."""
        return Origin(self.name, node.start_mark.line + 1, column)

    def error(self, place: Node | int, german: str, english: str) -> MappingError:
        """Return an error at a node or a line."""
        origin = Origin(self.name, place) if isinstance(place, int) else self.origin(place)
        return MappingError(origin, Text(german, english))

    def unknown(self, node: Node, german: str, english: str, name: str, known: Iterable[str]) -> MappingError:
        """Return an error about a name that is not known, with the nearest one that is."""
        shown = sorted(self.shown(each) for each in known)
        near = difflib.get_close_matches(self.shown(name), shown, n=1, cutoff=0.5)
        if near:
            de, en = f"Ist {near[0]} gemeint?", f"Is {near[0]} meant?"
        elif not shown:
            de, en = "Hier ist noch nichts angegeben.", "None is declared here yet."
        else:
            de, en = f"Es gibt: {', '.join(shown)}.", f"There is: {', '.join(shown)}."
        return self.error(
            node,
            f"{german} „{self.shown(name)}“ ist unbekannt. {de}",
            f"The {english} “{self.shown(name)}” is unknown. {en}",
        )

    def shown(self, iri: str) -> str:
        """Return an IRI as a short name where there is one."""
        for name, space in self.prefixes.items():
            if iri.startswith(space):
                return f"{name}:{iri.removeprefix(space)}"
        return iri


def _composed(text: str) -> Node | None:
    """Return the nodes of a text; libyaml reads it several times faster, the parser in Python says what is wrong."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _on_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
