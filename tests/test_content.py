"""The bytes of files: as many as can be held, without their mark."""

from pathlib import Path

import pytest

from sccon_lod.errors import SourceError
from sccon_lod.readers import content
from sccon_lod.rows import Layout, Readable


def readable(folder: Path, text: bytes) -> Readable:
    path = folder / "x.json"
    path.write_bytes(text)
    return Readable("data/x.json", ".json", lambda: path.open("rb"))


def test_a_file_is_read_without_its_mark(tmp_path: Path) -> None:
    assert content.whole(readable(tmp_path, b"\xef\xbb\xbfab"), 5) == b"ab"


def test_a_file_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        content.whole(readable(tmp_path, b" " * (2 << 20)), (2 << 20) - 1)

    assert str(caught.value) == (
        "data/x.json: The file is larger than 1 MiB and is not read as a whole; please split it, for example into "
        "events-1 and events-2, or supply records as JSON Lines (.jsonl) or CSV."
    )


def test_lines_have_numbers_and_the_first_has_no_mark(tmp_path: Path) -> None:
    assert list(content.lines(readable(tmp_path, b"\xef\xbb\xbfa\r\nb"))) == [(1, b"a\r\n"), (2, b"b")]


def test_an_option_is_known_by_its_name_or_its_prefix(tmp_path: Path) -> None:
    layout = Layout(options={"xmlns:a": "x", "sheet": "1"})

    content.refuse_options(readable(tmp_path, b""), layout, ("sheet", "xmlns:"))

    with pytest.raises(SourceError):
        content.refuse_options(readable(tmp_path, b""), layout, ("xmlns:",))
