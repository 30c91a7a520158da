"""Measure how the time of grouping grows: python benchmarks/events_scaling.py ARTICLES [SIZE...]

Repeats the articles of a folder with other riders, other places and other dates (whole numbers of weeks later, so that
weekdays keep their sense) until there are SIZE of them, and times `group` on each size, reading claims and clustering
apart. Each repetition is an edition of its own, so that the number of events grows with the number of articles.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from events import load

from summarize.articles import Article
from summarize.claims import read
from summarize.events import group

_SYLLABLES = [c + v for c in "bdfghklmnprstvz" for v in "aeiou"]


def ending(number: int) -> str:
    """Two syllables, other ones for each of the first 5,625 numbers."""
    return _SYLLABLES[number // len(_SYLLABLES) % len(_SYLLABLES)] + _SYLLABLES[number % len(_SYLLABLES)]


def repeated(articles: list[Article]) -> Iterator[Article]:
    """The articles again and again, under other names."""
    names = []
    for article in articles:
        reading = read(article)
        words = {w for name in (*reading.people, *reading.places) for w in re.findall(r"[^\W\d_]{4,}", name)}
        names.append(
            re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b")
            if words
            else None
        )
    number = 0
    while True:
        extra = ending(number) if number else ""
        for article, pattern in zip(articles, names, strict=True):

            def other(text: str, pattern: re.Pattern[str] | None = pattern, extra: str = extra) -> str:
                return pattern.sub(lambda m: m[0] + extra, text) if pattern and extra else text

            path = f"{number:04}-{Path(article.path).name}"
            yield replace(
                article,
                id=path,
                path=path,
                title=other(article.title) if article.title else None,
                text=other(article.text),
                published=article.published + timedelta(weeks=52 * number) if article.published else None,
                sentences=tuple(replace(s, text=other(s.text)) for s in article.sentences),
            )
        number = (number + 1) % 5000


def main() -> int:
    """Print a table of sizes and seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[2500, 5000, 10000, 20000])
    options = parser.parse_args()
    base, _ = load([str(options.articles)])
    spent = {"read": 0.0}
    plain_read = read

    def timed(article: Article) -> object:
        start = time.process_time()
        try:
            return plain_read(article)
        finally:
            spent["read"] += time.process_time() - start

    import summarize.claims

    summarize.claims.read = timed  # type: ignore[assignment]
    before = 0.0
    print("articles  events  seconds  of which reading  a article (ms)  ratio to the size before")
    for size in sorted(options.sizes):
        articles = list(islice(repeated(base), size))
        spent["read"] = 0.0
        start = time.process_time()
        found = group(articles, None)
        seconds = time.process_time() - start
        ratio = f"{seconds / before:.2f}" if before else ""
        each = 1000 * seconds / size
        print(f"{size:8} {len(found.events):7} {seconds:8.1f} {spent['read']:17.1f} {each:15.2f}  {ratio}", flush=True)
        before = seconds
    return 0


if __name__ == "__main__":
    sys.exit(main())
