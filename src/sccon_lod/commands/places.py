"""Where a report may be written, and what the ending of its name says."""

from collections.abc import Iterable
from pathlib import Path

from sccon_lod import identity, suppressions
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.language import Text

_KEPT = ("data", "mapping", "ontology", "public", "quarantine", "shapes")  # folders that no report is written to


def check(paths: Iterable[Path], root: Path, endings: Iterable[str]) -> None:
    """Refuse files whose ending says nothing, and those in a folder that the publication in `root` is made of.

    Raises ReleaseError, before anything is read.
    """
    known = tuple(endings)
    for path in paths:
        if path.resolve() in {root.resolve() / each for each in (identity.FILE, suppressions.FILE)}:
            raise ReleaseError(
                Origin(str(path)),
                Text(
                    f"Ein Bericht überschreibt {path.name} nicht; bitte einen anderen Ort nennen.",
                    f"A report does not overwrite {path.name}; please name another place.",
                ),
            )
        inside = next((each for each in _KEPT if path.resolve().is_relative_to(root.resolve() / each)), None)
        if inside:
            raise ReleaseError(
                Origin(str(path)),
                Text(
                    f"Ein Bericht überschreibt nichts im Ordner {inside}/; bitte einen anderen Ort nennen.",
                    f"A report overwrites nothing in the folder {inside}/; please name another place.",
                ),
            )
        if path.suffix not in known:
            raise ReleaseError(
                Origin(str(path)),
                Text(
                    f"Die Endung des Berichts sagt, was geschrieben wird; möglich sind {', '.join(known)}.",
                    f"The ending of the report says what is written; possible are {', '.join(known)}.",
                ),
            )
