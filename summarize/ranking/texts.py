"""How central, how alike and how informative sentences are: what composing a brief asks of ranking.

Works on plain strings, of one article or of many; numpy is imported when a function is called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from summarize.ranking.tokens import function_words, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["centrality", "informativeness", "names", "numbers", "similarity", "vectors", "walk"]

_DAMPING = 0.85
_STEPS = 100
_TINY = 1e-9

_DENSE = 256
"""Up to so many texts a full matrix is faster than a sparse one, and a system of equations than a power method."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def similarity(texts: Sequence[str], language: str | None = "en") -> Floats:
    """Cosine of every pair of texts, 0 to 1, as a square matrix: stems and numbers weighted by tf-idf over the texts.

    A text without content words is like nothing, itself included. Weights are smoothed, so that two texts that are all
    there is can still be alike.
    """
    import numpy as np

    rows = vectors([terms(text, language) for text in texts])
    product = rows @ rows.T
    found: Floats = np.clip(product if isinstance(product, np.ndarray) else product.toarray(), 0.0, 1.0)
    return found


def centrality(texts: Sequence[str], language: str | None = "en") -> Floats:
    """How much of what the texts say in common each of them says, 0 to 1, the most central one 1.

    Continuous LexRank (Erkan and Radev, JAIR 22, 2004): where a walk from sentence to sentence along their
    similarity, damped by 0.85, is found in the long run; a sentence gets nothing from itself. All zeros where
    no text has a content word.
    """
    return walk(vectors([terms(text, language) for text in texts]))


def informativeness(text: str, title: str | None = None, language: str | None = "en") -> float:
    """How much a sentence tells that can be checked: names, numbers, words of the title; 0 to 1.

    >>> informativeness("It was a good day.") < informativeness("Berg won in Ulverton after 132 km.")
    True
    """
    own = terms(text, language)
    if not own:
        return 0.0
    score = 0.45 * min(1.0, len(names(text, language)) / 3) + 0.25 * min(1.0, len(numbers(text)) / 2)
    wanted = set(terms(title, language)) if title else set()
    if wanted:
        return score + 0.3 * min(1.0, len(wanted.intersection(own)) / min(4, len(wanted)))
    return score / 0.7


def numbers(text: str) -> list[str]:
    """The numbers of a text, written in digits."""
    return _NUMBER.findall(text)


def names(text: str, language: str | None = "en") -> set[str]:
    """Capitalised words that are no function words; the first word only where another capitalised one follows it.

    >>> sorted(names("Yesterday Anna Berg won in Ulverton"))
    ['Anna', 'Berg', 'Ulverton', 'Yesterday']
    >>> sorted(names("Rain fell on Ulverton"))
    ['Ulverton']
    """
    words: list[str] = _WORD.findall(text)
    capital = [word[0].isupper() for word in words]
    lower = function_words(language)
    start = 0 if len(words) > 1 and capital[1] else 1
    return {
        word for word, upper in zip(words[start:], capital[start:], strict=True) if upper and word.lower() not in lower
    }


def vectors(sentences: Sequence[Sequence[str]]) -> Any:
    """tf-idf of the sentences' terms, a row a sentence, scaled to length one; nought where a sentence has no term.

    A numpy array for few sentences, a SciPy sparse matrix for many. The idf is taken over the sentences given,
    smoothed; the term frequency by its square root.
    """
    import numpy as np

    from summarize.ranking.graph import index_terms, sparse_rows

    rows, columns, counts, count, vocabulary = index_terms(sentences)
    present = np.bincount(columns, minlength=vocabulary)
    idf = np.log((1.0 + count) / (1.0 + present)) + 1.0
    weights = np.sqrt(counts) * idf[columns]
    lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=count))
    weights /= lengths[rows]
    if count > _DENSE:
        return sparse_rows(rows, columns, weights, count, vocabulary)
    dense = np.zeros((count, vocabulary))
    dense[rows, columns] = weights
    return dense


def walk(rows: Any) -> Floats:
    """Centrality of the rows of a matrix of vectors of length one (or nought), 0 to 1: see `centrality`.

    For many rows the matrix of similarities is never made: a step of the walk goes from sentences to terms and back.
    """
    import numpy as np

    count = rows.shape[0]
    ones = np.ones(count)
    present = np.asarray(abs(rows).sum(axis=1)).ravel() > 0.0 if count else np.zeros(0, dtype=bool)
    if not present.any():
        return np.zeros(count)
    start = present / present.sum()
    own = present.astype(float)  # the cosine of a row with itself
    sums = rows @ (rows.T @ ones) - own
    alone = sums <= _TINY  # what a sentence without neighbours would pass on goes back to all
    share = np.where(alone, 0.0, 1.0 / np.where(alone, 1.0, sums))
    if count <= _DENSE:
        edges = rows @ rows.T
        edges[np.diag_indices(count)] -= own
        steps = edges * share[None, :] + np.outer(start, alone)
        vector = np.linalg.solve(np.eye(count) - _DAMPING * steps, (1.0 - _DAMPING) * start)
    else:
        vector = start
        for _ in range(_STEPS):
            passed = vector * share
            following = rows @ (rows.T @ passed) - own * passed
            following = _DAMPING * (following + vector[alone].sum() * start) + (1.0 - _DAMPING) * start
            moved = float(np.abs(following - vector).sum())
            vector = following
            if moved < _TINY:
                break
    scores: Floats = np.round(np.maximum(vector, 0.0) / vector.max(), 6)
    return scores
