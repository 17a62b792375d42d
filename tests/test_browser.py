"""The browser that tests drive says what happens in a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser import Browser, Missing, browsing

PAGE = """<!doctype html><meta charset="utf-8"><title>t</title><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-a'">
<body><p id="said">Köln</p><input id="field"><button id="go">Go</button>
<script nonce="a">
const said = document.getElementById("said");
document.getElementById("go").addEventListener("click", () => { said.textContent = "clicked"; });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter") said.textContent = `entered ${event.ctrlKey}`;
});
</script>"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Browser:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    browser.open(path.as_uri())
    browser.problems.clear()
    return browser


def test_an_expression_is_evaluated_in_the_page(page: Browser) -> None:
    assert page.evaluate("Promise.resolve({ a: [1, document.title] })") == {"a": [1, "t"]}
    assert page.text("#said") == "Köln"


def test_what_is_clicked_typed_and_pressed_arrives(page: Browser) -> None:
    page.click("#go")
    clicked = page.text("#said")
    page.evaluate("document.getElementById('field').focus()")
    page.type("Ä b")
    page.press("Enter", control=True)

    assert clicked == "clicked"
    assert page.evaluate("document.getElementById('field').value") == "Ä b"
    page.wait("document.getElementById('said').textContent === 'entered true'")


def test_what_does_not_come_fails_a_test(page: Browser) -> None:
    with pytest.raises(Missing, match="not in 0 s: 1 > 2"):
        page.wait("1 > 2", seconds=0.2)
    with pytest.raises(Missing, match="there is no #nobody to be seen"):
        page.click("#nobody")
    with pytest.raises(AssertionError, match="ReferenceError"):
        page.evaluate("nobody")


def test_errors_and_forbidden_scripts_are_problems(page: Browser) -> None:
    page.evaluate("setTimeout(() => { throw new Error('late'); })")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")

    assert any("late" in each for each in page.problems)
    assert any("Content Security Policy" in each for each in page.problems)


def test_a_picture_is_as_wide_as_the_window(page: Browser, tmp_path: Path) -> None:
    page.resize(390, 700, "dark")
    page.picture(tmp_path / "picture.png")

    picture = (tmp_path / "picture.png").read_bytes()
    assert (picture[:4], int.from_bytes(picture[16:20])) == (b"\x89PNG", 2 * 390)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is True
