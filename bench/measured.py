"""What was measured: rows of the table, their medians and rates."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.contenders import Contender, Party
from bench.measuring import Measurement


@dataclass(frozen=True)
class Row:
    """A contender at one size: its runs, or how it failed; what speaks against its statements if they were compared."""

    contender: Contender
    records: int
    statements: int
    runs: tuple[Measurement, ...]
    failure: str = ""
    difference: str | None = None

    @property
    def seconds(self) -> float:
        """The median of the wall seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def peak(self) -> float:
        """The median of the peak memory in MiB."""
        return statistics.median(run.peak for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def foreign(self) -> float:
        """The cores that other programs used in the most disturbed run."""
        return max(run.foreign for run in self.runs)

    @property
    def wrong(self) -> bool:
        """Whether it failed or states something else than the reference."""
        return bool(self.failure or self.difference)

    @property
    def rate(self) -> float:
        """Statements in a second."""
        return self.statements / self.seconds


@dataclass(frozen=True)
class StartUp:
    """A command that is measured for its start, with its runs."""

    name: str
    runs: tuple[Measurement, ...]

    @property
    def foreign(self) -> float:
        """The cores that other programs used in the most disturbed run."""
        return max(run.foreign for run in self.runs)

    @property
    def seconds(self) -> float:
        """The median of the wall seconds."""
        return statistics.median(run.wall for run in self.runs)


@dataclass(frozen=True)
class Bench:
    """All that was measured."""

    rows: tuple[Row, ...]
    starts: tuple[StartUp, ...]
    heavy: tuple[str, ...]

    def row(self, name: str, records: int) -> Row | None:
        """Return the row of a contender at a size, or nothing if it is not there or failed."""
        found = (row for row in self.rows if row.contender.name == name and row.records == records and row.runs)
        return next(found, None)

    def largest(self, name: str, at_most: int) -> Row | None:
        """Return the row of a contender at the largest size that was measured."""
        fitting = [row for row in self.rows if row.contender.name == name and row.records <= at_most and row.runs]
        return max(fitting, key=lambda row: row.records, default=None)

    def ours(self, records: int) -> Sequence[Row]:
        """Return the rows of the program at a size."""
        return [row for row in self.rows if row.contender.party is Party.OURS and row.records == records and row.runs]

    def fastest_peer(self, records: int) -> Row | None:
        """Return the fastest of the peers that make the statements of the reference, whatever it reads."""
        return min(self._peers(records), key=lambda row: row.seconds, default=None)

    def _peers(self, records: int) -> Sequence[Row]:
        differing = {row.contender.name for row in self.rows if row.difference}
        return [
            row
            for row in self.rows
            if row.contender.party is Party.PEER and row.records == records and row.runs
            if row.contender.name not in differing
        ]
