"""The dump of a kind, cut out of the dump of all, whose blocks are in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sccon_lod import packing, pieces
from sccon_lod.frames import Frame
from sccon_lod.kinds import Kind, Order
from sccon_lod.packing import Packed
from sccon_lod.pieces import Kept, Piece
from sccon_lod.positions import opened


@dataclass(frozen=True)
class Excerpt:
    """What is said of the subjects of a kind, in a file of its own; `pieces` are its bytes, taken from that of all."""

    path: Path
    pieces: Sequence[Piece]

    def pack(self, frame: Frame, cuts: Sequence[bytes], whole: Packed) -> Packed:
        """Write a gzip file beside it, cut before some keys; parts that the dump of all has, too, are taken over."""
        places = frame.cuts(self.path, cuts)
        known = pieces.known(self.pieces, places, self.path.stat().st_size, whole)
        return packing.pack(self.path, packing.beside(self.path), places, known)


def write(whole: Path, frame: Frame, kind: Kind, order: Order, path: Path) -> Excerpt:
    """Write the dump of a kind from that of all."""
    with opened(whole) as content:
        positions = frame.positions(content)
        body = [Kept(start, end) for start, end in order.spans(kind, positions.before, positions.end) if start < end]
        made = pieces.framed(body, positions)
    pieces.write(path, whole, made)
    return Excerpt(path, made)
