"""Which IRIs may be published."""

import re

# RFC 3987 section 2.2. The ranges of `ucschar` stand here as letters, because Python and the engine read this.
_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(0x1, 0xE))
_UNRESERVED = f"A-Za-z0-9._~\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd-"
_ESCAPE = "%[0-9A-Fa-f][0-9A-Fa-f]"
_DELIMITERS = "!$&'()*+,;="
_HOST = f"(?:[{_DELIMITERS}{_UNRESERVED}]|{_ESCAPE})"
_SEGMENT = f"(?:[:@{_DELIMITERS}{_UNRESERVED}]|{_ESCAPE})"
_PATH = f"(?:[/:@{_DELIMITERS}{_UNRESERVED}]|{_ESCAPE})"
_TAIL = f"(?:[?/:@{_DELIMITERS}{_UNRESERVED}]|{_ESCAPE})"
_AFTER = f"(?:[?]{_TAIL}*)?(?:#{_TAIL}*)?"

# Schemes that a reader of the data can follow, or trust to be a name; `javascript:` and `data:` are not.
ABSOLUTE = (
    f"(?:(?:https?|ftp)://{_HOST}+(?::[0-9]*)?(?:/{_PATH}*)?|(?:mailto|tel|urn|geo|info):{_SEGMENT}{_PATH}*){_AFTER}"
)
_ABSOLUTE = re.compile(ABSOLUTE)


def is_absolute(text: str) -> bool:
    """Tell whether the text is an absolute IRI with a scheme that may be published.

    >>> is_absolute("https://www.bmwsb.bund.de/"), is_absolute("javascript:alert(1)"), is_absolute("a b")
    (True, False, False)
    """
    return _ABSOLUTE.fullmatch(text) is not None
