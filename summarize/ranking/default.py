"""The ranking that `summarize` takes unless told otherwise.

A sentence is worth what it adds to the summary so far. It is central to the article, stands early, tells what the
article comes back to (weighted concepts, each of which counts once), has names and numbers, is neither long nor a
fragment, does not repeat what has been chosen, and can be read without the sentence before it or stands right after it.

Sources: the walk along similarities is LexRank's (Erkan and Radev, JAIR 22, 2004); concepts that count once are those
of D. Gillick and B. Favre, "A Scalable Global Model for Summarization", ILP for NLP 2009, chosen greedily, which is
near the best for such sums (H. Lin and J. Bilmes, "A Class of Submodular Functions for Document
Summarization", ACL 2011); subtracting the likeness to what has been chosen is J. Carbonell's and
J. Goldstein's maximal marginal relevance (SIGIR 1998). Nothing is learned from reference summaries but a handful of
weights; `benchmarks/ranking.py` shows how they were found, and what they give on articles that they were not found on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sumy.summarizers import AbstractSummarizer
from sumy.summarizers._summarizer import SentenceInfo
from sumy.utils import ItemsCount

from summarize.ranking.texts import Likeness, names
from summarize.ranking.tokens import lexicon, stems, tokens

__all__ = ["DefaultSummarizer", "Features", "Weights"]

_TWIN = 0.9
"""Sentences as alike as this say the same: the second comes after everything that is new."""

_GREEDY = 400
"""Sentences that are chosen one by one; the rest of a book follows by what they are worth alone."""

_QUOTES = "'\"‘’‚“”„«»`"
_MARK = re.compile(
    r"""(?P<close>[”»]|''|(?<=[.,!?…])['’](?!\w))"""
    r"""|(?P<open>[“„«]|``|(?<![^\s(])[‘’'](?=\w)(?!(?:[tsdmn]|re|ve|ll|em|cause)\b))"""
    r"""|(?P<maybe>(?<=\w)['’](?!\w))"""
    r"""|(?P<straight>"|(?<!\S)['‘’](?!\S))"""
)
"""Quotation marks. A single one closes after a full stop or comma, opens before a word that is no clitic, may close
after a word (or be a genitive), and does either where it stands alone."""
_QUOTED = 6
"""Sentences after which a quotation that is never closed is over."""
_FRAGMENT = 8
"""Words below which a sentence looks like a fragment."""
_LONG = 25
"""Words above which a sentence is long."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a sentence's worth counts; the parts themselves are 0 to 1, length apart."""

    position: float = 1.0
    """Falls by 1/e every three sentences."""
    first: float = 0.1
    """For the first sentence."""
    concepts: float = 1.0
    """Stems that come in more than one sentence (or in the title), each once, weighted by how often and how early."""
    pairs: float = 0.25
    """Pairs of neighbouring stems, likewise."""
    centrality: float = 0.25
    numbers: float = 0.2
    names: float = 0.05
    cost: float = 1.0
    """Per forty words."""
    long: float = 0.5
    """Per twenty words above 25."""
    fragment: float = 1.0
    """For a sentence of no words; less up to eight."""
    redundancy: float = 0.75
    """Times the likeness to the sentence chosen that is most like it."""
    dangling: float = 0.4
    """For a start that needs the sentence before, unless that has been chosen."""
    quote: float = 0.1
    """For opening with a quotation mark."""
    cut: float = 0.3
    """For a quotation that goes on in another sentence."""
    say: float = 0.1
    """For reporting what someone said."""
    question: float = 0.5


@dataclass(frozen=True, slots=True)
class Features:
    """What the weights weigh, of all sentences of a document; arrays have an entry a sentence."""

    position: Any
    centrality: Any
    numbers: Any
    names: Any
    words: Any
    dangling: Any
    quote: Any
    cut: Any
    say: Any
    question: Any
    concepts: tuple[tuple[tuple[Any, ...], ...], dict[Any, float]]
    """Concepts of each sentence, and what each is worth."""
    pairs: tuple[tuple[tuple[Any, ...], ...], dict[Any, float]]
    likeness: Likeness


class DefaultSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """Our own ranking as one of sumy's summarizers.

    `language` is the ISO 639-1 code of the documents, for stems, stop words and dangling starts.
    """

    def __init__(self, language: str | None = "en", weights: Weights | None = None) -> None:
        super().__init__()
        self._language = language
        self._weights = weights or Weights()
        known = lexicon(language)
        self._dangling = frozenset(known.get("dangling_starts", ()))
        self._say = frozenset(known.get("say_words", ()))

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """The best sentences of a document, in its order; `sentences_count` as sumy takes it."""
        order = self.order(document)
        infos = [SentenceInfo(document.sentences[index], index, -rank) for rank, index in enumerate(order)]
        count = sentences_count if callable(sentences_count) else ItemsCount(sentences_count)
        return tuple(info.sentence for info in sorted(count(infos), key=lambda info: info.order))

    def order(self, document: Any, most: int | None = None) -> list[int]:
        """Indices of the document's sentences, best first; `most`: how many of them have to be right."""
        texts = [str(sentence) for sentence in document.sentences]
        title = " ".join(str(heading) for heading in document.headings)
        return choose(self.features(texts, title), self._weights, min(_GREEDY, most or _GREEDY))

    def features(self, texts: Sequence[str], title: str = "") -> Features:
        """What there is to say about each sentence."""
        words = [tokens(text) for text in texts]
        terms = [stems(found, self._language) for found in words]
        headline = stems(tokens(title), self._language)
        likeness = Likeness(terms)
        return Features(
            position=np.exp(-np.arange(len(texts)) / 3.0),
            centrality=likeness.centrality(),
            numbers=np.array([min(2, sum(word[0].isdigit() for word in found)) / 2 for found in words]),
            names=np.array([min(3, len(names(text, self._language))) / 3 for text in texts]),
            words=np.array([len(found) for found in words], dtype=float),
            dangling=np.array([found[0] in self._dangling if found else False for found in words], dtype=float),
            quote=np.array([text[:1] in _QUOTES for text in texts], dtype=float),
            cut=np.array(cut_quotations(texts), dtype=float),
            say=np.array([not self._say.isdisjoint(found) for found in words], dtype=float),
            question=np.array([text.rstrip(_QUOTES + " ").endswith("?") for text in texts], dtype=float),
            concepts=_concepts(terms, headline),
            pairs=_concepts(map(pairwise, terms), pairwise(headline)),
            likeness=likeness,
        )


def cut_quotations(texts: Sequence[str]) -> list[bool]:
    """Whether a sentence has only a part of a quotation, by its marks and those of the sentences before.

    >>> cut_quotations(["He said: “It hurt.", "I fell.", "Then I won.”", "“Fine”, she said.", "The end."])
    [True, True, True, False, False]
    """
    cut = [False] * len(texts)
    since: int | None = None  # the sentence in which an open quotation began
    for place, text in enumerate(texts):
        if since is not None and place - since > _QUOTED:
            since = None
        for mark in _MARK.finditer(text):
            kind = mark.lastgroup
            if kind == "open" or (kind == "straight" and since is None):
                since = place
            elif since is not None:  # also "maybe"
                # A mark left over at the start of a sentence closes the one before.
                last = place if text[: mark.start()].strip() else place - 1
                if since < place:
                    cut[since : last + 1] = [True] * (last + 1 - since)
                since = None
            elif kind == "close":
                cut[place] = True
    return cut


def choose(features: Features, weights: Weights, most: int = _GREEDY) -> list[int]:
    """Indices of the sentences, best first, each chosen for what it adds to those before it.

    Only `most` are chosen so; the others follow by what they are worth after those.
    """
    count = len(features.words)
    if not count:
        return []
    worth = (
        weights.position * features.position
        + weights.centrality * features.centrality
        + weights.numbers * features.numbers
        + weights.names * features.names
        - weights.cost * features.words / 40.0
        - weights.long * np.maximum(0.0, features.words - _LONG) / 20.0
        - weights.fragment * np.maximum(0.0, _FRAGMENT - features.words) / _FRAGMENT
        - weights.dangling * features.dangling
        - weights.quote * features.quote
        - weights.cut * features.cut
        - weights.say * features.say
        - weights.question * features.question
    )
    worth[0] += weights.first
    gains = [_Gain(*features.concepts, weights.concepts, worth), _Gain(*features.pairs, weights.pairs, worth)]
    likest = np.zeros(count)
    order: list[int] = []
    for _ in range(min(count, most)):
        value = worth - weights.redundancy * likest - 10.0 * (likest >= _TWIN)
        value[order] = -math.inf
        best = int(np.argmax(np.round(value, 6)))
        order.append(best)
        for gain in gains:
            gain.take(best)
        if best + 1 < count:
            worth[best + 1] += weights.dangling * features.dangling[best + 1]
        np.maximum(likest, features.likeness.row(best), out=likest)
    value = np.round(worth - weights.redundancy * likest, 6)
    rest = set(range(count)).difference(order)
    return order + sorted(rest, key=lambda index: (-value[index], index))


class _Gain:
    """The part of the worth that comes from concepts not yet in the summary, kept up to date in place."""

    def __init__(
        self, sentences: Sequence[Sequence[Any]], worth_of: dict[Any, float], weight: float, worth: Any
    ) -> None:
        totals = [sum(worth_of[concept] for concept in found) for found in sentences]
        scale = max(totals, default=0.0)
        self._factor = weight / scale if scale > 0.0 else 0.0
        self._sentences = sentences
        self._worth_of = worth_of
        self._worth = worth
        self._taken: set[Any] = set()
        worth += self._factor * np.array(totals)
        self._places: dict[Any, list[int]] = {}
        for index, found in enumerate(sentences):
            for concept in found:
                self._places.setdefault(concept, []).append(index)

    def take(self, index: int) -> None:
        """Count the concepts of a sentence as told."""
        if not self._factor:
            return
        for concept in self._sentences[index]:
            if concept not in self._taken:
                self._taken.add(concept)
                self._worth[self._places[concept]] -= self._factor * self._worth_of[concept]


def _concepts(
    sentences: Iterable[Iterable[Any]], title: Iterable[Any]
) -> tuple[tuple[tuple[Any, ...], ...], dict[Any, float]]:
    """Concepts of each sentence that come again elsewhere, and their worth: one an occurrence, less further down."""
    worth: dict[Any, float] = dict.fromkeys(title, 1.0)
    often: dict[Any, int] = dict.fromkeys(title, 1)
    once = [dict.fromkeys(found) for found in sentences]  # not sets: sums must not depend on their order
    for place, found in enumerate(once):
        early = math.exp(-place / 6.0)
        for concept in found:
            worth[concept] = worth.get(concept, 0.0) + early
            often[concept] = often.get(concept, 0) + 1
    return tuple(tuple(concept for concept in found if often[concept] > 1) for found in once), worth
