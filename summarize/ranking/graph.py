"""What the fast summarizers share: the terms of a document as numbers, and products of the matrices they make.

Products are made in pieces so small that the linear algebra library does not share them out over threads: with two
worker processes a core each, threads would only wait for one another, and the last digit of a
sum would depend on how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

__all__ = ["DENSE_SENTENCES", "TermMixin", "gram", "index_terms", "rounded", "shared_columns", "sparse_rows"]

DENSE_SENTENCES = 90
"""Up to here a full matrix is faster than the overhead of a sparse one."""

_PIECE = 200_000
"""Multiplications in one call of the linear algebra library."""

_REMEMBERED = 16_000
"""Words whose stems are kept from document to document."""

_DIGITS = 12
"""Decimals that count; what differs less differs by the order of additions only."""


class _Numbers(dict[str, int]):
    """Words as they are written to the number of their stem, -1 for stop words; computed when first asked for."""

    __slots__ = ("_normalize", "_stem", "_stems", "_stops")

    def __init__(self, summarizer: Any) -> None:
        super().__init__()
        self._stems: dict[str, int] = {}
        self._stops = summarizer._stop_words
        self._normalize = summarizer.normalize_word
        self._stem = summarizer.stem_word

    def __missing__(self, word: str) -> int:
        normal = self._normalize(word)
        number = -1 if normal in self._stops else self._stems.setdefault(self._stem(normal), len(self._stems))
        self[word] = number
        return number


class TermMixin:
    """Terms of sentences as sumy's LexRank and TextRank take them, each word normalised and stemmed once."""

    _numbers: _Numbers
    _numbers_for: tuple[Any, Any]

    def entries(self: Any, document: Any) -> tuple[Any, Any, Any, int, int]:
        """Stems of the document's sentences without stop words, as `index_terms` gives them."""
        settings = (self._stop_words, self._stemmer)
        if getattr(self, "_numbers_for", None) != settings or len(self._numbers) > _REMEMBERED:
            self._numbers_for, self._numbers = settings, _Numbers(self)
        words = [sentence.words for sentence in document.sentences]
        found = np.fromiter(map(self._numbers.__getitem__, chain.from_iterable(words)), dtype=np.intp)
        row_of = np.repeat(np.arange(len(words)), [len(sentence) for sentence in words])
        keep = found >= 0
        found, row_of = found[keep], row_of[keep]
        if not len(found):
            nothing = np.zeros(0, dtype=np.intp)
            return nothing, nothing, np.zeros(0), len(words), 0
        # Columns in the order of first occurrence: numbers depend on the documents before, sums must not.
        terms, first, inverse = np.unique(found, return_index=True, return_inverse=True)
        place = np.empty(len(terms), dtype=np.intp)
        place[np.argsort(first)] = np.arange(len(terms))
        cells, counts = np.unique(row_of * len(terms) + place[inverse], return_counts=True)
        return cells // len(terms), cells % len(terms), counts.astype(float), len(words), len(terms)


def index_terms(sentences: Sequence[Sequence[str]]) -> tuple[Any, Any, Any, int, int]:
    """Sentences as entries of a matrix: row, column and count of each term in each sentence, and the matrix's shape.

    Columns are numbered in the order in which terms first occur.
    """
    numbers: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    counts: list[int] = []
    for row, terms in enumerate(sentences):
        tally: dict[int, int] = {}
        for term in terms:
            column = numbers.setdefault(term, len(numbers))
            tally[column] = tally.get(column, 0) + 1
        columns += tally
        counts += tally.values()
        rows += [row] * len(tally)
    row_of = np.array(rows, dtype=np.intp)
    column_of = np.array(columns, dtype=np.intp)
    return row_of, column_of, np.array(counts, dtype=float), len(sentences), len(numbers)


def shared_columns(rows: Any, columns: Any, values: Any, vocabulary: int) -> tuple[Any, Any, Any, int]:
    """Only the entries of terms that come in two sentences or more, four fifths of them do not; columns renumbered.

    Products of different rows stay what they were; those of a row with itself do not.
    """
    often = np.bincount(columns, minlength=vocabulary) > 1
    keep = often[columns]
    renumbered = np.cumsum(often) - 1
    return rows[keep], renumbered[columns[keep]], values[keep], int(often.sum())


def gram(rows: Any, columns: Any, values: Any, sentences: int, vocabulary: int) -> Any:
    """Full matrix of the products of all pairs of different rows; what is on the diagonal means nothing."""
    rows, columns, values, vocabulary = shared_columns(rows, columns, values, vocabulary)
    matrix = np.zeros((sentences, vocabulary))
    matrix[rows, columns] = values
    transposed = matrix.T
    step = max(2, _PIECE // max(1, sentences * vocabulary))
    if step >= sentences:
        return matrix @ transposed
    return np.vstack([matrix[start : start + step] @ transposed for start in range(0, sentences, step)])


def sparse_rows(rows: Any, columns: Any, values: Any, sentences: int, vocabulary: int) -> Any:
    """Entries sorted by row as a compressed sparse matrix, one row a sentence."""
    from scipy.sparse import csr_matrix

    starts = np.zeros(sentences + 1, dtype=np.intp)
    np.cumsum(np.bincount(rows, minlength=sentences), out=starts[1:])
    matrix = csr_matrix((values, columns, starts), shape=(sentences, vocabulary))
    matrix.sort_indices()
    return matrix


def rounded(scores: Any) -> list[float]:
    """Scores without the digits that depend on the order of additions, so that ties are ties."""
    values: list[float] = np.round(scores, _DIGITS).tolist()
    return values
