"""Article text of web pages, measured as the article extraction benchmark of Zyte does.

    python benchmarks/cleaning.py FOLDER [--settings]

The folder holds `ground-truth.json` and `html/*.html.gz`. A page's shingles of four words are compared with those of
its true text; precision and recall are means over pages, F their harmonic mean, exact the share of pages whose words
are all right. `--settings` also measures trafilatura's own settings, from which ours were chosen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from summarize.cleaning import clean_text
from summarize.pages import read_page

_WORD = re.compile(r"\w+")


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))) if words else Counter()


def compare(true: str, found: str) -> tuple[float, float, float]:
    """Right, wrong and missing shingles, as shares of all of them."""
    a, b = shingles(true), shingles(found)
    right, wrong, missing = (sum(c.values()) for c in (a & b, b - a, a - b))
    total = right + wrong + missing
    return (right / total, wrong / total, missing / total) if total else (0.0, 0.0, 0.0)


def measure(name: str, extract: Callable[[str], str], pages: dict[str, str], truth: dict[str, str]) -> None:
    start = time.perf_counter()
    found = {key: extract(page) for key, page in pages.items()}
    seconds = time.perf_counter() - start
    counts = [compare(truth[key], found[key]) for key in truth]
    precision = statistics.mean(
        1.0 if not wrong and not missing else r / (r + wrong) for r, wrong, missing in counts if r + wrong
    )
    recall = statistics.mean(
        1.0 if not wrong and not missing else r / (r + missing) for r, wrong, missing in counts if r + missing
    )
    f = 2 * precision * recall / (precision + recall)
    exact = statistics.mean(_WORD.findall(truth[key]) == _WORD.findall(found[key]) for key in truth)
    print(f"{name:44} {precision:9.3f} {recall:7.3f} {f:6.3f} {exact:6.3f} {seconds:8.1f}", flush=True)


def trafilatura_text(page: str, **settings: bool) -> str:
    from trafilatura import extract

    return extract(page, output_format="txt", **settings) or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--settings", action="store_true")
    options = parser.parse_args()
    gold = json.loads((options.folder / "ground-truth.json").read_text(encoding="utf-8"))
    truth = {key: item.get("articleBody") or "" for key, item in sorted(gold.items())}
    pages = {
        key: gzip.decompress((options.folder / "html" / f"{key}.html.gz").read_bytes()).decode("utf-8", "replace")
        for key in truth
    }
    print(f"{len(truth)} pages\n{'':44} {'precision':>9} {'recall':>7} {'F':>6} {'exact':>6} {'seconds':>8}")
    if options.settings:
        for settings in (
            {},
            {"include_comments": False},
            {"include_comments": False, "include_tables": False},
            {"include_comments": False, "include_tables": False, "favor_precision": True},
            {"include_comments": False, "include_tables": False, "favor_recall": True},
            {"include_comments": False, "fast": True},
        ):
            name = " ".join(key if on else f"no {key.removeprefix('include_')}" for key, on in settings.items())
            measure(f"trafilatura {name or 'as it is'}", partial(trafilatura_text, **settings), pages, truth)
    measure("stagebrief, read", lambda page: read_page(page).text, pages, truth)
    measure("stagebrief, read and cleaned", lambda page: clean_text(read_page(page).text), pages, truth)


if __name__ == "__main__":
    main()
