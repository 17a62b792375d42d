"""What the server counts, for Prometheus."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_BOUNDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)  # seconds


@dataclass
class Counts:
    """Requests by their status, and how long queries took."""

    requests: Counter[int] = field(default_factory=Counter)
    queries: int = 0
    seconds: float = 0.0
    _within: Counter[float] = field(default_factory=Counter)

    def query(self, seconds: float) -> None:
        """Count a query that took so many seconds, waiting included."""
        self.queries += 1
        self.seconds += seconds
        self._within.update(each for each in _BOUNDS if seconds <= each)

    def lines(self, gauges: Mapping[str, float]) -> Iterator[str]:
        """Yield the lines of Prometheus' text format; `gauges` are further values by their names."""
        yield "# TYPE sccon_lod_requests_total counter\n"
        for status, count in sorted(self.requests.items()):
            yield f'sccon_lod_requests_total{{status="{status}"}} {count}\n'
        yield "# TYPE sccon_lod_query_seconds histogram\n"
        for bound in _BOUNDS:
            yield f'sccon_lod_query_seconds_bucket{{le="{bound:g}"}} {self._within[bound]}\n'
        yield f'sccon_lod_query_seconds_bucket{{le="+Inf"}} {self.queries}\n'
        yield f"sccon_lod_query_seconds_sum {self.seconds:.6f}\n"
        yield f"sccon_lod_query_seconds_count {self.queries}\n"
        for name, value in gauges.items():
            yield f"# TYPE sccon_lod_{name} gauge\nsccon_lod_{name} {value:g}\n"
