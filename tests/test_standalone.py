"""A mapping run on its own: all outputs are there, or none."""

import gzip
from pathlib import Path

import pytest

from sccon_lod import notations, standalone
from sccon_lod.errors import ReleaseError
from sccon_lod.mapping import Mapping
from sccon_lod.sql import blocks

RML = """@prefix rml: <http://w3id.org/rml/> .
@prefix ex: <https://example.net/def#> .

<#event>
  rml:logicalSource [ rml:source "data/event.csv" ; rml:referenceFormulation rml:CSV ] ;
  rml:subjectMap [ rml:template "https://example.net/id/{id}" ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ; rml:objectMap [ rml:reference "name" ] ] .
"""
LINES = '<https://example.net/id/a> <https://example.net/def#name> "Fest" .\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a mapping and its table."""
    folder = tmp_path / "city"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "event.csv").write_text("id,name\na,Fest\n", encoding="utf-8")
    (folder / "event.ttl").write_text(RML, encoding="utf-8")
    return folder


def mapping(root: Path) -> Mapping:
    return notations.read_files(root, [root / "event.ttl"], {}, {})


def refusal(root: Path, *outputs: Path) -> str:
    with pytest.raises(ReleaseError) as caught:
        standalone.run(mapping(root), root, outputs)
    assert caught.value.text.de != caught.value.text.en
    return str(caught.value)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_an_output_has_the_format_of_its_ending(root: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / f"event{ending}" for ending in (".nt", ".ttl", ".jsonld")]

    standalone.run(mapping(root), root, outputs)

    written = [path.read_text(encoding="utf-8") for path in outputs]
    assert written[0] == LINES
    assert '    ex:name "Fest" .\n' in written[1]
    assert '"ex:name": ' in written[2]


def test_outputs_of_one_format_hold_the_same(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    outputs = [tmp_path / "a.nt", tmp_path / "b.nt", tmp_path / "elsewhere" / "c.nt"]

    standalone.run(mapping(root), root, outputs)

    assert [path.read_text(encoding="utf-8") for path in outputs] == [LINES] * 3
    assert len({path.stat().st_ino for path in outputs}) == len(outputs)


@pytest.mark.parametrize(
    "names", [["event.nt.gz"], ["event.nt.gz", "event.nt"], ["event.nt", "event.nt.gz", "b.nt.gz"]]
)
def test_what_ends_in_gz_is_compressed(names: list[str], root: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    standalone.run(mapping(root), root, [tmp_path / "out" / name for name in names])

    assert files(tmp_path / "out") == sorted(names)
    for name in names:
        written = (tmp_path / "out" / name).read_bytes()
        assert (gzip.decompress(written) if name.endswith(".gz") else written).decode() == LINES


def test_an_output_that_is_there_is_written_anew(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "event.nt"
    output.write_text("old", encoding="utf-8")

    standalone.run(mapping(root), root, [output, output])

    assert output.read_text(encoding="utf-8") == LINES


def test_one_output_that_cannot_be_written_leaves_all_unwritten(root: Path, tmp_path: Path) -> None:
    before = files(tmp_path)
    (tmp_path / "folder.nt").mkdir()

    for wrong in (tmp_path / "nowhere" / "event.nt", tmp_path / "folder.nt", root / "event.ttl"):
        assert refusal(root, tmp_path / "event.nt", wrong).startswith(f"{wrong}: ")

    assert files(tmp_path) == before


def test_a_folder_is_no_output(root: Path, tmp_path: Path) -> None:
    (tmp_path / "event.nt").mkdir()

    message = refusal(root, tmp_path / "event.nt")

    assert message == (f"{tmp_path / 'event.nt'}: This is a folder; an output is a file, for example out/event.nt.")


def test_a_mapping_is_not_written_over(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)

    message = refusal(root, Path("event.ttl"))

    assert message == "event.ttl: This is the mapping itself; please choose another name, for example event.nt."
    assert (root / "event.ttl").read_text(encoding="utf-8") == RML


def test_what_became_of_the_records_is_told(root: Path, tmp_path: Path) -> None:
    (root / "data" / "event.csv").write_text("id,name\na,Fest\nb,Markt,8 Uhr\n", encoding="utf-8")

    mapped = standalone.run(mapping(root), root, [tmp_path / "event.nt"])

    (account,) = mapped.accounts
    assert (account.records, account.unread) == (1, 1)
    assert [each.rule for each in mapped.findings] == ["row-length"]


def test_a_record_that_says_nothing_is_found_among_many(root: Path, tmp_path: Path) -> None:
    rows = [f"{number},{'' if number == 1234 else 'Fest'}\n" for number in range(1, blocks.FEW + 1000)]
    (root / "data" / "event.csv").write_text("".join(["id,name\n", *rows]), encoding="utf-8")

    found = standalone.run(mapping(root), root, [tmp_path / "event.nt"]).findings

    assert [(each.rule, each.origin.line) for each in found] == [("row-silent", 1235)]


def test_what_its_identity_says_is_enough_of_a_record(root: Path, tmp_path: Path) -> None:
    more = '  rml:predicateObjectMap [ rml:predicate ex:key ; rml:objectMap [ rml:reference "id" ] ] ;\n'
    (root / "event.ttl").write_text(RML.replace("  rml:predicateObject", more + "  rml:predicateObject", 1))
    rows = [f"{number},\n" for number in range(1000, blocks.FEW + 2000)]
    (root / "data" / "event.csv").write_text("".join(["id,name\n", *rows]), encoding="utf-8")

    found = standalone.run(mapping(root), root, [tmp_path / "event.nt"]).findings

    assert found == ()
    assert len((tmp_path / "event.nt").read_text().splitlines()) == len(rows)


def test_a_language_that_is_none_leaves_no_empty_line(root: Path, tmp_path: Path) -> None:
    spoken = 'rml:reference "id" ; rml:languageMap [ rml:reference "id" ]'
    # A text without a language beside it, so that JSON-LD gathers no languages.
    (root / "event.ttl").write_text(RML.replace('[ rml:reference "name" ]', f'[ rml:reference "name" ] , [ {spoken} ]'))
    rows = [f"{number},\n" for number in range(1000, blocks.FEW + 2000)]
    (root / "data" / "event.csv").write_text("".join(["id,name\n", "de,\n", *rows]), encoding="utf-8")

    standalone.run(mapping(root), root, [tmp_path / "event.nt"])

    assert (
        tmp_path / "event.nt"
    ).read_text() == '<https://example.net/id/de> <https://example.net/def#name> "de"@de .\n'
