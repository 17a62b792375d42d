"""What is suppressed: gone from all that is published, at once and for good."""

import csv
import json
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, Namespace

import small
from conftest import copy_publication, load, quiet
from sccon_lod import build, checksums, digests, project, suppressing, suppressions, verification
from sccon_lod.build import Outcome
from sccon_lod.errors import IdentityError, ReleaseError
from sccon_lod.publish import release

A = f"{small.BASE}/event/a"
SPDX = Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return a publication with two releases; b is a part of a."""
    for name in ("Party", "Feast"):
        rows = [{**small.RECORDS[0], "name_en": name}, *small.RECORDS[1:], {"id": "c", "name_de": "Anderes"}]
        built(small.publication(tmp_path, {"data/event.csv": small.table(rows)}))
    return tmp_path


def built(folder: Path, *accepted: str) -> Outcome:
    return build.build(load(folder), quiet, accepted=accepted)


def suppress(folder: Path, iri: str = "event/a") -> suppressing.Suppressed:
    return suppressing.suppress(project.load(folder), iri, "Löschung verlangt")


def naming(folder: Path, text: str) -> list[str]:
    """Return the published files that have a text in them, change feeds left out."""
    files = (path for path in (folder / "public").rglob("*") if path.is_file() and path.parent.name != "changes")
    return sorted(path.name for path in files if text.encode() in path.read_bytes())


def faults(folder: Path) -> list[str]:
    settings = project.load(folder)
    current = release.current(settings.public)
    return [each.line("en") for each in verification.faults(settings, settings.public, current)]


def test_it_is_gone_from_all_releases_at_once(published: Path) -> None:
    done = suppress(published)

    assert (done.serial, done.releases) == ("000003", ("000002",))
    assert naming(published, A) == []
    assert naming(published, "Feast") == []
    assert release.serials(published / "public") == ["000003"]


def test_all_else_stays(published: Path) -> None:
    before = Graph().parse(published / "public/current/small.nt")

    suppress(published)

    after = Graph().parse(published / "public/current/small.nt")
    gone = {each for each in before if URIRef(A) in each}
    assert set(before) - set(after) == gone
    assert set(after) <= set(before)
    assert set(Graph().parse(published / "public/current/small.ttl")) == set(after)


def test_the_release_without_it_is_whole(published: Path) -> None:
    suppress(published)

    assert faults(published) == []


def test_its_catalogue_names_its_own_files(published: Path) -> None:
    suppress(published)

    there = published / "public/current"
    graph = Graph().parse(there / "catalog.ttl")
    downloads = list(graph.subject_objects(DCAT.downloadURL))
    assert len(downloads) == 6
    for distribution, address in downloads:
        path = there / str(address).rpartition("/")[2]
        checksum = graph.value(graph.value(distribution, SPDX.checksum), SPDX.checksumValue)
        assert "/releases/000003/" in str(address)
        assert str(graph.value(distribution, DCAT.byteSize)) == str(path.stat().st_size)
        assert isinstance(checksum, Literal)
        assert checksum.toPython().hex() == digests.of([path])[path].sha256
    assert json.loads((there / "catalog.jsonld").read_text(encoding="utf-8"))


def test_the_feed_says_that_it_is_deleted_and_no_more(published: Path) -> None:
    suppress(published)

    feed = (published / "public/current/changes/ldes-000001.ttl").read_text(encoding="utf-8")
    verbs = [line.split(" a as:")[1].split(" ")[0] for line in feed.splitlines() if f"as:object <{A}>" in line]
    assert verbs == ["Create", "Update", "Delete"]


def test_a_build_does_not_bring_it_back(published: Path) -> None:
    suppress(published)

    outcome = built(published, "event")

    assert outcome.is_publishable
    (found,) = [each for each in outcome.findings if each.rule == "identity-suppressed"]
    assert str(found.origin) == "data/event.csv:2, id"
    assert found.text.en.endswith("(suppressed.csv:2) and is not published; please delete the row.")
    assert naming(published, A) == []
    assert naming(published, "Feast") == []
    assert faults(published) == []


def test_it_is_not_put_into_the_quarantine(published: Path) -> None:
    suppress(published)

    built(published, "event")

    folder = published / "quarantine"
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*.csv")] if folder.is_dir() else []
    assert not any("Feast" in text for text in texts)


def test_what_is_held_back_of_it_is_deleted(published: Path) -> None:
    shapes = small.shapes(name="sh:maxLength 5")
    built(small.publication(published, {"shapes/event.ttl": shapes, "data/event.csv": small.table(
        [{"id": "a", "name_de": "viel zu lang"}, {"id": "c", "name_de": "Neu"}, {"id": "d"}, {"id": "e"}]
    )}), "event")  # fmt: skip
    assert (published / "quarantine/data/event.csv").is_file()

    done = suppress(published)

    assert published / "quarantine/data/event.csv" in done.files
    assert not any("viel zu lang" in path.read_text("utf-8") for path in (published / "quarantine").rglob("*.csv"))


def test_it_does_not_come_back_once_its_row_is_deleted(published: Path) -> None:
    suppress(published)
    rows = [{"id": "b", "name_de": "Teil"}, {"id": "c", "name_de": "Anderes"}]

    outcome = built(small.publication(published, {"data/event.csv": small.table(rows)}), "event")

    assert outcome.is_publishable
    assert naming(published, A) == []
    assert faults(published) == []


def test_a_tombstone_of_it_goes_as_well(published: Path) -> None:
    rows = [{"id": "b", "name_de": "Teil"}, {"id": "c", "name_de": "Anderes"}]
    built(small.publication(published, {"data/event.csv": small.table(rows)}), "event")
    assert naming(published, A) != []

    suppress(published)
    built(published)

    assert naming(published, A) == []


def test_what_was_never_published_can_be_suppressed(published: Path) -> None:
    done = suppress(published, "event/z")

    assert done == suppressing.Suppressed("", (), ())
    with (published / "suppressed.csv").open(encoding="utf-8") as file:
        assert [each["iri"] for each in csv.DictReader(file)] == [f"{small.BASE}/event/z"]


def test_it_is_noted_once(published: Path) -> None:
    suppress(published)
    suppress(published)

    assert (published / "suppressed.csv").read_text(encoding="utf-8").count(A) == 1


def test_one_that_begins_alike_stays(published: Path) -> None:
    rows = [{"id": "a", "name_de": "Fest"}, {"id": "a-b", "name_de": "Bleibt"}, {"id": "ab", "name_de": "Auch"}]
    built(small.publication(published, {"data/event.csv": small.table(rows)}), "event")

    suppress(published)

    text = (published / "public/current/small.nt").read_text(encoding="utf-8")
    assert "Bleibt" in text
    assert "Auch" in text
    assert "Fest" not in text


def test_verify_finds_it_where_somebody_put_it_back(published: Path) -> None:
    suppress(published)
    there = published / "public/current"
    with (there / "small.ttl").open("a", encoding="utf-8") as file:
        file.write(f"<{A}> a <{small.SCHEMA}Event> .\n")
    text = "".join(checksums.lines(checksums.of_folder(there)))
    (there / checksums.FILE).write_text(text, encoding="utf-8")

    assert any("Something that is suppressed is in here" in each for each in faults(published))


def test_a_reference_that_is_left_is_not_published(published: Path) -> None:
    suppress(published)
    rows = [{"id": "b", "name_de": "Teil", "part_of": "a"}, {"id": "c", "name_de": "Anderes"}]

    with pytest.raises(ReleaseError) as caught:
        built(small.publication(published, {"data/event.csv": small.table(rows)}), "event")

    assert str(caught.value) == (
        f"suppressed.csv: Something still points to what is suppressed: {small.BASE}/event/b. Please take these "
        "references out of the rows; nothing was published."
    )
    assert naming(published, A) == []


def test_what_was_withdrawn_or_hidden_before_stays_so(published: Path) -> None:
    shapes = small.shapes(name="sh:maxLength 7")
    rows = [{"id": each, "name_de": "Name"} for each in ("a", "d", "e", "f", "g", "h", "i", "j")]
    built(small.publication(published, {"data/event.csv": small.table(rows), "shapes/event.ttl": shapes}), "event")
    rows[1]["name_de"] = "viel zu lang"
    built(small.publication(published, {"data/event.csv": small.table([*rows[:2], *rows[3:]])}), "event")
    before = (published / "identity.csv").read_text(encoding="utf-8")

    suppress(published)

    added = (published / "identity.csv").read_text(encoding="utf-8").removeprefix(before).splitlines()
    told = [(each.split(",")[2], each.split(",")[3].rpartition("/")[2]) for each in added]
    assert [each for each in told if each[0] not in ("source", "release")] == [("suppress", "a")]
    assert "deprecated" in (published / "public/current/small.nt").read_text(encoding="utf-8")


def test_what_a_run_left_that_was_killed_is_removed(published: Path) -> None:
    suppress(published)
    left = published / "public/.staging-000001"
    left.mkdir()
    (left / "small.nt").write_text(f"<{A}> <x> <y> .", encoding="utf-8")

    suppress(published)

    assert not left.exists()


def test_a_ledger_that_is_behind_is_an_error(published: Path) -> None:
    path = published / "identity.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("000002")), encoding="utf-8")

    with pytest.raises(IdentityError, match="knows nothing of release 000002"):
        suppress(published)


def test_its_catalogue_says_that_it_changed(published: Path) -> None:
    suppress(published)

    graph = Graph().parse(published / "public/current/catalog.ttl")
    last = (published / "identity.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[1]
    assert {str(each).replace("+00:00", "Z") for each in graph.objects(None, DCTERMS.modified)} == {last}


@pytest.mark.parametrize("iri", ["", "event", "event/", "/a", "dataset/small", "#x"])
def test_an_address_that_names_no_record_is_an_error(iri: str, published: Path) -> None:
    with pytest.raises(IdentityError, match="This is no address of this publication"):
        suppress(published, iri)


@pytest.mark.parametrize("other", ["a-b", "a%20b", "a:b", "a,b", "a.b", "aé", "a/b"])
def test_an_address_that_begins_alike_is_another(other: str) -> None:
    assert not suppressions.pattern([A]).search(f"<{small.BASE}/event/{other}> <p> <o> .".encode())
    assert suppressions.pattern([A]).search(f"<{A}> <p> <o> .".encode())
    assert suppressions.pattern([A]).search(f"<x> <p> <{A}#part> .".encode())


@pytest.mark.parametrize("iri", ["https://example.org/id/event/a", "urn:x"])
def test_an_address_of_somebody_else_is_an_error(iri: str, published: Path) -> None:
    with pytest.raises(IdentityError, match="This is no address of this publication"):
        suppress(published, iri)


@pytest.mark.parametrize("text", ["", "iri,date\n", "iri,date,reason\nx\n", "iri,date,reason\n,2026-01-01,x\n"])
def test_a_file_that_cannot_be_read_is_an_error(text: str, published: Path) -> None:
    (published / "suppressed.csv").write_text(text or "\n", encoding="utf-8")

    with pytest.raises(IdentityError, match=r"suppressed\.csv:[12]: The file has the columns iri, date and reason"):
        load(published)


def test_a_person_is_gone_from_what_others_say(tmp_path: Path) -> None:
    folder = copy_publication(tmp_path / "publication")
    build.build(load(folder), quiet)

    suppress(folder, "person/karen-lassmann")
    outcome = build.build(load(folder), quiet, accepted=["person", "membership", "participation", "statement", "image"])

    assert outcome.is_publishable, outcome.refusal
    for name in ("person/karen-lassmann", "Laßmann"):
        files = [path for path in (folder / "public/current/").glob("sccon*") if path.suffix != ".gz"]
        assert [path.name for path in files if f"/{name}>".encode() in path.read_bytes()] == []
    assert "karen-lassmann" not in (folder / "public/current/report.json").read_text(encoding="utf-8")
