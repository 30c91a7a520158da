"""The way of the data, from paths to briefs: the steps in their order.

files ─ read ─ clean ─ detect ─ split ─► Article ─ claims ─ group ─► Event ─ translate ─ rank, compose ─► Brief
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summarize.articles import Failure
from summarize.briefs import Brief
from summarize.errors import ExitCode
from summarize.events import Event, Grouping, Unassigned
from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.calendar import Calendar

__all__ = ["BriefResult", "EventsResult", "find_events", "load_calendar", "make_briefs", "report", "translate_events"]


@dataclass(frozen=True, slots=True)
class EventsResult:
    """What `events` found."""

    grouping: Grouping
    failed: tuple[Failure, ...]
    skipped: int
    """Files that are no articles by their name, and were not looked at."""


@dataclass(frozen=True, slots=True)
class BriefResult:
    """What `brief` made."""

    briefs: tuple[Brief, ...]
    unassigned: tuple[Unassigned, ...]
    failed: tuple[Failure, ...]
    skipped: int


def load_calendar(files: Iterable[Path] = (), *, none: bool = False) -> Calendar | None:
    """The race calendar that ships, with the user's CSV files added; None where none is wanted.

    Raises UsageError where a file cannot be read as a calendar.
    """
    if none:
        return None
    from summarize.calendar import Calendar

    calendar = Calendar.shipped()
    for file in files:
        calendar = calendar.with_file(file)
    return calendar


def find_events(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    calendar: Calendar | Literal["shipped"] | None = "shipped",
) -> EventsResult:
    """Read, prepare and group all articles under the paths.

    Raises UsageError where nothing at all could be read.
    """
    from summarize.batch import read_all
    from summarize.events import group

    settings = settings or Settings()
    readings, failed, skipped = read_all(paths, settings)
    return EventsResult(group(readings, load_calendar() if calendar == "shipped" else calendar), failed, skipped)


def make_briefs(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    calendar: Calendar | Literal["shipped"] | None = "shipped",
    day: Date | None = None,
    max_words: int = 250,
) -> BriefResult:
    """One brief per event, in the order of date, race and stage.

    `day` keeps only the events of that day. `max_words` bounds the key sentences of a brief, in English words.
    Raises NoPackageError where an event has Dutch articles and no language package is there.
    """
    from summarize.batch import compose_all

    settings = settings or Settings()
    found = find_events(paths, settings, calendar=calendar)
    chosen = [event for event in found.grouping.events if day is None or event.date == day]
    translated = translate_events(chosen, settings)
    briefs, failed = compose_all(translated, settings, max_words=max_words)
    return BriefResult(tuple(briefs), found.grouping.unassigned, (*found.failed, *failed), found.skipped)


def translate_events(events: Sequence[Event], settings: Settings) -> list[Event]:
    """The events with the sentences of their Dutch articles translated; loads a translator only if there are any."""
    if all(member.article.language == "en" for event in events for member in event.articles):
        return list(events)
    from summarize.translation import Translator

    translator = Translator(package=settings.package, cache=settings.cache)
    done = iter(translator.translate_articles(member.article for event in events for member in event.articles))
    return [
        replace(event, articles=tuple(replace(member, article=next(done)) for member in event.articles))
        for event in events
    ]


def report(failed: Sequence[Failure], skipped: int, say: Callable[[str], None]) -> ExitCode:
    """Name every failure with its reason, and return the exit code that goes with it."""
    for failure in failed:
        say(f"{failure.path}: {failure.error}")
    if skipped:
        say(f"{skipped} other file{'s' if skipped > 1 else ''} skipped")
    return ExitCode.SOME_FAILED if failed else ExitCode.OK
