"""What a preflight found, in words for people and as JSON for programs."""

import json
from collections.abc import Iterator, Mapping, Sequence

from sccon_lod.findings import Finding, grouped
from sccon_lod.language import LANGUAGES, Text
from sccon_lod.portals.scores import LARGEST, LIVE, METRICS, Dimension, Metric, Score, rating
from sccon_lod.preflight import Preflight
from sccon_lod.publish import reports

_FIRST = 10  # findings of a rule, and datasets, that are shown at first
_RULE = Text("Regel", "Rule")
_LEFT = Text("… und {left} weitere; alle mit --all", "… and {left} more; all with --all")
_NONE = Text("Kein Portal hat etwas auszusetzen.", "No portal has anything to object to.")
_SCORE = Text("Erwartete Bewertung von data.europa.eu (MQA)", "Expected score at data.europa.eu (MQA)")
_HEADINGS = (
    Text("Dimension", "dimension"),
    Text("aus der Datei", "by the file"),
    Text("beim Besuch", "by a visit"),
    Text("höchstens", "at most"),
)
_SUM = Text("Summe", "sum")
_MISSED = Text(
    "{points} Punkte fehlen: {metric} (Datensätze: {count})", "{points} points missing: {metric} (datasets: {count})"
)
_RATED = Text(
    "{points} von {largest} Punkten, wenn alle Adressen antworten: {rating}",
    "{points} of {largest} points if all addresses answer: {rating}",
)
_UNSEEN = Text(
    "Erst ein Besuch zeigt: ob accessURL und downloadURL antworten, ob die Adresse des Katalogs weiterleitet, und ob "
    "der Server text/turtle meldet.",
    "Only a visit shows: whether accessURL and downloadURL answer, whether the address of the catalogue redirects, and "
    "whether the server says text/turtle.",
)
_CLOSING = Text("{count}; {datasets} Datensätze, {files} Dateien.", "{count}; {datasets} datasets, {files} files.")


def text(preflight: Preflight, language: str, shows_all: bool) -> Iterator[str]:
    """Yield a preflight as lines of text; of each rule the first findings, or all of them."""
    first = None if shows_all else _FIRST
    for _, rule, members in grouped(preflight.findings):
        yield f"{_RULE.in_language(language)} {rule} ({len(members)})\n"
        yield from _some([f"{each.line(language)}\n" for each in members], language, first)
        yield "\n"
    if not preflight.findings:
        yield f"{_NONE.in_language(language)}\n\n"
    if preflight.scores:
        yield from _scored(preflight.scores, language, first)
    yield f"\n{_UNSEEN.in_language(language)}\n"
    count = reports.count(preflight.findings, language)
    words = {"count": count, "datasets": len(preflight.scores), "files": preflight.files}
    yield f"\n{_CLOSING.in_language(language).format(**words)}\n"


def _some(lines: Sequence[str], language: str, first: int | None) -> Iterator[str]:
    yield from lines[:first]
    left = len(lines[first:]) if first is not None else 0
    if left:
        yield f"{_LEFT.in_language(language).format(left=left)}\n"


def _scored(scores: Sequence[Score], language: str, first: int | None) -> Iterator[str]:
    yield f"{_SCORE.in_language(language)}\n"
    rows = [[heading.in_language(language) for heading in _HEADINGS]]
    rows += [_row(scores, dimension, language) for dimension in (*Dimension, None)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for label, *numbers in rows:
        cells = [number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join([label.ljust(widths[0]), *cells]) + "\n"
    points = mean(scores) + LIVE
    words = {"points": _plain(points), "largest": LARGEST, "rating": rating(points).in_language(language)}
    yield f"{_RATED.in_language(language).format(**words)}\n"
    yield from _missing(scores, language)
    if len({each.points() for each in scores}) > 1:
        lowest = sorted(scores, key=lambda each: (each.points(), each.dataset))
        yield from _some([f"  {each.points()}  {each.dataset}\n" for each in lowest], language, first)


def _row(scores: Sequence[Score], dimension: Dimension | None, language: str) -> list[str]:
    metrics = [each for each in METRICS if dimension in (None, each.dimension)]
    live = sum(each.weight for each in metrics if each.test is None)
    label = dimension.value if dimension else _SUM
    most = sum(each.weight for each in metrics)
    return [label.in_language(language), _plain(mean(scores, dimension)), str(live), str(most)]


def _missing(scores: Sequence[Score], language: str) -> Iterator[str]:
    """Yield what a file could earn and this one does not, with the number of datasets."""
    missed: dict[Metric, int] = {}
    for metric in (metric for score in scores for metric in score.missed):
        missed[metric] = missed.get(metric, 0) + 1
    for metric, count in missed.items():
        words = {"points": metric.weight, "metric": metric.name.in_language(language), "count": count}
        yield f"{_MISSED.in_language(language).format(**words)}\n"


def mean(scores: Sequence[Score], dimension: Dimension | None = None) -> float:
    """Return the mean of the points of datasets, in a dimension or in all."""
    return sum(each.points(dimension) for each in scores) / len(scores)


def _plain(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def as_json(preflight: Preflight) -> str:
    """Return a preflight as a JSON document; messages stand in every language."""
    document = {
        "refused": preflight.is_refused,
        "findings": [_finding(each) for each in preflight.findings],
        "score": {"largest": LARGEST, "visit": LIVE, "datasets": [_score(each) for each in preflight.scores]},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> Mapping[str, object]:
    return {
        "file": finding.origin.file,
        "line": finding.origin.line or None,
        "property": finding.origin.column or None,
        "severity": finding.severity.word,
        "rule": finding.rule,
        "message": {language: finding.text.in_language(language) for language in LANGUAGES},
        "value": finding.value or None,
    }


def _score(score: Score) -> Mapping[str, object]:
    return {
        "dataset": score.dataset,
        "points": score.points(),
        "dimensions": {each.value.en: score.points(each) for each in Dimension},
        "missed": [each.name.en for each in score.missed],
    }
