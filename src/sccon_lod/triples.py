"""Lines of canonical N-Triples taken apart."""

import re
from typing import NamedTuple

from sccon_lod.terms import LANG_STRING
from sccon_lod.values.value import STRING

_LINE = re.compile(r'<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?) \.')
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Value(NamedTuple):
    """What a statement says: an IRI, whose datatype is empty, or the lexical form of a literal."""

    text: str
    datatype: str = ""
    language: str = ""


class Triple(NamedTuple):
    """A statement."""

    subject: str
    predicate: str
    value: Value


def parse(line: str) -> Triple | None:
    r"""Return the statement of a line without its end; None where it is none.

    >>> parse('<http://a.example/x> <http://a.example/p> "a\\"b"@de .').value.text
    'a"b'
    >>> parse('<http://a.example/x> <http://a.example/p> <http://a.example/y> .').value
    Value(text='http://a.example/y', datatype='', language='')
    """
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    subject, predicate, iri, lexical, datatype, language = found.groups()
    if iri is not None:
        return Triple(subject, predicate, Value(iri))
    text = _ESCAPE.sub(_unescaped, lexical) if "\\" in lexical else lexical
    return Triple(subject, predicate, Value(text, LANG_STRING if language else datatype or STRING, language or ""))


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])
