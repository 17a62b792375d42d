"""Files below a folder: what a path means, what is compressed, and what must not be read."""

import gzip
import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reading import put
from sccon_lod import files
from sccon_lod.errors import SourceError
from sccon_lod.language import Text

SUFFIXES = (".csv", ".json")


def contents(root: Path, file: str) -> dict[str, bytes]:
    found = {}
    for each in files.members(root, file, SUFFIXES):
        with each.open() as stream:
            found[each.name] = stream.read()
    return found


def refusal(root: Path, file: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        contents(root, file)
    return caught.value


def archive(root: Path, file: str, members: dict[str, str]) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return path


# --- paths, patterns, folders


def test_a_path_means_one_file_whatever_its_type(tmp_path: Path) -> None:
    put(tmp_path, "data/notes.txt", "text")

    (found,) = files.members(tmp_path, "data/notes.txt", SUFFIXES)

    assert (found.name, found.suffix) == ("data/notes.txt", ".txt")


def test_a_file_is_found_whose_name_looks_like_a_pattern(tmp_path: Path) -> None:
    put(tmp_path, "data/a[1].csv", "one")
    put(tmp_path, "data/a1.csv", "other")

    assert contents(tmp_path, "data/a[1].csv") == {"data/a[1].csv": b"one"}


def test_a_pattern_means_all_files_it_fits_sorted(tmp_path: Path) -> None:
    for name in ("2025/b.csv", "2025/a.csv", "2025/05/c.csv", "2024/d.csv", "2025/.hidden.csv", "2025/~$a.csv"):
        put(tmp_path, f"data/{name}", name)

    assert list(contents(tmp_path, "data/2025/*.csv")) == ["data/2025/a.csv", "data/2025/b.csv"]
    assert list(contents(tmp_path, "data/**/*.csv")) == [
        *("data/2024/d.csv", "data/2025/05/c.csv", "data/2025/a.csv", "data/2025/b.csv")
    ]


def test_a_folder_means_the_files_in_it_that_can_be_read(tmp_path: Path) -> None:
    for name in ("b.csv", "a.JSON", "c.csv.gz", "notes.txt", ".~lock.b.csv", "deep/d.csv"):
        put(tmp_path, f"data/{name}", gzip.compress(b"") if name.endswith(".gz") else b"")
    archive(tmp_path, "data/d.zip", {"e.csv": "", "notes.txt": ""})

    assert list(contents(tmp_path, "data")) == ["data/a.JSON", "data/b.csv", "data/c.csv.gz", "data/d.zip/e.csv"]


@pytest.mark.parametrize("file", ["data/event.csv", "event.csv/inner.csv", "data/x.zip/inner.csv", "a\x00b.csv"])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, file: str) -> None:
    archive(tmp_path, "data/x.zip", {"other.csv": ""})
    put(tmp_path, "event.csv", "")

    error = refusal(tmp_path, file)

    assert error.origin.file == file
    assert error.text == Text(
        "Die Datei gibt es nicht. Liegt sie an diesem Ort?", "There is no such file. Is it at this place?"
    )


@pytest.mark.parametrize("file", ["data", "data/*.csv", "data/x.zip", "empty"])
def test_where_nothing_can_be_read_this_is_said(tmp_path: Path, file: str) -> None:
    put(tmp_path, "data/notes.txt", "")
    (tmp_path / "empty").mkdir()
    archive(tmp_path, "data/x.zip", {"notes.txt": ""})

    error = refusal(tmp_path, file)

    assert error.origin.file == file
    assert error.text == Text(
        "Hier ist keine Datei, die gelesen werden kann; lesbar sind: .csv, .json.",
        "There is no file here that can be read; these can: .csv, .json.",
    )


def test_a_pattern_that_is_none_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, "data/**.csv")

    assert error.text == Text(
        "So kann ein Muster für Dateien nicht lauten; richtig ist zum Beispiel data/2025/*.csv oder data/**/*.csv.",
        "A pattern for files cannot be like this; right is for example data/2025/*.csv or data/**/*.csv.",
    )


def test_a_name_that_is_too_long_is_refused_without_the_place_on_the_machine(tmp_path: Path) -> None:
    error = refusal(tmp_path, f"{'x' * 300}.csv")

    assert error.text == Text(
        "Die Datei kann nicht gelesen werden (File name too long). Liegt sie an diesem Ort?",
        "The file cannot be read (File name too long). Is it at this place?",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_must_not_be_read_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "event.csv", "")
    (tmp_path / "event.csv").chmod(0)

    assert "(Permission denied)" in refusal(tmp_path, "event.csv").text.en


def test_a_file_that_disappears_is_refused_when_it_is_opened(tmp_path: Path) -> None:
    put(tmp_path, "event.csv", "")
    (found,) = files.members(tmp_path, "event.csv", SUFFIXES)
    (tmp_path / "event.csv").unlink()

    with pytest.raises(SourceError, match=r"^event\.csv: The file cannot be read \(No such file or directory\)"):
        found.open()


def test_a_name_that_is_not_utf_8_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/M\xfcller.csv")).write_text("id")

    assert contents(tmp_path, "*.csv") == {"M\ufffdller.csv": b"id"}


# --- outside


OUTSIDE = Text(
    "Die Datei liegt außerhalb des Ordners der Veröffentlichung; bitte hineinkopieren, etwa nach data/.",
    "The file lies outside the folder of the publication; please copy it there, for example to data/.",
)


@pytest.mark.parametrize("file", ["../secret.csv", "../*.csv", "data/../../secret.csv", "link.csv", "*.csv", "folder"])
def test_nothing_outside_the_folder_is_read(tmp_path: Path, file: str) -> None:
    put(tmp_path, "secret.csv", "id")
    root = tmp_path / "publication"
    (root / "data").mkdir(parents=True)
    (root / "link.csv").symlink_to(tmp_path / "secret.csv")
    (root / "folder").symlink_to(tmp_path)

    assert refusal(root, file).text == OUTSIDE


def test_an_absolute_path_outside_the_folder_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "secret.csv", "id")
    (tmp_path / "publication").mkdir()

    assert refusal(tmp_path / "publication", str(tmp_path / "secret.csv")).text == OUTSIDE


def test_an_archive_outside_the_folder_is_refused(tmp_path: Path) -> None:
    archive(tmp_path, "secret.zip", {"a.csv": "id"})
    root = tmp_path / "publication"
    root.mkdir()
    (root / "link.zip").symlink_to(tmp_path / "secret.zip")

    assert [refusal(root, file).text for file in ("link.zip", "link.zip/a.csv")] == [OUTSIDE, OUTSIDE]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "data/event.csv", "id")
    (tmp_path / "link.csv").symlink_to(tmp_path / "data" / "event.csv")

    assert contents(tmp_path, "link.csv") == {"link.csv": b"id"}


# --- compressed


def test_a_gzip_file_has_the_type_of_what_is_in_it(tmp_path: Path) -> None:
    put(tmp_path, "data/event.CSV.gz", gzip.compress(b"id\n", mtime=0))

    (found,) = files.members(tmp_path, "data/event.CSV.gz", SUFFIXES)

    with found.open() as stream:
        assert (found.suffix, stream.read()) == (".csv", b"id\n")


def test_an_archive_means_its_members_that_can_be_read_sorted(tmp_path: Path) -> None:
    members = ("b.csv", "deep/a.json", "notes.txt", "__MACOSX/b.csv", ".hidden.csv", "a.zip", "a.csv.gz")
    archive(tmp_path, "data/x.zip", {name: name for name in members})

    assert contents(tmp_path, "data/x.zip") == {"data/x.zip/b.csv": b"b.csv", "data/x.zip/deep/a.json": b"deep/a.json"}


def test_a_member_of_an_archive_is_named_behind_it(tmp_path: Path) -> None:
    archive(tmp_path, "data/x.zip", {"b.csv": "b", "deep/a.csv": "a"})

    assert contents(tmp_path, "data/x.zip/deep/a.csv") == {"data/x.zip/deep/a.csv": b"a"}


DAMAGED = Text(
    "Die gepackte Datei ist beschädigt oder auf eine Weise gepackt, die nicht gelesen wird; bitte neu packen.",
    "The compressed file is damaged, or compressed in a way that is not read; please pack it again.",
)


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\na,b\n",
        gzip.compress(b"id" * 999, mtime=0)[:-9],
        gzip.compress(b"id" * 999, mtime=0)[:-8] + b"\0" * 8,
        b"\x1f\x8b\x08" + bytes(99),
        b"\x1f\x8b\x07" + bytes(99),
    ],
)
def test_a_broken_gzip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "event.csv.gz", content)

    error = refusal(tmp_path, "event.csv.gz")

    assert (str(error.origin), error.text) == ("event.csv.gz", DAMAGED)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,name\n"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "x.zip", content)

    assert refusal(tmp_path, "x.zip").text == DAMAGED


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_archive_makes_no_traceback(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - repeatable damage, no secret
    content = bytearray(archive(tmp_path, "x.zip", {"a.csv": "id,name\n" * 99, "b.csv": "id\n"}).read_bytes())
    for _ in range(4):
        content[draw.randrange(len(content))] = draw.randrange(256)
    put(tmp_path, "x.zip", bytes(content))

    try:
        found = contents(tmp_path, "x.zip")
    except SourceError as error:
        assert error.text.de
    else:
        assert found


def locked(path: Path) -> None:
    """Say of a member that it is encrypted (APPNOTE.TXT, section 4.4.4)."""
    content = path.read_bytes()
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(mark) + offset
        content = content[:place] + bytes([content[place] | 1]) + content[place + 1 :]
    path.write_bytes(content)


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    locked(archive(tmp_path, "x.zip", {"a.csv": "id"}))

    error = refusal(tmp_path, "x.zip")

    assert str(error.origin) == "x.zip/a.csv"
    assert error.text == Text(
        "Die gepackte Datei ist durch ein Passwort geschützt; bitte ohne Passwort packen.",
        "The compressed file is protected by a password; please pack it without one.",
    )


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "b/../../a.csv", "C:/a.csv", "b\\a.csv", "a\x1bb.csv"])
def test_an_unsafe_name_in_an_archive_is_refused(tmp_path: Path, name: str) -> None:
    archive(tmp_path, "x.zip", {name: "id"})

    error = refusal(tmp_path, "x.zip")

    assert str(error.origin) == "x.zip"
    assert error.text == Text(
        f"Der Name „{name}“ im Archiv führt aus ihm hinaus oder steht zweimal darin; bitte neu packen.",
        f"The name “{name}” in the archive leads out of it or stands in it twice; please pack it again.",
    )


def test_a_name_that_stands_twice_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, "x.zip", {"a.csv": "id", "b.csv": "id"})
    put(tmp_path, "x.zip", path.read_bytes().replace(b"b.csv", b"a.csv"))

    assert "“a.csv”" in refusal(tmp_path, "x.zip").text.en


HUGE = Text(
    "Die gepackte Datei wird beim Entpacken größer als 4 GiB oder als das 200-fache; "
    "bitte aufteilen oder ungepackt ablegen.",
    "The compressed file grows beyond 4 GiB or 200 times its size when it is unpacked; "
    "please split it, or put it there uncompressed.",
)


def zipped(root: Path, megabytes: int) -> str:
    with zipfile.ZipFile(root / "x.zip", "w", zipfile.ZIP_DEFLATED) as made, made.open("a.csv", "w") as member:
        for _ in range(megabytes):
            member.write(bytes(1 << 20))
    return "x.zip"


def gzipped(root: Path, megabytes: int) -> str:
    with gzip.open(root / "a.csv.gz", "w") as file:
        for _ in range(megabytes):
            file.write(bytes(1 << 20))
    return "a.csv.gz"


@pytest.mark.parametrize("packed", [zipped, gzipped])
def test_a_file_that_grows_without_end_is_refused_while_it_is_read(
    tmp_path: Path, packed: Callable[[Path, int], str]
) -> None:
    name = packed(tmp_path, 70)

    assert refusal(tmp_path, name).text == HUGE


@pytest.mark.parametrize("packed", [zipped, gzipped])
def test_a_small_file_may_be_dense(tmp_path: Path, packed: Callable[[Path, int], str]) -> None:
    name = packed(tmp_path, 60)

    assert [len(each) for each in contents(tmp_path, name).values()] == [60 << 20]


def test_an_archive_whose_members_are_too_large_together_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive_:
        archive_.writestr("a.csv", "id")
        archive_.writestr("b.csv", "id")
    content = bytearray(made.getvalue())
    place = -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        content[place + 24 : place + 28] = (3 << 30).to_bytes(4, "little")
    put(tmp_path, "x.zip", bytes(content))

    assert refusal(tmp_path, "x.zip").text == HUGE
