"""Separable verbs put together again: "sloten ... aan" is "aansloten", whatever stands in between.

Where the particle of a Dutch verb stands at the end of its clause, a word list finds the verb without it, with another
meaning ("sluiten", to close). Together they are looked up as one word. `lexicon/separable.nl.json` has the usual ones
with their English, written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from summarize.lexicon import load
from summarize.ranking.tokens import function_words

__all__ = ["Parted", "parted", "separable"]

_WORD = re.compile(r"(?<![\w-])[^\W\d_]{3,}(?![\w-])")
_ASIDES = (re.compile(r" [-–—] .*? [-–—](?= )"), re.compile(r"\([^()]*\)"))


@dataclass(frozen=True, slots=True)
class Parted:
    """A verb of a sentence whose particle stands apart."""

    word: str
    """The verb as it is written where it is in one piece."""
    verb: tuple[int, int]
    """From where to where in the sentence it stands."""
    particle: tuple[int, int]

    def said(self, english: str) -> list[tuple[int, int, str]]:
        """What `text.put` needs to say the verb in English: this in its place, and no particle."""
        return [(*self.verb, english), (self.particle[0] - 1, self.particle[1], "")]


@cache
def _verbs(language: str) -> dict[str, tuple[str, str, str, str]]:
    """For each infinitive its third person, past, past plural, and senses."""
    verbs: dict[str, tuple[str, str, str, str]] = load("separable", language)["verbs"]
    return verbs


@cache
def separable(language: str) -> dict[str, tuple[str, ...]]:
    """Forms of separable verbs in one piece, with their English in the same tense, the usual sense first.

    >>> separable("nl")["uitpakte"]
    ('turned out', 'worked out', 'unpacked')
    """
    # What is a plural of the present too is hardly ever the past of another verb ("opvoeren", "opvaren").
    found = {
        infinitive: _plural(sense.split("/")[0] for sense in said.split("|"))
        for infinitive, (*_, said) in _verbs(language).items()
    }
    for third, past, pasts, said in _verbs(language).values():
        base, thirds, before = zip(*(sense.split("/") for sense in said.split("|")), strict=True)
        for form, senses in ((past, before), (third, thirds), (pasts, _plural(before)), (_first(third), base)):
            found.setdefault(form, senses)
    return found


def _plural(senses: Iterable[str]) -> tuple[str, ...]:
    return tuple(re.sub(r"^(be|was)\b", lambda verb: {"be": "are", "was": "were"}[verb[0]], one) for one in senses)


def _first(third: str) -> str:
    """The first person of a verb: its third person without the ending."""
    return third.removesuffix("t")


@cache
def _firsts(language: str) -> frozenset[str]:
    """Forms that are the first person alone, or an imperative; many of them are other words too ("snel", "druk")."""
    verbs = _verbs(language)
    others = {form for infinitive, forms in verbs.items() for form in (infinitive, *forms[:3])}
    return frozenset(_first(third) for third, *_ in verbs.values()) - others


@cache
def _never(language: str) -> frozenset[str]:
    """Words that are no verbs here."""
    return function_words(language).union(load("separable", language)["never"])


@cache
def _speaks(language: str) -> re.Pattern[str]:
    """A pronoun that stands with a first person."""
    return re.compile(rf"\b(?:{'|'.join(load('separable', language)['pronouns'])})\b", re.IGNORECASE)


@cache
def _endings(language: str) -> re.Pattern[str]:
    """A particle where it may end a clause."""
    words = load("separable", language)
    particles, after = "|".join(words["particles"]), "|".join(words["before"])
    return re.compile(rf"(?<=\w )(?:{particles})(?=\s*(?:$|[^\w\s])|\s+(?:{after})\b)")


@cache
def _clause(language: str) -> re.Pattern[str]:
    """A clause between commas."""
    openers = "|".join(load("separable", language)["clauses"])
    return re.compile(rf", (?:\w+ )?(?:{openers})\b[^,]*,(?= )")


@lru_cache(maxsize=600)
def parted(sentence: str, language: str = "nl") -> tuple[Parted, ...]:
    """The separable verbs of a sentence that are in two pieces, as far as the lexicon knows them in one.

    Of several that a particle may belong to, the last one before it is taken, asides left out.

    >>> [verb.word for verb in parted("Hij sloot, zoals hij gezegd had, pas op de top bij de kopgroep aan.")]
    ['aansloot']
    """
    found: list[Parted] = []
    speaks = _speaks(language).search(sentence)
    for match in _endings(language).finditer(sentence):
        before = sentence[: match.start()]
        for aside in (*_ASIDES, _clause(language)):
            before = aside.sub(lambda one: " " * len(one.group()), before)
        for verb in reversed(list(_WORD.finditer(before))):
            written = verb.group() if verb.start() else verb.group().casefold()
            word = match.group() + written
            taken = written in _never(language) or any(one.verb == verb.span() for one in found)
            if taken or word not in separable(language):
                continue
            if speaks or not verb.start() or word not in _firsts(language):
                found.append(Parted(word, verb.span(), match.span()))
                break
    return tuple(found)
