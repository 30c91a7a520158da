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

        # Words of each sentence as they are written, those that the document's probabilities know.
        written = [_numbered(sentence, numbers) for sentence in words]

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
            found, count = written[best]
            if not len(found):
                continue
            before = taken[found]
            after = before + count
            taken[found] = after
            new = before == 0.0
            own += float(np.where(new, entropy[found], 0.0).sum())
            own -= float((probability[found] * np.log(after / np.where(new, 1.0, before))).sum())
            own_mass += float(probability[found[new]].sum())
            # All entries of these words: ranges of `by_word`, one after the other.
            sizes_of = starts[found + 1] - starts[found]
            offsets = np.repeat(starts[found] - np.cumsum(sizes_of) + sizes_of, sizes_of)
            entries = by_word[offsets + np.arange(len(offsets))]
            p, whole = np.repeat(probability[found], sizes_of), np.repeat(after, sizes_of)
            following = -p * np.log((whole + count_of[entries]) / whole)
            rows_of = row_of[entries]
            added += np.bincount(rows_of, following - adds[entries], minlength=len(candidates))
            mass -= np.bincount(rows_of, np.where(np.repeat(new, sizes_of), p, 0.0), minlength=len(candidates))
            adds[entries] = following
        return order


def _numbered(words: Sequence[str], numbers: dict[str, int]) -> tuple[Any, Any]:
    """Numbers of the words that have one, and how often each occurs."""
    counts = [(numbers[word], count) for word, count in Counter(words).items() if word in numbers]
    return np.array([number for number, _ in counts], dtype=np.intp), np.array([count for _, count in counts], float)
