"""The pages of a release: every link leads somewhere, what they say is what the dumps say, and nothing breaks them."""

import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib  # type: ignore[import-untyped]
import pyoxigraph
import pytest

import small
from conftest import load, quiet
from sccon_lod import build, checksums, project
from sccon_lod.errors import PageError
from sccon_lod.formats import NTRIPLES
from sccon_lod.forms import Forms
from sccon_lod.language import Text
from sccon_lod.pages import MOST, are_made
from sccon_lod.site import maps, ties
from sccon_lod.site.addresses import Addresses
from sccon_lod.site.contents import Contents
from sccon_lod.site.finding import files
from sccon_lod.site.resource import Site

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


class Page(HTMLParser):
    """A page as a browser reads it: its links, anchors and headings, and what is not closed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: list[str] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.headings = 0
        self.language = ""
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.links += [str(known[key]) for key in ("href", "src") if key in known]
        self.names += [str(known["id"])] if "id" in known else []
        self.headings += tag == "h1"
        if tag == "html":
            self.language = str(known["lang"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.fixture(scope="module")
def folder(released: Path) -> Path:
    return released / "pages"


@pytest.fixture(scope="module")
def pages(folder: Path) -> Mapping[Path, Page]:
    return {path: Page(path) for path in sorted(folder.rglob("*.html"))}


def published(folder: Path, *edits: tuple[str, str], **files_of: str) -> Path:
    """Build the small publication with other files, and return the folder of its pages."""
    given = {name.replace("__", "/"): text for name, text in files_of.items()}
    small.publication(folder, {"sccon.toml": small.WITH_PAGES, **given, **dict(edits)})
    build.build(load(folder), quiet)
    return folder / "public/current/pages"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- all pages


def test_every_link_leads_to_a_file_and_every_fragment_to_an_anchor(pages: Mapping[Path, Page], folder: Path) -> None:
    broken = list(broken_links(pages))

    assert len(pages) > 600
    assert broken == []


def broken_links(pages: Mapping[Path, Page]) -> Iterator[tuple[str, str]]:
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            if not target.is_file() or (
                parts.fragment and target.suffix == ".html" and parts.fragment not in Page(target).names
            ):
                yield str(path), link


def test_every_page_closes_what_it_opens_and_has_one_heading_and_each_anchor_once(pages: Mapping[Path, Page]) -> None:
    odd = {
        path.name: (page.faults, page.open, page.headings)
        for path, page in pages.items()
        if page.faults or page.open or page.headings != 1 or len(set(page.names)) < len(page.names)
    }

    assert odd == {}


def test_every_page_is_valid_to_a_strict_parser(folder: Path) -> None:
    for path in sorted(folder.rglob("*.html")):
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_the_language_of_a_page_is_that_of_its_name(pages: Mapping[Path, Page]) -> None:
    assert {page.language for path, page in pages.items() if path.name.endswith(".en.html")} == {"en"}
    assert {page.language for path, page in pages.items() if not path.name.endswith(".en.html")} == {"de"}


def test_no_page_needs_anything_from_elsewhere(folder: Path) -> None:
    loaded = re.compile(r'<(?:script|img|iframe|link rel="stylesheet")[^>]*(?:src|href)="(https?:[^"]*)"')

    assert [found for path in folder.rglob("*.html") for found in loaded.findall(text_of(path))] == []


def test_the_map_of_the_site_names_every_page(folder: Path, pages: Mapping[Path, Page]) -> None:
    named = re.findall("<loc>([^<]*)</loc>", text_of(folder / "sitemap.xml"))

    address = "https://w3id.org/sccon-lod/current/pages/"
    assert {unquote(each.removeprefix(address)) for each in named} == {
        path.relative_to(folder).as_posix() for path in pages
    }


# --- one page


def test_a_page_says_what_the_shapes_call_it_in_each_language(folder: Path) -> None:
    german, english = (text_of(folder / f"id/event/sccon-2022-minister-keynote{end}") for end in (".html", ".en.html"))

    assert "<h1>Keynote der Bundesbauministerin</h1>" in german
    assert "18. Oktober 2022" in german
    assert "<h1>Keynote of the Federal Building Minister</h1>" in english
    assert "18 October 2022" in english
    assert re.search(r'<dt[^>]*>Role</dt>\s*<dd><a href="[^"]*">Keynote speaker</a></dd>', english)


def test_the_programme_of_an_event_is_a_tree(folder: Path) -> None:
    page = text_of(folder / "id/event/sccon-2022.html")
    stand = page[page.index("sccon-2022-bmwsb-stand.html") :]
    trees = re.sub(r"<(?!/?ul|/?li)[^>]*>", "", stand[: stand.index("</dd>")])

    assert "<li>Interaktive Themeninseln<ul" in trees
    assert "<li>Vorstellung des Modellprojekts Smart Cities Jena</li>" in trees
    assert trees.count("<ul") == trees.count("</ul") == 2


def test_a_page_is_no_list_of_what_is_said_twice_for_other_readers(folder: Path) -> None:
    page = text_of(folder / "id/person/klara-geywitz.en.html")

    assert "Given name" in page
    assert "(European)" not in page


def test_search_engines_find_the_kind_the_name_and_the_day(folder: Path) -> None:
    found = SCRIPT.search(text_of(folder / "id/event/sccon-2022.html"))

    assert found
    node = json.loads(found[1])
    assert (node["@type"], node["name"], node["startDate"]) == ("Event", "Smart Country Convention 2022", "2022-10-18")
    assert node["location"]["name"] == "Berlin"


def test_the_files_beside_a_page_say_what_the_dump_says_of_it(folder: Path, released: Path) -> None:
    stem = folder / "id/event/sccon-2022"
    context = json.loads(text_of(released / "context.jsonld"))
    linked = json.loads(text_of(stem.with_suffix(".jsonld"))) | context
    start = "<https://w3id.org/sccon-lod/id/event/sccon-2022"

    lines = [
        line
        for line in text_of(released / "sccon.nt").splitlines(keepends=True)
        if line.startswith((f"{start}>", f"{start}#"))
    ]
    whole = set(pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(whole) > 20
    assert text_of(stem.with_suffix(".nt")) == "".join(lines)
    assert set(pyoxigraph.parse(text_of(stem.with_suffix(".ttl")), format=pyoxigraph.RdfFormat.TURTLE)) == whole
    assert set(pyoxigraph.parse(json.dumps(linked), format=pyoxigraph.RdfFormat.JSON_LD)) == whole


def test_search_engines_find_a_dataset_for_all_and_for_each_kind(folder: Path, released: Path) -> None:
    found = [SCRIPT.search(text_of(folder / each)) for each in ("index.en.html", "id/event/index.en.html")]
    whole, part = (json.loads(each[1]) for each in found if each)
    files_of = [each["contentUrl"].rpartition("/")[2] for each in part["distribution"]]
    catalog = pyoxigraph.parse(path=released / "catalog.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    known = {each.subject.value for each in catalog if isinstance(each.subject, pyoxigraph.NamedNode)}

    assert (whole["@type"], part["@type"]) == ("Dataset", "Dataset")
    assert {whole["@id"], part["@id"]} <= known
    assert part["isPartOf"]["@id"] == whole["@id"]
    assert files_of == ["sccon-event.ttl", "sccon-event.jsonld", "sccon-event.nt"]
    assert all((released / each).is_file() for each in files_of)


def test_a_list_of_what_has_dates_is_a_timeline(folder: Path) -> None:
    page = text_of(folder / "id/event/index.html")

    assert '<ul class="dated">' in page
    assert page.index("<h2>2022</h2>") < page.index("<h2>Ohne Datum</h2>")
    assert '<ul class="names">' in text_of(folder / "id/person/index.html")


def test_the_search_finds_words_however_they_are_written() -> None:
    found = dict(files([("Große Straße", "Ort", "id/place/x.html"), ("Ärzte-Haus", "Ort", "id/place/y.html")]))

    assert sorted(found) == ["61-72.json", "67-72.json", "68-61.json", "73-74.json"]
    assert json.loads(found["73-74.json"]) == [["Große Straße", "Ort", "id/place/x.html"]]


def test_an_endpoint_is_named_at_the_foot_of_each_page(tmp_path: Path) -> None:
    settings = f'{small.WITH_PAGES}[catalog]\nsparql = "https://example.net/sparql"\n'
    pages_of = published(tmp_path, ("sccon.toml", settings))

    assert 'href="https://example.net/sparql">Queries (SPARQL)</a>' in text_of(pages_of / "index.en.html")
    assert "sparql" not in text_of(published(tmp_path / "other") / "index.en.html")


# --- odd records


def test_what_records_say_is_never_markup(tmp_path: Path) -> None:
    text = '<script>alert(1)</script> & "x"'
    rows = [{"id": "a", "name_de": text, "starts": "18.10.2022", "ends": "18.10.2022"}]
    pages_of = published(tmp_path, ("data/event.csv", small.table(rows)))

    page = text_of(pages_of / "id/event/a.html")
    found = SCRIPT.search(page)
    assert found
    assert json.loads(found[1])["name"] == text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;x&#34;" in page


@pytest.mark.parametrize(
    "iri", ["index", "x.en", "x.html", "..", ".", "a%2Fb", "%41", "a%20b", "ä", "x" * 300, "~", ""]
)
def test_odd_identifiers_have_pages_of_their_own(iri: str) -> None:
    addresses = Addresses.of("https://example.org/id")
    path = addresses.path(f"https://example.org/id/event/{iri}")
    others = {addresses.path(f"https://example.org/id/event/{each}") for each in ("A", "a", "x", "b") if each != iri}

    assert path.startswith("id/event/")
    assert path.count("/") == 2
    assert path not in others
    assert all(part not in ("", ".", "..", "index") and len(part.encode()) < 200 for part in path.split("/"))


def test_a_withdrawn_resource_keeps_a_page_that_says_so(tmp_path: Path) -> None:
    rows = [{"id": f"e{number}", "name_de": f"Fest {number}"} for number in range(10)]
    published(tmp_path, ("data/event.csv", small.table(rows)))
    (tmp_path / "data/event.csv").write_text(small.table(rows[:3] + rows[4:]), encoding="utf-8")
    build.build(load(tmp_path), quiet)

    pages_of = tmp_path / "public/current/pages"
    assert 'class="gone"' in text_of(pages_of / "id/event/e3.html")
    assert 'class="gone"' not in text_of(pages_of / "id/event/e4.html")
    assert '"/id/event/e3" 1;' in text_of(pages_of / "hosting/nginx.conf")


# --- templates and settings


def test_a_template_of_the_publication_takes_the_place_of_that_of_the_program(tmp_path: Path) -> None:
    pages_of = published(tmp_path, ("pages/front.html", "<h1>{{ page.title }}: mine</h1>\n"))

    assert text_of(pages_of / "index.html") == "<h1>Klein: mine</h1>\n"
    assert (pages_of / "site.css").is_file()


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{% if %}", "1: This template cannot be filled: Expected an expression, got 'end of statement block'"),
        ("\n{{ page.nothing }}", "2: This template cannot be filled: 'dict object' has no attribute 'nothing'"),
    ],
)
def test_a_template_that_cannot_be_filled_is_named_with_its_line(template: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(PageError) as caught:
        published(tmp_path, ("pages/front.html", template))

    end = ". A right one comes with the program; it holds where there is none."
    assert str(caught.value) == f"pages/front.html:{problem}{end}"
    assert not (tmp_path / "public/current").exists()


def test_pages_are_made_for_few_resources_unless_somebody_decided_it(tmp_path: Path) -> None:
    small.publication(tmp_path, {})
    never = project.load(tmp_path)
    (tmp_path / "sccon.toml").write_text(f"pages = true\n{small.WITH_PAGES}", encoding="utf-8")
    decided = project.load(tmp_path)
    (tmp_path / "sccon.toml").write_text(small.WITH_PAGES, encoding="utf-8")
    undecided = project.load(tmp_path)

    assert [are_made(undecided, number) for number in (MOST, MOST + 1)] == [True, False]
    assert are_made(decided, MOST + 1)
    assert not are_made(never, 1)


# --- pages that stay


def rebuilt(root: Path) -> tuple[Path, Path]:
    """Return a page of the former release and the same of the next, which is made as the former one is broken."""
    (root / "public/current/catalog.ttl").unlink()
    former = (root / "public/current").resolve() / "pages/id/event/a.html"
    build.build(load(root), quiet)
    return former, (root / "public/current").resolve() / "pages/id/event/a.html"


def test_pages_that_would_be_the_same_are_not_made_again(tmp_path: Path) -> None:
    published(tmp_path, ("data/event.csv", small.table([{"id": "a", "name_de": "Fest"}])))
    former, page = rebuilt(tmp_path)

    assert former != page
    assert former.samefile(page)


def test_another_program_makes_pages_again_but_no_release_of_the_same(tmp_path: Path) -> None:
    published(tmp_path, ("data/event.csv", small.table([{"id": "a", "name_de": "Fest"}])))
    known = tmp_path / "public/.pages"
    before = text_of(known)
    known.write_text("000001 of-another-program\n", encoding="utf-8")
    outcome = build.build(load(tmp_path), quiet)

    assert (outcome.changed, text_of(known)) == (False, before)


def test_a_page_that_somebody_changed_is_made_again(tmp_path: Path) -> None:
    published(tmp_path, ("data/event.csv", small.table([{"id": "a", "name_de": "Fest"}])))
    good = text_of(tmp_path / "public/current/pages/id/event/a.html")
    (tmp_path / "public/current/pages/id/event/a.html").write_text(good.replace("Fest", "Pest"), encoding="utf-8")
    former, page = rebuilt(tmp_path)

    assert "Pest" in text_of(former)
    assert text_of(page) == good


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("sccon.toml", 'de = "Klein"', 'de = "Groß"'), ("data/event.csv", "Fest", "Tanz"), ("pages/site.css", "", "a {}")],
)
def test_pages_are_made_again_where_something_that_they_show_has_changed(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    published(tmp_path, ("data/event.csv", small.table([{"id": "a", "name_de": "Fest"}])), ("pages/site.css", ""))
    former = (tmp_path / "public/current").resolve() / "pages"
    path = tmp_path / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    outcome = build.build(load(tmp_path), quiet)

    assert outcome.changed
    assert not (former / "index.html").samefile(tmp_path / "public/current/pages/index.html")


def test_several_processes_write_the_same_pages_as_one(tmp_path: Path) -> None:
    rows = [{"id": f"e{number}", "name_de": f"Fest {number}"} for number in range(600)]
    several = published(tmp_path / "several", ("data/event.csv", small.table(rows)))
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        one = published(tmp_path / "one", ("data/event.csv", small.table(rows)))
    finally:
        os.sched_setaffinity(0, allowed)

    assert checksums.of_folder(several) == checksums.of_folder(one)


def test_what_stops_one_of_several_processes_is_said_as_by_one(tmp_path: Path) -> None:
    rows = [{"id": f"e{number}", "name_de": f"Fest {number}"} for number in range(600)]
    template = "{% if page.title == 'Fest 77' %}{{ page.nothing }}{% endif %}"

    with pytest.raises(PageError, match="'dict object' has no attribute 'nothing'"):
        published(tmp_path, ("data/event.csv", small.table(rows)), ("pages/resource.html", template))


def test_no_process_goes_on_when_the_build_is_killed(tmp_path: Path) -> None:
    rows = [{"id": f"e{number}", "name_de": f"Fest {number}"} for number in range(4_000)]
    small.publication(tmp_path, {"sccon.toml": small.WITH_PAGES, "data/event.csv": small.table(rows)})
    command = [sys.executable, "-c", "from sccon_lod.cli import main; main()", "build", "-C", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        while not list(tmp_path.glob("public/.staging*/pages/id/event/*.html")):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
    time.sleep(0.2)
    written = sorted(tmp_path.glob("public/.staging*/pages/id/event/*"))
    time.sleep(0.5)

    assert not (tmp_path / "public/current").exists()
    assert sorted(tmp_path.glob("public/.staging*/pages/id/event/*")) == written
    assert build.build(load(tmp_path), quiet).changed
    assert not list(tmp_path.glob("public/.staging*"))


# --- pages that show all at a glance


PLACES = {"berlin": ("Berlin", 52.52, 13.405), "jena": ("Jena", 50.93, 11.58), "ort": ("Bei Jena", 50.9301, 11.5801)}


def site_of(folder: Path, *lines: str) -> Site:
    dump = folder / "x.nt"
    dump.write_text("".join(f"{line} .\n" for line in sorted(lines)), encoding="utf-8")
    contents = Contents.read({NTRIPLES: dump}, f"{small.SCHEMA}name")
    kinds = {each: Text(each.title(), each.title()) for each in ("place", "person", "group")}
    return Site(small.BASE, contents, Forms({}), Addresses.of(small.BASE), ("de", "en"), f"{small.SCHEMA}name", kinds)


def says(subject: str, term: str, value: object) -> str:
    return f'<{small.BASE}/{subject}> <{small.SCHEMA}{term}> "{value}"'


def leads(subject: str, term: str, target: str) -> str:
    return f"<{small.BASE}/{subject}> <{small.SCHEMA}{term}> <{small.BASE}/{target}>"


def test_a_map_has_north_above_and_east_on_the_right(tmp_path: Path) -> None:
    lines = [
        says(f"place/{key}", term, value)
        for key, said in PLACES.items()
        for term, value in zip(("name", "latitude", "longitude"), said, strict=True)
    ]
    shown = maps.shown(site_of(tmp_path, *lines, says("place/half", "latitude", 51)), "de")
    dots = {each.text: each for each in shown.dots}

    assert list(dots) == ["Bei Jena", "Berlin", "Jena"]
    assert dots["Berlin"].y < dots["Jena"].y
    assert dots["Berlin"].x > dots["Jena"].x
    assert all(0 <= each.x <= 1000 and 0 <= each.y <= shown.height for each in dots.values())
    assert dots["Jena"].href == "id/place/jena.html"
    assert [each.label for each in dots.values()] == ["Bei Jena", "Berlin", ""], "names do not cover each other"
    # A degree of longitude is as long as the cosine of the latitude says.
    across = (dots["Berlin"].x - dots["Jena"].x) / (13.405 - 11.58)
    down = (dots["Jena"].y - dots["Berlin"].y) / (52.52 - 50.93)
    assert across / down == pytest.approx(math.cos(math.radians(51.725)), abs=0.01)


def test_a_map_of_one_place_is_drawn_as_well(tmp_path: Path) -> None:
    lines = [says("place/x", term, value) for term, value in (("name", "X"), ("lat", "-33.9"), ("long", "151.2"))]
    shown = maps.shown(site_of(tmp_path, *lines), "de")

    assert [(each.x, each.y) for each in shown.dots] == [(shown.width / 2, shown.height / 2)]


def test_who_appears_together_in_something_nameless_is_tied(tmp_path: Path) -> None:
    lines = [
        *(says(f"person/{each}", "name", each.upper()) for each in ("a", "b", "c")),
        says("group/g", "name", "G"),
        *(leads("tie/1", "of", f"person/{each}") for each in ("a", "b")),
        leads("tie/1", "in", "group/g"),
        leads("tie/2", "of", "person/c"),
        leads("person/c", "knows", "person/a"),
    ]
    shown = ties.shown(site_of(tmp_path, *lines), "de")

    assert {each.text: [link.text for link in each.ties] for each in shown.members} == {
        "G": ["A", "B"],
        "A": ["B", "G"],
        "B": ["A", "G"],
    }
    assert {each.text for each in shown.arcs} == {"G – A", "G – B", "A – B"}


def test_a_name_is_found_whatever_the_vocabulary_that_says_it(tmp_path: Path) -> None:
    lines = [
        '<https://example.net/id/place/x> <http://xmlns.com/foaf/0.1/name> "Foaf"',
        '<https://example.net/id/place/y> <http://purl.org/dc/terms/identifier> "Y-1"',
        '<https://example.net/id/place/y> <http://www.w3.org/2000/01/rdf-schema#label> "Label"',
    ]
    site = site_of(tmp_path, *lines)

    assert [site.title(f"{small.BASE}/place/{each}", "de") for each in ("x", "y")] == ["Foaf", "Label"]
