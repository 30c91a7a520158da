"""A model of word triples, counted in the second column of parallel text, for how well a translation reads.

    python ngrams.py ../../summarize/lexicon/ngrams.en.npz cycling.tsv.xz news.tsv.xz tatoeba.tsv.xz

Reads pairs of sentences (one a line, set apart by a TAB, plain or `.xz`). An interpolated model with Kneser and Ney's
counts for the lower orders and one discount (Chen & Goodman 1999, section 3), written as a back-off model: pairs and
triples that were counted less than `TIMES` times are left out, and what they had goes to the shorter ones.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from parallel import read_pairs

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from summarize.translation.fluency import END, FIGURE, NAME, START, STEP, tokens
from summarize.translation.tables import BITS, packed

TIMES = 2
"""How often a word, a pair or a triple must have been counted."""
DISCOUNT = 0.75
UNKNOWN = 20_000
"""Words that the model does not know, among which it shares out what all of them have together."""

Gram = tuple[int, ...]


def numbers(texts: list[str]) -> tuple[list[str], list[list[int]]]:
    """The words that count, and each text in their numbers; 0 is any other word."""
    inside = Counter(token for text in texts for token in tokens(text, bool)[1:])
    known = {word for word, times in inside.items() if times >= TIMES}
    split = [tokens(text, known.__contains__) for text in texts]
    counted = Counter(token for text in split for token in text)
    words = ["", START, END, FIGURE, NAME]
    words += sorted(word for word, times in counted.items() if times >= TIMES and word not in words)
    number = {word: at for at, word in enumerate(words)}
    return words, [
        [number[START], number[START], *(number.get(token, 0) for token in text), number[END]] for text in split
    ]


def grams(texts: Iterable[list[int]]) -> tuple[Counter[Gram], Counter[Gram], Counter[Gram]]:
    """Words, pairs and triples with their counts; of the shorter ones, how many different words stand before them."""
    three = Counter(tuple(text[at - 2 : at + 1]) for text in texts for at in range(2, len(text)))
    two = Counter(gram[1:] for gram in three)
    one = Counter(gram[1:] for gram in two)
    return one, two, three


class Order:
    """The pairs, or the triples: what is kept, and what is left for others behind the same words."""

    def __init__(self, counts: Counter[Gram]) -> None:
        self._all: Counter[Gram] = Counter()
        kept: Counter[Gram] = Counter()
        self.counts = {gram: times for gram, times in counts.items() if times >= TIMES}
        for gram, times in counts.items():
            self._all[gram[:-1]] += times
        for gram, times in self.counts.items():
            kept[gram[:-1]] += times - DISCOUNT
        self.left = {context: 1 - some / self._all[context] for context, some in kept.items()}

    def probability(self, gram: Gram, shorter: float) -> float:
        """Of any gram's last word behind its others, where behind fewer of them it is `shorter`."""
        own = (self.counts[gram] - DISCOUNT) / self._all[gram[:-1]] if gram in self.counts else 0.0
        return shared(gram, own) + self.left.get(gram[:-1], 1.0) * shorter


def shared(gram: Gram, probability: float) -> float:
    """The probability of one of the words that the model does not know, where it is that of all of them."""
    return probability if gram[-1] else probability / UNKNOWN


def write(path: Path, words: list[str], one: Counter[Gram], two: Order, three: Order) -> None:
    """The model, its log-probabilities in sixteenths, its keys as differences."""
    total = sum(one.values())
    rest = DISCOUNT * len(one) / total
    single = [
        shared((at,), max(one[(at,)] - DISCOUNT, 0) / total) + rest / (len(one) + UNKNOWN) for at in range(len(words))
    ]
    pairs = {gram: two.probability(gram, single[gram[-1]]) for gram in two.counts}
    triples = {gram: three.probability(gram, two.probability(gram[1:], single[gram[-1]])) for gram in three.counts}
    back_one = [two.left.get((at,), 1.0) for at in range(len(words))]
    tables = {"two": pairs, "three": triples, "back_two": three.left}
    data = {"words": packed(words)}
    data |= {"one": steps(single), "back_one": steps(back_one)}
    for name, table in tables.items():
        keyed = sorted((key(gram), value) for gram, value in table.items())
        data[f"{name}_keys"] = differences([at for at, _ in keyed])
        data[name] = steps([value for _, value in keyed])
    np.savez_compressed(path, **data)
    print(f"{len(words):,} words, {len(pairs):,} pairs, {len(triples):,} triples, {path.stat().st_size:,} bytes")


def key(gram: Gram) -> int:
    """The numbers of its words in one."""
    found = 0
    for number in gram:
        found = found << BITS | number
    return found


def differences(keys: list[int]) -> np.ndarray:
    """Each key less the one before: small numbers, which a compressor makes smaller still."""
    return np.diff(np.array(keys, np.uint64), prepend=np.uint64(0))


def steps(probabilities: Iterable[float]) -> np.ndarray:
    """Logarithms in steps, without their sign."""
    return np.array([min(255, round(-math.log(max(value, 1e-9)) * STEP)) for value in probabilities], np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    chosen = parser.parse_args()
    words, texts = numbers([text for file in chosen.files for _, text in read_pairs(file)])
    if len(words) > 1 << BITS:
        raise SystemExit(f"{len(words):,} words are more than fit into {BITS} bits")
    one, two, three = grams(texts)
    write(chosen.output, words, one, Order(two), Order(three))


if __name__ == "__main__":
    main()
