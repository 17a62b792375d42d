"""What a cell holds of a JSON value: its text, or the texts of a list."""

from collections.abc import Iterator, Sequence

from sccon_lod import spots
from sccon_lod.language import Text
from sccon_lod.readers.notation import listed
from sccon_lod.rows import Cell
from sccon_lod.spots import Value

_STRUCTURE = "cell-structure"
NUMBER = "cell-number"


class Unfit(ValueError):
    """A value that is no cell: an object, or a number that JSON does not know."""

    def __init__(self, rule: str, keys: Sequence[str] = (), step: str = "") -> None:
        super().__init__(rule)
        self.rule = rule
        self._keys = tuple(keys)
        self._step = step

    def text(self, column: str) -> Text:
        """Return the sentence for the cell of a column."""
        if self.rule == NUMBER:
            return Text(
                "NaN und Infinity sind in JSON keine Zahlen; richtig ist zum Beispiel 12.5, oder null, wenn nichts "
                "bekannt ist.",
                "NaN and Infinity are no numbers in JSON; right is for example 12.5, or null where nothing is known.",
            )
        if not self._keys:
            return Text(
                "Hier steht ein leeres Objekt, kein Wert; richtig ist zum Beispiel null.",
                "There is an empty object here, no value; right is for example null.",
            )
        step = "" if column.endswith("[*]") else self._step
        example = ("" if column in ("@", "$") else column) + step + spots.name(self._keys[0])
        known = listed(self._keys)
        return Text(
            f"Hier steht ein Objekt, kein Wert; es hat: {known}. Im Pfad einen Schlüssel nennen, zum Beispiel "
            f"{example.removeprefix('.')}",
            f"There is an object here, no value; it has: {known}. Name a key in the path, for example "
            f"{example.removeprefix('.')}",
        )


def cell(value: Value) -> Cell:
    """Return the text of a value, or the texts of a list; raises Unfit for an object.

    >>> cell("a"), cell(True), cell(None), cell(["a", None, ["b"]])
    ('a', 'true', '', ('a', 'b'))
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        texts = tuple(_texts(value))
        return texts if len(texts) > 1 else "".join(texts)
    return _word(value, "")


def _texts(values: list[Value]) -> Iterator[str]:
    waiting = values[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif text := value if isinstance(value, str) else _word(value, "[*]"):
            yield text


def _word(value: bool | float | dict[str, Value] | None, step: str) -> str:
    if isinstance(value, dict):
        raise Unfit(_STRUCTURE, tuple(value), step)
    if isinstance(value, float):
        raise Unfit(NUMBER)
    return "" if value is None else str(value).lower()
