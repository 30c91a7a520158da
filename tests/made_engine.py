"""An engine made by hand, which says what it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarize.translation.choosing import Choice, Chooser
from summarize.translation.engine import Decoding, Hypothesis

Said = Sequence[tuple[str, float]]
"""Hypotheses, each a text and its score, the best first."""


class _Parrot:
    def __init__(self, said: Said, of: Mapping[str, Said] | None = None) -> None:
        self._said = [Hypothesis(text, score) for text, score in said]
        self._of = {source: [Hypothesis(*one) for one in some] for source, some in (of or {}).items()}

    def pieces(self, text: str) -> list[str]:
        return text.split()

    def translate(self, sentences: Sequence[str], how: Decoding) -> list[list[Hypothesis]]:
        return [self._of.get(sentence, self._said) for sentence in sentences]

    def translate_each(self, sentences: Sequence[str], how: Decoding) -> Iterator[tuple[int, list[Hypothesis]]]:
        return iter(enumerate(self.translate(sentences, how)))


def by_source(sentence: str, said: Mapping[str, Said]) -> Choice:
    """What the chooser makes of a sentence where the engine says something for each text that it may be given."""
    engine: Any = _Parrot((), said)
    return Chooser(engine, True, True).translate([sentence])[0]


def chosen(sentence: str, said: Said, guarded: bool, terms: bool) -> Choice:
    """What the chooser makes of hypotheses."""
    engine: Any = _Parrot(said)
    return Chooser(engine, guarded, terms).translate([sentence])[0]
