"""Many messy articles about a cycling stage, English and Dutch, become one trustworthy page: offline and extractive.

    >>> from summarize import make_briefs, render_briefs
    >>> result = make_briefs(["seeds/"])                      # doctest: +SKIP
    >>> print(render_briefs(result.briefs, "md"))             # doctest: +SKIP

The steps can be used one by one too: `read`, `prepare`, `group`, `settle`, `compose`, `render_briefs`,
`summarize_article`, `Translator`. Each name is loaded when it is first used, so that
importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarize.agreement import settle
    from summarize.articles import Article, Failure, Sentence
    from summarize.briefs import Brief
    from summarize.calendar import Calendar
    from summarize.composing import compose
    from summarize.errors import ExitCode, NoPackageError, StagebriefError, UsageError
    from summarize.events import Event, Grouping, group
    from summarize.pipeline import find_events, make_briefs
    from summarize.preparing import prepare
    from summarize.ranking import Length, summarize_article
    from summarize.reading import read
    from summarize.rendering import render_briefs, write_briefs
    from summarize.settings import Settings
    from summarize.translation import Translator

_HOME = {
    "Article": "articles",
    "Brief": "briefs",
    "Calendar": "calendar",
    "Event": "events",
    "ExitCode": "errors",
    "Failure": "articles",
    "Grouping": "events",
    "Length": "ranking",
    "NoPackageError": "errors",
    "Sentence": "articles",
    "Settings": "settings",
    "StagebriefError": "errors",
    "Translator": "translation",
    "UsageError": "errors",
    "compose": "composing",
    "find_events": "pipeline",
    "group": "events",
    "make_briefs": "pipeline",
    "prepare": "preparing",
    "read": "reading",
    "render_briefs": "rendering",
    "settle": "agreement",
    "summarize_article": "ranking",
    "write_briefs": "rendering",
}

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Brief",
    "Calendar",
    "Event",
    "ExitCode",
    "Failure",
    "Grouping",
    "Length",
    "NoPackageError",
    "Sentence",
    "Settings",
    "StagebriefError",
    "Translator",
    "UsageError",
    "compose",
    "find_events",
    "group",
    "make_briefs",
    "prepare",
    "read",
    "render_briefs",
    "settle",
    "summarize_article",
    "write_briefs",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module that it lives in."""
    if name in _HOME:
        return getattr(import_module(f"summarize.{_HOME[name]}"), name)
    raise AttributeError(f"module 'summarize' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
