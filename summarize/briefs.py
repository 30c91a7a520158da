"""A brief: facts, key sentences by section, disagreements and sources of one event."""

from __future__ import annotations

from dataclasses import dataclass

from summarize.events import Event
from summarize.facts import Fact

__all__ = ["SECTIONS", "Brief", "KeySentence", "Reason", "Section", "Source"]

SECTIONS = ("result", "race", "classification", "reactions", "next")


@dataclass(frozen=True, slots=True)
class Source:
    """An article that a brief rests on."""

    path: str
    title: str | None
    outlet: str | None
    published: str | None
    """As the file gives it, ISO 8601."""
    language: str
    kind: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence was chosen, for `--explain`."""

    scores: tuple[tuple[str, float], ...]
    """The parts of the score, by name, 0 to 1 each."""
    facts: tuple[str, ...]
    """Names of the facts that the sentence tells."""
    beaten: tuple[str, ...]
    """Sentences that say the same and were left out for it."""


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A sentence of a brief, word for word from its source (its original, where translated)."""

    text: str
    """English."""
    original: str | None
    """Dutch, None where the source is English."""
    language: str
    path: str
    outlet: str | None
    score: float
    flags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Paths of other sources that say the same."""
    reason: Reason | None = None
    continues: bool = False
    """True where it follows the sentence before it in its article, and is shown together with it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of `SECTIONS`, never empty."""

    name: str
    sentences: tuple[KeySentence, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """One page about one event."""

    event: Event
    headline: str
    facts: dict[str, Fact]
    """By name, in the order of `summarize.facts.FACTS`; only what is known."""
    sections: tuple[Section, ...]
    disagreements: tuple[Fact, ...]
    sources: tuple[Source, ...]
