"""XML: elements as records, by XPath 1.0."""

from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from lxml import etree
from lxml.etree import XPath, _Element

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.readers import content, elements
from sccon_lod.readers.elements import Places
from sccon_lod.readers.intake import Intake
from sccon_lod.rows import Cell, Layout, Readable, Report, Row, Table

_PREFIX = "xmlns:"


_STRING = XPath("string()", smart_strings=False)


class _Way(NamedTuple):
    """A column and the XPath from a record to its cell."""

    column: str
    path: XPath


def xml(file: Readable, layout: Layout, report: Report) -> Table:
    """Read the elements that the iterator, an XPath, selects; references are XPaths from such an element.

    Without `xmlns:` among the options, names are those without their namespace.
    """
    content.refuse_options(file, layout, (_PREFIX,))
    names = {key.removeprefix(_PREFIX): value for key, value in layout.options.items()}
    if not layout.iterator:
        raise SourceError(Origin(file.name), _NO_ITERATOR)
    iterator = _path(file, layout.iterator, names, "")
    ways = [_Way(each, _path(file, each, names, each)) for each in layout.references]
    intake = Intake(file.name, layout.references, report)

    def rows() -> Iterator[Row]:
        root = elements.root(file)
        if not names:
            elements.strip_namespaces(root)
        records = _records(file, iterator, root)
        places = Places()
        for record in records:
            yield from _row(record, ways, intake, places)
        if intake.number == 0:
            intake.warning("iterator-missing", _missing(layout.iterator, root))

    intake.table.rows = rows()
    return intake.table


def _path(file: Readable, path: str, names: dict[str, str], column: str) -> XPath:
    try:
        return XPath(path, namespaces=names, smart_strings=False)
    except etree.XPathSyntaxError as error:
        raise SourceError(Origin(file.name, column=column), _not_understood(path, str(error))) from error


def _records(file: Readable, iterator: XPath, root: _Element) -> list[_Element]:
    try:
        found = iterator(root.getroottree())
    except etree.XPathError as error:
        raise SourceError(Origin(file.name), _not_understood(iterator.path, str(error))) from error
    records = [each for each in found if isinstance(each, _Element)] if isinstance(found, list) else []
    if not isinstance(found, list) or len(records) != len(found):
        raise SourceError(Origin(file.name), _no_elements(iterator.path))
    return records


def _row(record: _Element, ways: list[_Way], intake: Intake, places: Places) -> Iterator[Row]:
    line, path = elements.line(record), places.path(record)
    cells: list[Cell] = []
    for column, way in ways:
        try:
            cells.append(_cell(way(record)))
        except _Structure as structure:
            cells.append("")
            intake.violation("cell-structure", _structure(column, structure.names), line, path, column)
        except etree.XPathError as error:
            raise SourceError(Origin(intake.file, line, column), _not_understood(column, str(error))) from error
    yield from intake.checked(line, path, tuple(cells))


class _Structure(ValueError):
    """An element with elements in it, where a value is expected: their names."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


def _cell(found: object) -> Cell:
    """Return what an XPath gave as text (XPath 1.0 section 4.2)."""
    if isinstance(found, list):
        texts = tuple(filter(None, map(_text, found)))
        return texts if len(texts) > 1 else "".join(texts)
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, float):
        shown = str(int(found)) if found.is_integer() else repr(found)
        return shown if isfinite(found) else ""
    return str(found)


def _text(node: object) -> str:
    if not isinstance(node, _Element):
        return str(node)
    names = [elements.local(str(each.tag)) for each in node.iterchildren("*")]
    if names and not any(text.strip() for text in [node.text or "", *(each.tail or "" for each in node)]):
        raise _Structure(names)
    return str(_STRING(node))


def _not_understood(path: str, reason: str) -> Text:
    return Text(
        f"Der XPath „{path}“ ist nicht lesbar ({reason}); richtig ist zum Beispiel /events/event, venue/city oder @id. "
        "Ein Präfix wird in der Quelle der Abbildung mit xmlns: erklärt, zum Beispiel xmlns:e: "
        "https://example.org/events.",
        f"The XPath “{path}” cannot be read ({reason}); right is for example /events/event, venue/city or @id. A "
        "prefix is declared with xmlns: in the source of the mapping, for example xmlns:e: https://example.org/events.",
    )


def _no_elements(path: str) -> Text:
    return Text(
        f"Der Iterator {path} wählt keine Elemente aus; richtig ist zum Beispiel /events/event.",
        f"The iterator {path} does not select elements; right is for example /events/event.",
    )


def _missing(path: str, root: _Element) -> Text:
    names = ", ".join(dict.fromkeys(elements.local(str(each.tag)) for each in root.iterchildren("*"))) or "–"
    return Text(
        f"Der Iterator {path} führt zu nichts; die Wurzel heißt {root.tag} und enthält: {names}.",
        f"The iterator {path} leads to nothing; the root is called {root.tag} and holds: {names}.",
    )


def _structure(column: str, names: list[str]) -> Text:
    known = ", ".join(dict.fromkeys(names))
    return Text(
        f"Hier stehen Elemente, kein Text: {known}. Im Pfad eines nennen, zum Beispiel {column}/{names[0]}.",
        f"There are elements here, no text: {known}. Name one in the path, for example {column}/{names[0]}.",
    )


_NO_ITERATOR = Text(
    "Zu XML gehört ein Iterator, der die Datensätze nennt; in der Quelle der Abbildung zum Beispiel iterator: "
    "/events/event.",
    "XML needs an iterator that names the records; in the source of the mapping for example iterator: /events/event.",
)
