"""The bytes of a file that is read as a whole or line by line, and what cannot be read."""

from collections.abc import Iterator

from sccon_lod.errors import Origin, SourceError
from sccon_lod.files import unreadable
from sccon_lod.language import Text
from sccon_lod.rows import Layout, Readable

_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def whole(file: Readable, limit: int) -> bytes:
    """Return the bytes of a file without its byte order mark; raises SourceError if there are more than `limit`."""
    try:
        with file.open() as stream:
            content = stream.read(limit + 1)
    except OSError as error:
        raise SourceError(Origin(file.name), unreadable(error)) from error
    if len(content) > limit:
        raise SourceError(Origin(file.name), _too_long(limit))
    return content.removeprefix(_MARK)


def in_utf8(file: Readable, content: bytes) -> bytes:
    """Return the bytes if they are not UTF-16; raises SourceError otherwise."""
    if content.startswith(_UTF16) or b"\x00" in content[:4]:
        raise SourceError(Origin(file.name, 1), _WIDE)
    return content


def lines(file: Readable) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers, the first without its byte order mark."""
    try:
        with file.open() as stream:
            for number, line in enumerate(stream, start=1):
                yield number, in_utf8(file, line.removeprefix(_MARK)) if number == 1 else line
    except OSError as error:
        raise SourceError(Origin(file.name), unreadable(error)) from error


def refuse_options(file: Readable, layout: Layout, known: tuple[str, ...] = ()) -> None:
    """Raise SourceError for an option that means nothing in a file of this kind; one ending in `:` is a prefix."""
    for option in sorted(layout.options):
        if not any(option.startswith(each) if each.endswith(":") else option == each for each in known):
            kind = file.suffix or file.name
            raise SourceError(
                Origin(file.name),
                Text(
                    f"Die Angabe „{option}“ gibt es bei {kind} nicht; bitte in der Quelle der Abbildung streichen.",
                    f"There is no “{option}” for {kind}; please delete it from the source in the mapping.",
                ),
            )


def _too_long(limit: int) -> Text:
    shown = limit >> 20
    return Text(
        f"Die Datei ist größer als {shown} MiB und wird nicht als Ganzes gelesen; bitte teilen, zum Beispiel in "
        "events-1 und events-2, oder Datensätze als JSON Lines (.jsonl) oder CSV liefern.",
        f"The file is larger than {shown} MiB and is not read as a whole; please split it, for example into "
        "events-1 and events-2, or supply records as JSON Lines (.jsonl) or CSV.",
    )


_WIDE = Text(
    "Die Datei ist in UTF-16 oder UTF-32 gespeichert; bitte in UTF-8 speichern.",
    "The file is saved in UTF-16 or UTF-32; please save it in UTF-8.",
)
