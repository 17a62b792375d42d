"""The store that queries read: made once from a dump on the disk, opened by each process in no time."""

import asyncio
import shutil
import sys
from pathlib import Path

from sccon_lod.errors import Origin, SpaceError
from sccon_lod.language import Text


async def make(dump: Path, folder: Path) -> None:
    """Make a store in a folder from a dump in N-Triples, in a process of its own. Raises SpaceError.

    The folder has its name only once the store is whole.
    """
    aside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.parent.mkdir(parents=True, exist_ok=True)
    command = (sys.executable, "-P", "-m", "sccon_lod.sparql.storing", str(dump), str(aside))
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        shutil.rmtree(aside, ignore_errors=True)
        raise SpaceError(Origin(str(folder)), _failed(said.decode(errors="replace").strip().rpartition("\n")[2]))
    aside.rename(folder)


def _failed(reason: str) -> Text:
    return Text(
        f"Hier kann kein Speicher für Abfragen entstehen ({reason}); bitte Platz schaffen, mit TMPDIR einen anderen "
        "Ordner nennen oder mit sccon-lod verify die Ausgabe prüfen.",
        f"A store for queries cannot be made here ({reason}); please make room, name another folder with TMPDIR, or "
        "check the release with sccon-lod verify.",
    )
