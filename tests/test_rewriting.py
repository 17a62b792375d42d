"""What dumps have that no row says: where it is another, they are written anew."""

from dataclasses import replace

import pytest

import small
from sccon_lod.assembly import Assembly
from sccon_lod.engine import Engine
from sccon_lod.errors import Origin
from sccon_lod.kinds import Kind
from sccon_lod.lexicon import Told
from sccon_lod.names import Names
from sccon_lod.rewriting import Wanted

NAMES = Names({"ex": small.DEF}, ())
GONE = Told(f"{small.BASE}/event/a", "p", "2026", f"{small.XSD}gYear", "", Origin(""))
EVENT = Kind("event", (f"{small.BASE}/event/",))
WANTED = Wanted(Engine(), Assembly(NAMES, (), has_facts=False), (GONE,), (EVENT,), small.BASE, (), "small")


@pytest.mark.parametrize(
    "other",
    [
        replace(WANTED, assembled=Assembly(Names({"ey": small.DEF}, ()), (), has_facts=False)),
        replace(WANTED, tombstones=(replace(GONE, object="2027"),)),
        replace(WANTED, tombstones=()),
        replace(WANTED, kinds=(replace(EVENT, spaces=(small.DEF,)),)),
    ],
    ids=["names", "a tombstone", "no tombstone", "kinds"],
)
def test_names_tombstones_and_kinds_are_around_what_rows_say(other: Wanted) -> None:
    assert other.framed != WANTED.framed


def test_what_rows_say_is_not() -> None:
    assert replace(WANTED, assembled=Assembly(NAMES, (), has_facts=True)).framed == WANTED.framed
