"""The report as a page for people: all in one file, in German and English, with search, groups and pages."""

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sccon_lod import page_parts
from sccon_lod.findings import Finding, Record, Severity, grouped
from sccon_lod.language import Text
from sccon_lod.shapes import Rule

MOST = 20_000  # findings that the page holds; a list beside it has all of them
ROWS = 100  # findings of a rule that are shown with their whole row …
_CELLS = 4_000_000  # … and letters of all these rows together
_LONGEST = 200  # letters of a cell
_UNSAID = Text("", "")


@dataclass(frozen=True)
class Row:
    """The cells of a record that the mapping reads, by column."""

    columns: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """What the page shows: its title, the outcome in a sentence, the account, and findings with their rows.

    `headings` are those of the account and `counts` its rows; `rules` are those of the shapes by name; `full` is the
    name of the file with all findings.
    """

    title: Text
    verdict: Text
    headings: Sequence[Text]
    counts: Sequence[Sequence[object]]
    findings: Sequence[Finding]
    rows: Mapping[Record, Row]
    rules: Mapping[str, Rule]
    full: str

    @property
    def is_whole(self) -> bool:
        """Whether the page has all findings."""
        return len(set(self.findings)) <= MOST


def wanted(findings: Iterable[Finding]) -> list[Record]:
    """Return the records whose rows a page shows."""
    shown = (each for _, _, members in grouped(findings) for each in members[:ROWS])
    return list(dict.fromkeys(each.record for each in shown if each.record))


def report(page: Page, language: str) -> str:
    """Return the page; `language` is the one that it speaks first."""
    parts = {
        "language": language,
        "title": html.escape(page.title.in_language(language)),
        "style": page_parts.part("report.css"),
        "script": page_parts.part("report.js"),
        # What ends a script in HTML must not stand in one.
        "data": json.dumps(_data(page), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
    }
    return page_parts.filled("report.html", parts)


class _Numbered(dict[object, int]):
    """Things by the number that each gets when it is first asked for."""

    def __missing__(self, thing: object) -> int:
        self[thing] = len(self)
        return self[thing]


def _data(page: Page) -> Mapping[str, object]:
    groups = grouped(page.findings)
    most = _share([len(members) for _, _, members in groups])
    files, texts, columns, rows = _Numbered(), _Numbered(), _Numbered(), _Numbered()
    left = _CELLS
    rules: list[Mapping[str, object]] = []
    findings: list[Sequence[object]] = []
    for severity, name, members in groups:
        # A rule has one severity, unless it is one of the program's own.
        anchor = f"rule-{name}" if all(each["name"] != name for each in rules) else f"rule-{name}-{severity.word}"
        rules.append({"anchor": anchor, **_rule(severity, name, members, most, page.rules.get(name))})
        for place, each in enumerate(members[:most]):
            row = page.rows.get(each.record) if each.record and place < ROWS else None
            number = -1
            if row and left > 0:
                shown = (columns[row.columns], tuple(_cut(cell) for cell in row.cells))
                left -= 0 if shown in rows else sum(map(len, shown[1]))
                number = rows[shown]
            text = texts[each.text.de, each.text.en]
            waived = texts[each.waiver.said.de, each.waiver.said.en] if each.waiver else -1
            origin = each.origin
            where = (files[origin.file], origin.line, origin.path, origin.column)
            findings.append((len(rules) - 1, *where, _cut(each.value), text, number, waived))
    return {
        "title": _both(page.title),
        "verdict": _both(page.verdict),
        "headings": [_both(each) for each in page.headings],
        "accounts": page.counts,
        "counts": {each.word: sum(len(own) for one, _, own in groups if one is each) for each in Severity},
        "total": sum(len(members) for _, _, members in groups),
        "list": page.full,
        "rules": rules,
        "files": list(files),
        "texts": list(texts),
        "columns": list(columns),
        "rows": list(rows),
        "findings": findings,
    }


def _share(sizes: Sequence[int]) -> int:
    """Return how many findings of each rule the page holds, so that the rare ones are all there."""
    least, most = 0, max(sizes, default=0)
    while least < most:
        middle = (least + most + 1) // 2
        if sum(min(size, middle) for size in sizes) <= MOST:
            least = middle
        else:
            most = middle - 1
    return least


def _rule(
    severity: Severity, name: str, members: Sequence[Finding], most: int, rule: Rule | None
) -> Mapping[str, object]:
    """Return what the page says of a rule; one of the program's own has a message only."""
    return {
        "name": name,
        "number": rule.identifier if rule else "",
        "severity": severity.word,
        "title": _both(rule.title if rule else _UNSAID),
        "why": _both(rule.description if rule else _UNSAID),
        "example": rule.example if rule else "",
        "wrong": rule.counterexample if rule else None,
        "count": len(members),
        "shown": min(len(members), most),
    }


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def _both(text: Text) -> tuple[str, str]:
    return text.de, text.en
