"""Which queries may run at all, decided before one does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sccon_lod.errors import Origin, QueryError
from sccon_lod.language import Text
from sccon_lod.sparql.scanning import Token, decoded, position, tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
TABLES = FORMS[:2]  # the others give statements
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_OPENING, _CLOSING = "{([", "})]"
NAME = "query"


@dataclass(frozen=True)
class Bounds:
    """How many characters a query may have, and how many brackets may stand within each other."""

    length: int = 50_000
    nesting: int = 60


@dataclass(frozen=True)
class Query:
    """A query that may run, and its form, one of FORMS."""

    text: str
    form: str


def admit(text: str, bounds: Bounds, name: str = NAME) -> Query:
    """Return a query that only reads, and only what is here.

    Raises QueryError that tells where in the text called `name` something else stands.
    """
    if len(text) > bounds.length:
        raise QueryError(Origin(name), _too_long(len(text), bounds.length))
    words = list(tokens(text))
    _check_nesting(text, words, bounds, name)
    # Parsers differ in where they take numbers for characters, so that neither reading may hold anything forbidden.
    for reading in dict.fromkeys((text, decoded(text))):
        _check_words(reading, words if reading == text else list(tokens(reading)), name)
    first = _first(words)
    if first is None or first.text.upper() not in FORMS:
        raise QueryError(place(name, text, first.place if first else len(text)), _NO_FORM)
    return Query(text, first.text.upper())


def place(name: str, text: str, at: int) -> Origin:
    """Return a place in the text of a query."""
    line, column = position(text, at)
    return Origin(f"{name}:{line}:{column}")


def _check_nesting(text: str, words: Sequence[Token], bounds: Bounds, name: str) -> None:
    depth = 0
    for word in words:
        if word.kind == "sign":
            depth += (word.text in _OPENING) - (word.text in _CLOSING)
        if depth > bounds.nesting:
            raise QueryError(place(name, text, word.place), _too_deep(bounds.nesting))


def _check_words(text: str, words: Sequence[Token], name: str) -> None:
    first = _first(words)
    if first and first.text.upper() in _UPDATES:
        raise QueryError(place(name, text, first.place), _READS_ONLY)
    for word in words:
        for keyword, refusal in _REFUSED.items():
            if any(keyword in each for each in _keywords(word)):
                raise QueryError(place(name, text, word.place), refusal)


def _keywords(word: Token) -> Iterator[str]:
    """Yield what a parser may take for keywords: those that do without blanks find one within a longer word."""
    if word.kind == "word":
        yield word.text.upper()
    elif word.kind == "name":
        prefix = word.text.partition(":")[0].upper()
        yield from (keyword for keyword in _REFUSED if prefix.endswith(keyword))


def _first(words: Sequence[Token]) -> Token | None:
    """Return the first word behind the declarations of prefixes and the base."""
    index = 0
    while index < len(words):
        keyword = words[index].text.upper()
        if keyword == "BASE":
            index += 2
        elif keyword == "PREFIX":
            index += 3
        else:
            return words[index]
    return None


_REFUSED = {
    "SERVICE": Text(
        "SERVICE ist hier nicht erlaubt: Abfragen lesen nur, was hier veröffentlicht ist. Bitte diesen Teil weglassen "
        "und die andere Stelle selbst fragen.",
        "SERVICE is not allowed here: queries read only what is published here. Please leave this part out and ask the "
        "other endpoint yourself.",
    ),
    "FROM": Text(
        "FROM ist hier nicht erlaubt: es gibt nur einen Graphen, den alle Abfragen lesen. Bitte diesen Teil weglassen.",
        "FROM is not allowed here: there is one graph only, which all queries read. Please leave this part out.",
    ),
}
_READS_ONLY = Text(
    "Hier wird nur gelesen; möglich sind SELECT, ASK, CONSTRUCT und DESCRIBE.",
    "Here one can only read; possible are SELECT, ASK, CONSTRUCT and DESCRIBE.",
)
_NO_FORM = Text(
    "Das ist keine Abfrage; sie beginnt nach den Präfixen mit SELECT, ASK, CONSTRUCT oder DESCRIBE.",
    "This is no query; behind the prefixes it begins with SELECT, ASK, CONSTRUCT or DESCRIBE.",
)


def _too_long(length: int, most: int) -> Text:
    return Text(
        f"Die Abfrage hat {length} Zeichen, möglich sind {most}; bitte kürzen oder die Dateien herunterladen.",
        f"The query has {length} characters, possible are {most}; please shorten it or download the files.",
    )


def _too_deep(most: int) -> Text:
    return Text(
        f"Hier stehen mehr als {most} Klammern ineinander; bitte die Abfrage einfacher schreiben.",
        f"More than {most} brackets stand within each other here; please write the query in a simpler way.",
    )
