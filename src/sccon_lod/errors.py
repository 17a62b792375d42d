"""Places in files, and the errors that stop the program."""

from dataclasses import dataclass
from pathlib import Path

from sccon_lod.language import Text


@dataclass(frozen=True, order=True)
class Origin:
    """A place in a file of the publication: the file, its line, the path to a record in a tree, and the column.

    >>> print(Origin("data/event.csv", 3, "starts_at"))
    data/event.csv:3, starts_at
    >>> print(Origin("data/event.json", 0, "starts_at", "$.events[3]"))
    data/event.json, $.events[3], starts_at
    >>> print(Origin("sccon.toml"))
    sccon.toml
    """

    file: str
    line: int = 0
    column: str = ""
    path: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ", ".join(filter(None, (place, self.path, self.column)))

    @property
    def of_row(self) -> "Origin":
        """The place of the row that a cell is in."""
        return Origin(self.file, self.line, "", self.path)


class PublicationError(Exception):
    """Something that must be mended before anything can be published.

    `origin` is the place, `text` says what is wrong and what to do.
    """

    exit_code = 2

    def __init__(self, origin: Origin, text: Text) -> None:
        super().__init__(f"{origin}: {text.en}")
        self.origin = origin
        self.text = text


class ProjectError(PublicationError):
    """The settings or the folders of the publication."""


class SourceError(PublicationError):
    """A file of records that cannot be understood."""


class MappingError(PublicationError):
    """The mapping."""


class ShapeError(PublicationError):
    """The shapes, the code lists or the vocabulary."""


class ReleaseError(PublicationError):
    """The folder a release is written to."""


class BusyError(ReleaseError):
    """The folder of releases, while another run of the program writes there."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h: it may be tried again


class IdentityError(PublicationError):
    """The identity ledger, or what is declared about identities."""


class SpaceError(PublicationError):
    """The memory and the folder for temporary files, which together do not hold what is read."""


class DisagreementError(PublicationError):
    """Two validators that find different things in the same statements: a fault of the program."""

    exit_code = 70


class AddressError(PublicationError):
    """The address that a server listens at."""


class QueryError(PublicationError):
    """A query that cannot be answered as it is written."""


class EffortError(PublicationError):
    """A query that takes more time or memory than it may."""


def not_writable(path: Path, error: OSError) -> ReleaseError:
    """Return the error about a file that somebody named and that cannot be written."""
    return ReleaseError(
        Origin(str(path)),
        Text(
            f"Hier kann nicht geschrieben werden ({error.strerror}); bitte einen anderen Ort wählen.",
            f"It is not possible to write here ({error.strerror}); please choose another place.",
        ),
    )
