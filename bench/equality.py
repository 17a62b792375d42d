"""Whether an output says what the reference says: a digest of its statements, sorted and once each, on disk."""

import gzip
import hashlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from bench import environments

CHUNK = 1 << 24
CANONICAL = Path(__file__).parent / "canonical.py"


@dataclass(frozen=True)
class Digest:
    """How many statements there are, and the SHA-256 of their sorted lines, formed as `check.py` forms it."""

    statements: int
    sha256: str


def of_lines(command: Sequence[str | Path], scratch: Path) -> Digest:
    """Return the digest of the N-Triples that a command writes to standard output."""
    sort = ["sort", "-u", "-S", "1G", "-T", str(scratch)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as written:
        bytewise = {**os.environ, "LC_ALL": "C"}
        with subprocess.Popen(sort, stdin=written.stdout, stdout=subprocess.PIPE, env=bytewise) as lines:
            assert lines.stdout
            digest = _digest(lines.stdout)
    if written.returncode or lines.returncode:
        return Digest(0, "not to be read")
    return digest


@dataclass(frozen=True)
class Judge:
    """Compares outputs with the digest of the reference; bytes that it has seen it does not read as RDF again."""

    reference: Digest
    scratch: Path
    seen: dict[str, Digest] = field(default_factory=dict)

    def bytewise(self, path: Path) -> str:
        """Return what speaks against N-Triples whose sorted lines are the very bytes of the reference, each once."""
        lines = sum(chunk.count(b"\n") for chunk in _chunks(path))
        if lines != self.reference.statements:
            return f"{lines} lines"
        return self._against(path, ["cat", path])

    def parsed(self, path: Path) -> str:
        """Return what speaks against an output that, read as RDF, states what the reference states."""
        return self._against(path, [environments.tools(), CANONICAL, path])

    def packed(self, path: Path) -> str:
        """Return what speaks against a gzip file that holds the file beside it and neither its name nor a time."""
        with path.open("rb") as file:
            header = file.read(10)
        if header[3:8] != bytes(5):
            return f"{path.name} has a name or a time in its header"
        with gzip.open(path) as file, path.with_suffix("").open("rb") as plain:
            same = all(chunk == plain.read(len(chunk)) for chunk in iter(lambda: file.read(CHUNK), b""))
            return "" if same and not plain.read(1) else f"{path.name} holds something else"

    def _against(self, path: Path, command: Sequence[str | Path]) -> str:
        with path.open("rb") as file:
            key = path.suffix + hashlib.file_digest(file, "sha256").hexdigest()
        if key not in self.seen:
            self.seen[key] = of_lines(command, self.scratch)
        digest = self.seen[key]
        return "" if digest == self.reference else f"{digest.statements} statements, {digest.sha256[:16]}"


def _digest(lines: IO[bytes]) -> Digest:
    sha256, statements, end = hashlib.sha256(), 0, b""
    while chunk := lines.read(CHUNK) + lines.readline():
        statements += chunk.count(b"\n")
        chunk = chunk.replace(b" .\n", b"\n")
        sha256.update(end + chunk[:-1])
        end = chunk[-1:]
    return Digest(statements, sha256.hexdigest())


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            yield chunk
