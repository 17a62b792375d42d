"""The pages about the rules: one for each, with what is right and wrong."""

import html
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import small
from conftest import ROOT
from sccon_lod import cli, shapes
from sccon_lod.publish import rulebook
from sccon_lod.shapes import Rule

OUR_RULES = shapes.read(ROOT).rules()


def made(folder: Path, *arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(cli.program, ["docs", *arguments], catch_exceptions=True)
    return answer.exit_code, answer.output


def test_every_rule_has_its_page(tmp_path: Path) -> None:
    code, said = made(tmp_path, "-C", str(ROOT), "-o", str(tmp_path / "rules"), "--lang", "en")

    assert code == 0
    assert said == f"Rules described in {tmp_path / 'rules/index.html'}: {len(OUR_RULES)}\n"
    assert {path.name for path in (tmp_path / "rules").iterdir()} == {
        rulebook.INDEX,
        *(f"{each.name}.html" for each in OUR_RULES),
    }


@pytest.mark.parametrize("rule", OUR_RULES, ids=lambda rule: rule.name)
def test_a_page_says_what_why_since_when_and_how_serious(rule: Rule) -> None:
    pages = dict(rulebook.pages([rule]))
    page = html.unescape(pages[rulebook.file_of(rule.name)])

    assert rule.message.de in page
    assert rule.message.en in page
    assert rule.since in ("1.0.0", "1.1.0")
    assert all(
        word in page for word in ("Falsch ist zum Beispiel", "Wrong is for example", rule.since, rule.severity.word)
    )
    assert f"{rule.origin}" in page


def test_every_link_of_the_list_leads_to_a_page() -> None:
    pages = dict(rulebook.pages(OUR_RULES))

    assert set(re.findall(r'href="([^"#]+)"', pages[rulebook.INDEX])) == set(pages) - {rulebook.INDEX}


def test_a_wrong_example_is_one_that_was_tried() -> None:
    entries = [
        each for path in (ROOT / "tests/mutations").glob("*.yaml") for each in yaml.safe_load(path.read_text("utf-8"))
    ]
    tried: dict[str, set[str]] = {}
    for entry in entries:
        for row in entry.get("rows", ()):
            tried.setdefault(entry["rule"], set()).update(map(str, (row.get("set") or row.get("add") or {}).values()))

    untried = {
        each.name
        for each in OUR_RULES
        if each.counterexample is not None and each.counterexample not in tried[each.name]
    }

    assert untried == set()


def test_most_rules_have_a_wrong_example() -> None:
    assert sum(each.counterexample is not None for each in OUR_RULES) > len(OUR_RULES) / 2


def test_words_of_a_rule_are_escaped(tmp_path: Path) -> None:
    hostile = small.shapes(name='sh:minCount 1 ; sh:message "<script>x</script>"@de')
    small.publication(tmp_path, {"shapes/event.ttl": hostile})

    pages = dict(rulebook.pages(shapes.read(tmp_path).rules()))

    assert "<script>" not in "".join(pages.values())
    assert "&lt;script&gt;x" in pages["Event-name.html"]


def test_pages_of_rules_that_are_no_more_are_removed(tmp_path: Path) -> None:
    small.publication(tmp_path, {"shapes/event.ttl": small.shapes(name="sh:minCount 1", seats="sh:minCount 1")})
    made(tmp_path, "-C", str(tmp_path), "-o", str(tmp_path / "rules"))
    small.publication(tmp_path, {"shapes/event.ttl": small.shapes(name="sh:minCount 1")})

    made(tmp_path, "-C", str(tmp_path), "-o", str(tmp_path / "rules"))

    assert {path.name for path in (tmp_path / "rules").iterdir()} == {"index.html", "Event-name.html"}


@pytest.mark.parametrize("name", ["notes.txt", "about.html"])
def test_a_folder_with_other_things_is_refused(name: str, tmp_path: Path) -> None:
    small.publication(tmp_path / "publication", {"shapes/event.ttl": small.shapes(name="sh:minCount 1")})
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / name).write_text("mine", encoding="utf-8")

    code, _ = made(tmp_path, "-C", str(tmp_path / "publication"), "-o", str(tmp_path / "site"))

    assert code != 0
    assert [path.name for path in (tmp_path / "site").iterdir()] == [name]


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    small.publication(tmp_path / "publication")
    (tmp_path / "site").write_text("mine", encoding="utf-8")

    code, _ = made(tmp_path, "-C", str(tmp_path / "publication"), "-o", str(tmp_path / "site"))

    assert code != 0
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"
