"""Sentences that exist in German and English."""

from typing import NamedTuple

LANGUAGES = ("de", "en")


class Text(NamedTuple):
    """One sentence in each language the program speaks.

    >>> Text("Der Beginn fehlt.", "The start is missing.").in_language("en")
    'The start is missing.'
    """

    de: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence in `language`; German where the program does not speak it."""
        return self.en if language == "en" else self.de
