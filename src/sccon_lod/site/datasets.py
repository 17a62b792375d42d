"""Datasets as search engines for datasets read them: schema.org in JSON-LD."""

from collections.abc import Sequence
from dataclasses import dataclass

from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE
from sccon_lod.names import JSON
from sccon_lod.site.frame import About
from sccon_lod.site.markup import VOCABULARY, embedded


@dataclass(frozen=True)
class Part:
    """A dataset that is a part of the publication: the end of its IRI, what it is called, and its dumps' names."""

    kind: str
    title: str
    files: Sequence[str]


def media_type(name: str) -> str:
    """Return the media type of a dump; empty where it is of none of the three formats."""
    return next((form.media_type for form in (NTRIPLES, TURTLE, JSONLD) if name.endswith(form.suffix)), "")


def whole(about: About, iri: str, files: Sequence[str]) -> str:
    """Return the publication as a script element may hold it; `files` are the names of its dumps."""
    return embedded(_node(about, iri, about.title, about.description, files))


def part(about: About, iri: str, of: Part) -> str:
    """Return a part of the publication with this IRI, as a script element may hold it."""
    node = _node(about, f"{iri}/{of.kind}", f"{about.title}: {of.title}", f"{of.title}. {about.description}", of.files)
    return embedded({**node, "isPartOf": {"@id": iri, "@type": "Dataset", "name": about.title}})


def _node(about: About, iri: str, name: str, description: str, files: Sequence[str]) -> dict[str, JSON]:
    above = about.address.rpartition("/")[0]
    return {
        "@context": VOCABULARY,
        "@type": "Dataset",
        "@id": iri,
        "name": name,
        "description": description,
        "license": about.license,
        "url": about.address + "/",
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": about.publisher},
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"{above}/{each}", "encodingFormat": media_type(each)}
            for each in files
        ],
    }
