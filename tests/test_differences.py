"""What differs between two dumps: exactly that, document by document, and nothing that is no dump passes."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sccon_lod import differences, sorted_dumps
from sccon_lod.differences import Change, Kind
from sccon_lod.errors import ReleaseError
from sccon_lod.sorted_dumps import SortedDump

D = "https://example.net/id/d"
P = "https://example.net/p"


def line(subject: str, value: str = "x") -> str:
    return f'<{subject}> <{P}> "{value}" .'


def dump(path: Path, lines: Iterable[str]) -> Path:
    path.write_bytes(b"".join(sorted(f"{each}\n".encode() for each in lines)))
    return path


def between(folder: Path, old: Iterable[str], new: Iterable[str]) -> list[Change]:
    return list(differences.between(dump(folder / "old.nt", old), dump(folder / "new.nt", new)))


def document(text: str) -> str:
    return text[1 : text.index(">")].partition("#")[0]


def in_order(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(lines, key=str.encode))


def expected(old: set[str], new: set[str]) -> list[Change]:
    """Return what differs, worked out from all lines at once."""
    was, are = ({document(each) for each in lines} for lines in (old, new))
    changes = []
    for name in {document(each) for each in old ^ new}:
        kind = Kind.ADDED if name not in was else Kind.REMOVED if name not in are else Kind.CHANGED
        removed, added = (
            in_order(each for each in lines if document(each) == name) for lines in (old - new, new - old)
        )
        changes.append(Change(name, kind, removed, added))
    return sorted(changes, key=lambda each: f"<{each.document}>".encode())


# --- what differs


def test_two_equal_dumps_do_not_differ(tmp_path: Path) -> None:
    assert between(tmp_path, [line(D)], [line(D)]) == []


def test_two_empty_dumps_do_not_differ(tmp_path: Path) -> None:
    assert between(tmp_path, [], []) == []


def test_what_only_the_new_dump_speaks_of_is_added(tmp_path: Path) -> None:
    assert between(tmp_path, [], [line(D)]) == [Change(D, Kind.ADDED, (), (line(D),))]


def test_what_only_the_old_dump_speaks_of_is_removed(tmp_path: Path) -> None:
    assert between(tmp_path, [line(D)], []) == [Change(D, Kind.REMOVED, (line(D),), ())]


def test_another_word_is_a_change_of_one_statement(tmp_path: Path) -> None:
    found = between(tmp_path, [line(D, "a"), line(D, "b")], [line(D, "a"), line(D, "c")])

    assert found == [Change(D, Kind.CHANGED, (line(D, "b"),), (line(D, "c"),))]


@pytest.mark.parametrize("part", ["", "#z"])
@pytest.mark.parametrize("between_them", ["", "-other", "0", "/x", "9"])
def test_a_new_statement_about_a_document_that_has_others_is_a_change(
    part: str, between_them: str, tmp_path: Path
) -> None:
    kept = [line(f"{D}#period" if not part else D, "kept"), line(D + between_them, "other")]
    new = line(D + part, "new")

    assert between(tmp_path, kept, [*kept, new]) == [Change(D, Kind.CHANGED, (), (new,))]
    assert between(tmp_path, [*kept, new], kept) == [Change(D, Kind.CHANGED, (new,), ())]


def test_the_lines_of_a_document_are_together_whatever_stands_between_them(tmp_path: Path) -> None:
    names = [f"{D}{end}" for end in ("", "#a", "#b", "-x", "-x#a", "/x", "0", "0#a", "0-x#a", "A", "_", "é", "!")]

    found = between(tmp_path, [], [line(name) for name in names])

    assert found == expected(set(), {line(name) for name in names})
    assert [len(each.added) for each in found if each.document == D] == [3]


_ENDS = ("", "#", "#a", "#b-c", "-", "-x", "-x#a", "/", "/x", "/x#a", "0", "00", "0#a", "0-", "=", "A", "_", "é", "é#a")
_LINES = st.builds(line, st.sampled_from([stem + end for stem in (D, f"{D}0", f"{D}-x") for end in _ENDS]))
_MORE = st.builds(
    line, st.sampled_from([D + end for end in _ENDS]), st.sampled_from(["a", "b", "ä", "😀", r"\n", r"\""])
)


@given(
    common=st.sets(_LINES | _MORE), old=st.sets(_LINES | _MORE), new=st.sets(_LINES | _MORE), block=st.integers(1, 400)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_documents_are_told_apart_whatever_the_size_of_a_block(
    common: set[str], old: set[str], new: set[str], block: int, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sorted_dumps, "_BLOCK", block)
        patched.setattr(sorted_dumps, "_PROBE", block % 50 + 1)
        found = between(tmp_path, common | old, common | new)

    assert found == expected(common | old, common | new)


@given(old=st.sets(_LINES | _MORE), new=st.sets(_LINES | _MORE))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_differs_makes_the_old_dump_the_new_one(old: set[str], new: set[str], tmp_path: Path) -> None:
    lines = set(old)

    for each in between(tmp_path, old, new):
        assert lines.issuperset(each.removed)
        assert lines.isdisjoint(each.added)
        lines = lines.difference(each.removed).union(each.added)

    assert lines == new


def test_a_line_that_is_longer_than_a_block_is_read(tmp_path: Path) -> None:
    long = "x" * 300_000

    (found,) = between(tmp_path, [line(D, long)], [line(D, f"{long}y")])

    assert (len(found.removed[0]), len(found.added[0])) == (len(line(D, long)), len(line(D, long)) + 1)


def test_in_large_dumps_only_what_differs_is_found(tmp_path: Path) -> None:
    same = {line(f"{D}{number:06d}", "w" * 50) for number in range(20_000)}
    moved = {line(f"{D}{number:06d}", "v" * 60) for number in (0, 7_000, 7_001, 19_999)}
    gone = {line(f"{D}{number:06d}-gone") for number in (3, 12_000)}

    assert between(tmp_path, same | gone, same | moved) == expected(same | gone, same | moved)


# --- how much differs


def test_a_summary_counts_all_and_keeps_the_first() -> None:
    changes = [
        Change("a", Kind.ADDED, (), ("1", "2")),
        Change("b", Kind.CHANGED, ("3",), ("4",)),
        Change("c", Kind.REMOVED, ("5",), ()),
    ]

    summary = differences.summed(changes, 3)

    assert summary.documents == {Kind.ADDED: 1, Kind.CHANGED: 1, Kind.REMOVED: 1}
    assert (summary.added, summary.removed) == (3, 2)
    assert summary.first == tuple(changes[:2])
    assert not summary.is_whole
    assert not summary.is_equal


def test_a_summary_of_nothing_is_equal_and_whole() -> None:
    summary = differences.summed([], 3)

    assert summary.is_equal
    assert summary.is_whole


# --- what is no dump


@pytest.mark.parametrize(
    "wrong",
    [
        "no statement",
        "",
        f"<{D}> <{P}> .",
        f"_:b <{P}> <{D}> .",
        f'<{D}> <{P}> "open .',
        f'<{D}> <{P}> "x"@ .',
        f'<{D}> <{P}> "x" <{D}> .',
        f'<{D}>  <{P}> "x" .',
        f'<{D}> <{P}> "x".',
        f'<{D} x> <{P}> "x" .',
        f'<{D}> <{P}> "x" .\r',
    ],
)
@pytest.mark.parametrize("is_old", [True, False])
def test_a_line_that_is_no_statement_is_named(wrong: str, is_old: bool, tmp_path: Path) -> None:
    right = dump(tmp_path / "right.nt", [line(f"{D}-"), line(D)])
    broken = tmp_path / "broken.nt"
    broken.write_text(f"{line(f'{D}-')}\n{wrong}\n{line(f'{D}z')}\n", encoding="utf-8", newline="")

    with pytest.raises(ReleaseError) as caught:
        list(differences.between(*((broken, right) if is_old else (right, broken))))

    assert str(caught.value) == (
        f"{broken}:2: This is no line of N-Triples, so not the file that was written; please make a new release with "
        "build."
    )


@pytest.mark.parametrize("last", [line(D), line(D, "w"), line(f"{D}-")])
@pytest.mark.parametrize("block", [10, 1 << 16])
def test_a_line_that_is_not_in_its_place_is_named(
    last: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorted_dumps, "_BLOCK", block)
    path = tmp_path / "old.nt"
    path.write_text(f"{line(f'{D}-')}\n{line(D)}\n{last}\n", encoding="utf-8")

    for other in (path, dump(tmp_path / "new.nt", [])):
        with pytest.raises(ReleaseError) as caught:
            list(differences.between(path, other))

        assert str(caught.value) == (
            f"{path}:3: This line is not in the order of bytes, or stands twice; what sorts it: LC_ALL=C sort -u."
        )


def test_a_block_that_both_have_must_be_in_its_place_in_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorted_dumps, "_BLOCK", 10)
    old, new = tmp_path / "old.nt", tmp_path / "new.nt"
    old.write_text(f"{line(D)}\n{line(f'{D}b')}\n", encoding="utf-8")
    new.write_text(f"{line(D)}\n{line(f'{D}c')}\n{line(f'{D}b')}\n", encoding="utf-8")

    with pytest.raises(ReleaseError, match=r"new\.nt:3: This line is not in the order"):
        list(differences.between(old, new))


@pytest.mark.parametrize("rest", ["x", line(D)])
def test_a_dump_that_ends_within_a_line_is_an_error(rest: str, tmp_path: Path) -> None:
    path = tmp_path / "old.nt"
    path.write_text(f"{line(f'{D}-')}\n{rest}", encoding="utf-8")

    with pytest.raises(ReleaseError, match=r"old\.nt:2: This is no line of N-Triples"):
        list(differences.between(path, dump(tmp_path / "new.nt", [])))


def test_letters_that_are_not_in_utf_8_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "old.nt"
    path.write_bytes(f"{line(D, 'a')}\n{line(D, 'b')}\n".encode() + f"{line(D, 'ü')}\n".encode("latin-1"))

    with pytest.raises(ReleaseError, match=r"old\.nt:3: This is no line of N-Triples"):
        list(differences.between(path, path))


def test_a_dump_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "old.nt"

    with pytest.raises(ReleaseError) as caught:
        list(differences.between(path, path))

    assert str(caught.value) == (
        f"{path}: This file of a release cannot be read (No such file or directory). Is the release complete?"
    )


def test_a_folder_is_no_dump(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="This file of a release cannot be read"):
        list(differences.between(tmp_path, tmp_path))


# --- lines at any place


@given(lines=st.sets(_LINES | _MORE), wanted=_LINES, length=st.integers(1, 60), probe=st.integers(1, 80))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_lines_are_found_by_how_they_begin(
    lines: set[str], wanted: str, length: int, probe: int, tmp_path: Path
) -> None:
    prefix = wanted[:length].encode()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sorted_dumps, "_PROBE", probe)
        with SortedDump(dump(tmp_path / "dump.nt", lines)) as opened:
            found = list(opened.beginning(prefix))

    assert found == sorted(each.encode() for each in lines if each.encode().startswith(prefix))
