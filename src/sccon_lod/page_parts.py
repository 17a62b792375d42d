"""The parts that pages are made of: a frame with places to fill, styles and scripts."""

import re
from collections.abc import Mapping
from importlib import resources

_PARTS = resources.files("sccon_lod.publish") / "page"


def part(name: str) -> str:
    """Return the text of a part."""
    return (_PARTS / name).read_text(encoding="utf-8").rstrip("\n")


def filled(name: str, parts: Mapping[str, str]) -> str:
    """Return a frame with its places filled; what is put there is HTML already."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], part(name)) + "\n"
