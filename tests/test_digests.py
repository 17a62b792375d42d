"""The size and the SHA-256 of files."""

import hashlib
from pathlib import Path

from sccon_lod import digests


def test_each_file_has_its_size_and_digest(tmp_path: Path) -> None:
    contents = {tmp_path / "a": b"", tmp_path / "b": b"x" * 3_000_000}
    for path, content in contents.items():
        path.write_bytes(content)

    found = digests.of(contents)

    assert found == {path: (len(each), hashlib.sha256(each).hexdigest()) for path, each in contents.items()}
