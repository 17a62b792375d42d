"""The present time, or that of SOURCE_DATE_EPOCH (reproducible-builds.org): the only look at the clock."""

import datetime
import os

from sccon_lod.errors import Origin, ProjectError
from sccon_lod.language import Text

_VARIABLE = "SOURCE_DATE_EPOCH"


def is_set() -> bool:
    """Whether the environment says what time it is."""
    return bool(os.environ.get(_VARIABLE))


def now() -> datetime.datetime:
    """Return the time in UTC. Raises ProjectError where the environment says one that is none."""
    if not is_set():
        return datetime.datetime.now(datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(int(os.environ[_VARIABLE]), datetime.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ProjectError(Origin(_VARIABLE), _NO_TIME) from error


_NO_TIME = Text(
    "Das ist keine Zahl von Sekunden seit 1970; richtig ist zum Beispiel 1764201600.",
    "This is no number of seconds since 1970; right is for example 1764201600.",
)
