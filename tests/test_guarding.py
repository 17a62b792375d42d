import ipaddress
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sccon_lod.serving import guarding
from served import SPARQL, Server, publication, server, serving, site

__all__ = ["server", "site"]  # fixtures


@pytest.mark.parametrize("path", ["/", "/current/small.ttl", "/id/event/a", SPARQL, "/health", "/current/../x"])
def test_every_answer_has_the_headers_that_browsers_obey(server: Server, path: str) -> None:
    headers = server.get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("LOCALHOST:8000", 200),
        ("example.net", 200),
        ("example.net.", 200),
        ("[::1]:80", 200),
        ("evil.example", 400),
        ("example.net.evil.example", 400),
        ("evil.example:80@example.net", 400),
        ("", 400),
    ],
)
def test_only_the_names_of_the_server_are_answered(server: Server, host: str, status: int) -> None:
    assert server.get("/current/small.ttl", Host=host).status == status


@given(st.ip_addresses(v=4))
def test_the_log_has_no_last_number(address: ipaddress.IPv4Address) -> None:
    shown = ipaddress.IPv4Address(guarding.shortened(str(address)))

    assert int(shown) == int(address) >> 8 << 8


@given(st.ip_addresses(v=6))
def test_the_log_has_48_bits_of_the_others(address: ipaddress.IPv6Address) -> None:
    shown = guarding.shortened(str(address))

    if address.ipv4_mapped:
        assert shown == guarding.shortened(str(address.ipv4_mapped))
    else:
        assert int(ipaddress.IPv6Address(shown)) == int(address) >> 80 << 80


def test_one_household_is_one_client() -> None:
    assert guarding.client("2001:db8:1:2:3::4") == guarding.client("2001:db8:1:2:9::9")
    assert guarding.client("203.0.113.7") != guarding.client("203.0.113.8")


def test_the_log_has_a_line_for_each_request_without_its_query(server: Server) -> None:
    server.query("ASK { <a:secret> ?p ?o }")
    server.get("/nothing%0Aat%1Ball")

    # The line is written once the answer is sent.
    for _ in range(50):
        said = server.log.read_text(encoding="utf-8")
        if "x1ball 404" in said:
            break
        time.sleep(0.1)
    assert re.search(r"^127\.0\.0\.0 GET /sparql 200 \d+ \d+ ms$", said, re.MULTILINE)
    assert re.search(r"^127\.0\.0\.0 GET /nothing\\nat\\x1ball 404 \d+ \d+ ms$", said, re.MULTILINE)
    assert "secret" not in said


def test_what_happens_is_counted(server: Server) -> None:
    server.query("ASK {}")
    server.get("/nothing")

    said = server.get("/metrics").text
    assert int(re.findall(r'^sccon_lod_requests_total\{status="404"\} (\d+)$', said, re.MULTILINE)[0]) >= 1
    count = re.findall(r"^sccon_lod_query_seconds_count (\d+)$", said, re.MULTILINE)[0]
    assert f'sccon_lod_query_seconds_bucket{{le="+Inf"}} {count}' in said
    assert "sccon_lod_release 2" in said


def test_a_proxy_may_leave_its_path_and_say_who_asks(tmp_path: Path) -> None:
    options = ("--prefix", "data/", "--trust-proxy", "127.0.0.1", "--allow-host", "my.example")
    with serving(publication(tmp_path / "publication"), tmp_path / "log", *options) as found:
        inside = found.get("/data/id/event/a", Host="my.example", X_Forwarded_For="203.0.113.77")
        outside = found.get("/id/event/a")
        page = found.get("/data/id/event/a.html").text

    assert (inside.status, inside.headers["location"], outside.status) == (303, "./a.ttl", 404)
    assert 'href="../../style.css"' in page
    assert "203.0.113.0 GET /data/id/event/a 303" in (tmp_path / "log").read_text(encoding="utf-8")
