"""Sources as YARRRML declares them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sccon_lod.documents import Document
from sccon_lod.mapping import Source
from sccon_lod.refusals import DATABASE, WEB, YARRRML
from sccon_lod.sources import checked, tidy

_LIST = "decimal_columns"
_NAMESPACES = "xmlns"


@dataclass(frozen=True)
class Sources:
    """Reads the sources of a file; `named` are those that its maps may name."""

    file: Document
    named: dict[str, Source] = field(default_factory=dict)

    def declare(self, node: Node | None) -> None:
        """Read what stands below `sources:` at the top of a file."""
        for name, each in self.file.pairs(node):
            self.named[name] = self.source(each)

    def of_map(self, node: Node) -> Iterator[Source]:
        """Yield the sources of a map: names, sources in full, or one short source."""
        if isinstance(node, MappingNode) or self._is_short(node):
            yield self.source(node)
            return
        for each in self.file.some(node):
            if isinstance(each, ScalarNode):
                name = self.file.text(each)
                if name not in self.named:
                    raise self.file.unknown(each, "Quelle", "source", name, self.named)
                yield self.named[name]
            elif isinstance(each, SequenceNode) and not self._is_short(each):
                yield from self.of_map(each)
            else:
                yield self.source(each)

    def _is_short(self, node: Node) -> bool:
        if not isinstance(node, SequenceNode):
            return False
        first = node.value[0] if node.value else None
        if not isinstance(first, ScalarNode) or self.file.text(first) in self.named:
            return False
        return "~" in self.file.text(first) or (len(node.value) == 1 and "." in self.file.text(first))

    def source(self, node: Node) -> Source:
        """Return a source that is declared here."""
        if isinstance(node, MappingNode):
            return self._long(node)
        if not isinstance(node, SequenceNode) or len(node.value) not in (1, 2):
            raise self.file.error(
                node,
                "Eine Quelle ist eine Liste wie ['data/event.csv~csv'] oder ['data/a.json~jsonpath', '$.events[*]'].",
                "A source is a list such as ['data/event.csv~csv'] or ['data/a.json~jsonpath', '$.events[*]'].",
            )
        access, *iterator = map(self.file.text, node.value)
        path, _, formulation = access.rpartition("~")
        return checked(
            Source(
                tidy(path),
                {},
                self.file.origin(node),
                formulation=formulation,
                iterator=iterator[0] if iterator else "",
            )
        )

    def _long(self, node: MappingNode) -> Source:
        self.file.refuse(node, YARRRML)
        parts = dict(self.file.pairs(node))
        for name in ("access", "referenceFormulation"):
            if name not in parts:
                raise self.file.error(node, f"Der Schlüssel „{name}“ fehlt.", f"The key “{name}” is missing.")
        self._check_type(parts.pop("type", None))
        path, formulation = (self.file.text(parts.pop(name)) for name in ("access", "referenceFormulation"))
        iterator = self.file.text(parts.pop("iterator")) if "iterator" in parts else ""
        split = dict(self._split(parts.pop("split", None)))
        options = {name: said for key, each in parts.items() for name, said in self._option(key, each)}
        return checked(Source(tidy(path), split, self.file.origin(node), formulation, iterator, options))

    def _check_type(self, node: Node | None) -> None:
        """Refuse sources that are no files (YARRRML, section Data sources, type)."""
        if node is not None and self.file.text(node) != "localfile":
            is_web = self.file.text(node) in ("remotefile", "sparql", "wot")
            raise self.file.error(node, *(WEB if is_web else DATABASE))

    def _split(self, node: Node | None) -> Iterator[tuple[str, str]]:
        for column, each in self.file.pairs(node):
            if not self.file.text(each):
                raise self.file.error(each, f"„{column}“ braucht ein Trennzeichen.", f"“{column}” needs a separator.")
            yield column, self.file.text(each)

    def _option(self, name: str, node: Node) -> Iterator[tuple[str, str]]:
        if name == _NAMESPACES:
            yield from ((f"{name}:{prefix}", self.file.text(iri)) for prefix, iri in self.file.pairs(node))
        elif name == _LIST:
            yield name, " ".join(map(self.file.text, self.file.some(node)))
        else:
            yield name, self._filled(name, node)

    def _filled(self, name: str, node: Node) -> str:
        if not self.file.text(node):
            raise self.file.error(node, f"„{name}“ braucht einen Wert.", f"“{name}” needs a value.")
        return self.file.text(node)
