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

from summarize.lexicon import arrays
from summarize.ranking.tokens import stemmer
from summarize.translation.tables import BITS, Table, unpacked

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
class _Probabilities:
    """The numbers of the stems of both languages, and the probabilities by the original's and the translation's."""

    first: dict[str, int]
    second: dict[str, int]
    """The translation's stems; "" is number 0."""
    millionths: Table
    """Whole numbers, so that sums are the same on any machine."""

    def explain(self, first: list[int], second: list[int]) -> list[int]:
        """For each stem of the original the probability of it, given all of the translation's, in millionths."""
        import numpy as np

        keys = np.array(first, np.uint32)[:, None] << BITS | np.array(second, np.uint32)
        found: list[int] = self.millionths.get(keys, 0).sum(axis=1).tolist()
        return found


@cache
def _probabilities(language: str) -> _Probabilities:
    import numpy as np

    data = arrays("channel", language)
    first, second = (unpacked(data[name]) for name in ("first", "second"))
    rows = np.repeat(np.arange(len(first), dtype=np.uint32), data["sizes"])
    millionths = np.array([round(math.exp(-step / STEP) * MILLION) for step in range(256)], np.int64)
    return _Probabilities(
        {stem: at for at, (stem, size) in enumerate(zip(first, data["sizes"].tolist(), strict=True)) if size},
        {stem: at for at, stem in enumerate(second)},
        Table(rows << BITS | data["numbers"], millionths[data["values"]]),
    )


@lru_cache(maxsize=600)
def _original(source: str, languages: tuple[str, str]) -> tuple[list[int], list[str]]:
    """The numbers of the original's stems, and those stems that the table does not have."""
    known = _probabilities(languages[0]).first
    found = stems(source, languages[0])
    return [known[stem] for stem in found if stem in known], [stem for stem in found if stem not in known]


def explained(source: str, output: str, languages: tuple[str, str]) -> float:
    """The mean natural logarithm of the probability of the original's words, given the translation's; below 0.

    Nearer to 0 explains more of it. A word that the table does not have is explained by itself. 0 for an original
    without words.
    """
    table = _probabilities(languages[0])
    first, others = _original(source, languages)
    here = stems(output, languages[1])
    second = [table.second[stem] for stem in here if stem in table.second]
    chances = [*table.explain(first, [0, *second]), *(MILLION * (stem in here) for stem in others)]
    if not chances:
        return 0.0
    return sum(math.log(max(chance, UNEXPLAINED) / MILLION) for chance in chances) / len(chances) - math.log(
        len(here) + 1
    )
