"""One query to a dump, in a process that can be stopped."""

import asyncio
import tempfile
from pathlib import Path

from sccon_lod.sparql import stores
from sccon_lod.sparql.admission import Query
from sccon_lod.sparql.answers import Form
from sccon_lod.sparql.pool import Pool
from sccon_lod.sparql.processes import Means


def ask(dump: Path, query: Query, form: Form, means: Means, name: str) -> bytes:
    """Return the answer of a dump in N-Triples to the query called `name`, in a form that it has.

    Raises QueryError, EffortError or SpaceError.
    """
    return asyncio.run(_ask(dump, query, form, means, name))


async def _ask(dump: Path, query: Query, form: Form, means: Means, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="sccon-lod-") as folder:
        store = Path(folder) / "store"
        await stores.make(dump, store)
        async with Pool(store, 1, means) as pool:
            answer = await pool.answer(query, form, name)
            with answer.file:
                return answer.file.read()
