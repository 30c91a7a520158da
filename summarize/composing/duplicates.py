"""Which sentences tell the same news, across sources and across languages."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from summarize.lexicon import load
from summarize.text import fold
from summarize.translation.numbers import read

__all__ = ["SAME_NEWS", "Vectors", "content"]

SAME_NEWS = 0.45
"""From this cosine on two sentences count as telling the same news."""
WITHIN, WITHIN_AND_TIME = 0.75, 0.35
"""Share of a sentence's weight from which on it tells nothing that the other does not; and where both give the same
number of minutes or seconds."""

_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """A word without its English inflection, so that "attacks", "attacked" and "attacking" meet."""
    if len(word) <= 4 or word.isdigit():
        return word
    for ending in ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "ers", "es", "er", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in load("stopwords", "en"))


def content(text: str) -> list[str]:
    """Stems of the words of an English text that carry news: no function words."""
    stop = _stop_words()
    return [_stem(word) for word in fold(text).split() if word not in stop and (len(word) > 1 or word.isdigit())]


_UNIT = re.compile(r"[\s-]?(minute|second)")


@lru_cache(maxsize=1_000)
def _times(text: str) -> frozenset[tuple[str, str]]:
    """The lengths of time that an English text gives in minutes or seconds: (7, minute) for "seven minutes"."""
    return frozenset(
        (value, unit[1])
        for number in read(text, "en")
        if (unit := _UNIT.match(text, number.end))
        for value in number.values
    )


class Vectors:
    """Sentences of one event as weighted bags of stems, to be compared by cosine (tf-idf, Salton & Buckley 1988)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        bags = [Counter(content(text)) for text in texts]
        spread = Counter(stem for bag in bags for stem in bag)
        self._idf = {stem: math.log(1 + len(texts) / count) for stem, count in spread.items()}
        self._vectors = [self._weighted(bag.items()) for bag in bags]

    def _weighted(self, counts: Iterable[tuple[str, int]]) -> dict[str, float]:
        weights = {stem: (1 + math.log(count)) * self._idf[stem] for stem, count in counts}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {stem: weight / norm for stem, weight in weights.items()}

    def cosine(self, i: int, j: int) -> float:
        """Similarity of two sentences, 0 to 1."""
        a, b = self._vectors[i], self._vectors[j]
        if len(b) < len(a):
            a, b = b, a
        return sum(weight * b[stem] for stem, weight in a.items() if stem in b)

    def contained(self, i: int, j: int) -> float:
        """Share of sentence i's weight that stands in sentence j too, 0 to 1."""
        a, b = self._vectors[i], self._vectors[j]
        total = sum(weight for weight in a.values())
        return sum(weight for stem, weight in a.items() if stem in b) / total if total else 0.0

    def same_news(self, i: int, j: int) -> bool:
        """True where two sentences tell the same, or the shorter tells nothing that the longer does not."""
        if self.cosine(i, j) >= SAME_NEWS:
            return True
        if min(len(self._vectors[i]), len(self._vectors[j])) < 4:
            return False
        within = max(self.contained(i, j), self.contained(j, i))
        return within >= WITHIN or (
            within >= WITHIN_AND_TIME and not _times(self._texts[i]).isdisjoint(_times(self._texts[j]))
        )
