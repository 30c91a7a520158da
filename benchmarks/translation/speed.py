"""Speed and memory of the translation step, beside argostranslate in the same run.

    python benchmarks/translation/speed.py [--shared FOLDER] [--package FOLDER] [--rounds 3] [--threads 2]
    python benchmarks/translation/speed.py --memory

Translates the 50 Dutch articles of `cycling/dev` with `argostranslate.translate`, with our engine alone (same
package, beam 4, same threads), with the whole step, and again from the cache. argostranslate would fetch a sentence
splitter of its own; it gets ours, which costs it nothing. Rounds take turns; printed are medians and ratios.
`--memory` prints the peak memory for 100 and for 1,000 whole articles (1,700 and 17,000 sentences, five minutes), a
process for each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from summarize.articles import Article, Failure  # noqa: E402
from summarize.preparing import prepare  # noqa: E402
from summarize.reading import read  # noqa: E402
from summarize.translation import Translator  # noqa: E402
from summarize.translation.packages import argos_package, choose  # noqa: E402


def dutch_articles(shared: Path, number: int) -> list[Article]:
    found: list[Article] = []
    for result in read([str(shared / "cycling" / "dev" / "articles")]):
        article = result if isinstance(result, Failure) else prepare(result)
        if isinstance(article, Article) and article.language == "nl":
            found.append(article)
        if len(found) == number:
            break
    return found


def argos(folder: Path, threads: int) -> Callable[[list[Article]], None]:
    """argostranslate's own translation of the package, given whole articles as texts, as its users do."""
    os.environ["ARGOS_INTRA_THREADS"] = str(threads)
    package = argos_package(folder)
    from argostranslate import translate

    from summarize.sentences import split

    language = translate.Language("nl", "Dutch")
    translation = translate.PackageTranslation(language, translate.Language("en", "English"), package)

    class Ours:
        def split_sentences(self, text: str) -> list[str]:
            return list(split(text, "nl"))

    translation.sentencizer = Ours()
    translation.translate("Warm.")

    def run(articles: list[Article]) -> None:
        for article in articles:
            paragraphs: dict[int, list[str]] = {}
            for sentence in article.sentences:
                paragraphs.setdefault(sentence.paragraph, []).append(sentence.text)
            text = "\n".join(" ".join(sentences) for sentences in paragraphs.values())
            translation.translate(f"{article.title}\n{text}" if article.title else text)

    return run


def ours(translator: Translator) -> Callable[[list[Article]], None]:
    def run(articles: list[Article]) -> None:
        for _ in translator.translate_articles(articles):
            pass

    return run


def speed(options: argparse.Namespace) -> None:
    info = choose(options.package)
    articles = dutch_articles(options.shared, options.articles or 50)
    sentences = sum(len(article.sentences) + bool(article.title) for article in articles)
    print(f"package {info.label}, {len(articles)} Dutch articles, {sentences} sentences, {options.threads} threads")
    threads = options.threads
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STAGEBRIEF_CACHE"] = folder
        ways = {
            "argostranslate": lambda: argos(info.path, threads),
            "ours, no guard, no terms": lambda: ours(Translator(info.path, False, threads, False, False)),
            "ours, whole step": lambda: ours(Translator(info.path, False, threads)),
        }
        ready = {name: make() for name, make in ways.items()}
        for name in list(ready)[1:]:
            ready[name](articles[:1])  # loads the model, as argostranslate's has been
        ours(Translator(info.path, True, threads))(articles)
        ready["ours, from the cache"] = lambda given: ours(Translator(info.path, True, threads))(given)
        times: dict[str, list[float]] = {name: [] for name in ready}
        for _ in range(options.rounds):
            for name, run in ready.items():
                began = time.perf_counter()
                run(articles)
                times[name].append(time.perf_counter() - began)
                print(f"    {name} {times[name][-1]:.3f} s", flush=True)
    base = statistics.median(times["argostranslate"])
    for name, took in times.items():
        middle = statistics.median(took)
        print(
            f"  {name:26} {middle:8.3f} s ({min(took):.3f} to {max(took):.3f})  {sentences / middle:8.0f} sentences/s"
            f"  {base / middle:7.1f} times argostranslate"
        )
    whole, cached = statistics.median(times["ours, whole step"]), statistics.median(times["ours, from the cache"])
    print(f"  second run from the cache: {whole / cached:.0f} times the first run's speed")


def many(articles: list[Article], number: int) -> Iterator[Article]:
    """As many articles as wanted, each sentence another one: no cache or twin can help."""
    for copy in range(number):
        article = articles[copy % len(articles)]
        sentences = tuple(replace(s, text=f"{s.text} ({copy})") for s in article.sentences)
        yield replace(article, id=f"{article.id} {copy}", sentences=sentences)


def memory(options: argparse.Namespace) -> None:
    if options.articles:
        articles = dutch_articles(options.shared, 50)
        translator = Translator(choose(options.package).path, True)
        count = sum(1 for _ in translator.translate_articles(many(articles, options.articles)))
        print(json.dumps({"articles": count, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        return
    peaks = []
    for number in (100, 1000):
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, "--memory", "--articles", str(number), "--shared", str(options.shared)]
            command += ["--package", str(options.package)] if options.package else []
            environment = {**os.environ, "STAGEBRIEF_CACHE": folder}
            done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        peaks.append(json.loads(done.stdout)["peak"])
        print(f"  {number:5} articles: peak {peaks[-1]:.0f} MB")
    print(f"  1,000 against 100: {peaks[1] / peaks[0]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--package", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--articles", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    memory(options) if options.memory else speed(options)


if __name__ == "__main__":
    main()
