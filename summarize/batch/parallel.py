"""Chunks of units done in this process or in worker processes, with results as futures.

A worker that dies (out of memory, a crash in a library) or hangs costs the articles that it cannot do, not the run:
its chunk is done again by a new worker, then article by article, and only the one that kills again is given up.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, BinaryIO, Protocol, cast

from summarize.articles import Failure
from summarize.batch.tasks import Task, Unit, UnitResult, name_of
from summarize.batch.worker import receive, send
from summarize.errors import StagebriefError
from summarize.interrupts import at_interrupt

__all__ = ["Here", "Runner", "Workers", "cores"]

LIMIT_S = 600.0
"""Seconds that a chunk may take in a worker before it counts as hanging. A chunk has at most 32 articles or 256 kB; the
slowest measured, Dutch and translated on a busy machine, takes a fifth of this."""

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from summarize.batch.worker import main; main()"


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pending(Protocol):
    """A result that is there or will be."""

    def result(self) -> list[UnitResult]: ...

    def done(self) -> bool: ...


class Runner(Protocol):
    """Where chunks are done."""

    width: int
    """Chunks that are worth having in flight."""

    def submit(self, units: Sequence[Unit]) -> Pending: ...

    def close(self, *, kill: bool = False) -> None: ...


class _Now:
    """A chunk that is done when its result is asked for."""

    def __init__(self, task: Task, units: Sequence[Unit]) -> None:
        self._task, self._units = task, units

    def result(self) -> list[UnitResult]:
        return self._task(self._units)

    def done(self) -> bool:
        return False


class Here:
    """This process, one chunk after the other."""

    width = 1

    def __init__(self, task: Task) -> None:
        self._task = task

    def submit(self, units: Sequence[Unit]) -> Pending:
        return _Now(self._task, units)

    def close(self, *, kill: bool = False) -> None:
        """Nothing to let go of."""


class _Died(Exception):
    """A worker ended in the middle of a chunk."""


class _Process:
    """One worker and the two pipes to it."""

    def __init__(self) -> None:
        self.deadline: float | None = None
        self.late = False
        # One thread in every numeric library: the processes are the parallelism, and sums come out the same everywhere.
        alone = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **alone},
            # Out of reach of the terminal's Ctrl-C from its first instruction on.
            start_new_session=True,
        )

    def greet(self, task: bytes) -> None:
        """Hand over the task and wait until it is ready; raises _Died where it never is."""
        self._send(task)
        if self._receive() != "ready":
            raise _Died

    def do(self, units: Sequence[Unit]) -> Any:
        """The task's result for the units; raises _Died where the process ends first."""
        self.deadline = time.monotonic() + LIMIT_S
        try:
            self._send(pickle.dumps(list(units), protocol=pickle.HIGHEST_PROTOCOL))
            return self._receive()
        finally:
            self.deadline = None

    def reason(self) -> str:
        """Why it died, for a person."""
        status = self._process.wait()
        if self.late:
            return f"took longer than {LIMIT_S:.0f} seconds"
        if status == -signal.SIGKILL:
            return "the process that worked on it was killed, perhaps because memory ran out"
        if status < 0:
            return f"the process that worked on it crashed ({signal.Signals(-status).name})"
        return f"the process that worked on it ended with status {status}"

    def kill(self, *, late: bool = False) -> None:
        self.late = self.late or late
        self._process.kill()

    def end(self) -> None:
        """Let it end by itself, and kill it where it does not."""
        with contextlib.suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        cast(BinaryIO, self._process.stdout).close()

    def _send(self, data: bytes) -> None:
        try:
            send(cast(BinaryIO, self._process.stdin), data)
        except (OSError, ValueError) as error:
            raise _Died from error

    def _receive(self) -> Any:
        try:
            return pickle.loads(receive(cast(BinaryIO, self._process.stdout)))
        except (EOFError, OSError, ValueError) as error:
            raise _Died from error


class Workers:
    """Worker processes on this machine, a thread here for each, which sends and waits."""

    def __init__(self, task: Task, jobs: int) -> None:
        self.width = 3 * jobs
        self._task = pickle.dumps(task, protocol=pickle.HIGHEST_PROTOCOL)
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="stagebrief")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._processes: list[_Process] = []
        self._closing = threading.Event()
        self._forget = at_interrupt(self._kill)

    def submit(self, units: Sequence[Unit]) -> Pending:
        return _Waiting(self._threads.submit(self._do, units), self._watch)

    def close(self, *, kill: bool = False) -> None:
        """End the workers: after their last chunk, or at once."""
        if kill:
            self._kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            self._closing.set()
            processes, self._processes = self._processes, []
        for process in processes:
            process.end()
        self._forget()

    def _kill(self) -> None:
        with self._lock:
            self._closing.set()
            for process in self._processes:
                process.kill()

    def _watch(self) -> None:
        """Kill the workers that hang."""
        now = time.monotonic()
        with self._lock:
            for process in self._processes:
                if process.deadline is not None and process.deadline < now:
                    process.kill(late=True)

    def _do(self, units: Sequence[Unit]) -> list[UnitResult]:
        """A chunk, whatever happens to the worker."""
        for _ in range(2):
            try:
                return self._once(units)
            except _Died as death:
                reason = str(death)
                if "longer than" in reason:
                    break
        if len(units) == 1:
            return [UnitResult((Failure(name_of(units[0]), reason),), lasting=False)]
        return [result for unit in units for result in self._do([unit])]

    def _once(self, units: Sequence[Unit]) -> list[UnitResult]:
        process = self._process()
        try:
            result = process.do(units)
        except _Died:
            raise _Died(self._bury(process)) from None
        if isinstance(result, StagebriefError):
            raise result
        done: list[UnitResult] = result
        return done

    def _process(self) -> _Process:
        """This thread's worker, started where there is none."""
        process: _Process | None = getattr(self._own, "process", None)
        if process is None:
            if self._closing.is_set():
                raise StagebriefError("interrupted")
            try:
                process = _Process()
                with self._lock:
                    self._processes.append(process)
                    if self._closing.is_set():
                        process.kill()
                process.greet(self._task)
            except (OSError, _Died) as error:
                if self._closing.is_set():
                    raise StagebriefError("interrupted") from None
                raise StagebriefError(
                    f"a worker process could not be started ({error or 'it ended at once'}); try with --jobs 1"
                ) from None
            self._own.process = process
        return process

    def _bury(self, process: _Process) -> str:
        """Forget a dead worker; why it died."""
        reason = process.reason()
        process.end()
        with self._lock:
            self._processes.remove(process)
        self._own.process = None
        if self._closing.is_set():
            raise StagebriefError("interrupted")
        return reason


class _Waiting:
    """A future whose waiting can be interrupted, and which looks after the workers meanwhile."""

    def __init__(self, future: Future[list[UnitResult]], watch: Callable[[], None]) -> None:
        self._future, self._watch = future, watch

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> list[UnitResult]:
        while True:
            try:
                return self._future.result(timeout=0.5)
            except FutureTimeout:
                if self._future.done():
                    raise
                self._watch()
