"""How well a translation explains its original: translation probabilities, counted in parallel text.

    >>> from summarize.translation.channel import explained
    >>> source = "De Belg reed lek."
    >>> explained(source, "The Belgian punctured.", ("nl", "en")) > explained(source, "The Belgian rode.", ("nl", "en"))
    True

A network that reads one way leaves out what it is not sure of. The probability of the original, given its translation,
shows it: the noisy channel (Brown et al. 1993, model 1, as the judge of a network's hypotheses as in Yee et al. 2019).
The probabilities (`lexicon/channel.nl.npz`) are made by `models/training/channel.py`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from summarize.lexicon import arrays
from summarize.ranking.tokens import stemmer

__all__ = ["FIGURE", "LEAST", "STEP", "explained", "stems"]

LEAST = 0.01
"""The smallest probability that the file has."""
MILLION = 1_000_000
UNEXPLAINED = 1_000
"""The probability of a word that nothing in the translation explains, in millionths."""
FIGURE = "#"
STEP = 50
"""Steps of a log-probability in the file."""

_TOKEN = re.compile(r"\d[\d.,:]*|[^\W\d_]+")


def stems(text: str, language: str) -> list[str]:
    """The stems (Snowball) of all words of a text, every figure alike."""
    stem = stemmer(language)
    return [FIGURE if word[0].isdigit() else stem(word.casefold()) for word in _TOKEN.findall(text)]


@dataclass(frozen=True)
class _Table:
    """The probabilities by their key: the number of the original's stem, and in its last 16 bits the translation's."""

    first: dict[str, int]
    second: dict[str, int]
    """The translation's stems; "" is number 0."""
    keys: NDArray[np.uint32]
    chances: NDArray[np.int64]
    """In millionths, so that sums are the same on any machine."""

    def explain(self, first: list[int], second: list[int]) -> list[int]:
        """For each stem of the original the probability of it, given all of the translation's, in millionths."""
        keys = np.array(first, np.uint32)[:, None] << np.uint32(16) | np.array(second, np.uint32)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: list[int] = np.where(self.keys[places] == keys, self.chances[places], 0).sum(axis=1).tolist()
        return found


@cache
def _table(language: str) -> _Table:
    data = arrays("channel", language)
    first, second = (bytes(data[name]).decode("utf-8").split("\n") for name in ("first", "second"))
    rows = np.repeat(np.arange(len(first), dtype=np.uint32), data["sizes"])
    chances = [round(math.exp(-step / STEP) * MILLION) for step in range(256)]
    return _Table(
        {stem: at for at, (stem, size) in enumerate(zip(first, data["sizes"].tolist(), strict=True)) if size},
        {stem: at for at, stem in enumerate(second)},
        rows << np.uint32(16) | data["numbers"],
        np.array(chances, np.int64)[data["values"]],
    )


@lru_cache(maxsize=600)
def _original(source: str, languages: tuple[str, str]) -> tuple[list[int], list[str]]:
    """The numbers of the original's stems, and those stems that the table does not have."""
    known = _table(languages[0]).first
    found = stems(source, languages[0])
    return [known[stem] for stem in found if stem in known], [stem for stem in found if stem not in known]


def explained(source: str, output: str, languages: tuple[str, str]) -> float:
    """The mean natural logarithm of the probability of the original's words, given the translation's; below 0.

    Nearer to 0 explains more of it. A word that the table does not have is explained by itself. 0 for an original
    without words.
    """
    table = _table(languages[0])
    first, others = _original(source, languages)
    here = stems(output, languages[1])
    second = [table.second[stem] for stem in here if stem in table.second]
    chances = [*table.explain(first, [0, *second]), *(MILLION * (stem in here) for stem in others)]
    if not chances:
        return 0.0
    return sum(math.log(max(chance, UNEXPLAINED) / MILLION) for chance in chances) / len(chances) - math.log(
        len(here) + 1
    )
