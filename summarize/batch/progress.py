"""How far a run has come: a bar with rate and time left on a terminal, plain lines now and then in a log."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.reading import InputFile

__all__ = ["Progress", "count"]

_REFRESH_S = 0.2
_LINE_S = 30.0
"""Seconds between lines in a log; a shorter run is silent."""


class Progress:
    """Counts articles; shown only where somebody is told at all."""

    def __init__(self, what: str, settings: Settings, total: int | None, *, bar: bool) -> None:
        self._what, self._total, self._say = what, total, settings.say
        self._done = 0
        self._began = self._shown = time.monotonic()
        self._interval = _REFRESH_S if bar else _LINE_S
        self._bar: Any = None
        if bar:
            self._bar, self._task = _bar(what, total)

    def tick(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if now - self._shown < self._interval:
            return
        self._shown = now
        rate = self._done / (now - self._began)
        if self._bar is not None:
            self._bar.update(self._task, completed=self._done, rate=f"{rate:,.0f}/s", refresh=True)
        else:
            self._say(self._line(rate))

    def _line(self, rate: float) -> str:
        line = f"{self._done:,} articles done, {rate:,.1f} a second"
        if self._total:
            left = max(0.0, (self._total - self._done) / rate)
            line = f"{self._done:,} of {self._total:,} articles done, {rate:,.1f} a second, {_span(left)} left"
        return f"{self._what}: {line}"

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


def _span(seconds: float) -> str:
    """
    >>> _span(40), _span(400), _span(4000)
    ('40 s', '7 min', '1 h 7 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def count(files: Iterable[InputFile]) -> int | None:
    """Articles in the files: the lines of JSON Lines, one for every other file; None where it cannot be told."""
    total = 0
    for file in files:
        if file.path == "-":
            return None
        if file.kind != "jsonl":
            total += 1
            continue
        with contextlib.suppress(OSError), file.location.open("rb") as lines:
            while block := lines.read(1 << 20):
                total += block.count(b"\n")
    return total


def _bar(what: str, total: int | None) -> tuple[Any, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        auto_refresh=False,
        transient=True,
    )
    bar.start()
    return bar, bar.add_task(what, total=total, rate="")
