"""The cue words of a language, compiled once from the lexicon (`composing.LANGUAGE.json`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarize.lexicon import load

__all__ = ["Cues", "cues"]


def _any(terms: Iterable[str], *, start: bool = False) -> re.Pattern[str]:
    """A pattern that finds any of the terms as whole words; terms may hold regular expressions."""
    body = "|".join(sorted(terms, key=lambda term: (-len(term), term)))
    return re.compile(rf"^\W*(?:{body})(?!\w)" if start else rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cues:
    """What the composition of a brief knows about one language."""

    dangling_start: re.Pattern[str]
    it_start: re.Pattern[str]
    expletive_start: re.Pattern[str]
    subject_pronoun: re.Pattern[str]
    group_pronoun: re.Pattern[str]
    possessive_pronoun: re.Pattern[str]
    first_person: re.Pattern[str]
    additive: re.Pattern[str]
    person_start: re.Pattern[str]
    """A pronoun for a person opens the sentence."""
    somebody: re.Pattern[str]
    """A person by nationality only: "the Belgian", "the 25-year-old Frenchman"."""
    person_noun_start: re.Pattern[str]
    speech: re.Pattern[str]
    classification: re.Pattern[str]
    next: re.Pattern[str]
    next_weak: re.Pattern[str]
    next_day_stage: re.Pattern[str]
    background: re.Pattern[str]
    win: re.Pattern[str]
    stage: re.Pattern[str]
    action: re.Pattern[str]
    phase_start: re.Pattern[str]
    phase_middle: re.Pattern[str]
    phase_final: re.Pattern[str]
    phase_finish: re.Pattern[str]
    on_the_climb: re.Pattern[str]
    """How far below the top of a climb something happened."""
    move: re.Pattern[str]
    """What riders do to win: attack, jump clear, start the sprint."""
    out: re.Pattern[str]
    """A rider is out of the race: gave up, was taken to hospital, was disqualified."""
    women: re.Pattern[str]
    """The race of the women, where that of the men is spoken of."""
    ranks: re.Pattern[str]
    """Words for second and third place."""
    length: re.Pattern[str]
    """A distance of three figures, which only whole stages have."""
    route: re.Pattern[str]
    to_go: re.Pattern[str]
    metres_to_go: re.Pattern[str]
    kilometres_raced: re.Pattern[str]
    weekdays: tuple[str, ...]
    """Monday first."""
    number_words: dict[str, float]


@cache
def cues(language: str) -> Cues:
    """The cues of a language. Raises FileNotFoundError where the lexicon has none for it."""
    data: dict[str, Any] = load("composing", language)
    numbers: dict[str, float] = data["number_words"]
    number = r"\d{1,3}(?:[.,]\d{1,2})?|" + "|".join(sorted(numbers, key=lambda word: (-len(word), word)))

    def figures(key: str) -> re.Pattern[str]:
        # Each alternative has one group with the figure; only one of them matches.
        return re.compile("|".join(term.replace("NUM", number) for term in data[key]), re.IGNORECASE)

    nationality = "|".join(sorted(data["nationalities"], key=lambda word: (-len(word), word)))
    person = "|".join(sorted(data["person_nouns"], key=lambda word: (-len(word), word)))
    articles = "|".join(data["articles"])
    definite = "|".join(data["definite_articles"])
    return Cues(
        dangling_start=_any(data["dangling_start"], start=True),
        it_start=_any(data["it_start"], start=True),
        expletive_start=re.compile("|".join(data["expletive_start"]), re.IGNORECASE),
        subject_pronoun=_any(data["subject_pronouns"]),
        group_pronoun=_any(data["group_pronouns"]),
        possessive_pronoun=_any(data["possessive_pronouns"]),
        first_person=_any(data["first_person"]),
        additive=_any(data["additive"]),
        person_start=_any(data["person_start"], start=True),
        somebody=re.compile(rf"(?<!\w)(?:{definite}) (?:[\w-]+ ){{0,2}}?(?:{nationality})(?!\w)", re.IGNORECASE),
        person_noun_start=re.compile(
            rf"^\W*(?:{articles}) (?:[\w’'-]+ ){{0,4}}?[\w-]*(?:{person})(?!\w)", re.IGNORECASE
        ),
        speech=_any(data["speech_verbs"]),
        classification=_any(data["classification"]),
        next=_any(data["next"]),
        next_weak=_any(data["next_weak"]),
        next_day_stage=_any(data["next_day_stage"]),
        background=_any(data["background"]),
        win=_any(data["win"]),
        stage=re.compile(rf"(?<!\w)\w*(?:{'|'.join(data['stage'])})s?(?!\w)", re.IGNORECASE),
        action=_any(data["action"]),
        phase_start=_any(data["phase_start"]),
        phase_middle=_any(data["phase_middle"]),
        phase_final=_any(data["phase_final"]),
        phase_finish=_any(data["phase_finish"]),
        on_the_climb=_any(data["on_the_climb"]),
        move=_any(data["move"]),
        out=_any(data["out"]),
        women=_any(data["women"]),
        ranks=_any(data["ranks"]),
        length=re.compile(r"(?<![\d.,])[12]\d\d(?:[.,]\d)?[\s-]*(?:km|kilomet)", re.IGNORECASE),
        route=_any(data["route"]),
        to_go=figures("to_go"),
        metres_to_go=figures("metres_to_go"),
        kilometres_raced=figures("kilometres_raced"),
        weekdays=tuple(data["weekdays"]),
        number_words=numbers,
    )
