"""JSON, JSON Lines and GeoJSON: objects as records (RFC 8259, RFC 7946)."""

from collections.abc import Iterator

from sccon_lod import spots
from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.readers import content, trees
from sccon_lod.readers.intake import Intake
from sccon_lod.readers.notation import Decoder, Document, NotJson
from sccon_lod.readers.trees import Harvest
from sccon_lod.rows import Layout, Readable, Report, Row, Table
from sccon_lod.spots import Value

LIMIT = 1 << 30  # bytes of a document that is held in memory as a whole
_ROOT = "$"


def json(file: Readable, layout: Layout, report: Report) -> Table:
    """Read a JSON document; without an iterator the members of a list are the records, or else the whole is one."""
    return _document(file, layout, report)


def geojson(file: Readable, layout: Layout, report: Report) -> Table:
    """Read a GeoJSON document; without an iterator its features are the records (RFC 7946 section 3)."""
    return _document(file, layout, report)


def iterator(file: Readable, declared: str, value: Value) -> str:
    """Return the path to the records of a document: the one that is declared, else what its form says.

    Raises SourceError for a file that ends as GeoJSON does and is none.
    """
    if file.suffix != ".geojson":
        return declared or ("$[*]" if isinstance(value, list) else _ROOT)
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in ("FeatureCollection", "Feature"):
        raise SourceError(Origin(file.name), _NO_FEATURES)
    return declared or ("$.features[*]" if kind == "FeatureCollection" else _ROOT)


def json_lines(file: Readable, layout: Layout, report: Report) -> Table:
    """Read JSON Lines: each line that is not blank is a document, and without an iterator a record."""
    content.refuse_options(file, layout)
    path = layout.iterator or _ROOT
    steps = trees.iterator(file, path)
    intake = Intake(file.name, layout.references, report)
    harvest = Harvest(intake, trees.getters(file, layout.references, len(steps)))

    def rows() -> Iterator[Row]:
        empty: Value = None
        for document in _lines(file, intake):
            before = intake.number
            yield from harvest.rows(document, spots.along(document.value, steps))
            if before == intake.number == 0 and empty is None:
                empty = document.value
        if intake.number == 0:
            trees.report_none(intake, path, steps if empty is not None else (), empty)

    intake.table.rows = rows()
    return intake.table


def _lines(file: Readable, intake: Intake) -> Iterator[Document]:
    decoder = Decoder()
    for number, line in content.lines(file):
        if line.isspace():
            intake.table.skipped += 1
            continue
        try:
            document = decoder.document(line, number)
        except NotJson as broken:
            intake.violation("row-json", broken.text, number)
            intake.unread()
        else:
            yield document


def _document(file: Readable, layout: Layout, report: Report) -> Table:
    content.refuse_options(file, layout)
    if layout.iterator:
        # What is wrong with the paths is said before the file is read.
        trees.getters(file, layout.references, len(trees.iterator(file, layout.iterator)))
    intake = Intake(file.name, layout.references, report)

    def rows() -> Iterator[Row]:
        document = _whole(file)
        path = iterator(file, layout.iterator, document.value)
        steps = trees.iterator(file, path)
        harvest = Harvest(intake, trees.getters(file, layout.references, len(steps)))
        yield from harvest.rows(document, spots.along(document.value, steps))
        if intake.number == 0:
            trees.report_none(intake, path, steps, document.value)

    intake.table.rows = rows()
    return intake.table


def _whole(file: Readable) -> Document:
    try:
        return Decoder().document(content.in_utf8(file, content.whole(file, LIMIT)))
    except NotJson as broken:
        raise SourceError(Origin(file.name, broken.line), broken.text) from broken


_NO_FEATURES = Text(
    "Die Datei ist kein GeoJSON: Die Wurzel ist weder FeatureCollection noch Feature. Richtig ist zum Beispiel "
    '{"type": "FeatureCollection", "features": []}; anderes JSON erhält die Endung .json.',
    "The file is no GeoJSON: its root is neither a FeatureCollection nor a Feature. Right is for example "
    '{"type": "FeatureCollection", "features": []}; other JSON has the ending .json.',
)
