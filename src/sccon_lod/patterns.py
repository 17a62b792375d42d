"""Which subjects of a mapping may be the same, judged by their templates alone."""

from functools import cache

from sccon_lod.functions import FUNCTIONS
from sccon_lod.mapping import Call, Reference, Term

# A cell in a template is percent-encoded: it never holds one of these (RFC 3986 section 2.2), nor the others
# that RML encodes.
_NEVER_IN_CELL = frozenset(":/?#[]@!$&'()*+,;=")


def may_meet(one: Term | Call, other: Term | Call) -> bool:
    """Tell whether two subject maps may give the same IRI; where it cannot be known, they may.

    >>> event = Term(("http://a/event/", Reference("id")))
    >>> may_meet(event, Term(("http://a/event/", Reference("id"), "#period")))
    False
    >>> may_meet(event, Term(("http://a/event/", Reference("parent"))))
    True
    """
    letters = _letters(one), _letters(other)
    return not all(letters) or _meet(*letters)


def head(subject: Term | Call) -> str:
    """Return the constant that all IRIs of a subject map begin with; empty where there is none.

    >>> head(Term(("http://a/event/", Reference("id"))))
    'http://a/event/'
    """
    letters = _letters(subject)
    return "".join(letters[: letters.index("")] if "" in letters else letters)


def _letters(subject: Term | Call) -> tuple[str, ...]:
    """Return the letters of a subject, a cell as the empty text; nothing where any IRI may come of it."""
    if isinstance(subject, Call):
        place = FUNCTIONS[subject.function].namespace
        space = subject.arguments[place] if place is not None else ()
        if isinstance(space, Call) or len(space) != 1 or not isinstance(space[0], str):
            return ()
        return (*space[0], "")
    if isinstance(subject.template[0], Reference):
        return ()
    return tuple(letter for part in subject.template for letter in (part if isinstance(part, str) else ("",)))


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    @cache
    def meet(left: int, right: int) -> bool:
        """Whether what follows may be the same; a cell stands for one or more letters."""
        if left == len(one) or right == len(other):
            return left == len(one) and right == len(other)
        if one[left] and other[right]:
            return one[left] == other[right] and meet(left + 1, right + 1)
        if not one[left] and not other[right]:
            return meet(left + 1, right + 1) or within(left, right + 1, 0) or within(right, left + 1, 1)
        return within(left, right, 0) if not one[left] else within(right, left, 1)

    @cache
    def within(cell: int, place: int, side: int) -> bool:
        """Whether a cell of one side may end at or after a place of the other."""
        letters = other if side == 0 else one
        while place < len(letters):
            if letters[place] in _NEVER_IN_CELL and letters[place]:
                return False
            place += 1
            if meet(cell + 1, place) if side == 0 else meet(place, cell + 1):
                return True
        return False

    # Recursion is as deep as a template is long.
    return meet(0, 0)
