"""English summaries of articles in another language: ranked as they were written, and translated as far as shown.

An article's own words say better what it is about than their translation, and of twenty sentences three are
shown: translating those takes a sixth of the time that all of them would take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from summarize.articles import Article, Sentence
from summarize.ranking import Length, Summary, rank, select
from summarize.translation import Translation

__all__ = ["summarize_in_english"]


class _Translator(Protocol):
    """What is asked of `summarize.Translator`."""

    def translate(self, sentences: Sequence[str]) -> list[Translation]: ...


@dataclass(slots=True)
class _Draft:
    """An article with what is known of its summary."""

    article: Article
    order: Sequence[int]
    """Indices of its sentences, the best one first."""
    wanted: int | None
    """How many of them the summary has; None where that depends on the words of all."""
    sentences: list[Sentence]
    """Its sentences, with English where that has been asked for."""

    def shown(self) -> Sequence[int]:
        """The sentences that make the summary as far as is known: flagged ones come after all others."""
        best = sorted(self.order, key=lambda index: bool(self.sentences[index].flags))
        return best if self.wanted is None else best[: self.wanted]

    def missing(self) -> list[int]:
        """Those of them that have no English yet."""
        return [index for index in self.shown() if self.sentences[index].translation is None]


def summarize_in_english(
    articles: Sequence[Article], translator: _Translator, method: str = "default", length: Length | None = None
) -> list[tuple[str | None, Summary]]:
    """English title and summary of each of the prepared articles, which are all in the translator's language.

    A sentence whose translation the faithfulness guard flags gives way to the next best one, if there is one. The title
    is None where the article has none. Raises UsageError where the method is unknown, NoPackageError where there is no
    language package.
    """
    length = length or Length()
    drafts = [_Draft(a, rank(a, method), length.count(len(a.sentences)), list(a.sentences)) for a in articles]
    titles = [article.title for article in articles if article.title]
    english = dict(zip(titles, (done.text for done in translator.translate(titles)), strict=True))
    open_drafts = drafts
    while todo := [(draft, index) for draft in open_drafts for index in draft.missing()]:
        texts = [draft.sentences[index].text for draft, index in todo]
        for (draft, index), done in zip(todo, translator.translate(texts), strict=True):
            draft.sentences[index] = done.of(draft.sentences[index])
        # Where nothing was flagged nothing gives way.
        open_drafts = [draft for draft in open_drafts if any(sentence.flags for sentence in draft.sentences)]
    return [(english.get(draft.article.title or ""), _summary(draft, method, length)) for draft in drafts]


def _summary(draft: _Draft, method: str, length: Length) -> Summary:
    shown = draft.shown()
    if draft.wanted is None:
        shown = select(shown, [sentence.english for sentence in draft.sentences], length)
    chosen = sorted(shown)
    return Summary(tuple(draft.sentences[index] for index in chosen), method)
