"""How well a text reads: a model of word triples, counted in English text.

    >>> from summarize.translation.fluency import fluent
    >>> fluent("He also joined the group.", "en") > fluent("He joined also the group.", "en")
    True

A small network is sure of its own word order; counts of what people wrote tell "also joined" from "joined also". The
model is an interpolated one with Kneser and Ney's counts (Chen & Goodman 1999), pruned, written as a back-off model
(`lexicon/ngrams.en.npz`, made by `models/training/ngrams.py`). Figures count as one word, and so does each run of words
with a capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from summarize.lexicon import arrays
from summarize.translation.tables import BITS, Table, unpacked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["END", "FIGURE", "NAME", "START", "STEP", "fluent", "tokens"]

START, END, FIGURE, NAME = "<s>", "</s>", "#", "<N>"
STEP = 16
"""Steps of a log-probability in the file."""

_TOKEN = re.compile(r"\d[\d.,:]*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")


def tokens(text: str, common: Callable[[str], bool]) -> list[str]:
    """The words and marks of a text in small letters, names and figures as such.

    `common` tells a word that begins a sentence from a name that does.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match[0].replace("’", "'")
        if token[0].isdigit():
            token = FIGURE
        elif token[0].isupper():
            first = not found and common(token.casefold())
            token = token.casefold() if first or token == "I" else NAME
        if token != NAME or found[-1:] != [NAME]:
            found.append(token)
    return found


@dataclass(frozen=True)
class _Model:
    """Log-probabilities in steps, without their sign; word 0 is one that the model does not know."""

    words: dict[str, int]
    one: NDArray[np.int64]
    two: Table
    three: Table
    back_one: NDArray[np.int64]
    """What is left for a word for which there is no pair, by the word before it."""
    back_two: Table
    """What is left for a word for which there is no triple, by the two words before it."""

    def steps(self, text: str) -> NDArray[np.int64]:
        """For each word and mark, and the end."""
        import numpy as np

        own = [START, START, *tokens(text, self.words.__contains__), END]
        ids = np.fromiter((self.words.get(token, 0) for token in own), np.uint64, len(own))
        before, last, word = ids[:-2], ids[1:-1], ids[2:]
        context = before << BITS | last
        shorter = self.two.get(last << BITS | word, self.back_one[last] + self.one[word])
        return self.three.get(context << BITS | word, self.back_two.get(context, 0) + shorter)


@cache
def _model(language: str) -> _Model:
    import numpy as np

    data = arrays("ngrams", language)
    words = {word: number for number, word in enumerate(unpacked(data["words"]))}

    def table(name: str) -> Table:
        return Table(np.cumsum(data[f"{name}_keys"], dtype=np.uint64), data[name].astype(np.int64))

    one, back_one = (data[name].astype(np.int64) for name in ("one", "back_one"))
    return _Model(words, one, table("two"), table("three"), back_one, table("back_two"))


def fluent(text: str, language: str) -> float:
    """The mean natural logarithm of the probability of a text's words, below 0; nearer to 0 reads better.

    Raises FileNotFoundError for a language that has no model.
    """
    steps = _model(language).steps(text)
    return -int(steps.sum()) / (len(steps) * STEP)
