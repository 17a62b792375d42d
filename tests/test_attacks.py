"""Queries that want to hang or kill the server, or to reach others through it."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from served import SPARQL, Server, publication, serving

LIMIT = 1.0  # second
NUMBERS = " ".join(map(str, range(100)))
LONG = "a" * 4000


def crossed(count: int, tail: str = "", head: str = "SELECT (COUNT(*) AS ?n)") -> str:
    return f"{head} {{ {' . '.join(f'?s{n} ?p{n} ?o{n}' for n in range(count))} {tail} }}"


def values(count: int) -> str:
    return " ".join(f"VALUES ?v{n} {{ {NUMBERS} }}" for n in range(count))


def nested(function: str, times: int, inner: str = '"aaaaaaaaaa"') -> str:
    for _ in range(times):
        inner = function.replace("@", inner)
    return inner


def bound(expression: str) -> str:
    return f"SELECT ?x {{ BIND({expression} AS ?x) }}"


GROW = 'REPLACE(@, "a", "aaaaaaaaaa")'
ATTACKS = {
    "cross product of all": crossed(4),
    "cross product with a filter": crossed(4, "FILTER(?o0 = ?o3)"),
    "cross product with ASK": crossed(4, "FILTER(?s0 = ?p1 && ?s2 = ?p3)", "ASK"),
    "cross product that is long": crossed(3, head="SELECT *"),
    "cross product of 200": crossed(200),
    "cross product of VALUES": f"SELECT (COUNT(*) AS ?n) {{ {values(8)} }}",
    "cross product of VALUES as a question": f"ASK {{ {values(8)} FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 > 1000) }}",
    "cross product of OPTIONAL": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}" for n in range(6))
    + " }",
    "cross product of UNION": "SELECT (COUNT(*) AS ?n) { "
    + " ".join("{ ?s ?p ?o } UNION { ?o ?p ?s }".replace("?", f"?x{n}") for n in range(6))
    + " }",
    "DISTINCT of a cross product": crossed(4, head="SELECT DISTINCT *"),
    "ORDER BY of a cross product": f"{crossed(4, head='SELECT *')} ORDER BY ?o0 ?o1 ?o2 LIMIT 1",
    "ORDER BY of an expression": f"{crossed(3, head='SELECT ?s0')} ORDER BY SHA512(CONCAT(STR(?s0), STR(?s2))) LIMIT 1",
    "GROUP BY of a cross product": "SELECT ?s0 ?s1 (MAX(?o2) AS ?m) "
    f"{crossed(3, head='')} GROUP BY ?s0 ?s1 HAVING(COUNT(*) > 1000000000)",
    "a far OFFSET": f"{crossed(4, head='SELECT ?s0')} OFFSET 99999999999",
    "MINUS of cross products": f"SELECT (COUNT(*) AS ?n) {{ {crossed(3, head='')} MINUS {crossed(3, head='')} }}",
    "NOT EXISTS in NOT EXISTS": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i . ?j ?k ?l "
    "FILTER(?g = ?k) FILTER NOT EXISTS { ?m ?n ?q . ?r ?t ?u FILTER(?m = ?t) } } }",
    "subqueries": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"{{ SELECT DISTINCT ?a{n} {{ ?a{n} ?b{n} ?c{n} . ?d{n} ?e{n} ?f{n} }} }}" for n in range(6))
    + " }",
    "paths of any length": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)* ?b . ?c (!<a:b>)* ?d . ?e (!<a:b>|^!<a:b>)+ ?f }",
    "paths in both directions": "SELECT (COUNT(*) AS ?n) { ?a ((!<a:b>|^!<a:c>)/(!<a:d>|^!<a:e>))+ ?b . ?b "
    "((!<a:b>|^!<a:c>)/(!<a:d>|^!<a:e>))+ ?c . ?c ((!<a:b>|^!<a:c>)+) ?d }",
    "stars in stars": "ASK { ?a (((((!<a:b>)*)*)*)*)* ?b . ?c ((((!<a:b>)+)*)+)* ?d . FILTER(?a = <a:x>) }",
    "a path of many steps": f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join(['(!<a:b>|^!<a:b>)'] * 300)} ?b }}",
    "alternatives without end": "SELECT (COUNT(*) AS ?n) { ?a "
    f"({'|'.join(['!<a:b>'] * 1500)})* ?b . ?c ?d ?e . ?f ?g ?h }}",
    "a regular expression that goes back": bound(f'REGEX("{LONG}!", "^(a+)+$")'),
    "a regular expression with counts": bound(f'REGEX("{LONG}", "((a{{1,200}}){{1,200}}){{1,200}}")'),
    "a regular expression of classes": bound(f'REGEX("{LONG}", "(\\\\w{{1,1000}}){{1,1000}}")'),
    "regular expressions for each": crossed(3, 'FILTER(REGEX(CONCAT(STR(?s0), STR(?s1), STR(?s2)), "(e|x|a)*z$"))'),
    "texts that grow": bound(nested(GROW, 9)),
    "texts that grow and are counted": bound(f"STRLEN({nested(GROW, 12)})"),
    "texts that are put together": bound(nested("CONCAT(@,@)", 11)),
    "texts that grow for each": crossed(2, f"FILTER(STRLEN({nested(GROW, 5)}) > 10000000)"),
    "variables that grow": 'SELECT ?x40 { BIND("aaaaaaaaaa" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    + " }",
    "escapes that grow": bound(nested("ENCODE_FOR_URI(@)", 20, f'"{"%" * 3000}"')),
    "GROUP_CONCAT of a cross product": crossed(3, head='SELECT (GROUP_CONCAT(?s0; separator=",") AS ?x)'),
    "GROUP_CONCAT of long texts": f'SELECT (GROUP_CONCAT("{LONG}") AS ?x) {{ {values(3)} }}',
    "a sum of fractions": f"SELECT (SUM(1/(1+?v0*?v1)) AS ?x) {{ {values(4)} }}",
    "a huge CONSTRUCT": crossed(3, head="CONSTRUCT { ?s0 ?p1 ?o2 . ?s1 ?p2 ?o0 . ?s2 ?p0 ?o1 } WHERE"),
    "blank nodes without end": crossed(3, head="CONSTRUCT { [] ?p0 [ ?p1 [ ?p2 [] ] ] } WHERE"),
    "a huge DESCRIBE": crossed(3, head="DESCRIBE * WHERE"),
    "8 kB of {": f"SELECT * {'{' * 8000}",
    "8 kB of (": f"ASK {{ FILTER {'(' * 8000} }}",
    "8 kB of [": f"ASK {{ {'[ ?p ' * 2000} }}",
    "closed brackets": f"ASK {{ {'{' * 4000}{'}' * 4000} }}",
    "40 kB of !": bound(f"{'!' * 40_000}true"),
    "minus signs": bound(f"{'- ' * 20_000}1"),
    "a chain of ||": bound(f"{'true || ' * 5_000}true"),
    "a chain of +": bound(f"{'1 + ' * 10_000}1"),
    "a chain of IF": bound(nested("IF(true,@,@)", 10)),
    "a chain of UNION": f"SELECT * {{ {'{} UNION ' * 4_000}{{}} }}",
    "a chain of steps back": f"SELECT * {{ ?a {'^' * 30_000}<a:b> ?c }}",
    "many prefixes": "".join(f"PREFIX p{n}: <a:{n}> " for n in range(2_000)) + "ASK {}",
    "a long list": f"ASK {{ ?a ?b ({NUMBERS * 50}) }}",
    "an IN of many": crossed(3, f"FILTER(?o0 IN ({', '.join(['?o1'] * 5000)}))"),
    "a text that does not end": f'ASK {{ ?a ?b "{"x" * 40_000}',
    "a long text that does not end": f'ASK {{ ?a ?b """{chr(34) + "x"} ' * 3_000,
    "quotes": "'" * 40_000,
    "number signs": "#" * 40_000,
    "angles": "<" * 40_000,
    "backslashes": "\\" * 40_000,
    "colons": "a:" * 20_000,
    "nothing but NUL": "\0" * 1_000,
    "letters beyond the usual": "ASK { ?a ?b '\U0010ffff\ud7ff\ufdd0' }",
    "times": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(NOW() - RAND() < UUID()) }",
}
NETWORK = {
    "a service": "SELECT * { SERVICE <http://_/> { ?s ?p ?o } }",
    "a silent service": "SELECT * { SERVICE SILENT <http://_/> { ?s ?p ?o } }",
    "a service that is bound": "SELECT * { BIND(<http://_/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "a service in numbers": r"SELECT * { \u0053ERVICE <http://_/> { ?s ?p ?o } }",
    "a service in long numbers": r"SELECT * { \U00000053\u0045RVICE <http://_/> { ?s ?p ?o } }",
    "a service behind a word": "SELECT * { ?s ?p trueSERVICE<http://_/>{?s ?p ?o} }",
    "a service as a prefix": "PREFIX : <http://_/> SELECT * { SERVICE:x{?s ?p ?o} }",
    "a service in a comment of another reading": "SELECT * { # \r SERVICE <http://_/> { ?s ?p ?o } }",
    "a service within": "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://_/> { ?s ?p ?o } } } } }",
    "a graph from elsewhere": "SELECT * FROM <http://_/> { ?s ?p ?o }",
    "a named graph from elsewhere": "SELECT * FROM NAMED <http://_/> { GRAPH ?g { ?s ?p ?o } }",
    "a graph without blanks": "ASKFROM<http://_/>{}",
    "an update": "LOAD <http://_/>",
    "an update behind a query": "ASK {} ; LOAD <http://_/>",
    "a graph that is not there": "SELECT * { GRAPH <http://_/> { ?s ?p ?o } }",
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with small limits."""
    folder = tmp_path_factory.mktemp("attacked")
    options = ("--seconds", str(LIMIT), "--memory", "256")
    with serving(publication(folder / "publication"), folder / "log", *options) as server:
        yield server


def attack(server: Server, query: str) -> tuple[int, float]:
    """Return the status of a query, and how long it took."""
    body = urlencode({"query": query}, errors="surrogatepass").encode()
    began = time.monotonic()
    reply = server.ask("POST", SPARQL, body, Content_Type="application/x-www-form-urlencoded")
    return reply.status, time.monotonic() - began


def test_there_are_enough_attacks() -> None:
    assert len(ATTACKS) + len(NETWORK) >= 40


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_in_time_and_a_normal_query_is_answered(attacked: Server, name: str) -> None:
    found: list[tuple[int, float]] = []
    attacker = threading.Thread(target=lambda: found.append(attack(attacked, ATTACKS[name])))
    attacker.start()
    time.sleep(0.05)
    beside = attack(attacked, "SELECT * { ?s ?p ?o } LIMIT 5")
    attacker.join()

    ((status, seconds),) = found
    assert status in (200, 400, 503)
    assert seconds < LIMIT + 2
    assert beside[0] == 200
    assert beside[1] < 1


def test_many_attacks_at_once_leave_room_for_a_normal_query(attacked: Server) -> None:
    worst = [
        crossed(4),
        ATTACKS["texts that grow"],
        ATTACKS["a huge CONSTRUCT"],
        ATTACKS["GROUP BY of a cross product"],
    ]
    ends: list[tuple[int, float]] = []
    attackers = [threading.Thread(target=lambda q=q: ends.append(attack(attacked, q))) for q in (*worst, worst[0])]
    for attacker in attackers:
        attacker.start()
    time.sleep(0.1)
    beside = [attack(attacked, "ASK {}") for _ in range(3)]
    for attacker in attackers:
        attacker.join()

    assert {status for status, _ in beside} == {200}
    assert {status for status, _ in ends} <= {200, 400, 429, 503}


@pytest.mark.parametrize("name", NETWORK)
def test_no_query_reaches_the_network(attacked: Server, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.05)
        status, _ = attack(attacked, NETWORK[name].replace("_", f"127.0.0.1:{other.getsockname()[1]}"))
        with pytest.raises(TimeoutError):
            other.accept()

    assert status == (200 if name == "a graph that is not there" else 400)


def test_a_client_with_too_many_queries_is_asked_to_wait(attacked: Server) -> None:
    ends: list[int] = []
    threads = [threading.Thread(target=lambda: ends.append(attack(attacked, crossed(4))[0])) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ends.count(429) >= 4
    assert set(ends) <= {429, 503}


def test_the_server_lives_after_all_this(attacked: Server) -> None:
    assert attack(attacked, "ASK {}")[0] == 200
    assert attacked.process.poll() is None
    assert "sccon_lod_queries_running 0" in attacked.get("/metrics").text
    assert Path(f"/proc/{attacked.process.pid}").exists()
