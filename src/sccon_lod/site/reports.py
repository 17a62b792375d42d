"""The page of the report: what was found in the records, and what became of their rows."""

from collections.abc import Mapping, Sequence

from sccon_lod.findings import Finding, grouped, visible
from sccon_lod.language import Text
from sccon_lod.shapes import Rule
from sccon_lod.site.words import WORDS

_SHOWN = 50  # findings of a rule


def shown(
    findings: Sequence[Finding],
    account: tuple[Sequence[Text], Sequence[Sequence[object]]],
    rules: Mapping[str, Rule],
    language: str,
) -> dict[str, object]:
    """Return what the page shows: the account as headings and rows, and findings by rule, of each the first ones."""
    headings, rows = account
    return {
        "title": WORDS["report"].in_language(language),
        "headings": [each.in_language(language) for each in headings],
        "rows": [[str(each) for each in row] for row in rows],
        "groups": [_group(list(members), rules, language) for _, _, members in grouped(findings)],
    }


def _group(members: Sequence[Finding], rules: Mapping[str, Rule], language: str) -> dict[str, object]:
    first = members[0]
    rule = rules.get(first.rule)
    return {
        "word": WORDS[first.severity.word].in_language(language),
        "title": rule.title.in_language(language) if rule and rule.title.de else first.rule,
        "rule": first.rule,
        "count": len(members),
        "left": len(members[_SHOWN:]),
        "findings": [
            {
                "origin": visible(str(each.origin)),
                "text": visible(each.text.in_language(language)),
                "value": visible(each.value),
            }
            for each in members[:_SHOWN]
        ],
    }
