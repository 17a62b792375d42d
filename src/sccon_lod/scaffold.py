"""A new, empty publication: the vocabulary, shapes and mapping of this one, and a table for each kind."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

from sccon_lod import notations, project, shapes, starters, vocabulary
from sccon_lod.errors import Origin, ProjectError
from sccon_lod.language import Text
from sccon_lod.mapping import Mapping, Source, Template, Term, columns
from sccon_lod.shapes import Property, Shapes

_FOLDERS = ("mapping", "ontology", "shapes")
_FIRST_DAY = "2026-01-01"  # no clock: a date to be changed like the rest


_IDENTIFIER = "Kennung aus Kleinbuchstaben, Ziffern und Bindestrichen, zum Beispiel sccon-2022"


def make(folder: Path) -> None:
    """Make an empty publication in `folder`, which must not exist or be empty. Raises ProjectError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ProjectError(
                Origin(str(folder)),
                Text(
                    "Der Ordner ist nicht leer; bitte einen neuen Namen wählen.",
                    "The folder is not empty; please choose a new name.",
                ),
            )
        _fill(folder)
    except OSError as error:
        raise ProjectError(
            Origin(str(folder)),
            Text(
                f"Der Ordner kann nicht angelegt werden ({error.strerror}); bitte einen anderen Ort wählen.",
                f"The folder cannot be made ({error.strerror}); please choose another place.",
            ),
        ) from error


def _fill(folder: Path) -> None:
    for name in _FOLDERS:
        shutil.copytree(starters.folder(name), folder / name)
    (folder / project.FILE).write_text(_settings(folder), encoding="utf-8")
    (folder / ".gitignore").write_text("public/\nquarantine/\n", encoding="utf-8")
    # What the program reads byte by byte keeps its line ends on every system.
    (folder / ".gitattributes").write_text("identity.csv -text\nsuppressed.csv -text\n", encoding="utf-8")
    words = vocabulary.read(folder, project.load(folder).base)
    mapping = notations.read(folder, words.prefixes, project.load(folder).external)
    rules = shapes.read(folder)
    for source in _sources(mapping):
        path = folder / source.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_template(mapping, source, rules), encoding="utf-8-sig", newline="")


def _sources(mapping: Mapping) -> list[Source]:
    files = {each.source.file: each.source for each in mapping.maps if each.source.file != project.FILE}
    return list(files.values())


def _template(mapping: Mapping, source: Source, rules: Shapes) -> str:
    """Return a table with a header and, below it, a row of hints in German, that is no record."""
    hints = dict(_hints(mapping, source, rules))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(hints)
    first, *rest = hints.values()
    writer.writerow([f"# {first}", *rest])
    return text.getvalue()


def _hints(mapping: Mapping, source: Source, rules: Shapes) -> Iterator[tuple[str, str]]:
    """Yield each column that is read with its hint: first what names the record, then as the mapping reads them."""
    maps = [each for each in mapping.maps if each.source.file == source.file]
    # What names the records of a table is the subject of its first map; other maps say more about other things.
    named = columns(maps[0].subject)
    order = dict.fromkeys(named)
    hints: dict[str, str] = {}
    for each in maps:
        for rule in each.rules:
            told = rules.describing(rule.predicate, Path(source.file).stem)
            read = columns(rule.object, *each.conditions, *rule.conditions)
            order.update(dict.fromkeys([*read, *columns(each.subject)]))
            for column in read:
                if told and column not in named:
                    hints.setdefault(column, _hint(told, rule.object, source.split.get(column, "")))
    for column in order:
        yield column, hints.get(column, _IDENTIFIER)


def _hint(told: Property, term: object, separator: str) -> str:
    spoken: dict[Template, str] = {("de",): " (deutsch)", ("en",): " (englisch)"}
    language = spoken.get(term.language, "") if isinstance(term, Term) else ""
    example = f" Zum Beispiel: {told.example}" if told.example and language != " (englisch)" else ""
    several = f" Mehrere durch {separator} getrennt." if separator else ""
    return f"{told.title.de}{language}: {told.hint.de}{example}{several}"


def _settings(folder: Path) -> str:
    """Return a sccon.toml that is accepted as it is; the base IRI is an example until it is changed."""
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in folder.resolve().name)
    stem = "-".join(filter(None, name.lower().split("-")))[:40].strip("-")
    stem = f"{stem}-records" if stem in project.TAKEN else stem or "records"
    return f"""# Die Veröffentlichung als Ganzes. / The publication as a whole.

# Kurzer Name, Stamm der Dateinamen. / Short name, stem of file names.
name = "{stem}"
# Basis-IRI aller Datensätze; vor der ersten Veröffentlichung ändern, danach nie mehr.
# Base IRI of all records; change it before the first release, and never after it.
base = "{project.EXAMPLE_BASE}"
# Die erste Sprache gilt für Meldungen. / The first language is that of messages.
languages = ["de", "en"]
license = "http://creativecommons.org/licenses/by/4.0/"
issued = {_FIRST_DAY}

[title]
de = "Neue Veröffentlichung"
en = "New publication"

[description]
de = "Was diese Daten beschreiben, woher sie stammen und wer sie pflegt."
en = "What these data describe, where they are from and who keeps them."

[publisher]
name = "Name der herausgebenden Stelle"
# Art der Stelle: LocalAuthority, RegionalAuthority, NationalAuthority … / Type of the body.
type = "LocalAuthority"

# Wen man fragen kann; das sehen alle: eine Stelle, keine Person. / Whom to ask; everybody sees it: a team, no person.
[contact]
name = "Name der Ansprechstelle"

# Was im Katalog steht; die Codes stehen in docs/steward-guide.md. / What the catalogue says.
[catalog]
themes = ["GOVE"]
keywords.de = ["Veranstaltung"]
keywords.en = ["event"]
frequency = "IRREG"
availability = "AVAILABLE"
geocoding_level = "municipality"
spatial = ["http://publications.europa.eu/resource/authority/country/DEU"]
"""
