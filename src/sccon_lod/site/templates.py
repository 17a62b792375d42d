"""The templates of pages: those of a publication, and for all that it does not have, those of the program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2

from sccon_lod import starters
from sccon_lod.errors import Origin, PageError
from sccon_lod.language import Text

FOLDER = "pages"
STATIC = (".css", ".js", ".svg")


@dataclass(frozen=True)
class Templates:
    """The templates in the folder `pages/` of a publication."""

    root: Path

    @cached_property
    def _environment(self) -> jinja2.Environment:
        folders = [self.root / FOLDER, starters.folder(FOLDER)]
        return jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def fill(self, name: str, parts: Mapping[str, object]) -> str:
        """Return a template with what it shows. Raises PageError with the line at fault."""
        try:
            return self._environment.get_template(name).render(parts)
        except jinja2.TemplateSyntaxError as error:
            raise PageError(Origin(f"{FOLDER}/{error.name or name}", error.lineno), _wrong(error)) from error
        except (jinja2.TemplateError, TypeError, ValueError) as error:
            raise PageError(Origin(f"{FOLDER}/{name}", _line(error, name)), _wrong(error)) from error

    def static(self) -> Mapping[str, bytes]:
        """Return the style sheets, scripts and pictures by name."""
        found: dict[str, bytes] = {}
        for folder in (starters.folder(FOLDER), self.root / FOLDER):
            for path in sorted(folder.glob("*")) if folder.is_dir() else ():
                if path.suffix in STATIC:
                    found[path.name] = path.read_bytes()
        return dict(sorted(found.items()))


def _line(error: BaseException, name: str) -> int:
    """Return the line of a template at which something went wrong; 0 where it is not known."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(name):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _wrong(error: BaseException) -> Text:
    return Text(
        f"Diese Vorlage kann nicht gefüllt werden: {error}. Eine richtige liegt dem Programm bei; ohne die eigene gilt "
        "diese.",
        f"This template cannot be filled: {error}. A right one comes with the program; it holds where there is none.",
    )
