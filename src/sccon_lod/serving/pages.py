"""A plain page about one address, until the publication has pages of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import jinja2
import pyoxigraph

from sccon_lod.formats import FORMATS
from sccon_lod.language import Text
from sccon_lod.project import Project
from sccon_lod.serving import documents
from sccon_lod.serving.documents import Document
from sccon_lod.serving.published import Release

STYLE = "style.css"
_PAGES = jinja2.Environment(
    loader=jinja2.PackageLoader("sccon_lod.serving"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_MOST_LABELS = 500  # things that are looked up for one page
_GONE = Text("Das wird nicht mehr veröffentlicht.", "This is not published any more.")


@dataclass(frozen=True)
class Line:
    """A statement as people read it: what it says of what, and where that leads; `link` is empty for texts."""

    subject: str
    predicate: str
    text: str
    link: str
    language: str


def of_document(document: Document, of: Release, project: Project, language: str, up: str) -> bytes:
    """Return the page about a document in HTML; `up` leads from its address to the site."""
    named = [each.object.value for each in document.statements if isinstance(each.object, pyoxigraph.NamedNode)]
    called = documents.labels(of.folder / project.dump, list(dict.fromkeys(named))[:_MOST_LABELS], language)
    page = _PAGES.get_template("document.html").render(
        language=language,
        title=documents.name(document, language) or document.iri,
        iri=document.iri,
        gone=_GONE.in_language(language) if document.is_gone else "",
        lines=list(_lines(document, project, called, documents.prefixes(of), up)),
        forms=[(each.name, f"./{document.iri.rpartition('/')[2]}{each.suffix}") for each in FORMATS],
        style=f"{up}{STYLE}",
    )
    return page.encode()


def filled(template: str, parts: Mapping[str, object]) -> bytes:
    """Return a template of the server with what it shows."""
    return _PAGES.get_template(template).render(parts).encode()


def style() -> str:
    """Return the style sheet."""
    return _PAGES.get_template(STYLE).render()


def _lines(
    document: Document, project: Project, called: Mapping[str, str], short: Mapping[str, str], up: str
) -> Iterator[Line]:
    for each in document.statements:
        subject = str(each.subject)[1:-1].removeprefix(document.iri)
        predicate, value = _short(each.predicate.value, short), each.object
        if isinstance(value, pyoxigraph.NamedNode):
            iri = value.value
            link = f"{up}{iri[len(project.site) + 1 :]}" if iri.startswith(f"{project.site}/") else iri
            yield Line(subject, predicate, called.get(iri) or _short(iri, short), link, "")
        elif isinstance(value, pyoxigraph.Literal):
            yield Line(subject, predicate, value.value, "", value.language or "")


def _short(iri: str, short: Mapping[str, str]) -> str:
    found = ((name, space) for name, space in short.items() if iri.startswith(space) and iri != space)
    name, space = max(found, key=lambda each: len(each[1]), default=("", ""))
    return f"{name}:{iri[len(space) :]}" if name else iri
