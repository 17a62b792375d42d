"""What is said about lines of text that cannot be read."""

import csv

from sccon_lod.language import Text
from sccon_lod.readers.options import Dialect

_ONE = {
    ",": Text("ein Komma", "a comma"),
    ";": Text("ein Semikolon", "a semicolon"),
    "\t": Text("ein Tabulator", "a tab"),
    "|": Text("ein senkrechter Strich", "a vertical bar"),
}
_MANY = {
    ",": Text("Kommas", "commas"),
    ";": Text("Semikolons", "semicolons"),
    "\t": Text("Tabulatoren", "tabs"),
    "|": Text("senkrechte Striche", "vertical bars"),
}
_DECLARED = {",": 'delimiter: ","', ";": 'delimiter: ";"', "\t": "delimiter: tab", "|": 'delimiter: "|"'}


def other_delimiter(usual: str, other: str) -> Text:
    """Return what to do about a file with another delimiter than its ending promises."""
    return Text(
        f"Die Spalten sind offenbar durch {_MANY[other].de} getrennt, nicht durch {_MANY[usual].de}; "
        f"dann gehört zur Quelle in der Zuordnung: {_DECLARED[other]}. "
        f"Sind es doch {_MANY[usual].de}, dann: {_DECLARED[usual]}.",
        f"The columns seem to be separated by {_MANY[other].en}, not by {_MANY[usual].en}; "
        f"the source in the mapping then needs: {_DECLARED[other]}. "
        f"If they are {_MANY[usual].en} after all: {_DECLARED[usual]}.",
    )


def length(cells: int, columns: int, dialect: Dialect) -> Text:
    """Return what to do about a row with more or fewer cells than the header."""
    one = _ONE.get(dialect.delimiter, Text(f"„{dialect.delimiter}“", f"“{dialect.delimiter}”"))
    if dialect.quote:
        remedy = Text(
            f"steht {one.de} in einer Zelle, gehört die Zelle in Anführungszeichen ({dialect.quote}…{dialect.quote}).",
            f"a cell with {one.en} in it must stand in quotation marks ({dialect.quote}…{dialect.quote}).",
        )
    else:
        remedy = Text(
            f"ohne Anführungszeichen (quote: none) darf {one.de} in keiner Zelle stehen.",
            f"without quotation marks (quote: none) no cell may hold {one.en}.",
        )
    return Text(
        f"Die Zeile hat {cells} Zellen, die Kopfzeile {columns}; {remedy.de}",
        f"The row has {cells} cells, the header {columns}; {remedy.en}",
    )


def broken(reason: str) -> Text:
    """Return what to do about a row that cannot be split, by the words of csv.Error."""
    if "field larger" in reason:
        longest = csv.field_size_limit()
        return Text(
            f"Eine Zelle ist länger als {longest} Zeichen; fehlt ein schließendes Anführungszeichen?",
            f"A cell is longer than {longest} characters; is a closing quotation mark missing?",
        )
    if "unexpected end" in reason:
        return Text(
            "Ein Anführungszeichen wird geöffnet und nicht geschlossen; "
            'ein Anführungszeichen im Text wird doppelt geschrieben (""), die Zelle in "…" gesetzt.',
            "A quotation mark is opened and not closed; "
            'a quotation mark within the text is written twice (""), the cell put in "…".',
        )
    if "new-line character" in reason:
        return Text(
            "Die Zeilenenden sind nicht lesbar (einzelnes CR); bitte die Datei neu als „CSV UTF-8“ speichern.",
            "The line ends cannot be read (single CR); please save the file again as “CSV UTF-8”.",
        )
    return Text(
        "Nach einem schließenden Anführungszeichen steht weiterer Text; "
        'ein Anführungszeichen im Text wird doppelt geschrieben ("").',
        'There is text after a closing quotation mark; a quotation mark within the text is written twice ("").',
    )


def encoding(declared: str) -> Text:
    """Return what to do about a cell that is not in the encoding of its file."""
    if declared:
        return Text(
            f"Die Zelle ist nicht in {declared} gespeichert, wie die Zuordnung sagt; "
            "bitte die Datei als „CSV UTF-8“ speichern und die Angabe encoding löschen.",
            f"The cell is not saved in {declared}, as the mapping says; "
            "please save the file as “CSV UTF-8” and delete the option encoding.",
        )
    return Text(
        "Die Zelle ist nicht in UTF-8 gespeichert (Umlaute?); bitte die Datei als „CSV UTF-8“ speichern "
        "oder zur Quelle in der Zuordnung schreiben, was gilt, etwa encoding: windows-1252.",
        "The cell is not saved in UTF-8 (umlauts?); please save the file as “CSV UTF-8”, "
        "or say with the source in the mapping what it is, as in encoding: windows-1252.",
    )


HEADER = Text(
    "Die Kopfzeile ist nicht lesbar; bitte die Datei als „CSV UTF-8“ mit Spaltennamen speichern "
    "oder zur Quelle in der Zuordnung schreiben, was gilt, etwa encoding: windows-1252.",
    "The header cannot be read; please save the file as “CSV UTF-8” with names of columns, "
    "or say with the source in the mapping what it is, as in encoding: windows-1252.",
)
