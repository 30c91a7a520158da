"""Hostile input to reading, cleaning, language detection and splitting: what fails, and what is slowest.

    python benchmarks/fuzz_reading.py ARTICLES_FOLDER [--cases 20000] [--seed 1]

First a megabyte of each of many patterns in every format, in CPU seconds a step; then real articles, mutated. A
failure is anything but an article or a reason: an exception, text that cannot be written, a control code that got
through.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from test_hostile_reading import KINDS, PATTERNS, _mutated, _sound

from summarize.articles import Article
from summarize.cleaning import explain
from summarize.language import detect
from summarize.reading import InputFile, Kind, read_bytes
from summarize.sentences import split

SIZE = 1_000_000
SUFFIXES: dict[str, Kind] = {".txt": "text", ".md": "markdown", ".html": "html", ".json": "json", ".jsonl": "json"}


def patterns() -> None:
    explain("a b."), split("A. B.", "nl"), split("A. B.", "en"), detect("x y")  # load what is loaded once
    slowest: list[tuple[float, str, str, str]] = []
    for pattern in PATTERNS:
        text = (pattern * (SIZE // len(pattern) + 1))[:SIZE]
        for kind in KINDS:
            data = json.dumps({"text": text, "title": text}) if kind == "json" else text
            start = time.process_time()
            found = read_bytes(InputFile("x", Path("x"), kind), data.encode("utf-8", "replace"))
            steps = {"read": time.process_time() - start}
            if isinstance(found, Article):
                for name, step in (("clean", explain), ("split", lambda t: split(t, "nl")), ("detect", detect)):
                    start = time.process_time()
                    step(found.text)
                    steps[name] = time.process_time() - start
            slowest += [(seconds, name, kind, repr(pattern)) for name, seconds in steps.items()]
    slowest.sort(reverse=True)
    print(f"{len(PATTERNS)} patterns of {SIZE} bytes in {len(KINDS)} formats; the slowest steps, CPU seconds:")
    for seconds, name, kind, pattern in slowest[:12]:
        print(f"  {seconds:5.2f} {name:6} {kind:8} {pattern}")


def mutations(folder: Path, cases: int, seed: int) -> int:
    chance = random.Random(seed)
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    contents = [path.read_bytes() for path in files]
    failures: dict[str, int] = {}
    slowest = (0.0, "")
    for number in range(cases):
        index = chance.randrange(len(files))
        data = _mutated(contents[index], chance)
        kind = chance.choice(KINDS) if chance.random() < 0.2 else SUFFIXES[files[index].suffix]
        start = time.process_time()
        try:
            _sound(read_bytes(InputFile("x", Path("x"), kind), data))
        except Exception:
            trace = traceback.format_exc()
            if trace not in failures:
                print(f"case {number} ({files[index].name}, {kind}):\n{trace}")
            failures[trace] = failures.get(trace, 0) + 1
        slowest = max(slowest, (time.process_time() - start, f"case {number} ({files[index].name}, {kind})"))
    print(f"{cases} mutated articles: {sum(failures.values())} failures of {len(failures)} kinds")
    print(f"slowest: {slowest[0]:.2f} CPU seconds, {slowest[1]}")
    return len(failures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    patterns()
    found = mutations(options.folder, options.cases, options.seed)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
