"""A small graph as records: a row for each subject, a column for each predicate and kind of value, and a mapping."""

import json
from collections import defaultdict
from pathlib import Path

import pyoxigraph

Column = tuple[str, str]  # a predicate, and how its values are written in a mapping


def write(folder: Path, turtle: str) -> None:
    """Write the statements of a graph as records and a mapping that makes them again."""
    columns: dict[Column, str] = {}
    rows: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TURTLE):
        assert isinstance(quad.subject, pyoxigraph.NamedNode), "a record has a name"
        assert isinstance(quad.object, pyoxigraph.NamedNode | pyoxigraph.Literal), "a value can stand in a cell"
        column = columns.setdefault((quad.predicate.value, _kind(quad.object)), f"c{len(columns)}")
        rows[quad.subject.value][column].append(quad.object.value)
    lines = [json.dumps({"id": subject, **cells}) for subject, cells in rows.items()]
    (folder / "data.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    rules = [f"- {{p: '{predicate}', o: {{value: $({name}), {kind}}}}}" for (predicate, kind), name in columns.items()]
    beginning = "mappings:\n  data:\n    sources: [['data.jsonl~jsonpath']]\n    s: $(id)\n    po:"
    (folder / "mapping.yaml").write_text("\n      ".join([beginning, *rules]), encoding="utf-8")


def _kind(value: pyoxigraph.NamedNode | pyoxigraph.Literal) -> str:
    if isinstance(value, pyoxigraph.NamedNode):
        return "type: iri"
    return f"language: {value.language}" if value.language else f"datatype: '{value.datatype.value}'"
