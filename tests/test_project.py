"""The settings: read with their defaults, or refused with the line to mend."""

from pathlib import Path

import pytest

from sccon_lod import project
from sccon_lod.errors import ProjectError
from sccon_lod.language import Text
from sccon_lod.project import SETTINGS, Project

SMALL = """\
name = "sccon"
base = "https://example.org/id"
languages = ["de", "en"]
license = "http://creativecommons.org/licenses/by/4.0/"
issued = 2026-11-24
modified = 2026-11-25

[title]
de = "Titel"

[description]
de = "Beschreibung"

[publisher]
name = "Stelle"
"""
NEEDED = [key for key, setting in SETTINGS.items() if setting.needed]


def load(folder: Path, content: str | bytes) -> Project:
    (folder / "sccon.toml").write_bytes(content.encode() if isinstance(content, str) else content)
    return project.load(folder)


def refusal(folder: Path, content: str | bytes) -> tuple[str, Text]:
    with pytest.raises(ProjectError) as caught:
        load(folder, content)
    return str(caught.value.origin), caught.value.text


def edited(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


# --- what is read


def test_a_small_publication_is_read(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL)

    assert (settings.root, settings.name, settings.base) == (tmp_path, "sccon", "https://example.org/id")
    assert settings.languages == ("de", "en")


def test_a_setting_that_is_not_given_is_empty(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL).settings

    assert set(settings) == set(SETTINGS)
    assert {key for key, value in settings.items() if not value} == set(SETTINGS) - {*NEEDED, "modified"}


def test_settings_are_texts(tmp_path: Path) -> None:
    settings = load(tmp_path, SMALL).settings

    assert settings["issued"] == "2026-11-24"
    assert settings["languages"] == "de en"


def test_a_file_of_windows_is_read(tmp_path: Path) -> None:
    settings = load(tmp_path, b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())

    assert settings.name == "sccon"


def test_a_key_with_a_dot_is_the_key_of_a_table(tmp_path: Path) -> None:
    settings = load(tmp_path, 'title.de = "Titel"\n' + edited('[title]\nde = "Titel"\n', ""))

    assert settings.settings["title.de"] == "Titel"


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_language_is_enough(tmp_path: Path, language: str) -> None:
    settings = load(tmp_path, edited('["de", "en"]', f'["{language}"]'))

    assert settings.languages == (language,)


@pytest.mark.parametrize("key", sorted(SETTINGS))
def test_every_setting_says_its_purpose_in_both_languages(key: str) -> None:
    assert all(SETTINGS[key].purpose)


# --- what is missing


@pytest.mark.parametrize("key", NEEDED)
def test_a_missing_setting_is_refused_with_its_purpose(tmp_path: Path, key: str) -> None:
    table, _, name = key.rpartition(".")
    inside = ""
    kept = []
    for line in SMALL.splitlines():
        inside = line.strip("[]") if line.startswith("[") else inside
        if not (inside == table and line.startswith(f"{name} =")):
            kept.append(line)

    place, text = refusal(tmp_path, "\n".join(kept))

    purpose = SETTINGS[key].purpose
    assert place == "sccon.toml"
    assert text == Text(
        f"Die Einstellung „{key}“ fehlt ({purpose.de}).", f"The setting “{key}” is missing ({purpose.en})."
    )


def test_an_empty_setting_is_missing(tmp_path: Path) -> None:
    place, text = refusal(tmp_path, edited('de = "Titel"', 'de = ""'))

    assert place == "sccon.toml:9"
    assert text.en == "The setting “title.de” is missing (Title in German)."


def test_a_missing_file_is_refused_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        project.load(tmp_path / "pub")

    assert str(caught.value.origin) == "sccon.toml"
    assert caught.value.text == Text(
        "Im Ordner pub liegt keine sccon.toml; ein neuer Ordner entsteht mit: sccon-lod new ORDNER.",
        "There is no sccon.toml in the folder pub; make a new folder with: sccon-lod new FOLDER.",
    )


# --- what is wrong

TEXT = Text('Hier steht ein Text in Anführungszeichen ("…").', 'A text in quotation marks stands here ("…").')
LIST = Text('Hier steht eine Liste wie ["de", "en"].', 'A list such as ["de", "en"] stands here.')
DATE = Text(
    "Hier steht ein Datum ohne Anführungszeichen, zum Beispiel 2026-11-24.",
    "A date without quotation marks stands here, for example 2026-11-24.",
)
NAME = Text(
    "Nur Kleinbuchstaben, Ziffern und Bindestriche, etwa sccon; nicht catalog, context, report oder void.",
    "Only lower-case letters, digits and hyphens, such as sccon; not catalog, context, report or void.",
)
BASE = Text(
    "Die Basis-IRI ist eine Web-Adresse ohne Schrägstrich am Ende, zum Beispiel https://example.org/id.",
    "The base IRI is a web address without a slash at its end, for example https://example.org/id.",
)
LANGUAGES = Text('Möglich sind "de" und "en", jede einmal.', 'Possible are "de" and "en", each once.')
ADDRESS = Text(
    "Das ist keine vollständige Web-Adresse; richtig ist zum Beispiel http://creativecommons.org/licenses/by/4.0/.",
    "This is not a full web address; right is for example http://creativecommons.org/licenses/by/4.0/.",
)


@pytest.mark.parametrize(
    ("old", "new", "place", "text"),
    [
        ('name = "sccon"', "name = 5", "sccon.toml:1, name", TEXT),
        ('name = "sccon"', 'name = "SCCON 2022"', "sccon.toml:1, name", NAME),
        ('name = "sccon"', 'name = "a/../b"', "sccon.toml:1, name", NAME),
        ('name = "sccon"', 'name = "a\\n"', "sccon.toml:1, name", NAME),
        ('"https://example.org/id"', "true", "sccon.toml:2, base", TEXT),
        ('"https://example.org/id"', '"https://example.org/id/"', "sccon.toml:2, base", BASE),
        ('"https://example.org/id"', '"https://example.org/id#"', "sccon.toml:2, base", BASE),
        ('"https://example.org/id"', '"example.org/id"', "sccon.toml:2, base", BASE),
        ('"https://example.org/id"', '"urn:sccon"', "sccon.toml:2, base", BASE),
        ('"https://example.org/id"', '"https://example.org/my id"', "sccon.toml:2, base", BASE),
        ('["de", "en"]', '"de"', "sccon.toml:3, languages", LIST),
        ('["de", "en"]', "[]", "sccon.toml:3, languages", LANGUAGES),
        ('["de", "en"]', '["de", "fr"]', "sccon.toml:3, languages", LANGUAGES),
        ('["de", "en"]', '["de", "de"]', "sccon.toml:3, languages", LANGUAGES),
        ('["de", "en"]', "[1]", "sccon.toml:3, languages", LANGUAGES),
        ('"http://creativecommons.org/licenses/by/4.0/"', "4.0", "sccon.toml:4, license", TEXT),
        ('"http://creativecommons.org/licenses/by/4.0/"', '"CC BY 4.0"', "sccon.toml:4, license", ADDRESS),
        ("issued = 2026-11-24", 'issued = "2026-11-24"', "sccon.toml:5, issued", DATE),
        ("issued = 2026-11-24", "issued = 2026-11-24T10:00:00", "sccon.toml:5, issued", DATE),
        ("modified = 2026-11-25", "modified = 2026", "sccon.toml:6, modified", DATE),
        ('de = "Titel"', 'de = ["Titel"]', "sccon.toml:9, title.de", TEXT),
        ('[title]\nde = "Titel"', "[title]\nde = 1", "sccon.toml:9, title.de", TEXT),
        ('de = "Beschreibung"', "de = 1", "sccon.toml:12, description.de", TEXT),
        ('name = "Stelle"', "name = 1", "sccon.toml:15, publisher.name", TEXT),
        ('name = "Stelle"', 'name = "S"\nhomepage = "a.de"', "sccon.toml:16, publisher.homepage", ADDRESS),
        ('name = "Stelle"', 'name = "S"\n[contact]\nurl = "javascript:x"', "sccon.toml:17, contact.url", ADDRESS),
        ('name = "Stelle"', 'name = "S"\n[contact]\nemail = 1', "sccon.toml:17, contact.email", TEXT),
        ('de = "Titel"', 'de = "a\u2028b\u0085c"\nen = 1', "sccon.toml:10, title.en", TEXT),
        ('[title]\nde = "Titel"', "[ title ]\nde = 1", "sccon.toml:9, title.de", TEXT),
    ],
)
def test_a_wrong_setting_is_refused_at_its_line(tmp_path: Path, old: str, new: str, place: str, text: Text) -> None:
    assert refusal(tmp_path, edited(old, new)) == (place, text)


@pytest.mark.parametrize("key", [key for key, setting in SETTINGS.items() if setting.type is str])
def test_a_number_in_the_place_of_a_text_is_refused(tmp_path: Path, key: str) -> None:
    table, _, name = key.rpartition(".")
    content = f"[{table}]\n{name} = 1\n" if table else f"{name} = 1\n"

    assert refusal(tmp_path, content) == (f"sccon.toml:{2 if table else 1}, {key}", TEXT)


def unknown(meant: str) -> Text:
    return Text(
        f"Diese Einstellung gibt es nicht; gemeint sein könnte: {meant}.",
        f"There is no such setting; what may be meant: {meant}.",
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "meant"),
    [
        ('name = "sccon"', 'nmae = "sccon"', "sccon.toml:1, nmae", "name"),
        ('license = "', 'licence = "', "sccon.toml:4, licence", "license"),
        ('name = "Stelle"', 'homepge = "x"', "sccon.toml:15, publisher.homepge", "publisher.homepage"),
        ("[description]", "[descripton]", "sccon.toml:11, descripton", "description.en"),
        ('name = "sccon"', 'qwxyz = "sccon"', "sccon.toml:1, qwxyz", ", ".join(SETTINGS)),
    ],
)
def test_an_unknown_setting_is_refused_with_the_nearest(
    tmp_path: Path, old: str, new: str, place: str, meant: str
) -> None:
    assert refusal(tmp_path, edited(old, new)) == (place, unknown(meant))


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        ('name = "a"\nbase = \n', "sccon.toml:2", "Invalid value (at line 2, column 8)"),
        ('name = "a"\nname = "b"\n', "sccon.toml:2", "Cannot overwrite a value (at line 2, column 11)"),
        ('name = "a', "sccon.toml", "Unterminated string (at end of document)"),
    ],
)
def test_a_file_that_is_no_toml_is_refused_at_its_line(tmp_path: Path, content: str, place: str, reason: str) -> None:
    assert refusal(tmp_path, content) == (
        place,
        Text(f"Das ist kein gültiges TOML: {reason}", f"This is not valid TOML: {reason}"),
    )


def test_a_file_that_is_not_in_utf_8_is_refused(tmp_path: Path) -> None:
    place, text = refusal(tmp_path, 'name = "ü"'.encode("latin-1"))

    reason = "'utf-8' codec can't decode byte 0xfc in position 8: invalid start byte"
    assert place == "sccon.toml"
    assert text == Text(f"Die Datei ist nicht lesbar ({reason}).", f"The file cannot be read ({reason}).")


@pytest.mark.parametrize("name", ["report", "context", "catalog", "void", "a" * 81])
def test_a_name_that_would_hide_another_file_or_is_too_long_is_refused(tmp_path: Path, name: str) -> None:
    text = (Path(__file__).parent.parent / "sccon.toml").read_text(encoding="utf-8")

    with pytest.raises(ProjectError, match="not catalog, context"):
        load(tmp_path, text.replace('name = "sccon"', f'name = "{name}"'))


# --- values for the mapping


def test_external_values_may_have_any_name(tmp_path: Path) -> None:
    settings = load(tmp_path, f'{SMALL}\n[external]\ncity = "Leipzig"\n"event base" = "https://example.org/"\n')

    assert settings.external == {"city": "Leipzig", "event base": "https://example.org/"}


def test_there_need_not_be_external_values(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).external == {}


@pytest.mark.parametrize(
    ("table", "place", "message"),
    [
        ("[external]\ncity = 1\n", "sccon.toml:18, external.city", TEXT),
        ('[external]\ncity = ["a"]\n', "sccon.toml:18, external.city", TEXT),
        ('[external.city]\nname = "a"\n', "sccon.toml:17, external.city", TEXT),
        (
            '[external]\ncity = ""\n',
            "sccon.toml:18, external.city",
            Text("Hier fehlt ein Wert.", "A value is missing here."),
        ),
        (
            '[[external]]\ncity = "a"\n',
            "sccon.toml, external",
            Text("Hier steht eine Tabelle: [external].", "A table stands here: [external]."),
        ),
    ],
)
def test_an_external_value_that_is_no_text_is_refused(tmp_path: Path, table: str, place: str, message: Text) -> None:
    assert refusal(tmp_path, f"{SMALL}\n{table}") == (place, message)


# --- the catalogue


def wrong(value: str, space: str, near: str) -> Text:
    return Text(
        f"„{value}“ steht nicht in der Liste {space}; gemeint sein könnte: {near}.",
        f"“{value}” is not in the list {space}; what may be meant: {near}.",
    )


EU = "http://publications.europa.eu/resource/authority/"
GERMAN = "http://dcat-ap.de/def/"
TEXTS = Text(
    'Hier steht eine Liste von Texten, zum Beispiel ["Veranstaltung", "Stadt"].',
    'A list of texts stands here, such as ["event", "city"].',
)
SITE = Text(
    "Das ist eine Web-Adresse ohne Schrägstrich am Ende, zum Beispiel https://daten.example.org.",
    "This is a web address without a slash at its end, for example https://data.example.org.",
)
PLACES = Text(
    'Hier steht eine Liste von Web-Adressen oder amtlichen Schlüsseln, zum Beispiel ["11000000"].',
    'A list of web addresses or official keys stands here, such as ["11000000"].',
)
CONTRIBUTOR = Text(
    "Das ist eine Kennung von GovData, zum Beispiel openDataBayern, oder ihre Web-Adresse.",
    "This is an identifier of GovData, for example openDataBayern, or its web address.",
)
EMAIL = Text(
    "Das ist keine E-Mail-Adresse; richtig ist zum Beispiel daten@example.org.",
    "This is no e-mail address; right is for example data@example.org.",
)
ADDRESSES = Text(
    'Hier steht eine Liste von Web-Adressen, zum Beispiel ["https://example.org/standard"].',
    'A list of web addresses stands here, such as ["https://example.org/standard"].',
)


@pytest.mark.parametrize(
    ("given", "place", "text"),
    [
        ('type = "City"', "sccon.toml:16, publisher.type", None),
        ('type = "LocalAutority"', "sccon.toml:16, publisher.type", ("LocalAuthority",)),
        ('[catalog]\nthemes = ["GOVE", "REGION"]', "sccon.toml:17, catalog.themes", ("REGI",)),
        ('[catalog]\nfrequency = "weekly"', "sccon.toml:17, catalog.frequency", ("WEEKLY",)),
        ('[catalog]\navailability = "STABEL"', "sccon.toml:17, catalog.availability", ("STABLE",)),
        ('[catalog]\naccess = "PUBLISH"', "sccon.toml:17, catalog.access", ("PUBLIC",)),
        ('[catalog]\ngeocoding_level = "city-state"', "sccon.toml:17, catalog.geocoding_level", ("state",)),
    ],
)
def test_a_code_that_is_in_no_list_is_refused_with_the_nearest(
    tmp_path: Path, given: str, place: str, text: tuple[str] | None
) -> None:
    found, refused = refusal(tmp_path, f"{SMALL}{given}\n")

    assert found == place
    assert refused.en.startswith("“") and "is not in the list http" in refused.en
    if text:
        assert refused.en.endswith(f"what may be meant: {text[0]}.")
        assert refused.de.endswith(f"gemeint sein könnte: {text[0]}.")


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("http://creativecommons.org/licenses/by/5.0/", "cc-by/4.0"),
        ("https://www.govdata.de/dl-de/by-2.0", "dl-by-de/2.0"),
    ],
)
def test_a_licence_that_is_in_no_list_is_refused_with_the_nearest(tmp_path: Path, given: str, near: str) -> None:
    place, text = refusal(tmp_path, edited("http://creativecommons.org/licenses/by/4.0/", given))

    assert place == "sccon.toml:4, license"
    assert text == wrong(given, f"{GERMAN}licenses/", f"{GERMAN}licenses/{near}")


def test_a_text_with_a_control_character_is_refused(tmp_path: Path) -> None:
    place, text = refusal(tmp_path, edited('de = "Titel"', 'de = "Ti\\u0001tel"'))

    assert place == "sccon.toml:9, title.de"
    assert text.en == "There is an invisible control character here; please type the text again."


@pytest.mark.parametrize(
    ("given", "place", "text"),
    [
        ('[contact]\nemail = "daten(at)example.org"', "sccon.toml:17, contact.email", EMAIL),
        ('[contact]\nemail = "a b@example.org"', "sccon.toml:17, contact.email", EMAIL),
        ('[catalog]\nthemes = "GOVE"', "sccon.toml:17, catalog.themes", LIST),
        ("[catalog]\nthemes = []", "sccon.toml:17, catalog.themes", TEXTS),
        ("[catalog.keywords]\nde = [1]", "sccon.toml:17, catalog.keywords.de", TEXTS),
        ('[catalog]\nkeywords.en = [" "]', "sccon.toml:17, catalog.keywords.en", TEXTS),
        ('[catalog]\nspatial = ["Ulm"]', "sccon.toml:17, catalog.spatial", PLACES),
        ('[catalog]\nconforms_to = ["DCAT"]', "sccon.toml:17, catalog.conforms_to", ADDRESSES),
        ('[catalog]\ncontributor = "a b"', "sccon.toml:17, catalog.contributor", CONTRIBUTOR),
        ('[catalog]\nsparql = "ftp://example.org/"', "sccon.toml:17, catalog.sparql", ADDRESS),
    ],
)
def test_a_wrong_setting_of_the_catalogue_is_refused_at_its_line(
    tmp_path: Path, given: str, place: str, text: Text
) -> None:
    assert refusal(tmp_path, f"{SMALL}{given}\n") == (place, text)


@pytest.mark.parametrize("site", ["https://example.org/", "example.org", "https://example.org/?a"])
def test_a_site_that_is_no_address_is_refused(tmp_path: Path, site: str) -> None:
    assert refusal(tmp_path, f'site = "{site}"\n{SMALL}') == ("sccon.toml:1, site", SITE)


def test_the_site_is_usually_the_base_without_its_last_part(tmp_path: Path) -> None:
    assert load(tmp_path, SMALL).site == "https://example.org"
    assert load(tmp_path, edited("example.org/id", "example.org/thing")).site == "https://example.org/thing"
    assert load(tmp_path, f'site = "https://files.example"\n{SMALL}').site == "https://files.example"


def test_lists_keep_blanks_in_their_texts(tmp_path: Path) -> None:
    settings = load(tmp_path, f'{SMALL}[catalog]\nkeywords.de = ["Bad Aibling", "Ulm"]\n')

    assert settings.lists["catalog.keywords.de"] == ("Bad Aibling", "Ulm")
    assert "catalog.themes" not in settings.lists


def test_a_table_that_does_not_exist_within_another_is_refused(tmp_path: Path) -> None:
    place, text = refusal(tmp_path, f'{SMALL}[catalog.keyword]\nde = ["a"]\n')

    assert place == "sccon.toml:16, catalog.keyword"
    assert text == unknown("catalog.keywords.en")
