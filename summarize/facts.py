"""Claims, and the facts that they settle into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FACTS", "Claim", "Fact", "Status", "Value"]

Value = str | int | float
Status = Literal["agreed", "single", "disputed", "official"]

FACTS = (
    "winner",
    "team",
    "second",
    "third",
    "margin",
    "distance_km",
    "start",
    "finish",
    "gc_leader",
    "gc_second",
    "gc_third",
    "gc_gap",
    "next_stage",
)
"""The facts of a brief, in the order in which they are shown. Distances are in kilometres."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one article says, with the sentence that says it."""

    fact: str
    """One of `FACTS`, or what the grouping needs besides: race, edition, stage, date."""
    value: Value
    path: str
    sentence: str
    """Word for word from the article; the title where `position` is -1, a row of a list where it is -2."""
    position: int
    """Position of the sentence in the article; -1 for the title, -2 for a list of results."""
    overtaken: bool = False
    """True where a later report withdrew it: a winner who was disqualified afterwards."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an event's sources (or the calendar) say about one thing."""

    name: str
    value: Value
    status: Status
    """agreed: two or more sources; single: one; disputed: sources contradict; official: the calendar's value."""
    claims: tuple[Claim, ...] = ()
    disputed: bool = False
    """True where sources contradict each other or the calendar, also where `status` is official."""
