import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pyoxigraph
import pytest

from sccon_lod.errors import EffortError, PublicationError, QueryError, SpaceError
from sccon_lod.sparql import answers, confinement, stores
from sccon_lod.sparql.admission import Bounds, admit
from sccon_lod.sparql.answers import Form
from sccon_lod.sparql.pool import Crowded, Pool
from sccon_lod.sparql.processes import Means

T = TypeVar("T")
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LITTLE = Means(seconds=1, memory=300 << 20, answer=20_000)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a thousand statements."""
    folder = tmp_path_factory.mktemp("store")
    lines = [f'<http://e.example/{n:04}> <http://e.example/number> "{n}" .\n' for n in range(1000)]
    (folder / "dump.nt").write_text("".join(lines), encoding="utf-8")
    asyncio.run(stores.make(folder / "dump.nt", folder / "store"))
    return folder / "store"


def with_pool(store: Path, ask: Callable[[Pool], Awaitable[T]], count: int = 1, means: Means = LITTLE) -> T:
    async def run() -> T:
        async with Pool(store, count, means) as pool:
            return await ask(pool)

    return asyncio.run(run())


async def answer(pool: Pool, text: str, form: Form | None = None) -> bytes:
    query = admit(text, Bounds())
    found = await pool.answer(query, form or answers.possible(query.form)[0])
    with found.file:
        return found.file.read()


@pytest.mark.parametrize("form", answers.OF_TABLES, ids=lambda form: form.name)
def test_a_table_comes_in_each_form(store: Path, form: Form) -> None:
    query = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s LIMIT 3"

    written = with_pool(store, lambda pool: answer(pool, query, form))

    wanted = pyoxigraph.QueryResultsFormat.from_media_type(form.media_type.partition(";")[0])
    if form is answers.CSV:
        assert written.split(b"\r\n")[:2] == [b"s,o", b"http://e.example/0000,0"]
    else:
        assert wanted is not None
        solutions = pyoxigraph.parse_query_results(written, format=wanted)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        assert [each["o"].value for each in solutions] == ["0", "1", "2"]


@pytest.mark.parametrize("form", answers.OF_GRAPHS, ids=lambda form: form.name)
def test_a_graph_comes_in_each_form_with_each_statement_once(store: Path, form: Form) -> None:
    query = "CONSTRUCT { <a:b> <a:c> ?p } WHERE { ?s ?p ?o }"

    written = with_pool(store, lambda pool: answer(pool, query, form))

    wanted = pyoxigraph.RdfFormat.from_media_type(form.media_type.partition(";")[0])
    assert wanted is not None
    assert len(list(pyoxigraph.parse(written, format=wanted))) == 1


def test_the_same_query_gives_the_same_bytes(store: Path) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    wide = Means(answer=1 << 20)

    first, second = (with_pool(store, lambda pool: answer(pool, query), means=wide) for _ in range(2))

    assert first == second
    assert first.count(b"\n") == 1000


def test_a_query_that_is_not_valid_is_refused_with_its_place(store: Path) -> None:
    with pytest.raises(QueryError) as caught:
        with_pool(store, lambda pool: answer(pool, "SELECT ?x {\n  ?x }"))

    assert str(caught.value.origin) == "query:2:7"
    assert caught.value.text.en.startswith("This is not a valid query: expected one of")
    assert len(caught.value.text.en) < 200


def test_an_answer_that_is_too_long_is_refused_and_not_cut_off(store: Path) -> None:
    with pytest.raises(QueryError, match=r"query: The answer is longer than it may be, and is not cut off; .* LIMIT"):
        with_pool(store, lambda pool: answer(pool, "SELECT * { ?s ?p ?o }"))


def failure(store: Path, text: str) -> tuple[PublicationError, bytes, float]:
    """Return the error that a query ends with, and what the next one gives after how long."""

    async def ask(pool: Pool) -> tuple[PublicationError, bytes, float]:
        with pytest.raises(PublicationError) as caught:
            await answer(pool, text)
        began = time.monotonic()
        return caught.value, await answer(pool, "ASK {}"), time.monotonic() - began

    return with_pool(store, ask)


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_answered(store: Path) -> None:
    error, after, seconds = failure(store, SLOW)

    assert str(error) == "query: The query was stopped after 1 s; please narrow it down or download the files."
    assert json.loads(after)["boolean"] is True
    assert seconds < 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
        f"ASK {{ FILTER({'!' * 30_000}true) }}",
    ],
    ids=["memory", "depth"],
)
def test_a_query_that_ends_its_process_is_told_so_and_the_next_one_answered(store: Path, text: str) -> None:
    error, after, _ = failure(store, text)

    assert isinstance(error, EffortError)
    assert json.loads(after)["boolean"] is True


def test_a_query_waits_less_than_a_second_behind_slow_ones(store: Path) -> None:
    async def ask(pool: Pool) -> tuple[float, int]:
        slow = [asyncio.create_task(answer(pool, SLOW)) for _ in range(2)]
        await asyncio.sleep(0.3)
        began = time.monotonic()
        await answer(pool, "ASK {}")
        seconds = time.monotonic() - began
        ends = await asyncio.gather(*slow, return_exceptions=True)
        return seconds, sum(isinstance(each, Crowded) for each in ends)

    seconds, displaced = with_pool(store, ask, count=2, means=Means(seconds=4))

    assert seconds < 1.5
    assert displaced == 1


def test_more_queries_than_may_wait_are_sent_away(store: Path) -> None:
    async def run() -> list[object]:
        async with Pool(store, 1, LITTLE, waiting=2) as pool:
            return list(await asyncio.gather(*(answer(pool, SLOW) for _ in range(6)), return_exceptions=True))

    ends = asyncio.run(run())

    assert [type(each) for each in ends].count(Crowded) >= 4


def test_a_query_that_nobody_waits_for_is_stopped(store: Path) -> None:
    async def ask(pool: Pool) -> int:
        task = asyncio.create_task(answer(pool, SLOW))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.wait({task})
        return pool.running

    assert with_pool(store, ask) == 0


def test_a_dump_that_cannot_be_read_gives_no_store(tmp_path: Path) -> None:
    (tmp_path / "dump.nt").write_text("nothing\n", encoding="utf-8")

    with pytest.raises(SpaceError, match="A store for queries cannot be made here"):
        asyncio.run(stores.make(tmp_path / "dump.nt", tmp_path / "store"))

    assert [each.name for each in tmp_path.iterdir()] == ["dump.nt"]


CONNECT = (
    "import socket; s = socket.socket(); s.settimeout(2); s.connect(('127.0.0.1', int(__import__('sys').argv[1])))"
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these")
@pytest.mark.parametrize("way", ["leave_network", "refuse_calls"])
def test_a_confined_process_reaches_no_network(way: str) -> None:
    assert hasattr(confinement, way)
    code = (
        "import ctypes\nfrom sccon_lod.sparql import confinement\n"
        f"assert confinement.{way}(ctypes.CDLL(None, use_errno=True))\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        free = subprocess.run([sys.executable, "-c", CONNECT, port], check=False)
        tried = subprocess.run(
            [sys.executable, "-c", code + CONNECT, port], capture_output=True, text=True, check=False
        )

    assert free.returncode == 0
    if "AssertionError" in tried.stderr:
        pytest.skip(f"this system does not allow {way}")
    assert "Error" in tried.stderr.splitlines()[-1]


def test_processes_end_with_the_one_that_started_them(store: Path) -> None:
    code = (
        "import asyncio, sys, os\nfrom pathlib import Path\nfrom sccon_lod.sparql.processes import Answering, Means\n"
        "async def run():\n    each = await Answering.start(Path(sys.argv[1]), Means())\n"
        "    print(each.number, flush=True)\n    os.kill(os.getpid(), 9)\n"
        "asyncio.run(run())\n"
    )

    said = subprocess.run([sys.executable, "-c", code, str(store)], capture_output=True, text=True, check=False).stdout

    for _ in range(50):
        if not Path(f"/proc/{int(said)}/stat").exists() or " Z " in Path(f"/proc/{int(said)}/stat").read_text():
            break
        time.sleep(0.1)
    else:
        os.kill(int(said), 9)
        pytest.fail("the process goes on")
