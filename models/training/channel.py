"""Translation probabilities from parallel text, for how well a translation explains its original.

    python channel.py ../../summarize/lexicon/channel.nl.npz nl en cycling.tsv.xz news.tsv.xz tatoeba.tsv.xz stsb.tsv.xz

Reads pairs of sentences (one a line, set apart by a TAB, plain or `.xz`) and writes, for each stem of the first
language, the stems of the second that it may be the translation of, each with the probability of the first given the
second: model 1 of Brown et al. (1993), by expectation maximisation. Those below `LEAST`, and pairs that are expected
less than `HALF` a time in all of the text, are left out.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
from parallel import read_pairs, two_columns

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from summarize.translation.channel import LEAST, STEP, stems
from summarize.translation.tables import packed

TIMES = 2
"""How often a stem must stand in the text."""
LONGEST = 45
"""Stems of a sentence; longer ones take much memory and tell little."""
ROUNDS = 5
HALF = 0.5
"""How often a pair must be expected in the text; what is rarer was given to rare words for want of others."""


def numbered(texts: list[list[str]]) -> tuple[list[str], list[np.ndarray]]:
    """The stems that count, "" first, and each text in their numbers."""
    counted = Counter(stem for text in texts for stem in text)
    words = ["", *sorted(word for word, times in counted.items() if times >= TIMES)]
    number = {word: at for at, word in enumerate(words)}
    return words, [np.array([number[stem] for stem in text if stem in number], np.int64) for text in texts]


def probabilities(
    first: list[np.ndarray], second: list[np.ndarray], sizes: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which stem of the first language, given which of the second, how probably."""
    cells, groups, group = [], [], 0
    for one, two in zip(first, second, strict=True):
        if 0 < len(one) <= LONGEST and len(two) <= LONGEST:
            given = np.append(two, 0)
            cells.append((one[:, None] * sizes[1] + given).ravel())
            groups.append(np.repeat(np.arange(group, group + len(one), dtype=np.int32), len(given)))
            group += len(one)
    pairs, cell = np.unique(np.concatenate(cells), return_inverse=True)
    whose = np.concatenate(groups)
    given = pairs % sizes[1]
    table = np.ones(len(pairs)) / sizes[0]
    for _ in range(ROUNDS):
        share = table[cell]
        share /= np.bincount(whose, share, group)[whose]
        counts = np.bincount(cell, share, len(pairs))
        table = counts / np.bincount(given, counts, sizes[1])[given]
    kept = (table >= LEAST) & (counts >= HALF)
    return pairs[kept] // sizes[1], given[kept], table[kept]


def main() -> None:
    chosen = two_columns(__doc__)
    pairs = [pair for file in chosen.files for pair in read_pairs(file)]
    own, first = numbered([stems(one, chosen.source) for one, _ in pairs])
    others, second = numbered([stems(two, chosen.target) for _, two in pairs])
    one, two, values = probabilities(first, second, (len(own), len(others)))
    np.savez_compressed(
        chosen.output,
        first=packed(own),
        second=packed(others),
        sizes=np.bincount(one, minlength=len(own)).astype(np.uint16),
        numbers=two.astype(np.uint16),
        values=np.round(-np.log(values) * STEP).astype(np.uint8),
    )
    print(f"{len(own):,} stems, {len(values):,} pairs, {chosen.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
