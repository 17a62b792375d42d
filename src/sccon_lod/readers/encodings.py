"""Bytes of text files as UTF-8, whatever they were saved in."""

import codecs
from collections.abc import Iterator

from sccon_lod.errors import Origin, SourceError
from sccon_lod.language import Text
from sccon_lod.rows import Readable

UTF_8 = "utf-8"
_BLOCK = 1 << 18
_MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "utf-16le", codecs.BOM_UTF16_BE: "utf-16be"}


def chunks(file: Readable, declared: str) -> Iterator[bytes]:
    """Yield the bytes of a file as UTF-8 without the byte order mark.

    The encoding is the one declared, else what the byte order mark says, else UTF-8. What does not decode stays
    a byte that is no UTF-8, or becomes one.
    """
    with file.open() as stream:
        first = stream.read(_BLOCK)
        mark, encoding = _found(file, first, declared)
        blocks = _blocks(first.removeprefix(mark), iter(lambda: stream.read(_BLOCK), b""))
        yield from blocks if encoding == UTF_8 else _recoded(file, encoding, blocks)


def found(file: Readable, declared: str) -> tuple[bytes, str]:
    """Return the byte order mark of a file, which may be empty, and the name of its encoding."""
    with file.open() as stream:
        return _found(file, stream.read(_BLOCK), declared)


def _found(file: Readable, first: bytes, declared: str) -> tuple[bytes, str]:
    mark = next((each for each in _MARKS if first.startswith(each)), b"")
    return mark, _agreed(file, declared, _MARKS.get(mark, ""))


def _blocks(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _agreed(file: Readable, declared: str, marked: str) -> str:
    if declared and marked and not marked.startswith(declared):
        raise SourceError(
            Origin(file.name, 1),
            Text(
                f"Die Datei beginnt mit der Kennung von {marked}, die Zuordnung sagt encoding: {declared}; "
                "bitte diese Angabe löschen.",
                f"The file begins with the mark of {marked}, the mapping says encoding: {declared}; "
                "please delete that option.",
            ),
        )
    # Without a mark, programs that write UTF-16 mean the order of bytes that Windows has.
    return marked or ("utf-16le" if declared == "utf-16" else declared) or UTF_8


def _recoded(file: Readable, encoding: str, blocks: Iterator[bytes]) -> Iterator[bytes]:
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        for block in blocks:
            yield decoder.decode(block).encode(UTF_8, errors)
        yield decoder.decode(b"", True).encode(UTF_8, errors)
    except UnicodeError as error:
        raise SourceError(
            Origin(file.name),
            Text(
                f"Die Datei ist nicht in {encoding} gespeichert; bitte bei der Quelle in der Zuordnung die richtige "
                "Angabe machen, etwa encoding: windows-1252.",
                f"The file is not saved in {encoding}; please give the right option with the source in the mapping, "
                "as in encoding: windows-1252.",
            ),
        ) from error
