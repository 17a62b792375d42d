"""The page of a document: what is said of it, in the order and the words of its form."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from dataclasses import field as _field
from functools import cached_property

from sccon_lod.forms import Field, Forms
from sccon_lod.language import Text
from sccon_lod.site import spoken
from sccon_lod.site.addresses import Addresses, relative, suffixed
from sccon_lod.site.contents import Contents, Document
from sccon_lod.terms import OWL, PROV, TYPE
from sccon_lod.triples import Value
from sccon_lod.values.value import XSD

_DEEPEST = 3  # parts of parts that are shown within each other
_SHOWN = 50  # documents that point here, of each kind
_LONGEST = 90  # letters of a text that stands for a name
_LED = 3  # names that stand for what leads to them
_ADDRESS = f"{XSD}anyURI"
DEPRECATED, SUCCESSOR = f"{OWL}deprecated", "http://purl.org/dc/terms/isReplacedBy"
_SPOKEN_OF = "description"  # the key of the field that leads a page


@dataclass(frozen=True)
class Shown:
    """A value: its text and the language that it is in, what it links to, and, of a part, what is said of it.

    `name` is the anchor of a part; `branches` are what the thing has of the same, as a programme has programmes.
    """

    text: str
    language: str = ""
    href: str = ""
    name: str = ""
    is_foreign: bool = False
    rows: tuple["Row", ...] = ()
    branches: tuple["Shown", ...] = ()


@dataclass(frozen=True)
class Row:
    """A field with its values; `hint` says what it means."""

    title: str
    hint: str
    predicate: str
    values: tuple[Shown, ...]


@dataclass(frozen=True)
class Mention:
    """What points to a document in one way: what it is, by which field, and how many there are beside those shown."""

    title: str
    values: tuple[Shown, ...]
    left: int


@dataclass(frozen=True)
class Page:
    """What the page of a document shows, in one language."""

    iri: str
    path: str
    language: str
    title: str
    title_language: str
    kind: str
    kind_href: str
    lead: Shown | None
    rows: tuple[Row, ...]
    provenance: tuple[Row, ...]
    mentions: tuple[Mention, ...]
    is_gone: bool
    successor: Shown | None


@dataclass(frozen=True)
class Site:
    """What all pages share: what there is, what the shapes call it, and where it stands.

    `label` is the predicate of names, `kinds` what the kinds of records are called, by the segment after the base.
    """

    base: str
    contents: Contents
    forms: Forms
    addresses: Addresses
    languages: tuple[str, ...]
    label: str
    kinds: Mapping[str, Text]

    def path(self, document: str, language: str) -> str:
        """Return the path of a page in a language."""
        return suffixed(self.addresses.path(document), language, self.languages[0])

    def has_page(self, document: str) -> bool:
        """Whether a document has a page."""
        return document in self.contents.documents and self.addresses.holds(document)

    def kind(self, document: str) -> str:
        """Return the kind of a document; empty where it is of none."""
        segment = (
            document.removeprefix(f"{self.base}/").partition("/")[0] if document.startswith(f"{self.base}/") else ""
        )
        return segment if segment in self.kinds else ""

    def called(self, document: str, language: str) -> str:
        """Return what things such as a document are called; empty where nothing says it."""
        text = self.kinds.get(self.kind(document)) or self.forms.title(self.contents.classes.get(document, ()))
        return text.in_language(language) if text else ""

    def title(self, iri: str, language: str) -> str:
        """Return what something is called; where it has no name, what it is and the end of its IRI."""
        name = self.contents.name(iri, language) or self._described(iri, language)
        if name:
            return name
        form = self.forms.title(self.contents.classes.get(iri, ()))
        document, _, fragment = iri.partition("#")
        own = fragment or document.rstrip("/").rpartition("/")[2]
        # A day, a year or a number says enough.
        return f"{form.in_language(language)} {own}" if form and not own[:1].isdigit() else own

    def _described(self, iri: str, language: str) -> str:
        """Return what something without a name says, or what it leads to: a membership is somebody in something."""
        said = self.contents.texts.get(iri, {})
        text = said.get(language) or next(iter(said.values()), "")
        if text:
            return textwrap.shorten(text, _LONGEST, placeholder=" …")
        names = (self.contents.name(each, language) for each in self.contents.leading.get(iri, ())[:_LED])
        return " – ".join(dict.fromkeys(filter(None, names)))


@dataclass(frozen=True)
class Writer:
    """Makes the page of one document in one language."""

    site: Site
    document: Document
    language: str
    _parts: set[str] = _field(default_factory=set)

    def page(self) -> Page:
        """Return the page."""
        site, iri = self.site, self.document.iri
        rows = list(self._rows(iri, 0))
        rows += self._left()
        kind = site.kind(iri)
        lead = next((row.values[0] for row in rows if self._key(row.predicate) == _SPOKEN_OF), None)
        successors = [self._shown(each.value, _DEEPEST) for each in self.document.own if each.predicate == SUCCESSOR]
        return Page(
            iri,
            self._here,
            self.language,
            site.title(iri, self.language),
            site.contents.tongue(iri, self.language),
            site.called(iri, self.language),
            relative(
                f"{site.addresses.path(f'{site.base}/{kind}')}/{suffixed('index', self.language, site.languages[0])}",
                self._here,
            )
            if kind
            else "",
            lead,
            tuple(
                row
                for row in rows
                if row.predicate != site.label and self._key(row.predicate) != _SPOKEN_OF and not _is_provenance(row)
            ),
            tuple(filter(_is_provenance, rows)),
            tuple(self._mentions({link for row in rows for link in _links(row)})),
            any(each.predicate == DEPRECATED for each in self.document.own),
            next(iter(successors), None),
        )

    @cached_property
    def _here(self) -> str:
        return self.site.path(self.document.iri, self.language)

    def _classes(self, subject: str) -> Sequence[str]:
        return self.site.contents.classes.get(subject, ())

    def _key(self, predicate: str) -> str:
        field = self.site.forms.field(predicate)
        return field.key if field else ""

    # --- what is said

    def _rows(self, subject: str, depth: int) -> Iterator[Row]:
        said: dict[str, list[Value]] = defaultdict(list)
        for each in self.document.subjects.get(subject, ()):
            said[each.predicate].append(each.value)
        fields = self.site.forms.fields(self._classes(subject))
        for predicate, values in _in_order(said, fields):
            if predicate in (TYPE, DEPRECATED, SUCCESSOR):
                continue
            field = fields.get(predicate) or self.site.forms.field(predicate)
            if field and not field.repeated.isdisjoint(said):
                continue
            # What has one value only leads upwards.
            branching = predicate if field and field.most != 1 and subject == self.document.iri else ""
            shown = tuple(self._values(values, depth, branching))
            if shown:
                yield self._row(predicate, field, shown)

    def _left(self) -> Iterator[Row]:
        """Yield the parts that nothing on the page leads to, by what they are called: others may lead to them."""
        found: dict[str, list[Shown]] = defaultdict(list)
        for subject in self.document.subjects:
            if subject != self.document.iri and subject not in self._parts:
                title = self.site.called(subject, self.language) or subject.partition("#")[2]
                found[title].append(self._part(subject, 0))
        for title, parts in found.items():
            yield Row(title, "", "", tuple(parts))

    def _row(self, predicate: str, field: Field | None, shown: tuple[Shown, ...]) -> Row:
        if field is None:
            return Row(_last(predicate), predicate, predicate, shown)
        return Row(field.title.in_language(self.language), field.hint.in_language(self.language), predicate, shown)

    def _values(self, values: Sequence[Value], depth: int, branching: str) -> Iterator[Shown]:
        """Yield values, texts in the language of the page where there are some; `branching` may make a tree of them."""
        languages = {each.language for each in values if each.language}
        wanted = self.language if self.language in languages else next(iter(sorted(languages)), "")
        for each in values:
            if not each.language or each.language == wanted:
                yield self._shown(each, depth, branching)

    def _shown(self, value: Value, depth: int, predicate: str = "") -> Shown:
        if value.datatype:
            href = value.text if value.datatype == _ADDRESS and _is_web(value.text) else ""
            return Shown(
                spoken.value(value.text, value.datatype, self.language), value.language, href, is_foreign=bool(href)
            )
        is_part = value.text in self.document.subjects and value.text != self.document.iri
        if is_part and depth < _DEEPEST and value.text not in self._parts:
            return self._part(value.text, depth)
        shown = self._link(value.text)
        return replace(shown, branches=tuple(self._branches(value.text, predicate, 1))) if predicate else shown

    def _branches(self, iri: str, predicate: str, depth: int) -> Iterator[Shown]:
        """Yield what something has of the same, where nothing else has it: the branches of a tree."""
        for each in self.site.contents.beside.get((iri, predicate), ()):
            roots = [subject for subject, said in self.site.contents.pointing.get(each, ()) if said == predicate]
            if roots == [iri] and each != self.document.iri:
                inner = tuple(self._branches(each, predicate, depth + 1)) if depth < _DEEPEST else ()
                yield replace(self._link(each), branches=inner)

    def _part(self, subject: str, depth: int) -> Shown:
        self._parts.add(subject)
        rows = tuple(row for row in self._rows(subject, depth + 1) if not _is_provenance(row))
        return Shown(self.site.contents.name(subject, self.language), name=subject.partition("#")[2], rows=rows)

    def _link(self, iri: str) -> Shown:
        site = self.site
        document, _, fragment = iri.partition("#")
        if not site.has_page(document):
            return Shown(iri, href=iri if _is_web(iri) else "", is_foreign=True)
        known = iri if iri in site.contents.names or not fragment else document
        tongue = site.contents.tongue(known, self.language)
        path = relative(site.path(document, self.language), self._here)
        return Shown(site.title(known, self.language), tongue, f"{path}#{fragment}" if fragment else path)

    # --- who points here

    def _mentions(self, linked: Set[str]) -> Iterator[Mention]:
        """Yield what points here; the page has links to the pages `linked` already."""
        found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for subject, predicate in self.site.contents.pointing.get(self.document.iri, ()):
            document = subject.partition("#")[0]
            field = self.site.forms.field(predicate)
            kind = self.site.called(document, self.language)
            if kind and not (field and field.repeated) and not predicate.startswith(PROV):
                title = field.title.in_language(self.language) if field else _last(predicate)
                found[kind, title][document] = None
        for (kind, title), documents in sorted(found.items()):
            links = sorted((self._link(each) for each in documents), key=lambda each: each.text.casefold())
            fresh = [each for each in links if each.href not in linked]
            if fresh:
                yield Mention(f"{kind}: {title}", tuple(fresh[:_SHOWN]), len(fresh[_SHOWN:]))


def _links(row: Row) -> Iterator[str]:
    """Yield the pages that a row links to."""
    for value in row.values:
        yield value.href.partition("#")[0]
        for inner in value.rows:
            yield from _links(inner)
        yield from _links(Row("", "", "", value.branches))


def _in_order(said: Mapping[str, list[Value]], fields: Iterable[str]) -> Iterator[tuple[str, list[Value]]]:
    """Yield what is said in the order of a form, then all that the form does not have."""
    for predicate in fields:
        if predicate in said:
            yield predicate, said[predicate]
    known = set(fields)
    for predicate in sorted(set(said) - known):
        yield predicate, said[predicate]


def _is_provenance(row: Row) -> bool:
    return row.predicate.startswith(PROV)


def _last(iri: str) -> str:
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))
