"""How central, how alike and how informative sentences are: what composing a brief asks of ranking.

Works on plain strings, of one article or of many; numpy is imported when a function is called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarize.ranking.tokens import function_words, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["centrality", "informativeness", "similarity"]

_DAMPING = 0.85
_STEPS = 60
_TINY = 1e-9

_CAPITALISED = re.compile(r"(?<![\w.])[^\W\d_a-zß-öø-ÿ][\w'’-]*")
_FIRST = re.compile(r"\w[\w'’-]*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def similarity(texts: Sequence[str], language: str | None = "en") -> Floats:
    """Cosine of every pair of texts, 0 to 1, as a square matrix: stems weighted by tf-idf over the texts given.

    A text without content words is like nothing, itself included. Weights are smoothed, so that two texts that are all
    there is can still be alike.
    """
    import numpy as np

    vectors = _vectors(texts, language)
    found: Floats = np.clip(vectors @ vectors.T, 0.0, 1.0)
    return found


def centrality(texts: Sequence[str], language: str | None = "en") -> Floats:
    """How much of what the texts say in common each of them says, 0 to 1, the most central one 1.

    Continuous LexRank (Erkan and Radev, JAIR 22, 2004): the stationary distribution of a walk from sentence to
    sentence along their similarity, damped by 0.85; a sentence gets nothing from itself. All zeros where no
    text has a content word.
    """
    import numpy as np

    vectors = _vectors(texts, language)
    count = len(texts)
    present = vectors.any(axis=1) if count else np.zeros(0, dtype=bool)
    if not present.any():
        return np.zeros(count)
    edges = np.clip(vectors @ vectors.T, 0.0, 1.0)
    np.fill_diagonal(edges, 0.0)
    sums = edges.sum(axis=1)
    share = np.where(sums > _TINY, sums, 1.0)
    vector = np.where(present, 1.0, 0.0) / present.sum()
    start = vector.copy()
    for _ in range(_STEPS):
        # What a sentence without neighbours would pass on goes back to all.
        lost = float(vector[sums <= _TINY].sum())
        following = _DAMPING * (edges.T @ (vector / share) + lost * start) + (1.0 - _DAMPING) * start
        if float(np.abs(following - vector).sum()) < _TINY:
            vector = following
            break
        vector = following
    scores: Floats = np.round(vector / vector.max(), 9)
    return scores


def informativeness(text: str, title: str | None = None, language: str | None = "en") -> float:
    """How much a sentence tells that can be checked: names, numbers, words of the title; 0 to 1.

    >>> informativeness("It was a good day.") < informativeness("Berg won in Ulverton after 132 km.")
    True
    """
    own = terms(text, language)
    if not own:
        return 0.0
    names = len(_names(text, language))
    numbers = len(_NUMBER.findall(text))
    score = 0.45 * min(1.0, names / 3) + 0.25 * min(1.0, numbers / 2)
    wanted = set(terms(title, language)) if title else set()
    if wanted:
        return score + 0.3 * min(1.0, len(wanted.intersection(own)) / min(4, len(wanted)))
    return score / 0.7


def _names(text: str, language: str | None) -> set[str]:
    """Capitalised words that look like names: not function words, and not the first word unless it comes again."""
    found = _CAPITALISED.findall(text)
    first = _FIRST.search(text)
    opening = first.group() if first else ""
    lower = function_words(language)
    names = {name for name in found if name.lower() not in lower}
    # The first word is capitalised anyway: taken for a name where another name follows it at once ("Anna Berg won").
    if (
        opening in names
        and found.count(opening) == 1
        and not re.match(rf"\W*{re.escape(opening)}\s+[^\W\d_a-zß-öø-ÿ]", text)
    ):
        names.discard(opening)
    return names


def _vectors(texts: Sequence[str], language: str | None) -> Floats:
    """tf-idf of the texts' terms, a row a text, scaled to length one; rows of zeros where a text has no term."""
    import numpy as np

    numbers: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for row, text in enumerate(texts):
        for term in terms(text, language):
            columns.append(numbers.setdefault(term, len(numbers)))
            rows.append(row)
    counts = np.zeros((len(texts), max(1, len(numbers))))
    if rows:
        np.add.at(counts, (rows, columns), 1.0)
    present = (counts > 0).sum(axis=0)
    idf = np.log((1.0 + len(texts)) / (1.0 + present)) + 1.0
    weights = np.sqrt(counts) * idf
    lengths = np.sqrt((weights * weights).sum(axis=1))
    lengths[lengths == 0.0] = 1.0
    vectors: Floats = weights / lengths[:, None]
    return vectors
