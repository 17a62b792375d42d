from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pyoxigraph
import pytest

import small
from served import Server, server, site

__all__ = ["server", "site"]  # fixtures

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
EVENT = f"{small.BASE}/event/"


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("*/*", "./a.ttl"),
        ("", "./a.ttl"),
        (BROWSER, "./a.html"),
        ("application/ld+json", "./a.jsonld"),
        ("application/n-triples, text/turtle;q=0.9", "./a.nt"),
        ("text/turtle;q=0.1, application/json;q=0.2", "./a.jsonld"),
    ],
)
def test_an_address_leads_to_the_form_that_is_wanted(server: Server, accept: str, location: str) -> None:
    reply = server.get("/id/event/a", Accept=accept)

    assert (reply.status, reply.headers["location"]) == (303, location)
    assert "Accept" in reply.headers["vary"].split(", ")


def test_a_form_that_there_is_not_is_answered_with_a_list(server: Server) -> None:
    reply = server.get("/id/event/a", Accept="image/png", Accept_Language="de")

    assert reply.status == 406
    assert reply.text.splitlines() == [
        "In keiner der gewünschten Formen gibt es das; möglich sind:",
        "text/turtle: a.ttl",
        "application/ld+json: a.jsonld",
        "application/n-triples: a.nt",
        "text/html: a.html",
    ]


def statements(body: bytes, form: pyoxigraph.RdfFormat) -> set[str]:
    return {str(each.triple) for each in pyoxigraph.parse(body, format=form)}


def test_all_forms_say_what_the_dump_says(server: Server, site: Path) -> None:
    dump = (site / "public/current/small.nt").read_bytes()
    wanted = {each for each in statements(dump, pyoxigraph.RdfFormat.N_TRIPLES) if each.startswith(f"<{EVENT}a>")}

    said = {
        suffix: statements(server.get(f"/id/event/a.{suffix}").body, form)
        for suffix, form in (
            ("ttl", pyoxigraph.RdfFormat.TURTLE),
            ("nt", pyoxigraph.RdfFormat.N_TRIPLES),
            ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
        )
    }

    assert any('"007"' in each for each in wanted)
    assert said == {"ttl": wanted, "nt": wanted, "jsonld": wanted}


def test_a_document_is_known_by_its_tag(server: Server) -> None:
    reply = server.get("/id/event/a.ttl")

    again = server.get("/id/event/a.ttl", If_None_Match=reply.headers["etag"])

    assert reply.headers["content-type"] == "text/turtle; charset=utf-8"
    assert (again.status, again.body) == (304, b"")


def test_an_address_beyond_ascii_is_found(server: Server) -> None:
    reply = server.get("/id/event/k%C3%B6ln")

    document = server.get(urljoin("/id/event/k%C3%B6ln", reply.headers["location"]))
    assert reply.status == 303
    assert "Köln" in document.text


def test_what_is_withdrawn_is_gone_with_its_tombstone(server: Server) -> None:
    for path in ("/id/event/gone", "/id/event/gone.ttl"):
        reply = server.get(path)

        said = statements(reply.body, pyoxigraph.RdfFormat.TURTLE)
        assert reply.status == 410
        assert f'<{EVENT}gone> <{small.SCHEMA}name> "Weg"@de' in said


def test_what_is_replaced_names_what_is_in_its_place(server: Server) -> None:
    reply = server.get("/id/event/old", Accept="text/html")

    assert reply.status == 410
    assert f'<{EVENT}a>; rel="successor-version"' in reply.headers["link"]
    assert "This is not published any more" in server.get("/id/event/old.html", Accept_Language="en").text


@pytest.mark.parametrize(
    "path", ["/id/event/nothing", "/id/event/", "/id/event/a.pdf", "/id/event/a.ttl.ttl", "/", "/id"]
)
def test_what_is_not_there_is_not_found_in_either_language(server: Server, path: str) -> None:
    german, english = (server.get(path, Accept_Language=each) for each in ("de", "en"))

    assert (german.status, english.status) == (404, 404)
    assert german.text.startswith("Hier ist nichts.")
    assert english.text.startswith("There is nothing here.")


def test_a_dataset_leads_to_the_catalogue(server: Server) -> None:
    reply = server.get("/id/dataset/small")

    assert (reply.status, reply.headers["location"]) == (303, "../../current/catalog.ttl")


def test_a_concept_is_found_below_the_site(server: Server) -> None:
    assert server.get("/topic/water", Accept="text/turtle").headers["location"] == "./water.ttl"
    assert server.get("/topic").status == 303


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]


def test_a_page_escapes_everything_and_needs_no_script(server: Server) -> None:
    reply = server.get("/id/event/x%3C%26%22%27.html")
    tags = Tags()
    tags.feed(reply.text)

    assert reply.status == 200
    assert "script" not in tags.names
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in reply.text
    assert "script-src" not in reply.headers["content-security-policy"]
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


def test_links_of_a_page_lead_somewhere(server: Server) -> None:
    tags = Tags()
    tags.feed(server.get("/id/event/e01.html").text)

    local = [each for each in tags.links if each.startswith(".")]
    assert len(local) >= 6
    for each in local:
        assert server.get(urljoin("/id/event/e01.html", each)).status in (200, 303), each


def test_a_page_names_what_it_points_to(server: Server) -> None:
    page = server.get("/topic/water.html", Accept_Language="en").text

    assert "<title>Water</title>" in page
    assert ">Themen</a>" in page
