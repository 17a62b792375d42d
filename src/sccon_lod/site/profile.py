"""The page of the rules: class by class, what is said and how it is checked."""

from collections.abc import Iterator, Mapping

from sccon_lod.forms import Field, Form
from sccon_lod.names import Names
from sccon_lod.site.finding import fold
from sccon_lod.site.frame import Link
from sccon_lod.site.resource import Site
from sccon_lod.site.words import WORDS


def shown(site: Site, prefixes: Mapping[str, str], language: str) -> dict[str, object]:
    """Return what the page shows: the classes that data have and shapes describe."""
    names = Names(prefixes, ())
    used = {each for kinds in site.contents.classes.values() for each in kinds}
    forms = [form for name, form in site.forms.forms.items() if name in used and form.title.de and form.fields]
    return {
        "title": WORDS["profile"].in_language(language),
        "forms": sorted((_form(form, names, language) for form in forms), key=lambda each: fold(str(each["title"]))),
    }


def _form(form: Form, names: Names, language: str) -> dict[str, object]:
    short = names.short(form.target)
    return {
        "title": form.title.in_language(language),
        "anchor": short.rpartition(":")[2].rpartition("/")[2],
        "short": short,
        "fields": [_field(field, names, language) for field in form.fields],
    }


def _field(field: Field, names: Names, language: str) -> dict[str, object]:
    return {
        "title": field.title.in_language(language),
        "short": names.short(field.predicate),
        "key": field.key,
        "hint": field.hint.in_language(language),
        "example": field.example,
        "message": field.message.in_language(language),
        "number": _number(field, language),
        "kinds": [Link(names.short(each), "") for each in field.kinds],
    }


def _number(field: Field, language: str) -> str:
    return " ".join(_bounds(field, language))


def _bounds(field: Field, language: str) -> Iterator[str]:
    if field.least == field.most:
        yield f"{WORDS['exactly'].in_language(language)} {field.least}"
    elif field.least or field.most is not None:
        if field.least:
            yield f"{WORDS['at-least'].in_language(language)} {field.least}"
        if field.most is not None:
            yield f"{WORDS['at-most'].in_language(language)} {field.most}"
    else:
        yield WORDS["any-number"].in_language(language)
