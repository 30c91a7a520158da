"""Kill a batch at random moments, let it go on, and compare what it writes with an undisturbed run.

    python benchmarks/kills.py                 # 20 kills over a folder of 2,000 articles, then two with Dask workers
    python benchmarks/kills.py --command brief --articles 400 --kills 6

Each round starts with an empty output folder and an empty cache, kills the whole run (SIGKILL) once or several times,
each time at a moment drawn at random from the time that an undisturbed run takes, and then lets it end. The
output folder must be the same byte for byte, with nothing left over. A round may also kill a single worker process.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpus import articles, stages, write_folder, write_lines  # noqa: E402

RUNS = {"summarize": ["summarize", "-m", "lexrank"], "brief": ["brief"]}


def command(run: str, folder: Path, out: Path, format: str, extra: tuple[str, ...] = ()) -> list[str]:
    """A run over the inputs."""
    options = ["-f", format, "-o", str(out), *extra]
    return [sys.executable, str(ROOT / "cli.py"), *RUNS[run], *options, str(folder)]


def start(arguments: list[str], cache: Path) -> subprocess.Popen[bytes]:
    """Start a run in a process group of its own."""
    return subprocess.Popen(
        arguments, env={**os.environ, "STAGEBRIEF_CACHE": str(cache)}, stderr=subprocess.DEVNULL, start_new_session=True
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def workers_of(pid: int) -> list[int]:
    """The worker processes of a run."""
    import psutil

    try:
        return [child.pid for child in psutil.Process(pid).children()]
    except psutil.NoSuchProcess:
        return []


def rounds(name: str, folder: Path, inputs: Path, count: int, chance: random.Random) -> int:
    """So many rounds of kills; how many ended otherwise than an undisturbed run."""
    wrong = 0
    whole: dict[str, dict[str, bytes]] = {}
    seconds: dict[str, float] = {}
    for format in ("json", "md"):
        began = time.perf_counter()
        if start(command(name, inputs, folder / f"whole-{format}", format), folder / f"cache-{format}").wait():
            raise SystemExit("the undisturbed run failed")
        seconds[format] = time.perf_counter() - began
        whole[format] = contents(folder / f"whole-{format}")
        print(f"undisturbed, {format}: {len(whole[format]):,} files in {seconds[format]:.1f} s", flush=True)
    for number in range(1, count + 1):
        format = "md" if number % 4 == 0 else "json"
        out, cache = folder / "out", folder / "cache"
        for old in (out, cache):
            shutil.rmtree(old, ignore_errors=True)
        story: list[str] = []
        wanted = chance.choice([1, 1, 2, 3])
        while len(story) < wanted:
            run = start(command(name, inputs, out, format), cache)
            began = time.perf_counter()
            moment = chance.uniform(0.0, 0.95 * seconds[format])
            try:
                run.wait(moment)
            except subprocess.TimeoutExpired:
                workers = workers_of(run.pid)
                if workers and chance.random() < 0.3:
                    os.kill(chance.choice(workers), signal.SIGKILL)
                    story.append(f"worker at {moment:.1f} s")
                    run.wait()
                else:
                    run.kill()
                    run.wait()
                    story.append(f"at {moment:.1f} s")
            else:
                if story:
                    break  # what was left to do took less time than that
                # The machine is faster than it was: once more from the start, and sooner.
                seconds[format] = time.perf_counter() - began
                for old in (out, cache):
                    shutil.rmtree(old, ignore_errors=True)
        began = time.perf_counter()
        code = start(command(name, inputs, out, format), cache).wait()
        same = code == 0 and contents(out) == whole[format]
        wrong += not same
        print(
            f"round {number:2}: killed {', '.join(story)}; {format} went on for {time.perf_counter() - began:.1f} s: "
            f"{'same bytes' if same else 'DIFFERENT'}",
            flush=True,
        )
    return wrong


def dask_rounds(name: str, folder: Path, inputs: Path, chance: random.Random) -> int:
    """Two runs on a local Dask cluster with a worker killed on the way."""
    import distributed

    wrong = 0
    whole = contents(folder / "whole-json")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as cluster:
        for number in (1, 2):
            shutil.rmtree(folder / "out", ignore_errors=True)
            extra = ("--scheduler", cluster.scheduler_address, "--no-cache")
            run = start(command(name, inputs, folder / "out", "json", extra), folder / "cache")
            moment = chance.uniform(2.0, 5.0)
            time.sleep(moment)
            with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
                os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
            same = run.wait() == 0 and contents(folder / "out") == whole
            wrong += not same
            print(
                f"Dask {number}: worker killed after {moment:.1f} s: {'same bytes' if same else 'DIFFERENT'}",
                flush=True,
            )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", choices=list(RUNS), default="summarize")
    parser.add_argument("--kills", type=int, default=20, help="rounds")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-dask", action="store_true")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory(prefix="stagebrief-kills-") as name:
        folder = Path(name)
        make = articles if chosen.command == "summarize" else stages
        write_folder(folder / "in", make(chosen.articles // 2))
        write_lines(folder / "in" / "more.jsonl", make(chosen.articles - chosen.articles // 2, seed=1))
        wrong = rounds(chosen.command, folder, folder / "in", chosen.kills, chance)
        if not chosen.no_dask:
            wrong += dask_rounds(chosen.command, folder, folder / "in", chance)
    print(f"{wrong} of {chosen.kills + (0 if chosen.no_dask else 2)} rounds ended otherwise than an undisturbed run")
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
