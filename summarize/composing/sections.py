"""Which section of a brief a unit belongs to, by what it tells and by cue words of its own language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date

from summarize.agreement import agree
from summarize.composing.cues import Cues, cues
from summarize.composing.units import Unit
from summarize.events import Event
from summarize.facts import Fact
from summarize.text import fold

__all__ = ["Telling", "section_of", "told"]

_YEAR = re.compile(r"(?<![\d.,:])(?:19|20)\d\d(?![\d.,:]\d|\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a unit tells: its section (None where it belongs in no brief) and the facts on its surface."""

    section: str | None
    facts: frozenset[str]


def _names(value: object) -> set[str]:
    """The words by which a person, team or place is known: all long words of the name, the surname foremost."""
    words = fold(str(value)).split()
    return {word for word in words if len(word) > 3} or set(words)


def told(unit: Unit, event: Event, facts: Mapping[str, Fact], ordinals: Mapping[str, int]) -> frozenset[str]:
    """Names of the facts (and `stage`) whose value stands on the unit's surface, in English or in the original."""
    text = f"{unit.english} {unit.text}" if unit.english != unit.text else unit.text
    words = set(fold(text).split())
    found = set()
    for name in ("winner", "second", "third", "gc_leader", "gc_second", "gc_third"):
        if name in facts:
            surname = fold(str(facts[name].value)).split()
            if surname and (surname[-1] in words or (len(surname) > 2 and surname[-2] in words)):
                found.add(name)
    for name in ("start", "finish", "team"):
        if name in facts and _names(facts[name].value) & words:
            found.add(name)
    if "distance_km" in facts:
        wanted = float(facts["distance_km"].value)
        numbers = (float(n.replace(",", ".")) for n in _NUMBER.findall(text))
        if any(agree("distance_km", number, wanted) for number in numbers):
            found.add("distance_km")
    for name in ("margin", "gc_gap"):
        if name in facts and (figures := _NUMBER.findall(str(facts[name].value))) and all(f in text for f in figures):
            found.add(name)
    if event.stage is not None and any(ordinals.get(word) == event.stage for word in words):
        found.add("stage")
    return frozenset(found)


def _days_ahead(text: str, cue: Cues, day: Date | None) -> int | None:
    """How many days after the event's the weekday is that a text names: -3 to 3; None where it names none but its own.

    A weekday alone can be the coming one or the one that was; the nearer one is meant.
    """
    folded = set(fold(text).split())
    named = [i for i, name in enumerate(cue.weekdays) if name in folded or f"{name}s" in folded]
    if not named or (day is not None and day.weekday() in named):
        return None
    if day is None:
        return 1
    return min(((i - day.weekday() + 3) % 7 - 3 for i in named), key=abs)


def section_of(
    unit: Unit, language: str, event: Event, facts: frozenset[str], kind: str, wins: bool, standing: bool
) -> str | None:
    """The section for a unit; None for biography, other days, opinion: what has no place in a brief.

    `facts` are those that the unit tells, `kind` the kind of its article, `wins` whether the article claims in
    this unit who won (or came second or third), `standing` whether it claims who leads
    overall, or follows.
    """
    cue = cues(language)
    text = unit.text
    main = unit.main.text
    ahead = _days_ahead(main, cue, event.date)
    if unit.quote:
        return "reactions"
    if (
        ahead is not None
        and ahead > 0
        and not wins
        and not _past(main, cue)
        and (cue.next_day_stage.search(main) or (cue.next_weak.search(main) and cue.stage.search(main)))
    ):
        return "next"
    if cue.next.search(main) and not wins and not _past(main, cue):
        return "next"
    # Who gives up today mostly does so for what happened the day before.
    before = ahead is not None and ahead < 0 and bool(cue.out.search(main))
    if kind == "preview" or (ahead is not None and not wins and not before):
        return None
    years = {int(year) for year in _YEAR.findall(main)}
    old = bool(cue.background.search(main)) or bool(years - ({event.edition} if event.edition else set()))
    wins_here = "winner" in facts and bool(cue.win.search(text))
    if (wins or wins_here) and ("stage" in facts or cue.stage.search(text) or wins) and not (old and not wins):
        return "result"
    if old:
        return None
    if len(facts & {"start", "finish", "distance_km"}) >= 2 and cue.route.search(main):
        # Where the stage went and how far it was: that belongs with who won it.
        return "result"
    if cue.route.search(main) and "distance_km" not in facts and _another_stage(main, facts, cue):
        return None
    placed = bool(facts & {"gc_leader", "gc_second", "gc_third"}) and cue.ranks.search(main)
    named = cue.classification.search(main)
    moment = _moment_of_race(text, cue)
    if (named and "gc_leader" in facts and not (moment and cue.phase_start.search(main) and not placed)) or (
        (standing or placed or named) and not moment
    ):
        return "classification"
    if cue.action.search(main) or cue.route.search(main):
        return "race"
    return None


def _another_stage(text: str, facts: frozenset[str], cue: Cues) -> bool:
    """True where a sentence about a stage's route gives a length and names neither start nor finish of this one."""
    return not facts & {"start", "finish", "stage"} and bool(cue.length.search(text)) and not cue.to_go.search(text)


def _moment_of_race(text: str, cue: Cues) -> bool:
    """True where a text says when on the road something happened."""
    return any(
        p.search(text) for p in (cue.to_go, cue.metres_to_go, cue.phase_start, cue.phase_final, cue.on_the_climb)
    )


def _past(text: str, cue: Cues) -> bool:
    """True where a sentence tells how far to the line something happened, which has happened then."""
    return bool(cue.to_go.search(text) or cue.metres_to_go.search(text))
