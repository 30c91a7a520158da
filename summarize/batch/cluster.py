"""Chunks of units done on a Dask cluster: `pip install "stagebrief[dask]"`, and a scheduler that is running.

The contents of files travel with the chunks, so that the workers need neither this machine's disk nor its paths. They
need this program and, where Dutch is to be translated, the same language package: a worker that has another one says
so, rather than giving other words than this machine would.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from summarize.articles import Failure
from summarize.batch.tasks import Task, Unit, UnitResult
from summarize.errors import StagebriefError, UsageError

__all__ = ["Cluster"]

_CONNECT_S = 10
"""Seconds in which a scheduler has to answer."""
_DEATHS = 3
"""Workers that may die over a chunk before it is done article by article; the articles have as many lives each."""


class Cluster:
    """A running Dask cluster, by the address of its scheduler.

    Raises UsageError where `distributed` is not installed, nothing answers, or no worker is there.
    """

    def __init__(self, task: Task, address: str) -> None:
        try:
            import distributed
        except ImportError:
            raise UsageError('--scheduler needs Dask: pip install "stagebrief[dask]"') from None
        self._task = task
        try:
            with warnings.catch_warnings():
                # Dask warns of every small difference between the versions here and there.
                warnings.simplefilter("ignore")
                self._client: Any = cast(Any, distributed).Client(address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            reason = str(error) or type(error).__name__
            raise UsageError(f"no Dask scheduler answers at {address}: {reason}") from None
        threads = sum(self._client.nthreads().values())
        if not threads:
            self._client.close()
            raise UsageError(f"the Dask scheduler at {address} has no workers; start some with `dask worker {address}`")
        self.width = 2 * threads + 2

    def submit(self, units: Sequence[Unit]) -> _Remote:
        return _Remote(self, units, self._send(units))

    def _send(self, units: Sequence[Unit]) -> Any:
        # Not pure: the same chunk twice in a run is no reason to keep results in the cluster's memory.
        return self._client.submit(_do, self._task, list(units), pure=False, retries=0)

    def close(self, *, kill: bool = False) -> None:
        """Leave the cluster as it was; what is under way for this run is cancelled."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=1)


def _do(task: Task, units: Sequence[Unit]) -> list[UnitResult] | StagebriefError:
    """Runs in a worker of the cluster."""
    try:
        return task(units)
    except StagebriefError as error:
        return error


@dataclass(slots=True)
class _Remote:
    """A chunk that is under way on the cluster."""

    cluster: Cluster
    units: Sequence[Unit]
    future: Any

    def done(self) -> bool:
        """Whether the result is there."""
        return bool(self.future.done())

    def result(self) -> list[UnitResult]:
        """The chunk's results; when its workers have died over it, those of each article."""
        from distributed import KilledWorker

        try:
            result = self.future.result()
        except KilledWorker:
            if len(self.units) == 1:
                failure = Failure(self.units[0].path, "the workers of the cluster died of it, one after the other")
                return [UnitResult((failure,), lasting=False)]
            alone = [_Remote(self.cluster, [unit], self.cluster._send([unit])) for unit in self.units]
            return [remote.result()[0] for remote in alone]
        finally:
            self.future.release()
        if isinstance(result, StagebriefError):
            raise result
        done: list[UnitResult] = result
        return done
