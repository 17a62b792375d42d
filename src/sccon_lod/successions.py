"""What a steward says of identifiers that changed: identities.toml."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from sccon_lod import toml_files
from sccon_lod.errors import IdentityError, Origin
from sccon_lod.language import Text

FILE = "identities.toml"
_TABLE = "identity"


class Kind(Enum):
    """What became of an IRI; the value is the key in the file."""

    RENAMED = "alias_of"
    REPLACED = "replaced_by"
    RETURNED = "returned"


_KEYS = ("iri", *(each.value for each in Kind))


@dataclass(frozen=True)
class Succession:
    """An entry of the file: an IRI, what became of it, and the IRI in its place (none where it has returned)."""

    origin: Origin
    iri: str
    kind: Kind
    successor: str = ""


def read(root: Path, base: str) -> tuple[Succession, ...]:
    """Read identities.toml in the folder `root`; without the file nothing is said. Raises IdentityError with the line.

    IRIs may leave out the base of the publication.
    """
    try:
        entries = toml_files.entries(root / FILE, _TABLE)
    except FileNotFoundError:
        return ()
    if entries is None:
        raise IdentityError(Origin(FILE), _SHAPE)
    found = [_entry(each, Origin(FILE, line), base) for line, each in entries]
    seen: dict[str, Origin] = {}
    for each in found:
        if each.iri in seen:
            raise IdentityError(each.origin, _twice(each.iri, seen[each.iri]))
        seen[each.iri] = each.origin
    return tuple(found)


def _entry(given: Mapping[str, object], origin: Origin, base: str) -> Succession:
    for key in given:
        if key not in _KEYS:
            raise IdentityError(origin, _unknown(key))
    kinds = [each for each in Kind if each.value in given]
    if len(kinds) != 1:
        raise IdentityError(origin, _SHAPE)
    (kind,) = kinds
    iri, said = given.get("iri"), given[kind.value]
    if not isinstance(iri, str) or not iri:
        raise IdentityError(origin, _missing("iri"))
    if kind is Kind.RETURNED:
        if said is not True:
            raise IdentityError(origin, _RETURNED)
        return Succession(origin, _whole(iri, base), kind)
    if not isinstance(said, str) or not said:
        raise IdentityError(origin, _missing(kind.value))
    if _whole(said, base) == _whole(iri, base):
        raise IdentityError(origin, _ITSELF)
    return Succession(origin, _whole(iri, base), kind, _whole(said, base))


def _whole(iri: str, base: str) -> str:
    return iri if iri.startswith(f"{base}/") else f"{base}/{iri}"


def _unknown(key: str) -> Text:
    near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.4)
    known = near[0] if near else ", ".join(_KEYS)
    return Text(
        f"„{key}“ gibt es hier nicht; gemeint sein könnte: {known}.",
        f"There is no “{key}” here; what may be meant: {known}.",
    )


def _missing(key: str) -> Text:
    return Text(
        f"Hier fehlt die Adresse „{key}“, zum Beispiel event/messe-2027.",
        f"The address “{key}” is missing here, for example event/fair-2027.",
    )


def _twice(iri: str, first: Origin) -> Text:
    return Text(
        f"Über {iri} steht schon etwas: {first}; bitte nur einen Eintrag behalten.",
        f"Something is said of {iri} already: {first}; please keep one entry only.",
    )


_ITSELF = Text(
    "Eine Adresse kann nicht ihr eigener Nachfolger sein; richtig ist eine andere.",
    "An address cannot be its own successor; right is another one.",
)
_RETURNED = Text("Hier steht returned = true.", "What stands here is returned = true.")
_SHAPE = Text(
    "Hier stehen nur Kennungen, jede unter einer Zeile [[identity]], mit iri und einem von alias_of, replaced_by "
    "und returned.",
    "Only identities stand here, each below a line [[identity]], with iri and one of alias_of, replaced_by "
    "and returned.",
)
