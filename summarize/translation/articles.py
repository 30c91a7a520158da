"""The English indefinite article by the sound that follows it: a European, an hour, an 11-kilometre stage."""

from __future__ import annotations

import re
from functools import cache

from summarize.lexicon import load
from summarize.text import CAPITAL

__all__ = ["with_articles"]

_CAPITALISED = re.compile(rf"{CAPITAL}[\w'’-]* $")
_ARTICLE = re.compile(r"\b([Aa])(n?) (?=((?:[A-Za-zÀ-ÿ][a-zß-ÿ]+|\d[\d,.]*)))")


@cache
def _sounds(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What begins with a vowel, and what is written as if it did."""
    known = load("guard", language)["article"]
    return re.compile("|".join(known["an"]), re.IGNORECASE), re.compile("|".join(known["a"]), re.IGNORECASE)


def with_articles(source: str, output: str, language: str = "en") -> str:
    """The translation with "a" and "an" as what follows them is spoken.

    Inside a name (Vuelta a España), and where the original has the same, they stay.

    >>> with_articles("", "He had a hour and an European title after an 10th and a 11th place.")
    'He had an hour and a European title after a 10th and an 11th place.'
    """
    vowel, consonant = _sounds(language)

    def right(found: re.Match[str]) -> str:
        article, ending, word = found.groups()
        wanted = "n" if vowel.match(word) and not consonant.match(word) else ""
        of_name = word[0].isupper() and _CAPITALISED.search(output[: found.start()])
        return found[0] if wanted == ending or of_name or f"{found[0]}{word}" in source else f"{article}{wanted} "

    return _ARTICLE.sub(right, output)
