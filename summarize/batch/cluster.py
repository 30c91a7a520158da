"""Chunks of units done on a Dask cluster: `pip install "stagebrief[dask]"`, and a scheduler that is running.

The contents of files travel with the chunks, so that the workers need neither this machine's disk nor its paths. They
need this program and, where Dutch is to be translated, the same language package: a worker that has another one says
so, rather than giving other words than this machine would.
"""

from __future__ import annotations

import contextlib
import warnings
from asyncio import CancelledError
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from summarize.articles import Failure
from summarize.batch.tasks import Loaded, Sent, Task, Unit, UnitResult, name_of
from summarize.errors import NoPackageError, StagebriefError, UsageError

__all__ = ["Cluster"]

_CONNECT_S = 10
"""Seconds in which a scheduler has to answer."""


class Cluster:
    """A running Dask cluster, by the address of its scheduler.

    Raises UsageError where `distributed` is not installed, nothing answers, or no worker is there.
    """

    def __init__(self, task: Task, address: str, package: Callable[[], str]) -> None:
        try:
            import distributed
        except ImportError:
            raise UsageError('--scheduler needs Dask: pip install "stagebrief[dask]"') from None
        self._task = task
        self._package = package
        self._used: str | None = None
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
        """Send a chunk, with the contents of its files."""
        sent = [_load(unit) for unit in units]
        return _Remote(self, sent, self.send(sent))

    def send(self, units: Sequence[Sent]) -> Any:
        """A future of the chunk's results."""
        # Not pure: the same chunk twice in a run is no reason to keep results in the cluster's memory.
        return self._client.submit(_do, self._task, list(units), pure=False)

    def check(self, results: list[UnitResult]) -> list[UnitResult]:
        """The results, where they were translated with the language package of this machine; else raises UsageError."""
        for result in results:
            if not result.package:
                continue
            if self._used is None:
                try:
                    self._used = self._package()
                except NoPackageError:
                    self._used = result.package  # none here: all workers have to have the same at least
            if result.package != self._used:
                raise UsageError(
                    "the workers of the cluster translate with another language package than this machine or than one "
                    "another; install the same one everywhere (stagebrief models list says which is used)"
                )
        return results

    def close(self, *, kill: bool = False) -> None:
        """Leave the cluster as it was; what is under way for this run is cancelled."""
        with contextlib.suppress(Exception):
            self._client.close(timeout=1)


def _load(unit: Unit) -> Sent:
    """The unit with its content, as far as it can be read."""
    from summarize.reading import MAX_BYTES, InputFile, read_file

    if not isinstance(unit, InputFile):
        return unit
    try:
        with unit.location.open("rb") as file:
            # One byte more than allowed, so that what is too large is seen to be.
            return Loaded(unit, file.read(MAX_BYTES + 1))
    except OSError:
        found = next(read_file(unit))
        return found if isinstance(found, Failure) else unit


def _do(task: Task, units: Sequence[Sent]) -> list[UnitResult] | StagebriefError:
    """Runs in a worker of the cluster."""
    try:
        return task(units)
    except StagebriefError as error:
        return error


@dataclass(slots=True)
class _Remote:
    """A chunk that is under way on the cluster."""

    cluster: Cluster
    units: Sequence[Sent]
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
                failure = Failure(name_of(self.units[0]), "the workers of the cluster died of it, one after the other")
                return [UnitResult((failure,), lasting=False)]
            # One after the other: beside the one that kills its worker, the others would die with it and be blamed.
            return [_Remote(self.cluster, [unit], self.cluster.send([unit])).result()[0] for unit in self.units]
        except (Exception, CancelledError) as error:
            reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            raise StagebriefError(
                f"the Dask cluster gave the work up ({reason}); its workers need the same stagebrief as this machine, "
                "and the scheduler has to stay"
            ) from None
        finally:
            self.future.release()
        if isinstance(result, StagebriefError):
            raise result
        return self.cluster.check(result)
