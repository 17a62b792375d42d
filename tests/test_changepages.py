"""What differs between two releases as a page: whole, harmless, in two languages, and searched in a browser."""

import re
from pathlib import Path

import pytest

from sccon_lod import differences
from sccon_lod.differences import Change, Kind, Summary
from sccon_lod.language import Text
from sccon_lod.publish import changepages
from test_patches import BASE, EX, NEW, OLD, compare, line, summed
from test_webpages import articles, browsed

VERDICT = Text("Das Ergebnis", "The verdict")


def page(folder: Path, language: str = "en") -> str:
    compared = compare(folder, OLD, NEW)
    return changepages.page(compared, summed(compared), VERDICT, "all.rdfp", language)


def test_the_page_is_one_file_that_loads_nothing(tmp_path: Path) -> None:
    written = page(tmp_path)

    assert not re.search(r"(src|href)=[\"']?(https?:)?//", written)
    assert "@import" not in written
    assert "url(" not in written
    assert "{{" not in written
    assert "all.rdfp" not in written


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_has_both_languages_and_speaks_one_first(language: str, tmp_path: Path) -> None:
    written = page(tmp_path, language)

    assert f'<html lang="{language}">' in written
    assert "Das Ergebnis" in written
    assert "The verdict" in written


def test_the_page_shows_each_record_with_its_statements(tmp_path: Path) -> None:
    found = articles(page(tmp_path))

    assert [re.findall(r'<article class="(\w+)">', each)[0] for each in found] == ["changed", "removed", "added"]
    assert "Feier" in found[0]
    assert "<del>ex:name &quot;Fest&quot;@de</del>" in found[0]
    assert "<ins>ex:name &quot;Feier&quot;@de</ins>" in found[0]


def test_nothing_in_a_record_becomes_a_part_of_the_page(tmp_path: Path) -> None:
    compared = compare(tmp_path, [], [line("a", "</title></script><script>x</script>{{style}}"), line("a&amp;'b", "y")])

    written = changepages.page(compared, summed(compared), VERDICT, "all.rdfp", "en")

    assert "<script>x" not in written
    assert written.count("</script>") == 1
    assert "&lt;script&gt;x&lt;/script&gt;{{style}}" in written
    assert "id:a&amp;amp;&#x27;b" in written


def many(count: int, size: int = 1) -> Summary:
    lines = (tuple(f'<{BASE}{number}> <{EX}p> "{each}" .' for each in range(size)) for number in range(count))
    changes = (Change(f"{BASE}{number}", Kind.ADDED, (), added) for number, added in enumerate(lines))
    return differences.summed(changes, changepages.MOST)


@pytest.mark.parametrize(("summary", "articles_shown"), [(many(20_001), 20_000), (many(1, 1_500), 1)])
def test_a_page_that_is_not_whole_says_where_all_is(summary: Summary, articles_shown: int, tmp_path: Path) -> None:
    written = changepages.page(compare(tmp_path, [], []), summary, VERDICT, "all.rdfp", "en")

    assert not changepages.is_whole(summary)
    assert written.count("<article") == articles_shown
    assert '<a href="all.rdfp">all.rdfp</a>' in written
    assert len(written.encode()) < 10_000_000


def test_of_a_record_with_many_statements_the_first_are_on_the_page(tmp_path: Path) -> None:
    written = changepages.page(compare(tmp_path, [], []), many(1, 1_500), VERDICT, "all.rdfp", "en")

    assert written.count("<ins>") == 1_000
    assert "<li><span>…</span><span>500</span></li>" in written


# --- in a browser


def test_a_search_leaves_the_records_that_fit(tmp_path: Path) -> None:
    script = (
        "document.getElementById('query').value = 'FEIER id:a';"
        "document.getElementById('query').dispatchEvent(new Event('input'));"
    )

    dom = browsed(tmp_path, page(tmp_path), script)

    assert [" hidden" in re.findall("<article[^>]*>", each)[0] for each in articles(dom)] == [False, True, True]
    assert '<p id="count" role="status">1 / 3</p>' in dom


def test_a_kind_of_change_can_be_left_out(tmp_path: Path) -> None:
    dom = browsed(tmp_path, page(tmp_path), "document.querySelector('#kinds input[value=removed]').click();")

    assert [" hidden" in re.findall("<article[^>]*>", each)[0] for each in articles(dom)] == [False, True, False]


def test_the_other_language_is_spoken_on_request(tmp_path: Path) -> None:
    dom = browsed(tmp_path, page(tmp_path), "document.querySelector('[data-language=de]').click();")

    assert '<html lang="de">' in dom
    assert 'data-language="de" lang="de" aria-pressed="true"' in dom
