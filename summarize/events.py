"""Which articles tell of the same stage of the same edition of a race."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import TYPE_CHECKING, Literal

from summarize.articles import Article
from summarize.facts import Claim

if TYPE_CHECKING:
    from summarize.calendar import Calendar, Stage

__all__ = ["Event", "EventArticle", "Grouping", "Kind", "Unassigned", "group"]

Kind = Literal["report", "reaction", "preview"]


@dataclass(frozen=True, slots=True)
class EventArticle:
    """An article in its event: what kind of piece it is and what it claims."""

    article: Article
    kind: Kind
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One stage of one edition, with the articles that tell of it.

    `race`, `edition`, `stage` and `date` are None where neither the articles nor the calendar say;
    a prologue is stage 0, a one-day race has stage None.
    """

    id: str
    race: str | None
    edition: int | None
    stage: int | None
    date: Date | None
    evidence: tuple[str, ...]
    articles: tuple[EventArticle, ...]
    official: Stage | None = None
    """The calendar's row, None where it has none."""


@dataclass(frozen=True, slots=True)
class Unassigned:
    """An article that belongs to no event, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """All events, ordered by date, race and stage, and what belongs to none."""

    events: tuple[Event, ...]
    unassigned: tuple[Unassigned, ...]


def group(articles: Sequence[Article], calendar: Calendar | None) -> Grouping:
    """Group prepared articles (language and sentences filled) into events."""
    raise NotImplementedError
