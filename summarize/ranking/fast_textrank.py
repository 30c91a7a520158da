"""TextRank as sumy computes it, from one matrix product instead of a comparison of words for every pair of sentences.

Source of the method: R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004. sumy's Reduction
(https://github.com/adamfabish/Reduction) adds up the same edges without walking along them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from summarize.ranking.graph import (
    DENSE_SENTENCES,
    TermMixin,
    gram,
    rounded,
    shared_columns,
    sparse_rows,
)

__all__ = ["FastReductionSummarizer", "FastTextRankSummarizer"]

_NO_LENGTH = 1e-8
"""Sums of logarithms of lengths below this are nought: both sentences have one word."""


class FastTextRankSummarizer(TermMixin, TextRankSummarizer):  # type: ignore[misc]
    """Chooses the sentences that `sumy.summarizers.text_rank.TextRankSummarizer` chooses, ties apart.

    Kept from sumy: an edge weighs the number of pairs of equal words over the sum of the logarithms of both lengths
    (1 between equal sentences of one word); a sentence has an edge to itself; rows are divided by their sum plus 1e-7,
    so that the matrix is not quite stochastic; the power method is not normalised and stops as soon as a step
    is no longer than `epsilon`; sentences with the same text share one rating, that of the last.

    Other than in sumy, scores that differ by rounding only are equal, and then the earlier sentence wins.
    """

    def rate_sentences(self, document: Any) -> dict[Any, float]:
        """TextRank of every sentence."""
        return dict(zip(document.sentences, self.rate(document), strict=True))

    def rate(self, document: Any) -> list[float]:
        """TextRank of every sentence, in order."""
        entries = self.entries(document)
        if not entries[-1]:
            return [1.0] * entries[-2]  # no edges
        edges, sums, itself = _edges(*entries, single=1.0)
        vector = np.full(len(sums), 1.0 / len(sums))
        shares = 1.0 / (sums + itself + self._ZERO_DIVISION_PREVENTION)
        step = 1.0
        while step > self.epsilon:
            # edges go both ways; the jump to any sentence is a full matrix of equal numbers, hence a sum
            passed = vector * shares
            following = self.damping * (edges @ passed + itself * passed)
            following += (1.0 - self.damping) / len(sums) * vector.sum()
            difference = following - vector
            step = float(np.sqrt(difference @ difference))
            vector = following
        return rounded(vector)


class FastReductionSummarizer(TermMixin, ReductionSummarizer):  # type: ignore[misc]
    """Chooses the sentences that `sumy.summarizers.reduction.ReductionSummarizer` chooses, ties apart.

    Kept from sumy: edges as in TextRank, but none between sentences of one word, nor from a sentence to itself;
    the ratings of sentences with the same text are added up.
    """

    def rate_sentences(self, document: Any) -> dict[Any, float]:
        """Sum of the edges of every sentence."""
        entries = self.entries(document)
        sums = _edges(*entries, single=0.0)[1] if entries[-1] else np.zeros(entries[-2])
        ratings: dict[Any, float] = {}
        for sentence, rating in zip(document.sentences, rounded(sums), strict=True):
            ratings[sentence] = ratings.get(sentence, 0.0) + rating
        return ratings


def _edges(
    rows: Any, columns: Any, counts: Any, sentences: int, vocabulary: int, single: float
) -> tuple[Any, Any, Any]:
    """Edges between different sentences, their sum for each sentence, and the edge of each sentence to itself.

    `single` is the edge between two equal sentences of one word.
    """
    logs = np.log(np.maximum(np.bincount(rows, counts, minlength=sentences), 1.0))
    itself = _divided(np.bincount(rows, counts * counts, minlength=sentences), 2.0 * logs, single)
    if sentences <= DENSE_SENTENCES:
        edges: Any = gram(rows, columns, counts, sentences, vocabulary)
        edges[np.diag_indices(sentences)] = 0.0
        edges = _divided(edges, logs[:, None] + logs[None, :], single)
        return edges, edges.sum(axis=1), itself
    vectors = sparse_rows(*shared_columns(rows, columns, counts, vocabulary)[:3], sentences, vocabulary)
    edges = (vectors @ vectors.T).tocsr()
    lengths = np.diff(edges.indptr)
    edges.data[np.repeat(np.arange(sentences, dtype=edges.indices.dtype), lengths) == edges.indices] = 0.0
    edges.data = _divided(edges.data, np.repeat(logs, lengths) + logs[edges.indices], single)
    return edges, edges @ np.ones(sentences), itself


def _divided(pairs: Any, norms: Any, single: float) -> Any:
    short = norms < _NO_LENGTH
    if not short.any():
        return pairs / norms
    return np.where(short, single * pairs, pairs / np.where(short, 1.0, norms))
