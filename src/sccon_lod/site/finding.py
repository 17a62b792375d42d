"""The index that a page searches: small files of names, by the first two letters of their words."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
_LETTERS = 2

Entry = tuple[str, str, str]


def fold(text: str) -> str:
    """Return a text as it is compared: `search.js` does the same.

    >>> fold("Größe"), fold("Å")
    ('grosse', 'a')
    """
    return _MARKS.sub("", unicodedata.normalize("NFD", text.lower().replace("ß", "ss")))


def files(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the files of an index by name; each entry is a name, its kind and the path of its page.

    >>> dict(files([("Große Halle", "Ort", "id/place/x.html")])).keys()
    dict_keys(['67-72.json', '68-61.json'])
    """
    found: dict[str, dict[Entry, None]] = defaultdict(dict)
    for each in entries:
        for word in _WORD.findall(fold(each[0])):
            found[word[:_LETTERS]][each] = None
    for start, named in sorted(found.items()):
        name = "-".join(f"{ord(letter):x}" for letter in start)
        rows = ",\n".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in sorted(named))
        yield f"{name}.json", f"[\n{rows}\n]\n"
