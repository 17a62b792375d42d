"""The settings of a publication: what its steward decided in sccon.toml."""

import datetime
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sccon_lod import official, toml_files
from sccon_lod.errors import Origin, ProjectError
from sccon_lod.findings import Severity
from sccon_lod.formats import NTRIPLES
from sccon_lod.iris import is_absolute
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.official import Codes

FILE = "sccon.toml"
EXAMPLE_BASE = "https://example.org/id"  # reserved for documentation (RFC 2606); nothing is there


class Setting(NamedTuple):
    """One key of sccon.toml: its type, whether it must be given, and what it says."""

    type: type
    needed: bool
    purpose: Text


SETTINGS: Mapping[str, Setting] = {
    "name": Setting(str, True, Text("Kurzer Name, Stamm der Dateinamen", "Short name, stem of file names")),
    "base": Setting(str, True, Text("Basis-IRI aller Datensätze", "Base IRI of all records")),
    "languages": Setting(
        list, True, Text("Sprachen; die erste gilt für Meldungen", "Languages; the first is that of findings")
    ),
    "license": Setting(str, True, Text("IRI der Lizenz der Daten", "IRI of the licence of the data")),
    "issued": Setting(datetime.date, True, Text("Erste Veröffentlichung", "First publication")),
    "modified": Setting(datetime.date, False, Text("Stand der Daten", "Date of the data")),
    "title.de": Setting(str, True, Text("Titel, deutsch", "Title in German")),
    "title.en": Setting(str, False, Text("Titel, englisch", "Title in English")),
    "description.de": Setting(str, True, Text("Beschreibung, deutsch", "Description in German")),
    "description.en": Setting(str, False, Text("Beschreibung, englisch", "Description in English")),
    "rights.de": Setting(str, False, Text("Hinweis zu Rechten, deutsch", "Note on rights in German")),
    "rights.en": Setting(str, False, Text("Hinweis zu Rechten, englisch", "Note on rights in English")),
    "publisher.name": Setting(str, True, Text("Name der herausgebenden Stelle", "Name of the publisher")),
    "publisher.homepage": Setting(str, False, Text("Startseite der Stelle", "Homepage of the publisher")),
    "publisher.type": Setting(str, False, Text("Art der Stelle", "Type of the publisher")),
    "contact.name": Setting(str, False, Text("Ansprechstelle", "Contact")),
    "contact.email": Setting(str, False, Text("E-Mail der Ansprechstelle", "E-mail of the contact")),
    "contact.url": Setting(str, False, Text("Kontaktseite", "Contact page")),
    "policy.violation": Setting(str, False, Text("Was ein Verstoß bewirkt", "What a violation does")),
    "policy.held_back": Setting(float, False, Text("Größter Anteil zurückgehaltener", "Largest share held back")),
    "policy.fails": Setting(str, False, Text("Womit check scheitert", "What check fails with")),
    "releases.kept": Setting(int, False, Text("Wie viele Ausgaben bleiben", "How many releases are kept")),
    "releases.shrink": Setting(float, False, Text("Größter Schwund", "Largest loss")),
    "site": Setting(str, False, Text("Web-Adresse des Ordners public/", "Web address of the folder public/")),
    "catalog.themes": Setting(list, False, Text("Themen der EU", "Themes of the EU")),
    "catalog.keywords.de": Setting(list, False, Text("Schlagwörter, deutsch", "Keywords in German")),
    "catalog.keywords.en": Setting(list, False, Text("Schlagwörter, englisch", "Keywords in English")),
    "catalog.frequency": Setting(str, False, Text("Wie oft aktualisiert wird", "How often it is updated")),
    "catalog.availability": Setting(str, False, Text("Geplante Verfügbarkeit", "Planned availability")),
    "catalog.access": Setting(str, False, Text("Zugangsrecht", "Access right")),
    "catalog.geocoding_level": Setting(str, False, Text("Verwaltungsebene", "Level of administration")),
    "catalog.spatial": Setting(list, False, Text("Orte, um die es geht", "Places that it is about")),
    "catalog.attribution.de": Setting(str, False, Text("Namensnennung, deutsch", "Attribution in German")),
    "catalog.attribution.en": Setting(str, False, Text("Namensnennung, englisch", "Attribution in English")),
    "catalog.contributor": Setting(str, False, Text("Datenbereitsteller bei GovData", "Contributor at GovData")),
    "catalog.sparql": Setting(str, False, Text("Adresse des SPARQL-Dienstes", "Address of the SPARQL service")),
    "catalog.conforms_to": Setting(list, False, Text("Weitere Standards", "Further standards")),
    "catalog.notes.de": Setting(str, False, Text("Was neu ist, deutsch", "What is new, in German")),
    "catalog.notes.en": Setting(str, False, Text("Was neu ist, englisch", "What is new, in English")),
}
_TABLES = {key[:place] for key in SETTINGS for place, letter in enumerate(key) if letter == "."}
# Its keys are free: what the mapping may use as `$(_key)`.
_EXTERNAL = "external"


@dataclass(frozen=True)
class Policy:
    """What is published in spite of violations: see the settings `policy` in docs/steward-guide.md.

    `holds_back` says that a violation holds back the record, and not the release; `largest` is the share of rows that
    may be held back; `fails` is the least severity of a finding that `check` fails with.
    """

    holds_back: bool = True
    largest: float = 0.25
    fails: Severity = Severity.VIOLATION


@dataclass(frozen=True)
class Releases:
    """How many releases are kept, and the share of records that one may have less than the last."""

    kept: int = 2
    shrink: float = 0.2


@dataclass(frozen=True)
class Project:
    """A publication: its folder and its settings, as text by key (`title.de`); a missing one is empty.

    `external` are values that its mapping may use, by name; `lists` are the settings that are lists, where given.
    """

    root: Path
    settings: Mapping[str, str]
    languages: tuple[str, ...]
    external: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The stem of the names of published files."""
        return self.settings["name"]

    @property
    def base(self) -> str:
        """The base IRI, without a slash at its end."""
        return self.settings["base"]

    @property
    def public(self) -> Path:
        """The folder of all releases."""
        return self.root / "public"

    @property
    def site(self) -> str:
        """The web address of the folder `public/`, without a slash at its end."""
        return self.settings["site"] or self.base.removesuffix("/id")

    @property
    def dump(self) -> str:
        """The name of the dump in N-Triples, in which one thing can be found without reading all."""
        return f"{self.name}{NTRIPLES.suffix}"

    @property
    def dataset(self) -> str:
        """The IRI of the publication as a whole."""
        return f"{self.base}/dataset/{self.name}"

    def text(self, key: str) -> Text:
        """Return what a setting says in each language; empty where it says nothing."""
        return Text(*(self.settings[f"{key}.{language}"] for language in LANGUAGES))

    @property
    def policy(self) -> Policy:
        """What is published in spite of violations."""
        given = {key: self.settings[f"policy.{key}"] for key in ("violation", "held_back", "fails")}
        usual = Policy()
        return Policy(
            given["violation"] != _STOPS,
            float(given["held_back"]) if given["held_back"] else usual.largest,
            Severity[given["fails"].upper()] if given["fails"] else usual.fails,
        )

    @property
    def releases(self) -> Releases:
        """What is decided about releases."""
        kept, shrink, usual = self.settings["releases.kept"], self.settings["releases.shrink"], Releases()
        return Releases(int(kept) if kept else usual.kept, float(shrink) if shrink else usual.shrink)


def load(root: Path) -> Project:
    """Read sccon.toml in the folder `root`. Raises ProjectError with the line of the key."""
    try:
        text, document = toml_files.read(root / FILE)
    except FileNotFoundError as error:
        raise _missing(root) from error
    external = dict(_external(document.pop(_EXTERNAL, {}), text))
    given = dict(_flat(document))
    for key, value in given.items():
        _check(key, value, text)
    for key, setting in SETTINGS.items():
        if setting.needed and not given.get(key):
            raise ProjectError(
                Origin(FILE, _line(key, text)),
                Text(
                    f"Die Einstellung „{key}“ fehlt ({setting.purpose.de}).",
                    f"The setting “{key}” is missing ({setting.purpose.en}).",
                ),
            )
    settings = {key: _as_text(given.get(key, "")) for key in SETTINGS}
    lists = {key: tuple(map(str, value)) for key, value in given.items() if isinstance(value, list)}
    return Project(root, settings, lists["languages"], external, lists)


def _missing(root: Path) -> ProjectError:
    return ProjectError(
        Origin(FILE),
        Text(
            f"Im Ordner {root.name or '.'} liegt keine {FILE}; ein neuer Ordner entsteht mit: sccon-lod new ORDNER.",
            f"There is no {FILE} in the folder {root.name or '.'}; make a new folder with: sccon-lod new FOLDER.",
        ),
    )


def _external(table: object, text: str) -> Iterator[tuple[str, str]]:
    if not isinstance(table, dict):
        raise ProjectError(
            Origin(FILE, _line(_EXTERNAL, text), _EXTERNAL),
            Text("Hier steht eine Tabelle: [external].", "A table stands here: [external]."),
        )
    for name, value in table.items():
        key = f"{_EXTERNAL}.{name}"
        if not isinstance(value, str):
            raise ProjectError(Origin(FILE, _line(key, text), key), _TYPES[str])
        if not value:
            raise ProjectError(
                Origin(FILE, _line(key, text), key), Text("Hier fehlt ein Wert.", "A value is missing here.")
            )
        yield name, value


def _flat(document: Mapping[str, object], table: str = "") -> Iterator[tuple[str, object]]:
    for name, value in document.items():
        key = f"{table}{name}"
        if isinstance(value, dict) and key in _TABLES:
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def _check(key: str, value: object, text: str) -> None:
    problem = _problem(key, value)
    if problem:
        raise ProjectError(Origin(FILE, _line(key, text), key), problem)


def _problem(key: str, value: object) -> Text | None:
    if key not in SETTINGS:
        near = difflib.get_close_matches(key, SETTINGS, n=1, cutoff=0.4)
        known = near[0] if near else ", ".join(SETTINGS)
        return Text(
            f"Diese Einstellung gibt es nicht; gemeint sein könnte: {known}.",
            f"There is no such setting; what may be meant: {known}.",
        )
    wanted = SETTINGS[key].type
    # TOML tells 1 from 1.0.
    if type(value) is not wanted and not (wanted is float and type(value) is int):
        return _TYPES[wanted]
    if _UNSEEN.search(str(value)):
        return _CONTROL
    check = _CHECKS.get(key)
    if check and not check[0](value):
        return check[1]
    return _wrong_code(key, value)


# The official list that the values of a setting are from.
_LISTS = {
    "license": "licenses",
    "publisher.type": "publisher-types",
    "catalog.themes": "themes",
    "catalog.frequency": "frequencies",
    "catalog.availability": "availabilities",
    "catalog.access": "access-rights",
    "catalog.geocoding_level": "levels",
}


def _wrong_code(key: str, value: object) -> Text | None:
    """Return what is wrong with a value that is not in its official list, with the nearest one that is."""
    codes = official.codes(_LISTS[key]) if key in _LISTS else None
    for each in map(str, value if isinstance(value, list) else [value]):
        if codes and not codes.iri(each):
            near = ", ".join(_written(key, codes, each))
            return Text(
                f"„{each}“ steht nicht in der Liste {codes.space}; gemeint sein könnte: {near}.",
                f"“{each}” is not in the list {codes.space}; what may be meant: {near}.",
            )
    return None


def _written(key: str, codes: Codes, value: str) -> Iterator[str]:
    """Yield the values that may be meant, as they are written in the setting: a licence by its address."""
    is_address = SETTINGS[key].purpose.en.startswith("IRI")
    for code in codes.nearest(value)[: _SEVERAL if is_address else None]:
        yield f"{codes.space}{code}" if is_address else code


_SEVERAL = 4  # licences that are named where none is near
_UNSEEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")  # what XML 1.0 (section 2.2) does not allow
_CONTROL = Text(
    "Hier steht ein unsichtbares Steuerzeichen; bitte den Text neu eintippen.",
    "There is an invisible control character here; please type the text again.",
)
_TYPES: Mapping[type, Text] = {
    str: Text('Hier steht ein Text in Anführungszeichen ("…").', 'A text in quotation marks stands here ("…").'),
    list: Text('Hier steht eine Liste wie ["de", "en"].', 'A list such as ["de", "en"] stands here.'),
    int: Text("Hier steht eine ganze Zahl ab 2, zum Beispiel 10.", "A whole number from 2 on stands here, such as 10."),
    float: Text(
        "Hier steht eine Zahl von 0 bis 1, zum Beispiel 0.1.", "A number from 0 to 1 stands here, such as 0.1."
    ),
    datetime.date: Text(
        "Hier steht ein Datum ohne Anführungszeichen, zum Beispiel 2026-11-24.",
        "A date without quotation marks stands here, for example 2026-11-24.",
    ),
}


_FEWEST = 2  # releases: whoever reads one while another is made must be able to finish
_LONGEST = 80  # characters of the name, which becomes part of file names
TAKEN = ("catalog", "context", "report", "void")  # stems of the other files of a release


def _is_name(value: object) -> bool:
    text = str(value)
    return len(text) <= _LONGEST and text not in TAKEN and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None


def _is_base(value: object) -> bool:
    text = str(value)
    return text.startswith(("http://", "https://")) and is_absolute(text) and not re.search(r"[?#]|/$", text)


def _is_address(value: object) -> bool:
    return is_absolute(str(value))


def _is_email(value: object) -> bool:
    # Letters beyond ASCII would have to be written otherwise in a web address.
    return re.fullmatch(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", str(value)) is not None


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each.strip() for each in value)


def _are_addresses(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_web_address, value))


def _is_web_address(value: object) -> bool:
    return str(value).startswith(("http://", "https://")) and is_absolute(str(value))


def _are_places(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(official.place(str(v)) or _is_web_address(v) for v in value)


def _is_contributor(value: object) -> bool:
    return re.fullmatch("[A-Za-z0-9-]+", str(value)) is not None or _is_web_address(value)


def _are_languages(value: object) -> bool:
    given = list(map(str, value)) if isinstance(value, list) else []
    return bool(given) and len(set(given)) == len(given) and set(given) <= set(LANGUAGES)


_HOLDS_BACK, _STOPS = "hold-back", "stop"


def _is_action(value: object) -> bool:
    return value in (_HOLDS_BACK, _STOPS)


def _is_share(value: object) -> bool:
    return isinstance(value, float | int) and 0 <= value <= 1


def _is_several(value: object) -> bool:
    return isinstance(value, int) and value >= _FEWEST


def _is_severity(value: object) -> bool:
    return value in {each.word for each in Severity}


_IRI = Text(
    "Das ist keine vollständige Web-Adresse; richtig ist zum Beispiel http://creativecommons.org/licenses/by/4.0/.",
    "This is not a full web address; right is for example http://creativecommons.org/licenses/by/4.0/.",
)
_TEXTS = Text(
    'Hier steht eine Liste von Texten, zum Beispiel ["Veranstaltung", "Stadt"].',
    'A list of texts stands here, such as ["event", "city"].',
)
_ADDRESSES = Text(
    'Hier steht eine Liste von Web-Adressen, zum Beispiel ["https://example.org/standard"].',
    'A list of web addresses stands here, such as ["https://example.org/standard"].',
)
_CHECKS: Mapping[str, tuple[Callable[[object], bool], Text]] = {
    "name": (
        _is_name,
        Text(
            "Nur Kleinbuchstaben, Ziffern und Bindestriche, etwa sccon; nicht catalog, context, report oder void.",
            "Only lower-case letters, digits and hyphens, such as sccon; not catalog, context, report or void.",
        ),
    ),
    "base": (
        _is_base,
        Text(
            "Die Basis-IRI ist eine Web-Adresse ohne Schrägstrich am Ende, zum Beispiel https://example.org/id.",
            "The base IRI is a web address without a slash at its end, for example https://example.org/id.",
        ),
    ),
    "languages": (
        _are_languages,
        Text('Möglich sind "de" und "en", jede einmal.', 'Possible are "de" and "en", each once.'),
    ),
    "license": (_is_address, _IRI),
    "publisher.homepage": (_is_address, _IRI),
    "contact.url": (_is_address, _IRI),
    "contact.email": (
        _is_email,
        Text(
            "Das ist keine E-Mail-Adresse; richtig ist zum Beispiel daten@example.org.",
            "This is no e-mail address; right is for example data@example.org.",
        ),
    ),
    "site": (
        _is_base,
        Text(
            "Das ist eine Web-Adresse ohne Schrägstrich am Ende, zum Beispiel https://daten.example.org.",
            "This is a web address without a slash at its end, for example https://data.example.org.",
        ),
    ),
    "catalog.themes": (_are_texts, _TEXTS),
    "catalog.keywords.de": (_are_texts, _TEXTS),
    "catalog.keywords.en": (_are_texts, _TEXTS),
    "catalog.conforms_to": (_are_addresses, _ADDRESSES),
    "catalog.sparql": (_is_web_address, _IRI),
    "catalog.contributor": (
        _is_contributor,
        Text(
            "Das ist eine Kennung von GovData, zum Beispiel openDataBayern, oder ihre Web-Adresse.",
            "This is an identifier of GovData, for example openDataBayern, or its web address.",
        ),
    ),
    "catalog.spatial": (
        _are_places,
        Text(
            'Hier steht eine Liste von Web-Adressen oder amtlichen Schlüsseln, zum Beispiel ["11000000"].',
            'A list of web addresses or official keys stands here, such as ["11000000"].',
        ),
    ),
    "policy.violation": (
        _is_action,
        Text(
            'Möglich sind "hold-back" (den Datensatz zurückhalten) und "stop" (nichts veröffentlichen).',
            'Possible are "hold-back" (of the record) and "stop" (publish nothing).',
        ),
    ),
    "policy.held_back": (_is_share, _TYPES[float]),
    "releases.kept": (_is_several, _TYPES[int]),
    "releases.shrink": (_is_share, _TYPES[float]),
    "policy.fails": (
        _is_severity,
        Text('Möglich sind "violation", "warning" und "info".', 'Possible are "violation", "warning" and "info".'),
    ),
}


def _line(key: str, text: str) -> int:
    """Return the line on which a key stands; 0 where it is written in an unusual way."""
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        heading = re.match(r"\s*\[([^\]]+)\]", line)
        inside = heading[1].strip() if heading else inside
        if heading and inside == key:
            return number
        name = key.removeprefix(f"{inside}.")
        if (not inside or name != key) and re.match(rf"\s*{re.escape(name)}\s*=", line):
            return number
    return 0


def _as_text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
