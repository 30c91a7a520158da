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

__all__ = ["Likeness", "centrality", "informativeness", "names", "numbers", "similarity"]

_DAMPING = 0.85
_STEPS = 100
_SETTLED = 1e-7
_TINY = 1e-9

_DENSE = 90
"""Up to so many texts a full matrix is faster than a sparse one."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def similarity(texts: Sequence[str], language: str | None = "en") -> Floats:
    """Cosine of every pair of texts, 0 to 1, as a square matrix: stems and numbers weighted by tf-idf over the texts.

    A text without content words is like nothing, itself included. Weights are smoothed, so that two texts that are all
    there is can still be alike.
    """
    return Likeness([terms(text, language) for text in texts]).matrix()


def centrality(texts: Sequence[str], language: str | None = "en") -> Floats:
    """How much of what the texts say in common each of them says, 0 to 1, the most central one 1.

    Continuous LexRank (Erkan and Radev, JAIR 22, 2004): where a walk from sentence to sentence along their
    similarity, damped by 0.85, is found in the long run; a sentence gets nothing from itself. All zeros where
    no text has a content word.
    """
    return Likeness([terms(text, language) for text in texts]).centrality()


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


class Likeness:
    """tf-idf cosines of sentences given as terms; the idf is taken over these sentences, smoothed.

    For few sentences they stand in a full matrix; for many, every question goes from sentences to
    terms and back, and the matrix is never made.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        import numpy as np

        from summarize.ranking.graph import gram, index_terms, sparse_rows

        rows, columns, counts, count, vocabulary = index_terms(sentences)
        idf = np.log((1.0 + count) / (1.0 + np.bincount(columns, minlength=vocabulary))) + 1.0
        weights = np.sqrt(counts) * idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=count))
        weights /= lengths[rows]
        self._count = count
        self._present = (lengths > 0.0).astype(float)
        self._full: Any = None
        self._vectors: Any = None
        if count <= _DENSE:
            self._full = np.clip(gram(rows, columns, weights, count, vocabulary), 0.0, 1.0)
            self._full[np.diag_indices(count)] = self._present
        else:
            self._vectors = sparse_rows(rows, columns, weights, count, vocabulary)

    def matrix(self) -> Floats:
        """Of every pair."""
        import numpy as np

        if self._full is None:
            return np.asarray(np.clip((self._vectors @ self._vectors.T).toarray(), 0.0, 1.0))
        return np.array(self._full)

    def row(self, index: int) -> Floats:
        """Of one sentence with all."""
        found: Floats
        if self._full is not None:
            found = self._full[index]
        else:
            found = (self._vectors @ self._vectors[index].T).toarray().ravel()
        return found

    def centrality(self) -> Floats:
        """See the function of that name."""
        import numpy as np

        own, count = self._present, self._count
        if not own.any():
            return np.zeros(count)

        def neighbours(values: Floats) -> Floats:
            if self._full is not None:
                found: Floats = self._full @ values - own * values
            else:
                found = self._vectors @ (self._vectors.T @ values) - own * values
            return found

        start = own / own.sum()
        sums = neighbours(np.ones(count))
        alone = sums <= _TINY  # what a sentence without neighbours would pass on goes back to all
        share = np.where(alone, 0.0, 1.0 / np.where(alone, 1.0, sums))
        vector = start
        for _ in range(_STEPS):
            following = neighbours(vector * share) + vector[alone].sum() * start
            following = _DAMPING * following + (1.0 - _DAMPING) * start
            moved = float(np.abs(following - vector).sum())
            vector = following
            if moved < _SETTLED:
                break
        scores: Floats = np.round(vector / vector.max(), 6)
        return scores
