"""The description of a release in numbers: VoID."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from sccon_lod.census import Census
from sccon_lod.editions import Edition, Part
from sccon_lod.lexicon import Told
from sccon_lod.names import Names
from sccon_lod.project import Project
from sccon_lod.telling import Said, iris, say, spoken, texts, typed
from sccon_lod.terms import DCT
from sccon_lod.values.value import INTEGER, XSD

VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
_FORMS = "http://www.w3.org/ns/formats/"
PREFIXES = {"dct": DCT, "foaf": FOAF, "formats": _FORMS, "void": VOID, "xsd": XSD}
_MOST = 50  # sets of links, the largest; every home page might be one


def statements(
    project: Project, edition: Edition, counted: Census, names: Names, inside: Collection[str]
) -> Iterator[Told]:
    """Yield what the description of a release says.

    `names` are the short names of its dumps; what lies in the namespaces `inside` is described in them.
    """
    whole, *kinds = edition.parts
    dataset, links = project.dataset, _largest(counted.links, inside)
    subsets = {f"{dataset}/{each.kind}": each for each in kinds}
    parts = {name: f"{dataset}#{_fragment(name, names)}" for name in (*whole.count.classes, *whole.count.properties)}
    yield from say(
        f"{project.site}/current/void.ttl",
        VOID + "DatasetDescription",
        (DCT + "title", spoken(project.text("title"))),
        (FOAF + "primaryTopic", iris(dataset)),
    )
    yield from say(
        dataset,
        VOID + "Dataset",
        (DCT + "title", spoken(project.text("title"))),
        (DCT + "description", spoken(project.text("description"))),
        (DCT + "license", iris(project.settings["license"])),
        (FOAF + "homepage", iris(f"{project.site}/")),
        *_numbers(project, edition, whole),
        (VOID + "uriSpace", texts(f"{project.base}/")),
        (VOID + "feature", iris(*(_FORMS + name for name in ("JSON-LD", "N-Triples", "Turtle")))),
        (VOID + "vocabulary", iris(*sorted({_space(name) for name in parts}))),
        (VOID + "sparqlEndpoint", iris(project.settings["catalog.sparql"])),
        (VOID + "exampleResource", iris(*(each.example for each in counted.kinds.values()))),
        (VOID + "subset", iris(*subsets, *(f"{dataset}#links-{_digest(*link)}" for link in links))),
        (VOID + "classPartition", iris(*sorted(parts[name] for name in whole.count.classes))),
        (VOID + "propertyPartition", iris(*sorted(parts[name] for name in whole.count.properties))),
    )
    for iri, part in subsets.items():
        yield from say(iri, VOID + "Dataset", *_numbers(project, edition, part))
    for name, number in whole.count.classes.items():
        said = (VOID + "class", iris(name)), (VOID + "entities", typed(number, INTEGER))
        yield from say(parts[name], VOID + "Dataset", *said)
    for name, number in whole.count.properties.items():
        said = (VOID + "property", iris(name)), (VOID + "triples", typed(number, INTEGER))
        yield from say(parts[name], VOID + "Dataset", *said)
    for (predicate, space), number in links.items():
        yield from _links(dataset, predicate, space, number)


def _numbers(project: Project, edition: Edition, part: Part) -> Sequence[Said]:
    packed = [file.name for file in part.files if file.is_packed]
    count = part.count
    return (
        (VOID + "triples", typed(count.triples, INTEGER)),
        (VOID + "entities", typed(count.own, INTEGER)),
        (VOID + "distinctSubjects", typed(count.subjects, INTEGER)),
        (VOID + "classes", typed(len(count.classes), INTEGER)),
        (VOID + "properties", typed(len(count.properties), INTEGER)),
        (VOID + "dataDump", iris(*(f"{project.site}/releases/{edition.serial}/{name}" for name in packed))),
    )


def _links(dataset: str, predicate: str, space: str, number: int) -> Iterator[Told]:
    target = f"{dataset}#target-{_digest(space)}"
    yield from say(
        f"{dataset}#links-{_digest(predicate, space)}",
        VOID + "Linkset",
        (VOID + "linkPredicate", iris(predicate)),
        (VOID + "subjectsTarget", iris(dataset)),
        (VOID + "objectsTarget", iris(target)),
        (VOID + "triples", typed(number, INTEGER)),
    )
    yield from say(target, VOID + "Dataset", (VOID + "uriSpace", texts(space)))


def _largest(links: Mapping[tuple[str, str], int], inside: Collection[str]) -> Mapping[tuple[str, str], int]:
    """Return the largest sets of links that lead elsewhere, by predicate and namespace."""
    leading = ((number, link) for link, number in links.items() if number and all(link) and link[1] not in inside)
    found = sorted((-number, link) for number, link in leading)[:_MOST]
    return dict(sorted((link, -number) for number, link in found))


def _fragment(name: str, names: Names) -> str:
    """Return what a class or property is called in the IRI of its partition."""
    short = names.short(name).replace(":", "-")
    return short if re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", short) else f"term-{_digest(name)}"


def _space(name: str) -> str:
    return re.sub("[^/#]*$", "", name)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
