"""What a conversion gives: an RDF value, or the sentence that says why there is none."""

from typing import NamedTuple

from sccon_lod.language import Text

XSD = "http://www.w3.org/2001/XMLSchema#"
BOOLEAN = XSD + "boolean"
DATE = XSD + "date"
DATE_TIME = XSD + "dateTime"
DECIMAL = XSD + "decimal"
INTEGER = XSD + "integer"
STRING = XSD + "string"


class Value(NamedTuple):
    """The lexical form of a literal and its datatype IRI; an IRI has the empty datatype."""

    lexical: str
    datatype: str


class ValueProblem(ValueError):
    """A cell that cannot be converted; `text` says what is wrong and shows a right value."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
