"""The folder of a release: put in place as a whole, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sccon_lod.errors import BusyError, ReleaseError
from sccon_lod.publish import release


def publish(public: Path, text: str, kept: int = 2) -> None:
    with release.locked(public), release.staged(public) as folder:
        release.write(folder / "dump.nt", iter([text]))
        release.put_in_place(folder, public, release.following("", public))
        release.prune(public, kept)


def current(public: Path) -> str:
    return (public / "current" / "dump.nt").read_text(encoding="utf-8")


def visible(public: Path) -> list[str]:
    return sorted(path.name for path in public.iterdir() if path.name not in (".lock", ".previous"))


def test_a_release_is_reached_through_a_link(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    assert (tmp_path / "current").readlink() == Path("releases/000001")
    assert current(tmp_path) == "one"


def test_a_new_release_switches_the_link(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    publish(tmp_path, "two")

    assert (tmp_path / "current").readlink() == Path("releases/000002")
    assert current(tmp_path) == "two"


def test_as_many_releases_are_kept_as_are_wanted(tmp_path: Path) -> None:
    for text in ("one", "two", "three", "four"):
        publish(tmp_path, text, kept=3)

    assert release.serials(tmp_path) == ["000002", "000003", "000004"]
    assert (tmp_path / "releases/000003/dump.nt").read_text(encoding="utf-8") == "three"


def test_the_current_release_is_kept_though_it_is_the_oldest(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        publish(tmp_path, text, kept=3)
    release.switch(tmp_path, "000001")

    release.prune(tmp_path, 2)

    assert release.serials(tmp_path) == ["000001", "000002", "000003"]


def test_the_number_of_a_release_goes_on_after_the_last(tmp_path: Path) -> None:
    (tmp_path / "releases/000041").mkdir(parents=True)

    publish(tmp_path, "one")

    assert (tmp_path / "current").readlink() == Path("releases/000042")


def test_the_number_of_a_release_goes_on_after_those_that_are_known(tmp_path: Path) -> None:
    assert release.following("000099", tmp_path) == "000100"


def test_numbers_rise_beyond_their_digits(tmp_path: Path) -> None:
    for serial in ("999999", "1000000"):
        (tmp_path / "releases" / serial).mkdir(parents=True)

    assert release.serials(tmp_path) == ["999999", "1000000"]
    assert release.following("", tmp_path) == "1000001"


def test_other_folders_beside_the_releases_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "releases/notes").mkdir(parents=True)

    for text in ("one", "two", "three"):
        publish(tmp_path, text)

    assert (tmp_path / "releases/notes").is_dir()


def test_a_link_to_a_release_that_is_gone_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("releases/000009")

    publish(tmp_path, "one")

    assert current(tmp_path) == "one"


def failing() -> Iterator[str]:
    yield "half"
    raise RuntimeError("the writer broke")


def test_a_writer_that_fails_leaves_the_former_release_and_nothing_else(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    with pytest.raises(RuntimeError, match="the writer broke"), release.staged(tmp_path) as folder:
        release.write(folder / "dump.nt", failing())

    assert current(tmp_path) == "one"
    assert visible(tmp_path) == ["current", "releases"]
    assert release.serials(tmp_path) == ["000001"]


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".staging"
    left.mkdir()
    (left / "dump.nt").write_text("half", encoding="utf-8")
    (tmp_path / ".staging-000001").mkdir()
    (tmp_path / ".staging-link").symlink_to("nowhere")

    publish(tmp_path, "one")

    assert visible(tmp_path) == ["current", "releases"]
    assert [path.name for path in (tmp_path / "current").iterdir()] == ["dump.nt"]


def test_a_second_run_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    with release.locked(tmp_path / "public"), pytest.raises(BusyError) as caught, release.locked(tmp_path / "public"):
        pass

    assert caught.value.exit_code == 75
    assert str(caught.value) == (
        "public: Another run of the program is writing here; please wait until it has finished, and try again."
    )


def test_a_lock_ends_with_whoever_held_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), release.locked(tmp_path):
        raise RuntimeError

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
        "public: It is not possible to write here (File exists); the former release stays as it is."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root can write everywhere")
def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    with pytest.raises(ReleaseError, match="It is not possible to write here"):
        publish(tmp_path, "one")


def test_a_file_is_written_in_utf_8_with_line_feeds(tmp_path: Path) -> None:
    release.write(tmp_path / "a", iter(["ä\n", "b\n"]))

    assert (tmp_path / "a").read_bytes() == b"\xc3\xa4\nb\n"


def test_a_file_that_is_replaced_is_whole_or_as_before(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError("the writer broke")

    release.replace(tmp_path / "a", iter([b"one"]))
    with pytest.raises(RuntimeError):
        release.replace(tmp_path / "a", broken())

    assert (tmp_path / "a").read_bytes() == b"one"


def test_a_folder_in_the_place_of_the_link_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "public" / "current").mkdir(parents=True)

    with pytest.raises(ReleaseError) as caught:
        release.current(tmp_path / "public")

    assert "please delete it" in caught.value.text.en


def test_a_release_is_found_without_its_zeros(tmp_path: Path) -> None:
    publish(tmp_path, "one")

    assert release.find(tmp_path, "1") == release.find(tmp_path, "000001") == "000001"


@pytest.mark.parametrize("serial", ["2", "current", "", "../x"])
def test_a_release_that_is_not_there_is_an_error_that_names_those_that_are(serial: str, tmp_path: Path) -> None:
    publish(tmp_path / "public", "one")

    with pytest.raises(ReleaseError, match="those that are kept: 000001"):
        release.find(tmp_path / "public", serial)


def test_before_the_current_release_is_the_one_that_was_live(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        publish(tmp_path, text, kept=3)
    assert release.before(tmp_path) == "000002"

    release.switch(tmp_path, "000001")

    assert release.before(tmp_path) == "000003"


def test_before_the_current_release_is_the_one_below_it_where_nothing_else_is_known(tmp_path: Path) -> None:
    for text in ("one", "two"):
        publish(tmp_path, text)
    (tmp_path / ".previous").unlink()

    assert release.before(tmp_path) == "000001"


def test_the_release_that_was_live_is_kept_though_a_later_one_is_there(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        publish(tmp_path, text, kept=3)
    release.switch(tmp_path, "000001")

    publish(tmp_path, "four", kept=2)

    assert release.serials(tmp_path) == ["000001", "000003", "000004"]
    assert release.before(tmp_path) == "000001"
