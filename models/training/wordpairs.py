"""Which words of one language stand for which of another, counted in parallel text.

    python wordpairs.py ../../summarize/lexicon/pairs.nl.json nl en cycling.tsv.xz news.tsv.xz tatoeba.tsv.xz \
        stsb.tsv.xz

Reads pairs of sentences (one a line, set apart by a TAB, plain or `.xz`) and writes, for each stem of the first
language, the stems of the second that stand beside it much more often than by chance: those with a Dice coefficient of
at least `DICE`, or that stand in a fair share of its sentences and are rare enough elsewhere (Dice 1945; Melamed 2000
for word pairs from parallel text). Function words are left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from parallel import Pair, read_pairs, two_columns

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from summarize.translation.adequacy import stems

ABOUT = "Stems of words that stand for each other; made by models/training/wordpairs.py from parallel text."
DICE = 0.2
SHARE, LOW_DICE = 0.15, 0.05
"""A pair with a low Dice coefficient must have this share of the first word's sentences."""
LONGEST = 40
"""Stems of a sentence; in longer ones everything stands beside everything."""
TIMES = 3
"""Sentences in which a pair must stand."""
MOST = 6
"""Words that one may stand for."""


def count(sentences: Iterable[Pair], languages: tuple[str, str]) -> dict[str, list[str]]:
    """For each stem of the first language those of the second that stand for it."""
    here: Counter[str] = Counter()
    there: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for one, two in sentences:
        first, second = set(stems(one, languages[0])), set(stems(two, languages[1]))
        here.update(first)
        there.update(second)
        if len(first) <= LONGEST:
            both.update((a, b) for a in first for b in second)
    found: dict[str, list[tuple[float, str]]] = {}
    for (a, b), times in both.items():
        dice = 2 * times / (here[a] + there[b])
        if times >= TIMES and (dice >= DICE or (dice >= LOW_DICE and times / here[a] >= SHARE)):
            found.setdefault(a, []).append((-dice, b))
    return {a: sorted(b for _, b in sorted(found[a])[:MOST]) for a in sorted(found)}


def main() -> None:
    chosen = two_columns(__doc__)
    found = count((pair for file in chosen.files for pair in read_pairs(file)), (chosen.source, chosen.target))
    data = {"about": ABOUT, "pairs": {stem: " ".join(others) for stem, others in found.items()}}
    chosen.output.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(found):,} words, {sum(map(len, found.values())):,} pairs")


if __name__ == "__main__":
    main()
