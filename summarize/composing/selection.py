"""Choosing the units of a brief: the most news in the fewest words, each piece of news once.

A brief covers concepts (stems and pairs of stems of content words), weighted by how many sources tell them and how
early; a greedy choice by weight gained per word comes close to the best cover (Gillick & Favre 2009, "A scalable
global model for summarization"; Lin & Bilmes 2010, "Multi-document summarization via budgeted maximization of
submodular functions"). Facts that no chosen unit tells yet, safe translations and units that stand alone are worth
more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from summarize.composing.duplicates import Vectors, content
from summarize.composing.units import Unit

__all__ = ["Candidate", "Choice", "choose", "concept_weights"]

_SHARE = {"result": 0.34, "race": 0.5, "classification": 0.24, "reactions": 0.2, "next": 0.14}
"""At most this share of the budget goes to a section."""
_REST = {"result": 0.5, "race": 1.0, "classification": 0.4}
"""Shares once nothing more fits within the first ones."""
_AT_MOST = {"result": 3, "race": 6, "classification": 3, "reactions": 2, "next": 1}
_PRIOR = {"result": 1.35, "race": 1.0, "classification": 1.15, "reactions": 0.5, "next": 0.45}
WITHDRAWAL = "withdrawal"
"""What a unit tells that says who is out of the race."""
_FACT_WORTH = {
    WITHDRAWAL: 0.5,
    "stage": 0.5,
    "winner": 1.0,
    "finish": 0.5,
    "start": 0.45,
    "distance_km": 0.5,
    "gc_leader": 0.8,
    "second": 0.35,
    "third": 0.3,
    "margin": 0.2,
    "team": 0.15,
    "gc_second": 0.25,
    "gc_third": 0.15,
    "gc_gap": 0.25,
}
_RESULT_FACTS = {"second", "third", "margin", "distance_km", "start", "finish", "stage"}
"""What a second sentence about the result must add."""
_KIND = {"report": 1.0, "reaction": 0.45, "preview": 0.2}
_FLAGGED = {"loop": 0.1, "length": 0.4, "number": 0.35, "name": 0.45}

_FACTS = 0.22
"""What the worth of new facts counts against the weight of new concepts."""
_WORDS_BASE, _WORDS_POWER = 8, 0.75
"""Gain is divided by (words + base) ** power: 1 would favour the shortest sentences, 0 the longest."""
_MOVE = 1.6
"""How much more it is worth to tell how the winner went to win, until that is told."""
_DECAY = 0.15
"""How fast a concept loses worth down the article."""
_SURE = 0.85
"""From this confidence on a translation counts like an original."""
_FLOOR, _LEAST = 0.68, 0.5
"""A translation less confident than the first is not shown; the second goes for the one sentence about the result."""
_CAUTION = 3.0
"""How steeply a less confident translation falls behind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be shown, with what the choice needs to know about it."""

    unit: Unit
    section: str
    facts: frozenset[str]
    kind: str
    translated: bool
    wins: bool
    """True where its article claims in it who won or came second or third."""
    concepts: frozenset[str]
    sentence_numbers: tuple[int, ...]
    """Numbers of its sentences in the event's `Vectors`."""
    to_go: float | None = None
    """Kilometres from the finish at which it happened; None where the unit does not say."""
    names: frozenset[str] = frozenset()
    """Folded names that stand in it."""
    move: bool = False
    """True where it tells how the winner went to win."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A chosen candidate, with the parts of its score at the time of the choice."""

    candidate: Candidate
    score: float
    """0 to 1, against the best candidate of the event."""
    parts: tuple[tuple[str, float], ...]
    new_facts: tuple[str, ...]


def concepts_of(text: str) -> frozenset[str]:
    """Stems and pairs of neighbouring stems of the content words of an English text."""
    stems = content(text)
    return frozenset(stems) | frozenset(f"{a} {b}" for a, b in pairwise(stems))


def concept_weights(articles: Sequence[tuple[str, Sequence[str]]]) -> dict[str, float]:
    """Worth of each concept over (kind, English sentences) of an event's articles.

    An article adds to a concept once, by the earliest sentence that has it: 1 for the first, less further down.
    """
    total: dict[str, float] = {}
    for kind, sentences in articles:
        here: dict[str, float] = {}
        for position, text in enumerate(sentences):
            worth = _KIND[kind] / (1 + _DECAY * position)
            for concept in concepts_of(text):
                here.setdefault(concept, worth)
        for concept in sorted(here):
            total[concept] = total.get(concept, 0.0) + here[concept]
    return total


@dataclass(slots=True)
class _Brief:
    covered: set[str] = field(default_factory=set)
    facts: set[str] = field(default_factory=set)
    sentences: set[tuple[int, int]] = field(default_factory=set)
    numbers: list[int] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    moved: bool = False
    """True once it is told how the winner went to win."""
    won: bool = False
    """True once the result tells who won; a reaction ("they were better") is no report of it."""


def choose(
    candidates: Sequence[Candidate], weights: Mapping[str, float], vectors: Vectors, max_words: int
) -> list[Choice]:
    """Choose units within `max_words` English words; in the order of choice.

    Ties go to the earlier candidate, so that the same candidates in the same order give the same choice.
    """
    state = _Brief()
    share = dict(_SHARE)
    scale = sum(sorted(weights.values(), reverse=True)[:40]) or 1.0
    while True:
        best: Choice | None = None
        best_gain = 0.0
        used = sum(state.words.values())
        for candidate in candidates:
            gain, parts, new_facts = _gain(candidate, state, weights, scale, max_words, used, share)
            if gain > best_gain + 1e-12 and not _repeats(candidate, state, vectors):
                best_gain = gain
                best = Choice(candidate, gain, parts, new_facts)
        if best is None and share["race"] < 1:
            # What the other sections leave goes to the race and the result.
            share |= _REST
            continue
        if best is None:
            break
        _take(best, state)
    top = max((choice.score for choice in state.choices), default=1.0)
    return [Choice(c.candidate, round(c.score / top, 4), c.parts, c.new_facts) for c in state.choices]


def _gain(
    candidate: Candidate,
    state: _Brief,
    weights: Mapping[str, float],
    scale: float,
    max_words: int,
    used: int,
    share: Mapping[str, float],
) -> tuple[float, tuple[tuple[str, float], ...], tuple[str, ...]]:
    """What a candidate adds to the brief for each word (0 where it may not be taken), with the parts of that."""
    section, words = candidate.section, candidate.unit.words
    spent = state.words.get(section, 0)
    sure = min((s.confidence for s in candidate.unit.sentences if s.confidence is not None), default=1.0)
    nothing: tuple[float, tuple[tuple[str, float], ...], tuple[str, ...]] = (0.0, (), ())
    if used + words > max_words or state.count.get(section, 0) >= _AT_MOST[section]:
        return nothing
    if spent + words > max(share[section] * max_words, 0 if spent else 45):
        return nothing
    only = candidate.wins and section == "result" and not spent
    if sure < (_LEAST if only else _FLOOR):
        return nothing
    keys = {(candidate.unit.article, s.position) for s in candidate.unit.sentences}
    if keys & state.sentences:
        return nothing
    fresh = candidate.concepts - state.covered
    news = sum(weights.get(concept, 0.0) for concept in sorted(fresh)) / scale
    new_facts = tuple(sorted(candidate.facts - state.facts))
    facts = sum(_FACT_WORTH.get(name, 0.0) for name in new_facts)
    if section == "result" and spent and state.won and not set(new_facts) & _RESULT_FACTS:
        return nothing  # who won has been said
    if section == "classification" and "gc_leader" in candidate.facts and spent and not new_facts:
        return nothing  # so has who leads
    safe = min((_FLAGGED.get(flag, 1.0) for flag in candidate.unit.flags), default=1.0)
    safe *= min(1.0, sure / _SURE) ** _CAUTION
    native = 1.0 if not candidate.translated else 0.93
    alone = 0.9 ** (len(candidate.unit.sentences) - 1)
    first = 1.0 / (1 + 0.04 * candidate.unit.main.position)
    worth = (news + _FACTS * facts) * _PRIOR[section] * _KIND[candidate.kind] ** 0.5
    worth *= safe * native * alone * (0.6 + 0.4 * first)
    if section == "result" and "winner" in candidate.facts and not state.won:
        worth *= 1.6
    decides = candidate.move and section == "race" and not state.moved
    if decides:
        worth *= _MOVE
    gain = worth / (words + _WORDS_BASE) ** _WORDS_POWER
    parts = (
        ("news", round(news, 4)),
        ("facts", round(min(1.0, facts / 3), 4)),
        ("position", round(first, 4)),
        ("faithful", round(safe, 4)),
        *((("decides", 1.0),) if decides else ()),
    )
    return gain, parts, new_facts


def _repeats(candidate: Candidate, state: _Brief, vectors: Vectors) -> bool:
    """True where one of the candidate's sentences tells what a chosen sentence tells already.

    Two sentences about the same riders at the same kilometre tell the same, whatever their words; so do those of two
    articles where one says "he".
    """
    for choice in state.choices:
        other = choice.candidate
        if candidate.to_go is None or other.to_go is None or abs(candidate.to_go - other.to_go) > 1:
            continue
        unnamed = not (candidate.names and other.names) and candidate.unit.article != other.unit.article
        if candidate.names & other.names or unnamed:
            return True
    return any(vectors.same_news(mine, chosen) for mine in candidate.sentence_numbers for chosen in state.numbers)


def _take(choice: Choice, state: _Brief) -> None:
    candidate = choice.candidate
    state.covered |= candidate.concepts
    state.facts |= candidate.facts
    state.sentences |= {(candidate.unit.article, s.position) for s in candidate.unit.sentences}
    state.numbers.extend(candidate.sentence_numbers)
    state.words[candidate.section] = state.words.get(candidate.section, 0) + candidate.unit.words
    state.count[candidate.section] = state.count.get(candidate.section, 0) + 1
    state.choices.append(choice)
    state.won = state.won or (candidate.section == "result" and "winner" in candidate.facts)
    state.moved = state.moved or (candidate.move and candidate.section == "race")
