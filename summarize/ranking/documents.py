"""Articles as sumy's documents, and sumy's summarizers by name.

The currency is sumy's object model: any `sumy.summarizers.AbstractSummarizer` ranks an article made a document here,
and the summarizers of this package take any document of sumy's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import groupby
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence

from summarize.articles import Article
from summarize.ranking.tokens import lexicon, stemmer, stop_words, tokenizer

__all__ = ["document", "order_sentences", "rank_document", "ranking_language", "summarizer"]


def ranking_language(article: Article) -> str | None:
    """Language of the texts that are ranked: English once the article has been translated."""
    if any(sentence.translation is not None for sentence in article.sentences):
        return "en"
    return article.language


def document(article: Article) -> Any:
    """The article as sumy's `ObjectDocumentModel`, its title as the heading of the first paragraph.

    The document's sentences are the article's, one for one, in English where they have been translated.
    """
    language = ranking_language(article)
    words = tokenizer(language)
    title = article.title_translation if language == "en" and article.title_translation else article.title
    heading = [SumySentence(title, words, is_heading=True)] if title and title.strip() else []
    paragraphs = []
    for _, sentences in groupby(article.sentences, key=lambda sentence: sentence.paragraph):
        paragraphs.append(Paragraph([*heading, *(SumySentence(s.english, words) for s in sentences)]))
        heading = []
    if heading:
        paragraphs.append(Paragraph(heading))
    return ObjectDocumentModel(paragraphs)


_CLASSES = {
    "lexrank": "summarize.ranking.fast_lexrank:FastLexRankSummarizer",
    "textrank": "summarize.ranking.fast_textrank:FastTextRankSummarizer",
    "kl": "summarize.ranking.fast_kl:FastKLSummarizer",
    "lsa": "summarize.ranking.quick:FastLsaSummarizer",
    "luhn": "summarize.ranking.quick:FastLuhnSummarizer",
    "sumbasic": "sumy.summarizers.sum_basic:SumBasicSummarizer",
    "reduction": "summarize.ranking.fast_textrank:FastReductionSummarizer",
}
"""Summarizer classes that take a stemmer and stop words, imported when asked for."""


@cache
def summarizer(method: str, language: str | None) -> Any:
    """The summarizer of a method, set up for a language: stemmer, stop words, cue words.

    Raises KeyError where the method has none (`lead` needs none).
    """
    stem = stemmer(language)
    stops = stop_words(language)
    if method == "default":
        from summarize.ranking.default import DefaultSummarizer

        return DefaultSummarizer(language)
    if method == "edmundson":
        from sumy.summarizers.edmundson import EdmundsonSummarizer

        made = EdmundsonSummarizer(stem)
        words = lexicon(language)
        # sumy refuses empty sets; no word has a space in it.
        made.bonus_words = words.get("bonus_words") or [" "]
        made.stigma_words = words.get("stigma_words") or [" "]
        made.null_words = stops or [" "]
        return made
    module, _, name = _CLASSES[method].partition(":")
    made = getattr(import_module(module), name)(stem)
    made.stop_words = stops
    return made


class _Recorder:
    """A `sentences_count` for sumy's summarizers that takes all sentences, and notes their order by rating."""

    order: tuple[int, ...] = ()

    def __call__(self, infos: Any) -> Any:
        self.order = tuple(info.order for info in infos)
        return infos


def rank_document(made: Any, of: Any) -> tuple[int, ...]:
    """Indices of the document's sentences in the order of a summarizer's ratings, best first.

    Sentences that the summarizer leaves out follow in the order of the document.
    """
    recorder = _Recorder()
    made(of, recorder)
    left_out = sorted(set(range(len(of.sentences))) - set(recorder.order))
    return (*recorder.order, *left_out)


def order_sentences(article: Article, method: str, most: int | None = None) -> Sequence[int]:
    """Indices of the article's sentences, best first; those after the first `most` in no particular order."""
    made, of = summarizer(method, ranking_language(article)), document(article)
    order: Sequence[int] = made.order(of, most) if method == "default" else rank_document(made, of)
    return order
