"""The files of the editor, where the package is installed that ships it: Ace, from django-ace."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "django_ace"
_FOLDER = "static/django_ace/ace"
# Ace draws its signs with pictures that its style sheet names.
_FILES = ("ace.js", "ext-language_tools.js", "css/ace.css")
_PICTURES = ("css/main-*.png", "css/main-*.svg")


def files() -> Mapping[str, Path]:
    """Return the files of the editor by their names; none where it is not installed.

    The package is looked up and not imported: it wants Django for that.
    """
    found = find_spec(_PACKAGE)
    if found is None or not found.submodule_search_locations:
        return {}
    folder = Path(found.submodule_search_locations[0]) / _FOLDER
    if not all((folder / each).is_file() for each in _FILES):
        return {}
    pictures = sorted(path for each in _PICTURES for path in folder.glob(each))
    return {path.relative_to(folder).as_posix(): path for path in (*(folder / each for each in _FILES), *pictures)}
