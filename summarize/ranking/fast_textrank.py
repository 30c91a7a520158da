"""TextRank as sumy computes it, from one matrix product instead of a comparison of words for every pair of sentences.

Source of the method: R. Mihalcea and P. Tarau, "TextRank: Bringing Order into Texts", EMNLP 2004.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sumy.summarizers.text_rank import TextRankSummarizer

from summarize.ranking.graph import DENSE_SENTENCES, TermMixin, index_terms, rounded, sparse_rows

__all__ = ["FastTextRankSummarizer"]


class FastTextRankSummarizer(TermMixin, TextRankSummarizer):  # type: ignore[misc]
    """Chooses the sentences that `sumy.summarizers.text_rank.TextRankSummarizer` chooses, ties apart.

    Kept from sumy: an edge weighs the number of pairs of equal words over the sum of the logarithms of both lengths
    (1 between equal sentences of one word); a sentence has an edge to itself; rows are divided by their sum plus 1e-7,
    so that the matrix is not quite stochastic; the power method is not normalised and stops as soon as a step
    is no longer than `epsilon`; sentences with the same text share one rating.

    Other than in sumy, scores that differ by rounding only are equal, and then the earlier sentence wins.
    """

    def rate_sentences(self, document: Any) -> dict[Any, float]:
        """TextRank of every sentence."""
        return dict(zip(document.sentences, self.rate(document), strict=True))

    def rate(self, document: Any) -> list[float]:
        """TextRank of every sentence, in order."""
        rows, columns, counts, sentences, vocabulary = index_terms(self.document_terms(document))
        if not vocabulary:
            return [1.0] * sentences  # no edges
        lengths = np.bincount(rows, counts, minlength=sentences)
        logs = np.log(np.maximum(lengths, 1.0))
        if sentences <= DENSE_SENTENCES:
            vectors = np.zeros((sentences, vocabulary))
            vectors[rows, columns] = counts
            edges: Any = vectors @ vectors.T
            norms = logs[:, None] + logs[None, :]
            edges /= np.where(norms < 1e-8, 1.0, norms)
            sums = edges.sum(axis=1)
        else:
            vectors = sparse_rows(rows, columns, counts, sentences, vocabulary)
            edges = (vectors @ vectors.T).tocsr()
            norms = np.repeat(logs, np.diff(edges.indptr)) + logs[edges.indices]
            edges.data /= np.where(norms < 1e-8, 1.0, norms)
            sums = np.bincount(np.repeat(np.arange(sentences), np.diff(edges.indptr)), edges.data, minlength=sentences)
        return rounded(self._power(edges, sums + self._ZERO_DIVISION_PREVENTION))

    def _power(self, edges: Any, sums: Any) -> Any:
        sentences = edges.shape[0]
        vector = np.full(sentences, 1.0 / sentences)
        step = 1.0
        while step > self.epsilon:
            # edges are symmetric; the jump to any sentence is a full matrix of equal numbers, hence a sum
            following = self.damping * (edges @ (vector / sums))
            following += (1.0 - self.damping) / sentences * vector.sum()
            step = float(np.linalg.norm(following - vector))
            vector = following
        return vector
