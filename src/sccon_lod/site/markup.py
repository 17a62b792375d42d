"""What is said of a document as search engines read it: schema.org in JSON-LD."""

import json
import re
from collections.abc import Iterator, Sequence

from sccon_lod.names import JSON
from sccon_lod.site.contents import Document
from sccon_lod.site.resource import Site
from sccon_lod.terms import TYPE
from sccon_lod.triples import Value

VOCABULARY = "http://schema.org/"
_TERM = re.compile("https?://schema.org/(.+)")
_DEEPEST = 2


def script(site: Site, document: Document, language: str) -> str:
    """Return the statements with terms of schema.org about a document as JSON-LD; empty where there are none.

    What it names is named; it can stand in a `script` element.
    """
    node = _node(site, document, document.iri, language, 0)
    return embedded({"@context": VOCABULARY, **node}) if "@type" in node else ""


def embedded(node: dict[str, JSON]) -> str:
    """Return a JSON document that can stand in a `script` element (HTML, section 4.12.1.3)."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _node(site: Site, document: Document, subject: str, language: str, depth: int) -> dict[str, JSON]:
    node: dict[str, JSON] = {"@id": subject}
    kinds = [term for each in site.contents.classes.get(subject, ()) if (term := _term(each))]
    if kinds:
        node["@type"] = kinds[0] if len(kinds) == 1 else list[JSON](kinds)
    said: dict[str, list[Value]] = {}
    for each in document.subjects.get(subject, ()):
        term = _term(each.predicate)
        if term and each.predicate != TYPE:
            said.setdefault(term, []).append(each.value)
    for term, values in said.items():
        written = list(_values(site, document, values, language, depth))
        if written:
            node[term] = written[0] if len(written) == 1 else written
    return node


def _values(site: Site, document: Document, values: Sequence[Value], language: str, depth: int) -> Iterator[JSON]:
    languages = {each.language for each in values if each.language}
    wanted = language if language in languages else next(iter(sorted(languages)), "")
    for each in values:
        if each.datatype:
            if not each.language or each.language == wanted:
                yield each.text
        elif each.text in document.subjects and depth < _DEEPEST:
            yield _node(site, document, each.text, language, depth + 1)
        elif term := _term(each.text):
            yield f"{VOCABULARY}{term}"
        else:
            yield _named(site, each.text, language)


def _named(site: Site, iri: str, language: str) -> JSON:
    name = site.contents.name(iri, language)
    kinds = [term for each in site.contents.classes.get(iri, ()) if (term := _term(each))]
    if not name:
        return {"@id": iri}
    return {"@id": iri, **({"@type": kinds[0]} if kinds else {}), "name": name}


def _term(iri: str) -> str:
    found = _TERM.fullmatch(iri)
    return found[1] if found else ""
