"""Every rule of the shapes fires at the right cell, and alone, when one record is broken.

mutations/*.yaml hold one entry for each way to break a rule:

    - rule: Event-end-before-start      # name of the shape
      rows:                             # what is changed in tables: a row that is found by some cells, or a new one
        - {file: data/event.csv, where: {id: sccon-2022}, set: {ends_at: 2022-10-17}}
        - {file: data/person.csv, add: {id: new-person, name: New Person}}
      replace:                          # what is changed in text files: each text stands there exactly once
        mapping/event.yaml: [[old text, new text]]
      at: ["data/event.csv:2, ends_at"] # the cells at which the rule, and nothing else, is reported anew
"""

from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT, check, copy_publication, edit_table, load, quiet, strict
from sccon_lod import build, shapes

LARGEST = 8  # mutations that are tried at once
MUTATIONS = ROOT / "tests" / "mutations"


@dataclass(frozen=True)
class Mutation:
    """One way to break a rule."""

    rule: str
    rows: tuple[dict[str, Any], ...]
    replaced: dict[str, list[list[str]]]
    at: tuple[str, ...]


def mutations() -> list[Mutation]:
    entries = [entry for path in sorted(MUTATIONS.glob("*.yaml")) for entry in yaml.safe_load(path.read_text("utf-8"))]
    return [
        Mutation(entry["rule"], tuple(entry.get("rows", ())), entry.get("replace", {}), tuple(entry["at"]))
        for entry in entries
    ]


def touched(mutation: Mutation) -> set[str]:
    """Return what a mutation changes: rows of tables, ends of tables, text files."""
    rows = {f"{change['file']} {change.get('where', 'end')}" for change in mutation.rows}
    return rows | set(mutation.replaced)


def batches() -> list[list[Mutation]]:
    """Return the mutations in groups that do not touch the same things; a group costs as much as one alone."""
    found: list[tuple[set[str], list[Mutation]]] = []
    for each in mutations():
        marks = touched(each) | {each.rule, *each.at}
        group = next((group for group in found if not group[0] & marks and len(group[1]) < LARGEST), None)
        if group is None:
            found.append((marks, [each]))
        else:
            group[0].update(marks)
            group[1].append(each)
    return [group for _, group in found]


@cache
def baseline() -> frozenset[tuple[str, str]]:
    return frozenset((each.rule, str(each.origin)) for each in check(ROOT).findings)


def apply(mutation: Mutation, folder: Path) -> None:
    for change in mutation.rows:
        edit_table(folder / change["file"], partial(change_rows, change))
    for name, pairs in mutation.replaced.items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")


def change_rows(change: dict[str, Any], rows: list[dict[str, str]]) -> None:
    if "add" in change:
        rows.append({**dict.fromkeys(rows[0], ""), **as_text(change["add"])})
        return
    found = [row for row in rows if as_text(change["where"]).items() <= row.items()]
    assert len(found) == 1, f"{change['where']} finds {len(found)} rows"
    cells = as_text(change["set"])
    assert cells.keys() <= found[0].keys(), f"no such column among {list(cells)}"
    found[0].update(cells)


def as_text(cells: dict[str, Any]) -> dict[str, str]:
    return {column: str(value) for column, value in cells.items()}


@cache
def compiled() -> build.Publication:
    return load(ROOT)


def fresh(group: list[Mutation], folder: Path) -> set[tuple[str, str]]:
    """Return the rules and cells that are reported in a copy with the mutations, and not in the publication."""
    copy_publication(folder)
    for mutation in group:
        apply(mutation, folder)
    if any(mutation.replaced for mutation in group):
        outcome = check(folder)
    else:  # nothing but records has changed, so nothing else has to be read again
        outcome = build.check(strict(replace(compiled(), project=replace(compiled().project, root=folder))), quiet)
    return {(each.rule, str(each.origin)) for each in outcome.findings} - baseline()


def expected(group: list[Mutation]) -> set[tuple[str, str]]:
    return {(mutation.rule, place) for mutation in group for place in mutation.at}


@pytest.mark.parametrize("group", batches(), ids=lambda group: f"{group[0].rule}+{len(group) - 1}")
def test_one_broken_record_breaks_exactly_one_rule(group: list[Mutation], tmp_path: Path) -> None:
    # All at once, which is fast. Where mutations meddle with each other, each has to hold alone.
    if fresh(group, tmp_path / "all") == expected(group):
        return

    for number, mutation in enumerate(group):
        assert fresh([mutation], tmp_path / str(number)) == expected([mutation]), mutation.rule


def test_every_rule_has_a_mutation() -> None:
    rules = {each.name for each in shapes.read(ROOT).constraints() if each.is_asked}
    broken = {each.rule for each in mutations()}

    assert rules == broken
