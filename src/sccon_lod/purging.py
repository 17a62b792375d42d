"""A release without what is suppressed, made from the current one: it does not wait for the records to be in order."""

import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph

from sccon_lod import checksums, digests, suppressions
from sccon_lod.digests import Digest
from sccon_lod.errors import Origin, ReleaseError
from sccon_lod.formats import JSONLD, NTRIPLES, TURTLE
from sccon_lod.language import Text
from sccon_lod.ledger import FILE as LEDGER
from sccon_lod.publish import dumps
from sccon_lod.publish.feed import FOLDER as FEED

_SERIALIZED = {TURTLE: pyoxigraph.RdfFormat.TURTLE, JSONLD: pyoxigraph.RdfFormat.JSON_LD}
# They quote cells and name records; the next build writes them again.
_REPORTS = ("report.txt", "report.json", "report.ttl", "ledger.json", LEDGER)
_MODIFIED = re.compile(r'(dct:modified"?:? \[?")[^"]*')  # in Turtle and in JSON-LD
_NAMED = 3  # subjects that an error names
_DESCRIBED = ("catalog.ttl", "catalog.jsonld", "void.ttl")


def is_in(folder: Path, iris: Collection[str]) -> bool:
    """Whether a release names one of some documents outside its change feed, which says that they are gone."""
    wanted = suppressions.pattern(iris)
    return any(_names(path, wanted) for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".gz" and path.relative_to(folder).parts[0] != FEED:
            yield path


def _names(path: Path, wanted: re.Pattern[bytes]) -> bool:
    with path.open("rb") as file:
        return any(wanted.search(line) for line in file)


def check(dump: Path, iris: Collection[str]) -> None:
    """Raise ReleaseError where a dump speaks of some documents, or points to them, with what does so."""
    wanted = suppressions.pattern(iris)
    with dump.open("rb") as file:
        found = [line for line in file if wanted.search(line)] if iris else []
    if found:
        subjects = dict.fromkeys(line[1 : line.index(b">")].decode() for line in found)
        raise ReleaseError(Origin(suppressions.FILE), _pointing(list(subjects)[:_NAMED]))


def _pointing(subjects: Sequence[str]) -> Text:
    named = ", ".join(subjects)
    return Text(
        f"Auf Unterdrücktes wird noch verwiesen: {named}. Bitte diese Verweise aus den Zeilen nehmen; nichts wurde "
        "veröffentlicht.",
        f"Something still points to what is suppressed: {named}. Please take these references out of the rows; nothing "
        "was published.",
    )


def copy(
    folder: Path, target: Path, iris: Collection[str], instead: str, serials: tuple[str, str], time: str
) -> Mapping[Path, Digest]:
    """Copy a release without some documents, and what points to them, to an empty folder.

    Return the digests of the files that are not a description.

    Where a description gives one of them as an example, `instead` stands there. `serials` are its own and that of the
    copy, `time` is when it is made. Dumps in Turtle and JSON-LD are written plainly where something is left
    out; reports and pages are left out, and the change feed is for the caller to write.
    """
    kept = [path for path in folder.iterdir() if path.is_file() and path.name not in (*_REPORTS, checksums.FILE)]
    for path in kept:
        shutil.copyfile(path, target / path.name)
    before = digests.of(target / path.name for path in kept)
    for dump in sorted(target.glob(f"*{NTRIPLES.suffix}")):
        if _leave_out(dump, iris):
            _rewrite(dump)
    after = digests.of(before)
    for name in _DESCRIBED:
        if (target / name).is_file():
            text = suppressions.pattern(iris).sub(instead.encode(), (target / name).read_bytes()).decode()
            text = _MODIFIED.sub(rf"\g<1>{time}", _corrected(text, before, after, serials))
            (target / name).write_text(text, encoding="utf-8")
    return {path: digest for path, digest in after.items() if path.name not in _DESCRIBED}


def _leave_out(dump: Path, iris: Collection[str]) -> bool:
    """Leave the statements out of a dump that name one of some documents; return whether there were any."""
    wanted, aside = suppressions.pattern(iris), dump.with_suffix(".left")
    is_less = False
    with dump.open("rb") as lines, aside.open("wb") as file:
        for line in lines:
            if wanted.search(line):
                is_less = True
            else:
                file.write(line)
    aside.replace(dump)
    return is_less


def _rewrite(dump: Path) -> None:
    """Write the other forms of a dump anew, and all of them compressed."""
    for form, serialized in _SERIALIZED.items():
        with dump.open("rb") as file, dump.with_suffix(form.suffix).open("wb") as made:
            pyoxigraph.serialize(pyoxigraph.parse(file, pyoxigraph.RdfFormat.N_TRIPLES), made, serialized)
        dumps.pack(dump.with_suffix(form.suffix))
    dumps.pack(dump)


def _corrected(text: str, before: Mapping[Path, Digest], after: Mapping[Path, Digest], serials: tuple[str, str]) -> str:
    """Return a description that names the copy, and the files as they are there."""
    text = text.replace(f"/releases/{serials[0]}/", f"/releases/{serials[1]}/")
    text = text.replace(f'"{serials[0]}"', f'"{serials[1]}"')
    for each, (size, digest) in before.items():
        if after[each].sha256 != digest:
            text = text.replace(digest, after[each].sha256)
            # The size stands in the same block as the address of the file.
            blocks = re.split(r"(\n\n|\n(?=,? *\{))", text)
            named = re.compile(rf"/releases/{serials[1]}/{re.escape(each.name)}[>\"]")
            sized = re.compile(rf"(?<![0-9]){size}(?![0-9])")
            text = "".join(sized.sub(str(after[each].size), one) if named.search(one) else one for one in blocks)
    return text
