"""Files in TOML that a steward writes."""

import re
import tomllib
from pathlib import Path

from sccon_lod.errors import Origin, ProjectError
from sccon_lod.language import Text


def read(path: Path) -> tuple[str, dict[str, object]]:
    """Return the text of a file and what it says. Raises ProjectError with the line, FileNotFoundError without it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        raise
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ProjectError(
            Origin(path.name, int(found[1]) if found else 0),
            Text(f"Das ist kein gültiges TOML: {error}", f"This is not valid TOML: {error}"),
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(
            Origin(path.name),
            Text(f"Die Datei ist nicht lesbar ({error}).", f"The file cannot be read ({error})."),
        ) from error


def entries(path: Path, table: str) -> list[tuple[int, dict[str, object]]] | None:
    """Return the tables `[[table]]` of a file, each with its line; None where something else stands in it, as well.

    Raises as `read` does.
    """
    text, document = read(path)
    found = document.pop(table, [])
    heading = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if heading.match(line)]
    if document or not isinstance(found, list) or len(lines) != len(found):
        return None
    return list(zip(lines, found, strict=True))
