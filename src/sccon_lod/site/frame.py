"""What surrounds every page: what it belongs to, its languages, and where its links lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sccon_lod.site.addresses import relative, suffixed
from sccon_lod.site.words import WORDS

_TONGUES = {"de": "Deutsch", "en": "English"}


class Link(NamedTuple):
    """A text that leads somewhere."""

    text: str
    href: str


class Tongue(NamedTuple):
    """A language that a page exists in: its name, the page relative to this one, and its stable address."""

    language: str
    name: str
    href: str
    canonical: str


@dataclass(frozen=True)
class About:
    """The publication that pages belong to, as the foot of each says it, in one language.

    `address` is the stable address of the folder of all pages; `license` is an address, and so is `sparql`, which is
    empty where there is no endpoint.
    """

    title: str
    description: str
    publisher: str
    license: str
    license_name: str
    rights: str
    address: str
    sparql: str


@dataclass(frozen=True)
class Frame:
    """What surrounds the pages of a publication; `about` is by language, the first one is that of the first pages.

    `footer` are the names of words and the paths that the foot of each page leads to.
    """

    about: Mapping[str, About]
    languages: tuple[str, ...]
    footer: Sequence[tuple[str, str]]

    def around(self, stem: str, language: str) -> dict[str, object]:
        """Return what a template needs for a page whose path without language and suffix is `stem`."""
        here = suffixed(stem, language, self.languages[0])
        about = self.about[language]
        return {
            "language": language,
            "canonical": f"{about.address}/{relative(here, '')}",
            "languages": list(self._tongues(stem, here, about)),
            "top": "../" * here.count("/"),
            "home": relative(suffixed("index", language, self.languages[0]), here),
            "footer": [
                Link(WORDS[word].in_language(language), relative(self._own(path, language), here))
                for word, path in self.footer
            ],
        }

    def _own(self, path: str, language: str) -> str:
        """Return the path of a page in a language; of what is no page, the path as it is."""
        return path if "." in path.rpartition("/")[2] else suffixed(path, language, self.languages[0])

    def _tongues(self, stem: str, here: str, about: About) -> Iterator[Tongue]:
        for each in self.languages:
            path = suffixed(stem, each, self.languages[0])
            yield Tongue(each, _TONGUES.get(each, each), relative(path, here), f"{about.address}/{relative(path, '')}")

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """The words of pages by language."""
        return {each: {name: text.in_language(each) for name, text in WORDS.items()} for each in self.languages}
