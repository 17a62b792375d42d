"""What a new publication starts with, and what holds for those that have none of their own."""

from pathlib import Path

_PACKAGED = Path(__file__).parent / "starter"
_REPOSITORY = Path(__file__).parents[2]


def folder(name: str) -> Path:
    """Return a folder of the publication that this program comes with."""
    return (_PACKAGED if _PACKAGED.is_dir() else _REPOSITORY) / name
