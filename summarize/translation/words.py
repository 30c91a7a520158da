"""Words that are no English: what a small model makes up where it does not know a word, and what it leaves as it is.

    >>> from summarize.translation.words import not_english
    >>> not_english("Een primeur op de piste.", "A prooim op the track.", ("nl", "en"))
    ('prooim', 'op')

A made-up word is not in the list of English words (`lexicon/words.en.json`), is not made from one by an ending or a
beginning, and does not stand in the original. It cannot be mended, but the sentence can be tried again, and be left out
where there is a better one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from summarize.lexicon import load
from summarize.translation.names import common_words, fold

__all__ = ["SHORTEST", "Words", "is_word", "not_english"]

SHORTEST = 4
"""Letters of a made-up word; shorter words are too often short for something."""
PART = 4
"""Letters that each part of a compound has at least."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TAIL = re.compile(r"(?:n['’]t|['’][^\W\d_]*)$")


@dataclass(frozen=True, slots=True)
class Words:
    """A language's words, and how longer ones are made from them."""

    words: frozenset[str]
    endings: tuple[tuple[str, tuple[str, ...]], ...]
    """An ending, and what may have stood in its place: "ies" for "y"."""
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, data: dict[str, Any]) -> Words:
        """From a lexicon file."""
        endings = tuple((ending, tuple(before)) for ending, before in data["endings"].items())
        return cls(frozenset([*" ".join(data["words"]).split(), *data["also"]]), endings, tuple(data["beginnings"]))

    def _stems(self, word: str) -> list[str]:
        stems = []
        for ending, before in self.endings:
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                stems += [stem + letters for letters in before]
                if len(stem) > 3 and stem[-1] == stem[-2] and ending[0] in "eiy":  # hitting, dropped
                    stems.append(stem[:-1])
        return [stem for stem in stems if len(stem) > 2]

    def _made(self, word: str) -> bool:
        return word in self.words or any(stem in self.words for stem in self._stems(word))

    def has(self, word: str) -> bool:
        """Whether it is a word, one with an ending or a beginning, or two in one."""
        if self._made(word):
            return True
        for start in self.beginnings:
            rest = word.removeprefix(start)
            if rest != word and len(rest) > 2 and self._made(rest):
                return True
        cuts = range(PART, len(word) - PART + 1)
        return any(word[:at] in self.words and self._made(word[at:]) for at in cuts)


@cache
def _words(language: str) -> Words:
    return Words.of(load("words", language))


@lru_cache(maxsize=10_000)
def is_word(word: str, language: str) -> bool:
    """Whether the language has the word, in whatever letters it is written."""
    return _words(language).has(_TAIL.sub("", word.lower()))


def not_english(source: str, output: str, languages: tuple[str, str]) -> tuple[str, ...]:
    """The words of a translation that are made up, or were left as the original has them.

    Only words in small letters count, and of those in the original none that stands beside a word with a capital, as
    the "van der" of a name.
    """
    words = _WORD.findall(output)
    here: set[str] = set()
    found = []
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if not word.islower() or is_word(word, languages[1]):
            continue
        long = len(_TAIL.sub("", word)) >= SHORTEST
        here = here or {fold(other) for other in _WORD.findall(source)}
        if fold(word) not in here:
            strange = long
        else:
            strange = (long or word in common_words(languages)[0]) and not (before[:1].isupper() or after[:1].isupper())
        if strange:
            found.append(word)
    return tuple(found)
