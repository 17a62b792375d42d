"""Regular expressions of XPath in the words of the engine, whose own are those of RE2."""

import re
from collections.abc import Callable, Iterator

# XPath and XQuery Functions 3.1, section 5.6.2 (`s`, `m`, `i`, `x`, `q`).
_FLAGS = frozenset("smixq")
# XML Schema Part 2, appendix F.1.1: what the escapes of several characters stand for, outside of brackets and inside.
_BLANK = " \\t\\n\\r"
_START = "\\p{L}_:"
_NAME = "\\p{L}\\p{Nd}\\p{M}._:\\x{B7}-"
_CLASSES = {"d": "\\p{Nd}", "s": _BLANK, "i": _START, "c": _NAME}
_NO_WORD = "\\p{P}\\p{Z}\\p{C}"
_SINGLE = frozenset("nrt\\|.?*+(){}$-[]^")
_CATEGORY = re.compile(r"\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)\}")
_QUANTITY = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_MOST = 1000  # repetitions that the engine allows


class UnsupportedError(Exception):
    """A regular expression that the engine cannot say."""


def translated(pattern: str, flags: str = "") -> str:
    r"""Return a regular expression for RE2 that matches what `pattern` matches as SPARQL's REGEX reads it.

    Raises UnsupportedError: for references back, for one class less another, for blocks of characters, and for
    what is no regular expression.

    >>> translated(r"^\d+$")
    '^\\p{Nd}+$'
    >>> translated("a.c", "i")
    '(?i)a[^\\n\\r]c'
    """
    if not set(flags) <= _FLAGS:
        raise UnsupportedError(flags)
    if "q" in flags:
        written = re.sub(r"([\\|.?*+(){}$\[\]^])", r"\\\1", pattern)
    else:
        written = "".join(_Parser(pattern, is_dotall="s" in flags, is_spaced="x" in flags).parts())
    kept = "".join(sorted(set(flags) & set("mi")))
    return f"(?{kept}){written}" if kept else written


class _Parser:
    """Reads a regular expression from left to right."""

    def __init__(self, pattern: str, is_dotall: bool, is_spaced: bool) -> None:
        self._rest = (
            re.sub(r"(\[(?:\\.|[^\\\]])*\])|[ \t\n\r]", lambda found: found[1] or "", pattern) if is_spaced else pattern
        )
        self._any = "(?s:.)" if is_dotall else "[^\\n\\r]"
        self._open = 0

    def parts(self) -> Iterator[str]:
        may_repeat = False
        while self._rest:
            sign = self._take()
            if sign in "?*+" or (sign == "{" and self._quantity):
                if not may_repeat:
                    raise UnsupportedError(sign)
                yield self._repeated(sign)
                may_repeat = False
                continue
            if sign in "{}]":
                raise UnsupportedError(sign)
            yield self._one(sign)
            may_repeat = sign not in "(|^"
        if self._open:
            raise UnsupportedError("(")

    def _take(self) -> str:
        sign, self._rest = self._rest[:1], self._rest[1:]
        return sign

    @property
    def _quantity(self) -> re.Match[str] | None:
        return _QUANTITY.match("{" + self._rest)

    def _repeated(self, sign: str) -> str:
        if sign == "{":
            found = self._quantity
            assert found, "it was looked for"
            least, most = int(found[1]), int(found[3] or found[1])
            if most < least or most > _MOST:
                raise UnsupportedError(found[0])
            sign, self._rest = found[0], self._rest[found.end() - 1 :]
        if self._rest.startswith("?"):
            sign += self._take()
        return sign

    def _one(self, sign: str) -> str:
        if sign == ".":
            return self._any
        if sign == "[":
            return self._bracket()
        if sign == "\\":
            return self._escape(lambda inner, is_negated: f"[{'^' if is_negated else ''}{inner}]")
        if sign == "(":
            self._open += 1
            if self._rest.startswith("?"):
                if not self._rest.startswith("?:"):
                    raise UnsupportedError("(?")
                self._rest = self._rest[2:]
                return "(?:"
        if sign == ")":
            self._open -= 1
            if self._open < 0:
                raise UnsupportedError(sign)
        return sign

    def _escape(self, several: Callable[[str, bool], str]) -> str:
        """Return what an escape stands for; `several` writes a set of characters, or all others."""
        sign = self._take()
        if sign and sign in _SINGLE:
            return f"\\{sign}"
        if sign in ("w", "W"):
            return several(_NO_WORD, sign == "w")
        if sign.lower() in _CLASSES:
            inner = _CLASSES[sign.lower()]
            return inner if inner == "\\p{Nd}" and sign == "d" else several(inner, sign.isupper())
        found = _CATEGORY.match(self._rest)
        if sign in ("p", "P") and found and found[1] != "Cn":
            self._rest = self._rest[found.end() :]
            return f"\\{sign}{found[0]}"
        raise UnsupportedError(f"\\{sign}")

    def _bracket(self) -> str:
        """Return a class in square brackets (appendix F.1.2); one class less another cannot be said."""
        negated = "^" if self._rest.startswith("^") else ""
        self._rest = self._rest[len(negated) :]
        members: list[str] = []
        while not self._rest.startswith("]"):
            sign = self._take()
            if sign in ("", "[") or (sign == "-" and self._rest.startswith("[")):
                raise UnsupportedError("[")
            if sign == "\\":
                members.append(self._escape(_inside))
            elif sign == "-" and members and not self._rest.startswith("]"):
                members.append("-")
            else:
                members.append(f"\\{sign}" if sign in "^&-" else sign)
        self._take()
        if not members:
            raise UnsupportedError("[]")
        return f"[{negated}{''.join(members)}]"


def _inside(inner: str, is_negated: bool) -> str:
    if is_negated:  # a set of all others, as a part of a set
        raise UnsupportedError("[^]")
    return inner
