"""The ledger: every row ends in one state, and what was published and is gone is not forgotten."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

import small
from conftest import load
from sccon_lod import build
from sccon_lod.build import Outcome
from sccon_lod.reading import Origins
from sccon_lod.sql import blocks

ALL = small.SETTINGS + "[policy]\nheld_back = 0.9\n"
HEADER = "id,name_de,name_en,starts,ends,topics,url,seats,part_of\n"


@pytest.fixture(params=["read", "scanned"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read files row by row, or let the engine scan them and write blocks."""
    if request.param == "scanned":
        monkeypatch.setattr(build, "Origins", partial(Origins, large=1))
        monkeypatch.setattr(blocks, "FEW", 0)
    return str(request.param)


def built(folder: Path, table: str, **files: str) -> Outcome:
    return build.build(
        load(small.publication(folder, {"data/event.csv": table, "sccon.toml": ALL, **files})), accepted=["event"]
    )


def ledger(folder: Path) -> list[dict[str, str]]:
    text = (folder / "public/current/ledger.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def events(*identifiers: str) -> str:
    return small.table([{"id": each.partition(":")[0], "seats": each.partition(":")[2]} for each in identifiers])


def states(folder: Path) -> dict[str, str]:
    return {each["resource"].rpartition("/")[2]: each["state"] for each in ledger(folder)}


def test_every_row_stands_in_the_ledger_once(tmp_path: Path) -> None:
    built(tmp_path, events("a:1", "b:many", "c:3"))

    assert [each["record"] for each in ledger(tmp_path)] == ["1", "2", "3"]
    assert states(tmp_path) == {"a": "published", "b": "held-back", "c": "published"}


def test_a_row_that_is_held_back_has_its_line_and_its_rules(tmp_path: Path) -> None:
    built(tmp_path, events("a:1", "b:many", "c:3"))

    row = ledger(tmp_path)[1]

    assert (row["file"], row["line"], row["rules"]) == ("data/event.csv", "3", "cell-datatype")
    assert row["was_published"] == "no"


def test_the_account_adds_up(tmp_path: Path) -> None:
    table = HEADER + "#hint,,,,,,,,\na,x,,,,,,1,\n,,,,,,,,\nb,y\nc,z,,,,,,many,\nd,,,,,,,,\n"

    (account,) = built(tmp_path, table).accounts

    counted = Counter(each["state"] for each in ledger(tmp_path))
    assert {state.value: count for state, count in account.states.items() if count} == counted
    assert counted == {"published": 2, "held-back": 2}
    assert (account.rows, account.unread, account.skipped) == (4, 1, 2)


def test_a_row_that_is_no_record_stands_in_the_ledger_with_its_line(tmp_path: Path) -> None:
    built(tmp_path, HEADER + "a,x,,,,,,1,\nb,y\n")

    row = ledger(tmp_path)[-1]

    assert (row["record"], row["line"], row["state"], row["rules"]) == ("", "3", "held-back", "row-length")


def test_what_is_gone_from_the_source_is_withdrawn_and_stays_so(tmp_path: Path) -> None:
    built(tmp_path, events("a:1", "b:2", "c:3"))

    first = built(tmp_path, events("a:1", "c:3"))
    before = (tmp_path / "public/current/ledger.csv").read_bytes()
    second = built(tmp_path, events("a:1", "c:3"))

    assert states(tmp_path) == {"a": "published", "b": "withdrawn", "c": "published"}
    assert [each.states for each in first.accounts] == [each.states for each in second.accounts]
    assert (first.changed, second.changed) == (True, False)
    assert (tmp_path / "public/current/ledger.csv").read_bytes() == before


def test_what_comes_back_is_published(tmp_path: Path) -> None:
    for table in (events("a:1", "b:2"), events("a:1"), events("a:1", "b:2")):
        built(tmp_path, table)

    assert states(tmp_path) == {"a": "published", "b": "published"}


def test_what_was_held_back_before_it_went_is_withdrawn(tmp_path: Path) -> None:
    for table in (events("a:1", "b:2"), events("a:1", "b:many"), events("a:1")):
        built(tmp_path, table)

    assert states(tmp_path) == {"a": "published", "b": "withdrawn"}


def test_what_was_never_published_is_not_withdrawn(tmp_path: Path) -> None:
    for table in (events("a:1", "b:many"), events("a:1")):
        built(tmp_path, table)

    assert states(tmp_path) == {"a": "published"}


def test_the_ledger_in_json_has_the_account_and_the_exceptions(tmp_path: Path) -> None:
    built(tmp_path, events("a:1", "b:2", "c:3"))
    built(tmp_path, events("a:1", "c:many"))

    told = json.loads((tmp_path / "public/current/ledger.json").read_text(encoding="utf-8"))

    (account,) = told["sources"]
    assert (account["rows"], account["published"], account["held-back"], account["withdrawn"]) == (2, 1, 1, 1)
    assert [(each["record"], each["state"], each["line"]) for each in told["rows"]] == [
        (2, "held-back", 3),
        (None, "withdrawn", None),
    ]


def test_a_name_with_a_comma_stays_one_cell(tmp_path: Path) -> None:
    mapping = small.mapping().replace("data/event.csv", "'data/a, b.csv'")

    built(tmp_path, HEADER, **{"mapping/event.yaml": mapping, "data/a, b.csv": events("a:1", "b:2", "c:many")})

    assert {each["file"] for each in ledger(tmp_path)} == {"data/a, b.csv"}


def test_a_ledger_that_somebody_broke_stops_nothing_silently(tmp_path: Path) -> None:
    built(tmp_path, events("a:1"))
    (tmp_path / "public/current/ledger.csv").write_text('nonsense\na,"b"c\n"\n', encoding="utf-8")

    outcome = built(tmp_path, events("a:1", "b:1"))

    assert outcome.folder is not None
    assert states(tmp_path) == {"a": "published", "b": "published"}


def test_records_of_a_tree_have_their_path(tmp_path: Path) -> None:
    mapping = small.mapping(split="{}").replace(
        "{access: data/event.csv, referenceFormulation: csv, split: {}}",
        "{access: data/event.json, referenceFormulation: jsonpath, iterator: '$.all[*]'}",
    )
    text = json.dumps({"all": [{"id": "a", "seats": 1}, {"id": "b", "seats": "many"}]})
    files: Mapping[str, str] = {"mapping/event.yaml": mapping, "data/event.json": text}

    built(tmp_path, HEADER, **files)

    assert [(each["path"], each["state"]) for each in ledger(tmp_path)] == [
        ("$.all[0]", "published"),
        ("$.all[1]", "held-back"),
    ]
