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
from typing import Any

from summarize.lexicon import arrays
from summarize.ranking.tokens import stemmer

__all__ = ["FIGURE", "LEAST", "STEP", "explained", "stems"]

LEAST = 0.01
"""The smallest probability that the file has."""
UNEXPLAINED = 0.001
"""The probability of a word that nothing in the translation explains."""
FIGURE = "#"
STEP = 50
"""Steps of a log-probability in the file."""

_TOKEN = re.compile(r"\d[\d.,:]*|[^\W\d_]+")

Row = dict[str, float]
"""For a stem, the probability of it given each stem of the other language; "" is no word at all."""


def stems(text: str, language: str) -> list[str]:
    """The stems (Snowball) of all words of a text, every figure alike."""
    stem = stemmer(language)
    return [FIGURE if word[0].isdigit() else stem(word.casefold()) for word in _TOKEN.findall(text)]


@dataclass(frozen=True)
class _Table:
    """The probabilities, row by row."""

    first: dict[str, int]
    """The rows of the original's stems."""
    second: list[str]
    """The translation's stems, by number; "" is number 0."""
    starts: Any
    numbers: Any
    values: Any

    def row(self, stem: str) -> Row:
        """What explains a stem; empty for one that the table does not have."""
        at = self.first.get(stem)
        if at is None:
            return {}
        numbers, values = (part[self.starts[at] : self.starts[at + 1]].tolist() for part in (self.numbers, self.values))
        return {self.second[number]: math.exp(-value / STEP) for number, value in zip(numbers, values, strict=True)}


@cache
def _table(language: str) -> _Table:
    data = arrays("channel", language)
    first, second = (bytes(data[name]).decode("utf-8").split("\n") for name in ("first", "second"))
    starts = [0, *data["sizes"].cumsum().tolist()]
    return _Table({stem: at for at, stem in enumerate(first)}, second, starts, data["numbers"], data["values"])


@lru_cache(maxsize=600)
def _rows(source: str, languages: tuple[str, str]) -> tuple[tuple[str, Row], ...]:
    table = _table(languages[0])
    return tuple((stem, table.row(stem)) for stem in stems(source, languages[0]))


def explained(source: str, output: str, languages: tuple[str, str]) -> float:
    """The mean natural logarithm of the probability of the original's words, given the translation's; below 0.

    Nearer to 0 explains more of it. A word that the table does not have is explained by itself. 0 for an original
    without words.
    """
    rows = _rows(source, languages)
    here = stems(output, languages[1])
    found = 0.0
    for stem, row in rows:
        chance = sum(row.get(other, 0.0) for other in here) + row.get("", 0.0)
        if not row and stem in here:
            chance = 1.0
        found += math.log(max(chance, UNEXPLAINED) / (len(here) + 1))
    return found / len(rows) if rows else 0.0
