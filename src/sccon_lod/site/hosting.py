"""What lets a plain web server find pages: rules for three servers, a map of the site, and a word to robots."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from sccon_lod.formats import FORMATS

_MOST = 50_000  # addresses in one file (sitemaps.org)
_DATA = "|".join(each.suffix[1:] for each in FORMATS)


@dataclass(frozen=True)
class Hosting:
    """Where pages stand: the web address of `public/`, the root of the IRIs, and what pages are below it.

    `pages` is the path of the folder of pages below `public/`; `spaces` are the first segments of IRIs that have
    pages; `gone` are the IRIs of what is withdrawn.
    """

    address: str
    root: str
    pages: str
    spaces: Sequence[str]
    gone: Sequence[str]

    def files(self) -> Mapping[str, str]:
        """Return the rules by the names of their files."""
        return {"Caddyfile": self._caddy(), "htaccess": self._apache(), "nginx.conf": self._nginx()}

    @property
    def _start(self) -> str:
        """The path of the root, as a regular expression."""
        return re.escape(urlsplit(self.root).path)

    @property
    def _folder(self) -> str:
        return f"{urlsplit(self.address).path}/{self.pages}"

    @property
    def _named(self) -> str:
        return "|".join(map(re.escape, self.spaces))

    def _paths(self) -> Iterator[str]:
        for each in self.gone:
            yield urlsplit(each).path

    def _nginx(self) -> str:
        kinds = "".join(f"  ~*{each.media_type.replace('+', '.')} {each.suffix[1:]};\n" for each in FORMATS)
        gone = "".join(f'  "{path}" 1;\n' for path in self._paths())
        return f"""# For nginx. The maps stand in http {{ }}, the rest in server {{ }}, whose root is public/.
map $http_accept $described {{
  default html;
{kinds}}}
map $uri $withdrawn {{
  default 0;
{gone}}}
map $request_uri $as_sent {{
  default "";
  ~^{self._start}(?<sent>({self._named})(/[^?]*)?)(\\?|$) $sent;
}}
location ~ ^{self._start}(?<page>({self._named})(/.*)?)$ {{
  add_header Vary Accept always;
  error_page 410 {self._folder}/$page.html;
  if ($withdrawn) {{ return 410; }}
  return 303 {self._folder}/$as_sent.$described;
}}
location ~ \\.({_DATA})(\\.gz)?$ {{
  types {{ {" ".join(f"{each.media_type} {each.suffix[1:]};" for each in FORMATS)} application/gzip gz; }}
  charset utf-8;
  charset_types {" ".join(each.media_type for each in FORMATS)};
  add_header Access-Control-Allow-Origin * always;
}}
"""

    def _apache(self) -> str:
        kinds = "".join(
            f"RewriteCond %{{HTTP_ACCEPT}} {each.media_type.replace('+', '.')}\n"
            f"RewriteRule ^(({self._named})(/.*)?)$ {self._folder}/$1{each.suffix} [R=303,L]\n"
            for each in FORMATS
        )
        gone = "".join(f"RewriteRule ^{re.escape(each.removeprefix(self.root))}$ - [G,L]\n" for each in self.gone)
        types = "".join(f'AddType "{each.media_type};charset=utf-8" {each.suffix}\n' for each in FORMATS)
        return f"""# For Apache with mod_rewrite and mod_headers, as .htaccess in the folder public/.
{types}<FilesMatch "\\.({_DATA})(\\.gz)?$">
  Header set Access-Control-Allow-Origin "*"
</FilesMatch>
Header always merge Vary Accept "expr=%{{REQUEST_STATUS}} -eq 303"
RewriteEngine On
{gone}{kinds}RewriteRule ^(({self._named})(/.*)?)$ {self._folder}/$1.html [R=303,L]
"""

    def _caddy(self) -> str:
        gone, found = " ".join(self._paths()), f"path_regexp page ^{self._start}(({self._named})(/.*)?)$"
        matchers = (f"@withdrawn path {gone}\n" if gone else "") + "".join(
            f"@{each.suffix[1:]} {{\n  {found}\n  header Accept *{each.media_type}*\n}}\n" for each in FORMATS
        )
        redirects = ("  error @withdrawn 410\n" if gone else "") + "".join(
            f"  redir @{each.suffix[1:]} {self._folder}/{{re.page.1}}{each.suffix} 303\n" for each in FORMATS
        )
        types = "".join(
            f"@type-{each.suffix[1:]} path *{each.suffix}\nheader @type-{each.suffix[1:]} {{\n"
            f'  Content-Type "{each.media_type}; charset=utf-8"\n  Access-Control-Allow-Origin *\n}}\n'
            for each in FORMATS
        )
        return f"""# For Caddy: within the block of a site whose root is the folder public/.
{types}@page {found}
{matchers}header @page Vary Accept
route {{
{redirects}  redir @page {self._folder}/{{re.page.1}}.html 303
}}
file_server
"""


def robots(address: str) -> str:
    """Return what robots are told: they may read everything; `address` is that of the folder of pages."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}/sitemap.xml\n"


def sitemap(address: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the maps of a site by the names of their files; where there are several, `sitemap.xml` names the others."""
    urls = [f"{address}/{quote(each)}" for each in paths]
    if len(urls) <= _MOST:
        yield "sitemap.xml", _map("urlset", "url", urls)
        return
    names = []
    for number, start in enumerate(range(0, len(urls), _MOST), start=1):
        names.append(f"sitemap-{number}.xml")
        yield names[-1], _map("urlset", "url", urls[start : start + _MOST])
    yield "sitemap.xml", _map("sitemapindex", "sitemap", [f"{address}/{each}" for each in names])


def _map(whole: str, part: str, urls: Iterable[str]) -> str:
    lines = "".join(f"<{part}><loc>{escape(each)}</loc></{part}>\n" for each in urls)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{whole} xmlns="{space}">\n{lines}</{whole}>\n'
