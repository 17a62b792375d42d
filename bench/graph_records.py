"""The graph of the SHACL bench as records, so that it can be mapped: one for each subject, with a mapping."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
BASE = "https://data.example.org/id/"
FN = "https://w3id.org/sccon-lod/function#"
Record = dict[str, list[str]]


class Column(NamedTuple):
    """What a column says: in which node of a record, with which predicate, as which kind of value.

    The kind is `iri`, a datatype, a language, or `node` for a node within a node.
    """

    within: str
    predicate: str
    kind: str


class Records:
    """A graph as records: one for each subject, with a column for each predicate and kind of value."""

    def __init__(self, path: Path) -> None:
        self._about: dict[str, list[pyoxigraph.Quad]] = defaultdict(list)
        for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE):
            self._about[str(quad.subject)].append(quad)
        self.columns: dict[str, dict[Column, str]] = defaultdict(dict)  # of each table, with their names
        self.tables: dict[str, list[Record]] = defaultdict(list)
        self._first: dict[tuple[str, str], str] = {}  # the first class of each kind of node
        for subject in self._about:
            if subject.startswith(f"<{BASE}"):
                table, identifier = subject.strip("<>").removeprefix(BASE).split("/")
                record: Record = defaultdict(list, {"id": [identifier]})
                self._fill(table, record, subject, "")
                self.tables[table].append(record)

    def _fill(self, table: str, record: Record, subject: str, within: str) -> None:
        for quad in self._about[subject]:
            value, predicate = quad.object, quad.predicate.value
            if isinstance(value, pyoxigraph.BlankNode):
                record[self._name(table, Column(within, predicate, "node"))].append("there")
                self._fill(table, record, str(value), predicate.rpartition("/")[2])
            elif isinstance(value, pyoxigraph.Literal):
                kind = value.language or value.datatype.value
                record[self._name(table, Column(within, predicate, kind))].append(value.value)
            else:
                assert isinstance(value, pyoxigraph.NamedNode)
                record[self._name(table, Column(within, predicate, "iri"))].append(value.value)
                if predicate == TYPE:
                    self._first.setdefault((table, within), value.value)

    def _name(self, table: str, column: Column) -> str:
        return self.columns[table].setdefault(column, f"c{len(self.columns[table])}")

    def mapping(self) -> str:
        """Return a mapping that says what the graph said; nodes without a name get one."""
        lines = ["mappings:"]
        for table, columns in self.columns.items():
            for within in dict.fromkeys(each.within for each in columns):
                lines += [
                    f"  {table}{within}:",
                    f"    sources: [['{table}.jsonl~jsonpath']]",
                    f'    s: "{self._node(table, within)}"',
                    f"    condition: {self._given(columns, within)}" if within else "",
                    "    po:",
                ]
                lines += [
                    f"      - {self._rule(table, column, name)}"
                    for column, name in columns.items()
                    if column.within == within
                ]
                # A class of all of them: what is certain of a row lets it be written by row.
                lines.append(f"      - [a, {self._first[table, within]}]")
        return "\n".join(filter(None, lines)) + "\n"

    def _node(self, table: str, within: str) -> str:
        return f"{BASE}{table}/$(id)" + (f"#{within}" if within else "")

    def _given(self, columns: Mapping[Column, str], within: str) -> str:
        (name,) = (
            name for each, name in columns.items() if each.predicate.endswith(f"/{within}") and each.kind == "node"
        )
        return f"{{function: '{FN}given', parameters: [['{FN}text', $({name})]]}}"

    def _rule(self, table: str, column: Column, name: str) -> str:
        if column.kind == "node":
            value = f'"{self._node(table, column.predicate.rpartition("/")[2])}", type: iri'
            condition = self._given({column: name}, column.predicate.rpartition("/")[2])
            return f"{{p: '{column.predicate}', o: {{value: {value}}}, condition: {condition}}}"
        how = "type: iri" if column.kind == "iri" else f"datatype: '{column.kind}'"
        how = how if "/" in column.kind or column.kind == "iri" else f"language: {column.kind}"
        return f"{{p: '{column.predicate}', o: {{value: $({name}), {how}}}}}"
