"""Which two editions are compared, and how their records are called."""

import json
from pathlib import Path

import pytest

import small
from sccon_lod import comparison, project
from sccon_lod.comparison import Comparison
from sccon_lod.errors import ReleaseError

A = f"{small.BASE}/event/a"
CONTEXT = {
    "@context": {
        "@version": 1.1,
        "id": "@id",
        "schema": small.SCHEMA,
        "ex": {"@id": "https://example.net/def", "@prefix": True},
        "about": {"@id": "schema:about", "@type": "@id"},
        "title": {"@id": small.DCT + "title"},
        "name": {"@id": "schema:name", "@container": "@language"},
    }
}


def line(name: str, subject: str = A, predicate: str = "name") -> str:
    return f'<{subject}> <{small.SCHEMA}{predicate}> "{name}"@de .'


def release(root: Path, serial: str, *lines: str) -> Path:
    folder = root / "public" / "releases" / serial
    folder.mkdir(parents=True)
    (folder / "small.nt").write_text("".join(sorted(f"{each}\n" for each in lines)), encoding="utf-8")
    (folder / "context.jsonld").write_text(json.dumps(CONTEXT), encoding="utf-8")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A publication with the releases 1, 2 and 4, of which the last is current."""
    small.publication(tmp_path)
    for serial in ("000001", "000002", "000004"):
        release(tmp_path, serial, line(f"Fest {serial}"))
    (tmp_path / "public" / "releases" / "notes").mkdir()
    (tmp_path / "public" / "current").symlink_to("releases/000004")
    return tmp_path


def compared(root: Path, old: str | None = None, new: str | None = None) -> Comparison:
    return comparison.of_words(project.load(root), old, new)


def names(found: Comparison) -> tuple[str, str]:
    return found.old.name, found.new.name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ("000002", "000004")),
        (("1",), ("000001", "000004")),
        (("000001", "2"), ("000001", "000002")),
        (("4", "1"), ("000004", "000001")),
        (("current", "1"), ("000004", "000001")),
        (("2", "current"), ("000002", "000004")),
    ],
)
def test_releases_are_named_by_their_serials(words: tuple[str, ...], expected: tuple[str, str], root: Path) -> None:
    assert names(compared(root, *words)) == expected


def test_the_release_before_the_current_one_is_the_one_before_a_step_back(root: Path) -> None:
    current = root / "public" / "current"
    current.unlink()
    current.symlink_to("releases/000002")

    assert names(compared(root)) == ("000001", "000002")


def test_a_folder_may_lie_anywhere(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = release(tmp_path_factory.mktemp("other"), "000001", line("Feier"))

    found = compared(root, str(other), str(root / "public" / "releases" / "000002"))

    assert names(found) == (str(other), "000002")
    assert [each.removed for each in found.changes()] == [(line("Feier"),)]


@pytest.mark.parametrize("words", [("7",), ("1", "7"), ("elsewhere", "1")])
def test_a_release_that_is_missing_is_an_error_that_names_the_others(words: tuple[str, ...], root: Path) -> None:
    with pytest.raises(ReleaseError, match=r"(kept|releases are): 000001, 000002, 000004"):
        compared(root, *words)


def test_without_a_release_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError) as caught:
        compared(small.publication(tmp_path))

    assert str(caught.value) == (
        f"{tmp_path}/public/current: There is no such folder, and no release at all yet; build makes the first."
    )


def test_with_one_release_there_is_none_before_it(tmp_path: Path) -> None:
    small.publication(tmp_path)
    release(tmp_path, "000003", line("Fest"))
    (tmp_path / "public" / "current").symlink_to("releases/000003")

    with pytest.raises(ReleaseError) as caught:
        compared(tmp_path)

    assert str(caught.value) == "public/releases: There is no former release; those that are kept: 000003."


# --- names


def test_short_names_come_from_the_context_of_the_release_and_the_base(root: Path) -> None:
    found = compared(root)

    assert found.names.short(f"{small.SCHEMA}name") == "schema:name"
    assert found.names.short("https://example.net/def#seats") == "ex:#seats"
    assert found.names.short(A) == "id:event/a"
    assert found.labels == (f"{small.SCHEMA}name", f"{small.DCT}title")


def test_without_a_context_only_the_base_has_a_short_name(root: Path) -> None:
    for path in root.glob("public/releases/*/context.jsonld"):
        path.unlink()

    found = compared(root)

    assert (dict(found.names.prefixes), found.labels) == ({"id": f"{small.BASE}/"}, ())


@pytest.mark.parametrize("text", ["{", "\udcff"])
def test_a_context_that_cannot_be_read_is_an_error(text: str, root: Path) -> None:
    path = root / "public" / "current" / "context.jsonld"
    path.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(ReleaseError) as caught:
        compared(root)

    assert str(caught.value) == (
        f"{path}: This file of a release cannot be read; please make a new release with build."
    )


@pytest.mark.parametrize("text", ["[]", "1", '{"@context": "https://example.net/"}', '{"@context": {"name": 7}}'])
def test_a_context_of_another_form_gives_no_names(text: str, root: Path) -> None:
    for path in root.glob("public/releases/*/context.jsonld"):
        path.write_text(text, encoding="utf-8")

    assert list(compared(root).names.prefixes) == ["id"]


def test_a_changed_record_is_called_by_what_has_not_changed(tmp_path: Path) -> None:
    small.publication(tmp_path)
    release(tmp_path, "000001", line("Fest"), line("x", predicate="place"))
    release(tmp_path, "000002", line("Fest"), line("y", predicate="place"))

    found = compared(tmp_path, "1", "2")

    assert [found.label(each, "de") for each in found.changes()] == ["Fest"]


def test_a_record_that_is_gone_is_called_as_it_was(tmp_path: Path) -> None:
    small.publication(tmp_path)
    release(tmp_path, "000001", line("Fest"), line("Teil", f"{A}#part"))
    release(tmp_path, "000002", line("Feier", f"{A}b"))

    found = compared(tmp_path, "1", "2")

    assert [found.label(each, "de") for each in found.changes()] == ["Fest", "Feier"]
