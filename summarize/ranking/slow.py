"""Methods of sumy that need a hand to give the same sentences every time."""

from __future__ import annotations

from typing import Any

from sumy.summarizers.lsa import LsaSummarizer

__all__ = ["SortedLsaSummarizer"]


class SortedLsaSummarizer(LsaSummarizer):  # type: ignore[misc]
    """sumy's LSA with the rows of its matrix in a fixed order.

    sumy numbers words in the order of a set, which changes from run to run; the decomposition then
    rounds differently, and sentences with equal ranks come out in another order.

    Source of the method: J. Steinberger and K. Ježek, "Using Latent Semantic Analysis in Text Summarization and Summary
    Evaluation", ISIM 2004.
    """

    def _create_dictionary(self, document: Any) -> dict[str, int]:
        words: dict[str, int] = super()._create_dictionary(document)
        return {word: number for number, word in enumerate(sorted(words))}

    def _compute_ranks(self, sigma: Any, v_matrix: Any) -> list[float]:
        return [round(rank, 9) for rank in super()._compute_ranks(sigma, v_matrix)]
