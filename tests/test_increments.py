"""Releases made from the last one, which have the bytes of releases that are made from nothing."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

import pytest

import small
from conftest import load, quiet
from sccon_lod import build, increments, memory, project, suppressing, verification
from sccon_lod.build import Outcome
from sccon_lod.publish import release
from sccon_lod.sql import blocks

COLUMNS = ("id", "name", "note", "seats", "topics", "part_of", "person", "about_person", "type", "venue", "url")
MAPPING = """
sources:
  event: {access: data/event.csv, referenceFormulation: csv, split: {topics: "|"}}
  person: [data/person.jsonl~jsonpath]
mappings:
  event:
    sources: event
    s: id:event/$(id)
    po:
      - [a, [schema:Event, ex:$(type)~iri]]
      - [dct:identifier, $(id)]
      - [schema:name, $(name), de~lang]
      - [schema:about, topic:$(topics)~iri]
      - [foaf:homepage, $(url)~iri]
      - [ex:seats, $(seats), xsd:integer]
      - [ex:note, $(note)]
      - [schema:superEvent, id:event/$(part_of)~iri]
      - [ex:other, id:person/$(person)~iri]
  part:
    sources: event
    s: id:event/$(id)#part
    po:
      - [a, ex:Part]
      - [ex:note, $(note)]
  venue:
    sources: event
    s: id:venue/$(venue)
    po:
      - [a, ex:Venue]
      - [schema:name, $(venue), de~lang]
      - [ex:other, id:venue/$(venue)#door~iri]
  door:
    sources: event
    s: id:venue/$(venue)#door
    po:
      - [a, ex:Door]
  person:
    sources: person
    s: id:person/$(id)
    po:
      - [a, schema:Person]
      - [dct:identifier, $(id)]
      - [schema:name, $(name), de~lang]
      - [ex:other, id:person/$(knows)~iri]
  mention:
    sources: event
    s: id:person/$(person)
    po:
      - [ex:note, $(about_person)]
"""
OTHERS = "".join(
    f"shapes:{name} a sh:NodeShape ; sh:targetClass {target} ; sh:property shapes:{name}-{inner} .\n"
    f'shapes:{name}-{inner} sh:path {path} ; sh:codeIdentifier "{inner}" ; sh:name "{inner}"@de .\n'
    for name, target, inner, path in (
        ("Part", "ex:Part", "note", "ex:note"),
        ("Venue", "ex:Venue", "name", "schema:name"),
        ("Door", "ex:Door", "note", "ex:note"),
        ("Person", "schema:Person", "name", "schema:name"),
    )
)
SHAPES = small.shapes(
    seats="sh:maxInclusive 100 ; sh:severity sh:Warning",
    note='sh:pattern "^[a-z ]*$" ; sh:severity sh:Warning',
    name="sh:minCount 1",
)
LOOKING_FAR = small.shapes(
    seats="sh:maxInclusive 100 ; sh:severity sh:Warning",
    person="sh:path ex:other ; sh:class schema:Person ; sh:severity sh:Warning",
    above="sh:path ( schema:superEvent ex:note ) ; sh:maxCount 0 ; sh:severity sh:Info",
    below="sh:path [ sh:inversePath schema:superEvent ] ; sh:maxCount 2 ; sh:severity sh:Info",
)

Row = dict[str, str]


@dataclass
class Person:
    id: str
    name: str
    knows: list[str]


class Rows:
    """The rows of a publication, and edits of them."""

    def __init__(self, events: int, persons: int, random: Random) -> None:
        self.random = random
        self.fresh = events
        self.persons: list[Person] = [Person(f"p{each}", f"Person {each}", ["p1"]) for each in range(persons)]
        self.events = [self.event(f"e{each:04}") for each in range(events)]

    def event(self, name: str) -> Row:
        some = self.random.randrange(1000)
        return {
            "id": name,
            "name": f"Fest {some}",
            "seats": str(some % 90),
            "topics": ("water", "traffic", "water | traffic")[some % 3],
            "person": f"p{some % (len(self.persons) + 1)}",
            "type": ("A", "B")[some % 2],
            "venue": f"v{some % 7}",
            "url": f"https://example.net/{some}",
        }

    def write(self, folder: Path) -> None:
        (folder / "data/event.csv").write_text(small.table(self.events, COLUMNS), encoding="utf-8")
        lines = "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in self.persons)
        (folder / "data/person.jsonl").write_text(lines, encoding="utf-8")

    def any(self) -> Row:
        return self.random.choice(self.events)

    def add(self) -> None:
        self.fresh += 1
        place = self.random.choice([0, len(self.events), self.random.randrange(len(self.events))])
        name = self.random.choice([f"a{self.fresh}", f"e{self.fresh:04}", f"z{self.fresh}", f"e0001-{self.fresh}"])
        self.events.insert(place, self.event(name))

    def swap(self) -> None:
        one, other = (self.random.randrange(len(self.events)) for _ in range(2))
        self.events[one], self.events[other] = self.events[other], self.events[one]

    def remove(self) -> None:
        self.events.remove(self.any())

    def edit(self) -> None:
        person = self.random.choice(self.persons)
        some = str(self.random.randrange(1000))
        edits: list[Callable[[], object]] = [
            lambda: self.any().update(name=f'Ä "{some}"\\ \n x'),
            lambda: self.any().update(name=f"Feier {some}"),
            lambda: self.any().update(note=self.random.choice(["fine", "BAD", "", some])),
            lambda: self.any().update(seats=self.random.choice(["500", some, "7", ""])),
            lambda: self.any().update(part_of=self.any()["id"]),
            lambda: self.any().update(person=person.id),
            lambda: self.any().update(about_person=self.random.choice(["", "seen"])),
            lambda: self.any().update(type=self.random.choice(["A", "B", "C"])),
            lambda: self.any().update(venue=self.random.choice(["v1", "v2", f"w{some}"])),
            lambda: self.any().update(topics=self.random.choice(["", "water", "traffic | water"])),
            lambda: setattr(person, "name", f"Mensch {some}"),
            lambda: setattr(person, "knows", self.random.choice([[], ["p1", "p2"], ["p3"]])),
            lambda: self.persons.append(Person(f"q{some}", "Neu", [])),
            self.add,
            self.add,
            self.remove,
            self.swap,
        ]
        self.random.choice(edits)()


def publication(folder: Path, rows: Rows, shapes: str = SHAPES) -> Path:
    files = {"mapping/event.yaml": MAPPING, "shapes/event.ttl": shapes + OTHERS, "data/event.csv": ""}
    small.publication(folder, files)
    rows.write(folder)
    return folder


def contents(folder: Path) -> Mapping[str, bytes | str]:
    """Return all files that a build writes, but for what is remembered."""
    named = [folder / "identity.csv"]
    for each in ("public", "quarantine"):
        named += [path for path in (folder / each).rglob("*") if memory.FOLDER not in path.parts]
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in named
        if path.is_symlink() or path.is_file()
    }


def built(folder: Path) -> Outcome:
    return build.build(load(folder), quiet)


def plain(outcome: Outcome) -> Outcome:
    return replace(outcome, folder=None, quarantined=(), is_patched=False)


def copied(folder: Path) -> Path:
    """Return a copy of a publication in which nothing is remembered."""
    other = folder.with_name(f"{folder.name}-anew")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(folder, other, symlinks=True)
    memory.forget(other / "public")
    return other


def compared(folder: Path) -> Outcome:
    """Build a publication, and a copy in which nothing is remembered; return what became of it."""
    other = copied(folder)
    anew, outcome = built(other), built(folder)

    assert not anew.is_patched
    assert plain(outcome) == plain(anew)
    here, there = contents(folder), contents(other)
    assert [each for each in sorted({*here, *there}) if here.get(each) != there.get(each)] == []
    return outcome


@pytest.fixture
def by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write sources row by row that have a few rows, and cut dumps before every few subjects."""
    monkeypatch.setattr(blocks, "FEW", 10)
    monkeypatch.setattr(increments, "EVERY", 5)


def begun(folder: Path, seed: int = 0, events: int = 20, shapes: str = SHAPES) -> Rows:
    """Publish some rows for the first time."""
    rows = Rows(events, 11, Random(seed))  # noqa: S311 - repeatable, no secret
    publication(folder, rows, shapes)
    assert built(folder).changed
    return rows


def rename(rows: Rows, folder: Path, name: str = "Neu") -> None:
    """Change one cell."""
    rows.events[7]["name"] = name
    rows.write(folder)


@pytest.mark.usefixtures("by_row")
@pytest.mark.parametrize("shapes", [SHAPES, LOOKING_FAR], ids=["near", "far"])
@pytest.mark.parametrize("seed", range(2))
def test_a_release_has_the_bytes_of_one_that_is_made_from_nothing(seed: int, shapes: str, tmp_path: Path) -> None:
    rows = begun(tmp_path / "here", seed, shapes=shapes)
    patched = 0
    for _ in range(4):
        for _ in range(rows.random.choice([0, 1, 1, 1, 2, 4])):
            rows.edit()
        rows.write(tmp_path / "here")
        patched += compared(tmp_path / "here").is_patched

    assert patched >= 1


def test_so_it_has_where_all_rows_become_facts(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here", 5)
    for _ in range(3):
        rows.edit()
        rows.write(tmp_path / "here")
        compared(tmp_path / "here")
    rename(rows, tmp_path / "here")

    assert compared(tmp_path / "here").is_patched


def test_so_it_has_where_the_engine_reads_a_large_file_itself(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here", 6, events=1_500)
    rename(rows, tmp_path / "here")

    assert compared(tmp_path / "here").is_patched


@pytest.mark.usefixtures("by_row")
@pytest.mark.parametrize("place", [0, 7, -1], ids=["first", "middle", "last"])
def test_an_added_row_is_put_in_its_place_and_taken_away_again(place: int, tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    name = {0: "a", 7: "e0007-b", -1: "z"}[place]
    rows.events.insert(place if place >= 0 else len(rows.events), rows.event(name))
    rows.write(tmp_path / "here")

    assert compared(tmp_path / "here").is_patched

    rows.events = [each for each in rows.events if each["id"] != name]
    rows.write(tmp_path / "here")
    outcome = compared(tmp_path / "here")

    assert outcome.changed
    assert not outcome.is_patched  # a tombstone is left


@pytest.mark.usefixtures("by_row")
def test_warnings_come_and_go(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rows.events[3]["seats"] = "500"
    rows.write(tmp_path / "here")
    first = compared(tmp_path / "here")
    rows.events[9]["note"] = "BAD"
    rows.write(tmp_path / "here")
    second = compared(tmp_path / "here")
    rows.events[3]["seats"] = "5"
    rows.write(tmp_path / "here")
    third = compared(tmp_path / "here")

    assert [len(each.findings) for each in (first, second, third)] == [1, 2, 1]
    assert all(each.is_patched for each in (first, second, third))


@pytest.mark.usefixtures("by_row")
def test_a_warning_stays_at_its_cell_where_rows_change_their_places(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rows.events[3]["seats"] = "500"
    rows.write(tmp_path / "here")
    built(tmp_path / "here")
    rows.events.insert(0, rows.events.pop())
    rows.write(tmp_path / "here")

    outcome = compared(tmp_path / "here")

    assert [str(each.origin) for each in outcome.findings] == ["data/event.csv:6, seats"]
    assert outcome.is_patched


@pytest.mark.usefixtures("by_row")
def test_a_row_that_is_held_back_is_not_taken_over(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rows.events[7]["seats"] = "many"
    rows.write(tmp_path / "here")
    outcome = compared(tmp_path / "here")

    assert outcome.held_back == 1
    assert not outcome.is_patched
    assert not (tmp_path / "here/public" / memory.FOLDER).exists()


@pytest.mark.usefixtures("by_row")
def test_where_nothing_has_changed_nothing_is_written(tmp_path: Path) -> None:
    begun(tmp_path / "here")
    outcome = compared(tmp_path / "here")

    assert outcome.is_patched
    assert not outcome.changed


# --- what is remembered, and whether it can be relied on


def cut(public: Path) -> None:
    path = public / memory.FOLDER / "memory.json"
    path.write_bytes(path.read_bytes()[:-40])


def lie(public: Path) -> None:
    path = public / memory.FOLDER / "memory.json"
    path.write_bytes(path.read_bytes().replace(b'"statements": ', b'"statements": 1'))


def lose(public: Path) -> None:
    memory.subjects(public).unlink()


def spoil(public: Path) -> None:
    path = memory.subjects(public)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def empty(public: Path) -> None:
    (public / memory.FOLDER / "memory.json").write_bytes(b"")


def touch(public: Path) -> None:
    (public / "current/small.nt").touch()


def damage(public: Path) -> None:
    """Change a byte of a release in such a way that its size and time are the same."""
    path = public / "current/small.nt"
    known = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Fest", b"Fast", 1))
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def damage_packed(public: Path) -> None:
    path = public / "current/small.nt.gz"
    known = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


@pytest.mark.usefixtures("by_row")
@pytest.mark.parametrize("act", [cut, lie, lose, spoil, empty, touch, damage, damage_packed])
def test_what_is_damaged_is_not_relied_on(act: Callable[[Path], None], tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rename(rows, tmp_path / "here")
    act(tmp_path / "here/public")
    outcome = compared(tmp_path / "here")

    assert outcome.changed
    assert not outcome.is_patched


@pytest.mark.usefixtures("by_row")
@pytest.mark.parametrize("name", ["sccon.toml", "mapping/event.yaml", "shapes/event.ttl", "ontology/prefixes.ttl"])
def test_what_a_release_was_made_with_decides(name: str, tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rename(rows, tmp_path / "here")
    with (tmp_path / "here" / name).open("a", encoding="utf-8") as file:
        file.write("\n# Another line.\n")

    assert not compared(tmp_path / "here").is_patched


@pytest.mark.usefixtures("by_row")
def test_a_release_that_was_replaced_is_not_remembered(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rename(rows, tmp_path / "here")
    former = tmp_path / "former"
    shutil.copytree(tmp_path / "here/public" / memory.FOLDER, former)
    built(tmp_path / "here")
    shutil.rmtree(tmp_path / "here/public" / memory.FOLDER)
    former.rename(tmp_path / "here/public" / memory.FOLDER)
    rename(rows, tmp_path / "here", "Noch neuer")

    assert not compared(tmp_path / "here").is_patched


@pytest.mark.usefixtures("by_row")
def test_after_a_rollback_nothing_is_taken_over(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here")
    rename(rows, tmp_path / "here")
    built(tmp_path / "here")
    release.switch(tmp_path / "here/public", "000001")
    rename(rows, tmp_path / "here", "Noch neuer")
    outcome = compared(tmp_path / "here")

    assert outcome.changed
    assert not outcome.is_patched


@pytest.mark.usefixtures("by_row")
def test_what_is_suppressed_is_not_remembered(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    rows = begun(folder)
    suppressing.suppress(project.load(folder), "event/e0007", "asked for")
    left = [path for path in (folder / "public").rglob("*") if path.is_file() and b"e0007" in path.read_bytes()]

    assert not (folder / "public" / memory.FOLDER).exists()
    assert {path.parent.name for path in left} == {"changes"}

    rows.events = [each for each in rows.events if each["id"] != "e0007"]
    rows.events[3]["name"] = "Neu"
    rows.write(folder)

    assert not compared(folder).is_patched

    rows.events[3]["name"] = "Noch neuer"
    rows.write(folder)

    assert compared(folder).is_patched


@pytest.mark.usefixtures("by_row")
def test_all_releases_are_as_they_were_made(tmp_path: Path) -> None:
    folder = tmp_path / "here"
    rows = begun(folder)
    rename(rows, folder)
    assert built(folder).is_patched
    rename(rows, folder, "Noch neuer")
    assert built(folder).is_patched

    settings = project.load(folder)
    assert [*release.serials(settings.public)] == ["000001", "000002", "000003"][-2:]
    for serial in release.serials(settings.public):
        assert not list(verification.faults(settings, settings.public, serial))


@pytest.mark.usefixtures("by_row")
def test_only_who_builds_can_read_what_is_remembered(tmp_path: Path) -> None:
    begun(tmp_path / "here")

    assert (tmp_path / "here/public" / memory.FOLDER).stat().st_mode & 0o777 == 0o700
