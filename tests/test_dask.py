"""The same work on a Dask cluster of processes."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_data import Misbehave, write_articles, write_lines

from summarize import batch
from summarize.articles import Failure
from summarize.batch import running
from summarize.batch.cluster import Cluster
from summarize.batch.tasks import Read, Record, UnitResult
from summarize.errors import UsageError
from summarize.ranking import Length
from summarize.reading import InputFile, find_inputs
from summarize.settings import Settings

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    """Two worker processes; one that dies is started again by its nanny."""
    # An article that kills its worker is given up after two of them, not four: each takes seconds to start.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host="127.0.0.1",
            silence_logs=50,
        ) as made,
    ):
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STAGEBRIEF_CACHE", str(tmp_path / "cache"))
    write_articles(tmp_path / "in", 40)
    write_lines(tmp_path / "in" / "more.jsonl", 10)
    return tmp_path / "in"


def summaries(folder: Path, settings: Settings, written: list[str] | None = None) -> str:
    out = written if written is not None else []
    batch.summarize([folder], settings, method="lexrank", format="json", length=Length(), write=out.append)
    return "".join(out)


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    cluster: distributed.LocalCluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    alone = summaries(folder, Settings(jobs=1, cache=False))
    address = cluster.scheduler_address
    assert summaries(folder, Settings(scheduler=address, cache=False)) == alone

    killed = []

    class KillOnTheWay(list[str]):
        def append(self, text: str) -> None:
            super().append(text)
            if len(self) == 5:
                with distributed.Client(address, set_as_default=False) as client:
                    pid = next(iter(client.run(os.getpid).values()))
                killed.append(pid)
                os.kill(pid, signal.SIGKILL)

    assert summaries(folder, Settings(scheduler=address, cache=False), KillOnTheWay()) == alone
    assert len(killed) == 1


def test_contents_travel_so_that_a_worker_needs_no_paths(cluster: distributed.LocalCluster, folder: Path) -> None:
    files = find_inputs([folder / "day000"]).files
    done = list(running.run(iter(files), Misbehave(), Settings(scheduler=cluster.scheduler_address)))
    assert [json.loads(outcome.line())["loaded"] for outcome in done if isinstance(outcome, Record)] == [True] * 10


def test_a_file_that_has_vanished_is_a_failure(cluster: distributed.LocalCluster, folder: Path) -> None:
    files = find_inputs([folder / "day000"]).files
    files[3].location.unlink()
    done = list(running.run(iter(files), Read(), Settings(scheduler=cluster.scheduler_address)))
    assert [isinstance(outcome, Failure) for outcome in done] == [number == 3 for number in range(10)]


def test_another_language_package_on_the_cluster_is_refused(cluster: distributed.LocalCluster) -> None:
    runner = Cluster(Misbehave(), cluster.scheduler_address, lambda: "mine")
    try:
        assert runner.check([UnitResult((), package="mine"), UnitResult(())])
        with pytest.raises(UsageError, match="another language package"):
            runner.check([UnitResult((), package="theirs")])
    finally:
        runner.close()


def test_an_article_that_kills_every_worker_is_given_up(cluster: distributed.LocalCluster, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, content in enumerate(["fine", "die", "fine"]):
        (folder / f"{number}.txt").write_text(content, encoding="utf-8")
    files = iter(find_inputs([folder]).files)
    done = list(running.run(files, Misbehave(), Settings(scheduler=cluster.scheduler_address)))
    assert [type(outcome) for outcome in done] == [Record, Failure, Record]
    assert "died" in done[1].error  # type: ignore[union-attr]


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.batch.cluster._CONNECT_S", 1)
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:9"):
        list(
            running.run(iter([InputFile("a", Path("a"), "text")]), Misbehave(), Settings(scheduler="tcp://127.0.0.1:9"))
        )
