"""A new publication: accepted as it is, with templates to fill, also where only the installed program is at hand."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from conftest import FOLDERS, ROOT, check, load, quiet, read_table
from sccon_lod import build, cli, project, scaffold
from sccon_lod.errors import ProjectError
from sccon_lod.findings import Severity
from sccon_lod.language import Text

STARTERS = ("mapping", "ontology", "shapes")
KINDS = sorted(path.stem for path in (ROOT / "data").glob("*.csv"))
BASE = project.EXAMPLE_BASE
MAIN = "from sccon_lod.cli import main; main()"
# What stands for the column that names a record; every other column is described by some shape.
IDENTIFIER = "Kennung aus Kleinbuchstaben, Ziffern und Bindestrichen"

Tables = dict[str, set[str]]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A new publication."""
    folder = tmp_path / "demo"
    scaffold.make(folder)
    return folder


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new publication that no test changes."""
    folder = tmp_path_factory.mktemp("pristine") / "demo"
    scaffold.make(folder)
    return folder


def template(made: Path, kind: str) -> list[list[str]]:
    """Return the rows of a template as a spreadsheet program reads them."""
    return list(csv.reader(io.StringIO((made / "data" / f"{kind}.csv").read_text(encoding="utf-8-sig"), newline="")))


def fill(made: Path, kind: str, cells: dict[str, str]) -> None:
    """Write a record below the last row of a template."""
    header = template(made, kind)[0]
    assert cells.keys() <= set(header)
    with (made / "data" / f"{kind}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([cells.get(column, "") for column in header])


def published(made: Path) -> set[str]:
    outcome = build.build(load(made), quiet)
    assert outcome.folder is not None, [each.line("en") for each in outcome.findings]
    return set((outcome.folder / "demo.nt").read_text(encoding="utf-8").splitlines())


def contents(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def refusal(folder: Path) -> tuple[str, Text]:
    with pytest.raises(ProjectError) as caught:
        scaffold.make(folder)
    return str(caught.value.origin), caught.value.text


@cache
def columns_read() -> Tables:
    """Return the columns of each file that the text of the mapping names, found without the program."""
    read: Tables = {}
    for path in sorted((ROOT / "mapping").glob("*.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        for each in document["mappings"].values():
            source = document["sources"][each["sources"]]
            read.setdefault(Path(source["access"]).stem, set()).update(named(each), source.get("split", {}))
    return read


def maps(kind: str) -> list[dict[str, object]]:
    return list(yaml.safe_load((ROOT / "mapping" / f"{kind}.yaml").read_text(encoding="utf-8"))["mappings"].values())


def named(part: object) -> set[str]:
    """Return the columns that a part of a mapping names."""
    return set(re.findall(r"\$\(([^)]+)\)", str(part)))


def identities(kind: str) -> set[str]:
    """Return the columns that name the records of a file: those in the subjects that have a number."""
    return {column for each in maps(kind) if "dct:identifier" in str(each["po"]) for column in named(each["s"])}


def stated(kind: str) -> set[str]:
    """Return the columns of which something is said; others only name what is spoken of."""
    return {column for each in maps(kind) for column in named(each["po"])}


# --- a publication that is accepted


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_new_publication_is_made_and_accepted_by_check(language: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")

    new = CliRunner().invoke(cli.program, ["new", folder, "--lang", language])
    checked = CliRunner().invoke(cli.program, ["check", "-C", folder, "--lang", language])

    assert (new.exit_code, checked.exit_code) == (0, 0), new.output + checked.output
    assert f"sccon-lod check -C {folder}" in new.stdout
    assert ": violation: " not in checked.stdout


def test_a_new_publication_warns_of_nothing_but_its_example_base(made: Path) -> None:
    warned = [each for each in check(made).findings if each.severity is not Severity.INFO]

    assert [(each.rule, each.value) for each in warned] == [("base-example", BASE)]


def test_a_new_publication_has_no_records(made: Path) -> None:
    accounts = {each.file: each for each in check(made).accounts}

    assert accounts.pop("sccon.toml").records == 1
    assert {file: (each.records, each.unread, each.skipped) for file, each in accounts.items()} == {
        f"data/{kind}.csv": (0, 0, 1) for kind in KINDS
    }


def test_mapping_shapes_and_vocabulary_are_those_of_this_publication(made: Path) -> None:
    for name in STARTERS:
        assert contents(made / name) == contents(ROOT / name)


def test_a_release_of_a_new_publication_is_not_committed(made: Path) -> None:
    assert (made / ".gitignore").read_text(encoding="utf-8") == "public/\nquarantine/\n"


def keys(given: Mapping[str, Any], table: str = "") -> Iterator[str]:
    for key, value in given.items():
        yield from keys(value, f"{table}{key}.") if isinstance(value, dict) else (f"{table}{key}",)


def test_every_setting_that_is_needed_stands_in_the_settings(made: Path) -> None:
    given = tomllib.loads((made / "sccon.toml").read_text(encoding="utf-8"))

    flat = set(keys(given))

    assert {key for key, setting in project.SETTINGS.items() if setting.needed} <= flat <= set(project.SETTINGS)


def test_two_new_publications_of_one_name_are_the_same(made: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "demo"

    scaffold.make(other)

    assert contents(other) == contents(made)


# --- templates


def test_there_is_a_template_for_each_table_of_this_publication(pristine: Path) -> None:
    assert sorted(path.name for path in (pristine / "data").iterdir()) == [f"{kind}.csv" for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_the_header_of_a_template_holds_exactly_the_columns_that_the_mapping_reads(kind: str, pristine: Path) -> None:
    header = template(pristine, kind)[0]

    assert len(header) == len(set(header))
    assert set(header) == columns_read()[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_begins_with_the_columns_that_name_a_record(kind: str, pristine: Path) -> None:
    header = template(pristine, kind)[0]

    assert set(header[: len(identities(kind))]) == identities(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_a_row_of_hints_and_nothing_below_it(kind: str, pristine: Path) -> None:
    header, *rows = template(pristine, kind)

    assert len(rows) == 1
    assert rows[0][0].startswith("# ")
    assert len(rows[0]) == len(header)
    assert all(cell.strip("# ") for cell in rows[0])


@pytest.mark.parametrize("kind", KINDS)
def test_only_columns_that_name_a_record_have_the_hint_for_identifiers(kind: str, pristine: Path) -> None:
    header, hints = template(pristine, kind)

    undescribed = {column for column, hint in zip(header, hints, strict=True) if hint.startswith(IDENTIFIER)}

    assert undescribed & stated(kind) <= identities(kind)


HINTS = [
    ("person", "family_name", "Nachname: Der Nachname mit allen Zusätzen wie „von“. Zum Beispiel: Geywitz"),
    ("project", "funding", "Fördersumme: Der Betrag der Förderung mit seiner Währung. Zum Beispiel: 15,75 Mio. EUR"),
    ("event", "starts_at", "Beginn: "),
    ("organisation", "homepage", "Startseite: "),
    ("event", "topics", "Mehrere durch | getrennt."),
    ("event", "name_en", "Name (englisch): "),
]


@pytest.mark.parametrize(("kind", "column", "hint"), HINTS, ids=[f"{kind}-{column}" for kind, column, _ in HINTS])
def test_a_hint_says_what_the_shapes_say_of_the_column(kind: str, column: str, hint: str, pristine: Path) -> None:
    header, hints = template(pristine, kind)

    assert hint in dict(zip(header, hints, strict=True))[column]


def test_the_hints_are_in_german(pristine: Path) -> None:
    hints = [hint for kind in KINDS for hint in template(pristine, kind)[1]]

    assert not [hint for hint in hints if re.search(r"\b(the|of|and|which|for)\b", hint)]


@pytest.mark.parametrize("kind", KINDS)
def test_spreadsheet_programs_read_a_template_as_utf_8(kind: str, pristine: Path) -> None:
    raw = (pristine / "data" / f"{kind}.csv").read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\xef\xbb\xbf") == 1
    assert raw.count(b"\r\n") == raw.count(b"\n") == 2


SOURCE = {"id": "website", "headline_de": "Unsere Seite"}
PERSON = {"id": "ada", "name": "Ada Beispiel", "family_name": "Beispiel", "given_name": "Ada", "source": "website"}
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
STATEMENTS = f"""\
<{BASE}/person/ada> {RDF_TYPE} <http://schema.org/Person> .
<{BASE}/person/ada> {RDF_TYPE} <http://www.w3.org/ns/person#Person> .
<{BASE}/person/ada> {RDF_TYPE} <http://xmlns.com/foaf/0.1/Agent> .
<{BASE}/person/ada> {RDF_TYPE} <http://xmlns.com/foaf/0.1/Person> .
<{BASE}/person/ada> <http://schema.org/familyName> "Beispiel" .
<{BASE}/person/ada> <http://schema.org/givenName> "Ada" .
<{BASE}/person/ada> <http://schema.org/name> "Ada Beispiel"@de .
<{BASE}/person/ada> <http://schema.org/name> "Ada Beispiel"@en .
<{BASE}/person/ada> <http://www.w3.org/ns/prov#hadPrimarySource> <{BASE}/source/website> .
<{BASE}/person/ada> <http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}/record/person/ada> .
<{BASE}/person/ada> <http://xmlns.com/foaf/0.1/familyName> "Beispiel"@de .
<{BASE}/person/ada> <http://xmlns.com/foaf/0.1/givenName> "Ada"@de .
<{BASE}/person/ada> <http://xmlns.com/foaf/0.1/name> "Ada Beispiel"@de .
<{BASE}/person/ada> <http://xmlns.com/foaf/0.1/name> "Ada Beispiel"@en .
<{BASE}/record/person/ada> {RDF_TYPE} <http://www.w3.org/ns/prov#Entity> .
<{BASE}/record/person/ada> <http://purl.org/dc/terms/identifier> "ada" .
<{BASE}/record/person/ada> <http://www.w3.org/ns/prov#hadPrimarySource> <{BASE}/source/website> .
""".splitlines()


def test_a_record_in_a_template_is_published(made: Path) -> None:
    before = published(made)
    fill(made, "source", SOURCE)
    fill(made, "person", PERSON)

    added = published(made) - before

    said = sorted(each for each in added if each.startswith((f"<{BASE}/person/ada>", f"<{BASE}/record/person/ada>")))
    assert said == sorted(STATEMENTS)
    assert f'<{BASE}/source/website> <http://schema.org/headline> "Unsere Seite"@de .' in added


def test_a_template_gives_the_same_without_its_row_of_hints(made: Path) -> None:
    fill(made, "source", SOURCE)
    with_hints = published(made)
    path = made / "data" / "source.csv"
    header, _, *records = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([header, *records]))

    assert published(made) == with_hints


def test_a_mistake_in_a_template_is_found_below_the_row_of_hints(made: Path) -> None:
    fill(made, "source", {**SOURCE, "published": "bald"})

    found = [each for each in check(made).findings if each.severity is Severity.VIOLATION]

    assert [str(each.origin) for each in found] == ["data/source.csv:3, published"]


def test_the_templates_have_a_place_for_all_that_this_publication_says(made: Path, released: Path) -> None:
    (made / "sccon.toml").write_bytes((ROOT / "sccon.toml").read_bytes())
    for kind in KINDS:
        for row in read_table(ROOT / "data" / f"{kind}.csv"):
            fill(made, kind, {column: cell for column, cell in row.items() if cell})

    folder = build.build(load(made), quiet).folder

    assert folder is not None
    assert (folder / "sccon.nt").read_bytes() == (released / "sccon.nt").read_bytes()


# --- names


NAMES = {
    "demo": "demo",
    "Meine.Daten 2026": "meine-daten-2026",
    " a  b ": "a-b",
    "v1.0": "v1-0",
    ".hidden": "hidden",
    "a_b": "a-b",
    "---": "records",
    "!§$%": "records",
    "日本": "records",
    "2026": "2026",
}


@pytest.mark.parametrize(("folder", "name"), NAMES.items(), ids=map(repr, NAMES))
def test_the_name_of_the_folder_becomes_the_name_of_the_publication(folder: str, name: str, tmp_path: Path) -> None:
    scaffold.make(tmp_path / folder)

    assert project.load(tmp_path / folder).name == name


@pytest.mark.parametrize("folder", ["Köln", "Straße & Platz", "Ä", "İstanbul", "\N{FULLWIDTH DIGIT ONE}", 'a"b\\c'])
def test_a_folder_with_odd_letters_becomes_a_publication_that_is_accepted(folder: str, tmp_path: Path) -> None:
    scaffold.make(tmp_path / folder)

    name = project.load(tmp_path / folder).name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert check(tmp_path / folder).is_publishable


def test_the_folder_one_is_in_gives_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    scaffold.make(Path())

    assert project.load(Path()).name == "here"


# --- refusals


NOT_EMPTY = Text(
    "Der Ordner ist nicht leer; bitte einen neuen Namen wählen.",
    "The folder is not empty; please choose a new name.",
)


def cannot_be_made(reason: str) -> Text:
    return Text(
        f"Der Ordner kann nicht angelegt werden ({reason}); bitte einen anderen Ort wählen.",
        f"The folder cannot be made ({reason}); please choose another place.",
    )


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()

    scaffold.make(tmp_path / "demo")

    assert check(tmp_path / "demo").is_publishable


def test_folders_above_are_made_too(tmp_path: Path) -> None:
    scaffold.make(tmp_path / "city" / "records" / "demo")

    assert check(tmp_path / "city" / "records" / "demo").is_publishable


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "sccon.toml", "data"])
def test_a_folder_that_is_not_empty_is_refused_and_left_as_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")

    assert refusal(tmp_path) == (str(tmp_path), NOT_EMPTY)
    assert contents(tmp_path) == {name: b"mine"}


def test_a_publication_is_not_made_twice(made: Path) -> None:
    fill(made, "source", SOURCE)
    before = contents(made)

    assert refusal(made) == (str(made), NOT_EMPTY)
    assert contents(made) == before


def test_a_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")

    assert refusal(file) == (str(file), cannot_be_made("File exists"))
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_place_below_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")

    assert refusal(file / "demo") == (str(file / "demo"), cannot_be_made("Not a directory"))


def test_a_name_that_the_system_does_not_take_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 300)

    assert refusal(folder) == (str(folder), cannot_be_made("File name too long"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_place_one_may_not_write_to_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    assert refusal(tmp_path / "demo") == (str(tmp_path / "demo"), cannot_be_made("Permission denied"))


# --- the installed program


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the wheel, which is built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "dist").iterdir()
    zipfile.ZipFile(wheel).extractall(folder / "installed")
    return folder / "installed"


def elsewhere(installed: Path, place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the installed program, outside the repository and with a home that is empty."""
    home, here = place / "home", place / "here"
    home.mkdir(exist_ok=True)
    here.mkdir(exist_ok=True)
    alone = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(installed)}
    command = [sys.executable, "-W", "error", *arguments]
    return subprocess.run(command, cwd=here, env=alone, capture_output=True, text=True, check=False)


def test_the_wheel_holds_the_starter_files_and_no_records(installed: Path) -> None:
    starter = installed / "sccon_lod" / "starter"

    # Pages are looked for there, and not copied.
    assert sorted(path.name for path in starter.iterdir()) == sorted([*STARTERS, "pages"])
    for name in [*STARTERS, "pages"]:
        assert contents(starter / name) == contents(ROOT / name)
    assert not list(installed.rglob("*.csv"))
    assert {path.name.partition("-")[0] for path in installed.iterdir()} == {"sccon_lod"}


def test_the_installed_program_makes_and_checks_a_publication(installed: Path, tmp_path: Path) -> None:
    new = elsewhere(installed, tmp_path, "-c", MAIN, "new", "demo")
    checked = elsewhere(installed, tmp_path, "-c", MAIN, "check", "-C", "demo")

    assert (new.returncode, new.stderr) == (0, "")
    assert (checked.returncode, checked.stderr) == (0, "")
    made = tmp_path / "here" / "demo"
    assert sorted(path.name for path in made.iterdir()) == sorted(
        [*FOLDERS, "sccon.toml", ".gitattributes", ".gitignore"]
    )
    assert not contents(tmp_path / "home")


def test_the_installed_program_publishes_a_publication(installed: Path, tmp_path: Path) -> None:
    elsewhere(installed, tmp_path, "-m", "sccon_lod", "new", "demo")
    built = elsewhere(installed, tmp_path, "-m", "sccon_lod", "build", "-C", "demo")

    assert (built.returncode, built.stderr) == (0, "")
    assert (tmp_path / "here" / "demo" / "public" / "current" / "demo.ttl").is_file()


def test_the_installed_program_takes_its_starter_files_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "from sccon_lod import scaffold; print(scaffold.__file__)"
    marked = tmp_path / "marked"
    shutil.copytree(installed, marked)
    with (marked / "sccon_lod" / "starter" / "mapping" / "event.yaml").open("a", encoding="utf-8") as file:
        file.write("# of the wheel\n")

    place = elsewhere(marked, tmp_path, "-c", where).stdout.strip()
    elsewhere(marked, tmp_path, "-c", MAIN, "new", "demo")

    assert Path(place) == marked / "sccon_lod" / "scaffold.py"
    made = (tmp_path / "here" / "demo" / "mapping" / "event.yaml").read_text(encoding="utf-8")
    assert made.endswith("# of the wheel\n")


def test_the_installed_program_knows_its_version(installed: Path, tmp_path: Path) -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        version = tomllib.load(file)["project"]["version"]

    shown = elsewhere(installed, tmp_path, "-c", MAIN, "--version").stdout

    assert shown.split()[-1] == version
