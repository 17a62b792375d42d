"""HTML in cells: what a person sees of it, and how long it takes."""

import time

import pytest

from sccon_lod.values.prose import html_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain text", "plain text"),
        (" plain \n text ", "plain text"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<b>a</b><i>b</i>", "ab"),
        ("a &amp; b &lt;c&gt; &quot;d&quot; &#228; &uuml;&nbsp;e", 'a & b <c> "d" ä ü e'),
        ("Smart&shy;City \u00adx\u200by", "SmartCity xy"),
        ("1 < 2 und 3 > 2", "1 < 2 und 3 > 2"),
        ("a <3 b", "a <3 b"),
        ("<p>a", "a"),
        ("a</p>b", "a\nb"),
        ("<div><p>a</div>b", "a\nb"),
        ("a<!-- not -- seen -->b", "ab"),
        ("a<!-- not seen", "a"),
        ("<script>if (a < b) {}</script>a<style>p {}</style>b", "ab"),
        ('<a title="a > b" href="x">link</a>', "link"),
        ("<img src='data:image/png;base64,%s'>a" % ("A" * 100_000), "a"),
        ('<a href="https://example.org/">Mehr</a>', "Mehr"),
        ('<a href="mailto:a@example.org">a@example.org</a>', ""),
        ('<a href="mailto:a@example.org">Schreibt uns</a>', "Schreibt uns"),
        ("<a href='mailto:a@example.org'>a [at] example.org</a>!", "!"),
        ('<a href=" MAILTO:a@example.org">Post an a(at)example.org</a>', "Post an"),
        ('<span class="spamspan">a [at] example.org</span>b', "b"),
        ('<a class="__cf_email__" data-cfemail="a1b2">[email&#160;protected]</a>b', "b"),
        ("a@example.org", "a@example.org"),
        ("", ""),
    ],
)
def test_what_a_person_sees_is_kept(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<p>", "<!--", "<![CDATA[", '<a href="', "<a b='", "</a", "&#", '<a href="mailto:">x', "<b></i>"],
)
def test_no_markup_takes_long(piece: str) -> None:
    start = time.process_time()

    html_text(piece * 20_000)

    assert time.process_time() - start < 5  # one that looks at each piece from each piece takes minutes
