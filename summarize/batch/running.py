"""The run: units in, outcomes out, in input order, with flat memory, wherever the work is done."""

from __future__ import annotations

import contextlib
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, cast

from summarize.articles import Article, Failure
from summarize.batch.parallel import Here, Pending, Runner, Workers, cores
from summarize.batch.store import UNKNOWN, Known, Store
from summarize.batch.tasks import Input, Outcome, Task, Unit, UnitResult, package_fingerprint
from summarize.settings import Settings

if TYPE_CHECKING:
    from summarize.reading import InputFile

__all__ = ["CHUNK", "FEW", "run", "units"]

CHUNK = 32
"""Articles that travel to a worker together: enough for a full batch of the translator (some 130 sentences of
summaries, 600 of whole articles), few enough that a kill loses little and that the workers end together."""
CHUNK_BYTES = 256_000
FEW = 64
"""Up to so many articles are done in this process: starting another takes longer than they do."""
FEW_BYTES = 1_000_000
_WINDOW = 256
"""Units that the store is asked for at once."""


def units(files: Iterable[InputFile]) -> Iterator[Unit | Failure]:
    """The units of the inputs: a file each, but every record of a stream (JSON Lines, standard input) by itself."""
    from summarize.reading import read_file, read_stream

    for file in files:
        if file.path == "-":
            yield from read_stream(sys.stdin.buffer)
        elif file.kind == "jsonl":
            yield from read_file(file)
        else:
            yield file


@dataclass(slots=True)
class _Chunk:
    """Consecutive units, with what the store knows of them and the result that is still to come for the others."""

    outcomes: list[tuple[Outcome, ...] | None] = field(default_factory=list)
    """None where the unit has to be done."""
    units: list[Unit] = field(default_factory=list)
    """Those that have to be done."""
    known: list[Known] = field(default_factory=list)
    size: int = 0
    pending: Pending | None = None

    @property
    def full(self) -> bool:
        return len(self.units) >= CHUNK or self.size >= CHUNK_BYTES or len(self.outcomes) >= _WINDOW


def run(
    items: Iterator[Unit | Failure],
    task: Task,
    settings: Settings,
    *,
    store: Store | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Generator[Outcome, None, None]:
    """What comes of every unit, in their order.

    Work starts on worker processes, or on the cluster that the settings name, when there is enough of it. At most a few
    chunks for each worker are held at a time. `tick` is called after every unit.
    Raises NoPackageError where a language package is needed and none is there.
    """
    flow = _Flow(task, settings)
    waiting: deque[_Chunk] = deque()
    try:
        for chunk in _chunks(items, store):
            waiting.append(chunk)
            if chunk.units:
                flow.add(chunk)
            while waiting and (not waiting[0].units or flow.crowded):
                yield from _finish(waiting.popleft(), flow, store, tick)
        flow.no_more()
        while waiting:
            yield from _finish(waiting.popleft(), flow, store, tick)
        flow.close()
    finally:
        if store is not None:
            # Interrupted: what the workers have finished in the meantime stays too.
            for chunk in waiting:
                if chunk.pending is not None and chunk.pending.done():
                    with contextlib.suppress(Exception):
                        store.keep(cast(list[Input], chunk.units), chunk.known, chunk.pending.result())
            store.flush()
        flow.close(kill=True)


def _chunks(items: Iterator[Unit | Failure], store: Store | None) -> Iterator[_Chunk]:
    """The units in chunks: what the store knows costs no place in a chunk."""
    chunk = _Chunk()
    while window := list(islice(items, _WINDOW if store is not None else CHUNK)):
        todo = [item for item in window if not isinstance(item, Failure)]
        known = iter(store.look_up(cast(list[Input], todo)) if store is not None else [UNKNOWN] * len(todo))
        for item in window:
            if isinstance(item, Failure):
                chunk.outcomes.append((item,))
            else:
                entry = next(known)
                chunk.outcomes.append(entry.outcomes)
                if entry.outcomes is None:
                    chunk.units.append(item)
                    chunk.known.append(entry)
                    chunk.size += _size(item)
            if chunk.full:
                yield chunk
                chunk = _Chunk()
    if chunk.outcomes:
        yield chunk


def _size(unit: Unit) -> int:
    """Bytes of a unit, near enough; a file counts as an article of usual length."""
    if isinstance(unit, Article):
        return len(unit.text)
    articles = getattr(unit, "articles", None)
    return sum(len(member.article.text) for member in articles) if articles else 4_000


def _finish(chunk: _Chunk, flow: _Flow, store: Store | None, tick: Callable[[], None]) -> Iterator[Outcome]:
    """The outcomes of a chunk, in order, waiting for those that are still to come."""
    results: Iterator[UnitResult] = iter(())
    if chunk.units:
        done = flow.result(chunk)
        if store is not None:
            store.keep(cast(list[Input], chunk.units), chunk.known, done)
        results = iter(done)
    for outcomes in chunk.outcomes:
        yield from next(results).outcomes if outcomes is None else outcomes
        tick()


class _Flow:
    """Chunks on their way to a runner, which is chosen when it is clear how much work there is."""

    def __init__(self, task: Task, settings: Settings) -> None:
        self._task, self._settings = task, settings
        self._jobs = settings.jobs or cores()
        self._runner: Runner | None = None
        self._held: list[_Chunk] = []
        self._held_units = 0
        self._held_bytes = 0
        self._flying = 0

    def add(self, chunk: _Chunk) -> None:
        """Take a chunk; hand it on as soon as it is known to whom."""
        if self._runner is not None:
            self._send(chunk)
            return
        self._held.append(chunk)
        self._held_units += len(chunk.units)
        self._held_bytes += chunk.size
        if self._settings.scheduler is not None:
            self._start(self._cluster(self._settings.scheduler))
        elif self._jobs == 1:
            self._start(Here(self._task))
        elif self._held_units > FEW or self._held_bytes > FEW_BYTES:
            self._start(Workers(self._task, self._jobs))

    def no_more(self) -> None:
        """All chunks have been added."""
        if self._runner is None:
            self._start(Here(self._task))

    @property
    def crowded(self) -> bool:
        """True where a result should be waited for before more chunks are added."""
        return self._runner is not None and self._flying >= self._runner.width

    def result(self, chunk: _Chunk) -> list[UnitResult]:
        """The chunk's results; waits for them."""
        if chunk.pending is None:
            self.no_more()
        assert chunk.pending is not None
        done = chunk.pending.result()
        self._flying -= 1
        return done

    def close(self, *, kill: bool = False) -> None:
        if self._runner is not None:
            self._runner.close(kill=kill)
            if not kill:
                self._runner = None

    def _cluster(self, address: str) -> Runner:
        from summarize.batch.cluster import Cluster

        return Cluster(self._task, address, partial(package_fingerprint, self._settings.package))

    def _start(self, runner: Runner) -> None:
        self._runner = runner
        for chunk in self._held:
            self._send(chunk)
        self._held = []

    def _send(self, chunk: _Chunk) -> None:
        assert self._runner is not None
        chunk.pending = self._runner.submit(chunk.units)
        self._flying += 1
