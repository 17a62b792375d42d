"""Logical sources of RML."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from sccon_lod.language import Text
from sccon_lod.mapping import Source
from sccon_lod.refusals import DATABASE, WEB
from sccon_lod.rml_nodes import Nodes, Part, local
from sccon_lod.rml_statements import Node
from sccon_lod.sources import checked, tidy

_FORMULATIONS: Mapping[str, str] = {"CSV": "csv", "JSONPath": "jsonpath", "XPath": "xpath"}
_FILE = ("root", "path", "encoding", "compression", "csvw:url", "csvw:dialect")
_DIALECT: Mapping[str, str] = {
    "csvw:delimiter": "delimiter",
    "csvw:quoteChar": "quote",
    "csvw:encoding": "encoding",
    "csvw:header": "header",
}
# RML-IO, section Source encodings; what is not said is found by byte order mark, else UTF-8.
_ENCODINGS: Mapping[str, str] = {"UTF-8": "utf-8", "UTF-16": "utf-16"}
_DATABASES = ("D2RQ", "d2rq")


@dataclass(frozen=True)
class Sources:
    """Reads the logical sources of a file."""

    nodes: Nodes

    def source(self, part: Part) -> Source:
        """Return a logical source."""
        said = self.nodes.parts(part.value, part.line, ("source", "referenceFormulation", "iterator"))
        first = min((each.line for parts in said.values() for each in parts), default=part.line)
        access = one(self.nodes, said, "source", first)
        file, options = self._access(access)
        formulation, namespaces = self._formulation(one(self.nodes, said, "referenceFormulation", first))
        iterator = text(self.nodes, one(self.nodes, said, "iterator", first)) if "iterator" in said else ""
        return checked(
            Source(tidy(file), {}, self.nodes.origin(first), formulation, iterator, {**options, **namespaces})
        )

    def _access(self, part: Part) -> tuple[str, dict[str, str]]:
        if isinstance(part.value, Literal):
            return part.value.value, {}
        self._check_kind(part.value, part.line)
        said = self.nodes.parts(part.value, part.line, _FILE)
        if "csvw:url" in said:
            dialect = one(self.nodes, said, "csvw:dialect", part.line) if "csvw:dialect" in said else None
            url = text(self.nodes, one(self.nodes, said, "csvw:url", part.line))
            return url, dict(self._dialect(dialect)) if dialect else {}
        path = text(self.nodes, one(self.nodes, said, "path", part.line))
        self._check_compression(said.get("compression", []), path)
        root = self._root(said.get("root", []))
        return posixpath.normpath(posixpath.join(root, path)), dict(self._encoding(said.get("encoding", [])))

    def _check_kind(self, node: Node, line: int) -> None:
        """Refuse databases, endpoints and services: what is said in another vocabulary is no file."""
        for term, place in self.nodes.foreign(node):
            reason: Text = DATABASE if any(each in term for each in _DATABASES) else WEB
            raise self.nodes.error(place, f"<{term}>: {reason.de}", f"<{term}>: {reason.en}")

    def _root(self, parts: list[Part]) -> str:
        """Return the folder that a path begins at (RML-IO, relative path source)."""
        for part in parts:
            if isinstance(part.value, Literal):
                return part.value.value
            name = local(iri(self.nodes, part))
            if name == "MappingDirectory":
                return posixpath.dirname(self.nodes.name)
            if name != "CurrentWorkingDirectory":
                raise self.nodes.refuse(name, part.line, ("CurrentWorkingDirectory", "MappingDirectory"))
        return ""

    def _encoding(self, parts: list[Part]) -> Iterator[tuple[str, str]]:
        for part in parts:
            name = local(iri(self.nodes, part))
            if name not in _ENCODINGS:
                raise self.nodes.refuse(name, part.line, tuple(_ENCODINGS))
            if name != "UTF-8":
                yield "encoding", _ENCODINGS[name]

    def _check_compression(self, parts: list[Part], path: str) -> None:
        """Refuse a compression that the ending of the file does not show: it is told by the ending."""
        for part in parts:
            name = local(iri(self.nodes, part))
            if name != "none" and not path.endswith({"gzip": ".gz", "zip": ".zip"}.get(name, "\0")):
                raise self.nodes.error(
                    part.line,
                    f"„{name}“: Ob eine Datei gepackt ist, sagt ihre Endung, .gz oder .zip.",
                    f"“{name}”: whether a file is compressed is said by its ending, .gz or .zip.",
                )

    def _dialect(self, part: Part) -> Iterator[tuple[str, str]]:
        """Yield what is said of the layout of a table (CSV on the Web, section Dialect Descriptions)."""
        for name, parts in self.nodes.parts(part.value, part.line, tuple(_DIALECT)).items():
            said = text(self.nodes, one(self.nodes, {name: parts}, name, part.line))
            if name == "csvw:header":
                yield from [("header", "none")] if said in ("false", "0") else []
            else:
                # Mappings write the tab as two characters.
                yield _DIALECT[name], "\t" if said == "\\t" else said

    def _formulation(self, part: Part) -> tuple[str, dict[str, str]]:
        if isinstance(part.value, NamedNode):
            name = local(iri(self.nodes, part))
            if name not in _FORMULATIONS:
                raise self.nodes.refuse(name, part.line, tuple(_FORMULATIONS))
            return _FORMULATIONS[name], {}
        said = self.nodes.parts(part.value, part.line, ("namespace",))
        return "xpath", dict(self._namespace(each) for each in said.get("namespace", []))

    def _namespace(self, part: Part) -> tuple[str, str]:
        """Return a short name of XPath (RML-IO, XPath reference formulation)."""
        said = self.nodes.parts(part.value, part.line, ("namespacePrefix", "namespaceURL"))
        prefix, space = (one(self.nodes, said, each, part.line) for each in ("namespacePrefix", "namespaceURL"))
        # The address of a namespace is a text or an IRI.
        return f"xmlns:{text(self.nodes, prefix)}", space.value.value


def one(nodes: Nodes, said: Mapping[str, list[Part]], name: str, line: int) -> Part:
    """Return the only value of a term. Raises MappingError where there is none, or another."""
    values = said.get(name, [])
    if not values:
        raise nodes.error(line, f"„{name}“ fehlt hier.", f"“{name}” is missing here.")
    if len(values) > 1:
        raise nodes.error(values[1].line, f"„{name}“ steht zweimal.", f"“{name}” stands twice.")
    return values[0]


def text(nodes: Nodes, part: Part) -> str:
    """Return the text of a literal."""
    if isinstance(part.value, NamedNode | BlankNode):
        raise nodes.error(part.line, "Hier wird ein Text erwartet.", "A text is expected here.")
    return part.value.value


def iri(nodes: Nodes, part: Part) -> str:
    """Return an IRI that stands for itself."""
    if not isinstance(part.value, NamedNode):
        raise nodes.error(part.line, "Hier wird eine IRI erwartet.", "An IRI is expected here.")
    return part.value.value
