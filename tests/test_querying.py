"""The page for queries as the server sends it: its addresses, its words, and what it may load."""

import json
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urljoin

import pytest

import small
from sccon_lod.serving import editing
from served import SPARQL, Server, publish, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ODD = '# de: <b>"Wer"</b> & wo?\n# en: <b>"Who"</b> & where?\n'
QUERY = """SELECT * {
  VALUES ?language { "de" }
  ?s ?p "</textarea><script>alert(1)</script>"@de
}
"""
needs_editor = pytest.mark.skipif(not editing.files(), reason="the editor is not installed")


def publication(folder: Path, *, with_pages: bool = False) -> Path:
    (folder / "pages" / "queries").mkdir(parents=True)
    (folder / "pages" / "queries" / "odd.rq").write_text(ODD + QUERY, encoding="utf-8")
    publish(folder, {"a": "Fest"}, with_pages=with_pages)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = publication(tmp_path_factory.mktemp("querying") / "publication")
    with serving(folder, folder.parent / "log") as found:
        yield found


def loaded(page: str) -> list[str]:
    """Return the addresses of what a page loads."""
    return re.findall(r'<(?:link rel="(?:icon|stylesheet)" href|script src)="([^"]+)"', page)


# --- how one gets there


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_endpoint_leads_browsers_to_the_page(server: Server, method: str) -> None:
    reply = server.ask(method, SPARQL, None, Accept=BROWSER)

    assert (reply.status, reply.headers["location"]) == (303, "./query")
    assert "Accept" in reply.headers["vary"].split(", ")


@pytest.mark.parametrize("accept", ["*/*", "text/turtle, text/html", "text/html;q=0.5, */*", "application/ld+json"])
def test_the_endpoint_describes_itself_to_others(server: Server, accept: str) -> None:
    assert server.get(SPARQL, Accept=accept).status == 200


def test_a_query_of_a_browser_is_answered(server: Server) -> None:
    reply = server.query("ASK {}", Accept=BROWSER)

    assert (reply.status, reply.headers["content-type"]) == (200, "application/sparql-results+xml")


def test_it_is_found_below_the_prefix_of_a_proxy(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    with serving(folder, tmp_path / "log", "--prefix", "/data") as server:
        page = server.get("/data/query")
        elsewhere = server.get("/query")
        parts = [server.get(urljoin("/data/query", each)).status for each in loaded(page.text)]

    assert (page.status, elsewhere.status) == (200, 404)
    assert set(parts) == {200}


# --- the page


@pytest.mark.parametrize(
    ("path", "language", "expected"),
    [
        ("/query", "en", "en"),
        ("/query", "de-AT, en;q=0.4", "de"),
        ("/query", "fr", "de"),
        ("/query?lang=en", "de", "en"),
        ("/query?lang=xx", "en", "en"),
    ],
)
def test_it_speaks_the_language_that_is_asked_for(server: Server, path: str, language: str, expected: str) -> None:
    reply = server.get(path, Accept_Language=language)

    assert (reply.status, reply.headers["content-language"]) == (200, expected)
    assert f'<html lang="{expected}">' in reply.text
    assert "Accept-Language" in reply.headers["vary"].split(", ")
    assert "built-in" not in reply.text


def test_all_that_it_loads_is_on_the_server_and_allowed(server: Server) -> None:
    page = server.get("/query")
    policy = page.headers["content-security-policy"]

    assert "script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", page.text)
    for each in loaded(page.text):
        assert each.startswith("./"), each
        assert server.get(urljoin("/query", each)).status == 200, each


def test_scripts_name_only_each_other(server: Server) -> None:
    folder = Path(editing.__file__).parent / "scripts"
    for path in folder.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for each in re.findall(r'from "([^"]+)"', text):
            reply = server.get(urljoin("/query/", each))

            assert (reply.status, reply.headers["content-type"]) == (200, "text/javascript; charset=utf-8"), each
        assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path.name


def test_it_works_without_scripts_as_a_form(server: Server) -> None:
    page = server.get("/query").text

    assert '<form id="query-form" action="./sparql" method="get"' in page
    assert '<label id="query-label" for="query-text">' in page
    assert '<textarea id="query-text" name="query"' in page
    assert re.findall(r'<option value="(\w*)">', page) == ["", "json", "xml", "csv", "tsv", "ttl", "nt", "jsonld"]


@pytest.mark.parametrize(
    "path", ["/query/../sccon.toml", "/query/ace/../page.js", "/query/nothing.js", "/query/", "/query/ace"]
)
def test_nothing_else_is_below_it(server: Server, path: str) -> None:
    assert server.get(path).status == 404


def test_it_cannot_be_written_to(server: Server) -> None:
    assert server.ask("POST", "/query", b"query=ASK%7B%7D").status == 405


@pytest.mark.parametrize("path", ["/query", "/query/page.js", "/query/terms.json"])
def test_what_a_browser_has_is_not_sent_again(server: Server, path: str) -> None:
    first = server.get(path)
    again = server.get(path, If_None_Match=first.headers["etag"])

    assert (again.status, again.body) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_the_look_is_that_of_the_pages(server: Server, tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication", with_pages=True)
    with serving(folder, tmp_path / "log") as with_pages:
        own = with_pages.get("/query").text

    assert "./query/site.css" in loaded(server.get("/query").text)
    assert "./current/pages/site.css" in loaded(own)
    assert '<a class="brand" href="./">' in own


def test_it_is_there_before_there_is_a_release(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    page = folder / "public" / "current"
    with serving(folder, tmp_path / "log") as server:
        page.unlink()

        assert server.get("/query").status == 200
        assert json.loads(server.get("/query/terms.json").body) == {"prefixes": {}, "classes": {}, "properties": {}}


# --- examples


def test_an_example_is_chosen_by_its_name(server: Server) -> None:
    page = server.get("/query?example=odd&lang=en").text

    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    assert unescape(found[1]) == f'# <b>"Who"</b> & where?\n{QUERY.replace("de", "en", 1)}'


@pytest.mark.parametrize("path", ["/query", "/query?example=odd", "/query?example=nothing"])
def test_odd_examples_are_escaped(server: Server, path: str) -> None:
    page = server.get(path, Accept_Language="de").text

    assert "<b>" not in page
    assert "<script>alert" not in page
    assert "&lt;b&gt;&#34;Wer&#34;&lt;/b&gt; &amp; wo?</a>" in page


# --- terms


def test_terms_are_those_that_a_release_uses(server: Server) -> None:
    reply = server.get("/query/terms.json")
    told = json.loads(reply.body)

    assert reply.headers["content-type"] == "application/json"
    assert told["prefixes"]["schema"] == small.SCHEMA
    assert (told["properties"][f"{small.DEF}seats"], told["properties"][f"{small.SCHEMA}superEvent"]) == (1, 30)
    assert f"{small.SCHEMA}endDate" not in told["properties"]
    assert all(isinstance(each, int) for each in told["classes"].values())


# --- forms of answers by name


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        ("ASK {}", "csv", "text/csv; charset=utf-8"),
        ("ASK {}", "json", "application/sparql-results+json"),
        ("SELECT * {}", "xml", "application/sparql-results+xml"),
        ("SELECT * {}", "tsv", "text/tab-separated-values; charset=utf-8"),
        ("DESCRIBE <a:b>", "nt", "application/n-triples"),
        ("DESCRIBE <a:b>", "jsonld", "application/ld+json"),
        ("DESCRIBE <a:b>", "", "text/turtle; charset=utf-8"),
    ],
)
def test_a_link_may_name_the_form_of_the_answer(server: Server, query: str, name: str, media_type: str) -> None:
    reply = server.get(f"{SPARQL}?{urlencode({'query': query, 'format': name})}", Accept=BROWSER)

    assert (reply.status, reply.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize(("query", "name"), [("ASK {}", "turtle"), ("ASK {}", "ttl"), ("ASK {}", "pdf")])
def test_a_form_of_another_name_is_left_to_what_the_client_accepts(server: Server, query: str, name: str) -> None:
    reply = server.get(f"{SPARQL}?{urlencode({'query': query, 'format': name})}", Accept="application/json")

    assert (reply.status, reply.headers["content-type"]) == (200, "application/sparql-results+json")


# --- the editor


@needs_editor
def test_the_editor_comes_from_its_package(server: Server) -> None:
    page = server.get("/query").text

    assert {"./query/ace/ace.js", "./query/ace/ext-language_tools.js", "./query/ace/css/ace.css"} <= set(loaded(page))
    for name, path in editing.files().items():
        reply = server.get(f"/query/ace/{name}")
        assert (reply.status, reply.body) == (200, path.read_bytes()), name
    assert server.get("/query/ace/mode-abap.js").status == 404


@needs_editor
def test_all_pictures_that_the_editor_names_are_there(server: Server) -> None:
    style = server.get("/query/ace/css/ace.css").text

    named = re.findall(r'url\("([^"]+)"\)', style)
    assert named
    for each in named:
        assert server.get(urljoin("/query/ace/css/", each)).status == 200, each


def test_without_the_editor_there_is_a_plain_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A package of this name that ships nothing hides the one that may be installed.
    (tmp_path / "hiding" / "django_ace").mkdir(parents=True)
    (tmp_path / "hiding" / "django_ace" / "__init__.py").touch()
    paths = [str(tmp_path / "hiding"), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    folder = publication(tmp_path / "publication")
    with serving(folder, tmp_path / "log") as server:
        page = server.get("/query")
        missing = server.get("/query/ace/ace.js")

    assert (page.status, missing.status) == (200, 404)
    assert "/ace/" not in page.text
    assert '<textarea id="query-text"' in page.text
