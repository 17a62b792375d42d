"""Dumps written from former ones have the bytes that they would have otherwise, in every format."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sccon_lod import packing, pieces
from sccon_lod.formats import FORMATS, JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.frames import Frame
from sccon_lod.names import Names
from sccon_lod.patching import Patch
from sccon_lod.positions import key

NAMES = Names({"ex": "https://example.net/"}, ())
BLOCKS = {
    NTRIPLES: "<https://example.net/{0}> <p> <o> .\n<https://example.net/{0}> <p> {1} .\n",
    TURTLE: "\nex:{0}\n    <p> <o> , {1} .\n",
    JSONLD: ',{{\n  "id": "ex:{0}",\n  "p": {1}\n}}\n',
}
# With few values, some stay as they are.
said = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 1), max_size=6)


def dump(form: Format, what: Mapping[str, int]) -> bytes:
    """Return a dump as it is written from nothing."""
    frame = Frame.of(NAMES, form)
    body = b"".join(block(form, name, value) for name, value in sorted(what.items()))
    return frame.first + (b" " + body[1:] if body.startswith(b",") else body) + frame.last


def block(form: Format, name: str, value: int) -> bytes:
    return BLOCKS[form].format(name, value).encode()


def patch(form: Format, before: Mapping[str, int], after: Mapping[str, int], cuts: str = "") -> Patch:
    moved = [name for name in {*before, *after} if before.get(name) != after.get(name)]
    texts = {
        key(f"https://example.net/{name}"): block(form, name, after[name]) if name in after else b"" for name in moved
    }
    return Patch(Frame.of(NAMES, form), texts, [key(f"https://example.net/{name}") for name in cuts])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("patched")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@settings(deadline=None)
@given(before=said, after=said)
def test_a_patched_dump_is_the_one_that_is_written_from_nothing(
    form: Format, folder: Path, before: Mapping[str, int], after: Mapping[str, int]
) -> None:
    former, path = folder / "former", folder / "now"
    former.write_bytes(dump(form, before))
    made = patch(form, before, after)
    patched = made.write(former, path)

    assert path.read_bytes() == dump(form, after)
    assert patched is not None
    assert made.changes(former) == (before != after)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@settings(deadline=None)
@given(before=said, after=said, cuts=st.sampled_from(["", "b", "cf", "abcdef"]))
def test_packed_parts_are_taken_over_where_their_bytes_are_the_same(
    form: Format, folder: Path, before: Mapping[str, int], after: Mapping[str, int], cuts: str
) -> None:
    former, path = folder / "former", folder / "now"
    former.write_bytes(dump(form, before))
    made = patch(form, before, after, cuts)
    packed = packing.pack(former, folder / "former.gz", made.cuts_of(former))
    patched = made.write(former, path)
    assert patched is not None
    known = pieces.known(patched.pieces, patched.cuts, path.stat().st_size, packed)
    packing.pack(path, folder / "now.gz", patched.cuts, known)
    again = packing.pack(path, folder / "again.gz", patched.cuts)

    assert (folder / "now.gz").read_bytes() == (folder / "again.gz").read_bytes()
    if before == after:
        assert set(known.places) == {part for part in pairwise(again.plain) if part != (0, 0)}


@pytest.mark.parametrize("form", [TURTLE, JSONLD], ids=lambda form: form.suffix)
def test_a_dump_with_another_frame_is_not_patched(form: Format, tmp_path: Path) -> None:
    former, path = tmp_path / "former", tmp_path / "now"
    former.write_bytes(b"# " + dump(form, {"a": 1}))

    assert patch(form, {"a": 1}, {"a": 2}).write(former, path) is None
    assert not path.exists()


def test_what_is_not_found_in_its_place_is_not_relied_on(tmp_path: Path) -> None:
    former, right = tmp_path / "former", patch(NTRIPLES, {"a": 1, "c": 1}, {"a": 1, "b": 2, "c": 1})
    former.write_bytes(dump(NTRIPLES, {"a": 1, "c": 1}))
    wrong = replace(right, texts={key("https://example.net/b"): block(NTRIPLES, "d", 2)})

    assert right.write(former, tmp_path / "now")
    assert wrong.write(former, tmp_path / "now") is None


def test_a_full_disk_is_told_of(tmp_path: Path) -> None:
    former = tmp_path / "former"
    former.write_bytes(dump(NTRIPLES, {"a": 1, "b": 2}))

    with pytest.raises(OSError, match="No space left"):
        patch(NTRIPLES, {"a": 1}, {"a": 2}).write(former, Path("/dev/full"))
