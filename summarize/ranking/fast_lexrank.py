"""LexRank as sumy computes it, from one matrix product instead of a comparison of words for every pair of sentences.

Source of the method: G. Erkan and D. R. Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text
Summarization", JAIR 22 (2004).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sumy.summarizers.lex_rank import LexRankSummarizer

from summarize.ranking.graph import DENSE_SENTENCES, TermMixin, index_terms, rounded, sparse_rows

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
        scores = self.rate(document)
        ratings = dict(zip(document.sentences, scores, strict=True))
        chosen: tuple[Any, ...] = self._get_best_sentences(document.sentences, sentences_count, ratings)
        return chosen

    def rate(self, document: Any) -> list[float]:
        """LexRank of every sentence."""
        rows, columns, counts, sentences, vocabulary = index_terms(self.document_terms(document))
        if not vocabulary:
            return [1.0] * sentences  # no edges: the power method would stand still at nought
        weights = self._weights(rows, columns, counts, sentences, vocabulary)
        if sentences <= DENSE_SENTENCES:
            adjacency: Any = self._dense_adjacency(rows, columns, weights, sentences, vocabulary)
        else:
            adjacency = self._sparse_adjacency(rows, columns, weights, sentences, vocabulary)
        return rounded(self._power(adjacency))

    def _weights(self, rows: Any, columns: Any, counts: Any, sentences: int, vocabulary: int) -> Any:
        """tf times idf of every entry, each sentence scaled to length one."""
        highest = np.zeros(sentences)
        np.maximum.at(highest, rows, counts)
        documents = np.bincount(columns, minlength=vocabulary)
        idf = np.log(sentences / (1.0 + documents))
        weights = counts / highest[rows] * idf[columns]
        lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=sentences))
        lengths[lengths == 0.0] = 1.0
        return weights / lengths[rows]

    def _dense_adjacency(self, rows: Any, columns: Any, weights: Any, sentences: int, vocabulary: int) -> Any:
        vectors = np.zeros((sentences, vocabulary))
        vectors[rows, columns] = weights
        return (vectors @ vectors.T > self.threshold).astype(float)

    def _sparse_adjacency(self, rows: Any, columns: Any, weights: Any, sentences: int, vocabulary: int) -> Any:
        from scipy.sparse import csr_matrix, vstack

        vectors = sparse_rows(rows, columns, weights, sentences, vocabulary)
        transposed = vectors.T.tocsr()
        blocks = []
        for start in range(0, sentences, _BLOCK):
            product = vectors[start : start + _BLOCK] @ transposed
            keep = product.data > self.threshold
            ends = np.concatenate(([0], np.cumsum(keep)))[product.indptr]
            shape = product.shape
            blocks.append(csr_matrix((np.ones(int(ends[-1])), product.indices[keep], ends), shape=shape))
        return blocks[0] if len(blocks) == 1 else vstack(blocks, format="csr")

    def _power(self, adjacency: Any) -> Any:
        sentences = adjacency.shape[0]
        degrees = np.asarray(adjacency.sum(axis=1)).ravel()
        degrees[degrees == 0.0] = 1.0
        transposed = adjacency.T  # symmetric up to rounding at the threshold
        vector = np.full(sentences, 1.0 / sentences)
        step = 1.0
        while step > self.epsilon:
            following = transposed @ (vector / degrees)
            length = np.linalg.norm(following)
            if length == 0.0:  # no sentence is similar to any, not even to itself: all words are everywhere
                return vector
            following /= length
            step = float(np.linalg.norm(following - vector))
            vector = following
        return vector
