"""The examples: each comes out as its README says, from its handful of records and from the whole source, and no
contact of a person is in what it publishes.

`--golden` writes the accounts in the READMEs anew.
"""

import csv
import json
import re
import shutil
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from conftest import ROOT, load, overlay, quiet, shared
from sccon_lod import build, shapes
from sccon_lod.build import Outcome, Publication
from sccon_lod.findings import Finding, Severity, State, grouped
from sccon_lod.holding import DANGLING
from sccon_lod.publish import reports

EXAMPLES = ROOT / "examples"
FOLDERS = ("mapping", "ontology", "shapes")


@dataclass(frozen=True)
class Private:
    """What of a source must not be published: `fields` that tell how to reach a person.

    `known` are addresses that stand in other fields and are published with them, as the README says.
    """

    fields: tuple[str, ...]
    known: frozenset[str] = frozenset()


PRIVATE = {
    "digital-public-goods": Private(("contact_name", "contact_email")),
    "frab-schedules": Private(("biography", "answers")),
    "leipziger-ecken": Private(("contact", "email", "description")),
    # A name that was typed in as an address, and an advertisement as a place: two rules hold these records back.
    "opendataday": Private(
        ("organisers", "Organisers", "Organizers"), frozenset({"opendataday@okfn.org", "(0818-740-114"})
    ),
    "publicbodies": Private(("phone", "email", "address", "contact")),
}
# How the people of a source are called may be the name of an organisation as well.
NAMES_OF_PEOPLE = ("contact_name",)

_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![A-Za-z0-9-])")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()/.\u00a0-]{6,}[0-9]")
_UNREAD = ("row-quotes", "row-length", "row-json", "row-structure", "cell-encoding", "file-unreadable")
_UNUSABLE = ("cell-conversion", "cell-datatype", "cell-iri", "cell-language")


# --- the two publications of each example


def lay_out(name: str, folder: Path) -> Path:
    """Copy an example to `folder`, without its records."""
    for each in FOLDERS:
        shutil.copytree(EXAMPLES / name / each, folder / each)
    shutil.copy(EXAMPLES / name / "sccon.toml", folder)
    return folder


def with_the_handful(name: str, folder: Path) -> Path:
    shutil.copytree(EXAMPLES / name / "data", lay_out(name, folder) / "data")
    return folder


def with_the_whole_source(name: str, folder: Path) -> Path:
    overlay(shared(f"records/{name}"), lay_out(name, folder) / "data")
    return folder


Layer = Callable[[str, Path], Path]
LAYERS: tuple[Layer, ...] = (with_the_handful, with_the_whole_source)


@dataclass(frozen=True)
class Run:
    """What came of a publication: its findings, its account as the README has it, its statements as N-Triples."""

    outcome: Outcome
    account: str
    statements: str


@cache
def run(name: str, layer: Layer) -> Run:
    with TemporaryDirectory() as place:
        folder = layer(name, Path(place) / "publication")
        publication = load(folder)
        outcome = build.check(publication, quiet)
        return Run(outcome, account(outcome), statements_of(publication))


def statements_of(publication: Publication) -> str:
    """Return all statements of a publication as N-Triples, also those of records that are held back."""
    return "\n".join(build.statements_of(publication))


# --- the account as the README has it


def account(outcome: Outcome) -> str:
    """Return what became of the records of each source, by which rules, and the last line of `sccon-lod check`."""
    lines = ["| rows of | rows | published | held back | of these unread | skipped |", "|---|---|---|---|---|---|"]
    for each in sorted(outcome.accounts, key=lambda each: each.file):
        states = each.states
        numbers = (each.rows, states[State.PUBLISHED], states[State.HELD_BACK], each.unread, each.skipped)
        lines.append(f"| `{each.file}` | {' | '.join(map(str, numbers))} |")
    lines += ["", "| rule | severity | findings | records | what becomes of them |", "|---|---|---|---|---|"]
    for severity, rule, found in grouped(outcome.findings):
        records = {(each.origin.file, each.origin.line, each.origin.path) for each in found}
        fate = what_becomes(rule, severity)
        lines.append(f"| `{rule}` | {severity.word} | {len(found)} | {len(records)} | {fate} |")
    verdict = "".join(reports.verdict(outcome.findings, outcome.statements, "en")).strip()
    assert outcome.is_publishable, outcome.refusal
    return "\n".join([*lines, "", f"`{verdict}`"])


def what_becomes(rule: str, severity: Severity) -> str:
    if rule in _UNREAD:
        return "row not read, held back"
    if rule in _UNUSABLE:
        return "statement left out, record held back"
    if rule == DANGLING:
        return "reference left out"
    if rule == "row-silent":
        return "nothing is said"
    return "record held back" if severity is Severity.VIOLATION else "published"


def compare(name: str, title: str, text: str, golden: bool) -> None:
    """Compare the account below a title of the README, between two comments, with what came out."""
    path = EXAMPLES / name / "README.md"
    readme = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {title}: written by the tests -->", "<!-- end -->"
    before, found, rest = readme.partition(begin)
    assert found, f"{path.name} has the line {begin}"
    told, found, after = rest.partition(end)
    assert found, f"{path.name} has the line {end}"
    if golden:
        path.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
        return
    assert told.strip() == text


# --- what must not be published


def private_texts(folder: Path, fields: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the fields that tell how to reach a person, with their texts, from all tables and trees of a folder."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    for key, cell in row.items():
                        if isinstance(cell, str) and str(key).strip() in fields:
                            yield str(key).strip(), cell
        elif path.suffix in (".json", ".geojson"):
            yield from _texts_in(document(path), fields, "")


def document(path: Path) -> object:
    """Return a document; None for a link that stands as a file without JSON where it was written out on Windows."""
    text = path.read_text(encoding="utf-8")
    return None if text.startswith("..") or not text.startswith(("{", "[")) else json.loads(text)


def _texts_in(value: object, fields: tuple[str, ...], within: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _texts_in(each, fields, within or (key if key in fields else ""))
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each, fields, within)
    elif isinstance(value, str) and within:
        yield within, value


def contacts(folder: Path, private: Private) -> set[str]:
    """Return all e-mail addresses, telephone numbers and names of contacts in the private fields of a source."""
    found: set[str] = set()
    for field, text in private_texts(folder, private.fields):
        # A soft hyphen may stand anywhere within a word of a web page.
        plain = text.replace("\u00ad", "")
        found.update(_MAIL.findall(plain))
        # A number in a web address is that of a page; one of more than 15 digits is none (ITU-T E.164).
        numbers = _PHONE.findall(_URL.sub(" ", plain))
        found.update(each.strip() for each in numbers if 6 < len(re.sub(r"\D", "", each)) < 16)
        if field in NAMES_OF_PEOPLE and plain.strip():
            found.add(plain.strip())
    return found


def organisations(folder: Path) -> set[str]:
    """Return the names of the organisations of a source, of which some are those of persons."""
    found: set[str] = set()
    for path in folder.rglob("*.json"):
        whole = document(path)
        if isinstance(whole, dict):
            found.update(str(each["name"]).strip() for each in whole.get("organizations", ()))
    return found


def readable(statements: str) -> str:
    """Return a dump with the escapes of its IRIs and texts undone, so that an address cannot hide in one."""
    plain = urllib.parse.unquote(statements).replace("\u00ad", "")
    return plain.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")


def published_contacts(name: str, layer: Layer, folder: Path) -> tuple[set[str], set[str]]:
    """Return the contacts of the source, and those of them, or of any other kind, that are published."""
    private = PRIVATE[name]
    layer(name, folder)
    named = organisations(folder / "data")
    known = {each for each in contacts(folder / "data", private) if not any(each in other for other in named)}
    published = readable(run(name, layer).statements)
    leaked = {each for each in known if each in published} | set(_MAIL.findall(published))
    return known, leaked - private.known


# --- tests


@pytest.mark.parametrize("name", PRIVATE)
def test_the_handful_comes_out_as_the_readme_says(name: str, golden: bool) -> None:
    compare(name, "account of the handful", run(name, with_the_handful).account, golden)


@pytest.mark.parametrize("name", PRIVATE)
def test_the_whole_source_comes_out_as_the_readme_says(name: str, golden: bool) -> None:
    shared(f"records/{name}")

    compare(name, "account of the whole source", run(name, with_the_whole_source).account, golden)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("name", PRIVATE)
def test_no_contact_of_a_person_is_published(name: str, layer: Layer, tmp_path: Path) -> None:
    known, leaked = published_contacts(name, layer, tmp_path / "publication")

    assert known
    assert leaked == set()


@pytest.mark.parametrize("name", PRIVATE)
def test_something_is_published_of_each_source_of_an_example(name: str) -> None:
    outcome = run(name, with_the_handful).outcome

    assert all(each.states[State.PUBLISHED] for each in outcome.accounts if each.records > 1)


@pytest.mark.parametrize("name", PRIVATE)
def test_the_handful_shows_a_finding(name: str) -> None:
    found: Sequence[Finding] = run(name, with_the_handful).outcome.findings

    assert any(each.severity is Severity.VIOLATION for each in found)


@pytest.mark.parametrize("name", PRIVATE)
def test_the_handful_holds_no_contact_of_a_real_person(name: str) -> None:
    found = contacts(EXAMPLES / name / "data", PRIVATE[name])

    # example.org is reserved for documentation (RFC 2606), the number belongs to nobody.
    assert found <= {"jo.beispiel@example.org", "+49 30 5550100", "Jo Beispiel"}


@pytest.mark.parametrize("name", PRIVATE)
def test_every_rule_of_an_example_speaks_both_languages(name: str) -> None:
    rules = shapes.read(EXAMPLES / name).constraints()

    silent = [each.name for each in rules if each.is_asked and not (each.message.de and each.message.en)]
    same = [each.name for each in rules if each.is_asked and each.message.de == each.message.en]
    assert rules
    assert silent == same == []


@pytest.mark.parametrize("name", PRIVATE)
def test_the_licence_and_the_source_stand_in_the_readme_and_in_the_dataset(name: str) -> None:
    readme = (EXAMPLES / name / "README.md").read_text(encoding="utf-8")
    settings = load(EXAMPLES / name).project.settings

    assert f" ({settings['license']})" in (said := " ".join(readme.split()))
    assert settings["rights.en"].rstrip(".") in said.replace(f" ({settings['license']})", "")


def test_no_example_is_lost() -> None:
    assert sorted(path.name for path in EXAMPLES.iterdir() if path.is_dir()) == sorted(PRIVATE)
