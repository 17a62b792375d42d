"""HTML in cells, read as the text that a person sees."""

import html
import re
from collections import Counter

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
# Each alternative ends or fails within the tag it begins at: time grows with the length of the cell, not its square.
_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)
    |<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*+)
      (?P<said>(?:"(?:[^"<>]*+|[^"]{0,2000}+)"|'(?:[^'<>]*+|[^']{0,2000}+)'|[^<>"']++){0,60}+)>""",
    re.VERBOSE | re.DOTALL,
)
_LINK = re.compile(r"""\bhref\s*=\s*["']?\s*(?:mailto:|/cdn-cgi/l/email-protection)""", re.IGNORECASE)
# Ways to hide an address from harvesters: an element that a script fills in.
_FILLED_IN = re.compile(r"""\bdata-cfemail\b|\bclass\s*=\s*["'][^"']*(?:spamspan|cf_?email)""", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@]{1,64}(?:@|\s?[(\[{]\s?(?:at|ät)\s?[)\]}]\s?)\S+", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_UNSEEN, _LINKED = "(unseen)", "(link)"  # no element has such a name
_KINDS = dict.fromkeys(("head", "script", "style", "template", "title"), _UNSEEN)


class _Around:
    """The elements around a place in a page, and how many there are of each name and kind."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._count: Counter[str] = Counter()

    def begin(self, tag: str, kind: str) -> None:
        self._open.append((tag, kind))
        self._count.update((tag, kind))

    def end(self, tag: str) -> None:
        """Leave an element; those within that were never closed end with it."""
        while self._count[tag]:
            closed = self._open.pop()
            self._count.subtract(closed)
            if closed[0] == tag:
                return

    def seen(self, words: str) -> str:
        """Return what a person sees of words that stand here."""
        if self._count[_UNSEEN]:
            return ""
        plain = re.sub(r"\s+", " ", html.unescape(words))
        return _ADDRESS.sub("", plain) if self._count[_LINKED] else plain


def _kind(tag: str, said: str) -> str:
    if _FILLED_IN.search(said):
        return _UNSEEN
    return _LINKED if _LINK.search(said) else _KINDS.get(tag, "")


def html_text(text: str) -> str:
    r"""Return the text of a piece of HTML, each paragraph or line on a line of its own.

    Soft hyphens and other invisible signs are left out, and so are mail addresses that the page hides or links to.

    >>> html_text('<p>Smart&shy;City &amp; mehr</p><p>Fragen? <a href="mailto:a@example.org">a@example.org</a></p>')
    'SmartCity & mehr\nFragen?'
    """
    around, seen, done = _Around(), [], 0
    for found in _MARKUP.finditer(text):
        seen.append(around.seen(text[done : found.start()]))
        done, tag = found.end(), (found["tag"] or "").lower()
        seen += ["\n"] if tag in _BLOCKS else []
        if found["end"]:
            around.end(tag)
        elif tag and tag not in _VOID and not found["said"].endswith("/"):
            around.begin(tag, _kind(tag, found["said"]))
    seen.append(around.seen(text[done:]))
    lines = _INVISIBLE.sub("", "".join(seen)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
