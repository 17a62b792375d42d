"""The server leads to the pages of a release, and browsers may use all that these need."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest

from served import Server, publish, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("pages") / "publication"
    publish(
        folder, {"a": "Fest", "gone": "Weg", "köln": "Köln", "x<&\"'": "<script>alert(1)</script>"}, with_pages=True
    )
    publish(folder, {"a": "Fest", "köln": "Köln", "x<&\"'": "<script>alert(1)</script>"}, with_pages=True)
    with serving(folder, folder.parent / "log") as found:
        yield found


@pytest.mark.parametrize(
    ("path", "language", "location"),
    [
        ("/id/event/a", "de", "../../current/pages/id/event/a.html"),
        ("/id/event/a", "en", "../../current/pages/id/event/a.en.html"),
        ("/id/event/a.html", "en", "../../current/pages/id/event/a.en.html"),
        ("/id/event/k%C3%B6ln", "de", "../../current/pages/id/event/k%C3%B6ln.html"),
        ("/", "en", "./current/pages/index.en.html"),
    ],
)
def test_an_address_leads_a_browser_to_its_page(server: Server, path: str, language: str, location: str) -> None:
    reply = server.get(path, Accept=BROWSER, Accept_Language=language)

    assert (reply.status, reply.headers["location"]) == (303, location)
    assert {"Accept", "Accept-Language"} <= set(reply.headers["vary"].split(", "))
    page = server.get(urljoin(path, location))
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_an_odd_address_leads_to_its_page(server: Server) -> None:
    path = "/id/event/x%3C%26%22%27"
    page = server.get(urljoin(path, server.get(path, Accept=BROWSER).headers["location"]))

    assert page.status == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_data_are_still_led_to_data(server: Server) -> None:
    assert server.get("/id/event/a", Accept="text/turtle").headers["location"] == "./a.ttl"


def test_what_is_withdrawn_is_gone_for_browsers_too(server: Server) -> None:
    assert server.get("/id/event/gone", Accept=BROWSER).status == 410


def test_all_that_the_first_page_names_is_there_and_allowed(server: Server) -> None:
    start = "/current/pages/"
    page = server.get(start)
    policy = page.headers["content-security-policy"]

    assert page.status == 200
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    for each in re.findall(r'<(?:a|link|script)[^>]* (?:href|src)="(?!https?:)([^"#]+)"', page.text):
        assert server.get(urljoin(start, each)).status == 200, each


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/current/pages/search.js", "text/javascript; charset=utf-8"),
        ("/current/pages/site.css", "text/css; charset=utf-8"),
        ("/current/pages/id/event/a.ttl", "text/turtle; charset=utf-8"),
        ("/current/changes/atom.xml", "application/atom+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_of_pages_have_their_media_types(server: Server, path: str, media_type: str) -> None:
    reply = server.get(path)

    assert (reply.status, reply.headers["content-type"]) == (200, media_type)
