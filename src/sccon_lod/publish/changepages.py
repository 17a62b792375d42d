"""What differs between two releases as a page for people: all in one file, in German and English, with a search."""

import html
from collections.abc import Iterator

from sccon_lod import page_parts, short_lines
from sccon_lod.comparison import Comparison
from sccon_lod.differences import Change, Kind, Summary
from sccon_lod.findings import visible
from sccon_lod.language import LANGUAGES, Text

MOST = 20_000  # statements that the page holds; a patch beside it has all of them
_OF_ONE = 1_000  # statements of one record that the page holds
_WHAT = Text("Was sich geändert hat", "What has changed")
_SEARCH = Text("Suchen (Datensatz, Aussage)", "Search (record, statement)")
_FOOTER = Text("Diese Seite lädt nichts nach.", "This page loads nothing else.")
_LEFT = Text("Nicht alles steht auf dieser Seite; alles steht in", "Not all is on this page; all of it is in")
_MARKS = {"+": ("come", "ins"), "-": ("gone", "del")}


def is_whole(summary: Summary) -> bool:
    """Whether the page has all that differs."""
    return summary.is_whole and all(len(each.removed) + len(each.added) <= _OF_ONE for each in summary.first)


def page(comparison: Comparison, summary: Summary, verdict: Text, full: str, language: str) -> str:
    """Return the page; `language` is the one that it speaks first, `full` the name of the file with all changes."""
    title = comparison.title.in_language(language)
    link = f'<a href="{html.escape(full)}">{html.escape(full)}</a>'
    parts = {
        "language": language,
        "title": html.escape(f"{_WHAT.in_language(language)}: {title}"),
        "style": f"{page_parts.part('report.css')}\n{page_parts.part('changes.css')}",
        "kind": _spoken(_WHAT),
        "heading": _spoken(comparison.title),
        "editions": html.escape(visible(f"{comparison.old.name} → {comparison.new.name}")),
        "verdict": _spoken(verdict),
        "search": _spoken(_SEARCH),
        "kinds": "".join(_choice(kind, summary) for kind in Kind),
        "note": "" if is_whole(summary) else f'<p class="more">{_spoken(_LEFT)} {link}</p>',
        "changes": "\n".join(_article(comparison, each, language) for each in summary.first),
        "footer": _spoken(_FOOTER),
        "script": page_parts.part("changes.js"),
    }
    return page_parts.filled("changes.html", parts)


def _choice(kind: Kind, summary: Summary) -> str:
    box = f'<input type="checkbox" value="{kind.value}" checked>'
    return f"<label>{box}<span>{_spoken(kind.word)} ({summary.documents[kind]})</span></label>"


def _article(comparison: Comparison, change: Change, language: str) -> str:
    called = html.escape(visible(comparison.label(change, language)))
    named = html.escape(visible(short_lines.name(change.document, comparison.names)))
    kind = f'<span class="word {change.kind.value}">{_spoken(change.kind.word)}</span>'
    heading = f'<h3>{kind} {called} <span class="place" title="{html.escape(change.document)}">{named}</span></h3>'
    return (
        f'<article class="{change.kind.value}">{heading}<ol>{"".join(_statements(comparison, change))}</ol></article>'
    )


def _statements(comparison: Comparison, change: Change) -> Iterator[str]:
    said = short_lines.told(change, comparison.names)
    for each in said[:_OF_ONE]:
        style, tag = _MARKS[each.sign]
        text = html.escape(visible(each.text))
        yield f'<li class="{style}"><span>{each.sign}</span><span><{tag}>{text}</{tag}></span></li>'
    if said[_OF_ONE:]:
        yield f"<li><span>…</span><span>{len(said) - _OF_ONE}</span></li>"


def _spoken(text: Text) -> str:
    """Return a text in both languages, of which the page shows one."""
    if text.de == text.en:
        return html.escape(text.de)
    return "".join(
        f'<span lang="{each}" data-spoken="{each}">{html.escape(text.in_language(each))}</span>' for each in LANGUAGES
    )
