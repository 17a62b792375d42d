"""The rules as pages for people: one for each rule, whose address stays the same, and a list of all."""

import html
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path

from sccon_lod.language import LANGUAGES, Text
from sccon_lod.shapes import Rule

INDEX = "index.html"
_STYLE = (resources.files("sccon_lod.publish") / "page" / "rules.css").read_text(encoding="utf-8")
_TITLE = Text("Die Regeln", "The rules")
_NAMES: Mapping[str, Text] = {
    "what": Text("Was falsch ist", "What is wrong"),
    "why": Text("Worum es geht", "What it is about"),
    "right": Text("Richtig ist zum Beispiel", "Right is for example"),
    "wrong": Text("Falsch ist zum Beispiel", "Wrong is for example"),
    "empty": Text("eine leere Zelle", "an empty cell"),
    "no cell": Text(
        "– (keine Zelle allein verletzt diese Regel, nur Zuordnung, Codeliste, Einstellungen oder mehrere Zellen)",
        "– (no cell alone breaks this rule, only mapping, code list, settings or several cells)",
    ),
    "severity": Text("Schwere", "Severity"),
    "since": Text("Seit Ausgabe", "Since edition"),
    "origin": Text("Steht in", "Stands in"),
    "rule": Text("Regel", "Rule"),
    "all": Text("Alle Regeln", "All rules"),
}
_MEANINGS: Mapping[str, Text] = {
    "violation": Text("Verstoß (violation): der Datensatz wird zurückgehalten", "violation: the record is held back"),
    "warning": Text(
        "Warnung (warning): wird veröffentlicht, bitte ansehen", "warning: is published, please look at it"
    ),
    "info": Text("Hinweis (info): wird veröffentlicht", "note (info): is published"),
}


def file_of(rule: str) -> str:
    """Return the name of the page of a rule, which is always the same."""
    return f"{rule}.html"


def pages(rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page: the list, and one for each rule."""
    listed = list(rules)
    yield INDEX, _page(_TITLE, list(_index(listed)))
    for each in listed:
        yield file_of(each.name), _page(_title(each), list(_about(each)))


def _title(rule: Rule) -> Text:
    return Text(rule.title.de or rule.name, rule.title.en or rule.name)


def _page(title: Text, lines: Iterable[str]) -> str:
    named = html.escape(f"{title.de} / {title.en}")
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="de">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{named}</title>",
            f"<style>\n{_STYLE}</style>",
            "</head>",
            "<body>",
            *lines,
            "</body>",
            "</html>",
            "",
        )
    )


def _index(rules: Iterable[Rule]) -> Iterator[str]:
    yield f"<h1>{_spoken(_TITLE)}</h1>"
    kinds: dict[str, list[Rule]] = defaultdict(list)
    for each in rules:
        kinds[each.origin.file].append(each)
    for file, members in sorted(kinds.items()):
        name = html.escape(Path(file).stem)
        yield f'<h2 id="{name}"><code>{html.escape(file)}</code></h2>'
        yield f"<table><thead><tr><th>{_spoken(_NAMES['rule'])}</th><th>{_spoken(_NAMES['what'])}</th>"
        yield f"<th>{_spoken(_NAMES['severity'])}</th></tr></thead><tbody>"
        for each in members:
            link = f'<a href="{html.escape(file_of(each.name))}"><code>{html.escape(each.name)}</code></a>'
            number = f" {html.escape(each.identifier)}" if each.identifier else ""
            yield f"<tr><td>{link}{number}</td><td>{_spoken(each.message)}</td>"
            yield f'<td class="soft">{each.severity.word}</td></tr>'
        yield "</tbody></table>"


def _about(rule: Rule) -> Iterator[str]:
    back = f"{_NAMES['all'].de} / {_NAMES['all'].en}"
    yield f'<p><a href="{INDEX}#{html.escape(Path(rule.origin.file).stem)}">{back}</a></p>'
    yield f"<h1>{_spoken(_title(rule))}</h1>"
    number = f" ({html.escape(rule.identifier)})" if rule.identifier else ""
    yield f'<p class="soft"><code>{html.escape(rule.name)}</code>{number}</p>'
    for language in LANGUAGES:
        yield f'<section lang="{language}">'
        yield f"<h2>{'Deutsch' if language == 'de' else 'English'}</h2>"
        yield "<dl>"
        for name, text in _entries(rule, language):
            yield f"<dt>{_NAMES[name].in_language(language)}</dt><dd>{text}</dd>"
        yield "</dl>"
        yield "</section>"


def _entries(rule: Rule, language: str) -> Iterator[tuple[str, str]]:
    yield "what", html.escape(rule.message.in_language(language))
    if rule.description.in_language(language):
        yield "why", html.escape(rule.description.in_language(language))
    if rule.counterexample:
        yield "wrong", f'<code class="wrong">{html.escape(rule.counterexample)}</code>'
    else:
        yield "wrong", _NAMES["no cell" if rule.counterexample is None else "empty"].in_language(language)
    if rule.example:
        yield "right", f'<code class="right">{html.escape(rule.example)}</code>'
    yield "severity", _MEANINGS[rule.severity.word].in_language(language)
    if rule.since:
        yield "since", html.escape(rule.since)
    yield (
        "origin",
        f"<code>{html.escape(str(rule.origin))}</code> ({', '.join(f'sh:{each}' for each in rule.parameters)})",
    )


def _spoken(text: Text) -> str:
    """Return a text in both languages; once where they are the same."""
    if text.de == text.en:
        return html.escape(text.de)
    return f'{html.escape(text.de)} <span lang="en">/ {html.escape(text.en)}</span>'
