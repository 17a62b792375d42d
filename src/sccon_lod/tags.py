"""Which texts are language tags."""

import re

_LANGUAGE = "[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}"
_SCRIPT, _REGION = "-[A-Za-z]{4}", "-(?:[A-Za-z]{2}|[0-9]{3})"
_VARIANT = "-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3})"
_EXTENSION, _PRIVATE = "-[0-9A-WYZa-wyz](?:-[A-Za-z0-9]{2,8})+", "-[Xx](?:-[A-Za-z0-9]{1,8})+"

# RFC 5646 section 2.1: `langtag`, but for primary languages of four letters and more, of which there are none.
# Python and the engine read this.
LANGUAGE = f"{_LANGUAGE}(?:{_SCRIPT})?(?:{_REGION})?(?:{_VARIANT})*(?:{_EXTENSION})*(?:{_PRIVATE})?"
_TAG = re.compile(LANGUAGE)


def is_tag(text: str) -> bool:
    """Tell whether the text is a well-formed language tag.

    >>> is_tag("de"), is_tag("zh-Hans-CN"), is_tag("german"), is_tag("de-")
    (True, True, False, False)
    """
    return _TAG.fullmatch(text) is not None
