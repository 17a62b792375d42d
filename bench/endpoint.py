"""Measures the endpoint under load: many clients, some with endless queries, also while releases are switched."""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph

from bench import environments

ROOT = Path(__file__).parent.parent
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SIMPLE = (
    "SELECT (COUNT(*) AS ?n) { ?s a <http://schema.org/Event> }",
    "SELECT ?n { <https://w3id.org/sccon-lod/id/place/berlin> <http://schema.org/name> ?n FILTER(LANG(?n) = 'de') }",
    "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
)
# The second build calls the place otherwise; both answers are right while releases are switched.
CHANGED = ("data/place.csv", "berlin,Berlin,", "berlin,Berlin an der Spree,")
SLOW_SHARE, LONGEST, MEMORY_GROWTH = 0.05, 1.0, 64  # seconds, MiB
ALLOWED = {200, 429, 503}
_BETWEEN = 5.0  # seconds between two builds


@dataclass
class Seen:
    """What the clients saw: statuses by kind of query, wrong answers, and the seconds of simple queries."""

    right: Sequence[frozenset[str]]
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    broken: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    def demands(self, grown: int) -> Iterator[tuple[str, str, bool]]:
        """Yield each demand with what was measured and whether it is reached."""
        self.times.sort()
        late = self.times[int(len(self.times) * 0.99)] if self.times else float("inf")
        others = {status for _, status in self.statuses} - ALLOWED
        yield "wrong answers", str(len(self.wrong)), not self.wrong
        yield "other statuses than 200, 429, 503", str(sorted(others) or "none"), not others
        yield "broken connections", str(dict(self.broken) or "none"), not self.broken
        yield "p99 of simple queries at most 1 s", f"{late:.2f} s", late <= LONGEST
        yield "memory of the server flat", f"{grown:+d} MiB", grown <= MEMORY_GROWTH


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both ways, print what was found, and return 1 where a demand is not reached."""
    parser = argparse.ArgumentParser(prog="python -m bench.endpoint", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=64)
    given = parser.parse_args(arguments)
    is_reached = True
    for is_switched in (False, True):
        _say(f"{given.clients} clients, {given.seconds:.0f} s" + (", releases are switched" if is_switched else ""))
        for what, measured, fits in _measure(given.clients, given.seconds, is_switched):
            _say(f"  {what}: {measured}" + ("" if fits else "  NOT REACHED"))
            is_reached = is_reached and fits
    return 0 if is_reached else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _measure(clients: int, seconds: float, is_switched: bool) -> Iterator[tuple[str, str, bool]]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "publication"
        first = _published(folder)
        releases = (first, _published(folder, *CHANGED)) if is_switched else (first,)
        seen = Seen([frozenset(each) for each in zip(*releases, strict=True)])
        with _serving(folder, Path(scratch) / "log") as (port, process):
            before = _memory(process)
            until = time.monotonic() + seconds
            switching = threading.Thread(target=_switch, args=(folder, until)) if is_switched else None
            asking = [threading.Thread(target=_ask, args=(port, number, until, seen)) for number in range(clients)]
            for each in filter(None, (switching, *asking)):
                each.start()
            for each in filter(None, (*asking, switching)):
                each.join()
            grown = _memory(process) - before
        yield "answers", " ".join(f"{kind} {status}: {n}" for (kind, status), n in sorted(seen.statuses.items())), True
        yield from seen.demands(grown)


def _published(folder: Path, name: str = "", old: str = "", new: str = "") -> list[str]:
    """Build this publication, with one change if there is one; return what is right of it."""
    for each in ("data", "mapping", "ontology", "pages", "shapes"):
        shutil.copytree(ROOT / each, folder / each, dirs_exist_ok=True)
    shutil.copy(ROOT / "sccon.toml", folder)
    if name:
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    _build(folder)
    store = pyoxigraph.Store()
    store.load(path=folder / "public/current/sccon.nt", format=pyoxigraph.RdfFormat.N_TRIPLES)
    return [next(iter(store.query(each)))[0].value for each in SIMPLE]  # type: ignore[arg-type]


def _build(folder: Path) -> None:
    # It leaves the processors to the server, which is what is measured.
    command: list[str | Path] = ["nice", "-n", "19", environments.PRODUCT, "build", "-C", folder]
    subprocess.run(command, capture_output=True, check=True)


def _switch(folder: Path, until: float) -> None:
    """Publish one and the other until the time is over."""
    path, (_, *texts) = folder / CHANGED[0], CHANGED
    while time.monotonic() < until:
        text = path.read_text(encoding="utf-8")
        old, new = texts if texts[0] in text else reversed(texts)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        _build(folder)
        time.sleep(_BETWEEN)


@contextmanager
def _serving(folder: Path, log: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    command: list[str | Path] = [
        environments.PRODUCT,
        "serve",
        "-C",
        folder,
        "--port",
        "0",
        "--trust-proxy",
        "127.0.0.1",
    ]
    with log.open("wb") as file, subprocess.Popen(command, stderr=file) as process:
        try:
            while "queries are answered" not in (said := log.read_text(encoding="utf-8")):
                if process.poll() is not None:
                    raise RuntimeError(said)
                time.sleep(0.05)
            found = re.search(r"^http://127\.0\.0\.1:(\d+)", said)
            assert found is not None, said
            yield int(found[1]), process
        finally:
            process.terminate()


def _memory(process: subprocess.Popen[bytes]) -> int:
    found = re.search(r"VmRSS:\s*(\d+)", Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
    assert found is not None, "the server has a size while it runs"
    return int(found[1]) // 1024


def _ask(port: int, number: int, until: float, seen: Seen) -> None:
    """Ask without a pause, as a client with an address of its own."""
    chance = random.Random(number)  # noqa: S311 - the same load each time
    headers = {"Accept": "application/sparql-results+json", "X-Forwarded-For": f"10.0.{number}.1"}
    while time.monotonic() < until:
        place = chance.randrange(len(SIMPLE))
        is_slow = chance.random() < SLOW_SHARE
        began = time.monotonic()
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request(
                "GET", "/sparql?" + urlencode({"query": SLOW if is_slow else SIMPLE[place]}), None, headers
            )
            reply = connection.getresponse()
            body = reply.read()
        except (OSError, HTTPException) as error:
            seen.broken[type(error).__name__] += 1
            continue
        finally:
            connection.close()
        seen.statuses["slow" if is_slow else "simple", reply.status] += 1
        if not is_slow and reply.status == 200:
            seen.times.append(time.monotonic() - began)
            said = json.loads(body)["results"]["bindings"][0]["n"]["value"]
            if said not in seen.right[place]:
                seen.wrong.append(said)


if __name__ == "__main__":
    sys.exit(main())
