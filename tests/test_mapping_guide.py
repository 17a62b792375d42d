"""The guide to the mapping: each of its examples runs, and makes the statements it shows."""

import re
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
import pytest

from conftest import ROOT
from sccon_lod import notations, standalone
from sccon_lod.errors import PublicationError

GUIDE = "docs/mapping.md"
EXAMPLES = 14
BASE = "https://w3id.org/sccon-lod/id/"
# What stands around an example that shows rules only.
AROUND = "mappings:\n  event:\n    sources: [[data/event.csv~csv]]\n    s: id:event/$(id)\n    po:\n"


class Example(NamedTuple):
    """The files that stand above a mapping, its line and notation, and what it gives: statements or an error."""

    files: dict[str, str]
    line: int
    file: str
    mapping: str
    kind: str
    given: str


def examples() -> list[Example]:
    text = (ROOT / GUIDE).read_text(encoding="utf-8")
    found: list[Example] = []
    files: dict[str, str] = {}
    mapping = (0, "", "")
    for match in re.finditer(r"^```(\w+) ([^\n]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        word, rest, block = match.groups()
        if word == "file":
            files = {**files, rest: block}
        elif rest == "mapping":
            line = text.count("\n", 0, match.start()) + 1
            mapping = (line, "mapping.ttl" if word == "turtle" else "mapping.yaml", whole(block))
        elif rest in ("expected", "error"):
            found.append(Example(files, *mapping, rest, block))
    return found


def whole(block: str) -> str:
    """Return a mapping with what belongs around it where it shows rules only."""
    return AROUND + re.sub("^", "      ", block, flags=re.MULTILINE) if block.startswith("- ") else block


def prefixes() -> dict[str, str]:
    parser = pyoxigraph.parse(path=ROOT / "ontology" / "prefixes.ttl", format=pyoxigraph.RdfFormat.TURTLE)
    assert not list(parser)
    return {**parser.prefixes, "id": BASE}


def statements(text: str) -> set[str]:
    known = "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes().items())
    return {str(each) for each in pyoxigraph.parse(known + text, format=pyoxigraph.RdfFormat.TURTLE)}


def run(example: Example, folder: Path) -> str:
    """Return the statements that the mapping makes of the files above it."""
    for name, content in {**example.files, example.file: example.mapping}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    mapping = notations.read_files(folder, [folder / example.file], prefixes(), {})
    mapped = standalone.run(mapping, folder, [folder / "dump.nt"])
    assert not [each for each in mapped.findings if each.severity.word == "violation"]
    return (folder / "dump.nt").read_text(encoding="utf-8")


def test_the_guide_has_its_examples() -> None:
    assert len(examples()) == EXAMPLES
    assert len(re.findall("^```[a-z]+ mapping$", (ROOT / GUIDE).read_text(encoding="utf-8"), re.MULTILINE)) == EXAMPLES


@pytest.mark.parametrize(
    "example", [each for each in examples() if each.kind == "expected"], ids=lambda each: f"line {each.line}"
)
def test_an_example_makes_the_statements_it_shows(tmp_path: Path, example: Example) -> None:
    assert statements(run(example, tmp_path)) == statements(example.given)


@pytest.mark.parametrize(
    "example", [each for each in examples() if each.kind == "error"], ids=lambda each: f"line {each.line}"
)
def test_an_example_of_what_is_refused_is_refused_as_it_says(tmp_path: Path, example: Example) -> None:
    with pytest.raises(PublicationError) as caught:
        run(example, tmp_path)

    assert f"{caught.value}\n" == example.given
