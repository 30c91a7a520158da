"""Which sentences of an article tell most: sumy's methods by name, and one of our own.

    >>> from summarize.ranking import Length, summarize_article
    >>> summary = summarize_article(article, method="lexrank", length=Length(sentences=2))  # doctest: +SKIP
    >>> summary.text  # doctest: +SKIP

An article comes prepared: cleaned, its language known, split into sentences, translated where wanted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.articles import Article, Sentence
from summarize.errors import UsageError

__all__ = ["METHODS", "Length", "Summary", "rank", "select", "summarize_article"]

METHODS = ("default", "lead", "lexrank", "textrank", "lsa", "luhn", "kl", "sumbasic", "edmundson", "reduction")

DEFAULT_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Length:
    """How long a summary may be: one of three measures, three sentences where none is given.

    Raises UsageError where more than one is given, or one that makes no sense.
    """

    sentences: int | None = None
    """At most this many sentences."""
    words: int | None = None
    """At most this many words, as a reader counts them. A summary has one sentence at least, however long it is."""
    ratio: float | None = None
    """Share of the article's sentences, above 0 up to 1, rounded down; one sentence at least."""

    def __post_init__(self) -> None:
        if sum(value is not None for value in (self.sentences, self.words, self.ratio)) > 1:
            raise UsageError("give one length only: sentences, words or ratio")
        for name, value in (("sentences", self.sentences), ("words", self.words)):
            if value is not None and value < 1:
                raise UsageError(f"the length in {name} must be 1 or more, not {value}")
        if self.ratio is not None and not 0.0 < self.ratio <= 1.0:
            raise UsageError(f"the ratio must be above 0 and at most 1, not {self.ratio}")

    def count(self, available: int) -> int | None:
        """How many of so many sentences, None where words decide."""
        if self.words is not None:
            return None
        if self.ratio is not None:
            # 0.29 * 100 is 28.999999999999996
            return min(available, max(1, math.floor(self.ratio * available + 1e-9)))
        return min(available, self.sentences if self.sentences is not None else DEFAULT_SENTENCES)


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen sentences of an article, word for word, in the order of the article."""

    sentences: tuple[Sentence, ...]
    method: str

    @property
    def text(self) -> str:
        """The sentences joined by spaces: English where they have been translated, else as they are."""
        return " ".join(sentence.english for sentence in self.sentences)


def rank(article: Article, method: str = "default", most: int | None = None) -> tuple[int, ...]:
    """Indices of the article's sentences, best first; equally good ones in the order of the article.

    `most` says how many of the first are wanted where it is not all; the others may then stand in any order.
    Works on the English of translated articles, else on the text in its own language. Sentences that the
    faithfulness guard has flagged come after all others. Raises UsageError where the method is unknown.
    """
    if method not in METHODS:
        raise UsageError(f"there is no method {method!r}; methods are: {', '.join(METHODS)}")
    sentences = article.sentences
    if method == "lead" or len(sentences) < 2:
        order: Sequence[int] = range(len(sentences))
    else:
        from summarize.ranking.documents import order_sentences

        if most is not None:
            most += sum(bool(sentence.flags) for sentence in sentences)
        order = order_sentences(article, method, most)
    return tuple(sorted(order, key=lambda index: bool(sentences[index].flags)))


def select(order: Sequence[int], texts: Sequence[str], length: Length) -> tuple[int, ...]:
    """Which of the ranked sentences make the summary, as indices into `texts` in ascending order.

    Under a budget of words the best sentence that still fits is taken, over and over; where not even one fits,
    the best alone, whole.
    """
    count = length.count(len(order))
    if count is not None:
        return tuple(sorted(order[:count]))
    assert length.words is not None
    chosen: list[int] = []
    left = length.words
    for index in order:
        words = len(texts[index].split())
        if words <= left and words:
            chosen.append(index)
            left -= words
    return tuple(sorted(chosen or order[:1]))


def summarize_article(article: Article, method: str = "default", length: Length | None = None) -> Summary:
    """An extractive summary of a prepared article.

    `method` is one of `METHODS`; `length` is three sentences where it is None. An article without sentences has an
    empty summary. Raises UsageError where the method is unknown.
    """
    length = length or Length()
    order = rank(article, method, length.count(len(article.sentences)))
    chosen = select(order, [sentence.english for sentence in article.sentences], length)
    return Summary(tuple(article.sentences[index] for index in chosen), method)
