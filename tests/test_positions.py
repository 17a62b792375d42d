"""Subjects are found in dumps of every format: all that is said of each, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import small
from conftest import load
from sccon_lod.formats import FORMATS, JSONLD, NTRIPLES, TURTLE, Format
from sccon_lod.frames import Frame
from sccon_lod.positions import Positions, Reading, key, opened

# Names of which one begins with another, that stand before and behind `>` in the order of bytes, or need escapes.
NAMES = ("a", "a-b", "a.b", "a/b", "aa", "ab", "b", "é", "z(1)", "z?", "~")


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Format, Positions]:
    """The dumps of a publication with odd names, a text of several lines among them."""
    rows = [{"id": name, "name_de": 'Fest\n\n,{\n"id": "b"', "url": "https://example.net/"} for name in NAMES]
    folder = small.publication(tmp_path_factory.mktemp("here"), {"data/event.csv": small.table(rows)})
    loaded = load(folder)
    names = small.names_of(loaded)
    return {form: Frame.of(names, form).positions(written.encode()) for form, written in small.written(loaded).items()}


def subjects(dumps: Mapping[Format, Positions]) -> list[str]:
    lines = dumps[NTRIPLES].content[:].decode().splitlines()
    return list(dict.fromkeys(line[1 : line.index(">")] for line in lines))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
def test_blocks_stand_side_by_side_in_the_order_of_their_keys(form: Format, dumps: Mapping[Format, Positions]) -> None:
    positions = dumps[form]
    found = [positions.of(key(each)) for each in subjects(dumps)]

    assert len(found) > len(NAMES)
    assert all(start < end for start, end in found)
    assert [positions.start, *(end for _, end in found)] == [*(start for start, _ in found), positions.end]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
def test_a_block_speaks_of_its_subject(form: Format, dumps: Mapping[Format, Positions]) -> None:
    positions = dumps[form]

    for each in subjects(dumps):
        start, end = positions.of(key(each))
        assert positions.reading.subject(bytes(positions.content[start:end])) == each


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
@pytest.mark.parametrize("name", ["", "a-", "a-c", "aaa", "zz"])
def test_what_is_not_there_has_a_place_all_the_same(name: str, form: Format, dumps: Mapping[Format, Positions]) -> None:
    iri = f"{small.BASE}/event/{name}"
    following = next(iter(sorted(key(each) for each in subjects(dumps) if key(each) > key(iri))))
    start, end = dumps[form].of(key(iri))

    assert start == end == dumps[form].before(following)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
def test_before_the_first_and_behind_the_last_is_nothing(form: Format, dumps: Mapping[Format, Positions]) -> None:
    positions = dumps[form]

    assert (positions.of(b"a:"), positions.of(b"z:")) == ((positions.start,) * 2, (positions.end,) * 2)


def test_cuts_are_inside_and_in_order(dumps: Mapping[Format, Positions]) -> None:
    positions, iris = dumps[TURTLE], subjects(dumps)
    cuts = positions.cuts([b"z:", key(iris[3]), key(iris[0]), key(iris[2]), key(iris[3])])

    assert cuts == [positions.before(key(iris[2])), positions.before(key(iris[3]))]


@pytest.mark.parametrize("form", [NTRIPLES, TURTLE, JSONLD], ids=lambda form: form.suffix)
def test_nothing_is_found_in_a_dump_of_nothing(form: Format) -> None:
    assert Positions(b"", Reading(form, {}), 0, 0).of(b"a>") == (0, 0)


def test_an_empty_file_can_be_opened(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()

    with opened(tmp_path / "empty") as content:
        assert content[:] == b""
