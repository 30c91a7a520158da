"""LexRank as sumy computes it, from one matrix product instead of a comparison of words for every pair of sentences.

Source of the method: G. Erkan and D. R. Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
Summarization", JAIR 22 (2004).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer

from summarize.ranking.graph import (
    DENSE_SENTENCES,
    TermMixin,
    gram,
    rounded,
    shared_columns,
    sparse_rows,
)

__all__ = ["FastLexRankSummarizer"]

_BLOCK = 512
"""Rows of the similarity matrix held at a time; above that a long document's product would fill the memory."""


class FastLexRankSummarizer(TermMixin, LexRankSummarizer):  # type: ignore[misc]
    """Chooses the sentences that `sumy.summarizers.lex_rank.LexRankSummarizer` chooses, ties apart.

    Kept from sumy: term frequency divided by the highest of the sentence; idf = log(n / (1 + n_j)), which is
    slightly negative for a word of every sentence and counts squared; a sentence is similar to itself; cosines above
    `threshold` become edges of weight one; the power method starts evenly, normalises to length one and
    stops as soon as a step is no longer than `epsilon`; sentences with the same text share one rating.

    Other than in sumy, scores that differ by rounding only are equal, and then the earlier sentence wins.
    """

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The best sentences of a document, in its order; `sentences_count` as sumy takes it."""
        if not document.sentences:
            return ()
        ratings = dict(zip(document.sentences, self.rate(document), strict=True))
        chosen: tuple[Any, ...] = self._get_best_sentences(document.sentences, sentences_count, ratings)
        return chosen

    def rate(self, document: Any) -> list[float]:
        """LexRank of every sentence, in order."""
        rows, columns, counts, sentences, vocabulary = self.entries(document)
        if not vocabulary:
            return [1.0] * sentences  # no edges: the power method would divide by nought
        highest = np.zeros(sentences)
        np.maximum.at(highest, rows, counts)
        idf = np.log(sentences / (1.0 + np.bincount(columns, minlength=vocabulary)))
        weights = counts / highest[rows] * idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=sentences))
        present = lengths > 0.0
        weights /= np.where(present, lengths, 1.0)[rows]
        itself = (present & (self.threshold < 1.0)).astype(float)  # the cosine with itself is 1, or 0 without words
        if sentences <= DENSE_SENTENCES:
            edges: Any = (gram(rows, columns, weights, sentences, vocabulary) > self.threshold).astype(float)
            edges[np.diag_indices(sentences)] = 0.0
        else:
            edges = self._sparse_edges(rows, columns, weights, sentences, vocabulary)
        return rounded(self._power(edges, itself))

    def _sparse_edges(self, rows: Any, columns: Any, weights: Any, sentences: int, vocabulary: int) -> Any:
        """Which different sentences are similar; rows in blocks, as the product holds many more pairs."""
        from scipy.sparse import csr_matrix, vstack

        vectors = sparse_rows(*shared_columns(rows, columns, weights, vocabulary)[:3], sentences, vocabulary)
        transposed = vectors.T.tocsr()
        blocks = []
        for start in range(0, sentences, _BLOCK):
            product = vectors[start : start + _BLOCK] @ transposed
            row_of = np.repeat(np.arange(start, start + product.shape[0]), np.diff(product.indptr))
            keep = (product.data > self.threshold) & (row_of != product.indices)
            ends = np.concatenate(([0], np.cumsum(keep)))[product.indptr]
            blocks.append(csr_matrix((np.ones(int(ends[-1])), product.indices[keep], ends), shape=product.shape))
        return blocks[0] if len(blocks) == 1 else vstack(blocks, format="csr")

    def _power(self, edges: Any, itself: Any) -> Any:
        """The vector at which sumy's power method stops; `itself`: edges of sentences to themselves."""
        degrees = np.asarray(edges.sum(axis=1)).ravel() + itself
        degrees[degrees == 0.0] = 1.0
        vector = np.full(len(degrees), 1.0 / len(degrees))
        step = 1.0
        while step > self.epsilon:
            passed = vector / degrees
            following = edges @ passed + itself * passed  # edges go both ways
            length = np.sqrt(following @ following)
            if length == 0.0:  # no sentence is similar to any, not even to itself: all words are everywhere
                return vector
            following /= length
            difference = following - vector
            step = float(np.sqrt(difference @ difference))
            vector = following
        return vector
