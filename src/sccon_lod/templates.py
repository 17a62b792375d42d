"""Templates as mappings write them, and what may stand in IRIs and languages."""

import re
from collections.abc import Iterable, Mapping

from sccon_lod.language import Text
from sccon_lod.mapping import Reference, Template

# The schemes of IRIs that a mapping may write out in full.
SCHEMES = ("http", "https", "urn", "mailto", "tel", "geo", "info", "ftp")
NOT_IN_IRI = re.compile(r'[\x00-\x20\x7f<>"{}|^`\\]')

_DOLLARS = re.compile(r"\\([\\$()])|\$\(((?:\\.|[^)\\])+)\)|(\$\()|([^\\$]+|.)", re.DOTALL)
_BRACES = re.compile(r"\\([\\{}])|\{((?:\\.|[^{}\\])+)\}|([{}])|([^\\{}]+|.)", re.DOTALL)


class TemplateProblem(ValueError):
    """A template that cannot be read; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def dollars(text: str, external: Mapping[str, str]) -> Template:
    r"""Return a template of YARRRML, which names cells as `$(column)` and external values as `$(_name)`.

    >>> dollars(r"$(_city) \$(x) $(last name)", {"city": "Berlin"})
    ('Berlin $(x) ', Reference(column='last name'))
    """
    parts: list[str | Reference] = []
    for escaped, column, unclosed, plain in _DOLLARS.findall(text):
        if unclosed:
            raise TemplateProblem(
                Text(
                    "Auf „$(“ folgen der Name einer Spalte und „)“; für den Text „$(“ schreibt man „\\$(“.",
                    "“$(” is followed by the name of a column and “)”; for the text “$(” write “\\$(”.",
                )
            )
        if column.startswith("_"):
            parts.append(_external(column[1:], external))
        else:
            parts.append(Reference(_unescaped(column)) if column else escaped or plain)
    return joined(parts)


def _external(name: str, external: Mapping[str, str]) -> str:
    if name not in external:
        raise TemplateProblem(
            Text(
                f"Der externe Wert „{name}“ ist nicht angegeben; er steht unter „external:“ in dieser Datei oder unter "
                f"[external] in sccon.toml. Eine Spalte dieses Namens schreibt man $(\\_{name}).",
                f"The external value “{name}” is not given; it stands below “external:” in this file or below "
                f"[external] in sccon.toml. A column of this name is written $(\\_{name}).",
            )
        )
    return external[name]


def braces(text: str) -> Template:
    r"""Return a template of RML, which names cells as `{reference}` (RML-Core, template-valued expression maps).

    >>> braces(r"\{{code}\}")
    ('{', Reference(column='code'), '}')
    """
    parts: list[str | Reference] = []
    for escaped, reference, stray, plain in _BRACES.findall(text):
        if stray:
            raise TemplateProblem(
                Text(
                    "In geschweiften Klammern steht eine Referenz; für den Text „{“ schreibt man „\\\\{“.",
                    "A reference stands in braces; for the text “{” write “\\\\{”.",
                )
            )
        parts.append(Reference(_unescaped(reference)) if reference else escaped or plain)
    return joined(parts)


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name, flags=re.DOTALL)


def joined(parts: Iterable[str | Reference]) -> Template:
    """Return the parts with neighbouring texts as one, without empty ones."""
    template: list[str | Reference] = []
    for part in parts:
        if isinstance(part, str) and template and isinstance(template[-1], str):
            template[-1] += part
        elif part != "":
            template.append(part)
    return tuple(template)


def constant(template: Template) -> str | None:
    """Return the text of a template without references, None of another."""
    if not template:
        return ""
    return template[0] if len(template) == 1 and isinstance(template[0], str) else None
