"""All pages of a release, written to its folder."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.site import datasets, finding, lists, maps, markup, profile, sharing, ties
from sccon_lod.site.addresses import relative, suffixed
from sccon_lod.site.contents import Document
from sccon_lod.site.frame import Frame
from sccon_lod.site.hosting import Hosting, robots, sitemap
from sccon_lod.site.maps import Map
from sccon_lod.site.resource import Site, Writer
from sccon_lod.site.sharing import Share, shared
from sccon_lod.site.templates import Templates
from sccon_lod.site.ties import Ties
from sccon_lod.site.vocabulary import Ontology
from sccon_lod.site.words import WORDS

_SEVERAL = 500  # documents from which on several processes are worth their start
_SCHEME = "http://www.w3.org/2004/02/skos/core#ConceptScheme"
_PROFILE, _REPORT, _LISTS = "profile", "report", "lists"
FOOTER = (
    ("lists", _LISTS),
    ("profile", _PROFILE),
    ("report", _REPORT),
    ("catalog", "../catalog.ttl"),
    ("changes", "../changes/atom.xml"),
)


@dataclass(frozen=True)
class Pages:
    """What pages are made of: what they show, what surrounds them, and their templates.

    `prefixes` are the short names in Turtle, `context` is the address of the JSON-LD context, `downloads` are the names
    of dumps beside the folder of pages, `dataset` is the IRI of the publication; `reported` is what the page of the
    report shows by language.
    """

    site: Site
    frame: Frame
    templates: Templates
    prefixes: Mapping[str, str]
    context: str
    downloads: Sequence[str]
    dataset: str
    ontology: Ontology
    reported: Mapping[str, Mapping[str, object]]
    hosting: Hosting

    def write(self, folder: Path) -> None:
        """Write everything to an empty folder."""
        folder.mkdir()
        for name, content in self.templates.static().items():
            (folder / name).write_bytes(content)
        documents = len(self.site.contents.documents)
        with shared(partial(self._write_documents, folder), sharing.processors() if documents > _SEVERAL else 1):
            self._write_others(folder)
        self._write_hosting(folder)

    def _write_others(self, folder: Path) -> None:
        for language in self.site.languages:
            self._write_lists(folder, language)
            self._put(folder, "index", language, "front.html", self._front(language))
            self._put(folder, _PROFILE, language, "profile.html", profile.shown(self.site, self.prefixes, language))
            self._put(folder, _REPORT, language, "report.html", self.reported[language])
            self._put(folder, _LISTS, language, "list.html", self._lists(language))
            for stem, shown in self._views.items():
                self._put(folder, stem, language, f"{stem}.html", vars(shown(self.site, language)))
            self._write_vocabulary(folder, language)
            self._write_index(folder / "search" / language, language)

    # --- documents

    def _write_documents(self, folder: Path, share: Share) -> None:
        def wanted(iri: str) -> bool:
            return self.site.addresses.holds(iri) and share.holds(iri)

        for document in self.site.contents.each(wanted):
            self._write_document(document, folder)

    def _write_document(self, document: Document, folder: Path) -> None:
        stem = self.site.addresses.path(document.iri)
        for form, text in self._texts(document).items():
            _write(folder, f"{stem}{form.suffix}", text)
        for language in self.site.languages:
            page = Writer(self.site, document, language).page()
            kind = self.site.kinds.get(self.site.kind(document.iri))
            more: dict[str, object] = {
                "stem": relative(stem, stem),
                "script": markup.script(self.site, document, language),
                "kind_list": kind.in_language(language) if kind else "",
            }
            self._put(folder, stem, language, "resource.html", vars(page) | more)

    def _texts(self, document: Document) -> Mapping[Format, str]:
        joined = {form: [each.texts[form] for each in document.pieces] for form in (NTRIPLES, TURTLE, JSONLD)}
        nodes = ",".join(joined[JSONLD])
        return {
            NTRIPLES: "".join(joined[NTRIPLES]),
            TURTLE: self._prefixes + "".join(joined[TURTLE]),
            JSONLD: f'{{\n"@context": {json.dumps(self.context)},\n"@graph": [\n{nodes}]\n}}\n',
        }

    @cached_property
    def _prefixes(self) -> str:
        return "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in self.prefixes.items())

    # --- lists

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.site.contents.documents:
            kind = self.site.kind(each)
            if kind:
                found[kind].append(each)
        return found

    @cached_property
    def _views(self) -> Mapping[str, Callable[[Site, str], Map | Ties]]:
        """The pages that show all at a glance, as far as there is something to show."""
        known: dict[str, Callable[[Site, str], Map | Ties]] = {}
        if maps.placed(self.site):
            known[maps.STEM] = maps.shown
        if ties.found(self.site):
            known[ties.STEM] = ties.shown
        return known

    def _folder(self, kind: str) -> str:
        return self.site.addresses.path(f"{self.site.base}/{kind}")

    def _write_lists(self, folder: Path, language: str) -> None:
        for kind, documents in self._by_kind.items():
            for each in lists.of_kind(self.site, documents, self._folder(kind), language):
                title = self.site.kinds[kind].in_language(language)
                count = f"{len(documents)} {WORDS['entries'].in_language(language)}"
                script = self._part(folder, kind, title, language)
                more = {"title": title, "count": count, "script": script}
                self._put(folder, each.stem, language, "list.html", vars(each) | more)

    def _part(self, folder: Path, kind: str, title: str, language: str) -> str:
        """Return what search engines read of a kind that has dumps of its own; empty where it has none."""
        names = [Path(each).with_stem(f"{Path(each).stem}-{kind}").name for each in self.downloads]
        there = [each for each in names if (folder.parent / each).is_file()]
        part = datasets.Part(kind, title, there)
        return datasets.part(self.frame.about[language], self.dataset, part) if there else ""

    def _front(self, language: str) -> dict[str, object]:
        about = self.frame.about[language]
        kinds = [
            {
                "text": self.site.kinds[kind].in_language(language),
                "href": f"{self._folder(kind)}/{suffixed('index', language, self.site.languages[0])}",
                "count": len(documents),
            }
            for kind, documents in sorted(self._by_kind.items())
        ]
        views = [
            {"text": WORDS[stem].in_language(language), "href": suffixed(stem, language, self.site.languages[0])}
            for stem in self._views
        ]
        downloads = [{"text": name, "href": f"../{name}", "type": datasets.media_type(name)} for name in self.downloads]
        return {
            "title": about.title,
            "description": about.description,
            "kinds": kinds,
            "views": views,
            "downloads": downloads,
            "script": datasets.whole(about, self.dataset, self.downloads),
        }

    def _lists(self, language: str) -> dict[str, object]:
        """Return the list of code lists."""
        schemes = [each for each in self.site.contents.documents if _SCHEME in self.site.contents.classes.get(each, ())]
        return {
            "title": WORDS["lists"].in_language(language),
            "count": f"{len(schemes)} {WORDS['entries'].in_language(language)}",
            "groups": lists.grouped(self.site, schemes, _LISTS, language),
            "pages": [],
            "is_dated": False,
            "script": "",
        }

    def _write_vocabulary(self, folder: Path, language: str) -> None:
        iri = self.ontology.iri.rstrip("#/")
        if iri and self.site.addresses.holds(iri):
            stem = self.site.addresses.path(iri)
            page = self.ontology.shown(self.prefixes, language) | {"stem": relative(stem, stem)}
            self._put(folder, stem, language, "vocabulary.html", page)
            (folder / f"{stem}.ttl").write_bytes(b"\n".join(each.read_bytes() for each in self.ontology.paths))

    def _write_hosting(self, folder: Path) -> None:
        for name, text in self.hosting.files().items():
            _write(folder, f"hosting/{name}", text)
        pages = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.html"))
        for name, text in sitemap(self._address, pages):
            _write(folder, name, text)
        _write(folder, "robots.txt", robots(self._address))

    @property
    def _address(self) -> str:
        return self.frame.about[self.site.languages[0]].address

    def _write_index(self, folder: Path, language: str) -> None:
        for name, text in finding.files(self._entries(language)):
            _write(folder, name, text)

    def _entries(self, language: str) -> Iterator[finding.Entry]:
        for kind, documents in self._by_kind.items():
            title = self.site.kinds[kind].in_language(language)
            for each in documents:
                yield self.site.title(each, language), title, self.site.path(each, language)

    def _put(self, folder: Path, stem: str, language: str, template: str, page: Mapping[str, object]) -> None:
        parts = {
            "page": {**page, **self.frame.around(stem, language)},
            "site": self.frame.about[language],
            "words": self.frame.words[language],
        }
        _write(folder, suffixed(stem, language, self.site.languages[0]), self.templates.fill(template, parts))


def _write(folder: Path, name: str, text: str) -> None:
    """Write a file below a folder; there are many of them, so folders are made only where they are missed."""
    path = folder / name
    try:
        file = path.open("wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("wb")
    with file:
        file.write(text.encode())
