"""Hypothesis strategies: texts as people and programs write them, with odd letters, quotes, spaces and emoji."""

from hypothesis import strategies as st

# Pieces that break careless readers of tables, IRIs, SQL or RDF.
_PIECES = (
    *('"', '""', "'", ",", ";", "|", "\t", "\n", "\r\n", "\\", "\\n", "$(id)", "#", "<b>", "%20", "{}", "?", "&amp;"),
    *("Ö", "ß", "e\u0301", "\u0308", "ﬁ", "İ", "😀", "👩‍👩‍👧", "🇩🇪", "שלום", "\u202eabc", "نص", "漢字", "\U0001d54f"),
    *("\u00a0", "\u2028", "\u0085", "\u200b", "\ufeff", "\ufffd", "\ufffe", "„", "“", "–", " ", "  "),
)

CONTROLS = tuple(chr(code) for code in (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))

_LETTERS = st.characters(codec="utf-8", exclude_characters=(*CONTROLS, "\r"))

odd_texts = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(_LETTERS, max_size=5)), max_size=6).map("".join)
"""Texts of all scripts; without control characters and single carriage returns."""

cells = st.one_of(odd_texts, st.just(""), st.from_regex(r"[a-z]{1,8}", fullmatch=True))
"""Texts of cells: odd ones, empty ones and plain words."""

slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
"""Identifiers as stewards choose them."""

column_names = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
"""Names of columns as in our tables."""


def headers(least: int = 1, most: int = 5) -> st.SearchStrategy[list[str]]:
    """Return lists of different column names."""
    return st.lists(column_names, min_size=least, max_size=most, unique=True)
