"""The pages of this publication in a browser: search, languages, timeline, map, small screens, and what axe finds."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from browser import Browser, browsing
from conftest import ROOT, load, quiet
from sccon_lod import build

COORDINATES = {"berlin": "52.52,13.405", "jena": "50.93,11.58", "solingen": "51.17,7.08", "ulm": "48.4,9.99"}
SHOWN = (
    *("index", "index.en", "map", "ties", "ties.en", "lists", "profile", "report", "def", "id/event/index"),
    *("id/event/sccon-2022", "id/event/sccon-2022.en", "id/person/klara-geywitz", "id/place/berlin"),
)
AXE = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages of this publication, where four cities have got coordinates."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("data", "mapping", "ontology", "pages", "shapes"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "sccon.toml", folder)
    places = folder / "data/place.csv"
    lines = places.read_text(encoding="utf-8").splitlines()
    changed = [_with_coordinates(each) for each in lines]
    places.write_text("\n".join(changed) + "\n", encoding="utf-8")
    build.build(load(folder), quiet)
    handler = partial(_Quiet, directory=str(folder / "public/current"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/pages"
        server.shutdown()


def _with_coordinates(line: str) -> str:
    key, found = line.partition(",")[0], COORDINATES.get(line.partition(",")[0])
    parts = line.split(",")
    return ",".join([*parts[:6], found, *parts[8:]]) if found and key else line


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with browsing(tmp_path / "profile") as found:
        yield found


def test_no_page_has_a_problem_and_none_is_wider_than_a_phone(browser: Browser, address: str) -> None:
    browser.resize(360, 740)
    wide = []
    for each in SHOWN:
        browser.open(f"{address}/{each}.html")
        if browser.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(each)

    assert wide == []
    assert browser.problems == []


def test_the_search_finds_a_person_and_leads_there(browser: Browser, address: str) -> None:
    browser.open(f"{address}/id/event/sccon-2022.en.html")
    browser.evaluate("document.querySelector('#page-search').focus()")
    browser.type("geyw")
    browser.wait("/^[1-9] found$/.test(document.querySelector('#page-found p')?.innerText)")
    browser.press("Enter")
    browser.arrive("/id/person/klara-geywitz.en.html")

    assert browser.text("h1") == "Klara Geywitz"


def test_the_language_changes_on_the_same_page(browser: Browser, address: str) -> None:
    browser.open(f"{address}/id/place/berlin.html")
    german = browser.evaluate("document.documentElement.lang")
    browser.click(".languages a")
    browser.arrive("/id/place/berlin.en.html")

    assert (german, browser.evaluate("document.documentElement.lang")) == ("de", "en")


def test_the_timeline_is_in_the_order_of_time(browser: Browser, address: str) -> None:
    browser.open(f"{address}/id/event/index.html")
    moments = browser.evaluate("[...document.querySelectorAll('.dated time')].map(each => each.dateTime)")

    assert isinstance(moments, list)
    assert len(moments) > 3
    assert moments == sorted(moments)


def test_a_dot_of_the_map_leads_to_its_place(browser: Browser, address: str) -> None:
    browser.open(f"{address}/index.html")
    browser.evaluate("[...document.querySelectorAll('.buttons a')].find(each => each.innerText === 'Karte').click()")
    browser.wait("document.querySelectorAll('.map circle').length === 4")
    where = browser.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.map a')].map(each => "
        "[each.getAttribute('aria-label'), each.querySelector('circle').getBoundingClientRect().x]))"
    )
    browser.evaluate("document.querySelector('.map a[aria-label=Jena]').dispatchEvent(new MouseEvent('click'))")
    browser.arrive("/id/place/jena.html")

    assert isinstance(where, dict)
    assert sorted(where, key=lambda each: float(where[each])) == ["Solingen", "Ulm", "Jena", "Berlin"]


def test_pages_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    browser.disable_scripts()
    browser.command("Page.navigate", url=f"{address}/id/event/sccon-2022.html")
    browser.wait("document.querySelector('footer')")

    assert browser.text("h1") == "Smart Country Convention 2022"
    assert "JavaScript" in browser.text("noscript")


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_axe_finds_nothing(width: int, scheme: str, browser: Browser, address: str) -> None:
    known = find_spec("axe_core_python")
    if known is None or known.origin is None:
        pytest.skip("axe is not installed")
    axe = Path(known.origin).with_name("axe.min.js").read_text(encoding="utf-8")
    browser.resize(width, 900, scheme)
    found = {}
    for each in SHOWN:
        browser.open(f"{address}/{each}.html")
        browser.evaluate(f"{axe}; 0")
        said = browser.evaluate(f"{AXE}.then(found => found.violations.map(one => one.id + ' ' + one.nodes[0].html))")
        if said:
            found[each] = said

    assert found == {}
