"""What every command can be told about how to run, apart from what it does."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings", "cache_folder"]


def cache_folder() -> Path:
    """Where the program keeps what it can make again: `STAGEBRIEF_CACHE`, else the user's cache folder."""
    if named := os.environ.get("STAGEBRIEF_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("stagebrief", appauthor=False)


def _silent(message: str) -> None:
    """Drop a message: a library says nothing unless asked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to run: processes, cluster, cache, language package, and whom to tell about failures."""

    jobs: int | None = None
    """Worker processes; None for all cores."""
    scheduler: str | None = None
    """Address of a running Dask scheduler; None to stay on this machine."""
    cache: bool = True
    """Whether the caches (translations, finished articles) are read and written."""
    package: Path | None = None
    """Folder of an Argos language package; None to choose among those that are there."""
    progress: bool = False
    """Whether to show a progress bar on standard error."""
    say: Callable[[str], None] = _silent
    """Takes one line for the person at the terminal."""
