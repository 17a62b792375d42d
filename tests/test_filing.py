import gzip
import shutil
from pathlib import Path

import pytest

from sccon_lod import checksums, project
from sccon_lod.publish import release
from served import Server, publication, server, serving, site

__all__ = ["server", "site"]  # fixtures


def test_files_have_their_media_types(server: Server) -> None:
    types = {
        name: server.get(f"/current/{name}").headers["content-type"]
        for name in ("small.ttl", "small.nt", "catalog.jsonld", "small.nt.gz", "changes/atom.xml", "report.txt")
    }

    assert types == {
        "small.ttl": "text/turtle; charset=utf-8",
        "small.nt": "application/n-triples",
        "catalog.jsonld": "application/ld+json",
        "small.nt.gz": "application/gzip",
        "changes/atom.xml": "application/atom+xml",
        "report.txt": "text/plain; charset=utf-8",
    }


def test_a_file_is_sent_as_it_lies_there(server: Server, site: Path) -> None:
    for name in ("small.ttl", "checksums.sha256"):
        assert server.get(f"/current/{name}").body == (site / "public/current" / name).read_bytes()


def test_files_of_a_former_release_stay_at_their_addresses(server: Server, site: Path) -> None:
    reply = server.get("/releases/000001/small.nt")

    assert reply.body == (site / "public/releases/000001/small.nt").read_bytes()
    assert "max-age" in reply.headers["cache-control"]


def test_the_tag_is_the_checksum_and_both_conditions_hold(server: Server, site: Path) -> None:
    reply = server.get("/current/small.ttl")
    sums = checksums.read(site / "public/releases" / release.current(site / "public"))

    again = server.get("/current/small.ttl", If_None_Match=f'"x", W/{reply.headers["etag"]}')
    since = server.get("/current/small.ttl", If_Modified_Since=reply.headers["last-modified"])
    other = server.get("/current/small.ttl", If_None_Match='"x"', If_Modified_Since=reply.headers["last-modified"])

    assert reply.headers["etag"] == f'"{sums["small.ttl"]}"'
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", reply.headers["etag"])
    assert [since.status, other.status] == [304, 200]


def test_head_tells_what_get_would(server: Server) -> None:
    head, get = (server.ask(method, "/current/small.ttl", None) for method in ("HEAD", "GET"))

    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize(
    ("wanted", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=10-", slice(10, None)), ("bytes=-5", slice(-5, None))],
)
def test_a_part_is_sent(server: Server, wanted: str, part: slice) -> None:
    whole = server.get("/current/small.nt").body

    reply = server.get("/current/small.nt", Range=wanted)

    assert (reply.status, reply.body) == (206, whole[part])
    start, end, _ = part.indices(len(whole))
    assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/{len(whole)}"


@pytest.mark.parametrize("wanted", ["bytes=999999999-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(server: Server, wanted: str) -> None:
    reply = server.get("/current/small.nt", Range=wanted)

    assert (reply.status, reply.headers["content-range"].startswith("bytes */")) == (416, True)


@pytest.mark.parametrize("wanted", ["bytes=0-1,3-4", "lines=0-1", "bytes=a-", "bytes=-", f"bytes=0-{'9' * 30}"])
def test_other_ranges_give_the_whole(server: Server, wanted: str) -> None:
    assert server.get("/current/small.nt", Range=wanted).status == 200


def test_a_part_of_something_else_gives_the_whole(server: Server) -> None:
    tag = server.get("/current/small.nt").headers["etag"]

    assert server.get("/current/small.nt", Range="bytes=0-1", If_Range=tag).status == 206
    assert server.get("/current/small.nt", Range="bytes=0-1", If_Range='"x"').status == 200


def test_the_packed_copy_is_sent_to_who_takes_it(server: Server, site: Path) -> None:
    packed = server.get("/current/small.nt", Accept_Encoding="gzip")
    plain = server.get("/current/small.nt", Accept_Encoding="gzip;q=0, br")

    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]


def test_the_catalogue_answers_itself_in_two_forms(server: Server, site: Path) -> None:
    turtle, json, none = (
        server.get("/id/catalog", Accept=each) for each in ("*/*", "application/ld+json", "image/png")
    )

    assert turtle.body == (site / "public/current/catalog.ttl").read_bytes()
    assert (json.status, json.headers["content-type"]) == (200, "application/ld+json")
    assert json.headers["content-location"] == "../current/catalog.jsonld"
    assert none.status == 406
    assert "text/turtle" in none.text


def test_the_description_in_numbers_is_well_known(server: Server) -> None:
    assert server.get("/.well-known/void").body == server.get("/current/void.ttl").body


@pytest.mark.parametrize(
    "path",
    [
        "/current/../../sccon.toml",
        "/current/%2e%2e/%2e%2e/sccon.toml",
        "/current/..%2f..%2fsccon.toml",
        "/current/%252e%252e/sccon.toml",
        "/releases/../../sccon.toml",
        "/releases/000001/../../../identity.csv",
        "/releases/000001%2f..%2f..%2f..%2fidentity.csv",
        "/releases/1/small.nt",
        "/releases//small.nt",
        "/.well-known/../current/small.nt",
        "/.well-known/..%2fcurrent%2fsmall.nt",
        "/.lock",
        "/current/",
        "/current/changes",
        "/current/%00",
        "/current//etc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/current/small.nt/",
        "/current/\\..\\sccon.toml",
    ],
)
def test_no_path_leads_to_other_files(server: Server, path: str) -> None:
    assert server.get(path).status == 404


def test_no_link_out_of_a_release_is_followed(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    current = folder / "public" / "current"
    for name in ("small.ttl", "report.txt"):
        (current / name).unlink()
    (current / "small.ttl").symlink_to(tmp_path / "secret")
    (current / "report.txt").mkdir()
    shutil.move(current.resolve() / "changes", tmp_path / "changes")
    (current / "changes").symlink_to(tmp_path / "changes")
    (folder / "public" / ".well-known" / "other").symlink_to(tmp_path / "secret")

    with serving(folder, tmp_path / "log") as server:
        paths = ("/current/small.ttl", "/current/report.txt", "/current/changes/atom.xml", "/.well-known/other")
        found = {path: server.get(path).status for path in paths}

    assert set(found.values()) == {404}
    assert project.load(folder)
