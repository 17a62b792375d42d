"""Which findings the last release did not have."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.findings import Finding
from sccon_lod.language import Text

REPORT = "report.json"
# What a finding is known by: rows may have moved since, so that lines tell nothing.
_Known = tuple[str, str, str, str, str]


def fresh(found: Iterable[Finding], release: Path) -> tuple[Finding, ...]:
    """Return the findings that the report of a release does not have.

    Two findings are the same if rule, file, column, value and resource are. Raises ReleaseError without a report.
    """
    path = release / REPORT
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        left = Counter(_told(each) for each in document["findings"])
    except FileNotFoundError as error:
        raise ReleaseError(Origin(f"{release.parent.name}/{release.name}"), _NO_RELEASE) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(Origin(f"{release.parent.name}/{release.name}/{REPORT}"), _UNREADABLE) from error
    new: list[Finding] = []
    for each in found:
        known = _known(each)
        if left[known]:
            left[known] -= 1
        else:
            new.append(each)
    return tuple(new)


def _told(finding: dict[str, str | None]) -> _Known:
    keys = ("rule", "file", "column", "value", "focus")
    rule, file, column, value, focus = (finding.get(key) or "" for key in keys)
    return rule, file, column, value, focus


def _known(finding: Finding) -> _Known:
    focus = finding.result.focus if finding.result else ""
    return finding.rule, finding.origin.file, finding.origin.column, finding.value, focus


_NO_RELEASE = Text(
    "Es gibt noch keine Ausgabe, mit der verglichen werden könnte; bitte ohne --new prüfen oder mit build eine machen.",
    "There is no release yet to compare with; please check without --new, or make one with build.",
)
_UNREADABLE = Text(
    "Dieser Bericht ist nicht lesbar, also kann nichts verglichen werden; bitte mit build eine neue Ausgabe machen.",
    "This report cannot be read, so nothing can be compared; please make a new release with build.",
)
