"""The catalogue of a release, which portals harvest: DCAT-AP 3.0.1 and DCAT-AP.de 3.0."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sccon_lod import official
from sccon_lod.editions import Edition, File, Part
from sccon_lod.language import Text
from sccon_lod.lexicon import Told
from sccon_lod.project import Project
from sccon_lod.telling import Said, Value, iris, say, spoken, texts, typed
from sccon_lod.terms import DCAT, DCT, PROV, RDFS
from sccon_lod.values.value import DATE, DATE_TIME, XSD

ADMS = "http://www.w3.org/ns/adms#"
DCATAP = "http://data.europa.eu/r5r/"
DCATDE = "http://dcat-ap.de/def/dcatde/"
DQV = "http://www.w3.org/ns/dqv#"
FOAF = "http://xmlns.com/foaf/0.1/"
SPDX = "http://spdx.org/rdf/terms#"
VCARD = "http://www.w3.org/2006/vcard/ns#"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
GZIP = "application/gzip"
SPARQL_PROTOCOL = "https://www.w3.org/TR/sparql11-protocol/"

PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcatde": DCATDE,
    "dct": DCT,
    "dqv": DQV,
    "foaf": FOAF,
    "prov": PROV,
    "rdfs": RDFS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}


def statements(project: Project, edition: Edition) -> Iterator[Told]:
    """Yield what the catalogue of a release says."""
    return _Catalog(project, edition).statements()


@dataclass(frozen=True)
class _Catalog:
    project: Project
    edition: Edition

    def statements(self) -> Iterator[Told]:
        yield from self._catalog()
        yield from self._agents()
        for part in self.edition.parts:
            yield from self._dataset(part)
            for file in part.files:
                yield from self._distribution(part, file)
        yield from self._service()

    # --- addresses

    def _iri(self, part: Part) -> str:
        return f"{self.project.dataset}/{part.kind}" if part.kind else self.project.dataset

    def _file(self, part: Part, file: File) -> str:
        return f"{self._iri(part)}#{file.form.suffix[1:]}{'-gz' if file.is_packed else ''}"

    @property
    def _sparql(self) -> str:
        return f"{self.project.base}/catalog#sparql" if self.project.settings["catalog.sparql"] else ""

    @property
    def _contact(self) -> str:
        given = [self.project.settings[f"contact.{key}"] for key in ("name", "email", "url")]
        return f"{self.project.dataset}#contact" if any(given) else ""

    @property
    def _rights(self) -> str:
        return f"{self.project.dataset}#rights" if any(self.project.text("rights")) else ""

    # --- what is said alike of several

    def _code(self, key: str, listed: str, usual: str = "") -> list[Value]:
        codes = official.codes(listed)
        return iris(*(codes.iri(each) or "" for each in [self.project.settings[key] or usual] if each))

    @cached_property
    def _license(self) -> Said:
        return DCT + "license", self._code("license", "licenses")

    @cached_property
    def _availability(self) -> Said:
        return DCATAP + "availability", self._code("catalog.availability", "availabilities", "AVAILABLE")

    @cached_property
    def _access(self) -> Said:
        return DCT + "accessRights", self._code("catalog.access", "access-rights", "PUBLIC")

    @cached_property
    def _spatial(self) -> Said:
        given = self.project.lists.get("catalog.spatial", ())
        return DCT + "spatial", iris(*(official.place(each) or each for each in given))

    @cached_property
    def _language(self) -> Said:
        codes = official.codes("languages")
        return DCT + "language", iris(*(codes.iri(each) or "" for each in self.project.languages))

    @cached_property
    def _responsible(self) -> tuple[Said, ...]:
        publisher = f"{self.project.dataset}#publisher"
        return (DCT + "publisher", iris(publisher)), (DCAT + "contactPoint", iris(self._contact))

    @cached_property
    def _subject(self) -> tuple[Said, ...]:
        """What it is about."""
        themes = official.codes("themes")
        lists = self.project.lists
        keywords = [Text(each, "") for each in lists.get("catalog.keywords.de", ())]
        keywords += [Text("", each) for each in lists.get("catalog.keywords.en", ())]
        return (
            (DCAT + "theme", iris(*(themes.iri(each) or "" for each in lists.get("catalog.themes", ())))),
            (DCAT + "keyword", spoken(*keywords)),
        )

    # --- nodes

    def _catalog(self) -> Iterator[Told]:
        project, catalog = self.project, f"{self.project.base}/catalog"
        yield from say(
            catalog,
            DCAT + "Catalog",
            (DCT + "identifier", texts(catalog)),
            (DCT + "title", spoken(project.text("title"))),
            (DCT + "description", spoken(project.text("description"))),
            (DCT + "publisher", iris(f"{project.dataset}#publisher")),
            (DCT + "issued", typed(self.edition.parts[0].issued, DATE_TIME)),
            (DCT + "modified", typed(self.edition.modified, DATE_TIME)),
            self._language,
            self._license,
            self._spatial,
            self._availability,
            (DCAT + "themeTaxonomy", iris(official.codes("themes").space.rstrip("/"))),
            (FOAF + "homepage", iris(f"{project.site}/")),
            (DCAT + "dataset", iris(*map(self._iri, self.edition.parts))),
            (DCAT + "service", iris(self._sparql)),
        )

    def _agents(self) -> Iterator[Told]:
        settings, dataset = self.project.settings, self.project.dataset
        yield from say(
            f"{dataset}#publisher",
            FOAF + "Agent",
            (FOAF + "name", spoken(Text(settings["publisher.name"], ""))),
            (FOAF + "homepage", iris(settings["publisher.homepage"])),
            (DCT + "type", self._code("publisher.type", "publisher-types")),
        )
        if self._contact:
            email = settings["contact.email"]
            yield from say(
                self._contact,
                VCARD + "Organization",
                (VCARD + "fn", spoken(Text(settings["contact.name"] or settings["publisher.name"], ""))),
                (VCARD + "hasEmail", iris(f"mailto:{email}" if email else "")),
                (VCARD + "hasURL", iris(settings["contact.url"])),
            )
        if self._rights:
            text = self.project.text("rights")
            yield from say(self._rights, DCT + "RightsStatement", (RDFS + "label", spoken(text)))
        yield from say(
            f"{dataset}#provenance", DCT + "ProvenanceStatement", (RDFS + "label", spoken(_spoken(_MADE, self.project)))
        )

    def _dataset(self, part: Part) -> Iterator[Told]:
        project, dataset = self.project, self._iri(part)
        contributor = project.settings["catalog.contributor"]
        levels = self._code("catalog.geocoding_level", "levels")
        yield from say(
            dataset,
            DCAT + "Dataset",
            (DCT + "identifier", texts(dataset)),
            (DCT + "title", spoken(self._title(part))),
            (DCT + "description", spoken(self._description(part))),
            *self._responsible,
            *self._subject,
            (DCT + "issued", typed(part.issued, DATE_TIME)),
            (DCT + "modified", typed(part.modified, DATE_TIME)),
            *self._version(),
            self._language,
            self._spatial,
            (DCT + "temporal", iris(f"{dataset}#temporal" if part.period else "")),
            (DCATDE + "politicalGeocodingLevelURI", levels),
            (DCATDE + "contributorID", iris(_contributor(contributor))),
            (DCT + "accrualPeriodicity", self._code("catalog.frequency", "frequencies")),
            self._availability,
            self._access,
            (DCT + "conformsTo", iris(*part.standards)),
            (DCT + "provenance", iris(f"{project.dataset}#provenance")),
            (PROV + "wasGeneratedBy", iris(f"{project.dataset}#conversion")),
            (DCT + "isPartOf", iris(project.dataset if part.kind else "")),
            (DCAT + "landingPage", iris(f"{project.site}/")),
            (FOAF + "page", iris(*(f"{project.site}/current/{name}" for name in _QUALITY))),
            (DQV + "hasQualityMetadata", iris(f"{project.site}/current/report.ttl")),
            (DCAT + "distribution", iris(*(self._file(part, file) for file in part.files))),
        )
        if part.period:
            start, end = part.period
            period = (DCAT + "startDate", typed(start, DATE)), (DCAT + "endDate", typed(end, DATE))
            yield from say(f"{dataset}#temporal", DCT + "PeriodOfTime", *period)

    def _version(self) -> Iterator[Said]:
        edition = self.edition
        yield DCAT + "version", texts(edition.serial)
        yield ADMS + "versionNotes", spoken(self.project.text("catalog.notes"))
        # The dataset itself keeps its IRI: the one before is what lies in the folder of its release.
        before = f"{self.project.site}/releases/{edition.previous}/" if edition.previous else ""
        yield DCAT + "previousVersion", iris(before)

    def _title(self, part: Part) -> Text:
        title = self.project.text("title")
        if not part.kind:
            return title
        return Text(*(f"{whole}: {own}" if whole else "" for whole, own in zip(title, part.title, strict=True)))

    def _description(self, part: Part) -> Text:
        description = self.project.text("description")
        return _of_kind(part.title, description) if part.kind else description

    def _distribution(self, part: Part, file: File) -> Iterator[Told]:
        project, node = self.project, self._file(part, file)
        form = file.form
        types = official.codes("formats")
        title = self._title(part)
        name = f"{form.name}, gzip" if file.is_packed else form.name
        yield from say(
            node,
            DCAT + "Distribution",
            (DCT + "title", spoken(Text(*(f"{each} ({name})" if each else "" for each in title)))),
            (DCT + "description", spoken(_spoken(_PACKED if file.is_packed else _PLAIN, project, form.name))),
            # Portals check size and checksum of what they download, which must not change until they read the
            # catalogue again; people who come by this address want the newest.
            (DCAT + "accessURL", iris(f"{project.site}/current/{file.name}")),
            (DCAT + "downloadURL", iris(f"{project.site}/releases/{self.edition.serial}/{file.name}")),
            (DCT + "format", iris(types.iri(form.media_type) or "")),
            (DCAT + "mediaType", iris(MEDIA_TYPES + form.media_type)),
            (DCAT + "compressFormat", iris(MEDIA_TYPES + GZIP if file.is_packed else "")),
            (DCAT + "byteSize", typed(file.size, XSD + "nonNegativeInteger")),
            (SPDX + "checksum", iris(f"{node}-checksum")),
            self._license,
            (DCATDE + "licenseAttributionByText", spoken(project.text("catalog.attribution"))),
            (DCT + "rights", iris(self._rights)),
            (DCT + "issued", typed(part.issued, DATE_TIME)),
            (DCT + "modified", typed(part.modified, DATE_TIME)),
            self._language,
            self._availability,
            (DCT + "conformsTo", iris(*part.standards)),
            (DCAT + "accessService", iris("" if part.kind else self._sparql)),
        )
        yield from say(
            f"{node}-checksum",
            SPDX + "Checksum",
            (SPDX + "algorithm", iris(SPDX + "checksumAlgorithm_sha256")),
            (SPDX + "checksumValue", typed(file.digest, XSD + "hexBinary")),
        )

    def _service(self) -> Iterator[Told]:
        if not self._sparql:
            return
        title = self.project.text("title")
        endpoint = iris(self.project.settings["catalog.sparql"])
        yield from say(
            self._sparql,
            DCAT + "DataService",
            (DCT + "identifier", texts(self._sparql)),
            (DCT + "title", spoken(Text(*(f"{each} (SPARQL)" if each else "" for each in title)))),
            (DCAT + "endpointURL", endpoint),
            (DCAT + "endpointDescription", endpoint),
            (DCT + "conformsTo", iris(SPARQL_PROTOCOL)),
            (DCAT + "servesDataset", iris(self.project.dataset)),
            *self._responsible,
            *self._subject,
            self._license,
            self._access,
            self._availability,
        )


_QUALITY = ("ledger.csv", "report.txt")
_PLAIN = Text("Alle Aussagen in {0}.", "All statements in {0}.")
_PACKED = Text("Alle Aussagen in {0}, mit gzip gepackt.", "All statements in {0}, packed with gzip.")
_MADE = Text(
    "Aus den Datensätzen der herausgebenden Stelle abgebildet und gegen Regeln geprüft; wie jeder Datensatz endete, "
    "steht in ledger.csv, was dabei auffiel, in report.txt.",
    "Mapped from the records of the publisher and checked against rules; how each record ended is in ledger.csv, "
    "what was found in report.txt.",
)


def _spoken(text: Text, project: Project, *given: str) -> Text:
    """Return a text of ours in the languages of a publication."""
    return Text(
        *(each.format(*given) if tongue in project.languages else "" for tongue, each in text._asdict().items())
    )


def _of_kind(title: Text, description: Text) -> Text:
    """Return the description of one kind."""
    return Text(
        description.de and f"Nur „{title.de}“, ein Teil des Ganzen: {description.de}",
        description.en and f"Only “{title.en}”, a part of the whole: {description.en}",
    )


def _contributor(given: str) -> str:
    return official.codes("contributors").space + given if given and ":" not in given else given
