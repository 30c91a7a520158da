"""ROUGE of the summaries of single articles, by method; and how the weights of `default` were found.

    python benchmarks/ranking.py [--shared DIR] [--scorer]     the table: all methods, and sumy's own
    python benchmarks/ranking.py --tune                        weights found on either set, scored on the other

ROUGE-1/2/L F1 as the project's scorer computes it (lower case, no stemming, best of the references), three sentences.
`--scorer` writes the summaries and runs the scorer itself, as a check on the copy of its arithmetic here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarize.articles import Article  # noqa: E402
from summarize.preparing import prepare  # noqa: E402
from summarize.ranking import METHODS, Length, rank, select  # noqa: E402

SETS = ("cnndm_summeval", "cnndm_realsumm")

GRID: dict[str, tuple[float, ...]] = {
    "position": (0.25, 0.5, 0.75, 1.0, 1.5, 2.0),
    "concepts": (0.0, 0.5, 1.0, 1.5, 2.0),
    "pairs": (0.0, 0.25, 0.5),
    "centrality": (0.0, 0.25, 0.5, 0.75),
    "numbers": (0.0, 0.1, 0.2, 0.3),
    "cost": (0.0, 0.25, 0.5, 0.75, 1.0, 1.25),
    "redundancy": (0.25, 0.5, 0.75, 1.0),
}
"""The weights that were tuned; the others are as they seemed right."""

START = {
    "position": 1.0,
    "concepts": 1.0,
    "pairs": 0.25,
    "centrality": 0.5,
    "numbers": 0.1,
    "cost": 0.5,
    "redundancy": 0.5,
}


def read(path: Path) -> tuple[list[dict[str, Any]], list[Article]]:
    """Records of a set, and their articles as `summarize` prepares them."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = []
    for record in records:
        article = prepare(Article(str(record["id"]), str(path), record.get("title"), record["text"]))
        if not isinstance(article, Article):
            raise SystemExit(f"{record['id']}: {article.error}")
        articles.append(article)
    return records, articles


def scorer(shared: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rouge(score: ModuleType, records: Sequence[dict[str, Any]], summaries: Sequence[str]) -> list[float]:
    """Mean ROUGE-1/2/L F1 times 100."""
    total = [0.0, 0.0, 0.0]
    for record, summary in zip(records, summaries, strict=True):
        best = max((score.rouge_scores(summary, reference) for reference in record["references"]), key=lambda s: s[0])
        total = [t + s for t, s in zip(total, best, strict=True)]
    return [100 * t / len(records) for t in total]


def sumy_own() -> dict[str, Callable[[Article], Sequence[int]]]:
    """sumy's own summarizers, as its command line sets them up."""
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    from summarize.ranking.documents import document, rank_document
    from summarize.ranking.tokens import stemmer, stop_words

    found: dict[str, Callable[[Article], Sequence[int]]] = {}
    for name, kind in (
        ("sumy LexRank", LexRankSummarizer),
        ("sumy TextRank", TextRankSummarizer),
        ("sumy LSA", LsaSummarizer),
        ("sumy Luhn", LuhnSummarizer),
    ):
        made = kind(stemmer("en"))
        made.stop_words = stop_words("en")
        found[name] = lambda article, made=made: rank_document(made, document(article))  # type: ignore[misc]
    return found


def table(shared: Path, check: bool) -> None:
    """All methods on both sets."""
    score = scorer(shared)
    methods: dict[str, Callable[[Article], Sequence[int]]] = {
        name: lambda article, name=name: rank(article, name)  # type: ignore[misc]
        for name in METHODS
    } | sumy_own()
    print("| method | " + " | ".join(f"{name} R-1/R-2/R-L | words" for name in SETS) + " |")
    print("| --- |" + " --- | --- |" * len(SETS))
    data = [read(shared / "bench" / f"{name}.jsonl") for name in SETS]
    for method, order in methods.items():
        cells = [method]
        for name, (records, articles) in zip(SETS, data, strict=True):
            summaries = []
            for article in articles:
                texts = [sentence.english for sentence in article.sentences]
                summaries.append(" ".join(texts[index] for index in select(order(article), texts, Length())))
            cells.append("/".join(f"{value:.2f}" for value in rouge(score, records, summaries)))
            cells.append(f"{sum(len(summary.split()) for summary in summaries) / len(summaries):.0f}")
            if check:
                with tempfile.TemporaryDirectory() as folder:
                    file = Path(folder) / "summaries.jsonl"
                    lines = [json.dumps({"id": r["id"], "summary": s}) for r, s in zip(records, summaries, strict=True)]
                    file.write_text("\n".join(lines), encoding="utf-8")
                    command = [sys.executable, str(shared / "tools" / "score.py"), "rouge"]
                    command += [str(shared / "bench" / f"{name}.jsonl"), str(file)]
                    print(method, name, subprocess.check_output(command, text=True).strip(), file=sys.stderr)
        print("| " + " | ".join(cells) + " |", flush=True)


class Tuning:
    """ROUGE-1 plus ROUGE-2 of the first two, three and four sentences chosen: one lucky sentence counts less."""

    def __init__(self, score: ModuleType, records: Sequence[dict[str, Any]], articles: Sequence[Article]) -> None:
        from summarize.ranking.default import DefaultSummarizer

        made = DefaultSummarizer("en")
        self.folded = [[score.fold(s.english).split() for s in article.sentences] for article in articles]
        self.features = [made.features([s.english for s in article.sentences]) for article in articles]
        self.references = [
            [(score.ngrams(w, 1), score.ngrams(w, 2), len(w)) for w in (score.fold(x).split() for x in r["references"])]
            for r in records
        ]
        self.known: dict[tuple[int, tuple[int, ...]], float] = {}

    def rouge(self, number: int, chosen: tuple[int, ...]) -> float:
        """ROUGE-1 plus ROUGE-2 of a choice of sentences of an article."""
        if (number, chosen) not in self.known:
            words = [word for index in chosen for word in self.folded[number][index]]
            single, double = Counter((word,) for word in words), Counter(pairwise(words))
            best = (-1.0, 0.0)
            for first, second, length in self.references[number]:
                one = 2 * (single & first).total() / max(1, len(words) + length)
                two = 2 * (double & second).total() / max(1, len(words) + length - 2)
                best = max(best, (one, two), key=lambda pair: pair[0])
            self.known[number, chosen] = sum(best)
        return self.known[number, chosen]

    def value(self, weights: Any) -> float:
        """What is to be made high."""
        from summarize.ranking.default import choose

        total = 0.0
        for number, features in enumerate(self.features):
            order = choose(features, weights, 4)
            total += sum(self.rouge(number, tuple(sorted(order[:count]))) for count in (2, 3, 4)) / 3
        return 100 * total / len(self.features)


def tune(shared: Path) -> None:
    """Weights found by going up the grid one weight at a time, on either set and on both; each scored on both."""
    from summarize.ranking.default import DefaultSummarizer, Weights
    from summarize.ranking.documents import document, rank_document

    score = scorer(shared)
    data = {name: read(shared / "bench" / f"{name}.jsonl") for name in SETS}
    tunings = {name: Tuning(score, *data[name]) for name in SETS}
    for names in ((SETS[0],), (SETS[1],), SETS):
        weights = replace(Weights(), **START)
        best = sum(tunings[name].value(weights) for name in names)
        moved = True
        while moved:
            moved = False
            for weight, values in GRID.items():
                for value in values:
                    trial = replace(weights, **{weight: value})
                    found = sum(tunings[name].value(trial) for name in names)
                    if found > best + 1e-9:
                        best, weights, moved = found, trial, True
        print("tuned on", " and ".join(names), {weight: getattr(weights, weight) for weight in GRID})
        show(score, data, weights, DefaultSummarizer, document, rank_document)
    print("as shipped", {weight: getattr(Weights(), weight) for weight in GRID})
    show(score, data, Weights(), DefaultSummarizer, document, rank_document)


def show(score: ModuleType, data: Any, weights: Any, kind: Any, document: Any, rank_document: Any) -> None:
    """ROUGE of three sentences on both sets."""
    made = kind("en", weights)
    for name, (records, articles) in data.items():
        summaries = []
        for article in articles:
            texts = [sentence.english for sentence in article.sentences]
            order = rank_document(made, document(article))
            summaries.append(" ".join(texts[index] for index in select(order, texts, Length())))
        values = "/".join(f"{value:.2f}" for value in rouge(score, records, summaries))
        print(f"    on {name}: {values}", flush=True)


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the development data")
    parser.add_argument("--scorer", action="store_true", help="run the scorer on the summaries too")
    parser.add_argument("--tune", action="store_true", help="find the weights of `default` again")
    options = parser.parse_args()
    if options.tune:
        tune(options.shared)
    else:
        table(options.shared, options.scorer)


if __name__ == "__main__":
    main()
