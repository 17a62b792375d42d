"""The page for queries in a browser: what people do with it."""

import csv
import io
import os
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from browser import Browser, browsing
from sccon_lod.serving import editing
from served import Server, publish, serving

needs_editor = pytest.mark.skipif(not editing.files(), reason="the editor is not installed")
READY = "document.body.dataset.ready === 'yes'"
ANSWERED = "!document.getElementById('answer').hidden && !document.getElementById('answer').ariaBusy"
NAMES = "SELECT ?event ?name { ?event <http://schema.org/name> ?name } ORDER BY ?name"
COUNTS = 'SELECT * { VALUES (?topic ?things) { ("Wasser"@de 12) ("Verkehr"@de 3) ("Luft"@de 0) } }'
PLACES = """SELECT * { VALUES (?place ?name ?lat ?long) {
  (<https://example.net/id/event/a> "Berlin" 52.52 13.405) (<https://elsewhere.example/x> "Hamburg" 53.55 9.99)
  (<a:b> "Hamburg-Mitte" 53.55 9.99) (UNDEF "Nowhere" UNDEF 10) } }"""
POINTS = 'SELECT * { VALUES (?name ?where) { ("Solingen" "POINT(7.083 51.17)") ("Köln" "Point (6.96 50.94)") } }'
# Longer than any test waits.
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?j) }"
EXAMPLE = """# de: Wie viele?
# en: How many?
SELECT (COUNT(*) AS ?n) { VALUES ?language { "de" } ?s <http://schema.org/name> ?name }
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("query-page") / "publication"
    (folder / "pages" / "queries").mkdir(parents=True)
    (folder / "pages" / "queries" / "many.rq").write_text(EXAMPLE, encoding="utf-8")
    publish(folder, {"a": "Fest", "x<&\"'": "<b>Odd</b> & more"})
    with serving(folder, folder.parent / "log", "--seconds", "30") as found:
        yield found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def page(running: Browser, server: Server) -> Iterator[Browser]:
    """The page in German, of which nothing was asked yet; nothing may be wrong with it when a test is over."""
    running.ask_in("de")
    running.resize(1200, 900)
    show(running, server)
    running.problems.clear()
    yield running
    # What the endpoint refuses is said on the page, and noted by the browser as well.
    assert [each for each in running.problems if not ("/sparql" in each and "400" in each)] == []


def show(page: Browser, server: Server, tail: str = "") -> None:
    # Nothing is left of the page before, also where only the fragment is another.
    page.open("about:blank")
    page.open(f"http://127.0.0.1:{server.port}/query{tail}")
    page.wait(READY)


def fill(page: Browser, query: str) -> None:
    """Put a query into the editor as a link does, which runs nothing."""
    page.evaluate(f"location.hash = 'query=' + {js(quote(query, safe=''))}")
    page.wait(f"document.getElementById('query-text').value === {js(query)}")


def ask(page: Browser, query: str) -> None:
    fill(page, query)
    page.click("#query-form button[type=submit]")
    page.wait(ANSWERED)


def js(text: str) -> str:
    return f"decodeURIComponent('{quote(text, safe='')}')"


def texts(page: Browser, selector: str) -> object:
    return page.evaluate(f"[...document.querySelectorAll({js(selector)})].map((each) => each.textContent)")


def query_of(page: Browser) -> str:
    return str(page.evaluate("document.getElementById('query-text').value"))


# --- asking


def test_an_example_is_put_into_the_editor_and_answered(page: Browser) -> None:
    page.click("[href*=many]")
    query = query_of(page)
    page.click("#query-form button[type=submit]")
    page.wait(ANSWERED)

    assert query == f"# Wie viele?\n{EXAMPLE.splitlines()[2]}\n"
    assert (page.text("#answer-text"), texts(page, "td")) == ("1 Zeile", ["32"])


def test_the_page_is_there_in_english(page: Browser, server: Server) -> None:
    fill(page, "ASK {}")
    page.click(".languages a")
    page.wait(f"document.documentElement.lang === 'en' && {READY}")

    assert page.text("h1") == "Query the data"
    assert query_of(page) == "ASK {}"
    ask(page, "ASK {\n?a ?b }")
    assert page.text("#answer-text").startswith("query:2:")
    assert "not a valid query" in page.text("#answer-text")


def test_what_is_wrong_is_said_and_marked(page: Browser) -> None:
    ask(page, "SELECT * {\n  ?s ?p ?o .\n  FILER (?x)\n}")

    assert page.text("#answer-text").startswith("query:3:")
    assert "Das ist keine gültige Abfrage" in page.text("#answer-text")
    if editing.files():
        # It draws with the next picture of the screen.
        page.wait("document.querySelector('.query-wrong') && document.querySelector('.ace_gutter .ace_error')")
    ask(page, "ASK {}")
    assert page.text("#answer-text") == "Ja"
    page.wait("!document.querySelector('.query-wrong')")


def test_nothing_is_asked_where_there_is_no_query(page: Browser) -> None:
    fill(page, " ")
    page.click("#query-form button[type=submit]")

    assert page.evaluate("document.getElementById('answer').hidden")
    assert page.evaluate("document.querySelector('#query-form').contains(document.activeElement)")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_a_query_that_runs_is_stopped(page: Browser) -> None:
    fill(page, SLOW)
    page.click("#query-form button[type=submit]")
    page.wait("/\\d/.test(document.getElementById('answer-time').textContent)")
    stoppable = page.evaluate("!document.getElementById('query-stop').hidden")
    page.click("#query-stop")
    page.wait("document.getElementById('query-stop').hidden")

    assert stoppable is True
    assert page.text("#answer-text").startswith("Angehalten nach")


def test_another_query_takes_the_place_of_one_that_runs(page: Browser) -> None:
    fill(page, SLOW)
    page.click("#query-form button[type=submit]")
    ask(page, "ASK { FILTER(false) }")

    assert page.text("#answer-text") == "Nein"


def test_control_and_enter_run_a_query(page: Browser) -> None:
    fill(page, "ASK {}")
    page.click("#query-label")
    page.press("Enter", control=True)
    page.wait(ANSWERED)

    assert page.text("#answer-text") == "Ja"


# --- links


def test_a_link_holds_the_query_and_runs_nothing(page: Browser, server: Server) -> None:
    fill(page, NAMES)
    page.click("#query-link")
    page.wait("document.getElementById('query-note').textContent")
    link = str(page.evaluate("location.hash"))
    show(page, server, link)

    assert unquote(link) == f"#query={NAMES}"
    assert query_of(page) == NAMES
    assert page.evaluate("document.getElementById('answer').hidden") is True


def test_half_a_link_is_said_to_be_one(page: Browser, server: Server) -> None:
    show(page, server, "#query=SELECT%20%E0%A4%A")

    assert page.text("#query-note") == "Dieser Link ist nicht vollständig."


def test_files_hold_the_answer_that_is_shown(page: Browser, server: Server) -> None:
    ask(page, NAMES)
    fill(page, "ASK {}")
    links = page.evaluate(
        "[...document.querySelectorAll('#answer-files a')].map((each) => [each.textContent, each.href])"
    )

    assert isinstance(links, list)
    assert [name for name, _ in links] == ["CSV", "JSON", "TSV", "XML"]
    reply = server.get(links[0][1].partition(str(server.port))[2])
    rows = list(csv.reader(io.StringIO(reply.text)))
    assert (reply.headers["content-type"], rows[0], len(rows)) == ("text/csv; charset=utf-8", ["event", "name"], 33)


# --- answers


def test_things_are_links_and_texts_are_texts(page: Browser, server: Server) -> None:
    ask(page, f"{NAMES.partition('ORDER')[0]} ORDER BY STRLEN(?name) LIMIT 1")
    link = page.evaluate("document.querySelector('td a').href")
    ask(page, 'SELECT ?name { ?event <http://schema.org/name> ?name FILTER(CONTAINS(?name, "<b>")) }')

    assert link == f"http://127.0.0.1:{server.port}/id/event/a"
    assert texts(page, "td") == ["<b>Odd</b> & more de"]
    assert page.evaluate("document.querySelector('td').lang") == "de"
    assert page.evaluate("document.querySelector('td b')") is None


def test_only_addresses_of_the_web_are_links(page: Browser) -> None:
    ask(
        page,
        "SELECT * { VALUES ?iri { <javascript:alert(1)> <https://example.net/javascript:alert(1)> <data:text/html,x> "
        "<https://elsewhere.example/a> <http://schema.org/name> } }",
    )

    found = page.evaluate("[...document.querySelectorAll('td')].map((each) => each.querySelector('a')?.protocol ?? '')")
    assert found == ["", "http:", "", "https:", "http:"]
    assert texts(page, "td") == [
        "javascript:alert(1)",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://elsewhere.example/a",
        "schema:name",
    ]


def test_numbers_stand_right(page: Browser) -> None:
    ask(page, COUNTS)

    assert texts(page, "td.number") == ["12", "3", "0"]
    assert page.evaluate("getComputedStyle(document.querySelector('td.number')).textAlign") == "right"


def test_of_a_long_answer_the_first_rows_are_drawn_and_all_are_counted(page: Browser) -> None:
    ask(page, "SELECT * { ?a ?b ?c . ?d <http://schema.org/superEvent> ?f } LIMIT 1500")

    assert page.text("#answer-text") == "1.500 Zeilen"
    assert page.evaluate("document.querySelectorAll('tbody tr').length") == 1_000
    assert "ersten 1.000 von 1.500 Zeilen" in page.text("#answer-shown")


def test_nothing_found_is_said(page: Browser) -> None:
    ask(page, "SELECT * { ?a <a:nothing> ?b }")

    assert page.text("#answer-text").startswith("Keine Zeile")


def test_the_raw_answer_is_the_text_of_the_server(page: Browser) -> None:
    ask(page, "SELECT * { VALUES ?x { 1 } }")
    page.click("[data-view=raw]")

    assert page.text("#answer-shown pre").startswith('{"head":{"vars":["x"]}')
    assert page.evaluate("document.querySelector('[data-view=raw]').ariaPressed") == "true"


def test_a_graph_is_a_text(page: Browser) -> None:
    ask(page, "DESCRIBE <https://example.net/id/event/a>")

    assert '"Fest"@de' in page.text("#answer-shown pre")
    assert texts(page, "#answer-files a") == ["Turtle", "N-Triples", "JSON-LD"]
    assert texts(page, "#answer-views button") == ["Rohtext"]


def test_a_text_and_a_number_are_a_chart(page: Browser) -> None:
    ask(page, COUNTS)
    page.click("[data-view=chart]")
    page.wait("document.querySelector('#answer-shown svg')")

    widths = page.evaluate(
        "[...document.querySelectorAll('rect.bar-of')].map((each) => Number(each.getAttribute('width')))"
    )
    assert isinstance(widths, list)
    assert widths[0] == pytest.approx(4 * widths[1])
    assert widths[2] == 1
    assert texts(page, "#answer-shown text") == ["Wasser", "12", "Verkehr", "3", "Luft", "0"]


@pytest.mark.parametrize(
    "query", [NAMES, "SELECT * { VALUES (?a ?x ?y) { ('a' 1 2) } }", "SELECT * { VALUES (?a ?b ?x) { ('a' 'b' 1) } }"]
)
def test_other_tables_are_no_chart(page: Browser, query: str) -> None:
    ask(page, query)

    assert texts(page, "#answer-views button") == ["Tabelle", "Rohtext"]


def test_degrees_are_a_map(page: Browser, server: Server) -> None:
    ask(page, PLACES)
    page.click("[data-view=map]")
    page.wait("document.querySelector('#answer-shown svg')")

    assert texts(page, "#answer-shown title") == ["Berlin", "Hamburg, Hamburg-Mitte"]
    assert texts(page, "#answer-shown .name") == ["Berlin", "Hamburg +1"]
    berlin, hamburg = (
        page.evaluate(
            f"['cx', 'cy'].map((each) => Number(document.querySelectorAll('circle')[{at}].getAttribute(each)))"
        )
        for at in (0, 1)
    )
    assert isinstance(berlin, list)
    assert isinstance(hamburg, list)
    assert berlin[0] > hamburg[0]
    assert berlin[1] > hamburg[1]
    links = page.evaluate(
        "[...document.querySelectorAll('#answer-shown svg a')].map((each) => each.getAttribute('href'))"
    )
    assert links == ["./id/event/a", "https://elsewhere.example/x"]


def test_points_in_well_known_text_are_a_map(page: Browser) -> None:
    ask(page, POINTS)
    page.click("[data-view=map]")
    page.wait("document.querySelector('#answer-shown svg')")

    assert texts(page, "#answer-shown title") == ["Solingen", "Köln"]


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
def test_nothing_is_wider_than_the_window(page: Browser, width: int, scheme: str) -> None:
    page.resize(width, 800, scheme)
    for query, view in ((NAMES, "table"), (COUNTS, "chart"), (PLACES, "map"), (PLACES, "raw")):
        ask(page, query)
        page.click(f"[data-view={view}]")

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), view


# --- the editor


@needs_editor
def test_words_of_the_language_are_coloured(page: Browser) -> None:
    fill(page, 'PREFIX s: <http://e.example/a#b>\nSELECT ?köln { ?köln s:name "x"@de } # end')
    page.wait("document.querySelector('.ace_iri')")

    assert texts(page, ".ace_keyword") == ["PREFIX", "SELECT"]
    assert texts(page, ".ace_iri") == ["<http://e.example/a#b>"]
    assert texts(page, ".ace_variable") == ["?köln", "?köln"]
    assert texts(page, ".ace_name") == ["name"]
    assert texts(page, ".ace_comment") == ["# end"]


@needs_editor
def test_a_term_is_completed_with_its_prefix(page: Browser) -> None:
    fill(page, "")
    page.click("#query-label")
    page.type("SELECT * { ?s schema:supe")
    page.wait("document.querySelector('.ace_autocomplete .ace_completion-highlight')")
    page.press("Enter")

    page.wait("document.getElementById('query-text').value.includes('schema:superEvent')")
    assert query_of(page) == "PREFIX schema: <http://schema.org/>\n\nSELECT * { ?s schema:superEvent"


@needs_editor
def test_escape_and_tab_leave_the_editor(page: Browser) -> None:
    page.click("#query-label")
    inside = page.evaluate("document.activeElement.className")
    page.press("Escape")
    for _ in range(3):
        page.press("Tab")

    assert "ace_text-input" in str(inside)
    assert page.evaluate("document.activeElement.closest('#query-editor')") is None


def test_missing_prefixes_are_added(page: Browser) -> None:
    fill(page, "# Names: all\nSELECT * { ?s schema:name 'foaf:no' ; unknown:x <http://topic:80/> }")
    page.click("#query-prefixes")

    assert query_of(page) == (
        "# Names: all\nPREFIX schema: <http://schema.org/>\n\n"
        "SELECT * { ?s schema:name 'foaf:no' ; unknown:x <http://topic:80/> }"
    )
    assert page.text("#query-note") == "Ergänzt: schema"
    page.click("#query-prefixes")
    assert page.text("#query-note") == "Es fehlt kein bekanntes Präfix."


def test_without_the_editor_a_query_is_asked_in_a_plain_field(
    running: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hiding" / "django_ace").mkdir(parents=True)
    (tmp_path / "hiding" / "django_ace" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "hiding"), os.environ.get("PYTHONPATH", "")]))
    publish(tmp_path / "publication", {"a": "Fest"})
    running.ask_in("de")
    with serving(tmp_path / "publication", tmp_path / "log") as server:
        show(running, server)
        ask(running, "ASK {\n  x\n}")
        marked = running.evaluate("[document.activeElement.id, document.activeElement.selectionStart]")
        running.evaluate("document.activeElement.value = 'ASK {}'")
        running.press("Enter", control=True)
        running.wait("document.getElementById('answer-text').textContent === 'Ja'")
    running.problems.clear()

    assert isinstance(marked, list)
    assert marked[0] == "query-text"
    assert marked[1] >= len("ASK {\n")


def test_without_scripts_the_form_asks_by_itself(server: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    def answered() -> int:
        return server.log.read_text(encoding="utf-8").count(" GET /sparql 200 ")

    before = answered()
    with browsing(tmp_path_factory.mktemp("plain")) as browser:
        browser.disable_scripts()
        browser.open(f"http://127.0.0.1:{server.port}/query?example=many&lang=en")
        shown = browser.evaluate(
            "['query-text', 'query-stop', 'answer'].map((id) => document.getElementById(id).checkVisibility())"
        )
        browser.click("#query-form button[type=submit]")
        until = time.monotonic() + 20
        # What browsers do with the answer is theirs: this one saves it as a file.
        while answered() == before and time.monotonic() < until:
            time.sleep(0.05)

    assert shown == [True, False, False]
    assert answered() == before + 1
