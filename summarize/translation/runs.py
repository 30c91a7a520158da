"""Runs of words of a lexicon, found in a sentence.

>>> [one.form for one in Runs(["in de loop van", "in de"]).find("Dat gebeurde in de loop van de dag.") if one.form]
['in de loop van']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Run", "Runs"]

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that stands in a sentence, or a word that is in none."""

    form: str
    """The run as the lexicon has it; empty for a word that is in none."""
    start: int
    end: int
    """From where to where in the sentence."""


class Runs:
    """An index of runs of words."""

    def __init__(self, forms: Iterable[str]) -> None:
        found: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for form in forms:
            words = tuple(_WORD.findall(form.casefold()))
            found.setdefault(words[:2], []).append((words, form))
        # By their first two words, or the only one; the longest first.
        self._runs = {start: sorted(runs, key=lambda run: (-len(run[0]), run[0])) for start, runs in found.items()}

    def find(self, sentence: str) -> Iterator[Run]:
        """The runs of a sentence, from the left, the longest of those that begin at a word; and the words of none."""
        words = list(_WORD.finditer(sentence))
        said = [word.group().casefold() for word in words]
        at = 0
        while at < len(words):
            for length, form in self._at(said, at):
                if _stands(words, at, at + length, sentence):
                    yield Run(form, words[at].start(), words[at + length - 1].end())
                    at += length
                    break
            else:
                yield Run("", *words[at].span())
                at += 1

    def _at(self, said: list[str], at: int) -> Iterator[tuple[int, str]]:
        for start in (tuple(said[at : at + 2]), (said[at],)):
            for run, form in self._runs.get(start, ()):
                if tuple(said[at : at + len(run)]) == run:
                    yield len(run), form


def _stands(words: list[re.Match[str]], at: int, end: int, sentence: str) -> bool:
    """Whether words are one run: nothing but a blank between, and no capital but at the beginning."""
    if at and words[at].group()[0].isupper() and sentence[words[at - 1].end() : words[at].start()] == " ":
        return False  # a name
    return all(sentence[words[i].end() : words[i + 1].start()] == " " for i in range(at, end - 1))
