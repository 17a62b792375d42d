"""Official lists: the codes that a catalogue may use, and the IRIs they stand for."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("official.toml")


@dataclass(frozen=True)
class Codes:
    """A list: the namespace of its codes, the codes, and what else is written for some of them."""

    space: str
    codes: tuple[str, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)

    def iri(self, value: str) -> str | None:
        """Return the IRI of a code, which may be written as an IRI or an address, too; None for what is no code.

        >>> codes("licenses").iri("https://creativecommons.org/licenses/by/4.0/")
        'http://dcat-ap.de/def/licenses/cc-by/4.0'
        """
        bare = _bare(value)
        code = bare.removeprefix(_bare(self.space) + "/")
        code = self.same.get(bare, code)
        return self.space + code if code in self.codes or code in self.same.values() else None

    def nearest(self, value: str) -> tuple[str, ...]:
        """Return the code that is most like a value; all codes where none is.

        >>> codes("themes").nearest("GOVERN")
        ('GOVE',)
        """
        known = {each.casefold(): each for each in self.codes}
        known |= {_bare(each).casefold(): code for each, code in self.same.items()}
        near = difflib.get_close_matches(_bare(value).casefold(), known, n=1, cutoff=0.6)
        return (known[near[0]],) if near else self.codes


def _bare(value: str) -> str:
    """Return an address without what is often written in other ways."""
    return re.sub(r"^https?://(www\.)?|/$", "", value)


@cache
def _lists() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def codes(name: str) -> Codes:
    """Return a list by its name in `official.toml`."""
    found = _lists()[name]
    space, listed, same = found["space"], found.get("codes", []), found.get("same", {})
    assert isinstance(space, str) and isinstance(listed, list) and isinstance(same, dict)
    return Codes(space, tuple(listed), same)


def place(value: str) -> str | None:
    """Return the IRI of an official key of a place, by its number of digits; None for what is none.

    All begin with the number of one of the sixteen states.

    >>> place("11000000")
    'http://dcat-ap.de/def/politicalGeocoding/municipalityKey/11000000'
    """
    space = _lists()["keys"].get(str(len(value))) if re.fullmatch("(0[1-9]|1[0-6])[0-9]*", value) else None
    return f"{space}{value}" if space else None


def standards() -> Mapping[str, str]:
    """Return the specifications that data conform to, by the class that shows it."""
    return {name: str(iri) for name, iri in _lists()["standards"].items()}
