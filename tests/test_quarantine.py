"""Rows that are held back, as files that a person mends and feeds back."""

import csv
import gzip
import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

import small
from conftest import load
from sccon_lod import build
from sccon_lod.build import Outcome
from sccon_lod.errors import ReleaseError

ALL = small.SETTINGS + "[policy]\nheld_back = 0.9\n"
NOTE = "seats: Das ist kein Wert der Art integer; richtig ist zum Beispiel 12000."


def built(folder: Path, **files: str) -> Outcome:
    return build.build(load(small.publication(folder, {"sccon.toml": ALL, **files})))


def with_source(folder: Path, file: str, content: bytes, declared: str = "referenceFormulation: csv") -> Outcome:
    """Build the small publication from another file."""
    mapping = small.mapping(split="{}").replace(
        "{access: data/event.csv, referenceFormulation: csv, split: {}}", f"{{access: {file}, {declared}}}"
    )
    small.publication(folder, {"sccon.toml": ALL, "mapping/event.yaml": mapping})
    (folder / "data/event.csv").unlink()
    (folder / file).write_bytes(content)
    return build.build(load(folder))


def held(folder: Path, name: str) -> bytes:
    return (folder / "quarantine" / name).read_bytes()


TEXT = "id,name_de,name_en,starts,ends,topics,url,seats,part_of\n"


def test_a_table_keeps_its_form_and_gets_a_column_of_findings(tmp_path: Path) -> None:
    text = f'{TEXT}a,x,,,,,,1,\r\n"b","x, ""y""\nz",,,,,,many,\r\nc,x,,,,,,3,\r\n'

    outcome = with_source(tmp_path, "data/one.csv", text.encode())

    assert held(tmp_path, "data/one.csv").decode() == (
        f'{TEXT.rstrip()},Befunde\n"b","x, ""y""\nz",,,,,,many,,{NOTE}\r\n'
    )
    assert outcome.quarantined == (tmp_path / "quarantine/data/one.csv",)


def test_encoding_delimiter_and_quotation_mark_stay(tmp_path: Path) -> None:
    text = TEXT.replace(",", ";") + "a;ä;;;;;;1;\n'b';ö;;;;;;many;\n"
    declared = "referenceFormulation: csv, encoding: windows-1252, delimiter: ';', quote: \"'\""

    with_source(tmp_path, "data/one.csv", text.encode("windows-1252"), declared)

    assert held(tmp_path, "data/one.csv").decode("windows-1252").splitlines() == [
        TEXT.strip().replace(",", ";") + ";Befunde",
        "'b';ö;;;;;;many;;'" + NOTE + "'",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_stays(encoding: str, tmp_path: Path) -> None:
    with_source(tmp_path, "data/one.csv", f"{TEXT}a,ä,,,,,,1,\nb,ö,,,,,,many,\n".encode(encoding))

    text = held(tmp_path, "data/one.csv").decode(encoding)

    assert text.splitlines()[1].startswith("b,ö,")
    assert not text.startswith("\ufeff")


def test_what_stands_above_the_header_stays_above_it(tmp_path: Path) -> None:
    text = f"Events of the city\n\n{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\n"

    with_source(tmp_path, "data/one.csv", text.encode(), "referenceFormulation: csv, header: 3")

    assert held(tmp_path, "data/one.csv").decode().splitlines()[:2] == ["Events of the city", ""]


def test_rows_that_are_no_record_are_copied_as_they_stand(tmp_path: Path) -> None:
    text = TEXT.encode() + b'a,x,,,,,,1,\nb,y\nc,"x,,,,,,1,\nd,f\xfcr,,,,,,1,\ne,x,,,,,,5,\n'

    outcome = with_source(tmp_path, "data/one.csv", text)

    assert held(tmp_path, "data/one.csv").split(b"\n")[1:] == [b"b,y", b'c,"x,,,,,,1,', b"d,f\xfcr,,,,,,1,", b""]
    assert outcome.held_back == 3


def test_json_lines_are_copied_as_they_stand(tmp_path: Path) -> None:
    lines = [b'{"id": "a", "seats": 1}', b'{"id": "b",  "seats": 1.50}', b"{", b'{"id": "d", "seats": 4}']

    with_source(tmp_path, "data/one.jsonl", b"\n".join(lines), "referenceFormulation: jsonpath")

    assert held(tmp_path, "data/one.jsonl").split(b"\n") == [lines[1], lines[2], b""]


def test_of_a_line_with_several_records_those_are_left_that_are_held_back(tmp_path: Path) -> None:
    lines = [
        {"of": "x", "all": [{"id": "a", "seats": 1}, {"id": "b", "seats": "?"}]},
        {"all": [{"id": "c", "seats": 1}]},
    ]
    text = "\n".join(map(json.dumps, lines))

    with_source(tmp_path, "data/one.jsonl", text.encode(), "referenceFormulation: jsonpath, iterator: '$.all[*]'")

    assert json.loads(held(tmp_path, "data/one.jsonl")) == {"of": "x", "all": [{"id": "b", "seats": "?"}]}


def test_a_tree_is_cut_down_to_what_is_held_back(tmp_path: Path) -> None:
    tree = {
        "title": {"de": "Titel"},
        "days": [
            {"day": 1, "events": [{"id": "a", "seats": 1}, {"id": "b", "seats": "?", "more": [1, 2]}]},
            {"day": 2, "events": [{"id": "c", "seats": 3}]},
        ],
    }
    declared = "referenceFormulation: jsonpath, iterator: '$.days[*].events[*]'"

    with_source(tmp_path, "data/one.json", json.dumps(tree).encode(), declared)

    assert json.loads(held(tmp_path, "data/one.json")) == {
        "title": {"de": "Titel"},
        "days": [{"day": 1, "events": [{"id": "b", "seats": "?", "more": [1, 2]}]}],
    }


def test_features_stay_in_their_collection(tmp_path: Path) -> None:
    features = [{"type": "Feature", "id": each, "seats": each} for each in ("1", "x", "3")]
    tree = {"type": "FeatureCollection", "features": features}

    with_source(tmp_path, "data/one.geojson", json.dumps(tree).encode(), "referenceFormulation: jsonpath")

    assert json.loads(held(tmp_path, "data/one.geojson")) == {"type": "FeatureCollection", "features": [features[1]]}


def test_of_other_forms_the_cells_are_written(tmp_path: Path) -> None:
    text = b"<all><event><id>a</id><seats>1</seats></event><event><id>=b</id><seats>many</seats></event></all>"

    with_source(tmp_path, "data/one.xml", text, "referenceFormulation: xpath, iterator: /all/event")

    (row,) = csv.DictReader(io.StringIO(held(tmp_path, "data/one.xml.csv").decode("utf-8-sig")))
    assert (row["id"], row["seats"]) == ("'=b", "many")


def test_what_is_compressed_is_written_plain(tmp_path: Path) -> None:
    text = f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\n".encode()

    with_source(tmp_path, "data/one.csv.gz", gzip.compress(text))

    assert held(tmp_path, "data/one.csv").decode().splitlines()[1].startswith("b,x,")


def test_members_of_an_archive_lie_in_a_folder_of_its_name(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/one.csv", f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\n")

    with_source(tmp_path, "data/all.zip", packed.getvalue())

    assert held(tmp_path, "data/all.zip/in/one.csv").decode().splitlines()[1].startswith("b,x,")


def test_beside_each_file_lies_a_table_of_its_findings(tmp_path: Path) -> None:
    with_source(tmp_path, "data/one.csv", f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\nc,y\n".encode())

    text = held(tmp_path, "data/one.csv.findings.csv").decode("utf-8-sig")

    found = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(each["Zeile"], each["Spalte"], each["Regel"]) for each in found] == [
        ("3", "seats", "cell-datatype"),
        ("4", "", "row-length"),
    ]


def test_only_the_owner_can_read_what_is_held_back(tmp_path: Path) -> None:
    with_source(tmp_path, "data/one.csv", f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\n".encode())

    for path in [tmp_path / "quarantine", *(tmp_path / "quarantine").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_is_mended_can_be_fed_back(tmp_path: Path) -> None:
    bad = f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\nc,y,,,,,,none,\n"
    with_source(tmp_path, "data/one.csv", bad.encode())
    mended = held(tmp_path, "data/one.csv").decode().replace("many", "2")

    outcome = with_source(tmp_path, "data/one.csv", mended.encode())

    assert outcome.held_back == 1
    assert held(tmp_path, "data/one.csv").decode().splitlines()[0].count("Befunde") == 1
    assert held(tmp_path, "data/one.csv").decode().splitlines()[1].startswith("c,y,,,,,,none,")


def test_when_nothing_is_held_back_there_is_no_folder(tmp_path: Path) -> None:
    with_source(tmp_path, "data/one.csv", f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\n".encode())

    outcome = with_source(tmp_path, "data/one.csv", f"{TEXT}a,x,,,,,,1,\n".encode())

    assert outcome.quarantined == ()
    assert not (tmp_path / "quarantine").exists()


def test_what_somebody_changed_is_not_overwritten(tmp_path: Path) -> None:
    text = f"{TEXT}a,x,,,,,,1,\nb,x,,,,,,many,\n".encode()
    with_source(tmp_path, "data/one.csv", text)
    (tmp_path / "quarantine/data/one.csv").write_text("mended\n", encoding="utf-8")
    (tmp_path / "quarantine/notes.txt").write_text("mine\n", encoding="utf-8")

    with_source(tmp_path, "data/one.csv", text)
    with_source(tmp_path, "data/one.csv", text)

    assert held(tmp_path, "data/one.edited-1.csv") == b"mended\n"
    assert held(tmp_path, "notes.txt") == b"mine\n"
    assert held(tmp_path, "data/one.csv").decode().splitlines()[1].startswith("b,x,")
    assert not (tmp_path / "quarantine/data/one.edited-2.csv").exists()


def test_a_check_writes_no_quarantine(tmp_path: Path) -> None:
    small.publication(tmp_path, {"data/event.csv": small.table([{"id": "a", "seats": "many"}, {"id": "b"}])})

    build.check(load(tmp_path))

    assert not (tmp_path / "quarantine").exists()


def test_what_is_held_back_is_written_though_nothing_is_published(tmp_path: Path) -> None:
    settings = small.SETTINGS + '[policy]\nviolation = "stop"\n'
    table = small.table([{"id": "a", "seats": "many"}, {"id": "b"}])

    outcome = built(tmp_path, **{"data/event.csv": table, "sccon.toml": settings})

    assert outcome.folder is None
    assert held(tmp_path, "data/event.csv").decode().splitlines()[1].startswith('"a",')


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    small.publication(tmp_path, {"data/event.csv": small.table([{"id": "a", "seats": "many"}, {"id": "b"}])})
    (tmp_path / "quarantine").write_text("in the way", encoding="utf-8")

    with pytest.raises(ReleaseError, match="quarantine"):
        build.build(load(tmp_path))


def test_of_a_list_without_an_iterator_the_members_are_left_that_are_held_back(tmp_path: Path) -> None:
    tree = [{"id": "a", "seats": 1}, {"id": "b", "seats": "?"}]

    with_source(tmp_path, "data/one.json", json.dumps(tree).encode(), "referenceFormulation: jsonpath")

    assert json.loads(held(tmp_path, "data/one.json")) == [tree[1]]
