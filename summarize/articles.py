"""What travels through the pipeline: an article, its sentences, and what could not be read.

Every step takes these and gives new ones back; nothing is changed in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from summarize.results import Placing

__all__ = ["Article", "Failure", "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, word for word as the article has it.

    `text` is in the article's own language. `translation` is its English where the article is not English
    and has been through the translation step, else None. `flags` names what the faithfulness guard found
    in the translation (`number`, `name`, `loop`, `length`); empty where nothing is wrong.
    """

    text: str
    position: int
    """Place in the article, counted from 0 over all paragraphs; the title is not counted."""
    paragraph: int
    """Paragraph the sentence stands in, counted from 0."""
    translation: str | None = None
    flags: tuple[str, ...] = ()
    confidence: float | None = None
    """How sure the translator was, 0 to 1: the geometric mean of the probabilities of the translation's pieces.
    It goes along with the quality of a translation (Fomicheva et al. 2020, "Unsupervised quality estimation for
    neural machine translation"). None where the sentence was not translated or the translator does not say."""

    @property
    def english(self) -> str:
        """The sentence as an English reader gets it: the translation where there is one, else the text."""
        return self.translation if self.translation is not None else self.text

    @property
    def original(self) -> str | None:
        """The text before translation, None where the sentence was not translated."""
        return self.text if self.translation is not None else None


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as far as the steps have brought it.

    Reading fills `id` to `url`; cleaning replaces `text`; language detection fills `language`;
    splitting fills `sentences`; translation fills the sentences' translations and `title_translation`.
    """

    id: str
    """The record's own id in JSON Lines, else the path."""
    path: str
    """Where the article was read from, as the user named it (`-` for standard input)."""
    title: str | None
    text: str
    """The body; paragraphs are separated by newlines."""
    outlet: str | None = None
    """Host name or site name of the publisher ("nos.nl"), None where the file does not say."""
    published: datetime | None = None
    """When it was published, as the file says; naive where no time zone is given; midnight where only a day is."""
    has_time: bool = False
    """True where `published` carries a time of day, False where it is a day only."""
    url: str | None = None
    language: str | None = None
    """ISO 639-1 code, None before language detection."""
    sentences: tuple[Sentence, ...] = ()
    results: tuple[Placing, ...] = ()
    """What lists of results in it say; cleaning takes the lists themselves out of the text."""
    title_translation: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read or done, with the reason for the person at the terminal."""

    path: str
    error: str
