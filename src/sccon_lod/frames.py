"""What stands around the blocks of a dump."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sccon_lod.formats import JSONLD, TURTLE, Format
from sccon_lod.names import Names
from sccon_lod.positions import Content, Positions, Reading, opened


@dataclass(frozen=True)
class Frame:
    """The first and last lines of a dump, and how the blocks between them are read."""

    first: bytes
    last: bytes
    reading: Reading

    @classmethod
    def of(cls, names: Names, form: Format) -> "Frame":
        """Return the frame of dumps in a format with some names."""
        return cls(*_lines(names, form), Reading.of(form, names))

    def positions(self, content: Content) -> Positions:
        """Return the blocks of a dump within this frame."""
        return Positions(content, self.reading, len(self.first), len(content) - len(self.last))

    def cuts(self, path: Path, keys: Iterable[bytes]) -> list[int]:
        """Return where a dump is cut, before the blocks of some keys."""
        with opened(path) as content:
            return self.positions(content).cuts(keys)

    def is_around(self, content: Content) -> bool:
        """Whether a dump has this frame."""
        return content[: len(self.first)] == self.first and content[len(content) - len(self.last) :] == self.last


def _lines(names: Names, form: Format) -> tuple[bytes, bytes]:
    if form is TURTLE:
        lines = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in names.prefixes.items()]
        return "".join(lines).encode(), b""
    if form is JSONLD:
        context = json.dumps(names.context(), ensure_ascii=False, indent=2)
        return f'{{\n"@context": {context},\n"@graph": [\n'.encode(), b"]\n}\n"
    return b"", b""
