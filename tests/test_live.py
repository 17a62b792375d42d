import json
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

import served
import small
from served import Server, publication, serving

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <http://schema.org/Event> }"


def number(server: Server) -> int:
    return int(json.loads(server.query(COUNT).body)["results"]["bindings"][0]["n"]["value"])


def wait_for(server: Server, release: str) -> None:
    for _ in range(100):
        if json.loads(server.get("/health").body)["queries"] == release:
            return
        time.sleep(0.1)
    pytest.fail(f"queries are not answered from {release}")


def test_a_new_release_is_served_and_no_request_is_dropped(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    ends: Counter[object] = Counter()
    stop = threading.Event()

    def ask(server: Server) -> None:
        while not stop.is_set():
            ends[server.get("/current/small.nt").status, server.query(COUNT).status] += 1

    with serving(folder, tmp_path / "log") as server:
        before = server.get("/current/small.nt")
        threads = [threading.Thread(target=ask, args=(server,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        served.publish(folder, {"a": "Fest", "b": "Neu", "köln": "Köln", "x": "X"})
        wait_for(server, "000003")
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join()
        after = server.get("/current/small.nt")
        counted = number(server)

    assert set(ends) == {(200, 200)}
    assert b"event/b>" in after.body
    assert after.headers["etag"] != before.headers["etag"]
    assert counted == 34


def test_a_download_goes_on_when_its_release_is_removed(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    with (folder / "public/current/small.nt").open("ab") as file:
        file.write((b"#" * 1023 + b"\n") * (20 << 10))
    size = (folder / "public/current/small.nt").stat().st_size

    with serving(folder, tmp_path / "log") as server, server.connect() as connection:
        connection.sendall(b"GET /current/small.nt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = len(connection.recv(100))
        shutil.rmtree(folder / "public/releases/000002")
        while part := connection.recv(1 << 20):
            received += len(part)

    assert received > size


def test_no_query_is_answered_from_a_release_that_is_gone(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    public = folder / "public"
    with serving(folder, tmp_path / "log") as server:
        before = number(server)
        # There is another release, of which no store can be made.
        (public / "releases/000001/small.nt").write_text("no statement\n", encoding="utf-8")
        (public / "current").unlink()
        (public / "current").symlink_to(Path("releases") / "000001")
        shutil.rmtree(public / "releases/000002")
        for _ in range(100):
            status = server.query(COUNT).status
            if status != 200:
                break
            time.sleep(0.1)

    assert (before, status) == (33, 503)


def test_without_a_release_the_server_waits_for_one(tmp_path: Path) -> None:
    folder = small.publication(tmp_path / "publication")
    command = [sys.executable, "-c", served.SCRIPT, "serve", "-C", str(folder), "--port", "0"]
    log = tmp_path / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file)
    try:
        while not log.read_text(encoding="utf-8").startswith("http://"):
            time.sleep(0.05)
        port = int(log.read_text(encoding="utf-8").split()[0].rpartition(":")[2])
        server = Server(port, process, log)
        time.sleep(0.5)
        health, query, file_there = server.get("/health"), server.query("ASK {}"), server.get("/current/small.nt")
        served.publish(folder, {"a": "Fest"})
        wait_for(server, "000001")

        assert [health.status, query.status, file_there.status] == [503, 503, 404]
        assert "retry-after" in query.headers
        assert number(server) == 31
    finally:
        process.terminate()
        process.wait(20)


def test_the_server_ends_when_it_is_told_to_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = tmp_path / "stores"
    stores.mkdir()
    monkeypatch.setenv("TMPDIR", str(stores))

    with serving(publication(tmp_path / "publication"), tmp_path / "log") as server:
        kept = [each.name for each in stores.rglob("000002")]

    assert kept == ["000002"]
    assert server.process.returncode == 0
    assert list(stores.iterdir()) == []


def test_an_address_that_is_taken_is_named(tmp_path: Path) -> None:
    folder = publication(tmp_path / "publication")
    with serving(folder, tmp_path / "log") as server:
        command = [sys.executable, "-c", served.SCRIPT, "serve", "-C", str(folder), "--port", str(server.port)]
        other = subprocess.run([*command, "--lang", "en"], capture_output=True, text=True, check=False)

    assert other.returncode == 2
    assert other.stderr == (
        f"127.0.0.1:{server.port}: error: The server cannot listen here (Address already in use); please choose "
        "another place with --host or --port.\n"
    )
