"""What portals will do with the current release, found out without a network."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sccon_lod.findings import Finding, Severity, in_order
from sccon_lod.language import Text
from sccon_lod.portals import catalogs, downloads, limits, profiles, scores
from sccon_lod.portals.scores import Score

PUBLIC = "public"


@dataclass(frozen=True)
class Preflight:
    """What was found in a catalogue, what its datasets score, and how many files it offers."""

    findings: list[Finding]
    scores: list[Score]
    files: int

    @property
    def is_refused(self) -> bool:
        """Whether there is something that portals would refuse."""
        return any(each.severity is Severity.VIOLATION for each in self.findings)


def check(root: Path, tell: Callable[[Text], None]) -> Preflight:
    """Return what portals will say of the current release of a publication. Raises ReleaseError."""
    catalog = catalogs.read(root / PUBLIC)
    tell(Text("Katalog prüfen", "Checking the catalogue"))
    found, faulty = profiles.findings(catalog)
    found += limits.findings(catalog)
    tell(Text("Dateien prüfen", "Checking the files"))
    found += downloads.findings(catalog)
    return Preflight(in_order(found), scores.scores(catalog, faulty), len(downloads.names(catalog)))
