"""How fast many articles are done, and in how much memory.

    python benchmarks/batch.py sumy            # against a loop over sumy, and memory at 1,000 and 10,000 articles
    python benchmarks/batch.py again           # the second run over an unchanged folder against the first
    python benchmarks/batch.py table           # summarize, events and brief, English and Dutch, 100 to 10,000 articles
    python benchmarks/batch.py start           # --help against importing typer

Every figure is that of the command as a user starts it, from start to written output. Ratios are of runs that follow
one another, and medians of `--repeat` rounds, because a machine that does other things as well is slower at one time
than at another; processor seconds (user and system, of all processes) stand beside the seconds of the clock.
Articles are made as it runs (`corpus.py`), in a folder that is removed at the end. Needs psutil.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpus import articles, stages, write_folder  # noqa: E402

SUMY = """
import sys, time
from pathlib import Path

import nltk.tokenize
import punkt
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.utils import get_stop_words

ours, parameters = punkt.load_model("english"), PunktParameters()
parameters.abbrev_types = set(ours.abbrev_types)
parameters.collocations = {tuple(pair) for pair in ours.collocations}
parameters.sent_starters = set(ours.sent_starters)
parameters.ortho_context.update({word: int(value) for word, value in dict(ours.ortho_context).items()})
punkt_tokenizer = PunktSentenceTokenizer(parameters)
Tokenizer._get_sentence_tokenizer = lambda self, language: punkt_tokenizer
nltk.tokenize._get_punkt_tokenizer = lambda language: punkt_tokenizer  # NLTK's words ask for sentences once more
tokenizer = Tokenizer("english")
summarizer = LexRankSummarizer(Stemmer("english"))
summarizer.stop_words = get_stop_words("english")
files = sorted(Path(sys.argv[1]).rglob("*.txt"))
with open(sys.argv[2], "w", encoding="utf-8") as out:
    began = time.perf_counter(), time.process_time()
    for file in files:
        document = PlaintextParser.from_string(file.read_text(encoding="utf-8"), tokenizer).document
        out.write(" ".join(map(str, summarizer(document, 3))) + "\\n")
print(time.perf_counter() - began[0], time.process_time() - began[1])
"""


@dataclass(frozen=True)
class Run:
    """A command that has ended."""

    seconds: float
    cpu: float
    peak: float
    """Megabytes of all its processes together at the highest of the samples; what they share counts once."""


def stagebrief(arguments: Sequence[str | Path], cache: Path, *, watch: bool = False, ok: tuple[int, ...] = (0,)) -> Run:
    """Run the command and measure it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, ROOT / "cli.py", *arguments],
        env={**os.environ, "STAGEBRIEF_CACHE": str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = 0.0
    while watch and process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(0.1)
    errors = process.communicate()[1]
    seconds = time.perf_counter() - began
    if process.returncode not in ok:
        raise SystemExit(f"{' '.join(map(str, arguments))} ended with {process.returncode}:\n{errors[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)


def _memory(pid: int) -> float:
    """Megabytes that a process and its children have for themselves (proportional set size)."""
    import psutil

    total = 0.0
    try:
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            try:
                total += process.memory_full_info().pss / 1e6
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
    except psutil.NoSuchProcess:
        pass
    return total


def sumy(folder: Path, repeat: int) -> None:
    """Ten thousand articles here, a thousand of them by sumy, one after the other, over and over."""
    large, small = folder / "large", folder / "small"
    write_folder(large, articles(10_000))
    write_folder(small, articles(1_000))
    ratios, cpu_ratios, memory = [], [], []
    for round in range(1, repeat + 1):
        common = ["summarize", "-m", "lexrank", "-f", "json", "-j", "2", "--no-cache", "-o", folder / "out"]
        ours = stagebrief([*common, large], folder / "cache", watch=True)
        few = stagebrief([*common, small], folder / "cache", watch=True)
        output = subprocess.run(
            [sys.executable, "-c", SUMY, small, folder / "sumy.txt"], capture_output=True, text=True, check=True
        ).stdout
        seconds, cpu = map(float, output.split())
        ratios.append((10_000 / ours.seconds) / (1_000 / seconds))
        cpu_ratios.append((10_000 / ours.cpu) / (1_000 / cpu))
        memory.append(ours.peak / few.peak)
        print(
            f"round {round}: stagebrief {10_000 / ours.seconds:.0f} articles/s ({ours.cpu:.1f} s of processor), "
            f"sumy's loop {1_000 / seconds:.0f}/s ({cpu:.1f} s): {ratios[-1]:.1f} times by the clock, "
            f"{cpu_ratios[-1]:.1f} by the processor; memory {few.peak:.0f} MB at 1,000, {ours.peak:.0f} MB at 10,000",
            flush=True,
        )
    print(
        f"median: {statistics.median(ratios):.1f} times the articles a second (two processes against one), "
        f"{statistics.median(cpu_ratios):.1f} times by processor seconds; "
        f"memory at 10,000 is {statistics.median(memory):.2f} times that at 1,000"
    )


def again(folder: Path, repeat: int) -> None:
    """The same folder twice, with the store empty and full."""
    count = 10_000
    write_folder(folder / "in", articles(count))
    time.sleep(2.1)  # files that have just been written are not known by their times
    ratios = []
    for round in range(1, repeat + 1):
        shutil.rmtree(folder / "cache", ignore_errors=True)
        shutil.rmtree(folder / "out", ignore_errors=True)
        command = ["summarize", "-m", "lexrank", "-f", "json", "-o", folder / "out", folder / "in"]
        first = stagebrief(command, folder / "cache")
        whole = (folder / "out" / "summaries.jsonl").read_bytes()
        second = stagebrief(command, folder / "cache")
        if (folder / "out" / "summaries.jsonl").read_bytes() != whole:
            raise SystemExit("the second run wrote something else")
        ratios.append(first.seconds / second.seconds)
        print(
            f"round {round}: {count:,} articles, first {first.seconds:.1f} s ({first.cpu:.1f} s of processor), "
            f"second {second.seconds:.2f} s ({second.cpu:.2f} s): {ratios[-1]:.0f} times",
            flush=True,
        )
    print(f"median: the second run is {statistics.median(ratios):.0f} times faster")


def table(folder: Path, repeat: int, most: int, commands: list[str], languages: list[str]) -> None:
    """Articles a second by command, language and number, and how they grow."""
    print("| command | language | articles | seconds | processor seconds | articles a second | for ten times as many |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for command in commands:
        for language in languages:
            last = 0.0
            for count in (100, 1_000, 10_000):
                if count > most:
                    continue
                inputs = folder / f"{command}-{language}-{count}"
                write_folder(inputs, (articles if command == "summarize" else stages)(count, language))
                runs = [
                    stagebrief([command, "-f", "json", "--no-cache", inputs], folder / "cache", ok=(0, 1))
                    for _ in range(repeat if count < 10_000 else 1)
                ]
                seconds = statistics.median(run.seconds for run in runs)
                cpu = statistics.median(run.cpu for run in runs)
                growth = f"{seconds / last:.1f} times" if last else ""
                print(
                    f"| {command} | {language} | {count:,} | {seconds:.1f} | {cpu:.1f} | {count / seconds:.1f} | "
                    f"{growth} |",
                    flush=True,
                )
                last = seconds
                shutil.rmtree(inputs)


def start(repeat: int) -> None:
    """Help against the import of typer alone."""
    ratios = []
    for _ in range(max(repeat, 7)):
        times = []
        for command in (["-c", "import typer"], [str(ROOT / "cli.py"), "--help"]):
            began = time.perf_counter()
            subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
            times.append(time.perf_counter() - began)
        ratios.append(times[1] / times[0])
        print(f"import typer {times[0] * 1000:.0f} ms, --help {times[1] * 1000:.0f} ms")
    print(f"median: --help takes {statistics.median(ratios):.2f} times as long")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["sumy", "again", "table", "start"])
    parser.add_argument("--repeat", type=int, default=3, help="rounds")
    parser.add_argument("--most", type=int, default=10_000, help="largest number of articles in the table")
    parser.add_argument("--commands", nargs="+", default=["summarize", "events", "brief"], help="rows of the table")
    parser.add_argument("--languages", nargs="+", default=["en", "nl"])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stagebrief-benchmark-") as name:
        folder = Path(name)
        if chosen.what == "sumy":
            sumy(folder, chosen.repeat)
        elif chosen.what == "again":
            again(folder, chosen.repeat)
        elif chosen.what == "table":
            table(folder, chosen.repeat, chosen.most, chosen.commands, chosen.languages)
        else:
            start(chosen.repeat)


if __name__ == "__main__":
    main()
