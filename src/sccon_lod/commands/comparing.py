"""What differs between two releases, on the terminal and as files: the ending of a name says which."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from sccon_lod import differences
from sccon_lod.commands import places
from sccon_lod.comparison import Comparison
from sccon_lod.differences import Summary
from sccon_lod.errors import not_writable
from sccon_lod.language import Text
from sccon_lod.publish import changepages, patches

_Form = Callable[[Comparison, Summary, Path, str], Iterable[str]]


def summed(comparison: Comparison) -> Summary:
    """Read both dumps, and return how much differs. Raises ReleaseError for a dump that is none."""
    return differences.summed(comparison.changes(), changepages.MOST)


def _page(comparison: Comparison, summary: Summary, path: Path, language: str) -> Iterator[str]:
    """Yield the page for people; where it cannot hold all, a patch is written beside it."""
    full = path.with_name(f"{path.stem}.changes.rdfp")
    if not changepages.is_whole(summary):
        _put(full, patches.as_patch(comparison, summary))
    verdict = Text(patches.counts(summary, "de"), patches.counts(summary, "en"))
    yield changepages.page(comparison, summary, verdict, full.name, language)


_FORMS: Mapping[str, _Form] = {
    ".html": _page,
    ".json": lambda comparison, summary, _, language: patches.as_json(comparison, summary, language),
    ".rdfp": lambda comparison, summary, _, __: patches.as_patch(comparison, summary),
    ".txt": lambda comparison, summary, _, language: patches.text(comparison, summary, language),
}


def check(paths: Iterable[Path], root: Path) -> None:
    """Refuse files that no report can be written to. Raises ReleaseError, before anything is read."""
    places.check(paths, root, _FORMS)


def write(paths: Iterable[Path], comparison: Comparison, summary: Summary, language: str) -> None:
    """Write reports. Raises ReleaseError where that is not possible."""
    for path in paths:
        _put(path, _FORMS[path.suffix](comparison, summary, path, language))


def _put(path: Path, parts: Iterable[str]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
    except OSError as error:
        raise not_writable(path, error) from error
