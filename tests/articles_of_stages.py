"""Articles for tests, made from a few sentences of our own."""

from __future__ import annotations

import re
from datetime import datetime

from summarize.articles import Article, Sentence
from summarize.sentences import split


def article(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    language: str = "en",
    path: str = "a.txt",
) -> Article:
    """A prepared article; paragraphs of `text` have an empty line between them."""
    sentences: list[Sentence] = []
    lines = [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip())]
    for number, line in enumerate(lines):
        for sentence in split(line, language):
            sentences.append(Sentence(sentence, position=len(sentences), paragraph=number))
    return Article(
        id=path,
        path=path,
        title=title,
        text="\n".join(lines),
        published=datetime.fromisoformat(published) if published else None,
        has_time=bool(published and "T" in published),
        language=language,
        sentences=tuple(sentences),
    )
