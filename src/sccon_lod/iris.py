"""Which IRIs may be published."""

import re

# RFC 3987 section 2.2: `iunreserved`. White space of other scripts is left out, which parsers of RDF trip over. The
# ranges stand here as letters, because Python and the engine read this.
_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(0x1, 0xE))
_SCRIPTS = "\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ud7ff"
UNRESERVED = f"A-Za-z0-9._~{_SCRIPTS}\uf900-\ufdcf\ufdf0-\uffef{_PLANES}\U000e1000-\U000efffd-"
_ESCAPE = "%[0-9A-Fa-f][0-9A-Fa-f]"
_DELIMITERS = "!$&'()*+,;="
_HOST = f"(?:[{_DELIMITERS}{UNRESERVED}]|{_ESCAPE})"
_SEGMENT = f"(?:[:@{_DELIMITERS}{UNRESERVED}]|{_ESCAPE})"
_PATH = f"(?:[/:@{_DELIMITERS}{UNRESERVED}]|{_ESCAPE})"
_TAIL = f"(?:[?/:@{_DELIMITERS}{UNRESERVED}]|{_ESCAPE})"
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
