"""The pages of a release: what they show is in its dumps, what they call it in the shapes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sccon_lod import starters
from sccon_lod.digests import Digest
from sccon_lod.findings import Account, Finding
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.forms import Forms
from sccon_lod.language import Text
from sccon_lod.names import Names
from sccon_lod.project import Project
from sccon_lod.publish import release
from sccon_lod.publish.reports import account
from sccon_lod.shapes import Shapes
from sccon_lod.site import keeping, reports
from sccon_lod.site.addresses import FOLDER, Addresses
from sccon_lod.site.contents import Contents
from sccon_lod.site.frame import About, Frame
from sccon_lod.site.hosting import Hosting
from sccon_lod.site.resource import Site
from sccon_lod.site.templates import FOLDER as TEMPLATES
from sccon_lod.site.templates import Templates
from sccon_lod.site.vocabulary import Ontology
from sccon_lod.site.writing import FOOTER, Pages

Written = Mapping[Path, Digest]
MOST = 20_000  # resources that have pages where nobody decided it: more take minutes


def are_made(project: Project, resources: int) -> bool:
    """Whether so many resources get pages."""
    decided = project.has_pages
    return resources <= MOST if decided is None else decided


class Made(NamedTuple):
    """Pages that were written: the digests of those that need not be read again, and what they were made from."""

    digests: Written
    basis: str


@dataclass(frozen=True)
class Plan:
    """What pages are made from, beside the dumps.

    `titles` are what the kinds of records are called, by name; `gone` are the documents that are withdrawn.
    """

    project: Project
    shapes: Shapes
    names: Names
    titles: Mapping[str, Text]
    findings: Sequence[Finding]
    accounts: Sequence[Account]
    gone: Sequence[str]


def write(plan: Plan, paths: Mapping[Format, Path], written: Written, folder: Path) -> Made:
    """Write all pages of a release to `pages/` in its folder.

    `paths` are its dumps, `written` are their digests. Pages that were made from the same are taken from the current
    release. Raises PageError for a template that cannot be filled.
    """
    project = plan.project
    reported = {each: _reported(plan, each) for each in project.languages}
    basis = _basis(plan, written[paths[NTRIPLES]].sha256, reported)
    serial = release.current(project.public)
    former = project.public / release.RELEASES / serial
    taken = keeping.take(former, folder, FOLDER, basis) if serial else {}
    if not taken:
        _write(plan, paths, reported, folder / FOLDER)
    return Made(taken, basis)


def remember(project: Project, made: Made) -> None:
    """Note that the current release has these pages, so that the next one can take them."""
    keeping.remember(project.public, release.current(project.public), made.basis)


def _reported(plan: Plan, language: str) -> Mapping[str, object]:
    rules = {each.name: each for each in plan.shapes.rules()}
    return reports.shown(plan.findings, account(plan.accounts), rules, language)


def _basis(plan: Plan, dump: str, reported: Mapping[str, object]) -> str:
    """Return a checksum of all that pages are made from; the program is a part of it."""
    root, program = plan.project.root, Path(__file__).parent
    folders = [root / "shapes", root / "ontology", root / TEMPLATES, starters.folder(TEMPLATES)]
    files = [path for each in folders for path in sorted(each.glob("*")) if path.is_file()]
    told = (plan.project.settings, plan.names.prefixes, plan.titles, reported)
    texts = [json.dumps(each, sort_keys=True) for each in (*map(dict, told), plan.gone)]
    return keeping.basis([*files, *sorted(program.rglob("*.py"))], [dump, *texts])


def _write(
    plan: Plan, paths: Mapping[Format, Path], reported: Mapping[str, Mapping[str, object]], folder: Path
) -> None:
    project, label = plan.project, plan.shapes.label_predicate
    contents = Contents.read(paths, label, plan.shapes.temporal())
    languages = project.languages
    site = Site(
        project.base, contents, Forms.of(plan.shapes), Addresses.of(project.base), languages, label, plan.titles
    )
    frame = Frame({each: _about(project, each) for each in languages}, languages, FOOTER)
    current = f"{project.site}/{release.CURRENT}"
    downloads = [paths[form].name for form in (TURTLE, JSONLD, NTRIPLES)]
    ontology = Ontology(project.root)
    address = f"{release.CURRENT}/{FOLDER}"
    documents = [*contents.documents, ontology.iri.rstrip("#/")]
    held = {
        each.removeprefix(site.addresses.root).partition("/")[0] for each in documents if site.addresses.holds(each)
    }
    hosting = Hosting(project.site, site.addresses.root, address, sorted(held), plan.gone)
    Pages(
        site,
        frame,
        Templates(project.root),
        plan.names.prefixes,
        f"{current}/context.jsonld",
        downloads,
        project.dataset,
        ontology,
        reported,
        hosting,
    ).write(folder)


def _about(project: Project, language: str) -> About:
    license_iri = project.settings["license"]
    return About(
        project.text("title").in_language(language) or project.text("title").de,
        project.text("description").in_language(language) or project.text("description").de,
        project.settings["publisher.name"],
        license_iri,
        license_iri.removeprefix("http://").removeprefix("https://").rstrip("/"),
        project.text("rights").in_language(language),
        f"{project.site}/{release.CURRENT}/{FOLDER}",
        project.settings["catalog.sparql"],
    )
