"""Subjects, predicates, objects and joins of RML."""

import re
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode

from sccon_lod.invocations import as_iri
from sccon_lod.mapping import Call, Condition, Link, Reference, Template, Term
from sccon_lod.refusals import BLANK, DATATYPE, PREDICATE
from sccon_lod.rml_calls import KINDS, RETURNS, VALUES, Calls, Value
from sccon_lod.rml_executions import Said
from sccon_lod.rml_joins import JOIN, Joins
from sccon_lod.rml_nodes import Nodes, Part, local
from sccon_lod.rml_sources import iri, one, text
from sccon_lod.tags import is_tag
from sccon_lod.templates import NOT_IN_IRI, SCHEMES, constant, joined
from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import STRING

GRAPHS = ("graph", "graphMap")
_SUBJECT = (*VALUES, *RETURNS, *GRAPHS, "termType", "class")

Conditions = tuple[Condition, ...]


@dataclass(frozen=True)
class Terms:
    """Reads the term maps of one triples map; `base` is what relative IRIs begin with."""

    nodes: Nodes
    calls: Calls
    joins: Joins
    base: str

    def subject(self, part: Part) -> tuple[Term | Call, Conditions]:
        """Return what makes the subject, and its conditions."""
        said = self.nodes.parts(part.value, part.line, _SUBJECT)
        self.calls.check_return(said)
        if self._type(said, "IRI") == "Literal":
            raise self.nodes.error(said["termType"][0].line, "Ein Subjekt ist eine IRI.", "A subject is an IRI.")
        value = self.calls.value(said, part.line)
        return self._iri(value), value.conditions

    def classes(self, part: Part) -> list[tuple[str, int]]:
        """Return the classes that a subject map gives to its subjects, with their lines."""
        said = self.nodes.parts(part.value, part.line, _SUBJECT)
        self.check_graphs(said)
        return [(iri(self.nodes, each), each.line) for each in said.get("class", [])]

    def check_graphs(self, said: Said) -> None:
        """Refuse every graph but the default one, which is the graph of a publication."""
        for name in GRAPHS:
            for part in said.get(name, []):
                graph = part.value
                if name == "graphMap":
                    inner = self.nodes.parts(part.value, part.line, (*VALUES, *RETURNS, *KINDS))
                    graph = inner["constant"][0].value if "constant" in inner else part.value
                if not isinstance(graph, NamedNode) or local(graph.value) != "defaultGraph":
                    raise self.nodes.refuse(name, part.line, ())

    def predicate(self, part: Part) -> str:
        """Return a predicate, which is constant."""
        said = self.nodes.parts(part.value, part.line, (*VALUES, *RETURNS, "termType"))
        value = self.calls.value(said, part.line)
        name = constant(value.expression) if isinstance(value.expression, tuple) else None
        if name is None or value.term != "constant":
            raise self.nodes.error(part.line, *PREDICATE)
        return self._checked(name, part.line)

    def shortcut(self, part: Part) -> Term:
        """Return a constant object, or subject, that is said without a map."""
        if isinstance(part.value, BlankNode):
            raise self.nodes.error(part.line, *BLANK)
        if isinstance(part.value, NamedNode):
            return Term((part.value.value,))
        return self._constant(part.value, part.line)

    def object(self, part: Part) -> tuple[Term | Call | Link, Conditions]:
        """Return what makes an object."""
        said = self.nodes.parts(part.value, part.line, (*VALUES, *RETURNS, *KINDS, *JOIN))
        if any(each in said for each in JOIN):
            return self.joins.link(said, part.line), ()
        self.calls.check_return(said)
        value = self.calls.value(said, part.line)
        return self._object(said, value, part.line), value.conditions

    def _object(self, said: Said, value: Value, line: int) -> Term | Call:
        datatype, language = self._datatype(said), self._language(said)
        if datatype and language:
            line = min(each.line for name in KINDS for each in said.get(name, []))
            raise self.nodes.error(
                line, "Ein Text mit Sprache hat keinen Datentyp.", "A text with a language has no datatype."
            )
        is_iri = self._type(said, self._usual(value, datatype, language)) == "IRI"
        if is_iri and (datatype or language):
            raise self.nodes.error(
                line, "Eine IRI hat weder Sprache noch Datentyp.", "An IRI has neither language nor datatype."
            )
        if isinstance(value.expression, Call):
            return self._called(value.expression, is_iri and "termType" in said, datatype, language)
        if is_iri:
            return self._iri(value)
        if isinstance(value.part.value, Literal) and value.term == "constant" and not datatype and not language:
            return self._constant(value.part.value, line)
        if not value.expression:
            raise self.nodes.error(line, "Hier fehlt ein Wert.", "A value is missing here.")
        return Term(value.expression, LANG_STRING if language else datatype or STRING, language)

    def _usual(self, value: Value, datatype: str, language: Template) -> str:
        """Return the kind of term where none is said (RML-Core, section Term types)."""
        if datatype or language or value.term == "reference":
            return "Literal"
        if value.term == "constant":
            return "Literal" if isinstance(value.part.value, Literal) else "IRI"
        return "IRI" if value.term == "template" else "Literal"

    def _called(self, call: Call, is_iri: bool, datatype: str, language: Template) -> Call:
        if is_iri:
            return replace(call, datatype="")
        return replace(call, datatype=datatype or None, language=language)

    def _constant(self, value: Literal, line: int) -> Term:
        if not value.value:
            raise self.nodes.error(line, "Hier fehlt ein Wert.", "A value is missing here.")
        language = (value.language,) if value.language else ()
        return Term((value.value,), LANG_STRING if language else value.datatype.value, language)

    # --- kinds

    def _type(self, said: Said, usual: str) -> str:
        if "termType" not in said:
            return usual
        return self.calls.term_type(said)

    def _datatype(self, said: Said) -> str:
        for part in said.get("datatypeMap", []):
            inner = self.nodes.parts(part.value, part.line, (*VALUES, "termType"))
            if "constant" not in inner:
                raise self.nodes.error(part.line, *DATATYPE)
            return iri(self.nodes, self.calls.value(inner, part.line).part)
        return iri(self.nodes, one(self.nodes, said, "datatype", 0)) if "datatype" in said else ""

    def _language(self, said: Said) -> Template:
        if "language" in said:
            part = one(self.nodes, said, "language", 0)
            tag: Template = (text(self.nodes, part),)
        elif "languageMap" in said:
            part = one(self.nodes, said, "languageMap", 0)
            value = self.calls.value(self.nodes.parts(part.value, part.line, (*VALUES, "termType")), part.line)
            if isinstance(value.expression, Call) or not value.expression:
                raise self.nodes.error(
                    part.line,
                    "Eine Sprache steht fest oder in einer Spalte.",
                    "A language is constant or stands in a column.",
                )
            tag = value.expression
        else:
            return ()
        fixed = constant(tag)
        if fixed is not None and not is_tag(fixed):
            raise self.nodes.error(
                part.line,
                f"„{fixed}“ ist kein Sprachkürzel; richtig ist zum Beispiel de oder en-GB.",
                f"“{fixed}” is no language tag; right is for example de or en-GB.",
            )
        return tag

    # --- IRIs

    def _iri(self, value: Value) -> Term | Call:
        if isinstance(value.expression, Call):
            return as_iri(value.expression)
        if isinstance(value.part.value, BlankNode):
            raise self.nodes.error(value.part.line, *BLANK)
        if value.term == "reference":
            return Term(value.expression)
        return Term(self._full(value.expression, value.part.line))

    def _full(self, template: Template, line: int) -> Template:
        """Return the template of an IRI with the base before a relative one (RML-Core, section Generating IRIs)."""
        if not template:
            raise self.nodes.error(line, "Hier fehlt eine IRI.", "An IRI is missing here.")
        head = template[0]
        if isinstance(head, Reference) or not re.match("[A-Za-z][A-Za-z0-9+.-]*:", head):
            if not self.base:
                raise self.nodes.error(
                    line,
                    "Diese IRI ist relativ, und es gibt weder rml:baseIRI noch @base; "
                    "richtig ist zum Beispiel https://example.org/id/event/{id}. Eine Zelle, die selbst die IRI ist, "
                    "liest rml:reference.",
                    "This IRI is relative, and there is neither rml:baseIRI nor @base; right is for example "
                    "https://example.org/id/event/{id}. A cell that is the whole IRI is read by rml:reference.",
                )
            template = joined((self.base, *template))
        for part in template:
            if isinstance(part, str):
                self._check_letters(part, line)
        self._check_scheme(str(template[0]), line)
        return template

    def _checked(self, name: str, line: int) -> str:
        self._check_letters(name, line)
        self._check_scheme(name, line)
        return name

    def _check_letters(self, words: str, line: int) -> None:
        if NOT_IN_IRI.search(words):
            raise self.nodes.error(
                line,
                f"„{words}“ enthält ein Zeichen, das in IRIs nicht vorkommt (Leerzeichen, Klammer?).",
                f"“{words}” holds a character that no IRI may hold (blank, bracket?).",
            )

    def _check_scheme(self, words: str, line: int) -> None:
        scheme = words.partition(":")[0]
        if scheme not in SCHEMES:
            raise self.nodes.error(
                line,
                f"„{scheme}:“ wird nicht veröffentlicht; möglich sind {', '.join(sorted(SCHEMES))}.",
                f"“{scheme}:” is not published; possible are {', '.join(sorted(SCHEMES))}.",
            )
