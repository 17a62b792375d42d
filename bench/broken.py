"""Records of the workload of which one in twenty is broken, in twenty-seven ways, each in itself alone."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.workload import Workload

SHARE = 20  # one record in so many is broken
_Record = dict[str, object]
_Break = Callable[[_Record], str]


def _set(**cells: object) -> _Break:
    return lambda record: json.dumps({**record, **cells}, ensure_ascii=False)


# What breaks a record, by its table: no other record is the worse for it but for what points to it.
_EVENT: tuple[_Break, ...] = (
    _set(start="bald"),
    _set(start="1999-01-01T10:00:00"),
    _set(start=None),
    _set(end="1999-01-01T10:00:00"),
    _set(end="2026-13-01T10:00:00"),
    _set(title=None),
    _set(title="x" * 201),
    _set(title="y"),
    _set(title="Fest\u0007"),
    _set(title={"de": "Fest"}),
    _set(description=None),
    _set(id=None),
    _set(organiser="O9999999"),
    _set(url="www.stadt-beispiel.de"),
    _set(url="http://www.stadt-beispiel.de/"),
    _set(topics=[]),
    _set(topics=["a", "b", "c", "d"]),
    _set(speakers=["S1", "S2", "S3", "S4"]),
    lambda record: json.dumps(record)[:-1],
    lambda record: json.dumps([record]),
)
_PROJECT: tuple[_Break, ...] = (
    _set(funding="viel"),
    _set(funding="-5.00"),
    _set(funding=None),
    _set(end="1999-01-01"),
    _set(start=None),
    _set(name_de=None),
    _set(partners=["O9999999"]),
)
_KINDS: Mapping[str, tuple[_Break, ...]] = {"events.jsonl": _EVENT, "projects.jsonl": _PROJECT}


def make(workload: Workload, folder: Path) -> dict[str, list[int]]:
    """Write the records to a folder; return the lines that are broken, by file.

    An event that another is a part of is left as it is: the whole would suffer.
    """
    broken: dict[str, list[int]] = {}
    for path in sorted(workload.folder.glob("*.jsonl")):
        kinds, parts = _KINDS.get(path.name, ()), _parts(path)
        broken[path.name] = []
        due = 0
        with path.open(encoding="utf-8") as source, (folder / path.name).open("w", encoding="utf-8") as written:
            for number, line in enumerate(source, start=1):
                due += not number % SHARE
                record = json.loads(line)
                if not kinds or not due or record["id"] in parts:
                    written.write(line)
                    continue
                due -= 1
                kind = kinds[len(broken[path.name]) % len(kinds)]
                written.write(kind(record) + "\n")
                broken[path.name].append(number)
    return broken


def _parts(path: Path) -> set[str]:
    with path.open(encoding="utf-8") as file:
        return {part for line in file for part in json.loads(line).get("sub_events", ())}
