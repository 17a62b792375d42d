"""XML documents that are safe to read, and the places of elements in them."""

from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml.etree import _Element

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.readers import content
from sccon_lod.rows import Readable

if TYPE_CHECKING:
    from lxml.etree import ParserTarget

_LIMIT = 256 << 20  # bytes of a document; its tree needs several times as much memory
_MOST_LINES = 65535  # the parser counts so far, and only estimates what follows
_XML = "{http://www.w3.org/XML/1998/namespace}"


class _Prolog:
    """Looks at what stands before the first element; a document type is noted."""

    has_doctype = False

    def doctype(self, name: str, public: str, system: str) -> None:
        self.has_doctype = True
        raise _Seen

    def start(self, name: str, attributes: object) -> None:
        raise _Seen

    def close(self) -> None:
        """Do nothing: there was no element."""


class _Seen(Exception):
    """What was looked for has been seen."""


def root(file: Readable) -> _Element:
    """Return the root of a document; raises SourceError for one that is no XML or that declares a document type."""
    text = content.whole(file, _LIMIT)
    prolog = _Prolog()
    try:
        etree.fromstring(text, etree.XMLParser(target=cast("ParserTarget", prolog), resolve_entities=False))
    except _Seen:
        pass
    except etree.XMLSyntaxError as error:
        raise _no_xml(file, error) from error
    if prolog.has_doctype:
        raise SourceError(Origin(file.name), _DOCTYPE)
    try:
        return etree.fromstring(
            text, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        )
    except etree.XMLSyntaxError as error:
        raise _no_xml(file, error) from error


def line(element: _Element) -> int:
    """Return the line an element begins on; 0 where that is not known, in documents with very many lines."""
    number = cast("int", element.sourceline)
    return number if number < _MOST_LINES else 0


def strip_namespaces(root: _Element) -> None:
    """Name elements and attributes as if they had no namespaces; `xml:lang` and the like keep theirs."""
    for element in root.iter("*"):
        element.tag = local(str(element.tag))
        for key in [str(key) for key in element.attrib if str(key).startswith("{") and not str(key).startswith(_XML)]:
            if local(key) not in element.attrib:
                element.attrib[local(key)] = element.attrib.pop(key)


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


class Places:
    """The paths of elements that come in the order of the document.

    It counts on from the element before, because counting from the first would take a time that grows with the square.
    """

    def __init__(self) -> None:
        self._last: dict[int, tuple[_Element, int]] = {}

    def path(self, element: _Element) -> str:
        """Return the path from the root, with a position where there are several of a name."""
        ancestors = [*reversed(list(element.iterancestors())), element]
        return "".join(f"/{local(str(each.tag))}{self._index(depth, each)}" for depth, each in enumerate(ancestors))

    def _index(self, depth: int, element: _Element) -> str:
        if depth == 0:
            return ""
        position = self._position(depth, element)
        self._last[depth] = element, position
        is_alone = position == 1 and next(element.itersiblings(element.tag), None) is None
        return "" if is_alone else f"[{position}]"

    def _position(self, depth: int, element: _Element) -> int:
        last, position = self._last.get(depth, (None, 0))
        if last is element:
            return position
        if last is not None and last.getparent() is element.getparent() and last.tag == element.tag:
            for further, each in enumerate(last.itersiblings(element.tag), start=1):
                if each is element:
                    return position + further
        return sum(1 for _ in element.itersiblings(element.tag, preceding=True)) + 1


def _no_xml(file: Readable, error: etree.XMLSyntaxError) -> SourceError:
    reason = (error.msg or "").partition(", line ")[0]
    return SourceError(
        Origin(file.name, error.lineno or 1),
        Text(
            f"Die Datei ist kein XML ({reason}); ist jedes Element geschlossen, ist & als &amp; geschrieben? Richtig "
            "ist zum Beispiel <events><event>Fest &amp; Markt</event></events>.",
            f"The file is no XML ({reason}); is every element closed, is & written as &amp;? Right is for example "
            "<events><event>Fest &amp; Markt</event></events>.",
        ),
    )


_DOCTYPE = Text(
    "Die Datei hat eine Dokumenttypdefinition (<!DOCTYPE …>), die nicht gelesen wird, weil sie fremde Dateien "
    "hereinholen kann; bitte diese Zeilen löschen.",
    "The file has a document type definition (<!DOCTYPE …>), which is not read because it can bring in other files; "
    "please delete these lines.",
)
