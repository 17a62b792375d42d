"""Workbooks in OpenDocument format for tests, written as text (OpenDocument 1.3, part 3, section 9)."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def cell(shown: str = "", **attributes: str) -> str:
    """Return a cell: `office__value_type` is the attribute office:value-type."""
    said = attributes or ({"office__value_type": "string"} if shown else {})
    listed = "".join(f" {name.replace('__', ':').replace('_', '-')}={quoteattr(text)}" for name, text in said.items())
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n")) if shown else ""
    return f"<table:table-cell{listed}>{paragraphs}</table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    written = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<table:table-row{repeated}>{written}</table:table-row>"


def write(path: Path, sheets: dict[str, list[str]], manifest: str = "") -> None:
    """Write a workbook: its sheets by name, each with its rows."""
    names = " ".join(f'xmlns:{short}="{name}"' for short, name in _NAMES.items())
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{''.join(rows)}</table:table>" for name, rows in sheets.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3"><office:body>'
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
            f"{manifest}</manifest:manifest>",
        )
