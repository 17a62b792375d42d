"""HTML: the JSON-LD that pages carry for search engines, each node a record (JSON-LD 1.1 section 7)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from sccon_lod import spots
from sccon_lod.language import Text
from sccon_lod.readers import content, trees
from sccon_lod.readers.intake import Intake
from sccon_lod.readers.notation import Decoder, NotJson
from sccon_lod.readers.trees import Harvest
from sccon_lod.rows import Layout, Readable, Report, Row, Table
from sccon_lod.spots import Spot

_LIMIT = 256 << 20  # bytes of a page that is held in memory as a whole
_HEAD = 1024  # bytes within which a page declares its encoding (HTML section 4.2.5.4)
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_WESTERN = {"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "windows-1252"}
_ENCODINGS = re.compile(
    r"iso-8859-(?:[2-9]|1[0134567])|windows-125\d|koi8-[ru]|gbk|gb18030|big5|euc-jp|euc-kr|shift_jis"
)
_SCRIPT = re.compile(
    r"""<!--.*?(?:-->|\Z) | <script\b(?P<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>(?P<text>.*?)(?:</script|\Z)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_JSON_LD = re.compile(r"""\btype\s*=\s*["']?\s*application/ld\+json\s*(?:;[^"'>]*)?(?:["'\s]|\Z)""", re.IGNORECASE)


class _Script(NamedTuple):
    """A script with JSON-LD: the line of its tag, the line its text begins on, the text."""

    line: int
    first: int
    text: str


def page(file: Readable, layout: Layout, report: Report) -> Table:
    """Read the JSON-LD of a page; without an iterator the nodes that have a type are the records."""
    content.refuse_options(file, layout)
    steps = trees.iterator(file, layout.iterator) if layout.iterator else ()
    intake = Intake(file.name, layout.references, report)
    harvest = Harvest(intake, trees.getters(file, layout.references, len(steps)))

    def rows() -> Iterator[Row]:
        decoder = Decoder()
        for script in _scripts(_text(file)):
            try:
                document = decoder.document(script.text.encode(errors="surrogateescape"), script.line)
            except NotJson as broken:
                intake.violation("row-json", broken.text, script.first + broken.line - 1)
                intake.unread()
                continue
            found = spots.along(document.value, steps) if steps else _nodes(Spot("$", document.value))
            yield from harvest.rows(document, found)
        if intake.number == 0:
            intake.warning("iterator-missing", _NOTHING)

    intake.table.rows = rows()
    return intake.table


def _text(file: Readable) -> str:
    """Return the page as text: in the encoding that it declares, or else in UTF-8."""
    page = content.in_utf8(file, content.whole(file, _LIMIT))
    declared = _DECLARED.search(page, 0, _HEAD)
    name = declared[1].decode("ascii").lower() if declared else ""
    return page.decode(_encoding(name), errors="surrogateescape")


def _encoding(name: str) -> str:
    """Return the encoding that a page means by a name (Encoding Standard section 4.2); others are UTF-8."""
    if name in _WESTERN:
        return "windows-1252"
    return name if _ENCODINGS.fullmatch(name) else "utf-8"


def _scripts(text: str) -> Iterator[_Script]:
    line, counted = 1, 0
    for found in _SCRIPT.finditer(text):
        if found["attributes"] is not None and _JSON_LD.search(found["attributes"]):
            line += text.count("\n", counted, found.start())
            counted = found.start()
            yield _Script(line, line + text.count("\n", counted, found.start("text")), found["text"])


def _nodes(spot: Spot) -> Iterator[Spot]:
    """Yield the nodes with a type at the top of a document and in its graphs (JSON-LD 1.1 section 9.2)."""
    value = spot.value
    if isinstance(value, list):
        for position, member in enumerate(value):
            yield from _nodes(Spot(position, member, spot))
    elif isinstance(value, dict):
        if "@type" in value:
            yield spot
        if "@graph" in value:
            yield from _nodes(Spot("@graph", value["@graph"], spot))


_NOTHING = Text(
    "Die Seite enthält keine Datensätze; sie stehen als JSON-LD in <script "
    'type="application/ld+json">{"@type": "Event", "name": "Fest"}</script>.',
    'The page holds no records; they stand as JSON-LD in <script type="application/ld+json">{"@type": "Event", '
    '"name": "Fest"}</script>.',
)
