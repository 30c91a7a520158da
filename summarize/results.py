"""Lists of results: who came first, second and third, told without a sentence.

    >>> [(row.fact, row.name) for row in read_results("Uitslag: 1. Bol (Ned) 4.12.30; 2. De Wit (Bel) 0.03")]
    [('winner', 'Bol'), ('second', 'De Wit')]

Cleaning takes such lists out of the text, since they are no prose; who won stands nowhere more surely. What a list is
of is told by the words before it: a stage's result, the general classification, or something else, which is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarize.lexicon import load
from summarize.text import CAPITAL

__all__ = ["Placing", "lists", "read_results"]

HEAD = 120
"""Letters before a list in which it is named."""
NEAR = 130
"""Letters from the name in a row to the number of the next row."""
STAGE = ("winner", "second", "third")
GENERAL = ("gc_leader", "gc_second", "gc_third")
_PARTICLES = "van|de|der|den|von|di|da|le|la|del|dos|ten|ter|'t|el"
_NAME = rf"{CAPITAL}[\w'’.-]+(?: (?:{_PARTICLES}|{CAPITAL}[\w'’.-]+)){{0,4}}"
_ROW = re.compile(
    rf"(?:^|(?<=[\s;,:|(]))([123])[.)°]? ?[.|]? ?({_NAME})(?=\s*(?:[(|;,+/\n-]|\d|op\b|at\b|z\.t|s\.t|same|zelfde|$))"
)


@dataclass(frozen=True, slots=True)
class Placing:
    """A row of a list."""

    fact: str
    """`winner`, `second` or `third` of a stage, or `gc_leader`, `gc_second` or `gc_third`."""
    name: str
    row: str
    """The row as it stands in the text."""
    head: str = ""
    """What the list is named by: the end of the line before it, or of its own."""


@cache
def _words() -> tuple[re.Pattern[str], ...]:
    """What names a stage's list, the general classification's and another one's."""
    known = load("cleaning")["results"]
    return tuple(re.compile("|".join(known[kind]), re.IGNORECASE) for kind in ("stage", "general", "other"))


def read_results(text: str) -> tuple[Placing, ...]:
    """The first three of each list of a stage's results and of the general classification in a text, in its order.

    The first list that is named as neither is taken for the stage's.
    """
    placings: list[Placing] = []
    before = 0
    for rows in lists(text):
        begin, end = rows[0].start(), rows[-1].end()
        lines = [line.strip() for line in text[max(before, begin - HEAD) : begin].split("\n") if line.strip()]
        head = lines[-1] if lines else ""
        named = [(found.start(), kind) for kind, words in enumerate(_words()) for found in words.finditer(head)]
        kind = max(named)[1] if named else 2 if placings else 0
        before = end
        if kind == 2 or any(row.fact == (STAGE, GENERAL)[kind][0] for row in placings):
            continue
        for fact, row in zip((STAGE, GENERAL)[kind], rows, strict=False):
            line = text[row.start() : row.end() + NEAR].split("\n")[0]
            cut = re.search(r"[;|]|(?<=[\s,])[2-9][.)] ", line[row.end() - row.start() :])
            line = line[: row.end() - row.start() + cut.start()] if cut else line
            placings.append(Placing(fact, _spelt(row[2].rstrip(".")), line.strip(" ,"), head))
    return tuple(placings)


def _spelt(name: str) -> str:
    """The name with small letters where a list has its surname in capitals: "Annemiek VAN VLEUTEN"."""
    return " ".join(map(_small, name.split()))


def _small(word: str) -> str:
    """A word in capitals as a name has it; an initial stays."""
    if len(word) == 1 or not word.isupper():
        return word
    return word.lower() if word.lower() in _PARTICLES.split("|") else word.title()


def lists(text: str) -> Iterator[list[re.Match[str]]]:
    """Rows 1 and 2, and 3 where there is one, that follow each other closely."""
    rows: list[re.Match[str]] = []
    for row in _ROW.finditer(text):
        if rows and int(row[1]) == len(rows) + 1 and row.start() - rows[-1].end() <= NEAR:
            rows.append(row)
        else:
            if len(rows) > 1:
                yield rows
            rows = [row] if row[1] == "1" else []
        if len(rows) == 3:
            yield rows
            rows = []
    if len(rows) > 1:
        yield rows
