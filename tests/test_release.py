"""The folder of a release: put in place as a whole, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sccon_lod.errors import ReleaseError
from sccon_lod.publish import release


def publish(public: Path, text: str) -> bool:
    with release.staged(public) as folder:
        release.write(folder / "dump.nt", iter([text]))
        return release.put_in_place(folder, public)


def current(public: Path) -> str:
    return (public / "current" / "dump.nt").read_text(encoding="utf-8")


def test_a_release_is_reached_through_a_link(tmp_path: Path) -> None:
    changed = publish(tmp_path, "one")

    assert changed
    assert (tmp_path / "current").readlink() == Path("releases/000001")
    assert current(tmp_path) == "one"


def test_a_new_release_switches_the_link(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    changed = publish(tmp_path, "two")

    assert changed
    assert (tmp_path / "current").readlink() == Path("releases/000002")
    assert current(tmp_path) == "two"


def test_the_same_release_is_not_made_twice(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    changed = publish(tmp_path, "one")

    assert not changed
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["000001"]


def test_a_file_more_is_a_new_release(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    with release.staged(tmp_path) as folder:
        release.write(folder / "dump.nt", iter(["one"]))
        release.write(folder / "more.nt", iter([]))
        changed = release.put_in_place(folder, tmp_path)

    assert changed


def test_two_releases_are_kept(tmp_path: Path) -> None:
    for text in ("one", "two", "three", "four"):
        publish(tmp_path, text)

    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["000003", "000004"]
    assert (tmp_path / "releases/000003/dump.nt").read_text(encoding="utf-8") == "three"


def test_the_number_of_a_release_goes_on_after_the_last(tmp_path: Path) -> None:
    (tmp_path / "releases/000041").mkdir(parents=True)

    publish(tmp_path, "one")

    assert (tmp_path / "current").readlink() == Path("releases/000042")


def test_other_folders_beside_the_releases_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "releases/notes").mkdir(parents=True)

    for text in ("one", "two", "three"):
        publish(tmp_path, text)

    assert (tmp_path / "releases/notes").is_dir()


def test_a_link_to_a_release_that_is_gone_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("releases/000009")

    assert publish(tmp_path, "one")
    assert current(tmp_path) == "one"


def failing() -> Iterator[str]:
    yield "half"
    raise RuntimeError("the writer broke")


def test_a_writer_that_fails_leaves_the_former_release_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    with pytest.raises(RuntimeError, match="the writer broke"), release.staged(tmp_path) as folder:
        release.write(folder / "dump.nt", failing())

    assert current(tmp_path) == "one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "releases"]
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["000001"]


def test_a_release_leaves_no_folder_aside(tmp_path: Path) -> None:
    publish(tmp_path, "one")
    publish(tmp_path, "one")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "releases"]


def test_a_link_that_was_left_aside_does_not_disturb(tmp_path: Path) -> None:
    (tmp_path / ".staging-link").symlink_to("nowhere")

    publish(tmp_path, "one")

    assert current(tmp_path) == "one"


def test_a_release_can_be_read_by_others(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    assert (tmp_path / "releases/000001").stat().st_mode & 0o777 == 0o755


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    public = tmp_path / "public"
    public.write_text("a file", encoding="utf-8")

    with pytest.raises(ReleaseError) as caught:
        publish(public, "one")

    assert str(caught.value) == (
        "public: It is not possible to write here (Not a directory); the former release stays as it is."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    with pytest.raises(ReleaseError, match="It is not possible to write here"):
        publish(tmp_path, "one")


def test_a_file_is_written_in_utf_8_with_line_feeds(tmp_path: Path) -> None:
    release.write(tmp_path / "a", iter(["ä\n", "b\n"]))

    assert (tmp_path / "a").read_bytes() == b"\xc3\xa4\nb\n"


def test_a_folder_in_the_place_of_the_link_is_an_error_and_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "public" / "current").mkdir(parents=True)

    with pytest.raises(ReleaseError) as caught, release.staged(tmp_path / "public") as folder:
        release.put_in_place(folder, tmp_path / "public")

    assert "please delete it" in caught.value.text.en
    assert sorted(each.name for each in (tmp_path / "public").iterdir()) == ["current", "releases"]
    assert not list((tmp_path / "public" / "releases").iterdir())


def test_what_a_killed_build_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    old, young = tmp_path / "public" / ".staging-old", tmp_path / "public" / ".staging-young"
    old.mkdir(parents=True)
    young.mkdir()
    os.utime(old, (0, 0))

    with release.staged(tmp_path / "public"):
        pass

    assert not old.exists()
    assert young.exists()
