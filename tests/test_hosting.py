"""The rules for web servers, tried on these servers, as far as they are installed."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

import small
from conftest import load, quiet
from sccon_lod import build

NGINX = """user {user}; pid {folder}/pid; error_log {folder}/log; daemon off;
events {{}}
http {{
types {{ text/html html; text/css css; }}
access_log off;
{maps}
server {{ listen 127.0.0.1:{port}; root {root};
{rest}
}} }}
"""
APACHE = """ServerName localhost
ServerRoot {folder}
PidFile {folder}/pid
ErrorLog {folder}/log
User {user}
Listen 127.0.0.1:{port}
{modules}
TypesConfig {folder}/types
DocumentRoot {root}
<Directory {root}>
AllowOverride All
Require all granted
Options FollowSymLinks
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "rewrite", "headers")
CADDY = """{{
admin off
auto_https off
}}
http://127.0.0.1:{port} {{
root * {root}
{rules}
}}
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public folder of a publication in which `e3` is withdrawn."""
    folder = tmp_path_factory.mktemp("hosted")
    rows = [
        *({"id": f"e{number}", "name_de": f"Fest {number}"} for number in range(10)),
        {"id": "köln", "name_de": "K"},
    ]
    for each in (rows, rows[:3] + rows[4:]):
        small.publication(folder, {"sccon.toml": small.WITH_PAGES, "data/event.csv": small.table(each)})
        build.build(load(folder), quiet)
    for parent in (folder, *folder.parents[:2]):
        with suppress(PermissionError):
            parent.chmod(0o755)
    return folder / "public"


def nginx(root: Path, folder: Path, port: int) -> list[str]:
    rules = (root / "current/pages/hosting/nginx.conf").read_text(encoding="utf-8")
    maps, _, rest = rules.partition("location")
    config = NGINX.format(folder=folder, root=root, port=port, maps=maps, rest=f"location{rest}", user=_user())
    (folder / "nginx.conf").write_text(config, encoding="utf-8")
    return ["nginx", "-e", str(folder / "log"), "-c", str(folder / "nginx.conf")]


def apache2(root: Path, folder: Path, port: int) -> list[str]:
    shutil.copy(root / "current/pages/hosting/htaccess", root / ".htaccess")
    (folder / "types").write_text("text/html html\ntext/css css\n", encoding="ascii")
    modules = "\n".join(f"LoadModule {each}_module /usr/lib/apache2/modules/mod_{each}.so" for each in MODULES)
    config = APACHE.format(folder=folder, root=root, port=port, modules=modules, user="www-data")
    (folder / "apache.conf").write_text(config, encoding="utf-8")
    return ["apache2", "-f", str(folder / "apache.conf"), "-D", "FOREGROUND"]


def caddy(root: Path, folder: Path, port: int) -> list[str]:
    rules = (root / "current/pages/hosting/Caddyfile").read_text(encoding="utf-8")
    (folder / "Caddyfile").write_text(CADDY.format(root=root, port=port, rules=rules), encoding="utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile")]


def _user() -> str:
    return Path.home().owner()


@pytest.fixture(scope="module", params=[nginx, apache2, caddy])
def port(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that has the rules which come with the pages."""
    configure: Callable[[Path, Path, int], list[str]] = request.param
    if shutil.which(configure.__name__) is None:
        pytest.skip(f"there is no {configure.__name__}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    folder = tmp_path_factory.mktemp(configure.__name__)
    command = configure(root, folder, number)
    with (folder / "said").open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        until = time.monotonic() + 20
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", number), timeout=1):
                break
            time.sleep(0.1)
        assert process.poll() is None, (folder / "said").read_text(encoding="utf-8")
        yield number
        process.terminate()


def asked(port: int, path: str, accept: str) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Accept": accept})
    reply = connection.getresponse()
    found = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize(
    ("accept", "media_type", "said"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html", "<h1"),
        ("*/*", "text/html", "<h1"),
        ("text/turtle", "text/turtle; charset=utf-8", "@prefix"),
        ("application/ld+json", "application/ld+json; charset=utf-8", "@context"),
        ("application/n-triples", "application/n-triples; charset=utf-8", "<https://example.net/id/event/"),
    ],
)
@pytest.mark.parametrize("path", ["/id/event/e1", "/id/event/k%C3%B6ln"])
def test_an_address_leads_to_what_is_wanted(path: str, accept: str, media_type: str, said: str, port: int) -> None:
    status, headers, _ = asked(port, path, accept)
    # Caddy leaves letters as they are, and clients escape them.
    place = quote(urlsplit(headers["location"]).path.encode("latin-1"), safe="/%")
    found, told, body = asked(port, place, accept)

    assert (status, found) == (303, 200)
    assert headers["vary"] == "Accept"
    assert told["content-type"].partition(";")[0] == media_type.partition(";")[0]
    assert told["content-type"] == media_type or media_type == "text/html"
    assert said in body


def test_what_is_withdrawn_is_gone(port: int) -> None:
    assert [asked(port, "/id/event/e3", each)[0] for each in ("text/html", "text/turtle")] == [410, 410]


def test_data_may_be_read_from_everywhere(port: int) -> None:
    _, headers, _ = asked(port, "/current/small.ttl", "*/*")

    assert headers["access-control-allow-origin"] == "*"
    assert headers["content-type"] == "text/turtle; charset=utf-8"
