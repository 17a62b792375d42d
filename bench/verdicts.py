"""What the program has to reach, and whether it does."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench import contenders as who
from bench.measured import Bench, Row


@dataclass(frozen=True)
class Verdict:
    """A demand with what was measured, or nothing where it was not; `least` and `most` are its bounds."""

    demand: str
    measured: float | None
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def bound(self) -> float:
        """The number that has to be reached or kept."""
        bound = self.most if self.least is None else self.least
        assert bound is not None
        return bound

    @property
    def text(self) -> str:
        """Whether it is reached, in words."""
        if self.measured is None:
            return "not measured"
        kept = self.measured <= self.bound if self.least is None else self.measured >= self.bound
        return "reached" if kept else "**not reached**"


def verdicts(bench: Bench, records: int) -> list[Verdict]:
    """Judge all demands; `records` is the size at which the speeds are compared."""
    return [
        *_equality(bench),
        *_against_peers(bench, records, who.LINES, who.FLOOR_LINES),
        *_against_peers(bench, records, who.TABLES, who.FLOOR_TABLES),
        *_dumps(bench, records, who.TURTLE),
        *_dumps(bench, records, who.JSON_LD),
        _times(bench, records, who.EVERYTHING, who.LINES, 3),
        _times(bench, records, who.PUBLISHED, who.EVERYTHING, 2),
        _memory(bench, who.MILLION, 512),
        _memory(bench, who.TEN_MILLION, 1024),
        *_growth(bench),
        *(Verdict(each.name, each.seconds, "s", most=most) for each, most in zip(bench.starts, (0.3, 2), strict=True)),
        Verdict("heavy modules that `sccon-lod --help` imports", len(bench.heavy), "", most=0),
    ]


def _equality(bench: Bench) -> Iterator[Verdict]:
    for records in sorted({row.records for row in bench.rows}):
        rows = [row for row in bench.rows if row.contender.party is who.Party.OURS and row.records == records]
        wrong = sum(row.wrong for row in rows)
        yield Verdict(f"runs of the program at {records:,} records that differ from the reference", wrong, "", most=0)


def _against_peers(bench: Bench, records: int, name: str, floor: str) -> Iterator[Verdict]:
    own, peer = bench.row(name, records), bench.fastest_peer(records)
    faster, held, rival = None, None, "the fastest peer"
    if own and peer:
        faster, held = own.rate / peer.rate, own.peak / peer.peak
        rival = f"{rival} ({peer.contender.name})"
    yield Verdict(f"{name}: triples/s against {rival}", faster, "×", least=5)
    yield Verdict(f"{name}: peak memory against {rival}", held, "×", most=0.5)
    yield _times(bench, records, name, floor, 2.5)


def _dumps(bench: Bench, records: int, name: str) -> Iterator[Verdict]:
    yield _times(bench, records, name, who.LINES, 1.5)
    for library, least in (
        (who.RDFLIB_ALONE, 100),
        (who.RDFLIB_WHOLE, 100),
        (who.PYOXIGRAPH_ALONE, 4),
        (who.PYOXIGRAPH_WHOLE, 4),
    ):
        own, other = bench.row(name, records), bench.largest(library, records)
        faster = own.rate / other.rate if own and other else None
        size = f" at {other.records:,} records" if other else ""
        yield Verdict(f"{name}: triples/s against {library}{size}", faster, "×", least=least)


def _times(bench: Bench, records: int, name: str, other: str, most: float) -> Verdict:
    one, two = bench.row(name, records), bench.row(other, records)
    longer = one.seconds / two.seconds if one and two else None
    return Verdict(f"{name}: time against {other}", longer, "×", most=most)


def _memory(bench: Bench, records: int, most: int) -> Verdict:
    peak = max((row.peak for row in bench.ours(records)), default=None)
    return Verdict(f"peak memory of the program at {records:,} records", peak, "MiB", most=most)


def _growth(bench: Bench) -> Iterator[Verdict]:
    """Compare growth of time with growth of records, step by step and from end to end."""
    sizes = (who.HUNDRED_THOUSAND, who.MILLION, who.TEN_MILLION)
    for name in (who.LINES, who.TABLES):
        for low, high in ((sizes[0], sizes[1]), (sizes[1], sizes[2]), (sizes[0], sizes[2])):
            few, many = bench.row(name, low), bench.row(name, high)
            demand = f"{name}: growth of time over growth of records, {low:,} to {high:,}"
            yield Verdict(demand, _steeper(few, many), "×", most=1.3)


def _steeper(few: Row | None, many: Row | None) -> float | None:
    return (many.seconds / few.seconds) / (many.records / few.records) if few and many else None
