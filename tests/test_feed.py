"""The change feed: what a client that follows it learns, and pages that never change once they are full."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

import small
from conftest import load, quiet
from sccon_lod import build, identity
from sccon_lod.engine import Engine
from sccon_lod.identity import Identities
from sccon_lod.language import Text
from sccon_lod.publish import feed
from sccon_lod.publish.feed import Feed

TREE = Namespace("https://w3id.org/tree#")
LDES = Namespace("https://w3id.org/ldes#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
ATOM["fh"] = "http://purl.org/syndication/history/1.0"
ADDRESS = "https://example.net/current/changes"
SIZE = 3


def time(number: int) -> str:
    return f"2026-01-{number + 1:02d}T00:00:00Z"


def said(literal: object) -> str:
    """Return a time as it is written; rdflib writes its zone in other letters."""
    return str(literal).replace("+00:00", "Z")


def ledger(count: int) -> str:
    """Return a ledger with some changes, one for each release; every third one is that something is gone."""
    kinds = ("create", "update", "withdraw")
    lines = [
        f"{number + 1:06d},{time(number)},{kinds[number % 3]},{small.BASE}/event/a{number // 3},d,1,,\n"
        f"{number + 1:06d},{time(number)},release,,x,1,,\n"
        for number in range(count)
    ]
    return "release,time,change,iri,digest,statements,successor,label\n" + "".join(lines)


def written(folder: Path, count: int, former: Path | None = None) -> dict[str, bytes]:
    """Return the pages of a feed of some changes, some taken over from a former one."""
    folder.mkdir(exist_ok=True)
    (folder / identity.FILE).write_text(ledger(count), encoding="utf-8")
    with Engine([folder]) as engine:
        Identities.read(engine, folder, small.BASE).settle(())
        told = Feed(small.BASE, ADDRESS, Text("Änderungen <neu>", "Changes"), "A & B", "de", SIZE)
        feed.write(engine, told, folder / "changes", "2026-02-01T00:00:00Z", former)
    return {path.name: path.read_bytes() for path in sorted((folder / "changes").iterdir())}


def follow(pages: dict[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Read a stream as a client does: from the view along its relations; yield verb, object and time of members."""
    seen: set[URIRef] = set()
    waiting = [URIRef(f"{ADDRESS}/ldes.ttl")]
    while waiting:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        graph = Graph().parse(data=pages[str(node).rpartition("/")[2]], format="turtle")
        for member in graph.objects(URIRef(f"{small.BASE}/changes"), TREE.member):
            verb, thing, when = (graph.value(member, each) for each in (RDF.type, AS.object, AS.published))
            yield str(verb).rpartition("#")[2], str(thing), said(when)
        waiting += sorted({URIRef(str(each)) for each in graph.objects(None, TREE.node)})


def subscribed(pages: dict[str, bytes]) -> list[tuple[str, str]]:
    """Read an Atom feed from its newest page back to the first, as RFC 5005 has it; return the oldest entry first."""
    found: list[tuple[str, str]] = []
    name = "atom.xml"
    while name:
        root = ElementTree.fromstring(pages[name])  # noqa: S314 - we wrote it ourselves
        entries = [_entry(each) for each in root if each.tag.endswith(("}entry", "}deleted-entry"))]
        found = entries[::-1] + found
        before = root.find("a:link[@rel='prev-archive']", ATOM)
        name = "" if before is None else str(before.get("href")).rpartition("/")[2]
    return found


def _entry(element: ElementTree.Element) -> tuple[str, str]:
    thing = element.get("ref") or element.findtext("a:id", "", ATOM)
    when = element.get("when") or element.findtext("a:updated", "", ATOM)
    return str(thing), str(when)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 6, 8])
def test_a_client_learns_every_change_once_and_in_order(count: int, tmp_path: Path) -> None:
    pages = written(tmp_path, count)

    verbs = ("Create", "Update", "Delete")
    expected = [(verbs[number % 3], f"{small.BASE}/event/a{number // 3}", time(number)) for number in range(count)]
    assert sorted(follow(pages), key=lambda each: each[2]) == expected
    assert subscribed(pages) == [(thing, when) for _, thing, when in expected]


@pytest.mark.parametrize("count", [3, 4, 7])
def test_a_page_that_is_full_never_changes(count: int, tmp_path: Path) -> None:
    before = written(tmp_path / "one", count)
    full = count // SIZE

    after = written(tmp_path / "two", count + 5)

    names = [
        f"{kind}-{number + 1:06d}.{end}" for number in range(full) for kind, end in (("ldes", "ttl"), ("atom", "xml"))
    ]
    assert {name: after[name] for name in names} == {name: before[name] for name in names}


def test_only_a_full_page_is_said_to_be_immutable(tmp_path: Path) -> None:
    pages = written(tmp_path, 4)

    told = {name for name, page in pages.items() if b"ldes:immutable true" in page}
    archived = {name for name, page in pages.items() if b"<fh:archive/>" in page}

    assert (told, archived) == ({"ldes-000001.ttl"}, {"atom-000001.xml"})


def test_relations_say_which_times_stand_behind_them(tmp_path: Path) -> None:
    graph = Graph().parse(data=written(tmp_path, 4)["ldes.ttl"], format="turtle")

    found = {
        (str(kind)[len(TREE) :], said(graph.value(relation, TREE.value)), str(graph.value(relation, TREE.node))[-11:])
        for relation in graph.objects(None, TREE.relation)
        for kind in graph.objects(relation, RDF.type)
    }

    assert found == {
        ("GreaterThanOrEqualToRelation", "2026-01-01T00:00:00Z", "-000001.ttl"),
        ("LessThanOrEqualToRelation", "2026-01-03T00:00:00Z", "-000001.ttl"),
        ("GreaterThanOrEqualToRelation", "2026-01-04T00:00:00Z", "-000002.ttl"),
    }


def test_words_and_addresses_are_escaped(tmp_path: Path) -> None:
    text = ledger(1).replace("event/a0", "event/a&b")
    (tmp_path / identity.FILE).write_text(text, encoding="utf-8")
    with Engine([tmp_path]) as engine:
        Identities.read(engine, tmp_path, small.BASE).settle(())
        told = Feed(small.BASE, ADDRESS, Text('"<&', ""), "A & B", "de")
        feed.write(engine, told, tmp_path / "changes", "2026-02-01T00:00:00Z")

    root = ElementTree.parse(tmp_path / "changes/atom.xml").getroot()  # noqa: S314 - we wrote it ourselves
    assert root.findtext("a:title", "", ATOM) == '"<&'
    assert root.findtext("a:entry/a:id", "", ATOM) == f"{small.BASE}/event/a&b"


def test_a_release_has_its_changes_with_those_before(tmp_path: Path) -> None:
    build.build(load(small.publication(tmp_path)), quiet)
    first = small.table([{**small.RECORDS[0], "name_en": "Feast"}, small.RECORDS[1]])
    build.build(load(small.publication(tmp_path, {"data/event.csv": first})), quiet)

    graph = Graph().parse(tmp_path / "public/current/changes/ldes-000001.ttl")

    members = list(graph.subjects(AS.object))
    assert {(str(graph.value(each, AS.object))[-7:], said(graph.value(each, AS.published))) for each in members} == {
        ("event/a", "2026-11-24T00:00:00Z"),
        ("event/b", "2026-11-24T00:00:00Z"),
        ("event/a", "2026-11-24T00:00:01Z"),
    }
    assert (None, LDES.immutable, None) not in graph


def test_pages_that_were_full_are_taken_over(tmp_path: Path) -> None:
    before = written(tmp_path / "former", 7)
    times = [path.stat().st_mtime_ns for path in sorted((tmp_path / "former/changes").iterdir())]
    for _ in range(2):  # a release is described twice where nothing seems to have changed at first
        now = written(tmp_path / "now", 11, tmp_path / "former/changes")
        taken = [name for name in now if (tmp_path / "now/changes" / name).stat().st_nlink > 1]

        assert now == written(tmp_path / "anew", 11)
        assert taken == ["atom-000001.xml", "atom-000002.xml", "ldes-000001.ttl", "ldes-000002.ttl"]
        assert {path.name: path.read_bytes() for path in (tmp_path / "former/changes").iterdir()} == before
        assert [path.stat().st_mtime_ns for path in sorted((tmp_path / "former/changes").iterdir())] == times


def test_a_page_that_is_gone_is_written(tmp_path: Path) -> None:
    written(tmp_path / "former", 7)
    (tmp_path / "former/changes/atom-000001.xml").unlink()

    assert written(tmp_path / "now", 7, tmp_path / "former/changes") == written(tmp_path / "anew", 7)
