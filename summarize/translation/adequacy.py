"""How much of what a sentence says its translation says too, as far as word pairs can tell.

    >>> from summarize.translation.adequacy import covered
    >>> covered("De Belg won de sprint.", "The Belgian won the sprint.", ("nl", "en"))
    1.0

A beam search is sure of what reads well; of its hypotheses the likeliest one often leaves a word out, or says one twice
("extended her lead over the chasers in her lead"). The words of the original of which the lexicon knows what they mean
(`lexicon/pairs.nl.json`) tell which one says the most of it, and counting words which one says it once.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from summarize.ranking.tokens import function_words, stemmer
from summarize.translation import dictionary

__all__ = ["covered", "known", "said_again", "stems"]

LEAST = 2
"""Known words that a sentence must have for the share to say anything."""
SHORTEST = 4
"""Letters of a word of the original that is looked up; shorter ones mean too many things."""

_WORD = re.compile(r"[^\W\d_]+")


def stems(text: str, language: str) -> list[str]:
    """The stems (Porter's Snowball) of the words of a text that mean something by themselves."""
    stop, stem = function_words(language), stemmer(language)
    words = [word.casefold() for word in _WORD.findall(text)]
    return [stem(word) for word in words if len(word) > 1 and word not in stop]


def known(word: str, language: str) -> bool:
    """Whether the lexicon knows what a word means."""
    return bool(dictionary.paired(word, language))


@lru_cache(maxsize=600)
def _wanted(source: str, languages: tuple[str, str]) -> tuple[frozenset[str], ...]:
    """For each word of the original that the lexicon knows, the stems of which one should stand in the translation."""
    stop = function_words(languages[0])
    looked_up = dictionary.entries(source, languages[0])
    inside = {place for entry in looked_up for place in range(entry.start, entry.end)}
    found = [entry.stems(languages[1]) for entry in looked_up]
    for match in _WORD.finditer(source):
        word = match.group().casefold()
        if len(word) >= SHORTEST and word not in stop and match.start() not in inside:
            found.append(dictionary.paired(word, languages[0]))
    return tuple(filter(None, found))


def covered(source: str, output: str, languages: tuple[str, str]) -> float:
    """Share of the known words of the original that the translation has something for, 0 to 1.

    1 where it has fewer than `LEAST` known words.
    """
    wanted = _wanted(source, languages)
    if len(wanted) < LEAST:
        return 1.0
    here = dictionary.every_stem(output, languages[1])
    return sum(not others.isdisjoint(here) for others in wanted) / len(wanted)


def said_again(source: str, output: str, languages: tuple[str, str]) -> int:
    """How many more words the translation says again than the original does.

    Every second human translation that does so has a reason ("second ... second"), so it is a sign, not a fault.

    >>> said_again("Hij vergrootte zijn voorsprong.", "He extended his lead in his lead.", ("nl", "en"))
    1
    """
    return max(0, _again(output, languages[1]) - _again(source, languages[0])) if output else 0


@lru_cache(maxsize=600)
def _again(text: str, language: str) -> int:
    counted = Counter(stem for stem in stems(text, language) if len(stem) >= SHORTEST)
    return sum(counted.values()) - len(counted)
