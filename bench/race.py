"""All contenders at one size, round by round, so that a slow hour of the machine meets all of them."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench import measuring, workload
from bench.contenders import Contender, Party
from bench.equality import Judge
from bench.measured import Row
from bench.workload import Workload

TIMEOUT = 900
LONG = 180  # seconds; a peer or library that takes longer runs once, so that all of the rest is measured within an hour


@dataclass(frozen=True)
class Race:
    """A workload, a folder for what is written, the judge of that, and the parties whose statements are compared."""

    workload: Workload
    scratch: Path
    judge: Judge
    compared: frozenset[Party]

    def run(self, contenders: Sequence[Contender], rounds: int, tell: Callable[[str], None]) -> list[Row]:
        """Measure the contenders that are asked for this size, and compare what they wrote in their last round."""
        workload.warm(self.workload)
        records, statements = self.workload.records, self.workload.digest.statements
        rows = [Row(each, records, statements, ()) for each in contenders if records <= each.largest]
        for number in range(1, rounds + 1):
            for index, row in enumerate(rows):
                if not row.failure and not _long(row):
                    rows[index] = after = self._measured(row)
                    if not after.failure and (number == rounds or _long(after)):
                        rows[index] = replace(after, difference=self._difference(row.contender))
                    self._clear()
                    tell(f"{records:,} records, round {number}: {row.contender.name}: {_outcome(rows[index])}")
        return rows

    def _measured(self, row: Row) -> Row:
        try:
            command = row.contender.command(self.workload, self.scratch)
            run = measuring.run(command, self.scratch, TIMEOUT)
        except (measuring.FailedError, subprocess.CalledProcessError) as failure:
            return replace(row, runs=(), failure=str(failure))
        return replace(row, runs=(*row.runs, run))

    def _difference(self, contender: Contender) -> str | None:
        if contender.party not in self.compared:
            return None
        return "; ".join(filter(None, (self._against(contender.party, name) for name in contender.outputs)))

    def _against(self, party: Party, name: str) -> str:
        path = self.scratch / name
        if not path.is_file():
            return f"{name} was not written"
        if path.suffix == ".gz":
            return self.judge.packed(path)
        own_lines = party is Party.OURS and path.suffix == ".nt"
        return self.judge.bytewise(path) if own_lines else self.judge.parsed(path)

    def _clear(self) -> None:
        for path in self.scratch.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def _long(row: Row) -> bool:
    return row.contender.party is not Party.OURS and any(run.wall > LONG for run in row.runs)


def _outcome(row: Row) -> str:
    said = row.failure or f"{row.runs[-1].wall:.2f} s, {row.runs[-1].peak:.0f} MiB"
    return f"{said}; DIFFERENT: {row.difference}" if row.difference else said
