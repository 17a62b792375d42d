"""One checksum of all but rows that decides what a release holds."""

import os
from pathlib import Path

import pytest

import small
from sccon_lod import ingredients, project, successions, suppressions, waivers

DECIDING = (
    "sccon.toml",
    "mapping/event.yaml",
    "shapes/event.ttl",
    "ontology/concepts/topic.ttl",
    "shapes/more/new.ttl",
)


def checksum(folder: Path) -> str:
    return ingredients.checksum(project.load(folder))


@pytest.mark.parametrize("name", [*DECIDING, waivers.FILE, successions.FILE, suppressions.FILE])
def test_every_file_that_decides_is_part_of_it(name: str, tmp_path: Path) -> None:
    path = small.publication(tmp_path) / name
    before = checksum(tmp_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("# more\n")

    assert checksum(tmp_path) != before


def test_so_is_the_name_of_a_file(tmp_path: Path) -> None:
    small.publication(tmp_path)
    before = checksum(tmp_path)
    (tmp_path / "mapping/event.yaml").rename(tmp_path / "mapping/fair.yaml")

    assert checksum(tmp_path) != before


def test_so_are_the_settings_as_they_were_read(tmp_path: Path) -> None:
    settings = project.load(small.publication(tmp_path))
    before = ingredients.checksum(settings)
    (tmp_path / "sccon.toml").write_text(small.SETTINGS.replace('"Test"', '"Best"'), encoding="utf-8")
    late = ingredients.checksum(settings)

    assert len({before, late, checksum(tmp_path)}) == 3


def test_rows_and_times_of_files_are_not(tmp_path: Path) -> None:
    small.publication(tmp_path)
    before = checksum(tmp_path)
    (tmp_path / "data/event.csv").write_text("id\n", encoding="utf-8")
    os.utime(tmp_path / "mapping/event.yaml", (0, 0))

    assert checksum(tmp_path) == before
