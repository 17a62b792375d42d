"""IRIs, literals and templates as YARRRML writes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yaml.nodes import Node, ScalarNode

from sccon_lod.documents import Document
from sccon_lod.errors import MappingError
from sccon_lod.mapping import Reference, Template, Term
from sccon_lod.refusals import BLANK, DATATYPE, PREDICATE
from sccon_lod.tags import is_tag
from sccon_lod.templates import NOT_IN_IRI, SCHEMES, TemplateProblem, constant, dollars
from sccon_lod.terms import LANG_STRING, TYPE
from sccon_lod.values.value import STRING

_CURIE = re.compile(r"([A-Za-z][\w.-]*):(.*)", re.DOTALL)
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True)
class Terms:
    """Reads the terms of a file with its short names and external values."""

    file: Document
    prefixes: Mapping[str, str]
    external: Mapping[str, str]

    def subject(self, node: Node) -> Term:
        """Return the IRI of a subject."""
        if isinstance(node, ScalarNode) and node.tag == _NULL:
            raise self.file.error(node, *BLANK)
        return self.iri(node)

    def predicate(self, node: Node) -> str:
        """Return the IRI of a predicate."""
        if self.file.text(node) == "a":
            return TYPE
        iri = constant(self.iri(node).template)
        if iri is None:
            raise self.file.error(node, *PREDICATE)
        return iri

    def name(self, node: Node, text: str) -> str:
        """Return the IRI that a text, which stands in a node, names for good."""
        iri = constant(self._iri(node, text).template)
        if iri is None:
            raise self.file.error(node, "Hier steht ein fester Name.", "A constant name stands here.")
        return iri

    def iri(self, node: Node) -> Term:
        """Return the IRI that a scalar says, with or without `~iri` at its end."""
        return self._iri(node, self.file.text(node))

    def _iri(self, node: Node, text: str) -> Term:
        template = self.template(node, text.removesuffix("~iri"))
        if not template:
            raise self.file.error(node, "Hier fehlt eine IRI.", "An IRI is missing here.")
        if any(isinstance(part, str) and NOT_IN_IRI.search(part) for part in template):
            raise self.file.error(
                node,
                f"„{text}“ enthält ein Zeichen, das in IRIs nicht vorkommt (Leerzeichen, Klammer?).",
                f"“{text}” holds a character that no IRI may hold (blank, bracket?).",
            )
        return Term(template) if isinstance(template[0], Reference) else self._full(node, text, template)

    def _full(self, node: Node, text: str, template: Template) -> Term:
        """Return an IRI with its short name written out."""
        found = _CURIE.fullmatch(str(template[0]))
        if found is None:
            raise self.file.error(
                node,
                f"„{text}“ hat keinen Kurznamen; richtig ist zum Beispiel id:event/$(id).",
                f"“{text}” has no short name; right is for example id:event/$(id).",
            )
        if found[1] in self.prefixes:
            return Term((self.prefixes[found[1]] + found[2], *template[1:]))
        if found[1] in SCHEMES:
            return Term(template)
        raise self.file.unknown(node, "Kurzname", "short name", found[1], self.prefixes)

    def literal(self, node: Node, kind: Node | None) -> Term:
        """Return a literal; `kind` is its datatype or, ending in `~lang`, its language."""
        template = self.words(node)
        if kind is None:
            self.check_not_meant_as_iri(node, template)
            return Term(template, STRING)
        said = self.file.text(kind)
        if said.endswith("~lang"):
            return Term(template, LANG_STRING, self.language(kind, said.removesuffix("~lang")))
        return Term(template, self.datatype(kind))

    def datatype(self, node: Node) -> str:
        """Return the IRI of a datatype."""
        iri = constant(self.iri(node).template)
        if iri is None:
            raise self.file.error(node, *DATATYPE)
        if iri == LANG_STRING:
            raise self.file.error(
                node,
                "Zu rdf:langString gehört eine Sprache; richtig ist zum Beispiel de~lang.",
                "With rdf:langString goes a language; right is for example de~lang.",
            )
        return iri

    def words(self, node: Node) -> Template:
        """Return the template of a literal."""
        text = self.file.text(node)
        if text.endswith("~lang"):
            raise self.file.error(
                node,
                f"„{text}“ würde als Text veröffentlicht; ein Objekt mit Sprache ist [[Wert, {text}]].",
                f"“{text}” would be published as a text; an object with a language is [[value, {text}]].",
            )
        if text.endswith("~iri"):
            raise self.file.error(
                node,
                f"„{text}“ würde als Text veröffentlicht; neben „value“ steht „type: iri“ statt ~iri.",
                f"“{text}” would be published as a text; beside “value” stands “type: iri” and no ~iri.",
            )
        template = self.template(node, text)
        if not template:
            raise self.file.error(node, "Hier fehlt ein Wert.", "A value is missing here.")
        return template

    def language(self, node: Node, text: str) -> Template:
        """Return the language of a literal: a tag, or a template that makes one."""
        tag = self.template(node, text)
        fixed = constant(tag)
        if fixed is not None and not is_tag(fixed):
            raise self.file.error(
                node,
                f"„{text}“ ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
                f"“{text}” is no language tag; right is for example de or en-GB.",
            )
        return tag

    def check_not_meant_as_iri(self, node: Node, template: Template) -> None:
        """Refuse a text that begins with a short name."""
        found = _CURIE.fullmatch(template[0]) if template and isinstance(template[0], str) else None
        if found and found[1] in self.prefixes and not found[2].startswith((" ", "\n")):
            raise self.file.error(
                node,
                f"„{self.file.text(node)}“ würde als Text veröffentlicht; eine IRI endet auf ~iri.",
                f"“{self.file.text(node)}” would be published as a text; an IRI ends in ~iri.",
            )

    def template(self, node: Node, text: str) -> Template:
        """Return the template that a text, which stands in a node, says."""
        try:
            return dollars(text, self.external)
        except TemplateProblem as problem:
            raise MappingError(self.file.origin(node), problem.text) from problem
