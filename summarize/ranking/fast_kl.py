"""KLSum as sumy computes it, with the divergence kept up to date instead of computed anew for every candidate.

Source of the method: A. Haghighi and L. Vanderwende, "Exploring Content Models for Multi-Document Summarization",
NAACL 2009.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from sumy.summarizers.kl import KLSummarizer

__all__ = ["FastKLSummarizer"]

_SAME = 1e-12
"""Divergences closer than this are equal, and the earlier sentence wins."""


class FastKLSummarizer(KLSummarizer):  # type: ignore[misc]
    """Chooses the sentences that `sumy.summarizers.kl.KLSummarizer` chooses, ties apart.

    Kept from sumy: stop words of the document are dropped before words are put in lower case ("The" stays, as "the"),
    those of a candidate after it; the words of the summary so far are all its words as they are written; only words of
    the summary count in the sum; sentences with the same text share one rating, that of the last.

    For a summary S with counts c and a candidate s, with T = |S| + |s| and the document's probabilities P,

        KL = sum P log P - P log(c_S + c_s) + P log T   over the words of S and s that the document knows,

    which is a part that belongs to S, a part that belongs to s and to those words of S that s has too, and a factor
    of log T. After a sentence has been taken, only candidates that share a word with it are updated.
    """

    def _compute_ratings(self, sentences: Sequence[Any]) -> dict[Any, int]:
        frequencies = self.compute_tf(sentences)
        candidates = [self._get_content_words_in_sentence(sentence) for sentence in sentences]
        ratings: dict[Any, int] = {}
        for index in self._order(frequencies, candidates, [sentence.words for sentence in sentences]):
            ratings[sentences[index]] = -len(ratings)
        return ratings

    @staticmethod
    def _order(
        frequencies: dict[str, float], candidates: Sequence[Sequence[str]], words: Sequence[Sequence[str]]
    ) -> list[int]:
        """Indices of the sentences in the order in which they are taken."""
        numbers = {word: number for number, word in enumerate(frequencies)}
        probability = np.array(list(frequencies.values()), dtype=float)
        entropy = probability * np.log(probability)  # P log P
        # Entries (candidate, word, count), by candidate and by word.
        rows: list[int] = []
        columns: list[int] = []
        counts: list[int] = []
        for row, candidate in enumerate(candidates):
            for word, count in Counter(candidate).items():
                number = numbers.get(word)
                if number is not None:
                    rows.append(row)
                    columns.append(number)
                    counts.append(count)
        row_of = np.array(rows, dtype=np.intp)
        column_of = np.array(columns, dtype=np.intp)
        count_of = np.array(counts, dtype=float)
        by_word = np.argsort(column_of, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(column_of, minlength=len(numbers)))))

        sizes = np.array([len(candidate) for candidate in candidates], dtype=float)
        # What each entry adds to its candidate while the summary does not have the word.
        adds = entropy[column_of] - probability[column_of] * np.log(count_of)
        added = np.bincount(row_of, adds, minlength=len(candidates))
        mass = np.bincount(row_of, probability[column_of], minlength=len(candidates))

        taken = np.zeros(len(numbers))
        own = own_mass = 0.0
        total = 0
        waiting = np.ones(len(candidates), dtype=bool)
        order: list[int] = []
        for _ in candidates:
            # An empty summary has divergence nought, whatever the logarithm of its size.
            divergence = own + added + (own_mass + mass) * np.log(np.maximum(total + sizes, 1.0))
            divergence[~waiting] = np.inf
            best = int(np.argmax(divergence <= divergence.min() + _SAME))
            order.append(best)
            waiting[best] = False
            total += len(words[best])
            for word, count in Counter(words[best]).items():
                number = numbers.get(word)
                if number is None:
                    continue
                before = taken[number]
                after = taken[number] = before + count
                p = probability[number]
                entries = by_word[starts[number] : starts[number + 1]]
                if before:
                    own -= p * float(np.log(after / before))
                else:
                    own += float(entropy[number]) - p * float(np.log(after))
                    own_mass += p
                    mass[row_of[entries]] -= p
                new = -p * np.log((after + count_of[entries]) / after)
                added[row_of[entries]] += new - adds[entries]
                adds[entries] = new
        return order
