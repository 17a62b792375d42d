"""What became of the records of each source."""

from pathlib import Path

import small
from conftest import check
from sccon_lod.findings import Account


def account(folder: Path, table: str) -> Account:
    (found,) = check(small.publication(folder, {"data/event.csv": table})).accounts
    return found


def test_every_row_is_read_unread_or_skipped(tmp_path: Path) -> None:
    table = "id,name_de,name_en,starts,ends,topics,url,seats,part_of\n#hint,,,,,,,,\na,x,,,,,,,\n,,,,,,,,\nb,y\n"

    found = account(tmp_path, table)

    assert (found.records, found.faulty, found.unread, found.skipped) == (1, 0, 1, 2)
    assert found.rows == 2


def test_a_record_with_several_violations_is_faulty_once(tmp_path: Path) -> None:
    table = small.table([{"id": "a", "seats": "many", "starts": "soon"}, {"id": "b", "seats": "7"}])

    found = account(tmp_path, table)

    assert (found.records, found.faulty, found.unread, found.skipped) == (2, 1, 0, 0)


def test_a_record_with_a_warning_is_not_faulty(tmp_path: Path) -> None:
    small.publication(tmp_path, {"shapes/event.ttl": small.shapes(start="sh:minCount 1 ; sh:severity sh:Warning")})

    (found,) = check(tmp_path).accounts

    assert (found.records, found.faulty) == (2, 0)
