"""What a release holds, as its descriptions say it: its parts, and the files of each."""

from dataclasses import dataclass

from sccon_lod.census import Count
from sccon_lod.formats import Format
from sccon_lod.language import Text


@dataclass(frozen=True)
class File:
    """A dump: its name, its size in bytes, and its SHA-256 in lower-case hexadecimal digits."""

    name: str
    form: Format
    is_packed: bool
    size: int
    digest: str


@dataclass(frozen=True)
class Part:
    """The whole of a publication, whose `kind` is empty, or what is said of one kind of record.

    `title` is what the kind is called; `issued` and `modified` are times (xsd:dateTime); `period` is its first and
    last day; `standards` are the IRIs of the specifications that it conforms to.
    """

    kind: str
    title: Text
    files: tuple[File, ...]
    issued: str
    modified: str
    count: Count
    period: tuple[str, str] | None
    standards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """A release: its serial, that of the one before, which is empty for the first, and its parts, first the whole."""

    serial: str
    previous: str
    parts: tuple[Part, ...]

    @property
    def modified(self) -> str:
        """When some part last changed."""
        return max(each.modified for each in self.parts)
