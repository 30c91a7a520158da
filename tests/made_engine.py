"""An engine made by hand, which says the same whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from summarize.translation.choosing import Choice, Chooser
from summarize.translation.engine import Decoding, Hypothesis


class _Parrot:
    def __init__(self, said: Sequence[tuple[str, float]]) -> None:
        self._said = [Hypothesis(text, score) for text, score in said]

    def pieces(self, text: str) -> list[str]:
        return text.split()

    def translate(self, sentences: Sequence[str], how: Decoding) -> list[list[Hypothesis]]:
        return [self._said for _ in sentences]

    def translate_each(self, sentences: Sequence[str], how: Decoding) -> Iterator[tuple[int, list[Hypothesis]]]:
        return iter(enumerate(self.translate(sentences, how)))


def chosen(sentence: str, said: Sequence[tuple[str, float]], guarded: bool, terms: bool) -> Choice:
    """What the chooser makes of hypotheses, each a text and its score, the best first."""
    engine: Any = _Parrot(said)
    return Chooser(engine, guarded, terms).translate([sentence])[0]
