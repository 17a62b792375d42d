"""Releases made from the last one, which have the bytes of releases that are made from nothing."""

import datetime
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from types import ModuleType

import pytest

import small
from conftest import load, quiet
from sccon_lod import build, increments, memory, project, rewriting, suppressing, verification, waivers
from sccon_lod.build import Outcome
from sccon_lod.engine import Engine
from sccon_lod.publish import feed, release
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
# The map of events alone, and a second source of them.
FIRST = MAPPING[MAPPING.index("  event:\n") : MAPPING.index("  part:")]
SECOND = MAPPING.split("event: ", 1)[1].split("\n", 1)[0].replace("event.csv", "fair.csv")
WAIVER = """[[waiver]]
rule = "Event-seats"
record = "event/e0003"
reason = "The hall is being enlarged."
owner = "Test"
until = 2031-12-31
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

LOOKING_ON = small.shapes(above="sh:path ( schema:superEvent ex:note ) ; sh:maxCount 0 ; sh:severity sh:Info")

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
    """Write sources row by row that have a few rows, cut dumps before every few subjects, and fill pages with a few."""
    settings_of_rows(monkeypatch)


def settings_of_rows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(blocks, "FEW", 10)
    patch.setattr(increments, "EVERY", 5)
    patch.setattr(feed, "SIZE", 10)


def fresh(seed: int = 0, events: int = 20) -> Rows:
    return Rows(events, 11, Random(seed))  # noqa: S311 - repeatable, no secret


def begun(folder: Path, seed: int = 0, events: int = 20, shapes: str = SHAPES) -> Rows:
    """Publish some rows for the first time."""
    rows = fresh(seed, events)
    publication(folder, rows, shapes)
    assert built(folder).changed
    return rows


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication with its first release."""
    folder = tmp_path_factory.mktemp("first") / "here"
    with pytest.MonkeyPatch.context() as patch:
        settings_of_rows(patch)
        begun(folder)
    return folder


@pytest.fixture
def here(first: Path, tmp_path: Path, by_row: None) -> Path:
    """A copy of a publication with its first release, whose rows are `fresh`."""
    return shutil.copytree(first, tmp_path / "here", symlinks=True)


@pytest.fixture(scope="module")
def renamed(first: Path) -> Mapping[str, bytes | str]:
    """What a whole build writes where one cell has changed."""
    other = copied(first)
    with pytest.MonkeyPatch.context() as patch:
        settings_of_rows(patch)
        rename(fresh(), other)
        built(other)
    return contents(other)


def rename(rows: Rows, folder: Path, name: str = "Neu") -> None:
    """Change one cell."""
    rows.events[7]["name"] = name
    rows.write(folder)


@pytest.mark.usefixtures("by_row")
@pytest.mark.parametrize(("seed", "shapes"), [(0, SHAPES), (1, LOOKING_FAR)], ids=["near", "far"])
def test_a_release_has_the_bytes_of_one_that_is_made_from_nothing(seed: int, shapes: str, tmp_path: Path) -> None:
    rows = begun(tmp_path / "here", seed, shapes=shapes)
    patched = 0
    for _ in range(3):
        for _ in range(rows.random.choice([0, 1, 1, 1, 2, 4])):
            rows.edit()
        rows.write(tmp_path / "here")
        patched += compared(tmp_path / "here").is_patched

    assert patched >= 1


def test_so_it_has_where_all_rows_become_facts(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here", 5)
    for _ in range(3):
        rows.edit()
    rename(rows, tmp_path / "here")

    assert compared(tmp_path / "here").is_patched


def test_so_it_has_where_the_engine_reads_a_large_file_itself(tmp_path: Path) -> None:
    rows = begun(tmp_path / "here", 6, events=1_000)
    rename(rows, tmp_path / "here")

    assert compared(tmp_path / "here").is_patched


def test_so_it_has_with_a_changed_cell(here: Path, renamed: Mapping[str, bytes | str]) -> None:
    rename(fresh(), here)

    assert built(here).is_patched
    assert contents(here) == renamed


@pytest.mark.parametrize("place", [0, -1], ids=["first", "last"])
def test_an_added_row_is_put_in_its_place(place: int, here: Path) -> None:
    rows = fresh()
    name = {0: "a", -1: "z"}[place]
    rows.events.insert(place if place >= 0 else len(rows.events), rows.event(name))
    rows.write(here)

    assert compared(here).is_patched


def test_a_row_that_is_gone_leaves_a_tombstone(here: Path) -> None:
    rows = fresh()
    del rows.events[7]
    rows.write(here)
    outcome = compared(here)

    assert outcome.changed
    assert not outcome.is_patched


def test_rows_of_one_kind_may_stand_in_two_files(tmp_path: Path, by_row: None) -> None:
    publication(tmp_path / "here", fresh())
    others = twice_mapped(tmp_path / "here")
    built(tmp_path / "here")
    others.events[3]["name"] = "Neu"
    (tmp_path / "here/data/fair.csv").write_text(small.table(others.events, COLUMNS), encoding="utf-8")

    assert compared(tmp_path / "here").is_patched


def test_a_dump_without_a_change_is_cut_anew_where_a_subject_of_another_kind_comes_between(
    tmp_path: Path, by_row: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(increments, "EVERY", 1009)
    rows, folder = fresh(), tmp_path / "here"
    publication(folder, rows)
    twice_mapped(folder, "https://other.example/event/$(id)")
    built(folder)
    rows.persons.append(Person(cutting(), "Neu", []))
    rows.write(folder)

    assert compared(folder).is_patched


def cutting() -> str:
    """Return the name of a person before whom a dump is cut that is cut before one of 1,009 subjects."""
    query = "SELECT number FROM range(10, 9999) AS t(number) WHERE md5_number_lower(concat($space, number)) % 1009 = 0"
    with Engine() as engine:
        ((number,), *_) = engine.ask(query, space=f"{small.BASE}/person/p")
        return f"p{number}"


def twice_mapped(folder: Path, subject: str = "id:event/$(id)") -> Rows:
    """Let a second file speak of events; return its rows."""
    others = fresh(1)
    for each in others.events:
        each["id"] = each["id"].replace("e", "f")
    twice = MAPPING.replace("  person: [data", f"  fair: {SECOND}\n  person: [data")
    twice += re.sub("(?m)^    sources: event$", "    sources: fair", FIRST.replace("  event:", "  fair:"))
    twice = twice.replace("    sources: fair\n    s: id:event/$(id)", f"    sources: fair\n    s: {subject}")
    (folder / "mapping/event.yaml").write_text(twice, encoding="utf-8")
    (folder / "data/fair.csv").write_text(small.table(others.events, COLUMNS), encoding="utf-8")
    return others


def test_warnings_come_and_go(here: Path) -> None:
    rows = fresh()
    rows.events[3]["seats"] = "500"
    rows.write(here)
    first = built(here)
    rows.events[9]["note"] = "BAD"
    rows.write(here)
    second = built(here)
    rows.events[3]["seats"] = "5"
    rows.write(here)
    third = compared(here)

    assert [len(each.findings) for each in (first, second, third)] == [1, 2, 1]
    assert all(each.is_patched for each in (first, second, third))


def test_a_warning_stays_at_its_cell_where_rows_change_their_places(here: Path) -> None:
    rows = fresh()
    rows.events[3]["seats"] = "500"
    rows.write(here)
    built(here)
    rows.events.insert(0, rows.events.pop())
    rows.write(here)

    outcome = compared(here)

    assert [str(each.origin) for each in outcome.findings] == ["data/event.csv:6, seats"]
    assert outcome.is_patched


def test_what_decides_about_others_is_validated_with_them(tmp_path: Path, by_row: None) -> None:
    rows = fresh()
    rows.events[3]["part_of"] = "e0007"
    publication(tmp_path / "here", rows, LOOKING_ON)
    before = built(tmp_path / "here")
    rows.events[7]["note"] = "fine"
    rows.write(tmp_path / "here")
    after = compared(tmp_path / "here")

    assert after.is_patched
    assert {each.result.focus for each in set(after.findings) - set(before.findings) if each.result} == {
        f"{small.BASE}/event/e0003"
    }


def test_a_row_that_is_held_back_is_not_taken_over(here: Path) -> None:
    rows = fresh()
    rows.events[7]["seats"] = "many"
    rows.write(here)
    outcome = compared(here)

    assert outcome.held_back == 1
    assert not outcome.is_patched
    assert not (here / "public" / memory.FOLDER).exists()


def test_a_waiver_ends_on_its_day(tmp_path: Path, by_row: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, folder = fresh(), tmp_path / "here"
    rows.events[3]["seats"] = "500"
    publication(folder, rows, SHAPES.replace("sh:maxInclusive 100 ; sh:severity sh:Warning", "sh:maxInclusive 100"))
    (folder / "waivers.toml").write_text(WAIVER, encoding="utf-8")
    built(folder)
    rename(rows, folder)
    waived = built(folder)

    assert [each.waiver is not None for each in waived.findings] == [True]
    assert waived.is_patched

    monkeypatch.setattr(waivers, "today", lambda: datetime.date(2032, 1, 1))
    rename(rows, folder, "Noch neuer")
    ended = compared(folder)

    assert ended.held_back == 1
    assert not ended.is_patched


def test_where_nothing_has_changed_nothing_is_written(here: Path) -> None:
    outcome = compared(here)

    assert outcome.is_patched
    assert not outcome.changed


@pytest.mark.parametrize(
    ("module", "name"),
    [(release, "put_in_place"), (release, "switch"), (rewriting, "keep"), (memory, "keep")],
    ids=["before", "named", "switched", "numbers"],
)
def test_a_build_that_is_broken_off_is_made_up_for(
    module: ModuleType, name: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = fresh()
    rename(rows, here)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, broken_off)
        with pytest.raises(KeyboardInterrupt):
            built(here)
    rename(rows, here, "Noch neuer")

    assert compared(here).changed


def broken_off(*_: object) -> None:
    raise KeyboardInterrupt


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


def damage_linked(public: Path) -> None:
    """Change a byte of a dump that no changed subject is in."""
    path = public / "current/small-person.ttl"
    known = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Person", b"Parson", 1))
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def blind(public: Path) -> None:
    """Make a dump unreadable as text where it would be searched."""
    path = public / "current/small.nt"
    known = path.stat()
    path.write_bytes(b"\xff" * known.st_size)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


@pytest.mark.parametrize("act", [cut, lie, lose, spoil, touch, damage, damage_packed, damage_linked, blind])
def test_what_is_damaged_is_not_relied_on(
    act: Callable[[Path], None], here: Path, renamed: Mapping[str, bytes | str]
) -> None:
    rename(fresh(), here)
    act(here / "public")
    former = contents(here / "public/releases/000001")

    assert not built(here).is_patched
    assert contents(here / "public/releases/000001") == former
    assert {**contents(here), **of_first(renamed)} == renamed


def of_first(whole: Mapping[str, bytes | str]) -> Mapping[str, bytes | str]:
    """Return the files of the first release, which a test may have damaged."""
    return {name: content for name, content in whole.items() if name.startswith("public/releases/000001/")}


def test_nothing_is_left_to_rely_on_where_it_is_forgotten(here: Path, renamed: Mapping[str, bytes | str]) -> None:
    rename(fresh(), here)
    memory.forget(here / "public")

    assert not built(here).is_patched
    assert contents(here) == renamed


@pytest.mark.parametrize("name", ["sccon.toml", "mapping/event.yaml"])
def test_what_a_release_was_made_with_decides(name: str, here: Path) -> None:
    rename(fresh(), here)
    with (here / name).open("a", encoding="utf-8") as file:
        file.write("\n# Another line.\n")

    assert not built(here).is_patched


def test_so_does_what_is_known_of_documents(here: Path) -> None:
    ledger = here / "identity.csv"
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    ledger.write_text("".join(each for each in lines if "event/e0003" not in each), encoding="utf-8")
    rename(fresh(), here)

    assert not compared(here).is_patched


def test_a_release_that_was_replaced_is_not_remembered(here: Path, tmp_path: Path) -> None:
    rows, former = fresh(), tmp_path / "former"
    shutil.copytree(here / "public" / memory.FOLDER, former)
    rename(rows, here)
    built(here)
    shutil.rmtree(here / "public" / memory.FOLDER)
    former.rename(here / "public" / memory.FOLDER)
    rename(rows, here, "Noch neuer")

    assert not built(here).is_patched


def test_after_a_rollback_nothing_is_taken_over(here: Path) -> None:
    rows = fresh()
    rename(rows, here)
    built(here)
    release.switch(here / "public", "000001")
    rename(rows, here, "Noch neuer")
    outcome = compared(here)

    assert outcome.changed
    assert not outcome.is_patched


def test_what_is_suppressed_is_not_remembered(here: Path) -> None:
    folder, rows = here, fresh()
    suppressing.suppress(project.load(folder), "event/e0007", "asked for")
    left = [path for path in (folder / "public").rglob("*") if path.is_file() and b"e0007" in path.read_bytes()]

    assert not (folder / "public" / memory.FOLDER).exists()
    assert {path.parent.name for path in left} == {"changes"}

    rows.events = [each for each in rows.events if each["id"] != "e0007"]
    rows.events[3]["name"] = "Neu"
    rows.write(folder)

    assert not built(folder).is_patched

    rows.events[3]["name"] = "Noch neuer"
    rows.write(folder)

    assert compared(folder).is_patched


def test_all_releases_are_as_they_were_made(here: Path) -> None:
    folder, rows = here, fresh()
    rename(rows, folder)
    assert built(folder).is_patched
    rename(rows, folder, "Noch neuer")
    assert built(folder).is_patched

    settings = project.load(folder)
    assert [*release.serials(settings.public)] == ["000001", "000002", "000003"][-2:]
    for serial in release.serials(settings.public):
        assert not list(verification.faults(settings, settings.public, serial))


def test_only_who_builds_can_read_what_is_remembered(first: Path) -> None:
    assert (first / "public" / memory.FOLDER).stat().st_mode & 0o777 == 0o700


def test_a_file_in_the_place_of_what_is_remembered_does_no_harm(here: Path) -> None:
    memory.forget(here / "public")
    (here / "public" / memory.FOLDER).write_text("no folder", encoding="utf-8")
    rename(fresh(), here)

    assert built(here).changed
    assert (here / "public" / memory.FOLDER).is_dir()


def test_releases_may_be_kept_elsewhere(first: Path, by_row: None, tmp_path: Path) -> None:
    folder = shutil.copytree(first, tmp_path / "here", symlinks=True)
    (folder / "public").rename(tmp_path / "elsewhere")
    (folder / "public").symlink_to(tmp_path / "elsewhere")
    rename(fresh(), folder)

    assert built(folder).is_patched
    assert (tmp_path / "elsewhere" / memory.FOLDER).is_dir()
