"""Whether the company of a sentence in a batch changes its translation: with padding, and among its equals.

    python benchmarks/translation/batches.py [--shared FOLDER] [--package FOLDER]

Translates sentences of flores_dev in batches of different make-up, and counts how many come out with another text or
another score than before.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from summarize.translation.packages import argos_package, choose  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--package", type=Path)
    options = parser.parse_args()
    import ctranslate2

    info = choose(options.package)
    tokenizer = argos_package(info.path).tokenizer
    text = (options.shared / "bench" / "translation" / "flores_dev.nl").read_text(encoding="utf-8")
    sentences = [tokenizer.encode(line) for line in text.splitlines()]
    of_length: dict[int, list[list[str]]] = defaultdict(list)
    for sentence in sentences:
        of_length[len(sentence)].append(sentence)
    dice = random.Random(1)
    print(f"package {info.label}")
    for threads in (1, 2):
        model = ctranslate2.Translator(str(info.path / "model"), inter_threads=threads, intra_threads=1)

        def go(batch: list[list[str]], model: Any = model) -> list[Any]:
            results = model.translate_batch(
                batch, beam_size=4, num_hypotheses=4, max_batch_size=64, return_scores=True, replace_unknowns=True
            )
            return [(result.hypotheses, result.scores) for result in results]

        equals = [group for _, group in sorted(of_length.items()) if len(group) > 4]
        mixed = [dice.sample(sentences, 24) for _ in range(len(equals))]
        for name, groups in (("of the same length", equals), ("of any length", mixed)):
            total = texts = scores = 0
            for group in groups:
                first = go(group)
                for some in ([0], range(0, len(group), 2), dice.sample(range(len(group)), len(group))):
                    for number, again in zip(some, go([group[number] for number in some]), strict=True):
                        total += 1
                        texts += again[0] != first[number][0]
                        scores += again[1] != first[number][1]
            print(f"{threads} threads, {name:18}: {total} sentences, other text {texts}, other score {scores}")


if __name__ == "__main__":
    main()
