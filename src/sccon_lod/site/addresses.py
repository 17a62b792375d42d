"""Where pages stand: the path of a page follows from the IRI that it is about."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

FOLDER = "pages"  # of a release
HTML = ".html"
INDEX = "index"
_LONGEST = 120  # bytes of a segment in the name of a file, which must hold a suffix, too
_REMEMBERED = 1 << 16  # addresses, which are looked up again and again
_TAKEN = re.compile(r"\.(?:html|ttl|nt|jsonld|gz|[a-z]{2})$")
_ODD = re.compile(r"[\x00-\x1f\x7f/\\]")
SAFE = "!$&'()*+,;=:@~"  # letters that stand for themselves in a segment (RFC 3986, section 3.3)


@dataclass(frozen=True)
class Addresses:
    """The pages of a publication, by the IRIs below `root`, which ends in a slash."""

    root: str

    @classmethod
    def of(cls, base: str) -> "Addresses":
        """Return the pages of a publication: what stands beside its base, such as its code lists, has pages, too.

        >>> Addresses.of("https://example.org/id").root
        'https://example.org/'
        >>> Addresses.of("https://example.org").root
        'https://example.org/'
        """
        above = base.rpartition("/")[0]
        return cls(f"{base if above.endswith('/') else above}/")

    def holds(self, iri: str) -> bool:
        """Whether an IRI may have a page here."""
        return iri.startswith(self.root) and len(iri) > len(self.root)

    def path(self, document: str) -> str:
        """Return the path of the page of a document, below the folder of all pages and without suffix.

        >>> pages = Addresses("https://example.org/")
        >>> pages.path("https://example.org/id/event/x"), pages.path("https://example.org/id/a%20b")
        ('id/event/x', 'id/a b')
        >>> pages.path("https://example.org/id/../index"), pages.path("https://example.org/id/x.en")
        ('id/~2e~2e/~69ndex', 'id/x~2een')
        """
        return "/".join(map(_segment, document.removeprefix(self.root).split("/")))


@lru_cache(_REMEMBERED)
def _segment(written: str) -> str:
    """Return a segment as the name of a file: as servers look for it, unless that could be another file."""
    plain = unquote(written, errors="replace")
    is_plain = quote(plain, safe=SAFE) == quote(written, safe=SAFE + "%")
    if (
        is_plain
        and plain
        and plain[0] not in ".~"
        and plain != INDEX
        and not (_TAKEN.search(plain) or _ODD.search(plain))
    ):
        name = plain
    else:
        name = _escaped(written)
    if len(name.encode()) <= _LONGEST:
        return name
    return f"{_escaped(written)[:60]}~{hashlib.sha256(written.encode()).hexdigest()[:32]}"


def _escaped(written: str) -> str:
    if written == INDEX:
        return f"~{ord(INDEX[0]):02x}{INDEX[1:]}"
    escaped = re.sub(r"[^A-Za-z0-9_-]", lambda found: "".join(f"~{each:02x}" for each in found[0].encode()), written)
    return escaped or "~"


def suffixed(path: str, language: str, first: str) -> str:
    """Return the path of the page in a language; that in the `first` language has none in its name."""
    return f"{path}{'' if language == first else f'.{language}'}{HTML}"


def relative(path: str, start: str) -> str:
    """Return the relative reference from a page to another file; both are paths below one folder.

    >>> relative("id/event/x y.html", "id/place/z.html")
    '../event/x%20y.html'
    >>> relative("index.html", "id/place/z.html")
    '../../index.html'
    """
    return _relative(path, start.rpartition("/")[0])


@lru_cache(_REMEMBERED)
def _relative(path: str, folder: str) -> str:
    there, here = path.split("/"), folder.split("/") if folder else []
    common = 0
    while common < min(len(there) - 1, len(here)) and there[common] == here[common]:
        common += 1
    steps = [".."] * (len(here) - common) + [quote(each, safe=SAFE) for each in there[common:]]
    written = "/".join(steps)
    # A colon in the first segment would be taken for a scheme (RFC 3986, section 4.2).
    return f"./{written}" if ":" in steps[0] else written
