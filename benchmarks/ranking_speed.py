"""Time and memory of the fast summarizers beside sumy's own, on the same document in the same run.

    python benchmarks/ranking_speed.py [--shared DIR] [--sentences 20 100 300 1000] [--methods LexRank KL]

Documents are the sentences of the CNN/DM articles, one after the other, no sentence twice. Words are split before the
clock starts, for both. Two columns each: `cold`, a new summarizer and sumy's own stemmer, which has to stem every word;
`warm`, both with the stemmer of this package, which remembers the stems of the run before, as it does in a
folder of articles. Medians; sumy and fast take turns. Memory is the most that Python and NumPy
hold at a time (tracemalloc), measured in a run of its own.

Then whole articles, one after the other in one process, from prepared sentences to a summary: by sumy (its tokenizer
without the sentence splitting it would add, its stemmer, its LexRank) and by `summarize_article`.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from ranking import SETS, read  # noqa: E402
from sumy.models.dom import ObjectDocumentModel, Paragraph  # noqa: E402
from sumy.models.dom import Sentence as SumySentence  # noqa: E402
from sumy.nlp.stemmers import Stemmer  # noqa: E402
from sumy.nlp.tokenizers import Tokenizer as SumyTokenizer  # noqa: E402
from sumy.summarizers.kl import KLSummarizer  # noqa: E402
from sumy.summarizers.lex_rank import LexRankSummarizer  # noqa: E402
from sumy.summarizers.lsa import LsaSummarizer  # noqa: E402
from sumy.summarizers.reduction import ReductionSummarizer  # noqa: E402
from sumy.summarizers.text_rank import TextRankSummarizer  # noqa: E402

from summarize.articles import Article  # noqa: E402
from summarize.ranking import summarize_article  # noqa: E402
from summarize.ranking.fast_kl import FastKLSummarizer  # noqa: E402
from summarize.ranking.fast_lexrank import FastLexRankSummarizer  # noqa: E402
from summarize.ranking.fast_textrank import FastReductionSummarizer, FastTextRankSummarizer  # noqa: E402
from summarize.ranking.quick import FastLsaSummarizer  # noqa: E402
from summarize.ranking.tokens import Tokenizer, stemmer, stop_words  # noqa: E402

PAIRS: dict[str, tuple[Any, Any]] = {
    "LexRank": (LexRankSummarizer, FastLexRankSummarizer),
    "TextRank": (TextRankSummarizer, FastTextRankSummarizer),
    "KL": (KLSummarizer, FastKLSummarizer),
    "LSA": (LsaSummarizer, FastLsaSummarizer),
    "Reduction": (ReductionSummarizer, FastReductionSummarizer),
}
SLOW = {"KL": 300, "LSA": 300, "Reduction": 300}
"""Sentences above which sumy's own takes minutes."""

PATIENCE = 10.0
"""Seconds above which sumy's own is run once only: its memory is not measured, which takes many times as long."""


def make(kind: Any, warm: bool = False) -> Any:
    """A summarizer set up for English."""
    made = kind(stemmer("en") if warm else Stemmer("english"))
    made.stop_words = stop_words("en")
    return made


def seconds(work: Callable[[], Any]) -> float:
    """Wall-clock time of one call."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak(work: Callable[[], Any]) -> float:
    """Most memory held at a time, in MiB, beyond what was held before."""
    gc.collect()
    tracemalloc.start()
    work()
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found / 2**20


def document(texts: list[str]) -> Any:
    """A document whose words have been split."""
    words = Tokenizer("en")
    sentences = [SumySentence(text, words) for text in texts]
    made = ObjectDocumentModel([Paragraph(sentences)])
    for sentence in made.sentences:
        _ = sentence.words
    return made


def compare(texts: list[str], sizes: list[int], methods: list[str]) -> None:
    """The table of times and memory."""
    print("| method | sentences | sumy cold | fast cold | times | sumy warm | fast warm | times | MiB sumy | fast |")
    print("| --- |" + " --- |" * 9)
    for name in methods:
        own, fast = PAIRS[name]
        for size in sizes:
            if size > SLOW.get(name, size):
                continue
            of = document(texts[:size])
            makers = [(own, False), (fast, False), (own, True), (fast, True)]
            warm = {kind: make(kind, warm=True) for kind in (own, fast)}
            for made in warm.values() if size < 300 else [warm[fast]]:
                made(of, 3)
            times: list[list[float]] = [[], [], [], []]
            for _ in range(31 if size <= 50 else 5 if size <= 100 else 3 if size <= 300 and name != "KL" else 1):
                for (kind, again), found in zip(makers, times, strict=True):
                    if kind is own and again and times[0][-1] > PATIENCE:
                        found.append(times[0][-1])  # KL stems nothing, so that it makes no difference
                        continue
                    made = warm[kind] if again else make(kind)
                    # a short time is taken several times, as it wavers most
                    for _ in range(1 if kind is own or not again else 5):
                        found.append(seconds(lambda made=made, of=of: made(of, 3)))  # type: ignore[misc]
            a, b, c, d = map(statistics.median, times)
            kinds = [fast] if a > PATIENCE else [own, fast]
            more = [f"{peak(lambda kind=kind, of=of: make(kind)(of, 3)):.1f}" for kind in kinds]  # type: ignore[misc]
            print(
                f"| {name} | {size} | {a:.4f} | {b:.5f} | {a / b:.0f} | {c:.4f} | {d:.5f} | {c / d:.0f} "
                f"| {more[0] if len(more) > 1 else 'not measured'} | {more[-1]} |",
                flush=True,
            )


class OwnTokenizer(SumyTokenizer):  # type: ignore[misc]
    """sumy's tokenizer without the data that its sentence splitter has to download."""

    def __init__(self) -> None:
        from nltk.tokenize.destructive import NLTKWordTokenizer

        self._word_tokenizer = NLTKWordTokenizer()


def articles(found: list[Article]) -> None:
    """Articles a second, sumy's way and ours."""
    words = OwnTokenizer()

    def own() -> None:
        made = make(LexRankSummarizer)
        for article in found:
            sentences = [SumySentence(sentence.text, words) for sentence in article.sentences]
            made(ObjectDocumentModel([Paragraph(sentences)]), 3)

    rates: dict[str, list[float]] = {}
    for _ in range(3):
        rates.setdefault("sumy LexRank", []).append(len(found) / seconds(own))
        for method in ("lexrank", "textrank", "kl", "default"):
            work = lambda method=method: [summarize_article(article, method) for article in found]  # noqa: E731
            rates.setdefault(method, []).append(len(found) / seconds(work))
    mean = sum(len(article.sentences) for article in found) / len(found)
    print(f"\n{len(found)} articles of {mean:.0f} sentences, prepared; articles a second, one process:\n")
    for name, rate in rates.items():
        print(f"- {name}: {statistics.median(rate):.0f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the development data")
    parser.add_argument("--sentences", type=int, nargs="*", default=[20, 100, 300, 1000])
    parser.add_argument("--methods", nargs="*", choices=list(PAIRS), default=list(PAIRS))
    parser.add_argument("--no-articles", action="store_true", help="leave out the measurement on whole articles")
    options = parser.parse_args()
    found = [article for name in SETS for article in read(options.shared / "bench" / f"{name}.jsonl")[1]]
    texts = list(dict.fromkeys(sentence.text for article in found for sentence in article.sentences))
    compare(texts, options.sentences, options.methods)
    if not options.no_articles:
        articles(found)


if __name__ == "__main__":
    main()
