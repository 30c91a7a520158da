"""One article from its file's text to sentences: clean, detect the language, split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarize.articles import Article, Failure, Sentence
from summarize.cleaning import clean
from summarize.language import detect
from summarize.results import read_results
from summarize.sentences import each

__all__ = ["LANGUAGES", "MAX_SENTENCES", "prepare"]

LANGUAGES = ("en", "nl")

MAX_SENTENCES = 50_000
"""Sentences of an article; the longest novels have as many."""


def prepare(article: Article, languages: Sequence[str] = LANGUAGES) -> Article | Failure:
    """The article cleaned, with `language` and `sentences` filled.

    A Failure where no article text is left after cleaning, where it has more than `MAX_SENTENCES` sentences, and where
    it is in none of `languages`. Pure: the same article always gives the same result, in any process.
    """
    cleaned = clean(article)
    if not cleaned.text:
        return Failure(article.path, "no article text")
    language, _ = detect(cleaned.text)
    if language is None:
        return Failure(article.path, "no article text")
    if language not in languages:
        return Failure(article.path, f"language {language} is not supported")
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(cleaned.text.split("\n")):
        for text in each(paragraph, language):
            if len(sentences) == MAX_SENTENCES:
                return Failure(article.path, f"too long for an article (more than {MAX_SENTENCES:,} sentences)")
            sentences.append(Sentence(text, position=len(sentences), paragraph=number))
    if not sentences:
        return Failure(article.path, "no article text")
    return replace(cleaned, language=language, sentences=tuple(sentences), results=read_results(article.text))
