"""A dump written from the former one: what has changed is put in place, and all else is taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sccon_lod import pieces
from sccon_lod.frames import Frame
from sccon_lod.pieces import Kept, Piece
from sccon_lod.positions import Positions, opened


class Patched(NamedTuple):
    """A dump that was written: what it is made of, and the places before which it is cut."""

    pieces: Sequence[Piece]
    cuts: Sequence[int]


@dataclass(frozen=True)
class Patch:
    """What a dump has in place of what the former one has: the text of each subject that has changed, by its key.

    It is empty for one of which nothing is said any more. `cuts` are the keys before which packed files are cut.
    """

    frame: Frame
    texts: Mapping[bytes, bytes]
    cuts: Sequence[bytes]

    def write(self, former: Path, path: Path) -> Patched | None:
        """Write a dump; None where the former one has another frame, or what has changed is not found in its place."""
        with opened(former) as content:
            if not self.frame.is_around(content):
                return None
            made = self._pieces(self.frame.positions(content))
        pieces.write(path, former, made)
        return Patched(made, self.cuts_of(path)) if self._is_in(path) else None

    def _is_in(self, path: Path) -> bool:
        """Whether all that has changed is found in a dump, and as it is now; the first node of JSON-LD has a blank."""
        with opened(path) as content:
            positions = self.frame.positions(content)
            found = ((content[slice(*positions.of(key))], text) for key, text in self.texts.items())
            return all(len(written) == len(text) and written[1:] == text[1:] for written, text in found)

    def cuts_of(self, path: Path) -> list[int]:
        """Return the places before which a dump is cut."""
        return self.frame.cuts(path, self.cuts)

    def changes(self, former: Path) -> bool:
        """Whether a dump has anything in it, or will have, that has changed."""
        with opened(former) as content:
            positions = self.frame.positions(content)
            return any(text or len(set(positions.of(key))) > 1 for key, text in self.texts.items())

    def _pieces(self, positions: Positions) -> list[Piece]:
        """Return what a dump is made of."""
        body: list[Piece] = []
        place = positions.start
        for key, text in sorted(self.texts.items()):
            start, end = positions.of(key)
            body += [Kept(place, start)] if place < start else []
            body += [text] if text else []
            place = end
        body += [Kept(place, positions.end)] if place < positions.end else []
        return pieces.framed(body, positions)
