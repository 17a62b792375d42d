"""The dump of a kind is cut out of that of all, and packed from the same parts."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sccon_lod import excerpts, packing
from sccon_lod.formats import FORMATS, Format
from sccon_lod.frames import Frame
from sccon_lod.kinds import Kind, Order
from sccon_lod.positions import key
from sccon_lod.publish import dumps
from test_patching import NAMES, dump

BASE = "https://example.net/"
KINDS = (Kind("b", (f"{BASE}b",)), Kind("other", (f"{BASE}a", f"{BASE}d")))
said = st.dictionaries(st.text("abcd", min_size=1, max_size=3), st.integers(0, 1), max_size=9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("excerpts")


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@settings(deadline=None)
@given(said=said, cut=st.sets(st.text("abcd", min_size=1, max_size=3), max_size=5))
def test_a_dump_of_a_kind_is_the_one_that_is_written_by_itself(
    form: Format, folder: Path, said: Mapping[str, int], cut: set[str]
) -> None:
    ordered = dict(sorted(said.items(), key=lambda each: key(each[0])))
    whole, frame = folder / "whole", Frame.of(NAMES, form)
    whole.write_bytes(dump(form, ordered))
    cuts = sorted(key(f"{BASE}{each}") for each in cut)
    packed = dumps.pack(whole, frame, cuts)

    for kind in KINDS:
        path = folder / kind.name
        made = excerpts.write(whole, frame, kind, Order(KINDS), path).pack(frame, cuts, packed)
        taken = packing.beside(path).read_bytes()
        own = {name: value for name, value in ordered.items() if f"{BASE}{name}".startswith(kind.spaces)}

        assert path.read_bytes() == dump(form, own)
        assert made == dumps.pack(path, frame, cuts)
        assert taken == packing.beside(path).read_bytes()


def test_parts_are_taken_over_from_the_dump_of_all(tmp_path: Path) -> None:
    form, names = FORMATS[0], [f"b{number:03d}" for number in range(300)]
    whole, frame = tmp_path / "whole", Frame.of(NAMES, FORMATS[0])
    whole.write_bytes(dump(form, dict.fromkeys(["a", *names, "c"], 1)))
    cuts = [key(f"{BASE}{name}") for name in names[::50]]
    packed = dumps.pack(whole, frame, cuts)
    # What is packed otherwise shows that it is taken over.
    end = packed.packed[2]
    packed.path.write_bytes(packed.path.read_bytes()[:end].ljust(packed.packed[-1], b"?"))
    excerpts.write(whole, frame, KINDS[0], Order(KINDS), tmp_path / "b").pack(frame, cuts, packed)

    assert packing.beside(tmp_path / "b").read_bytes().count(b"?") >= packed.packed[-2] - end
