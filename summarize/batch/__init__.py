"""Many articles at once: streamed, on all cores or a cluster, with what is finished kept.

    files ─ units ─► chunks ─ store? ─► workers ─ read … rank ─► records, in input order ─► output ─► store

`summarize` and `translate` are the commands of the same name; `read_all` is the first half of `events` and `brief`,
`compose_all` the last step of `brief`.
Results never depend on the number of workers, on what the store knew, or on how often the run was interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from summarize.articles import Failure
from summarize.batch.output import (
    Folder,
    Sink,
    Stream,
    Style,
    beside_md,
    beside_txt,
    summary_md,
    summary_txt,
    translation_md,
    translation_txt,
)
from summarize.batch.progress import Progress, count
from summarize.batch.running import run, units
from summarize.batch.store import Store
from summarize.batch.tasks import Compose, Outcome, Read, Record, Summarize, Task, Translate, package_fingerprint
from summarize.briefs import Brief
from summarize.claims import Reading
from summarize.errors import ExitCode, UsageError
from summarize.events import Event
from summarize.settings import Settings
from summarize.text import printable

if TYPE_CHECKING:
    from summarize.ranking import Length
    from summarize.reading import Inventory

__all__ = ["compose_all", "read_all", "summarize", "translate"]

_T = TypeVar("_T")

_STYLES: dict[tuple[str, str], Style | None] = {
    ("summary", "txt"): summary_txt,
    ("summary", "md"): summary_md,
    ("translation", "txt"): translation_txt,
    ("translation", "md"): translation_md,
    ("beside", "txt"): beside_txt,
    ("beside", "md"): beside_md,
}


def read_all(
    paths: Sequence[str | Path], settings: Settings | None = None
) -> tuple[list[Reading], tuple[Failure, ...], int]:
    """All articles under the paths, cleaned, with language, sentences and what they claim, in input order.

    Returns them with what failed, and the number of files that are no articles by their name.
    Raises UsageError where nothing at all could be read, after naming the failures.
    """
    settings = settings or Settings()
    inventory = _find(paths)
    failed: list[Failure] = list(inventory.failures)
    store = _store(Read(), settings)
    progress = _progress("Reading", settings, inventory, shown=True)
    try:
        with closing(run(units(inventory.files), Read(), settings, store=store, tick=progress.tick)) as outcomes:
            readings = _sorted_out(outcomes, Reading, failed)
    finally:
        progress.close()
        if store is not None:
            store.close()
    if not readings:
        _nothing(failed, inventory, settings)
    return readings, tuple(failed), inventory.skipped


def compose_all(
    events: Sequence[Event], settings: Settings | None = None, *, max_words: int = 250
) -> tuple[list[Brief], tuple[Failure, ...]]:
    """The briefs of events whose Dutch articles have been translated, in their order, and what failed."""
    settings = settings or Settings()
    failed: list[Failure] = []
    progress = Progress("Composing", settings, len(events), bar=settings.progress)
    try:
        with closing(run(iter(events), Compose(max_words), settings, tick=progress.tick)) as outcomes:
            briefs = _sorted_out(outcomes, Brief, failed)
    finally:
        progress.close()
    return briefs, tuple(failed)


def _sorted_out(outcomes: Iterable[Outcome], wanted: type[_T], failed: list[Failure]) -> list[_T]:
    """The outcomes that are wanted, in their order; failures are added to `failed`."""
    found: list[_T] = []
    for outcome in outcomes:
        if isinstance(outcome, wanted):
            found.append(outcome)
        elif isinstance(outcome, Failure):
            failed.append(outcome)
    return found


def summarize(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    method: str = "default",
    length: Length,
    translate: bool = True,
    format: str = "txt",
    output: Path | None = None,
    write: Callable[[str], None],
) -> ExitCode:
    """One extractive summary for every article under the paths, in their order.

    Sentences are chosen from an article as it was written; what is shown of Dutch ones is translated, unless
    `translate` is False. `format` is txt, md or json (JSON Lines); `output` is a folder, None to hand the text to
    `write` as it comes.
    Raises UsageError where nothing could be read or the folder cannot be written, NoPackageError where a language
    package is needed and none is there.
    """
    settings = settings or Settings()
    task = Summarize(settings.package, settings.cache, _threads(settings), method, length, translate)
    style = _STYLES.get(("summary", format))
    return _batch("Summarising", paths, settings, task, "summaries.jsonl", style, format, output, write)


def translate(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    side_by_side: bool = False,
    format: str = "txt",
    output: Path | None = None,
    write: Callable[[str], None],
) -> ExitCode:
    """Every article under the paths in English, in their order; English ones pass through.

    `side_by_side` shows the original with each sentence (JSON always does). Otherwise as `summarize`.
    """
    settings = settings or Settings()
    task = Translate(settings.package, settings.cache, _threads(settings))
    style = _STYLES.get(("beside" if side_by_side else "translation", format))
    return _batch("Translating", paths, settings, task, "translations.jsonl", style, format, output, write)


def _batch(
    what: str,
    paths: Sequence[str | Path],
    settings: Settings,
    task: Task,
    name: str,
    style: Style | None,
    format: str,
    output: Path | None,
    write: Callable[[str], None],
) -> ExitCode:
    """Run a task over the paths and bring its records out."""
    inventory = _find(paths, without=output)
    failed: list[Failure] = list(inventory.failures)
    if not inventory.files:
        _nothing(failed, inventory, settings)
    sink: Sink = (
        Stream(write, style)
        if output is None
        else Folder(output, name, style, f".{format}", [os.fspath(path) for path in paths])
    )
    store = _store(task, settings)
    progress = _progress(what, settings, inventory, shown=output is not None or not sys.stdout.isatty())
    done = 0
    finished = False
    try:
        with closing(run(units(inventory.files), task, settings, store=store, tick=progress.tick)) as outcomes:
            for outcome in outcomes:
                if isinstance(outcome, Record):
                    sink.put(outcome)
                    done += 1
                elif isinstance(outcome, Failure):
                    failed.append(outcome)
        if done:
            sink.finish(failed)
            finished = True
    finally:
        progress.close()
        if not finished:
            sink.abandon()
        if store is not None:
            store.close()
    if not done:
        _nothing(failed, inventory, settings)
    from summarize.pipeline import report

    return report(failed, inventory.skipped, settings.say)


def _find(paths: Sequence[str | Path], without: Path | None = None) -> Inventory:
    """The files under the paths, but for those in the folder that the run itself writes."""
    from dataclasses import replace

    from summarize.reading import find_inputs

    inventory = find_inputs(paths)
    if without is None:
        return inventory
    own = os.path.realpath(without) + os.sep
    folders = [os.path.realpath(path) + os.sep for path in paths if Path(path).is_dir()]
    if own in folders:
        raise UsageError(f"{printable(str(without))} is read and cannot be written too; choose another folder with -o")
    if not any(own.startswith(folder) for folder in folders):
        return inventory
    files = tuple(file for file in inventory.files if not os.path.realpath(file.location).startswith(own))
    return replace(inventory, files=files)


def _nothing(failed: Sequence[Failure], inventory: Inventory, settings: Settings) -> None:
    """Say why nothing could be read, and stop."""
    for failure in failed:
        settings.say(f"{failure.path}: {failure.error}")
    if failed:
        raise UsageError("nothing could be read")
    other = f" ({inventory.skipped} other files skipped)" if inventory.skipped else ""
    raise UsageError(f"no articles found{other}; give .txt, .md, .html, .json or .jsonl files, or folders of them")


def _threads(settings: Settings) -> int | None:
    """Threads of a translator: with workers each has one, and the workers are the cores."""
    return settings.jobs


def _progress(what: str, settings: Settings, inventory: Inventory, *, shown: bool) -> Progress:
    bar = settings.progress and shown
    return Progress(what, settings, count(inventory.files), bar=bar)


def _store(task: Task, settings: Settings) -> Store | None:
    """The store of finished work for a task, None where none is wanted."""
    if not settings.cache:
        return None
    return Store(task.variant, partial(package_fingerprint, settings.package), settings.say)
